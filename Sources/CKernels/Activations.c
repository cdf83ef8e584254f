#include "Internal.h"
#include "Math.h"

#define INLINE static inline __attribute__((always_inline))

INLINE float sigmoid(float x) { return 1 / (1 + vitrine_exp(-x)); }

INLINE float between(float x, float low, float high) {
  x = x > low ? x : low;
  return x < high ? x : high;
}

INLINE float value(vitrine_activation_kind kind, float x) {
  switch (kind) {
    case VITRINE_SILU: return x * sigmoid(x);
    case VITRINE_SIGMOID: return sigmoid(x);
    case VITRINE_RELU6: return between(x, 0, 6);
    case VITRINE_QUICK_GELU: return x * sigmoid(1.702f * x);
    case VITRINE_HARD_SWISH: return x * between(x + 3, 0, 6) * (1 / 6.0f);
    case VITRINE_HARD_SIGMOID: return between(x + 3, 0, 6) * (1 / 6.0f);
  }
  return x;
}

INLINE float slope(vitrine_activation_kind kind, float x) {
  switch (kind) {
    case VITRINE_SILU: {
      const float s = sigmoid(x);
      return s * (1 + x * (1 - s));
    }
    case VITRINE_SIGMOID: {
      const float s = sigmoid(x);
      return s * (1 - s);
    }
    case VITRINE_RELU6: return x > 0 && x < 6 ? 1 : 0;
    case VITRINE_QUICK_GELU: {
      const float s = sigmoid(1.702f * x);
      return s * (1 + 1.702f * x * (1 - s));
    }
    case VITRINE_HARD_SWISH: return x < -3 ? 0 : x > 3 ? 1 : x * (1 / 3.0f) + 0.5f;
    case VITRINE_HARD_SIGMOID: return x > -3 && x < 3 ? 1 / 6.0f : 0;
  }
  return 1;
}

typedef struct {
  vitrine_activation_kind kind;
  const float *x, *gradient;
  float *y;
  int accumulate;
} work;

INLINE void values(vitrine_activation_kind kind, int64_t first, int64_t end, const work *o) {
  const float *x = o->x;
  float *y = o->y;
  VITRINE_EACH y[i] = value(kind, x[i]);
}

// A constant kind makes a loop of its own, which vectorizes.
#define FOR_EACH_KIND(loop)                                                    \
  switch (o->kind) {                                                           \
    case VITRINE_SILU: loop(VITRINE_SILU, first, end, o); break;               \
    case VITRINE_SIGMOID: loop(VITRINE_SIGMOID, first, end, o); break;         \
    case VITRINE_RELU6: loop(VITRINE_RELU6, first, end, o); break;             \
    case VITRINE_QUICK_GELU: loop(VITRINE_QUICK_GELU, first, end, o); break;   \
    case VITRINE_HARD_SWISH: loop(VITRINE_HARD_SWISH, first, end, o); break;   \
    case VITRINE_HARD_SIGMOID: loop(VITRINE_HARD_SIGMOID, first, end, o); break; \
  }

static VITRINE_CLONES void forward(int64_t first, int64_t end, void *context) {
  const work *o = context;
  FOR_EACH_KIND(values)
}

void vitrine_activation(vitrine_activation_kind kind, int64_t count, const float *x, float *y) {
  work o = {kind, x, NULL, y, 0};
  vitrine_ranges(count, 4096, forward, &o);
}

INLINE void gradients(vitrine_activation_kind kind, int64_t first, int64_t end, const work *o) {
  const float *x = o->x, *gradient = o->gradient;
  float *y = o->y;
  if (o->accumulate) {
    VITRINE_EACH y[i] += gradient[i] * slope(kind, x[i]);
  } else {
    VITRINE_EACH y[i] = gradient[i] * slope(kind, x[i]);
  }
}

static VITRINE_CLONES void backward(int64_t first, int64_t end, void *context) {
  const work *o = context;
  FOR_EACH_KIND(gradients)
}

void vitrine_activation_backward(
    vitrine_activation_kind kind, int64_t count, const float *x, const float *gradient, int accumulate, float *y) {
  work o = {kind, x, gradient, y, accumulate};
  vitrine_ranges(count, 4096, backward, &o);
}
