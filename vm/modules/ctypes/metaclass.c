/* metaclass.c -- classes of C types: how each metaclass makes one, and what all of them offer. */
#include "vm/contracts/sys.h"
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/objects/int.h"
#include "vm/objects/memoryview.h"
#include "vm/objects/str.h"
#include "vm/native/bind.h"

/* ---- simple types */

static const Letter *read_code(VM *vm, Value type) {
  Value given = find_attribute(vm, type, NAME("_type_"));
  if (value_is_fail(given)) return NULL;
  if (given == VALUE_UNBOUND) {
    raise_error(vm, TYPE_OF(AttributeError), "class must define a '_type_' attribute");
    return NULL;
  }
  if (!value_is_str(given))
    return raise_type(vm, "class must define a '_type_' string attribute"), NULL;
  const Str *s = value_object(given);
  if (s->length != 1) {
    raise_value(vm, "class must define a '_type_' attribute which must be a string of length 1");
    return NULL;
  }
  const Letter *code = code_of_letter(str_at(s, 0));
  if (!code)
    raise_error(vm, TYPE_OF(AttributeError),
                "class must define a '_type_' attribute which must be\n"
                "a single character string containing one of '%s'.",
                code_letters);
  return code;
}

static Layout *simple_layout(VM *vm, const Letter *code, bool swapped) {
  Layout *layout = layout_new(vm, C_SIMPLE);
  layout->code = code;
  layout->ffi = code->ffi;
  layout->size = code->size;
  layout->align = code->ffi->alignment;
  layout->is_swapped = swapped;
  char format[2] = {swapped ? '>' : '<', code->pep};
  return layout_set_format(vm, layout, format, 2) ? layout : NULL;
}

static Value plain_class(VM *vm, Type *meta, const Value *args, int npos, Tuple *kwnames) {
  return TYPE_OF(type)->construct(vm, value_from(meta), args, npos, kwnames);
}

/* The type of the other byte order, of which both know. */
static bool add_swapped(VM *vm, Value type, const Letter *code, Type *meta, const Value *args,
                        int npos, Tuple *kwnames) {
  Str *name = str_format(vm, "%S_be", args[0]);
  if (!name) return false;
  Value given[3] = {value_from(name), args[1], args[2]};
  Value other = plain_class(vm, meta, given, 3, NULL);
  Layout *layout = value_is_fail(other) ? NULL : simple_layout(vm, code, true);
  if (!layout) return false;
  type_set_layout(vm, value_object(other), layout);
  return type_add(vm, value_object(type), "__ctype_le__", type) &&
         type_add(vm, value_object(type), "__ctype_be__", other) &&
         type_add(vm, value_object(other), "__ctype_le__", type) &&
         type_add(vm, value_object(other), "__ctype_be__", other);
}

static bool begin_simple(VM *vm, Value type, Type *meta, const Value *args, int npos,
                         Tuple *kwnames) {
  const Letter *code = read_code(vm, type);
  Layout *layout = code ? simple_layout(vm, code, false) : NULL;
  if (!layout) return false;
  type_set_layout(vm, value_object(type), layout);
  bool swaps = meta == TYPE_OF(ctypes_simple_type) && strchr("hHiIlLqQfd", code->letter) &&
               ((Type *)value_object(type))->base == TYPE_OF(ctypes_simple);
  return !swaps || add_swapped(vm, type, code, meta, args, npos, kwnames);
}

/* ---- arrays */

static bool read_length(VM *vm, Value type, int64_t *length) {
  Value given = find_attribute(vm, type, NAME("_length_"));
  if (value_is_fail(given)) return false;
  if (given == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(AttributeError), "class must define a '_length_' attribute");
  if (!value_is_any_int(given))
    return raise_false(vm, TYPE_OF(TypeError), "The '_length_' attribute must be an integer");
  if (int_sign(given) < 0)
    return raise_false(vm, TYPE_OF(ValueError), "The '_length_' attribute must not be negative");
  return int_to_int64(given, length) ||
         raise_false(vm, TYPE_OF(OverflowError), "The '_length_' attribute is too large");
}

static bool set_shape(VM *vm, Layout *layout, const Layout *item) {
  layout->ndim = item->ndim + 1;
  RawBytes *shape = raw_bytes_new(vm, (size_t)layout->ndim * sizeof(int64_t));
  if (!shape) return false;
  int64_t *dims = (int64_t *)shape->bytes;
  dims[0] = layout->length;
  if (item->ndim) memcpy(dims + 1, item->shape->bytes, (size_t)item->ndim * sizeof *dims);
  layout->shape = shape;
  layout->format = item->format;
  heap_barrier_any(vm, layout);
  return true;
}

