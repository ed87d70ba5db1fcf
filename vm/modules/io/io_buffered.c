/* io_buffered.c -- BufferedReader, BufferedWriter, BufferedRandom: a buffer of bytes over a raw
** stream. */
#include "vm/base/memory.h"
#include "vm/contracts/type.h"
#include "vm/core/vm.h"
#include "vm/memory/heap.h"
#include "vm/modules/io/io.h"
#include "vm/objects/exception.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define NATIVE_DEF "vm/modules/io/io_buffered.def"
#define NATIVE_PREFIX buffered_
#define NATIVE_SELF Buffered *
#include "vm/contracts/native_class.inc"

enum { WRITER_ROWS = 2, READER_ROWS = 8 };

static size_t unread(const Buffered *self) { return self->read_end - self->read_at; }
static void drop_read(Buffered *self) { self->read_at = self->read_end = 0; }

/* ---- guards */
static bool check_ready(VM *vm, Buffered *self) {
  if (LIKELY(self->ok)) return true;
  return raise_false(vm, TYPE_OF(ValueError),
                     self->detached ? "raw stream has been detached"
                                    : "I/O operation on uninitialized object");
}

static Answer is_closed(VM *vm, Buffered *self) {
  if (LIKELY(value_is(self->raw, io_file))) return ((FileIO *)value_object(self->raw))->fd < 0;
  return io_is_closed(vm, self->raw);
}

/* What was read ahead is enough for a reader, even when the raw stream has been closed
** meanwhile. */
static bool check_unless(VM *vm, Buffered *self, bool ahead_is_enough, const char *what) {
  if (!check_ready(vm, self)) return false;
  Answer closed = is_closed(vm, self);
  if (UNLIKELY(closed == ANSWER_YES && ahead_is_enough && unread(self))) closed = ANSWER_NO;
  if (UNLIKELY(closed == ANSWER_NO && !self->bytes)) closed = ANSWER_YES;
  if (UNLIKELY(closed == ANSWER_YES)) return raise_false(vm, TYPE_OF(ValueError), "%s", what);
  return closed == ANSWER_NO;
}
static bool check_open(VM *vm, Buffered *self, const char *what) {
  return check_unless(vm, self, true, what);
}

static COLD Value raise_reentrant(VM *vm, Buffered *self) {
  return raise_error(vm, TYPE_OF(RuntimeError), "reentrant call inside %R", value_from(self));
}

/* One thread at a time: raw calls may hand over the global lock in the middle. What is read ahead
** is taken without entering, so that a raw stream may do it from inside of its own methods. */
static bool enter(VM *vm, Buffered *self) {
  if (UNLIKELY(buffered_is_wanted(self))) {
    if (self->busy && self->owner == vm->thread) return raise_reentrant(vm, self), false;
    if (!buffered_wait_turn(vm, self)) return false;
  }
  self->busy = true;
  self->owner = vm->thread;
  return true;
}
#define LOCKED(vm, self, expression)         \
  ({                                         \
    if (!enter(vm, self)) return VALUE_FAIL; \
    Value locked_ = (expression);            \
    (self)->busy = false;                    \
    locked_;                                 \
  })

/* ---- the raw stream; counts are -1 when raised and -2 when the call would block */
static int64_t check_count(VM *vm, Value got, size_t n, const char *method) {
  if (got == VALUE_FAIL) return -1;
  if (got == VALUE_NONE) return -2;
  int64_t count;
  if (!value_index64(vm, got, &count, false)) {
    if (strcmp(method, "readinto") == 0)
      return (void)raise_from(vm, TYPE_OF(OSError), error_take(vm), "raw readinto() failed"), -1;
    error_clear(vm); /* of write CPython says that -1 is no length */
    count = -1;
  }
  if (count >= 0 && (size_t)count <= n) return count;
  raise_error(vm, TYPE_OF(OSError),
              "raw %s() returned invalid length %ld (should have been between 0 and %ld)", method,
              (long)count, (long)n);
  return -1;
}

