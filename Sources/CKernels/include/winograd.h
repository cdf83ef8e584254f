#pragma once
#include <stdint.h>

// 3×3 convolutions without stride by Winograd's minimal filtering F(4×4, 3×3) (Lavin & Gray 2016): 36 products for
// 16 outputs instead of 144, on maps whose channels lie in blocks of 8 or side by side.

/// A 3×3 convolution with stride 1 and padding 1: sources a multiple of 8, outputs a multiple of 16.
typedef struct {
  int64_t pictures, sources, outputs, height, width;
  const float *weights;  // from vitrine_winograd_weights
  const float *bias;     // outputs, or NULL
  const float *addend;   // laid out as the result (and may be the result), or NULL
  int channels_last;     // 1: maps are N×H×W×C; 0: N×(C/8)×H×W×8
  int relu;              // 1: negative results become zero
} vitrine_winograd;

/// How many numbers the transformed weights take.
int64_t vitrine_winograd_weights_size(int64_t sources, int64_t outputs);

/// Transforms outputs×sources×3×3 weights.
void vitrine_winograd_weights(int64_t sources, int64_t outputs, const float *weights, float *transformed);

/// How many numbers of scratch memory a run takes on the calling thread's present number of threads.
int64_t vitrine_winograd_scratch(const vitrine_winograd *convolution);

/// Computes y from x.
void vitrine_winograd_run(const vitrine_winograd *convolution, const float *x, float *y, float *scratch);
