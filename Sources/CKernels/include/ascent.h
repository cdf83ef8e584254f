#pragma once
#include <stddef.h>

// The loops of gradient ascent beside the network: regularizers, optimizers, colours.

/// Differences of neighbours in a picture: squared and absolute sums over all planes of (horizontal, vertical,
/// rising diagonal, falling diagonal), as in methods of total variation.
void vitrine_variation(const float *x, int planes, int height, int width, double squares[4], double absolutes[4]);
/// gradient += Σ over the four directions of scale[d]·(difference), with the signs of its two ends.
void vitrine_variation_gradient(const float *x, float *gradient, int planes, int height, int width,
                                const float scale[4]);
/// The same with the sign of the difference in its place.
void vitrine_variation_sign_gradient(const float *x, float *gradient, int planes, int height, int width,
                                     const float scale[4]);

/// The sum of squares, in double precision.
double vitrine_sum_of_squares(const float *x, size_t count);
/// The sum, in double precision.
double vitrine_sum(const float *x, size_t count);
/// Σ x·y in double precision.
double vitrine_dot(const float *x, const float *y, size_t count);
/// y += scale·x
void vitrine_axpy(const float *x, float *y, size_t count, float scale);
/// y += |x|
void vitrine_add_absolute(const float *x, float *y, size_t count);
/// x = min(max(x, low), high)
void vitrine_clamp(float *x, size_t count, float low, float high);
/// x[i] = min(max(x[i], low[i]), high[i])
void vitrine_clamp_each(float *x, size_t count, const float *low, const float *high);

/// One step of Adam: m and v are updated, then
/// x −= rate/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε), with the corrections given.
void vitrine_adam(float *x, const float *gradient, float *m, float *v, size_t count, float beta1, float beta2,
                  float epsilon, float rate, float correction1, float correction2);
/// One step of NAdam: x −= (weight of gradient·g + weight of momentum·m) / (√(v/correction2) + ε), with the
/// rate in the weights.
void vitrine_nadam(float *x, const float *gradient, float *m, float *v, size_t count, float beta1, float beta2,
                   float epsilon, float gradientWeight, float momentumWeight, float correction2);
/// One step of gradient descent: m = momentum·m + g, x −= rate·m.
void vitrine_momentum(float *x, const float *gradient, float *m, size_t count, float momentum, float rate);
/// x −= rate·sign(g), with sign(0) = 0.
void vitrine_sign_step(float *x, const float *gradient, size_t count, float rate);

/// image[c][i] = low[c] + (high[c] − low[c])·σ(Σₖ matrix[c·3 + k]·z[k][i]) for three channels.
void vitrine_colours(const float *z, float *image, size_t pixels, const float matrix[9], const float low[3],
                     const float high[3]);
/// dL/dz from dL/d(image) and the image itself, by which the sigmoid is recovered.
void vitrine_colours_adjoint(const float *gradient, const float *image, float *target, size_t pixels,
                             const float matrix[9], const float low[3], const float high[3]);
/// The same for one channel without a matrix.
void vitrine_squash(const float *z, float *image, size_t pixels, float low, float high);
void vitrine_squash_adjoint(const float *gradient, const float *image, float *target, size_t pixels, float low,
                            float high);

/// result = x·y, number by number; may work in place.
void vitrine_multiply(const float *x, const float *y, float *result, size_t count);
