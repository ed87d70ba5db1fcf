/* io_pair.c -- _io.BufferedRWPair: a reader and a writer as one stream, over two raw streams that
** cannot seek. */
#include "vm/core/vm.h"
#include "vm/memory/heap.h"
#include "vm/modules/io/io.h"
#include "vm/objects/exception.h"

typedef struct Pair {
  IOBase base;
  Value reader, writer; /* BufferedReader, BufferedWriter; NONE: not initialised */
} Pair;

#define NATIVE_DEF "vm/modules/io/io_pair.def"
#define NATIVE_PREFIX pair_
#define NATIVE_SELF Pair *
#include "vm/contracts/native_class.inc"

static Value pass_on(VM *vm, Value self, bool to_writer, Str *method, const Value *args, int npos,
                     Tuple *kwnames) {
  Pair *pair = value_object(self);
  Value stream = to_writer ? pair->writer : pair->reader;
  if (stream == VALUE_NONE) return raise_value(vm, "I/O operation on uninitialized object");
  return call_method_values(vm, stream, method, args, npos, kwnames);
}
#define PASS(name, what, to_writer)                                                    \
  static Value name(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) { \
    return pass_on(vm, self, to_writer, NAME(#what), args, npos, kwnames);             \
  }
PASS(pair_read, read, false)
PASS(pair_read1, read1, false)
PASS(pair_peek, peek, false)
PASS(pair_readinto, readinto, false)
PASS(pair_readinto1, readinto1, false)
PASS(pair_readable, readable, false)
PASS(pair_write, write, true)
PASS(pair_flush, flush, true)
PASS(pair_writable, writable, true)

static Value pair_op_init(VM *vm, Pair *self, const pair_op_init_args *a) {
  Value readable = call_method0(vm, a->reader, NAME("readable"));
  if (readable == VALUE_FAIL) return VALUE_FAIL;
  if (readable != VALUE_TRUE) return io_unsupported(vm, "File or stream is not readable.");
  Value writable = call_method0(vm, a->writer, NAME("writable"));
  if (writable == VALUE_FAIL) return VALUE_FAIL;
  if (writable != VALUE_TRUE) return io_unsupported(vm, "File or stream is not writable.");
  Value reader = buffered_new(vm, TYPE_OF(io_buffered_reader), a->reader, a->buffer_size);
  Value writer = reader == VALUE_FAIL
                     ? VALUE_FAIL
                     : buffered_new(vm, TYPE_OF(io_buffered_writer), a->writer, a->buffer_size);
  if (writer == VALUE_FAIL) return VALUE_FAIL;
  self->reader = reader;
  self->writer = writer;
  heap_barrier_any(vm, self);
  return VALUE_NONE;
}

static Value pair_close(VM *vm, Pair *self, const pair_close_args *a) {
  Value failure = VALUE_UNBOUND;
  if (pass_on(vm, value_from(self), true, NAME("close"), NULL, 0, NULL) == VALUE_FAIL)
    failure = error_take(vm);
  Value closed = pass_on(vm, value_from(self), false, NAME("close"), NULL, 0, NULL);
  if (failure == VALUE_UNBOUND) return closed;
  if (closed == VALUE_FAIL) {
    Exception *second = value_object(vm->exception);
    if (second->context == VALUE_NONE) second->context = failure, heap_barrier(vm, second, failure);
  } else {
    error_restore(vm, failure);
  }
  return VALUE_FAIL;
}

static Value pair_isatty(VM *vm, Pair *self, const pair_isatty_args *a) {
  Value answer = pass_on(vm, value_from(self), true, NAME("isatty"), NULL, 0, NULL);
  return answer == VALUE_FALSE ? pass_on(vm, value_from(self), false, NAME("isatty"), NULL, 0, NULL)
                               : answer;
}
static Value pair_get_closed(VM *vm, Pair *self) {
  if (self->writer == VALUE_NONE)
    return raise_error(vm, TYPE_OF(RuntimeError),
                       "the BufferedRWPair object is being garbage-collected");
  return get_attribute(vm, self->writer, NAME("closed"));
}

static Value pair_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Pair *self = value_object(v);
  self->reader = self->writer = VALUE_NONE;
  io_track(vm, v);
  return v;
}
static void pair_trace(Marker *marker, Object *object) {
  mark_value(marker, ((Pair *)object)->reader);
  mark_value(marker, ((Pair *)object)->writer);
}

const ClassSpec io_buffered_pair_class = {
    NATIVE_CLASS(pair_),
    .basic_size = sizeof(Pair),
    .trace = pair_trace,
};
