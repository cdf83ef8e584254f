#pragma once
#include <stdint.h>

#include "maps.h"

// Loops over rows of tokens.

/// y = x·Φ(x), Φ by the exact error function (to 1 ulp or so), and its slope Φ(x) + x·φ(x) unless that is NULL. Either
/// may replace x.
void vitrine_gelu(int64_t count, const float *x, float *y, float *slope);
/// y = gradient·slope; with `accumulate` it adds. May work in place on the gradient.
void vitrine_apply_slope(int64_t count, const float *slope, const float *gradient, int accumulate, float *y);

/// y = scale·(x − mean)/√(variance + ε) + shift by row; keeps each row's mean and 1/√(variance + ε).
void vitrine_layer_norm(
    int64_t rows, int64_t width, const float *scale, const float *shift, float epsilon, const float *x, float *y,
    float *means, float *inverses);
/// Gradient with respect to x; with `accumulate` it adds.
void vitrine_layer_norm_backward(
    int64_t rows, int64_t width, const float *scale, const float *x, const float *means, const float *inverses,
    const float *gradient, int accumulate, float *y);

/// y = x/|x| by row, |x| the Euclidean length but at least 10⁻¹²; keeps each row's 1/|x|.
void vitrine_unit_length(int64_t rows, int64_t width, const float *x, float *y, float *inverses);
/// Gradient with respect to x; with `accumulate` it adds.
void vitrine_unit_length_backward(
    int64_t rows, int64_t width, const float *x, const float *inverses, const float *gradient, int accumulate, float *y);

/// Map → (before + H·W)×C tokens with position embedding; the first ones are those of `class_token`, which may be NULL
/// if there are none.
void vitrine_tokens(
    const vitrine_map *map, int64_t channels, int64_t before, const float *class_token, const float *position,
    const float *x, float *y);
/// Tokens' gradient → map, leaving out the `before` first ones; with `accumulate` it adds.
void vitrine_tokens_backward(
    const vitrine_map *map, int64_t channels, int64_t before, int accumulate, const float *gradient, float *x);
