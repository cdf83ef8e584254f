#pragma once
#include <stddef.h>
#include <stdint.h>

// Transforms of pictures and their exact adjoints, for Visualization. A picture is `planes` blocks of
// height×width floats. An adjoint takes dL/d(output) and overwrites dL/d(input) where nothing else is
// said. Results don't depend on the number of threads.

/// Cyclic shift: target[(y + dy) mod height][(x + dx) mod width] = source[y][x]. Its adjoint is the shift back.
void vitrine_roll(const float *source, float *target, int planes, int height, int width, int dy, int dx);

/// The window of outHeight×outWidth whose corner lies at (top, left) of the source, which may be outside of it;
/// fill[plane] stands where there is no source.
void vitrine_window(const float *source, float *target, int planes, int height, int width, int outHeight,
                    int outWidth, int top, int left, const float *fill);
void vitrine_window_adjoint(const float *gradient, float *target, int planes, int height, int width,
                            int outHeight, int outWidth, int top, int left);

/// Bilinear sampling under a homography, nine numbers by rows, that takes an output pixel's centre
/// (x + ½, y + ½) to a point of the source in the same convention. Of the four neighbours, those outside the
/// source give fill[plane].
void vitrine_warp(const float *source, float *target, int planes, int height, int width, int outHeight,
                  int outWidth, const float *homography, const float *fill);
void vitrine_warp_adjoint(const float *gradient, float *target, int planes, int height, int width,
                          int outHeight, int outWidth, const float *homography);

/// One side of a separable resampling: output i is the sum over k < taps of weights[i·stride + k] times
/// source[first[i] + k]. All of first[i] + k lie in begin…end-1, which lies in the source.
typedef struct {
  int outputs;
  int stride, taps;
  int begin, end;
  const int32_t *first;
  const float *weights;
} vitrine_band;

/// How many numbers of scratch memory a resampling to `outWidth` columns takes.
int64_t vitrine_resample_scratch(int planes, int height, int width, int outWidth);
/// Separable resampling, columns then rows.
void vitrine_resample(const float *source, float *target, float *scratch, int planes, int height, int width,
                      vitrine_band rows, vitrine_band columns);
/// Its adjoint, which adds to what `target` holds: several pictures may be made of one.
void vitrine_resample_adjoint(const float *gradient, float *target, float *scratch, int planes, int height,
                              int width, vitrine_band rows, vitrine_band columns);

/// Luminance of `pixels` red, green and blue values, repeated in all three channels.
void vitrine_grayscale(const float *source, float *target, size_t pixels, const float weights[3]);
void vitrine_grayscale_adjoint(const float *gradient, float *target, size_t pixels, const float weights[3]);

/// target = source + deviation·N(0, 1) + U(−width, width), by a counter-based hash of `seed`; `quantiles` are
/// 65,536 quantiles of the standard normal distribution.
void vitrine_noise(const float *source, float *target, size_t count, float deviation, float width, uint64_t seed,
                   const float *quantiles);
