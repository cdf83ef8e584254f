#pragma once
#include <string.h>

#include "Internal.h"

// What products of singles and of bfloat16 have in common.

/// Columns of B that are multiplied at a time: one vector with AVX-512, two with AVX2.
typedef float vec __attribute__((vector_size(64), aligned(4)));
typedef float vec8 __attribute__((vector_size(32), aligned(4)));

/// DEPTH×PANEL numbers fill half of the first-level cache, BLOCK×DEPTH half of the second. Packing writes up to SLACK
/// numbers past its end.
enum { PANEL = VITRINE_TILE, DEPTH = 256, BLOCK = 240, SIDE = 8, SLACK = 16 };

#define INLINE static inline __attribute__((always_inline))

/// Transposes 8 columns of `rows` ≤ 8 rows; what it writes in place of missing rows has no meaning.
INLINE void transpose(int64_t rows, const float *from, int64_t row_from, float *to, int64_t row_to) {
  vec8 a[SIDE], b[SIDE];
  for (int i = 0; i < SIDE; i++) a[i] = *(const vec8 *)(from + (i < rows ? i : 0) * row_from);
  for (int i = 0; i < SIDE; i += 2) {
    b[i] = __builtin_shufflevector(a[i], a[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    b[i + 1] = __builtin_shufflevector(a[i], a[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (int i = 0; i < SIDE; i += 4)
    for (int j = i; j < i + 2; j++) {
      a[j] = __builtin_shufflevector(b[j], b[j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      a[j + 2] = __builtin_shufflevector(b[j], b[j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int i = 0; i < 4; i++)
    *(vec8 *)(to + i * row_to) = __builtin_shufflevector(a[i], a[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
  for (int i = 0; i < 4; i++)
    *(vec8 *)(to + (i + 4) * row_to) = __builtin_shufflevector(a[i], a[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
}

INLINE int64_t padded(int64_t count) { return (count + PANEL - 1) / PANEL * PANEL; }

/// Where lines of 16 numbers of B lie that are read together: line i at start + i/16·outer + i%16·inner numbers.
typedef struct {
  int64_t start, outer, inner;
} lines;

/// The lines that make up the panel of some columns from depth `first` on.
INLINE lines panel_lines(const vitrine_product *o, int64_t column, int64_t first) {
  switch (o->order_b) {
    case VITRINE_ROWS: return (lines){first * o->row_b + column, PANEL * o->row_b, o->row_b};
    case VITRINE_COLUMNS: return (lines){column * o->row_b + first, PANEL, o->row_b};
    case VITRINE_TILES: return (lines){column * padded(o->depth) + first * PANEL, PANEL * PANEL, PANEL};
    default: {
      const int64_t width = padded(o->columns);
      return (lines){first * width + column * PANEL, PANEL * width, PANEL};
    }
  }
}

/// A number rounded to bfloat16, the upper half of a single.
INLINE uint16_t rounded(float number) {
  uint32_t bits;
  memcpy(&bits, &number, sizeof bits);
  // Infinity stays what it is; rounding a NaN up could make it a zero.
  if ((bits & 0x7F800000) == 0x7F800000) return (uint16_t)(bits >> 16 | ((bits & 0xFFFF) != 0));
  return (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

/// `vitrine_product_columns` by the processor's products of bfloat16: 0 if it has none, or for a transposed left side.
int vitrine_product_columns_halves(const vitrine_product *product, int64_t begin, int64_t end, float *packed);

// Only loops that are unrolled before all else leave the sums in registers.
#define EACH_ROW _Pragma("clang loop unroll(full)") for (int r = 0; r < rows; r++)
#define EACH_PANEL _Pragma("clang loop unroll(full)") for (int p = 0; p < panels; p++)
