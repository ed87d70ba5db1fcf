/* lru_cache.c -- functools._lru_cache_wrapper.
**
** A key is the only argument itself if it is an exact int or str (and types do not count);
** otherwise a tuple of the arguments, then for keywords a mark with names and values, then the
** types. Unbounded caches map key to result; bounded ones map key to a link of a ring, oldest
** behind the root, newest before it: a hit moves its link, nothing in the dict. */
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/function.h"
#include "vm/objects/hashing.h"
#include "vm/objects/items.h"
#include "vm/objects/iterators.h"

typedef struct LruLink LruLink;
struct LruLink {
  Object h;
  LruLink *previous, *next; /* [gc] */
  Value key, result;
  uint64_t hash; /* of the key, asked for once */
};

typedef struct LruCache {
  Object h;
  Object *extra; /* [gc] attributes */
  Value function, info_type;
  int64_t maxsize; /* -1: unbounded */
  int64_t hits, misses;
  Dict *cache;   /* [gc] */
  LruLink *root; /* [gc] */
  bool typed;
} LruCache;

#define NATIVE_DEF "vm/modules/functools/lru_cache_wrapper.def"
#define NATIVE_PREFIX lru_cache_
#define NATIVE_SELF LruCache *
#include "vm/contracts/native_class.inc"

static struct {
  /* an object() of its own, before the keywords of a key; registered by the first cache */
  Value keyword_mark;
} state;

static void link_set(VM *vm, LruLink *left, LruLink *right) {
  left->next = right;
  right->previous = left;
  heap_barrier_object(vm, left, right);
  heap_barrier_object(vm, right, left);
}
static void unlink_link(VM *vm, LruLink *link) { link_set(vm, link->previous, link->next); }
static void append_link(VM *vm, LruLink *root, LruLink *link) {
  link_set(vm, root->previous, link);
  link_set(vm, link, root);
}

static LruLink *link_new(VM *vm, Value key, uint64_t hash, Value result) {
  LruLink *link = heap_new(vm, SHAPE_OF(lru_link), sizeof(LruLink));
  link->previous = link->next = link;
  link->key = key, link->hash = hash, link->result = result;
  return link;
}

static Value lru_cache_construct(VM *vm, Type *cls, const lru_cache_construct_args *a) {
  int64_t maxsize = -1;
  if (!value_is_callable(a->user_function))
    return raise_type(vm, "the first argument must be callable");
  if (a->maxsize != VALUE_NONE) {
    if (!value_is_any_int(a->maxsize) && !value_has_special(a->maxsize, SPECIAL_index))
      return raise_type(vm, "maxsize should be integer or None");
    if (!value_index64(vm, a->maxsize, &maxsize, false)) return VALUE_FAIL;
    if (maxsize < 0) maxsize = 0;
  }
  if (!state.keyword_mark) {
    Value mark = call0(vm, value_from(TYPE_OF(object)));
    if (value_is_fail(mark)) return mark;
    state.keyword_mark = mark;
    heap_add_root(vm, &state.keyword_mark);
  }
  Dict *cache = dict_new(vm);
  LruLink *root = link_new(vm, VALUE_NONE, 0, VALUE_NONE);
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  LruCache *c = value_object(v);
  c->function = a->user_function, c->info_type = a->cache_info_type;
  c->maxsize = maxsize, c->typed = a->typed, c->cache = cache, c->root = root;
  return v;
}

/* ---- keys */
static NOINLINE Value compound_key(VM *vm, LruCache *c, const Value *args, int npos,
                                   Tuple *kwnames) {
  size_t names = kwnames ? tuple_length(kwnames) : 0;
  size_t size = (size_t)npos + (names ? 1 + 2 * names : 0) + (c->typed ? (size_t)npos + names : 0),
         n = 0;
  Tuple *key = tuple_new(vm, size);
  if (!key) return VALUE_FAIL;
  for (int i = 0; i < npos; i++) tuple_init_item(key, n++, args[i]);
  if (names) tuple_init_item(key, n++, state.keyword_mark);
  for (size_t i = 0; i < names; i++) {
    tuple_init_item(key, n++, kwnames->items[i]);
    tuple_init_item(key, n++, args[(size_t)npos + i]);
  }
  for (size_t i = 0; c->typed && i < (size_t)npos + names; i++)
    tuple_init_item(key, n++, value_from(value_type(args[i])));
  return value_from(key);
}

static inline Value make_key(VM *vm, LruCache *c, const Value *args, int npos, Tuple *kwnames) {
  if (LIKELY(npos == 1 && !c->typed && (!kwnames || !tuple_length(kwnames)) &&
             (value_is_int(args[0]) || value_is(args[0], str))))
    return args[0];
  return compound_key(vm, c, args, npos, kwnames);
}

