#include "Internal.h"

#include <math.h>
#include <string.h>

static int wrap(int value, int extent) {
  int rest = value % extent;
  return rest < 0 ? rest + extent : rest;
}

void vitrine_roll(const float *source, float *target, int planes, int height, int width, int dy, int dx) {
  const size_t shift = (size_t)wrap(dx, width), rest = (size_t)width - shift;
  for (int plane = 0; plane < planes; plane++) {
    for (int y = 0; y < height; y++) {
      const float *from = source + ((size_t)plane * height + y) * width;
      float *to = target + ((size_t)plane * height + wrap(y + dy, height)) * width;
      memcpy(to + shift, from, rest * sizeof(float));
      memcpy(to, from + rest, shift * sizeof(float));
    }
  }
}

static int larger(int a, int b) { return a > b ? a : b; }
static int smaller(int a, int b) { return a < b ? a : b; }

void vitrine_window(const float *source, float *target, int planes, int height, int width, int outHeight,
                    int outWidth, int top, int left, const float *fill) {
  const int x0 = smaller(larger(-left, 0), outWidth), x1 = larger(smaller(width - left, outWidth), x0);
  for (int plane = 0; plane < planes; plane++) {
    for (int y = 0; y < outHeight; y++) {
      float *to = target + ((size_t)plane * outHeight + y) * outWidth;
      const int inside = y + top >= 0 && y + top < height;
      const int from = inside ? x0 : outWidth, until = inside ? x1 : outWidth;
      for (int x = 0; x < from; x++) to[x] = fill[plane];
      if (inside)
        memcpy(to + from, source + ((size_t)plane * height + y + top) * width + left + from,
               (size_t)(until - from) * sizeof(float));
      for (int x = until; x < outWidth; x++) to[x] = fill[plane];
    }
  }
}

void vitrine_window_adjoint(const float *gradient, float *target, int planes, int height, int width,
                            int outHeight, int outWidth, int top, int left) {
  const int x0 = smaller(larger(-left, 0), outWidth), x1 = larger(smaller(width - left, outWidth), x0);
  memset(target, 0, (size_t)planes * height * width * sizeof(float));
  for (int plane = 0; plane < planes; plane++) {
    for (int y = 0; y < outHeight; y++) {
      if (y + top < 0 || y + top >= height) continue;
      memcpy(target + ((size_t)plane * height + y + top) * width + left + x0,
             gradient + ((size_t)plane * outHeight + y) * outWidth + x0, (size_t)(x1 - x0) * sizeof(float));
    }
  }
}

// Where the pixels of one output row fall: the upper left neighbour, and how far beyond it.
enum { CHUNK = 256 };
typedef struct {
  int x[CHUNK], y[CHUNK];
  float fx[CHUNK], fy[CHUNK];
} Landing;

VITRINE_CLONES
static void land(Landing *at, int count, int x0, int y, const float *h, int height, int width) {
  // A point behind the horizon or far away is put just outside, where nothing of the source is seen.
  const float yc = (float)y + 0.5f;
  for (int i = 0; i < count; i++) {
    const float xc = (float)(x0 + i) + 0.5f;
    const float depth = h[6] * xc + h[7] * yc + h[8];
    float u = (h[0] * xc + h[1] * yc + h[2]) / depth - 0.5f;
    float v = (h[3] * xc + h[4] * yc + h[5]) / depth - 0.5f;
    const int seen = depth > 1e-6f && u > -1.0f && v > -1.0f && u < (float)width && v < (float)height;
    u = seen ? u : -2.0f;
    v = seen ? v : -2.0f;
    const float fu = floorf(u), fv = floorf(v);
    at->x[i] = (int)fu;
    at->y[i] = (int)fv;
    at->fx[i] = u - fu;
    at->fy[i] = v - fv;
  }
}

typedef struct {
  const float *source;
  float *target;
  int height, width, outHeight, outWidth;
  const float *homography, *fill;
} Warp;

