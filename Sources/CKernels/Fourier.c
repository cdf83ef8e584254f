#include <string.h>

#include "Internal.h"

// Stockham's algorithm (Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, section 1.7), which
// needs no reordering, on sixteen columns at once: all of its loops over numbers are over these, and both of its
// buffers stay in a processor's own cache. Element t of a buffer is sixteen real, then sixteen imaginary parts.
enum { LANES = 16, ELEMENT = 2 * LANES };

int64_t vitrine_fourier_scratch(const vitrine_fourier *axis) { return (int64_t)axis->length * ELEMENT * 2; }

#define INLINE static inline __attribute__((always_inline))

/// to = from · (c + i·s)
INLINE void turn(float *to, const float *from, float c, float s) {
  for (int l = 0; l < LANES; l++) {
    const float re = from[l], im = from[LANES + l];
    to[l] = re * c - im * s;
    to[LANES + l] = re * s + im * c;
  }
}

INLINE void butterfly2(const float *restrict a, int64_t apart, float *restrict b, int64_t next, const float *w) {
  const float *a1 = a + apart;
  float difference[ELEMENT];
  for (int l = 0; l < ELEMENT; l++) {
    b[l] = a[l] + a1[l];
    difference[l] = a[l] - a1[l];
  }
  turn(b + next, difference, w[0], w[1]);
}

INLINE void butterfly4(const float *restrict a, int64_t apart, float *restrict b, int64_t next, const float *w) {
  const float *a1 = a + apart, *a2 = a1 + apart, *a3 = a2 + apart;
  float *b1 = b + next, *b2 = b1 + next, *b3 = b2 + next;
  for (int l = 0; l < LANES; l++) {
    const int m = LANES + l;
    const float sum = a[l] + a2[l], sumI = a[m] + a2[m], difference = a[l] - a2[l], differenceI = a[m] - a2[m];
    const float other = a1[l] + a3[l], otherI = a1[m] + a3[m];
    // −i·(a1 − a3)
    const float turned = a1[m] - a3[m], turnedI = a3[l] - a1[l];
    b[l] = sum + other;
    b[m] = sumI + otherI;
    const float x1 = difference + turned, y1 = differenceI + turnedI;
    b1[l] = x1 * w[0] - y1 * w[1];
    b1[m] = x1 * w[1] + y1 * w[0];
    const float x2 = sum - other, y2 = sumI - otherI;
    b2[l] = x2 * w[2] - y2 * w[3];
    b2[m] = x2 * w[3] + y2 * w[2];
    const float x3 = difference - turned, y3 = differenceI - turnedI;
    b3[l] = x3 * w[4] - y3 * w[5];
    b3[m] = x3 * w[5] + y3 * w[4];
  }
}

/// Any other radix, by its definition.
INLINE void butterfly(const vitrine_fourier *axis, int radix, const float *restrict a, int64_t apart,
                      float *restrict b, int64_t next, const float *w) {
  const int step = axis->length / radix;
  for (int k = 0; k < radix; k++) {
    float sum[ELEMENT];
    memcpy(sum, a, sizeof sum);
    for (int j = 1; j < radix; j++) {
      const float *root = axis->roots + 2 * (int64_t)(j * k % radix) * step, *from = a + j * apart;
      for (int l = 0; l < LANES; l++) {
        sum[l] += from[l] * root[0] - from[LANES + l] * root[1];
        sum[LANES + l] += from[l] * root[1] + from[LANES + l] * root[0];
      }
    }
    if (k == 0)
      memcpy(b, sum, sizeof sum);
    else
      turn(b + k * next, sum, w[2 * k - 2], w[2 * k - 1]);
  }
}

