#pragma once
#include <stdint.h>

// Matrix products whose left side has few rows (a network's tokens) and whose right side is large (its weights):
// the right side is rearranged a panel at a time, on its way from memory, and never copied as a whole.

/// C = A·B + bias + addend, all row-major; `row_x` is the distance of x's rows in memory.
typedef struct {
  int64_t rows, columns, depth;
  const float *a, *b;        // rows×depth and depth×columns
  int64_t row_a, row_b;
  int transposed_a, transposed_b;  // 1: stored as depth×rows or columns×depth
  const float *bias;         // columns, or NULL
  const float *addend;       // laid out as C (and may be C), or NULL
  float *c;
  int64_t row_c;
} vitrine_product;

/// How many numbers of scratch memory a run takes on the calling thread's present number of threads.
int64_t vitrine_product_scratch(const vitrine_product *product);

/// Computes C. Each number is summed in the same order on any number of threads.
void vitrine_product_run(const vitrine_product *product, float *scratch);
