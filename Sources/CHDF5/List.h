#pragma once

#include "CHDF5.h"

/// Writes the list of a file to a pipe. Only for the child process: it may crash, and leaves everything open.
void vitrine_hdf5_write_list(const char *path, int pipe);
