/* type.c -- class type: attributes and methods of classes. How classes are made and changed is in
** runtime/type*.c. */
#include "vm/contracts/sys.h"
#include "vm/contracts/type_internal.h"
#include "vm/memory/weak.h"
#include "vm/objects/dict.h"
#include "vm/objects/generic_alias.h"
#include "vm/objects/list.h"
#include "vm/objects/object.h"

#define NATIVE_DEF "vm/objects/type.def"
#define NATIVE_PREFIX class_
#define NATIVE_SELF Type *
#include "vm/contracts/native_class.inc"

/* ---- making: type(name, bases, dict) */

/* check_encodable: UnicodeEncodeError for a name or docstring with lone surrogates. */
static bool check_encodable(VM *vm, Value text) {
  if (!value_is_str(text) || str_kind(value_object(text)) == 0) return true;
  return call_method0(vm, text, NAME("encode")) != VALUE_FAIL;
}

static Value class_construct(VM *vm, Type *metaclass, const Value *args, int npos, Tuple *kwnames) {
  if (npos != 3) {
    if (metaclass != TYPE_OF(type) || npos == 0 || npos == 2 || npos > 3 || kwnames)
      return raise_type(vm, "type.__new__() takes exactly 3 arguments (%d given)", npos);
    return value_from(value_type(args[0]));
  }
  static const char *const expected[] = {"str", "tuple", "dict"};
  const bool fits[] = {value_is_str(args[0]), value_has_flag(args[1], TYPE_TUPLE_SUBCLASS),
                       value_has_flag(args[2], TYPE_DICT_SUBCLASS)};
  for (int i = 0; i < 3; i++)
    if (!fits[i])
      return raise_type(vm, "type.__new__() argument %d must be %s, not %T", i + 1, expected[i],
                        args[i]);
  if (!check_encodable(vm, args[0]) ||
      !check_encodable(vm, dict_get_str(vm, value_object(args[2]), NAME("__doc__"))))
    return VALUE_FAIL;
  Tuple *bases = value_object(args[1]);
  for (size_t i = 0; i < tuple_length(bases); i++) {
    if (value_is_type(bases->items[i])) continue;
    Value entries = find_attribute(vm, bases->items[i], NAME("__mro_entries__"));
    if (entries == VALUE_FAIL) return VALUE_FAIL;
    if (entries != VALUE_UNBOUND)
      return raise_type(vm, "type() doesn't support MRO entry resolution; use types.new_class()");
    return raise_type(vm, "bases must be types");
  }
  Type *winner = type_winner(vm, metaclass, bases);
  if (!winner) return VALUE_FAIL;
  if (winner != metaclass &&
      winner->specials[SPECIAL_new] != TYPE_OF(type)->specials[SPECIAL_new]) {
    int count = npos + (kwnames ? (int)tuple_length(kwnames) : 0);
    Value method = get_attribute(vm, value_from(winner), NAME("__new__"));
    if (method == VALUE_FAIL) return VALUE_FAIL;
    Value all[count + 1];
    all[0] = value_from(winner);
    memcpy(all + 1, args, (size_t)count * sizeof(Value));
    return call_values(vm, method, all, npos + 1, kwnames);
  }
  return type_new(vm, winner, value_object(args[0]), bases, value_object(args[2]), args + 3,
                  kwnames);
}

static Value class_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (npos == 1 && kwnames && tuple_length(kwnames))
    return raise_type(vm, "type.__init__() takes no keyword arguments");
  if (npos != 1 && npos != 3) return raise_type(vm, "type.__init__() takes 1 or 3 arguments");
  return VALUE_NONE;
}

/* ---- attributes */

