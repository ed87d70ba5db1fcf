/* posix.c -- the module posix: converters, errors, and the putting together of its parts. */
#include "vm/modules/posix/posix.h"
#include "vm/objects/function.h"

static void describe(bool fd, bool none, const char **text) {
  *text = fd && none ? "string, bytes, os.PathLike, integer or None"
          : fd       ? "string, bytes, os.PathLike or integer"
          : none     ? "string, bytes, os.PathLike or None"
                     : "string, bytes or os.PathLike";
}

#define PATH_WANTED "%s: %s should be %s, not %T"

/* outdated: the bytes of a bytes-like object as a path, with a warning. */
static Value outdated(VM *vm, Value v, const MethodSpec *spec, int i, const char *expected) {
  if (!warn(vm, TYPE_OF(DeprecationWarning), 1, PATH_WANTED, spec->name, spec->params[i].name,
            expected, v))
    return VALUE_FAIL;
  return call1(vm, value_from(TYPE_OF(bytes)), v);
}

bool posix_path(VM *vm, Value v, PathArg *out, const MethodSpec *spec, int i, bool fd, bool none) {
  *out = (PathArg){.value = v, .fd = -1};
  const char *expected;
  describe(fd, none, &expected);
  if (v == VALUE_NONE && none) {
    out->bytes = ".";
    return true;
  }
  if (fd && !value_is_str(v) && (value_is_any_int(v) || value_has_special(v, SPECIAL_index))) {
    int64_t n;
    if (!value_index64(vm, v, &n, true)) return false;
    if (n > INT32_MAX) return raise_false(vm, TYPE_OF(OverflowError), "fd is greater than maximum");
    if (n < INT32_MIN) return raise_false(vm, TYPE_OF(OverflowError), "fd is less than minimum");
    out->fd = (int)n;
    return true;
  }
  if (!value_is_str(v) && !value_has_flag(v, TYPE_BYTES_SUBCLASS)) {
    Value plain = value_has_special(v, SPECIAL_fspath) ? path_fspath(vm, v) : VALUE_UNBOUND;
    if (plain == VALUE_UNBOUND && value_is_bytes_like(v))
      plain = outdated(vm, v, spec, i, expected);
    if (plain == VALUE_FAIL) return false;
    if (plain == VALUE_UNBOUND)
      return raise_false(vm, TYPE_OF(TypeError), PATH_WANTED, spec->name, spec->params[i].name,
                         expected, v);
    v = plain;
  }
  out->is_bytes = !value_is_str(v);
  if (out->is_bytes) {
    const Bytes *given = value_object(v);
    if (memchr(given->data, 0, given->length))
      return raise_false(vm, TYPE_OF(ValueError), "%s: embedded null character in %s", spec->name,
                         spec->params[i].name);
  }
  Bytes *encoded = path_encode(vm, v);
  if (!encoded) return false;
  out->bytes = (const char *)encoded->data;
  return true;
}

bool convert_FsName(VM *vm, Value v, c_FsName *out, const MethodSpec *spec, int i) {
  *out = (PathArg){.value = v, .fd = -1, .is_bytes = !value_is_str(v)};
  Bytes *encoded = path_encode(vm, v);
  out->bytes = encoded ? (const char *)encoded->data : NULL;
  return encoded != NULL;
}

Value posix_text(VM *vm, const PathArg *path) {
  if (!path->bytes) return value_int_unchecked(path->fd);
  bool plain = value_is_str(path->value) || value_has_flag(path->value, TYPE_BYTES_SUBCLASS);
  if (plain || path->value == VALUE_NONE) return path->value;
  return posix_name(vm, path->bytes, strlen(path->bytes), path->is_bytes);
}
Value posix_bytes(VM *vm, const PathArg *path) {
  return value_of(bytes_new(vm, path->bytes, strlen(path->bytes)));
}

bool convert_DirFd(VM *vm, Value v, c_DirFd *out, const MethodSpec *spec, int i) {
  if (v == VALUE_NONE) {
    *out = AT_FDCWD;
    return true;
  }
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError), "argument should be integer or None, not %T", v);
  int64_t n;
  if (!value_index64(vm, v, &n, true)) return false;
  if (n != (int)n)
    return raise_false(vm, TYPE_OF(OverflowError),
                       n > 0 ? "fd is greater than maximum" : "fd is less than minimum");
  *out = (int)n;
  return true;
}

