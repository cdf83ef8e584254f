#pragma once
#include <stdint.h>

/// Mean and (biased) variance of each channel over all positions of all pictures, in double precision. `x` is
/// pictures×channels×positions, row-major. Channels are spread over threads, each summed in a fixed order.
void vitrine_channel_moments(
    int64_t pictures, int64_t channels, int64_t positions, const float *x, double *means, double *variances);