/// Transforms the columns in `from`; both buffers are used, and the one with the result is returned.
VITRINE_CLONES
static float *transform(const vitrine_fourier *axis, float *from, float *to) {
  int64_t rest = axis->length, done = 1;
  for (int stage = 0; stage < axis->stages; stage++) {
    const int radix = axis->radices[stage];
    const int64_t part = rest / radix, apart = done * part * ELEMENT, next = done * ELEMENT;
    for (int64_t p = 0; p < part; p++) {
      float w[2 * VITRINE_FOURIER_RADIX];
      for (int k = 1; k < radix; k++) memcpy(w + 2 * k - 2, axis->roots + 2 * (p * k * done), 2 * sizeof(float));
      for (int64_t q = 0; q < done; q++) {
        const float *a = from + (q + done * p) * ELEMENT;
        float *b = to + (q + done * radix * p) * ELEMENT;
        if (radix == 4)
          butterfly4(a, apart, b, next, w);
        else if (radix == 2)
          butterfly2(a, apart, b, next, w);
        else
          butterfly(axis, radix, a, apart, b, next, w);
      }
    }
    float *const swap = from;
    from = to, to = swap;
    rest = part, done *= radix;
  }
  return from;
}

typedef struct {
  const vitrine_fourier *axis;
  const float *in, *inImaginary;
  float *out, *outImaginary;
  int extent;  // columns or rows
  float scale, pair;
  float *scratch;
  int blocks, workers;
  void (*block)(int block, const void *work, float *first, float *second);
} Work;

static void run(int worker, void *context) {
  const Work *work = context;
  float *first = work->scratch + worker * vitrine_fourier_scratch(work->axis);
  float *second = first + (int64_t)work->axis->length * ELEMENT;
  // Neighbours go to one thread, as they share cache lines.
  const int begin = (int)((int64_t)work->blocks * worker / work->workers);
  const int end = (int)((int64_t)work->blocks * (worker + 1) / work->workers);
  for (int block = begin; block < end; block++) work->block(block, work, first, second);
}

/// Runs the blocks of `size` columns or rows on as many threads as there are and have scratch memory.
static void runBlocks(Work work, int size, int threads) {
  work.blocks = (work.extent + size - 1) / size;
  const int most = vitrine_threads();
  work.workers = threads < most ? threads : most;
  vitrine_parallel(work.workers, run, &work);
}

static int smaller(int a, int b) { return a < b ? a : b; }
static int clamped(int value, int most) { return value < 0 ? 0 : smaller(value, most); }

INLINE void copyLanes(float *to, const float *from, int count) {
  if (count == LANES)
    memcpy(to, from, LANES * sizeof(float));
  else
    memcpy(to, from, (size_t)count * sizeof(float));
}

static void columnBlock(int block, const void *context, float *first, float *second) {
  const Work *work = context;
  const int start = block * LANES, count = smaller(LANES, work->extent - start), length = work->axis->length;
  if (count < LANES) memset(first, 0, (size_t)length * ELEMENT * sizeof(float));
  for (int t = 0; t < length; t++) {
    const int64_t place = (int64_t)t * work->extent + start;
    copyLanes(first + t * ELEMENT, work->in + place, count);
    copyLanes(first + t * ELEMENT + LANES, work->inImaginary + place, count);
  }
  const float *result = transform(work->axis, first, second);
  for (int t = 0; t < length; t++) {
    const int64_t place = (int64_t)t * work->extent + start;
    copyLanes(work->out + place, result + t * ELEMENT, count);
    copyLanes(work->outImaginary + place, result + t * ELEMENT + LANES, count);
  }
}

void vitrine_fourier_columns(const vitrine_fourier *axis, const float *real, const float *imaginary, float *realOut,
                             float *imaginaryOut, int columns, float *scratch, int threads) {
  runBlocks((Work){axis, real, imaginary, realOut, imaginaryOut, columns, 1, 1, scratch, 0, 0, columnBlock}, LANES,
            threads);
}

// Two real rows a and b are transformed as one complex row a + ib, whose spectrum Z splits into both:
// A[k] = (Z[k] + conj Z[n−k]) / 2 and B[k] = (Z[k] − conj Z[n−k]) / 2i.

