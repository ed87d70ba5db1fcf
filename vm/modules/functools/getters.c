/* getters.c -- operator.itemgetter, attrgetter, methodcaller: callables that fetch from their
** argument. */
#include "vm/objects/dict.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"

typedef struct ItemGetter {
  Object h;
  Tuple *keys;
} ItemGetter;
/* paths: of each name, a str or a tuple of its parts */
typedef struct AttrGetter {
  Object h;
  Tuple *paths, *names;
} AttrGetter;
/* args: keywords' values last */
typedef struct MethodCaller {
  Object h;
  Str *name;
  Tuple *args, *kwnames;
} MethodCaller;

#define NATIVE_DEF "vm/modules/functools/itemgetter.def"
#define NATIVE_PREFIX itemgetter_
#define NATIVE_SELF ItemGetter *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/functools/attrgetter.def"
#define NATIVE_PREFIX attrgetter_
#define NATIVE_SELF AttrGetter *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/functools/methodcaller.def"
#define NATIVE_PREFIX methodcaller_
#define NATIVE_SELF MethodCaller *
#include "vm/contracts/native_class.inc"

/* ---- itemgetter */
static Value itemgetter_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (!check_no_kwargs(vm, "itemgetter", kwnames) ||
      !check_positional(vm, "itemgetter", npos, 1, npos ? npos : 1))
    return VALUE_FAIL;
  Tuple *keys = tuple_from_values(vm, args, (size_t)npos);
  if (!keys) return VALUE_FAIL;
  Value v = object_new(vm, cls);
  if (!value_is_fail(v)) ((ItemGetter *)value_object(v))->keys = keys;
  return v;
}

static Value itemgetter_call(VM *vm, ItemGetter *self, const itemgetter_call_args *a) {
  Tuple *keys = self->keys;
  size_t n = tuple_length(keys);
  if (n == 1) return get_item(vm, a->obj, keys->items[0]);
  Tuple *made = tuple_new(vm, n);
  if (!made) return VALUE_FAIL;
  for (size_t i = 0; i < n; i++) {
    Value v = get_item(vm, a->obj, keys->items[i]);
    if (value_is_fail(v)) return v;
    tuple_set_item(vm, made, i, v);
  }
  return value_from(made);
}

static Value call_text(VM *vm, Value self, Tuple *args) {
  Showing here;
  if (!repr_enter(vm, &here, self))
    return value_of(str_format(vm, "operator.%U(...)", value_type(self)->name));
  Str *text = tuple_length(args) == 1
                  ? str_format(vm, "operator.%U(%R)", value_type(self)->name, args->items[0])
                  : str_format(vm, "operator.%U%R", value_type(self)->name, value_from(args));
  repr_leave(vm, &here);
  return value_of(text);
}
static Value itemgetter_op_repr(VM *vm, ItemGetter *self, const itemgetter_op_repr_args *a) {
  return call_text(vm, value_from(self), self->keys);
}
static Value itemgetter_op_reduce(VM *vm, ItemGetter *self, const itemgetter_op_reduce_args *a) {
  return PACK(value_from(object_type(self)), value_from(self->keys));
}

/* ---- attrgetter */
static Value split_path(VM *vm, Str *name) {
  List *parts = list_new(vm, 0);
  size_t start = 0;
  for (size_t i = 0; parts && i <= name->length; i++) {
    if (i < name->length && str_at(name, i) != '.') continue;
    if (start == 0 && i == name->length) return value_of(str_intern(vm, str_exact(vm, name)));
    Str *part = str_substring(vm, name, start, i);
    if (!part || !(part = str_intern(vm, part)) || !list_append_value(vm, parts, value_from(part)))
      return VALUE_FAIL;
    start = i + 1;
  }
  return parts ? value_of(tuple_from_values(vm, list_items(parts), list_length(parts)))
               : VALUE_FAIL;
}

static Value attrgetter_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (!check_no_kwargs(vm, "attrgetter", kwnames) ||
      !check_positional(vm, "attrgetter", npos, 1, npos ? npos : 1))
    return VALUE_FAIL;
  Tuple *paths = tuple_new(vm, (size_t)npos);
  if (!paths) return VALUE_FAIL;
  for (int i = 0; i < npos; i++) {
    if (!value_is_str(args[i])) return raise_type(vm, "attribute name must be a string");
    Value path = split_path(vm, value_object(args[i]));
    if (value_is_fail(path)) return path;
    tuple_set_item(vm, paths, (size_t)i, path);
  }
  Tuple *names = tuple_from_values(vm, args, (size_t)npos);
  if (!names) return VALUE_FAIL;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  AttrGetter *getter = value_object(v);
  getter->paths = paths, getter->names = names;
  return v;
}

static Value follow(VM *vm, Value object, Value path) {
  if (value_is(path, str)) return get_attribute(vm, object, value_object(path));
  Tuple *parts = value_object(path);
  for (size_t i = 0; i < tuple_length(parts) && !value_is_fail(object); i++)
    object = get_attribute(vm, object, value_object(parts->items[i]));
  return object;
}

static Value attrgetter_call(VM *vm, AttrGetter *self, const attrgetter_call_args *a) {
  Tuple *paths = self->paths;
  size_t n = tuple_length(paths);
  if (n == 1) return follow(vm, a->obj, paths->items[0]);
  Tuple *made = tuple_new(vm, n);
  if (!made) return VALUE_FAIL;
  for (size_t i = 0; i < n; i++) {
    Value v = follow(vm, a->obj, paths->items[i]);
    if (value_is_fail(v)) return v;
    tuple_set_item(vm, made, i, v);
  }
  return value_from(made);
}

