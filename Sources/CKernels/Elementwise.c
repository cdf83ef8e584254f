#include <string.h>

#include "Internal.h"

typedef struct {
  const float *a, *b;
  float *y;
  int flag;
} operands;

static VITRINE_CLONES void relu(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  const float *a = o->a;
  float *y = o->y;
  VITRINE_EACH y[i] = a[i] > 0 ? a[i] : 0;
}

void vitrine_relu(int64_t count, const float *x, float *y) {
  operands o = {x, NULL, y, 0};
  vitrine_ranges(count, VITRINE_LEAST, relu, &o);
}

static VITRINE_CLONES void add(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  const float *a = o->a, *b = o->b;
  float *y = o->y;
  if (o->flag) {
    VITRINE_EACH {
      float sum = a[i] + b[i];
      y[i] = sum > 0 ? sum : 0;
    }
  } else {
    VITRINE_EACH y[i] = a[i] + b[i];
  }
}

void vitrine_add(int64_t count, int use_relu, const float *a, const float *b, float *y) {
  operands o = {a, b, y, use_relu};
  vitrine_ranges(count, VITRINE_LEAST, add, &o);
}

void vitrine_accumulate(int64_t count, const float *x, float *y) { vitrine_add(count, 0, y, x, y); }

static VITRINE_CLONES void mask(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  const float *output = o->a, *gradient = o->b;
  float *y = o->y;
  if (o->flag) {
    VITRINE_EACH y[i] += output[i] > 0 ? gradient[i] : 0;
  } else {
    VITRINE_EACH y[i] = output[i] > 0 ? gradient[i] : 0;
  }
}

void vitrine_relu_backward(int64_t count, const float *output, const float *gradient, int accumulate, float *y) {
  operands o = {output, gradient, y, accumulate};
  vitrine_ranges(count, VITRINE_LEAST, mask, &o);
}

void vitrine_relu_mask(int64_t count, const float *output, float *gradient) {
  vitrine_relu_backward(count, output, gradient, 0, gradient);
}

static void copy(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  memcpy(o->y + first, o->a + first, (size_t)(end - first) * sizeof(float));
}

void vitrine_copy(int64_t count, const float *x, float *y) {
  operands o = {x, NULL, y, 0};
  vitrine_ranges(count, VITRINE_LEAST, copy, &o);
}

static void zero(int64_t first, int64_t end, void *context) {
  const operands *o = context;
  memset(o->y + first, 0, (size_t)(end - first) * sizeof(float));
}

void vitrine_zero(int64_t count, float *y) {
  operands o = {NULL, NULL, y, 0};
  vitrine_ranges(count, VITRINE_LEAST, zero, &o);
}
