#include <math.h>
#include <stddef.h>

#include "Internal.h"

typedef struct {
  int64_t positions;
  float beta1, beta2, size, root, epsilon;
  const float *gradient, *lower, *upper;
  float *first, *second, *x;
} work;

static VITRINE_CLONES void adam(int64_t begin, int64_t end, void *context) {
  const work *o = context;
  const float beta1 = o->beta1, beta2 = o->beta2, size = o->size, root = o->root, epsilon = o->epsilon;
  while (begin < end) {
    const int64_t channel = begin / o->positions;
    const int64_t stop = (channel + 1) * o->positions < end ? (channel + 1) * o->positions : end;
    const float lower = o->lower ? o->lower[channel] : -INFINITY, upper = o->upper ? o->upper[channel] : INFINITY;
    const float *gradient = o->gradient;
    float *first = o->first, *second = o->second, *x = o->x;
    for (int64_t i = begin; i < stop; i++) {
      const float g = gradient[i];
      const float m = beta1 * first[i] + (1 - beta1) * g, v = beta2 * second[i] + (1 - beta2) * g * g;
      first[i] = m;
      second[i] = v;
      float next = x[i] - size * m / (sqrtf(v) * root + epsilon);
      next = next < lower ? lower : next;
      x[i] = next > upper ? upper : next;
    }
    begin = stop;
  }
}

void vitrine_adam(
    const vitrine_adam_settings *settings, int64_t channels, int64_t positions, const float *gradient, float *first,
    float *second, float *x, const float *lower, const float *upper) {
  const double step = (double)settings->step;
  work o = {
      .positions = positions,
      .beta1 = (float)settings->beta1,
      .beta2 = (float)settings->beta2,
      .size = (float)(settings->rate / (1 - pow(settings->beta1, step))),
      .root = (float)(1 / sqrt(1 - pow(settings->beta2, step))),
      .epsilon = (float)settings->epsilon,
      .gradient = gradient,
      .lower = lower,
      .upper = upper,
      .first = first,
      .second = second,
      .x = x,
  };
  vitrine_ranges(channels * positions, 8192, adam, &o);
}
