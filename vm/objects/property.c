/* property.c -- property.
**
** Law: get, set, del are VALUE_NONE when absent. A subclass's instance keeps its docstring in its
** __dict__, so that it hides the class's own.
*/
#include "vm/objects/property.h"
#include "vm/contracts/type_internal.h"
#include "vm/objects/function.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/objects/property.def"
#define NATIVE_PREFIX property_
#define NATIVE_SELF Property *
#include "vm/contracts/native_class.inc"

/* name: from __set_name__, or NONE */
typedef struct NamedProperty {
  Property p;
  Value name;
} NamedProperty;

static Value own_name(Property *p) { return ((NamedProperty *)p)->name; }

static COLD Value refuse(VM *vm, Property *p, Value object, const char *what) {
  if (own_name(p) != VALUE_NONE)
    return raise_error(vm, TYPE_OF(AttributeError), "property %R of '%U' object has no %s",
                       own_name(p), value_type(object)->qualname, what);
  return raise_error(vm, TYPE_OF(AttributeError), "property of '%U' object has no %s",
                     value_type(object)->qualname, what);
}

Value property_no_getter(VM *vm, Property *p, Value object) {
  return refuse(vm, p, object, "getter");
}

bool property_set(VM *vm, Value property, Value object, Value v) {
  Property *p = value_object(property);
  Value function = v == VALUE_MISSING ? p->del : p->set;
  if (function == VALUE_NONE)
    return refuse(vm, p, object, v == VALUE_MISSING ? "deleter" : "setter"), false;
  return (v == VALUE_MISSING ? call1(vm, function, object) : call2(vm, function, object, v)) !=
         VALUE_FAIL;
}

static Value property_op_get(VM *vm, Property *p, const property_op_get_args *a) {
  if (a->instance == VALUE_NONE) return value_from(p);
  return p->get == VALUE_NONE ? property_no_getter(vm, p, a->instance)
                              : call1(vm, p->get, a->instance);
}
static Value property_op_set(VM *vm, Property *p, const property_op_set_args *a) {
  return value_none_if(property_set(vm, value_from(p), a->instance, a->value));
}
static Value property_op_delete(VM *vm, Property *p, const property_op_delete_args *a) {
  return value_none_if(property_set(vm, value_from(p), a->instance, VALUE_MISSING));
}

static Value property_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Property *p = value_object(v);
  p->get = p->set = p->del = p->doc = ((NamedProperty *)p)->name = VALUE_NONE;
  return v;
}

static Value property_op_init(VM *vm, Property *p, const property_op_init_args *a) {
  if (p->get != VALUE_NONE) type_renew_all_keys(vm); /* attribute sites know the getter */
  p->get = a->fget;
  p->set = a->fset;
  p->del = a->fdel;
  p->doc = a->doc;
  p->getter_doc = false;
  heap_barrier_any(vm, p);
  if (a->doc == VALUE_NONE && a->fget != VALUE_NONE) {
    Value doc = find_attribute(vm, a->fget, NAME("__doc__"));
    if (doc == VALUE_FAIL) return VALUE_FAIL;
    if (doc == VALUE_UNBOUND || doc == VALUE_NONE) return VALUE_NONE;
    p->getter_doc = true;
    p->doc = doc;
    heap_barrier(vm, p, doc);
  }
  if (p->h.shape != SHAPE_OF(property) && p->doc != VALUE_NONE)
    return value_none_if(object_set_attribute(vm, value_from(p), NAME("__doc__"), p->doc));
  return VALUE_NONE;
}

static Value copy(VM *vm, Property *p, Value get, Value set, Value del) {
  /* the getter's, once more */
  Value doc = p->getter_doc && get != VALUE_NONE ? VALUE_NONE : p->doc;
  Value made =
      call_values(vm, value_from(object_type(p)), (const Value[]){get, set, del, doc}, 4, NULL);
  if (made != VALUE_FAIL && value_has_shape(made, p->h.shape)) {
    ((NamedProperty *)value_object(made))->name = own_name(p);
    heap_barrier(vm, value_object(made), own_name(p));
  }
  return made;
}
static Value property_getter(VM *vm, Property *p, const property_getter_args *a) {
  return copy(vm, p, a->function == VALUE_NONE ? p->get : a->function, p->set, p->del);
}
static Value property_setter(VM *vm, Property *p, const property_setter_args *a) {
  return copy(vm, p, p->get, a->function == VALUE_NONE ? p->set : a->function, p->del);
}
static Value property_deleter(VM *vm, Property *p, const property_deleter_args *a) {
  return copy(vm, p, p->get, p->set, a->function == VALUE_NONE ? p->del : a->function);
}
static Value property_set_name(VM *vm, Property *p, const property_set_name_args *a) {
  if (tuple_length(a->args) != 2)
    return raise_type(vm, "__set_name__() takes 2 positional arguments but %zu were given",
                      tuple_length(a->args));
  ((NamedProperty *)p)->name = a->args->items[1];
  heap_barrier(vm, p, a->args->items[1]);
  return VALUE_NONE;
}
static Value property_get_doc(VM *vm, Property *p) { return p->doc; }
static bool property_set_doc(VM *vm, Property *p, Value v) {
  p->doc = v == VALUE_MISSING ? VALUE_NONE : v;
  heap_barrier(vm, p, p->doc);
  return true;
}

/* is_abstract: v.__isabstractmethod__ as a truth: 1, 0, -1 raised. */
Answer is_abstract_method(VM *vm, Value v) {
  if (v == VALUE_NONE || v == VALUE_UNBOUND) return ANSWER_NO;
  Value flag = find_attribute(vm, v, NAME("__isabstractmethod__"));
  return flag == VALUE_FAIL      ? ANSWER_FAILED
         : flag == VALUE_UNBOUND ? ANSWER_NO
                                 : value_truth(vm, flag);
}
static Value property_get_abstract(VM *vm, Property *p) {
  Value parts[] = {p->get, p->set, p->del};
  for (int i = 0; i < 3; i++) {
    Answer abstract = is_abstract_method(vm, parts[i]);
    if (abstract) return abstract == ANSWER_FAILED ? VALUE_FAIL : VALUE_TRUE;
  }
  return VALUE_FALSE;
}

static void trace_property(Marker *marker, Object *self) {
  Property *p = (Property *)self;
  mark_value(marker, p->get);
  mark_value(marker, p->set);
  mark_value(marker, p->del);
  mark_value(marker, p->doc);
  mark_value(marker, own_name(p));
}

const ClassSpec property_class = {
    NATIVE_CLASS(property_),
    .basic_size = sizeof(NamedProperty),
    .trace = trace_property,
};
