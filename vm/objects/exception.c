/* exception.c -- BaseException, and the exception classes that add nothing to it.
**
** Every exception class has an Exception as the head of its native part; what follows it are
** Values, UNBOUND until set (shown as None). One trace and one allocator serve all of them.
*/
#include "vm/objects/dict.h"
#include "vm/objects/exception_internal.h"
#include "vm/objects/list.h"

/* ---- making */

static void exception_trace(Marker *marker, Object *self) {
  Exception *e = (Exception *)self;
  mark_object(marker, e->args);
  mark_value(marker, e->traceback);
  mark_value(marker, e->context);
  mark_value(marker, e->cause);
  uint32_t size = object_type(self)->spec->basic_size;
  mark_values(marker, (Value *)(e + 1), (size - sizeof *e) / sizeof(Value));
}

Value exception_alloc(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Exception *e = value_object(v);
  e->traceback = e->context = e->cause = VALUE_NONE;
  Value *fields = (Value *)(e + 1);
  size_t count = (cls->spec->basic_size - sizeof *e) / sizeof(Value);
  for (size_t i = 0; i < count; i++) fields[i] = VALUE_UNBOUND;
  e->args = tuple_from_values(vm, NULL, 0);
  heap_barrier_object(vm, e, e->args);
  return v;
}

void exception_set_args(VM *vm, Exception *e, const Value *args, int count) {
  e->args = tuple_from_values(vm, args, (size_t)count);
  heap_barrier_object(vm, e, e->args);
}

static Value exception_construct(VM *vm, Value cls, const Value *args, int npos, Tuple *kwnames) {
  Value v = exception_alloc(vm, value_object(cls));
  if (value_is_fail(v)) return v;
  exception_set_args(vm, value_object(v), args, npos);
  return v;
}
/* Keywords are for an __init__ to take or to refuse. */
const MethodSpec exception_constructor = {
    .name = "__new__", .raw = exception_construct, .flags = METHOD_RAW | METHOD_NEW};

void exception_set_field(VM *vm, void *exception, Value *field, Value v) {
  *field = v == VALUE_MISSING ? VALUE_UNBOUND : v;
  heap_barrier(vm, exception, *field);
}

/* exception_keywords: takes keyword-only arguments called `names` into places; others are
** refused. */
bool exception_keywords(VM *vm, const char *class_name, const Value *values, Tuple *kwnames,
                        const char *const *names, Value **places) {
  for (size_t k = 0; kwnames && k < tuple_length(kwnames); k++) {
    Str *name = value_object(kwnames->items[k]);
    int i = 0;
    while (names[i] && !str_equal_cstr(name, names[i])) i++;
    if (!names[i])
      return raise_false(vm, TYPE_OF(TypeError), "'%U' is an invalid keyword argument for %s()",
                         name, class_name);
    *places[i] = values[k];
  }
  return true;
}

/* ---- BaseException */

#define NATIVE_DEF "vm/objects/exception.def"
#define NATIVE_PREFIX base_
#define NATIVE_SELF Exception *
#include "vm/contracts/native_class.inc"

static Value base_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "%T() takes no keyword arguments", self);
  Exception *e = value_object(self);
  if (tuple_length(e->args) == (size_t)npos && npos &&
      memcmp(e->args->items, args, (size_t)npos * sizeof(Value)) == 0)
    return VALUE_NONE;
  exception_set_args(vm, e, args, npos);
  return VALUE_NONE;
}

static Value base_op_repr(VM *vm, Exception *e, const base_op_repr_args *a) {
  Str *name = value_type(value_from(e))->name;
  Str *text = tuple_length(e->args) == 1 ? str_format(vm, "%U(%R)", name, e->args->items[0])
                                         : str_format(vm, "%U%R", name, value_from(e->args));
  return value_of(text);
}

