#include <string.h>

#include "Internal.h"

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

/// Some rows of A, depth × rows.
INLINE void pack_rows(const vitrine_product *o, int64_t row, int64_t rows, int64_t first, int64_t depth, float *to) {
  int64_t k = 0;
  // Numbers without meaning land where the next ones are written: hence the order of r.
  const int64_t last = (rows - 1) / SIDE * SIDE;
  if (o->transposed_a) {
    const float *from = o->a + first * o->row_a + row;
    for (; k + SIDE < depth; k++)
      for (int64_t r = last; r >= 0; r -= SIDE) *(vec8 *)(to + k * rows + r) = *(const vec8 *)(from + k * o->row_a + r);
    for (; k < depth; k++)
      for (int64_t r = 0; r < rows; r++) to[k * rows + r] = from[k * o->row_a + r];
    return;
  }
  const float *from = o->a + row * o->row_a + first;
  for (; k + SIDE <= depth; k += SIDE)
    for (int64_t r = last; r >= 0; r -= SIDE)
      transpose(rows - r, from + r * o->row_a + k, o->row_a, to + k * rows + r, rows);
  for (; k < depth; k++)
    for (int64_t r = 0; r < rows; r++) to[k * rows + r] = from[r * o->row_a + k];
}

static int64_t padded(int64_t count) { return (count + PANEL - 1) / PANEL * PANEL; }

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

/// Asks for lines first…end-1 of a panel.
INLINE void prefetch_lines(const vitrine_product *o, lines panel, int64_t first, int64_t end) {
  const char *start = o->halves ? (const char *)o->halves : (const char *)o->b;
  const int64_t size = o->halves ? sizeof *o->halves : sizeof *o->b;
  for (int64_t i = first; i < end; i++)
    __builtin_prefetch(start + (panel.start + i / PANEL * panel.outer + i % PANEL * panel.inner) * size);
}

/// bfloat16 is the upper half of a single.
INLINE void widen(const uint16_t *from, float *to) {
  typedef uint16_t half __attribute__((vector_size(32), aligned(2)));
  typedef uint32_t whole __attribute__((vector_size(64)));
  *(vec *)to = (vec)(__builtin_convertvector(*(const half *)from, whole) << 16);
}

/// Transposes a tile.
INLINE void turn(const float *tile, float *to) {
  for (int64_t i = 0; i < PANEL; i += SIDE)
    for (int64_t j = 0; j < PANEL; j += SIDE) transpose(SIDE, tile + j * PANEL + i, PANEL, to + i * PANEL + j, PANEL);
}

/// Some columns of B, depth × PANEL, with zeros for columns past the last: where they lie in tiles, or packed.
INLINE const float *panel_of(
    const vitrine_product *o, int64_t column, int64_t columns, int64_t first, int64_t depth, float *to) {
  const lines panel = panel_lines(o, column, first);
  const float *from = o->b + panel.start;
  int64_t k = 0;
  switch (o->order_b) {
    case VITRINE_TILES:
      if (!o->halves) return from;
      for (; k < depth; k++) widen(o->halves + panel.start + k * PANEL, to + k * PANEL);
      return to;
    case VITRINE_TILES_TURNED:
      for (; k < depth; k += PANEL) {
        float tile[PANEL * PANEL] __attribute__((aligned(64)));
        if (!o->halves) {
          turn(from + k / PANEL * panel.outer, to + k * PANEL);
          continue;
        }
        const uint16_t *halves = o->halves + panel.start + k / PANEL * panel.outer;
        for (int64_t i = 0; i < PANEL; i++) widen(halves + i * PANEL, tile + i * PANEL);
        turn(tile, to + k * PANEL);
      }
      return to;
    case VITRINE_ROWS:
      if (columns == PANEL)
        for (; k < depth; k++) *(vec *)(to + k * PANEL) = *(const vec *)(from + k * o->row_b);
      for (; k < depth; k++)
        for (int64_t c = 0; c < PANEL; c++) to[k * PANEL + c] = c < columns ? from[k * o->row_b + c] : 0;
      return to;
    default:
      if (columns == PANEL)
        for (; k + SIDE <= depth; k += SIDE)
          for (int64_t c = 0; c < PANEL; c += SIDE)
            transpose(SIDE, from + c * o->row_b + k, o->row_b, to + k * PANEL + c, PANEL);
      for (; k < depth; k++)
        for (int64_t c = 0; c < PANEL; c++) to[k * PANEL + c] = c < columns ? from[c * o->row_b + k] : 0;
      return to;
  }
}

