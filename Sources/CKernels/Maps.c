#include <stddef.h>

#include "Internal.h"

typedef struct {
  const vitrine_map *map;
  const float *scale, *shift, *x;
  float *y;
  int flag;
  int64_t channels;
} operands;

static int64_t least_blocks(const vitrine_map *map) {
  int64_t size = map->positions * map->lanes;
  return size > 0 ? (16384 + size - 1) / size : 1;
}

/// Runs a loop over blocks; a map of one block (channels-last, one picture) is split by positions instead.
static void over_blocks(operands *o, void (*body)(int64_t, int64_t, void *)) {
  if (o->map->channel_blocks == 1 && o->map->lanes > 1) {
    vitrine_map rows = {o->map->blocks * o->map->positions, 1, 1, o->map->lanes};
    o->map = &rows;
    vitrine_ranges(rows.blocks, least_blocks(&rows), body, o);
    return;
  }
  vitrine_ranges(o->map->blocks, least_blocks(o->map), body, o);
}

static VITRINE_CLONES void scale_shift(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  const int64_t lanes = o->map->lanes, positions = o->map->positions;
  const float floor = o->flag ? 0 : -__builtin_inff();
  for (int64_t block = first; block < end; block++) {
    const int64_t channel = block % o->map->channel_blocks * lanes;
    const float *x = o->x + block * positions * lanes, *scale = o->scale + channel, *shift = o->shift + channel;
    float *y = o->y + block * positions * lanes;
    if (lanes == 1) {
      const float a = scale[0], b = shift[0];
      for (int64_t i = 0; i < positions; i++) {
        float value = a * x[i] + b;
        y[i] = value > floor ? value : floor;
      }
    } else {
      for (int64_t i = 0; i < positions; i++)
        for (int64_t lane = 0; lane < lanes; lane++) {
          float value = scale[lane] * x[i * lanes + lane] + shift[lane];
          y[i * lanes + lane] = value > floor ? value : floor;
        }
    }
  }
}

void vitrine_scale_shift(
    const vitrine_map *map, const float *scale, const float *shift, int relu, const float *x, float *y) {
  operands o = {map, scale, shift, x, y, relu, 0};
  over_blocks(&o, scale_shift);
}

static VITRINE_CLONES void scale_only(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  const int64_t lanes = o->map->lanes, positions = o->map->positions;
  for (int64_t block = first; block < end; block++) {
    const float *x = o->x + block * positions * lanes, *scale = o->scale + block % o->map->channel_blocks * lanes;
    float *y = o->y + block * positions * lanes;
    for (int64_t i = 0; i < positions; i++)
      for (int64_t lane = 0; lane < lanes; lane++) {
        float value = scale[lane] * x[i * lanes + lane];
        y[i * lanes + lane] = o->flag ? y[i * lanes + lane] + value : value;
      }
  }
}

void vitrine_scale(const vitrine_map *map, const float *scale, int accumulate, const float *x, float *y) {
  operands o = {map, scale, NULL, x, y, accumulate, 0};
  over_blocks(&o, scale_only);
}

static VITRINE_CLONES void global_mean(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  const int64_t lanes = o->map->lanes, positions = o->map->positions;
  const float share = 1 / (float)positions;
  for (int64_t block = first; block < end; block++) {
    const int64_t picture = block / o->map->channel_blocks, channel = block % o->map->channel_blocks * lanes;
    const float *x = o->x + block * positions * lanes;
    float *y = o->y + picture * o->channels + channel;
    const int64_t real = o->channels - channel < lanes ? o->channels - channel : lanes;
    if (lanes == 1) {
      float sum[8] = {0};
      int64_t i = 0;
      for (; i + 8 <= positions; i += 8)
        for (int k = 0; k < 8; k++) sum[k] += x[i + k];
      for (; i < positions; i++) sum[0] += x[i];
      y[0] = (((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]))) * share;
      continue;
    }
    for (int64_t lane = 0; lane < real; lane++) y[lane] = 0;
    for (int64_t i = 0; i < positions; i++)
      for (int64_t lane = 0; lane < real; lane++) y[lane] += x[i * lanes + lane];
    for (int64_t lane = 0; lane < real; lane++) y[lane] *= share;
  }
}

void vitrine_global_mean(const vitrine_map *map, int64_t channels, const float *x, float *y) {
  operands o = {map, NULL, NULL, x, y, 0, channels};
  vitrine_ranges(map->blocks, least_blocks(map), global_mean, &o);
}

static VITRINE_CLONES void spread_mean(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  const int64_t lanes = o->map->lanes, positions = o->map->positions;
  const float share = 1 / (float)positions;
  for (int64_t block = first; block < end; block++) {
    const int64_t picture = block / o->map->channel_blocks, channel = block % o->map->channel_blocks * lanes;
    const float *gradient = o->x + picture * o->channels + channel;
    float *y = o->y + block * positions * lanes;
    const int64_t real = o->channels - channel < lanes ? o->channels - channel : lanes;
    if (lanes == 1) {
      const float value = gradient[0] * share;
      for (int64_t i = 0; i < positions; i++) y[i] = o->flag ? y[i] + value : value;
      continue;
    }
    for (int64_t i = 0; i < positions; i++) {
      for (int64_t lane = 0; lane < real; lane++)
        y[i * lanes + lane] = (o->flag ? y[i * lanes + lane] : 0) + gradient[lane] * share;
      for (int64_t lane = real; lane < lanes; lane++) y[i * lanes + lane] = 0;
    }
  }
}

void vitrine_spread_mean(const vitrine_map *map, int64_t channels, int accumulate, const float *gradient, float *x) {
  operands o = {map, NULL, NULL, gradient, x, accumulate, channels};
  vitrine_ranges(map->blocks, least_blocks(map), spread_mean, &o);
}

typedef struct {
  const vitrine_map *map;
  const vitrine_phases *phases;
  int accumulate;
  const float *x;
  float *y;
} interleave_work;

static void interleave(int64_t begin, int64_t end, void *context) {
  const interleave_work *o = context;
  const vitrine_phases *p = o->phases;
  const int64_t lanes = o->map->lanes, positions = o->map->positions, stride = p->stride;
  for (int64_t line = begin; line < end; line++) {
    const int64_t picture = line / (p->channels * p->height), c = line / p->height % p->channels;
    const int64_t shifted = line % p->height + p->padding, row = shifted / stride - p->first;
    float *y = o->y + line * p->width;
    for (int64_t phase = 0; phase < stride; phase++) {
      const int64_t channel = (c * stride + shifted % stride) * stride + phase;
      const int64_t block = picture * o->map->channel_blocks + channel / lanes;
      const float *x = o->x + (block * positions + row * p->columns) * lanes + channel % lanes;
      // The first column of this phase: x + padding = stride·a + phase for some a.
      int64_t column = ((phase - p->padding) % stride + stride) % stride;
      for (; column < p->width; column += stride) {
        const float value = x[((column + p->padding) / stride - p->first) * lanes];
        y[column] = o->accumulate ? y[column] + value : value;
      }
    }
  }
}

void vitrine_interleave(
    const vitrine_map *map, const vitrine_phases *phases, int accumulate, const float *x, float *y) {
  interleave_work o = {map, phases, accumulate, x, y};
  const int64_t pictures = map->blocks / map->channel_blocks;
  vitrine_ranges(pictures * phases->channels * phases->height, 1 + 16384 / phases->width, interleave, &o);
}
