/* file.c -- see file.h. */
#include "vm/profile/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
  PAGE = 4096,
  FIRST_SIZE = 64 << 10,
  NEXT_SIZE = 256 << 10,
  UNSEALED_MAX = 8,
  COUNTERS_MAX = 512
};

/* A segment as it is mapped. */
typedef struct Mapping {
  char *pages; /* [owned] */
  size_t size;
  SegmentHeader *segment; /* in the pages */
  uint64_t at;            /* of the segment in the file */
} Mapping;

static struct {
  int file;
  bool open;
  volatile bool locked;
  uint64_t end;     /* where the next segment begins in the file */
  Mapping first;    /* with the header and the totals; it stays mapped */
  Mapping current;  /* may be the first */
  uint32_t filled;  /* bytes of the current one that are reserved */
  uint32_t segment; /* number of the current one */
  Mapping unsealed[UNSEALED_MAX];
  uint32_t unsealed_count;
  Mapping counters[COUNTERS_MAX]; /* they stay mapped, where they are */
  uint32_t counters_count;
  RecordTotals *totals;
} log = {.file = -1};

/* does the running thread hold the lock? Its own handler must not wait for it. */
static __thread volatile bool holding;

/* ---- the lock */
static bool take_lock(void) {
  if (__atomic_exchange_n(&log.locked, true, __ATOMIC_ACQUIRE)) return false;
  return holding = true;
}

void log_lock(void) {
  while (!take_lock()) sched_yield();
}

bool log_try_lock(void) {
  enum { TRIES = 400 };
  if (holding) return false;
  for (int i = 0; i < TRIES; i++)
    if (take_lock()) return true;
  return false;
}

void log_unlock(void) {
  __atomic_store_n(&log.locked, false, __ATOMIC_RELEASE);
  holding = false;
}

void log_reset_lock(void) { log_unlock(); }

