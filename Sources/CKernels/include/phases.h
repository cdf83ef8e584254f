#pragma once
#include <stddef.h>

// Spectra given by magnitude and phase.

/// real = magnitude·cos(phase), imaginary = magnitude·sin(phase), for |phase| < 8000; absolute errors of cosine and
/// sine below 2·10⁻⁷.
void vitrine_polar(const float *magnitudes, const float *phases, float *real, float *imaginary, size_t count);
/// dL/d(phase) = real·dL/d(imaginary) − imaginary·dL/d(real).
void vitrine_polar_adjoint(const float *real, const float *imaginary, const float *realGradient,
                           const float *imaginaryGradient, float *gradient, size_t count);
