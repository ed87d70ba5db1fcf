/* io_bytes.c -- _io.BytesIO: a stream over bytes in memory. */
#include "vm/core/vm.h"
#include "vm/modules/io/io.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"

#include <stdlib.h>

typedef struct BytesIO {
  IOBase base;
  /* [gc] the contents while they are a bytes object that others may have; else NULL */
  Bytes *shared;
  Buffer own;      /* [owned] the contents otherwise */
  size_t at;       /* position, may be past the end */
  int64_t exports; /* views of getbuffer() */
  bool closed;
} BytesIO;

/* What getbuffer()'s memoryview has as its obj. */
typedef struct BytesIOBuffer {
  Object h;
  BytesIO *source;
} BytesIOBuffer;

#define NATIVE_DEF "vm/modules/io/io_bytes.def"
#define NATIVE_PREFIX bytesio_
#define NATIVE_SELF BytesIO *
#include "vm/contracts/native_class.inc"

static const uint8_t *contents(const BytesIO *self) {
  return self->shared ? self->shared->data : self->own.bytes;
}
static size_t size_of(const BytesIO *self) {
  return self->shared ? self->shared->length : self->own.size;
}
static size_t rest(const BytesIO *self) {
  return self->at < size_of(self) ? size_of(self) - self->at : 0;
}

#define CHECK_OPEN(self) \
  if (UNLIKELY((self)->closed)) return io_closed_error(vm)
#define CHECK_EXPORTS(self)                                               \
  if (UNLIKELY((self)->exports && !exports_settle(vm, &(self)->exports))) \
  return raise_error(vm, TYPE_OF(BufferError),                            \
                     "Existing exports of data: object cannot be re-sized")

/* false: MemoryError, nothing changed. */
static bool unshare(VM *vm, BytesIO *self) {
  if (!self->shared) return true;
  const Bytes *shared = self->shared;
  self->own.size = 0;
  if (!buffer_try_reserve(&self->own, shared->length)) return raise_memory(vm), false;
  self->shared = NULL;
  buffer_add(&self->own, shared->data, shared->length);
  return true;
}

static bool set_size(VM *vm, BytesIO *self, size_t size) {
  if (size == 0) self->shared = NULL;
  if (!unshare(vm, self)) return false;
  if (size > self->own.size) {
    if (!buffer_try_reserve(&self->own, size - self->own.size)) return raise_memory(vm), false;
    memset(self->own.bytes + self->own.size, 0, size - self->own.size);
  }
  self->own.size = size;
  return true;
}

/* ---- reading */
static Value take(VM *vm, BytesIO *self, size_t n) {
  if (n > rest(self)) n = rest(self);
  if (self->shared && self->at == 0 && n == self->shared->length) {
    self->at = n;
    return value_from(self->shared);
  }
  Value bytes = value_of(bytes_new(vm, n ? contents(self) + self->at : (const uint8_t *)"", n));
  self->at += n;
  return bytes;
}

static size_t line_length(const BytesIO *self, int64_t limit) {
  size_t n = rest(self);
  if (limit >= 0 && (size_t)limit < n) n = (size_t)limit;
  if (!n) return 0;
  const uint8_t *start = contents(self) + self->at, *end = memchr(start, '\n', n);
  return end ? (size_t)(end - start) + 1 : n;
}