static Value class_op_repr(VM *vm, Type *type, const class_op_repr_args *a) {
  Str *name = type_qualified_name(vm, type);
  return name ? value_of(str_format(vm, "<class '%U'>", name)) : VALUE_FAIL;
}
static Value class_op_getattribute(VM *vm, Type *type, const class_op_getattribute_args *a) {
  Str *name = attribute_name(vm, a->name);
  return name ? get_attribute_by(vm, ATTR_OF_CLASS, value_from(type), name) : VALUE_FAIL;
}
static Value class_op_setattr(VM *vm, Type *type, const class_op_setattr_args *a) {
  Str *name = attribute_name(vm, a->name);
  return value_none_if(name &&
                       set_attribute_by(vm, ATTR_OF_CLASS, value_from(type), name, a->value));
}
static Value class_op_delattr(VM *vm, Type *type, const class_op_delattr_args *a) {
  Str *name = attribute_name(vm, a->name);
  return value_none_if(name &&
                       set_attribute_by(vm, ATTR_OF_CLASS, value_from(type), name, VALUE_MISSING));
}

static bool refuse_special(VM *vm, Type *type, const char *name, Value v) {
  if (!type_has(type, TYPE_HEAP))
    return raise_false(vm, TYPE_OF(TypeError), "cannot set '%s' attribute of immutable type '%N'",
                       name, type);
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError),
                       "cannot delete '%s' attribute of immutable type '%N'", name, type);
  return SYS_AUDIT(vm, "object.__setattr__", value_from(type), value_of(str_new_cstr(vm, name)), v);
}

static Value class_get_name(VM *vm, Type *type) { return value_from(type->name); }
static bool class_set_name(VM *vm, Type *type, Value v) {
  if (!refuse_special(vm, type, "__name__", v)) return false;
  if (!value_is_str(v))
    return raise_false(vm, TYPE_OF(TypeError), "can only assign string to %N.__name__, not '%T'",
                       type, v);
  Str *name = value_object(v);
  for (size_t i = 0; i < name->length; i++)
    if (str_at(name, i) == 0)
      return raise_false(vm, TYPE_OF(ValueError), "type name must not contain null characters");
  if (!check_encodable(vm, v)) return false;
  type->name = str_exact(vm, name);
  heap_barrier_any(vm, type);
  return true;
}
static Value class_get_qualname(VM *vm, Type *type) { return value_from(type->qualname); }
static bool class_set_qualname(VM *vm, Type *type, Value v) {
  if (!refuse_special(vm, type, "__qualname__", v)) return false;
  if (!value_is_str(v))
    return raise_false(vm, TYPE_OF(TypeError),
                       "can only assign string to %N.__qualname__, not '%T'", type, v);
  type->qualname = value_object(v);
  heap_barrier_any(vm, type);
  return true;
}

static Value class_get_module(VM *vm, Type *type) {
  Value module = dict_get_str(vm, type->attrs, NAME("__module__"));
  bool is_heap = type_has(type, TYPE_HEAP);
  /* a native class's own may be a descriptor */
  if (is_heap ? module != VALUE_UNBOUND : value_is_str(module)) return module;
  if (is_heap) return raise_error(vm, TYPE_OF(AttributeError), "__module__");
  return value_from(NAME("builtins"));
}

/* put: an entry of the namespace, from the setters here. */
static bool put(VM *vm, Type *type, Str *name, Value v) {
  Value old = dict_get_str(vm, type->attrs, name);
  if (v == VALUE_MISSING) dict_remove_str(vm, type->attrs, name);
  else if (!dict_set_str(vm, type->attrs, name, v)) return false;
  type_modified(vm, type, name, old, v == VALUE_MISSING ? VALUE_UNBOUND : v);
  return true;
}
static bool class_set_module(VM *vm, Type *type, Value v) {
  return refuse_special(vm, type, "__module__", v) && put(vm, type, NAME("__module__"), v);
}
static Value class_get_bases(VM *vm, Type *type) { return value_from(type->bases); }
static Value class_get_mro_tuple(VM *vm, Type *type) {
  return type->mro ? value_from(type->mro) : VALUE_NONE;
}
static Value class_get_base(VM *vm, Type *type) {
  return type->base ? value_from(type->base) : VALUE_NONE;
}
static bool class_set_bases(VM *vm, Type *type, Value v) { return type_set_bases(vm, type, v); }

