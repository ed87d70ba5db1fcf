/* bytearray.c -- the storage of bytearray and the type: the shared bodies (bytes_common.inc) and
** what changes it. */
#include "vm/base/lanes.h"
#include "vm/base/memory.h"
#include "vm/base/units.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/items.h"
#include "vm/objects/verify.h"

#include "vm/objects/slice.h"

#define AS_ARRAY 1
typedef ByteArray Self;
static inline Span self_span(const Self *self) {
  return (Span){bytearray_bytes((ByteArray *)self), self->length};
}
#define EITHER(of_bytes, of_array) of_array
#define ITERATOR_DEF "vm/objects/bytearray_iterator.def"
#define NATIVE_DEF "vm/objects/bytearray.def"
#define NATIVE_PREFIX bytearray_
#include "vm/objects/bytes_common.inc"

enum { COPY_GROWS = 4096 };

/* ---- storage */

ByteArray *bytearray_new(VM *vm, const void *data, size_t length) {
  RawBytes *storage = NULL;
  if (length) {
    if (!(storage = raw_bytes_new(vm, length + 1))) return NULL;
    if (data) memcpy(storage->bytes, data, length);
    storage->bytes[length] = 0;
  }
  ByteArray *self = heap_new(vm, SHAPE_OF(bytearray), sizeof *self);
  self->start = 0;
  self->length = length;
  self->storage = storage;
  self->exports = 0;
  return self;
}

static bool check_exports(VM *vm, ByteArray *self) {
  if (exports_settle(vm, &self->exports)) return true;
  return raise_false(vm, TYPE_OF(BufferError),
                     "Existing exports of data: object cannot be re-sized");
}

/* Keeps what fits; new bytes are undefined. false: BufferError ("Existing exports of data: …") or
** memory. */
static bool bytearray_resize(VM *vm, ByteArray *self, size_t length) {
  if (length == self->length) return true;
  if (!check_exports(vm, self)) return false;
  size_t capacity = self->storage ? self->storage->capacity : 0;
  if (self->start + length + 1 <= capacity && (length + 64) * 2 >= capacity - self->start) {
    self->length = length;
    self->storage->bytes[self->start + length] = 0;
    return true;
  }
  if (length >> 47) return raise_memory(vm), false;
  size_t room = length > self->length ? length + (length >> 3) + (length < 9 ? 3 : 6) : length;
  if (length > self->length && capacity && self->start < capacity / 2 &&
      heap_extend(vm, self->storage, sizeof(RawBytes) + self->start + room + 1)) {
    self->storage->capacity = self->start + room + 1;
    self->length = length;
    bytearray_bytes(self)[length] = 0;
    return true;
  }
  /* nothing says that it will grow */
  if (!capacity) room = length;
  /* fewer copies */
  else if (length > self->length && length > COPY_GROWS) room = length + length / 2;
  RawBytes *storage = raw_bytes_new(vm, room + 1);
  if (!storage) return false;
  RawBytes *old = self->storage;
  if (old)
    memory_move(storage->bytes, bytearray_bytes(self),
                length < self->length ? length : self->length);
  storage->bytes[length] = 0;
  self->storage = storage;
  self->start = 0;
  self->length = length;
  heap_barrier_object(vm, self, storage);
  if (old) heap_free(vm, old);
  deep_check(bytearray_verify(self));
  return true;
}

/* Replaces [from, to) by n bytes (not inside the array's own storage). */
static bool bytearray_splice(VM *vm, ByteArray *self, size_t from, size_t to, const void *bytes,
                             size_t n) {
  size_t old = self->length, tail = old - to, length = from + n + tail;
  if (length != old && !check_exports(vm, self)) return false;
  if (length < old) {
    if (from == 0 && n == 0) { /* off the front */
      self->start += to;
      self->length = length;
      return true;
    }
    uint8_t *p = bytearray_bytes(self);
    memmove(p + from + n, p + to, tail);
    if (n) memcpy(p + from, bytes, n);
    return bytearray_resize(vm, self, length);
  }
  if (!bytearray_resize(vm, self, length)) return false;
  uint8_t *p = bytearray_bytes(self);
  if (length != old) memmove(p + from + n, p + to, tail);
  if (n) memcpy(p + from, bytes, n);
  deep_check(bytearray_verify(self));
  return true;
}

