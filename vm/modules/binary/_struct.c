/* _struct.c -- the module _struct: packing values into bytes and back, its class Struct and its
** iterator.
**
** The functions keep the formats they have read in a dict of up to 100 Structs.
*/
#include "vm/contracts/buffer.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/binary/struct_format.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/codec.h"
#include "vm/objects/dict.h"
#include "vm/objects/items.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/binary/struct_Struct.def"
#define NATIVE_PREFIX Struct_
#define NATIVE_SELF StructFormat *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/binary/_struct.def"
#define NATIVE_PREFIX struct_
#include "vm/contracts/native_class.inc"

enum { CACHE_MAX = 100 };

/* ---- Struct objects */

static bool check_ready(VM *vm, const StructFormat *s) {
  return s->items || raise_false(vm, TYPE_OF(RuntimeError), "Struct object is not initialized");
}

static bool set_format(VM *vm, StructFormat *s, Value format) {
  if (value_is_str(format)) {
    Value ascii = ascii_encode(vm, value_object(format), NULL);
    if (value_is_fail(ascii)) return false;
  } else if (value_has_flag(format, TYPE_BYTES_SUBCLASS)) {
    const Bytes *b = value_object(format);
    Value text = ascii_decode(vm, b->data, b->length, format, NULL, NULL);
    if (value_is_fail(text)) return false;
    format = text;
  } else {
    return raise_false(vm, TYPE_OF(TypeError),
                       "Struct() argument 1 must be a str or bytes object, not %.200T", format);
  }
  size_t n;
  const char *text = str_utf8(vm, value_object(format), &n);
  if (!text || !struct_format_read(vm, s, text, n)) return false;
  s->format = format;
  heap_barrier(vm, s, format);
  return true;
}

static StructFormat *new_struct(VM *vm) {
  StructFormat *s = heap_new_zeroed(vm, SHAPE_OF(struct_Struct), sizeof *s);
  s->format = VALUE_NONE;
  return s;
}

/* The Struct of a format, read or remembered. */
static StructFormat *find_struct(VM *vm, Value format) {
  if (!struct_state.formats) {
    heap_add_root_object(vm, &struct_state.formats);
    struct_state.formats = dict_new(vm);
  }
  bool keep = value_is(format, str) || value_is(format, bytes);
  if (keep) {
    Value found = dict_get(vm, struct_state.formats, format);
    if (value_is_fail(found)) return NULL;
    if (found != VALUE_UNBOUND) return value_object(found);
  }
  StructFormat *s = new_struct(vm);
  if (!set_format(vm, s, format)) return NULL;
  if (dict_length(struct_state.formats) >= CACHE_MAX) dict_clear(vm, struct_state.formats);
  if (keep && !dict_set(vm, struct_state.formats, format, value_from(s))) return NULL;
  return s;
}

static void trace_struct(Marker *marker, Object *self) {
  const StructFormat *s = (const StructFormat *)self;
  mark_value(marker, s->format);
  mark_object(marker, s->items);
}

/* ---- packing */

static bool check_count(VM *vm, const StructFormat *s, int count, const char *name) {
  if ((uint64_t)count == s->values) return true;
  return raise_false(vm, struct_state.error, "%s expected %zd items for packing (got %zd)", name,
                     (size_t)s->values, (size_t)count);
}

MUST_USE static bool pack_values(VM *vm, StructFormat *s, uint8_t *to, const Value *args) {
  const StructItem *item = (const StructItem *)s->items->bytes;
  for (uint64_t k = 0; k < s->item_count; k++, item++) {
    uint64_t times = item->code == 's' || item->code == 'p' ? 1 : item->count;
    uint8_t *at = to + item->offset;
    for (uint64_t i = 0; i < times; i++, at += item->size)
      if (!struct_put(vm, item, at, *args++)) return false;
  }
  return true;
}

static Value pack(VM *vm, StructFormat *s, const Value *args, int count) {
  if (!check_ready(vm, s) || !check_count(vm, s, count, "pack")) return VALUE_FAIL;
  Bytes *b = bytes_new(vm, NULL, s->size);
  if (!b) return VALUE_FAIL;
  if (s->size) memset(b->data, 0, s->size);
  return pack_values(vm, s, b->data, args) ? value_from(b) : VALUE_FAIL;
}

static bool check_offset(VM *vm, StructFormat *s, int64_t *offset, size_t size, bool packing) {
  int64_t need = (int64_t)s->size, have = (int64_t)size;
  if (*offset < 0) {
    if (*offset + need > 0)
      return raise_false(vm, struct_state.error,
                         packing ? "no space to pack %zd bytes at offset %zd"
                                 : "not enough data to unpack %zd bytes at offset %zd",
                         (size_t)need, (size_t)*offset);
    if (*offset + have < 0)
      return raise_false(vm, struct_state.error, "offset %zd out of range for %zd-byte buffer",
                         (size_t)*offset, size);
    *offset += have;
  }
  if (*offset > have || have - *offset < need)
    return raise_false(vm, struct_state.error,
                       "%s requires a buffer of at least %zu bytes for %s %zd bytes at offset %zd "
                       "(actual buffer size is %zd)",
                       packing ? "pack_into" : "unpack_from", (size_t)(*offset + need),
                       packing ? "packing" : "unpacking", (size_t)need, (size_t)*offset, size);
  return true;
}

