/* instance.c -- the attributes that an instance has of its own: slots in the object, overflow
** array, dictionary.
**
** Law: with SHAPE_SLOTS, slot i is inline at type->slots_offset + 8 i while i <
** shape->inline_capacity, else item i - inline_capacity of the ValueArray at `extra`. With
** SHAPE_DICT everything is in the Dict at `extra`. An object never goes back from a dictionary to
** slots. */
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/memory/heap.h"
#include "vm/objects/dict.h"
#include "vm/shapes/shape.h"

#define INLINE_MAX 40 /* inline slots that a class learns at most */

/* Names of attributes are compared by address. */
static Str *interned(VM *vm, Str *name) {
  return LIKELY(name->h.bits & STR_INTERNED) ? name : str_intern(vm, name);
}

static ALWAYS_INLINE Value *slot_address(Object *object, const Shape *shape, unsigned slot) {
  if (slot < shape->inline_capacity)
    return (Value *)((char *)object + shape->type->slots_offset) + slot;
  ValueArray *overflow = (ValueArray *)*object_extra_address(object);
  assert(overflow->header.shape == SHAPE_OF(value_array));
  assert(slot - shape->inline_capacity < overflow->capacity);
  return &overflow->items[slot - shape->inline_capacity];
}

/* The cell that holds the slot: the owner for the write barrier. */
static void store_slot(VM *vm, Object *object, const Shape *shape, unsigned slot, Value v) {
  *slot_address(object, shape, slot) = v;
  if (slot < shape->inline_capacity) heap_barrier(vm, object, v);
  else heap_barrier(vm, *object_extra_address(object), v);
}

static Dict *dict_of(VM *vm, Object *object) {
  assert(object_shape(object)->kind == SHAPE_DICT);
  Object **extra = object_extra_address(object);
  if (!*extra) {
    Dict *dict = dict_new(vm);
    *extra = (Object *)dict;
    heap_barrier_object(vm, object, dict);
  }
  return (Dict *)*extra;
}

Dict *instance_dict(VM *vm, Object *object) {
  const Shape *shape = object_shape(object);
  if (shape->kind == SHAPE_NONE) return NULL;
  if (shape->kind == SHAPE_DICT) return dict_of(vm, object);
  Dict *dict = dict_new_sized(vm, shape->slot_count);
  if (!dict) return NULL;
  const Shape *path[256]; /* from the last slot to the first */
  for (const Shape *at = shape; at->name; at = at->parent) path[at->slot_count - 1] = at;
  for (unsigned i = 0; i < shape->slot_count; i++) {
    Value v = *slot_address(object, shape, i);
    if (v != VALUE_UNBOUND && !dict_set_str(vm, dict, path[i]->name, v)) return NULL;
  }
  instance_set_dict(vm, object, dict);
  return dict;
}

void instance_set_dict(VM *vm, Object *object, Dict *dict) {
  assert(type_has(object_type(object), TYPE_HAS_DICT));
  *object_extra_address(object) = (Object *)dict;
  heap_barrier_object(vm, object, dict);
  object->shape = shape_address(shape_dict_of(vm, object_type(object)));
}

Value *instance_find(VM *vm, Object *object, Str *name, uint32_t *number) {
  const Shape *shape = object_shape(object);
  if (shape->kind == SHAPE_SLOTS) {
    int slot = shape_find(shape, interned(vm, name));
    if (slot < 0) return NULL;
    *number = (uint32_t)slot;
    return slot_address(object, shape, (unsigned)slot);
  }
  if (shape->kind == SHAPE_NONE) return NULL;
  Object *dict = *object_extra_address(object);
  return dict ? dict_find_slot(vm, (Dict *)dict, name) : NULL;
}

