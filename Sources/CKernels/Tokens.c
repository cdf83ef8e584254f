#include <math.h>

#include "Internal.h"
#include "Math.h"

typedef struct {
  const float *x;
  float *y, *slope;
} gelu_work;

static VITRINE_CLONES void gelu(int64_t first, int64_t end, void *context) {
  const gelu_work *o = context;
  const float *x = o->x;
  float *y = o->y, *slope = o->slope;
  if (!slope) {
    VITRINE_EACH y[i] = 0.5f * x[i] * (1 + vitrine_erf(x[i] * 0.70710678f));
    return;
  }
  VITRINE_EACH {
    const float number = x[i], cumulative = 0.5f * (1 + vitrine_erf(number * 0.70710678f));
    slope[i] = cumulative + number * 0.39894228f * vitrine_exp(-0.5f * number * number);
    y[i] = number * cumulative;
  }
}

void vitrine_gelu(int64_t count, const float *x, float *y, float *slope) {
  gelu_work o = {x, y, slope};
  vitrine_ranges(count, 4096, gelu, &o);
}

typedef struct {
  const float *slope, *gradient;
  float *y;
  int accumulate;
} slope_work;

static VITRINE_CLONES void apply_slope(int64_t first, int64_t end, void *context) {
  const slope_work *o = context;
  const float *slope = o->slope, *gradient = o->gradient;
  float *y = o->y;
  if (o->accumulate)
    VITRINE_EACH y[i] += gradient[i] * slope[i];
  else
    VITRINE_EACH y[i] = gradient[i] * slope[i];
}

void vitrine_apply_slope(int64_t count, const float *slope, const float *gradient, int accumulate, float *y) {
  slope_work o = {slope, gradient, y, accumulate};
  vitrine_ranges(count, 16384, apply_slope, &o);
}

typedef struct {
  int64_t width;
  const float *scale, *shift, *x, *gradient;
  float *y, *means, *inverses;
  float epsilon;
  int accumulate;
} rows_work;

// Sums run in 16 lanes that are added in a fixed order: vectors without leave to reorder, and the same bits always.
enum { LANES = 16 };

static inline __attribute__((always_inline)) float total(const float *lanes) {
  float sum = 0;
  for (int k = 0; k < LANES; k++) sum += lanes[k];
  return sum;
}

static VITRINE_CLONES void layer_norm(int64_t first, int64_t end, void *context) {
  const rows_work *o = context;
  const int64_t width = o->width;
  const float *scale = o->scale, *shift = o->shift;
  for (int64_t row = first; row < end; row++) {
    const float *x = o->x + row * width;
    float *y = o->y + row * width;
    float lanes[LANES] = {0};
    int64_t i = 0;
    for (; i + LANES <= width; i += LANES)
      for (int k = 0; k < LANES; k++) lanes[k] += x[i + k];
    for (; i < width; i++) lanes[0] += x[i];
    const float mean = total(lanes) / (float)width;
    for (int k = 0; k < LANES; k++) lanes[k] = 0;
    for (i = 0; i + LANES <= width; i += LANES)
      for (int k = 0; k < LANES; k++) lanes[k] += (x[i + k] - mean) * (x[i + k] - mean);
    for (; i < width; i++) lanes[0] += (x[i] - mean) * (x[i] - mean);
    const float inverse = 1 / sqrtf(total(lanes) / (float)width + o->epsilon);
    for (i = 0; i < width; i++) y[i] = (x[i] - mean) * inverse * scale[i] + shift[i];
    o->means[row] = mean;
    o->inverses[row] = inverse;
  }
}

void vitrine_layer_norm(
    int64_t rows, int64_t width, const float *scale, const float *shift, float epsilon, const float *x, float *y,
    float *means, float *inverses) {
  rows_work o = {width, scale, shift, x, NULL, y, means, inverses, epsilon, 0};
  vitrine_ranges(rows, 1 + 8192 / width, layer_norm, &o);
}

static VITRINE_CLONES void layer_norm_backward(int64_t first, int64_t end, void *context) {
  const rows_work *o = context;
  const int64_t width = o->width;
  const float *scale = o->scale;
  for (int64_t row = first; row < end; row++) {
    const float *x = o->x + row * width, *gradient = o->gradient + row * width;
    float *y = o->y + row * width;
    const float mean = o->means[row], inverse = o->inverses[row];
    float plain[LANES] = {0}, weighted[LANES] = {0};
    int64_t i = 0;
    for (; i + LANES <= width; i += LANES)
      for (int k = 0; k < LANES; k++) {
        const float g = gradient[i + k] * scale[i + k];
        plain[k] += g;
        weighted[k] += g * ((x[i + k] - mean) * inverse);
      }
    for (; i < width; i++) {
      const float g = gradient[i] * scale[i];
      plain[0] += g;
      weighted[0] += g * ((x[i] - mean) * inverse);
    }
    const float average = total(plain) / (float)width, slope = total(weighted) / (float)width;
    if (o->accumulate) {
      for (i = 0; i < width; i++)
        y[i] += inverse * (gradient[i] * scale[i] - average - (x[i] - mean) * inverse * slope);
    } else {
      for (i = 0; i < width; i++)
        y[i] = inverse * (gradient[i] * scale[i] - average - (x[i] - mean) * inverse * slope);
    }
  }
}

