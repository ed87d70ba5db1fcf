/* generic_alias.c -- types.GenericAlias, what list[int] makes, and the substitution of type
** variables. */
#include "vm/objects/generic_alias.h"
#include "vm/contracts/type_internal.h"
#include "vm/objects/dict.h"
#include "vm/objects/exception_group.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"

typedef struct GenericAlias {
  Object h;
  Value origin;
  Tuple *args;       /* [gc] */
  Tuple *parameters; /* [gc] or NULL until asked for */
  bool starred;      /* *tuple[int]: unpacked */
} GenericAlias;

Value generic_alias_new(VM *vm, Value origin, Value arguments) {
  Tuple *args =
      value_has_flag(arguments, TYPE_TUPLE_SUBCLASS) ? value_object(arguments) : TUPLE(arguments);
  GenericAlias *alias = heap_new_zeroed(vm, SHAPE_OF(GenericAlias), sizeof *alias);
  alias->origin = origin;
  alias->args = args;
  return value_from(alias);
}

/* ---- parameters */

static bool add_once(VM *vm, List *list, Value v) {
  for (size_t i = 0; i < list_length(list); i++)
    if (list_items(list)[i] == v) return true;
  return list_append_value(vm, list, v);
}

Tuple *type_parameters(VM *vm, Tuple *args) {
  List *found = list_new(vm, 0);
  for (size_t i = 0; i < tuple_length(args); i++) {
    Value arg = args->items[i];
    if (value_is_type(arg)) continue;
    Value subst = find_attribute(vm, arg, NAME("__typing_subst__"));
    if (subst == VALUE_FAIL) return NULL;
    if (subst != VALUE_UNBOUND) {
      if (!add_once(vm, found, arg)) return NULL;
      continue;
    }
    Value inner = find_attribute(vm, arg, NAME("__parameters__"));
    if (inner == VALUE_FAIL) return NULL;
    if (inner == VALUE_UNBOUND || !value_has_flag(inner, TYPE_TUPLE_SUBCLASS)) continue;
    Tuple *t = value_object(inner);
    for (size_t k = 0; k < tuple_length(t); k++)
      if (!add_once(vm, found, t->items[k])) return NULL;
  }
  return tuple_from_values(vm, list_items(found), list_length(found));
}

/* unpack_items: the tuple of what stands in the brackets, *tuple[…] spliced in. */
static List *unpack_items(VM *vm, Value item) {
  Tuple *items = value_has_flag(item, TYPE_TUPLE_SUBCLASS) ? value_object(item) : TUPLE(item);
  List *list = list_new(vm, tuple_length(items));
  if (!list) return NULL;
  for (size_t i = 0; i < tuple_length(items); i++) {
    Value v = items->items[i];
    Value inner = value_is_type(v) ? VALUE_UNBOUND
                                   : find_attribute(vm, v, NAME("__typing_unpacked_tuple_args__"));
    if (inner == VALUE_FAIL) return NULL;
    bool splice = inner != VALUE_UNBOUND && value_has_flag(inner, TYPE_TUPLE_SUBCLASS);
    if (splice) { /* not when it ends in an ellipsis */
      Tuple *t = value_object(inner);
      splice = tuple_length(t) == 0 || t->items[tuple_length(t) - 1] != VALUE_ELLIPSIS;
    }
    if (!(splice ? list_extend_value(vm, list, inner) : list_append_value(vm, list, v)))
      return NULL;
  }
  return list;
}

static size_t index_of(Tuple *tuple, Value v) {
  size_t i = 0;
  while (i < tuple_length(tuple) && tuple->items[i] != v) i++;
  return i;
}

