/* struct_format.c -- reading formats, and single items to and from bytes. */
#include "vm/modules/binary/struct_format.h"

#include <math.h>

#include "vm/base/buffer.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/float.h"
#include "vm/objects/item_format.h"

struct StructState struct_state;

Value struct_error(VM *vm, const char *message) {
  return raise_error(vm, struct_state.error, "%s", message);
}
static bool fail(VM *vm, const char *message) { return struct_error(vm, message), false; }

/* ---- formats */

/* Bytes of a code with standard sizes; 0: none such. */
static size_t standard_size(char code) {
  switch (code) {
  case 'x':
  case 'c':
  case 'b':
  case 'B':
  case '?':
  case 's':
  case 'p': return 1;
  case 'h':
  case 'H':
  case 'e': return 2;
  case 'i':
  case 'I':
  case 'l':
  case 'L':
  case 'f': return 4;
  case 'q':
  case 'Q':
  case 'd': return 8;
  default: return 0;
  }
}

static size_t native_size(char code) {
  return code == 'x' || code == 's' || code == 'p' ? 1 : item_size(code);
}

static bool is_signed_code(char code) { return strchr("bhilqn", code) != NULL; }

static StructKind kind_of(char code) {
  switch (code) {
  case 's': return STRUCT_TEXT;
  case 'd': return STRUCT_DOUBLE;
  case '?': return STRUCT_BOOL;
  case 'p':
  case 'c':
  case 'e':
  case 'f': return STRUCT_OTHER;
  default: return is_signed_code(code) ? STRUCT_SIGNED : STRUCT_UNSIGNED;
  }
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

typedef struct FormatReader {
  VM *vm;
  const char *at, *end;
  bool native, big;
  Buffer items;
  uint64_t size, values;
} FormatReader;

static bool read_item(FormatReader *r) {
  VM *vm = r->vm;
  uint64_t count = 1;
  char code = *r->at++;
  if (code >= '0' && code <= '9') {
    count = (uint64_t)(code - '0');
    for (;;) {
      if (r->at == r->end) return fail(vm, "repeat count given without format specifier");
      code = *r->at++;
      if (code < '0' || code > '9') break;
      if (count > ((uint64_t)INT64_MAX - 9) / 10) return fail(vm, "total struct size too long");
      count = count * 10 + (uint64_t)(code - '0');
    }
  }
  size_t size = r->native ? native_size(code) : standard_size(code);
  if (!size) return fail(vm, "bad char in struct format");
  if (r->native) r->size = align_up(r->size, size);
  uint64_t total;
  if (__builtin_mul_overflow(count, size, &total) || total > INT64_MAX - r->size)
    return fail(vm, "total struct size too long");
  bool text = code == 's' || code == 'p';
  if (code != 'x') {
    StructItem item = {.offset = r->size,
                       .count = count,
                       .size = (uint8_t)size,
                       .code = code,
                       .native = r->native,
                       .big = r->big,
                       .kind = (uint8_t)kind_of(code)};
    if (count || text) buffer_add(&r->items, &item, sizeof item);
    r->values += text ? 1 : count;
  }
  r->size += total;
  return true;
}

bool struct_format_read(VM *vm, StructFormat *out, const char *text, size_t n) {
  FormatReader r = {.vm = vm, .at = text, .end = text + n, .native = true};
  buffer_init(&r.items);
  if (memchr(text, 0, n)) return fail(vm, "embedded null character");
  if (n && strchr("@=<>!", *text)) {
    r.native = *text == '@';
    r.big = *text == '>' || *text == '!';
    r.at++;
  }
  bool ok = true;
  while (ok && r.at < r.end) {
    if (is_space(*r.at)) r.at++;
    else ok = read_item(&r);
  }
  if (ok) {
    RawBytes *items = buffer_is_whole(vm, &r.items) ? raw_bytes_new(vm, r.items.size + 1) : NULL;
    ok = items != NULL;
    if (ok) {
      if (r.items.size) memcpy(items->bytes, r.items.bytes, r.items.size);
      out->items = items;
      heap_barrier_object(vm, out, items);
      out->item_count = r.items.size / sizeof(StructItem);
      out->size = r.size;
      out->values = r.values;
    }
  }
  buffer_deinit(&r.items);
  return ok;
}

/* ---- items */

static void copy_ordered(uint8_t *to, const uint8_t *from, size_t size, bool big) {
  if (!big) memcpy(to, from, size);
  else
    for (size_t i = 0; i < size; i++) to[i] = from[size - 1 - i];
}

Value struct_load(VM *vm, const StructItem *item, const uint8_t *from) {
  uint8_t bytes[8] = {0};
  switch (item->code) {
  case 's': return value_of(bytes_new(vm, from, item->count));
  case 'p': {
    size_t n = item->count ? from[0] : 0;
    if (n >= item->count) n = item->count ? item->count - 1 : 0;
    return value_of(bytes_new(vm, from + 1, n));
  }
  case 'c': return value_of(bytes_new(vm, from, 1));
  case '?': return value_bool(*from != 0);
  default: break;
  }
  copy_ordered(bytes, from, item->size, item->big);
  if (item->code == 'f' || item->code == 'd' || item->code == 'e')
    return item_load(vm, item->code, bytes);
  uint64_t u;
  memcpy(&u, bytes, 8);
  if (!is_signed_code(item->code)) return int_from_uint64(vm, u);
  int shift = 64 - item->size * 8;
  return value_int(vm, (int64_t)(u << shift) >> shift);
}

/* Numbers of the other byte order are refused in words of their own. */
static bool refuse_swapped(VM *vm, const StructItem *item, Value v) {
  uint64_t u;
  if (item->size == 8) return fail(vm, "int too large to convert");
  if (!int_to_uint64(v, &u)) return fail(vm, "argument out of range");
  raise_error(vm, struct_state.error, "'%c' format requires 0 <= number <= %zd", item->code,
              ((size_t)1 << item->size * 8) - 1);
  return false;
}

static bool out_of_range(VM *vm, const StructItem *item) {
  char code = item->code;
  switch (code) {
  case 'b': return fail(vm, "byte format requires -128 <= number <= 127");
  case 'B': return fail(vm, "ubyte format requires 0 <= number <= 255");
  case 'h': return fail(vm, "short format requires -32768 <= number <= 32767");
  case 'H': return fail(vm, "ushort format requires 0 <= number <= 65535");
  default: break;
  }
  if (is_signed_code(code))
    raise_error(vm, struct_state.error, "'%c' format requires -2147483648 <= number <= 2147483647",
                code);
  else raise_error(vm, struct_state.error, "'%c' format requires 0 <= number <= 4294967295", code);
  return false;
}

static bool store_int(VM *vm, const StructItem *item, uint8_t *to, Value v) {
  if (!value_is_any_int(v)) {
    if (!value_has_special(v, SPECIAL_index))
      return fail(vm, "required argument is not an integer");
    if (!value_index(vm, v, &v)) return false;
  }
  int64_t n = 0;
  uint64_t u;
  unsigned bits = item->size * 8u;
  bool swapped = item->big && (item->size == 8 || item->code == 'H');
  bool small_unsigned = item->code == 'B' || item->code == 'H';
  if (is_signed_code(item->code) || small_unsigned) {
    if (!int_to_int64(v, &n))
      return swapped ? refuse_swapped(vm, item, v) : fail(vm, "argument out of range");
    u = (uint64_t)n;
    if (swapped && small_unsigned && u >> bits) return refuse_swapped(vm, item, v);
    if (small_unsigned
            ? u >> bits
            : bits < 64 && (n < -(INT64_C(1) << (bits - 1)) || n >= INT64_C(1) << (bits - 1)))
      return out_of_range(vm, item);
  } else if (!int_to_uint64(v, &u)) {
    if (swapped) return refuse_swapped(vm, item, v);
    if (item->code != 'P') return fail(vm, "argument out of range");
    if (!int_to_int64(v, &n)) return fail(vm, "int too large to convert");
    u = (uint64_t)n;
  } else if (bits < 64 && u >> bits) {
    return out_of_range(vm, item);
  }
  copy_ordered(to, (uint8_t *)&u, item->size, item->big);
  return true;
}

static bool store_float(VM *vm, const StructItem *item, uint8_t *to, Value v) {
  double d;
  uint8_t bytes[8];
  if (!value_to_double(vm, v, &d)) {
    error_clear(vm);
    return fail(vm, "required argument is not a float");
  }
  if (item->code == 'd') {
    memcpy(bytes, &d, 8);
  } else if (item->code == 'f') {
    float f = (float)d;
    if (isinf(f) && !isinf(d) && !item->native)
      return raise_false(vm, TYPE_OF(OverflowError), "float too large to pack with f format");
    memcpy(bytes, &f, 4);
  } else {
    uint16_t half;
    if (!double_to_half(d, &half))
      return raise_false(vm, TYPE_OF(OverflowError), "float too large to pack with e format");
    memcpy(bytes, &half, 2);
  }
  copy_ordered(to, bytes, item->size, item->big);
  return true;
}

static bool store_text(VM *vm, const StructItem *item, uint8_t *to, Value v) {
  if (!value_has_flag(v, TYPE_BYTES_SUBCLASS | TYPE_BYTEARRAY_SUBCLASS))
    return fail(vm, item->code == 's' ? "argument for 's' must be a bytes object"
                                      : "argument for 'p' must be a bytes object");
  BufferView view;
  if (!buffer_acquire(vm, v, &view, false)) return false;
  size_t n = view.size;
  if (item->code == 's') {
    memcpy(to, view.bytes, n < item->count ? n : item->count);
  } else if (item->count) {
    if (n > item->count - 1) n = item->count - 1;
    memcpy(to + 1, view.bytes, n);
    *to = (uint8_t)(n > 255 ? 255 : n);
  }
  buffer_release(vm, &view);
  return true;
}

bool struct_store(VM *vm, const StructItem *item, uint8_t *to, Value v) {
  switch (item->code) {
  case 's':
  case 'p': return store_text(vm, item, to, v);
  case 'c': {
    const Bytes *b = value_has_flag(v, TYPE_BYTES_SUBCLASS) ? value_object(v) : NULL;
    if (!b || b->length != 1) return fail(vm, "char format requires a bytes object of length 1");
    *to = b->data[0];
    return true;
  }
  case '?': {
    Answer truth = value_truth(vm, v);
    if (truth == ANSWER_FAILED) return false;
    *to = (uint8_t)truth;
    return true;
  }
  case 'e':
  case 'f':
  case 'd':
    if (store_float(vm, item, to, v)) return true;
    /* an int says what it is by itself */
    return value_is_any_int(v) && error_clear_if(vm, TYPE_OF(OverflowError))
               ? fail(vm, "int too large to convert")
               : false;
  default: return store_int(vm, item, to, v);
  }
}
