/* list.sort: every pattern comes out in order, equal items stay in order, for the kinds of keys
** that run no Python. */
#include "heap_fixture.h"
#include "vm/objects/list.h"

extern const ClassSpec list_class;

static void setup(void) {
  heap_setup();
  ready(TYPE_list, &list_class);
}

TestSuite(sort, .init = setup);

static uint32_t random_state = 1;
static uint32_t draw(uint32_t limit) {
  random_state = random_state * 1664525u + 1013904223u;
  return (random_state >> 8) % limit;
}

typedef int64_t (*Pattern)(size_t i, size_t n);
static int64_t rising(size_t i, size_t n) { return (int64_t)i; }
static int64_t falling(size_t i, size_t n) { return (int64_t)(n - i); }
static int64_t equal(size_t i, size_t n) { return 5; }
static int64_t few(size_t i, size_t n) { return draw(4); }
static int64_t any(size_t i, size_t n) { return (int64_t)draw(1u << 24) - (1 << 23); }
static int64_t saw(size_t i, size_t n) { return (int64_t)(i % 37); }
static int64_t organ_pipe(size_t i, size_t n) { return (int64_t)(i < n / 2 ? i : n - i); }
static int64_t rising_then_noise(size_t i, size_t n) {
  return i + 10 < n ? (int64_t)i : (int64_t)draw((uint32_t)n);
}
static const Pattern patterns[] = {rising, falling, equal,      few,
                                   any,    saw,     organ_pipe, rising_then_noise};

static List *make(size_t n, Pattern pattern) {
  List *list = list_new(vm, n);
  for (size_t i = 0; i < n; i++)
    cr_assert(list_append_value(vm, list, value_int_unchecked(pattern(i, n))));
  return list;
}

static uint64_t checksum(const List *list) {
  uint64_t sum = 0;
  for (size_t i = 0; i < list_length(list); i++)
    sum += list->items->items[i] * UINT64_C(0x9e3779b97f4a7c15) >> 7;
  return sum;
}

static void check_ordered(const List *list, bool reverse) {
  for (size_t i = 1; i < list_length(list); i++) {
    int64_t a = value_as_int(list->items->items[i - 1]), b = value_as_int(list->items->items[i]);
    cr_assert(reverse ? a >= b : a <= b);
  }
}

Test(sort, ints_of_every_pattern_and_length_come_out_in_order) {
  for (size_t p = 0; p < ARRAY_COUNT(patterns); p++) {
    for (size_t n = 0; n < 3000; n = n < 140 ? n + 1 : n * 5 / 3) {
      for (int reverse = 0; reverse < 2; reverse++) {
        List *list = make(n, patterns[p]);
        uint64_t before = checksum(list);
        bool ok = list_sort_values(vm, list, VALUE_NONE, reverse);
        cr_assert(ok);
        cr_assert_eq(list_length(list), n);
        check_ordered(list, reverse);
        cr_assert_eq(checksum(list), before);
      }
    }
  }
}

/* -0.0 and 0.0 are equal and can be told apart. */
Test(sort, equal_floats_keep_their_order_in_both_directions) {
  for (int reverse = 0; reverse < 2; reverse++) {
    List *list = list_new(vm, 0);
    static Value zeros[5000];
    size_t count = 0;
    for (int i = 0; i < 5000; i++) {
      uint32_t kind = draw(4);
      Value v = float_rotate(kind == 0 ? 0.0 : kind == 1 ? -0.0 : (double)draw(100) - 50);
      if (value_as_float(v) == 0) zeros[count++] = v;
      cr_assert(list_append_value(vm, list, v));
    }
    bool ok = list_sort_values(vm, list, VALUE_NONE, reverse);
    cr_assert(ok);
    size_t seen = 0;
    for (size_t i = 0; i < 5000; i++) {
      double d = value_as_float(list->items->items[i]);
      if (i)
        cr_assert(reverse ? value_as_float(list->items->items[i - 1]) >= d
                          : value_as_float(list->items->items[i - 1]) <= d);
      if (d == 0) cr_assert_eq(list->items->items[i], zeros[seen++]);
    }
    cr_assert_eq(seen, count);
  }
}