/* substitute_inner: arg[its parameters' substitutes] for an argument that is generic itself. */
static Value substitute_inner(VM *vm, Value arg, Tuple *parameters, Tuple *items) {
  Value inner = find_attribute(vm, arg, NAME("__parameters__"));
  if (inner == VALUE_FAIL) return VALUE_FAIL;
  if (inner == VALUE_UNBOUND || !value_has_flag(inner, TYPE_TUPLE_SUBCLASS) ||
      tuple_length(value_object(inner)) == 0)
    return arg;
  Tuple *own = value_object(inner);
  List *keys = list_new(vm, 0);
  for (size_t i = 0; i < tuple_length(own); i++) {
    size_t at = index_of(parameters, own->items[i]);
    Value v = at < tuple_length(items) ? items->items[at] : own->items[i];
    bool spread = at < tuple_length(items) && value_has_flag(v, TYPE_TUPLE_SUBCLASS) &&
                  strcmp(str_utf8(vm, value_type(own->items[i])->name, NULL), "TypeVarTuple") == 0;
    if (!(spread ? list_extend_value(vm, keys, v) : list_append_value(vm, keys, v)))
      return VALUE_FAIL;
  }
  Tuple *key = tuple_from_values(vm, list_items(keys), list_length(keys));
  return key ? get_item(vm, arg, value_from(key)) : VALUE_FAIL;
}

static bool append_substituted(VM *vm, List *result, Value arg, Tuple *parameters, Tuple *items) {
  if (value_is_type(arg)) return list_append_value(vm, result, arg);
  Value variadic = find_attribute(vm, arg, NAME("__typing_is_unpacked_typevartuple__"));
  if (variadic == VALUE_FAIL) return false;
  Answer unpack = variadic == VALUE_UNBOUND ? ANSWER_NO : value_truth(vm, variadic);
  Value subst = find_attribute(vm, arg, NAME("__typing_subst__"));
  if (unpack == ANSWER_FAILED || subst == VALUE_FAIL) return false;
  Value made = subst != VALUE_UNBOUND ? call1(vm, subst, items->items[index_of(parameters, arg)])
                                      : substitute_inner(vm, arg, parameters, items);
  if (made == VALUE_FAIL) return false;
  return unpack ? list_extend_value(vm, result, made) : list_append_value(vm, result, made);
}

Tuple *substitute_parameters(VM *vm, Value self, Tuple *args, Tuple *parameters, Value item) {
  size_t wanted = tuple_length(parameters);
  if (wanted == 0) return raise_type(vm, "%R is not a generic class", self), NULL;
  List *unpacked = unpack_items(vm, item);
  if (!unpacked) return NULL;
  Value given = value_of(tuple_from_values(vm, list_items(unpacked), list_length(unpacked)));
  if (given == VALUE_FAIL) return NULL;
  for (size_t i = 0; i < wanted; i++) {
    Value prepare = find_attribute(vm, parameters->items[i], NAME("__typing_prepare_subst__"));
    if (prepare == VALUE_FAIL) return NULL;
    if (prepare == VALUE_UNBOUND || prepare == VALUE_NONE) continue;
    given = call2(vm, prepare, self, given);
    if (given == VALUE_FAIL) return NULL;
    if (!value_has_flag(given, TYPE_TUPLE_SUBCLASS)) given = PACK(given);
  }
  Tuple *items = value_object(given);
  size_t n = tuple_length(items);
  if (n != wanted)
    return raise_type(vm, "Too %s arguments for %R; actual %zu, expected %zu",
                      n > wanted ? "many" : "few", self, n, wanted),
           NULL;
  List *result = list_new(vm, tuple_length(args));
  if (!result) return NULL;
  for (size_t i = 0; i < tuple_length(args); i++)
    if (!append_substituted(vm, result, args->items[i], parameters, items)) return NULL;
  return tuple_from_values(vm, list_items(result), list_length(result));
}

/* ---- text */

