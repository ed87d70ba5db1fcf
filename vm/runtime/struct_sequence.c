/* struct_sequence.c -- tuples with named fields: os.stat_result, time.struct_time, sys.flags …
**
** An instance is a tuple of the visible fields; the hidden ones follow in the same cell, behind the
** tuple's length. The class is a class of the program that derives from tuple, with __new__ and a
** trace function of its own. */
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/native/bind.h"
#include "vm/objects/function.h"
#include "vm/objects/list.h"

static size_t int_attribute(VM *vm, Type *type, Str *name) {
  Value v = type_lookup(vm, type, name);
  return value_is_int(v) ? (size_t)value_as_int(v) : 0;
}
static size_t all_count(VM *vm, Type *type) { return int_attribute(vm, type, NAME("n_fields")); }
static size_t visible_count(VM *vm, Type *type) {
  return int_attribute(vm, type, NAME("n_sequence_fields"));
}

/* The names of the fields that have one, in order: kept as a tuple in the class. */
static const Tuple *field_names(VM *vm, Type *type) {
  return value_object(type_lookup(vm, type, NAME("__struct_fields__")));
}

static Tuple *new_instance(VM *vm, Type *type, size_t all) {
  Tuple *tuple = object_new_var(vm, type, sizeof(Tuple) + all * sizeof(Value));
  size_t words = (heap_cell_size(tuple) - sizeof(Tuple)) / sizeof(Value);
  cell_unpoison(tuple, heap_cell_size(tuple)); /* trace goes over all of it */
  for (size_t i = 0; i < words; i++) tuple->items[i] = i < all ? VALUE_NONE : 0;
  tuple->length = 1;
  return tuple;
}

Value struct_sequence_new(VM *vm, Type *type, const Value *values) {
  size_t all = all_count(vm, type);
  for (size_t i = 0; i < all; i++)
    if (values[i] == VALUE_FAIL) return VALUE_FAIL;
  Tuple *tuple = new_instance(vm, type, all);
  memcpy(tuple->items, values, all * sizeof(Value));
  tuple->length = value_int_unchecked((int64_t)visible_count(vm, type));
  return value_from(tuple);
}

static void trace(Marker *marker, Object *object) {
  Tuple *tuple = (Tuple *)object;
  mark_values(marker, tuple->items, (heap_cell_size(object) - sizeof(Tuple)) / sizeof(Value));
}

