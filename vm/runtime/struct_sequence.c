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

static size_t all_count(const Type *type) {
  size_t n = 0;
  while (type->fields->fields[n]) n++;
  return n;
}
static size_t visible_count(const Type *type) {
  return type->fields->visible ? (size_t)type->fields->visible : all_count(type);
}

static bool is_named(const Type *type, size_t i) { return strcmp(type->fields->fields[i], "-"); }

/* field_name: of the i-th that has a name; NULL: raised. */
static Str *field_name(VM *vm, const Type *type, size_t i) {
  for (size_t k = 0;; k++)
    if (is_named(type, k) && i-- == 0) return str_intern_cstr(vm, type->fields->fields[k]);
}
static size_t unnamed_count(const Type *type) {
  size_t n = 0;
  for (size_t i = 0; type->fields->fields[i]; i++) n += !is_named(type, i);
  return n;
}

Value struct_sequence_doc(VM *vm, const Type *type, const Str *name) {
  const StructSequenceSpec *spec = type->fields;
  for (size_t i = 0; spec->docs && spec->fields[i]; i++)
    if (str_equal_cstr(name, spec->fields[i]))
      return spec->docs[i] ? value_of(str_new_cstr(vm, spec->docs[i])) : VALUE_NONE;
  return VALUE_NONE;
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
  size_t all = all_count(type);
  for (size_t i = 0; i < all; i++)
    if (values[i] == VALUE_FAIL) return VALUE_FAIL;
  Tuple *tuple = new_instance(vm, type, all);
  memcpy(tuple->items, values, all * sizeof(Value));
  tuple->length = value_int_unchecked((int64_t)visible_count(type));
  return value_from(tuple);
}

static void trace(Marker *marker, Object *object) {
  Tuple *tuple = (Tuple *)object;
  mark_values(marker, tuple->items, (heap_cell_size(object) - sizeof(Tuple)) / sizeof(Value));
}

/* ---- __new__(cls, sequence, dict={}) */
/* The sequence's items; NULL: raised. */
static Tuple *items_of(VM *vm, Value sequence) {
  Tuple *items = NULL;
  if (value_has_special(sequence, SPECIAL_getitem) || value_has_special(sequence, SPECIAL_iter))
    items = tuple_from_iterable(vm, sequence);
  else raise_type(vm, " ");
  if (!items && error_clear_if(vm, TYPE_OF(TypeError)))
    raise_type(vm, "constructor requires a sequence");
  return items;
}

static bool check_count(VM *vm, Type *cls, size_t n) {
  size_t all = all_count(cls), visible = visible_count(cls);
  bool ranges = visible != all;
  if (n >= visible && n <= all) return true;
  Str *name = type_qualified_name(vm, cls);
  const char *which = !ranges ? "" : n < visible ? "n at least" : "n at most";
  return name &&
         raise_false(vm, TYPE_OF(TypeError), "%U() takes a%s %zu-sequence (%zu-sequence given)",
                     name, which, n < visible ? visible : all, n);
}

