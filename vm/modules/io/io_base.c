/* io_base.c -- the four abstract base classes: what every stream does in terms of its own read,
** write and close. */
#include "vm/modules/io/io.h"
#include "vm/objects/list.h"

#define IO_FLAGS (TYPE_BASE | TYPE_HAS_DICT | TYPE_WEAKREFABLE)

#define NATIVE_DEF "vm/modules/io/io_base.def"
#define NATIVE_PREFIX io_base_
#define NATIVE_SELF IOBase *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/io/io_raw_base.def"
#define NATIVE_PREFIX io_raw_
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/io/io_buffered_base.def"
#define NATIVE_PREFIX io_buffered_base_
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/io/io_text_base.def"
#define NATIVE_PREFIX io_text_base_
#include "vm/contracts/native_class.inc"

struct IoState io_state = {VALUE_NONE};

COLD Value io_unsupported(VM *vm, const char *what) {
  Value message = value_of(str_new_cstr(vm, what));
  Value exception = call1(vm, io_state.unsupported, message);
  return exception == VALUE_FAIL ? VALUE_FAIL : raise_object(vm, exception);
}

COLD Value io_closed_error(VM *vm) { return raise_value(vm, "I/O operation on closed file."); }

Answer io_is_closed(VM *vm, Value stream) {
  Value closed = get_attribute(vm, stream, NAME("closed"));
  return closed == VALUE_FAIL ? ANSWER_FAILED : value_truth(vm, closed);
}

static bool check_open(VM *vm, Value stream) {
  Answer closed = io_is_closed(vm, stream);
  if (closed == ANSWER_YES) io_closed_error(vm);
  return closed == 0;
}

/* The size argument of read(): None and negative numbers are -1. */
static bool io_size(VM *vm, Value v, int64_t *out) {
  if (v == VALUE_NONE) {
    *out = -1;
    return true;
  }
  if (value_is_int(v)) {
    *out = value_as_int(v) < 0 ? -1 : value_as_int(v);
    return true;
  }
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError), "argument should be integer or None, not '%.200T'",
                       v);
  return value_index64(vm, v, out, false);
}

bool convert_SizeArg(VM *vm, Value v, c_SizeArg *out, const MethodSpec *spec, int i) {
  return io_size(vm, v, out);
}

bool io_acquire_writable(VM *vm, Value target, BufferView *view) {
  if (buffer_acquire(vm, target, view, true)) return true;
  if (error_is(vm, TYPE_OF(BufferError)) || error_is(vm, TYPE_OF(TypeError))) {
    error_clear(vm);
    raise_type(vm, "readinto() argument must be read-write bytes-like object, not %T", target);
  }
  return false;
}

void io_track(VM *vm, Value stream) {
  if (!type_has(value_type(stream), TYPE_HAS_DEL)) heap_track_finalizer(vm, value_object(stream));
}

/* ---- _IOBase */
static Value io_base_seek(VM *vm, IOBase *self, const io_base_seek_args *a) {
  return io_unsupported(vm, "seek");
}
static Value io_base_tell(VM *vm, IOBase *self, const io_base_tell_args *a) {
  return call_method2(vm, value_from(self), NAME("seek"), value_int_unchecked(0),
                      value_int_unchecked(1));
}
static Value io_base_truncate(VM *vm, IOBase *self, const io_base_truncate_args *a) {
  return io_unsupported(vm, "truncate");
}
static Value io_base_flush(VM *vm, IOBase *self, const io_base_flush_args *a) {
  return self->base_closed ? io_closed_error(vm) : VALUE_NONE;
}

static Value io_base_close(VM *vm, IOBase *self, const io_base_close_args *a) {
  if (self->base_closed) return VALUE_NONE;
  Value flushed = call_method0(vm, value_from(self), NAME("flush"));
  self->base_closed = true;
  return flushed == VALUE_FAIL ? VALUE_FAIL : VALUE_NONE;
}

