#include <stddef.h>

#include "Internal.h"

typedef float vec __attribute__((vector_size(32), aligned(4)));
typedef float wide __attribute__((vector_size(64), aligned(4)));

enum { POINTS = 36, SIDE = 6, TILE = 4, LANES = 8, PANEL = 16, ROWS = 6, WIDE_ROWS = 12 };

/// Memory for transformed inputs and products of one chunk of tiles; beyond the second-level cache, more tiles
/// a chunk read the weights less often.
enum { CHUNK_BYTES = 3 << 18 };

#define INLINE static inline __attribute__((always_inline))

// Only loops that are unrolled before all else leave the sums in registers.
#define EACH_ROW _Pragma("clang loop unroll(full)") for (int r = 0; r < rows; r++)

// Macros, because a function that takes or returns a vector has another calling convention on each processor.
#define LOAD(from) (*(const vec *)(from))
#define STORE(to, value) (*(vec *)(to) = (value))

int64_t vitrine_winograd_weights_size(int64_t sources, int64_t outputs) { return POINTS * sources * outputs; }

void vitrine_winograd_weights(int64_t sources, int64_t outputs, const float *weights, float *transformed) {
  static const double G[SIDE][3] = {
      {1.0 / 4, 0, 0},
      {-1.0 / 6, -1.0 / 6, -1.0 / 6},
      {-1.0 / 6, 1.0 / 6, -1.0 / 6},
      {1.0 / 24, 1.0 / 12, 1.0 / 6},
      {1.0 / 24, -1.0 / 12, 1.0 / 6},
      {0, 0, 1},
  };
  for (int64_t o = 0; o < outputs; o++)
    for (int64_t c = 0; c < sources; c++) {
      const float *w = weights + (o * sources + c) * 9;
      double half[SIDE][3];
      for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < 3; j++) half[i][j] = G[i][0] * w[j] + G[i][1] * w[3 + j] + G[i][2] * w[6 + j];
      for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++) {
          const double value = half[i][0] * G[j][0] + half[i][1] * G[j][1] + half[i][2] * G[j][2];
          const int64_t panel = ((i * SIDE + j) * (outputs / PANEL) + o / PANEL) * sources + c;
          transformed[panel * PANEL + o % PANEL] = (float)value;
        }
    }
}

typedef struct {
  const vitrine_winograd *op;
  const float *x;
  float *y, *scratch;
  int64_t down, across, tiles;  // tiles of a picture in each direction, and of all pictures
  int64_t chunk, chunks;        // tiles a chunk, and how many chunks
  int tasks;
} work;

/// How far apart pixels, blocks of 8 channels and pictures lie in a map.
typedef struct {
  int64_t pixel, block, picture;
} strides;

INLINE strides strides_of(const vitrine_winograd *op, int64_t channels) {
  const int64_t pixels = op->height * op->width;
  if (op->channels_last) return (strides){channels, LANES, pixels * channels};
  return (strides){LANES, pixels * LANES, pixels * channels};
}

static work prepare(const vitrine_winograd *op) {
  work o = {.op = op};
  o.down = (op->height + TILE - 1) / TILE;
  o.across = (op->width + TILE - 1) / TILE;
  o.tiles = op->pictures * o.down * o.across;
  o.tasks = vitrine_threads();
  int64_t most = CHUNK_BYTES / (POINTS * (op->sources + op->outputs) * (int64_t)sizeof(float));
  if (most < ROWS) most = ROWS;
  // As many chunks as make all threads finish together.
  o.chunks = (o.tiles + most - 1) / most;
  o.chunks = (o.chunks + o.tasks - 1) / o.tasks * o.tasks;
  if (o.chunks > o.tiles) o.chunks = o.tiles;
  o.chunk = (o.tiles + o.chunks - 1) / o.chunks;
  return o;
}

/// One direction of the input's transform: six numbers a step apart.
INLINE void spread(const vec *d, vec *v, const int from, const int to) {
  const vec d0 = d[0], d1 = d[from], d2 = d[2 * from], d3 = d[3 * from], d4 = d[4 * from], d5 = d[5 * from];
  const vec a = d4 - 4 * d2, b = d3 - 4 * d1, c = d4 - d2, e = 2 * (d3 - d1);
  v[0] = 4 * d0 - 5 * d2 + d4;
  v[to] = a + b;
  v[2 * to] = a - b;
  v[3 * to] = c + e;
  v[4 * to] = c - e;
  v[5 * to] = 4 * d1 - 5 * d3 + d5;
}