/* An instance has outgrown its inline slots. The second one to do so gives the class a root shape
** with more of them. */
static void learn_capacity(VM *vm, Type *type, const Shape *shape) {
  unsigned capacity = shape->inline_capacity, learned = type->learned_slots;
  bool again = shape->slot_count == capacity && learned > capacity;
  if (again && type->shape->inline_capacity == capacity && type->shape->kind == SHAPE_SLOTS &&
      capacity < INLINE_MAX) {
    if (learned > INLINE_MAX) learned = INLINE_MAX;
    if (learned < capacity + capacity / 4) learned = capacity + capacity / 4;
    size_t size = align_up(type->slots_offset + learned * sizeof(Value), 16);
    unsigned larger = (unsigned)(size - type->slots_offset) / sizeof(Value);
    type->shape = shape_new_root(vm, type, SHAPE_SLOTS, (int)larger);
    type->cell_size = (uint32_t)size;
  }
  if (shape->slot_count >= type->learned_slots) type->learned_slots = shape->slot_count + 1u;
}

/* Room for slot number shape->slot_count. */
static bool reserve_slot(VM *vm, Object *object, const Shape *shape) {
  if (shape->slot_count < shape->inline_capacity) return true;
  Type *type = shape->type;
  if (type_has(type, TYPE_HEAP) && type->slots_offset) learn_capacity(vm, type, shape);
  size_t needed = shape->slot_count - shape->inline_capacity + 1u;
  Object **extra = object_extra_address(object);
  ValueArray *overflow = (ValueArray *)*extra;
  if (overflow && overflow->capacity >= needed) return true;
  overflow = value_array_grow(vm, overflow, needed - 1, needed < 4 ? 4 : needed * 2);
  if (!overflow) return false;
  *extra = &overflow->header;
  heap_barrier_object(vm, object, overflow);
  return true;
}

bool instance_add(VM *vm, Object *object, Str *name, Value v) {
  assert(v != VALUE_FAIL && v != VALUE_UNBOUND && v != VALUE_MISSING);
  const Shape *shape = object_shape(object);
  name = interned(vm, name);
  if (shape->kind == SHAPE_SLOTS) {
    debug_check(shape_find(shape, name) < 0);
    Shape *added = shape_add(vm, (Shape *)shape, name);
    if (added) {
      if (!reserve_slot(vm, object, shape)) return false;
      assert(object_shape(object) == shape); /* nothing has run meanwhile */
      store_slot(vm, object, added, shape->slot_count, v);
      object->shape = shape_address(added);
      return true;
    }
  }
  Dict *dict = instance_dict(vm, object);
  if (dict) return dict_set_str(vm, dict, name, v);
  if (!error_pending(vm)) raise_attribute(vm, value_from(object), name);
  return false;
}

bool instance_set(VM *vm, Object *object, Str *name, Value v) {
  uint32_t number;
  const Shape *shape = object_shape(object);
  if (shape->kind != SHAPE_SLOTS || !instance_find(vm, object, name, &number))
    return instance_add(vm, object, name, v);
  store_slot(vm, object, shape, number, v);
  return true;
}

Answer instance_delete(VM *vm, Object *object, Str *name) {
  const Shape *shape = object_shape(object);
  if (shape->kind == SHAPE_NONE) return ANSWER_NO;
  if (shape->kind == SHAPE_SLOTS) {
    name = interned(vm, name);
    if (shape_find(shape, name) < 0) return ANSWER_NO;
    if (shape->name == name) { /* the newest: back to the parent */
      *slot_address(object, shape, shape->slot_count - 1u) = VALUE_UNBOUND;
      object->shape = shape_address(shape->parent);
      return ANSWER_YES;
    }
  }
  Dict *dict = instance_dict(vm, object);
  if (!dict) return ANSWER_FAILED;
  return dict_remove_str(vm, dict, name) != VALUE_UNBOUND;
}

int instance_slots(Object *object, Str **names, Value *values, int most) {
  const Shape *shape = object_shape(object);
  if (shape->kind != SHAPE_SLOTS || shape->slot_count > most) return -1;
  int n = shape->slot_count, count = 0;
  for (const Shape *at = shape; at->name; at = at->parent) names[at->slot_count - 1] = at->name;
  for (int i = 0; i < n; i++) {
    Value v = *slot_address(object, shape, (unsigned)i);
    if (v == VALUE_UNBOUND) continue;
    names[count] = names[i];
    values[count++] = v;
  }
  return count;
}
