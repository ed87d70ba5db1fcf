/* memoryview.c -- the type memoryview. Every view exports its owner's buffer by itself, so views of
** views are flat. */
#include "vm/objects/memoryview.h"

#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/objects/item_format.h"
#include "vm/objects/list.h"
#include "vm/objects/range.h"
#include "vm/objects/slice.h"

#define NATIVE_DEF "vm/objects/memoryview.def"
#define NATIVE_PREFIX memoryview_
#define NATIVE_SELF MemoryView *
#include "vm/contracts/native_class.inc"

static bool check_alive(VM *vm, const MemoryView *self) {
  return !self->released ||
         raise_false(vm, TYPE_OF(ValueError), "operation forbidden on released memoryview object");
}
#define ALIVE \
  if (!check_alive(vm, self)) return VALUE_FAIL

/* ---- making and releasing */

static MemoryView *view_alloc(VM *vm, int64_t ndim) {
  RawBytes *dims = raw_bytes_new(vm, (size_t)(ndim > 0 ? ndim : 1) * 2 * sizeof(int64_t));
  if (!dims) return NULL;
  MemoryView *view = heap_new_zeroed(vm, SHAPE_OF(memoryview), sizeof *view);
  view->owner = view->format_owner = VALUE_NONE;
  view->ndim = ndim;
  view->dims = dims;
  view->shape = (int64_t *)dims->bytes;
  view->strides = view->shape + ndim;
  view->released = true; /* until it exports something */
  heap_track_destroy(vm, &view->h);
  return view;
}

static void set_c_strides(MemoryView *view) {
  int64_t stride = view->item_size;
  for (int64_t i = view->ndim - 1; i >= 0; i--) {
    view->strides[i] = stride;
    stride *= view->shape[i];
  }
}

/* A view like `of`, with `ndim` dimensions whose shape and strides are left to fill. */
static MemoryView *view_like(VM *vm, MemoryView *of, int64_t ndim) {
  MemoryView *view = view_alloc(vm, ndim);
  BufferView export;
  if (!view || !buffer_acquire(vm, of->owner, &export, false)) return NULL;
  view->owner = of->owner;
  view->released = false;
  view->bytes = of->bytes;
  view->format = of->format;
  view->format_owner = of->format_owner;
  view->item_size = of->item_size;
  view->readonly = of->readonly;
  return view;
}

static MemoryView *view_copy(VM *vm, MemoryView *of) {
  MemoryView *view = view_like(vm, of, of->ndim);
  if (!view) return NULL;
  memcpy(view->shape, of->shape, (size_t)of->ndim * 2 * sizeof(int64_t));
  view->unshaped = of->unshaped;
  return view;
}

static COLD Value refuse(VM *vm, BufferView *export) {
  bool too_deep = export->ndim > MEMORYVIEW_MAX_DIMS;
  buffer_release(vm, export);
  if (!too_deep) return VALUE_FAIL;
  return raise_value(vm, "memoryview: number of dimensions must not exceed %d",
                     MEMORYVIEW_MAX_DIMS);
}

static int64_t item_count(const MemoryView *view) {
  int64_t n = 1;
  for (int64_t i = 0; i < view->ndim; i++) n *= view->shape[i];
  return n;
}

Value memoryview_new(VM *vm, Value object) {
  if (value_is(object, memoryview)) {
    MemoryView *of = value_object(object);
    if (!check_alive(vm, of)) return VALUE_FAIL;
    return value_of(view_copy(vm, of));
  }
  if (!value_is_bytes_like(object))
    return raise_type(vm, "memoryview: a bytes-like object is required, not '%.200T'", object);
  BufferView export;
  if (!buffer_acquire(vm, object, &export, false)) return VALUE_FAIL;
  MemoryView *view = export.ndim <= MEMORYVIEW_MAX_DIMS ? view_alloc(vm, export.ndim) : NULL;
  if (!view) return refuse(vm, &export);
  view->owner = export.owner; /* the object itself, or the one whose buffer it passes on */
  view->released = false;
  view->bytes = export.bytes;
  view->format = export.format;
  view->item_size = (int64_t) export.item_size;
  view->readonly = export.readonly;
  if (export.shape) memcpy(view->shape, export.shape, (size_t) export.ndim * sizeof(int64_t));
  else if (export.ndim) view->shape[0] = (int64_t)(export.size / export.item_size);
  set_c_strides(view);
  view->unshaped = (int64_t) export.size - item_count(view) * view->item_size;
  return value_from(view);
}

