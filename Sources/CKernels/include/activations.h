#pragma once
#include <stdint.h>

/// Functions of single numbers, by their papers' names.
typedef enum {
  VITRINE_SILU,          // x·σ(x)
  VITRINE_SIGMOID,       // σ(x) = 1/(1 + e⁻ˣ)
  VITRINE_RELU6,         // min(max(x, 0), 6)
  VITRINE_QUICK_GELU,    // x·σ(1.702·x)
  VITRINE_HARD_SWISH,    // x·min(max(x + 3, 0), 6)/6
  VITRINE_HARD_SIGMOID,  // min(max(x + 3, 0), 6)/6
} vitrine_activation_kind;

/// y = f(x). May work in place.
void vitrine_activation(vitrine_activation_kind kind, int64_t count, const float *x, float *y);
/// y = gradient·f′(x); with `accumulate` it adds. May work in place on the gradient.
void vitrine_activation_backward(
    vitrine_activation_kind kind, int64_t count, const float *x, const float *gradient, int accumulate, float *y);
