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

/// Sorts by digits of so many bits; returns whichever of `a` and `b` holds the result. Digits in which all keys
/// agree are skipped.
static inline __attribute__((always_inline)) entry *radix(
    const float *values, int64_t count, entry *a, entry *b, const int bits, const int digits) {
  uint32_t counts[4][2048];
  const uint32_t mask = (1u << bits) - 1;
  memset(counts, 0, sizeof counts[0] * (size_t)digits);
  for (int64_t i = 0; i < count; i++) {
    const uint32_t key = key_of(values[i]);
    for (int digit = 0; digit < digits; digit++) counts[digit][key >> (digit * bits) & mask]++;
    a[i] = (entry){key, (uint32_t)i};
  }
  for (int digit = 0; digit < digits; digit++) {
    uint32_t *starts = counts[digit];
    const int shift = digit * bits;
    if (starts[a[0].key >> shift & mask] == (uint32_t)count) continue;
    uint32_t sum = 0;
    for (uint32_t k = 0; k <= mask; k++) {
      const uint32_t here = starts[k];
      starts[k] = sum;
      sum += here;
    }
    for (int64_t i = 0; i < count; i++) b[starts[a[i].key >> shift & mask]++] = a[i];
    entry *other = a;
    a = b;
    b = other;
  }
  return a;
}

static VITRINE_CLONES entry *count_ranks(const float *values, int64_t count, entry *sorted) {
  uint32_t keys[COUNTED], ranks[COUNTED];
  // Keys are compared as signed numbers, which vectors of AVX2 can; flipping the top bit keeps the order.
  for (int64_t i = 0; i < count; i++) keys[i] = key_of(values[i]) ^ 0x80000000u, ranks[i] = 0;
  for (int64_t j = 0; j < count; j++) {
    const int32_t key = (int32_t)keys[j];
    for (int64_t i = 0; i < j; i++) ranks[i] += key < (int32_t)keys[i];
    for (int64_t i = j + 1; i < count; i++) ranks[i] += key <= (int32_t)keys[i];
  }
  for (int64_t i = 0; i < count; i++) sorted[ranks[i]] = (entry){keys[i] ^ 0x80000000u, (uint32_t)i};
  return sorted;
}

static entry *sort(const float *values, int64_t count, entry *scratch) {
  if (count <= COUNTED) return count_ranks(values, count, scratch);
  if (count <= NARROW) return radix(values, count, scratch, scratch + count, 8, 4);
  return radix(values, count, scratch, scratch + count, 11, 3);
}

typedef struct {
  int64_t channels, positions;
  int tasks;
  const float *values, *target;
  float factor;
  int accumulate;
  float *result;
  double *losses;
  char *scratch;
} work;

/// A task's scratch: two lists of entries.
static int64_t scratch_size(int64_t positions) { return (2 * positions * (int64_t)sizeof(entry) + 63) / 64 * 64; }

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

static void sort_channels(int task, void *context) {
  const work *o = context;
  const int64_t first = o->channels * task / o->tasks, end = o->channels * (task + 1) / o->tasks;
  for (int64_t channel = first; channel < end; channel++) {
    entry *scratch = (entry *)(o->scratch + task * scratch_size(o->positions));
    const entry *sorted = sort(o->values + channel * o->positions, o->positions, scratch);
    float *result = o->result + channel * o->positions;
    for (int64_t rank = 0; rank < o->positions; rank++) result[rank] = value_of(sorted[rank].key);
  }
}

void vitrine_sort_channels(
    int64_t channels, int64_t positions, const float *values, float *sorted, void *workspace) {
  if (positions < 1) return;
  work o = prepare(channels, positions, values, workspace);
  o.result = sorted;
  vitrine_parallel(o.tasks, sort_channels, &o);
}

static void match_channels(int task, void *context) {
  const work *o = context;
  const int64_t first = o->channels * task / o->tasks, end = o->channels * (task + 1) / o->tasks;
  for (int64_t channel = first; channel < end; channel++) {
    entry *scratch = (entry *)(o->scratch + task * scratch_size(o->positions));
    const entry *sorted = sort(o->values + channel * o->positions, o->positions, scratch);
    const float *target = o->target + channel * o->positions;
    float *gradient = o->result ? o->result + channel * o->positions : NULL;
    double loss = 0;
    for (int64_t rank = 0; rank < o->positions; rank++) {
      const float difference = value_of(sorted[rank].key) - target[rank];
      loss += (double)difference * difference;
      if (!gradient) continue;
      float *place = gradient + sorted[rank].position;
      *place = o->accumulate ? *place + o->factor * difference : o->factor * difference;
    }
    o->losses[channel] = loss;
  }
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
  vitrine_parallel(o.tasks, match_channels, &o);
  double loss = 0;
  for (int64_t channel = 0; channel < channels; channel++) loss += o.losses[channel];
  return loss / count;
}
