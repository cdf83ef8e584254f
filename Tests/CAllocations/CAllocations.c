#include "CAllocations.h"

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

// The tests' own malloc, which takes the place of the C library's in the whole process: it counts, and passes on.
// Threads count for themselves, because other tests run at the same time. What OpenBLAS takes isn't counted: its kernels
// for AVX-512 pack small matrices into a block of their own and give it back, and nobody can provide that block.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static __thread struct {
  bool counts;
  long count;
  size_t largest;
} taken __attribute__((tls_model("initial-exec")));

void allocations_start(void) {
  taken.counts = true;
  taken.count = 0;
  taken.largest = 0;
}

long allocations_count(void) { return taken.count; }

long allocations_largest(void) { return (long)taken.largest; }

static bool isLinearAlgebra(const void *caller) {
  Dl_info info;
  return dladdr(caller, &info) && info.dli_fname && strstr(info.dli_fname, "blas");
}

static void note(size_t size, const void *caller) {
  if (!taken.counts || isLinearAlgebra(caller)) return;
  taken.count++;
  if (size > taken.largest) taken.largest = size;
}

void *malloc(size_t size) {
  note(size, __builtin_return_address(0));
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  note(number * size, __builtin_return_address(0));
  return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
  note(size, __builtin_return_address(0));
  return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
  note(size, __builtin_return_address(0));
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
  *result = memalign(alignment, size);
  return *result ? 0 : ENOMEM;
}