void vitrine_layer_norm_backward(
    int64_t rows, int64_t width, const float *scale, const float *x, const float *means, const float *inverses,
    const float *gradient, int accumulate, float *y) {
  rows_work o = {width, scale, NULL, x, gradient, y, (float *)means, (float *)inverses, 0, accumulate};
  vitrine_ranges(rows, 1 + 8192 / width, layer_norm_backward, &o);
}

static VITRINE_CLONES void unit_length(int64_t first, int64_t end, void *context) {
  const rows_work *o = context;
  const int64_t width = o->width, even = width / LANES * LANES;
  for (int64_t row = first; row < end; row++) {
    const float *x = o->x + row * width;
    float *y = o->y + row * width, lanes[LANES] = {0};
    for (int64_t i = 0; i < even; i += LANES)
      for (int k = 0; k < LANES; k++) lanes[k] += x[i + k] * x[i + k];
    for (int64_t i = even; i < width; i++) lanes[0] += x[i] * x[i];
    const float length = sqrtf(total(lanes)), inverse = 1 / (length > 1e-12f ? length : 1e-12f);
    for (int64_t i = 0; i < width; i++) y[i] = x[i] * inverse;
    o->inverses[row] = inverse;
  }
}

void vitrine_unit_length(int64_t rows, int64_t width, const float *x, float *y, float *inverses) {
  rows_work o = {.width = width, .x = x, .y = y, .inverses = inverses};
  vitrine_ranges(rows, 1 + 8192 / width, unit_length, &o);
}

/// (g − n·(n·g))/|x| with n = x/|x|.
static VITRINE_CLONES void unit_length_backward(int64_t first, int64_t end, void *context) {
  const rows_work *o = context;
  const int64_t width = o->width, even = width / LANES * LANES;
  const int accumulate = o->accumulate;
  for (int64_t row = first; row < end; row++) {
    const float *x = o->x + row * width, *gradient = o->gradient + row * width, inverse = o->inverses[row];
    float *y = o->y + row * width, lanes[LANES] = {0};
    for (int64_t i = 0; i < even; i += LANES)
      for (int k = 0; k < LANES; k++) lanes[k] += x[i + k] * gradient[i + k];
    for (int64_t i = even; i < width; i++) lanes[0] += x[i] * gradient[i];
    const float slope = total(lanes) * inverse * inverse;
    for (int64_t i = 0; i < width; i++) {
      const float value = inverse * (gradient[i] - x[i] * slope);
      y[i] = accumulate ? y[i] + value : value;
    }
  }
}

void vitrine_unit_length_backward(
    int64_t rows, int64_t width, const float *x, const float *inverses, const float *gradient, int accumulate, float *y) {
  rows_work o = {
      .width = width, .x = x, .gradient = gradient, .y = y, .inverses = (float *)inverses, .accumulate = accumulate};
  vitrine_ranges(rows, 1 + 8192 / width, unit_length_backward, &o);
}

void vitrine_tokens(
    const vitrine_map *map, int64_t channels, int64_t before, const float *class_token, const float *position,
    const float *x, float *y) {
  const int64_t lanes = map->lanes, positions = map->positions, pictures = map->blocks / map->channel_blocks;
  for (int64_t picture = 0; picture < pictures; picture++) {
    float *tokens = y + picture * (before + positions) * channels;
    for (int64_t c = 0; c < before * channels; c++) tokens[c] = class_token[c] + position[c];
    for (int64_t c = 0; c < channels; c += lanes) {
      const float *block = x + (picture * map->channel_blocks + c / lanes) * positions * lanes;
      const int64_t real = channels - c < lanes ? channels - c : lanes;
      for (int64_t i = 0; i < positions; i++)
        for (int64_t lane = 0; lane < real; lane++) {
          const int64_t at = (before + i) * channels + c + lane;
          tokens[at] = block[i * lanes + lane] + position[at];
        }
    }
  }
}

void vitrine_tokens_backward(
    const vitrine_map *map, int64_t channels, int64_t before, int accumulate, const float *gradient, float *x) {
  const int64_t lanes = map->lanes, positions = map->positions, pictures = map->blocks / map->channel_blocks;
  for (int64_t picture = 0; picture < pictures; picture++) {
    const float *tokens = gradient + picture * (before + positions) * channels;
    for (int64_t c = 0; c < channels; c += lanes) {
      float *block = x + (picture * map->channel_blocks + c / lanes) * positions * lanes;
      const int64_t real = channels - c < lanes ? channels - c : lanes;
      for (int64_t i = 0; i < positions; i++)
        for (int64_t lane = 0; lane < lanes; lane++) {
          const float value = lane < real ? tokens[(before + i) * channels + c + lane] : 0;
          block[i * lanes + lane] = accumulate ? block[i * lanes + lane] + value : value;
        }
    }
  }
}
