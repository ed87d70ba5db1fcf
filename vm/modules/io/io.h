/* io.h -- the structs of the stream classes, and what they do for each other without Python calls.
**
** Layers: FileIO (a descriptor) · Buffered… (bytes with a buffer over any raw stream) ·
** TextIOWrapper (text over any buffered stream). Each layer recognises the exact native class below
** it and then goes straight to its C functions. */
#ifndef KRAIT_IO_H
#define KRAIT_IO_H

#include "vm/base/buffer.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/memory/heap.h"
#include "vm/objects/bytes.h"
#include "vm/objects/str.h"

#define IO_BUFFER_SIZE 8192

typedef struct IOBase {
  Object h;
  Object *extra;    /* [gc] attributes */
  bool base_closed; /* by _IOBase.close */
  bool finalizing;  /* __del__ is closing it */
} IOBase;

typedef struct FileIO {
  IOBase base;
  int fd; /* -1: closed or not opened */
  bool created, readable, writable, appending, close_fd;
  int8_t seekable; /* -1: not known yet */
  unsigned block_size;
} FileIO;

/* BufferedReader, BufferedWriter and BufferedRandom.
** Law: at most one of [read_at, read_end) and [0, write_used) is not empty. Position of the stream
** as its user sees it: position of the raw stream - (read_end - read_at) + write_used. */
typedef struct Buffered {
  IOBase base;
  Value raw; /* NONE: detached; UNBOUND: not initialised */
  bool readable, writable, ok, detached;
  bool busy;            /* someone is inside: another thread waits, the same one is an error */
  struct Thread *owner; /* who, while busy */
  /* of threads that wait (io_turn.c): drawn so far, and the next to enter; equal: nobody waits */
  uint32_t tickets, serving;
  uint8_t *bytes; /* [owned] capacity bytes, NULL once closed */
  size_t capacity, read_at, read_end, write_used;
  int64_t raw_position; /* of the raw stream, -1: not known */
  int refusal;          /* errno when the raw stream last said that it would block */
} Buffered;
/* buffered_is_wanted: is someone inside, or waits to be? */
static inline bool buffered_is_wanted(const Buffered *self) {
  return self->busy || self->tickets != self->serving;
}
/* buffered_wait_turn: until this thread may enter, after those who came before. false:
** RuntimeError, at the end of the program. */
MUST_USE MAY_RUN bool buffered_wait_turn(VM *vm, Buffered *self);

/* ---- FileIO */
/* file_read_into: bytes read, -1 raised, -2 would block */
MUST_USE MAY_RUN int64_t file_read_into(VM *vm, FileIO *file, void *bytes, size_t n);
/* file_write_from: bytes written, -1 raised, -2 would block */
MUST_USE MAY_RUN int64_t file_write_from(VM *vm, FileIO *file, const void *bytes, size_t n);
MUST_USE MAY_RUN Value file_open(VM *vm, Value name, const char *mode, bool close_fd, Value opener);

/* ---- Buffered */
MUST_USE MAY_RUN Value buffered_new(VM *vm, Type *type, Value raw, int64_t size);
MUST_USE MAY_RUN Value buffered_flush_all(VM *vm, Buffered *self);
/* buffered_write_bytes: false: raised (BlockingIOError included). */
MUST_USE MAY_RUN bool buffered_write_bytes(VM *vm, Buffered *self, const uint8_t *bytes, size_t n);
MUST_USE MAY_RUN Value buffered_read1_bytes(VM *vm, Buffered *self, int64_t n); /* a Bytes */
static inline bool is_native_reader(Value v) {
  return value_is(v, io_buffered_reader) || value_is(v, io_buffered_random);
}
static inline bool is_native_writer(Value v) {
  return value_is(v, io_buffered_writer) || value_is(v, io_buffered_random);
}

/* ---- text */
typedef enum TextCodec { CODEC_OTHER, CODEC_UTF8, CODEC_ASCII, CODEC_LATIN1 } TextCodec;

typedef struct NewlineMode {
  bool universal;    /* any line end ends a line */
  bool translate;    /* … and becomes "\n" on reading (universal only) */
  const char *end;   /* else: what ends a line: "\n", "\r", "\r\n" */
  const char *write; /* what "\n" becomes on writing, or NULL */
} NewlineMode;