/* ---- calls */
static Value call_unbounded(VM *vm, LruCache *c, Value key, const Value *args, int npos,
                            Tuple *kwnames) {
  uint64_t hash; /* asked for once */
  if (!key_hash(vm, key, &hash)) return VALUE_FAIL;
  int64_t i = dict_find_hashed(vm, c->cache, key, hash);
  if (i == DICT_FAILED) return VALUE_FAIL;
  if (i >= 0) {
    c->hits++;
    return dict_entry_at(c->cache->table, (size_t)i)->value;
  }
  c->misses++;
  Value result = call_values(vm, c->function, args, npos, kwnames);
  if (value_is_fail(result)) return result;
  return dict_set_hashed(vm, c->cache, key, hash, result) ? result : VALUE_FAIL;
}

static Value call_bounded(VM *vm, LruCache *c, Value key, const Value *args, int npos,
                          Tuple *kwnames) {
  uint64_t hash; /* asked for once */
  if (!key_hash(vm, key, &hash)) return VALUE_FAIL;
  int64_t i = dict_find_hashed(vm, c->cache, key, hash);
  if (i == DICT_FAILED) return VALUE_FAIL;
  if (i >= 0) {
    LruLink *link = value_object(dict_entry_at(c->cache->table, (size_t)i)->value);
    if (link->next != c->root) {
      unlink_link(vm, link);
      append_link(vm, c->root, link);
    }
    c->hits++;
    return link->result;
  }
  c->misses++;
  Value result = call_values(vm, c->function, args, npos, kwnames);
  if (value_is_fail(result)) return result;
  i = dict_find_hashed(vm, c->cache, key, hash); /* the call may have stored it */
  if (i != DICT_ABSENT) return i == DICT_FAILED ? VALUE_FAIL : result;
  if ((int64_t)c->cache->length >= c->maxsize && c->root->next != c->root) {
    LruLink *oldest = c->root->next;
    unlink_link(vm, oldest);
    oldest->previous = oldest->next = oldest;
    int64_t at = dict_find_hashed(vm, c->cache, oldest->key, oldest->hash);
    if (at == DICT_FAILED) return VALUE_FAIL;
    if (at >= 0) dict_pop_entry(vm, c->cache, (size_t)at);
  }
  LruLink *link = link_new(vm, key, hash, result);
  if (!dict_set_hashed(vm, c->cache, key, hash, value_from(link))) return VALUE_FAIL;
  append_link(vm, c->root, link);
  return result;
}

static Value lru_cache_call(VM *vm, LruCache *c, const Value *args, int npos, Tuple *kwnames) {
  if (UNLIKELY(c->maxsize == 0)) {
    c->misses++;
    return call_values(vm, c->function, args, npos, kwnames);
  }
  Value key = make_key(vm, c, args, npos, kwnames);
  return c->maxsize < 0 ? call_unbounded(vm, c, key, args, npos, kwnames)
                        : call_bounded(vm, c, key, args, npos, kwnames);
}

/* ---- methods */
static Value lru_cache_cache_info(VM *vm, LruCache *self, const lru_cache_cache_info_args *a) {
  Value bound = self->maxsize < 0 ? VALUE_NONE : value_int(vm, self->maxsize);
  const Value values[] = {value_int(vm, self->hits), value_int(vm, self->misses), bound,
                          value_int_unchecked(self->cache->length)};
  return call_values(vm, self->info_type, values, 4, NULL);
}

static Value lru_cache_cache_clear(VM *vm, LruCache *self, const lru_cache_cache_clear_args *a) {
  self->hits = self->misses = 0;
  dict_clear(vm, self->cache);
  self->root->next = self->root->previous = self->root;
  return VALUE_NONE;
}

static Value lru_cache_copy(VM *vm, LruCache *self, const lru_cache_copy_args *a) {
  return value_from(self);
}
static Value lru_cache_deepcopy(VM *vm, LruCache *self, const lru_cache_deepcopy_args *a) {
  return value_from(self);
}
static Value lru_cache_reduce(VM *vm, LruCache *self, const lru_cache_reduce_args *a) {
  return get_attribute(vm, value_from(self), NAME("__qualname__"));
}
static Value lru_cache_op_get(VM *vm, LruCache *self, const lru_cache_op_get_args *a) {
  return a->instance == VALUE_NONE ? value_from(self)
                                   : method_new(vm, value_from(self), a->instance);
}

static void lru_cache_trace(Marker *marker, Object *self) {
  LruCache *c = (LruCache *)self;
  mark_value(marker, c->function);
  mark_value(marker, c->info_type);
  mark_object(marker, c->cache);
  mark_object(marker, c->root);
}
static void lru_link_trace(Marker *marker, Object *self) {
  LruLink *link = (LruLink *)self;
  mark_object(marker, link->previous);
  mark_object(marker, link->next);
  mark_values(marker, &link->key, 2);
}

const ClassSpec lru_link_class = {.name = "lru_link",
                                  .flags = TYPE_INTERNAL,
                                  .basic_size = sizeof(LruLink),
                                  .trace = lru_link_trace};
const ClassSpec lru_cache_wrapper_class = {
    NATIVE_CLASS(lru_cache_),
    .basic_size = sizeof(LruCache),
    .trace = lru_cache_trace,
};
