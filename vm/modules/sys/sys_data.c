/* sys_data.c -- the constants of the module sys: version, flags, limits, paths. */
#include <float.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/core/options.h"
#include "vm/imports/native_modules.h"
#include "vm/imports/path.h"
#include "vm/modules/sys/sys.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"

static const char *const sys_version_text = "3.11.2";
#define HEX_VERSION 0x030b02f0

static bool add(VM *vm, Module *sys, const char *name, Value v) {
  return module_add(vm, sys, name, v);
}
static Value text(VM *vm, const char *s) { return value_of(str_new_cstr(vm, s)); }
/* from_os: text of the command line and the environment; bytes that are not UTF-8 become lone
** surrogates. */
static Value from_os(VM *vm, const char *s) { return value_of(str_from_filename(vm, s)); }

static Value make(VM *vm, const StructSequenceSpec *spec, const Value *values, bool constructible) {
  Type *type = struct_sequence_type(vm, spec);
  if (!type) return VALUE_FAIL;
  Value v = struct_sequence_new(vm, type, values);
  if (!constructible) type->flags |= TYPE_DISALLOW_NEW;
  return v;
}

static Value version_info(VM *vm) {
  static const char *const fields[] = {"major", "minor", "micro", "releaselevel", "serial", NULL};
  Value values[] = {value_int_unchecked(3), value_int_unchecked(11), value_int_unchecked(2),
                    text(vm, "final"), value_int_unchecked(0)};
  static const char *const docs[] = {
      "first number of the release", "second number of the release", "third number of the release",
      "'alpha', 'beta', 'candidate' or 'final'", "number of the alpha, beta or candidate"};
  static const StructSequenceSpec spec = {
      .name = "sys.version_info", .fields = fields, .docs = docs};
  return make(vm, &spec, values, false);
}

