#include <string.h>

#include "Internal.h"

/// Columns of B that are multiplied at a time: one vector with AVX-512, two with AVX2.
typedef float vec __attribute__((vector_size(64), aligned(4)));
typedef float vec8 __attribute__((vector_size(32), aligned(4)));

/// DEPTH×PANEL numbers fill half of the first-level cache. Packing writes up to SLACK numbers past its end.
enum { PANEL = 16, DEPTH = 256, SIDE = 8, SLACK = 16 };

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

/// Some columns of B, depth × PANEL, with zeros for columns past the last.
INLINE void pack_panel(
    const vitrine_product *o, int64_t column, int64_t columns, int64_t first, int64_t depth, float *to) {
  int64_t k = 0;
  if (!o->transposed_b) {
    const float *from = o->b + first * o->row_b + column;
    if (columns == PANEL)
      for (; k < depth; k++) *(vec *)(to + k * PANEL) = *(const vec *)(from + k * o->row_b);
    for (; k < depth; k++)
      for (int64_t c = 0; c < PANEL; c++) to[k * PANEL + c] = c < columns ? from[k * o->row_b + c] : 0;
    return;
  }
  const float *from = o->b + column * o->row_b + first;
  if (columns == PANEL)
    for (; k + SIDE <= depth; k += SIDE)
      for (int64_t c = 0; c < PANEL; c += SIDE)
        transpose(SIDE, from + c * o->row_b + k, o->row_b, to + k * PANEL + c, PANEL);
  for (; k < depth; k++)
    for (int64_t c = 0; c < PANEL; c++) to[k * PANEL + c] = c < columns ? from[c * o->row_b + k] : 0;
}

/// Asks for a share of a panel that will be packed next.
INLINE void prefetch_panel(const vitrine_product *o, int64_t column, int64_t first, int64_t from, int64_t to) {
  for (int64_t i = from; i < to; i++)
    __builtin_prefetch(
        o->transposed_b ? o->b + (column + i % PANEL) * o->row_b + first + i / PANEL * PANEL
                        : o->b + (first + i) * o->row_b + column);
}

/// rows × PANEL numbers of C from packed rows and a packed panel, added to `base` and `bias` if they aren't NULL.
INLINE void multiply(
    const int rows, int64_t depth, const float *a, const float *b, int64_t columns, const float *bias,
    const float *base, float *c, int64_t row_c) {
  vec sums[12] = {{0}};
  for (int r = 0; r < rows; r++) __builtin_prefetch(c + r * row_c, 1);
  for (int64_t k = 0; k < depth; k++) {
    const vec line = *(const vec *)(b + k * PANEL);
    for (int r = 0; r < rows; r++) sums[r] += a[k * rows + r] * line;
  }
  for (int r = 0; r < rows; r++) {
    const int64_t at = r * row_c;
    if (columns == PANEL) {
      if (bias) sums[r] += *(const vec *)bias;
      if (base) sums[r] += *(const vec *)(base + at);
      *(vec *)(c + at) = sums[r];
    } else {
      for (int64_t i = 0; i < columns; i++)
        c[at + i] = sums[r][i] + (bias ? bias[i] : 0) + (base ? base[at + i] : 0);
    }
  }
}

/// Columns first…end-1 of C; `most` rows are multiplied at a time, as many as the processor has registers for.
INLINE void multiply_columns(const int most, const vitrine_product *o, int64_t begin, int64_t end, float *packed) {
  float panel[DEPTH * PANEL] __attribute__((aligned(64)));
  const int64_t groups = (o->rows + most - 1) / most;
  for (int64_t first = 0; first < o->depth; first += DEPTH) {
    const int64_t depth = o->depth - first < DEPTH ? o->depth - first : DEPTH;
    const int64_t share = (depth + groups - 1) / groups;
    for (int64_t row = 0, left = groups; left > 0; left--) {
      const int64_t rows = (o->rows - row + left - 1) / left;
      pack_rows(o, row, rows, first, depth, packed + row * depth);
      row += rows;
    }
    for (int64_t column = begin; column < end; column += PANEL) {
      const int64_t columns = end - column < PANEL ? end - column : PANEL;
      const int64_t ahead = column + 2 * PANEL <= end ? depth : 0;
      pack_panel(o, column, columns, first, depth, panel);
      const float *bias = o->bias && first == 0 ? o->bias + column : NULL;
      for (int64_t row = 0, left = groups; left > 0; left--) {
        const int64_t rows = (o->rows - row + left - 1) / left, done = (groups - left) * share;
        prefetch_panel(o, column + PANEL, first, done, done + share < ahead ? done + share : ahead);
        const float *a = packed + row * depth, *base = first > 0 ? o->c : o->addend;
        float *c = o->c + row * o->row_c + column;
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

int64_t vitrine_product_packed(int64_t rows, int64_t depth) { return rows * (depth < DEPTH ? depth : DEPTH) + SLACK; }

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
