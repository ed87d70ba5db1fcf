/* stats.c -- see stats.h. */
#include "vm/life/stats.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "vm/core/options.h"
#include "vm/imports/import_time.h"
#include "vm/memory/heap.h"
#include "vm/objects/dict.h"

typedef struct Stats {
  double wall, user, system; /* seconds; wall since the process began */
  long peak_rss;             /* bytes */
  long minor_faults, major_faults;
  HeapStats heap;
  ImportOutcomes imports;
  size_t modules;
} Stats;

static double in_seconds(struct timeval time) {
  return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

/* since_start: seconds since the process began; the system tells it in ticks since the boot. 0: it
** does not. */
static double since_start(void) {
  unsigned long long started = 0;
  FILE *f = fopen("/proc/self/stat", "r");
  if (!f) return 0;
  /* the name of the program, in parentheses, may hold anything but ends at the last one */
  char text[1024];
  size_t n = fread(text, 1, sizeof text - 1, f);
  fclose(f);
  text[n] = 0;
  const char *at = strrchr(text, ')');
  for (int field = 2; at && field < 22; field++) at = strchr(at + 1, ' ');
  if (!at) return 0;
  started = strtoull(at, NULL, 10);
  struct timespec now;
  clock_gettime(CLOCK_BOOTTIME, &now);
  double ago = (double)now.tv_sec + (double)now.tv_nsec * 1e-9 -
               (double)started / (double)sysconf(_SC_CLK_TCK);
  return ago > 0 ? ago : 0;
}

static Stats take(VM *vm) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (Stats){.wall = since_start(),
                 .user = in_seconds(usage.ru_utime),
                 .system = in_seconds(usage.ru_stime),
                 .peak_rss = usage.ru_maxrss * 1024,
                 .minor_faults = usage.ru_minflt,
                 .major_faults = usage.ru_majflt,
                 .heap = heap_stats(vm),
                 .imports = import_outcomes(),
                 .modules = dict_length(vm->modules)};
}

static void print(const Stats *s) {
  double ms = 1e-6 * (double)s->heap.pause_ns_total, longest = 1e-6 * (double)s->heap.pause_ns_max;
  fprintf(stderr, "time       %.3f s user, %.3f s system, %.2f s since the start\n", s->user,
          s->system, s->wall);
  fprintf(stderr, "memory     %.1f MB at the peak; %ld page faults, %ld from the disk\n",
          (double)s->peak_rss / 1e6, s->minor_faults, s->major_faults);
  fprintf(stderr, "heap       %.1f MB used, %.1f MB of blocks\n", (double)s->heap.live_bytes / 1e6,
          (double)s->heap.reserved_bytes / 1e6);
  fprintf(stderr, "collector  %zu full, %zu minor collections, %.1f ms in all, the longest %.1f\n",
          s->heap.full_collections, s->heap.minor_collections, ms, longest);
  fprintf(stderr, "modules    %zu; source files: %u from the cache, %u compiled\n", s->modules,
          s->imports.cached, s->imports.compiled);
}

static void write_json(const Stats *s, int file) {
  dprintf(file,
          "{\"wall\": %.6f, \"user\": %.6f, \"system\": %.6f, \"peak_rss\": %ld, "
          "\"minor_faults\": %ld, \"major_faults\": %ld, \"live_bytes\": %zu, "
          "\"reserved_bytes\": %zu, \"full_collections\": %zu, \"minor_collections\": %zu, "
          "\"gc_seconds\": %.9f, \"gc_longest\": %.9f, \"modules\": %zu, \"cached\": %u, "
          "\"compiled\": %u}\n",
          s->wall, s->user, s->system, s->peak_rss, s->minor_faults, s->major_faults,
          s->heap.live_bytes, s->heap.reserved_bytes, s->heap.full_collections,
          s->heap.minor_collections, 1e-9 * (double)s->heap.pause_ns_total,
          1e-9 * (double)s->heap.pause_ns_max, s->modules, s->imports.cached, s->imports.compiled);
}

void stats_report(VM *vm) {
  const char *descriptor = options_variable(vm->options, "KRAIT_STATS_FD");
  if (!vm->options->stats && !descriptor) return;
  Stats stats = take(vm);
  if (vm->options->stats) print(&stats);
  if (!descriptor) return;
  char *end;
  long file = strtol(descriptor, &end, 10);
  if (!*end && end != descriptor && file >= 0 && file < 1 << 20) write_json(&stats, (int)file);
}