static int64_t raw_read_slow(VM *vm, Buffered *self, uint8_t *to, size_t n) {
  Value room = call1(vm, value_from(TYPE_OF(bytearray)), value_int(vm, (int64_t)n));
  Value view_object = room == VALUE_FAIL ? room : call1(vm, value_from(TYPE_OF(memoryview)), room);
  if (view_object == VALUE_FAIL) return -1;
  Value got;
  do got = call_method1(vm, self->raw, NAME("readinto"), view_object);
  while (got == VALUE_FAIL && error_is(vm, TYPE_OF(InterruptedError)) &&
         (error_clear(vm), poll_signals(vm)));
  int64_t count = check_count(vm, got, n, "readinto");
  if (count <= 0) return count;
  BufferView view;
  if (!buffer_acquire(vm, room, &view, false)) return -1;
  memcpy(to, view.bytes, (size_t)count);
  buffer_release(vm, &view);
  return count;
}

static int64_t raw_read(VM *vm, Buffered *self, uint8_t *to, size_t n) {
  int64_t count = LIKELY(value_is(self->raw, io_file))
                      ? file_read_into(vm, value_object(self->raw), to, n)
                      : raw_read_slow(vm, self, to, n);
  if (count > 0 && self->raw_position >= 0) self->raw_position += count;
  return count;
}

static int64_t raw_write(VM *vm, Buffered *self, const uint8_t *from, size_t n) {
  int64_t count;
  if (LIKELY(value_is(self->raw, io_file))) {
    count = file_write_from(vm, value_object(self->raw), from, n);
    self->refusal = EAGAIN;
  } else {
    Value bytes = value_of(bytes_new(vm, from, n)), put;
    do {
      errno = 0; /* what the raw stream leaves there is the errno of a BlockingIOError */
      put = value_is_fail(bytes) ? bytes : call_method1(vm, self->raw, NAME("write"), bytes);
      self->refusal = errno;
    } while (put == VALUE_FAIL && error_is(vm, TYPE_OF(InterruptedError)) &&
             (error_clear(vm), poll_signals(vm)));
    count = check_count(vm, put, n, "write");
  }
  if (count > 0 && self->raw_position >= 0) self->raw_position += count;
  return count;
}

static int64_t raw_position_from(VM *vm, Buffered *self, Value result) {
  int64_t at;
  if (result == VALUE_FAIL || !value_index64(vm, result, &at, false)) return -1;
  if (at < 0) {
    raise_error(vm, TYPE_OF(OSError), "Raw stream returned invalid position %ld", (long)at);
    return -1;
  }
  return self->raw_position = at;
}
static int64_t raw_tell(VM *vm, Buffered *self) {
  return raw_position_from(vm, self, call_method0(vm, self->raw, NAME("tell")));
}
static int64_t raw_seek(VM *vm, Buffered *self, int64_t offset, int whence) {
  self->raw_position = -1;
  return raw_position_from(vm, self,
                           call_method2(vm, self->raw, NAME("seek"), value_int(vm, offset),
                                        value_int_unchecked(whence)));
}

/* ---- writing */
COLD static bool raise_blocked(VM *vm, Buffered *self, size_t written) {
  Value exception =
      call3(vm, value_from(TYPE_OF(BlockingIOError)), value_int_unchecked(self->refusal),
            value_from(NAME("write could not complete without blocking")),
            value_int(vm, (int64_t)written));
  if (exception != VALUE_FAIL) raise_object(vm, exception);
  return false;
}

/* Writes out all that waits. On failure the rest stays in the buffer. */
static bool flush_writes(VM *vm, Buffered *self) {
  size_t done = 0;
  int64_t n = 0;
  while (done < self->write_used) {
    n = raw_write(vm, self, self->bytes + done, self->write_used - done);
    if (n < 0) break;
    done += (size_t)n;
    /* a partial write: a signal may have cut it short */
    if (done < self->write_used && !poll_signals(vm)) n = -1;
    if (n < 0) break;
    if (!self->bytes) return raise_false(vm, TYPE_OF(ValueError), "write to closed file");
  }
  self->write_used -= done;
  if (self->write_used) memmove(self->bytes, self->bytes + done, self->write_used);
  return n == -2 ? raise_blocked(vm, self, 0) : n >= 0;
}

/* Puts the raw stream where its user thinks it is, before a write after reading. */
static bool rewind_reads(VM *vm, Buffered *self) {
  size_t ahead = unread(self);
  drop_read(self);
  return !ahead || raw_seek(vm, self, -(int64_t)ahead, SEEK_CUR) >= 0;
}

/* The buffer is full and the raw stream blocks: takes what fits, then says so. */
static bool take_what_fits(VM *vm, Buffered *self, const uint8_t *bytes, size_t n) {
  if (!error_is(vm, TYPE_OF(BlockingIOError))) return false;
  size_t room = self->capacity - self->write_used, taken = n < room ? n : room;
  memcpy(self->bytes + self->write_used, bytes, taken);
  self->write_used += taken;
  error_clear(vm);
  return taken == n || raise_blocked(vm, self, taken);
}

