#pragma once

/// Counts from now on what the calling thread takes from the heap.
void allocations_start(void);

/// How often the calling thread has taken memory from the heap since `allocations_start`, OpenBLAS left out.
long allocations_count(void);

/// The largest block of those, in bytes.
long allocations_largest(void);
