#include "CAllocations.h"

#define _GNU_SOURCE
#include <errno.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// The tests' own malloc, which takes the place of the C library's in the whole process: it counts, and passes on.
// Threads count for themselves, because other tests run at the same time. What OpenBLAS takes isn't counted: its kernels
// for AVX-512 pack small matrices into a block of their own and give it back, and nobody can provide that block.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static __thread struct {
  long count;
  size_t largest;
} taken __attribute__((tls_model("initial-exec")));

// Where OpenBLAS lies in memory: looked up once, since the heap is asked millions of times.
static struct {
  uintptr_t start, end;
} blas;

static int find(struct dl_phdr_info *library, size_t size, void *unused) {
  (void)size, (void)unused;
  if (!strstr(library->dlpi_name, "libopenblas")) return 0;
  for (int i = 0; i < library->dlpi_phnum; i++) {
    if (library->dlpi_phdr[i].p_type != PT_LOAD) continue;
    uintptr_t start = library->dlpi_addr + library->dlpi_phdr[i].p_vaddr;
    uintptr_t end = start + library->dlpi_phdr[i].p_memsz;
    if (!blas.start || start < blas.start) blas.start = start;
    if (end > blas.end) blas.end = end;
  }
  return 1;
}

__attribute__((constructor)) static void findLinearAlgebra(void) { dl_iterate_phdr(find, NULL); }

void allocations_start(void) {
  taken.count = 0;
  taken.largest = 0;
}

long allocations_count(void) { return taken.count; }

long allocations_largest(void) { return (long)taken.largest; }

static void note(size_t size, const void *caller) {
  if ((uintptr_t)caller - blas.start < blas.end - blas.start) return;
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
