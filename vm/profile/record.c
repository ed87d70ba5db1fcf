/* record.c -- see record.h: the life of a recording, and what the layers below tell of. */
#include "vm/profile/record.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "vm/base/buffer.h"
#include "vm/bytecode/image.h"
#include "vm/contracts/recorder.h"
#include "vm/imports/path.h"
#include "vm/memory/heap.h"
#include "vm/profile/count.h"
#include "vm/profile/file.h"
#include "vm/profile/sample.h"
#include "vm/profile/source.h"

enum { RATE_DEFAULT = 1000 };

static struct {
  bool prepared;
  const Options *options;
  char path[PATH_MAX]; /* absolute; of the process that began, also in the children of forks */
  char own_path[PATH_MAX + 16];
  RecordingHeader header;
  SamplerSettings settings;
  bool alone;    /* children are not recorded */
  bool exact;    /* code counts */
  Walker walker; /* for what is told at safepoints */
} record;

const char *record_path(void) { return record.own_path; }

/* ---- the file's name */

/* stem_of: the last part of a path or of a dotted name, without .py. */
static void stem_of(const char *name, char separator, char *out, size_t room) {
  const char *last = strrchr(name, separator);
  if (last && last[1]) name = last + 1;
  size_t n = strlen(name);
  if (n > 3 && !strcmp(name + n - 3, ".py")) n -= 3;
  snprintf(out, room, "%.*s.kprof", (int)(n < 200 ? n : 200), name);
}

static void default_name(const Options *options, char *out, size_t room) {
  if (options->command) snprintf(out, room, "command.kprof");
  else if (options->module) stem_of(options->module, '.', out, room);
  else if (options->script) stem_of(options->script, '/', out, room);
  else snprintf(out, room, "stdin.kprof");
}

/* ---- what a process that is recorded tells those that it starts: its number and how it records */
static void tell_children(void) {
  char text[96];
  const Options *o = record.options;
  snprintf(text, sizeof text, "%ld %u %d %d %d %d", (long)getpid(), record.settings.rate,
           record.settings.wall, record.settings.native, !source_kept, record.exact);
  if (record.alone || o->ignore_environment) {
    unsetenv("KRAIT_PROFILE");
  } else {
    setenv("KRAIT_PROFILE", record.path, 1);
    setenv("KRAIT_PROFILE_PARENT", text, 1);
  }
}

/* hear_parent: false: this process is the first one. */
static bool hear_parent(const Options *options) {
  bool asked_by_it = options->profile == options_variable(options, "KRAIT_PROFILE");
  const char *text = asked_by_it ? options_variable(options, "KRAIT_PROFILE_PARENT") : NULL;
  long parent;
  unsigned rate;
  int wall, native, no_source, exact;
  if (!text ||
      sscanf(text, "%ld %u %d %d %d %d", &parent, &rate, &wall, &native, &no_source, &exact) != 6 ||
      !rate)
    return false;
  record.header.parent = (uint32_t)parent;
  record.settings = (SamplerSettings){.rate = rate, .wall = wall, .native = native};
  source_kept = !no_source;
  record.exact = exact;
  return true;
}

/* ---- preparing */
static void take_settings(const Options *options) {
  record.settings = (SamplerSettings){
      .rate = options->profile_rate ? (uint32_t)options->profile_rate : RATE_DEFAULT,
      .wall = options->profile_wall,
      .native = options->profile_native,
      .most_ns = (uint64_t)options->profile_ms * 1000000u};
  source_kept = !options->profile_no_source;
  record.alone = options->profile_alone;
  record.exact = options->profile_exact;
}

static void fill_header(void) {
  RecordingHeader *h = &record.header;
  memcpy(h->magic, RECORDING_MAGIC, sizeof h->magic);
  h->major = RECORDING_MAJOR;
  h->minor = RECORDING_MINOR;
  h->order = RECORDING_ORDER;
  h->header_size = sizeof *h;
  h->build = image_version();
  h->pid = (uint32_t)getpid();
  h->began_real = sampler_clock(CLOCK_REALTIME);
  h->began = sampler_clock(CLOCK_MONOTONIC);
  h->rate = record.settings.rate;
  h->flags = (record.settings.wall ? RECORDING_WALL : 0) | (record.exact ? RECORDING_EXACT : 0);
}

