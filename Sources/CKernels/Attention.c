#include <math.h>
#include <string.h>

#include "Internal.h"
#include "Math.h"

// Numbers run in 16 lanes that are joined in a fixed order: vectors without leave to reorder, and the same bits
// always.
enum { LANES = 16 };

static inline __attribute__((always_inline)) float total(const float *lanes) {
  float sum = 0;
  for (int k = 0; k < LANES; k++) sum += lanes[k];
  return sum;
}

/// Softmax of each row after multiplication by `scale`, in place: of the first `seen` numbers of the first row, one more
/// of each that follows, and zeros after them.
static VITRINE_CLONES void softmax(int64_t rows, int64_t width, int64_t seen, float scale, float *x) {
  for (int64_t row = 0; row < rows; row++, x += width, seen += seen < width) {
    const int64_t even = seen / LANES * LANES;
    float most[LANES], lanes[LANES] = {0}, greatest = x[0];
    for (int k = 0; k < LANES; k++) most[k] = x[0];
    for (int64_t i = 0; i < even; i += LANES)
      for (int k = 0; k < LANES; k++) most[k] = x[i + k] > most[k] ? x[i + k] : most[k];
    for (int k = 0; k < LANES; k++) greatest = most[k] > greatest ? most[k] : greatest;
    for (int64_t i = even; i < seen; i++) greatest = x[i] > greatest ? x[i] : greatest;
    for (int64_t i = 0; i < even; i += LANES)
      for (int k = 0; k < LANES; k++) {
        x[i + k] = vitrine_exp((x[i + k] - greatest) * scale);
        lanes[k] += x[i + k];
      }
    for (int64_t i = even; i < seen; i++) {
      x[i] = vitrine_exp((x[i] - greatest) * scale);
      lanes[0] += x[i];
    }
    const float share = 1 / total(lanes);
    for (int64_t i = 0; i < seen; i++) x[i] *= share;
    for (int64_t i = seen; i < width; i++) x[i] = 0;
  }
}

/// gradient = scale·p·(gradient − Σ p·gradient) by row, in place.
static VITRINE_CLONES void softmax_backward(
    int64_t rows, int64_t width, float scale, const float *p, float *gradient) {
  const int64_t even = width / LANES * LANES;
  for (int64_t row = 0; row < rows; row++, p += width, gradient += width) {
    float lanes[LANES] = {0};
    for (int64_t i = 0; i < even; i += LANES)
      for (int k = 0; k < LANES; k++) lanes[k] += p[i + k] * gradient[i + k];
    for (int64_t i = even; i < width; i++) lanes[0] += p[i] * gradient[i];
    const float sum = total(lanes);
    for (int64_t i = 0; i < width; i++) gradient[i] = scale * p[i] * (gradient[i] - sum);
  }
}

/// A matrix in memory, perhaps to be read transposed.
typedef struct {
  const float *start;
  int64_t row;
  int transposed;
} matrix;

static void multiply(
    int64_t rows, int64_t columns, int64_t depth, matrix a, matrix b, int accumulate, float *c, int64_t row_c,
    float *packed) {
  const vitrine_product product = {
      .rows = rows, .columns = columns, .depth = depth, .a = a.start, .b = b.start, .row_a = a.row, .row_b = b.row,
      .transposed_a = a.transposed, .order_b = b.transposed ? VITRINE_COLUMNS : VITRINE_ROWS,
      .addend = accumulate ? c : NULL, .c = c, .row_c = row_c};
  vitrine_product_columns(&product, 0, columns, packed);
}

typedef struct {
  const vitrine_attention *op;
  const float *x, *given;
  float *weights, *y, *scratch;
  int accumulate, tasks;
} work;

static int64_t scratch_of_task(const vitrine_attention *op) {
  const int64_t depth = op->tokens > op->width ? op->tokens : op->width;
  return op->queries * op->tokens + vitrine_product_packed(op->tokens, depth);
}

