/* array.c -- array.array: homogeneous arrays of machine numbers. The law: array.h. */
#include <math.h>

#include "vm/contracts/sys.h"
#include "vm/modules/collections/array.h"
#include "vm/modules/collections/array_formats.h"
#include "vm/contracts/import.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/objects/bytes.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/item_format.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"
#include "vm/objects/range.h"
#include "vm/objects/slice.h"
#include "vm/objects/str_ops.h"
#include "vm/objects/text_args.h"

#undef DEFAULT_SliceStart
#define DEFAULT_SliceStart(x) 0
#define NATIVE_DEF "vm/modules/collections/array.def"
#define NATIVE_PREFIX array_
#define NATIVE_SELF Array *
#include "vm/contracts/native_class.inc"

const char array_codes[] = "bBuhHiIlLqQfd";

static bool is_array(Value v) {
  for (const Type *type = value_type(v); type; type = type->base)
    if (type == TYPE_OF(array)) return true;
  return false;
}
static uint8_t *bytes_of(const Array *self) { return self->storage ? self->storage->bytes : NULL; }
static size_t size_of(char code) { return code == 'u' ? 4 : item_size(code); }

/* ---- items */

Value array_load(VM *vm, const Array *self, size_t i) {
  const uint8_t *at = bytes_of(self) + i * self->size;
  if (self->code != 'u') return item_load(vm, self->code, at);
  uint32_t c;
  memcpy(&c, at, 4);
  if (c > 0x10FFFF) return raise_value(vm, "character U+%x is not in range [U+0000; U+10ffff]", c);
  return value_from(str_from_char(vm, c));
}

static COLD bool out_of_range(VM *vm, char code, Value v) {
  static const struct {
    char code;
    const char *name;
  } names[] = {{'b', "signed char"},          {'B', "unsigned byte integer"},
               {'h', "signed short integer"}, {'H', "unsigned short"},
               {'i', "signed integer"},       {'I', "unsigned int"}};
  bool negative = int_sign(v) < 0;
  const char *message = NULL;
  if (negative && (code == 'I' || code == 'L'))
    message = "can't convert negative value to unsigned int";
  else if (negative && code == 'Q') message = "can't convert negative int to unsigned";
  else if (code == 'q' || code == 'Q') message = "int too big to convert";
  else if (code == 'l' || code == 'L')
    message = code == 'l' ? "Python int too large to convert to C long"
                          : "Python int too large to convert to C unsigned long";
  if (message) return raise_false(vm, TYPE_OF(OverflowError), "%s", message);
  int64_t n;
  if (!int_to_int64(v, &n))
    return raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C long");
  for (size_t i = 0; i < ARRAY_COUNT(names); i++)
    if (names[i].code == code)
      return raise_false(vm, TYPE_OF(OverflowError), "%s is %s", names[i].name,
                         negative ? "less than minimum" : "greater than maximum");
  return false;
}

static bool to_item(VM *vm, char code, Value v, uint8_t item[8]) {
  if (code == 'u') {
    const Str *s = value_is_str(v) ? value_object(v) : NULL;
    if (!s || s->length != 1)
      return raise_false(vm, TYPE_OF(TypeError), "array item must be unicode character");
    uint32_t c = str_at(s, 0);
    memcpy(item, &c, 4);
    return true;
  }
  if (code == 'f' || code == 'd') {
    double d;
    if (!value_to_double(vm, v, &d)) return false;
    float f = (float)d;
    if (code == 'f') memcpy(item, &f, 4);
    else memcpy(item, &d, 8);
    return true;
  }
  Value n;
  if (!value_index(vm, v, &n)) return false;
  ItemStored stored = item_store(vm, code, item, n);
  return stored == ITEM_STORED || (stored == ITEM_OUT_OF_RANGE && out_of_range(vm, code, n));
}

/* ---- storage */

