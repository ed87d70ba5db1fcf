/* import_time.c -- what -X importtime prints: for each import its own microseconds, those with what it imported, and what the
** cache said to its source file. See import_time.h.
*/
#include "vm/imports/import_time.h"

#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "vm/objects/str.h"

enum { LEVEL_MAX = 200 }; /* deeper ones are not measured */

static struct { uint64_t began, inner; const char *outcome; } levels[LEVEL_MAX];
static int depth; /* levels in use */

static uint64_t now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

void import_time_begin(void) {
  if (depth == 0) {
    static bool has_header;
    if (!has_header) fputs("import time: self [us] | cumulative | imported package\n", stderr);
    has_header = true;
  }
  if (depth < LEVEL_MAX) {
    levels[depth].began = now_us();
    levels[depth].inner = 0;
    levels[depth].outcome = NULL;
  }
  depth++;
}

void import_time_note(const char *outcome) {
  if (depth > 0 && depth <= LEVEL_MAX) levels[depth - 1].outcome = outcome;
}

void import_time_end(VM *vm, Str *name) {
  if (--depth >= LEVEL_MAX) return;
  uint64_t all = now_us() - levels[depth].began;
  if (depth) levels[depth - 1].inner += all;
  const char *outcome = levels[depth].outcome, *text = str_utf8(vm, name, NULL);
  fprintf(stderr, "import time: %9lu | %10lu | %*s%s%s%s%s\n", (unsigned long)(all - levels[depth].inner), (unsigned long)all,
          2 * depth, "", text ? text : "?", outcome ? "  [" : "", outcome ? outcome : "", outcome ? "]" : "");
}