static bool write_unlocked(VM *vm, Buffered *self, const uint8_t *bytes, size_t n) {
  if (unread(self) && !rewind_reads(vm, self)) return false;
  drop_read(self);
  if (n <= self->capacity - self->write_used) {
    memcpy(self->bytes + self->write_used, bytes, n);
    self->write_used += n;
    return true;
  }
  if (!flush_writes(vm, self)) return take_what_fits(vm, self, bytes, n);
  size_t done = 0;
  while (n - done > self->capacity) {
    int64_t put = raw_write(vm, self, bytes + done, n - done);
    if (put == -1) return false;
    if (put == -2) {
      memcpy(self->bytes, bytes + done, self->capacity);
      self->write_used = self->capacity;
      return raise_blocked(vm, self, done + self->capacity);
    }
    done += (size_t)put;
    if (!poll_signals(vm)) return false;
  }
  memcpy(self->bytes, bytes + done, n - done);
  self->write_used = n - done;
  return true;
}

bool buffered_write_bytes(VM *vm, Buffered *self, const uint8_t *bytes, size_t n) {
  static const char *const closed = "write to closed file";
  bool waits = buffered_is_wanted(self); /* maybe by one that closes it */
  if (!check_unless(vm, self, false, closed) || !enter(vm, self)) return false;
  bool ok = (!waits || check_unless(vm, self, false, closed)) && write_unlocked(vm, self, bytes, n);
  self->busy = false;
  return ok;
}

static Value buffered_write(VM *vm, Buffered *self, const buffered_write_args *a) {
  if (!check_ready(vm, self)) return VALUE_FAIL;
  BufferView view;
  if (value_is_str(a->buffer) || !buffer_acquire(vm, a->buffer, &view, false))
    return error_pending(vm)
               ? VALUE_FAIL
               : raise_type(vm, "a bytes-like object is required, not '%T'", a->buffer);
  bool ok = buffered_write_bytes(vm, self, view.bytes, view.size);
  Value n = value_int(vm, (int64_t)view.size);
  buffer_release(vm, &view);
  return ok ? n : VALUE_FAIL;
}

/* Of one that also reads, the raw stream is told where its user is, even if it is there already: it
** may have moved by itself. */
static Value flush_unlocked(VM *vm, Buffered *self) {
  if (!self->writable) return VALUE_NONE;
  if (!flush_writes(vm, self)) return VALUE_FAIL;
  if (!self->readable) return VALUE_NONE;
  int64_t at = raw_seek(vm, self, -(int64_t)unread(self), SEEK_CUR);
  drop_read(self);
  return at < 0 ? VALUE_FAIL : VALUE_NONE;
}

Value buffered_flush_all(VM *vm, Buffered *self) {
  if (!self->writable)
    return check_ready(vm, self) ? call_method0(vm, self->raw, NAME("flush")) : VALUE_FAIL;
  if (!check_open(vm, self, "flush of closed file")) return VALUE_FAIL;
  return LOCKED(vm, self, flush_unlocked(vm, self));
}

static Value buffered_flush(VM *vm, Buffered *self, const buffered_flush_args *a) {
  return buffered_flush_all(vm, self);
}

/* ---- reading */
static int64_t fill(VM *vm, Buffered *self) { /* needs nothing unread */
  drop_read(self);
  if (self->write_used && !flush_writes(vm, self)) return -1;
  int64_t n = raw_read(vm, self, self->bytes, self->capacity);
  if (n > 0) self->read_end = (size_t)n;
  return n;
}

static size_t take_unread(Buffered *self, uint8_t *to, size_t n) {
  size_t have = unread(self);
  if (n > have) n = have;
  memcpy(to, self->bytes + self->read_at, n);
  self->read_at += n;
  return n;
}

