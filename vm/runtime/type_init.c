/* type_init.c -- the built-in types: static storage, and making each ready from its ClassSpec.
**
** Every row has a spec: one without does not link. Order of types.def and late_types.def: a base
** stands before what derives from it. Late types are untouched memory until their module comes
** (perf-note 0053).
*/
#include "vm/core/late_types.h"
#include "vm/contracts/type_internal.h"
#include "vm/native/bind.h"
#include "vm/shapes/shape.h"

#define TYPE(name, base) extern const ClassSpec name##_class;
#include "vm/core/types.def"
#undef TYPE
#define LATE(name, base, module) extern const ClassSpec name##_class;
#include "vm/core/late_types.def"
#undef LATE

typedef struct TypeRow {
  const char *name;
  const ClassSpec *spec;
  uint16_t base;
} TypeRow;
static const TypeRow rows[TYPE_COUNT] = {
#define TYPE(name, base) {#name, &name##_class, TYPE_##base},
#include "vm/core/types.def"
#undef TYPE
#define LATE(name, base, module) {#name, &name##_class, TYPE_##base},
#include "vm/core/late_types.def"
#undef LATE
};
/* the module of each late type */
static const char *const late_modules[] = {
#define LATE(name, base, module) #module,
#include "vm/core/late_types.def"
#undef LATE
};
static_assert(ARRAY_COUNT(late_modules) == TYPE_COUNT - TYPE_EARLY_COUNT, "a row for each");

enum {
  INHERITED_FLAGS = TYPE_HAS_DICT | TYPE_VAR_SIZE | TYPE_WEAKREFABLE | TYPE_INT_SUBCLASS |
                    TYPE_STR_SUBCLASS | TYPE_LIST_SUBCLASS | TYPE_TUPLE_SUBCLASS |
                    TYPE_DICT_SUBCLASS | TYPE_BYTES_SUBCLASS | TYPE_TYPE_SUBCLASS |
                    TYPE_EXCEPTION_SUBCLASS | TYPE_FLOAT_SUBCLASS | TYPE_SET_SUBCLASS |
                    TYPE_COMPLEX_SUBCLASS | TYPE_BYTEARRAY_SUBCLASS | TYPE_MODULE_SUBCLASS |
                    TYPE_MATCH_SEQUENCE | TYPE_MATCH_MAPPING | TYPE_NO_POINTERS
};

static const ClassSpec *row_spec(int i) { return rows[i].spec; }

/* ---- 1. what needs no allocation: shapes, sizes, C hooks */
static void prepare_layout(int i) {
  Type *type = &builtin_types[i], *base = i == TYPE_object ? NULL : &builtin_types[rows[i].base];
  const ClassSpec *spec = row_spec(i);
  type->header.shape = SHAPE_OF(type);
  type->header.bits = OBJ_STATIC;
  type->base = base;
  type->flags = (base ? base->flags & INHERITED_FLAGS : TYPE_BASE) | spec->flags;
  type->spec = spec;
  type->basic_size = spec->basic_size ? spec->basic_size : base ? base->basic_size : sizeof(Object);
  if (type_has(type, TYPE_BASE) && type->basic_size % sizeof(Value))
    panic("instances of subclasses of %s would have crooked slots", rows[i].name);
  if (type_has(type, TYPE_HAS_DICT) && !type_has(type, TYPE_VAR_SIZE)) {
    type->extra_offset = spec->extra_offset ? spec->extra_offset : sizeof(Object);
  }
  type->slots_offset = (uint16_t)type->basic_size;
  type->cell_size = type->basic_size;
  type->trace = spec->trace ? spec->trace : base ? base->trace : NULL;
  type->construct = spec->constructor ? spec->constructor->raw : NULL;
  type->destroy = spec->destroy ? spec->destroy : base ? base->destroy : NULL;
  /* a dictionary from the start: instances keep the constant shape that value_is tests */
  ShapeKind kind = type_has(type, TYPE_HAS_DICT) ? SHAPE_DICT : SHAPE_NONE;
  shape_init_builtin(the_vm, i, kind);
}

/* ---- 2. the namespace */
/* has_row: of a special method. Most rows are told apart before strcmp, which is not cheap at the
** end of a page. */
static bool has_row(const ClassSpec *spec, const char *name) {
  for (int k = 0; k < spec->nmethods; k++) {
    const char *row = spec->methods[k].name;
    if (row[0] == '_' && row[1] == '_' && row[2] == name[2] && strcmp(row, name) == 0) return true;
  }
  return false;
}

static bool add(VM *vm, Type *type, const char *name, Value v) {
  return v != VALUE_FAIL && dict_set_str(vm, type->attrs, str_intern_cstr(vm, name), v);
}

static Value attribute_of(VM *vm, Type *type, const GetSetSpec *row) {
  if (row->constant) return row->constant(vm, type);
  if (!row->is_member) return getset_descriptor_new(vm, type, row);
  Value v = member_descriptor_new(vm, type, str_intern_cstr(vm, row->name), row->offset, true);
  MemberDescriptor *member = value_object(v);
  if (row->get) member->getset = row;
  if (row->doc) {
    Value doc = value_of(str_new_cstr(vm, row->doc));
    member->doc = doc;
    heap_barrier(vm, member, doc);
  }
  return v;
}

static bool add_rows(VM *vm, Type *type, const ClassSpec *spec) {
  for (int k = 0; k < spec->nmethods; k++)
    if (!add(vm, type, spec->methods[k].name, native_descriptor_new(vm, type, &spec->methods[k])))
      return false;
  for (int k = 0; k < spec->ngetsets; k++)
    if (!add(vm, type, spec->getsets[k].name, attribute_of(vm, type, &spec->getsets[k])))
      return false;
  return true;
}