static Value bytesio_read(VM *vm, BytesIO *self, const bytesio_read_args *a) {
  CHECK_OPEN(self);
  return take(vm, self, a->size < 0 ? SIZE_MAX : (size_t)a->size);
}
static Value bytesio_read1(VM *vm, BytesIO *self, const bytesio_read1_args *a) {
  CHECK_OPEN(self);
  return take(vm, self, a->size < 0 ? SIZE_MAX : (size_t)a->size);
}
static Value bytesio_readline(VM *vm, BytesIO *self, const bytesio_readline_args *a) {
  CHECK_OPEN(self);
  return take(vm, self, line_length(self, a->size));
}
static Value bytesio_readlines(VM *vm, BytesIO *self, const bytesio_readlines_args *a) {
  CHECK_OPEN(self);
  int64_t most = 0;
  if (a->size != VALUE_NONE) {
    if (!value_is_any_int(a->size))
      return raise_type(vm, "integer argument expected, got '%T'", a->size);
    if (!value_index64(vm, a->size, &most, true)) return VALUE_FAIL;
  }
  List *lines = list_new(vm, 0);
  size_t total = 0;
  for (size_t n; (n = line_length(self, -1)) > 0;) {
    if (!list_append_value(vm, lines, take(vm, self, n))) return VALUE_FAIL;
    total += n;
    if (most > 0 && total >= (size_t)most) break;
  }
  return value_from(lines);
}
static Value bytesio_readinto(VM *vm, BytesIO *self, const bytesio_readinto_args *a) {
  CHECK_OPEN(self);
  BufferView view;
  if (!io_acquire_writable(vm, a->buffer, &view)) return VALUE_FAIL;
  size_t n = view.size < rest(self) ? view.size : rest(self);
  if (n) memcpy(view.bytes, contents(self) + self->at, n);
  self->at += n;
  buffer_release(vm, &view);
  return value_int(vm, (int64_t)n);
}
static Value next_line(VM *vm, Value v) {
  BytesIO *self = value_object(v);
  CHECK_OPEN(self);
  size_t n = line_length(self, -1);
  return n ? take(vm, self, n) : VALUE_STOP;
}
static Value bytesio_op_next(VM *vm, BytesIO *self, const bytesio_op_next_args *a) {
  Value line = next_line(vm, value_from(self));
  return line == VALUE_STOP ? raise_stop(vm, VALUE_NONE) : line;
}
static Value bytesio_op_iter(VM *vm, BytesIO *self, const bytesio_op_iter_args *a) {
  CHECK_OPEN(self);
  return value_from(self);
}

/* ---- writing */
static Value write_value(VM *vm, BytesIO *self, Value v) {
  CHECK_OPEN(self);
  CHECK_EXPORTS(self);
  if (value_is_str(v)) return raise_type(vm, "a bytes-like object is required, not 'str'");
  BufferView view;
  if (!buffer_acquire(vm, v, &view, false)) return VALUE_FAIL;
  size_t n = view.size;
  if (self->closed) {
    buffer_release(vm, &view);
    return io_closed_error(vm);
  }
  if (n) {
    bool at_end = self->at == size_of(self), fine = unshare(vm, self);
    if (fine && at_end && !buffer_try_reserve(&self->own, n)) raise_memory(vm), fine = false;
    if (fine && !at_end && self->at + n > self->own.size) fine = set_size(vm, self, self->at + n);
    if (!fine) {
      buffer_release(vm, &view);
      return VALUE_FAIL;
    }
    if (at_end) {
      buffer_add(&self->own, view.bytes, n);
    } else {
      memcpy(self->own.bytes + self->at, view.bytes, n);
    }
    self->at += n;
  }
  buffer_release(vm, &view);
  return value_int(vm, (int64_t)n);
}
static Value bytesio_write(VM *vm, BytesIO *self, const bytesio_write_args *a) {
  return write_value(vm, self, a->b);
}
static Value bytesio_writelines(VM *vm, BytesIO *self, const bytesio_writelines_args *a) {
  CHECK_OPEN(self);
  Value iterator = get_iterator(vm, a->lines);
  if (iterator == VALUE_FAIL) return VALUE_FAIL;
  for (;;) {
    Value line = iterator_next(vm, iterator);
    if (line == VALUE_STOP) return VALUE_NONE;
    if (line == VALUE_FAIL || write_value(vm, self, line) == VALUE_FAIL) return VALUE_FAIL;
  }
}
static Value bytesio_truncate(VM *vm, BytesIO *self, const bytesio_truncate_args *a) {
  int64_t size = (int64_t)self->at;
  if (a->size != VALUE_NONE && !value_index64(vm, a->size, &size, false)) return VALUE_FAIL;
  CHECK_OPEN(self);
  CHECK_EXPORTS(self);
  if (size < 0) return raise_value(vm, "negative size value %ld", (long)size);
  if ((size_t)size < size_of(self) && !set_size(vm, self, (size_t)size)) return VALUE_FAIL;
  return value_int(vm, size);
}

