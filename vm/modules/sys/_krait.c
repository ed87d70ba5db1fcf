/* _krait.c -- the module _krait: what the package krait asks of the program that it is part of. */
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/imports/baked.h"
#include "vm/objects/bytes.h"
#include "vm/objects/str.h"

#define NATIVE_DEF "vm/modules/sys/_krait.def"
#define NATIVE_PREFIX krait_
#include "vm/contracts/native_class.inc"

static Value krait_library_file(VM *vm, Value self, const krait_library_file_args *a) {
  Str *path = str_format(vm, "krait/%U", a->path);
  const char *text = path ? str_utf8(vm, path, NULL) : NULL;
  size_t size;
  const char *file = text ? baked_file(text, &size) : NULL;
  if (text && !file)
    return raise_error(vm, TYPE_OF(FileNotFoundError), "no such file in the program: %R",
                       value_from(a->path));
  return file ? value_of(bytes_new(vm, file, size)) : VALUE_FAIL;
}

const ModuleSpec _krait_module = {
    .name = "_krait",
    .doc = "What the package krait asks of the program that it is part of.",
    NATIVE_FUNCTIONS(krait_),
};
