/* super.c -- super(): attributes looked up behind a class in an object's MRO. */
#include "vm/contracts/frames.h"
#include "vm/contracts/type_internal.h"
#include "vm/objects/code.h"
#include "vm/objects/super.h"
#include "vm/objects/tuple.h"

Value *super_lookup(VM *vm, Value self, Str *name, Value *instance, Type **owner) {
  const Super *s = value_object(self);
  if (!s->self_type || name == NAME("__class__")) return NULL;
  *instance = super_of_class(s) ? VALUE_UNBOUND : s->self;
  *owner = s->self_type;
  const Tuple *mro = s->self_type->mro; /* NULL: the class is being made */
  size_t n = mro ? tuple_length(mro) : 0, i = 0;
  while (i < n && value_object(mro->items[i]) != s->type) i++;
  for (i++; i < n; i++) {
    Value *slot = dict_find_slot(vm, ((Type *)value_object(mro->items[i]))->attrs, name);
    if (slot) return slot;
  }
  return NULL;
}

/* check: the type whose MRO is searched for super(type, object). NULL: TypeError. */
static Type *check(VM *vm, Type *type, Value object) {
  if (value_is_type(object) && type_is_subtype(value_object(object), type))
    return value_object(object);
  Type *own = value_type(object);
  if (type_is_subtype(own, type)) return own;
  Value cls = find_attribute(vm, object, NAME("__class__")); /* proxies */
  if (cls == VALUE_FAIL) error_clear(vm);
  else if (cls != VALUE_UNBOUND && value_is_type(cls) && type_is_subtype(value_object(cls), type))
    return value_object(cls);
  return raise_type(vm, "super(type, obj): obj must be an instance or subtype of type"), NULL;
}

/* ---- super() without arguments: __class__ and the first argument of the running function */

static int find_class_cell(const Code *code) {
  for (uint32_t i = 0; i < code->fn.free_count; i++) {
    ImageString name = image_string(code->fn.image, function_free(&code->fn, i));
    if (name.size == 9 && memcmp(name.bytes, "__class__", 9) == 0) return (int)i;
  }
  return -1;
}

/* is the first parameter shared with inner functions? */
static bool first_is_cell(const Code *code) {
  for (uint32_t i = 0; i < code->fn.cell_count; i++)
    if (function_cell_register(&code->fn, i) == 0) return true;
  return false;
}

static bool class_from_frame(VM *vm, Type **type, Value *self) {
  const Function *function = running_function(vm);
  if (!function) return raise_false(vm, TYPE_OF(RuntimeError), "super(): no current frame");
  const Code *code = function->code;
  if (code->fn.argcount == 0)
    return raise_false(vm, TYPE_OF(RuntimeError), "super(): no arguments");
  Value first = vm->base[0];
  if (first_is_cell(code) && value_is(first, cell)) first = ((Cell *)value_object(first))->value;
  if (first == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(RuntimeError), "super(): arg[0] deleted");
  int i = find_class_cell(code);
  if (i < 0 || !function->closure)
    return raise_false(vm, TYPE_OF(RuntimeError), "super(): __class__ cell not found");
  Value cls = ((Cell *)value_object(function->closure->items[i]))->value;
  if (cls == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(RuntimeError), "super(): empty __class__ cell");
  if (!value_is_type(cls))
    return raise_false(vm, TYPE_OF(RuntimeError), "super(): __class__ is not a type (%T)", cls);
  *type = value_object(cls);
  *self = first;
  return true;
}

static bool set_up(VM *vm, Super *s, const Value *args, int npos) {
  Type *type;
  Value self = VALUE_NONE;
  if (npos == 0) {
    if (!class_from_frame(vm, &type, &self)) return false;
  } else {
    if (!value_is_type(args[0]))
      return raise_false(vm, TYPE_OF(TypeError), "super() argument 1 must be a type, not %T",
                         args[0]);
    type = value_object(args[0]);
    if (npos > 1) self = args[1];
  }
  Type *self_type = self == VALUE_NONE ? NULL : check(vm, type, self);
  if (self != VALUE_NONE && !self_type) return false;
  s->type = type;
  s->self = self;
  s->self_type = self_type;
  heap_barrier_any(vm, s);
  return true;
}

#define NATIVE_DEF "vm/objects/super.def"
#define NATIVE_PREFIX super_
#define NATIVE_SELF Super *
#include "vm/contracts/native_class.inc"

static Value super_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames && tuple_length(kwnames)) return raise_type(vm, "super() takes no keyword arguments");
  if (npos > 2) return raise_type(vm, "super() expected at most 2 arguments, got %d", npos);
  return value_none_if(set_up(vm, value_object(self), args, npos));
}
static Value super_op_getattribute(VM *vm, Super *s, const super_op_getattribute_args *a) {
  Str *name = attribute_name(vm, a->name);
  return name ? get_attribute_by(vm, ATTR_OF_SUPER, value_from(s), name) : VALUE_FAIL;
}
/* super_get_thisclass: None before __init__ ran. */
static Value super_get_thisclass(VM *vm, Super *s) {
  return s->type ? value_from(s->type) : VALUE_NONE;
}
static Value super_op_get(VM *vm, Super *s, const super_op_get_args *a) {
  if (a->instance == VALUE_NONE || s->self_type) return value_from(s);
  Value start = super_get_thisclass(vm, s);
  if (object_type(s) != TYPE_OF(super))
    return call2(vm, value_from(object_type(s)), start, a->instance);
  Super *bound = heap_new_zeroed(vm, SHAPE_OF(super), sizeof *bound);
  return set_up(vm, bound, (const Value[]){start, a->instance}, 2) ? value_from(bound) : VALUE_FAIL;
}
static Value super_op_repr(VM *vm, Super *s, const super_op_repr_args *a) {
  Str *name = s->type ? s->type->name : str_new_cstr(vm, "NULL");
  if (s->self_type)
    return value_of(str_format(vm, "<super: <class '%U'>, <%N object>>", name, s->self_type));
  return value_of(str_format(vm, "<super: <class '%U'>, NULL>", name));
}
static Value super_get_self(VM *vm, Super *s) { return s->self_type ? s->self : VALUE_NONE; }
static Value super_get_selfclass(VM *vm, Super *s) {
  return s->self_type ? value_from(s->self_type) : VALUE_NONE;
}

static void trace_super(Marker *marker, Object *self) {
  Super *s = (Super *)self;
  mark_object(marker, s->type);
  mark_object(marker, s->self_type);
  mark_value(marker, s->self);
}
static Value super_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  ((Super *)value_object(v))->self = VALUE_NONE;
  return v;
}

const ClassSpec super_class = {NATIVE_CLASS(super_), .basic_size = sizeof(Super),
                               .trace = trace_super};
