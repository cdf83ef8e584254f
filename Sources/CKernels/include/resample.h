#pragma once

/// One pass of a separable resampling over the rows of a plane: row r of `out` is the sum over k < count[r] of
/// weights[r * stride + k] times row first[r] + k of `in`. Rows have `length` numbers. With `levels` > 0 each result is
/// clamped to [0, 1] and rounded to a multiple of 1 / levels (half up).
void vitrine_resample_rows(const float *in, float *out, int length, int out_rows, const int *first, const int *count,
                           const float *weights, int stride, float levels);

/// Transposes a plane of rows × columns.
void vitrine_transpose(const float *in, float *out, int rows, int columns);