Array *array_new(VM *vm, Type *type, char code, size_t length) {
  Value v = object_new(vm, type);
  if (value_is_fail(v)) return NULL;
  Array *self = value_object(v);
  self->code = code;
  self->size = (uint8_t)size_of(code);
  if (length) {
    if (length > ((size_t)1 << 47) / self->size) return raise_memory(vm), NULL;
    if (!(self->storage = raw_bytes_new(vm, length * self->size))) return NULL;
    heap_barrier_object(vm, self, self->storage);
    self->length = length;
  }
  return self;
}

static bool check_exports(VM *vm, Array *self) {
  return exports_settle(vm, &self->exports) ||
         raise_false(vm, TYPE_OF(BufferError), "cannot resize an array that is exporting buffers");
}

static bool resize(VM *vm, Array *self, size_t length) {
  if (length == self->length) return true;
  if (!check_exports(vm, self)) return false;
  size_t capacity = self->storage ? self->storage->capacity / self->size : 0;
  if (length > capacity || length < capacity / 2) {
    size_t room = length > self->length ? length + (length >> 4) + (length < 8 ? 3 : 7) : length;
    if (room > ((size_t)1 << 47) / self->size) return raise_memory(vm), false;
    RawBytes *storage = raw_bytes_new(vm, room * self->size);
    if (!storage) return false;
    size_t keep = length < self->length ? length : self->length;
    if (keep) memcpy(storage->bytes, self->storage->bytes, keep * self->size);
    self->storage = storage;
    heap_barrier_object(vm, self, storage);
  }
  self->length = length;
  return true;
}

/* Replaces items [from, to) by n items at `items` (not inside the array). */
static bool splice(VM *vm, Array *self, size_t from, size_t to, const void *items, size_t n) {
  size_t size = self->size, old = self->length, length = old - (to - from) + n;
  if (length > old && !resize(vm, self, length)) return false;
  if (length < old && !check_exports(vm, self)) return false;
  uint8_t *p = bytes_of(self);
  if (p && to < old && length != old)
    memmove(p + (from + n) * size, p + to * size, (old - to) * size);
  if (n) memcpy(p + from * size, items, n * size);
  return resize(vm, self, length);
}

bool array_append_value(VM *vm, Array *self, Value v) {
  uint8_t item[8];
  if (!to_item(vm, self->code, v, item)) return false;
  return splice(vm, self, self->length, self->length, item, 1);
}

static void trace(Marker *marker, Object *self) { mark_object(marker, ((Array *)self)->storage); }

static bool provide(VM *vm, Value v, BufferView *view) {
  static const char formats[13][2] = {"b", "B", "w", "h", "H", "i", "I",
                                      "l", "L", "q", "Q", "f", "d"};
  static uint8_t none[1];
  Array *self = value_object(v);
  view->bytes = self->storage ? self->storage->bytes : none;
  view->size = self->length * self->size;
  view->item_size = self->size;
  view->format = formats[strchr(array_codes, self->code) - array_codes];
  self->exports++;
  return true;
}

static void release(VM *vm, Value v) { ((Array *)value_object(v))->exports--; }

/* ---- filling */
bool array_add_bytes(VM *vm, Array *self, const uint8_t *bytes, size_t n) {
  if (n % self->size)
    return raise_false(vm, TYPE_OF(ValueError), "bytes length not a multiple of item size");
  return splice(vm, self, self->length, self->length, bytes, n / self->size);
}

static bool add_text(VM *vm, Array *self, const Str *s) {
  assert(self->code == 'u');
  size_t old = self->length;
  if (!resize(vm, self, old + s->length)) return false;
  for (size_t i = 0; i < s->length; i++) {
    uint32_t c = str_at(s, i);
    memcpy(bytes_of(self) + (old + i) * 4, &c, 4);
  }
  return true;
}

static bool add_iterable(VM *vm, Array *self, Value v) {
  if (is_array(v)) {
    Array *other = value_object(v);
    if (other->code != self->code)
      return raise_false(vm, TYPE_OF(TypeError), "can only extend with array of same kind");
    RawBytes *items = other->storage;
    size_t n = other->length;
    if (!resize(vm, self, self->length + n)) return false;
    if (n) memcpy(bytes_of(self) + (self->length - n) * self->size, items->bytes, n * self->size);
    return true;
  }
  Value iterator = get_iterator(vm, v);
  if (value_is_fail(iterator)) return false;
  for (;;) {
    Value item = iterator_next(vm, iterator);
    if (item == VALUE_STOP) return true;
    if (value_is_fail(item) || !array_append_value(vm, self, item)) return false;
  }
}

