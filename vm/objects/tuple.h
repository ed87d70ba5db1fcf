/* tuple.h -- tuple. */
#ifndef KRAIT_TUPLE_H
#define KRAIT_TUPLE_H

#include "vm/memory/heap.h"

struct Tuple {
  Object h;
  Value length; /* as List.length */
  Value items[];
};

static inline size_t tuple_length(const Tuple *tuple) { return (size_t)(tuple->length >> 2); }

/* tuple_new: items zero: fill before the next allocation or leave 0.0 */
MUST_USE Tuple *tuple_new(VM *vm, size_t count);
MUST_USE Tuple *tuple_from_values(VM *vm, const Value *values, size_t count); /* () is shared */
/* exact tuples are returned as they are */
MUST_USE MAY_RUN Tuple *tuple_from_iterable(VM *vm, Value iterable);
/* only before any allocation */
static inline void tuple_init_item(Tuple *tuple, size_t i, Value v) { tuple->items[i] = v; }
void tuple_set_item(VM *vm, Tuple *tuple, size_t i, Value v); /* with barrier */
/* hash(tuple), equal to CPython's */
MUST_USE MAY_RUN bool tuple_hash(VM *vm, Tuple *tuple, uint64_t *hash);
/* tuple[key], key any index or slice */
MUST_USE MAY_RUN Value tuple_get_index(VM *vm, Tuple *tuple, Value key);
MUST_USE Tuple *tuple_concat(VM *vm, Tuple *a, Tuple *b); /* an exact one plus () is itself */
MUST_USE Tuple *tuple_repeat(VM *vm, Tuple *tuple, int64_t count); /* below zero: as zero */
/* tuple_slice: low <= high <= length */
MUST_USE Tuple *tuple_slice(VM *vm, Tuple *tuple, size_t low, size_t high);
#define TUPLE(...)                                    \
  tuple_from_values(vm, (const Value[]){__VA_ARGS__}, \
                    sizeof((const Value[]){__VA_ARGS__}) / sizeof(Value))
/* PACK(a, b, …): the tuple of these values as a Value; VALUE_FAIL when one of them is: so calls
** that may fail can stand inside. */
#define PACK(...) \
  tuple_pack(vm, (const Value[]){__VA_ARGS__}, sizeof((const Value[]){__VA_ARGS__}) / sizeof(Value))
MUST_USE Value tuple_pack(VM *vm, const Value *values, size_t count);

#endif
