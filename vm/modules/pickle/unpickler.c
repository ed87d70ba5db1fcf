/* unpickler.c -- the class Unpickler and its memo as programs see it. */
#include "vm/modules/pickle/pickle.h"

typedef struct MemoProxy {
  Object h;
  Unpickler *unpickler;
} MemoProxy;

#define NATIVE_DEF "vm/modules/pickle/unpickler.def"
#define NATIVE_PREFIX unpickler_
#define NATIVE_SELF Unpickler *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/pickle/unpickler_memo.def"
#define NATIVE_PREFIX proxy_
#define NATIVE_SELF MemoProxy *
#include "vm/contracts/native_class.inc"

static void forget(VM *vm, Unpickler *u) {
  u->memo = NULL;
  u->far_memo = NULL;
  u->memo_length = 0;
}

void unpickler_init(VM *vm, Unpickler *u) {
  u->read = u->readline = u->source = u->buffers = VALUE_NONE;
  u->persistent_load = VALUE_MISSING;
  u->view.owner = VALUE_UNBOUND;
  u->fix_imports = true;
  heap_track_destroy(vm, &u->h);
}

/* memo_set_far: a number out of all proportion costs no array of that length. */
static bool memo_set_far(VM *vm, Unpickler *u, uint64_t i, Value v) {
  if (i > INT_IMMEDIATE_MAX) return raise_memory(vm), false;
  if (!u->far_memo) {
    u->far_memo = dict_new(vm);
    if (!u->far_memo) return false;
    heap_barrier_object(vm, u, u->far_memo);
  }
  size_t before = dict_length(u->far_memo);
  if (!dict_set(vm, u->far_memo, value_int_unchecked((int64_t)i), v)) return false;
  u->memo_length += dict_length(u->far_memo) - before;
  return true;
}

bool unpickler_memo_set(VM *vm, Unpickler *u, uint64_t i, Value v) {
  bool in_reach = (u->memo && i < u->memo->capacity) || i < 4 * (u->memo_length + 4096);
  if (!in_reach) return memo_set_far(vm, u, i, v);
  if (!u->memo || i >= u->memo->capacity) {
    size_t old = u->memo ? u->memo->capacity : 0, capacity = i < 16 ? 32 : (size_t)i * 2;
    ValueArray *memo =
        i > SIZE_MAX / 32 ? (raise_memory(vm), NULL) : value_array_grow(vm, u->memo, old, capacity);
    if (!memo) return false;
    for (size_t k = old; k < memo->capacity; k++) memo->items[k] = VALUE_UNBOUND;
    u->memo = memo;
    heap_barrier_object(vm, u, memo);
  }
  if (u->memo->items[i] == VALUE_UNBOUND) u->memo_length++;
  u->memo->items[i] = v;
  heap_barrier(vm, u->memo, v);
  return true;
}

static Value unpickler_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (!value_is_fail(v)) unpickler_init(vm, value_object(v));
  return v;
}

static Value unpickler_op_init(VM *vm, Unpickler *self, const unpickler_op_init_args *a) {
  self->ready = false;
  Value read = find_attribute(vm, a->file, NAME("read")),
        readline = value_is_fail(read) ? read : find_attribute(vm, a->file, NAME("readline"));
  if (value_is_fail(readline)) return readline;
  if (read == VALUE_UNBOUND || readline == VALUE_UNBOUND)
    return raise_type(vm, "file must have 'read' and 'readline' attributes");
  Value buffers = a->buffers == VALUE_NONE ? VALUE_NONE : get_iterator(vm, a->buffers);
  if (value_is_fail(buffers)) return buffers;
  self->read = read, self->readline = readline, self->buffers = buffers;
  self->encoding = a->encoding, self->errors = a->errors;
  heap_barrier_any(vm, self);
  self->fix_imports = a->fix_imports;
  self->in.size = 0;
  self->at = self->end = NULL;
  forget(vm, self);
  self->ready = true;
  return VALUE_NONE;
}

static Value unpickler_load_object(VM *vm, Unpickler *self, const unpickler_load_object_args *a) {
  if (!self->ready)
    return raise_unpickling(vm, "Unpickler.__init__() was not called by %N.__init__()",
                            object_type(self));
  Value own = self->persistent_load;
  if (type_has(object_type(self), TYPE_HEAP)) {
    Value hook = find_attribute(vm, value_from(self), NAME("persistent_load"));
    if (value_is_fail(hook)) return hook;
    self->persistent_load = hook == VALUE_UNBOUND ? VALUE_MISSING : hook;
    heap_barrier(vm, self, hook);
  }
  Value loaded = unpickler_load(vm, self);
  self->persistent_load = own;
  return loaded;
}