static Value pack_into(VM *vm, StructFormat *s, const Value *args, int count) {
  int64_t offset;
  BufferView view;
  if (!check_ready(vm, s)) return VALUE_FAIL;
  if (count < 2)
    return struct_error(vm, count ? "pack_into expected offset argument"
                                  : "pack_into expected buffer argument");
  if (!check_count(vm, s, count - 2, "pack_into")) return VALUE_FAIL;
  if (!value_is_bytes_like(args[0]))
    return raise_type(vm, "argument must be read-write bytes-like object, not %T", args[0]);
  if (!buffer_acquire(vm, args[0], &view, true)) {
    error_clear(vm);
    return raise_type(vm, "argument must be read-write bytes-like object, not %T", args[0]);
  }
  bool ok =
      value_index64(vm, args[1], &offset, false) && check_offset(vm, s, &offset, view.size, true);
  if (ok) {
    memset(view.bytes + offset, 0, s->size);
    ok = pack_values(vm, s, view.bytes + offset, args + 2);
  }
  buffer_release(vm, &view);
  return value_none_if(ok);
}

/* ---- unpacking */

static Value unpack_values(VM *vm, const StructFormat *s, const uint8_t *from) {
  Tuple *values = tuple_new(vm, s->values);
  if (!values) return VALUE_FAIL;
  const StructItem *item = (const StructItem *)s->items->bytes;
  size_t n = 0;
  for (uint64_t k = 0; k < s->item_count; k++, item++) {
    uint64_t times = item->code == 's' || item->code == 'p' ? 1 : item->count;
    const uint8_t *at = from + item->offset;
    for (uint64_t i = 0; i < times; i++, at += item->size) {
      Value v = struct_get(vm, item, at);
      if (value_is_fail(v)) return v;
      tuple_set_item(vm, values, n++, v);
    }
  }
  return value_from(values);
}

static Value unpack(VM *vm, StructFormat *s, const Pin *buffer) {
  if (!s || !check_ready(vm, s)) return VALUE_FAIL;
  if (buffer->n != s->size)
    return raise_error(vm, struct_state.error, "unpack requires a buffer of %zd bytes",
                       (size_t)s->size);
  return unpack_values(vm, s, buffer->bytes);
}

static Value unpack_from(VM *vm, StructFormat *s, const Pin *buffer, int64_t offset) {
  if (!s || !check_ready(vm, s) || !check_offset(vm, s, &offset, buffer->n, false))
    return VALUE_FAIL;
  return unpack_values(vm, s, buffer->bytes + offset);
}

typedef struct UnpackIterator {
  Object h;
  StructFormat *format; /* [gc] NULL: exhausted */
  Value buffer;
  uint64_t offset;
  BufferView view;
} UnpackIterator;

#define NATIVE_DEF "vm/modules/binary/struct_iterator.def"
#define NATIVE_PREFIX iterator_
#define NATIVE_SELF UnpackIterator *
#include "vm/contracts/native_class.inc"

static Value iter_unpack(VM *vm, StructFormat *s, Value buffer) {
  if (!s || !check_ready(vm, s)) return VALUE_FAIL;
  if (!s->size) return struct_error(vm, "cannot iteratively unpack with a struct of length 0");
  BufferView view;
  if (!buffer_acquire(vm, buffer, &view, false)) return VALUE_FAIL;
  if (view.size % s->size) {
    buffer_release(vm, &view);
    return raise_error(vm, struct_state.error,
                       "iterative unpacking requires a buffer of a multiple of %zd bytes",
                       (size_t)s->size);
  }
  UnpackIterator *it = heap_new_zeroed(vm, SHAPE_OF(struct_unpack_iterator), sizeof *it);
  it->format = s;
  it->buffer = buffer;
  it->view = view;
  heap_track_destroy(vm, &it->h);
  return value_from(it);
}

static void finish_iterator(VM *vm, UnpackIterator *it) {
  if (it->format) buffer_release(vm, &it->view);
  it->format = NULL;
}

static Value next_record(VM *vm, Value self) {
  UnpackIterator *it = value_object(self);
  if (!it->format) return VALUE_STOP;
  if (it->offset >= it->view.size) {
    finish_iterator(vm, it);
    return VALUE_STOP;
  }
  Value v = unpack_values(vm, it->format, it->view.bytes + it->offset);
  it->offset += it->format->size;
  return v;
}

static void destroy_iterator(VM *vm, Object *self) { finish_iterator(vm, (UnpackIterator *)self); }

