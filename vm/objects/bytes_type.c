/* bytes_type.c -- the type bytes: the shared bodies (bytes_common.inc) and what only bytes has. */
#include "vm/base/units.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"

#define AS_ARRAY 0
typedef Bytes Self;
static inline Span self_span(const Self *self) { return (Span){self->data, self->length}; }
#define EITHER(of_bytes, of_array) of_bytes
#define ITERATOR_DEF "vm/objects/bytes_iterator.def"
#define NATIVE_DEF "vm/objects/bytes.def"
#define NATIVE_PREFIX bytes_
#include "vm/objects/bytes_common.inc"

static Value bytes_op_repr(VM *vm, Bytes *self, const bytes_op_repr_args *a) {
  return value_of(span_repr(vm, self_span(self), true));
}

static Value bytes_op_str(VM *vm, Bytes *self, const bytes_op_str_args *a) {
  if (UNLIKELY(vm->options->bytes_warning) && !warn_of_str(vm)) return VALUE_FAIL;
  return value_repr(vm, value_from(self));
}

static Value bytes_op_hash(VM *vm, Bytes *self, const bytes_op_hash_args *a) {
  if (!self->hash) self->hash = hash_bytes(vm, self->data, self->length);
  return value_int(vm, (int64_t)self->hash);
}

/* As CPython's layout: a head, the bytes and a zero behind them. */
static Value bytes_op_sizeof(VM *vm, Bytes *self, const bytes_op_sizeof_args *a) {
  return value_int_unchecked((int64_t)(33 + self->length));
}

static Value bytes_op_bytes(VM *vm, Bytes *self, const bytes_op_bytes_args *a) {
  if (self->h.shape == SHAPE_OF(bytes)) return value_from(self);
  return make(vm, self->data, self->length);
}

static Value bytes_op_getnewargs(VM *vm, Bytes *self, const bytes_op_getnewargs_args *a) {
  return PACK(make(vm, self->data, self->length));
}

static Value subclass_instance(VM *vm, Type *cls, const void *data, size_t n) {
  Bytes *b = object_new_var(vm, cls, offsetof(Bytes, data) + n + 1);
  if (!b) return VALUE_FAIL;
  b->length = n;
  b->hash = 0;
  if (data) memcpy(b->data, data, n);
  else memset(b->data, 0, n);
  b->data[n] = 0;
  return value_from(b);
}

/* from_small_ints: bytes of an exact list or tuple of immediate ints in 0..255; NOT_IMPLEMENTED:
** something else is in it. */
static Value from_small_ints(VM *vm, Value sequence) {
  const Value *items;
  size_t count;
  sequence_view(sequence, &items, &count);
  for (size_t i = 0; i < count; i++)
    if (!value_is_int(items[i]) || (uint64_t)value_as_int(items[i]) > 255)
      return VALUE_NOT_IMPLEMENTED;
  if (count == 1) return make(vm, &(uint8_t){(uint8_t)value_as_int(items[0])}, 1);
  Bytes *b = bytes_new(vm, NULL, count);
  if (!b) return VALUE_FAIL;
  sequence_view(sequence, &items, &count);
  for (size_t i = 0; i < count; i++) b->data[i] = (uint8_t)value_as_int(items[i]);
  return value_from(b);
}

static Value bytes_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  bool exact = cls == TYPE_OF(bytes);
  if (exact && npos == 1 && !kwnames && value_is(args[0], bytes)) return args[0];
  if (exact && npos == 1 && !kwnames && (value_is(args[0], list) || value_is(args[0], tuple))) {
    Value made = from_small_ints(vm, args[0]);
    if (made != VALUE_NOT_IMPLEMENTED) return made;
  }
  /* what it returns, subclass or not */
  if (exact && npos == 1 && !kwnames && value_has_special(args[0], SPECIAL_bytes)) {
    Value made = call_special0(vm, value_special(args[0], SPECIAL_bytes), args[0]);
    if (value_is_fail(made) || value_has_flag(made, TYPE_BYTES_SUBCLASS)) return made;
    return raise_type(vm, "__bytes__ returned non-bytes (type %.200T)", made);
  }
  Value block = exact ? block_of(vm, args, npos, kwnames) : VALUE_UNBOUND;
  if (block == VALUE_FAIL) return VALUE_FAIL;
  if (block != VALUE_UNBOUND) {
    Span span;
    if (value_is(block, bytes)) return block;
    return span_of(vm, block, &span) ? make(vm, span.bytes, span.n) : VALUE_FAIL;
  }
  Buffer out;
  buffer_init(&out);
  int64_t zeros;
  Value v = VALUE_FAIL;
  if (collect_arguments(vm, args, npos, kwnames, &out, &zeros) && buffer_is_whole(vm, &out)) {
    if (zeros >> 47 > 0) {
      raise_memory(vm);
    } else if (!exact) {
      v = subclass_instance(vm, cls, zeros >= 0 ? NULL : out.bytes,
                            zeros >= 0 ? (size_t)zeros : out.size);
    } else if (zeros >= 0) {
      v = value_of(bytes_new_zeroed(vm, (size_t)zeros));
    } else {
      v = make(vm, out.bytes, out.size);
    }
  }
  buffer_deinit(&out);
  return v;
}

const ClassSpec bytes_class = {NATIVE_CLASS(bytes_), .basic_size = sizeof(Bytes)};

const ClassSpec bytes_iterator_class = {
    NATIVE_CLASS(iterator_),
    .basic_size = sizeof(SequenceIterator),
    .trace = trace_iterator,
    .next = next_byte,
};
