/* error.c -- raising, testing, warning.
**
** Law: vm->exception holds an instance exactly while a failure travels. Raising while another
** exception is being handled links it as __context__ (without making a cycle).
*/
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "vm/base/memory.h"
#include "vm/contracts/frames.h"
#include "vm/contracts/sys.h"
#include "vm/contracts/type_internal.h"
#include "vm/objects/dict.h"
#include "vm/objects/exception.h"
#include "vm/objects/module.h"
#include "vm/objects/tuple.h"

NORETURN static void die_without_types(const char *format) {
  fprintf(stderr, "krait: error before the classes are ready: %s\n", format);
  abort();
}

/* ---- raising */

/* link_context: exception.__context__ = the exception being handled; a chain that leads back to it
** is cut. */
static void link_context(VM *vm, Exception *exception) {
  Value handled = VALUE_NONE;
  for (ExcState *state = vm->exc_state; state && handled == VALUE_NONE; state = state->previous)
    handled = state->handled;
  if (handled == VALUE_NONE || handled == VALUE_UNBOUND || value_object(handled) == exception)
    return;
  exception_see(handled);
  Exception *at = value_object(handled);
  for (int steps = 0; at && value_is_pointer(at->context) && steps < 100000; steps++) {
    Exception *context = value_object(at->context);
    if (context == exception) {
      at->context = VALUE_NONE;
      break;
    }
    at = context;
  }
  assert(handled != value_from(exception)); /* a chain has an end */
  exception->context = handled;
  heap_barrier(vm, exception, handled);
}

Value raise_object(VM *vm, Value exception) {
  assert(value_has_flag(exception, TYPE_EXCEPTION_SUBCLASS));
  link_context(vm, value_object(exception));
  vm->exception = exception;
  return VALUE_FAIL;
}

/* new_exception: an instance with the given args, without running Python for built-in classes. */
static Value new_exception(VM *vm, Type *type, const Value *args, int count) {
  if (!type_has(type, TYPE_READY)) die_without_types("raise");
  if (type_has(type, TYPE_HEAP)) return call_values(vm, value_from(type), args, count, NULL);
  return type_call(vm, value_from(type), args, count, NULL);
}

void exception_hide(Value exception) {
  static uint32_t last; /* of 24 bits, never 0 */
  last = (last + 1) & (UINT32_MAX >> OBJ_USER_SHIFT);
  if (!last) last = 1;
  exception_see(exception);
  ((Object *)value_object(exception))->bits |= last << OBJ_USER_SHIFT;
}

static Value raise_new(VM *vm, Type *type, const Value *args, int count) {
  Value exception = new_exception(vm, type, args, count);
  if (exception != VALUE_FAIL && !type_has(type, TYPE_HEAP)) exception_hide(exception);
  return exception == VALUE_FAIL ? VALUE_FAIL : raise_object(vm, exception);
}

Value raise_error(VM *vm, Type *type, const char *format, ...) {
  assert(!type_has(type, TYPE_READY) || type_has(type, TYPE_EXCEPTION_SUBCLASS));
  if (!type_has(type, TYPE_READY)) die_without_types(format);
  va_list arguments;
  va_start(arguments, format);
  Str *message = str_format_va(vm, format, arguments);
  va_end(arguments);
  if (!message) return VALUE_FAIL;
  Value v = value_from(message);
  return raise_new(vm, type, &v, 1);
}

Value raise_with(VM *vm, Type *type, Value argument) { return raise_new(vm, type, &argument, 1); }
Value raise_bare(VM *vm, Type *type) { return raise_new(vm, type, NULL, 0); }
Value raise_memory(VM *vm) {
  if (UNLIKELY(!type_has(TYPE_OF(MemoryError), TYPE_READY))) memory_end("there are no classes yet");
  (void)raise_bare(vm, TYPE_OF(MemoryError));
  heap_told(vm);
  return VALUE_FAIL;
}
Value raise_key(VM *vm, Value key) { return raise_with(vm, TYPE_OF(KeyError), key); }

Value raise_stop(VM *vm, Value value) {
  return value == VALUE_NONE ? raise_bare(vm, TYPE_OF(StopIteration))
                             : raise_with(vm, TYPE_OF(StopIteration), value);
}

Value raise_errno(VM *vm, int error, Value filename) {
  Value text = value_of(str_new_cstr(vm, strerror(error)));
  Value args[] = {value_int_unchecked(error), text, filename};
  return raise_new(vm, TYPE_OF(OSError), args, filename == VALUE_NONE ? 2 : 3);
}