Value exception_str(VM *vm, Exception *e) {
  size_t n = tuple_length(e->args);
  if (n == 0) return value_of(str_new_cstr(vm, ""));
  return value_str(vm, n == 1 ? e->args->items[0] : value_from(e->args));
}
static Value base_op_str(VM *vm, Exception *e, const base_op_str_args *a) {
  return exception_str(vm, e);
}

Value exception_own_dict(VM *vm, Exception *e) { /* NONE when empty */
  const Shape *shape = object_shape(&e->h);
  if (shape->kind == SHAPE_SLOTS ? shape->slot_count == 0 : !e->extra) return VALUE_NONE;
  Dict *dict = instance_dict(vm, &e->h);
  return dict && dict_length(dict) ? value_from(dict) : VALUE_NONE;
}

static Value base_reduce(VM *vm, Exception *e, const base_reduce_args *a) {
  Value dict = exception_own_dict(vm, e), type = value_from(value_type(value_from(e)));
  return dict == VALUE_NONE ? PACK(type, value_from(e->args))
                            : PACK(type, value_from(e->args), dict);
}

static Value base_setstate(VM *vm, Exception *e, const base_setstate_args *a) {
  if (a->state == VALUE_NONE) return VALUE_NONE;
  if (!value_has_flag(a->state, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "state is not a dictionary");
  size_t position = 0;
  Value key, v;
  while (dict_next(value_object(a->state), &position, &key, &v)) {
    Str *name = attribute_name(vm, key);
    if (!name || !set_attribute(vm, value_from(e), name, v)) return VALUE_FAIL;
  }
  return VALUE_NONE;
}

static Value base_with_traceback(VM *vm, Exception *e, const base_with_traceback_args *a) {
  return base_set_traceback(vm, e, a->tb) ? value_from(e) : VALUE_FAIL;
}

static Value base_add_note(VM *vm, Exception *e, const base_add_note_args *a) {
  if (!value_is_str(a->note)) return raise_type(vm, "note must be a str, not '%T'", a->note);
  Value notes = find_attribute(vm, value_from(e), NAME("__notes__"));
  if (notes == VALUE_FAIL) return VALUE_FAIL;
  if (notes == VALUE_UNBOUND) {
    notes = value_of(list_new(vm, 1));
    if (!set_attribute(vm, value_from(e), NAME("__notes__"), notes)) return VALUE_FAIL;
  } else if (!value_has_flag(notes, TYPE_LIST_SUBCLASS)) {
    return raise_type(vm, "Cannot add note: __notes__ is not a list");
  }
  return value_none_if(list_append_value(vm, value_object(notes), a->note));
}

static Value base_get_args(VM *vm, Exception *e) { return value_from(e->args); }
static bool base_set_args(VM *vm, Exception *e, Value v) {
  if (v == VALUE_MISSING) return raise_false(vm, TYPE_OF(TypeError), "args may not be deleted");
  Tuple *args = tuple_from_iterable(vm, v);
  if (!args) return false;
  e->args = args;
  heap_barrier_object(vm, e, args);
  return true;
}
static Value base_get_traceback(VM *vm, Exception *e) { return e->traceback; }
static bool base_set_traceback(VM *vm, Exception *e, Value v) {
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "__traceback__ may not be deleted");
  if (v != VALUE_NONE && !value_is(v, traceback))
    return raise_false(vm, TYPE_OF(TypeError), "__traceback__ must be a traceback or None");
  e->traceback = v;
  heap_barrier(vm, e, v);
  return true;
}
static bool check_linked(VM *vm, Value v, const char *what) {
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "__%s__ may not be deleted", what);
  if (v == VALUE_NONE || value_has_flag(v, TYPE_EXCEPTION_SUBCLASS)) return true;
  return raise_false(vm, TYPE_OF(TypeError),
                     "exception %s must be None or derive from BaseException", what);
}
static Value base_get_context(VM *vm, Exception *e) { return e->context; }
static bool base_set_context(VM *vm, Exception *e, Value v) {
  if (!check_linked(vm, v, "context")) return false;
  e->context = v;
  heap_barrier(vm, e, v);
  return true;
}
static Value base_get_cause(VM *vm, Exception *e) { return e->cause; }
static bool base_set_cause(VM *vm, Exception *e, Value v) {
  if (!check_linked(vm, v, "cause")) return false;
  e->cause = v;
  e->suppress_context = true;
  heap_barrier(vm, e, v);
  return true;
}
static Value base_get_suppress(VM *vm, Exception *e) { return value_bool(e->suppress_context); }
static bool base_set_suppress(VM *vm, Exception *e, Value v) {
  Answer truth = v == VALUE_MISSING ? ANSWER_NO : value_truth(vm, v);
  e->suppress_context = truth == ANSWER_YES;
  return truth >= 0;
}
static Value base_get_dict(VM *vm, Exception *e) {
  return instance_dict_getset.get(vm, value_from(e));
}
static bool base_set_dict(VM *vm, Exception *e, Value v) {
  return instance_dict_getset.set(vm, value_from(e), v);
}

