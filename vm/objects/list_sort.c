/* list_sort.c -- list.sort: looks at the keys once, picks the cheapest order that is right for all
** of them (perf-note 0030), and sorts an array of its own.
**
** The items stay in the list's old cell, and the keys in theirs, untouched until the end: both are
** on the C stack, so the collector sees everything while comparisons run Python, and a comparison
** that raises leaves the order as it was. The list looks empty meanwhile; a store into it is
** noticed by its items no longer being the `sorting` mark.
**
**   WORDS   all ints: the words themselves          KEYED   int or float keys as ordered 64-bit
**           words, with the value
**   PREFIX  str keys, or tuples whose first items are all int, float or str: an ordered 64-bit
**           prefix decides most comparisons without touching the objects
**   ANY     `<` by the protocol
** Words and prefixes without long runs go through a radix sort; all else through the merge sort of
** sort_template.inc. */
#include "vm/base/memory.h"
#include "vm/objects/hashing.h"
#include "vm/objects/int_limbs.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"
#include <stdlib.h>

typedef struct {
  int64_t word;
  Value value;
} Keyed;
typedef struct {
  uint64_t prefix;
  Value key, value;
} Prefixed;
typedef struct {
  Value key, value;
} Any;

#define SORT(name) word_##name
#define Element int64_t
#define LESS(vm, a, b) (*(a) < *(b))
#include "vm/objects/sort_template.inc"

#define SORT(name) keyed_##name
#define Element Keyed
#define LESS(vm, a, b) ((a)->word < (b)->word)
#include "vm/objects/sort_template.inc"

#define SORT(name) str_##name
#define Element Prefixed
#define LESS(vm, a, b)                                    \
  ((a)->prefix != (b)->prefix ? (a)->prefix < (b)->prefix \
                              : str_compare(value_object((a)->key), value_object((b)->key)) < 0)
#include "vm/objects/sort_template.inc"

static NOINLINE Answer tuple_less(VM *vm, Value a, Value b) {
  int order = values_order(a, b);
  if (LIKELY(order < 2)) return order < 0;
  Value less = items_compare(vm, COMPARE_LT, a, b);
  if (LIKELY(value_is_bool(less))) return less == VALUE_TRUE;
  return value_is_fail(less) ? ANSWER_FAILED : value_truth(vm, less);
}

#define SORT(name) tuple_##name
#define Element Prefixed
#define LESS(vm, a, b) \
  ((a)->prefix != (b)->prefix ? (a)->prefix < (b)->prefix : tuple_less(vm, (a)->key, (b)->key))
#include "vm/objects/sort_template.inc"

static inline Answer any_less(VM *vm, Value a, Value b) {
  if (value_are_ints(a, b)) return (int64_t)a < (int64_t)b;
  if (value_are_floats(a, b)) return value_as_float(a) < value_as_float(b);
  return compare_bool(vm, COMPARE_LT, a, b);
}

#define SORT(name) any_##name
#define Element Any
#define LESS(vm, a, b) any_less(vm, (a)->key, (b)->key)
#include "vm/objects/sort_template.inc"

/* ---- words without order: a stable radix sort, least significant byte first. Bytes that are equal
** in all words cost one histogram. Merging wins where runs are long, so a first look counts
** them. */
enum { RADIX_MIN = 512, RUN_MIN = 6, DIGITS = 8 };

