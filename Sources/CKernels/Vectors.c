#include <math.h>

#include "Internal.h"

typedef struct {
  const float *x, *y;
  float *result;
  float scale, shift;
} operands;

static void run(size_t count, void (*body)(int64_t, int64_t, void *), operands o) {
  vitrine_ranges((int64_t)count, VITRINE_LEAST, body, &o);
}

static VITRINE_CLONES void axpy(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  const float *x = o->x, scale = o->scale;
  float *result = o->result;
  VITRINE_EACH result[i] += scale * x[i];
}

void vitrine_axpy(const float *x, float *y, size_t count, float scale) {
  run(count, axpy, (operands){.x = x, .result = y, .scale = scale});
}

static VITRINE_CLONES void combine(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  const float *x = o->x, scale = o->scale, share = o->shift;
  float *result = o->result;
  VITRINE_EACH {
    const float scaled = scale * result[i];
    result[i] = scaled + share * x[i];
  }
}

void vitrine_combine(const float *x, float *y, size_t count, float share, float scale) {
  run(count, combine, (operands){.x = x, .result = y, .scale = scale, .shift = share});
}

static VITRINE_CLONES void addAbsolute(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  const float *x = o->x;
  float *result = o->result;
  VITRINE_EACH result[i] += fabsf(x[i]);
}

void vitrine_add_absolute(const float *x, float *y, size_t count) {
  run(count, addAbsolute, (operands){.x = x, .result = y});
}

static VITRINE_CLONES void multiply(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  const float *x = o->x, *y = o->y;
  float *result = o->result;
  VITRINE_EACH result[i] = x[i] * y[i];
}

void vitrine_multiply(const float *x, const float *y, float *result, size_t count) {
  run(count, multiply, (operands){.x = x, .y = y, .result = result});
}

static VITRINE_CLONES void affine(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  const float *x = o->x, scale = o->scale, shift = o->shift;
  float *result = o->result;
  VITRINE_EACH result[i] = scale * x[i] + shift;
}

void vitrine_affine(const float *source, float *target, size_t count, float scale, float shift) {
  run(count, affine, (operands){.x = source, .result = target, .scale = scale, .shift = shift});
}

static VITRINE_CLONES void standardize(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  const float *x = o->x, scale = o->scale, mean = o->shift;
  float *result = o->result;
  VITRINE_EACH result[i] = scale * (x[i] - mean);
}

void vitrine_standardize(const float *x, float *result, size_t count, float mean, float scale) {
  run(count, standardize, (operands){.x = x, .result = result, .scale = scale, .shift = mean});
}

// Sums may be reordered by the compiler, so that they fill vector registers; the order is fixed for a machine. Long
// ones are made of partial sums, whose number depends on the count alone.
#define REASSOCIATE _Pragma("clang fp reassociate(on)")

enum { PARTS = 64, PART = 4 * VITRINE_LEAST };

typedef double (*summation)(const float *x, const float *y, float mean, int64_t count);

typedef struct {
  summation sum;
  const float *x, *y;
  float mean;
  int64_t count, length;
  double parts[PARTS];
} summing;

static void sumPart(int part, void *context) {
  summing *s = context;
  const int64_t first = part * s->length, rest = s->count - first;
  s->parts[part] = s->sum(s->x + first, s->y + first, s->mean, rest < s->length ? rest : s->length);
}

static double total(summation sum, const float *x, const float *y, float mean, size_t count) {
  if (count <= PART) return sum(x, y, mean, (int64_t)count);
  summing s = {.sum = sum, .x = x, .y = y, .mean = mean, .count = (int64_t)count, .length = PART};
  if (s.count > (int64_t)PARTS * PART) s.length = (s.count + PARTS - 1) / PARTS;
  const int parts = (int)((s.count + s.length - 1) / s.length);
  vitrine_parallel(parts, sumPart, &s);
  double result = 0;
  for (int part = 0; part < parts; part++) result += s.parts[part];
  return result;
}

static VITRINE_CLONES double plain(const float *x, const float *y, float mean, int64_t count) {
  REASSOCIATE
  (void)y, (void)mean;
  double sum = 0;
  for (int64_t i = 0; i < count; i++) sum += x[i];
  return sum;
}

static VITRINE_CLONES double products(const float *x, const float *y, float mean, int64_t count) {
  REASSOCIATE
  (void)mean;
  double sum = 0;
  for (int64_t i = 0; i < count; i++) sum += (double)x[i] * y[i];
  return sum;
}

static VITRINE_CLONES double squares(const float *x, const float *y, float mean, int64_t count) {
  REASSOCIATE
  (void)y;
  double sum = 0;
  for (int64_t i = 0; i < count; i++) {
    const float difference = x[i] - mean;
    sum += (double)difference * difference;
  }
  return sum;
}

double vitrine_sum(const float *x, size_t count) { return total(plain, x, x, 0, count); }

double vitrine_dot(const float *x, const float *y, size_t count) { return total(products, x, y, 0, count); }

double vitrine_sum_of_squares(const float *x, size_t count) { return total(products, x, x, 0, count); }

double vitrine_sum_of_squares_about(const float *x, size_t count, float mean) {
  return total(squares, x, x, mean, count);
}
