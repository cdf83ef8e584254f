#pragma once
#include <stdint.h>

#include "maps.h"

// Loops that move channels between maps, and operations that treat a map by channels or by positions.

/// Part of the channels of a map: `channels` of them, from `offset` on, lie in a map of their own. `scale` and
/// `shift` are arrays over the whole map's channels, or NULL.
typedef struct {
  vitrine_map whole, part;
  int64_t offset, channels;
  const float *scale, *shift;
  int relu;
} vitrine_slice;

/// whole[offset + c] = part[c], after scale and shift if there are any and after max(·, 0) if `relu`.
void vitrine_join(const vitrine_slice *slice, const float *part, float *whole);

/// The gradient of vitrine_join: part = (or +=) scale·whole, where the ReLU let the value pass. `values` are the
/// part's own, read only if `relu`.
void vitrine_split(
    const vitrine_slice *slice, const float *values, int accumulate, const float *whole, float *part);

/// Zeros the channels beyond `channels` that pad a blocked layout.
void vitrine_zero_lanes(const vitrine_map *map, int64_t channels, float *x);

/// y = (or +=) x·factor, one factor a channel of each picture (N×channels).
void vitrine_gate(
    const vitrine_map *map, int64_t channels, const float *factors, int accumulate, const float *x, float *y);

/// factors = (or +=) Σ over positions of gradient·x, N×channels.
void vitrine_gate_backward(
    const vitrine_map *map, int64_t channels, int accumulate, const float *x, const float *gradient, float *factors);

/// Where a smaller map's rows lie within a larger one's.
typedef struct {
  int64_t height, width, top, left, outer_height, outer_width;
} vitrine_frame;

/// Puts a map into a frame of zeros. `map` is the inner one.
void vitrine_pad(const vitrine_map *map, const vitrine_frame *frame, const float *x, float *y);
/// Takes the inner map out of its frame; with `accumulate` it adds.
void vitrine_crop(const vitrine_map *map, const vitrine_frame *frame, int accumulate, const float *x, float *y);

/// A grid of means over windows that cover the input evenly: window i of n over an extent e goes from ⌊i·e/n⌋ to
/// ⌈(i+1)·e/n⌉. `planes` plain planes.
void vitrine_grid_mean(
    int64_t planes, int64_t height, int64_t width, int64_t rows, int64_t columns, const float *x, float *y);
/// Its gradient; with `accumulate` it adds.
void vitrine_grid_mean_backward(
    int64_t planes, int64_t height, int64_t width, int64_t rows, int64_t columns, int accumulate,
    const float *gradient, float *x);

/// The mean of each picture's tokens from `first` on: N×T×D → N×D.
void vitrine_token_mean(int64_t pictures, int64_t tokens, int64_t width, int64_t first, const float *x, float *y);
/// Its gradient; with `accumulate` it adds.
void vitrine_token_mean_backward(
    int64_t pictures, int64_t tokens, int64_t width, int64_t first, int accumulate, const float *gradient, float *x);