static Value array_append(VM *vm, Array *self, const array_append_args *a) {
  return value_none_if(array_append_value(vm, self, a->v));
}
static Value array_extend(VM *vm, Array *self, const array_extend_args *a) {
  return value_none_if(add_iterable(vm, self, a->bb));
}

static Value array_frombytes(VM *vm, Array *self, const array_frombytes_args *a) {
  BufferView view;
  if (!buffer_acquire(vm, a->buffer, &view, false)) return VALUE_FAIL;
  bool ok = view.item_size == 1
                ? array_add_bytes(vm, self, view.bytes, view.size)
                : raise_false(vm, TYPE_OF(TypeError), "a bytes-like object is required");
  buffer_release(vm, &view);
  return value_none_if(ok);
}

static Value array_fromfile(VM *vm, Array *self, const array_fromfile_args *a) {
  if (a->n < 0) return raise_value(vm, "negative count");
  if (a->n > INT64_MAX / self->size) return raise_memory(vm);
  Value data = call_method1(vm, a->f, NAME("read"), value_int(vm, a->n * self->size));
  if (value_is_fail(data)) return data;
  if (!value_has_flag(data, TYPE_BYTES_SUBCLASS))
    return raise_type(vm, "read() didn't return bytes");
  const Bytes *b = value_object(data);
  if (!array_add_bytes(vm, self, b->data, b->length)) return VALUE_FAIL;
  if (b->length != (uint64_t)a->n * self->size)
    return raise_error(vm, TYPE_OF(EOFError), "read() didn't return enough bytes");
  return VALUE_NONE;
}

static Value array_fromlist(VM *vm, Array *self, const array_fromlist_args *a) {
  if (!value_has_flag(a->list, TYPE_LIST_SUBCLASS)) return raise_type(vm, "arg must be list");
  List *list = value_object(a->list);
  size_t old = self->length, n = list_length(list);
  for (size_t i = 0; i < n; i++) {
    bool ok = array_append_value(vm, self, list_items(list)[i]);
    if (ok && list_length(list) != n) {
      raise_error(vm, TYPE_OF(RuntimeError), "list changed size during iteration");
      ok = false;
    }
    if (!ok) {
      self->length = self->length > old ? old : self->length;
      return VALUE_FAIL;
    }
  }
  return VALUE_NONE;
}

static Value array_fromunicode(VM *vm, Array *self, const array_fromunicode_args *a) {
  if (self->code != 'u')
    return raise_value(vm, "fromunicode() may only be called on unicode type arrays");
  return value_none_if(add_text(vm, self, a->ustr));
}

static Value array_insert(VM *vm, Array *self, const array_insert_args *a) {
  uint8_t item[8];
  if (!to_item(vm, self->code, a->v, item)) return VALUE_FAIL;
  int64_t n = (int64_t)self->length, i = a->i < 0 ? a->i + n : a->i;
  i = i < 0 ? 0 : i > n ? n : i;
  return value_none_if(splice(vm, self, (size_t)i, (size_t)i, item, 1));
}

/* ---- searching and removing */

/* Index of the first item equal to v in [start, stop); -1 absent, -2 raised. */
static int64_t find(VM *vm, Array *self, Value v, int64_t start, int64_t stop) {
  for (int64_t i = start; i < stop && i < (int64_t)self->length; i++) {
    Value item = array_load(vm, self, (size_t)i);
    int equal = value_is_fail(item) ? -1 : values_equal(vm, item, v);
    if (equal < 0) return -2;
    if (equal) return i;
  }
  return -1;
}

