#include "Product.h"

#if defined(__x86_64__)
#include <immintrin.h>

// Products of bfloat16 on processors that multiply and add pairs of them (AVX-512 BF16): a line of B holds two
// successive numbers of each of 16 columns.

/// Rows that are multiplied at a time, and as many numbers of depth as fill the memory that `DEPTH` singles would.
enum { MOST = 12, HALF_DEPTH = 2 * DEPTH, LINE = 2 * PANEL };

#define BFLOAT16 __attribute__((target("arch=x86-64-v4,avx512bf16"), __min_vector_width__(512)))
#define HALF static inline __attribute__((always_inline)) BFLOAT16

/// Two numbers that follow each other in depth.
static inline uint32_t pair(float first, float second) { return rounded(first) | (uint32_t)rounded(second) << 16; }

/// Some rows of A, rounded: depth/2 × rows pairs.
HALF void pack_pairs(const vitrine_product *o, int64_t row, int64_t rows, int64_t first, int64_t depth, uint32_t *to) {
  const float *from = o->a + row * o->row_a + first;
  // Numbers without meaning land where the next ones are written: hence the order of r.
  const int64_t last = (rows - 1) / SIDE * SIDE;
  int64_t k = 0;
  for (; k + SIDE <= depth; k += SIDE)
    for (int64_t r = last; r >= 0; r -= SIDE) {
      float block[SIDE * SIDE] __attribute__((aligned(64)));
      transpose(rows - r, from + r * o->row_a + k, o->row_a, block, SIDE);
      for (int i = 0; i < SIDE; i += 2) {
        const __m128i low = (__m128i)_mm256_cvtneps_pbh(_mm256_load_ps(block + i * SIDE));
        const __m128i high = (__m128i)_mm256_cvtneps_pbh(_mm256_load_ps(block + (i + 1) * SIDE));
        uint32_t *place = to + (k + i) / 2 * rows + r;
        _mm_storeu_si128((__m128i *)place, _mm_unpacklo_epi16(low, high));
        _mm_storeu_si128((__m128i *)(place + 4), _mm_unpackhi_epi16(low, high));
      }
    }
  for (; k < depth; k += 2)
    for (int64_t r = 0; r < rows; r++) {
      const float *numbers = from + r * o->row_a + k;
      to[k / 2 * rows + r] = pair(numbers[0], k + 1 < depth ? numbers[1] : 0);
    }
}

/// Transposes a tile: pairs along the rows of W become pairs along its columns.
HALF void turn_pairs(const uint16_t *tile, uint16_t *to) {
  const __m512i order = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15);
  float sides[PANEL * SIDE] __attribute__((aligned(64)));
  for (int j = 0; j < SIDE; j++) {
    const __m512i sorted = _mm512_permutexvar_epi32(order, _mm512_loadu_si512(tile + j * LINE));
    const __m256i even = _mm512_castsi512_si256(sorted), odd = _mm512_extracti64x4_epi64(sorted, 1);
    const __m256i lower = _mm256_blend_epi16(even, _mm256_slli_epi32(odd, 16), 0xAA);
    const __m256i upper = _mm256_blend_epi16(_mm256_srli_epi32(even, 16), odd, 0xAA);
    _mm256_store_si256((__m256i *)(sides + 2 * j * SIDE), lower);
    _mm256_store_si256((__m256i *)(sides + (2 * j + 1) * SIDE), upper);
  }
  transpose(SIDE, sides, SIDE, (float *)to, PANEL);
  transpose(SIDE, sides + SIDE * SIDE, SIDE, (float *)to + SIDE, PANEL);
}

/// Sixteen columns of B, depth/2 lines of pairs: where they lie in tiles, or turned.
HALF const uint16_t *pairs_of(const vitrine_product *o, int64_t column, int64_t first, int64_t depth, uint16_t *to) {
  const lines panel = panel_lines(o, column, first);
  const uint16_t *from = o->halves + panel.start;
  if (o->order_b == VITRINE_TILES) return from;
  for (int64_t k = 0; k < depth; k += PANEL) turn_pairs(from + k / PANEL * panel.outer, to + k * PANEL);
  return to;
}

/// Asks for the tiles first…end-1 of the panel that begins at a column and a depth.
HALF void prefetch_tiles(const vitrine_product *o, int64_t column, int64_t depth, int64_t first, int64_t end) {
  const lines panel = panel_lines(o, column, depth);
  for (int64_t i = first; i < end; i++)
    for (int line = 0; line < SIDE; line++)
      __builtin_prefetch(o->halves + panel.start + i * panel.outer + line * LINE);
}