static Value class_get_dict(VM *vm, Type *type) {
  return call1(vm, value_from(TYPE_OF(mappingproxy)), value_from(type->attrs));
}

static Value class_get_doc(VM *vm, Type *type) {
  Value doc = dict_get_str(vm, type->attrs, NAME("__doc__"));
  if (doc == VALUE_UNBOUND) return VALUE_NONE;
  return descriptor_get(vm, doc, VALUE_UNBOUND, type);
}
static bool class_set_doc(VM *vm, Type *type, Value v) {
  return refuse_special(vm, type, "__doc__", v) && put(vm, type, NAME("__doc__"), v);
}

/* signature_in_doc: what stands in a docstring that begins with "Name(…)\n--\n\n"; NULL: it does
** not, or raised. */
static Str *signature_in_doc(VM *vm, Type *type) {
  Value doc = dict_get_str(vm, type->attrs, NAME("__doc__"));
  const char *text = value_is_str(doc) ? str_utf8(vm, value_object(doc), NULL) : NULL;
  const char *name = text ? str_utf8(vm, type->name, NULL) : NULL;
  if (!name || strncmp(text, name, strlen(name)) != 0) return NULL;
  const char *start = text + strlen(name), *end = strstr(start, ")\n--\n\n"),
             *paragraph = strstr(start, "\n\n");
  if (*start != '(' || !end || (paragraph && paragraph < end)) return NULL;
  return str_new_utf8(vm, start, (size_t)(end + 1 - start));
}

static Value class_get_signature(VM *vm, Type *type) {
  Str *text = type_has(type, TYPE_HEAP) && !type->fields ? signature_in_doc(vm, type)
                                                         : native_class_signature(vm, type);
  return text ? value_from(text) : error_pending(vm) ? VALUE_FAIL : VALUE_NONE;
}

static Value class_get_abstract(VM *vm, Type *type) {
  Value v = type == TYPE_OF(type) ? VALUE_UNBOUND
                                  : dict_get_str(vm, type->attrs, NAME("__abstractmethods__"));
  return v == VALUE_UNBOUND ? raise_error(vm, TYPE_OF(AttributeError), "__abstractmethods__") : v;
}
static bool class_set_abstract(VM *vm, Type *type, Value v) {
  if (v == VALUE_MISSING &&
      dict_get_str(vm, type->attrs, NAME("__abstractmethods__")) == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(AttributeError), "__abstractmethods__");
  Answer truth = v == VALUE_MISSING ? ANSWER_NO : value_truth(vm, v);
  if (truth == ANSWER_FAILED || !put(vm, type, NAME("__abstractmethods__"), v)) return false;
  type->flags = truth ? type->flags | TYPE_ABSTRACT : type->flags & ~(uint32_t)TYPE_ABSTRACT;
  return true;
}

static Value class_get_annotations(VM *vm, Type *type) {
  if (!type_has(type, TYPE_HEAP))
    return raise_error(vm, TYPE_OF(AttributeError),
                       "type object '%N' has no attribute '__annotations__'", type);
  Value v = dict_get_str(vm, type->attrs, NAME("__annotations__"));
  if (v != VALUE_UNBOUND) return descriptor_get(vm, v, VALUE_UNBOUND, type);
  Dict *dict = dict_new(vm);
  return put(vm, type, NAME("__annotations__"), value_from(dict)) ? value_from(dict) : VALUE_FAIL;
}
static bool class_set_annotations(VM *vm, Type *type, Value v) {
  if (!type_has(type, TYPE_HEAP))
    return raise_false(vm, TYPE_OF(TypeError),
                       "cannot set '__annotations__' attribute of immutable type '%N'", type);
  if (v == VALUE_MISSING && dict_get_str(vm, type->attrs, NAME("__annotations__")) == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(AttributeError), "__annotations__");
  return put(vm, type, NAME("__annotations__"), v);
}