/* Reads until `to` is full, the end, or the raw stream would block; `once`: at most one raw
** call. */
static int64_t read_into(VM *vm, Buffered *self, uint8_t *to, size_t n, bool once) {
  size_t done = take_unread(self, to, n);
  if (done && once && n - done <= self->capacity) return (int64_t)done;
  if (self->write_used && !flush_writes(vm, self)) return -1;
  while (done < n) {
    int64_t got;
    if (n - done >= self->capacity) {
      drop_read(self);
      size_t whole = once ? n - done : (n - done) / self->capacity * self->capacity;
      got = raw_read(vm, self, to + done, whole);
      if (got > 0) done += (size_t)got;
    } else {
      got = fill(vm, self);
      if (got > 0) done += take_unread(self, to + done, n - done);
    }
    if (got == -1) return -1;
    if (got == -2) return done ? (int64_t)done : -2;
    if (got == 0 || once) break;
  }
  return (int64_t)done;
}

static bool add_readall(VM *vm, Buffered *self, Buffer *all, bool *blocked) {
  Value readall = find_attribute(vm, self->raw, NAME("readall"));
  if (readall == VALUE_FAIL) return false;
  for (;;) {
    Value piece =
        readall != VALUE_UNBOUND ? call0(vm, readall) : call_method0(vm, self->raw, NAME("read"));
    if (piece == VALUE_FAIL) return false;
    if (piece == VALUE_NONE) return *blocked = true;
    if (!value_has_flag(piece, TYPE_BYTES_SUBCLASS))
      return raise_false(vm, TYPE_OF(TypeError),
                         readall != VALUE_UNBOUND ? "readall() should return bytes"
                                                  : "read() should return bytes");
    const Bytes *bytes = value_object(piece);
    buffer_add(all, bytes->data, bytes->length);
    if (self->raw_position >= 0) self->raw_position += (int64_t)bytes->length;
    if (readall != VALUE_UNBOUND || !bytes->length) return true;
  }
}

static Value read_all(VM *vm, Buffered *self) {
  if (self->write_used && !flush_writes(vm, self)) return VALUE_FAIL;
  if (value_is(self->raw, io_file) && !unread(self)) {
    Value all = call_method0(vm, self->raw, NAME("readall"));
    self->raw_position = -1;
    return all;
  }
  Buffer all;
  bool blocked = false;
  buffer_init(&all);
  buffer_add(&all, self->bytes + self->read_at, unread(self));
  drop_read(self);
  bool ok = add_readall(vm, self, &all, &blocked);
  Value result = !ok                    ? VALUE_FAIL
                 : blocked && !all.size ? VALUE_NONE
                                        : value_of(bytes_take_buffer(vm, &all));
  buffer_deinit(&all);
  return result;
}

static Value read_some(VM *vm, Buffered *self, size_t n, bool once) {
  if (n <= unread(self)) {
    self->read_at += n;
    return value_of(bytes_new(vm, self->bytes + self->read_at - n, n));
  }
  if (once && unread(self)) return read_some(vm, self, unread(self), true);
  Bytes *bytes = bytes_new(vm, NULL, n);
  if (!bytes) return VALUE_FAIL;
  int64_t got = read_into(vm, self, bytes->data, n, once);
  if (got == -1) return VALUE_FAIL;
  if (got == -2) return once ? value_of(bytes_new(vm, "", 0)) : VALUE_NONE;
  return value_from((size_t)got == n ? bytes : bytes_new(vm, bytes->data, (size_t)got));
}

static Value buffered_read(VM *vm, Buffered *self, const buffered_read_args *a) {
  if (!check_ready(vm, self)) return VALUE_FAIL;
  int64_t n = -1;
  if (a->size != VALUE_NONE) {
    if (!value_is_any_int(a->size) && !value_has_special(a->size, SPECIAL_index))
      return raise_type(vm, "argument should be integer or None, not '%T'", a->size);
    if (!value_index64(vm, a->size, &n, false)) return VALUE_FAIL;
    if (n < -1) return raise_value(vm, "read length must be non-negative or -1");
  }
  if (!check_open(vm, self, "read of closed file")) return VALUE_FAIL;
  if (n >= 0 && (size_t)n <= unread(self)) return read_some(vm, self, (size_t)n, false);
  return LOCKED(vm, self, n < 0 ? read_all(vm, self) : read_some(vm, self, (size_t)n, false));
}

Value buffered_read1_bytes(VM *vm, Buffered *self, int64_t n) {
  if (!check_open(vm, self, "read of closed file")) return VALUE_FAIL;
  if (n < 0) n = (int64_t)self->capacity;
  if (unread(self)) return read_some(vm, self, (size_t)n, true);
  return LOCKED(vm, self, read_some(vm, self, (size_t)n, true));
}
static Value buffered_read1(VM *vm, Buffered *self, const buffered_read1_args *a) {
  return buffered_read1_bytes(vm, self, a->size);
}

