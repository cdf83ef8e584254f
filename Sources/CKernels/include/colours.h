#pragma once
#include <stddef.h>

// From uncorrelated colours to pictures in range, and their gradients back.

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
