#ifndef VITRINE_CFILESYSTEM_H
#define VITRINE_CFILESYSTEM_H

#include <stdint.h>

/* Swaps two paths in one step (Linux's renameat2 with RENAME_EXCHANGE, which Swift's Glibc doesn't show).
   Returns 0, or an error number; EINVAL or ENOSYS where the file system can't. */
int vitrine_exchange(const char *first, const char *second);

/* Copies what one open file has from where it stands to its end into another, within the system (copy_file_range(2), which
   Swift's Glibc doesn't show). Returns 0, or an error number; EXDEV, EINVAL, ENOSYS or EOPNOTSUPP where the file systems
   can't, and then nothing was copied. */
int vitrine_copy_file(int source, int target);

/* The kind of the file system that holds a folder, as statfs(2) numbers it (f_type, of which Swift's Glibc shows nothing);
   -1 if the folder isn't there. */
int64_t vitrine_file_system_kind(const char *folder);

#endif