static void give_back(VM *vm, MemoryView *view) {
  if (view->released) return;
  view->released = true;
  BufferView export = {.owner = view->owner};
  buffer_release(vm, &export);
  view->owner = VALUE_NONE;
}

void memoryview_drop(VM *vm, Value v) {
  MemoryView *view = value_object(v);
  if (!view->exports) give_back(vm, view);
}

static void destroy(VM *vm, Object *self) { give_back(vm, (MemoryView *)self); }

static void trace(Marker *marker, Object *self) {
  const MemoryView *view = (const MemoryView *)self;
  mark_value(marker, view->owner);
  mark_value(marker, view->format_owner);
  mark_object(marker, view->dims);
  if (heap_contains(view->bytes)) mark_conservative(marker, &view->bytes, &view->bytes + 1);
}

static Value memoryview_construct(VM *vm, Type *cls, const memoryview_construct_args *a) {
  return memoryview_new(vm, a->object);
}

/* ---- geometry */

static bool is_c_contiguous(const MemoryView *view) {
  int64_t stride = view->item_size;
  for (int64_t i = view->ndim - 1; i >= 0; i--) {
    if (view->shape[i] == 0) return true;
    if (view->shape[i] > 1 && view->strides[i] != stride) return false;
    stride *= view->shape[i];
  }
  return true;
}

static bool is_f_contiguous(const MemoryView *view) {
  int64_t stride = view->item_size;
  for (int64_t i = 0; i < view->ndim; i++) {
    if (view->shape[i] == 0) return true;
    if (view->shape[i] > 1 && view->strides[i] != stride) return false;
    stride *= view->shape[i];
  }
  return true;
}

static int64_t byte_count(const MemoryView *view) {
  return item_count(view) * view->item_size + view->unshaped;
}

bool memoryview_in_one_piece(Value v) {
  return value_is(v, memoryview) && !((MemoryView *)value_object(v))->released &&
         is_c_contiguous(value_object(v));
}

bool memoryview_acquire(VM *vm, Value v, BufferView *out) {
  MemoryView *view = value_object(v);
  if (!check_alive(vm, view)) return false;
  if (!is_c_contiguous(view))
    return raise_false(vm, TYPE_OF(BufferError),
                       "memoryview: underlying buffer is not C-contiguous");
  out->bytes = view->bytes;
  out->size = (size_t)byte_count(view);
  out->item_size = (size_t)view->item_size;
  out->format = view->format;
  out->readonly = view->readonly;
  view->exports++;
  return true;
}

void memoryview_release_view(VM *vm, Value v) { ((MemoryView *)value_object(v))->exports--; }

/* Copies the items of dimension `dim` and deeper in C order (or Fortran's, by walking the
** dimensions the other way). */
static void copy_items(const MemoryView *view, int64_t dim, const uint8_t *from, uint8_t **to) {
  if (dim == view->ndim) {
    memcpy(*to, from, (size_t)view->item_size);
    *to += view->item_size;
    return;
  }
  for (int64_t i = 0; i < view->shape[dim]; i++)
    copy_items(view, dim + 1, from + i * view->strides[dim], to);
}

static void copy_items_fortran(const MemoryView *view, int64_t dim, const uint8_t *from,
                               uint8_t **to) {
  if (dim < 0) {
    memcpy(*to, from, (size_t)view->item_size);
    *to += view->item_size;
    return;
  }
  for (int64_t i = 0; i < view->shape[dim]; i++)
    copy_items_fortran(view, dim - 1, from + i * view->strides[dim], to);
}

