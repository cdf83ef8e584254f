#include "Internal.h"

// Sums may be reordered by the compiler, so that they fill vector registers; the order is fixed for a machine.
#define REASSOCIATE _Pragma("clang fp reassociate(on)")

typedef struct {
  int64_t pictures, channels, positions;
  const float *x;
  double *means, *variances;
} moments;

static inline __attribute__((always_inline)) double distances(const float *x, int64_t count, double centre) {
  REASSOCIATE
  double sum = 0;
  for (int64_t i = 0; i < count; i++) sum += (x[i] - centre) * (x[i] - centre);
  return sum;
}

static inline __attribute__((always_inline)) double total(const float *x, int64_t count) {
  REASSOCIATE
  double sum = 0;
  for (int64_t i = 0; i < count; i++) sum += x[i];
  return sum;
}

static VITRINE_CLONES void of_channels(int64_t first, int64_t end, void *context) {
  const moments *o = context;
  const double share = 1.0 / (double)(o->pictures * o->positions);
  for (int64_t channel = first; channel < end; channel++) {
    const float *x = o->x + channel * o->positions;
    const int64_t step = o->channels * o->positions;
    double sum = 0, squares = 0;
    for (int64_t i = 0; i < o->pictures; i++) sum += total(x + i * step, o->positions);
    // About the mean, not about 0: nothing is lost where a mean is large beside its deviation.
    const double mean = sum * share;
    for (int64_t i = 0; i < o->pictures; i++) squares += distances(x + i * step, o->positions, mean);
    o->means[channel] = mean;
    o->variances[channel] = squares * share;
  }
}

void vitrine_channel_moments(
    int64_t pictures, int64_t channels, int64_t positions, const float *x, double *means, double *variances) {
  moments o = {pictures, channels, positions, x, means, variances};
  const int64_t work = pictures * positions;
  vitrine_ranges(channels, work > 0 ? (16384 + work - 1) / work : 1, of_channels, &o);
}
