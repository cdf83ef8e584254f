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

/// Makes threads that wait for others sleep after some 50 µs, not after some ten milliseconds of busy waiting: on a
/// machine with other work, where two threads of a run may share a processor, the one that waits would keep it from
/// the one that works, and the run would take many times as long. The OpenMP runtime reads this setting only when
/// a program is loaded, so this starts the program anew, with the same process and arguments, unless the
/// environment already says how to wait (GOMP_SPINCOUNT, OMP_WAIT_POLICY). Call it first in `main`; if it returns,
/// go on.
void vitrine_wait_briefly(char **arguments);
