#pragma once
#include <stdint.h>

#include "CKernels.h"

/// Compiles a loop for several processors; the fitting one is chosen when the program starts.
#if defined(__x86_64__)
#define VITRINE_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VITRINE_CLONES
#endif

/// Calls `body(first, end, context)` on ranges that together cover 0…count-1, in parallel when it pays:
/// at most one range a thread, none shorter than `least`.
void vitrine_ranges(int64_t count, int64_t least, void (*body)(int64_t first, int64_t end, void *context), void *context);

/// A loop over a range's numbers that vectors may do. Results often replace an operand: the compiler, who sees only that
/// memory is shared, would take one number after another.
#define VITRINE_EACH _Pragma("clang loop vectorize(assume_safety)") for (int64_t i = first; i < end; i++)

/// Below this many numbers of a plain loop, waking a second thread costs more than it saves.
enum { VITRINE_LEAST = 16384 };

/// The columns begin…end-1 of a product, on the calling thread; `packed` has room for `vitrine_product_packed`
/// numbers.
void vitrine_product_columns(const vitrine_product *product, int64_t begin, int64_t end, float *packed);

/// How many numbers the packed part of a left side takes.
int64_t vitrine_product_packed(int64_t rows, int64_t depth);
