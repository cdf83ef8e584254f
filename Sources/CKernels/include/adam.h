#pragma once
#include <stdint.h>

/// Settings of Adam (Kingma & Ba 2015) for its step number `step`, counted from 1.
typedef struct {
  double rate, beta1, beta2, epsilon;
  int64_t step;
} vitrine_adam_settings;

/// One step of Adam on C×D parameters: updates both moments, then x −= rate·m̂/(√v̂ + ε), then clamps each channel
/// to [lower[c], upper[c]] (both may be NULL).
void vitrine_adam(
    const vitrine_adam_settings *settings, int64_t channels, int64_t positions, const float *gradient, float *first,
    float *second, float *x, const float *lower, const float *upper);
