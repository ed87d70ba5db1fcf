/* format.h -- a recording (NAME.kprof): what krait profile writes while the program runs.
**
** Numbers are in the byte order of the machine that wrote it; times are nanoseconds of
** CLOCK_MONOTONIC since the recording began, unless they say otherwise.
**
**     recording = header segment…
**     header    = struct RecordingHeader (64 bytes)
**     segment   = struct SegmentHeader (32 bytes), then `size` - 32 bytes: of SEGMENT_LOG records,
**                 of SEGMENT_COUNTERS u64s that are incremented in place
**     record    = struct RecordHeader (8 bytes) payload, padded to a multiple of 8 with zeros
**
** The file grows by whole segments, which are mapped shared: what was written outlives the process
** however it dies. Laws: a record counts from when `committed` of its segment includes it; it does
** not change behind that, but for TOTALS and the count of the thread's last SAMPLES; what a record
** names (a STRING, a CODE …) is committed before it. A segment that is full is sealed with a
** checksum. A reader takes what is committed and skips types that it does not know; another major
** version is refused. Payloads: records.def. */
#ifndef KRAIT_PROFILE_FORMAT_H
#define KRAIT_PROFILE_FORMAT_H

#include "vm/base/common.h"

#define RECORDING_MAGIC "KRAITPRF"
enum { RECORDING_MAJOR = 1, RECORDING_MINOR = 0, RECORDING_ORDER = 0x0102 };

typedef struct RecordingHeader {
  char magic[8];
  uint16_t major, minor;
  uint16_t order;       /* RECORDING_ORDER: read as 0x0201, the bytes stand the other way */
  uint16_t header_size; /* where the first segment begins */
  uint64_t build;       /* the program that wrote it */
  /* parent: 0, or the pid of the process whose recording this one belongs to */
  uint32_t pid, parent;
  uint64_t began_real; /* CLOCK_REALTIME, ns */
  uint64_t began;      /* CLOCK_MONOTONIC, ns */
  uint32_t rate;       /* samples a second that were asked for; 0: not sampled */
  uint32_t flags;      /* RECORDING_… */
  uint64_t reserved;
} RecordingHeader;
static_assert(sizeof(RecordingHeader) == 64, "the reader's struct");

enum {
  RECORDING_WALL = 1,  /* samples weigh real time; else the thread's processor time */
  RECORDING_EXACT = 2, /* COUNTS are there */
  RECORDING_ALLOC = 4,
  RECORDING_DETERMINISTIC = 8, /* run for --metric=vm */
};

enum { SEGMENT_LOG = 1, SEGMENT_COUNTERS = 2 };
#define SEGMENT_MAGIC 0x47455350u /* "PSEG" */

typedef struct SegmentHeader {
  uint32_t magic;
  uint16_t kind;
  uint16_t sealed;    /* 1: full, crc holds */
  uint32_t size;      /* of the segment, this header included */
  uint32_t committed; /* bytes behind the header that count; stored with release */
  uint32_t crc;       /* CRC-32 (zlib's) of the committed bytes, of sealed logs */
  uint32_t reserved[3];
} SegmentHeader;
static_assert(sizeof(SegmentHeader) == 32, "the reader's struct");

typedef struct RecordHeader {
  uint16_t type, flags;
  uint32_t size; /* header and payload, without the padding */
} RecordHeader;

typedef enum RecordType {
#define RECORD(name, number, payload) RECORD_##name = (number),
#include "vm/profile/records.def"
#undef RECORD
} RecordType;

typedef struct RecordTotals {
  uint64_t samples;   /* taken */
  uint64_t lost;      /* no room, or another one was being taken */
  uint64_t imprecise; /* the instruction is not known, the function is */
  uint64_t torn;      /* the stack did not make sense: not taken */
  uint64_t wall, cpu; /* ns, as of the last sample or the end */
  uint64_t gc_count, gc_ns;
  uint64_t peak_rss; /* bytes, at the end */
  uint64_t ended;    /* 1: END is there */
} RecordTotals;

/* CODE_PYTHON: a code object. CODE_NATIVE: a built-in function or method, no lines. CODE_ACTIVITY:
** what the VM does itself (garbage collection, compile, cache, import, lock, blocked).
** CODE_OPERATOR: an instruction that works in C, named by its opcode. The last three have neither
** file nor instructions, and their insn in a STACK is 0. */
enum { CODE_PYTHON = 1, CODE_NATIVE = 2, CODE_ACTIVITY = 3, CODE_OPERATOR = 4 };

typedef struct RecordCode {
  uint32_t id;
  uint32_t kind;       /* CODE_… */
  uint32_t file;       /* FILE */
  uint32_t name;       /* STRING: the qualified name */
  uint32_t module;     /* STRING: __name__ of the globals; of a native method, its class's */
  uint32_t first_line; /* 0: none */
  uint32_t insn_count;
  uint32_t flags; /* co_flags */
} RecordCode;

/* A block of counted code (interp/counted.h). What an instruction has run is the sum, over all
** COUNTS of its code, of its block's counter, less what LEFT tells of the instructions before it in
** the block. BLOCK_LATE: the first instruction has run so often and what LEFT tells of itself
** more. */
typedef struct RecordBlock {
  uint32_t first;  /* instruction */
  uint32_t target; /* of its last instruction's jump; UINT32_MAX: it has none */
  uint32_t flags;  /* BLOCK_… */
  uint32_t reserved;
} RecordBlock;
enum { BLOCK_FALLS_THROUGH = 1, BLOCK_LATE = 2 };

enum { SAMPLES_NATIVE = 1 };

/* How many follow says `count`, stored with release; the record has room for more, which does not
** count. */
typedef struct RecordSamples {
  uint64_t time; /* that the first one's `after` counts from */
  uint32_t thread;
  uint32_t count;
} RecordSamples;

typedef struct Sample {
  uint32_t after;  /* microseconds since the sample before */
  uint32_t stack;  /* STACK; 0: no frame could be told */
  uint32_t weight; /* microseconds */
} Sample;

typedef struct NativeSample {
  uint32_t after, stack, weight;
  uint32_t native; /* offset of the C pc from the program's first byte in memory; 0: elsewhere */
} NativeSample;

#endif