static void warpPlane(int plane, void *context) {
  const Warp *w = context;
  const float *source = w->source + (size_t)plane * w->height * w->width;
  float *target = w->target + (size_t)plane * w->outHeight * w->outWidth;
  const float fill = w->fill[plane];
  Landing at;
  for (int y = 0; y < w->outHeight; y++) {
    for (int x0 = 0; x0 < w->outWidth; x0 += CHUNK) {
      const int count = smaller(CHUNK, w->outWidth - x0);
      land(&at, count, x0, y, w->homography, w->height, w->width);
      float *to = target + (size_t)y * w->outWidth + x0;
      for (int i = 0; i < count; i++) {
        const int x = at.x[i], yy = at.y[i];
        const float fx = at.fx[i], fy = at.fy[i];
        float a, b, c, d;
        if (x >= 0 && yy >= 0 && x + 1 < w->width && yy + 1 < w->height) {
          const float *p = source + (size_t)yy * w->width + x;
          a = p[0], b = p[1], c = p[w->width], d = p[w->width + 1];
        } else {
          const int left = x >= 0 && x < w->width, right = x + 1 >= 0 && x + 1 < w->width;
          const int upper = yy >= 0 && yy < w->height, lower = yy + 1 >= 0 && yy + 1 < w->height;
          const ptrdiff_t p = (ptrdiff_t)yy * w->width + x;
          a = left && upper ? source[p] : fill;
          b = right && upper ? source[p + 1] : fill;
          c = left && lower ? source[p + w->width] : fill;
          d = right && lower ? source[p + w->width + 1] : fill;
        }
        to[i] = (1 - fy) * ((1 - fx) * a + fx * b) + fy * ((1 - fx) * c + fx * d);
      }
    }
  }
}

void vitrine_warp(const float *source, float *target, int planes, int height, int width, int outHeight,
                  int outWidth, const float *homography, const float *fill) {
  Warp warp = {source, target, height, width, outHeight, outWidth, homography, fill};
  vitrine_parallel(planes, warpPlane, &warp);
}

static void warpPlaneAdjoint(int plane, void *context) {
  const Warp *w = context;
  const float *gradient = w->source + (size_t)plane * w->outHeight * w->outWidth;
  float *target = w->target + (size_t)plane * w->height * w->width;
  memset(target, 0, (size_t)w->height * w->width * sizeof(float));
  Landing at;
  for (int y = 0; y < w->outHeight; y++) {
    for (int x0 = 0; x0 < w->outWidth; x0 += CHUNK) {
      const int count = smaller(CHUNK, w->outWidth - x0);
      land(&at, count, x0, y, w->homography, w->height, w->width);
      const float *from = gradient + (size_t)y * w->outWidth + x0;
      for (int i = 0; i < count; i++) {
        const int x = at.x[i], yy = at.y[i];
        const float fx = at.fx[i], fy = at.fy[i], g = from[i];
        const float a = (1 - fy) * (1 - fx) * g, b = (1 - fy) * fx * g, c = fy * (1 - fx) * g, d = fy * fx * g;
        const ptrdiff_t p = (ptrdiff_t)yy * w->width + x;
        const int left = x >= 0 && x < w->width, right = x + 1 >= 0 && x + 1 < w->width;
        const int upper = yy >= 0 && yy < w->height, lower = yy + 1 >= 0 && yy + 1 < w->height;
        if (left && upper) target[p] += a;
        if (right && upper) target[p + 1] += b;
        if (left && lower) target[p + w->width] += c;
        if (right && lower) target[p + w->width + 1] += d;
      }
    }
  }
}

void vitrine_warp_adjoint(const float *gradient, float *target, int planes, int height, int width,
                          int outHeight, int outWidth, const float *homography) {
  Warp warp = {gradient, target, height, width, outHeight, outWidth, homography, NULL};
  vitrine_parallel(planes, warpPlaneAdjoint, &warp);
}