static Value unpickler_find_class_method(VM *vm, Unpickler *self,
                                         const unpickler_find_class_method_args *a) {
  if (!value_is_str(a->module_name) || !value_is_str(a->global_name))
    return raise_type(vm, "find_class() arguments must be str");
  return unpickler_find_class(vm, self, value_object(a->module_name), value_object(a->global_name));
}

/* ---- attributes */

static Value copy_memo(VM *vm, Unpickler *u) {
  Dict *copy = u->far_memo ? dict_copy(vm, u->far_memo) : dict_new(vm);
  if (!copy) return VALUE_FAIL;
  for (size_t i = 0; u->memo && i < u->memo->capacity; i++)
    if (u->memo->items[i] != VALUE_UNBOUND &&
        !dict_set(vm, copy, value_int_unchecked((int64_t)i), u->memo->items[i]))
      return VALUE_FAIL;
  return value_from(copy);
}

static Value unpickler_get_memo(VM *vm, Unpickler *self) {
  MemoProxy *proxy = heap_new(vm, SHAPE_OF(pickle_UnpicklerMemo), sizeof *proxy);
  proxy->unpickler = self;
  return value_from(proxy);
}
static bool unpickler_set_memo(VM *vm, Unpickler *self, Value value) {
  if (value == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "attribute deletion is not supported");
  if (value_is(value, pickle_UnpicklerMemo))
    value = copy_memo(vm, ((MemoProxy *)value_object(value))->unpickler);
  if (value_is_fail(value)) return false;
  if (!value_has_flag(value, TYPE_DICT_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError),
                       "'memo' attribute must be an UnpicklerMemoProxy object or dict, not %.200T",
                       value);
  size_t position = 0;
  Value key, item;
  while (dict_next(value_object(value), &position, &key, &item)) {
    if (!value_is_any_int(key))
      return raise_false(vm, TYPE_OF(TypeError), "memo key must be integers");
    if (!value_is_int(key) || value_as_int(key) < 0)
      return raise_false(vm, TYPE_OF(ValueError), "memo key must be positive integers.");
  }
  forget(vm, self);
  position = 0;
  while (dict_next(value_object(value), &position, &key, &item))
    if (!unpickler_memo_set(vm, self, (uint64_t)value_as_int(key), item)) return false;
  return true;
}

static Value unpickler_get_persistent_load(VM *vm, Unpickler *self) {
  return self->persistent_load == VALUE_MISSING
             ? raise_error(vm, TYPE_OF(AttributeError), "persistent_load")
             : self->persistent_load;
}
static bool unpickler_set_persistent_load(VM *vm, Unpickler *self, Value value) {
  if (value == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "attribute deletion is not supported");
  if (!value_is_callable(value))
    return raise_false(vm, TYPE_OF(TypeError),
                       "persistent_load must be a callable taking one argument");
  self->persistent_load = value;
  heap_barrier(vm, self, value);
  return true;
}

static void unpickler_trace(Marker *marker, Object *object) {
  Unpickler *u = (Unpickler *)object;
  mark_values(marker, &u->read, 5);
  mark_object(marker, u->encoding);
  mark_object(marker, u->errors);
  mark_object(marker, u->memo);
  mark_object(marker, u->far_memo);
  mark_object(marker, u->stack);
}
static void unpickler_destroy(VM *vm, Object *object) {
  Unpickler *u = (Unpickler *)object;
  buffer_deinit(&u->in);
  buffer_deinit(&u->marks);
}

const ClassSpec pickle_Unpickler_class = {
    NATIVE_CLASS(unpickler_),
    .basic_size = sizeof(Unpickler),
    .trace = unpickler_trace,
    .destroy = unpickler_destroy,
};

/* ---- the memo */

static Value proxy_clear(VM *vm, MemoProxy *self, const proxy_clear_args *a) {
  forget(vm, self->unpickler);
  return VALUE_NONE;
}
static Value proxy_copy(VM *vm, MemoProxy *self, const proxy_copy_args *a) {
  return copy_memo(vm, self->unpickler);
}
static Value proxy_reduce(VM *vm, MemoProxy *self, const proxy_reduce_args *a) {
  Value copy = copy_memo(vm, self->unpickler);
  if (value_is_fail(copy)) return copy;
  Value arguments = PACK(copy);
  return PACK(value_from(TYPE_OF(dict)), arguments);
}
static void proxy_trace(Marker *marker, Object *object) {
  mark_object(marker, ((MemoProxy *)object)->unpickler);
}

const ClassSpec pickle_UnpicklerMemo_class = {NATIVE_CLASS(proxy_), .basic_size = sizeof(MemoProxy),
                                              .trace = proxy_trace};
