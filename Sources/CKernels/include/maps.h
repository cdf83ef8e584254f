#pragma once
#include <stdint.h>

// Loops over maps of any layout. A map is seen as `blocks` runs of `positions` × `lanes` numbers, where the lanes
// are channels: plain N×C×H×W has N·C blocks, H·W positions and one lane; channels-last has N blocks and C lanes;
// blocked layouts have N·C/8 blocks and 8 lanes. `channel_blocks` blocks make one picture.

/// The shape of a map as these loops see it.
typedef struct {
  int64_t blocks, channel_blocks, positions, lanes;
} vitrine_map;

/// y = scale·x + shift by channel (arrays of channel_blocks·lanes), then max(·, 0) if `relu`. May work in place.
void vitrine_scale_shift(
    const vitrine_map *map, const float *scale, const float *shift, int relu, const float *x, float *y);

/// y = x·scale by channel; with `accumulate` it adds.
void vitrine_scale(const vitrine_map *map, const float *scale, int accumulate, const float *x, float *y);

/// Mean over positions: map → N×C (C = `channels`, without padded ones).
void vitrine_global_mean(const vitrine_map *map, int64_t channels, const float *x, float *y);

/// The mean's gradient: N×C → map, each position its share; with `accumulate` it adds.
void vitrine_spread_mean(const vitrine_map *map, int64_t channels, int accumulate, const float *gradient, float *x);

/// y = max(x, 0)
void vitrine_relu(int64_t count, const float *x, float *y);
/// y = a + b, then max(·, 0) if `relu`.
void vitrine_add(int64_t count, int relu, const float *a, const float *b, float *y);
/// y += x
void vitrine_accumulate(int64_t count, const float *x, float *y);
/// gradient = output > 0 ? gradient : 0, in place.
void vitrine_relu_mask(int64_t count, const float *output, float *gradient);
/// y = gradient where output > 0, else 0; with `accumulate` it adds.
void vitrine_relu_backward(int64_t count, const float *output, const float *gradient, int accumulate, float *y);
/// y = x
void vitrine_copy(int64_t count, const float *x, float *y);
/// y = 0
void vitrine_zero(int64_t count, float *y);

/// How the phases of a strided convolution's gradient lie in the picture: position y of a row, in channel c, is
/// phase (y + padding) % stride at row (y + padding)/stride − first of a rows×columns map, whose channels are
/// (c·stride + row phase)·stride + column phase.
typedef struct {
  int64_t channels, height, width, stride, padding, first, rows, columns;
} vitrine_phases;

/// Interleaves phases into plain planes; with `accumulate` it adds.
void vitrine_interleave(
    const vitrine_map *map, const vitrine_phases *phases, int accumulate, const float *x, float *y);