/* The fields of sys.flags, in the order of the options; `flag` says where each stands. */
typedef struct FlagRow {
  int flag;
  const char *name;
  OptionKind kind;
  size_t offset; /* in Options */
} FlagRow;
static const FlagRow flag_rows[] = {
#define LETTER(field, kind, letter, argument, variable, flag, text) \
  {flag, #field, OPTION_##kind, offsetof(Options, field)},
#define X_OPTION(field, kind, name, argument, variable, flag, text) \
  {flag, #field, OPTION_##kind, offsetof(Options, field)},
#define FIELD(field, kind, flag) {flag, #field, OPTION_##kind, offsetof(Options, field)},
#include "vm/core/options.def"
};

static Value flag_value(const FlagRow *row, const Options *options) {
  const void *place = (const char *)options + row->offset;
  int n = row->kind == OPTION_Switch ? *(const bool *)place : *(const int *)place;
  return row->flag & FLAG_IS_BOOL ? value_bool(n != 0) : value_int_unchecked(n);
}

static Value flags(VM *vm) {
  static const char *fields[ARRAY_COUNT(flag_rows) + 1]; /* kept by the class */
  Value values[ARRAY_COUNT(flag_rows)];
  for (size_t i = 0; i < ARRAY_COUNT(flag_rows); i++) {
    const FlagRow *row = &flag_rows[i];
    if (row->flag == FLAG_NONE) continue;
    int position = row->flag & ~FLAG_IS_BOOL;
    fields[position] = row->name;
    values[position] = flag_value(row, vm->options);
  }
  static const StructSequenceSpec spec = {.name = "sys.flags", .fields = fields};
  return make(vm, &spec, values, false);
}

static Value float_info(VM *vm) {
  static const char *const fields[] = {"max",     "max_exp",    "max_10_exp", "min",
                                       "min_exp", "min_10_exp", "dig",        "mant_dig",
                                       "epsilon", "radix",      "rounds",     NULL};
  Value values[] = {value_float(vm, DBL_MAX),
                    value_int_unchecked(DBL_MAX_EXP),
                    value_int_unchecked(DBL_MAX_10_EXP),
                    value_float(vm, DBL_MIN),
                    value_int_unchecked(DBL_MIN_EXP),
                    value_int_unchecked(DBL_MIN_10_EXP),
                    value_int_unchecked(DBL_DIG),
                    value_int_unchecked(DBL_MANT_DIG),
                    value_float(vm, DBL_EPSILON),
                    value_int_unchecked(FLT_RADIX),
                    value_int_unchecked(1)};
  static const char *const docs[] = {
      "DBL_MAX: the greatest finite float",
      "DBL_MAX_EXP: the greatest e for which radix**(e-1) is a finite float",
      "DBL_MAX_10_EXP: the greatest e for which 10**e is a finite float",
      "DBL_MIN: the least positive normal float",
      "DBL_MIN_EXP: the least e for which radix**(e-1) is a normal float",
      "DBL_MIN_10_EXP: the least e for which 10**e is a normal float",
      "DBL_DIG: decimal digits that a float keeps",
      "DBL_MANT_DIG: digits of the mantissa",
      "DBL_EPSILON: from 1.0 to the next float",
      "FLT_RADIX: base of the exponent",
      "FLT_ROUNDS: how arithmetic rounds"};
  static const StructSequenceSpec spec = {.name = "sys.float_info", .fields = fields, .docs = docs};
  return make(vm, &spec, values, true);
}
static Value int_info(VM *vm) {
  static const char *const fields[] = {"bits_per_digit", "sizeof_digit", "default_max_str_digits",
                                       "str_digits_check_threshold", NULL};
  Value values[] = {value_int_unchecked(30), value_int_unchecked(4), value_int_unchecked(4300),
                    value_int_unchecked(640)};
  static const char *const docs[] = {"bits in a digit of an int",
                                     "bytes of the C type that holds a digit",
                                     "digits that conversions from and to text allow at first",
                                     "least limit that may be set for them"};
  static const StructSequenceSpec spec = {.name = "sys.int_info", .fields = fields, .docs = docs};
  return make(vm, &spec, values, true);
}
static Value hash_info(VM *vm) {
  static const char *const fields[] = {"width",     "modulus",   "inf",       "nan",    "imag",
                                       "algorithm", "hash_bits", "seed_bits", "cutoff", NULL};
  Value values[] = {value_int_unchecked(64),      value_int_unchecked((INT64_C(1) << 61) - 1),
                    value_int_unchecked(314159),  value_int_unchecked(0),
                    value_int_unchecked(1000003), text(vm, "xxh3"),
                    value_int_unchecked(64),      value_int_unchecked(128),
                    value_int_unchecked(0)};
  values[1] = value_int(vm, (INT64_C(1) << 61) - 1);
  static const char *const docs[] = {"bits of a hash value",
                                     "prime by which numbers are hashed",
                                     "hash of infinity",
                                     "hash of NaN",
                                     "factor of a complex number's imaginary part",
                                     "how str, bytes and memoryview are hashed",
                                     "bits that the algorithm gives",
                                     "bits of its key",
                                     "greatest length of texts hashed in another way"};
  static const StructSequenceSpec spec = {.name = "sys.hash_info", .fields = fields, .docs = docs};
  return make(vm, &spec, values, true);
}
static Value thread_info(VM *vm) {
  static const char *const fields[] = {"name", "lock", "version", NULL};
  char version[64] = "";
  confstr(_CS_GNU_LIBPTHREAD_VERSION, version, sizeof version);
  Value values[] = {text(vm, "pthread"), text(vm, "semaphore"), text(vm, version)};
  static const char *const docs[] = {"kind of threads", "what locks are made of",
                                     "the library of threads and its version"};
  static const StructSequenceSpec spec = {
      .name = "sys.thread_info", .fields = fields, .docs = docs};
  return make(vm, &spec, values, true);
}

static Value implementation(VM *vm, Value version) {
  Value names[] = {value_from(NAME("name")), value_from(NAME("cache_tag")),
                   value_from(NAME("version")), value_from(NAME("hexversion")),
                   value_from(NAME("_multiarch"))};
  Value values[] = {
    text(vm, "krait"),
    text(vm, "krait-311"),
    version,
    value_int_unchecked(HEX_VERSION),
#if defined(__aarch64__)
    text(vm, "aarch64-linux-gnu"),
#else
    text(vm, "x86_64-linux-gnu"),
#endif
  };
  return call_values(vm, value_from(TYPE_OF(SimpleNamespace)), values, 0,
                     tuple_from_values(vm, names, ARRAY_COUNT(names)));
}

static Value builtin_names(VM *vm) {
  List *names = list_new(vm, 0);
  for (size_t i = 0; i < native_module_count(); i++) {
    Str *name = str_intern_cstr(vm, native_module_name(i));
    if (!name || !list_append_value(vm, names, value_from(name))) return VALUE_FAIL;
  }
  return value_of(tuple_from_values(vm, list_items(names), list_length(names)));
}

/* the names that `import` of the standard library knows, from the library's own list of files */
static const char stdlib_names[] =
    "__future__ _abc _aix_support _ast _asyncio _bisect _blake2 _bootsubprocess _bz2 _codecs "
    "_codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp "
    "_codecs_kr _codecs_tw _collections _collections_abc _compat_pickle _compression _contextvars "
    "_crypt _csv _ctypes _curses _curses_panel "
    "_datetime _dbm _decimal _elementtree _frozen_importlib _frozen_importlib_external _functools "
    "_gdbm _hashlib _heapq _imp _io _json _locale "
    "_lsprof _lzma _markupbase _md5 _msi _multibytecodec _multiprocessing _opcode _operator "
    "_osx_support _overlapped _pickle _posixshmem "
    "_posixsubprocess _py_abc _pydecimal _pyio _queue _random _scproxy _sha1 _sha256 _sha3 _sha512 "
    "_signal _sitebuiltins _socket _sqlite3 _sre "
    "_ssl _stat _statistics _string _strptime _struct _symtable _thread _threading_local _tkinter "
    "_tokenize _tracemalloc _typing _uuid "
    "_warnings _weakref _weakrefset _winapi _zoneinfo abc aifc antigravity argparse array ast "
    "asynchat asyncio asyncore atexit audioop base64 "
    "bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs "
    "codeop collections colorsys compileall "
    "concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses "
    "dataclasses datetime dbm decimal difflib dis "
    "distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput "
    "fnmatch fractions ftplib functools gc "
    "genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http "
    "idlelib imaplib imghdr imp importlib inspect io "
    "ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap "
    "marshal math mimetypes mmap modulefinder msilib "
    "msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator "
    "optparse os ossaudiodev pathlib pdb pickle "
    "pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty "
    "pwd py_compile pyclbr pydoc pydoc_data "
    "pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets "
    "select selectors shelve shlex shutil signal "
    "site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants "
    "sre_parse ssl stat statistics string stringprep "
    "struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile "
    "termios textwrap this threading time timeit "
    "tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing "
    "unicodedata unittest urllib uu uuid venv "
    "warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile "
    "zipimport zlib zoneinfo";

static Value stdlib_module_names(VM *vm) {
  Set *set = frozenset_new(vm);
  for (const char *at = stdlib_names; *at;) {
    size_t n = strcspn(at, " ");
    Str *name = str_new_utf8(vm, at, n);
    if (!name || !(name = str_intern(vm, name)) || !set_add_value(vm, set, value_from(name)))
      return VALUE_FAIL;
    at += n + (at[n] == ' ');
  }
  return value_from(set);
}

/* ---- from the command line */

static Value string_list(VM *vm, const char *const *items, int count) {
  List *list = list_new(vm, (size_t)count);
  if (!list) return VALUE_FAIL;
  for (int i = 0; i < count; i++)
    if (!list_append_value(vm, list, from_os(vm, items[i]))) return VALUE_FAIL;
  return value_from(list);
}

static Value argv(VM *vm) {
  const Options *o = vm->options;
  List *list = list_new(vm, (size_t)o->argc + 1);
  if (!list) return VALUE_FAIL;
  const char *first = o->command  ? "-c"
                      : o->module ? "-m"
                      : o->script ? o->script
                      : o->dash   ? "-"
                                  : "";
  if (!list_append_value(vm, list, from_os(vm, first))) return VALUE_FAIL;
  for (int i = 0; i < o->argc; i++)
    if (!list_append_value(vm, list, from_os(vm, o->argv[i]))) return VALUE_FAIL;
  return value_from(list);
}

static Value xoptions(VM *vm) {
  Dict *dict = dict_new(vm);
  for (int i = 0; i < vm->options->xoptions.count; i++) {
    const char *option = vm->options->xoptions.items[i], *equals = strchr(option, '=');
    Str *name = str_new_utf8(vm, option, equals ? (size_t)(equals - option) : strlen(option));
    if (!dict_set_str(vm, dict, str_intern(vm, name),
                      equals ? from_os(vm, equals + 1) : VALUE_TRUE))
      return VALUE_FAIL;
  }
  return value_from(dict);
}

static bool add_paths(VM *vm, Module *sys) {
  const char *library = stdlib_folder(vm->options);
  const Options *o = vm->options;
  Value path = path_initial(vm);
  bool ok =
      path != VALUE_FAIL && add(vm, sys, "path", path) &&
      add(vm, sys, "path_importer_cache", value_from(dict_new(vm))) &&
      add(vm, sys, "executable", o->executable ? from_os(vm, o->executable) : text(vm, "")) &&
      add(vm, sys, "_base_executable", o->executable ? from_os(vm, o->executable) : text(vm, "")) &&
      add(vm, sys, "_stdlib_dir", library ? from_os(vm, library) : VALUE_NONE) &&
      add(vm, sys, "_home", VALUE_NONE);
  static const char *const prefixes[] = {"prefix", "exec_prefix", "base_prefix",
                                         "base_exec_prefix"};
  for (size_t i = 0; ok && i < ARRAY_COUNT(prefixes); i++)
    ok = add(vm, sys, prefixes[i], from_os(vm, path_prefix(o)));
  return ok && add(vm, sys, "platlibdir", text(vm, "lib"));
}

static bool add_hook_copies(VM *vm, Module *sys) {
  static const char *const hooks[][2] = {{"displayhook", "__displayhook__"},
                                         {"excepthook", "__excepthook__"},
                                         {"breakpointhook", "__breakpointhook__"},
                                         {"unraisablehook", "__unraisablehook__"}};
  for (size_t i = 0; i < ARRAY_COUNT(hooks); i++)
    if (!add(vm, sys, hooks[i][1],
             dict_get_str(vm, module_dict(sys), str_intern_cstr(vm, hooks[i][0]))))
      return false;
  return true;
}

bool sys_add_data(VM *vm, Module *sys) {
  Value version = version_info(vm);
  if (version == VALUE_FAIL) return false;
  char full[128];
  snprintf(full, sizeof full, "%s (Krait, Jan  1 2026, 00:00:00) [GCC %s]", sys_version_text,
           __VERSION__);
  Value git[] = {text(vm, "Krait"), text(vm, ""), text(vm, "")};
  return add(vm, sys, "version_info", version) && add(vm, sys, "version", text(vm, full)) &&
         add(vm, sys, "hexversion", value_int_unchecked(HEX_VERSION)) &&
         add(vm, sys, "api_version", value_int_unchecked(1013)) &&
         add(vm, sys, "implementation", implementation(vm, version)) &&
         add(vm, sys, "flags", flags(vm)) && add(vm, sys, "float_info", float_info(vm)) &&
         add(vm, sys, "int_info", int_info(vm)) && add(vm, sys, "hash_info", hash_info(vm)) &&
         add(vm, sys, "thread_info", thread_info(vm)) &&
         add(vm, sys, "float_repr_style", text(vm, "short")) &&
         add(vm, sys, "platform", text(vm, "linux")) &&
         add(vm, sys, "byteorder", text(vm, "little")) &&
         add(vm, sys, "maxsize", value_int(vm, INT64_MAX)) &&
         add(vm, sys, "maxunicode", value_int_unchecked(0x10FFFF)) &&
         add(vm, sys, "copyright", text(vm, "Copyright (c) 2026 the Krait authors.")) &&
         add(vm, sys, "abiflags", text(vm, "")) &&
         add(vm, sys, "_git", value_of(tuple_from_values(vm, git, 3))) &&
         add(vm, sys, "_framework", text(vm, "")) &&
         add(vm, sys, "builtin_module_names", builtin_names(vm)) &&
         add(vm, sys, "stdlib_module_names", stdlib_module_names(vm)) &&
         add(vm, sys, "modules", value_from(vm->modules)) && add(vm, sys, "argv", argv(vm)) &&
         add(vm, sys, "orig_argv",
             string_list(vm, vm->options->orig_argv, vm->options->orig_argc)) &&
         add(vm, sys, "warnoptions",
             string_list(vm, vm->options->warnings.items, vm->options->warnings.count)) &&
         add(vm, sys, "_xoptions", xoptions(vm)) &&
         add(vm, sys, "dont_write_bytecode", value_bool(vm->options->dont_write_bytecode)) &&
         add(vm, sys, "pycache_prefix",
             vm->options->pycache_prefix ? text(vm, vm->options->pycache_prefix) : VALUE_NONE) &&
         add_paths(vm, sys) && add_hook_copies(vm, sys);
}