static Value array_count(VM *vm, Array *self, const array_count_args *a) {
  int64_t n = 0;
  for (size_t i = 0; i < self->length; i++) {
    Value item = array_load(vm, self, i);
    int equal = value_is_fail(item) ? -1 : values_equal(vm, item, a->v);
    if (equal < 0) return VALUE_FAIL;
    n += equal;
  }
  return value_int(vm, n);
}

static Value array_index(VM *vm, Array *self, const array_index_args *a) {
  int64_t n = (int64_t)self->length, start = a->start < 0 ? a->start + n : a->start,
          stop = a->stop < 0 ? a->stop + n : a->stop;
  int64_t at = find(vm, self, a->v, start < 0 ? 0 : start, stop);
  if (at == -1) return raise_value(vm, "array.index(x): x not in array");
  return at < 0 ? VALUE_FAIL : value_int(vm, at);
}

static Value array_op_contains(VM *vm, Array *self, const array_op_contains_args *a) {
  int64_t at = find(vm, self, a->key, 0, INT64_MAX);
  return at == -2 ? VALUE_FAIL : value_bool(at >= 0);
}

static Value array_remove(VM *vm, Array *self, const array_remove_args *a) {
  int64_t at = find(vm, self, a->v, 0, INT64_MAX);
  if (at == -1) return raise_value(vm, "array.remove(x): x not in array");
  if (at < 0) return VALUE_FAIL;
  if ((size_t)at >= self->length) return VALUE_NONE; /* the comparison took it away */
  return value_none_if(splice(vm, self, (size_t)at, (size_t)at + 1, NULL, 0));
}

static Value array_pop(VM *vm, Array *self, const array_pop_args *a) {
  int64_t n = (int64_t)self->length, i = a->i < 0 ? a->i + n : a->i;
  if (!n) return raise_error(vm, TYPE_OF(IndexError), "pop from empty array");
  if (i < 0 || i >= n) return raise_error(vm, TYPE_OF(IndexError), "pop index out of range");
  Value v = array_load(vm, self, (size_t)i);
  return !value_is_fail(v) && splice(vm, self, (size_t)i, (size_t)i + 1, NULL, 0) ? v : VALUE_FAIL;
}

static Value array_reverse(VM *vm, Array *self, const array_reverse_args *a) {
  uint8_t *p = bytes_of(self), item[8];
  size_t size = self->size;
  for (size_t i = 0, k = self->length; i + 1 < k; i++) {
    k--;
    memcpy(item, p + i * size, size);
    memcpy(p + i * size, p + k * size, size);
    memcpy(p + k * size, item, size);
  }
  return VALUE_NONE;
}

static void swap_bytes(uint8_t *p, size_t count, size_t size) {
  for (; count; count--, p += size)
    for (size_t i = 0; i < size / 2; i++) {
      uint8_t c = p[i];
      p[i] = p[size - 1 - i];
      p[size - 1 - i] = c;
    }
}

static Value array_byteswap(VM *vm, Array *self, const array_byteswap_args *a) {
  if (self->length) swap_bytes(bytes_of(self), self->length, self->size);
  return VALUE_NONE;
}

/* ---- out */

static Value array_buffer_info(VM *vm, Array *self, const array_buffer_info_args *a) {
  return PACK(value_int(vm, (int64_t)(uintptr_t)bytes_of(self)),
              value_int(vm, (int64_t)self->length));
}

static Value to_bytes(VM *vm, Array *self) {
  Bytes *b =
      bytes_new(vm, self->length ? bytes_of(self) : (const uint8_t *)"", self->length * self->size);
  return value_of(b);
}

static Value array_tobytes(VM *vm, Array *self, const array_tobytes_args *a) {
  return to_bytes(vm, self);
}

static Value array_tofile(VM *vm, Array *self, const array_tofile_args *a) {
  enum { BLOCK = 64 * 1024 };
  for (size_t at = 0; at < self->length * self->size; at += BLOCK) {
    size_t n = self->length * self->size - at;
    Value bytes = value_of(bytes_new(vm, bytes_of(self) + at, n < BLOCK ? n : BLOCK));
    if (value_is_fail(bytes) || value_is_fail(call_method1(vm, a->f, NAME("write"), bytes)))
      return VALUE_FAIL;
  }
  return VALUE_NONE;
}

