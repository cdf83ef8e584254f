#include "Internal.h"

#include <math.h>

// Sums may be reordered by the compiler, so that they fill vector registers; the order is fixed for a machine.
#define REASSOCIATE _Pragma("clang fp reassociate(on)")

VITRINE_CLONES
static double squaredDifferences(const float *a, const float *b, int count) {
  REASSOCIATE
  float sum = 0;
  for (int i = 0; i < count; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

VITRINE_CLONES
static double absoluteDifferences(const float *a, const float *b, int count) {
  REASSOCIATE
  float sum = 0;
  for (int i = 0; i < count; i++) sum += fabsf(a[i] - b[i]);
  return sum;
}

void vitrine_variation(const float *x, int planes, int height, int width, double squares[4], double absolutes[4]) {
  for (int d = 0; d < 4; d++) squares[d] = absolutes[d] = 0;
  for (int plane = 0; plane < planes; plane++) {
    for (int y = 0; y < height; y++) {
      const float *row = x + ((size_t)plane * height + y) * width, *below = row + width;
      squares[0] += squaredDifferences(row, row + 1, width - 1);
      absolutes[0] += absoluteDifferences(row, row + 1, width - 1);
      if (y + 1 == height) break;
      squares[1] += squaredDifferences(row, below, width);
      absolutes[1] += absoluteDifferences(row, below, width);
      squares[2] += squaredDifferences(below, row + 1, width - 1);
      absolutes[2] += absoluteDifferences(below, row + 1, width - 1);
      squares[3] += squaredDifferences(row, below + 1, width - 1);
      absolutes[3] += absoluteDifferences(row, below + 1, width - 1);
    }
  }
}

// Both ends of `count` differences a − b get their share.
VITRINE_CLONES
static void spread(const float *a, const float *b, float *ga, float *gb, int count, float scale) {
  // Two loops, for the ends overlap where neighbours stand in one row.
  for (int i = 0; i < count; i++) ga[i] += scale * (a[i] - b[i]);
  for (int i = 0; i < count; i++) gb[i] -= scale * (a[i] - b[i]);
}

VITRINE_CLONES
static void spreadSign(const float *a, const float *b, float *ga, float *gb, int count, float scale) {
  for (int i = 0; i < count; i++) ga[i] += scale * (float)((a[i] > b[i]) - (a[i] < b[i]));
  for (int i = 0; i < count; i++) gb[i] -= scale * (float)((a[i] > b[i]) - (a[i] < b[i]));
}

typedef void (*Spread)(const float *, const float *, float *, float *, int, float);

static void variationGradient(const float *x, float *gradient, int planes, int height, int width,
                              const float scale[4], Spread share) {
  for (int plane = 0; plane < planes; plane++) {
    for (int y = 0; y < height; y++) {
      const size_t start = ((size_t)plane * height + y) * width;
      const float *row = x + start, *below = row + width;
      float *g = gradient + start, *gBelow = g + width;
      share(row, row + 1, g, g + 1, width - 1, scale[0]);
      if (y + 1 == height) break;
      share(row, below, g, gBelow, width, scale[1]);
      share(below, row + 1, gBelow, g + 1, width - 1, scale[2]);
      share(row, below + 1, g, gBelow + 1, width - 1, scale[3]);
    }
  }
}

void vitrine_variation_gradient(const float *x, float *gradient, int planes, int height, int width,
                                const float scale[4]) {
  variationGradient(x, gradient, planes, height, width, scale, spread);
}

void vitrine_variation_sign_gradient(const float *x, float *gradient, int planes, int height, int width,
                                     const float scale[4]) {
  variationGradient(x, gradient, planes, height, width, scale, spreadSign);
}

VITRINE_CLONES
void vitrine_clamp(float *x, size_t count, float low, float high) {
  for (size_t i = 0; i < count; i++) x[i] = x[i] < low ? low : (x[i] > high ? high : x[i]);
}

VITRINE_CLONES
void vitrine_clamp_each(float *x, size_t count, const float *low, const float *high) {
  for (size_t i = 0; i < count; i++) x[i] = x[i] < low[i] ? low[i] : (x[i] > high[i] ? high[i] : x[i]);
}

typedef struct {
  float *x, *m, *v;
  const float *gradient;
  float beta1, beta2, epsilon;
  float gradientWeight, momentumWeight;
  float correction;  // of the second moment
} moments;

static VITRINE_CLONES void adam(int64_t first, int64_t end, void *context) {
  const moments *o = context;
  float *x = o->x, *m = o->m, *v = o->v;
  const float *gradient = o->gradient, beta1 = o->beta1, beta2 = o->beta2, epsilon = o->epsilon;
  const float step = o->momentumWeight, root = sqrtf(o->correction);
  VITRINE_EACH {
    const float g = gradient[i];
    m[i] += (1 - beta1) * (g - m[i]);
    v[i] = beta2 * v[i] + (1 - beta2) * g * g;
    x[i] -= step * m[i] / (sqrtf(v[i]) / root + epsilon);
  }
}

void vitrine_adam(float *x, const float *gradient, float *m, float *v, size_t count, float beta1, float beta2,
                  float epsilon, float rate, float correction1, float correction2) {
  moments o = {x, m, v, gradient, beta1, beta2, epsilon, 0, rate / correction1, correction2};
  vitrine_ranges((int64_t)count, VITRINE_LEAST, adam, &o);
}

static VITRINE_CLONES void remember(int64_t first, int64_t end, void *context) {
  const moments *o = context;
  float *m = o->m, *v = o->v;
  const float *gradient = o->gradient, beta1 = o->beta1, beta2 = o->beta2;
  VITRINE_EACH {
    const float g = gradient[i];
    m[i] += (1 - beta1) * (g - m[i]);
    v[i] = beta2 * v[i] + (1 - beta2) * g * g;
  }
}

VITRINE_CLONES
static int64_t agreeing(const float *m, const float *gradient, size_t count) {
  int64_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += m[i] * gradient[i] > 0;
  return sum;
}

static VITRINE_CLONES void goWhereAgreed(int64_t first, int64_t end, void *context) {
  const moments *o = context;
  float *x = o->x;
  const float *m = o->m, *v = o->v, *gradient = o->gradient, epsilon = o->epsilon;
  const float step = o->momentumWeight, root = sqrtf(o->correction);
  VITRINE_EACH {
    const float change = step * m[i] / (sqrtf(v[i]) / root + epsilon);
    x[i] -= m[i] * gradient[i] > 0 ? change : 0;
  }
}

void vitrine_cautious_adam(float *x, const float *gradient, float *m, float *v, size_t count, float beta1,
                           float beta2, float epsilon, float rate, float correction1, float correction2) {
  moments o = {x, m, v, gradient, beta1, beta2, epsilon, 0, rate / correction1, correction2};
  vitrine_ranges((int64_t)count, VITRINE_LEAST, remember, &o);
  o.momentumWeight *= (float)count / (float)(agreeing(m, gradient, count) + 1);
  vitrine_ranges((int64_t)count, VITRINE_LEAST, goWhereAgreed, &o);
}

static VITRINE_CLONES void nadam(int64_t first, int64_t end, void *context) {
  const moments *o = context;
  float *x = o->x, *m = o->m, *v = o->v;
  const float *gradient = o->gradient, beta1 = o->beta1, beta2 = o->beta2, epsilon = o->epsilon;
  const float gradientWeight = o->gradientWeight, momentumWeight = o->momentumWeight, correction = o->correction;
  VITRINE_EACH {
    const float g = gradient[i];
    m[i] += (1 - beta1) * (g - m[i]);
    v[i] = beta2 * v[i] + (1 - beta2) * g * g;
    x[i] -= (gradientWeight * g + momentumWeight * m[i]) / (sqrtf(v[i] / correction) + epsilon);
  }
}

void vitrine_nadam(float *x, const float *gradient, float *m, float *v, size_t count, float beta1, float beta2,
                   float epsilon, float gradientWeight, float momentumWeight, float correction2) {
  moments o = {x, m, v, gradient, beta1, beta2, epsilon, gradientWeight, momentumWeight, correction2};
  vitrine_ranges((int64_t)count, VITRINE_LEAST, nadam, &o);
}

VITRINE_CLONES
void vitrine_momentum(float *x, const float *gradient, float *m, size_t count, float momentum, float rate) {
  for (size_t i = 0; i < count; i++) {
    m[i] = momentum * m[i] + gradient[i];
    x[i] -= rate * m[i];
  }
}

VITRINE_CLONES
void vitrine_sign_step(float *x, const float *gradient, size_t count, float rate) {
  for (size_t i = 0; i < count; i++) x[i] -= rate * (float)((gradient[i] > 0) - (gradient[i] < 0));
}
