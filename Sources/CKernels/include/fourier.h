#pragma once
#include <stdint.h>

// Discrete Fourier transforms along one axis, in a number of operations that grows with n·log n.

enum { VITRINE_FOURIER_RADIX = 13 };

/// A transform of one length: X[k] = Σ x[n]·exp(−2πi·kn/length).
typedef struct {
  int length;
  int stages;          // 0 for a length of 1
  const int *radices;  // one a stage, 2…VITRINE_FOURIER_RADIX; their product is the length
  const float *roots;  // length × 2: cosine and sine of −2π·t/length
} vitrine_fourier;

/// How many numbers of scratch memory each thread takes.
int64_t vitrine_fourier_scratch(const vitrine_fourier *axis);

/// Transforms the columns of a complex length×columns matrix, real and imaginary parts apart. The result may be the
/// matrix itself. For the inverse without its factor, swap the real and imaginary planes of both. `scratch` is for
/// `threads` threads.
void vitrine_fourier_columns(const vitrine_fourier *axis, const float *real, const float *imaginary, float *realOut,
                             float *imaginaryOut, int columns, float *scratch, int threads);

/// Transforms the rows of a real rows×length matrix, and keeps columns 0…length/2 of the result, times `scale`;
/// those that stand for two bins of the whole spectrum times `pair` also.
void vitrine_fourier_rows(const vitrine_fourier *axis, const float *picture, float *real, float *imaginary, int rows,
                          float scale, float pair, float *scratch, int threads);

/// The transpose of `vitrine_fourier_rows`, as a map between real numbers.
void vitrine_fourier_rows_adjoint(const vitrine_fourier *axis, const float *real, const float *imaginary,
                                  float *picture, int rows, float scale, float pair, float *scratch, int threads);
