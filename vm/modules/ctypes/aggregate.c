/* aggregate.c -- structures and unions as classes: their _fields_, and the fields of those that are
** _anonymous_. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/contracts/type_internal.h"
#include "vm/objects/list.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"

static Value own_attribute(VM *vm, const Type *type, Str *name) {
  return dict_get_str(vm, type->attrs, name);
}

bool aggregate_begin(VM *vm, Type *type, CKind kind) {
  if (own_attribute(vm, type, NAME("_abstract_")) != VALUE_UNBOUND) return true;
  Layout *layout = layout_new(vm, kind), *base = layout_of_type(type->base);
  Value fields = own_attribute(vm, type, NAME("_fields_"));
  if (fields == VALUE_UNBOUND && base) {
    layout = layout_copy(vm, base);
    base->is_final = true;
  } else if (!layout_set_format(vm, layout, "B", 1) || !layout_set_aggregate(vm, layout)) {
    return false;
  }
  type_set_layout(vm, type, layout);
  return fields == VALUE_UNBOUND || set_attribute(vm, value_from(type), NAME("_fields_"), fields);
}

/* ---- _fields_ */

typedef struct Fields {
  FieldPlace place;
  int64_t largest, index; /* largest: of a union */
  List *parts;
  StrBuilder format;
  bool has_bits;
} Fields;

static bool read_pack(VM *vm, Type *type, int64_t *pack) {
  Value given = find_attribute(vm, value_from(type), NAME("_pack_"));
  *pack = 0;
  if (value_is_fail(given) || given == VALUE_UNBOUND) return !value_is_fail(given);
  bool fits =
      value_is_any_int(given) && int_to_int64(given, pack) && *pack >= 0 && *pack <= INT32_MAX;
  return fits || raise_false(vm, TYPE_OF(ValueError), "_pack_ must be a non-negative integer");
}

static bool check_bits(VM *vm, const Layout *layout, const Type *type, int64_t bits) {
  if (layout->kind != C_SIMPLE || !layout->code->is_int)
    return raise_false(vm, TYPE_OF(TypeError), "bit fields not allowed for type %N", type);
  if (bits <= 0 || bits > (int64_t)layout->size * 8)
    return raise_false(vm, TYPE_OF(ValueError), "number of bits invalid for bit field");
  return true;
}

/* One (name, type) or (name, type, bits). */
static bool read_pair(VM *vm, Value pair, int64_t index, Str **name, Value *type, int64_t *bits) {
  const Tuple *tuple = value_has_flag(pair, TYPE_TUPLE_SUBCLASS) ? value_object(pair) : NULL;
  size_t n = tuple ? tuple_length(tuple) : 0;
  *bits = -1;
  bool fits =
      (n == 2 || n == 3) && value_is_str(tuple->items[0]) &&
      (n == 2 || (value_is_any_int(tuple->items[2]) && int_to_int64(tuple->items[2], bits)));
  if (!fits)
    return raise_false(vm, TYPE_OF(TypeError),
                       "'_fields_' must be a sequence of (name, C type) pairs");
  *name = value_object(tuple->items[0]);
  *type = tuple->items[1];
  const Layout *layout = layout_of_value(*type);
  if (!layout)
    return raise_false(vm, TYPE_OF(TypeError),
                       "second item in _fields_ tuple (index %lld) must be a C type",
                       (long long)index);
  return n == 2 || check_bits(vm, layout, value_object(*type), *bits);
}

static bool add_format(VM *vm, Fields *fields, const Layout *layout, const Str *name) {
  Str *format = layout_describe(vm, layout);
  if (!format) return false;
  str_builder_str(&fields->format, format);
  str_builder_char(&fields->format, ':');
  str_builder_str(&fields->format, name);
  str_builder_char(&fields->format, ':');
  return true;
}

static bool add_field(VM *vm, Type *type, Fields *fields, Value pair, int64_t number) {
  Str *name;
  Value of;
  int64_t bits;
  if (!read_pair(vm, pair, number, &name, &of, &bits)) return false;
  Layout *layout = layout_of_value(of);
  bool is_union = layout_of_type(type)->kind == C_UNION;
  layout->is_final = true;
  fields->has_bits |= bits > 0 || layout->has_bits;
  if (!add_format(vm, fields, layout, name)) return false;
  if (is_union) {
    fields->place = (FieldPlace){.pack = fields->place.pack,
                                 .align = fields->place.align,
                                 .big_endian = fields->place.big_endian};
  }
  CField *field = field_new(vm, of, fields->index++, bits > 0 ? (int)bits : 0, &fields->place);
  if (fields->place.size > fields->largest) fields->largest = fields->place.size;
  Value at = value_int(vm, field->offset);
  return list_append_value(vm, fields->parts, of) && list_append_value(vm, fields->parts, at) &&
         set_attribute(vm, value_from(type), name, value_from(field));
}

/* What the base class has, comes first. */
static bool begin_fields(VM *vm, Type *type, Fields *fields) {
  *fields = (Fields){.place = {.align = 1}, .parts = list_new(vm, 0)};
  if (!fields->parts || !read_pack(vm, type, &fields->place.pack)) return false;
  Value swapped = find_attribute(vm, value_from(type), NAME("_swappedbytes_"));
  if (value_is_fail(swapped)) return false;
  fields->place.big_endian = swapped != VALUE_UNBOUND;
  const Layout *base = layout_of_type(type->base);
  if (!base) return true;
  fields->index = base->length;
  fields->place.size = fields->place.offset = fields->largest = (int64_t)base->size;
  if ((int64_t)base->align > 1) fields->place.align = (int64_t)base->align;
  fields->has_bits = base->has_bits;
  return !base->parts ||
         list_append_values(vm, fields->parts, base->parts->items, tuple_length(base->parts));
}