/* ---- checksums: CRC-32 as zlib has it, which a signal handler can ask for */
static uint32_t crc_of(const void *bytes, size_t size) {
  static const uint32_t halves[16] = {0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC,
                                      0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
                                      0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
                                      0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
  uint32_t crc = UINT32_MAX;
  for (const uint8_t *at = bytes, *end = at + size; at < end; at++) {
    crc ^= *at;
    crc = crc >> 4 ^ halves[crc & 15];
    crc = crc >> 4 ^ halves[crc & 15];
  }
  return ~crc;
}

static void seal(Mapping *mapping) {
  SegmentHeader *segment = mapping->segment;
  segment->crc = crc_of(segment + 1, segment->committed);
  __atomic_store_n(&segment->sealed, 1, __ATOMIC_RELEASE);
}

bool log_can_seal(void) { return log.unsealed_count > 1; }

void log_seal(void) {
  for (uint32_t i = 0; i < log.unsealed_count; i++) {
    if (log.unsealed[i].pages == log.first.pages) continue;
    seal(&log.unsealed[i]);
    munmap(log.unsealed[i].pages, log.unsealed[i].size);
  }
  log.unsealed_count = 0;
}

/* ---- segments */
/* map_at: the file is longer by a segment that ends with a page, whose room is there for sure. The
** first one lies behind the header, in the same page. place: where in memory; NULL: anywhere. */
static bool map_at(Mapping *out, uint16_t kind, size_t size, char *place) {
  uint64_t page = log.end & ~(uint64_t)(PAGE - 1);
  size = align_up(size, PAGE);
  int error = posix_fallocate(log.file, (off_t)page, (off_t)size);
  if (error) return errno = error, false;
  int flags = MAP_SHARED | (place ? MAP_FIXED : 0);
  char *pages = mmap(place, size, PROT_READ | PROT_WRITE, flags, log.file, (off_t)page);
  if (pages == MAP_FAILED) return false;
  *out = (Mapping){pages, size, (SegmentHeader *)(pages + (log.end - page)), log.end};
  *out->segment = (SegmentHeader){
      .magic = SEGMENT_MAGIC, .kind = kind, .size = (uint32_t)(size - (log.end - page))};
  log.end = page + size;
  return true;
}

static bool map_segment(Mapping *out, size_t size) { return map_at(out, SEGMENT_LOG, size, NULL); }

static void stop_growing(void) {
  static const char message[] =
      "krait: the recording ends here: no room for its file; the program goes on\n";
  log.open = false;
  (void)!write(2, message, sizeof message - 1);
}

/* keep_for_sealing: the current segment is full. */
static void keep_for_sealing(void) {
  if (log.unsealed_count == UNSEALED_MAX) log_seal();
  log.unsealed[log.unsealed_count++] = log.current;
}

static bool next_segment(uint32_t needed) {
  size_t size = needed + sizeof(SegmentHeader);
  Mapping next;
  if (!map_segment(&next, size > NEXT_SIZE ? size : NEXT_SIZE)) return stop_growing(), false;
  keep_for_sealing();
  log.current = next;
  log.filled = 0;
  log.segment++;
  return true;
}

/* ---- records */
void *log_reserve(RecordType type, uint16_t flags, uint32_t size) {
  uint32_t whole = (uint32_t)sizeof(RecordHeader) + size,
           padded = (uint32_t)align_up(whole, sizeof(uint64_t));
  if (!log.open) return NULL;
  uint32_t room = log.current.segment->size - (uint32_t)sizeof(SegmentHeader);
  if (padded > room - log.filled) {
    log_commit();
    if (!next_segment(padded)) return NULL;
  }
  RecordHeader *record = (RecordHeader *)((char *)(log.current.segment + 1) + log.filled);
  *record = (RecordHeader){(uint16_t)type, flags, whole};
  log.filled += padded;
  return record + 1;
}

void log_commit(void) {
  __atomic_store_n(&log.current.segment->committed, log.filled, __ATOMIC_RELEASE);
}

uint32_t log_segment(void) { return log.segment; }
RecordTotals *log_totals(void) { return log.totals; }
bool log_is_open(void) { return log.open; }

/* ---- counters */
static bool next_counters(size_t needed) {
  size_t size = needed + sizeof(SegmentHeader);
  if (log.counters_count == COUNTERS_MAX) return false;
  Mapping *next = &log.counters[log.counters_count];
  if (!map_at(next, SEGMENT_COUNTERS, size > NEXT_SIZE ? size : NEXT_SIZE, NULL))
    return stop_growing(), false;
  log.counters_count++;
  return true;
}

uint64_t *log_counters(uint32_t count, uint64_t *offset) {
  size_t size = sizeof(uint64_t) * count;
  if (!log.open || size > UINT32_MAX / 2) return NULL;
  Mapping *last = log.counters_count ? &log.counters[log.counters_count - 1] : NULL;
  if (!last || last->segment->committed + size > last->segment->size - sizeof(SegmentHeader)) {
    if (!next_counters(size)) return NULL;
    last = &log.counters[log.counters_count - 1];
  }
  SegmentHeader *segment = last->segment;
  uint64_t *counters = (uint64_t *)(void *)((char *)(segment + 1) + segment->committed);
  *offset = last->at + sizeof *segment + segment->committed;
  __atomic_store_n(&segment->committed, segment->committed + (uint32_t)size, __ATOMIC_RELEASE);
  return counters;
}

uint64_t log_counter_offset(const uint64_t *counter) {
  for (uint32_t i = 0; i < log.counters_count; i++) {
    const Mapping *m = &log.counters[i];
    if ((const char *)counter >= m->pages && (const char *)counter < m->pages + m->size)
      return m->at + (uint64_t)((const char *)counter - m->pages);
  }
  return 0;
}

/* What code still counts is lost: it is another process's file, or over. */
static void lose_counters(void) {
  for (uint32_t i = 0; i < log.counters_count; i++)
    (void)!mmap(log.counters[i].pages, log.counters[i].size, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  log.counters_count = 0;
}

/* ---- the file */
int log_create(const char *path) {
  struct stat status;
  if (lstat(path, &status) == 0 && S_ISREG(status.st_mode) && unlink(path) != 0) return -1;
  return open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
}

static bool give_up(void) {
  int error = errno;
  if (log.file >= 0) close(log.file);
  log.file = -1;
  log.open = false;
  log.totals = NULL;
  return errno = error, false;
}

bool log_begin(int file, const RecordingHeader *header) {
  log.file = file;
  log.end = sizeof *header;
  log.filled = log.unsealed_count = 0;
  log.segment++;
  if (!map_segment(&log.first, FIRST_SIZE)) return give_up();
  log.current = log.first;
  memcpy(log.first.pages, header, sizeof *header);
  log.open = true;
  log.totals = log_reserve(RECORD_TOTALS, 0, sizeof(RecordTotals));
  log_commit();
  return true;
}

void log_restart(pid_t pid, uint64_t began) {
  RecordingHeader *header = (RecordingHeader *)(void *)log.first.pages;
  header->pid = (uint32_t)pid;
  header->began_real += began - header->began;
  header->began = began;
}

void log_abandon(void) {
  lose_counters();
  log.open = false;
  log.totals = NULL;
}

void log_end(void) {
  if (!log.open) return;
  log_commit();
  SegmentHeader *last = log.current.segment;
  uint64_t end = log.end;
  if (log.current.at + last->size == end) { /* nothing behind it: shorter, as is the file */
    last->size = (uint32_t)sizeof *last + log.filled;
    end = log.current.at + last->size;
  }
  keep_for_sealing();
  log_seal();
  seal(&log.first);
  log.open = false;
  log.totals = NULL;
  (void)!ftruncate(log.file, (off_t)end);
}

/* ---- the child of a fork */
static bool names_something(const RecordHeader *record) {
  return record->type == RECORD_STRING || record->type == RECORD_FILE ||
         record->type == RECORD_CODE || record->type == RECORD_STACK ||
         record->type == RECORD_COUNTS || record->type == RECORD_LEFT;
}

/* Where the counters of the old file are in the new one, which has as many segments of them. */
typedef struct MovedCounters {
  uint64_t from[COUNTERS_MAX];
} MovedCounters;

static uint64_t moved(const MovedCounters *before, uint64_t offset) {
  for (uint32_t i = 0; i < log.counters_count; i++)
    if (offset >= before->from[i] && offset < before->from[i] + log.counters[i].size)
      return log.counters[i].at + (offset - before->from[i]);
  return 0;
}

/* COUNTS and LEFT have an offset in their second eight bytes. */
static void move_counters(const MovedCounters *before, RecordType type, char *payload) {
  if (type != RECORD_COUNTS && type != RECORD_LEFT) return;
  uint64_t offset;
  memcpy(&offset, payload + 8, sizeof offset);
  offset = moved(before, offset);
  memcpy(payload + 8, &offset, sizeof offset);
}

/* follow_counters: segments of the new file in the place of the old one's, all zero. */
static bool follow_counters(MovedCounters *before) {
  for (uint32_t i = 0; i < log.counters_count; i++) {
    Mapping *m = &log.counters[i];
    uint32_t committed = m->segment->committed;
    before->from[i] = m->at;
    if (!map_at(m, SEGMENT_COUNTERS, m->size, m->pages)) return false;
    m->segment->committed = committed;
  }
  return true;
}

static bool copy_names(const MovedCounters *before, const SegmentHeader *segment,
                       uint32_t committed) {
  const char *at = (const char *)(segment + 1), *end = at + committed;
  while (at < end) {
    const RecordHeader *record = (const RecordHeader *)at;
    uint32_t size = record->size - (uint32_t)sizeof *record;
    if (names_something(record)) {
      void *payload = log_reserve((RecordType)record->type, record->flags, size);
      if (!payload) return false;
      memcpy(payload, record + 1, size);
      move_counters(before, (RecordType)record->type, payload);
    }
    at += align_up(record->size, sizeof(uint64_t));
  }
  log_commit();
  return true;
}

/* copy_all: from the old file, which the parent goes on writing: what was there at the fork,
** `filled` bytes of its last segment, which begins at `last`, is not changed by that. */
static bool copy_all(const MovedCounters *before, int file, uint64_t last, uint32_t filled) {
  uint64_t size = last + sizeof(SegmentHeader) + filled;
  const char *pages = mmap(NULL, size, PROT_READ, MAP_SHARED, file, 0);
  if (pages == MAP_FAILED) return false;
  bool fine = true;
  for (uint64_t at = sizeof(RecordingHeader); fine && at <= last;) {
    const SegmentHeader *segment = (const SegmentHeader *)(pages + at);
    if (segment->kind == SEGMENT_LOG)
      fine = copy_names(before, segment, at == last ? filled : segment->committed);
    at += segment->size;
  }
  munmap((void *)(uintptr_t)pages, size);
  return fine;
}

bool log_follow(int file, const RecordingHeader *header) {
  int old = log.file;
  uint64_t last = log.current.at;
  static MovedCounters before; /* large; the lock is held */
  uint32_t filled = log.filled;
  for (uint32_t i = 0; i < log.unsealed_count; i++)
    if (log.unsealed[i].pages != log.first.pages)
      munmap(log.unsealed[i].pages, log.unsealed[i].size);
  if (log.current.pages != log.first.pages) munmap(log.current.pages, log.current.size);
  munmap(log.first.pages, log.first.size);
  bool fine =
      log_begin(file, header) && follow_counters(&before) && copy_all(&before, old, last, filled);
  close(old);
  return fine || give_up();
}
