#include "Product.h"

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

/// Asks for lines first…end-1 of a panel.
INLINE void prefetch_lines(const vitrine_product *o, lines panel, int64_t first, int64_t end) {
  const char *start = o->halves ? (const char *)o->halves : (const char *)o->b;
  const int64_t size = o->halves ? sizeof *o->halves : sizeof *o->b;
  for (int64_t i = first; i < end; i++)
    __builtin_prefetch(start + (panel.start + i / PANEL * panel.outer + i % PANEL * panel.inner) * size);
}

/// Line `index` of tiles in bfloat16, which lie in pairs: two lines' numbers in turn.
INLINE void widen(const uint16_t *tiles, int64_t index, float *to) {
  typedef uint32_t pairs __attribute__((vector_size(64), aligned(2)));
  const pairs both = *(const pairs *)(tiles + index / 2 * 2 * PANEL);
  *(vec *)to = (vec)(index % 2 == 0 ? both << 16 : both & 0xFFFF0000);
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
      for (; k < depth; k++) widen(o->halves + panel.start, k, to + k * PANEL);
      return to;
    case VITRINE_TILES_TURNED:
      for (; k < depth; k += PANEL) {
        float tile[PANEL * PANEL] __attribute__((aligned(64)));
        if (!o->halves) {
          turn(from + k / PANEL * panel.outer, to + k * PANEL);
          continue;
        }
        const uint16_t *halves = o->halves + panel.start + k / PANEL * panel.outer;
        for (int64_t i = 0; i < PANEL; i++) widen(halves, i, tile + i * PANEL);
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

/// rows × PANEL numbers of C from packed rows and a packed panel, or twice as many from two, added to `base` and `bias`
/// if they aren't NULL.
INLINE void multiply(
    const int rows, const int panels, int64_t depth, const float *a, const float *b, const float *next, int64_t columns,
    const float *bias, const float *base, float *c, int64_t row_c) {
  vec sums[12][2] = {{{0}}};
  EACH_ROW EACH_PANEL __builtin_prefetch(c + r * row_c + p * PANEL, 1);
  for (int64_t k = 0; k < depth; k++) {
    const vec line = *(const vec *)(b + k * PANEL);
    const vec second = panels > 1 ? *(const vec *)(next + k * PANEL) : line;
    EACH_ROW {
      const float factor = a[k * rows + r];
      sums[r][0] += factor * line;
      if (panels > 1) sums[r][1] += factor * second;
    }
  }
  EACH_ROW {
    const int64_t at = r * row_c;
    if (columns == panels * PANEL) {
      EACH_PANEL {
        if (bias) sums[r][p] += *(const vec *)(bias + p * PANEL);
        if (base) sums[r][p] += *(const vec *)(base + at + p * PANEL);
        *(vec *)(c + at + p * PANEL) = sums[r][p];
      }
    } else {
      // By way of memory of its own: taking single numbers out of the sums would keep all of them out of registers.
      float line[PANEL];
      *(vec *)line = sums[r][0];
      for (int64_t i = 0; i < columns; i++) c[at + i] = line[i] + (bias ? bias[i] : 0) + (base ? base[at + i] : 0);
    }
  }
}

/// Columns begin…end-1 of the rows from `top` on; `most` rows are multiplied at a time, as many as the processor has
/// registers for.
INLINE void multiply_block(
    const int most, const vitrine_product *o, int64_t top, int64_t height, int64_t begin, int64_t end, float *packed) {
  float space[2][DEPTH * PANEL] __attribute__((aligned(64)));
  const int64_t groups = (height + most - 1) / most;
  for (int64_t first = 0; first < o->depth; first += DEPTH) {
    const int64_t depth = o->depth - first < DEPTH ? o->depth - first : DEPTH;
    const int64_t share = (depth + groups - 1) / groups;
    for (int64_t row = 0, left = groups; left > 0; left--) {
      const int64_t rows = (height - row + left - 1) / left;
      pack_rows(o, top + row, rows, first, depth, packed + row * depth);
      row += rows;
    }
    for (int64_t column = begin, columns; column < end; column += columns) {
      const int isWide = most > 6 && end - column >= 2 * PANEL;
      columns = isWide ? 2 * PANEL : end - column < PANEL ? end - column : PANEL;
      const int64_t ahead = column + 2 * columns <= end ? depth : 0;
      const float *panel = panel_of(o, column, isWide ? PANEL : columns, first, depth, space[0]);
      const float *second = isWide ? panel_of(o, column + PANEL, PANEL, first, depth, space[1]) : NULL;
      const lines next = panel_lines(o, column + columns, first);
      const lines after = panel_lines(o, column + columns + PANEL, first);
      const float *bias = o->bias && first == 0 ? o->bias + column : NULL;
      for (int64_t row = 0, left = groups; left > 0; left--) {
        const int64_t rows = (height - row + left - 1) / left, done = (groups - left) * share;
        prefetch_lines(o, next, done, done + share < ahead ? done + share : ahead);
        if (isWide) prefetch_lines(o, after, done, done + share < ahead ? done + share : ahead);
        const float *a = packed + row * depth, *base = first > 0 ? o->c : o->addend;
        float *c = o->c + (top + row) * o->row_c + column;
        if (base) base += c - o->c;
#define ROWS(n) \
  case n: \
    if (n > most) break; \
    if (isWide) \
      multiply(n, 2, depth, a, panel, second, columns, bias, base, c, o->row_c); \
    else \
      multiply(n, 1, depth, a, panel, NULL, columns, bias, base, c, o->row_c); \
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
  if (vitrine_product_columns_halves(o, begin, end, packed)) return;
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
