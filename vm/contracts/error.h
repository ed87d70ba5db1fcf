/* error.h -- raising, testing and clearing exceptions.
**
** Law: vm->exception holds an exception instance exactly while VALUE_FAIL (or false) travels; a
** function that returns anything else leaves it VALUE_UNBOUND.
**
** Formats of raise_error and str_format: %s C string (UTF-8) · %d int · %ld long · %zu size_t ·
** %lld int64 · %c code point (int)
** · %S str(value) (Value) · %R repr(value) (Value) · %A ascii(value) · %T name of value's type
**   (Value) · %N name of a type
** (Type *) · %U a Str * · %x hex of unsigned · %%. A precision (%.200s) bounds %s, %N, %T, %U.
*/
#ifndef KRAIT_ERROR_H
#define KRAIT_ERROR_H

#include "vm/core/vm.h"

/* raise_error: makes an instance of `type` with the formatted message as its one argument and sets
** it pending, with __context__ set to the exception being handled. All return VALUE_FAIL. */
COLD Value raise_error(VM *vm, Type *type, const char *format, ...);
#define raise_type(vm, ...) raise_error((vm), TYPE_OF(TypeError), __VA_ARGS__)
#define raise_value(vm, ...) raise_error((vm), TYPE_OF(ValueError), __VA_ARGS__)
#define raise_false(...) (raise_error(__VA_ARGS__), false)
/* type(argument): KeyError(key), StopIteration(value) */
COLD Value raise_with(VM *vm, Type *type, Value argument);
COLD Value raise_object(VM *vm, Value exception); /* an instance; sets __context__ */
COLD Value raise_bare(VM *vm, Type *type);        /* no arguments */
COLD Value raise_memory(VM *vm);
/* OSError subclass by errno; filename or VALUE_NONE */
COLD Value raise_errno(VM *vm, int error, Value filename);
/* AttributeError "'X' object has no attribute 'y'" with name, obj */
COLD Value raise_attribute(VM *vm, Value object, Str *name);
/* StopIteration; value VALUE_NONE: no arguments */
COLD Value raise_stop(VM *vm, Value value);
COLD Value raise_key(VM *vm, Value key); /* KeyError(key) */
/* cause: __cause__ */
COLD Value raise_from(VM *vm, Type *type, Value cause, const char *format, ...);

static inline bool error_pending(VM *vm) { return vm->exception != VALUE_UNBOUND; }
bool error_is(VM *vm, Type *type); /* pending exception is an instance of type */
static inline void error_clear(VM *vm) { vm->exception = VALUE_UNBOUND; }
/* exception_unseen: the number of an exception that C code has made and that only the loop has had
** since; 0: somebody could have kept it. What was made for its traceback alone can be forgotten
** with it (perf-note 0066). */
static inline uint32_t exception_unseen(Value exception) {
  return ((Object *)value_object(exception))->bits >> OBJ_USER_SHIFT;
}
/* exception_see: whoever gives an exception away, or keeps it, says so. */
static inline void exception_see(Value exception) {
  if (value_is_pointer(exception))
    ((Object *)value_object(exception))->bits &= ((uint32_t)1 << OBJ_USER_SHIFT) - 1;
}
/* exception_hide: nobody but the caller has had it, and no Python has run in making it. */
void exception_hide(Value exception);
/* error_take: the pending exception, no longer pending; error_restore puts it back, context
** untouched. */
static inline Value error_take(VM *vm) {
  Value e = vm->exception;
  vm->exception = VALUE_UNBOUND;
  exception_see(e);
  return e;
}
static inline void error_restore(VM *vm, Value exception) { vm->exception = exception; }
/* error_clear_if: clears the pending exception and says true if it is of `type`. */
bool error_clear_if(VM *vm, Type *type);
/* exception_matches: `exception` against a class or tuple of classes as an except clause does. */
MUST_USE Answer exception_matches(VM *vm, Value exception, Value classes);
/* exception_make: what `raise x` does to x: an instance from a class or instance; VALUE_FAIL
** "exceptions must derive from BaseException". */
MUST_USE MAY_RUN Value exception_make(VM *vm, Value x);
/* warn: issues a warning of the category through the warnings machinery; false: it became an
** exception. */
MUST_USE MAY_RUN bool warn(VM *vm, Type *category, int stack_level, const char *format, ...);
/* warn_resource: the same for a ResourceWarning; where `source` was allocated may be shown. */
MUST_USE MAY_RUN bool warn_resource(VM *vm, Value source, const char *format, ...);
/* modules/builtins/_warnings.c */
MUST_USE MAY_RUN bool warn_message(VM *vm, Value category, Value message, int stack_level,
                                   Value source);
/* to stderr, when nothing else works (runtime/traceback_print.c) */
MAY_RUN void traceback_print_plain(VM *vm, Value exception);
/* modules/sys/sys.c */
MUST_USE MAY_RUN Value sys_unraisable_arguments(VM *vm, const Value fields[5]);
/* error_unraisable: reports the pending exception through sys.unraisablehook and clears it. */
MAY_RUN void error_unraisable(VM *vm, const char *where, Value object);

#endif