static void trace(Marker *marker, Object *self) {
  mark_object(marker, ((ByteArray *)self)->storage);
}

/* ---- what changes the array */

static NOINLINE bool byte_of_other(VM *vm, Value v, uint8_t *out) {
  int64_t n;
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError),
                       "'%.200T' object cannot be interpreted as an integer", v);
  if (!value_index64(vm, v, &n, true)) return false;
  if (n < 0 || n > 255)
    return raise_false(vm, TYPE_OF(ValueError), "byte must be in range(0, 256)");
  *out = (uint8_t)n;
  return true;
}

static inline bool byte_of(VM *vm, Value v, uint8_t *out) {
  if (LIKELY(value_is_int(v) && (uint64_t)value_as_int(v) <= 255))
    return *out = (uint8_t)value_as_int(v), true;
  return byte_of_other(vm, v, out);
}

/* grow_in_place: room for `more` bytes that are there already. */
static inline uint8_t *grow_in_place(ByteArray *self, size_t more) {
  RawBytes *storage = self->storage;
  size_t end = self->start + self->length;
  if (UNLIKELY(!storage || self->exports || end + more + 1 > storage->capacity)) return NULL;
  self->length += more;
  storage->bytes[end + more] = 0;
  return storage->bytes + end;
}

static Value bytearray_append(VM *vm, ByteArray *self, const bytearray_append_args *a) {
  uint8_t byte, *to;
  if (!byte_of(vm, a->item, &byte)) return VALUE_FAIL;
  if (LIKELY((to = grow_in_place(self, 1)) != NULL)) return *to = byte, VALUE_NONE;
  if (!bytearray_resize(vm, self, self->length + 1)) return VALUE_FAIL;
  bytearray_bytes(self)[self->length - 1] = byte;
  return VALUE_NONE;
}

static Value bytearray_clear(VM *vm, ByteArray *self, const bytearray_clear_args *a) {
  return value_none_if(bytearray_splice(vm, self, 0, self->length, NULL, 0));
}
static Value bytearray_copy(VM *vm, ByteArray *self, const bytearray_copy_args *a) {
  return make(vm, bytearray_bytes(self), self->length);
}

/* Appends whatever iterable or contiguous buffer `v` holds; a part of the array itself too. */
static bool extend(VM *vm, ByteArray *self, Value v) {
  Buffer out;
  Pin pin;
  if (value_is(v, bytes)) { /* it does not change: one copy will do */
    const Bytes *more = value_object(v);
    return bytearray_splice(vm, self, self->length, self->length, more->data, more->length);
  }
  if (value_is(v, memoryview)) {
    if (!pin_of(vm, v, &pin))
      return error_clear(vm),
             raise_false(vm, TYPE_OF(TypeError), "can't set bytearray slice from %.100T", v);
    pin_release(vm, &pin);
  }
  buffer_init(&out);
  bool ok = bytes_collect(vm, v, true, &out) && buffer_is_whole(vm, &out) &&
            bytearray_splice(vm, self, self->length, self->length, out.bytes, out.size);
  buffer_deinit(&out);
  return ok;
}

/* The items are all taken first, but for the hint that CPython asks for. */
static Value bytearray_extend(VM *vm, ByteArray *self, const bytearray_extend_args *a) {
  Value v = a->iterable_of_ints;
  if (value_is_bytes_like(v)) return value_none_if(extend(vm, self, v));
  if (!value_has_special(v, SPECIAL_iter) && !value_has_special(v, SPECIAL_getitem))
    return raise_type(vm, "can't extend bytearray with %.100T", v);
  if (!value_is(v, list) && !value_is(v, tuple)) {
    v = get_iterator(vm, v);
    if (value_is_fail(v) || length_hint(vm, a->iterable_of_ints, 32) < 0) return VALUE_FAIL;
  }
  return value_none_if(extend(vm, self, v));
}

static Value bytearray_insert(VM *vm, ByteArray *self, const bytearray_insert_args *a) {
  uint8_t byte;
  if (!byte_of(vm, a->item, &byte)) return VALUE_FAIL;
  int64_t n = (int64_t)self->length, i = a->index < 0 ? a->index + n : a->index;
  i = i < 0 ? 0 : i > n ? n : i;
  return value_none_if(bytearray_splice(vm, self, (size_t)i, (size_t)i, &byte, 1));
}

