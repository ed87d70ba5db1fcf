/* weak.c -- the table from objects to their weak references, and the finding of dead ones. */
#include "vm/memory/heap_internal.h"

#include <stdlib.h>

#define TOMBSTONE ((Object *)1)

static size_t hash_address(const Object *object) {
  return (size_t)(((uintptr_t)object >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 20);
}

static WeakEntry *find_entry(const WeakTable *table, const Object *referent) {
  if (!table->entries) return NULL;
  for (size_t i = hash_address(referent);; i++) {
    WeakEntry *entry = &table->entries[i & table->mask];
    if (entry->referent == referent) return entry;
    if (!entry->referent) return NULL;
  }
}

/* false: no memory; the table stays as it is. */
static bool rehash(WeakTable *table) {
  size_t old_size = table->entries ? table->mask + 1 : 0, size = 64;
  while (size < table->count * 3) size *= 2;
  WeakEntry *old = table->entries, *larger = memory_take_zeroed(size, sizeof *larger);
  if (!larger) return false;
  table->entries = larger;
  table->mask = size - 1;
  table->used = table->count;
  for (size_t i = 0; i < old_size; i++) {
    if (!old[i].referent || old[i].referent == TOMBSTONE) continue;
    size_t at = hash_address(old[i].referent);
    while (table->entries[at & table->mask].referent) at++;
    table->entries[at & table->mask] = old[i];
  }
  free(old);
  return true;
}

/* NULL: no memory. A table that could not grow is filled up, but for the empty entry that ends
** every search. */
static WeakEntry *add_entry(WeakTable *table, Object *referent) {
  bool is_crowded = !table->entries || (table->used + 1) * 3 > (table->mask + 1) * 2;
  if (is_crowded && !rehash(table) && (!table->entries || table->used + 1 > table->mask))
    return NULL;
  size_t at = hash_address(referent);
  /* past tombstones too: they are reused by rehash alone */
  while (table->entries[at & table->mask].referent) at++;
  WeakEntry *entry = &table->entries[at & table->mask];
  *entry = (WeakEntry){.referent = referent};
  table->used++;
  table->count++;
  referent->bits |= OBJ_WEAKREFS;
  assert((table->mask & (table->mask + 1)) == 0 && table->count <= table->used &&
         table->used <= table->mask);
  return entry;
}

static void remove_entry(WeakTable *table, WeakEntry *entry) {
  assert(table->count > 0 && entry->referent != TOMBSTONE);
  entry->referent = TOMBSTONE;
  entry->first = NULL;
  table->count--;
}

/* Those made since the last collection: what a minor one looks at. No room: the next one looks at
** all of them. */
static void add_young(Heap *heap, Weakref *reference) {
  WeakTable *table = &heap->weak;
  if (UNLIKELY(table->young_count == table->young_capacity) &&
      !grow_array((void **)&table->young, &table->young_capacity, sizeof *table->young)) {
    heap->must_be_full = true;
    return;
  }
  table->young[table->young_count++] = reference;
}

/* Those of a built-in class and without callback come first, a class each: asked for again, they
** are the same (perf-note 0072). */
static bool is_shared(const Weakref *reference) {
  return reference->callback == VALUE_NONE && !type_has(object_type(reference), TYPE_HEAP);
}

Weakref *weak_find_shared(VM *vm, Object *referent, const Type *type) {
  Weakref *at = weak_first(vm, referent);
  while (at && is_shared(at) && object_type(at) != type) at = at->next;
  return at && is_shared(at) ? at : NULL;
}

/* The one that a new reference is to stand behind; NULL: it is the first. */
static Weakref *place_of(const WeakEntry *entry, const Weakref *reference) {
  if (object_type(reference) == TYPE_OF(weakref) && is_shared(reference)) return NULL;
  Weakref *before = NULL;
  for (Weakref *at = entry->first; at && is_shared(at); at = at->next) before = at;
  return before;
}

bool weak_register(VM *vm, Weakref *reference) {
  assert(reference->referent && !reference->next && !reference->previous);
  WeakTable *table = &vm->heap->weak;
  WeakEntry *entry = find_entry(table, reference->referent);
  if (!entry) entry = add_entry(table, reference->referent);
  if (!entry) return false;
  Weakref *before = place_of(entry, reference);
  reference->previous = before;
  reference->next = before ? before->next : entry->first;
  if (reference->next) reference->next->previous = reference;
  if (before) before->next = reference;
  else entry->first = reference;
  add_young(vm->heap, reference);
  return true;
}

/* Takes the reference out of its list; the entry goes with the last one. */
static void unlink_reference(WeakTable *table, Weakref *reference) {
  if (reference->next) reference->next->previous = reference->previous;
  if (reference->previous) {
    reference->previous->next = reference->next;
  } else {
    WeakEntry *entry = find_entry(table, reference->referent);
    assert(entry && entry->first == reference);
    entry->first = reference->next;
    if (!entry->first) {
      reference->referent->bits &= ~(uint32_t)OBJ_WEAKREFS;
      remove_entry(table, entry);
    }
  }
  reference->next = reference->previous = NULL;
}

Weakref *weak_first(VM *vm, Object *referent) {
  if (!(referent->bits & OBJ_WEAKREFS)) return NULL;
  WeakEntry *entry = find_entry(&vm->heap->weak, referent);
  return entry ? entry->first : NULL;
}

/* One reference after marking: forgotten when dead itself, cleared when its referent is. */
static void sweep_reference(Heap *heap, Weakref *reference) {
  if (!reference->referent) return;
  bool dead = is_dead(heap, reference), referent_dead = is_dead(heap, reference->referent);
  if (!dead && !referent_dead) return;
  bool calls = !dead && reference->callback != VALUE_NONE;
  if (calls && !heap_queue_call(the_vm, &reference->h, reference->callback)) {
    /* no room in the queue: it dies at the next collection */
    mark_object(&heap->marker, reference->referent);
    mark_drain(&heap->marker);
    return;
  }
  unlink_reference(&heap->weak, reference);
  reference->referent = NULL;
  if (calls) reference->callback = VALUE_NONE;
}

void weak_forget(VM *vm, Object *referent) {
  for (Weakref *reference = weak_first(vm, referent), *next; reference; reference = next) {
    next = reference->next;
    if (reference->callback != VALUE_NONE &&
        !heap_queue_call(vm, &reference->h, reference->callback))
      continue; /* no room in the queue: when it dies */
    unlink_reference(&vm->heap->weak, reference);
    reference->referent = NULL;
    reference->callback = VALUE_NONE;
  }
}

static void sweep_list(Heap *heap, Weakref *first) {
  for (Weakref *reference = first, *next; reference; reference = next) {
    next = reference->next;
    sweep_reference(heap, reference);
  }
}

static bool has_callback(const WeakEntry *entry) {
  for (const Weakref *reference = entry->first; reference; reference = reference->next)
    if (reference->callback != VALUE_NONE) return true;
  return false;
}

size_t weak_count_awaited(const Heap *heap, size_t most) {
  const WeakTable *table = &heap->weak;
  size_t count = 0;
  for (size_t i = 0; table->entries && i <= table->mask && count < most; i++)
    count += has_callback(&table->entries[i]);
  return count;
}

bool weak_is_awaited(const Heap *heap, const Object *object) {
  if (!(object->bits & OBJ_WEAKREFS)) return false;
  const WeakEntry *entry = find_entry(&heap->weak, object);
  return entry && has_callback(entry);
}

void weak_sweep(Heap *heap, bool full) {
  WeakTable *table = &heap->weak;
  size_t queued = heap->queue_count;
  if (full) {
    for (size_t i = 0; table->entries && i <= table->mask; i++) {
      if (table->entries[i].first) sweep_list(heap, table->entries[i].first);
    }
  } else {
    /* A reference is never older than its referent, so only those made since the last collection
    ** can be concerned. */
    for (size_t i = 0; i < table->young_count; i++) sweep_reference(heap, table->young[i]);
  }
  table->young_count = 0;
  for (size_t i = queued; i < heap->queue_count; i++) {
    mark_object(&heap->marker, heap->queue[i].object);
    mark_value(&heap->marker, heap->queue[i].callback);
  }
  mark_drain(&heap->marker);
}