static Value class_get_basicsize(VM *vm, Type *type) {
  uint32_t size = type->basic_size + (type_has(type, TYPE_HAS_DICT) ? 8 : 0) + 8;
  return value_int_unchecked(size);
}
static Value class_get_itemsize(VM *vm, Type *type) {
  return value_int_unchecked(type_item_size(type));
}
static Value class_get_dictoffset(VM *vm, Type *type) {
  if (type_has(type, TYPE_TYPE_SUBCLASS)) return value_int_unchecked(offsetof(Type, attrs));
  return value_int_unchecked(
      type_has(type, TYPE_HAS_DICT) ? (type->extra_offset ? type->extra_offset : -8) : 0);
}
static Value class_get_weakrefoffset(VM *vm, Type *type) {
  return value_int_unchecked(type_has(type, TYPE_WEAKREFABLE) ? 8 : 0);
}

/* The public bits of CPython's tp_flags that library code tests (inspect.isabstract, copyreg,
** functools). */
static Value class_get_flags(VM *vm, Type *type) {
  static const struct {
    uint32_t ours;
    int shift;
  } bits[] = {
      {TYPE_HEAP, 9},
      {TYPE_BASE, 10},
      {TYPE_READY, 12},
      {TYPE_ABSTRACT, 20},
      {TYPE_INT_SUBCLASS, 24},
      {TYPE_LIST_SUBCLASS, 25},
      {TYPE_TUPLE_SUBCLASS, 26},
      {TYPE_BYTES_SUBCLASS, 27},
      {TYPE_STR_SUBCLASS, 28},
      {TYPE_DICT_SUBCLASS, 29},
      {TYPE_EXCEPTION_SUBCLASS, 30},
      {TYPE_TYPE_SUBCLASS, 31},
      {TYPE_MATCH_SEQUENCE, 5},
      {TYPE_MATCH_MAPPING, 6},
      {TYPE_DISALLOW_NEW, 7},
  };
  int64_t flags = 1 << 18 | 1 << 14;
  if (!type_has(type, TYPE_HEAP)) flags |= 1 << 8; /* immutable */
  for (size_t i = 0; i < ARRAY_COUNT(bits); i++)
    if (type->flags & bits[i].ours) flags |= INT64_C(1) << bits[i].shift;
  return value_int_unchecked(flags);
}

/* ---- methods */

static Value class_mro(VM *vm, Type *type, const class_mro_args *a) {
  Tuple *mro = type_c3(vm, type);
  return mro ? value_of(list_from_values(vm, mro->items, tuple_length(mro))) : VALUE_FAIL;
}
static Value class_subclasses(VM *vm, Type *type, const class_subclasses_args *a) {
  List *list = list_new(vm, 0);
  TypeLinks *links = type_links(type);
  for (size_t i = 0; links && i < links->nsubs; i++) {
    Type *sub = links->subs[i]->type;
    if (!(sub->flags & TYPE_INTERNAL) && !list_append_value(vm, list, value_from(sub)))
      return VALUE_FAIL;
  }
  return value_from(list);
}
static Value class_instancecheck(VM *vm, Type *type, const class_instancecheck_args *a) {
  Answer result = type_real_is_instance(vm, a->instance, value_from(type));
  return result == ANSWER_FAILED ? VALUE_FAIL : value_bool(result);
}
static Value class_subclasscheck(VM *vm, Type *type, const class_subclasscheck_args *a) {
  Answer result = type_real_is_subclass(vm, a->subclass, value_from(type));
  return result == ANSWER_FAILED ? VALUE_FAIL : value_bool(result);
}
static Value class_dir(VM *vm, Type *type, const class_dir_args *a) {
  return object_class_names(vm, value_from(type));
}
static Value class_sizeof(VM *vm, Type *type, const class_sizeof_args *a) {
  return value_int_unchecked(sizeof(Type));
}
static Value class_prepare(VM *vm, Value self, const class_prepare_args *a) {
  return value_from(dict_new(vm));
}