/* ---- position and state */
static Value bytesio_seek(VM *vm, BytesIO *self, const bytesio_seek_args *a) {
  CHECK_OPEN(self);
  int64_t at = a->pos;
  if (a->whence == 0 && at < 0) return raise_value(vm, "negative seek value %ld", (long)at);
  if (a->whence < 0 || a->whence > 2)
    return raise_value(vm, "invalid whence (%d, should be 0, 1 or 2)", a->whence);
  int64_t from = a->whence == 1 ? (int64_t)self->at : a->whence == 2 ? (int64_t)size_of(self) : 0;
  if (at > INT64_MAX - from)
    return raise_error(vm, TYPE_OF(OverflowError), "new position too large");
  at += from;
  self->at = at < 0 ? 0 : (size_t)at;
  return value_int(vm, (int64_t)self->at);
}
static Value bytesio_tell(VM *vm, BytesIO *self, const bytesio_tell_args *a) {
  CHECK_OPEN(self);
  return value_int(vm, (int64_t)self->at);
}
static Value yes(VM *vm, BytesIO *self) {
  CHECK_OPEN(self);
  return VALUE_TRUE;
}
static Value bytesio_readable(VM *vm, BytesIO *self, const bytesio_readable_args *a) {
  return yes(vm, self);
}
static Value bytesio_writable(VM *vm, BytesIO *self, const bytesio_writable_args *a) {
  return yes(vm, self);
}
static Value bytesio_seekable(VM *vm, BytesIO *self, const bytesio_seekable_args *a) {
  return yes(vm, self);
}
static Value bytesio_isatty(VM *vm, BytesIO *self, const bytesio_isatty_args *a) {
  CHECK_OPEN(self);
  return VALUE_FALSE;
}
static Value bytesio_flush(VM *vm, BytesIO *self, const bytesio_flush_args *a) {
  CHECK_OPEN(self);
  return VALUE_NONE;
}
static Value bytesio_close(VM *vm, BytesIO *self, const bytesio_close_args *a) {
  CHECK_EXPORTS(self);
  self->closed = true;
  self->shared = NULL;
  buffer_deinit(&self->own);
  buffer_init(&self->own);
  return VALUE_NONE;
}
static Value bytesio_get_closed(VM *vm, BytesIO *self) { return value_bool(self->closed); }

/* The value is kept: asking again, or reading it all, costs nothing until the next write. */
static Value bytesio_getvalue(VM *vm, BytesIO *self, const bytesio_getvalue_args *a) {
  CHECK_OPEN(self);
  if (self->shared) return value_from(self->shared);
  if (self->exports || self->own.size < 512)
    return value_of(
        bytes_new(vm, self->own.size ? self->own.bytes : (const uint8_t *)"", self->own.size));
  Bytes *bytes = bytes_take_buffer(vm, &self->own);
  if (!bytes) return VALUE_FAIL;
  self->shared = bytes;
  heap_barrier_object(vm, self, bytes);
  return value_from(bytes);
}

static Value bytesio_getbuffer(VM *vm, BytesIO *self, const bytesio_getbuffer_args *a) {
  CHECK_OPEN(self);
  if (!unshare(vm, self)) return VALUE_FAIL;
  BytesIOBuffer *buffer = heap_new_zeroed(vm, SHAPE_OF(io_bytes_buffer), sizeof *buffer);
  buffer->source = self;
  return call1(vm, value_from(TYPE_OF(memoryview)), value_from(buffer));
}

extern const ClassSpec io_bytes_buffer_class;
static bool provide(VM *vm, Value v, BufferView *view) {
  BytesIO *self = ((BytesIOBuffer *)value_object(v))->source;
  self->exports++;
  view->bytes = self->own.bytes;
  view->size = self->own.size;
  view->readonly = false;
  return true;
}
static void release(VM *vm, Value v) { ((BytesIOBuffer *)value_object(v))->source->exports--; }

