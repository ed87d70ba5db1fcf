/* slow_match.c -- structural pattern matching and except*. Language reference 8.6, 8.4.2. */
#include "vm/interp/slow.h"
#include "vm/objects/dict.h"
#include "vm/objects/exception.h"

Value slow_match_keys(VM *vm, Value subject, Value keys) {
  Tuple *names = value_object(keys);
  size_t count = tuple_length(names);
  Tuple *values = tuple_new(vm, count);
  if (!values) return VALUE_FAIL;
  if (!count) return value_from(values);
  Set *seen = set_new(vm);
  Value get = get_attribute(vm, subject, NAME("get"));
  if (!seen || value_is_fail(get)) return VALUE_FAIL;
  Value dummy = value_from(seen); /* a value nobody else has */
  for (size_t i = 0; i < count; i++) {
    Answer duplicate = set_contains_value(vm, seen, names->items[i]);
    if (duplicate == ANSWER_FAILED) return VALUE_FAIL;
    if (duplicate)
      return raise_value(vm, "mapping pattern checks duplicate key (%R)", names->items[i]);
    if (!set_add_value(vm, seen, names->items[i])) return VALUE_FAIL;
    Value v = call2(vm, get, names->items[i], dummy);
    if (value_is_fail(v)) return v;
    if (v == dummy) return VALUE_NONE;
    tuple_set_item(vm, values, i, v);
  }
  return value_from(values);
}

/* take: subject.name into values; VALUE_NONE: absent, VALUE_FAIL: raised, else done */
static Value take_attribute(VM *vm, Value subject, Value cls, Value name, Set *seen, Tuple *values,
                            size_t at) {
  Answer duplicate = set_contains_value(vm, seen, name);
  if (duplicate == ANSWER_FAILED) return VALUE_FAIL;
  if (duplicate)
    return raise_type(vm, "%N() got multiple sub-patterns for attribute %R", value_object(cls),
                      name);
  if (!set_add_value(vm, seen, name)) return VALUE_FAIL;
  Value v = find_attribute(vm, subject, str_intern(vm, value_object(name)));
  if (v == VALUE_UNBOUND) return VALUE_NONE;
  if (v != VALUE_FAIL) tuple_set_item(vm, values, at, v);
  return v == VALUE_FAIL ? v : VALUE_TRUE;
}

/* The built-in classes that match themselves as the one positional sub-pattern. */
static bool matches_self(const Type *type) {
  return type_has(type, TYPE_INT_SUBCLASS | TYPE_STR_SUBCLASS | TYPE_LIST_SUBCLASS |
                            TYPE_TUPLE_SUBCLASS | TYPE_DICT_SUBCLASS | TYPE_BYTES_SUBCLASS |
                            TYPE_FLOAT_SUBCLASS | TYPE_SET_SUBCLASS | TYPE_BYTEARRAY_SUBCLASS) ||
         type == TYPE_OF(bool);
}

Value slow_match_class(VM *vm, Value subject, Value cls, uint32_t positional, Value names) {
  if (!value_is_type(cls)) return raise_type(vm, "called match pattern must be a type");
  Answer instance = is_instance(vm, subject, cls);
  if (instance != ANSWER_YES) return instance == ANSWER_FAILED ? VALUE_FAIL : VALUE_NONE;
  Tuple *keywords = value_object(names);
  size_t nkw = tuple_length(keywords);
  Tuple *values = tuple_new(vm, positional + nkw);
  Set *seen = set_new(vm);
  if (!values || !seen) return VALUE_FAIL;
  if (positional) {
    Value args = find_attribute(vm, cls, NAME("__match_args__"));
    if (args == VALUE_FAIL) return args;
    size_t allowed = 0;
    bool self = false;
    if (args == VALUE_UNBOUND) {
      self = matches_self(value_object(cls));
      allowed = self;
    } else if (!value_is(args, tuple)) {
      return raise_type(vm, "%N.__match_args__ must be a tuple (got %T)", value_object(cls), args);
    } else {
      allowed = tuple_length(value_object(args));
    }
    if (allowed < positional)
      return raise_type(vm, "%N() accepts %d positional sub-pattern%s (%d given)",
                        value_object(cls), (int)allowed, allowed == 1 ? "" : "s", (int)positional);
    if (self) tuple_set_item(vm, values, 0, subject);
    for (size_t i = 0; !self && i < positional; i++) {
      Value name = ((Tuple *)value_object(args))->items[i];
      if (!value_is(name, str))
        return raise_type(vm, "__match_args__ elements must be strings (got %T)", name);
      Value taken = take_attribute(vm, subject, cls, name, seen, values, i);
      if (taken != VALUE_TRUE) return taken;
    }
  }
  for (size_t i = 0; i < nkw; i++) {
    Value taken =
        take_attribute(vm, subject, cls, keywords->items[i], seen, values, positional + i);
    if (taken != VALUE_TRUE) return taken;
  }
  return value_from(values);
}

/* ---- except* */
static bool check_group_classes(VM *vm, Value classes) {
  const Value *items = &classes;
  size_t count = 1;
  if (value_has_flag(classes, TYPE_TUPLE_SUBCLASS)) sequence_view(classes, &items, &count);
  for (size_t i = 0; i < count; i++) {
    if (!value_is_type(items[i]) ||
        !(((Type *)value_object(items[i]))->flags & TYPE_EXCEPTION_SUBCLASS))
      return raise_type(vm,
                        "catching classes that do not inherit from BaseException is not allowed"),
             false;
    if (type_is_subtype(value_object(items[i]), TYPE_OF(BaseExceptionGroup)))
      return raise_type(vm,
                        "catching ExceptionGroup with except* is not allowed. Use except instead."),
             false;
  }
  return true;
}

