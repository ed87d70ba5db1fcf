/* protocol.c -- adapting objects to what a column can hold. */
#include "vm/base/libraries.h"
#if WITH_SQLITE3
#include "vm/modules/sqlite/sqlite.h"

#define NATIVE_DEF "vm/modules/sqlite/protocol.def"
#define NATIVE_PREFIX protocol_
#include "vm/contracts/native_class.inc"

static Value protocol_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return VALUE_NONE;
}

/* What v.name(argument) makes of it; VALUE_UNBOUND: it does not. */
static Value ask(VM *vm, Value v, Str *name, Value argument) {
  Value method = find_attribute(vm, v, name);
  if (method == VALUE_UNBOUND || value_is_fail(method)) return method;
  Value adapted = call1(vm, method, argument);
  if (value_is_fail(adapted) && error_clear_if(vm, TYPE_OF(TypeError))) return VALUE_UNBOUND;
  return adapted == VALUE_NONE ? VALUE_UNBOUND : adapted;
}

Value sqlite_adapt(VM *vm, Value v, Value protocol, Value alternative) {
  Value key = PACK(value_from(value_type(v)), protocol);
  if (value_is_fail(key)) return key;
  Value adapter = dict_get(vm, value_object(sqlite_state.adapters), key);
  if (value_is_fail(adapter)) return adapter;
  if (adapter != VALUE_UNBOUND) return call1(vm, adapter, v);
  Value adapted = ask(vm, protocol, NAME("__adapt__"), v);
  if (adapted == VALUE_UNBOUND) adapted = ask(vm, v, NAME("__conform__"), protocol);
  if (adapted != VALUE_UNBOUND) return adapted;
  if (alternative != VALUE_MISSING) return alternative;
  return raise_programming(vm, "can't adapt");
}

const ClassSpec sqlite_PrepareProtocol_class = {
    NATIVE_CLASS(protocol_),
    .basic_size = sizeof(Object),
};
#endif