static bool cannot(const char *path) {
  fprintf(stderr, "krait: cannot record to '%s': %s\n", path, strerror(errno));
  return false;
}

/* make_file: the descriptor; -1: refused. */
static int make_file(const char *path) {
  snprintf(record.own_path, sizeof record.own_path, "%s", path);
  return log_create(path);
}

bool record_prepare(const Options *options) {
  char name[PATH_MAX];
  bool is_child = hear_parent(options);
  record.options = options;
  if (!is_child) take_settings(options);
  if (*options->profile) snprintf(name, sizeof name, "%s", options->profile);
  else default_name(options, name, sizeof name);
  if (!path_absolute(name, record.path)) return errno = ENAMETOOLONG, cannot(name);
  char own[PATH_MAX + 16];
  if (is_child) snprintf(own, sizeof own, "%s.%ld", record.path, (long)getpid());
  else snprintf(own, sizeof own, "%s", record.path);
  fill_header();
  int file = make_file(own);
  if (file < 0 || !log_begin(file, &record.header)) return cannot(is_child ? own : name);
  if (!names_init() || !walker_init(&record.walker)) return errno = ENOMEM, cannot(name);
  return record.prepared = true;
}

/* ---- META */
static void write_meta(const char *key, const char *value, size_t size) {
  size_t n = strlen(key) + 1;
  char *payload = log_reserve(RECORD_META, 0, (uint32_t)(n + size));
  if (!payload) return;
  memcpy(payload, key, n);
  if (size) memcpy(payload + n, value, size);
  log_commit();
}

static void write_text(const char *key, const char *value) {
  write_meta(key, value, strlen(value));
}

static void write_words(const char *key, const char *const *words, int count) {
  Buffer text;
  buffer_init(&text);
  for (int i = 0; i < count; i++) {
    if (i) buffer_add_byte(&text, ' ');
    buffer_add_text(&text, words[i]);
  }
  write_meta(key, (const char *)text.bytes, text.size);
  buffer_deinit(&text);
}

static void write_opcodes(void) {
  const char *all[OP_COUNT];
  for (int i = 0; i < OP_COUNT; i++) all[i] = op_info[i].name;
  write_words("opcodes", all, OP_COUNT);
}

static void write_place(void) {
  char text[PATH_MAX];
  if (gethostname(text, sizeof text) == 0) write_text("host", text);
  if (getcwd(text, sizeof text)) write_text("cwd", text);
}

static void write_metas(void) {
  const Options *o = record.options;
  char number[32];
  write_words("command", o->orig_argv, o->orig_argc);
  write_text("version", "Krait");
  write_text("python", "3.11.2");
  write_text("mode", record.settings.wall ? "wall" : "cpu");
  snprintf(number, sizeof number, "%u", record.settings.rate);
  write_text("rate", number);
  snprintf(number, sizeof number, "%u", o->hash_seed);
  write_text("hash_seed", o->has_hash_seed ? number : "random");
  write_place();
  write_opcodes();
}

/* ---- what is told */
static void on_translated(VM *vm, ThreadedCode *code) {
  if (code->recorded || !log_is_open()) return;
  code->recorded = name_code(vm, code);
  count_code(code);
}

typedef struct RecordGc {
  uint64_t began, ns;
  uint32_t stack, flags;
  uint64_t before, after;
} RecordGc;

static uint32_t stack_here(VM *vm) {
  Place place = {vm->pc, true, false};
  bool torn;
  const ThreadedCode *code = walk_newest(&vm->current, &torn);
  if (!code) return 0;
  if (!code_has(code, (uintptr_t)place.pc)) place.pc = NULL;
  return walk(&record.walker, &vm->current, place).stack;
}

static void on_collected(VM *vm, const Pause *pause) {
  log_lock();
  uint32_t stack = log_is_open() ? stack_here(vm) : 0;
  RecordGc *row = log_reserve(RECORD_GC, 0, sizeof *row);
  if (row) {
    *row = (RecordGc){pause->began - record.header.began,
                      pause->ns,
                      stack,
                      pause->full,
                      pause->before,
                      pause->after};
    log_commit();
    log_totals()->gc_count++;
    log_totals()->gc_ns += pause->ns;
  }
  log_unlock();
}