/* type_expression_repr: how a type shows inside list[…] and X | Y. */
bool type_expression_repr(VM *vm, StrBuilder *b, Value v) {
  if (v == VALUE_ELLIPSIS) return str_builder_cstr(b, "..."), true;
  if (v == value_from(TYPE_OF(NoneType))) return str_builder_cstr(b, "None"), true;
  if (value_is_type(v)) {
    Type *type = value_object(v);
    return str_builder_str(b, type_qualified_name(vm, type)), true;
  }
  Value origin = find_attribute(vm, v, NAME("__origin__"));
  Value args = origin == VALUE_FAIL ? VALUE_FAIL : find_attribute(vm, v, NAME("__args__"));
  if (args == VALUE_FAIL) return false;
  Value text = VALUE_UNBOUND;
  if (origin == VALUE_UNBOUND || args == VALUE_UNBOUND) {
    Value qualname = find_attribute(vm, v, NAME("__qualname__"));
    Value module = qualname == VALUE_FAIL ? VALUE_FAIL : find_attribute(vm, v, NAME("__module__"));
    if (module == VALUE_FAIL) return false;
    if (qualname != VALUE_UNBOUND && module != VALUE_UNBOUND && module != VALUE_NONE) {
      bool builtin = value_is_str(module) && str_equal_cstr(value_object(module), "builtins");
      Str *s = builtin ? str_format(vm, "%S", qualname) : str_format(vm, "%S.%S", module, qualname);
      if (!s) return false;
      text = value_from(s);
    }
  }
  if (text == VALUE_UNBOUND) text = value_repr(vm, v);
  if (text == VALUE_FAIL) return false;
  str_builder_str(b, value_object(text));
  return true;
}

static bool argument_repr(VM *vm, StrBuilder *b, Value v) {
  if (!value_is(v, list)) return type_expression_repr(vm, b, v);
  str_builder_cstr(b, "["); /* Callable's parameter list */
  for (size_t i = 0; i < list_length(value_object(v)); i++) {
    if (i) str_builder_cstr(b, ", ");
    if (!type_expression_repr(vm, b, list_items(value_object(v))[i])) return false;
  }
  str_builder_cstr(b, "]");
  return true;
}

#define NATIVE_DEF "vm/objects/generic_alias.def"
#define NATIVE_PREFIX alias_
#define NATIVE_SELF GenericAlias *
#include "vm/contracts/native_class.inc"

static Value alias_op_repr(VM *vm, GenericAlias *alias, const alias_op_repr_args *a) {
  StrBuilder b;
  str_builder_init(&b, vm);
  if (alias->starred) str_builder_cstr(&b, "*");
  bool ok = argument_repr(vm, &b, alias->origin);
  str_builder_cstr(&b, "[");
  size_t n = tuple_length(alias->args);
  for (size_t i = 0; ok && i < n; i++) {
    if (i) str_builder_cstr(&b, ", ");
    ok = argument_repr(vm, &b, alias->args->items[i]);
  }
  if (n == 0) str_builder_cstr(&b, "()");
  str_builder_cstr(&b, "]");
  if (ok) return value_of(str_builder_finish(&b));
  str_builder_drop(&b);
  return VALUE_FAIL;
}

/* ---- attributes: all but these are the origin's */

static bool is_own_attribute(Str *name) {
  static const char *const own[] = {
      "__class__",       "__origin__",     "__args__",
      "__unpacked__",    "__parameters__", "__typing_unpacked_tuple_args__",
      "__mro_entries__", "__reduce_ex__",  "__reduce__",
      "__copy__",        "__deepcopy__",
  };
  for (size_t i = 0; i < ARRAY_COUNT(own); i++)
    if (str_equal_cstr(name, own[i])) return true;
  return false;
}
static Value alias_op_getattribute(VM *vm, GenericAlias *alias,
                                   const alias_op_getattribute_args *a) {
  Str *name = attribute_name(vm, a->name);
  if (!name) return VALUE_FAIL;
  return is_own_attribute(name) ? object_get_attribute(vm, value_from(alias), name)
                                : get_attribute(vm, alias->origin, name);
}
static Value alias_get_origin(VM *vm, GenericAlias *alias) { return alias->origin; }
static Value alias_get_args(VM *vm, GenericAlias *alias) { return value_from(alias->args); }
static Value alias_get_parameters(VM *vm, GenericAlias *alias) {
  if (!alias->parameters) {
    alias->parameters = type_parameters(vm, alias->args);
    heap_barrier_object(vm, alias, alias->parameters);
  }
  return alias->parameters ? value_from(alias->parameters) : VALUE_FAIL;
}
static Value alias_get_unpacked(VM *vm, GenericAlias *alias) { return value_bool(alias->starred); }
static Value alias_get_tuple_args(VM *vm, GenericAlias *alias) {
  return alias->starred && alias->origin == value_from(TYPE_OF(tuple)) ? value_from(alias->args)
                                                                       : VALUE_NONE;
}