static Value read_into_view(VM *vm, Buffered *self, Value target, bool once) {
  if (!check_open(vm, self, "readinto of closed file")) return VALUE_FAIL;
  BufferView view;
  if (!io_acquire_writable(vm, target, &view)) return VALUE_FAIL;
  int64_t n = -1;
  if (enter(vm, self)) {
    n = read_into(vm, self, view.bytes, view.size, once);
    self->busy = false;
  }
  buffer_release(vm, &view);
  return n == -1 ? VALUE_FAIL : n == -2 ? VALUE_NONE : value_int(vm, n);
}
static Value buffered_readinto(VM *vm, Buffered *self, const buffered_readinto_args *a) {
  return read_into_view(vm, self, a->buffer, false);
}
static Value buffered_readinto1(VM *vm, Buffered *self, const buffered_readinto1_args *a) {
  return read_into_view(vm, self, a->buffer, true);
}

/* Bytes of the unread part up to and with a line end, at most `most`; *found tells whether there is
** one. */
static size_t line_part(Buffered *self, size_t most, bool *found) {
  size_t n = unread(self) < most ? unread(self) : most;
  const uint8_t *start = self->bytes + self->read_at, *end = memchr(start, '\n', n);
  *found = end != NULL;
  return end ? (size_t)(end - start) + 1 : n;
}

static Value read_line(VM *vm, Buffered *self, int64_t limit) {
  size_t most = limit < 0 ? SIZE_MAX : (size_t)limit;
  bool found;
  size_t n = line_part(self, most, &found);
  if (found || n == most) {
    self->read_at += n;
    return value_of(bytes_new(vm, self->bytes + self->read_at - n, n));
  }
  Buffer line;
  buffer_init(&line);
  int64_t got = 1;
  for (;;) {
    buffer_add(&line, self->bytes + self->read_at, n);
    self->read_at += n;
    if (found || line.size == most || (got = fill(vm, self)) <= 0) break;
    n = line_part(self, most - line.size, &found);
  }
  Value result = got == -1 ? VALUE_FAIL : value_of(bytes_from_buffer(vm, &line));
  buffer_deinit(&line);
  return result;
}

static Value buffered_readline(VM *vm, Buffered *self, const buffered_readline_args *a) {
  if (!check_open(vm, self, "readline of closed file")) return VALUE_FAIL;
  bool found;
  size_t most = a->size < 0 ? SIZE_MAX : (size_t)a->size;
  if (unread(self) && (line_part(self, most, &found) == most || found))
    return read_line(vm, self, a->size);
  return LOCKED(vm, self, read_line(vm, self, a->size));
}

static Value next_line(VM *vm, Value v) {
  Buffered *self = value_object(v);
  if (!check_ready(vm, self)) return VALUE_FAIL;
  Value line;
  if (type_has(object_type(self), TYPE_HEAP)) {
    line = call_method0(vm, v, NAME("readline"));
    if (line != VALUE_FAIL && !value_has_flag(line, TYPE_BYTES_SUBCLASS))
      line = raise_error(vm, TYPE_OF(OSError),
                         "readline() should have returned a bytes object, not '%.200T'", line);
  } else {
    buffered_readline_args all = {.size = -1};
    line = buffered_readline(vm, self, &all);
  }
  if (line == VALUE_FAIL || ((Bytes *)value_object(line))->length) return line;
  return VALUE_STOP;
}

static Value buffered_op_next(VM *vm, Buffered *self, const buffered_op_next_args *a) {
  Value line = next_line(vm, value_from(self));
  return line == VALUE_STOP ? raise_stop(vm, VALUE_NONE) : line;
}

static Value peek_unlocked(VM *vm, Buffered *self) {
  if (flush_unlocked(vm, self) == VALUE_FAIL) return VALUE_FAIL;
  if (!unread(self) && fill(vm, self) == -1) return VALUE_FAIL;
  return value_of(bytes_new(vm, self->bytes + self->read_at, unread(self)));
}
static Value buffered_peek(VM *vm, Buffered *self, const buffered_peek_args *a) {
  if (!check_open(vm, self, "peek of closed file")) return VALUE_FAIL;
  return LOCKED(vm, self, peek_unlocked(vm, self));
}

