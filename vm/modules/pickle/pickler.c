/* pickler.c -- the class Pickler and its memo as programs see it. */
#include <stdlib.h>

#include "vm/modules/pickle/pickle.h"
#include "vm/native/bind.h"
#include "vm/objects/object.h"

typedef struct MemoProxy {
  Object h;
  Pickler *pickler;
} MemoProxy;

#define NATIVE_DEF "vm/modules/pickle/pickler.def"
#define NATIVE_PREFIX pickler_
#define NATIVE_SELF Pickler *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/pickle/pickler_memo.def"
#define NATIVE_PREFIX proxy_
#define NATIVE_SELF MemoProxy *
#include "vm/contracts/native_class.inc"

void pickler_forget(VM *vm, Pickler *p) {
  free(p->memo);
  p->memo = NULL;
  p->memo_count = 0;
  p->kept = list_new(vm, 0);
  heap_barrier_object(vm, p, p->kept);
}

void pickler_init(VM *vm, Pickler *p) {
  p->write = p->buffer_callback = VALUE_NONE;
  p->persistent_id = p->dispatch_table = p->reducer_override = VALUE_MISSING;
  p->frame_start = -1;
  p->protocol = PICKLE_PROTOCOL_DEFAULT;
  heap_track_destroy(vm, &p->h);
  pickler_forget(vm, p);
}

bool pickler_set_protocol(VM *vm, Pickler *p, Value protocol, bool fix_imports,
                          Value buffer_callback) {
  int64_t n = PICKLE_PROTOCOL_DEFAULT;
  if (protocol != VALUE_NONE && !value_index64(vm, protocol, &n, false)) return false;
  if (n < 0) n = PICKLE_PROTOCOL_MAX;
  if (n > PICKLE_PROTOCOL_MAX)
    return raise_false(vm, TYPE_OF(ValueError), "pickle protocol must be <= %d",
                       PICKLE_PROTOCOL_MAX);
  if (buffer_callback != VALUE_NONE && n < 5)
    return raise_false(vm, TYPE_OF(ValueError), "buffer_callback needs protocol >= 5");
  p->protocol = (int)n;
  p->fix_imports = fix_imports && n < 3;
  p->buffer_callback = buffer_callback;
  heap_barrier(vm, p, buffer_callback);
  return true;
}

static Value pickler_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (!value_is_fail(v)) pickler_init(vm, value_object(v));
  return v;
}

static Value pickler_op_init(VM *vm, Pickler *self, const pickler_op_init_args *a) {
  self->ready = false;
  if (!pickler_set_protocol(vm, self, a->protocol, a->fix_imports, a->buffer_callback))
    return VALUE_FAIL;
  Value write = find_attribute(vm, a->file, NAME("write"));
  if (write == VALUE_UNBOUND) return raise_type(vm, "file must have a 'write' attribute");
  if (value_is_fail(write)) return write;
  self->write = write;
  heap_barrier(vm, self, write);
  pickler_forget(vm, self);
  self->fast = false;
  self->ready = true;
  return VALUE_NONE;
}

/* Hooks that a subclass or its instance may define are looked up at every dump. */
static bool find_hook(VM *vm, Pickler *p, Str *name, Value *slot) {
  Value hook = find_attribute(vm, value_from(p), name);
  if (value_is_fail(hook)) return false;
  *slot = hook == VALUE_UNBOUND ? VALUE_MISSING : hook;
  heap_barrier(vm, p, *slot);
  return true;
}

static Value pickler_dump_object(VM *vm, Pickler *self, const pickler_dump_object_args *a) {
  if (!self->ready)
    return raise_pickling(vm, "Pickler.__init__() was not called by %N.__init__()",
                          object_type(self));
  Value own_id = self->persistent_id, own_table = self->dispatch_table;
  bool fine = true;
  if (type_has(object_type(self), TYPE_HEAP))
    fine = find_hook(vm, self, NAME("persistent_id"), &self->persistent_id) &&
           find_hook(vm, self, NAME("dispatch_table"), &self->dispatch_table) &&
           find_hook(vm, self, NAME("reducer_override"), &self->reducer_override);
  fine = fine && pickler_dump(vm, self, a->obj);
  self->persistent_id = own_id, self->dispatch_table = own_table,
  self->reducer_override = VALUE_MISSING;
  return value_none_if(fine);
}

static Value pickler_clear_memo(VM *vm, Pickler *self, const pickler_clear_memo_args *a) {
  pickler_forget(vm, self);
  return VALUE_NONE;
}

/* ---- attributes */

static Value copy_memo(VM *vm, Pickler *p) {
  Dict *copy = dict_new(vm);
  for (size_t i = 0; i < list_length(p->kept); i++) {
    Value object = list_items(p->kept)[i],
          pair = PACK(value_int_unchecked(pickle_memo_find(p, object)), object);
    if (!dict_set(vm, copy, value_int(vm, (int64_t)value_identity(object)), pair))
      return VALUE_FAIL;
  }
  return value_from(copy);
}

