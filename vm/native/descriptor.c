/* descriptor.c -- getset_descriptor (computed attributes of native classes) and member_descriptor
** (slots of __slots__). */
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/native/bind.h"
#include "vm/objects/module.h"

Value getset_descriptor_new(VM *vm, Type *owner, const GetSetSpec *spec) {
  GetSetDescriptor *d = heap_new(vm, SHAPE_OF(getset_descriptor), sizeof *d);
  d->spec = spec;
  d->owner = owner;
  return value_from(d);
}

Value member_descriptor_new(VM *vm, Type *owner, Str *name, uint32_t offset, bool readonly) {
  MemberDescriptor *d = heap_new_zeroed(vm, SHAPE_OF(member_descriptor), sizeof *d);
  d->name = name;
  d->owner = owner;
  d->offset = offset;
  d->readonly = readonly;
  d->doc = VALUE_NONE;
  return value_from(d);
}

static bool check_instance(VM *vm, Value self, Type *owner, const char *name) {
  Type *type = value_type(self);
  if (LIKELY(type == owner) || type_is_subtype(type, owner)) return true;
  return raise_false(vm, TYPE_OF(TypeError),
                     "descriptor '%s' for '%N' objects doesn't apply to a '%N' object", name, owner,
                     type);
}

static Value reduce_getattr(VM *vm, Type *owner, Value name) {
  Value getattr = dict_get_str(vm, module_dict(vm->builtins), NAME("getattr"));
  Value pair = PACK(value_from(owner), name);
  return PACK(getattr, pair);
}

/* ---- getset */

Value getset_get(VM *vm, GetSetDescriptor *d, Value self) {
  if (!check_instance(vm, self, d->owner, d->spec->name)) return VALUE_FAIL;
  if (!d->spec->get)
    return raise_error(vm, TYPE_OF(AttributeError),
                       "attribute '%s' of '%N' objects is not readable", d->spec->name, d->owner);
  return vm_guard_call(vm) ? d->spec->get(vm, self) : VALUE_FAIL;
}
bool getset_set(VM *vm, GetSetDescriptor *d, Value self, Value v) {
  if (!check_instance(vm, self, d->owner, d->spec->name)) return false;
  if (!d->spec->set)
    return raise_false(vm, TYPE_OF(AttributeError),
                       "attribute '%s' of '%N' objects is not writable", d->spec->name, d->owner);
  return d->spec->set(vm, self, v);
}

#define NATIVE_DEF "vm/native/getset_descriptor.def"
#define NATIVE_PREFIX getset_
#define NATIVE_SELF GetSetDescriptor *
#include "vm/contracts/native_class.inc"

static Value getset_op_get(VM *vm, GetSetDescriptor *d, const getset_op_get_args *a) {
  if (a->instance == VALUE_NONE && d->owner != TYPE_OF(NoneType)) return value_from(d);
  return getset_get(vm, d, a->instance);
}
static Value getset_op_set(VM *vm, GetSetDescriptor *d, const getset_op_set_args *a) {
  return value_none_if(getset_set(vm, d, a->instance, a->value));
}
static Value getset_op_delete(VM *vm, GetSetDescriptor *d, const getset_op_delete_args *a) {
  return value_none_if(getset_set(vm, d, a->instance, VALUE_MISSING));
}
static Value getset_op_repr(VM *vm, GetSetDescriptor *d, const getset_op_repr_args *a) {
  return value_of(str_format(vm, "<attribute '%s' of '%N' objects>", d->spec->name, d->owner));
}
static Value getset_get_name(VM *vm, GetSetDescriptor *d) {
  return value_of(str_intern_cstr(vm, d->spec->name));
}
static Value getset_reduce(VM *vm, GetSetDescriptor *d, const getset_reduce_args *a) {
  return reduce_getattr(vm, d->owner, getset_get_name(vm, d));
}
static Value getset_get_qualname(VM *vm, GetSetDescriptor *d) {
  return value_of(str_format(vm, "%U.%s", d->owner->qualname, d->spec->name));
}
static Value getset_get_doc(VM *vm, GetSetDescriptor *d) {
  return d->spec->doc ? value_of(str_new_cstr(vm, d->spec->doc)) : VALUE_NONE;
}
static Value getset_get_objclass(VM *vm, GetSetDescriptor *d) { return value_from(d->owner); }
static void trace_getset(Marker *marker, Object *self) {
  mark_object(marker, ((GetSetDescriptor *)self)->owner);
}

