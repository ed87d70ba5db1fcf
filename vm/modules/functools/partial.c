/* partial.c -- functools.partial. */
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/items.h"
#include "vm/objects/tuple.h"

typedef struct Partial {
  Object h;
  Object *extra; /* [gc] attributes */
  Value function;
  Tuple *args;    /* [gc] */
  Dict *keywords; /* [gc] */
} Partial;

#define NATIVE_DEF "vm/modules/functools/partial.def"
#define NATIVE_PREFIX partial_
#define NATIVE_SELF Partial *
#include "vm/contracts/native_class.inc"

enum { ON_STACK = 16 };

static Tuple *joined(VM *vm, Tuple *first, const Value *values, int count) {
  size_t n = tuple_length(first);
  if (!count) return first;
  Tuple *all = tuple_new(vm, n + (size_t)count);
  if (!all) return NULL;
  for (size_t i = 0; i < n; i++) tuple_init_item(all, i, first->items[i]);
  for (int i = 0; i < count; i++) tuple_init_item(all, n + (size_t)i, values[i]);
  return all;
}

static bool add_keywords(VM *vm, Dict *to, Tuple *kwnames, const Value *values) {
  for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++)
    if (!dict_set(vm, to, kwnames->items[i], values[i])) return false;
  return true;
}

/* A partial of a plain partial is flattened. */
static bool is_flat(Value f) {
  return value_is(f, partial) ||
         (value_is_pointer(f) && object_type(value_object(f)) == TYPE_OF(partial));
}

static Value partial_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (npos < 1) return raise_type(vm, "type 'partial' takes at least one argument");
  Value function = args[0];
  if (!value_is_callable(function)) return raise_type(vm, "the first argument must be callable");
  Tuple *fixed = tuple_new(vm, 0);
  Dict *keywords = NULL;
  if (is_flat(function) && cls == TYPE_OF(partial)) {
    Partial *inner = value_object(function);
    if (!inner->extra) {
      function = inner->function;
      fixed = inner->args;
      keywords = dict_copy(vm, inner->keywords);
    }
  }
  if (!keywords) keywords = dict_new(vm);
  fixed = joined(vm, fixed, args + 1, npos - 1);
  if (!fixed || !add_keywords(vm, keywords, kwnames, args + npos)) return VALUE_FAIL;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Partial *p = value_object(v);
  p->function = function, p->args = fixed, p->keywords = keywords;
  return v;
}

static NOINLINE Value call_with_keywords(VM *vm, Partial *p, const Value *args, int npos,
                                         Tuple *kwnames) {
  Dict *all = dict_copy(vm, p->keywords);
  if (!all || !add_keywords(vm, all, kwnames, args + npos)) return VALUE_FAIL;
  Tuple *positional = joined(vm, p->args, args, npos);
  return positional ? call_tuple_dict(vm, p->function, positional, all) : VALUE_FAIL;
}

static Value partial_call(VM *vm, Partial *p, const Value *args, int npos, Tuple *kwnames) {
  if (p->keywords->length) return call_with_keywords(vm, p, args, npos, kwnames);
  size_t fixed = tuple_length(p->args),
         given = (size_t)npos + (kwnames ? tuple_length(kwnames) : 0);
  if (fixed + given <= ON_STACK) {
    Value all[ON_STACK] = {0}; /* as slow_call.c's */
    memcpy(all, p->args->items, fixed * sizeof(Value));
    if (given) memcpy(all + fixed, args, given * sizeof(Value));
    return call_values(vm, p->function, all, (int)fixed + npos, kwnames);
  }
  Tuple *all = joined(vm, p->args, args, (int)given);
  return all ? call_values(vm, p->function, all->items, (int)fixed + npos, kwnames) : VALUE_FAIL;
}

