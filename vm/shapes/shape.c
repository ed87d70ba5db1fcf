/* shape.c -- the tree of hidden classes of each type.
**
** Shapes stand in a region at a fixed address below 4 GB, so that a header's 32 bits reach them:
** first the root shapes of the built-in types, in the order of types.def, then all others, given
** out by a bump pointer and a free list.
**
** Law: names of a shape are distinct, interned, and numbered by depth: the shape that adds slot i
** has slot_count i + 1. A transition from a shape by a name exists at most once.
*/
#include "vm/core/late_types.h"
#include "vm/shapes/shape.h"
#include "vm/base/memory.h"
#include "vm/core/vm.h"
#include "vm/memory/space.h"
#include "vm/memory/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define MAX_SLOTS 255      /* of one shape; more attributes than that are a dictionary */
#define MAX_TRANSITIONS 64 /* from one shape: names drawn at random are data, not structure */
#define MAX_SHAPES_OF_TYPE 4096
#define WALK_MAX 8 /* ancestors that shape_find compares before it makes an index */

typedef struct ShapeTable {
  uint32_t count, mask;
  Shape *shapes[];
} ShapeTable;
typedef struct IndexEntry {
  const Str *name;
  uint32_t slot;
} IndexEntry;
typedef struct ShapeIndex {
  uint32_t mask;
  IndexEntry entries[];
} ShapeIndex;

/* Law: [SHAPE_BASE, mapped_end) is there; shape_add leaves HEADROOM shapes of it to classes, which
** cannot do without. */
enum { GROWTH = 64 << 10, HEADROOM = 128 };
static Shape *next_shape, *free_shapes; /* free list through Shape.parent */
static char *mapped_end;

static char *region_start(void) { return (char *)(uintptr_t)SHAPE_BASE; }

/* With a limit of address space the region grows where it stands. */
bool shapes_init(VM *vm) {
  if (next_shape) return true;
  size_t needed = align_up((TYPE_COUNT + HEADROOM) * SHAPE_STRIDE, GROWTH);
  size_t size = space_limit() == SIZE_MAX ? SHAPE_REGION_SIZE : needed;
  if (!space_map(region_start(), size) && !space_map(region_start(), size = needed)) {
    fprintf(stderr,
            "krait: not enough memory, or the address range at %#x, where shapes live, is taken\n",
            SHAPE_BASE);
    return false;
  }
  mapped_end = region_start() + size;
  next_shape = (Shape *)(region_start() + TYPE_COUNT * SHAPE_STRIDE);
  return true;
}

void shapes_follow_limit(void) {
  char *keep = (char *)align_up((uintptr_t)next_shape + HEADROOM * SHAPE_STRIDE, GROWTH);
  if (keep >= mapped_end) return;
  space_unmap(keep, mapped_end);
  mapped_end = keep;
}

/* Is there room for `more` shapes? */
static bool has_room(size_t more) {
  if (LIKELY((char *)next_shape + more * SHAPE_STRIDE <= mapped_end)) return true;
  if (mapped_end + GROWTH > region_start() + SHAPE_REGION_SIZE || !space_map(mapped_end, GROWTH))
    return false;
  mapped_end += GROWTH;
  return true;
}

static Shape *take_shape(VM *vm) {
  Shape *shape = free_shapes;
  if (shape) {
    free_shapes = shape->parent;
  } else {
    if (UNLIKELY(!has_room(HEADROOM))) heap_exhausted(vm);
    if (UNLIKELY(!has_room(1))) memory_end("the shapes of classes");
    shape = next_shape;
    next_shape = (Shape *)((char *)shape + SHAPE_STRIDE);
  }
  memset(shape, 0, sizeof *shape);
  return shape;
}

static void link_shape(VM *vm, Shape *shape, Type *type) {
  assert(vm->next_key <= KEY_LAST);
  shape->type = type;
  shape->key = key_draw(&vm->next_key);
  shape->next_of_type = type->shapes;
  type->shapes = shape;
  type->shape_count++;
}

Shape *shape_new_root(VM *vm, Type *type, ShapeKind kind, int inline_capacity) {
  /* frees the shapes */
  if (type_has(type, TYPE_HEAP) && !type->shapes) heap_track_destroy(vm, &type->header);
  Shape *shape = take_shape(vm);
  shape->kind = (uint8_t)kind;
  shape->inline_capacity = (uint16_t)inline_capacity;
  link_shape(vm, shape, type);
  return shape;
}

void shape_init_builtin(VM *vm, int index, ShapeKind kind) {
  Type *type = &builtin_types[index];
  Shape *shape = (Shape *)(uintptr_t)(SHAPE_BASE + (uint32_t)index * SHAPE_STRIDE);
  shape->kind = (uint8_t)kind;
  link_shape(vm, shape, type);
  type->shape = shape;
  if (kind == SHAPE_DICT) type->dict_shape = shape;
}

Shape *shape_dict_of(VM *vm, Type *type) {
  if (!type->dict_shape) type->dict_shape = shape_new_root(vm, type, SHAPE_DICT, 0);
  assert(type->dict_shape->kind == SHAPE_DICT);
  return type->dict_shape;
}

void shape_renew_keys(VM *vm, Type *type) {
  uint32_t old = type->key;
  type->key = key_draw(&vm->next_key);
  assert(type->key > old || type->key == KEY_NONE);
  for (Shape *shape = type->shapes; shape; shape = shape->next_of_type)
    shape->key = key_draw(&vm->next_key);
}