// Each plane is worked in shares, by rows or columns, so that more threads than planes find work; some rows at a time
// on the way back.
enum { SHARES = 8, LINES = 8 };

typedef struct {
  const float *source;
  float *target, *scratch, *lines;
  int height, width;
  vitrine_band rows, columns;
} Resampling;

int64_t vitrine_resample_scratch(int planes, int height, int width, int outWidth) {
  return (int64_t)planes * ((int64_t)height * outWidth + SHARES * LINES * (int64_t)width);
}

static void runShares(const float *source, float *target, float *scratch, int planes, int height, int width,
                      vitrine_band rows, vitrine_band columns, void (*first)(int, void *), void (*second)(int, void *)) {
  float *lines = scratch + (int64_t)planes * height * columns.outputs;
  Resampling resampling = {source, target, scratch, lines, height, width, rows, columns};
  vitrine_parallel(planes * SHARES, first, &resampling);
  vitrine_parallel(planes * SHARES, second, &resampling);
}

typedef struct {
  int plane, first, end;
} Share;

static Share shareOf(int task, int first, int end) {
  const int64_t share = task % SHARES, count = end - first;
  return (Share){task / SHARES, first + (int)(count * share / SHARES), first + (int)(count * (share + 1) / SHARES)};
}

VITRINE_CLONES
static void addScaled(float *to, const float *from, int count, float scale) {
  for (int i = 0; i < count; i++) to[i] += scale * from[i];
}

static void resampleColumns(int task, void *context) {
  const Resampling *r = context;
  const vitrine_band columns = r->columns;
  const Share share = shareOf(task, r->rows.begin, r->rows.end);
  for (int y = share.first; y < share.end; y++) {
    const int64_t row = (int64_t)share.plane * r->height + y;
    const float *from = r->source + row * r->width;
    float *to = r->scratch + row * columns.outputs;
    for (int x = 0; x < columns.outputs; x++) {
      const float *weights = columns.weights + (size_t)x * columns.stride, *at = from + columns.first[x];
      float sum = 0;
      for (int k = 0; k < columns.taps; k++) sum += weights[k] * at[k];
      to[x] = sum;
    }
  }
}

static void resampleRows(int task, void *context) {
  const Resampling *r = context;
  const vitrine_band rows = r->rows;
  const int wide = r->columns.outputs;
  const Share share = shareOf(task, 0, rows.outputs);
  const float *scratch = r->scratch + (int64_t)share.plane * r->height * wide;
  for (int y = share.first; y < share.end; y++) {
    float *to = r->target + ((int64_t)share.plane * rows.outputs + y) * wide;
    memset(to, 0, (size_t)wide * sizeof(float));
    for (int k = 0; k < rows.taps; k++) {
      const float weight = rows.weights[(size_t)y * rows.stride + k];
      if (weight != 0) addScaled(to, scratch + (int64_t)(rows.first[y] + k) * wide, wide, weight);
    }
  }
}

void vitrine_resample(const float *source, float *target, float *scratch, int planes, int height, int width,
                      vitrine_band rows, vitrine_band columns) {
  runShares(source, target, scratch, planes, height, width, rows, columns, resampleColumns, resampleRows);
}

static void resampleRowsAdjoint(int task, void *context) {
  const Resampling *r = context;
  const vitrine_band rows = r->rows;
  const int wide = r->columns.outputs;
  const Share share = shareOf(task, 0, wide);
  const int count = share.end - share.first;
  const float *gradient = r->source + (int64_t)share.plane * rows.outputs * wide + share.first;
  float *scratch = r->scratch + (int64_t)share.plane * r->height * wide + share.first;
  for (int y = rows.begin; y < rows.end; y++) memset(scratch + (int64_t)y * wide, 0, (size_t)count * sizeof(float));
  for (int y = 0; y < rows.outputs; y++) {
    for (int k = 0; k < rows.taps; k++) {
      const float weight = rows.weights[(size_t)y * rows.stride + k];
      if (weight != 0)
        addScaled(scratch + (int64_t)(rows.first[y] + k) * wide, gradient + (int64_t)y * wide, count, weight);
    }
  }
}