static void rowBlock(int block, const void *context, float *first, float *second) {
  const Work *work = context;
  const int start = block * ELEMENT, count = smaller(ELEMENT, work->extent - start), length = work->axis->length;
  const int half = length / 2 + 1;
  if (count < ELEMENT) memset(first, 0, (size_t)length * ELEMENT * sizeof(float));
  // In tiles, so that what is written stays in the nearest cache.
  for (int tile = 0; tile < length; tile += LANES) {
    const int end = smaller(tile + LANES, length);
    for (int row = 0; row < count; row++) {
      const float *from = work->in + (int64_t)(start + row) * length;
      for (int t = tile; t < end; t++) first[t * ELEMENT + row] = from[t];
    }
  }
  const float *result = transform(work->axis, first, second);
  const int even = clamped(count, LANES), odd = clamped(count - LANES, LANES);
  for (int k = 0; k < half; k++) {
    const int mirrored = k == 0 ? 0 : length - k;
    const float factor = 0.5f * work->scale * (k == mirrored ? 1 : work->pair);
    const float *z = result + k * ELEMENT, *m = result + mirrored * ELEMENT;
    float *re = work->out + (int64_t)start * half + k, *im = work->outImaginary + (int64_t)start * half + k;
    for (int l = 0; l < even; l++) {
      re[(int64_t)l * half] = factor * (z[l] + m[l]);
      im[(int64_t)l * half] = factor * (z[LANES + l] - m[LANES + l]);
    }
    for (int l = 0; l < odd; l++) {
      re[(int64_t)(LANES + l) * half] = factor * (z[LANES + l] + m[LANES + l]);
      im[(int64_t)(LANES + l) * half] = factor * (m[l] - z[l]);
    }
  }
}

void vitrine_fourier_rows(const vitrine_fourier *axis, const float *picture, float *real, float *imaginary, int rows,
                          float scale, float pair, float *scratch, int threads) {
  runBlocks((Work){axis, picture, NULL, real, imaginary, rows, scale, pair, scratch, 0, 0, rowBlock}, ELEMENT, threads);
}

/// The whole spectrum is Z = A + iB with the half spectra completed, and its inverse a + ib: real and imaginary parts
/// change places for it, in the buffers and when they are read.
static void rowBlockAdjoint(int block, const void *context, float *first, float *second) {
  const Work *work = context;
  const int start = block * ELEMENT, count = smaller(ELEMENT, work->extent - start), length = work->axis->length;
  const int half = length / 2 + 1;
  if (count < ELEMENT) memset(first, 0, (size_t)length * ELEMENT * sizeof(float));
  const int even = clamped(count, LANES), odd = clamped(count - LANES, LANES);
  const float *restrict realIn = work->in + (int64_t)start * half;
  const float *restrict imaginaryIn = work->inImaginary + (int64_t)start * half;
  for (int k = 0; k < half; k++) {
    const int mirrored = k == 0 ? 0 : length - k, isAlone = k == mirrored;
    const float factor = work->scale * (isAlone ? 1 : 0.5f * work->pair);
    float *z = first + k * ELEMENT, *m = first + mirrored * ELEMENT;
    for (int l = 0; l < even; l++) {
      const float re = factor * realIn[(int64_t)l * half + k];
      const float im = isAlone ? 0 : factor * imaginaryIn[(int64_t)l * half + k];
      z[l] = im, z[LANES + l] = re;
      m[l] = -im, m[LANES + l] = re;
    }
    for (int l = 0; l < odd; l++) {
      const float re = factor * realIn[(int64_t)(LANES + l) * half + k];
      const float im = isAlone ? 0 : factor * imaginaryIn[(int64_t)(LANES + l) * half + k];
      z[l] += re, z[LANES + l] -= im;
      if (!isAlone) m[l] += re, m[LANES + l] += im;
    }
  }
  const float *result = transform(work->axis, first, second);
  for (int tile = 0; tile < length; tile += LANES) {
    const int end = smaller(tile + LANES, length);
    for (int row = 0; row < count; row++) {
      float *to = work->out + (int64_t)(start + row) * length;
      const float *from = result + (row + LANES) % ELEMENT;
      for (int t = tile; t < end; t++) to[t] = from[t * ELEMENT];
    }
  }
}

void vitrine_fourier_rows_adjoint(const vitrine_fourier *axis, const float *real, const float *imaginary,
                                  float *picture, int rows, float scale, float pair, float *scratch, int threads) {
  runBlocks((Work){axis, real, imaginary, picture, NULL, rows, scale, pair, scratch, 0, 0, rowBlockAdjoint}, ELEMENT,
            threads);
}