void attribute_error_set(VM *vm, Value object, Str *name) {
  if (!error_is(vm, TYPE_OF(AttributeError))) return;
  AttributeErrorObject *e = value_object(vm->exception);
  e->obj = object;
  e->name = value_from(name);
  heap_barrier_any(vm, e);
}

Value raise_attribute(VM *vm, Value object, Str *name) {
  raise_error(vm, TYPE_OF(AttributeError), "'%T' object has no attribute '%U'", object, name);
  attribute_error_set(vm, object, name);
  return VALUE_FAIL;
}

Value raise_from(VM *vm, Type *type, Value cause, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  Str *message = str_format_va(vm, format, arguments);
  va_end(arguments);
  if (!message) return VALUE_FAIL;
  raise_with(vm, type, value_from(message));
  assert(error_pending(vm));
  Exception *e = value_object(vm->exception);
  e->cause = e->context = cause;
  e->suppress_context = true;
  heap_barrier(vm, e, cause);
  return VALUE_FAIL;
}

/* ---- testing */

bool error_is(VM *vm, Type *type) {
  return error_pending(vm) && type_is_subtype(value_type(vm->exception), type);
}

bool error_clear_if(VM *vm, Type *type) {
  if (!error_is(vm, type)) return false;
  error_clear(vm);
  return true;
}

static bool is_exception_class(Value v) {
  return value_has_flag(v, TYPE_TYPE_SUBCLASS) &&
         type_has((Type *)value_object(v), TYPE_EXCEPTION_SUBCLASS);
}

Answer exception_matches(VM *vm, Value exception, Value classes) {
  assert(!error_pending(vm) && value_has_flag(exception, TYPE_EXCEPTION_SUBCLASS));
  if (LIKELY(is_exception_class(classes)))
    return type_is_subtype(value_type(exception), value_object(classes));
  if (value_has_flag(classes, TYPE_TUPLE_SUBCLASS)) {
    Tuple *tuple = value_object(classes);
    for (size_t i = 0; i < tuple_length(tuple); i++)
      if (!is_exception_class(tuple->items[i])) goto refuse;
    for (size_t i = 0; i < tuple_length(tuple); i++)
      if (type_is_subtype(value_type(exception), value_object(tuple->items[i]))) return ANSWER_YES;
    return ANSWER_NO;
  }
refuse:
  raise_type(vm, "catching classes that do not inherit from BaseException is not allowed");
  return ANSWER_FAILED;
}

Value exception_make(VM *vm, Value x) {
  if (value_has_flag(x, TYPE_EXCEPTION_SUBCLASS)) return x;
  if (!is_exception_class(x)) return raise_type(vm, "exceptions must derive from BaseException");
  Value v = call0(vm, x);
  if (v == VALUE_FAIL || value_has_flag(v, TYPE_EXCEPTION_SUBCLASS)) return v;
  return raise_type(vm, "calling %R should have returned an instance of BaseException, not %R", x,
                    value_from(value_type(v)));
}

/* ---- warnings */

bool warn(VM *vm, Type *category, int stack_level, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  Str *message = str_format_va(vm, format, arguments);
  va_end(arguments);
  if (!message) return false;
  return warn_message(vm, value_from(category), value_from(message), stack_level, VALUE_NONE);
}

bool warn_resource(VM *vm, Value source, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  Str *message = str_format_va(vm, format, arguments);
  va_end(arguments);
  if (!message) return false;
  return warn_message(vm, value_from(TYPE_OF(ResourceWarning)), value_from(message), 1, source);
}

/* ---- exceptions that nobody can catch */

static Value unraisable_arguments(VM *vm, Value exception, Value message, Value object) {
  Value fields[] = {value_from(value_type(exception)), exception,
                    ((Exception *)value_object(exception))->traceback, message, object};
  return sys_unraisable_arguments(vm, fields);
}

void error_unraisable(VM *vm, const char *where, Value object) {
  Value exception = error_take(vm);
  if (exception == VALUE_UNBOUND) return;
  traceback_begin(vm, exception);
  Value message = where ? value_of(str_new_cstr(vm, where)) : VALUE_NONE;
  Value arguments =
      unraisable_arguments(vm, exception, message, object == VALUE_UNBOUND ? VALUE_NONE : object);
  Value hook = arguments == VALUE_FAIL || !vm->sys
                   ? VALUE_UNBOUND
                   : dict_get_str(vm, module_dict(vm->sys), NAME("unraisablehook"));
  if (hook != VALUE_UNBOUND && hook != VALUE_NONE &&
      SYS_AUDIT(vm, "sys.unraisablehook", hook, arguments) &&
      call1(vm, hook, arguments) != VALUE_FAIL)
    return;
  error_clear(vm);
  traceback_print_plain(vm, exception);
}
