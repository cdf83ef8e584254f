#include "Internal.h"
#include "Math.h"

// An exponential a number: fewer make a thread worth while than in plain loops.
enum { LEAST = 4096 };

typedef struct {
  const float *z, *gradient;
  const float *image;
  float *result;
  size_t pixels;
  const float *matrix, *low, *high;
} colours;

static void run(void (*body)(int64_t, int64_t, void *), colours o) {
  vitrine_ranges((int64_t)o.pixels, LEAST, body, &o);
}

static inline __attribute__((always_inline)) float sigmoid(float z) { return 1 / (1 + vitrine_exp(-z)); }

static VITRINE_CLONES void mix(int64_t first, int64_t end, void *context) {
  const colours *o = context;
  const float *a = o->z, *b = a + o->pixels, *c = b + o->pixels;
  for (int channel = 0; channel < 3; channel++) {
    const float *m = o->matrix + 3 * channel, low = o->low[channel], range = o->high[channel] - low;
    const float m0 = m[0], m1 = m[1], m2 = m[2];
    float *image = o->result + channel * o->pixels;
    VITRINE_EACH {
      const float value = m0 * a[i] + m1 * b[i] + m2 * c[i];
      image[i] = low + range * sigmoid(value);
    }
  }
}

void vitrine_colours(const float *z, float *image, size_t pixels, const float matrix[9], const float low[3],
                     const float high[3]) {
  run(mix, (colours){.z = z, .result = image, .pixels = pixels, .matrix = matrix, .low = low, .high = high});
}

static VITRINE_CLONES void mixAdjoint(int64_t first, int64_t end, void *context) {
  const colours *o = context;
  const float *gradient = o->gradient, *image = o->image, *matrix = o->matrix;
  const size_t pixels = o->pixels;
  VITRINE_EACH {
    float sum[3] = {0, 0, 0};
    for (int c = 0; c < 3; c++) {
      // With s the sigmoid, image = low + range·s, so d(image) = range·s·(1 − s).
      const float above = image[c * pixels + i] - o->low[c], range = o->high[c] - o->low[c];
      const float slope = gradient[c * pixels + i] * above * (1 - above / range);
      for (int k = 0; k < 3; k++) sum[k] += matrix[3 * c + k] * slope;
    }
    for (int k = 0; k < 3; k++) o->result[k * pixels + i] = sum[k];
  }
}

void vitrine_colours_adjoint(const float *gradient, const float *image, float *target, size_t pixels,
                             const float matrix[9], const float low[3], const float high[3]) {
  run(mixAdjoint, (colours){.gradient = gradient,
                            .image = image,
                            .result = target,
                            .pixels = pixels,
                            .matrix = matrix,
                            .low = low,
                            .high = high});
}

static VITRINE_CLONES void squash(int64_t first, int64_t end, void *context) {
  const colours *o = context;
  const float low = o->low[0], range = o->high[0] - low, *z = o->z;
  float *result = o->result;
  VITRINE_EACH result[i] = low + range * sigmoid(z[i]);
}

void vitrine_squash(const float *z, float *image, size_t pixels, float low, float high) {
  run(squash, (colours){.z = z, .result = image, .pixels = pixels, .low = &low, .high = &high});
}

static VITRINE_CLONES void squashAdjoint(int64_t first, int64_t end, void *context) {
  const colours *o = context;
  const float low = o->low[0], range = o->high[0] - low;
  VITRINE_EACH {
    const float above = o->image[i] - low;
    o->result[i] = o->gradient[i] * above * (1 - above / range);
  }
}

void vitrine_squash_adjoint(const float *gradient, const float *image, float *target, size_t pixels, float low,
                            float high) {
  run(squashAdjoint, (colours){.gradient = gradient,
                               .image = image,
                               .result = target,
                               .pixels = pixels,
                               .low = &low,
                               .high = &high});
}
