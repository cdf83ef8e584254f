#include "resample.h"

#include <stddef.h>

#if defined(__x86_64__) && defined(__linux__)
#define DISPATCHED __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define DISPATCHED
#endif

enum { BLOCK = 512, TILE = 16, FRACTION_BITS = 22 };

// In both passes the sums stay in a small block that the first-level cache holds, while the rows stream by.

DISPATCHED void vitrine_resample_rows(const float *in, float *out, int length, int out_rows, const int *first,
                                      const int *count, const float *weights, int stride) {
  float sum[BLOCK];
  for (int r = 0; r < out_rows; r++) {
    const float *weight = weights + (size_t)r * stride;
    for (int start = 0; start < length; start += BLOCK) {
      int n = length - start < BLOCK ? length - start : BLOCK;
      const float *row = in + (size_t)first[r] * length + start;
      for (int i = 0; i < n; i++) sum[i] = weight[0] * row[i];
      for (int k = 1; k < count[r]; k++) {
        row += length;
        for (int i = 0; i < n; i++) sum[i] += weight[k] * row[i];
      }
      float *target = out + (size_t)r * length + start;
      for (int i = 0; i < n; i++) target[i] = sum[i];
    }
  }
}

DISPATCHED void vitrine_resample_rows_8(const uint8_t *in, uint8_t *out, int length, int out_rows, const int *first,
                                        const int *count, const int32_t *weights, int stride) {
  int32_t sum[BLOCK];
  for (int r = 0; r < out_rows; r++) {
    const int32_t *weight = weights + (size_t)r * stride;
    for (int start = 0; start < length; start += BLOCK) {
      int n = length - start < BLOCK ? length - start : BLOCK;
      const uint8_t *row = in + (size_t)first[r] * length + start;
      for (int i = 0; i < n; i++) sum[i] = 1 << (FRACTION_BITS - 1);
      for (int k = 0; k < count[r]; k++, row += length) {
        int32_t w = weight[k];
        for (int i = 0; i < n; i++) sum[i] += w * row[i];
      }
      uint8_t *target = out + (size_t)r * length + start;
      for (int i = 0; i < n; i++) {
        int32_t level = sum[i] >> FRACTION_BITS;
        target[i] = level < 0 ? 0 : level > 255 ? 255 : level;
      }
    }
  }
}

#define TRANSPOSE                                                                                   \
  for (int y = 0; y < rows; y += TILE)                                                              \
    for (int x = 0; x < columns; x += TILE) {                                                       \
      int bottom = y + TILE < rows ? y + TILE : rows, right = x + TILE < columns ? x + TILE : columns; \
      for (int j = x; j < right; j++)                                                               \
        for (int i = y; i < bottom; i++) out[(size_t)j * rows + i] = in[(size_t)i * columns + j];   \
    }

void vitrine_transpose(const float *in, float *out, int rows, int columns) { TRANSPOSE }

void vitrine_transpose_8(const uint8_t *in, uint8_t *out, int rows, int columns) { TRANSPOSE }

DISPATCHED void vitrine_levels(const float *in, uint8_t *out, int64_t count) {
// Fused, the sum would be rounded otherwise than in Swift.
#pragma STDC FP_CONTRACT OFF
  for (int64_t i = 0; i < count; i++) {
    float value = in[i] > 0 ? (in[i] < 1 ? in[i] : 1) : 0;
    out[i] = (uint8_t)(int32_t)(value * 255 + 0.5f);
  }
}

DISPATCHED void vitrine_planes(const uint8_t *in, float *out, int64_t area, int channels) {
  if (channels == 3) {
    float *red = out, *green = out + area, *blue = out + 2 * area;
    for (int64_t i = 0; i < area; i++) {
      red[i] = (float)in[3 * i] / 255;
      green[i] = (float)in[3 * i + 1] / 255;
      blue[i] = (float)in[3 * i + 2] / 255;
    }
    return;
  }
  for (int c = 0; c < channels; c++)
    for (int64_t i = 0; i < area; i++) out[c * area + i] = (float)in[i * channels + c] / 255;
}