static Value bytearray_pop(VM *vm, ByteArray *self, const bytearray_pop_args *a) {
  int64_t n = (int64_t)self->length, i = a->index < 0 ? a->index + n : a->index;
  if (!n) return raise_error(vm, TYPE_OF(IndexError), "pop from empty bytearray");
  if (i < 0 || i >= n) return raise_error(vm, TYPE_OF(IndexError), "pop index out of range");
  uint8_t byte = bytearray_bytes(self)[i];
  return bytearray_splice(vm, self, (size_t)i, (size_t)i + 1, NULL, 0) ? value_int_unchecked(byte)
                                                                       : VALUE_FAIL;
}

static Value bytearray_remove(VM *vm, ByteArray *self, const bytearray_remove_args *a) {
  uint8_t byte;
  if (!byte_of(vm, a->value, &byte)) return VALUE_FAIL;
  size_t at = search_unit(bytearray_bytes(self), self->length, byte, 1);
  if (at == SEARCH_NONE) return raise_value(vm, "value not found in bytearray");
  return value_none_if(bytearray_splice(vm, self, at, at + 1, NULL, 0));
}

static Value bytearray_reverse(VM *vm, ByteArray *self, const bytearray_reverse_args *a) {
  uint8_t *p = bytearray_bytes(self);
  for (size_t i = 0, k = self->length; i + 1 < k; i++) {
    k--;
    uint8_t c = p[i];
    p[i] = p[k];
    p[k] = c;
  }
  return VALUE_NONE;
}

bool bytearray_add(VM *vm, ByteArray *self, const Bytes *more) {
  uint8_t *to = grow_in_place(self, more->length);
  if (UNLIKELY(!to))
    return bytearray_splice(vm, self, self->length, self->length, more->data, more->length);
  lanes_copy(to, more->data, more->length);
  return true;
}

static Value bytearray_op_iadd(VM *vm, ByteArray *self, const bytearray_op_iadd_args *a) {
  if (value_is(a->value, bytes))
    return bytearray_add(vm, self, value_object(a->value)) ? value_from(self) : VALUE_FAIL;
  if (!value_is_bytes_like(a->value))
    return raise_type(vm, "can't concat %.100T to %.100T", a->value, value_from(self));
  if (a->value == value_from(self) && self->length)
    return raise_error(vm, TYPE_OF(BufferError),
                       "Existing exports of data: object cannot be re-sized");
  if (value_is(a->value, memoryview))
    return extend(vm, self, a->value) ? value_from(self) : VALUE_FAIL;
  Span s;
  if (!span_of(vm, a->value, &s)) return VALUE_FAIL;
  return bytearray_splice(vm, self, self->length, self->length, s.bytes, s.n) ? value_from(self)
                                                                              : VALUE_FAIL;
}

static Value bytearray_op_imul(VM *vm, ByteArray *self, const bytearray_op_imul_args *a) {
  size_t size = self->length, times = a->value < 0 ? 0 : (size_t)a->value;
  if (size && times > ((size_t)1 << 47) / size) return raise_memory(vm);
  if (!bytearray_resize(vm, self, size * times)) return VALUE_FAIL;
  uint8_t *p = bytearray_bytes(self);
  for (size_t i = 1; i < times; i++) memcpy(p + i * size, p, size);
  return value_from(self);
}

/* ---- self[key] = value, del self[key] */

static bool delete_slice(VM *vm, ByteArray *self, SliceRange part) {
  if (part.step == 1)
    return bytearray_splice(vm, self, (size_t)part.start, (size_t)(part.start + part.count), NULL,
                            0);
  if (!check_exports(vm, self)) return false;
  if (part.count == 0) return true;
  part = slice_from_left(part);
  uint8_t *p = bytearray_bytes(self);
  int64_t to = part.start;
  for (int64_t i = part.start; i < (int64_t)self->length; i++)
    if ((i - part.start) % part.step || (i - part.start) / part.step >= part.count) p[to++] = p[i];
  return bytearray_resize(vm, self, (size_t)to);
}

/* bytes: not in the array's own storage. */
static bool fill_slice(VM *vm, ByteArray *self, SliceRange part, Span bytes) {
  if (part.step == 1)
    return bytearray_splice(vm, self, (size_t)part.start, (size_t)(part.start + part.count),
                            bytes.bytes, bytes.n);
  if (bytes.n == 0) return delete_slice(vm, self, part);
  if ((int64_t)bytes.n != part.count)
    return raise_false(vm, TYPE_OF(ValueError),
                       "attempt to assign bytes of size %zd to extended slice of size %zd", bytes.n,
                       (size_t)part.count);
  uint8_t *p = bytearray_bytes(self);
  for (int64_t k = 0; k < part.count; k++) p[part.start + k * part.step] = bytes.bytes[k];
  return true;
}