/* ---- position */
static bool check_seekable(VM *vm, Buffered *self) {
  Value answer = call_method0(vm, self->raw, NAME("seekable"));
  if (answer == VALUE_FAIL) return false;
  return answer == VALUE_TRUE || (io_unsupported(vm, "File or stream is not seekable."), false);
}

/* Stays inside the buffer when possible; VALUE_UNBOUND: it is not. The raw stream is asked while
** nobody is inside. */
static Value seek_inside(VM *vm, Buffered *self, int64_t target, int whence) {
  if (!self->readable || whence > SEEK_CUR || !(unread(self) + self->read_at)) return VALUE_UNBOUND;
  int64_t raw = self->raw_position >= 0 ? self->raw_position : raw_tell(vm, self);
  if (raw < 0) return VALUE_FAIL;
  int64_t now = raw - (int64_t)unread(self), offset = whence == SEEK_SET ? target - now : target;
  if (offset < -(int64_t)self->read_at || offset > (int64_t)unread(self)) return VALUE_UNBOUND;
  self->read_at += (size_t)offset;
  return value_int(vm, now + offset);
}

static Value seek_unlocked(VM *vm, Buffered *self, int64_t target, int whence) {
  if (self->writable && !flush_writes(vm, self)) return VALUE_FAIL;
  if (whence == SEEK_CUR) target -= (int64_t)unread(self);
  int64_t at = raw_seek(vm, self, target, whence);
  if (at < 0) return VALUE_FAIL;
  drop_read(self);
  return value_int(vm, at);
}

static Value buffered_seek(VM *vm, Buffered *self, const buffered_seek_args *a) {
  if (!check_ready(vm, self)) return VALUE_FAIL;
  if (a->whence < 0 || a->whence > 4)
    return raise_value(vm, "whence value %d unsupported", a->whence);
  if (!check_open(vm, self, "seek of closed file") || !check_seekable(vm, self)) return VALUE_FAIL;
  int64_t target;
  if (!value_is_any_int(a->target) && !value_has_special(a->target, SPECIAL_index))
    return raise_type(vm, "'%T' object cannot be interpreted as an integer", a->target);
  if (!value_index64(vm, a->target, &target, false)) return VALUE_FAIL;
  if (a->whence > SEEK_END) self->read_at = self->read_end;
  Value inside = seek_inside(vm, self, target, a->whence);
  return inside != VALUE_UNBOUND ? inside
                                 : LOCKED(vm, self, seek_unlocked(vm, self, target, a->whence));
}

static Value buffered_tell(VM *vm, Buffered *self, const buffered_tell_args *a) {
  if (!check_ready(vm, self)) return VALUE_FAIL;
  int64_t raw = raw_tell(vm, self);
  if (raw < 0) return VALUE_FAIL;
  int64_t at = raw - (int64_t)unread(self) + (int64_t)self->write_used;
  return value_int(vm, at < 0 ? 0 : at);
}

static Value truncate_unlocked(VM *vm, Buffered *self, Value pos) {
  if (flush_unlocked(vm, self) == VALUE_FAIL) return VALUE_FAIL;
  if (pos == VALUE_NONE) {
    int64_t at = raw_tell(vm, self);
    if (at < 0) return VALUE_FAIL;
    pos = value_int(vm, at);
  }
  return call_method1(vm, self->raw, NAME("truncate"), pos);
}
static Value buffered_truncate(VM *vm, Buffered *self, const buffered_truncate_args *a) {
  if (!check_open(vm, self, "truncate of closed file")) return VALUE_FAIL;
  if (!self->writable) return io_unsupported(vm, "truncate");
  return LOCKED(vm, self, truncate_unlocked(vm, self, a->pos));
}

