#include "Internal.h"

// Coefficients are Chebyshev fits in double precision over |x| ≤ π/4, rounded; errors were measured against NumPy.
static inline __attribute__((always_inline)) float short_sine(float x, float s) {
  return x * (1.0f + s * (-0x1.555540p-3f + s * (0x1.110630p-7f + s * -0x1.99071ap-13f)));
}

static inline __attribute__((always_inline)) float short_cosine(float s) {
  return 1.0f + s * (-0.5f + s * (0x1.55553ap-5f + s * (-0x1.6c0786p-10f + s * 0x1.9906cap-16f)));
}

typedef struct {
  const float *magnitudes, *phases, *realGradient, *imaginaryGradient;
  float *real, *imaginary, *gradient;
} polar;

// Below this many numbers, waking a second thread costs more than it saves.
enum { LEAST = 8192 };

static VITRINE_CLONES void fromPolar(int64_t first, int64_t end, void *context) {
  const polar *o = context;
  const float *magnitudes = o->magnitudes, *phases = o->phases;
  float *real = o->real, *imaginary = o->imaginary;
  const float magic = 12582912.0f;  // 1.5·2²³: adding it rounds to an integer
  VITRINE_EACH {
    // x = n·π/2 + r; π/2 in three parts, the first two of few bits, so that their products are exact.
    const float x = phases[i], shifted = x * 0.636619772f + magic, n = shifted - magic;
    const float r = ((x - n * 1.5703125f) - n * 0x1.fb4p-12f) - n * 0x1.4442d2p-24f;
    const int quadrant = (int)n & 3;
    const float s = r * r, sine = short_sine(r, s), cosine = short_cosine(s);
    const float a = quadrant & 1 ? sine : cosine, b = quadrant & 1 ? cosine : sine;
    real[i] = magnitudes[i] * (quadrant == 1 || quadrant == 2 ? -a : a);
    imaginary[i] = magnitudes[i] * (quadrant >= 2 ? -b : b);
  }
}

void vitrine_polar(const float *magnitudes, const float *phases, float *real, float *imaginary, size_t count) {
  polar o = {.magnitudes = magnitudes, .phases = phases, .real = real, .imaginary = imaginary};
  vitrine_ranges((int64_t)count, LEAST, fromPolar, &o);
}

static VITRINE_CLONES void polarGradient(int64_t first, int64_t end, void *context) {
  const polar *o = context;
  const float *real = o->real, *imaginary = o->imaginary;
  float *gradient = o->gradient;
  VITRINE_EACH
    gradient[i] = real[i] * o->imaginaryGradient[i] - imaginary[i] * o->realGradient[i];
}

void vitrine_polar_adjoint(const float *real, const float *imaginary, const float *realGradient,
                           const float *imaginaryGradient, float *gradient, size_t count) {
  polar o = {.real = (float *)real, .imaginary = (float *)imaginary, .realGradient = realGradient,
             .imaginaryGradient = imaginaryGradient, .gradient = gradient};
  vitrine_ranges((int64_t)count, LEAST, polarGradient, &o);
}
