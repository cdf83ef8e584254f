#define _GNU_SOURCE
#include "CFileSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/statfs.h>

int vitrine_exchange(const char *first, const char *second) {
  return renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE) == 0 ? 0 : errno;
}

int64_t vitrine_file_system_kind(const char *folder) {
  struct statfs status;
  // The numbers are of 32 bits, whatever the type of the field.
  return statfs(folder, &status) == 0 ? (int64_t)(uint32_t)status.f_type : -1;
}