/* TextIOWrapper.
** Law: decoded[used..] is the text read ahead; it was made, from its start, out of `chunk` (with
** native codecs: followed by `tail`, bytes that are not decoded yet: an incomplete character or a
** '\r' that may begin "\r\n"). */
typedef struct TextIO {
  IOBase base;
  Value buffer;           /* NONE: detached; UNBOUND: not initialised */
  Value encoding, errors; /* Str */
  Value encoder, decoder; /* codecs of CODEC_OTHER, or NONE */
  NewlineMode newline;
  TextCodec codec;
  bool ok, detached, readable, writable, seekable, telling, has_read1, line_buffering,
      write_through, encoding_start;
  int seen;       /* NEWLINE_ bits met by a native decoder */
  Buffer pending; /* [owned] encoded bytes not yet given to the buffer */
  Str *decoded;   /* [gc] or NULL */
  size_t used;
  Bytes *chunk;      /* [gc] bytes that gave `decoded`, or NULL: tell is buffer.tell() */
  Value chunk_flags; /* decoder's state before the chunk (CODEC_OTHER) */
  uint8_t tail[8];
  int tail_size;
  int64_t chunk_size;
} TextIO;

MUST_USE MAY_RUN Value text_new(VM *vm, Value buffer, Value encoding, Value errors, Value newline,
                                bool line_buffering, bool write_through);
/* text_setup: encoding, errors and newline of a new or reconfigured stream; MISSING newline keeps
** it. */
MUST_USE MAY_RUN bool text_setup(VM *vm, TextIO *self, Value encoding, Value errors, Value newline);
MUST_USE MAY_RUN bool text_flush_pending(VM *vm, TextIO *self);
MUST_USE MAY_RUN Value text_tell(VM *vm, TextIO *self);
MUST_USE MAY_RUN Value text_seek(VM *vm, TextIO *self, Value cookie, int whence);
void text_forget_decoded(TextIO *self);
/* text_decode: text of the bytes by a native codec; what cannot be decoded yet stays in tail. NULL:
** raised. */
MUST_USE MAY_RUN Str *text_decode(VM *vm, TextIO *self, const uint8_t *bytes, size_t n, bool final);

/* newline_translate: "\r\n" and "\r" to "\n" as the incremental decoder does. *pending_cr: a '\r'
** held back between calls. */
enum { NEWLINE_CR = 1, NEWLINE_LF = 2, NEWLINE_CRLF = 4 };
MUST_USE Str *newline_translate(VM *vm, Str *text, bool translate, bool final, bool *pending_cr,
                                int *seen);
MUST_USE Value newlines_seen(VM *vm, int seen); /* None, a str or a tuple of them */
/* newline_end: index after the first line end at or after `start`, or -1 (then *resume is where a
** later search, with more text behind, has to start). */
int64_t newline_end(const Str *text, size_t start, NewlineMode mode, size_t *resume);

/* ---- common */
extern struct IoState {
  Value unsupported; /* the class UnsupportedOperation; registered by the first import */
} io_state;
MAY_RUN COLD Value io_unsupported(VM *vm, const char *what);
COLD Value io_closed_error(VM *vm); /* ValueError "I/O operation on closed file." */
/* io_is_closed: object.closed as a bool; -1 raised. */
MUST_USE MAY_RUN Answer io_is_closed(VM *vm, Value stream);
/* io_acquire_writable: the target of readinto(); TypeError in its words. */
MUST_USE bool io_acquire_writable(VM *vm, Value target, BufferView *view);
void io_track(VM *vm, Value stream); /* its __del__ runs when it becomes garbage */
MAY_RUN void io_shutdown(VM *vm);    /* flushes all open streams at exit */

/* converter SizeArg: an int or None, as int64 with -1 for None */
typedef int64_t c_SizeArg;
MUST_USE MAY_RUN bool convert_SizeArg(VM *vm, Value v, c_SizeArg *out, const MethodSpec *spec,
                                      int i);
#define DEFAULT_SizeArg(x) SIZE_DEFAULT_##x
#define SIZE_DEFAULT_ALL (-1)
void io_bytes_buffer_register(void); /* what BytesIO.getbuffer() gives is a buffer */

#endif
