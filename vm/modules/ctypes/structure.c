/* structure.c -- Structure and Union: what their constructor does with its arguments. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/objects/str.h"

#define NATIVE_DEF "vm/modules/ctypes/structure.def"
#define NATIVE_PREFIX structure_
#include "vm/contracts/native_class.inc"

static Value structure_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  return cdata_construct(vm, cls);
}

static bool is_keyword(const Tuple *kwnames, Value name) {
  for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++)
    if (str_equal(value_object(kwnames->items[i]), value_object(name))) return true;
  return false;
}

static bool set_named(VM *vm, Value self, Value name, Value v) {
  if (!value_is_str(name))
    return raise_false(vm, TYPE_OF(TypeError), "attribute name must be string, not '%T'", name);
  Str *interned = str_intern(vm, value_object(name));
  return interned && set_attribute(vm, self, interned, v);
}

/* The name of the i-th pair of _fields_. */
static Value field_name(VM *vm, Value fields, int64_t i) {
  Value pair = get_item(vm, fields, value_int(vm, i));
  return value_is_fail(pair) ? pair : get_item(vm, pair, value_int_unchecked(0));
}

/* Arguments by position: those of the bases come first. The number that is used up; -1: raised. */
static int64_t set_by_position(VM *vm, Value self, const Type *type, const Value *args, int npos,
                               const Tuple *kwnames) {
  const Layout *layout = layout_of_type(type);
  int64_t first = 0;
  if (type->base && layout_of_type(type->base)) {
    first = set_by_position(vm, self, type->base, args, npos, kwnames);
    if (first < 0) return -1;
  }
  Value fields = dict_get_str(vm, type->attrs, NAME("_fields_"));
  if (fields == VALUE_UNBOUND) return first;
  for (int64_t i = first; i < layout->length && i < npos; i++) {
    Value name = field_name(vm, fields, i - first);
    if (value_is_fail(name)) return -1;
    if (value_is_str(name) && is_keyword(kwnames, name))
      return raise_type(vm, "duplicate values for field %R", name), -1;
    if (!set_named(vm, self, name, args[i])) return -1;
  }
  return layout->length;
}

static Value structure_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (npos) {
    int64_t used = set_by_position(vm, self, value_type(self), args, npos, kwnames);
    if (used < 0) return VALUE_FAIL;
    if (used < npos) return raise_type(vm, "too many initializers");
  }
  for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++)
    if (!set_named(vm, self, kwnames->items[i], args[(size_t)npos + i])) return VALUE_FAIL;
  return VALUE_NONE;
}

const ClassSpec ctypes_structure_class = {
    NATIVE_NAMES(structure_structure_),
    NATIVE_TABLES(structure_),
    .basic_size = sizeof(CData),
};
const ClassSpec ctypes_union_class = {
    NATIVE_NAMES(structure_union_),
    NATIVE_TABLES(structure_),
    .basic_size = sizeof(CData),
};
#endif
