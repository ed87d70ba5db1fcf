/* space.c -- see space.h. */
#include "vm/memory/space.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum { PAGE = 4096 };

static size_t limit_of(int resource) {
  struct rlimit limit;
  if (getrlimit((__rlimit_resource_t)resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return SIZE_MAX;
  return limit.rlim_cur;
}

size_t space_limit(void) {
  size_t all = limit_of(RLIMIT_AS), data = limit_of(RLIMIT_DATA);
  return all < data ? all : data;
}

/* Pages in use, of all kinds and of private data: the first and the sixth number of the file. */
static bool pages_used(size_t *all, size_t *data) {
  char text[160];
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  ssize_t n = file >= 0 ? read(file, text, sizeof text - 1) : -1;
  if (file >= 0) close(file);
  if (n <= 0) return false;
  text[n] = 0;
  char *at = text;
  size_t numbers[6];
  for (int i = 0; i < 6; i++) numbers[i] = strtoul(at, &at, 10);
  *all = numbers[0];
  *data = numbers[5];
  return true;
}

static size_t rest(size_t limit, size_t pages) {
  if (limit == SIZE_MAX) return SIZE_MAX;
  return limit > pages * PAGE ? limit - pages * PAGE : 0;
}

size_t space_left(void) {
  size_t all_limit = limit_of(RLIMIT_AS), data_limit = limit_of(RLIMIT_DATA), all, data;
  if (all_limit == SIZE_MAX && data_limit == SIZE_MAX) return SIZE_MAX;
  if (!pages_used(&all, &data)) return SIZE_MAX; /* whoever asks for too much is refused */
  size_t all_rest = rest(all_limit, all), data_rest = rest(data_limit, data);
  return all_rest < data_rest ? all_rest : data_rest;
}

size_t space_share(size_t divisor, size_t low, size_t high) {
  size_t limit = space_limit(), share = limit / divisor;
  if (limit == SIZE_MAX || share > high) return high;
  return align_up(share < low ? low : share, PAGE);
}

#define KIND (MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE)

void *space_reserve(size_t size) {
  void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, KIND, -1, 0);
  return at == MAP_FAILED ? NULL : at;
}

bool space_map(void *at, size_t size) {
  void *got = mmap(at, size, PROT_READ | PROT_WRITE, KIND | MAP_FIXED_NOREPLACE, -1, 0);
  if (got == at) return true;
  /* a kernel that does not know the flag took it for a hint */
  if (got != MAP_FAILED) munmap(got, size);
  return false;
}

void space_unmap(char *from, char *to) {
  from = (char *)align_up((uintptr_t)from, PAGE);
  to = (char *)((uintptr_t)to & ~(uintptr_t)(PAGE - 1));
  if (from < to) munmap(from, (size_t)(to - from));
}