/* What is no bytearray is made into one first, and then the bounds are asked again: as often as
** CPython asks. */
static bool set_slice(VM *vm, ByteArray *self, const Slice *slice, Value value) {
  SliceBounds bounds;
  if (!slice_bounds(vm, slice, &bounds)) return false;
  if (value == VALUE_MISSING)
    return delete_slice(vm, self, slice_clamp(&bounds, (int64_t)self->length));
  if (value_is_any_int(value) || value_is_str(value))
    return raise_false(vm, TYPE_OF(TypeError),
                       "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
  Buffer new;
  buffer_init(&new);
  bool as_it_is = value_has_flag(value, TYPE_BYTEARRAY_SUBCLASS) && value != value_from(self);
  bool ok = bytes_collect(vm, value, true, &new) && buffer_is_whole(vm, &new) &&
            (as_it_is || slice_bounds(vm, slice, &bounds));
  if (ok)
    ok = fill_slice(vm, self, slice_clamp(&bounds, (int64_t)self->length),
                    (Span){new.bytes, new.size});
  buffer_deinit(&new);
  return ok;
}

static Value assign(VM *vm, ByteArray *self, Value key, Value value) {
  int64_t i;
  uint8_t byte = 0;
  if (value_is(key, slice)) return value_none_if(set_slice(vm, self, value_object(key), value));
  if (!value_is_any_int(key) && !value_has_special(key, SPECIAL_index))
    return raise_type(vm, "bytearray indices must be integers or slices, not %.200T", key);
  if (!value_index64(vm, key, &i, false)) return VALUE_FAIL;
  if (value != VALUE_MISSING && !byte_of(vm, value, &byte)) return VALUE_FAIL;
  if (i < 0) i += (int64_t)self->length;
  if (i < 0 || i >= (int64_t)self->length)
    return raise_error(vm, TYPE_OF(IndexError), "bytearray index out of range");
  if (value == VALUE_MISSING)
    return value_none_if(bytearray_splice(vm, self, (size_t)i, (size_t)i + 1, NULL, 0));
  bytearray_bytes(self)[i] = byte;
  return VALUE_NONE;
}

static Value bytearray_op_setitem(VM *vm, ByteArray *self, const bytearray_op_setitem_args *a) {
  return assign(vm, self, a->key, a->value);
}
static Value bytearray_op_delitem(VM *vm, ByteArray *self, const bytearray_op_delitem_args *a) {
  return assign(vm, self, a->key, VALUE_MISSING);
}

/* ---- the rest */

static Value bytearray_op_repr(VM *vm, ByteArray *self, const bytearray_op_repr_args *a) {
  StrBuilder b;
  str_builder_init(&b, vm);
  str_builder_str(&b, object_type(self)->name);
  str_builder_char(&b, '(');
  Span s = self_span(self);
  bytes_repr_to(&b, s.bytes, s.n, true, true);
  str_builder_char(&b, ')');
  return value_of(str_builder_finish(&b));
}

static Value bytearray_op_str(VM *vm, ByteArray *self, const bytearray_op_str_args *a) {
  if (UNLIKELY(vm->options->bytes_warning) && !warn_of_str(vm)) return VALUE_FAIL;
  return value_repr(vm, value_from(self));
}
static Value bytearray_op_alloc(VM *vm, ByteArray *self, const bytearray_op_alloc_args *a) {
  return value_int_unchecked(self->storage ? (int64_t)self->storage->capacity : 0);
}
static Value bytearray_op_sizeof(VM *vm, ByteArray *self, const bytearray_op_sizeof_args *a) {
  return cell_sizeof(vm, self, self->storage);
}

/* bytearray(text, 'latin-1') with the instance's dict: protocol 2 and older; newer ones take
** bytes. */
static Value reduce(VM *vm, ByteArray *self, int protocol) {
  Value state = call_method0(vm, value_from(self), NAME("__getstate__")), args;
  if (value_is_fail(state)) return state;
  if (!self->length) args = value_of(tuple_new(vm, 0));
  else if (protocol >= 3) args = PACK(span_value(vm, bytearray_bytes(self), self->length, false));
  else
    args = PACK(value_of(str_new_latin1(vm, bytearray_bytes(self), self->length)),
                value_of(str_new_cstr(vm, "latin-1")));
  return PACK(value_from(object_type(self)), args, state);
}

static Value bytearray_op_reduce(VM *vm, ByteArray *self, const bytearray_op_reduce_args *a) {
  return reduce(vm, self, 2);
}
static Value bytearray_op_reduce_ex(VM *vm, ByteArray *self, const bytearray_op_reduce_ex_args *a) {
  return reduce(vm, self, a->proto);
}

static bool is_run_of_ints(Value v) {
  const Value *items;
  size_t count;
  if ((!value_is(v, list) && !value_is(v, tuple)) || !sequence_view(v, &items, &count))
    return false;
  for (size_t i = 0; i < count; i++)
    if (!value_is_int(items[i])) return false;
  return true;
}

/* Its items are to be taken one by one: nothing that is a count, a text, a buffer or a run of ints
** at hand. */
static bool is_plain_iterable(Value v) {
  return !value_is_any_int(v) && !value_is_str(v) && !value_is_bytes_like(v) &&
         !is_run_of_ints(v) && !value_has_special(v, SPECIAL_index) &&
         value_has_special(v, SPECIAL_iter);
}

/* The array grows as the items come: an iterator may look at it. */
static bool append_items(VM *vm, ByteArray *self, Value iterable) {
  Value iterator = get_iterator(vm, iterable);
  if (value_is_fail(iterator)) return false;
  for (;;) {
    uint8_t byte;
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_STOP) return true;
    if (value_is_fail(v) || !byte_of(vm, v, &byte) || !bytearray_resize(vm, self, self->length + 1))
      return false;
    bytearray_bytes(self)[self->length - 1] = byte;
  }
}