static bool add_instance_dict(VM *vm, Type *type) {
  if (!type_has(type, TYPE_HAS_DICT) ||
      dict_get_str(vm, type->attrs, NAME("__dict__")) != VALUE_UNBOUND)
    return true;
  if (type->base && type_has(type->base, TYPE_HAS_DICT)) return true;
  return dict_set_str(vm, type->attrs, NAME("__dict__"),
                      getset_descriptor_new(vm, type, &instance_dict_getset));
}

static bool add_hooks(VM *vm, Type *type, const ClassSpec *spec) {
  bool callable = spec->caller && spec->caller->raw;
  if (callable && !add(vm, type, "__call__", native_descriptor_new(vm, type, spec->caller)))
    return false;
  if (spec->next && !has_row(spec, "__next__") &&
      !add(vm, type, "__next__", native_descriptor_new(vm, type, &native_next_spec)))
    return false;
  bool has_iter = has_row(spec, "__iter__") ||
                  (type->base && type_lookup(vm, type->base, NAME("__iter__")) != VALUE_UNBOUND);
  if (spec->next && !has_iter &&
      !add(vm, type, "__iter__", native_descriptor_new(vm, type, &native_iter_spec)))
    return false;
  if (type->construct && !add(vm, type, "__new__", native_new_function(vm, type))) return false;
  bool own_dict = (spec->flags & TYPE_HAS_DICT) && !(type->base->flags & TYPE_HAS_DICT);
  if (own_dict && dict_get_str(vm, type->attrs, NAME("__dict__")) == VALUE_UNBOUND &&
      !add(vm, type, "__dict__", getset_descriptor_new(vm, type, &instance_dict_getset)))
    return false;
  if (has_row(spec, "__eq__") && !has_row(spec, "__hash__") &&
      !add(vm, type, "__hash__", VALUE_NONE))
    return false;
  return true;
}

static bool set_names(VM *vm, Type *type, const char *full) {
  const char *dot = strrchr(full, '.');
  type->name = type->qualname = str_intern_cstr(vm, dot ? dot + 1 : full);
  if (!dot) return true;
  return add(vm, type, "__module__",
             value_of(str_intern(vm, str_new_utf8(vm, full, (size_t)(dot - full)))));
}

static Tuple *base_tuple(VM *vm, int i, Type *type) {
  if (i == TYPE_object) return tuple_from_values(vm, NULL, 0);
  if (i == TYPE_ExceptionGroup)
    return TUPLE(value_from(type->base), value_from(TYPE_OF(Exception)));
  return TUPLE(value_from(type->base));
}

static Value doc_of(VM *vm, const ClassSpec *spec) {
  return spec->doc && *spec->doc ? value_of(str_new_cstr(vm, spec->doc)) : VALUE_NONE;
}

static bool make_ready(VM *vm, int i) {
  Type *type = &builtin_types[i];
  const ClassSpec *spec = row_spec(i);
  type->attrs = dict_new_sized(vm, spec->nmethods + spec->ngetsets + 4u);
  type->attrs->h.bits |= DICT_OF_CLASS;
  if (!set_names(vm, type, spec->name)) return false;
  type->bases = base_tuple(vm, i, type);
  type->mro = type_c3(vm, type);
  if (!type->mro) return false;
  if (!(type->flags & TYPE_INTERNAL)) {
    if (!add_rows(vm, type, spec) || !add_hooks(vm, type, spec) || !add_instance_dict(vm, type))
      return false;
    if (dict_get_str(vm, type->attrs, NAME("__doc__")) == VALUE_UNBOUND &&
        !add(vm, type, "__doc__", doc_of(vm, spec)))
      return false;
  }
  if (!type_link_bases(vm, type)) return false;
  type_refresh(vm, type);
  assert(value_object(type->mro->items[0]) == type && type->attrs && type->name);
  type->flags |= TYPE_READY;
  shape_renew_keys(vm, type);
  return true;
}

bool types_init(VM *vm) {
  the_vm = vm;
  for (int i = 0; i < TYPE_EARLY_COUNT; i++) prepare_layout(i);
  str_init(vm);
  specials_init(vm);
  for (int i = 0; i < TYPE_EARLY_COUNT; i++)
    if (!make_ready(vm, i)) return false;
  return true;
}

static bool is_late_of(int i, const char *module) {
  return strcmp(late_modules[i - TYPE_EARLY_COUNT], module) == 0;
}

/* Again after a failure: what is ready stays, a layout is prepared once. */
bool types_make_ready(VM *vm, const char *module) {
  for (int i = TYPE_EARLY_COUNT; i < TYPE_COUNT; i++)
    if (is_late_of(i, module) && !builtin_types[i].spec) {
      int base = rows[i].base;
      if (base >= TYPE_EARLY_COUNT && !is_late_of(base, module) && /* another module's */
          !types_make_ready(vm, late_modules[base - TYPE_EARLY_COUNT]))
        return false;
      prepare_layout(i);
    }
  for (int i = TYPE_EARLY_COUNT; i < TYPE_COUNT; i++) {
    const Type *type = &builtin_types[i];
    if (!is_late_of(i, module) || type_has(type, TYPE_READY)) continue;
    assert(type_has(type->base, TYPE_READY));
    if (!make_ready(vm, i)) return false;
  }
  return true;
}