/* ---- behaviour */

static Value alias_op_hash(VM *vm, GenericAlias *alias, const alias_op_hash_args *a) {
  uint64_t x, y;
  if (!value_hash(vm, alias->origin, &x) || !value_hash(vm, value_from(alias->args), &y))
    return VALUE_FAIL;
  return value_int(vm, (int64_t)(x ^ y));
}
static Answer aliases_equal(VM *vm, GenericAlias *x, GenericAlias *y) {
  if (x->starred != y->starred) return ANSWER_NO;
  Answer same = values_equal(vm, x->origin, y->origin);
  return same == ANSWER_YES ? values_equal(vm, value_from(x->args), value_from(y->args)) : same;
}
static Value alias_op_eq(VM *vm, GenericAlias *alias, const alias_op_eq_args *a) {
  if (!type_is_subtype(value_type(a->value), TYPE_OF(GenericAlias))) return VALUE_NOT_IMPLEMENTED;
  Answer equal = aliases_equal(vm, alias, value_object(a->value));
  return equal == ANSWER_FAILED ? VALUE_FAIL : value_bool(equal);
}
static Value alias_op_ne(VM *vm, GenericAlias *alias, const alias_op_ne_args *a) {
  if (!type_is_subtype(value_type(a->value), TYPE_OF(GenericAlias))) return VALUE_NOT_IMPLEMENTED;
  Answer equal = aliases_equal(vm, alias, value_object(a->value));
  return equal == ANSWER_FAILED ? VALUE_FAIL : value_bool(!equal);
}
static Value alias_op_or(VM *vm, GenericAlias *alias, const alias_op_or_args *a) {
  return union_make(vm, value_from(alias), a->value);
}
static Value alias_op_ror(VM *vm, GenericAlias *alias, const alias_op_ror_args *a) {
  return union_make(vm, a->value, value_from(alias));
}

static Value alias_op_getitem(VM *vm, GenericAlias *alias, const alias_op_getitem_args *a) {
  if (alias_get_parameters(vm, alias) == VALUE_FAIL) return VALUE_FAIL;
  Tuple *args =
      substitute_parameters(vm, value_from(alias), alias->args, alias->parameters, a->key);
  if (!args) return VALUE_FAIL;
  Value made = generic_alias_new(vm, alias->origin, value_from(args));
  ((GenericAlias *)value_object(made))->starred = alias->starred;
  return made;
}

/* iter(list[int]) gives *list[int] once. */
typedef struct AliasIterator {
  Object h;
  Value alias;
} AliasIterator; /* alias NONE: exhausted */

static Value make_iterator(VM *vm, Value alias) {
  AliasIterator *it = heap_new(vm, SHAPE_OF(generic_alias_iterator), sizeof *it);
  it->alias = alias;
  return value_from(it);
}
static Value alias_op_iter(VM *vm, GenericAlias *alias, const alias_op_iter_args *a) {
  return make_iterator(vm, value_from(alias));
}
static Value alias_mro_entries(VM *vm, GenericAlias *alias, const alias_mro_entries_args *a) {
  return PACK(alias->origin);
}
static Value alias_instancecheck(VM *vm, GenericAlias *alias, const alias_instancecheck_args *a) {
  return raise_type(vm, "isinstance() argument 2 cannot be a parameterized generic");
}
static Value alias_subclasscheck(VM *vm, GenericAlias *alias, const alias_subclasscheck_args *a) {
  return raise_type(vm, "issubclass() argument 2 cannot be a parameterized generic");
}
static Value alias_reduce(VM *vm, GenericAlias *alias, const alias_reduce_args *a) {
  Value args = value_from(alias->args);
  if (alias->starred) {
    Value next = dict_get_str(vm, module_dict(vm->builtins), NAME("next"));
    Value iterator = make_iterator(vm, generic_alias_new(vm, alias->origin, args));
    return PACK(next, PACK(iterator));
  }
  Value pair = PACK(alias->origin, args);
  return PACK(value_from(TYPE_OF(GenericAlias)), pair);
}
static Value alias_dir(VM *vm, GenericAlias *alias, const alias_dir_args *a) {
  static const char *const own[] = {"__origin__",     "__args__",
                                    "__parameters__", "__mro_entries__",
                                    "__reduce_ex__",  "__reduce__",
                                    "__copy__",       "__deepcopy__",
                                    "__unpacked__",   "__typing_unpacked_tuple_args__"};
  Value dir = value_special(alias->origin, SPECIAL_dir);
  Value names = call_special0(vm, dir, alias->origin);
  if (names == VALUE_FAIL) return VALUE_FAIL;
  List *list = list_from_iterable(vm, names);
  for (size_t i = 0; list && i < ARRAY_COUNT(own); i++) {
    Str *name = str_intern_cstr(vm, own[i]);
    if (!name || !list_append_value(vm, list, value_from(name))) return VALUE_FAIL;
  }
  return value_of(list);
}

