/* function_verify.c -- functions and cells against function.h; which verifier an object has. */
#include "vm/core/late_types.h"
#include "vm/objects/verify.h"

#include "vm/contracts/native.h"
#include "vm/interp/interp_verify.h"
#include "vm/objects/code.h"

#if KRAIT_CHECKS >= 1
static bool cell_verify(const Cell *cell) {
  LAW(cell->value == VALUE_UNBOUND || item_verify(cell->value));
  return true;
}

static bool closure_verify(const Function *function) {
  uint32_t free_count = function->code->fn.free_count;
  LAW((function->closure ? tuple_length(function->closure) : 0) == free_count);
  for (uint32_t i = 0; i < free_count; i++) LAW(value_is(function->closure->items[i], cell));
  return true;
}

static bool is_translation_of(const ThreadedCode *wanted, const Code *code) {
  for (const ThreadedCode *known = code->threaded; known; known = known->next)
    if (known == wanted) return true;
  return false;
}

static bool function_verify(const Function *function) {
  LAW(function->code && function->code->h.shape == SHAPE_OF(code));
  LAW(function->globals && function->builtins && function->name && function->qualname);
  LAW(closure_verify(function));
  const ThreadedCode *threaded = function->threaded;
  if (!threaded || threaded == &threaded_stub) return true;
  LAW(is_translation_of(threaded, function->code));
  LAW(threaded->code == function->code);
  return true;
}

/* The built-in class whose layout the object has. */
static int layout_of(const Object *object) {
  const Type *type = object_type(object);
  while (type_has(type, TYPE_HEAP)) type = type->base;
  return (int)(type - builtin_types);
}

/* By the ClassSpec of its class, or of the nearest above that has laws. */
static bool of_module_verify(const Object *object) {
  for (const Type *type = object_type(object); type; type = type->base)
    if (type->spec && type->spec->verify) return type->spec->verify(object);
  return true;
}

bool object_verify(const Object *object) {
  const Shape *shape = object_shape(object);
  if (type_has(shape->type, TYPE_HEAP)) LAW(shape_verify(shape));
  switch (layout_of(object)) {
  case TYPE_list: return list_verify((const List *)object);
  case TYPE_tuple: return tuple_verify((const Tuple *)object);
  case TYPE_dict: return dict_verify((const Dict *)object);
  case TYPE_OrderedDict: return ordereddict_verify(object);
  case TYPE_set:
  case TYPE_frozenset: return set_verify((const Set *)object);
  /* else it may be still unwritten */
  case TYPE_str: return !((const Str *)object)->hash || str_verify((const Str *)object);
  case TYPE_bytes: return bytes_verify((const Bytes *)object);
  case TYPE_bytearray: return bytearray_verify((const ByteArray *)object);
  case TYPE_deque: return deque_verify((const Deque *)object);
  case TYPE_function: return function_verify((const Function *)object);
  case TYPE_cell: return cell_verify((const Cell *)object);
  case TYPE_generator:
  case TYPE_coroutine:
  case TYPE_async_generator: return generator_verify((const Generator *)object);
  case TYPE_type: return type_verify((const Type *)object);
  default: return of_module_verify(object);
  }
}
#endif