static Value bytesio_op_getstate(VM *vm, BytesIO *self, const bytesio_op_getstate_args *a) {
  Value value = bytesio_getvalue(vm, self, NULL);
  if (value == VALUE_FAIL) return VALUE_FAIL;
  Dict *attributes = instance_dict(vm, &self->base.h);
  if (!attributes) return VALUE_FAIL;
  Value copy = attributes->length ? value_of(dict_copy(vm, attributes)) : VALUE_NONE;
  return PACK(value, value_int(vm, (int64_t)self->at), copy);
}
static Value bytesio_op_setstate(VM *vm, BytesIO *self, const bytesio_op_setstate_args *a) {
  const Tuple *state =
      value_has_flag(a->state, TYPE_TUPLE_SUBCLASS) ? value_object(a->state) : NULL;
  if (!state || tuple_length(state) < 3)
    return raise_type(vm, "%T.__setstate__ argument should be 3-tuple, got %T", value_from(self),
                      a->state);
  CHECK_EXPORTS(self);
  if (self->closed) return io_closed_error(vm);
  if (!set_size(vm, self, 0)) return VALUE_FAIL;
  self->at = 0;
  if (write_value(vm, self, state->items[0]) == VALUE_FAIL) return VALUE_FAIL;
  int64_t at;
  if (!value_is_any_int(state->items[1]))
    return raise_type(vm, "second item of state must be an integer, not %T", state->items[1]);
  if (!value_index64(vm, state->items[1], &at, false)) return VALUE_FAIL;
  if (at < 0) return raise_value(vm, "position value cannot be negative");
  self->at = (size_t)at;
  if (state->items[2] == VALUE_NONE) return VALUE_NONE;
  if (!value_has_flag(state->items[2], TYPE_DICT_SUBCLASS))
    return raise_type(vm, "third item of state should be a dict, got a %T", state->items[2]);
  return value_none_if(dict_update(vm, instance_dict(vm, &self->base.h), state->items[2], true));
}
static Value bytesio_op_sizeof(VM *vm, BytesIO *self, const bytesio_op_sizeof_args *a) {
  return value_int(vm, (int64_t)(sizeof *self + self->own.capacity));
}

/* ---- life */
static Value bytesio_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  heap_track_destroy(vm, value_object(v));
  if (type_has(cls, TYPE_HEAP)) io_track(vm, v);
  return v;
}
static Value bytesio_op_init(VM *vm, BytesIO *self, const bytesio_op_init_args *a) {
  CHECK_EXPORTS(self);
  self->at = 0;
  self->closed = false;
  if (value_is(a->initial_bytes, bytes)) {
    self->shared = value_object(a->initial_bytes);
    heap_barrier(vm, self, a->initial_bytes);
    return VALUE_NONE;
  }
  if (!set_size(vm, self, 0)) return VALUE_FAIL;
  if (a->initial_bytes == VALUE_NONE) return VALUE_NONE;
  if (write_value(vm, self, a->initial_bytes) == VALUE_FAIL) return VALUE_FAIL;
  self->at = 0;
  return VALUE_NONE;
}
static void bytesio_trace(Marker *marker, Object *object) {
  mark_object(marker, ((BytesIO *)object)->shared);
}
static void bytesio_destroy(VM *vm, Object *object) { buffer_deinit(&((BytesIO *)object)->own); }
static void bytes_buffer_trace(Marker *marker, Object *object) {
  mark_object(marker, ((BytesIOBuffer *)object)->source);
}

void io_bytes_buffer_register(void) { buffer_register(&io_bytes_buffer_class, provide, release); }

const ClassSpec io_bytes_class = {
    NATIVE_CLASS(bytesio_), .basic_size = sizeof(BytesIO),
    .trace = bytesio_trace, .destroy = bytesio_destroy,
    .next = next_line,
};
const ClassSpec io_bytes_buffer_class = {
    NATIVE_NAMES(bytesio_buffer_),
    .basic_size = sizeof(BytesIOBuffer),
    .trace = bytes_buffer_trace,
};
