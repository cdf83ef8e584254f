#include <string.h>

#include "Internal.h"

#define INLINE static inline __attribute__((always_inline))

typedef struct {
  const vitrine_slice *slice;
  const float *values, *from;
  float *to;
  int accumulate;
} slice_work;

/// A run of channels that lie side by side in both maps, at `count` positions.
typedef struct {
  int64_t count, channels, from_step, to_step;
  const float *scale, *shift, *values, *from;
  float *to;
} run;

INLINE int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

INLINE void join_run(const run *r, int64_t n, int relu) {
  for (int64_t i = 0; i < r->count; i++) {
    const float *x = r->from + i * r->from_step;
    float *y = r->to + i * r->to_step;
    if (!r->scale) {
      for (int64_t k = 0; k < n; k++) y[k] = x[k];
    } else if (relu) {
      for (int64_t k = 0; k < n; k++) {
        const float value = r->scale[k] * x[k] + r->shift[k];
        y[k] = value > 0 ? value : 0;
      }
    } else {
      for (int64_t k = 0; k < n; k++) y[k] = r->scale[k] * x[k] + r->shift[k];
    }
  }
}

INLINE void join_line(const run *r, int relu) {
  const float scale = r->scale ? r->scale[0] : 1, shift = r->scale ? r->shift[0] : 0;
  const float floor = relu ? 0 : -__builtin_inff();
  for (int64_t i = 0; i < r->count; i++) {
    const float value = scale * r->from[i] + shift;
    r->to[i] = value > floor ? value : floor;
  }
}

/// Calls `body` on the runs of a slice within a range of all pictures' positions.
#define OVER_RUNS(...)                                                                              \
  const vitrine_map *whole = &o->slice->whole, *part = &o->slice->part;                             \
  const int64_t positions = whole->positions, offset = o->slice->offset, channels = o->slice->channels; \
  while (first < end) {                                                                             \
    const int64_t picture = first / positions, start = first % positions;                           \
    const int64_t count = least(positions - start, end - first);                                    \
    for (int64_t c = 0; c < channels;) {                                                            \
      const int64_t at = offset + c, outer = at % whole->lanes, inner = c % part->lanes;            \
      const int64_t n = least(least(whole->lanes - outer, part->lanes - inner), channels - c);      \
      const int64_t in_whole =                                                                      \
          ((picture * whole->channel_blocks + at / whole->lanes) * positions + start) * whole->lanes + outer; \
      const int64_t in_part =                                                                       \
          ((picture * part->channel_blocks + c / part->lanes) * positions + start) * part->lanes + inner; \
      __VA_ARGS__;                                                                                     \
      c += n;                                                                                       \
    }                                                                                               \
    first += count;                                                                                 \
  }

static VITRINE_CLONES void join(int64_t first, int64_t end, void *context) {
  const slice_work *o = context;
  const int relu = o->slice->relu;
  OVER_RUNS({
    const run r = {
        .count = count, .channels = n, .from_step = part->lanes, .to_step = whole->lanes,
        .scale = o->slice->scale ? o->slice->scale + at : NULL, .shift = o->slice->shift ? o->slice->shift + at : NULL,
        .from = o->from + in_part, .to = o->to + in_whole};
    if (whole->lanes == 1 && part->lanes == 1) {
      join_line(&r, relu);
    } else if (n == 8) {
      join_run(&r, 8, relu);
    } else {
      join_run(&r, n, relu);
    }
  })
}

static int64_t all_positions(const vitrine_map *map) { return map->blocks / map->channel_blocks * map->positions; }

void vitrine_join(const vitrine_slice *slice, const float *part, float *whole) {
  slice_work o = {slice, NULL, part, whole, 0};
  vitrine_ranges(all_positions(&slice->whole), 1 + 16384 / slice->channels, join, &o);
}

INLINE void split_run(const run *r, int64_t n, int relu, int accumulate) {
  for (int64_t i = 0; i < r->count; i++) {
    const float *g = r->from + i * r->from_step, *x = r->values + i * r->to_step;
    float *y = r->to + i * r->to_step;
    for (int64_t k = 0; k < n; k++) {
      float value = r->scale ? r->scale[k] * g[k] : g[k];
      if (relu) value = r->scale[k] * x[k] + r->shift[k] > 0 ? value : 0;
      y[k] = accumulate ? y[k] + value : value;
    }
  }
}

