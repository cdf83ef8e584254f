#include "resample.h"

#include <math.h>
#include <stddef.h>

#if defined(__x86_64__) && defined(__linux__)
#define DISPATCHED __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define DISPATCHED
#endif

enum { BLOCK = 256, TILE = 16 };

// The sum stays in a small block that the first-level cache holds, while its rows stream by.
DISPATCHED void vitrine_resample_rows(const float *in, float *out, int length, int out_rows, const int *first,
                                      const int *count, const float *weights, int stride, float levels) {
  float sum[BLOCK];
  for (int r = 0; r < out_rows; r++) {
    const float *weight = weights + (size_t)r * stride;
    for (int start = 0; start < length; start += BLOCK) {
      int n = length - start < BLOCK ? length - start : BLOCK;
      const float *source = in + (size_t)first[r] * length + start;
      for (int i = 0; i < n; i++) sum[i] = weight[0] * source[i];
      for (int k = 1; k < count[r]; k++) {
        const float *row = source + (size_t)k * length;
        float w = weight[k];
        for (int i = 0; i < n; i++) sum[i] += w * row[i];
      }
      float *target = out + (size_t)r * length + start;
      if (levels > 0) {
        for (int i = 0; i < n; i++) {
          float value = sum[i] < 0 ? 0 : sum[i] > 1 ? 1 : sum[i];
          target[i] = floorf(value * levels + 0.5f) / levels;
        }
      } else {
        for (int i = 0; i < n; i++) target[i] = sum[i];
      }
    }
  }
}

DISPATCHED void vitrine_transpose(const float *in, float *out, int rows, int columns) {
  for (int y = 0; y < rows; y += TILE)
    for (int x = 0; x < columns; x += TILE) {
      int bottom = y + TILE < rows ? y + TILE : rows, right = x + TILE < columns ? x + TILE : columns;
      for (int j = x; j < right; j++)
        for (int i = y; i < bottom; i++) out[(size_t)j * rows + i] = in[(size_t)i * columns + j];
    }
}
