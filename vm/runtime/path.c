/* path.c -- conversion of file names: UTF-8 with surrogateescape both ways. */
#include "vm/runtime/path.h"
#include "vm/contracts/protocol.h"
#include "vm/core/vm.h"
#include "vm/objects/codec.h"

Value path_fspath(VM *vm, Value path) {
  if (value_is_str(path) || value_has_flag(path, TYPE_BYTES_SUBCLASS)) return path;
  Value method = value_special(path, SPECIAL_fspath);
  if (method == VALUE_UNBOUND || method == VALUE_NONE)
    return raise_type(vm, "expected str, bytes or os.PathLike object, not %T", path);
  Value result = call_special0(vm, method, path);
  if (result == VALUE_FAIL) return VALUE_FAIL;
  if (value_is_str(result) || value_has_flag(result, TYPE_BYTES_SUBCLASS)) return result;
  return raise_type(vm, "expected %T.__fspath__() to return str or bytes, not %T", path, result);
}

Bytes *path_encode(VM *vm, Value path) {
  Value plain = path_fspath(vm, path);
  if (plain == VALUE_FAIL) return NULL;
  if (value_is_str(plain)) plain = utf8_encode(vm, value_object(plain), NAME("surrogateescape"));
  if (plain == VALUE_FAIL) return NULL;
  Bytes *bytes = value_object(plain);
  if (memchr(bytes->data, 0, bytes->length)) {
    raise_value(vm, "embedded null byte");
    return NULL;
  }
  return bytes;
}

Value path_decode(VM *vm, const char *bytes, size_t n) {
  return utf8_decode(vm, (const uint8_t *)bytes, n, VALUE_UNBOUND, NAME("surrogateescape"), NULL);
}