bool fd_of(VM *vm, Value v, int *out) {
  int64_t fd;
  if (!value_is_any_int(v)) {
    Value method = find_attribute(vm, v, NAME("fileno"));
    if (method == VALUE_FAIL) return false;
    if (method == VALUE_UNBOUND)
      return raise_false(vm, TYPE_OF(TypeError),
                         "argument must be an int, or have a fileno() method.");
    v = call0(vm, method);
    if (v == VALUE_FAIL) return false;
    if (!value_is_any_int(v))
      return raise_false(vm, TYPE_OF(TypeError), "fileno() returned a non-integer");
  }
  if (!value_index64(vm, v, &fd, true)) return false;
  if (fd != (int)fd)
    return raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C int");
  if (fd < 0)
    return raise_false(vm, TYPE_OF(ValueError),
                       "file descriptor cannot be a negative integer (%ld)", (long)fd);
  *out = (int)fd;
  return true;
}

bool convert_Fd(VM *vm, Value v, c_Fd *out, const MethodSpec *spec, int i) {
  return fd_of(vm, v, out);
}

bool convert_Id(VM *vm, Value v, c_Id *out, const MethodSpec *spec, int i) {
  int64_t n;
  bool group = spec->params[i].name[0] == 'g' || strstr(spec->params[i].name, "gid");
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError), "%s should be integer, not %T",
                       group ? "gid" : "uid", v);
  if (!value_index64(vm, v, &n, true)) return false;
  if (n < -1)
    return raise_false(vm, TYPE_OF(OverflowError), "%s is less than minimum",
                       group ? "gid" : "uid");
  if (n > UINT32_MAX)
    return raise_false(vm, TYPE_OF(OverflowError), "%s is greater than maximum",
                       group ? "gid" : "uid");
  *out = (uint32_t)n;
  return true;
}

bool convert_UInt(VM *vm, Value v, c_UInt *out, const MethodSpec *spec, int i) {
  uint64_t n;
  if (!value_unsigned_long(vm, v, &n)) return false;
  if (n > UINT32_MAX)
    return raise_false(vm, TYPE_OF(OverflowError), "Python int too large for C unsigned int");
  *out = (unsigned)n;
  return true;
}

bool convert_Device(VM *vm, Value v, c_Device *out, const MethodSpec *spec, int i) {
  uint64_t n;
  if (!value_is_any_int(v)) return raise_false(vm, TYPE_OF(TypeError), "an integer is required");
  if (!int_to_uint64(v, &n))
    return raise_false(vm, TYPE_OF(OverflowError),
                       int_sign(v) < 0 ? "can't convert negative int to unsigned"
                                       : "int too big to convert");
  *out = n;
  return true;
}

bool convert_Counter(VM *vm, Value v, c_Counter *out, const MethodSpec *spec, int i) {
  if (value_is_any_int(v) && int_sign(v) < 0)
    return raise_false(vm, TYPE_OF(ValueError), "value must be positive");
  return convert_Device(vm, v, out, spec, i);
}

bool convert_Buffer(VM *vm, Value v, c_Buffer *out, const MethodSpec *spec, int i) {
  if (value_is_str(v))
    return raise_false(vm, TYPE_OF(TypeError), "a bytes-like object is required, not '%T'", v);
  return buffer_acquire(vm, v, out, false);
}

COLD Value posix_error(VM *vm) { return raise_errno(vm, errno, VALUE_NONE); }
COLD Value posix_path_error(VM *vm, const PathArg *path) {
  return raise_errno(vm, errno, path->value);
}

COLD Value posix_two_path_error(VM *vm, const PathArg *a, const PathArg *b) {
  int error = errno;
  Value arguments[] = {value_int_unchecked(error), value_of(str_new_cstr(vm, strerror(error))),
                       a->value, VALUE_NONE, b->value};
  Value exception = call_values(vm, value_from(TYPE_OF(OSError)), arguments, 5, NULL);
  return exception == VALUE_FAIL ? VALUE_FAIL : raise_object(vm, exception);
}

Value posix_name(VM *vm, const char *bytes, size_t n, bool as_bytes) {
  return as_bytes ? value_of(bytes_new(vm, bytes, n)) : path_decode(vm, bytes, n);
}

Value posix_pair(VM *vm, Value a, Value b) { return PACK(a, b); }

bool posix_add_methods(VM *vm, Module *module, const MethodSpec *methods, size_t count) {
  Value name = value_from(NAME("posix"));
  for (size_t i = 0; i < count; i++)
    if (!module_add(vm, module, methods[i].name,
                    native_function_new(vm, &methods[i], value_from(module), name)))
      return false;
  return true;
}

static bool init(VM *vm, Module *module) {
  return posix_files_init(vm, module) && posix_paths_init(vm, module) &&
         posix_process_init(vm, module) && posix_spawn_init(vm, module) &&
         posix_schedule_init(vm, module) && posix_vector_init(vm, module) &&
         posix_system_init(vm, module) && posix_constants_init(vm, module) &&
         posix_scandir_init(vm, module) &&
         module_add(vm, module, "error", value_from(TYPE_OF(OSError)));
}

const ModuleSpec posix_module = {
    .name = "posix", .doc = "Functions of the operating system.", .init = init};
