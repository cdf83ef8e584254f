#pragma once

/// Runs `body(0…tasks-1, context)`, spread over the threads of OpenMP: the same ones that oneDNN and OpenBLAS
/// use, so that none wait for others. Takes as many as the calling thread's setting says.
void vitrine_parallel(int tasks, void (*body)(int task, void *context), void *context);

/// How many threads the calling thread's parallel loops take from now on; returns the former number.
int vitrine_set_threads(int threads);

/// How many threads the calling thread's parallel loops take.
int vitrine_threads(void);

/// Processors at the program's disposal.
int vitrine_processors(void);