/// One direction of the result's transform: six numbers become four.
INLINE void gather(const vec *m, vec *y, const int from, const int to) {
  const vec sum = m[from] + m[2 * from], difference = m[from] - m[2 * from];
  const vec sum2 = m[3 * from] + m[4 * from], difference2 = m[3 * from] - m[4 * from];
  y[0] = m[0] + sum + sum2;
  y[to] = difference + 2 * difference2;
  y[2 * to] = sum + 4 * sum2;
  y[3 * to] = difference + 8 * difference2 + m[5 * from];
}

/// Transformed inputs of a chunk's tiles: points × tiles × sources.
INLINE void transform_inputs(const work *o, int64_t first, int64_t count, float *to) {
  const vitrine_winograd *op = o->op;
  const strides map = strides_of(op, op->sources);
  for (int64_t t = 0; t < count; t++) {
    const int64_t tile = first + t, picture = tile / (o->down * o->across);
    const int64_t top = tile / o->across % o->down * TILE - 1, left = tile % o->across * TILE - 1;
    const int inside = top >= 0 && left >= 0 && top + SIDE <= op->height && left + SIDE <= op->width;
    const float *x = o->x + picture * map.picture;
    for (int64_t block = 0; block < op->sources / LANES; block++, x += map.block) {
      vec d[POINTS], v[POINTS];
      for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++) {
          const int64_t row = top + i, column = left + j;
          const int here = inside || (row >= 0 && row < op->height && column >= 0 && column < op->width);
          d[i * SIDE + j] = here ? LOAD(x + (row * op->width + column) * map.pixel) : (vec){0};
        }
      for (int j = 0; j < SIDE; j++) spread(d + j, v + j, SIDE, SIDE);
      for (int i = 0; i < SIDE; i++) spread(v + i * SIDE, d + i * SIDE, 1, 1);
      float *place = to + t * op->sources + block * LANES;
      for (int p = 0; p < POINTS; p++) STORE(place + p * count * op->sources, d[p]);
    }
  }
}

/// rows × 16 products: c = a·b, a rows×depth, b depth×16.
INLINE void multiply(
    const int rows, int64_t depth, const float *a, const float *b, float *c, int64_t row_c) {
  vec sums[ROWS][2] = {{{0}}};
  for (int64_t k = 0; k < depth; k++, b += PANEL) {
    const vec b0 = LOAD(b), b1 = LOAD(b + LANES);
    EACH_ROW {
      const float factor = a[r * depth + k];
      sums[r][0] += factor * b0;
      sums[r][1] += factor * b1;
    }
  }
  EACH_ROW {
    STORE(c + r * row_c, sums[r][0]);
    STORE(c + r * row_c + LANES, sums[r][1]);
  }
}

/// rows × 32 products from two panels, or rows × 16 from one.
INLINE void multiply_wide(
    const int rows, const int panels, int64_t depth, const float *a, const float *b, float *c, int64_t row_c) {
  wide sums[WIDE_ROWS][2] = {{{0}}};
  const float *next = b + depth * PANEL;
  for (int64_t k = 0; k < depth; k++) {
    const wide b0 = *(const wide *)(b + k * PANEL);
    const wide b1 = panels > 1 ? *(const wide *)(next + k * PANEL) : b0;
    EACH_ROW {
      const float factor = a[r * depth + k];
      sums[r][0] += factor * b0;
      if (panels > 1) sums[r][1] += factor * b1;
    }
  }
  EACH_ROW {
    *(wide *)(c + r * row_c) = sums[r][0];
    if (panels > 1) *(wide *)(c + r * row_c + PANEL) = sums[r][1];
  }
}

#define ROW_CASE(n, ...) \
  case n: __VA_ARGS__; break;