const ClassSpec getset_descriptor_class = {
    NATIVE_CLASS(getset_),
    .basic_size = sizeof(GetSetDescriptor),
    .trace = trace_getset,
};

/* ---- member */

static bool member_check(VM *vm, MemberDescriptor *d, Value self) {
  Type *type = value_type(self);
  if (LIKELY(type == d->owner) || type_is_subtype(type, d->owner)) return true;
  return raise_false(vm, TYPE_OF(TypeError),
                     "descriptor '%U' for '%N' objects doesn't apply to a '%N' object", d->name,
                     d->owner, type);
}
static Value *member_place(MemberDescriptor *d, Value self) {
  Object *object = value_object(self);
  return (Value *)((char *)object + (d->offset ? d->offset : heap_cell_size(object) - d->from_end));
}

Value member_get(VM *vm, MemberDescriptor *d, Value self) {
  if (!member_check(vm, d, self)) return VALUE_FAIL;
  return d->getset ? d->getset->get(vm, self) : *member_place(d, self);
}
bool member_set(VM *vm, MemberDescriptor *d, Value self, Value v) {
  if (!member_check(vm, d, self)) return false;
  if (d->readonly || d->getset)
    return raise_false(vm, TYPE_OF(AttributeError), "readonly attribute");
  Value *place = member_place(d, self);
  if (v == VALUE_MISSING) {
    if (*place == VALUE_UNBOUND) return raise_false(vm, TYPE_OF(AttributeError), "%U", d->name);
    v = VALUE_UNBOUND;
  }
  *place = v;
  heap_barrier(vm, value_object(self), v);
  return true;
}

#define NATIVE_DEF "vm/native/member_descriptor.def"
#define NATIVE_PREFIX member_
#define NATIVE_SELF MemberDescriptor *
#include "vm/contracts/native_class.inc"

static Value member_op_get(VM *vm, MemberDescriptor *d, const member_op_get_args *a) {
  if (a->instance == VALUE_NONE) return value_from(d);
  Value v = member_get(vm, d, a->instance);
  return v == VALUE_UNBOUND ? raise_attribute(vm, a->instance, d->name) : v;
}
static Value member_op_set(VM *vm, MemberDescriptor *d, const member_op_set_args *a) {
  return value_none_if(member_set(vm, d, a->instance, a->value));
}
static Value member_op_delete(VM *vm, MemberDescriptor *d, const member_op_delete_args *a) {
  return value_none_if(member_set(vm, d, a->instance, VALUE_MISSING));
}
static Value member_op_repr(VM *vm, MemberDescriptor *d, const member_op_repr_args *a) {
  return value_of(str_format(vm, "<member '%U' of '%N' objects>", d->name, d->owner));
}
static Value member_reduce(VM *vm, MemberDescriptor *d, const member_reduce_args *a) {
  return reduce_getattr(vm, d->owner, value_from(d->name));
}
static Value member_get_name(VM *vm, MemberDescriptor *d) { return value_from(d->name); }
static Value member_get_qualname(VM *vm, MemberDescriptor *d) {
  return value_of(str_format(vm, "%U.%U", d->owner->qualname, d->name));
}
static Value member_get_doc(VM *vm, MemberDescriptor *d) {
  return d->owner->fields ? struct_sequence_doc(vm, d->owner, d->name) : d->doc;
}
static Value member_get_objclass(VM *vm, MemberDescriptor *d) { return value_from(d->owner); }
static void trace_member(Marker *marker, Object *self) {
  MemberDescriptor *d = (MemberDescriptor *)self;
  mark_object(marker, d->owner);
  mark_object(marker, d->name);
  mark_value(marker, d->doc);
}

const ClassSpec member_descriptor_class = {
    NATIVE_CLASS(member_),
    .basic_size = sizeof(MemberDescriptor),
    .trace = trace_member,
};