/// Some rows' gradient through the columns' band, added to the target. Numbers of one column lie side by side in `lines`,
/// so that no sum waits for the one before.
static inline __attribute__((always_inline)) void columnsAdjoint(
    const Resampling *r, int64_t row, const int count, float *lines) {
  const vitrine_band columns = r->columns;
  const float *from = r->scratch + row * columns.outputs;
  float *to = r->target + row * r->width;
  // A row's sum is made apart, so that it is rounded as if its picture were the only one.
  memset(lines + columns.begin * count, 0, (size_t)((columns.end - columns.begin) * count) * sizeof(float));
  for (int x = 0; x < columns.outputs; x++) {
    const float *weights = columns.weights + (size_t)x * columns.stride;
    float *at = lines + columns.first[x] * count, given[LINES];
    for (int i = 0; i < count; i++) given[i] = from[i * columns.outputs + x];
    for (int k = 0; k < columns.taps; k++)
      for (int i = 0; i < count; i++) at[k * count + i] += weights[k] * given[i];
  }
  for (int i = 0; i < count; i++)
    for (int x = columns.begin; x < columns.end; x++) to[(int64_t)i * r->width + x] += lines[x * count + i];
}

static void resampleColumnsAdjoint(int task, void *context) {
  const Resampling *r = context;
  const Share share = shareOf(task, r->rows.begin, r->rows.end);
  float *lines = r->lines + (int64_t)task * LINES * r->width;
  const int64_t first = (int64_t)share.plane * r->height;
  int y = share.first;
  for (; y + LINES <= share.end; y += LINES) columnsAdjoint(r, first + y, LINES, lines);
  for (; y < share.end; y++) columnsAdjoint(r, first + y, 1, lines);
}

void vitrine_resample_adjoint(const float *gradient, float *target, float *scratch, int planes, int height,
                              int width, vitrine_band rows, vitrine_band columns) {
  runShares(gradient, target, scratch, planes, height, width, rows, columns, resampleRowsAdjoint,
            resampleColumnsAdjoint);
}

VITRINE_CLONES
void vitrine_grayscale(const float *source, float *target, size_t pixels, const float weights[3]) {
  const float r = weights[0], g = weights[1], b = weights[2];
  for (size_t i = 0; i < pixels; i++) {
    const float luminance = r * source[i] + g * source[pixels + i] + b * source[2 * pixels + i];
    target[i] = luminance;
    target[pixels + i] = luminance;
    target[2 * pixels + i] = luminance;
  }
}

VITRINE_CLONES
void vitrine_grayscale_adjoint(const float *gradient, float *target, size_t pixels, const float weights[3]) {
  const float r = weights[0], g = weights[1], b = weights[2];
  for (size_t i = 0; i < pixels; i++) {
    const float sum = gradient[i] + gradient[pixels + i] + gradient[2 * pixels + i];
    target[i] = r * sum;
    target[pixels + i] = g * sum;
    target[2 * pixels + i] = b * sum;
  }
}

VITRINE_CLONES
void vitrine_noise(const float *source, float *target, size_t count, float deviation, float width, uint64_t seed,
                   const float *quantiles) {
  for (size_t i = 0; i < count; i++) {
    uint64_t z = seed + ((uint64_t)i + 1) * 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    z ^= z >> 31;
    const float uniform = (float)(int32_t)((z >> 16) & 0xFFFFFF) * 0x1p-23f - 1.0f;
    target[i] = source[i] + deviation * quantiles[z & 0xFFFF] + width * uniform;
  }
}