/// For each point, transformed inputs times weights: points × tiles × outputs. `most` rows are multiplied at a time,
/// as many as the processor has registers for.
INLINE void multiply_points(const int most, const work *o, int64_t count, const float *inputs, float *products) {
  const int64_t depth = o->op->sources, outputs = o->op->outputs;
  const int64_t groups = (count + most - 1) / most;
  for (int p = 0; p < POINTS; p++) {
    const float *a = inputs + p * count * depth, *weights = o->op->weights + p * depth * outputs;
    float *c = products + p * count * outputs;
    int64_t width = PANEL;
    for (int64_t column = 0; column < outputs; column += width, weights += depth * width) {
      width = most == WIDE_ROWS && outputs - column >= 2 * PANEL ? 2 * PANEL : PANEL;
      for (int64_t t = 0, left = groups; left > 0; left--) {
        const int64_t rows = (count - t + left - 1) / left;
        const float *from = a + t * depth;
        float *to = c + t * outputs + column;
        if (most == ROWS) {
#define ONE(n) ROW_CASE(n, multiply(n, depth, from, weights, to, outputs))
          switch (rows) { ONE(1) ONE(2) ONE(3) ONE(4) ONE(5) ONE(6) }
#undef ONE
        } else if (width == PANEL) {
#define ONE(n) ROW_CASE(n, multiply_wide(n, 1, depth, from, weights, to, outputs))
          switch (rows) {
            ONE(1) ONE(2) ONE(3) ONE(4) ONE(5) ONE(6) ONE(7) ONE(8) ONE(9) ONE(10) ONE(11) ONE(12)
          }
#undef ONE
        } else {
#define ONE(n) ROW_CASE(n, multiply_wide(n, 2, depth, from, weights, to, outputs))
          switch (rows) {
            ONE(1) ONE(2) ONE(3) ONE(4) ONE(5) ONE(6) ONE(7) ONE(8) ONE(9) ONE(10) ONE(11) ONE(12)
          }
#undef ONE
        }
        t += rows;
      }
    }
  }
}

/// Products back to pixels, with bias, addend and ReLU.
INLINE void transform_outputs(const work *o, int64_t first, int64_t count, const float *products) {
  const vitrine_winograd *op = o->op;
  const strides map = strides_of(op, op->outputs);
  const vec zero = {0};
  for (int64_t t = 0; t < count; t++) {
    const int64_t tile = first + t, picture = tile / (o->down * o->across);
    const int64_t top = tile / o->across % o->down * TILE, left = tile % o->across * TILE;
    const int64_t rows = op->height - top < TILE ? op->height - top : TILE;
    const int64_t columns = op->width - left < TILE ? op->width - left : TILE;
    const int64_t corner = picture * map.picture + (top * op->width + left) * map.pixel;
    for (int64_t block = 0; block < op->outputs / LANES; block++) {
      const float *from = products + t * op->outputs + block * LANES;
      vec m[POINTS], half[TILE * SIDE], y[TILE * TILE];
      for (int p = 0; p < POINTS; p++) m[p] = LOAD(from + p * count * op->outputs);
      for (int j = 0; j < SIDE; j++) gather(m + j, half + j, SIDE, SIDE);
      for (int i = 0; i < TILE; i++) gather(half + i * SIDE, y + i * TILE, 1, 1);
      const vec bias = op->bias ? LOAD(op->bias + block * LANES) : zero;
      for (int64_t i = 0; i < rows; i++)
        for (int64_t j = 0; j < columns; j++) {
          const int64_t at = corner + block * map.block + (i * op->width + j) * map.pixel;
          vec value = y[i * TILE + j] + bias;
          if (op->addend) value += LOAD(op->addend + at);
          if (op->relu) value = __builtin_elementwise_max(value, zero);
          STORE(o->y + at, value);
        }
    }
  }
}

INLINE void run_chunks(const int most, int task, const work *o) {
  const int64_t size = POINTS * o->chunk;
  float *inputs = o->scratch + task * size * (o->op->sources + o->op->outputs);
  float *products = inputs + size * o->op->sources;
  for (int64_t chunk = task; chunk < o->chunks; chunk += o->tasks) {
    const int64_t first = chunk * o->chunk;
    const int64_t count = o->tiles - first < o->chunk ? o->tiles - first : o->chunk;
    if (count <= 0) continue;
    transform_inputs(o, first, count, inputs);
    multiply_points(most, o, count, inputs, products);
    transform_outputs(o, first, count, products);
  }
}

static void chunks_any(int task, void *context) { run_chunks(ROWS, task, context); }

#if defined(__x86_64__)
__attribute__((target("arch=x86-64-v3"))) static void chunks_avx2(int task, void *context) {
  run_chunks(ROWS, task, context);
}

__attribute__((target("arch=x86-64-v4"), __min_vector_width__(512))) static void chunks_avx512(
    int task, void *context) {
  run_chunks(WIDE_ROWS, task, context);
}
#endif

static void chunks(int task, void *context) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return chunks_avx512(task, context);
  if (__builtin_cpu_supports("x86-64-v3")) return chunks_avx2(task, context);
#endif
  chunks_any(task, context);
}

int64_t vitrine_winograd_scratch(const vitrine_winograd *op) {
  const work o = prepare(op);
  return o.tasks * POINTS * o.chunk * (op->sources + op->outputs);
}

void vitrine_winograd_run(const vitrine_winograd *op, const float *x, float *y, float *scratch) {
  work o = prepare(op);
  o.x = x;
  o.y = y;
  o.scratch = scratch;
  vitrine_parallel(o.tasks, chunks, &o);
}