static Value to_list(VM *vm, Array *self) {
  List *list = list_new(vm, self->length);
  for (size_t i = 0; list && i < self->length; i++) {
    Value v = array_load(vm, self, i);
    if (value_is_fail(v) || !list_append_value(vm, list, v)) return VALUE_FAIL;
  }
  return value_of(list);
}

static Value array_tolist(VM *vm, Array *self, const array_tolist_args *a) {
  return to_list(vm, self);
}

static Value to_text(VM *vm, Array *self) {
  for (size_t i = 0; i < self->length; i++)
    if (value_is_fail(array_load(vm, self, i))) return VALUE_FAIL;
  return value_of(str_new_ucs4(vm, (const uint32_t *)bytes_of(self), self->length));
}

static Value array_tounicode(VM *vm, Array *self, const array_tounicode_args *a) {
  if (self->code != 'u')
    return raise_value(vm, "tounicode() may only be called on unicode type arrays");
  return to_text(vm, self);
}

static Value array_get_itemsize(VM *vm, Array *self) { return value_int_unchecked(self->size); }
static Value array_get_typecode(VM *vm, Array *self) {
  return value_from(str_from_char(vm, (uint8_t)self->code));
}

static Value array_op_repr(VM *vm, Array *self, const array_op_repr_args *a) {
  Str *name = object_type(self)->name;
  if (!self->length) return value_of(str_format(vm, "%U('%c')", name, self->code));
  Value content = self->code == 'u' ? to_text(vm, self) : to_list(vm, self);
  if (value_is_fail(content)) return content;
  return value_of(str_format(vm, "%U('%c', %R)", name, self->code, content));
}

/* ---- operators */

static Value copy(VM *vm, Array *self, size_t from, size_t to) {
  Array *new = array_new(vm, TYPE_OF(array), self->code, to - from);
  if (!new) return VALUE_FAIL;
  if (to > from)
    memcpy(bytes_of(new), bytes_of(self) + from * self->size, (to - from) * self->size);
  return value_from(new);
}

static Value array_op_copy(VM *vm, Array *self, const array_op_copy_args *a) {
  return copy(vm, self, 0, self->length);
}
static Value array_op_deepcopy(VM *vm, Array *self, const array_op_deepcopy_args *a) {
  return copy(vm, self, 0, self->length);
}
static Value array_op_len(VM *vm, Array *self, const array_op_len_args *a) {
  return value_int_unchecked((int64_t)self->length);
}
static Value array_op_sizeof(VM *vm, Array *self, const array_op_sizeof_args *a) {
  return cell_sizeof(vm, self, self->storage);
}

static Value array_op_add(VM *vm, Array *self, const array_op_add_args *a) {
  if (!is_array(a->value))
    return raise_type(vm, "can only append array (not \"%.200T\") to array", a->value);
  const Array *other = value_object(a->value);
  if (other->code != self->code) return raise_type(vm, "bad argument type for built-in operation");
  Array *new = array_new(vm, TYPE_OF(array), self->code, self->length + other->length);
  if (!new) return VALUE_FAIL;
  size_t size = self->length * self->size;
  if (self->length) memcpy(bytes_of(new), bytes_of(self), size);
  if (other->length) memcpy(bytes_of(new) + size, bytes_of(other), other->length * other->size);
  return value_from(new);
}

static Value array_op_iadd(VM *vm, Array *self, const array_op_iadd_args *a) {
  if (!is_array(a->value))
    return raise_type(vm, "can only extend array with array (not \"%.200T\")", a->value);
  return add_iterable(vm, self, a->value) ? value_from(self) : VALUE_FAIL;
}

