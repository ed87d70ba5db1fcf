/* exception_group.c -- BaseExceptionGroup and ExceptionGroup: construction, split and subgroup; and
** except*. */
#include "vm/objects/exception_group.h"

#include "vm/objects/dict.h"
#include "vm/objects/exception_internal.h"
#include "vm/objects/list.h"

#define NATIVE_DEF "vm/objects/exception_group.def"
#define NATIVE_PREFIX group_
#define NATIVE_SELF ExceptionGroupObject *
#include "vm/contracts/native_class.inc"

static bool is_group(Value v) {
  return value_has_flag(v, TYPE_EXCEPTION_SUBCLASS) &&
         type_is_subtype(value_type(v), TYPE_OF(BaseExceptionGroup));
}

/* ---- making */

/* adjust_class: the class for these exceptions: BaseExceptionGroup of only Exceptions is an
** ExceptionGroup. */
static Type *adjust_class(VM *vm, Type *cls, bool has_base) {
  if (cls == TYPE_OF(BaseExceptionGroup)) return has_base ? cls : TYPE_OF(ExceptionGroup);
  if (!has_base) return cls;
  if (cls == TYPE_OF(ExceptionGroup))
    return raise_type(vm, "Cannot nest BaseExceptions in an ExceptionGroup"), NULL;
  if (type_is_subtype(cls, TYPE_OF(Exception)))
    return raise_type(vm, "Cannot nest BaseExceptions in '%N'", cls), NULL;
  return cls;
}

static Value group_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (npos != 2)
    return raise_type(vm, "BaseExceptionGroup.__new__() takes exactly 2 arguments (%d given)",
                      npos);
  if (!value_is_str(args[0]))
    return raise_type(vm, "BaseExceptionGroup.__new__() argument 1 must be str, not %T", args[0]);
  bool is_sequence = value_has_flag(args[1], TYPE_LIST_SUBCLASS | TYPE_TUPLE_SUBCLASS) ||
                     value_has_special(args[1], SPECIAL_getitem);
  if (!is_sequence || value_has_flag(args[1], TYPE_DICT_SUBCLASS))
    return raise_type(vm, "second argument (exceptions) must be a sequence");
  Tuple *nested = tuple_from_iterable(vm, args[1]);
  if (!nested) return VALUE_FAIL;
  if (tuple_length(nested) == 0)
    return raise_value(vm, "second argument (exceptions) must be a non-empty sequence");
  bool has_base = false;
  for (size_t i = 0; i < tuple_length(nested); i++) {
    if (!value_has_flag(nested->items[i], TYPE_EXCEPTION_SUBCLASS))
      return raise_value(vm, "Item %zu of second argument (exceptions) is not an exception", i);
    has_base |= !type_is_subtype(value_type(nested->items[i]), TYPE_OF(Exception));
  }
  cls = adjust_class(vm, cls, has_base);
  if (!cls) return VALUE_FAIL;
  Value v = exception_alloc(vm, cls);
  if (value_is_fail(v)) return v;
  ExceptionGroupObject *e = value_object(v);
  exception_set_args(vm, &e->e, args, npos);
  e->message = args[0];
  e->exceptions = value_from(nested);
  heap_barrier_any(vm, e);
  return v;
}

static Value group_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "%T() takes no keyword arguments", self);
  exception_set_args(vm, value_object(self), args, npos);
  return VALUE_NONE;
}

static Value group_op_str(VM *vm, ExceptionGroupObject *e, const group_op_str_args *a) {
  size_t n = tuple_length(value_object(e->exceptions));
  Str *text = str_format(vm, "%S (%zu sub-exception%s)", e->message, n, n > 1 ? "s" : "");
  return value_of(text);
}
static Value group_get_message(VM *vm, ExceptionGroupObject *e) { return e->message; }
static Value group_get_exceptions(VM *vm, ExceptionGroupObject *e) { return e->exceptions; }
static Value group_class_getitem(VM *vm, Value self, const group_class_getitem_args *a) {
  return generic_alias_new(vm, self, a->item);
}

static Value group_derive(VM *vm, ExceptionGroupObject *e, const group_derive_args *a) {
  return call2(vm, value_from(TYPE_OF(BaseExceptionGroup)), e->message, a->excs);
}

/* ---- splitting */

typedef struct Matcher {
  Value condition;
  enum { BY_TYPE, BY_FUNCTION, BY_IDENTITY } kind;
} Matcher;

static bool is_exception_class(Value v) {
  return value_is_type(v) && type_has((Type *)value_object(v), TYPE_EXCEPTION_SUBCLASS);
}

static bool make_matcher(VM *vm, Value condition, Matcher *m) {
  m->condition = condition;
  m->kind = BY_TYPE;
  if (is_exception_class(condition)) return true;
  if (value_has_flag(condition, TYPE_TUPLE_SUBCLASS)) {
    Tuple *t = value_object(condition);
    bool all = true;
    for (size_t i = 0; i < tuple_length(t); i++) all &= is_exception_class(t->items[i]);
    if (all) return true;
  } else if (value_is(condition, function)) {
    m->kind = BY_FUNCTION;
    return true;
  }
  return raise_false(vm, TYPE_OF(TypeError),
                     "expected a function, exception type or tuple of exception types");
}

