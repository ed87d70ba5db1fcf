/* weak.h -- weak references as the collector sees them: a side table from an object to its
** references.
**
** Law: an object has OBJ_WEAKREFS set iff the table has an entry for it. A Weakref is in the list
** of its referent until it is cleared (referent NULL) or dead. Neither referent nor links are
** marked. */
#ifndef KRAIT_WEAK_H
#define KRAIT_WEAK_H

#include "vm/memory/heap.h"

typedef struct Weakref Weakref;
struct Weakref {
  Object h;
  Object *extra;    /* [gc] attributes of instances of subclasses */
  Object *referent; /* [weak] NULL once dead */
  Value callback;   /* or VALUE_NONE */
  uint64_t hash;    /* of the referent, 0: not known */
  /* [weak] others of the referent: first what is shared, then newest first */
  Weakref *next, *previous;
};

typedef struct WeakEntry {
  Object *referent;
  Weakref *first;
} WeakEntry;
typedef struct WeakTable {
  /* [owned] open addressing, referent NULL: free, WEAK_TOMBSTONE: removed */
  WeakEntry *entries;
  size_t mask, used, count;
  Weakref **young; /* [owned] made since the last collection */
  size_t young_count, young_capacity;
} WeakTable;

MUST_USE bool weak_register(VM *vm, Weakref *reference); /* reference->referent is set */
Weakref *weak_first(VM *vm, Object *referent);           /* first reference, or NULL */
/* weak_find_shared: the one of this built-in class that has no callback, or NULL */
Weakref *weak_find_shared(VM *vm, Object *referent, const Type *type);
/* weak_sweep: after marking: clears references to dead objects, queues callbacks, forgets dead
** references. */
void weak_sweep(Heap *heap, bool full);
/* weak_forget: clears the references to an object that goes on living, and queues their
** callbacks. */
void weak_forget(VM *vm, Object *referent);
/* how many objects have a weak reference with a callback; at most `most` are counted */
size_t weak_count_awaited(const Heap *heap, size_t most);
bool weak_is_awaited(const Heap *heap, const Object *object); /* is it one of them? */
/* heap_queue_call: callback(object) at the next safepoint; VALUE_UNBOUND: object.__del__(). false:
** no room. */
MUST_USE bool heap_queue_call(VM *vm, Object *object, Value callback);
/* heap_next_call: takes the oldest waiting call; false: none. */
bool heap_next_call(VM *vm, Object **object, Value *callback);

#endif