static bool finish_fields(VM *vm, Type *type, Fields *fields, bool is_plain) {
  Layout *layout = layout_of_type(type);
  if (layout->is_final)
    return raise_false(vm, TYPE_OF(AttributeError), "Structure or union cannot contain itself");
  size_t align = (size_t)fields->place.align;
  int64_t size = layout->kind == C_UNION ? fields->largest : fields->place.size;
  layout->size = ((size_t)size + align - 1) / align * align;
  layout->align = align;
  layout->length = fields->index;
  layout->has_bits = fields->has_bits;
  layout->parts = tuple_from_values(vm, list_items(fields->parts), list_length(fields->parts));
  heap_barrier_any(vm, layout);
  str_builder_char(&fields->format, '}');
  Str *format = str_builder_finish(&fields->format);
  size_t n;
  const char *text = format ? str_utf8(vm, format, &n) : NULL;
  if (!text || !layout->parts) return false;
  if (!is_plain) text = "B", n = 1;
  return layout_set_format(vm, layout, text, n) && layout_set_aggregate(vm, layout);
}

static bool add_fields(VM *vm, Type *type, Value given, int64_t count) {
  Fields fields;
  if (!begin_fields(vm, type, &fields)) return false;
  bool is_plain = layout_of_type(type)->kind == C_STRUCT && !fields.place.pack;
  str_builder_init(&fields.format, vm);
  str_builder_ascii(&fields.format, "T{", 2);
  bool fine = true;
  for (int64_t i = 0; i < count && fine; i++) {
    Value pair = get_item(vm, given, value_int(vm, i));
    fine = !value_is_fail(pair) && add_field(vm, type, &fields, pair, i);
  }
  if (!fine) return str_builder_drop(&fields.format), false;
  if (!finish_fields(vm, type, &fields, is_plain)) return false;
  layout_of_type(type)->is_final = true;
  return true;
}

/* ---- _anonymous_ */

static CField *field_named(VM *vm, Value type, Value name) {
  if (!value_is_str(name)) {
    raise_type(vm, "attribute name must be string, not '%T'", name);
    return NULL;
  }
  Str *interned = str_intern(vm, value_object(name));
  Value found = interned ? get_attribute(vm, type, interned) : VALUE_FAIL;
  if (value_is_fail(found)) return NULL;
  if (value_is(found, ctypes_field)) return value_object(found);
  raise_error(vm, TYPE_OF(AttributeError), "'%S' is specified in _anonymous_ but not in _fields_",
              name);
  return NULL;
}

/* The fields of an anonymous one become the class's own. */
static bool lift_fields(VM *vm, Type *type, const CField *outer, int64_t index, int64_t offset) {
  if (!vm_check_c_stack(vm, " in _anonymous_")) return false;
  Value fields = get_attribute(vm, outer->type, NAME("_fields_"));
  if (value_is_fail(fields)) return false;
  int64_t count = value_length(vm, fields);
  for (int64_t i = 0; i < count; i++) {
    Value pair = get_item(vm, fields, value_int(vm, i));
    Value name = value_is_fail(pair) ? pair : get_item(vm, pair, value_int_unchecked(0));
    const CField *inner = value_is_fail(name) ? NULL : field_named(vm, outer->type, name);
    if (!inner) return false;
    if (inner->is_anonymous) {
      if (!lift_fields(vm, type, inner, index + inner->index, offset + inner->offset)) return false;
      continue;
    }
    CField *lifted = field_lift(vm, inner, index, offset);
    if (!set_attribute(vm, value_from(type), value_object(name), value_from(lifted))) return false;
  }
  return count >= 0;
}

static bool lift_anonymous(VM *vm, Type *type) {
  Value names = find_attribute(vm, value_from(type), NAME("_anonymous_"));
  if (value_is_fail(names) || names == VALUE_UNBOUND) return !value_is_fail(names);
  int64_t count = value_length(vm, names);
  if (count < 0) {
    error_clear(vm);
    return raise_false(vm, TYPE_OF(TypeError), "_anonymous_ must be a sequence");
  }
  for (int64_t i = 0; i < count; i++) {
    Value name = get_item(vm, names, value_int(vm, i));
    CField *field = value_is_fail(name) ? NULL : field_named(vm, value_from(type), name);
    if (!field) return false;
    field->is_anonymous = true;
    if (!lift_fields(vm, type, field, field->index, field->offset)) return false;
  }
  return true;
}

static bool set_fields(VM *vm, Type *type, Value fields) {
  Layout *layout = layout_of_type(type);
  if (!layout)
    return own_attribute(vm, type, NAME("_abstract_")) != VALUE_UNBOUND ||
           raise_false(vm, TYPE_OF(TypeError), "ctypes state is not initialized");
  int64_t count = value_length(vm, fields);
  if (count < 0) {
    error_clear(vm);
    return raise_false(vm, TYPE_OF(TypeError), "'_fields_' must be a sequence of pairs");
  }
  if (layout->is_final) return raise_false(vm, TYPE_OF(AttributeError), "_fields_ is final");
  return add_fields(vm, type, fields, count) && lift_anonymous(vm, type);
}

bool aggregate_set_attribute(VM *vm, Type *type, Value name, Value v) {
  Str *interned = attribute_name(vm, name);
  if (!interned || !set_attribute_by(vm, ATTR_OF_CLASS, value_from(type), interned, v))
    return false;
  return v == VALUE_MISSING || !str_equal_cstr(interned, "_fields_") || set_fields(vm, type, v);
}
#endif