#define RADIX_SORT(name, Element, WORD)                                                      \
  static bool name##_is_shuffled(const Element *a, size_t n) {                               \
    size_t runs = 1;                                                                         \
    for (size_t i = 1; i < n; i++) runs += WORD(a[i]) < WORD(a[i - 1]);                      \
    return n >= RADIX_MIN && n < UINT32_MAX && runs > n / RUN_MIN && n - runs > n / RUN_MIN; \
  }                                                                                          \
  /* 1: sorted; 0: no memory; -1: a signal handler raised */                                 \
  static int name##_radix(VM *vm, Element *a, size_t n) {                                    \
    Element *from = a, *to = memory_take(n * sizeof *to), *scratch = to;                     \
    if (!to) return 0;                                                                       \
    uint32_t(*counts)[256] = memory_take_zeroed(DIGITS, sizeof *counts);                     \
    if (!counts) return free(to), 0;                                                         \
    int done = 1;                                                                            \
    for (size_t i = 0; i < n; i++) {                                                         \
      uint64_t w = WORD(a[i]);                                                               \
      for (int d = 0; d < DIGITS; d++) counts[d][w >> 8 * d & 255]++;                        \
    }                                                                                        \
    for (int d = 0; d < DIGITS && done > 0; d++) {                                           \
      uint32_t sum = 0, *count = counts[d];                                                  \
      if (count[WORD(from[0]) >> 8 * d & 255] == n) continue;                                \
      for (int b = 0; b < 256; b++) {                                                        \
        uint32_t c = count[b];                                                               \
        count[b] = sum;                                                                      \
        sum += c;                                                                            \
      }                                                                                      \
      for (size_t i = 0; i < n; i++) to[count[WORD(from[i]) >> 8 * d & 255]++] = from[i];    \
      Element *t = from;                                                                     \
      from = to, to = t;                                                                     \
      if (!int_poll(vm)) done = -1;                                                          \
    }                                                                                        \
    if (from != a) memcpy(a, from, n * sizeof *a);                                           \
    free(counts);                                                                            \
    free(scratch);                                                                           \
    return done;                                                                             \
  }

#define ORDERED(w) ((uint64_t)(w) ^ UINT64_C(1) << 63)
#define WORD_OF_WORD(e) ORDERED(e)
#define WORD_OF_KEYED(e) ORDERED((e).word)
#define WORD_OF_PREFIXED(e) ((e).prefix)
RADIX_SORT(word, int64_t, WORD_OF_WORD)
RADIX_SORT(keyed, Keyed, WORD_OF_KEYED)
RADIX_SORT(prefixed, Prefixed, WORD_OF_PREFIXED)

/* Sorts each group of equal prefixes by the whole keys. */
static bool sort_ties(VM *vm, Prefixed *elements, size_t count, bool tuples) {
  for (size_t start = 0, end; start < count; start = end) {
    for (end = start + 1; end < count && elements[end].prefix == elements[start].prefix;) end++;
    if (end - start < 2) continue;
    if (!(tuples ? tuple_array(vm, elements + start, end - start)
                 : str_array(vm, elements + start, end - start)))
      return false;
  }
  return true;
}

/* ---- what the keys are */
typedef enum KeyKind { KEYS_INT, KEYS_FLOAT, KEYS_STR, KEYS_TUPLE, KEYS_ANY } KeyKind;

static KeyKind kind_of_key(Value v) {
  if (value_is_int(v)) return KEYS_INT;
  if (value_is_float(v)) return value_as_float(v) == value_as_float(v) ? KEYS_FLOAT : KEYS_ANY;
  if (value_is(v, str)) return KEYS_STR;
  if (value_is(v, tuple)) return KEYS_TUPLE;
  return KEYS_ANY;
}

static KeyKind kind_of_keys(const Value *keys, size_t count) {
  KeyKind kind = kind_of_key(keys[0]);
  for (size_t i = 1; i < count; i++)
    if (kind_of_key(keys[i]) != kind) return KEYS_ANY;
  return kind;
}

static inline Value first_of(Value tuple) { return ((Tuple *)value_object(tuple))->items[0]; }

/* The kind that all first items have; KEYS_ANY when they differ or a tuple is empty. */
static KeyKind kind_of_firsts(const Value *keys, size_t count) {
  KeyKind kind = KEYS_ANY;
  for (size_t i = 0; i < count; i++) {
    if (tuple_length(value_object(keys[i])) == 0) return KEYS_ANY;
    KeyKind one = kind_of_key(first_of(keys[i]));
    if (i && one != kind) return KEYS_ANY;
    kind = one;
  }
  return kind == KEYS_TUPLE ? KEYS_ANY : kind;
}