const ClassSpec BaseException_class = {
    NATIVE_NAMES(base_),
    NATIVE_ROWS(base_),
    .basic_size = sizeof(Exception),
    .trace = exception_trace,
    .constructor = &exception_constructor,
};

/* ---- classes without anything of their own */

DERIVED_EXCEPTION(Exception, base_, Exception)
DERIVED_EXCEPTION(GeneratorExit, base_, Exception)
DERIVED_EXCEPTION(KeyboardInterrupt, base_, Exception)
DERIVED_EXCEPTION(ArithmeticError, base_, Exception)
DERIVED_EXCEPTION(FloatingPointError, base_, Exception)
DERIVED_EXCEPTION(OverflowError, base_, Exception)
DERIVED_EXCEPTION(ZeroDivisionError, base_, Exception)
DERIVED_EXCEPTION(AssertionError, base_, Exception)
DERIVED_EXCEPTION(BufferError, base_, Exception)
DERIVED_EXCEPTION(EOFError, base_, Exception)
DERIVED_EXCEPTION(LookupError, base_, Exception)
DERIVED_EXCEPTION(IndexError, base_, Exception)
DERIVED_EXCEPTION(MemoryError, base_, Exception)
DERIVED_EXCEPTION(ReferenceError, base_, Exception)
DERIVED_EXCEPTION(RuntimeError, base_, Exception)
DERIVED_EXCEPTION(NotImplementedError, base_, Exception)
DERIVED_EXCEPTION(RecursionError, base_, Exception)
DERIVED_EXCEPTION(StopAsyncIteration, base_, Exception)
DERIVED_EXCEPTION(SystemError, base_, Exception)
DERIVED_EXCEPTION(TypeError, base_, Exception)
DERIVED_EXCEPTION(ValueError, base_, Exception)
DERIVED_EXCEPTION(UnicodeError, base_, Exception)
DERIVED_EXCEPTION(Warning, base_, Exception)
DERIVED_EXCEPTION(BytesWarning, base_, Exception)
DERIVED_EXCEPTION(DeprecationWarning, base_, Exception)
DERIVED_EXCEPTION(EncodingWarning, base_, Exception)
DERIVED_EXCEPTION(FutureWarning, base_, Exception)
DERIVED_EXCEPTION(ImportWarning, base_, Exception)
DERIVED_EXCEPTION(PendingDeprecationWarning, base_, Exception)
DERIVED_EXCEPTION(ResourceWarning, base_, Exception)
DERIVED_EXCEPTION(RuntimeWarning, base_, Exception)
DERIVED_EXCEPTION(SyntaxWarning, base_, Exception)
DERIVED_EXCEPTION(UnicodeWarning, base_, Exception)
DERIVED_EXCEPTION(UserWarning, base_, Exception)
