#include <math.h>

#include "Internal.h"

static inline __attribute__((always_inline)) float stabilized(float z, float epsilon) {
  return z + (z < 0 ? -epsilon : epsilon);
}

typedef struct {
  const float *a, *b, *c;
  float *out;
  float epsilon, factor;
  int sign;
} loop;

VITRINE_CLONES
static void ratio(int64_t first, int64_t end, void *context) {
  const loop *o = context;
  if (o->sign == 0) {
    VITRINE_EACH o->out[i] = o->factor * o->a[i] / stabilized(o->b[i], o->epsilon);
  } else {
    VITRINE_EACH {
      const float share = o->factor * o->a[i] / stabilized(o->b[i], o->epsilon);
      o->out[i] = o->c[i] * (float)o->sign > 0 ? share : 0;
    }
  }
}

void vitrine_relevance_ratio(
    int64_t count, const float *r, const float *z, float epsilon, float factor, const float *guide, int sign, float *s) {
  loop todo = {.a = r, .b = z, .c = guide, .out = s, .epsilon = epsilon, .factor = factor, .sign = sign};
  vitrine_ranges(count, VITRINE_LEAST, ratio, &todo);
}

VITRINE_CLONES
static void collect(int64_t first, int64_t end, void *context) {
  const loop *o = context;
  VITRINE_EACH o->out[i] += o->a[i] * o->b[i];
}

void vitrine_relevance_collect(int64_t count, const float *a, const float *g, float *out) {
  loop todo = {.a = a, .b = g, .out = out};
  vitrine_ranges(count, VITRINE_LEAST, collect, &todo);
}

VITRINE_CLONES
void vitrine_relevance_collect_attention(
    int64_t rows, int64_t width, const float *a, const float *g, const float factors[3], float *out) {
  for (int64_t row = 0; row < rows; row++)
    for (int part = 0; part < 3; part++, a += width, g += width, out += width)
      for (int64_t i = 0; i < width; i++) out[i] += factors[part] * a[i] * g[i];
}

VITRINE_CLONES
static void summand(int64_t first, int64_t end, void *context) {
  const loop *o = context;
  VITRINE_EACH
    o->out[i] += o->a[i] * o->b[i] / stabilized(o->b[i] + o->c[i], o->epsilon);
}

void vitrine_relevance_summand(
    int64_t count, const float *r, const float *part, const float *other, float epsilon, float *out) {
  loop todo = {.a = r, .b = part, .c = other, .out = out, .epsilon = epsilon};
  vitrine_ranges(count, VITRINE_LEAST, summand, &todo);
}

VITRINE_CLONES
static void magnitude(int64_t first, int64_t end, void *context) {
  const loop *o = context;
  VITRINE_EACH {
    const float mine = fabsf(o->b[i]), sum = mine + fabsf(o->c[i]);
    o->out[i] += o->a[i] * (sum > 0 ? mine / sum : 0.5f);
  }
}

void vitrine_relevance_magnitude(int64_t count, const float *r, const float *part, const float *other, float *out) {
  loop todo = {.a = r, .b = part, .c = other, .out = out};
  vitrine_ranges(count, VITRINE_LEAST, magnitude, &todo);
}

VITRINE_CLONES
void vitrine_relevance_part(int64_t count, const float *x, int sign, float *y) {
  if (sign > 0)
    for (int64_t i = 0; i < count; i++) y[i] = x[i] > 0 ? x[i] : 0;
  else
    for (int64_t i = 0; i < count; i++) y[i] = x[i] < 0 ? x[i] : 0;
}

VITRINE_CLONES
void vitrine_relevance_guided(int64_t count, const float *r, const float *y, float *out) {
  for (int64_t i = 0; i < count; i++) out[i] += y[i] > 0 && r[i] > 0 ? r[i] : 0;
}

VITRINE_CLONES
void vitrine_relevance_layer_norm(
    int64_t positions, int64_t width, int64_t step, int64_t stride, const float *x, const float *y, const float *r,
    const float *scale, float norm_epsilon, float epsilon, float *out) {
  for (int64_t position = 0; position < positions; position++) {
    const int64_t start = position * step;
    double sum = 0, squares = 0, shared = 0;
    for (int64_t i = 0; i < width; i++) sum += x[start + i * stride];
    const double mean = sum / (double)width;
    for (int64_t i = 0; i < width; i++) {
      const double difference = x[start + i * stride] - mean;
      squares += difference * difference;
    }
    for (int64_t i = 0; i < width; i++) {
      const int64_t at = start + i * stride;
      shared += scale[i] * r[at] / stabilized(y[at], epsilon);
    }
    const float inverse = (float)(1 / sqrt(squares / (double)width + norm_epsilon));
    const float common = (float)(shared / (double)width);
    for (int64_t i = 0; i < width; i++) {
      const int64_t at = start + i * stride;
      out[at] += x[at] * inverse * (scale[i] * r[at] / stabilized(y[at], epsilon) - common);
    }
  }
}

typedef struct {
  int64_t positions;
  const float *value, *r, *roots;
  int positive;
  float *factor, *feature;
} features;

VITRINE_CLONES
static void feature(int64_t first, int64_t end, void *context) {
  const features *o = context;
  for (int64_t channel = first; channel < end; channel++) {
    const int64_t begin = channel * o->positions;
    const float *r = o->r + begin;
    float least = r[0], greatest = r[0];
    for (int64_t i = 1; i < o->positions; i++) {
      least = r[i] < least ? r[i] : least;
      greatest = r[i] > greatest ? r[i] : greatest;
    }
    if (o->positive) {
      least = least > 0 ? least : 0;
      greatest = greatest > 0 ? greatest : 0;
    }
    const float scale = (o->roots ? o->roots[channel] : 1) / (greatest - least + 1e-6f);
    for (int64_t i = 0; i < o->positions; i++) {
      const float above = r[i] > least ? r[i] - least : 0;
      o->factor[begin + i] = scale * above;
      o->feature[begin + i] = scale * above * o->value[begin + i];
    }
  }
}

void vitrine_relevance_feature(
    int64_t channels, int64_t positions, const float *value, const float *r, const float *roots, int positive,
    float *factor, float *feature_values) {
  features todo = {positions, value, r, roots, positive, factor, feature_values};
  vitrine_ranges(channels, VITRINE_LEAST / (positions > 0 ? positions : 1) + 1, feature, &todo);
}

VITRINE_CLONES
static void product(int64_t first, int64_t end, void *context) {
  const loop *o = context;
  VITRINE_EACH o->out[i] = o->a[i] * o->b[i];
}

void vitrine_relevance_product(int64_t count, const float *a, const float *b, float *out) {
  loop todo = {.a = a, .b = b, .out = out};
  vitrine_ranges(count, VITRINE_LEAST, product, &todo);
}