static Value repeat(VM *vm, Array *self, int64_t n) {
  if (n < 0) n = 0;
  if (self->length && (size_t)n > ((size_t)1 << 47) / self->length) return raise_memory(vm);
  size_t size = self->length * self->size;
  Array *new = array_new(vm, TYPE_OF(array), self->code, self->length * (size_t)n);
  if (!new) return VALUE_FAIL;
  for (int64_t i = 0; size && i < n; i++)
    memcpy(bytes_of(new) + (size_t)i * size, bytes_of(self), size);
  return value_from(new);
}

static Value array_op_mul(VM *vm, Array *self, const array_op_mul_args *a) {
  return repeat(vm, self, a->value);
}
static Value array_op_rmul(VM *vm, Array *self, const array_op_rmul_args *a) {
  return repeat(vm, self, a->value);
}

static Value array_op_imul(VM *vm, Array *self, const array_op_imul_args *a) {
  size_t old = self->length, size = old * self->size;
  size_t times = a->value < 0 ? 0 : (size_t)a->value;
  if (old && times > ((size_t)1 << 47) / old) return raise_memory(vm);
  if (!resize(vm, self, old * times)) return VALUE_FAIL;
  for (size_t i = 1; size && i < times; i++)
    memcpy(bytes_of(self) + i * size, bytes_of(self), size);
  return value_from(self);
}

static Value order(VM *vm, Array *self, Value value, CompareOp op) {
  if (!is_array(value)) return VALUE_NOT_IMPLEMENTED;
  Array *other = value_object(value);
  if (self->length != other->length && (op == COMPARE_EQ || op == COMPARE_NE))
    return value_bool(op == COMPARE_NE);
  for (size_t i = 0; i < self->length && i < other->length; i++) {
    Value x = array_load(vm, self, i), y = array_load(vm, other, i);
    if (value_is_fail(x) || value_is_fail(y)) return VALUE_FAIL;
    Value same = compare(vm, COMPARE_EQ, x, y);
    if (value_is_fail(same)) return same;
    if (same == VALUE_TRUE) continue;
    return op == COMPARE_EQ ? VALUE_FALSE : op == COMPARE_NE ? VALUE_TRUE : compare(vm, op, x, y);
  }
  return compare(vm, op, value_int(vm, (int64_t)self->length),
                 value_int(vm, (int64_t)other->length));
}

static Value array_op_eq(VM *vm, Array *self, const array_op_eq_args *a) {
  return order(vm, self, a->value, COMPARE_EQ);
}
static Value array_op_ne(VM *vm, Array *self, const array_op_ne_args *a) {
  return order(vm, self, a->value, COMPARE_NE);
}
static Value array_op_lt(VM *vm, Array *self, const array_op_lt_args *a) {
  return order(vm, self, a->value, COMPARE_LT);
}
static Value array_op_le(VM *vm, Array *self, const array_op_le_args *a) {
  return order(vm, self, a->value, COMPARE_LE);
}
static Value array_op_gt(VM *vm, Array *self, const array_op_gt_args *a) {
  return order(vm, self, a->value, COMPARE_GT);
}
static Value array_op_ge(VM *vm, Array *self, const array_op_ge_args *a) {
  return order(vm, self, a->value, COMPARE_GE);
}

/* ---- subscripts */

static bool find_index(VM *vm, Array *self, Value key, const char *message, size_t *at) {
  int64_t i;
  if (!value_is_any_int(key) && !value_has_special(key, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError), "array indices must be integers");
  if (!value_index64(vm, key, &i, false)) return false;
  if (i < 0) i += (int64_t)self->length;
  if (i < 0 || i >= (int64_t)self->length)
    return raise_false(vm, TYPE_OF(IndexError), "%s", message);
  *at = (size_t)i;
  return true;
}

