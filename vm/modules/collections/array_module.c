/* array_module.c -- the module array: arrays made again from their pickles, and the module's
** contents. */
#include "vm/contracts/import.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/collections/array.h"
#include "vm/modules/collections/array_formats.h"
#include "vm/objects/module.h"
#include "vm/objects/str_ops.h"

#define NATIVE_DEF "vm/modules/collections/array_functions.def"
#define NATIVE_PREFIX arrays_
#include "vm/contracts/native_class.inc"

static Value arrays__array_reconstructor(VM *vm, Value module,
                                         const arrays__array_reconstructor_args *a) {
  if (!value_is_type(a->arraytype))
    return raise_type(vm, "first argument must be a type object, not %.200T", a->arraytype);
  Type *type = value_object(a->arraytype);
  if (!type_is_subtype(type, TYPE_OF(array)))
    return raise_type(vm, "%.200N is not a subtype of %.200N", type, TYPE_OF(array));
  uint32_t code = a->typecode->length == 1 ? str_at(a->typecode, 0) : 0;
  if (!code || code > 127 || !strchr(array_codes, (int)code))
    return raise_value(vm, "second argument must be a valid type code");
  int format = a->mformat_code;
  if (format < 0 || format >= ARRAY_FORMATS)
    return raise_value(vm, "third argument must be a valid machine format code.");
  if (!value_has_flag(a->items, TYPE_BYTES_SUBCLASS))
    return raise_type(vm, "fourth argument should be bytes, not %.200T", a->items);
  const Bytes *b = value_object(a->items);
  bool same = format == array_machine_format((char)code);
  Array *self =
      array_new(vm, type, same ? (char)code : array_code_of_format(format, (char)code), 0);
  if (!self) return VALUE_FAIL;
  size_t size = array_format_size(format);
  if (b->length % size)
    return raise_value(vm, same ? "bytes length not a multiple of item size"
                                : "string length not a multiple of item size");
  if (same) return array_add_bytes(vm, self, b->data, b->length) ? value_from(self) : VALUE_FAIL;
  if (format >= 18) {
    static const char *const encodings[] = {"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"};
    Str *encoding = str_intern_cstr(vm, encodings[format - 18]);
    if (!encoding) return VALUE_FAIL;
    Value text = call_method2(vm, a->items, NAME("decode"), value_from(encoding),
                              value_from(NAME("strict")));
    return !value_is_fail(text) && array_fill(vm, self, text) ? value_from(self) : VALUE_FAIL;
  }
  for (size_t i = 0; i < b->length; i += size) {
    Value v = array_load_foreign(vm, format, b->data + i);
    if (value_is_fail(v) || !array_append_value(vm, self, v)) return VALUE_FAIL;
  }
  return value_from(self);
}

/* An array is a collections.abc.MutableSequence, if that can be imported. */
static bool register_sequence(VM *vm) {
  Value import =
      get_item(vm, value_from(module_dict(vm->builtins)), value_from(NAME("__import__")));
  Value abc =
      value_is_fail(import) ? import : call1(vm, import, value_from(NAME("_collections_abc")));
  if (value_is_fail(abc)) return error_clear_if(vm, TYPE_OF(ImportError));
  Value sequence = get_attribute(vm, abc, NAME("MutableSequence"));
  return !value_is_fail(sequence) &&
         !value_is_fail(call_method1(vm, sequence, NAME("register"), value_from(TYPE_OF(array))));
}

static bool init(VM *vm, Module *module) {
  array_register();
  if (!register_sequence(vm)) return false;
  return module_add_type(vm, module, TYPE_OF(array)) &&
         module_add(vm, module, "ArrayType", value_from(TYPE_OF(array))) &&
         module_add_str(vm, module, "typecodes", array_codes);
}

const ModuleSpec array_module = {
    .name = "array", .doc = "Arrays of machine numbers.", NATIVE_FUNCTIONS(arrays_), .init = init};
