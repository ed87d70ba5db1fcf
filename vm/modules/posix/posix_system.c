/* posix_system.c -- posix: configuration values, randomness, the machine; the constants. */
#include "vm/modules/posix/posix.h"
#include "vm/objects/list.h"

#include <dlfcn.h>
#include <limits.h>
#include <linux/fs.h>
#include <linux/memfd.h>
#include <sched.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <sysexits.h>

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

#define NATIVE_DEF "vm/modules/posix/posix_system.def"
#define NATIVE_PREFIX system_
#include "vm/contracts/native_class.inc"

static const NamedInt sysconf_names[] = {
#define SYSCONF(n) {"SC_" #n, _SC_##n},
#include "vm/modules/posix/posix_names.def"
};
static const NamedInt pathconf_names[] = {
#define PATHCONF(n) {"PC_" #n, _PC_##n},
#include "vm/modules/posix/posix_names.def"
};
static const NamedInt confstr_names[] = {{"CS_PATH", _CS_PATH},
                                         {"CS_GNU_LIBC_VERSION", _CS_GNU_LIBC_VERSION},
                                         {"CS_GNU_LIBPTHREAD_VERSION", _CS_GNU_LIBPTHREAD_VERSION}};
static const NamedInt constants[] = {
#define CONSTANT(n) {#n, (int64_t)(n)},
#include "vm/modules/posix/posix_names.def"
    {"POSIX_SPAWN_OPEN", 0},
    {"POSIX_SPAWN_CLOSE", 1},
    {"POSIX_SPAWN_DUP2", 2},
};

static bool named_number(VM *vm, Value v, const NamedInt *names, size_t count, int *out) {
  if (value_is_any_int(v)) return convert_int_slow(vm, v, out, NULL, 0);
  if (!value_is_str(v))
    return raise_false(vm, TYPE_OF(TypeError), "configuration names must be strings or integers");
  for (size_t i = 0; i < count; i++) {
    if (!str_equal_cstr(value_object(v), names[i].name)) continue;
    *out = (int)names[i].value;
    return true;
  }
  return raise_false(vm, TYPE_OF(ValueError), "unrecognized configuration name");
}
bool posix_pathconf_name(VM *vm, Value v, int *out) {
  return named_number(vm, v, pathconf_names, ARRAY_COUNT(pathconf_names), out);
}

static Value system_sysconf(VM *vm, Value self, const system_sysconf_args *a) {
  int name;
  if (!named_number(vm, a->name, sysconf_names, ARRAY_COUNT(sysconf_names), &name))
    return VALUE_FAIL;
  errno = 0;
  long value = sysconf(name);
  return value == -1 && errno ? posix_error(vm) : value_int(vm, value);
}
static Value system_confstr(VM *vm, Value self, const system_confstr_args *a) {
  int name;
  char text[256];
  if (!named_number(vm, a->name, confstr_names, ARRAY_COUNT(confstr_names), &name))
    return VALUE_FAIL;
  errno = 0;
  size_t n = confstr(name, text, sizeof text);
  if (n == 0) return errno ? posix_error(vm) : VALUE_NONE;
  return posix_name(vm, text, n - 1, false);
}
static Value system_strerror(VM *vm, Value self, const system_strerror_args *a) {
  return value_of(str_new_cstr(vm, strerror(a->code)));
}

static Value random_bytes(VM *vm, int64_t size, unsigned flags, bool all) {
  if (size < 0)
    return all ? raise_value(vm, "negative argument not allowed")
               : (errno = EINVAL, posix_error(vm));
  Bytes *bytes = bytes_new(vm, NULL, (size_t)size);
  if (!bytes) return VALUE_FAIL;
  size_t done = 0;
  while (done < (size_t)size) {
    ssize_t n = getrandom(bytes->data + done, (size_t)size - done, flags);
    if (n < 0 && errno == EINTR) {
      if (!poll_signals(vm)) return VALUE_FAIL;
      continue;
    }
    if (n < 0) return posix_error(vm);
    done += (size_t)n;
    if (!all) return value_of(bytes_new(vm, bytes->data, done));
  }
  return value_from(bytes);
}
static Value system_urandom(VM *vm, Value self, const system_urandom_args *a) {
  return random_bytes(vm, a->size, 0, true);
}
static Value system_getrandom(VM *vm, Value self, const system_getrandom_args *a) {
  return random_bytes(vm, a->size, (unsigned)a->flags, false);
}
static Value system_cpu_count(VM *vm, Value self, const system_cpu_count_args *a) {
  long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n < 1 ? VALUE_NONE : value_int(vm, n);
}
static Value system_getloadavg(VM *vm, Value self, const system_getloadavg_args *a) {
  double loads[3];
  if (getloadavg(loads, 3) != 3)
    return raise_error(vm, TYPE_OF(OSError), "Load averages are unobtainable");
  return PACK(value_float(vm, loads[0]), value_float(vm, loads[1]), value_float(vm, loads[2]));
}