/* ---- ordered words: a < b as numbers iff word(a) < word(b); equal numbers have equal words */
static inline int64_t float_word(Value v) {
  double d = value_as_float(v) + 0.0; /* -0.0 becomes 0.0 */
  int64_t bits;
  memcpy(&bits, &d, 8);
  return bits ^ (int64_t)((uint64_t)(bits >> 63) >> 1);
}
static inline int64_t number_word(KeyKind kind, Value v) {
  return kind == KEYS_INT ? value_as_int(v) : float_word(v);
}

/* The first 8 units of Latin-1 text, or the first two code points. */
static uint64_t str_prefix(const Str *s, bool latin1) {
  uint64_t prefix = 0;
  size_t n = s->length;
  if (latin1) {
    const uint8_t *units = str_data(s);
    if (LIKELY(n >= 8)) {
      memcpy(&prefix, units, 8);
      return __builtin_bswap64(prefix);
    }
    for (size_t i = 0; i < n; i++) prefix |= (uint64_t)units[i] << (56 - 8 * i);
    return prefix;
  }
  if (n > 0) prefix = (uint64_t)str_at(s, 0) << 32;
  if (n > 1) prefix |= str_at(s, 1);
  return prefix;
}

typedef struct Job {
  VM *vm;
  const Value *keys, *values; /* [borrowed] keys == values when there is no key function */
  Value *out;
  size_t count;
  /* sorted backwards: equal items keep their order when the array is read from the end */
  bool reverse;
} Job;

#define FROM(job, i) ((job)->reverse ? (job)->count - 1 - (i) : (i))

/* sort_few_words: by insertion: a run of the usual way is not worth its preparation. */
enum { FEW = 8 };
static void sort_few_words(const Job *job) {
  int64_t words[FEW];
  for (size_t i = 0; i < job->count; i++) {
    int64_t word = (int64_t)job->keys[FROM(job, i)];
    size_t at = i;
    for (; at && words[at - 1] > word; at--) words[at] = words[at - 1];
    words[at] = word;
  }
  for (size_t i = 0; i < job->count; i++) job->out[FROM(job, i)] = (Value)words[i];
}

static bool sort_words(Job *job) {
  if (job->count <= FEW) return sort_few_words(job), true;
  int64_t *words = memory_take(job->count * sizeof *words);
  if (!words) return raise_memory(job->vm), false;
  for (size_t i = 0; i < job->count; i++) words[i] = (int64_t)job->keys[FROM(job, i)];
  int done = word_is_shuffled(words, job->count) ? word_radix(job->vm, words, job->count) : 0;
  bool ok = done > 0 || (!done && word_array(job->vm, words, job->count));
  for (size_t i = 0; ok && i < job->count; i++) job->out[FROM(job, i)] = (Value)words[i];
  free(words);
  return ok;
}

static bool sort_keyed(Job *job, KeyKind kind) {
  Keyed *elements = memory_take(job->count * sizeof *elements);
  if (!elements) return raise_memory(job->vm), false;
  for (size_t i = 0; i < job->count; i++)
    elements[i] = (Keyed){number_word(kind, job->keys[FROM(job, i)]), job->values[FROM(job, i)]};
  int done =
      keyed_is_shuffled(elements, job->count) ? keyed_radix(job->vm, elements, job->count) : 0;
  bool ok = done > 0 || (!done && keyed_array(job->vm, elements, job->count));
  for (size_t i = 0; ok && i < job->count; i++) job->out[FROM(job, i)] = elements[i].value;
  free(elements);
  return ok;
}

static bool all_latin1(Job *job, bool firsts) {
  for (size_t i = 0; i < job->count; i++)
    if (str_kind(value_object(firsts ? first_of(job->keys[i]) : job->keys[i]))) return false;
  return true;
}

