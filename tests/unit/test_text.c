/* test_text.c -- the laws of vm/base's text functions that no Python program can reach directly. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "vm/base/float_text.h"
#include "vm/base/search.h"
#include "vm/base/units.h"
#include "vm/base/unicode.h"
#include "vm/base/utf8.h"

/* The obvious way to search, to compare with. */
static size_t find_slowly(const uint8_t *text, size_t n, const uint8_t *what, size_t m, int unit) {
  for (size_t i = 0; i + m <= n; i++)
    if (!memcmp(text + i * (size_t)unit, what, m * (size_t)unit)) return i;
  return SEARCH_NONE;
}

Test(search, agrees_with_the_obvious_way_for_every_unit) {
  srand(7);
  for (int round = 0; round < 20000; round++) {
    uint8_t text[400], what[32];
    int unit = 1 << rand() % 3;
    size_t n = (size_t)(rand() % 90), m = (size_t)(rand() % 7), letters = (size_t)(1 + rand() % 3);
    for (size_t i = 0; i < n * (size_t)unit; i++)
      text[i] = (uint8_t)('a' + (size_t)rand() % letters);
    for (size_t i = 0; i < m * (size_t)unit; i++)
      what[i] = (uint8_t)('a' + (size_t)rand() % letters);
    cr_assert_eq(search(text, n, what, m, unit), find_slowly(text, n, what, m, unit));
    size_t back = search_back(text, n, what, m, unit);
    if (back != SEARCH_NONE) {
      cr_assert(!memcmp(text + back * (size_t)unit, what, m * (size_t)unit));
      size_t next = back + 1 <= n
                        ? find_slowly(text + (back + 1) * (size_t)unit, n - back - 1, what, m, unit)
                        : SEARCH_NONE;
      cr_assert_eq(next, SEARCH_NONE);
    } else {
      cr_assert_eq(search(text, n, what, m, unit), SEARCH_NONE);
    }
  }
}

Test(search, stays_linear_when_every_place_is_a_false_candidate) {
  size_t n = 1 << 20, m = 1 << 12;
  uint8_t *text = malloc(n), *what = malloc(m);
  memset(text, 'a', n);
  memset(what, 'a', m);
  what[m / 2] = 'b';
  cr_assert_eq(search(text, n, what, m, 1), SEARCH_NONE);
  free(text);
  free(what);
}

Test(search, counts_single_units_past_the_width_of_its_lanes) {
  static uint8_t text[100000];
  memset(text, 'x', sizeof text);
  text[77] = 'y';
  cr_assert_eq(search_unit_count(text, sizeof text, 'x', 1), sizeof text - 1);
}

Test(utf8, every_code_point_survives_the_way_there_and_back) {
  for (uint32_t c = 0; c <= UNICODE_MAX; c++) {
    uint8_t bytes[4];
    size_t size = utf8_put(bytes, c), i = 0;
    cr_assert_eq(utf8_next(bytes, &i), c);
    cr_assert_eq(i, size);
    cr_assert_eq(utf8_is_valid(bytes, size), !is_surrogate(c));
  }
}

Test(unicode, names_lead_back_to_their_characters) {
  for (uint32_t c = 0; c <= UNICODE_MAX; c++) {
    char name[UNICODE_NAME_MAX];
    uint32_t back[UNICODE_SEQUENCE_MAX];
    size_t n = unicode_name(c, name);
    if (!n) continue;
    cr_assert_eq(unicode_lookup(name, n, true, back), 1);
    cr_assert_eq(back[0], c);
  }
}

Test(float_text, shortest_digits_read_back_as_the_same_bits) {
  srand(11);
  for (int round = 0; round < 200000; round++) {
    uint64_t bits = (uint64_t)rand() << 42 ^ (uint64_t)rand() << 21 ^ (uint64_t)rand();
    double v, back;
    memcpy(&v, &bits, 8);
    if (v != v) continue;
    char text[FLOAT_REPR_SIZE];
    size_t used, n = float_repr(v, text);
    back = float_parse(text, n, &used);
    cr_assert_eq(used, n);
    cr_assert(!memcmp(&back, &v, 8), "%s", text);
  }
}

Test(float_text, hexadecimal_reads_back_as_the_same_bits) {
  srand(13);
  for (int round = 0; round < 100000; round++) {
    uint64_t bits = (uint64_t)rand() << 42 ^ (uint64_t)rand() << 21 ^ (uint64_t)rand();
    double v, back;
    memcpy(&v, &bits, 8);
    if (v != v || v - v != 0) continue;
    char text[FLOAT_REPR_SIZE];
    size_t n = float_hex(v, text);
    cr_assert_eq(float_from_hex(text, n, &back), FLOAT_HEX_OK);
    cr_assert(!memcmp(&back, &v, 8), "%s", text);
  }
}
