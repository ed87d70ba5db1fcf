/* literal.c -- the values of number literals. Integers beyond 63 bits become hexadecimal text. */
#include <stdlib.h>

#include "src/syntax/parse.h"
#include "vm/base/float_text.h"

enum { DEFAULT_MAX_DIGITS = 4300, SHORT_NUMBER = 80 };

static int digit_value(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

/* Hexadecimal text of limbs (least significant first, 28 bits each: seven digits). */
static Literal literal_of_limbs(Parser *p, const uint32_t *limbs, size_t count) {
  char *text = arena_alloc(p->arena, count * 7 + 1), *to = text;
  bool started = false;
  for (size_t i = count * 7; i-- > 0;) {
    unsigned digit = limbs[i / 7] >> (i % 7 * 4) & 15;
    if (!digit && !started) continue;
    started = true;
    *to++ = "0123456789abcdef"[digit];
  }
  return (Literal){.tag = LITERAL_BIG_INT, .bytes = text, .size = (size_t)(to - text)};
}

/* Digits of any base up to 16, schoolbook. Cost: O(n²), decimal digits are limited by
 * sys.set_int_max_str_digits. */
static Literal big_literal(Parser *p, const char *digits, size_t count, unsigned base) {
  uint32_t *limbs = ARENA_ARRAY(p->arena, uint32_t, count / 7 + 2);
  size_t used = 1;
  for (size_t i = 0; i < count;) {
    uint64_t scale = 1, chunk = 0;
    for (; i < count && scale < 0x10000000 / 16; i++) {
      scale *= base;
      chunk = chunk * base + (unsigned)digit_value(digits[i]);
    }
    for (size_t k = 0; k < used; k++) {
      chunk += limbs[k] * scale;
      limbs[k] = chunk & 0xfffffff;
      chunk >>= 28;
    }
    if (chunk) limbs[used++] = (uint32_t)chunk;
  }
  return literal_of_limbs(p, limbs, used);
}

static Literal integer_literal(Parser *p, const Token *token, const char *digits, size_t count,
                               unsigned base) {
  while (count > 1 && *digits == '0') digits++, count--;
  uint64_t value = 0;
  size_t i = 0;
  for (; i < count; i++) {
    if (value > INT64_MAX / base) break;
    uint64_t next = value * base + (unsigned)digit_value(digits[i]);
    if (next > INT64_MAX) break;
    value = next;
  }
  if (i == count) return (Literal){.tag = LITERAL_INT, .integer = (int64_t)value};
  int limit = p->options->max_str_digits < 0 ? DEFAULT_MAX_DIGITS : p->options->max_str_digits;
  if (base == 10 && limit > 0 && count > (size_t)limit) {
    fault_at_token(
        p, FAULT_SYNTAX_ERROR, token,
        "Exceeds the limit (%d digits) for integer string conversion: value has %zu digits; use "
        "sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge "
        "integer "
        "literals to avoid decimal conversion limits.",
        limit, count);
    return (Literal){0};
  }
  return big_literal(p, digits, count, base);
}

static Literal literal_from_digits(Parser *p, const Token *token, const char *text, size_t size) {
  if (size > 2 && text[0] == '0') {
    unsigned base = (text[1] | 0x20) == 'x'   ? 16
                    : (text[1] | 0x20) == 'o' ? 8
                    : (text[1] | 0x20) == 'b' ? 2
                                              : 0;
    if (base) return integer_literal(p, token, text + 2, size - 2, base);
  }
  char last = text[size - 1] | 0x20;
  bool imaginary = last == 'j';
  if (imaginary) size--;
  bool is_integer = !imaginary;
  for (size_t i = 0; is_integer && i < size; i++) is_integer = text[i] >= '0' && text[i] <= '9';
  if (is_integer) return integer_literal(p, token, text, size, 10);
  size_t used;
  double value = float_parse(text, size, &used);
  if (imaginary) return (Literal){.tag = LITERAL_COMPLEX, .real = 0, .imaginary = value};
  return (Literal){.tag = LITERAL_FLOAT, .real = value};
}

Literal number_literal(Parser *p, const Token *token) {
  const char *text = token_text(p, token);
  size_t size = token_size(token);
  if (size == 1) return (Literal){.tag = LITERAL_INT, .integer = text[0] - '0'};
  if (!memchr(text, '_', size)) return literal_from_digits(p, token, text, size);
  char few[SHORT_NUMBER], *digits = size < SHORT_NUMBER ? few : arena_alloc(p->arena, size + 1);
  size_t count = 0;
  for (size_t i = 0; i < size; i++)
    if (text[i] != '_') digits[count++] = text[i];
  return literal_from_digits(p, token, digits, count);
}
