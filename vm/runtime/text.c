/* text.c -- repr, str, ascii, format and index of any value. */
#include "vm/contracts/protocol.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/object.h"
#include "vm/objects/str_ops.h"

static Value check_text(VM *vm, Value text, const char *method) {
  if (text == VALUE_FAIL || value_is_str(text)) return text;
  return raise_type(vm, "%s returned non-string (type %T)", method, text);
}

/* call_text: method(v), a level of recursion as a call is one (sys.setrecursionlimit). */
static Value call_text(VM *vm, Value method, Value v, const char *name, const char *where) {
  if (!vm_check_c_stack(vm, where)) return VALUE_FAIL;
  if (UNLIKELY(vm->recursion_left <= 0))
    return raise_error(vm, TYPE_OF(RecursionError), "maximum recursion depth exceeded %s", where);
  vm->recursion_left--;
  Value text = call_special0(vm, method, v);
  vm->recursion_left++;
  return check_text(vm, text, name);
}

Value value_repr(VM *vm, Value v) {
  Value method = value_special(v, SPECIAL_repr);
  if (method == VALUE_UNBOUND)
    return value_of(str_format(vm, "<%T object at %s>", v, object_address_text(value_identity(v))));
  return call_text(vm, method, v, "__repr__", "while getting the repr of an object");
}

Value value_str(VM *vm, Value v) {
  if (value_is(v, str)) return v;
  if (value_is_int(v)) return int_to_str(vm, v, 10);
  Value method = value_special(v, SPECIAL_str);
  if (method == VALUE_UNBOUND) return value_repr(vm, v);
  return call_text(vm, method, v, "__str__", "while getting the str of an object");
}

Value value_ascii(VM *vm, Value v) {
  Value repr = value_repr(vm, v);
  if (repr == VALUE_FAIL) return VALUE_FAIL;
  return value_of(str_escape_non_ascii(vm, value_object(repr)));
}

Value value_format(VM *vm, Value v, Str *spec) {
  if (!spec || spec->length == 0) {
    if (value_is(v, str)) return v;
    if (value_is_int(v)) return int_to_str(vm, v, 10);
  }
  if (!spec) spec = str_empty();
  if (value_is(v, str)) return format_str(vm, value_object(v), spec);
  if (value_is_int(v)) return format_int(vm, v, spec);
  if (value_is_float(v)) return format_float(vm, v, spec);
  Value method = value_special(v, SPECIAL_format);
  if (method == VALUE_UNBOUND) return raise_type(vm, "Type %T doesn't define __format__", v);
  Value text = call_special1(vm, method, v, value_from(spec));
  if (text == VALUE_FAIL || value_is_str(text)) return text;
  return raise_type(vm, "__format__ must return a str, not %T", text);
}

/* ---- operator.index */

bool value_index(VM *vm, Value v, Value *out) {
  if (LIKELY(value_is_int(v) || value_is(v, int))) return *out = v, true;
  if (value_is_any_int(v)) return *out = int_exact(vm, v), true;
  Value method = value_special(v, SPECIAL_index);
  if (method == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(TypeError), "'%T' object cannot be interpreted as an integer",
                       v);
  Value n = call_special0(vm, method, v);
  if (n == VALUE_FAIL) return false;
  if (!value_is_any_int(n))
    return raise_false(vm, TYPE_OF(TypeError), "__index__ returned non-int (type %T)", n);
  if (!value_is_int(n) && !value_is(n, int)) {
    if (!warn(vm, TYPE_OF(DeprecationWarning), 1,
              "__index__ returned non-int (type %T).  The ability to return an instance of a "
              "strict subclass of int is "
              "deprecated, and may not be supported in a future version of Python.",
              n))
      return false;
    n = int_exact(vm, n);
  }
  *out = n;
  return true;
}

bool value_index64(VM *vm, Value v, int64_t *out, bool clamp) {
  if (LIKELY(value_is_int(v))) return *out = value_as_int(v), true;
  Value n;
  if (!value_index(vm, v, &n)) return false;
  if (int_to_int64(n, out)) return true;
  if (!clamp)
    return raise_false(vm, TYPE_OF(IndexError), "cannot fit '%T' into an index-sized integer", v);
  *out = int_sign(n) < 0 ? INT64_MIN : INT64_MAX;
  return true;
}

bool value_long(VM *vm, Value v, int64_t *out) {
  if (LIKELY(value_is_int(v))) return *out = value_as_int(v), true;
  Value n;
  if (!value_index(vm, v, &n)) return false;
  if (int_to_int64(n, out)) return true;
  return raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C long");
}

bool value_unsigned_long(VM *vm, Value v, uint64_t *out) {
  if (!value_is_any_int(v)) return raise_false(vm, TYPE_OF(TypeError), "an integer is required");
  if (int_sign(v) < 0) return raise_false(vm, TYPE_OF(ValueError), "value must be positive");
  return int_to_uint64(v, out) || raise_false(vm, TYPE_OF(OverflowError),
                                              "Python int too large to convert to C unsigned long");
}

bool value_int_word(VM *vm, Value v, uint64_t *out) {
  if (!value_is_any_int(v)) return raise_false(vm, TYPE_OF(TypeError), "an integer is required");
  if (int_sign(v) >= 0 && int_to_uint64(v, out)) return true;
  return raise_false(vm, TYPE_OF(OverflowError),
                     int_sign(v) < 0 ? "can't convert negative value to unsigned int"
                                     : "Python int too large to convert to C unsigned long");
}

/* ---- values being shown, up the stack */

bool repr_enter(VM *vm, Showing *here, Value v) {
  for (const Showing *at = vm->showing; at; at = at->outer)
    if (at->value == v) return false;
  *here = (Showing){v, vm->showing};
  vm->showing = here;
  return true;
}

void repr_leave(VM *vm, const Showing *here) {
  assert(vm->showing == here);
  vm->showing = here->outer;
}