static Value to_bytes(VM *vm, MemoryView *self, char order) {
  Bytes *b = bytes_new(vm, NULL, (size_t)(item_count(self) * self->item_size));
  if (!b || !b->length) return value_of(b);
  uint8_t *to = b->data;
  if (order == 'F' && !is_f_contiguous(self))
    copy_items_fortran(self, self->ndim - 1, self->bytes, &to);
  else if (order != 'F' && !is_c_contiguous(self) && !(order == 'A' && is_f_contiguous(self)))
    copy_items(self, 0, self->bytes, &to);
  else memcpy(to, self->bytes, b->length);
  return value_from(b);
}

/* ---- items */

static Value load(VM *vm, const MemoryView *self, const uint8_t *at) {
  char letter = item_letter(self->format);
  if (!letter)
    return raise_error(vm, TYPE_OF(NotImplementedError), "memoryview: format %s not supported",
                       self->format);
  return item_load(vm, letter, at);
}

static bool store(VM *vm, MemoryView *self, uint8_t *at, Value v) {
  char letter = item_letter(self->format);
  if (!letter)
    return raise_false(vm, TYPE_OF(NotImplementedError), "memoryview: format %s not supported",
                       self->format);
  uint8_t item[8];
  ItemStored stored = item_store(vm, letter, item, v);
  /* What the value's own methods raise is told as a wrong type or value, too. */
  bool may_hide = stored == ITEM_FAILED && letter != '?';
  bool is_hidden_value = false;
  if (may_hide && error_clear_if(vm, TYPE_OF(TypeError))) stored = ITEM_WRONG_TYPE;
  else if (may_hide &&
           (error_clear_if(vm, TYPE_OF(OverflowError)) || error_clear_if(vm, TYPE_OF(ValueError))))
    is_hidden_value = true;
  if (stored == ITEM_WRONG_TYPE)
    return raise_false(vm, TYPE_OF(TypeError), "memoryview: invalid type for format '%s'",
                       self->format);
  if (!is_hidden_value && (stored == ITEM_FAILED || !check_alive(vm, self))) return false;
  if (stored != ITEM_STORED)
    return raise_false(vm, TYPE_OF(ValueError), "memoryview: invalid value for format '%s'",
                       self->format);
  memcpy(at, item, (size_t)self->item_size);
  return true;
}

/* The address of index `i` in dimension `dim`. */
static bool step_into(VM *vm, const MemoryView *self, int64_t dim, int64_t i, uint8_t **at) {
  int64_t n = self->shape[dim];
  if (i < 0) i += n;
  if (i < 0 || i >= n)
    return raise_false(vm, TYPE_OF(IndexError), "index out of bounds on dimension %d",
                       (int)dim + 1);
  *at += i * self->strides[dim];
  return true;
}

static bool is_index(Value v) { return value_is_any_int(v) || value_has_special(v, SPECIAL_index); }

/* A tuple of ints: the item's address; *is_item false: it is a tuple with slices. */
static bool find_by_tuple(VM *vm, MemoryView *self, const Tuple *key, uint8_t **at,
                          bool *all_ints) {
  size_t n = tuple_length(key), slices = 0;
  *all_ints = true;
  for (size_t i = 0; i < n; i++) {
    if (is_index(key->items[i])) continue;
    *all_ints = false;
    slices += value_is(key->items[i], slice);
  }
  if (!*all_ints) {
    if (slices == n)
      return raise_false(vm, TYPE_OF(NotImplementedError),
                         "multi-dimensional slicing is not implemented");
    return raise_false(vm, TYPE_OF(TypeError), "memoryview: invalid slice key");
  }
  if ((int64_t)n < self->ndim)
    return raise_false(vm, TYPE_OF(NotImplementedError), "sub-views are not implemented");
  if ((int64_t)n > self->ndim)
    return raise_false(vm, TYPE_OF(TypeError),
                       "cannot index %d-dimension view with %zd-element tuple", (int)self->ndim, n);
  for (size_t i = 0; i < n; i++) {
    int64_t index;
    if (!value_index64(vm, key->items[i], &index, false) || !check_alive(vm, self)) return false;
    if (!step_into(vm, self, (int64_t)i, index, at)) return false;
  }
  return true;
}