static bool begin_array(VM *vm, Value type) {
  int64_t length;
  if (!read_length(vm, type, &length)) return false;
  Value item_type = find_attribute(vm, type, NAME("_type_"));
  if (value_is_fail(item_type)) return false;
  if (item_type == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(AttributeError), "class must define a '_type_' attribute");
  Layout *item = layout_of_value(item_type);
  if (!item) return raise_false(vm, TYPE_OF(TypeError), "_type_ must have storage info");
  size_t size;
  if (__builtin_mul_overflow(item->size, (size_t)length, &size) || size > INT64_MAX)
    return raise_false(vm, TYPE_OF(OverflowError), "array too large");
  Layout *layout = layout_new(vm, C_ARRAY);
  item->is_final = true; /* the places of the items depend on its size */
  layout->size = size;
  layout->align = item->align;
  layout->length = length;
  layout->item = item_type;
  if (!set_shape(vm, layout, item)) return false;
  type_set_layout(vm, value_object(type), layout);
  extern const GetSetSpec char_array_value, char_array_raw, wchar_array_value;
  Type *cls = value_object(type);
  if (layout_is_char(item, 'c'))
    return type_add(vm, cls, "value", getset_descriptor_new(vm, cls, &char_array_value)) &&
           type_add(vm, cls, "raw", getset_descriptor_new(vm, cls, &char_array_raw));
  if (layout_is_char(item, 'u'))
    return type_add(vm, cls, "value", getset_descriptor_new(vm, cls, &wchar_array_value));
  return true;
}

static Value make_array_type(VM *vm, Value item, int64_t count) {
  Str *name = str_format(vm, "%.200N_Array_%lld", (Type *)value_object(item), (long long)count);
  Dict *attrs = dict_new(vm);
  Value length = value_int(vm, count);
  if (!name || !dict_set_str(vm, attrs, NAME("_length_"), length) ||
      !dict_set_str(vm, attrs, NAME("_type_"), item))
    return VALUE_FAIL;
  Value bases = PACK(value_from(TYPE_OF(ctypes_array)));
  if (value_is_fail(bases)) return bases;
  return call3(vm, value_from(TYPE_OF(ctypes_array_type)), value_from(name), bases,
               value_from(attrs));
}

static Value array_type_of(VM *vm, Value item, int64_t count) {
  if (count < 0) return raise_value(vm, "Array length must be >= 0, not %lld", (long long)count);
  if (!value_is_type(item)) return raise_type(vm, "Expected a type object");
  Value key = PACK(item, value_int(vm, count));
  if (value_is_fail(key)) return key;
  Value found = dict_get(vm, ctypes_state.array_types, key);
  if (found != VALUE_UNBOUND) return found;
  Value made = make_array_type(vm, item, count);
  if (!value_is_fail(made) && !dict_set(vm, ctypes_state.array_types, key, made)) return VALUE_FAIL;
  return made;
}

Value ctype_times(VM *vm, Type *type, Value count) {
  int64_t n;
  if (!value_is_any_int(count) && !value_has_special(count, SPECIAL_index))
    return raise_type(vm, "can't multiply sequence by non-int of type '%T'", count);
  if (!value_index64(vm, count, &n, false)) return VALUE_FAIL;
  return array_type_of(vm, value_from(type), n);
}

/* ---- pointers */

bool pointer_set_type(VM *vm, Layout *layout, Value to) {
  if (to == VALUE_MISSING || !value_is_type(to))
    return raise_false(vm, TYPE_OF(TypeError), "_type_ must be a type");
  const Layout *item = layout_of_value(to);
  if (!item) return raise_false(vm, TYPE_OF(TypeError), "_type_ must have storage info");
  layout->item = to;
  heap_barrier(vm, layout, to);
  Str *inner = layout_describe(vm, item);
  Str *format = inner ? str_format(vm, "&%U", inner) : NULL;
  size_t n;
  const char *text = format ? str_utf8(vm, format, &n) : NULL;
  return text && layout_set_format(vm, layout, text, n);
}

static bool begin_pointer(VM *vm, Value type) {
  Value to = dict_get_str(vm, ((Type *)value_object(type))->attrs, NAME("_type_")); /* its own */
  Layout *layout = layout_new(vm, C_POINTER);
  layout->size = sizeof(void *);
  layout->align = ffi_type_pointer.alignment;
  layout->length = 1;
  if (to != VALUE_UNBOUND && to != VALUE_NONE && !pointer_set_type(vm, layout, to)) return false;
  type_set_layout(vm, value_object(type), layout);
  return true;
}

