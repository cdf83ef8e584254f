#ifndef VITRINE_CSYSTEM_H
#define VITRINE_CSYSTEM_H

/* Swaps two paths in one step (Linux's renameat2 with RENAME_EXCHANGE, which Swift's Glibc doesn't show).
   Returns 0, or an error number; EINVAL or ENOSYS where the file system can't. */
int vitrine_exchange(const char *first, const char *second);

#endif
