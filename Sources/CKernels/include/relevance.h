#pragma once
#include <stdint.h>

// The loops of relevance propagation between the network's own operations. `stab(z)` is z + ε·sign(z), sign(0) = 1.

/// s = factor·r/stab(z) where the sign of `guide` is that of `sign` (0: everywhere), else 0. `guide` may be null if
/// `sign` is 0.
void vitrine_relevance_ratio(
    int64_t count, const float *r, const float *z, float epsilon, float factor, const float *guide, int sign, float *s);
/// out += a·g
void vitrine_relevance_collect(int64_t count, const float *a, const float *g, float *out);
/// out += factor·a·g where a row of 3·width numbers is query, key and value, each with its factor.
void vitrine_relevance_collect_attention(
    int64_t rows, int64_t width, const float *a, const float *g, const float factors[3], float *out);
/// out += r·part/stab(part + other): what a summand gave to a sum.
void vitrine_relevance_summand(
    int64_t count, const float *r, const float *part, const float *other, float epsilon, float *out);
/// out += r·|part|/(|part| + |other|), and half of r where both are 0.
void vitrine_relevance_magnitude(int64_t count, const float *r, const float *part, const float *other, float *out);
/// The greater of x and 0 (sign 1) or the lesser (sign −1).
void vitrine_relevance_part(int64_t count, const float *x, int sign, float *y);
/// Guided backpropagation at a ReLU: out += max(r, 0) where y > 0.
void vitrine_relevance_guided(int64_t count, const float *r, const float *y, float *out);
/// A layer normalization of positions×width numbers whose deviation counts as constant: what each number x gave to
/// y = (x − mean)/deviation·scale + shift, by the epsilon rule. Numbers of a position lie `stride` apart, positions
/// `step` apart.
void vitrine_relevance_layer_norm(
    int64_t positions, int64_t width, int64_t step, int64_t stride, const float *x, const float *y, const float *r,
    const float *scale, float norm_epsilon, float epsilon, float *out);
/// What the activations of channels of `positions` numbers each count by their relevance r: factor =
/// root·(r − min r)/(max r − min r + 10⁻⁶), with a root for each channel (1 if `roots` is null), and feature =
/// factor·value. With `positive`, relevance below zero counts as zero.
void vitrine_relevance_feature(
    int64_t channels, int64_t positions, const float *value, const float *r, const float *roots, int positive,
    float *factor, float *feature);
/// out = a·b
void vitrine_relevance_product(int64_t count, const float *a, const float *b, float *out);