static Value construct(VM *vm, const MethodSpec *spec, Value self, const Value *args) {
  Type *cls = value_object(self);
  size_t all = all_count(cls), unnamed = unnamed_count(cls);
  Tuple *given = items_of(vm, args[0]);
  if (!given) return VALUE_FAIL;
  Value extra = args[1];
  if (extra != VALUE_MISSING && !value_has_flag(extra, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "%U() takes a dict as second arg, if any", type_qualified_name(vm, cls));
  size_t n = tuple_length(given);
  if (!check_count(vm, cls, n)) return VALUE_FAIL;
  Tuple *tuple = new_instance(vm, cls, all);
  for (size_t i = 0; i < n; i++) tuple->items[i] = given->items[i];
  tuple->length = value_int_unchecked((int64_t)visible_count(cls));
  heap_barrier_any(vm, tuple);
  for (size_t i = n; extra != VALUE_MISSING && i < all; i++) {
    Str *name = field_name(vm, cls, i - unnamed);
    Value v = name ? dict_get(vm, value_object(extra), value_from(name)) : VALUE_FAIL;
    if (v == VALUE_FAIL) return VALUE_FAIL;
    if (v == VALUE_UNBOUND) continue;
    tuple->items[i] = v;
    heap_barrier(vm, tuple, v);
  }
  if (cls->fields->complete) {
    cls->fields->complete(tuple);
    heap_barrier_any(vm, tuple);
  }
  return value_from(tuple);
}

static const ParamSpec construct_params[] = {
    {"sequence", PARAM_PK, 0, "Any", NULL},
    {"dict", PARAM_PK, 1, "Any", "{}"},
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
  const Tuple *tuple = value_object(self);
  StrBuilder out;
  str_builder_init(&out, vm);
  str_builder_str(&out, type_qualified_name(vm, value_type(self)));
  str_builder_char(&out, '(');
  for (size_t i = 0; i < tuple_length(tuple); i++) {
    Str *name = field_name(vm, value_type(self), i),
        *part = name ? str_format(vm, i ? ", %U=%R" : "%U=%R", name, tuple->items[i]) : NULL;
    if (!part) return str_builder_drop(&out), VALUE_FAIL;
    str_builder_str(&out, part);
  }
  str_builder_char(&out, ')');
  return value_of(str_builder_finish(&out));
}

static Value op_reduce(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  const Tuple *tuple = value_object(self);
  const Type *type = value_type(self);
  size_t all = all_count(type), visible = tuple_length(tuple), unnamed = unnamed_count(type);
  Value items = value_of(tuple_from_values(vm, tuple->items, visible));
  Dict *hidden = dict_new(vm);
  for (size_t i = visible; i < all; i++) {
    Str *name = field_name(vm, type, i - unnamed);
    if (!name || !dict_set_str(vm, hidden, name, tuple->items[i])) return VALUE_FAIL;
  }
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
  const StructSequenceSpec *fields = cls->fields;
  if (!fields) return raise_type(vm, "structseq.__new__(%N): not a struct sequence", cls);
  const MethodSpec *spec = fields->constructor ? fields->constructor : &construct_spec;
  return native_call(vm, spec, args[0], args + 1, npos - 1, kwnames);
}

static const MethodSpec new_spec = {.name = "__new__",
                                    .doc = "Create and return a new object.",
                                    .raw = op_new,
                                    .flags = METHOD_RAW,
                                    .signature = "($type, *args, **kwargs)"};
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
static bool add_fields(VM *vm, Type *type) {
  const StructSequenceSpec *spec = type->fields;
  List *match = list_new(vm, 0);
  size_t all = all_count(type);
  for (size_t i = 0; i < all; i++) {
    if (!is_named(type, i)) continue;
    Str *name = str_intern_cstr(vm, spec->fields[i]);
    if (i < visible_count(type) && !list_append_value(vm, match, value_from(name))) return false;
    uint32_t offset = (uint32_t)(offsetof(Tuple, items) + i * sizeof(Value));
    if (!type_add(vm, type, spec->fields[i], member_descriptor_new(vm, type, name, offset, true)))
      return false;
  }
  return type_add(vm, type, "n_fields", value_int_unchecked((int64_t)all)) &&
         type_add(vm, type, "n_sequence_fields",
                  value_int_unchecked((int64_t)visible_count(type))) &&
         type_add(vm, type, "n_unnamed_fields",
                  value_int_unchecked((int64_t)unnamed_count(type))) &&
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
  type->fields = spec;
  type->flags &= ~(uint32_t)TYPE_BASE;
  /* __slots__ said that instances have no dict; the reference's classes do not show it */
  dict_remove_str(vm, type->attrs, NAME("__slots__"));
  bool ok = type_add(vm, type, "__new__", native_function_new(vm, &new_spec, v, module)) &&
            add_fields(vm, type);
  for (size_t i = 0; ok && i < ARRAY_COUNT(methods); i++)
    ok = type_add(vm, type, methods[i].name, native_descriptor_new(vm, type, &methods[i]));
  return ok ? type : NULL;
}