static Value io_base_seekable(VM *vm, IOBase *self, const io_base_seekable_args *a) {
  return VALUE_FALSE;
}
static Value io_base_readable(VM *vm, IOBase *self, const io_base_readable_args *a) {
  return VALUE_FALSE;
}
static Value io_base_writable(VM *vm, IOBase *self, const io_base_writable_args *a) {
  return VALUE_FALSE;
}
static Value io_base_fileno(VM *vm, IOBase *self, const io_base_fileno_args *a) {
  return io_unsupported(vm, "fileno");
}
static Value io_base_isatty(VM *vm, IOBase *self, const io_base_isatty_args *a) {
  return check_open(vm, value_from(self)) ? VALUE_FALSE : VALUE_FAIL;
}
static Value io_base_get_closed(VM *vm, IOBase *self) { return value_bool(self->base_closed); }

static Value io_base_check_closed(VM *vm, IOBase *self, const io_base_check_closed_args *a) {
  return value_none_if(check_open(vm, value_from(self)));
}

static Value check_ability(VM *vm, IOBase *self, Str *method, const char *message) {
  Value answer = call_method0(vm, value_from(self), method);
  if (answer == VALUE_FAIL) return VALUE_FAIL;
  return answer == VALUE_TRUE ? answer : io_unsupported(vm, message);
}
static Value io_base_check_seekable(VM *vm, IOBase *self, const io_base_check_seekable_args *a) {
  return check_ability(vm, self, NAME("seekable"), "File or stream is not seekable.");
}
static Value io_base_check_readable(VM *vm, IOBase *self, const io_base_check_readable_args *a) {
  return check_ability(vm, self, NAME("readable"), "File or stream is not readable.");
}
static Value io_base_check_writable(VM *vm, IOBase *self, const io_base_check_writable_args *a) {
  return check_ability(vm, self, NAME("writable"), "File or stream is not writable.");
}

/* Errors while a garbage stream is closed have nobody to go to. */
static Value io_base_op_del(VM *vm, IOBase *self, const io_base_op_del_args *a) {
  Value stream = value_from(self);
  Answer closed = io_is_closed(vm, stream);
  if (closed == ANSWER_FAILED) error_clear(vm); /* not initialised */
  if (closed) return VALUE_NONE;
  self->finalizing = true;
  if (call_method0(vm, stream, NAME("close")) == VALUE_FAIL) error_clear(vm);
  return VALUE_NONE;
}

static Value io_base_op_enter(VM *vm, IOBase *self, const io_base_op_enter_args *a) {
  return check_open(vm, value_from(self)) ? value_from(self) : VALUE_FAIL;
}
static Value io_base_op_exit(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return call_method0(vm, self, NAME("close"));
}
static Value io_base_op_iter(VM *vm, IOBase *self, const io_base_op_iter_args *a) {
  return check_open(vm, value_from(self)) ? value_from(self) : VALUE_FAIL;
}
static Value io_base_op_next(VM *vm, IOBase *self, const io_base_op_next_args *a) {
  Value line = call_method0(vm, value_from(self), NAME("readline"));
  if (line == VALUE_FAIL) return VALUE_FAIL;
  int64_t length = value_length(vm, line);
  if (length < 0) return VALUE_FAIL;
  return length ? line : raise_stop(vm, VALUE_NONE);
}

/* How much to read next without passing a line end: what peek shows up to it, or 1. -1 raised. */
static int64_t line_step(VM *vm, Value stream, Value peek) {
  if (peek == VALUE_UNBOUND) return 1;
  Value seen = call1(vm, peek, value_int_unchecked(1));
  if (seen == VALUE_FAIL) return -1;
  if (!value_has_flag(seen, TYPE_BYTES_SUBCLASS)) {
    raise_error(vm, TYPE_OF(OSError), "peek() should have returned a bytes object, not '%.200T'",
                seen);
    return -1;
  }
  const Bytes *bytes = value_object(seen);
  if (!bytes->length) return 1;
  const uint8_t *end = memchr(bytes->data, '\n', bytes->length);
  return end ? end - bytes->data + 1 : (int64_t)bytes->length;
}