/// rows × 16 numbers of C from packed rows and a panel, or rows × 32 from two, added to `base` and `bias` if they
/// aren't NULL.
HALF void multiply_pairs(
    const int rows, const int panels, int64_t depth, const uint32_t *a, const uint16_t *const b[2], int64_t columns,
    const float *bias, const float *base, float *c, int64_t row_c) {
  __m512 sums[MOST][2] = {{{0}}};
  for (int64_t k = 0; 2 * k < depth; k++) {
    __m512bh line[2];
    EACH_PANEL line[p] = (__m512bh)_mm512_loadu_si512(b[p] + k * LINE);
    EACH_ROW {
      const __m512bh factor = (__m512bh)_mm512_set1_epi32((int)a[k * rows + r]);
      EACH_PANEL sums[r][p] = _mm512_dpbf16_ps(sums[r][p], factor, line[p]);
    }
  }
  EACH_ROW EACH_PANEL {
    const int64_t at = r * row_c + p * PANEL, left = columns - p * PANEL;
    const __mmask16 kept = left < PANEL ? (__mmask16)((1u << left) - 1) : (__mmask16)0xFFFF;
    if (bias) sums[r][p] += _mm512_maskz_loadu_ps(kept, bias + p * PANEL);
    if (base) sums[r][p] += _mm512_maskz_loadu_ps(kept, base + at);
    _mm512_mask_storeu_ps(c + at, kept, sums[r][p]);
  }
}

/// Columns begin…end-1 of the rows from `top` on.
HALF void multiply_block(
    const vitrine_product *o, int64_t top, int64_t height, int64_t begin, int64_t end, uint32_t *packed) {
  uint16_t space[2][HALF_DEPTH * PANEL] __attribute__((aligned(64)));
  const int64_t groups = (height + MOST - 1) / MOST;
  for (int64_t first = 0; first < o->depth; first += HALF_DEPTH) {
    const int64_t depth = o->depth - first < HALF_DEPTH ? o->depth - first : HALF_DEPTH;
    const int64_t pairs = (depth + 1) / 2, tiles = (depth + PANEL - 1) / PANEL;
    for (int64_t row = 0, left = groups; left > 0; left--) {
      const int64_t rows = (height - row + left - 1) / left;
      pack_pairs(o, top + row, rows, first, depth, packed + row * pairs);
      row += rows;
    }
    for (int64_t column = begin, columns; column < end; column += columns) {
      const int panels = end - column > PANEL ? 2 : 1;
      columns = end - column < panels * PANEL ? end - column : panels * PANEL;
      const uint16_t *b[2];
      for (int p = 0; p < panels; p++) b[p] = pairs_of(o, column + p * PANEL, first, depth, space[p]);
      const float *bias = o->bias && first == 0 ? o->bias + column : NULL;
      for (int64_t row = 0, left = groups; left > 0; left--) {
        const int64_t rows = (height - row + left - 1) / left, done = groups - left;
        for (int p = 0; p < panels; p++) {
          const int64_t next = column + columns + p * PANEL;
          if (next < end) prefetch_tiles(o, next, first, done * tiles / groups, (done + 1) * tiles / groups);
        }
        const uint32_t *a = packed + row * pairs;
        const float *base = first > 0 ? o->c : o->addend;
        float *c = o->c + (top + row) * o->row_c + column;
        if (base) base += c - o->c;
#define ROWS(n) \
  case n: \
    if (panels > 1) \
      multiply_pairs(n, 2, depth, a, b, columns, bias, base, c, o->row_c); \
    else \
      multiply_pairs(n, 1, depth, a, b, columns, bias, base, c, o->row_c); \
    break;
        switch (rows) {
          ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6) ROWS(7) ROWS(8) ROWS(9) ROWS(10) ROWS(11) ROWS(12)
        }
#undef ROWS
        row += rows;
      }
    }
  }
}

BFLOAT16 static void columns_pairs(const vitrine_product *o, int64_t begin, int64_t end, uint32_t *packed) {
  for (int64_t top = 0, left = (o->rows + BLOCK - 1) / BLOCK; left > 0; left--) {
    const int64_t height = (o->rows - top + left - 1) / left;
    multiply_block(o, top, height, begin, end, packed);
    top += height;
  }
}

int vitrine_multiplies_halves(void) {
  return __builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512bf16");
}

int vitrine_product_columns_halves(const vitrine_product *o, int64_t begin, int64_t end, float *packed) {
  if (!o->halves || o->transposed_a || !vitrine_multiplies_halves()) return 0;
  columns_pairs(o, begin, end, (uint32_t *)packed);
  return 1;
}
#else
int vitrine_multiplies_halves(void) { return 0; }

int vitrine_product_columns_halves(const vitrine_product *o, int64_t begin, int64_t end, float *packed) { return 0; }
#endif