static Value pickler_get_memo(VM *vm, Pickler *self) {
  MemoProxy *proxy = heap_new(vm, SHAPE_OF(pickle_PicklerMemo), sizeof *proxy);
  proxy->pickler = self;
  return value_from(proxy);
}
static bool pickler_set_memo(VM *vm, Pickler *self, Value value) {
  if (value == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "attribute deletion is not supported");
  int64_t next = 0;
  if (value_is(value, pickle_PicklerMemo)) {
    Pickler *other = ((MemoProxy *)value_object(value))->pickler;
    next = other->memo_count; /* it may be over the numbers that objects have */
    value = copy_memo(vm, other);
    if (value_is_fail(value)) return false;
  }
  if (!value_has_flag(value, TYPE_DICT_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError),
                       "'memo' attribute must be a PicklerMemoProxy object or dict, not %.200T",
                       value);
  size_t position = 0;
  Value key, pair;
  while (dict_next(value_object(value), &position, &key, &pair)) {
    if (!value_has_flag(pair, TYPE_TUPLE_SUBCLASS) || tuple_length(value_object(pair)) != 2)
      return raise_false(vm, TYPE_OF(TypeError), "'memo' values must be 2-item tuples");
    if (!value_is_int(((Tuple *)value_object(pair))->items[0]))
      return raise_false(vm, TYPE_OF(TypeError), "an integer is required");
  }
  pickler_forget(vm, self);
  position = 0;
  while (dict_next(value_object(value), &position, &key, &pair)) {
    const Tuple *both = value_object(pair);
    int64_t number = value_as_int(both->items[0]);
    if (!pickle_memo_put(vm, self, both->items[1], number)) return false;
    if (!list_append_value(vm, self->kept, both->items[1])) return false;
    if (number >= next) next = number + 1;
  }
  self->memo_count = next;
  return true;
}

static Value hook_value(VM *vm, Value hook, const char *name) {
  return hook == VALUE_MISSING ? raise_error(vm, TYPE_OF(AttributeError), "%s", name) : hook;
}
static Value pickler_get_persistent_id(VM *vm, Pickler *self) {
  return hook_value(vm, self->persistent_id, "persistent_id");
}
static bool pickler_set_persistent_id(VM *vm, Pickler *self, Value value) {
  if (value == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "attribute deletion is not supported");
  if (!value_is_callable(value))
    return raise_false(vm, TYPE_OF(TypeError),
                       "persistent_id must be a callable taking one argument");
  self->persistent_id = value;
  heap_barrier(vm, self, value);
  return true;
}
static Value pickler_get_dispatch_table(VM *vm, Pickler *self) {
  return hook_value(vm, self->dispatch_table, "dispatch_table");
}
static bool pickler_set_dispatch_table(VM *vm, Pickler *self, Value value) {
  self->dispatch_table = value;
  heap_barrier(vm, self, value);
  return true;
}
static Value pickler_get_fast(VM *vm, Pickler *self) { return value_int_unchecked(self->fast); }
static bool pickler_set_fast(VM *vm, Pickler *self, Value value) {
  Answer truth = value == VALUE_MISSING ? ANSWER_NO : value_truth(vm, value);
  self->fast = truth == ANSWER_YES;
  return truth >= 0;
}
static Value pickler_get_bin(VM *vm, Pickler *self) {
  return value_int_unchecked(self->protocol >= 1);
}
/* the protocol says it */
static bool pickler_set_bin(VM *vm, Pickler *self, Value value) { return true; }

static void pickler_trace(Marker *marker, Object *object) {
  Pickler *p = (Pickler *)object;
  mark_values(marker, &p->write, 5);
  mark_object(marker, p->kept);
}
static void pickler_destroy(VM *vm, Object *object) {
  buffer_deinit(&((Pickler *)object)->out);
  free(((Pickler *)object)->memo);
}

const ClassSpec pickle_Pickler_class = {
    NATIVE_CLASS(pickler_),
    .basic_size = sizeof(Pickler),
    .trace = pickler_trace,
    .destroy = pickler_destroy,
};

/* ---- the memo */

static Value proxy_clear(VM *vm, MemoProxy *self, const proxy_clear_args *a) {
  pickler_forget(vm, self->pickler);
  return VALUE_NONE;
}
static Value proxy_copy(VM *vm, MemoProxy *self, const proxy_copy_args *a) {
  return copy_memo(vm, self->pickler);
}
static Value proxy_reduce(VM *vm, MemoProxy *self, const proxy_reduce_args *a) {
  Value copy = copy_memo(vm, self->pickler);
  if (value_is_fail(copy)) return copy;
  Value arguments = PACK(copy);
  return PACK(value_from(TYPE_OF(dict)), arguments);
}
static void proxy_trace(Marker *marker, Object *object) {
  mark_object(marker, ((MemoProxy *)object)->pickler);
}

const ClassSpec pickle_PicklerMemo_class = {NATIVE_CLASS(proxy_), .basic_size = sizeof(MemoProxy),
                                            .trace = proxy_trace};