static void run_heads(int task, void *context) {
  const work *o = context;
  const int64_t tokens = o->op->tokens, queries = o->op->queries, width = o->op->width, row = 3 * width;
  const int64_t size = width / o->op->heads;
  float *packed = o->scratch + task * scratch_of_task(o->op);
  for (int64_t head = task; head < o->op->pictures * o->op->heads; head += o->tasks) {
    const int64_t picture = head / o->op->heads, column = head % o->op->heads * size;
    const float *start = o->x + picture * tokens * row + column, *key = start + width, *value = key + width;
    const float *query = start + o->op->first_query * row;
    float *p = o->weights + head * queries * tokens, *y = o->y + picture * queries * width + column;
    multiply(queries, tokens, size, (matrix){query, row, 0}, (matrix){key, row, 1}, 0, p, tokens, packed);
    softmax(queries, tokens, o->op->causal ? o->op->first_query + 1 : tokens, 1 / sqrtf((float)size), p);
    multiply(queries, size, tokens, (matrix){p, tokens, 0}, (matrix){value, row, 0}, 0, y, width, packed);
  }
}

/// dV = Pᵀ·dO, dP = dO·Vᵀ, dS = P∘(dP − Σ dP∘P)/√d, dQ = dS·K, dK = dSᵀ·Q.
static void backward_heads(int task, void *context) {
  const work *o = context;
  const int64_t tokens = o->op->tokens, queries = o->op->queries, width = o->op->width, row = 3 * width;
  const int64_t size = width / o->op->heads;
  float *change = o->scratch + task * scratch_of_task(o->op), *packed = change + queries * tokens;
  for (int64_t head = task; head < o->op->pictures * o->op->heads; head += o->tasks) {
    const int64_t picture = head / o->op->heads, column = head % o->op->heads * size;
    const int64_t at = picture * tokens * row + column, first = at + o->op->first_query * row;
    const float *query = o->x + first, *key = o->x + at + width, *value = key + width;
    const float *p = o->weights + head * queries * tokens;
    float *to_key = o->y + at + width, *to_value = to_key + width;
    const matrix given = {o->given + picture * queries * width + column, width, 0};
    if (!o->accumulate && queries < tokens)
      for (int64_t token = 0; token < tokens; token++) memset(o->y + at + token * row, 0, size * sizeof(float));
    multiply(tokens, size, queries, (matrix){p, tokens, 1}, given, o->accumulate, to_value, row, packed);
    multiply(queries, tokens, size, given, (matrix){value, row, 1}, 0, change, tokens, packed);
    softmax_backward(queries, tokens, 1 / sqrtf((float)size), p, change);
    multiply(
        queries, size, tokens, (matrix){change, tokens, 0}, (matrix){key, row, 0}, o->accumulate, o->y + first, row,
        packed);
    multiply(
        tokens, size, queries, (matrix){change, tokens, 1}, (matrix){query, row, 0}, o->accumulate, to_key, row, packed);
  }
}

int64_t vitrine_attention_weights(const vitrine_attention *op) {
  return op->pictures * op->heads * op->queries * op->tokens;
}

int64_t vitrine_attention_scratch(const vitrine_attention *op) { return vitrine_threads() * scratch_of_task(op); }

void vitrine_attention_run(const vitrine_attention *op, const float *x, float *weights, float *y, float *scratch) {
  work o = {op, x, NULL, weights, y, scratch, 0, vitrine_threads()};
  vitrine_parallel(o.tasks, run_heads, &o);
}

void vitrine_attention_backward(
    const vitrine_attention *op, const float *x, const float *weights, const float *gradient, int accumulate,
    float *result, float *scratch) {
  work o = {op, x, gradient, (float *)weights, result, scratch, accumulate, vitrine_threads()};
  vitrine_parallel(o.tasks, backward_heads, &o);
}
