#include <string.h>

#include "Internal.h"

typedef struct {
  int64_t lanes;
  const vitrine_frame *frame;
  const float *x;
  float *y;
  int accumulate;
} frame_work;

static void pad(int64_t first, int64_t end, void *context) {
  const frame_work *o = context;
  const vitrine_frame *f = o->frame;
  const int64_t lanes = o->lanes, row = f->outer_width * lanes, inner = f->width * lanes;
  for (int64_t block = first; block < end; block++) {
    const float *x = o->x + block * f->height * inner;
    float *y = o->y + block * f->outer_height * row;
    for (int64_t i = 0; i < f->outer_height; i++, y += row) {
      const int64_t source = i - f->top;
      if (source < 0 || source >= f->height) {
        memset(y, 0, (size_t)row * sizeof(float));
        continue;
      }
      const int64_t before = f->left * lanes;
      memset(y, 0, (size_t)before * sizeof(float));
      memcpy(y + before, x + source * inner, (size_t)inner * sizeof(float));
      memset(y + before + inner, 0, (size_t)(row - before - inner) * sizeof(float));
    }
  }
}

void vitrine_pad(const vitrine_map *map, const vitrine_frame *frame, const float *x, float *y) {
  frame_work o = {map->lanes, frame, x, y, 0};
  vitrine_ranges(map->blocks, 1 + 16384 / (map->positions * map->lanes), pad, &o);
}

static void crop(int64_t first, int64_t end, void *context) {
  const frame_work *o = context;
  const vitrine_frame *f = o->frame;
  const int64_t row = f->outer_width * o->lanes, inner = f->width * o->lanes;
  for (int64_t block = first; block < end; block++) {
    const float *x = o->x + (block * f->outer_height + f->top) * row + f->left * o->lanes;
    float *y = o->y + block * f->height * inner;
    for (int64_t i = 0; i < f->height; i++)
      for (int64_t k = 0; k < inner; k++)
        y[i * inner + k] = (o->accumulate ? y[i * inner + k] : 0) + x[i * row + k];
  }
}

void vitrine_crop(const vitrine_map *map, const vitrine_frame *frame, int accumulate, const float *x, float *y) {
  frame_work o = {map->lanes, frame, x, y, accumulate};
  vitrine_ranges(map->blocks, 1 + 16384 / (map->positions * map->lanes), crop, &o);
}

typedef struct {
  int64_t height, width, rows, columns;
  const float *x;
  float *y;
} grid_work;

static void grid_mean(int64_t first, int64_t end, void *context) {
  const grid_work *o = context;
  for (int64_t plane = first; plane < end; plane++) {
    const float *x = o->x + plane * o->height * o->width;
    float *y = o->y + plane * o->rows * o->columns;
    for (int64_t r = 0; r < o->rows; r++) {
      const int64_t top = r * o->height / o->rows, bottom = ((r + 1) * o->height + o->rows - 1) / o->rows;
      for (int64_t c = 0; c < o->columns; c++) {
        const int64_t left = c * o->width / o->columns, right = ((c + 1) * o->width + o->columns - 1) / o->columns;
        float sum = 0;
        for (int64_t i = top; i < bottom; i++)
          for (int64_t k = left; k < right; k++) sum += x[i * o->width + k];
        y[r * o->columns + c] = sum / (float)((bottom - top) * (right - left));
      }
    }
  }
}

void vitrine_grid_mean(
    int64_t planes, int64_t height, int64_t width, int64_t rows, int64_t columns, const float *x, float *y) {
  grid_work o = {height, width, rows, columns, x, y};
  vitrine_ranges(planes, 1 + 16384 / (height * width), grid_mean, &o);
}

static void grid_mean_backward(int64_t first, int64_t end, void *context) {
  const grid_work *o = context;
  for (int64_t plane = first; plane < end; plane++) {
    const float *gradient = o->x + plane * o->rows * o->columns;
    float *y = o->y + plane * o->height * o->width;
    for (int64_t r = 0; r < o->rows; r++) {
      const int64_t top = r * o->height / o->rows, bottom = ((r + 1) * o->height + o->rows - 1) / o->rows;
      for (int64_t c = 0; c < o->columns; c++) {
        const int64_t left = c * o->width / o->columns, right = ((c + 1) * o->width + o->columns - 1) / o->columns;
        const float share = gradient[r * o->columns + c] / (float)((bottom - top) * (right - left));
        for (int64_t i = top; i < bottom; i++)
          for (int64_t k = left; k < right; k++) y[i * o->width + k] += share;
      }
    }
  }
}

void vitrine_grid_mean_backward(
    int64_t planes, int64_t height, int64_t width, int64_t rows, int64_t columns, int accumulate,
    const float *gradient, float *x) {
  if (!accumulate) vitrine_zero(planes * height * width, x);
  grid_work o = {height, width, rows, columns, gradient, x};
  vitrine_ranges(planes, 1 + 16384 / (height * width), grid_mean_backward, &o);
}

void vitrine_token_mean(int64_t pictures, int64_t tokens, int64_t width, int64_t first, const float *x, float *y) {
  const float share = 1 / (float)(tokens - first);
  for (int64_t picture = 0; picture < pictures; picture++, x += tokens * width, y += width) {
    for (int64_t i = 0; i < width; i++) y[i] = 0;
    for (int64_t token = first; token < tokens; token++)
      for (int64_t i = 0; i < width; i++) y[i] += x[token * width + i];
    for (int64_t i = 0; i < width; i++) y[i] *= share;
  }
}

void vitrine_token_mean_backward(
    int64_t pictures, int64_t tokens, int64_t width, int64_t first, int accumulate, const float *gradient, float *x) {
  const float share = 1 / (float)(tokens - first);
  for (int64_t picture = 0; picture < pictures; picture++, x += tokens * width, gradient += width)
    for (int64_t token = 0; token < tokens; token++)
      for (int64_t i = 0; i < width; i++) {
        const float value = token < first ? 0 : gradient[i] * share;
        x[token * width + i] = accumulate ? x[token * width + i] + value : value;
      }
}