/* _IOBase.readline through peek and read */
static Value io_readline(VM *vm, Value stream, int64_t limit) {
  Value peek = find_attribute(vm, stream, NAME("peek"));
  if (peek == VALUE_FAIL) return VALUE_FAIL;
  Buffer line;
  buffer_init(&line);
  bool ok = true;
  while (limit < 0 || line.size < (size_t)limit) {
    int64_t n = line_step(vm, stream, peek);
    if (n < 0) {
      ok = false;
      break;
    }
    if (limit >= 0 && n > limit - (int64_t)line.size) n = limit - (int64_t)line.size;
    Value piece = call_method1(vm, stream, NAME("read"), value_int_unchecked(n));
    if (piece != VALUE_FAIL && !value_has_flag(piece, TYPE_BYTES_SUBCLASS))
      piece = raise_error(vm, TYPE_OF(OSError),
                          "read() should have returned a bytes object, not '%.200T'", piece);
    if (piece == VALUE_FAIL) {
      ok = false;
      break;
    }
    const Bytes *bytes = value_object(piece);
    if (!bytes->length) break;
    buffer_add(&line, bytes->data, bytes->length);
    if (line.failed || line.bytes[line.size - 1] == '\n') break;
  }
  Value result = ok ? value_of(bytes_from_buffer(vm, &line)) : VALUE_FAIL;
  buffer_deinit(&line);
  return result;
}

static Value io_base_readline(VM *vm, IOBase *self, const io_base_readline_args *a) {
  return io_readline(vm, value_from(self), a->size);
}

static Value io_base_readlines(VM *vm, IOBase *self, const io_base_readlines_args *a) {
  List *lines = list_new(vm, 0);
  Value iterator = get_iterator(vm, value_from(self));
  if (iterator == VALUE_FAIL) return VALUE_FAIL;
  for (int64_t total = 0;;) {
    Value line = iterator_next(vm, iterator);
    if (line == VALUE_FAIL) return VALUE_FAIL;
    if (line == VALUE_STOP) break;
    if (!list_append_value(vm, lines, line)) return VALUE_FAIL;
    if (a->hint <= 0) continue;
    int64_t length = value_length(vm, line);
    if (length < 0) return VALUE_FAIL;
    if (length > a->hint - total) break;
    total += length;
  }
  return value_from(lines);
}

static Value io_base_writelines(VM *vm, IOBase *self, const io_base_writelines_args *a) {
  if (!check_open(vm, value_from(self))) return VALUE_FAIL;
  Value iterator = get_iterator(vm, a->lines);
  if (iterator == VALUE_FAIL) return VALUE_FAIL;
  for (;;) {
    Value line = iterator_next(vm, iterator);
    if (line == VALUE_STOP) return VALUE_NONE;
    if (line == VALUE_FAIL || call_method1(vm, value_from(self), NAME("write"), line) == VALUE_FAIL)
      return VALUE_FAIL;
  }
}

/* ---- _RawIOBase */
static Value io_raw_read(VM *vm, Value self, const io_raw_read_args *a) {
  if (a->size < 0) return call_method0(vm, self, NAME("readall"));
  Value room = call1(vm, value_from(TYPE_OF(bytearray)), value_int(vm, a->size));
  if (room == VALUE_FAIL) return VALUE_FAIL;
  Value got = call_method1(vm, self, NAME("readinto"), room);
  if (got == VALUE_FAIL || got == VALUE_NONE) return got;
  int64_t n;
  if (!value_index64(vm, got, &n, false)) return VALUE_FAIL;
  BufferView view;
  if (!buffer_acquire(vm, room, &view, false)) return VALUE_FAIL;
  Value result =
      n < 0 || (size_t)n > view.size
          ? raise_value(vm, "readinto returned %ld outside buffer size %zu", (long)n, view.size)
          : value_of(bytes_new(vm, view.bytes, (size_t)n));
  buffer_release(vm, &view);
  return result;
}

static Value io_raw_readall(VM *vm, Value self, const io_raw_readall_args *a) {
  Buffer all;
  buffer_init(&all);
  Value result = VALUE_UNBOUND;
  while (result == VALUE_UNBOUND) {
    Value piece = call_method1(vm, self, NAME("read"), value_int_unchecked(IO_BUFFER_SIZE));
    if (piece == VALUE_FAIL) result = VALUE_FAIL;
    else if (piece == VALUE_NONE)
      result = all.size ? value_of(bytes_from_buffer(vm, &all)) : VALUE_NONE;
    else if (!value_has_flag(piece, TYPE_BYTES_SUBCLASS))
      result = raise_type(vm, "read() should return bytes");
    else if (!((Bytes *)value_object(piece))->length)
      result = value_of(bytes_from_buffer(vm, &all));
    else
      buffer_add(&all, ((Bytes *)value_object(piece))->data,
                 ((Bytes *)value_object(piece))->length);
  }
  buffer_deinit(&all);
  return result;
}

