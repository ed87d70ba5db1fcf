/* The dict's laws: it agrees with a plain list of pairs whatever is done to it, in order, for every
** kind of key. */
#include "heap_fixture.h"
#include "vm/objects/dict.h"

extern const ClassSpec dict_class, dict_table_class;

enum { KEYS = 400 };
static Value keys[KEYS];

static void setup(void) {
  heap_setup();
  ready(TYPE_dict, &dict_class);
  ready(TYPE_dict_table, &dict_table_class);
  vm->hash_seed[0] = 7;
}

TestSuite(dict, .init = setup);

/* ---- the model */
typedef struct {
  Value key, value;
} Pair;
static Pair model[KEYS];
static size_t model_length;

static size_t model_find(Value key) {
  size_t i = 0;
  while (i < model_length && model[i].key != key) i++;
  return i;
}

static void model_set(Value key, Value value) {
  size_t i = model_find(key);
  if (i == model_length) model[model_length++].key = key;
  model[i].value = value;
}

static void model_remove(Value key) {
  size_t i = model_find(key);
  if (i == model_length) return;
  memmove(&model[i], &model[i + 1], (--model_length - i) * sizeof(Pair));
}

static void check_same(Dict *dict) {
  cr_assert_eq(dict_length(dict), model_length);
  size_t position = 0, i = 0;
  Value key, value;
  for (; dict_next(dict, &position, &key, &value); i++) {
    cr_assert_eq(key, model[i].key);
    cr_assert_eq(value, model[i].value);
  }
  cr_assert_eq(i, model_length);
}

static uint32_t random_state = 1;
static uint32_t draw(uint32_t limit) {
  random_state = random_state * 1664525u + 1013904223u;
  return (random_state >> 8) % limit;
}

/* Sets, removes, looks up at random; a collection now and then. */
static void exercise(int steps, uint32_t key_count) {
  Dict *dict = dict_new(vm);
  roots[0] = value_from(dict);
  model_length = 0;
  for (int step = 0; step < steps; step++) {
    Value key = keys[draw(key_count)], value = value_int_unchecked(step);
    size_t at = model_find(key);
    Value expected = at < model_length ? model[at].value : VALUE_UNBOUND, got;
    switch (draw(8)) {
    case 0:
    case 1:
    case 2:
    case 3:
      cr_assert(dict_set(vm, dict, key, value));
      model_set(key, value);
      break;
    case 4:
    case 5:
      got = dict_remove(vm, dict, key);
      cr_assert_eq(got, expected);
      model_remove(key);
      break;
    case 6:
      if (model_length && draw(2)) { /* the last one: its index slot becomes empty again */
        Value last = model[model_length - 1].key;
        got = dict_remove(vm, dict, last);
        cr_assert_eq(got, model[model_length - 1].value);
        model_length--;
      }
      break;
    default: got = dict_get(vm, dict, key); cr_assert_eq(got, expected);
    }
    if (step % 97 == 0) check_same(dict);
    if (step % 1000 == 0) heap_collect(vm, step % 3000 == 0 ? 2 : 0);
  }
  check_same(dict);
  Dict *copy = dict_copy(vm, dict);
  check_same(copy);
  cr_assert_eq(copy->table->kind, dict->table->kind);
}

Test(dict, int_keys_agree_with_a_list_of_pairs) {
  for (int i = 0; i < KEYS; i++) keys[i] = value_int_unchecked(i * 7919 - 1000000);
  exercise(20000, 6);
  exercise(20000, 40);
  exercise(40000, KEYS);
}

Test(dict, int_keys_that_share_their_low_bits_are_found) {
  for (int i = 0; i < KEYS; i++) keys[i] = value_int_unchecked((int64_t)i << 40);
  exercise(40000, KEYS);
}

Test(dict, mixed_keys_agree_with_a_list_of_pairs) {
  for (int i = 0; i < KEYS; i++) {
    Value number = value_int_unchecked(i);
    keys[i] = i % 3 == 0 ? number : float_rotate(i + 0.5);
  }
  exercise(20000, 6);
  exercise(40000, KEYS);
}

Test(dict, one_key_of_another_kind_changes_the_table_and_keeps_order) {
  Dict *dict = dict_new(vm);
  for (int i = 0; i < 100; i++) cr_assert(dict_set(vm, dict, value_int_unchecked(i), VALUE_NONE));
  cr_assert_eq(dict->table->kind, DICT_INT);
  cr_assert(dict_set(vm, dict, float_rotate(0.5), VALUE_TRUE));
  cr_assert_eq(dict->table->kind, DICT_ANY);
  cr_assert_eq(dict_length(dict), 101);
  for (int i = 0; i < 100; i++)
    cr_assert_eq(dict_get(vm, dict, value_int_unchecked(i)), VALUE_NONE);
  cr_assert_eq(dict_get(vm, dict, float_rotate(0.5)), VALUE_TRUE);
}

Test(dict, a_stamp_goes_when_keys_change_and_stays_when_values_do) {
  Dict *dict = dict_new(vm);
  Value one = value_int_unchecked(1), two = value_int_unchecked(2);
  cr_assert(dict_set(vm, dict, one, VALUE_NONE));
  uint32_t stamp = dict_stamp(vm, dict);
  cr_assert_neq(stamp, 0);
  cr_assert(dict_set(vm, dict, one, VALUE_TRUE));
  cr_assert_eq(dict->stamp, stamp);
  cr_assert(dict_set(vm, dict, two, VALUE_TRUE));
  cr_assert_eq(dict->stamp, 0);
  stamp = dict_stamp(vm, dict);
  cr_assert_eq(dict_remove(vm, dict, one), VALUE_TRUE);
  cr_assert_eq(dict->stamp, 0);
  dict_stamp(vm, dict);
  dict_clear(vm, dict);
  cr_assert_eq(dict->stamp, 0);
}

Test(dict, moving_entries_to_either_end_keeps_all_others_in_order) {
  Dict *dict = dict_new(vm);
  for (int i = 0; i < 50; i++) cr_assert(dict_set(vm, dict, value_int_unchecked(i), VALUE_NONE));
  cr_assert(dict_move_entry(vm, dict, (size_t)dict_find(vm, dict, value_int_unchecked(20)), true));
  cr_assert(dict_move_entry(vm, dict, (size_t)dict_find(vm, dict, value_int_unchecked(30)), false));
  Value key;
  size_t position = 0;
  cr_assert(dict_next(dict, &position, &key, NULL));
  cr_assert_eq(key, value_int_unchecked(30));
  int64_t last = -1, count = 1;
  while (dict_next(dict, &position, &key, NULL) && key != value_int_unchecked(20)) {
    cr_assert_gt(value_as_int(key), last);
    last = value_as_int(key);
    count++;
  }
  cr_assert_eq(count, 49);
  cr_assert_not(dict_next(dict, &position, &key, NULL));
}
