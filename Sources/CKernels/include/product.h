#pragma once
#include <stdint.h>

// Matrix products whose right side is large (a network's weights): it is best kept in tiles, which serve W and Wᵀ
// alike and are read from memory once, in order. Other right sides are rearranged a panel at a time.

enum { VITRINE_TILE = 16 };

/// How the right side of a product lies in memory.
typedef enum vitrine_order {
  VITRINE_ROWS = 0,           // depth×columns, rows `row_b` apart
  VITRINE_COLUMNS = 1,        // columns×depth, columns `row_b` apart
  VITRINE_TILES = 2,          // tiles of a columns×depth matrix, see `vitrine_tile`
  VITRINE_TILES_TURNED = 3,   // tiles of a depth×columns matrix
} vitrine_order;

/// C = A·B + bias + addend, C and the addend row-major; `row_x` is the distance of x's rows in memory.
typedef struct {
  int64_t rows, columns, depth;
  const float *a, *b;
  const uint16_t *halves;    // the tiles in bfloat16, or NULL for those in `b`
  int64_t row_a;
  int64_t row_b;             // numbers; of no meaning for tiles
  int transposed_a;          // 1: A is stored as depth×rows
  vitrine_order order_b;
  const float *bias;         // columns, or NULL
  const float *addend;       // laid out as C (and may be C), or NULL
  float *c;
  int64_t row_c;
} vitrine_product;

/// How many numbers the tiles of a rows×columns matrix take.
int64_t vitrine_tiled_count(int64_t rows, int64_t columns);

/// Lays out a row-major matrix in tiles: 16 rows at a time, column by column, each column's 16 numbers together.
/// Zeros fill up both extents to multiples of 16.
void vitrine_tile(int64_t rows, int64_t columns, const float *matrix, float *tiles);

/// The same in bfloat16, rounded to nearest, ties to even, and each number beside the next of its row.
void vitrine_tile_halves(int64_t rows, int64_t columns, const float *matrix, uint16_t *tiles);

/// 1 if products with tiles in bfloat16 round their left side, too (unless it is transposed), as the processor
/// multiplies such numbers twice as fast; otherwise they calculate in single precision.
int vitrine_multiplies_halves(void);

/// Rounds numbers to bfloat16 where they are.
void vitrine_round_halves(int64_t count, float *numbers);

/// How many numbers of scratch memory a run takes on the calling thread's present number of threads.
int64_t vitrine_product_scratch(const vitrine_product *product);

/// Computes C. Each number is summed in the same order on any number of threads.
void vitrine_product_run(const vitrine_product *product, float *scratch);