Value ctype_pointer_to(VM *vm, Value to) {
  Value found = dict_get(vm, ctypes_state.pointer_types, to);
  if (found != VALUE_UNBOUND) return found;
  bool is_named = value_is_str(to);
  if (!is_named && !value_is_type(to)) return raise_type(vm, "must be a ctypes type");
  Dict *attrs = dict_new(vm);
  if (!is_named && !dict_set_str(vm, attrs, NAME("_type_"), to)) return VALUE_FAIL;
  Str *name =
      is_named ? str_format(vm, "LP_%S", to) : str_format(vm, "LP_%N", (Type *)value_object(to));
  Value bases = PACK(value_from(TYPE_OF(ctypes_pointer)));
  if (!name || value_is_fail(bases)) return VALUE_FAIL;
  Value made = call3(vm, value_from(TYPE_OF(ctypes_pointer_type)), value_from(name), bases,
                     value_from(attrs));
  if (value_is_fail(made)) return made;
  Value key = is_named ? int_from_uint64(vm, (uintptr_t)value_object(made)) : to;
  return dict_set(vm, ctypes_state.pointer_types, key, made) ? made : VALUE_FAIL;
}

/* ---- functions */

static bool begin_function(VM *vm, Value type) {
  Dict *own = ((Type *)value_object(type))->attrs; /* what bases say does not count */
  Value flags = dict_get_str(vm, own, NAME("_flags_"));
  if (flags == VALUE_UNBOUND || !value_is_any_int(flags))
    return raise_false(vm, TYPE_OF(TypeError),
                       "class must define _flags_ which must be an integer");
  Layout *layout = layout_new(vm, C_FUNCTION);
  layout->flags = (int32_t)int_low_bits(flags) | CALL_CDECL;
  layout->size = sizeof(void *);
  layout->align = ffi_type_pointer.alignment;
  layout->length = 1;
  if (!layout_set_format(vm, layout, "X{}", 3)) return false;
  Value argtypes = dict_get_str(vm, own, NAME("_argtypes_"));
  Tuple *converters = layout->converters;
  Value checker = layout->checker;
  if (argtypes != VALUE_UNBOUND && !read_argtypes(vm, argtypes, &converters)) return false;
  Value restype = dict_get_str(vm, own, NAME("_restype_"));
  const char *message = "_restype_ must be a type, a callable, or None";
  if (restype != VALUE_UNBOUND && !read_restype(vm, restype, message, &checker)) return false;
  layout->argtypes = argtypes;
  layout->converters = converters;
  layout->restype = restype;
  layout->checker = checker;
  heap_barrier_any(vm, layout);
  type_set_layout(vm, value_object(type), layout);
  return true;
}

/* ---- all */

/* Which metaclass makes what, and under which base. */
static bool kind_of_meta(const Type *meta, CKind *kind, const Type **base) {
  const struct {
    const Type *meta, *base;
    CKind kind;
  } rows[] = {
      {TYPE_OF(ctypes_simple_type), TYPE_OF(ctypes_simple), C_SIMPLE},
      {TYPE_OF(ctypes_array_type), TYPE_OF(ctypes_array), C_ARRAY},
      {TYPE_OF(ctypes_pointer_type), TYPE_OF(ctypes_pointer), C_POINTER},
      {TYPE_OF(ctypes_function_type), TYPE_OF(ctypes_function), C_FUNCTION},
      {TYPE_OF(ctypes_structure_type), TYPE_OF(ctypes_structure), C_STRUCT},
      {TYPE_OF(ctypes_union_type), TYPE_OF(ctypes_union), C_UNION},
  };
  for (; meta; meta = meta->base)
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
      if (rows[i].meta == meta) return *kind = rows[i].kind, *base = rows[i].base, true;
  return false;
}

/* Law: instances of a class with a layout are of the C struct that its kind asks for. */
static bool begin(VM *vm, Value made, Type *meta, const Value *args, int npos, Tuple *kwnames) {
  Type *type = value_object(made);
  CKind kind;
  const Type *base;
  if (!kind_of_meta(meta, &kind, &base)) panic("a metaclass of no kind");
  bool fine;
  switch (kind) {
  case C_SIMPLE: fine = begin_simple(vm, made, meta, args, npos, kwnames); break;
  case C_ARRAY: fine = begin_array(vm, made); break;
  case C_POINTER: fine = begin_pointer(vm, made); break;
  case C_FUNCTION: fine = begin_function(vm, made); break;
  default: fine = aggregate_begin(vm, type, kind);
  }
  if (fine && type_is_subtype(type, base)) return true;
  ((CType *)type)->layout = VALUE_UNBOUND;
  if (!fine) return false;
  return raise_false(vm, TYPE_OF(TypeError), "%N must derive from %N", type, base);
}