static void on_polled(VM *vm) {
  uint8_t before = activity_begin(vm, ACTIVITY_RECORD);
  log_lock();
  names_grow();
  log_seal();
  log_unlock();
  names_write_sources();
  sampler_asked();
  activity_end(vm, before);
}

static void on_woke(VM *vm) { sampler_thread_woke(); }

/* ---- forks */
static void on_fork(VM *vm) { log_lock(); }

static void tell_child(pid_t pid) {
  struct {
    uint32_t process, how;
    uint64_t time;
    uint32_t name, zero;
  } row = {(uint32_t)pid, 1, sampler_clock(CLOCK_MONOTONIC) - record.header.began, 0, 0};
  char name[PATH_MAX + 16];
  int n = snprintf(name, sizeof name, "%s.%ld", strrchr(record.path, '/') + 1, (long)pid);
  row.name = name_string(name, (size_t)n);
  void *payload = log_reserve(RECORD_CHILD, 0, sizeof row);
  if (!payload) return;
  memcpy(payload, &row, sizeof row);
  log_commit();
}

static void leave_recording(void) {
  recorder = NULL;
  count_stop();
  log_abandon();
  sampler_stop();
  unsetenv("KRAIT_PROFILE_PARENT");
}

/* follow: this process is the child of a fork. false: it is not recorded. */
static bool follow(void) {
  char path[PATH_MAX + 16];
  if (record.alone || !log_is_open()) return false;
  record.header.parent = record.header.pid;
  fill_header();
  snprintf(path, sizeof path, "%s.%ld", record.path, (long)getpid());
  int file = make_file(path);
  return file >= 0 && log_follow(file, &record.header);
}

static void begin_child(VM *vm) {
  bool followed = follow();
  if (followed) write_metas();
  log_reset_lock();
  if (!followed) {
    leave_recording();
    return;
  }
  tell_children();
  sampler_after_fork(vm, record.header.began);
}

static void on_forked(VM *vm, pid_t pid) {
  if (pid == 0) {
    begin_child(vm);
    return;
  }
  if (pid > 0 && !record.alone) tell_child(pid);
  log_unlock();
}

/* ---- start and end */
void record_start(VM *vm) {
  static const Recorder mine = {
      .translated = on_translated,
      .collected = on_collected,
      .polled = on_polled,
      .thread_began = sampler_thread_begin,
      .thread_ends = sampler_thread_end,
      .thread_woke = on_woke,
      .fork_begins = on_fork,
      .forked = on_forked,
      .signal_taken = sampler_move,
  };
  if (!record.prepared) return;
  uint64_t began = sampler_clock(CLOCK_MONOTONIC);
  log_restart(getpid(), began);
  record.header.pid = (uint32_t)getpid();
  record.settings.began = record.header.began = began;
  log_lock();
  write_metas();
  bool fine = names_begin();
  log_unlock();
  tell_children();
  if (!fine || (record.exact && !count_begin()) || !sampler_start(vm, &record.settings)) {
    count_stop();
    log_abandon();
    return;
  }
  recorder = &mine;
}

static void write_end(int status) {
  struct {
    int32_t status;
    uint32_t zero;
    uint64_t time;
  } row = {status, 0, sampler_clock(CLOCK_MONOTONIC) - record.header.began};
  void *payload = log_reserve(RECORD_END, 0, sizeof row);
  if (!payload) return;
  memcpy(payload, &row, sizeof row);
  log_commit();
  struct rusage usage;
  RecordTotals *totals = log_totals();
  totals->wall = row.time;
  totals->cpu = sampler_clock(CLOCK_PROCESS_CPUTIME_ID);
  if (getrusage(RUSAGE_SELF, &usage) == 0) totals->peak_rss = (uint64_t)usage.ru_maxrss * 1024;
  totals->ended = 1;
}

void record_end(VM *vm, int status) {
  if (!recorder) return;
  names_write_sources();
  sampler_thread_end(vm);
  recorder = NULL;
  log_lock();
  write_end(status);
  log_end();
  log_unlock();
}
