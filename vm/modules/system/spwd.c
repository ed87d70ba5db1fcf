/* spwd.c -- the module spwd: the database of shadow passwords. */
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/core/vm.h"
#include "vm/objects/list.h"
#include "vm/runtime/path.h"

#include <errno.h>
#include <shadow.h>

#define NATIVE_DEF "vm/modules/system/spwd.def"
#define NATIVE_PREFIX spwd_
#include "vm/contracts/native_class.inc"

static struct { Value entry_type; /* registered by the first import */ } state = {VALUE_NONE};

static Value text(VM *vm, const char *bytes) {
  return bytes ? path_decode(vm, bytes, strlen(bytes)) : VALUE_NONE;
}

static Value entry_value(VM *vm, const struct spwd *entry) {
  Value name = text(vm, entry->sp_namp), password = text(vm, entry->sp_pwdp);
  if (value_is_fail(name) || value_is_fail(password)) return VALUE_FAIL;
  Value fields[] = {name,
                    password,
                    value_int(vm, entry->sp_lstchg),
                    value_int(vm, entry->sp_min),
                    value_int(vm, entry->sp_max),
                    value_int(vm, entry->sp_warn),
                    value_int(vm, entry->sp_inact),
                    value_int(vm, entry->sp_expire),
                    value_int(vm, (int64_t)entry->sp_flag),
                    name,
                    password};
  return struct_sequence_new(vm, value_object(state.entry_type), fields);
}

static Value spwd_getspnam(VM *vm, Value self, const spwd_getspnam_args *a) {
  const Bytes *name = path_encode(vm, value_from(a->arg));
  if (!name) return VALUE_FAIL;
  errno = 0;
  const struct spwd *found = getspnam((const char *)name->data);
  if (found) return entry_value(vm, found);
  return errno ? raise_errno(vm, errno, VALUE_NONE)
               : raise_error(vm, TYPE_OF(KeyError), "getspnam(): name not found");
}

static Value spwd_getspall(VM *vm, Value self, const spwd_getspall_args *a) {
  List *list = list_new(vm, 0);
  if (!list) return VALUE_FAIL;
  setspent();
  for (const struct spwd *entry; (entry = getspent());) {
    Value v = entry_value(vm, entry);
    if (value_is_fail(v) || !list_append_value(vm, list, v)) return endspent(), VALUE_FAIL;
  }
  endspent();
  return value_from(list);
}

static bool init(VM *vm, Module *module) {
  static const char *const fields[] = {"sp_namp", "sp_pwdp", "sp_lstchg", "sp_min",
                                       "sp_max",  "sp_warn", "sp_inact",  "sp_expire",
                                       "sp_flag", "sp_nam",  "sp_pwd",    NULL};
  static const char *const docs[] = {"name of the user",
                                     "password, encrypted",
                                     "day of the last change",
                                     "least number of days between changes",
                                     "greatest number of days between changes",
                                     "days before the end on which the user is warned",
                                     "days after the end until the account is closed",
                                     "day on which the account ends, since 1970",
                                     "kept for later",
                                     "the first, under an older name",
                                     "the second, under an older name"};
  static const StructSequenceSpec spec = {
      .name = "spwd.struct_spwd",
      .doc = "spwd.struct_spwd: what getspnam() and getspall() give.",
      .fields = fields,
      .docs = docs,
      .visible = 9};
  if (!warn(vm, TYPE_OF(DeprecationWarning), 1,
            "'spwd' is deprecated and slated for removal in Python 3.13"))
    return false;
  if (state.entry_type == VALUE_NONE) {
    Type *type = struct_sequence_type(vm, &spec);
    if (!type) return false;
    state.entry_type = value_from(type);
    heap_add_root(vm, &state.entry_type);
  }
  return module_add(vm, module, "struct_spwd", state.entry_type);
}

const ModuleSpec spwd_module = {
    .name = "spwd",
    .doc = "The database of shadow passwords, which is root's to read.",
    NATIVE_FUNCTIONS(spwd_),
    .init = init,
};