READONLY(partial_set_func, Partial *)
READONLY(partial_set_args, Partial *)
READONLY(partial_set_keywords, Partial *)
static Value partial_get_func(VM *vm, Partial *self) { return self->function; }
static Value partial_get_args(VM *vm, Partial *self) { return value_from(self->args); }
static Value partial_get_keywords(VM *vm, Partial *self) { return value_from(self->keywords); }
static Value partial_class_getitem(VM *vm, Value cls, const partial_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}

static bool append_arguments(VM *vm, StrBuilder *text, Partial *self) {
  for (size_t i = 0; i < tuple_length(self->args); i++) {
    Value one = value_repr(vm, self->args->items[i]);
    if (value_is_fail(one)) return false;
    str_builder_ascii(text, ", ", 2);
    str_builder_str(text, value_object(one));
  }
  Value key, value;
  for (size_t position = 0; dict_next(self->keywords, &position, &key, &value);) {
    Str *one = str_format(vm, ", %S=%R", key, value);
    if (!one) return false;
    str_builder_str(text, one);
  }
  return true;
}

static Value partial_op_repr(VM *vm, Partial *self, const partial_op_repr_args *a) {
  Showing here;
  if (!repr_enter(vm, &here, value_from(self))) return value_from(NAME("..."));
  StrBuilder text;
  str_builder_init(&text, vm);
  Type *type = object_type(self);
  Str *name = type_has(type, TYPE_HEAP) ? str_format(vm, "%U(", type->name)
                                        : str_format(vm, "functools.%U(", type->name);
  Value function = name ? value_repr(vm, self->function) : VALUE_FAIL;
  bool ok = !value_is_fail(function);
  if (ok) {
    str_builder_str(&text, name);
    str_builder_str(&text, value_object(function));
    ok = append_arguments(vm, &text, self);
  }
  repr_leave(vm, &here);
  if (!ok) return str_builder_drop(&text), VALUE_FAIL;
  str_builder_char(&text, ')');
  return value_of(str_builder_finish(&text));
}

static Value partial_op_reduce(VM *vm, Partial *self, const partial_op_reduce_args *a) {
  Dict *attributes = instance_dict(vm, &self->h);
  Value dict = attributes && attributes->length ? value_from(attributes) : VALUE_NONE;
  Value state = PACK(self->function, value_from(self->args), value_from(self->keywords), dict);
  return PACK(value_from(object_type(self)), PACK(self->function), state);
}

static Value partial_op_setstate(VM *vm, Partial *self, const partial_op_setstate_args *a) {
  if (!value_has_flag(a->state, TYPE_TUPLE_SUBCLASS))
    return raise_type(vm, "invalid partial state");
  Tuple *state = value_object(a->state);
  const Value *s = state->items;
  if (tuple_length(state) != 4 || !value_is_callable(s[0]) ||
      !value_has_flag(s[1], TYPE_TUPLE_SUBCLASS) ||
      (s[2] != VALUE_NONE && !value_has_flag(s[2], TYPE_DICT_SUBCLASS)))
    return raise_type(vm, "invalid partial state");
  Tuple *args = value_object(s[1]);
  if (!value_is(s[1], tuple)) args = tuple_from_values(vm, args->items, tuple_length(args));
  Dict *keywords = s[2] == VALUE_NONE     ? dict_new(vm)
                   : value_is(s[2], dict) ? value_object(s[2])
                                          : dict_copy(vm, value_object(s[2]));
  self->function = s[0], self->args = args, self->keywords = keywords;
  heap_barrier_any(vm, self);
  Dict *attributes = instance_dict(vm, &self->h);
  if (attributes) dict_clear(vm, attributes);
  if (attributes && s[3] != VALUE_NONE && !dict_update(vm, attributes, s[3], true))
    return VALUE_FAIL;
  return VALUE_NONE;
}

static void partial_trace(Marker *marker, Object *self) {
  Partial *p = (Partial *)self;
  mark_value(marker, p->function);
  mark_object(marker, p->args);
  mark_object(marker, p->keywords);
}

const ClassSpec partial_class = {
    NATIVE_CLASS(partial_),
    .basic_size = sizeof(Partial),
    .trace = partial_trace,
};