/* A slice of the first dimension. The copy comes first: it keeps the memory if a bound's __index__
** releases self. */
static MemoryView *slice_view(VM *vm, MemoryView *self, const Slice *slice) {
  SliceBounds bounds;
  MemoryView *view = view_copy(vm, self);
  if (!view) return NULL;
  if (!slice_bounds(vm, slice, &bounds)) return give_back(vm, view), NULL;
  SliceRange part = slice_clamp(&bounds, view->shape[0]);
  view->shape[0] = part.count;
  view->bytes += part.start * view->strides[0];
  view->strides[0] *= part.step;
  return view;
}

static Value memoryview_op_getitem(VM *vm, MemoryView *self, const memoryview_op_getitem_args *a) {
  ALIVE;
  Value key = a->key;
  if (self->ndim == 0) {
    if (value_is(key, tuple) && !tuple_length(value_object(key)))
      return load(vm, self, self->bytes);
    if (key == VALUE_ELLIPSIS) return value_from(self);
    return raise_type(vm, "invalid indexing of 0-dim memory");
  }
  uint8_t *at = self->bytes;
  if (is_index(key)) {
    int64_t i;
    if (!value_index64(vm, key, &i, false) || !check_alive(vm, self)) return VALUE_FAIL;
    if (self->ndim > 1)
      return raise_error(vm, TYPE_OF(NotImplementedError),
                         "multi-dimensional sub-views are not implemented");
    return step_into(vm, self, 0, i, &at) ? load(vm, self, at) : VALUE_FAIL;
  }
  if (value_is(key, slice)) { return value_of(slice_view(vm, self, value_object(key))); }
  if (value_is(key, tuple)) {
    bool all_ints;
    return find_by_tuple(vm, self, value_object(key), &at, &all_ints) ? load(vm, self, at)
                                                                      : VALUE_FAIL;
  }
  return raise_type(vm, "memoryview: invalid slice key");
}

static bool assign_slice(VM *vm, MemoryView *self, const Slice *slice, Value value) {
  MemoryView *to = slice_view(vm, self, slice);
  if (!to) return false;
  if (!check_alive(vm, self)) return give_back(vm, to), false;
  if (!value_is_bytes_like(value)) {
    give_back(vm, to);
    return raise_false(vm, TYPE_OF(TypeError), "a bytes-like object is required, not '%.100T'",
                       value);
  }
  Value source = memoryview_new(vm, value);
  if (value_is_fail(source)) return give_back(vm, to), false;
  MemoryView *from = value_object(source);
  bool same = from->ndim == 1 && from->shape[0] == to->shape[0] &&
              !strcmp(*from->format == '@' ? from->format + 1 : from->format,
                      *to->format == '@' ? to->format + 1 : to->format);
  if (!same) {
    give_back(vm, from);
    give_back(vm, to);
    return raise_false(vm, TYPE_OF(ValueError),
                       "memoryview assignment: lvalue and rvalue have different structures");
  }
  Value copy = to_bytes(vm, from, 'C');
  if (!value_is_fail(copy)) {
    const uint8_t *bytes = ((Bytes *)value_object(copy))->data;
    for (int64_t i = 0; i < to->shape[0]; i++)
      memcpy(to->bytes + i * to->strides[0], bytes + i * to->item_size, (size_t)to->item_size);
  }
  give_back(vm, from);
  give_back(vm, to);
  return !value_is_fail(copy);
}

