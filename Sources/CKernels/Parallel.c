#include <stdlib.h>
#include <unistd.h>

#include "Internal.h"

// libgomp's own entry points: the compiler that builds this package has no OpenMP of its own, and a second
// runtime would bring a second set of threads.
extern void GOMP_parallel(void (*body)(void *), void *context, unsigned threads, unsigned flags);
extern int omp_get_thread_num(void);
extern int omp_get_num_threads(void);
extern int omp_get_max_threads(void);
extern int omp_get_num_procs(void);
extern int omp_in_parallel(void);
extern void omp_set_num_threads(int);

typedef struct {
  int tasks;
  void (*body)(int, void *);
  void *context;
} work;

static void run_share(void *pointer) {
  const work *todo = pointer;
  int threads = omp_get_num_threads();
  for (int task = omp_get_thread_num(); task < todo->tasks; task += threads) todo->body(task, todo->context);
}

void vitrine_parallel(int tasks, void (*body)(int, void *), void *context) {
  int threads = omp_in_parallel() ? 1 : omp_get_max_threads();
  if (threads > tasks) threads = tasks;
  if (threads <= 1) {
    for (int task = 0; task < tasks; task++) body(task, context);
    return;
  }
  work todo = {tasks, body, context};
  GOMP_parallel(run_share, &todo, (unsigned)threads, 0);
}

typedef struct {
  int64_t count, size;
  void (*body)(int64_t, int64_t, void *);
  void *context;
} range_work;

static void run_range(int task, void *pointer) {
  const range_work *todo = pointer;
  int64_t first = task * todo->size, end = first + todo->size;
  if (end > todo->count) end = todo->count;
  if (first < end) todo->body(first, end, todo->context);
}

void vitrine_ranges(int64_t count, int64_t least, void (*body)(int64_t, int64_t, void *), void *context) {
  int64_t tasks = count / (least > 0 ? least : 1), threads = vitrine_threads();
  if (tasks > threads) tasks = threads;
  if (tasks <= 1) {
    if (count > 0) body(0, count, context);
    return;
  }
  // Ranges end on multiples of 16, so that vectors of two threads don't share a cache line; short ones needn't.
  int64_t size = (count + tasks - 1) / tasks;
  if (size >= 256) size = (size + 15) / 16 * 16;
  range_work todo = {count, size, body, context};
  vitrine_parallel((int)tasks, run_range, &todo);
}

int vitrine_threads(void) { return omp_in_parallel() ? 1 : omp_get_max_threads(); }

int vitrine_set_threads(int threads) {
  int former = omp_get_max_threads();
  if (threads > 0) omp_set_num_threads(threads);
  return former;
}

int vitrine_processors(void) { return omp_get_num_procs(); }

void vitrine_wait_briefly(char **arguments) {
  char path[4096];
  const ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  if (length <= 0 || getenv("GOMP_SPINCOUNT") || getenv("OMP_WAIT_POLICY")) return;
  path[length] = 0;
  // Some 50 µs: longer than threads of an undisturbed run wait for one another.
  if (setenv("GOMP_SPINCOUNT", "3000", 0) == 0) execv(path, arguments);
}
