#include "Product.h"

int64_t vitrine_tiled_count(int64_t rows, int64_t columns) { return padded(rows) * padded(columns); }

typedef struct {
  int64_t rows, columns;
  const float *matrix;
  float *tiles;
  uint16_t *halves;
} tiling;

/// Panels of 16 rows each.
static VITRINE_CLONES void tile_panels(int64_t begin, int64_t end, void *context) {
  const tiling *o = context;
  const int64_t width = padded(o->columns);
  for (int64_t panel = begin; panel < end; panel++) {
    const int64_t rows = o->rows - panel * PANEL < PANEL ? o->rows - panel * PANEL : PANEL;
    const float *from = o->matrix + panel * PANEL * o->columns;
    const int64_t start = panel * PANEL * width;
    int64_t k = 0;
    if (rows == PANEL && !o->halves)
      for (; k + SIDE <= o->columns; k += SIDE)
        for (int64_t r = 0; r < PANEL; r += SIDE)
          transpose(SIDE, from + r * o->columns + k, o->columns, o->tiles + start + k * PANEL + r, PANEL);
    for (; k < width; k++)
      for (int64_t r = 0; r < PANEL; r++) {
        const float number = r < rows && k < o->columns ? from[r * o->columns + k] : 0;
        if (o->halves)
          o->halves[start + k / 2 * 2 * PANEL + 2 * r + k % 2] = rounded(number);
        else
          o->tiles[start + k * PANEL + r] = number;
      }
  }
}

void vitrine_tile(int64_t rows, int64_t columns, const float *matrix, float *tiles) {
  tiling o = {rows, columns, matrix, tiles, NULL};
  vitrine_ranges(padded(rows) / PANEL, 16, tile_panels, &o);
}

void vitrine_tile_halves(int64_t rows, int64_t columns, const float *matrix, uint16_t *tiles) {
  tiling o = {rows, columns, matrix, NULL, tiles};
  vitrine_ranges(padded(rows) / PANEL, 16, tile_panels, &o);
}

void vitrine_round_halves(int64_t count, float *numbers) {
  for (int64_t i = 0; i < count; i++) {
    const uint32_t bits = (uint32_t)rounded(numbers[i]) << 16;
    memcpy(numbers + i, &bits, sizeof bits);
  }
}
