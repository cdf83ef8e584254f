#pragma once

#include <stdint.h>

/// One pass of a separable resampling over the rows of a plane: row r of `out` is the sum over k < count[r] of
/// weights[r * stride + k] times row first[r] + k of `in`. Rows have `length` numbers.
void vitrine_resample_rows(const float *in, float *out, int length, int out_rows, const int *first, const int *count,
                           const float *weights, int stride);

/// The same in 8 bits, exactly as PIL: weights are multiples of 2^-22, sums are rounded half up and clamped.
void vitrine_resample_rows_8(const uint8_t *in, uint8_t *out, int length, int out_rows, const int *first,
                             const int *count, const int32_t *weights, int stride);

/// 8-bit levels of numbers: clamped to [0, 1], times 255, rounded half up; 0 for what is no number.
void vitrine_levels(const float *in, uint8_t *out, int64_t count);

/// Interleaved 8-bit pixels as planes of `area` numbers in [0, 1].
void vitrine_planes(const uint8_t *in, float *out, int64_t area, int channels);

/// Transposes a plane of rows × columns.
void vitrine_transpose(const float *in, float *out, int rows, int columns);

/// The same in 8 bits.
void vitrine_transpose_8(const uint8_t *in, uint8_t *out, int rows, int columns);