void shape_free_all(VM *vm, Type *type) {
  for (Shape *shape = type->shapes, *next; shape; shape = next) {
    next = shape->next_of_type;
    free(shape->transitions);
    free(shape->index);
    memset(shape, 0, sizeof *shape);
    shape->parent = free_shapes;
    free_shapes = shape;
  }
  type->shapes = type->shape = type->dict_shape = NULL;
}

/* ---- transitions */
static size_t hash_name(const Str *name) {
  return (size_t)(((uintptr_t)name >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

static Shape *find_transition(const Shape *shape, const Str *name) {
  if (shape->child) return shape->child->name == name ? shape->child : NULL;
  const ShapeTable *table = shape->transitions;
  if (!table) return NULL;
  for (size_t i = hash_name(name);; i++) {
    Shape *found = table->shapes[i & table->mask];
    if (!found || found->name == name) return found;
  }
}

static void table_put(ShapeTable *table, Shape *shape) {
  assert(table->count < table->mask);
  size_t i = hash_name(shape->name);
  while (table->shapes[i & table->mask]) i++;
  table->shapes[i & table->mask] = shape;
  table->count++;
}

/* A table of `size` places that holds the transitions there are; false: no memory. */
static bool make_table(Shape *shape, uint32_t size) {
  ShapeTable *table = memory_take_zeroed(1, sizeof *table + size * sizeof(Shape *)),
             *old = shape->transitions;
  if (!table) return false;
  table->mask = size - 1;
  for (uint32_t i = 0; old && i <= old->mask; i++) {
    if (old->shapes[i]) table_put(table, old->shapes[i]);
  }
  if (shape->child) table_put(table, shape->child);
  shape->child = NULL;
  free(old);
  shape->transitions = table;
  return true;
}

/* Room for one more transition. */
static bool has_place(Shape *shape) {
  const ShapeTable *table = shape->transitions;
  if (!table) return !shape->child || make_table(shape, 8);
  return table->count * 2 <= table->mask || make_table(shape, (table->mask + 1) * 2);
}

static void add_transition(Shape *shape, Shape *added) {
  if (shape->transitions) table_put(shape->transitions, added);
  else shape->child = added;
}

Shape *shape_add(VM *vm, Shape *shape, Str *name) {
  debug_check(shape_find(shape, name) < 0); /* names of a shape are distinct */
  Shape *found = find_transition(shape, name);
  if (found) return found;
  Type *type = shape->type;
  if (shape->slot_count >= MAX_SLOTS || type->shape_count >= MAX_SHAPES_OF_TYPE) return NULL;
  if (shape->transitions && shape->transitions->count >= MAX_TRANSITIONS) return NULL;
  if (UNLIKELY(!(free_shapes || has_room(HEADROOM)) || !has_place(shape))) return NULL;
  Shape *added = take_shape(vm);
  added->kind = SHAPE_SLOTS;
  added->inline_capacity = shape->inline_capacity;
  added->slot_count = shape->slot_count + 1;
  added->name = name;
  added->parent = shape;
  link_shape(vm, added, type);
  heap_barrier_object(vm, type, name);
  add_transition(shape, added);
  deep_check(shape_verify(added));
  return added;
}

/* ---- lookup */
static void make_index(Shape *shape) {
  uint32_t size = 32;
  while (size < shape->slot_count * 2u) size *= 2;
  ShapeIndex *index = memory_take_zeroed(1, sizeof *index + size * sizeof(IndexEntry));
  if (!index) return; /* the walk remains */
  index->mask = size - 1;
  for (const Shape *at = shape; at->name; at = at->parent) {
    size_t i = hash_name(at->name);
    while (index->entries[i & index->mask].name) i++;
    index->entries[i & index->mask] = (IndexEntry){at->name, at->slot_count - 1u};
  }
  shape->index = index;
}

static int find_in_index(const ShapeIndex *index, const Str *name) {
  for (size_t i = hash_name(name);; i++) {
    const IndexEntry *entry = &index->entries[i & index->mask];
    if (entry->name == name) return (int)entry->slot;
    if (!entry->name) return -1;
  }
}

int shape_find(const Shape *shape, const Str *name) {
  int steps = 0;
  for (const Shape *at = shape; at->name; at = at->parent) {
    if (at->name == name) return at->slot_count - 1;
    if (at->index) return find_in_index(at->index, name);
    if (++steps == WALK_MAX && shape->slot_count > WALK_MAX) {
      make_index((Shape *)shape);
      if (shape->index) return find_in_index(shape->index, name);
    }
  }
  return -1;
}

#if KRAIT_CHECKS >= 1
static bool is_shape_of(const Shape *shape, const Type *type) {
  for (const Shape *at = type->shapes; at; at = at->next_of_type)
    if (at == shape) return true;
  return false;
}

bool shape_verify(const Shape *shape) {
  LAW(shape->key != 0 && (shape->key <= the_vm->next_key || shape->key == KEY_NONE));
  LAW(shape->kind <= SHAPE_DICT);
  LAW(is_shape_of(shape, shape->type) || type_has(shape->type, TYPE_HEAP) == 0);
  LAW((shape->name != NULL) == (shape->parent != NULL));
  LAW(!shape->child || !shape->transitions);
  if (!shape->parent) {
    LAW(shape->slot_count == 0);
    return true;
  }
  LAW(shape->kind == SHAPE_SLOTS && shape->slot_count <= MAX_SLOTS);
  LAW(shape->slot_count == shape->parent->slot_count + 1);
  LAW(shape->inline_capacity == shape->parent->inline_capacity &&
      shape->type == shape->parent->type);
  LAW(find_transition(shape->parent, shape->name) == shape);
  LAW(shape_find(shape->parent, shape->name) < 0); /* names are distinct */
  return true;
}
#endif
