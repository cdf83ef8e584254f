#pragma once
#include <stddef.h>

// The loops of gradient ascent beside the network: regularizers and optimizers.

/// Differences of neighbours in a picture: squared and absolute sums over all planes of (horizontal, vertical,
/// rising diagonal, falling diagonal), as in methods of total variation.
void vitrine_variation(const float *x, int planes, int height, int width, double squares[4], double absolutes[4]);
/// gradient += Σ over the four directions of scale[d]·(difference), with the signs of its two ends.
void vitrine_variation_gradient(const float *x, float *gradient, int planes, int height, int width,
                                const float scale[4]);
/// The same with the sign of the difference in its place.
void vitrine_variation_sign_gradient(const float *x, float *gradient, int planes, int height, int width,
                                     const float scale[4]);

/// x = min(max(x, low), high)
void vitrine_clamp(float *x, size_t count, float low, float high);
/// x[i] = min(max(x[i], low[i]), high[i])
void vitrine_clamp_each(float *x, size_t count, const float *low, const float *high);

/// One step of Adam: m and v are updated, then
/// x −= rate/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε), with the corrections given.
void vitrine_adam(float *x, const float *gradient, float *m, float *v, size_t count, float beta1, float beta2,
                  float epsilon, float rate, float correction1, float correction2);
/// The same for those numbers alone whose m has the sign of their gradient, by a rate that is greater by as many times
/// as they are fewer: count/(their number + 1).
void vitrine_cautious_adam(float *x, const float *gradient, float *m, float *v, size_t count, float beta1,
                           float beta2, float epsilon, float rate, float correction1, float correction2);
/// One step of NAdam: x −= (weight of gradient·g + weight of momentum·m) / (√(v/correction2) + ε), with the
/// rate in the weights.
void vitrine_nadam(float *x, const float *gradient, float *m, float *v, size_t count, float beta1, float beta2,
                   float epsilon, float gradientWeight, float momentumWeight, float correction2);
/// One step of gradient descent: m = momentum·m + g, x −= rate·m.
void vitrine_momentum(float *x, const float *gradient, float *m, size_t count, float momentum, float rate);
/// x −= rate·sign(g), with sign(0) = 0.
void vitrine_sign_step(float *x, const float *gradient, size_t count, float rate);
