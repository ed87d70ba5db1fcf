/* thread_local.c -- _thread._local: an object whose attributes are each thread's own.
**
** Each thread has a dict from the address of a local object to that object's attributes. On every
** access the thread's attributes are put in place as the object's dictionary, and the generic code
** does the rest. */
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/modules/thread/thread.h"
#include "vm/objects/dict.h"
#include "vm/objects/tuple.h"

typedef struct Local {
  Object h;
  Object *extra; /* [gc] attributes of the thread that used it last */
  Tuple *args;   /* [gc] of the constructor, for __init__ in each thread */
  Dict *kwargs;  /* [gc] or NULL */
} Local;

#define NATIVE_DEF "vm/modules/thread/thread_local.def"
#define NATIVE_PREFIX local_
#define NATIVE_SELF Local *
#include "vm/contracts/native_class.inc"

static Value key_of(VM *vm, const Local *local) { return value_int(vm, (int64_t)(uintptr_t)local); }

/* The current thread's attributes, new when it has none; *made tells. NULL: raised. */
static Dict *find_attributes(VM *vm, Local *self, bool *made) {
  Thread *thread = vm->thread;
  *made = false;
  if (!thread->locals) thread->locals = dict_new(vm);
  Value found = dict_get(vm, thread->locals, key_of(vm, self));
  if (found == VALUE_FAIL) return NULL;
  if (found != VALUE_UNBOUND) return value_object(found);
  Dict *attributes = dict_new(vm);
  *made = true;
  return dict_set(vm, thread->locals, key_of(vm, self), value_from(attributes)) ? attributes : NULL;
}

static bool call_init(VM *vm, Local *self) {
  Value init = value_special(value_from(self), SPECIAL_init);
  if (init == TYPE_OF(object)->specials[SPECIAL_init]) return true;
  Value bound = descriptor_get(vm, init, value_from(self), object_type(self));
  return bound != VALUE_FAIL && call_tuple_dict(vm, bound, self->args, self->kwargs) != VALUE_FAIL;
}

static bool prepare(VM *vm, Local *self) {
  bool made;
  Dict *attributes = find_attributes(vm, self, &made);
  if (!attributes) return false;
  if (self->extra != (Object *)attributes) instance_set_dict(vm, &self->h, attributes);
  if (!made) return true;
  if (!call_init(vm, self)) {
    dict_forget_int(vm, vm->thread->locals, key_of(vm, self));
    return false;
  }
  instance_set_dict(vm, &self->h, attributes);
  return true;
}

static bool is_dict_name(VM *vm, Str *name) { return str_equal_cstr(name, "__dict__"); }

static Value local_op_getattribute(VM *vm, Local *self, const local_op_getattribute_args *a) {
  if (!prepare(vm, self)) return VALUE_FAIL;
  if (is_dict_name(vm, a->name)) return value_from(self->extra);
  return object_get_attribute(vm, value_from(self), a->name);
}

static Value set(VM *vm, Local *self, Str *name, Value v) {
  if (is_dict_name(vm, name))
    return raise_error(vm, TYPE_OF(AttributeError), "'%T' object attribute '__dict__' is read-only",
                       value_from(self));
  return value_none_if(prepare(vm, self) && object_set_attribute(vm, value_from(self), name, v));
}
static Value local_op_setattr(VM *vm, Local *self, const local_op_setattr_args *a) {
  return set(vm, self, a->name, a->value);
}
static Value local_op_delattr(VM *vm, Local *self, const local_op_delattr_args *a) {
  return set(vm, self, a->name, VALUE_MISSING);
}

static Value local_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  size_t keywords = kwnames ? tuple_length(kwnames) : 0;
  if ((npos || keywords) && cls->specials[SPECIAL_init] == TYPE_OF(object)->specials[SPECIAL_init])
    return raise_type(vm, "Initialization arguments are not supported");
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Local *self = value_object(v);
  heap_track_destroy(vm, &self->h);
  self->args = tuple_from_values(vm, args, (size_t)npos);
  heap_barrier_any(vm, self);
  if (keywords) {
    Dict *kwargs = dict_new(vm);
    for (size_t i = 0; i < keywords; i++)
      if (!dict_set(vm, kwargs, kwnames->items[i], args[npos + (int)i])) return VALUE_FAIL;
    self->kwargs = kwargs;
    heap_barrier_any(vm, self);
  }
  bool made;
  /* __init__ runs for this thread after __new__ anyway */
  Dict *attributes = find_attributes(vm, self, &made);
  if (!attributes) return VALUE_FAIL;
  instance_set_dict(vm, &self->h, attributes);
  return v;
}

/* A dead object's address may be used again: its attributes go from every thread. Removing an int
** key runs nothing. */
static void local_destroy(VM *vm, Object *object) { thread_forget_local(vm, (uintptr_t)object); }

static void local_trace(Marker *marker, Object *object) {
  mark_object(marker, ((Local *)object)->args);
  mark_object(marker, ((Local *)object)->kwargs);
}

const ClassSpec thread_local_class = {
    NATIVE_CLASS(local_),
    .basic_size = sizeof(Local),
    .trace = local_trace,
    .destroy = local_destroy,
};