/* ---- the rest goes to the raw stream */
static Value pass_on(VM *vm, Buffered *self, Str *method) {
  return check_ready(vm, self) ? call_method0(vm, self->raw, method) : VALUE_FAIL;
}
static Value buffered_seekable(VM *vm, Buffered *self, const buffered_seekable_args *a) {
  return pass_on(vm, self, NAME("seekable"));
}
static Value buffered_readable(VM *vm, Buffered *self, const buffered_readable_args *a) {
  return pass_on(vm, self, NAME("readable"));
}
static Value buffered_writable(VM *vm, Buffered *self, const buffered_writable_args *a) {
  return pass_on(vm, self, NAME("writable"));
}
static Value buffered_fileno(VM *vm, Buffered *self, const buffered_fileno_args *a) {
  return pass_on(vm, self, NAME("fileno"));
}
static Value buffered_isatty(VM *vm, Buffered *self, const buffered_isatty_args *a) {
  return pass_on(vm, self, NAME("isatty"));
}
static Value buffered_get_closed(VM *vm, Buffered *self) {
  return check_ready(vm, self) ? get_attribute(vm, self->raw, NAME("closed")) : VALUE_FAIL;
}
static Value buffered_get_name(VM *vm, Buffered *self) {
  return check_ready(vm, self) ? get_attribute(vm, self->raw, NAME("name")) : VALUE_FAIL;
}
static Value buffered_get_mode(VM *vm, Buffered *self) {
  return check_ready(vm, self) ? get_attribute(vm, self->raw, NAME("mode")) : VALUE_FAIL;
}
static Value buffered_get_raw(VM *vm, Buffered *self) {
  return self->raw == VALUE_UNBOUND ? raise_attribute(vm, value_from(self), NAME("raw"))
                                    : self->raw;
}
static Value buffered_get_finalizing(VM *vm, Buffered *self) {
  return value_bool(self->base.finalizing);
}
static bool buffered_set_finalizing(VM *vm, Buffered *self, Value v) {
  Answer truth = v == VALUE_MISSING ? ANSWER_NO : value_truth(vm, v);
  if (truth >= 0) self->base.finalizing = truth;
  return truth >= 0;
}
static Value buffered_op_sizeof(VM *vm, Buffered *self, const buffered_op_sizeof_args *a) {
  return value_int_unchecked((int64_t)(sizeof(Buffered) + (self->bytes ? self->capacity : 0)));
}
static Value buffered_op_reduce_ex(VM *vm, Value self, const Value *args, int npos,
                                   Tuple *kwnames) {
  return raise_type(vm, "cannot pickle '%T' object", self);
}

static Value buffered_op_repr(VM *vm, Buffered *self, const buffered_op_repr_args *a) {
  Value name = self->ok ? find_attribute(vm, value_from(self), NAME("name")) : VALUE_UNBOUND;
  if (name == VALUE_FAIL) {
    if (!error_clear_if(vm, TYPE_OF(ValueError))) return VALUE_FAIL;
    name = VALUE_UNBOUND;
  }
  Str *type_name = type_qualified_name(vm, object_type(self));
  if (name == VALUE_UNBOUND) return value_of(str_format(vm, "<%U>", type_name));
  Showing here;
  if (!repr_enter(vm, &here, value_from(self)))
    return raise_error(vm, TYPE_OF(RuntimeError), "reentrant call inside %T.__repr__",
                       value_from(self));
  Str *text = str_format(vm, "<%U name=%R>", type_name, name);
  repr_leave(vm, &here);
  return value_of(text);
}

static Value buffered_dealloc_warn(VM *vm, Buffered *self, const buffered_dealloc_warn_args *a) {
  if (!self->ok) return VALUE_NONE;
  if (call_method1(vm, self->raw, NAME("_dealloc_warn"), a->source) == VALUE_FAIL) error_clear(vm);
  return VALUE_NONE;
}

/* ---- life */
static void free_bytes(Buffered *self) {
  free(self->bytes);
  self->bytes = NULL;
  self->write_used = 0;
  drop_read(self);
}

static Value buffered_close(VM *vm, Buffered *self, const buffered_close_args *a) {
  if (!check_ready(vm, self)) return VALUE_FAIL;
  if (self->busy && self->owner == vm->thread) return raise_reentrant(vm, self);
  Answer closed = is_closed(vm, self);
  if (closed) return closed == ANSWER_FAILED ? VALUE_FAIL : VALUE_NONE;
  if (self->base.finalizing) {
    buffered_dealloc_warn_args source = {.source = value_from(self)};
    (void)!buffered_dealloc_warn(vm, self, &source);
  }
  Value failure = VALUE_UNBOUND;
  if (call_method0(vm, value_from(self), NAME("flush")) == VALUE_FAIL) failure = error_take(vm);
  if (!enter(vm, self)) return VALUE_FAIL;
  bool raw_closed = call_method0(vm, self->raw, NAME("close")) != VALUE_FAIL;
  self->busy = false;
  if (!raw_closed) {
    if (failure != VALUE_UNBOUND) {
      Exception *exception = value_object(vm->exception);
      if (exception->context == VALUE_NONE)
        exception->context = failure, heap_barrier(vm, exception, failure);
    }
    failure = error_take(vm);
  }
  if (!self->busy) free_bytes(self);
  if (failure == VALUE_UNBOUND) return VALUE_NONE;
  error_restore(vm, failure);
  return VALUE_FAIL;
}