static Value io_raw_readinto(VM *vm, Value self, const io_raw_readinto_args *a) {
  return raise_bare(vm, TYPE_OF(NotImplementedError));
}
static Value io_raw_write(VM *vm, Value self, const io_raw_write_args *a) {
  return raise_bare(vm, TYPE_OF(NotImplementedError));
}

/* ---- _BufferedIOBase */
static Value io_buffered_base_detach(VM *vm, Value self, const io_buffered_base_detach_args *a) {
  return io_unsupported(vm, "detach");
}
static Value io_buffered_base_read(VM *vm, Value self, const Value *args, int npos,
                                   Tuple *kwnames) {
  return io_unsupported(vm, "read");
}
static Value io_buffered_base_read1(VM *vm, Value self, const Value *args, int npos,
                                    Tuple *kwnames) {
  return io_unsupported(vm, "read1");
}
static Value io_buffered_base_write(VM *vm, Value self, const Value *args, int npos,
                                    Tuple *kwnames) {
  return io_unsupported(vm, "write");
}

static Value read_into(VM *vm, Value self, Value target, Str *method) {
  BufferView view;
  if (!io_acquire_writable(vm, target, &view)) return VALUE_FAIL;
  Value got = call_method1(vm, self, method, value_int(vm, (int64_t)view.size));
  if (got != VALUE_FAIL && !value_has_flag(got, TYPE_BYTES_SUBCLASS))
    got = raise_type(vm, "read() should return bytes");
  if (got != VALUE_FAIL) {
    const Bytes *bytes = value_object(got);
    if (bytes->length > view.size) {
      got = raise_value(vm, "read() returned too much data: %zu bytes requested, %zu returned",
                        view.size, (size_t)bytes->length);
    } else {
      memcpy(view.bytes, bytes->data, bytes->length);
      got = value_int(vm, (int64_t)bytes->length);
    }
  }
  buffer_release(vm, &view);
  return got;
}
static Value io_buffered_base_readinto(VM *vm, Value self,
                                       const io_buffered_base_readinto_args *a) {
  return read_into(vm, self, a->buffer, NAME("read"));
}
static Value io_buffered_base_readinto1(VM *vm, Value self,
                                        const io_buffered_base_readinto1_args *a) {
  return read_into(vm, self, a->buffer, NAME("read1"));
}

/* ---- _TextIOBase */
static Value io_text_base_detach(VM *vm, Value self, const io_text_base_detach_args *a) {
  return io_unsupported(vm, "detach");
}
static Value io_text_base_read(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return io_unsupported(vm, "read");
}
static Value io_text_base_readline(VM *vm, Value self, const Value *args, int npos,
                                   Tuple *kwnames) {
  return io_unsupported(vm, "readline");
}
static Value io_text_base_write(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return io_unsupported(vm, "write");
}
static Value io_text_base_get_encoding(VM *vm, Value self) { return VALUE_NONE; }
static Value io_text_base_get_newlines(VM *vm, Value self) { return VALUE_NONE; }
static Value io_text_base_get_errors(VM *vm, Value self) { return VALUE_NONE; }

/* Instances of classes of the program must be closed when they die: they may have overridden
** close. */
static Value io_base_blank(VM *vm, Type *cls) {
  Value stream = object_new(vm, cls);
  if (value_is_fail(stream)) return stream;
  if (type_has(cls, TYPE_HEAP)) io_track(vm, stream);
  return stream;
}

/* As in the reference, which has no more in them than attributes. */
#define BASE_CLASS(prefix) \
  { NATIVE_CLASS(prefix), .basic_size = sizeof(IOBase), .is_its_attributes = true }
const ClassSpec io_base_class = BASE_CLASS(io_base_);
const ClassSpec io_raw_base_class = BASE_CLASS(io_raw_);
const ClassSpec io_buffered_base_class = BASE_CLASS(io_buffered_base_);
const ClassSpec io_text_base_class = BASE_CLASS(io_text_base_);