static struct { Value uname_type; /* registered by the first import */ } state = {VALUE_NONE};
static Value system_uname(VM *vm, Value self, const system_uname_args *a) {
  struct utsname name;
  if (uname(&name) < 0) return posix_error(vm);
  const char *texts[] = {name.sysname, name.nodename, name.release, name.version, name.machine};
  Value fields[5];
  for (int i = 0; i < 5; i++) fields[i] = posix_name(vm, texts[i], strlen(texts[i]), false);
  return struct_sequence_new(vm, value_object(state.uname_type), fields);
}
static Value system_ctermid(VM *vm, Value self, const system_ctermid_args *a) {
  char name[L_ctermid];
  ctermid(name);
  return posix_name(vm, name, strlen(name), false);
}
static Value system_major(VM *vm, Value self, const system_major_args *a) {
  return value_int_unchecked(major(a->device));
}
static Value system_minor(VM *vm, Value self, const system_minor_args *a) {
  return value_int_unchecked(minor(a->device));
}
static Value system_makedev(VM *vm, Value self, const system_makedev_args *a) {
  return value_int(vm, (int64_t)makedev((unsigned)a->major, (unsigned)a->minor));
}
static Value system_sync(VM *vm, Value self, const system_sync_args *a) {
  blocking_begin(vm);
  sync();
  blocking_end(vm);
  return VALUE_NONE;
}

static bool add_names(VM *vm, Module *module, const char *name, const NamedInt *names,
                      size_t count) {
  Dict *dict = dict_new(vm);
  for (size_t i = 0; i < count; i++)
    if (!dict_set_str(vm, dict, str_intern_cstr(vm, names[i].name), value_int(vm, names[i].value)))
      return false;
  return module_add(vm, module, name, value_from(dict));
}

bool posix_system_init(VM *vm, Module *module) {
  if (state.uname_type == VALUE_NONE) {
    static const char *const fields[] = {"sysname", "nodename", "release",
                                         "version", "machine",  NULL};
    static const char *const docs[] = {
        "the operating system's name", "the machine's name in its network",
        "the operating system's release", "the operating system's version", "the kind of hardware"};
    static const StructSequenceSpec spec = {.name = "posix.uname_result",
                                            .doc = "uname_result: Result from os.uname().",
                                            .fields = fields,
                                            .docs = docs,
                                            .visible = 5};
    Type *type = struct_sequence_type(vm, &spec);
    if (!type) return false;
    state.uname_type = value_from(type);
    heap_add_root(vm, &state.uname_type);
  }
  return module_add(vm, module, "uname_result", state.uname_type) &&
         add_names(vm, module, "sysconf_names", sysconf_names, ARRAY_COUNT(sysconf_names)) &&
         add_names(vm, module, "pathconf_names", pathconf_names, ARRAY_COUNT(pathconf_names)) &&
         add_names(vm, module, "confstr_names", confstr_names, ARRAY_COUNT(confstr_names)) &&
         posix_add_methods(vm, module, system_methods, ARRAY_COUNT(system_methods) - 1);
}

/* os.py asks this list which functions take descriptors, dir_fd and follow_symlinks. */
static const char *const have_functions[] = {
    "HAVE_FACCESSAT", "HAVE_FCHDIR",     "HAVE_FCHMOD",   "HAVE_FCHMODAT",  "HAVE_FCHOWN",
    "HAVE_FCHOWNAT",  "HAVE_FDOPENDIR",  "HAVE_FEXECVE",  "HAVE_FPATHCONF", "HAVE_FSTATAT",
    "HAVE_FSTATVFS",  "HAVE_FTRUNCATE",  "HAVE_FUTIMENS", "HAVE_LINKAT",    "HAVE_LCHOWN",
    "HAVE_LSTAT",     "HAVE_LUTIMES",    "HAVE_MKDIRAT",  "HAVE_MKFIFOAT",  "HAVE_MKNODAT",
    "HAVE_OPENAT",    "HAVE_READLINKAT", "HAVE_RENAMEAT", "HAVE_SYMLINKAT", "HAVE_UNLINKAT",
    "HAVE_UTIMENSAT", "HAVE_STATVFS",
};

bool posix_constants_init(VM *vm, Module *module) {
  if (!module_add_ints(vm, module, constants, ARRAY_COUNT(constants))) return false;
  List *have = list_new(vm, ARRAY_COUNT(have_functions));
  if (!have) return false;
  for (size_t i = 0; i < ARRAY_COUNT(have_functions); i++) {
    Str *name = str_new_cstr(vm, have_functions[i]);
    if (!name || !list_append_value(vm, have, value_from(name))) return false;
  }
  return module_add(vm, module, "_have_functions", value_from(have)) &&
         module_add_int(vm, module, "XATTR_SIZE_MAX", 65536);
}
