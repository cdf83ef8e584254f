// Runs the listing in a child process and collects what it writes: see CHDF5.h.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "List.h"

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/// Bytes of the process's address space: a limit has to come on top of what is mapped already.
static size_t address_space(void) {
  char text[64] = {0};
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  return count > 0 ? strtoull(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

static void limit(int resource, rlim_t value) {
  struct rlimit limits = {value, value};
  setrlimit(resource, &limits);
}

static _Noreturn void run_child(const char *path, int pipe, size_t space, size_t most_bytes, int seconds) {
  // A crash here is an answer, not an event to report.
  const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGPIPE, SIGXCPU};
  for (size_t index = 0; index < sizeof crashes / sizeof *crashes; index++) signal(crashes[index], SIG_DFL);
  int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nowhere >= 0) {
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
  }
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, (rlim_t)seconds);
  if (space) limit(RLIMIT_AS, space + most_bytes);
  vitrine_hdf5_write_list(path, pipe);
  _exit(0);
}

/// Reads until the child closes the pipe. Returns 0, or 1 with a message.
static int collect(int pipe, size_t most_bytes, double deadline, uint8_t **list, size_t *count,
                   char message[VITRINE_HDF5_MESSAGE]) {
  size_t capacity = 0;
  *list = NULL;
  *count = 0;
  for (;;) {
    if (*count == capacity) {
      if (capacity >= most_bytes) {
        snprintf(message, VITRINE_HDF5_MESSAGE, "its list of contents exceeds %zu bytes", most_bytes);
        return 1;
      }
      capacity = capacity ? 2 * capacity : 1 << 16;
      uint8_t *larger = realloc(*list, capacity);
      if (!larger) {
        snprintf(message, VITRINE_HDF5_MESSAGE, "there is no memory for its list of contents");
        return 1;
      }
      *list = larger;
    }
    double left = deadline - now();
    struct pollfd readable = {.fd = pipe, .events = POLLIN};
    int ready = left <= 0 ? 0 : poll(&readable, 1, (int)(left * 1000) + 1);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) {
      snprintf(message, VITRINE_HDF5_MESSAGE, "libhdf5 takes too long over it: it is damaged or hostile");
      return 1;
    }
    ssize_t got = read(pipe, *list + *count, capacity - *count);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      snprintf(message, VITRINE_HDF5_MESSAGE, "%s", strerror(errno));
      return 1;
    }
    if (got == 0) return 0;
    *count += (size_t)got;
  }
}

int vitrine_hdf5_list(const char *path, size_t most_bytes, int seconds, uint8_t **list, size_t *count,
                      char message[VITRINE_HDF5_MESSAGE]) {
  int ends[2];
  size_t space = address_space();
  *list = NULL;
  *count = 0;
  if (pipe2(ends, O_CLOEXEC) != 0) {
    snprintf(message, VITRINE_HDF5_MESSAGE, "%s", strerror(errno));
    return 1;
  }
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    run_child(path, ends[1], space, most_bytes, seconds);
  }
  close(ends[1]);
  if (child < 0) {
    snprintf(message, VITRINE_HDF5_MESSAGE, "no process to read it in: %s", strerror(errno));
    close(ends[0]);
    return 1;
  }
  int status = collect(ends[0], most_bytes, now() + seconds, list, count, message);
  close(ends[0]);
  if (status) {
    kill(child, SIGKILL);
    free(*list);
    *list = NULL;
    *count = 0;
  }
  // The list's own end tells whether it is whole, so that the way in which the child went doesn't matter.
  while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
  return status;
}