/* ---- __new__(cls, sequence, dict={}) */
static Value construct(VM *vm, const MethodSpec *spec, Value self, const Value *args) {
  Type *cls = value_object(self);
  size_t all = all_count(vm, cls), visible = visible_count(vm, cls);
  Value sequence = args[0], extra = args[1] == VALUE_MISSING ? VALUE_NONE : args[1];
  if (!value_has_special(sequence, SPECIAL_len) && !value_has_special(sequence, SPECIAL_iter))
    return raise_type(vm, "constructor requires a sequence");
  Tuple *given = tuple_from_iterable(vm, sequence);
  if (!given) return VALUE_FAIL;
  if (extra != VALUE_NONE && !value_has_flag(extra, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "%N() takes a dict as second arg, if any", cls);
  Str *name = type_qualified_name(vm, cls);
  if (!name) return VALUE_FAIL;
  size_t n = tuple_length(given);
  if (visible != all && n < visible)
    return raise_type(vm, "%U() takes an at least %zu-sequence (%zu-sequence given)", name, visible,
                      n);
  if (visible != all && n > all)
    return raise_type(vm, "%U() takes an at most %zu-sequence (%zu-sequence given)", name, all, n);
  if (visible == all && n != all)
    return raise_type(vm, "%U() takes a %zu-sequence (%zu-sequence given)", name, all, n);
  Tuple *tuple = new_instance(vm, cls, all);
  for (size_t i = 0; i < n; i++) tuple->items[i] = given->items[i];
  tuple->length = value_int_unchecked((int64_t)visible);
  heap_barrier_any(vm, tuple);
  const Tuple *names = field_names(vm, cls);
  size_t unnamed = all - tuple_length(names);
  for (size_t i = n; extra != VALUE_NONE && i < all; i++) {
    Value v = dict_get(vm, value_object(extra), names->items[i - unnamed]);
    if (v == VALUE_FAIL) return VALUE_FAIL;
    if (v == VALUE_UNBOUND) continue;
    tuple->items[i] = v;
    heap_barrier(vm, tuple, v);
  }
  return value_from(tuple);
}

static const ParamSpec construct_params[] = {
    {"sequence", PARAM_PK, 0, "Any", NULL},
    {"dict", PARAM_PK, 1, "Any", "None"},
};
static const MethodSpec construct_spec = {.name = "structseq",
                                          .entry = construct,
                                          .params = construct_params,
                                          .nparams = 2,
                                          .npos_min = 1,
                                          .npos_max = 2,
                                          .flags = METHOD_HAS_KEYWORDS};

/* ---- methods */
static Value op_repr(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  const Tuple *tuple = value_object(self), *names = field_names(vm, value_type(self));
  StrBuilder out;
  str_builder_init(&out, vm);
  str_builder_str(&out, type_qualified_name(vm, value_type(self)));
  str_builder_char(&out, '(');
  for (size_t i = 0; i < tuple_length(tuple); i++) {
    Str *part = str_format(vm, i ? ", %S=%R" : "%S=%R", names->items[i], tuple->items[i]);
    if (!part) return str_builder_drop(&out), VALUE_FAIL;
    str_builder_str(&out, part);
  }
  str_builder_char(&out, ')');
  return value_of(str_builder_finish(&out));
}

static Value op_reduce(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  const Tuple *tuple = value_object(self), *names = field_names(vm, value_type(self));
  size_t all = all_count(vm, value_type(self)), visible = tuple_length(tuple),
         unnamed = all - tuple_length(names);
  Value items = value_of(tuple_from_values(vm, tuple->items, visible));
  Dict *hidden = dict_new(vm);
  for (size_t i = visible; i < all; i++)
    if (!dict_set(vm, hidden, names->items[i - unnamed], tuple->items[i])) return VALUE_FAIL;
  Value arguments = PACK(items, value_from(hidden));
  return PACK(value_from(value_type(self)), arguments);
}

static Value op_new(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (npos < 1 || !value_is_type(args[0]) ||
      !type_is_subtype(value_object(args[0]), TYPE_OF(tuple)))
    return raise_type(vm, "structseq.__new__(X): X is not a type object");
  Type *cls = value_object(args[0]);
  if (type_has(cls, TYPE_DISALLOW_NEW))
    return raise_type(vm, "tuple.__new__(%N) is not safe, use %N.__new__()", cls, cls);
  return native_call(vm, &construct_spec, args[0], args + 1, npos - 1, kwnames);
}

static const MethodSpec new_spec = {.name = "__new__",
                                    .doc = "Create and return a new object.",
                                    .raw = op_new,
                                    .flags = METHOD_RAW,
                                    .signature = "($type, /, *args, **kwargs)"};
static const MethodSpec methods[] = {
    {.name = "__repr__",
     .doc = "Return repr(self).",
     .raw = op_repr,
     .flags = METHOD_RAW | METHOD_SLOT,
     .signature = "($self, /)"},
    {.name = "__reduce__",
     .doc = "Helper for pickle.",
     .raw = op_reduce,
     .flags = METHOD_RAW,
     .signature = ""},
};

/* ---- making the class */
static bool add_fields(VM *vm, Type *type, const StructSequenceSpec *spec) {
  List *names = list_new(vm, 0), *match = list_new(vm, 0);
  int all = 0, unnamed = 0;
  for (; spec->fields[all]; all++) {
    if (strcmp(spec->fields[all], "-") == 0) {
      unnamed++;
      continue;
    }
    Str *name = str_intern_cstr(vm, spec->fields[all]);
    if (!list_append_value(vm, names, value_from(name))) return false;
    if (all < spec->visible && !list_append_value(vm, match, value_from(name))) return false;
    uint32_t offset = (uint32_t)(offsetof(Tuple, items) + (size_t)all * sizeof(Value));
    if (!type_add(vm, type, spec->fields[all], member_descriptor_new(vm, type, name, offset, true)))
      return false;
  }
  return type_add(vm, type, "n_fields", value_int_unchecked(all)) &&
         type_add(vm, type, "n_sequence_fields", value_int_unchecked(spec->visible)) &&
         type_add(vm, type, "n_unnamed_fields", value_int_unchecked(unnamed)) &&
         type_add(vm, type, "__struct_fields__",
                  value_of(tuple_from_values(vm, list_items(names), list_length(names)))) &&
         type_add(vm, type, "__match_args__",
                  value_of(tuple_from_values(vm, list_items(match), list_length(match))));
}

static Dict *class_namespace(VM *vm, const StructSequenceSpec *spec, Value module) {
  Dict *names = dict_new(vm);
  Value doc = spec->doc ? value_of(str_new_cstr(vm, spec->doc)) : VALUE_NONE;
  bool ok = names && doc != VALUE_FAIL && dict_set_str(vm, names, NAME("__module__"), module) &&
            dict_set_str(vm, names, NAME("__slots__"), value_from(tuple_new(vm, 0))) &&
            dict_set_str(vm, names, NAME("__doc__"), doc);
  return ok ? names : NULL;
}

Type *struct_sequence_type(VM *vm, const StructSequenceSpec *spec) {
  const char *dot = strrchr(spec->name, '.');
  Value module = dot ? value_of(str_new_utf8(vm, spec->name, (size_t)(dot - spec->name)))
                     : value_from(NAME("builtins"));
  if (module == VALUE_FAIL) return NULL;
  Str *name = str_intern_cstr(vm, dot ? dot + 1 : spec->name);
  Dict *names = name ? class_namespace(vm, spec, module) : NULL;
  if (!names) return NULL;
  Value v = type_new(vm, TYPE_OF(type), name, TUPLE(value_from(TYPE_OF(tuple))), names, NULL, NULL);
  if (v == VALUE_FAIL) return NULL;
  Type *type = value_object(v);
  type->trace = trace;
  /* __slots__ said that instances have no dict; the reference's classes do not show it */
  dict_remove_str(vm, type->attrs, NAME("__slots__"));
  bool ok = type_add(vm, type, "__new__", native_function_new(vm, &new_spec, VALUE_NONE, module)) &&
            add_fields(vm, type, spec);
  for (size_t i = 0; ok && i < ARRAY_COUNT(methods); i++)
    ok = type_add(vm, type, methods[i].name, native_descriptor_new(vm, type, &methods[i]));
  return ok ? type : NULL;
}