static Value alias_call(VM *vm, GenericAlias *alias, const Value *args, int npos, Tuple *kwnames) {
  Value made = call_values(vm, alias->origin, args, npos, kwnames);
  if (made == VALUE_FAIL) return VALUE_FAIL;
  /* instances without room for it stay as they are */
  if (!set_attribute(vm, made, NAME("__orig_class__"), value_from(alias))) {
    if (!error_is(vm, TYPE_OF(AttributeError)) && !error_is(vm, TYPE_OF(TypeError)))
      return VALUE_FAIL;
    error_clear(vm);
  }
  return made;
}
static Value alias_construct(VM *vm, Type *cls, const alias_construct_args *a) {
  Value made = object_new(vm, cls);
  if (value_is_fail(made)) return made;
  GenericAlias *alias = value_object(made);
  alias->origin = a->origin;
  Tuple *tuple =
      value_has_flag(a->args, TYPE_TUPLE_SUBCLASS) ? value_object(a->args) : TUPLE(a->args);
  alias->args = tuple;
  heap_barrier_any(vm, alias);
  return made;
}
static void trace_alias(Marker *marker, Object *self) {
  GenericAlias *alias = (GenericAlias *)self;
  mark_value(marker, alias->origin);
  mark_object(marker, alias->args);
  mark_object(marker, alias->parameters);
}

const ClassSpec GenericAlias_class = {
    NATIVE_CLASS(alias_),
    .basic_size = sizeof(GenericAlias),
    .trace = trace_alias,
};

/* ---- its iterator */

#define NATIVE_DEF "vm/objects/generic_alias_iterator.def"
#define NATIVE_PREFIX alias_iterator_
#define NATIVE_SELF AliasIterator *
#include "vm/contracts/native_class.inc"

static Value alias_iterator_reduce(VM *vm, AliasIterator *self,
                                   const alias_iterator_reduce_args *a) {
  Value iter = dict_get_str(vm, module_dict(vm->builtins), NAME("iter"));
  Value over = self->alias == VALUE_NONE ? value_of(tuple_from_values(vm, NULL, 0)) : self->alias;
  return PACK(iter, PACK(over));
}
static Value next_alias(VM *vm, Value self_value) {
  AliasIterator *self = value_object(self_value);
  if (self->alias == VALUE_NONE) return VALUE_STOP;
  GenericAlias *alias = value_object(self->alias);
  Value starred = generic_alias_new(vm, alias->origin, value_from(alias->args));
  ((GenericAlias *)value_object(starred))->starred = true;
  self->alias = VALUE_NONE;
  return starred;
}
static void trace_alias_iterator(Marker *marker, Object *self) {
  mark_value(marker, ((AliasIterator *)self)->alias);
}

const ClassSpec generic_alias_iterator_class = {
    NATIVE_CLASS(alias_iterator_),
    .basic_size = sizeof(AliasIterator),
    .trace = trace_alias_iterator,
    .next = next_alias,
};