static bool sort_prefixed(Job *job, KeyKind kind, bool tuples) {
  Prefixed *elements = memory_take(job->count * sizeof *elements);
  if (!elements) return raise_memory(job->vm), false;
  bool latin1 = kind == KEYS_STR && all_latin1(job, tuples);
  for (size_t i = 0; i < job->count; i++) {
    Value key = job->keys[FROM(job, i)], first = tuples ? first_of(key) : key;
    uint64_t prefix = kind == KEYS_STR ? str_prefix(value_object(first), latin1)
                                       : (uint64_t)number_word(kind, first) ^ (UINT64_C(1) << 63);
    elements[i] = (Prefixed){prefix, key, job->values[FROM(job, i)]};
  }
  int done = prefixed_is_shuffled(elements, job->count)
                 ? prefixed_radix(job->vm, elements, job->count)
                 : 0;
  bool ok;
  if (done) ok = done > 0 && sort_ties(job->vm, elements, job->count, tuples);
  else
    ok = tuples ? tuple_array(job->vm, elements, job->count)
                : str_array(job->vm, elements, job->count);
  for (size_t i = 0; ok && i < job->count; i++) job->out[FROM(job, i)] = elements[i].value;
  free(elements);
  return ok;
}

static bool sort_any(Job *job) {
  Any *elements = memory_take(job->count * sizeof *elements);
  if (!elements) return raise_memory(job->vm), false;
  for (size_t i = 0; i < job->count; i++)
    elements[i] = (Any){job->keys[FROM(job, i)], job->values[FROM(job, i)]};
  bool ok = any_array(job->vm, elements, job->count);
  for (size_t i = 0; ok && i < job->count; i++) job->out[FROM(job, i)] = elements[i].value;
  free(elements);
  return ok;
}

static bool run(Job *job) {
  KeyKind kind = kind_of_keys(job->keys, job->count);
  switch (kind) {
  case KEYS_INT: return job->keys == job->values ? sort_words(job) : sort_keyed(job, kind);
  case KEYS_FLOAT: return sort_keyed(job, kind);
  case KEYS_STR: return sort_prefixed(job, kind, false);
  case KEYS_TUPLE:
    kind = kind_of_firsts(job->keys, job->count);
    return kind == KEYS_ANY ? sort_any(job) : sort_prefixed(job, kind, true);
  default: return sort_any(job);
  }
}

static ValueArray *compute_keys(VM *vm, Value key, const ValueArray *items, size_t count) {
  ValueArray *keys = value_array_new(vm, count);
  for (size_t i = 0; keys && i < count; i++) {
    Value k = vm_check_memory(vm) ? call1(vm, key, items->items[i]) : VALUE_FAIL;
    if (value_is_fail(k)) return NULL;
    keys->items[i] = k;
    heap_barrier(vm, keys, k);
  }
  return keys;
}

/* What list->items is while the list is being sorted. */
static ValueArray sorting = {.header = {.shape = SHAPE_OF(value_array), .bits = OBJ_STATIC},
                             .capacity = 0};

static bool sort_detached(VM *vm, ValueArray *items, size_t count, Value key, bool reverse) {
  ValueArray *keys = items;
  if (key != VALUE_NONE && !(keys = compute_keys(vm, key, items, count))) return false;
  if (count < 2) return true;
  Job job = {vm, keys->items, items->items, items->items, count, reverse};
  bool ok = run(&job);
  heap_barrier_any(vm, items);
  /* keeps both cells findable on the stack while comparisons run */
  __asm__ volatile("" : : "r"(keys), "r"(items));
  return ok;
}

bool list_sort_values(VM *vm, List *list, Value key, bool reverse) {
  size_t count = list_length(list);
  ValueArray *items = list->items;
  if (!count) return true;
  list->items = &sorting;
  list->length = value_int_unchecked(0);
  bool ok = sort_detached(vm, items, count, key, reverse);
  bool modified = list->items != &sorting || list_length(list);
  list->items = items;
  list->length = value_int_unchecked((int64_t)count);
  heap_barrier_object(vm, list, items);
  if (ok && modified) return raise_false(vm, TYPE_OF(ValueError), "list modified during sort");
  return ok;
}
