#pragma once
#include <stddef.h>

// Loops over numbers in a row, on several threads where there are many. Results don't depend on how many threads.

/// The sum of squares, in double precision.
double vitrine_sum_of_squares(const float *x, size_t count);
/// Σ (x − mean)² in double precision, differences in single precision.
double vitrine_sum_of_squares_about(const float *x, size_t count, float mean);
/// The sum, in double precision.
double vitrine_sum(const float *x, size_t count);
/// Σ x·y in double precision.
double vitrine_dot(const float *x, const float *y, size_t count);
/// y += scale·x
void vitrine_axpy(const float *x, float *y, size_t count, float scale);
/// y = scale·y + share·x
void vitrine_combine(const float *x, float *y, size_t count, float share, float scale);
/// y += |x|
void vitrine_add_absolute(const float *x, float *y, size_t count);
/// result = x·y, number by number; may work in place.
void vitrine_multiply(const float *x, const float *y, float *result, size_t count);
/// target[i] = scale·source[i] + shift
void vitrine_affine(const float *source, float *target, size_t count, float scale, float shift);
/// result = scale·(x − mean); may work in place.
void vitrine_standardize(const float *x, float *result, size_t count, float mean, float scale);
