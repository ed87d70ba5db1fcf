/* type_layout.c -- what instances are made of: which class decides it, which classes may take each
** other's place. */
#include "vm/objects/dict.h"
#include "vm/contracts/type_internal.h"
#include "vm/objects/function.h"

int type_item_size(const Type *type) {
  if (type_has(type, TYPE_TYPE_SUBCLASS)) return 40;
  if (!type_has(type, TYPE_VAR_SIZE)) return 0;
  if (type_has(type, TYPE_TUPLE_SUBCLASS)) return sizeof(Value);
  return type_has(type, TYPE_INT_SUBCLASS) ? 4 : type_has(type, TYPE_BYTES_SUBCLASS) ? 1 : 0;
}

static bool same_size(const Type *a, const Type *b) { return a->basic_size == b->basic_size; }
static bool same_flag(const Type *a, const Type *b, uint32_t flag) {
  return type_has(a, flag) == type_has(b, flag);
}

/* has_layout_of_base: a built-in class that adds nothing: no field, nothing to mark or to free. */
static bool has_layout_of_base(const Type *type) {
  const Type *base = type->base;
  if (!base || !same_size(type, base)) return false;
  if (type->spec == base->spec) return true;
  return type->trace == base->trace && type->destroy == base->destroy &&
         !type_has(type, TYPE_VAR_SIZE);
}

/* type_solid_base: the nearest class in the chain of layout bases that adds to the layout: built
** in, or by __slots__. */
Type *type_solid_base(Type *type) {
  while (type->base && type_has(type, TYPE_HEAP) && same_size(type, type->base)) type = type->base;
  while (!type_has(type, TYPE_HEAP) && has_layout_of_base(type)) type = type->base;
  /* exception classes that add no fields share one layout */
  while (type->base && type_has(type, TYPE_EXCEPTION_SUBCLASS) &&
         type_has(type->base, TYPE_EXCEPTION_SUBCLASS) && same_size(type, type->base))
    type = type->base;
  return type;
}

/* ---- classes that may take each other's place (`__class__`, `__bases__`)
**
** As CPython 3.11 has it: both come from one base, to which each adds the same: the same __slots__,
** a dictionary or none, a place for weak references or none. */

static bool is_member(Value v) { return value_is(v, member_descriptor); }

/* adds_same_members: every member that a has, b has at the same place. */
static bool adds_same_members(const Type *a, const Type *b) {
  size_t position = 0;
  Value name, v;
  while (dict_next(a->attrs, &position, &name, &v)) {
    if (!is_member(v)) continue;
    Value other = dict_get_str(the_vm, b->attrs, value_object(name));
    if (!is_member(other)) return false;
    const MemberDescriptor *mine = value_object(v), *theirs = value_object(other);
    if (mine->offset != theirs->offset || mine->from_end != theirs->from_end) return false;
  }
  return true;
}

static bool adds(const Type *type, uint32_t what) {
  return type_has(type, what) && !type_has(type->base, what);
}

/* is_collected: has CPython's collector to look at instances? Those of classes of Python:
** always. */
static bool is_collected(const Type *type) { return type_has(type, TYPE_HEAP) || type->trace; }

/* adds_nothing: instances of the class are laid out as those of its base. */
static bool adds_nothing(const Type *type) {
  const Type *base = type->base;
  if (!base || !same_size(type, base) || type->extra_offset != base->extra_offset) return false;
  if (!same_flag(type, base, TYPE_HAS_DICT) || !same_flag(type, base, TYPE_WEAKREFABLE))
    return false;
  if (!same_flag(type, base, TYPE_VAR_SIZE) || is_collected(type) != is_collected(base))
    return false;
  return type_has(type, TYPE_HEAP) || type->spec == base->spec;
}

/* adds_same: to one base. A dictionary of a type of variable size, and a place for weak references
** behind members, lie where CPython does not look for them: such classes are never alike. */
static bool adds_same(const Type *a, const Type *b) {
  if (a->base != b->base || !type_has(a, TYPE_HEAP) || !type_has(b, TYPE_HEAP)) return false;
  if (!same_flag(a, b, TYPE_HAS_DICT) || !same_flag(a, b, TYPE_WEAKREFABLE)) return false;
  if (type_item_size(a) && adds(a, TYPE_HAS_DICT)) return false;
  if (adds(a, TYPE_WEAKREFABLE) && !same_size(a, a->base)) return false;
  return same_size(a, b) && a->extra_offset == b->extra_offset && adds_same_members(a, b) &&
         adds_same_members(b, a);
}

bool type_same_layout(Type *a, Type *b) {
  while (adds_nothing(a)) a = a->base;
  while (adds_nothing(b)) b = b->base;
  return a == b || adds_same(a, b);
}