static Value memoryview_op_setitem(VM *vm, MemoryView *self, const memoryview_op_setitem_args *a) {
  ALIVE;
  if (self->readonly) return raise_type(vm, "cannot modify read-only memory");
  Value key = a->key;
  uint8_t *at = self->bytes;
  bool ok;
  if (self->ndim == 0) {
    if (key != VALUE_ELLIPSIS && !(value_is(key, tuple) && !tuple_length(value_object(key))))
      return raise_type(vm, "invalid indexing of 0-dim memory");
    ok = store(vm, self, at, a->value);
  } else if (is_index(key)) {
    int64_t i;
    if (!value_index64(vm, key, &i, false) || !check_alive(vm, self)) return VALUE_FAIL;
    if (self->ndim > 1)
      return raise_error(vm, TYPE_OF(NotImplementedError), "sub-views are not implemented");
    ok = step_into(vm, self, 0, i, &at) && store(vm, self, at, a->value);
  } else if (value_is(key, slice)) {
    if (self->ndim > 1)
      return raise_error(vm, TYPE_OF(NotImplementedError),
                         "memoryview slice assignments are currently restricted to ndim = 1");
    ok = assign_slice(vm, self, value_object(key), a->value);
  } else if (value_is(key, tuple)) {
    bool all_ints;
    ok =
        find_by_tuple(vm, self, value_object(key), &at, &all_ints) && store(vm, self, at, a->value);
  } else {
    return raise_type(vm, "memoryview: invalid slice key");
  }
  return value_none_if(ok);
}

static Value memoryview_op_delitem(VM *vm, MemoryView *self, const memoryview_op_delitem_args *a) {
  ALIVE;
  return raise_type(vm, self->readonly ? "cannot modify read-only memory" : "cannot delete memory");
}

static Value memoryview_op_len(VM *vm, MemoryView *self, const memoryview_op_len_args *a) {
  ALIVE;
  return value_int_unchecked(self->ndim ? self->shape[0] : 1);
}

/* ---- comparing */

/* Compares items as values, dimension by dimension: 1, 0, -1 raised. */
static Answer equal_items(VM *vm, const MemoryView *a, const uint8_t *pa, const MemoryView *b,
                          const uint8_t *pb, int64_t dim, bool raw) {
  if (dim == a->ndim) {
    if (raw) return !memcmp(pa, pb, (size_t)a->item_size);
    char la = item_letter(a->format), lb = item_letter(b->format);
    if (!la || !lb) return ANSWER_NO;
    Value va = item_load(vm, la, pa), vb = item_load(vm, lb, pb);
    Answer result = compare_bool(vm, COMPARE_EQ, va, vb);
    if (result == 1 && (la == 'd' || la == 'f' || la == 'e')) { /* nan is not itself */
      Value same = compare(vm, COMPARE_EQ, va, vb);
      return value_is_fail(same) ? ANSWER_FAILED : same == VALUE_TRUE;
    }
    return result;
  }
  for (int64_t i = 0; i < a->shape[dim]; i++) {
    Answer result =
        equal_items(vm, a, pa + i * a->strides[dim], b, pb + i * b->strides[dim], dim + 1, raw);
    if (result != 1) return result;
  }
  return ANSWER_YES;
}

static Answer is_equal(VM *vm, MemoryView *self, Value other) {
  if (value_from(self) == other && !self->released) {
    char letter = item_letter(self->format);
    if (letter && letter != 'f' && letter != 'd' && letter != 'e') return ANSWER_YES;
  }
  if (self->released ||
      (value_is(other, memoryview) && ((MemoryView *)value_object(other))->released))
    return value_from(self) == other;
  Value view = memoryview_new(vm, other);
  if (value_is_fail(view)) {
    error_clear(vm);
    return ANSWER_NO;
  }
  MemoryView *b = value_object(view);
  bool same_shape = self->ndim == b->ndim;
  for (int64_t i = 0; same_shape && i < self->ndim; i++) {
    same_shape = self->shape[i] == b->shape[i];
    if (self->shape[i] == 0) break;
  }
  char la = item_letter(self->format), lb = item_letter(b->format);
  bool raw = la && la == lb && la != 'f' && la != 'd' && la != 'e' && la != '?';
  int result = same_shape ? equal_items(vm, self, self->bytes, b, b->bytes, 0, raw) : 0;
  give_back(vm, b);
  return result;
}