static VITRINE_CLONES void split(int64_t first, int64_t end, void *context) {
  const slice_work *o = context;
  const int relu = o->slice->relu, accumulate = o->accumulate;
  OVER_RUNS({
    const run r = {
        .count = count, .channels = n, .from_step = whole->lanes, .to_step = part->lanes,
        .scale = o->slice->scale ? o->slice->scale + at : NULL, .shift = o->slice->shift ? o->slice->shift + at : NULL,
        .values = (relu ? o->values : o->to) + in_part, .from = o->from + in_whole, .to = o->to + in_part};
    if (n == 8) {
      if (relu && accumulate) split_run(&r, 8, 1, 1);
      else if (relu) split_run(&r, 8, 1, 0);
      else split_run(&r, 8, 0, accumulate);
    } else {
      split_run(&r, n, relu, accumulate);
    }
  })
}

void vitrine_split(
    const vitrine_slice *slice, const float *values, int accumulate, const float *whole, float *part) {
  slice_work o = {slice, values, whole, part, accumulate};
  vitrine_ranges(all_positions(&slice->whole), 1 + 16384 / slice->channels, split, &o);
}

void vitrine_zero_lanes(const vitrine_map *map, int64_t channels, float *x) {
  const int64_t lanes = map->lanes, used = channels % lanes;
  if (used == 0) return;
  for (int64_t block = map->channel_blocks - 1; block < map->blocks; block += map->channel_blocks)
    for (int64_t i = 0; i < map->positions; i++)
      memset(x + (block * map->positions + i) * lanes + used, 0, (size_t)(lanes - used) * sizeof(float));
}

typedef struct {
  const vitrine_map *map;
  int64_t channels;
  const float *factors, *x, *gradient;
  float *y;
  int accumulate;
} gate_work;

static VITRINE_CLONES void gate(int64_t first, int64_t end, void *context) {
  const gate_work *o = context;
  const int64_t lanes = o->map->lanes, positions = o->map->positions;
  for (int64_t block = first; block < end; block++) {
    const int64_t picture = block / o->map->channel_blocks, channel = block % o->map->channel_blocks * lanes;
    const int64_t real = least(lanes, o->channels - channel);
    const float *x = o->x + block * positions * lanes, *factors = o->factors + picture * o->channels + channel;
    float *y = o->y + block * positions * lanes;
    for (int64_t i = 0; i < positions; i++) {
      for (int64_t k = 0; k < real; k++)
        y[i * lanes + k] = (o->accumulate ? y[i * lanes + k] : 0) + x[i * lanes + k] * factors[k];
      for (int64_t k = real; k < lanes; k++) y[i * lanes + k] = 0;
    }
  }
}

void vitrine_gate(
    const vitrine_map *map, int64_t channels, const float *factors, int accumulate, const float *x, float *y) {
  gate_work o = {map, channels, factors, x, NULL, y, accumulate};
  vitrine_ranges(map->blocks, 1 + 16384 / (map->positions * map->lanes), gate, &o);
}

static VITRINE_CLONES void gate_backward(int64_t first, int64_t end, void *context) {
  const gate_work *o = context;
  const int64_t lanes = o->map->lanes, positions = o->map->positions;
  for (int64_t block = first; block < end; block++) {
    const int64_t picture = block / o->map->channel_blocks, channel = block % o->map->channel_blocks * lanes;
    const int64_t real = least(lanes, o->channels - channel);
    const float *x = o->x + block * positions * lanes, *g = o->gradient + block * positions * lanes;
    float *y = o->y + picture * o->channels + channel;
    if (!o->accumulate)
      for (int64_t k = 0; k < real; k++) y[k] = 0;
    if (lanes == 1) {
      float sum[8] = {0};
      int64_t i = 0;
      for (; i + 8 <= positions; i += 8)
        for (int k = 0; k < 8; k++) sum[k] += x[i + k] * g[i + k];
      for (; i < positions; i++) sum[0] += x[i] * g[i];
      y[0] += ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
      continue;
    }
    for (int64_t i = 0; i < positions; i++)
      for (int64_t k = 0; k < real; k++) y[k] += x[i * lanes + k] * g[i * lanes + k];
  }
}

void vitrine_gate_backward(
    const vitrine_map *map, int64_t channels, int accumulate, const float *x, const float *gradient, float *factors) {
  gate_work o = {map, channels, NULL, x, gradient, factors, accumulate};
  vitrine_ranges(map->blocks, 1 + 16384 / (map->positions * map->lanes), gate_backward, &o);
}