Value ctype_make(VM *vm, Type *meta, const Value *args, int npos, Tuple *kwnames) {
  Value made = plain_class(vm, meta, args, npos, kwnames);
  if (value_is_fail(made) || value_type(made) != meta) return made;
  return begin(vm, made, meta, args, npos, kwnames) ? made : VALUE_FAIL;
}

Value ctype_from_address(VM *vm, Type *type, Value address) {
  if (!value_is_any_int(address)) return raise_type(vm, "integer expected");
  void *at;
  if (!int_as_address(vm, address, &at)) return VALUE_FAIL;
  AUDITED(vm, "ctypes.cdata", int_from_uint64(vm, (uintptr_t)at));
  return cdata_at(vm, type, at);
}

/* The part of a buffer that an instance would take, NULL: raised. */
static uint8_t *buffer_part(VM *vm, const Type *type, const BufferView *view, int64_t offset) {
  const Layout *layout = layout_of_type(type);
  if (offset < 0) return raise_value(vm, "offset cannot be negative"), NULL;
  if ((int64_t)view->size - offset < (int64_t)layout->size) {
    raise_value(vm, "Buffer size too small (%zu instead of at least %zu bytes)", view->size,
                layout->size + (size_t)offset);
    return NULL;
  }
  return view->bytes + offset;
}

static bool audit_buffer(VM *vm, const void *bytes, size_t size, int64_t offset) {
  return SYS_AUDIT(vm, "ctypes.cdata/buffer", int_from_uint64(vm, (uintptr_t)bytes),
                   value_int(vm, (int64_t)size), value_int(vm, offset));
}

Value ctype_from_buffer(VM *vm, Type *type, Value object, int64_t offset) {
  if (!layout_of_type(type)) return raise_type(vm, "abstract class");
  Value memory = memoryview_new(vm, object);
  if (value_is_fail(memory)) return memory;
  if (((MemoryView *)value_object(memory))->readonly)
    return raise_type(vm, "underlying buffer is not writable");
  if (!memoryview_in_one_piece(memory))
    return raise_type(vm, "underlying buffer is not C contiguous");
  BufferView view;
  if (!buffer_acquire(vm, memory, &view, true)) return VALUE_FAIL;
  uint8_t *at = buffer_part(vm, type, &view, offset);
  buffer_release(vm, &view);
  if (!at || !audit_buffer(vm, view.bytes, view.size, offset))
    return memoryview_drop(vm, memory), VALUE_FAIL;
  AUDITED(vm, "ctypes.cdata", int_from_uint64(vm, (uintptr_t)at));
  Value v = cdata_at(vm, type, at);
  if (value_is_fail(v)) return v;
  return cdata_keep(vm, value_object(v), -1, memory) ? v : VALUE_FAIL;
}

Value ctype_from_buffer_copy(VM *vm, Type *type, Value object, int64_t offset) {
  if (!layout_of_type(type)) return raise_type(vm, "abstract class");
  BufferView view;
  if (!buffer_acquire(vm, object, &view, false)) return VALUE_FAIL;
  const uint8_t *at = buffer_part(vm, type, &view, offset);
  bool ok = at && audit_buffer(vm, view.bytes, view.size, offset);
  Value v = ok ? cdata_copy_of(vm, type, at) : VALUE_FAIL;
  buffer_release(vm, &view);
  return v;
}

Value ctype_in_dll(VM *vm, Type *type, Value dll, Value name) {
  if (!value_is_str(name))
    return name == VALUE_NONE ? raise_type(vm, "in_dll() argument 2 must be str, not None")
                              : raise_type(vm, "in_dll() argument 2 must be str, not %T", name);
  AUDITED(vm, "ctypes.dlsym", dll, name);
  Value text = name_in_library(vm, name);
  if (value_is_fail(text)) return text;
  void *address = library_symbol(vm, dll, text, TYPE_OF(ValueError));
  if (!address) return VALUE_FAIL;
  AUDITED(vm, "ctypes.cdata", int_from_uint64(vm, (uintptr_t)address));
  return cdata_at(vm, type, address);
}
#endif