static Value array_op_getitem(VM *vm, Array *self, const array_op_getitem_args *a) {
  size_t i;
  if (!value_is(a->key, slice))
    return find_index(vm, self, a->key, "array index out of range", &i) ? array_load(vm, self, i)
                                                                        : VALUE_FAIL;
  SliceBounds bounds;
  if (!slice_bounds(vm, value_object(a->key), &bounds)) return VALUE_FAIL;
  SliceRange part = slice_clamp(&bounds, (int64_t)self->length);
  if (part.count == 0) return copy(vm, self, 0, 0);
  if (part.step == 1) return copy(vm, self, (size_t)part.start, (size_t)(part.start + part.count));
  Array *new = array_new(vm, TYPE_OF(array), self->code, (size_t)part.count);
  if (!new) return VALUE_FAIL;
  for (int64_t k = 0; k < part.count; k++)
    memcpy(bytes_of(new) + k * self->size,
           bytes_of(self) + (part.start + k * part.step) * self->size, self->size);
  return value_from(new);
}

static bool delete_slice(VM *vm, Array *self, SliceRange part) {
  if (part.count == 0) return true;
  if (part.step == 1)
    return splice(vm, self, (size_t)part.start, (size_t)(part.start + part.count), NULL, 0);
  if (!check_exports(vm, self)) return false;
  part = slice_from_left(part);
  uint8_t *p = bytes_of(self), *to = p + part.start * self->size;
  for (int64_t i = part.start; i < (int64_t)self->length; i++) {
    if ((i - part.start) % part.step == 0 && (i - part.start) / part.step < part.count) continue;
    memmove(to, p + i * self->size, self->size);
    to += self->size;
  }
  return resize(vm, self, (size_t)(to - p) / self->size);
}

static bool set_slice(VM *vm, Array *self, Value key, Value value) {
  SliceBounds bounds;
  if (value != VALUE_MISSING && !is_array(value))
    return raise_false(vm, TYPE_OF(TypeError),
                       "can only assign array (not \"%.200T\") to array slice", value);
  if (!slice_bounds(vm, value_object(key), &bounds)) return false;
  SliceRange part = slice_clamp(&bounds, (int64_t)self->length);
  if (value == VALUE_MISSING) return delete_slice(vm, self, part);
  Array *other = value_object(value);
  if (other->code != self->code)
    return raise_false(vm, TYPE_OF(TypeError), "bad argument type for built-in operation");
  if (other == self) {
    Value same = copy(vm, self, 0, self->length);
    if (value_is_fail(same)) return false;
    other = value_object(same);
  }
  size_t from = (size_t)part.start, count = (size_t)part.count;
  if (part.step == 1) return splice(vm, self, from, from + count, bytes_of(other), other->length);
  if (other->length != count)
    return raise_false(vm, TYPE_OF(ValueError),
                       "attempt to assign array of size %zd to extended slice of size %zd",
                       (size_t)other->length, count);
  for (int64_t k = 0; k < part.count; k++)
    memcpy(bytes_of(self) + (part.start + k * part.step) * self->size,
           bytes_of(other) + k * self->size, self->size);
  return true;
}

static Value array_op_setitem(VM *vm, Array *self, const array_op_setitem_args *a) {
  size_t i;
  uint8_t item[8];
  if (value_is(a->key, slice)) return value_none_if(set_slice(vm, self, a->key, a->value));
  if (!find_index(vm, self, a->key, "array assignment index out of range", &i) ||
      !to_item(vm, self->code, a->value, item))
    return VALUE_FAIL;
  if (i >= self->length)
    return raise_error(vm, TYPE_OF(IndexError), "array assignment index out of range");
  memcpy(bytes_of(self) + i * self->size, item, self->size);
  return VALUE_NONE;
}

static Value array_op_delitem(VM *vm, Array *self, const array_op_delitem_args *a) {
  size_t i;
  if (value_is(a->key, slice)) return value_none_if(set_slice(vm, self, a->key, VALUE_MISSING));
  if (!find_index(vm, self, a->key, "array assignment index out of range", &i)) return VALUE_FAIL;
  return value_none_if(splice(vm, self, i, i + 1, NULL, 0));
}

/* ---- pickling: machine formats have numbers */