// Only loops that are unrolled before all else leave the sums in registers.
#define EACH_ROW _Pragma("clang loop unroll(full)") for (int r = 0; r < rows; r++)

/// rows × PANEL numbers of C from packed rows and a packed panel, added to `base` and `bias` if they aren't NULL.
INLINE void multiply(
    const int rows, int64_t depth, const float *a, const float *b, int64_t columns, const float *bias,
    const float *base, float *c, int64_t row_c) {
  vec sums[12] = {{0}};
  EACH_ROW __builtin_prefetch(c + r * row_c, 1);
  for (int64_t k = 0; k < depth; k++) {
    const vec line = *(const vec *)(b + k * PANEL);
    EACH_ROW sums[r] += a[k * rows + r] * line;
  }
  EACH_ROW {
    const int64_t at = r * row_c;
    if (columns == PANEL) {
      if (bias) sums[r] += *(const vec *)bias;
      if (base) sums[r] += *(const vec *)(base + at);
      *(vec *)(c + at) = sums[r];
    } else {
      // By way of memory of its own: taking single numbers out of the sums would keep all of them out of registers.
      float line[PANEL];
      *(vec *)line = sums[r];
      for (int64_t i = 0; i < columns; i++) c[at + i] = line[i] + (bias ? bias[i] : 0) + (base ? base[at + i] : 0);
    }
  }
}