static Value class_op_or(VM *vm, Type *type, const class_op_or_args *a) {
  return union_make(vm, value_from(type), a->value);
}
static Value class_op_ror(VM *vm, Type *type, const class_op_ror_args *a) {
  return union_make(vm, a->value, value_from(type));
}

static Value class_call(VM *vm, Type *type, const Value *args, int npos, Tuple *kwnames) {
  return type_call(vm, value_from(type), args, npos, kwnames);
}

const ClassSpec type_class = {
    NATIVE_CLASS(class_),
    .basic_size = sizeof(Type),
    .destroy = type_destroy,
};

/* ---- __dict__ and __weakref__ of instances */

/* A class asked through a metaclass with other bases: its __dict__ is the one that `type`
** describes. */
static Value builtin_dict(VM *vm) {
  return dict_get_str(vm, TYPE_OF(type)->attrs, NAME("__dict__"));
}

static Value get_instance_dict(VM *vm, Value self) {
  if (UNLIKELY(value_has_flag(self, TYPE_TYPE_SUBCLASS)))
    return descriptor_get(vm, builtin_dict(vm), self, value_type(self));
  Dict *dict = value_is_pointer(self) ? instance_dict(vm, value_object(self)) : NULL;
  return dict ? value_from(dict)
              : raise_error(vm, TYPE_OF(AttributeError), "This object has no __dict__");
}
/* has_native_dict: is it a built-in base that gives the instances their __dict__? */
static bool has_native_dict(const Type *type) {
  while (type && type_has(type, TYPE_HEAP)) type = type->base;
  return type && type_has(type, TYPE_HAS_DICT);
}
static bool set_instance_dict(VM *vm, Value self, Value v) {
  /* a class, by way of a metaclass with other bases */
  if (!value_is_pointer(self) || object_shape(value_object(self))->kind == SHAPE_NONE)
    return raise_false(vm, TYPE_OF(AttributeError), "This object has no __dict__");
  if (value_has_flag(self, TYPE_MODULE_SUBCLASS))
    return raise_false(vm, TYPE_OF(AttributeError), "readonly attribute");
  if (v == VALUE_MISSING && has_native_dict(value_type(self)))
    return raise_false(vm, TYPE_OF(TypeError), "cannot delete __dict__");
  if (v == VALUE_MISSING) v = value_from(dict_new(vm));
  if (!value_has_flag(v, TYPE_DICT_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "__dict__ must be set to a dictionary, not a '%T'",
                       v);
  instance_set_dict(vm, value_object(self), value_object(v));
  return true;
}
static Value get_weakref(VM *vm, Value self) {
  Weakref *first = value_is_pointer(self) ? weak_first(vm, value_object(self)) : NULL;
  return first ? value_from(first) : VALUE_NONE;
}

const GetSetSpec instance_dict_getset = {
    .name = "__dict__",
    .doc = "dictionary for instance variables (if defined)",
    .get = get_instance_dict,
    .set = set_instance_dict,
};
static const GetSetSpec weakref_getset = {
    .name = "__weakref__",
    .doc = "list of weak references to the object (if defined)",
    .get = get_weakref,
};

bool type_add_dict_attributes(VM *vm, Type *type, Type *base) {
  if (type_has(type, TYPE_HAS_DICT) && !type_has(base, TYPE_HAS_DICT) &&
      dict_get_str(vm, type->attrs, NAME("__dict__")) == VALUE_UNBOUND &&
      !dict_set_str(vm, type->attrs, NAME("__dict__"),
                    getset_descriptor_new(vm, type, &instance_dict_getset)))
    return false;
  if (type_has(type, TYPE_WEAKREFABLE) && !type_has(base, TYPE_WEAKREFABLE) &&
      dict_get_str(vm, type->attrs, NAME("__weakref__")) == VALUE_UNBOUND)
    return dict_set_str(vm, type->attrs, NAME("__weakref__"),
                        getset_descriptor_new(vm, type, &weakref_getset));
  return true;
}