/* fill_with_zeros: `count` of them are all it has then. */
static bool fill_with_zeros(VM *vm, ByteArray *self, size_t count) {
  bool is_new = !self->storage && !self->exports;
  if (!is_new || !count || count >> 47) {
    if (!bytearray_resize(vm, self, count)) return false;
    memset(bytearray_bytes(self), 0, count);
    return true;
  }
  RawBytes *storage = raw_bytes_new_zeroed(vm, count + 1);
  if (!storage) return false;
  self->storage = storage;
  self->start = 0;
  self->length = count;
  heap_barrier_object(vm, self, storage);
  deep_check(bytearray_verify(self));
  return true;
}

static Value bytearray_op_init(VM *vm, Value self_value, const Value *args, int npos,
                               Tuple *kwnames) {
  ByteArray *self = value_object(self_value);
  if (npos == 1 && !kwnames && self->length &&
      !bytearray_splice(vm, self, 0, self->length, NULL, 0))
    return VALUE_FAIL;
  if (npos == 1 && !kwnames && is_plain_iterable(args[0]))
    return value_none_if(append_items(vm, self, args[0]));
  Value block = block_of(vm, args, npos, kwnames);
  Span span;
  if (block == VALUE_FAIL) return VALUE_FAIL;
  if (block != VALUE_UNBOUND)
    return value_none_if(span_of(vm, block, &span) &&
                         bytearray_splice(vm, self, 0, self->length, span.bytes, span.n));
  Buffer out;
  buffer_init(&out);
  int64_t zeros;
  bool ok = collect_arguments(vm, args, npos, kwnames, &out, &zeros);
  if (ok && zeros >= 0) {
    ok = fill_with_zeros(vm, self, (size_t)zeros);
  } else if (ok) {
    ok = buffer_is_whole(vm, &out) &&
         bytearray_splice(vm, self, 0, self->length, out.bytes, out.size);
  }
  buffer_deinit(&out);
  return value_none_if(ok);
}

static Value bytearray_blank(VM *vm, Type *cls) { return object_new(vm, cls); }

const ClassSpec bytearray_class = {
    NATIVE_CLASS(bytearray_),
    .basic_size = sizeof(ByteArray),
    .trace = trace,
};

const ClassSpec bytearray_iterator_class = {
    NATIVE_CLASS(iterator_),
    .basic_size = sizeof(SequenceIterator),
    .trace = trace_iterator,
    .next = next_byte,
};