bool slow_match_group(VM *vm, Value *to, Value exception, Value classes) {
  if (!check_group_classes(vm, classes)) return false;
  if (exception == VALUE_NONE) return to[0] = to[1] = VALUE_NONE, true;
  Answer matches = exception_matches(vm, exception, classes);
  if (matches == ANSWER_FAILED) return false;
  bool group = type_is_subtype(value_type(exception), TYPE_OF(BaseExceptionGroup));
  if (matches) {
    if (!group) { /* a naked exception is wrapped in a group */
      Tuple *one = TUPLE(exception);
      Value wrapped =
          call2(vm, value_from(TYPE_OF(ExceptionGroup)), value_from(NAME("")), value_from(one));
      if (value_is_fail(wrapped)) return false;
      ((Exception *)value_object(wrapped))->traceback =
          ((Exception *)value_object(exception))->traceback;
      heap_barrier_any(vm, value_object(wrapped));
      exception = wrapped;
    }
    to[0] = exception;
    to[1] = VALUE_NONE;
    return true;
  }
  if (!group) return to[1] = exception, to[0] = VALUE_NONE, true;
  Value pair = call_method1(vm, exception, NAME("split"), classes);
  if (value_is_fail(pair)) return false;
  if (!value_is(pair, tuple) || tuple_length(value_object(pair)) < 2)
    return raise_type(vm, "%T.split must return a 2-tuple", exception), false;
  to[0] = ((Tuple *)value_object(pair))->items[0];
  to[1] = ((Tuple *)value_object(pair))->items[1];
  return true;
}

static bool same_metadata(Value a, Value b) {
  const Exception *x = value_object(a), *y = value_object(b);
  return x->traceback == y->traceback && x->context == y->context && x->cause == y->cause;
}

/* collect_leaves: ids of the leaf exceptions below `group`. */
static bool collect_leaves(VM *vm, Value group, Set *leaves) {
  if (group == VALUE_NONE) return true;
  if (!type_is_subtype(value_type(group), TYPE_OF(BaseExceptionGroup)))
    return set_add_value(vm, leaves, value_int(vm, (int64_t)group));
  const Value *items;
  size_t count;
  if (!sequence_view(((ExceptionGroupObject *)value_object(group))->exceptions, &items, &count))
    return true;
  for (size_t i = 0; i < count; i++)
    if (!collect_leaves(vm, items[i], leaves)) return false;
  return true;
}

/* keep: the part of `group` whose leaves are in `leaves`, nesting and metadata kept: VALUE_NONE
** when nothing is. */
static Value keep_leaves(VM *vm, Value group, Set *leaves) {
  if (!type_is_subtype(value_type(group), TYPE_OF(BaseExceptionGroup))) {
    Answer in = set_contains_value(vm, leaves, value_int(vm, (int64_t)group));
    return in == ANSWER_FAILED ? VALUE_FAIL : in ? group : VALUE_NONE;
  }
  const Value *items;
  size_t count;
  if (!sequence_view(((ExceptionGroupObject *)value_object(group))->exceptions, &items, &count))
    return VALUE_NONE;
  List *kept = list_new(vm, 0);
  if (!kept) return VALUE_FAIL;
  for (size_t i = 0; i < count; i++) {
    Value part = keep_leaves(vm, items[i], leaves);
    if (part == VALUE_FAIL || (part != VALUE_NONE && !list_append_value(vm, kept, part)))
      return VALUE_FAIL;
  }
  if (!list_length(kept)) return VALUE_NONE;
  Value derived = call_method1(vm, group, NAME("derive"), value_from(kept));
  if (value_is_fail(derived)) return derived;
  if (value_has_flag(derived, TYPE_EXCEPTION_SUBCLASS)) {
    Exception *to = value_object(derived);
    const Exception *from = value_object(group);
    to->traceback = from->traceback, to->context = from->context, to->cause = from->cause;
    to->suppress_context = true; /* whoever sets a cause, None too, does that */
    heap_barrier_any(vm, to);
  }
  return derived;
}

Value slow_reraise_star(VM *vm, Value original, Value raised) {
  List *list = value_object(raised);
  size_t count = list_length(list);
  if (!count) return VALUE_NONE;
  for (size_t i = 0; i < count; i++) /* what the list holds is more than the verifier follows */
    if (list_items(list)[i] != VALUE_NONE &&
        !value_has_flag(list_items(list)[i], TYPE_EXCEPTION_SUBCLASS))
      return raise_error(vm, TYPE_OF(SystemError), "bad code image: no exception to raise again");
  if (!type_is_subtype(value_type(original), TYPE_OF(BaseExceptionGroup)))
    return list_items(list)[0];
  List *fresh = list_new(vm, 0);
  Set *leaves = set_new(vm);
  bool any_kept = false;
  for (size_t i = 0; i < count; i++) {
    Value e = list_items(list)[i];
    if (e == VALUE_NONE) continue;
    if (same_metadata(e, original)) {
      any_kept = true;
      if (!collect_leaves(vm, e, leaves)) return VALUE_FAIL;
    } else if (!list_append_value(vm, fresh, e)) {
      return VALUE_FAIL;
    }
  }
  Value rest = any_kept ? keep_leaves(vm, original, leaves) : VALUE_NONE;
  if (value_is_fail(rest) || !list_length(fresh)) return rest;
  if (rest != VALUE_NONE && !list_append_value(vm, fresh, rest)) return VALUE_FAIL;
  return call2(vm, value_from(TYPE_OF(BaseExceptionGroup)), value_from(NAME("")),
               value_from(fresh));
}