/// Columns begin…end-1 of the rows from `top` on; `most` rows are multiplied at a time, as many as the processor has
/// registers for.
INLINE void multiply_block(
    const int most, const vitrine_product *o, int64_t top, int64_t height, int64_t begin, int64_t end, float *packed) {
  float space[DEPTH * PANEL] __attribute__((aligned(64)));
  const int64_t groups = (height + most - 1) / most;
  for (int64_t first = 0; first < o->depth; first += DEPTH) {
    const int64_t depth = o->depth - first < DEPTH ? o->depth - first : DEPTH;
    const int64_t share = (depth + groups - 1) / groups;
    for (int64_t row = 0, left = groups; left > 0; left--) {
      const int64_t rows = (height - row + left - 1) / left;
      pack_rows(o, top + row, rows, first, depth, packed + row * depth);
      row += rows;
    }
    for (int64_t column = begin; column < end; column += PANEL) {
      const int64_t columns = end - column < PANEL ? end - column : PANEL;
      const int64_t ahead = column + 2 * PANEL <= end ? depth : 0;
      const float *panel = panel_of(o, column, columns, first, depth, space);
      const lines next = panel_lines(o, column + PANEL, first);
      const float *bias = o->bias && first == 0 ? o->bias + column : NULL;
      for (int64_t row = 0, left = groups; left > 0; left--) {
        const int64_t rows = (height - row + left - 1) / left, done = (groups - left) * share;
        prefetch_lines(o, next, done, done + share < ahead ? done + share : ahead);
        const float *a = packed + row * depth, *base = first > 0 ? o->c : o->addend;
        float *c = o->c + (top + row) * o->row_c + column;
        if (base) base += c - o->c;
#define ROWS(n) \
  case n: \
    if (n <= most) multiply(n, depth, a, panel, columns, bias, base, c, o->row_c); \
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

INLINE void multiply_columns(const int most, const vitrine_product *o, int64_t begin, int64_t end, float *packed) {
  for (int64_t top = 0, left = (o->rows + BLOCK - 1) / BLOCK; left > 0; left--) {
    const int64_t height = (o->rows - top + left - 1) / left;
    multiply_block(most, o, top, height, begin, end, packed);
    top += height;
  }
}

static void columns_any(const vitrine_product *o, int64_t begin, int64_t end, float *packed) {
  multiply_columns(6, o, begin, end, packed);
}

#if defined(__x86_64__)
__attribute__((target("arch=x86-64-v3"))) static void columns_avx2(
    const vitrine_product *o, int64_t begin, int64_t end, float *packed) {
  multiply_columns(6, o, begin, end, packed);
}

__attribute__((target("arch=x86-64-v4"), __min_vector_width__(512))) static void columns_avx512(
    const vitrine_product *o, int64_t begin, int64_t end, float *packed) {
  multiply_columns(12, o, begin, end, packed);
}
#endif

void vitrine_product_columns(const vitrine_product *o, int64_t begin, int64_t end, float *packed) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return columns_avx512(o, begin, end, packed);
  if (__builtin_cpu_supports("x86-64-v3")) return columns_avx2(o, begin, end, packed);
#endif
  columns_any(o, begin, end, packed);
}

int64_t vitrine_product_packed(int64_t rows, int64_t depth) {
  return (rows < BLOCK ? rows : BLOCK) * (depth < DEPTH ? depth : DEPTH) + SLACK;
}

typedef struct {
  const vitrine_product *op;
  int64_t size;  // columns a task
  float *scratch;
} work;

static void run_share(int task, void *context) {
  const work *o = context;
  const int64_t begin = task * o->size, end = begin + o->size;
  float *packed = o->scratch + task * vitrine_product_packed(o->op->rows, o->op->depth);
  if (begin < o->op->columns)
    vitrine_product_columns(o->op, begin, end < o->op->columns ? end : o->op->columns, packed);
}

/// Below some 10⁵ products a second thread costs more than it saves.
static int tasks(const vitrine_product *o) {
  return o->rows * o->columns * o->depth < 200000 ? 1 : vitrine_threads();
}

int64_t vitrine_product_scratch(const vitrine_product *o) {
  return tasks(o) * vitrine_product_packed(o->rows, o->depth);
}

void vitrine_product_run(const vitrine_product *o, float *scratch) {
  const int count = tasks(o);
  const int64_t panels = (o->columns + PANEL - 1) / PANEL;
  work todo = {o, (panels + count - 1) / count * PANEL, scratch};
  vitrine_parallel(count, run_share, &todo);
}

int64_t vitrine_tiled_count(int64_t rows, int64_t columns) { return padded(rows) * padded(columns); }

typedef struct {
  int64_t rows, columns;
  const float *matrix;
  float *tiles;
  uint16_t *halves;
} tiling;

INLINE uint16_t rounded(float number) {
  uint32_t bits;
  memcpy(&bits, &number, sizeof bits);
  // Infinity stays what it is; rounding a NaN up could make it a zero.
  if ((bits & 0x7F800000) == 0x7F800000) return (uint16_t)(bits >> 16 | ((bits & 0xFFFF) != 0));
  return (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

/// Panels of 16 rows each.
static VITRINE_CLONES void tile_panels(int64_t begin, int64_t end, void *context) {
  const tiling *o = context;
  const int64_t width = padded(o->columns);
  for (int64_t panel = begin; panel < end; panel++) {
    const int64_t rows = o->rows - panel * PANEL < PANEL ? o->rows - panel * PANEL : PANEL;
    const float *from = o->matrix + panel * PANEL * o->columns;
    const int64_t start = panel * PANEL * width;
    int64_t k = 0;
    if (rows == PANEL && !o->halves)
      for (; k + SIDE <= o->columns; k += SIDE)
        for (int64_t r = 0; r < PANEL; r += SIDE)
          transpose(SIDE, from + r * o->columns + k, o->columns, o->tiles + start + k * PANEL + r, PANEL);
    for (; k < width; k++)
      for (int64_t r = 0; r < PANEL; r++) {
        const float number = r < rows && k < o->columns ? from[r * o->columns + k] : 0;
        if (o->halves)
          o->halves[start + k * PANEL + r] = rounded(number);
        else
          o->tiles[start + k * PANEL + r] = number;
      }
  }
}

void vitrine_tile(int64_t rows, int64_t columns, const float *matrix, float *tiles) {
  tiling o = {rows, columns, matrix, tiles, NULL};
  vitrine_ranges(padded(rows) / PANEL, 16, tile_panels, &o);
}

void vitrine_tile_halves(int64_t rows, int64_t columns, const float *matrix, uint16_t *tiles) {
  tiling o = {rows, columns, matrix, NULL, tiles};
  vitrine_ranges(padded(rows) / PANEL, 16, tile_panels, &o);
}

void vitrine_round_halves(int64_t count, float *numbers) {
  for (int64_t i = 0; i < count; i++) {
    const uint32_t bits = (uint32_t)rounded(numbers[i]) << 16;
    memcpy(numbers + i, &bits, sizeof bits);
  }
}
