#include <stddef.h>
#include <string.h>

#include "Internal.h"

// Floats become unsigned keys of the same order. Short channels find each number's rank by counting smaller ones,
// which vectorizes; longer ones take a stable radix sort of (key, position) pairs, digit by digit from the lowest.

enum { COUNTED = 64, NARROW = 1024 };

typedef struct {
  uint32_t key, position;
} entry;

static inline __attribute__((always_inline)) uint32_t key_of(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits ^ ((uint32_t)((int32_t)bits >> 31) | 0x80000000u);
}

static inline __attribute__((always_inline)) float value_of(uint32_t key) {
  const uint32_t bits = key ^ (((key >> 31) - 1) | 0x80000000u);
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/// The key of zero: greater than those of all negative numbers, less than those of all others.
#define ZERO 0x80000000u

/// What becomes of a channel's numbers once their ranks are known.
typedef struct {
  float *sorted;        // where they go by rank, or NULL
  const float *target;  // what they are compared with, by rank
  float *gradient;      // factor × difference by position, or NULL
  float factor;
  int accumulate;
} outcome;

/// Returns the squared difference.
static inline __attribute__((always_inline)) double place(
    const outcome *o, int64_t rank, uint32_t key, uint32_t position) {
  const float value = value_of(key);
  if (o->sorted) {
    o->sorted[rank] = value;
    return 0;
  }
  const float difference = value - o->target[rank];
  if (o->gradient) {
    float *number = o->gradient + position;
    *number = o->accumulate ? *number + o->factor * difference : o->factor * difference;
  }
  return (double)difference * difference;
}

/// Numbers that are zero, and those below; a loop for vectors.
static VITRINE_CLONES void count_zeros(const float *values, int64_t count, int64_t *zeros, int64_t *below) {
  uint32_t equal = 0, less = 0;
  for (int64_t i = 0; i < count; i++) {
    const uint32_t key = key_of(values[i]);
    equal += key == ZERO;
    less += key < ZERO;
  }
  *zeros = equal;
  *below = less;
}

/// Sorts by digits of so many bits, from the lowest; `a`, `b` and `zeros` have room for `count`. Zeros, half of all
/// numbers after a ReLU, only have to be put between the others. The last digit gives the ranks. Returns the sum of
/// squared differences.
static inline __attribute__((always_inline)) double radix(
    const float *values, int64_t count, entry *a, entry *b, uint32_t *zeros, const int bits, const int digits,
    const outcome result) {
  const uint32_t size = 1u << bits, mask = size - 1;
  uint32_t counts[digits << bits];
  memset(counts, 0, sizeof counts);
  int64_t gap, below;
  count_zeros(values, count, &gap, &below);
  const int64_t kept = count - gap;
  // Without zeros nothing has to be listed first: the numbers themselves are read twice.
  if (gap > 0) {
    int64_t next = 0;
    for (int64_t i = 0; i < count; i++) {
      const uint32_t key = key_of(values[i]);
      a[next] = (entry){key, (uint32_t)i};
      zeros[i - next] = (uint32_t)i;
      next += key != ZERO;
    }
    for (int64_t i = 0; i < kept; i++)
      for (int digit = 0; digit < digits; digit++) counts[(digit << bits) + (a[i].key >> (digit * bits) & mask)]++;
  } else {
    for (int64_t i = 0; i < kept; i++) {
      const uint32_t key = key_of(values[i]);
      for (int digit = 0; digit < digits; digit++) counts[(digit << bits) + (key >> (digit * bits) & mask)]++;
    }
  }
  for (int digit = 0; digit < digits; digit++) {
    uint32_t *starts = counts + (digit << bits);
    uint32_t sum = 0;
    for (uint32_t k = 0; k < size; k++) {
      const uint32_t here = starts[k];
      starts[k] = sum;
      sum += here;
    }
  }
  if (gap > 0) {
    for (int64_t i = 0; i < kept; i++) b[counts[a[i].key & mask]++] = a[i];
  } else {
    for (int64_t i = 0; i < kept; i++) {
      const uint32_t key = key_of(values[i]);
      b[counts[key & mask]++] = (entry){key, (uint32_t)i};
    }
  }
  for (int digit = 1; digit < digits - 1; digit++) {
    uint32_t *starts = counts + (digit << bits);
    for (int64_t i = 0; i < kept; i++) a[starts[b[i].key >> (digit * bits) & mask]++] = b[i];
    entry *other = a;
    a = b;
    b = other;
  }
  double loss = 0;
  uint32_t *starts = counts + ((digits - 1) << bits);
  for (int64_t i = 0; i < kept; i++) {
    const int64_t rank = starts[b[i].key >> ((digits - 1) * bits)]++;
    loss += place(&result, rank + (b[i].key < ZERO ? 0 : gap), b[i].key, b[i].position);
  }
  for (int64_t i = 0; i < gap; i++) loss += place(&result, below + i, ZERO, zeros[i]);
  return loss;
}

static VITRINE_CLONES double count_ranks(const float *values, int64_t count, const outcome *result) {
  uint32_t keys[COUNTED], ranks[COUNTED];
  // Keys are compared as signed numbers, which vectors of AVX2 can; flipping the top bit keeps the order.
  for (int64_t i = 0; i < count; i++) keys[i] = key_of(values[i]) ^ ZERO, ranks[i] = 0;
  for (int64_t j = 0; j < count; j++) {
    const int32_t key = (int32_t)keys[j];
    for (int64_t i = 0; i < j; i++) ranks[i] += key < (int32_t)keys[i];
    for (int64_t i = j + 1; i < count; i++) ranks[i] += key <= (int32_t)keys[i];
  }
  double loss = 0;
  for (int64_t i = 0; i < count; i++) loss += place(result, ranks[i], keys[i] ^ ZERO, (uint32_t)i);
  return loss;
}

/// Finds the ranks of a channel's numbers; `scratch` is as large as `scratch_size` says. Returns the sum of squared
/// differences.
static double rank(const float *values, int64_t count, char *scratch, const outcome *result) {
  if (count <= COUNTED) return count_ranks(values, count, result);
  entry *a = (entry *)scratch, *b = a + count;
  uint32_t *zeros = (uint32_t *)(b + count);
  if (count <= NARROW) return radix(values, count, a, b, zeros, 8, 4, *result);
  return radix(values, count, a, b, zeros, 11, 3, *result);
}

typedef struct {
  int64_t channels, positions;
  int tasks;
  const float *values, *target;  // without a target they are only sorted
  float factor;
  int accumulate;
  float *result;
  double *losses;
  char *scratch;
} work;

/// A task's scratch: two lists of entries, and the positions of zeros.
static int64_t scratch_size(int64_t positions) {
  return (positions * (int64_t)(2 * sizeof(entry) + sizeof(uint32_t)) + 63) / 64 * 64;
}

/// The workspace begins with each channel's loss.
static int64_t losses_size(int64_t channels) { return (channels * (int64_t)sizeof(double) + 63) / 64 * 64; }

int64_t vitrine_sort_workspace(int64_t channels, int64_t positions) {
  const int processors = vitrine_processors(), threads = vitrine_threads();
  return losses_size(channels) + (processors > threads ? processors : threads) * scratch_size(positions);
}

static work prepare(int64_t channels, int64_t positions, const float *values, void *workspace) {
  const int processors = vitrine_processors(), threads = vitrine_threads();
  const int tasks = processors < threads ? processors : threads;
  return (work){
      .channels = channels,
      .positions = positions,
      .tasks = tasks,
      .values = values,
      .losses = workspace,
      .scratch = (char *)workspace + losses_size(channels),
  };
}

static void rank_channels(int task, void *context) {
  const work *o = context;
  const int64_t first = o->channels * task / o->tasks, end = o->channels * (task + 1) / o->tasks;
  for (int64_t channel = first; channel < end; channel++) {
    const int64_t start = channel * o->positions;
    float *result = o->result ? o->result + start : NULL;
    outcome found = {.factor = o->factor, .accumulate = o->accumulate};
    if (o->target) {
      found.target = o->target + start;
      found.gradient = result;
    } else {
      found.sorted = result;
    }
    char *scratch = o->scratch + task * scratch_size(o->positions);
    o->losses[channel] = rank(o->values + start, o->positions, scratch, &found);
  }
}

void vitrine_sort_channels(
    int64_t channels, int64_t positions, const float *values, float *sorted, void *workspace) {
  if (positions < 1) return;
  work o = prepare(channels, positions, values, workspace);
  o.result = sorted;
  vitrine_parallel(o.tasks, rank_channels, &o);
}

double vitrine_sort_match(
    int64_t channels, int64_t positions, const float *values, const float *target, float scale, int accumulate,
    float *gradient, void *workspace) {
  const double count = (double)channels * (double)positions;
  if (count < 1) return 0;
  work o = prepare(channels, positions, values, workspace);
  o.target = target;
  o.factor = (float)(2 * scale / count);
  o.accumulate = accumulate;
  o.result = gradient;
  vitrine_parallel(o.tasks, rank_channels, &o);
  double loss = 0;
  for (int64_t channel = 0; channel < channels; channel++) loss += o.losses[channel];
  return loss / count;
}
