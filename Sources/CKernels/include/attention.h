#pragma once
#include <stdint.h>

/// Multi-head self-attention of pictures of T tokens: each token holds query, key and value, `width` numbers each,
/// cut into heads. Only `queries` tokens from `first_query` on get a result: T from 0 for the usual attention. If
/// `causal`, a token sees only itself and those before it.
typedef struct {
  int64_t pictures, heads, tokens, width;
  int64_t first_query, queries;
  int causal;
} vitrine_attention;

/// How many numbers softmax(QKᵀ/√d) takes: pictures × heads × queries × T.
int64_t vitrine_attention_weights(const vitrine_attention *attention);

/// How many numbers of scratch memory a run in either direction takes on the calling thread's present number of
/// threads.
int64_t vitrine_attention_scratch(const vitrine_attention *attention);

/// y (pictures × queries × width) from x (pictures × T × 3·width), heads side by side; keeps the weights.
void vitrine_attention_run(
    const vitrine_attention *attention, const float *x, float *weights, float *y, float *scratch);

/// The gradient of x from that of y; with `accumulate` it adds.
void vitrine_attention_backward(
    const vitrine_attention *attention, const float *x, const float *weights, const float *gradient, int accumulate,
    float *result, float *scratch);