static Value array_op_reduce_ex(VM *vm, Array *self, const array_op_reduce_ex_args *a) {
  if (!value_is_any_int(a->value))
    return raise_type(vm, "__reduce_ex__ argument should be an integer");
  int64_t protocol;
  if (!convert_Index(vm, a->value, &protocol, NULL, 0)) return VALUE_FAIL;
  Value state = find_attribute(vm, value_from(self), NAME("__dict__"));
  if (value_is_fail(state)) return state;
  if (state == VALUE_UNBOUND) state = VALUE_NONE;
  Value type = value_from(object_type(self)), code = array_get_typecode(vm, self);
  if (protocol < 3) {
    Value list = to_list(vm, self);
    return PACK(type, PACK(code, list), state);
  }
  Value module = import_module(vm, NAME("array")), bytes = to_bytes(vm, self);
  if (value_is_fail(module) || value_is_fail(bytes)) return VALUE_FAIL;
  Value function = get_attribute(vm, module, NAME("_array_reconstructor"));
  return PACK(function, PACK(type, code, value_int(vm, array_machine_format(self->code)), bytes),
              state);
}

static Value array_op_iter(VM *vm, Array *self, const array_op_iter_args *a) {
  SequenceIterator *it = heap_new(vm, SHAPE_OF(array_iterator), sizeof *it);
  it->sequence = value_from(self);
  it->index = 0;
  return value_from(it);
}

/* ---- array(typecode[, initializer]) */

/* As many items as the list had at first. */
static bool fill_from_list(VM *vm, Array *self, List *list) {
  size_t n = list_length(list);
  for (size_t i = 0; i < n; i++) {
    if (i >= list_length(list))
      return raise_false(vm, TYPE_OF(IndexError), "list index out of range");
    if (!array_append_value(vm, self, list_items(list)[i])) return false;
  }
  return true;
}

bool array_fill(VM *vm, Array *self, Value initial) {
  if (value_is_str(initial)) {
    if (self->code != 'u')
      return raise_false(vm, TYPE_OF(TypeError),
                         "cannot use a str to initialize an array with typecode '%c'", self->code);
    return add_text(vm, self, value_object(initial));
  }
  if (is_array(initial)) {
    const Array *other = value_object(initial);
    if (other->code == 'u' && self->code != 'u')
      return raise_false(vm, TYPE_OF(TypeError),
                         "cannot use a unicode array to initialize an array with typecode '%c'",
                         self->code);
    if (other->code == self->code) return add_iterable(vm, self, initial);
    for (size_t i = 0; i < other->length; i++) {
      Value item = array_load(vm, other, i);
      if (value_is_fail(item) || !array_append_value(vm, self, item)) return false;
    }
    return true;
  }
  if (value_has_flag(initial, TYPE_BYTES_SUBCLASS | TYPE_BYTEARRAY_SUBCLASS)) {
    Span s;
    return span_of(vm, initial, &s) && array_add_bytes(vm, self, s.bytes, s.n);
  }
  if (value_has_flag(initial, TYPE_LIST_SUBCLASS))
    return fill_from_list(vm, self, value_object(initial));
  return add_iterable(vm, self, initial);
}

static Value array_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames && cls == TYPE_OF(array))
    return raise_type(vm, "array.array() takes no keyword arguments");
  if (npos < 1) return raise_type(vm, "array() takes at least 1 argument (%d given)", npos);
  if (npos > 2) return raise_type(vm, "array() takes at most 2 arguments (%d given)", npos);
  const Str *code = value_is_str(args[0]) ? value_object(args[0]) : NULL;
  if (!code || code->length != 1)
    return raise_type(vm, "array() argument 1 must be a unicode character, not %T", args[0]);
  AUDITED(vm, "array.__new__", args[0], npos < 2 ? VALUE_NONE : args[1]);
  uint32_t c = str_at(code, 0);
  if (c > 127 || !c || !strchr(array_codes, (int)c))
    return raise_value(vm, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  Array *self = array_new(vm, cls, (char)c, 0);
  return self && (npos < 2 || array_fill(vm, self, args[1])) ? value_from(self) : VALUE_FAIL;
}

const ClassSpec array_class = {NATIVE_CLASS(array_), .basic_size = sizeof(Array), .trace = trace};

void array_register(void) { buffer_register(&array_class, provide, release); }
