#pragma once
#include <stdint.h>

// Sorting of each channel's numbers, channels over threads. NaN sorts beyond infinity of its sign.

/// Bytes of scratch memory that the functions below need for so many channels of so many numbers.
int64_t vitrine_sort_workspace(int64_t channels, int64_t positions);

/// sorted[c] = values[c] in ascending order, for C×D numbers. May work in place.
void vitrine_sort_channels(
    int64_t channels, int64_t positions, const float *values, float *sorted, void *workspace);

/// Matches each channel's numbers with ascending target quantiles (C×D) by rank: returns the loss, the mean over
/// c and i of (a − t[rank of a])², and writes (or adds, with `accumulate`) its gradient 2·scale·(a − t[rank])/(C·D).
/// Equal numbers rank in order of position. `gradient` may be NULL.
double vitrine_sort_match(
    int64_t channels, int64_t positions, const float *values, const float *target, float scale, int accumulate,
    float *gradient, void *workspace);