static Value attrgetter_op_repr(VM *vm, AttrGetter *self, const attrgetter_op_repr_args *a) {
  return call_text(vm, value_from(self), self->names);
}
static Value attrgetter_op_reduce(VM *vm, AttrGetter *self, const attrgetter_op_reduce_args *a) {
  return PACK(value_from(object_type(self)), value_from(self->names));
}

/* ---- methodcaller */
static Value methodcaller_construct(VM *vm, Type *cls, const Value *args, int npos,
                                    Tuple *kwnames) {
  if (npos < 1) return raise_type(vm, "methodcaller needs at least one argument, the method name");
  if (!value_is_str(args[0])) return raise_type(vm, "method name must be a string");
  size_t names = kwnames ? tuple_length(kwnames) : 0;
  Tuple *all = tuple_from_values(vm, args + 1, (size_t)npos - 1 + names);
  if (!all) return VALUE_FAIL;
  Str *given = str_exact(vm, value_object(args[0])), *name = given ? str_intern(vm, given) : NULL;
  if (!name) return VALUE_FAIL;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  MethodCaller *caller = value_object(v);
  caller->name = name, caller->args = all, caller->kwnames = names ? kwnames : NULL;
  return v;
}

static inline size_t positional(const MethodCaller *m) {
  return tuple_length(m->args) - (m->kwnames ? tuple_length(m->kwnames) : 0);
}

static Value methodcaller_call(VM *vm, MethodCaller *m, const methodcaller_call_args *a) {
  return call_method_values(vm, a->obj, m->name, m->args->items, (int)positional(m), m->kwnames);
}

static bool append_reprs(VM *vm, StrBuilder *text, MethodCaller *m) {
  size_t npos = positional(m);
  for (size_t i = 0; i < tuple_length(m->args); i++) {
    Str *one = i < npos ? str_format(vm, ", %R", m->args->items[i])
                        : str_format(vm, ", %S=%R", m->kwnames->items[i - npos], m->args->items[i]);
    if (!one) return false;
    str_builder_str(text, one);
  }
  return true;
}

static Value methodcaller_op_repr(VM *vm, MethodCaller *self, const methodcaller_op_repr_args *a) {
  Value v = value_from(self);
  Showing here;
  if (!repr_enter(vm, &here, v)) return value_from(NAME("operator.methodcaller(...)"));
  StrBuilder text;
  str_builder_init(&text, vm);
  Str *head = str_format(vm, "operator.%U(%R", value_type(v)->name, value_from(self->name));
  bool ok = head != NULL;
  if (ok) {
    str_builder_str(&text, head);
    ok = append_reprs(vm, &text, self);
  }
  repr_leave(vm, &here);
  if (!ok) return str_builder_drop(&text), VALUE_FAIL;
  str_builder_char(&text, ')');
  return value_of(str_builder_finish(&text));
}

/* With keywords: a partial of the class, so that they survive. */
static Value methodcaller_op_reduce(VM *vm, MethodCaller *self,
                                    const methodcaller_op_reduce_args *a) {
  Value type = value_from(object_type(self));
  size_t npos = positional(self);
  if (!self->kwnames) {
    Tuple *all = tuple_new(vm, npos + 1);
    if (!all) return VALUE_FAIL;
    tuple_init_item(all, 0, value_from(self->name));
    for (size_t i = 0; i < npos; i++) tuple_init_item(all, i + 1, self->args->items[i]);
    return PACK(type, value_from(all));
  }
  Dict *keywords = dict_new(vm);
  for (size_t i = 0; i < tuple_length(self->kwnames); i++)
    if (!dict_set(vm, keywords, self->kwnames->items[i], self->args->items[npos + i]))
      return VALUE_FAIL;
  Value partial = call_tuple_dict(vm, value_from(TYPE_OF(partial)),
                                  TUPLE(type, value_from(self->name)), keywords);
  if (value_is_fail(partial)) return partial;
  return PACK(partial, value_of(tuple_from_values(vm, self->args->items, npos)));
}

static void itemgetter_trace(Marker *marker, Object *self) {
  mark_object(marker, ((ItemGetter *)self)->keys);
}
static void attrgetter_trace(Marker *marker, Object *self) {
  mark_object(marker, ((AttrGetter *)self)->paths);
  mark_object(marker, ((AttrGetter *)self)->names);
}
static void methodcaller_trace(Marker *marker, Object *self) {
  MethodCaller *m = (MethodCaller *)self;
  mark_object(marker, m->name);
  mark_object(marker, m->args);
  mark_object(marker, m->kwnames);
}

const ClassSpec itemgetter_class = {NATIVE_CLASS(itemgetter_), .basic_size = sizeof(ItemGetter),
                                    .trace = itemgetter_trace};
const ClassSpec attrgetter_class = {NATIVE_CLASS(attrgetter_), .basic_size = sizeof(AttrGetter),
                                    .trace = attrgetter_trace};
const ClassSpec methodcaller_class = {
    NATIVE_CLASS(methodcaller_), .basic_size = sizeof(MethodCaller), .trace = methodcaller_trace};