static Value memoryview_op_eq(VM *vm, MemoryView *self, const memoryview_op_eq_args *a) {
  if (!value_is_bytes_like(a->value)) return VALUE_NOT_IMPLEMENTED;
  Answer result = is_equal(vm, self, a->value);
  return result == ANSWER_FAILED ? VALUE_FAIL : value_bool(result);
}

static Value memoryview_op_ne(VM *vm, MemoryView *self, const memoryview_op_ne_args *a) {
  if (!value_is_bytes_like(a->value)) return VALUE_NOT_IMPLEMENTED;
  Answer result = is_equal(vm, self, a->value);
  return result == ANSWER_FAILED ? VALUE_FAIL : value_bool(!result);
}

static Value memoryview_op_hash(VM *vm, MemoryView *self, const memoryview_op_hash_args *a) {
  if (self->hash) return value_int(vm, (int64_t)self->hash);
  ALIVE;
  if (!self->readonly) return raise_value(vm, "cannot hash writable memoryview object");
  char letter = item_letter(self->format);
  if (letter != 'B' && letter != 'b' && letter != 'c')
    return raise_value(vm, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  uint64_t unused;
  if (!value_hash(vm, self->owner, &unused)) return VALUE_FAIL;
  Value bytes = to_bytes(vm, self, 'C');
  if (value_is_fail(bytes)) return bytes;
  const Bytes *b = value_object(bytes);
  self->hash = hash_bytes(vm, b->data, b->length);
  return value_int(vm, (int64_t)self->hash);
}

/* ---- methods */

static Value memoryview_release(VM *vm, MemoryView *self, const memoryview_release_args *a) {
  if (self->released) return VALUE_NONE;
  if (!exports_settle(vm, &self->exports))
    return raise_error(vm, TYPE_OF(BufferError), "memoryview has %lld exported buffer%s",
                       (long)self->exports, self->exports == 1 ? "" : "s");
  give_back(vm, self);
  return VALUE_NONE;
}

static Value memoryview_op_enter(VM *vm, MemoryView *self, const memoryview_op_enter_args *a) {
  ALIVE;
  return value_from(self);
}

static Value memoryview_op_exit(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return memoryview_release(vm, value_object(self), NULL);
}

static Value memoryview_tobytes(VM *vm, MemoryView *self, const memoryview_tobytes_args *a) {
  ALIVE;
  char order = 'C';
  if (a->order != VALUE_NONE) {
    if (!value_is_str(a->order))
      return raise_type(vm, "tobytes() argument 'order' must be str or None, not %T", a->order);
    const Str *s = value_object(a->order);
    if (s->length != 1 || !strchr("CFA", (int)str_at(s, 0)))
      return raise_value(vm, "order must be 'C', 'F' or 'A'");
    order = (char)str_at(s, 0);
  }
  return to_bytes(vm, self, order);
}

static Value list_of(VM *vm, MemoryView *self, int64_t dim, const uint8_t *at) {
  if (dim == self->ndim) return load(vm, self, at);
  List *list = list_new(vm, (size_t)self->shape[dim]);
  for (int64_t i = 0; list && i < self->shape[dim]; i++) {
    Value item = list_of(vm, self, dim + 1, at + i * self->strides[dim]);
    if (value_is_fail(item) || !list_append_value(vm, list, item)) return VALUE_FAIL;
  }
  return value_of(list);
}

static Value memoryview_tolist(VM *vm, MemoryView *self, const memoryview_tolist_args *a) {
  ALIVE;
  return list_of(vm, self, 0, self->bytes);
}

static Value memoryview_toreadonly(VM *vm, MemoryView *self, const memoryview_toreadonly_args *a) {
  ALIVE;
  MemoryView *view = view_copy(vm, self);
  if (!view) return VALUE_FAIL;
  view->readonly = true;
  return value_from(view);
}

static Value memoryview_hex(VM *vm, MemoryView *self, const memoryview_hex_args *a) {
  ALIVE;
  Value bytes = to_bytes(vm, self, 'C');
  if (value_is_fail(bytes)) return bytes;
  const Bytes *b = value_object(bytes);
  return span_hex(vm, (Span){b->data, b->length}, a->sep, a->bytes_per_sep);
}

static bool is_byte_letter(char letter) { return letter == 'B' || letter == 'b' || letter == 'c'; }

static bool read_shape(VM *vm, Value shape, int64_t *dims, size_t *count, int64_t *product) {
  const Value *items;
  if (!(value_is(shape, list) || value_is(shape, tuple)) || !sequence_view(shape, &items, count))
    return raise_false(vm, TYPE_OF(TypeError), "shape must be a list or a tuple");
  if (*count > MEMORYVIEW_MAX_DIMS)
    return raise_false(vm, TYPE_OF(ValueError),
                       "memoryview: number of dimensions must not exceed %d", MEMORYVIEW_MAX_DIMS);
  *product = 1;
  for (size_t i = 0; i < *count; i++) {
    if (!value_is_any_int(items[i]))
      return raise_false(vm, TYPE_OF(TypeError),
                         "memoryview.cast(): elements of shape must be integers");
    if (!int_to_int64(items[i], &dims[i]) || dims[i] <= 0)
      return raise_false(vm, TYPE_OF(ValueError),
                         "memoryview.cast(): elements of shape must be integers > 0");
    if (__builtin_mul_overflow(*product, dims[i], product))
      return raise_false(vm, TYPE_OF(ValueError), "memoryview.cast(): product(shape) > SSIZE_MAX");
  }
  return true;
}

static Value memoryview_cast(VM *vm, MemoryView *self, const memoryview_cast_args *a) {
  ALIVE;
  int64_t dims[MEMORYVIEW_MAX_DIMS], product = 0;
  size_t count = 1;
  if (!is_c_contiguous(self))
    return raise_type(vm, "memoryview: casts are restricted to C-contiguous views");
  bool has_shape = a->shape != VALUE_MISSING;
  if ((has_shape || self->ndim != 1)) {
    for (int64_t i = 0; i < self->ndim; i++)
      if (self->shape[i] == 0)
        return raise_type(vm, "memoryview: cannot cast view with zeros in shape or strides");
  }
  if (has_shape && !read_shape(vm, a->shape, dims, &count, &product)) return VALUE_FAIL;
  if (has_shape && self->ndim != 1 && count != 1)
    return raise_type(vm, "memoryview: cast must be 1D -> ND or ND -> 1D");
  if (!str_is_ascii(a->format))
    return raise_error(vm, TYPE_OF(UnicodeEncodeError),
                       "memoryview: format argument must be a native single character format "
                       "prefixed with an optional '@'");
  const char *format = str_utf8(vm, a->format, NULL);
  char to = item_letter(format), from = item_letter(self->format);
  if (!to)
    return raise_value(vm, "memoryview: destination format must be a native single character "
                           "format prefixed with an optional '@'");
  if (!is_byte_letter(to) && !is_byte_letter(from))
    return raise_type(vm, "memoryview: cannot cast between two non-byte formats");
  int64_t size = byte_count(self), item = (int64_t)item_size(to);
  if (size % item) return raise_type(vm, "memoryview: length is not a multiple of itemsize");
  if (has_shape && product * item != size)
    return raise_type(vm, "memoryview: product(shape) * itemsize != buffer size");
  if (!has_shape) dims[0] = size / item;
  MemoryView *view = view_like(vm, self, (int64_t)count);
  if (!view) return VALUE_FAIL;
  view->format = format;
  view->format_owner = value_from(a->format);
  if (a->format->h.bits & STR_EXTERNAL)
    view->format_owner = value_of(str_intern_cstr(vm, format)),
    view->format = str_utf8(vm, value_object(view->format_owner), NULL);
  view->item_size = item;
  memcpy(view->shape, dims, count * sizeof *dims);
  set_c_strides(view);
  return value_from(view);
}

/* ---- attributes */

static Value memoryview_get_c_contiguous(VM *vm, MemoryView *self) {
  ALIVE;
  return value_bool(is_c_contiguous(self));
}
static Value memoryview_get_f_contiguous(VM *vm, MemoryView *self) {
  ALIVE;
  return value_bool(is_f_contiguous(self));
}
static Value memoryview_get_contiguous(VM *vm, MemoryView *self) {
  ALIVE;
  return value_bool(is_c_contiguous(self) || is_f_contiguous(self));
}
static Value memoryview_get_format(VM *vm, MemoryView *self) {
  ALIVE;
  return value_of(str_new_cstr(vm, self->format));
}
static Value memoryview_get_itemsize(VM *vm, MemoryView *self) {
  ALIVE;
  return value_int_unchecked(self->item_size);
}
static Value memoryview_get_nbytes(VM *vm, MemoryView *self) {
  ALIVE;
  return value_int_unchecked(byte_count(self));
}
static Value memoryview_get_ndim(VM *vm, MemoryView *self) {
  ALIVE;
  return value_int_unchecked(self->ndim);
}
static Value memoryview_get_obj(VM *vm, MemoryView *self) {
  ALIVE;
  return self->owner;
}
static Value memoryview_get_readonly(VM *vm, MemoryView *self) {
  ALIVE;
  return value_bool(self->readonly);
}

static Value tuple_of(VM *vm, const int64_t *numbers, int64_t n) {
  Value items[MEMORYVIEW_MAX_DIMS];
  for (int64_t i = 0; i < n; i++) items[i] = value_int(vm, numbers[i]);
  return value_of(tuple_from_values(vm, items, (size_t)n));
}

static Value memoryview_get_shape(VM *vm, MemoryView *self) {
  ALIVE;
  return tuple_of(vm, self->shape, self->ndim);
}
static Value memoryview_get_strides(VM *vm, MemoryView *self) {
  ALIVE;
  return tuple_of(vm, self->strides, self->ndim);
}
static Value memoryview_get_suboffsets(VM *vm, MemoryView *self) {
  ALIVE;
  return value_of(tuple_new(vm, 0));
}

static Value memoryview_op_repr(VM *vm, MemoryView *self, const memoryview_op_repr_args *a) {
  Str *s =
      str_format(vm, self->released ? "<released memory at %p>" : "<memory at %p>", (void *)self);
  return value_of(s);
}

/* ---- iteration: the layout is SequenceIterator */

static Value memoryview_op_iter(VM *vm, MemoryView *self, const memoryview_op_iter_args *a) {
  ALIVE;
  if (self->ndim == 0) return raise_type(vm, "invalid indexing of 0-dim memory");
  if (self->ndim != 1)
    return raise_error(vm, TYPE_OF(NotImplementedError),
                       "multi-dimensional sub-views are not implemented");
  SequenceIterator *it = heap_new(vm, SHAPE_OF(memory_iterator), sizeof *it);
  it->sequence = value_from(self);
  it->index = 0;
  return value_from(it);
}

static Value next_item(VM *vm, Value iterator) {
  SequenceIterator *it = value_object(iterator);
  if (it->sequence == VALUE_NONE) return VALUE_STOP;
  MemoryView *self = value_object(it->sequence);
  if (it->index < (uint64_t)self->shape[0]) {
    ALIVE;
    return load(vm, self, self->bytes + (int64_t)it->index++ * self->strides[0]);
  }
  it->sequence = VALUE_NONE;
  return VALUE_STOP;
}

static void trace_iterator(Marker *marker, Object *iterator) {
  mark_value(marker, ((SequenceIterator *)iterator)->sequence);
}

const ClassSpec memoryview_class = {
    NATIVE_CLASS(memoryview_),
    .basic_size = sizeof(MemoryView),
    .trace = trace,
    .destroy = destroy,
};

const ClassSpec memory_iterator_class = {
    NATIVE_NAMES(memoryview_iterator_),
    .basic_size = sizeof(SequenceIterator),
    .trace = trace_iterator,
    .next = next_item,
};
