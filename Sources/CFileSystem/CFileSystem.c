#define _GNU_SOURCE
#include "CFileSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/statfs.h>
#include <unistd.h>

int vitrine_exchange(const char *first, const char *second) {
  return renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE) == 0 ? 0 : errno;
}

int vitrine_copy_file(int source, int target) {
  for (;;) {
    // At most this much at a time, since the system refuses sizes near the largest number.
    ssize_t count = copy_file_range(source, NULL, target, NULL, 1 << 30, 0);
    if (count == 0) return 0;
    if (count < 0 && errno != EINTR) return errno;
  }
}

int64_t vitrine_file_system_kind(const char *folder) {
  struct statfs status;
  // The numbers are of 32 bits, whatever the type of the field.
  return statfs(folder, &status) == 0 ? (int64_t)(uint32_t)status.f_type : -1;
}
