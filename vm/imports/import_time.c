/* import_time.c -- what -X importtime prints: for each import its own microseconds, those with what
** it imported, and what the cache said to its source file. See import_time.h.
*/
#include "vm/imports/import_time.h"

#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "vm/objects/str.h"

enum { LEVEL_MAX = 200 }; /* deeper ones are not measured */

static struct {
  struct {
    uint64_t began, inner;
    const char *outcome;
  } levels[LEVEL_MAX];
  int depth; /* levels in use, and those that are too deep */
  ImportOutcomes outcomes;
} state;

static uint64_t now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

void import_time_begin(void) {
  if (state.depth == 0) {
    static bool has_header;
    if (!has_header) fputs("import time: self [us] | cumulative | imported package\n", stderr);
    has_header = true;
  }
  if (state.depth < LEVEL_MAX) {
    state.levels[state.depth].began = now_us();
    state.levels[state.depth].inner = 0;
    state.levels[state.depth].outcome = NULL;
  }
  state.depth++;
}

ImportOutcomes import_outcomes(void) { return state.outcomes; }

void import_time_note(const char *outcome) {
  if (outcome && outcome[0] == 'h') state.outcomes.cached++;
  else state.outcomes.compiled++;
  if (state.depth > 0 && state.depth <= LEVEL_MAX) state.levels[state.depth - 1].outcome = outcome;
}

void import_time_end(VM *vm, Str *name) {
  if (--state.depth >= LEVEL_MAX) return;
  uint64_t all = now_us() - state.levels[state.depth].began;
  if (state.depth) state.levels[state.depth - 1].inner += all;
  const char *outcome = state.levels[state.depth].outcome, *text = str_utf8(vm, name, NULL);
  unsigned long own = (unsigned long)(all - state.levels[state.depth].inner);
  fprintf(stderr, "import time: %9lu | %10lu | %*s%s%s%s%s\n", own, (unsigned long)all,
          2 * state.depth, "", text ? text : "?", outcome ? "  [" : "", outcome ? outcome : "",
          outcome ? "]" : "");
}