static void trace_iterator(Marker *marker, Object *self) {
  const UnpackIterator *it = (const UnpackIterator *)self;
  mark_object(marker, it->format);
  mark_value(marker, it->buffer);
}

static Value iterator_op_length_hint(VM *vm, UnpackIterator *it,
                                     const iterator_op_length_hint_args *a) {
  return value_int_unchecked(it->format ? (int64_t)((it->view.size - it->offset) / it->format->size)
                                        : 0);
}

/* ---- methods */

static Value Struct_pack(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames) return raise_type(vm, "pack() takes no keyword arguments");
  return pack(vm, value_object(self), args, npos);
}

static Value Struct_pack_into(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames) return raise_type(vm, "pack_into() takes no keyword arguments");
  return pack_into(vm, value_object(self), args, npos);
}

static Value Struct_unpack(VM *vm, StructFormat *self, const Struct_unpack_args *a) {
  return unpack(vm, self, &a->buffer);
}
static Value Struct_iter_unpack(VM *vm, StructFormat *self, const Struct_iter_unpack_args *a) {
  return iter_unpack(vm, self, a->buffer);
}
static Value Struct_unpack_from(VM *vm, StructFormat *self, const Struct_unpack_from_args *a) {
  return unpack_from(vm, self, &a->buffer, a->offset);
}
static Value Struct_get_format(VM *vm, StructFormat *self) {
  return check_ready(vm, self) ? self->format : VALUE_FAIL;
}
static Value Struct_get_size(VM *vm, StructFormat *self) {
  return check_ready(vm, self) ? value_int(vm, (int64_t)self->size) : VALUE_FAIL;
}
static Value Struct_op_sizeof(VM *vm, StructFormat *self, const Struct_op_sizeof_args *a) {
  return cell_sizeof(vm, self, self->items);
}

static Value Struct_op_init(VM *vm, StructFormat *self, const Struct_op_init_args *a) {
  return value_none_if(set_format(vm, self, a->format));
}

static Value Struct_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (!value_is_fail(v)) ((StructFormat *)value_object(v))->format = VALUE_NONE;
  return v;
}

/* ---- functions */

static Value struct_calcsize(VM *vm, Value self, const struct_calcsize_args *a) {
  StructFormat *s = find_struct(vm, a->format);
  return s ? value_int(vm, (int64_t)s->size) : VALUE_FAIL;
}

static Value struct_pack(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames) return raise_type(vm, "pack() takes no keyword arguments");
  if (npos == 0) return raise_type(vm, "missing format argument");
  StructFormat *s = find_struct(vm, args[0]);
  return s ? pack(vm, s, args + 1, npos - 1) : VALUE_FAIL;
}

static Value struct_pack_into(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames) return raise_type(vm, "pack_into() takes no keyword arguments");
  if (npos == 0) return raise_type(vm, "missing format argument");
  StructFormat *s = find_struct(vm, args[0]);
  return s ? pack_into(vm, s, args + 1, npos - 1) : VALUE_FAIL;
}

static Value struct_unpack(VM *vm, Value self, const struct_unpack_args *a) {
  return unpack(vm, find_struct(vm, a->format), &a->buffer);
}
static Value struct_iter_unpack(VM *vm, Value self, const struct_iter_unpack_args *a) {
  return iter_unpack(vm, find_struct(vm, a->format), a->buffer);
}
static Value struct_unpack_from(VM *vm, Value self, const struct_unpack_from_args *a) {
  return unpack_from(vm, find_struct(vm, a->format), &a->buffer, a->offset);
}
static Value struct__clearcache(VM *vm, Value self, const struct__clearcache_args *a) {
  if (struct_state.formats) dict_clear(vm, struct_state.formats);
  return VALUE_NONE;
}

const ClassSpec struct_Struct_class = {
    NATIVE_CLASS(Struct_),
    .basic_size = sizeof(StructFormat),
    .trace = trace_struct,
};

const ClassSpec struct_unpack_iterator_class = {
    NATIVE_CLASS(iterator_), .basic_size = sizeof(UnpackIterator),
    .trace = trace_iterator, .destroy = destroy_iterator,
    .next = next_record,
};

static bool init(VM *vm, Module *module) {
  if (!struct_state.error) { /* a module that is imported anew keeps its classes */
    Value error = module_new_exception(vm, "struct", "error", TYPE_OF(Exception));
    if (value_is_fail(error)) return false;
    struct_state.error = value_object(error);
    heap_add_root_object(vm, &struct_state.error);
  }
  return module_add(vm, module, "error", value_from(struct_state.error)) &&
         module_add_type(vm, module, TYPE_OF(struct_Struct));
}

const ModuleSpec _struct_module = {
    .name = "_struct",
    .doc = "Values packed into bytes: the work behind the module struct.",
    NATIVE_FUNCTIONS(struct_),
    .init = init};
