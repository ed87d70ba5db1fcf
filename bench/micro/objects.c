/* objects.c -- the heap and the containers without the interpreter: allocation, collection, dict,
** str. */
#include "python.h"

#include <stdio.h>

#include "vm/memory/heap.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"
#include "vm/objects/str.h"

enum { COUNT = 1000 };

MICRO(allocate_pairs) {
  while (micro_running(state))
    for (int i = 0; i < COUNT; i++) {
      ValueArray *pair = value_array_new(vm, 2);
      pair->items[0] = value_int_unchecked(i);
      MICRO_KEEP(pair);
    }
  micro_items(state, COUNT);
}

static Value chain_of(int length) {
  Value head = VALUE_NONE;
  for (int i = 0; i < length; i++) {
    ValueArray *link = value_array_new(vm, 2);
    link->items[0] = head;
    head = value_from(link);
  }
  return head;
}

MICRO(collect_minor_empty) {
  Value kept = chain_of(100000);
  heap_collect(vm, 2);
  while (micro_running(state)) heap_collect(vm, 0);
  MICRO_KEEP(kept);
}

MICRO(collect_full_100k_objects) {
  Value kept = chain_of(100000);
  while (micro_running(state)) heap_collect(vm, 2);
  MICRO_KEEP(kept);
  micro_items(state, 100000);
}

MICRO(dict_set_int) {
  while (micro_running(state)) {
    Dict *dict = dict_new(vm);
    for (int i = 0; i < COUNT; i++)
      if (!dict_set(vm, dict, value_int_unchecked(i * 7), VALUE_NONE)) return;
  }
  micro_items(state, COUNT);
}

MICRO(dict_get_int_hit) {
  Dict *dict = dict_new(vm);
  for (int i = 0; i < COUNT; i++)
    if (!dict_set(vm, dict, value_int_unchecked(i * 7), VALUE_NONE)) return;
  while (micro_running(state))
    for (int i = 0; i < COUNT; i++) MICRO_KEEP(dict_get(vm, dict, value_int_unchecked(i * 7)));
  micro_items(state, COUNT);
}

MICRO(dict_get_str_hit) {
  Dict *dict = dict_new(vm);
  Value keys[COUNT];
  for (int i = 0; i < COUNT; i++) {
    char text[16];
    snprintf(text, sizeof text, "key%d", i);
    keys[i] = value_from(str_new_cstr(vm, text));
    if (!dict_set(vm, dict, keys[i], VALUE_NONE)) return;
  }
  while (micro_running(state))
    for (int i = 0; i < COUNT; i++) MICRO_KEEP(dict_get(vm, dict, keys[i]));
  micro_items(state, COUNT);
}

MICRO(str_concat_short) {
  Str *a = str_new_cstr(vm, "hello "), *b = str_new_cstr(vm, "world");
  while (micro_running(state)) MICRO_KEEP(str_concat(vm, a, b));
}

MICRO(str_hash_kilobyte) {
  char text[1024];
  for (size_t i = 0; i < sizeof text; i++) text[i] = (char)('a' + i % 26);
  while (micro_running(state)) MICRO_KEEP(hash_bytes(vm, text, sizeof text));
  micro_bytes(state, sizeof text);
}