static Answer matches(VM *vm, const Matcher *m, Value exception) {
  if (m->kind == BY_TYPE) return exception_matches(vm, exception, m->condition);
  if (m->kind == BY_IDENTITY) { /* condition: a dict of leaf exceptions by identity */
    Value found =
        dict_get(vm, value_object(m->condition), value_int(vm, (int64_t)(exception >> 3)));
    return found == VALUE_FAIL ? ANSWER_FAILED : found != VALUE_UNBOUND;
  }
  Value result = call1(vm, m->condition, exception);
  return result == VALUE_FAIL ? ANSWER_FAILED : value_truth(vm, result);
}

/* subset: group.derive(exceptions) with the group's traceback, context, cause and notes. NONE when
** empty. */
static Value subset(VM *vm, ExceptionGroupObject *group, List *exceptions) {
  if (list_length(exceptions) == 0) return VALUE_NONE;
  Value made = call_method1(vm, value_from(group), NAME("derive"), value_from(exceptions));
  if (made == VALUE_FAIL) return VALUE_FAIL;
  if (!is_group(made))
    return raise_type(vm, "derive must return an instance of BaseExceptionGroup");
  Exception *e = value_object(made);
  e->traceback = group->e.traceback;
  e->context = group->e.context;
  e->cause = group->e.cause;
  e->suppress_context = true; /* whoever sets a cause, None too, does that */
  heap_barrier_any(vm, e);
  Value notes = find_attribute(vm, value_from(group), NAME("__notes__"));
  if (notes == VALUE_FAIL) return VALUE_FAIL;
  if (notes != VALUE_UNBOUND && (value_has_flag(notes, TYPE_LIST_SUBCLASS | TYPE_TUPLE_SUBCLASS))) {
    List *copy = list_from_iterable(vm, notes);
    if (!copy || !set_attribute(vm, made, NAME("__notes__"), value_from(copy))) return VALUE_FAIL;
  }
  return made;
}

/* split_by: the matching part and the rest (rest NULL: not wanted); each NONE when empty. */
static bool split_by(VM *vm, Value exception, const Matcher *m, Value *match, Value *rest) {
  *match = VALUE_NONE;
  if (rest) *rest = VALUE_NONE;
  int whole = m->kind == BY_IDENTITY && is_group(exception) ? 0 : matches(vm, m, exception);
  if (whole < 0) return false;
  if (whole) return *match = exception, true;
  if (!is_group(exception)) {
    if (rest) *rest = exception;
    return true;
  }
  if (!vm_check_c_stack(vm, "in exceptiongroup_split_recursive")) return false;
  if (vm->recursion_left <= 0)
    return raise_false(vm, TYPE_OF(RecursionError),
                       "maximum recursion depth exceeded in exceptiongroup_split_recursive");
  ExceptionGroupObject *group = value_object(exception);
  Tuple *nested = value_object(group->exceptions);
  List *in = list_new(vm, 0), *out = list_new(vm, 0);
  for (size_t i = 0; i < tuple_length(nested); i++) {
    Value part_in, part_out = VALUE_NONE;
    vm->recursion_left--;
    bool ok = split_by(vm, nested->items[i], m, &part_in, rest ? &part_out : NULL);
    vm->recursion_left++;
    if (!ok) return false;
    if (part_in != VALUE_NONE && !list_append_value(vm, in, part_in)) return false;
    if (part_out != VALUE_NONE && !list_append_value(vm, out, part_out)) return false;
  }
  *match = subset(vm, group, in);
  if (*match == VALUE_FAIL) return false;
  if (rest) *rest = subset(vm, group, out);
  return !rest || *rest != VALUE_FAIL;
}

static Value group_split(VM *vm, ExceptionGroupObject *e, const group_split_args *a) {
  Matcher m;
  Value match, rest;
  if (!make_matcher(vm, a->condition, &m) || !split_by(vm, value_from(e), &m, &match, &rest))
    return VALUE_FAIL;
  return PACK(match, rest);
}
static Value group_subgroup(VM *vm, ExceptionGroupObject *e, const group_subgroup_args *a) {
  Matcher m;
  Value match;
  if (!make_matcher(vm, a->condition, &m) || !split_by(vm, value_from(e), &m, &match, NULL))
    return VALUE_FAIL;
  return match;
}

const ClassSpec BaseExceptionGroup_class = {
    NATIVE_CLASS(group_),
    .basic_size = sizeof(ExceptionGroupObject),
};
const ClassSpec ExceptionGroup_class = {NATIVE_NAMES(group_ordinary_),
                                        .basic_size = sizeof(ExceptionGroupObject)};