static Value buffered_detach(VM *vm, Buffered *self, const buffered_detach_args *a) {
  if (!check_ready(vm, self) || call_method0(vm, value_from(self), NAME("flush")) == VALUE_FAIL)
    return VALUE_FAIL;
  Value raw = self->raw;
  self->raw = VALUE_NONE;
  self->detached = true;
  self->ok = false;
  return raw;
}

static Value buffered_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Buffered *self = value_object(v);
  self->raw = VALUE_UNBOUND;
  self->readable = !type_is_subtype(cls, TYPE_OF(io_buffered_writer));
  self->writable = !type_is_subtype(cls, TYPE_OF(io_buffered_reader));
  self->raw_position = -1;
  heap_track_destroy(vm, &self->base.h);
  io_track(vm, v);
  return v;
}

static void buffered_destroy(VM *vm, Object *self) { free(((Buffered *)self)->bytes); }
static void buffered_trace(Marker *marker, Object *self) {
  mark_value(marker, ((Buffered *)self)->raw);
}

static bool check_ability(VM *vm, Value raw, Str *method, const char *message) {
  if (value_is(raw, io_file)) { /* exact: no call needed */
    const FileIO *file = value_object(raw);
    if (file->fd >= 0 && method == NAME("readable") && file->readable) return true;
    if (file->fd >= 0 && method == NAME("writable") && file->writable) return true;
  }
  Value answer = call_method0(vm, raw, method);
  if (answer == VALUE_FAIL) return false;
  return answer == VALUE_TRUE || (io_unsupported(vm, message), false);
}

static bool init_buffered(VM *vm, Buffered *self, Value raw, int64_t size) {
  if (self->busy && self->owner == vm->thread) return raise_reentrant(vm, self), false;
  self->ok = self->detached = false;
  if (self->readable && self->writable &&
      !check_ability(vm, raw, NAME("seekable"), "File or stream is not seekable."))
    return false;
  if (self->readable &&
      !check_ability(vm, raw, NAME("readable"), "File or stream is not readable."))
    return false;
  if (self->writable &&
      !check_ability(vm, raw, NAME("writable"), "File or stream is not writable."))
    return false;
  if (size <= 0)
    return raise_false(vm, TYPE_OF(ValueError), "buffer size must be strictly positive");
  if (!enter(vm, self)) return false; /* whoever is inside has pointers into the old buffer */
  free_bytes(self);
  self->busy = false;
  self->bytes = memory_take((size_t)size);
  if (!self->bytes) return raise_memory(vm), false;
  self->capacity = (size_t)size;
  self->raw = raw;
  heap_barrier(vm, self, raw);
  self->raw_position = -1;
  if (!value_is(raw, io_file) && raw_tell(vm, self) < 0) error_clear(vm);
  self->ok = true;
  return true;
}

Value buffered_new(VM *vm, Type *type, Value raw, int64_t size) {
  Value v = buffered_blank(vm, type);
  return init_buffered(vm, value_object(v), raw, size) ? v : VALUE_FAIL;
}

static Value buffered_op_init(VM *vm, Buffered *self, const buffered_op_init_args *a) {
  return value_none_if(init_buffered(vm, self, a->raw, a->buffer_size));
}

/* The tables by hand, because each class has a part of the rows. */
#define BUFFERED_CLASS(name, line_iterator, row_first, row_count)                  \
  const ClassSpec io_buffered_##name##_class = {                                   \
      NATIVE_NAMES(buffered_##name##_), .basic_size = sizeof(Buffered),            \
      .trace = buffered_trace,          .next = (line_iterator),                   \
      .destroy = buffered_destroy,      .methods = buffered_methods + (row_first), \
      .nmethods = (row_count),          .constructor = &buffered_constructor,      \
      .getsets = buffered_getsets,      .ngetsets = ARRAY_COUNT(buffered_getsets) - 1};
#define ALL_ROWS ((int)ARRAY_COUNT(buffered_methods) - 1)
BUFFERED_CLASS(reader, next_line, WRITER_ROWS, ALL_ROWS - WRITER_ROWS)
BUFFERED_CLASS(writer, NULL, 0, ALL_ROWS - READER_ROWS)
BUFFERED_CLASS(random, next_line, 0, ALL_ROWS)
