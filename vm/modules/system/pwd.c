/* pwd.c -- the modules pwd and grp: the databases of users and groups. */
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/core/vm.h"
#include "vm/objects/list.h"
#include "vm/runtime/path.h"

#include <grp.h>
#include <pwd.h>

#define NATIVE_DEF "vm/modules/system/pwd.def"
#define NATIVE_PREFIX pwd_
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/system/grp.def"
#define NATIVE_PREFIX grp_
#include "vm/contracts/native_class.inc"

/* Registered by the first imports. */
static struct { Value passwd_type, group_type; } state = {VALUE_NONE, VALUE_NONE};

static Value text(VM *vm, const char *bytes) {
  return bytes ? path_decode(vm, bytes, strlen(bytes)) : VALUE_NONE;
}

static Value passwd_value(VM *vm, const struct passwd *p) {
  Value fields[] = {text(vm, p->pw_name),           text(vm, p->pw_passwd),
                    value_int_unchecked(p->pw_uid), value_int_unchecked(p->pw_gid),
                    text(vm, p->pw_gecos),          text(vm, p->pw_dir),
                    text(vm, p->pw_shell)};
  return struct_sequence_new(vm, value_object(state.passwd_type), fields);
}
static Value group_value(VM *vm, const struct group *g) {
  List *members = list_new(vm, 0);
  for (char **at = g->gr_mem; at && *at; at++)
    if (!list_append_value(vm, members, text(vm, *at))) return VALUE_FAIL;
  Value fields[] = {text(vm, g->gr_name), text(vm, g->gr_passwd), value_int_unchecked(g->gr_gid),
                    value_from(members)};
  return struct_sequence_new(vm, value_object(state.group_type), fields);
}

/* Ids that no database can hold are merely not found. */
static bool parse_id(VM *vm, Value v, int64_t *out, const char *message) {
  if (!value_is_any_int(v))
    return raise_false(vm, TYPE_OF(TypeError), "%s should be integer, not %T", message, v);
  return value_index64(vm, v, out, true);
}

static Value pwd_getpwuid(VM *vm, Value self, const pwd_getpwuid_args *a) {
  int64_t uid;
  if (!parse_id(vm, a->uidobj, &uid, "uid")) return VALUE_FAIL;
  const struct passwd *found = uid < -1 || uid > UINT32_MAX ? NULL : getpwuid((uid_t)uid);
  if (!found) return raise_error(vm, TYPE_OF(KeyError), "getpwuid(): uid not found: %S", a->uidobj);
  return passwd_value(vm, found);
}
static Value pwd_getpwnam(VM *vm, Value self, const pwd_getpwnam_args *a) {
  Bytes *name = path_encode(vm, value_from(a->name));
  if (!name) return VALUE_FAIL;
  const struct passwd *found = getpwnam((const char *)name->data);
  return found ? passwd_value(vm, found)
               : raise_error(vm, TYPE_OF(KeyError), "getpwnam(): name not found: %R",
                             value_from(a->name));
}
static Value pwd_getpwall(VM *vm, Value self, const pwd_getpwall_args *a) {
  List *list = list_new(vm, 0);
  setpwent();
  for (const struct passwd *entry; (entry = getpwent());) {
    Value v = passwd_value(vm, entry);
    if (v == VALUE_FAIL || !list_append_value(vm, list, v)) return endpwent(), VALUE_FAIL;
  }
  endpwent();
  return value_from(list);
}

static Value grp_getgrgid(VM *vm, Value self, const grp_getgrgid_args *a) {
  int64_t gid;
  if (!parse_id(vm, a->id, &gid, "gid")) return VALUE_FAIL;
  const struct group *found = gid < -1 || gid > UINT32_MAX ? NULL : getgrgid((gid_t)gid);
  if (!found) return raise_error(vm, TYPE_OF(KeyError), "getgrgid(): gid not found: %S", a->id);
  return group_value(vm, found);
}
static Value grp_getgrnam(VM *vm, Value self, const grp_getgrnam_args *a) {
  Bytes *name = path_encode(vm, value_from(a->name));
  if (!name) return VALUE_FAIL;
  const struct group *found = getgrnam((const char *)name->data);
  return found ? group_value(vm, found)
               : raise_error(vm, TYPE_OF(KeyError), "getgrnam(): name not found: %R",
                             value_from(a->name));
}
static Value grp_getgrall(VM *vm, Value self, const grp_getgrall_args *a) {
  List *list = list_new(vm, 0);
  setgrent();
  for (const struct group *entry; (entry = getgrent());) {
    Value v = group_value(vm, entry);
    if (v == VALUE_FAIL || !list_append_value(vm, list, v)) return endgrent(), VALUE_FAIL;
  }
  endgrent();
  return value_from(list);
}

static bool add_type(VM *vm, Module *module, const char *name, Value *slot,
                     const StructSequenceSpec *spec) {
  if (*slot == VALUE_NONE) {
    Type *type = struct_sequence_type(vm, spec);
    if (!type) return false;
    *slot = value_from(type);
    heap_add_root(vm, slot);
  }
  return module_add(vm, module, name, *slot);
}
static bool pwd_init(VM *vm, Module *module) {
  static const char *const fields[] = {"pw_name",  "pw_passwd", "pw_uid",   "pw_gid",
                                       "pw_gecos", "pw_dir",    "pw_shell", NULL};
  static const char *const docs[] = {"name of the user",          "password, or what stands for it",
                                     "number of the user",        "number of the user's group",
                                     "full name and more",        "home folder",
                                     "program that runs at login"};
  static const StructSequenceSpec spec = {.name = "pwd.struct_passwd",
                                          .doc =
                                              "pwd.struct_passwd: Results from getpw*() routines.",
                                          .fields = fields,
                                          .docs = docs,
                                          .visible = 7};
  return add_type(vm, module, "struct_passwd", &state.passwd_type, &spec);
}
static bool grp_init(VM *vm, Module *module) {
  static const char *const fields[] = {"gr_name", "gr_passwd", "gr_gid", "gr_mem", NULL};
  static const char *const docs[] = {"name of the group", "password, or what stands for it",
                                     "number of the group", "names of the members"};
  static const StructSequenceSpec spec = {.name = "grp.struct_group",
                                          .doc =
                                              "grp.struct_group: Results from getgr*() routines.",
                                          .fields = fields,
                                          .docs = docs,
                                          .visible = 4};
  return add_type(vm, module, "struct_group", &state.group_type, &spec);
}

const ModuleSpec pwd_module = {
    .name = "pwd", .doc = "The database of users.", NATIVE_FUNCTIONS(pwd_), .init = pwd_init};
const ModuleSpec grp_module = {
    .name = "grp", .doc = "The database of groups.", NATIVE_FUNCTIONS(grp_), .init = grp_init};
