/* struct_format.h -- formats of the struct module, read into a list of items. */
#ifndef KRAIT_STRUCT_FORMAT_H
#define KRAIT_STRUCT_FORMAT_H

#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"

/* What struct_get and struct_put do inline; all else is STRUCT_OTHER. */
typedef enum StructKind {
  STRUCT_OTHER,
  STRUCT_SIGNED,
  STRUCT_UNSIGNED,
  STRUCT_DOUBLE,
  STRUCT_BOOL,
  STRUCT_TEXT
} StructKind;

typedef struct StructItem {
  uint64_t offset, count; /* count: how many in a row; bytes of 's' and 'p' */
  uint8_t size;           /* of one; 0: pad bytes */
  char code;
  bool native; /* the machine's range checks */
  bool big;
  uint8_t kind; /* StructKind */
} StructItem;

/* Law: items are in order of offset and lie within `size`; `values` is what pack takes and unpack
** gives. */
typedef struct StructFormat {
  Object h;
  Value format; /* str */
  uint64_t size, values, item_count;
  RawBytes *items; /* [gc] StructItem[item_count] */
} StructFormat;

/* struct_format_read: fills `out` (all but the header). Raises struct.error. */
MUST_USE bool struct_format_read(VM *vm, StructFormat *out, const char *text, size_t n);
COLD Value struct_error(VM *vm, const char *message); /* raises struct.error */
extern struct StructState {
  Type *error;   /* [gc] the class error; registered by the first import */
  Dict *formats; /* [gc] text to Struct, of those that were read; registered by the first of them */
} struct_state;

/* struct_load, struct_store: one value of an item. */
MUST_USE Value struct_load(VM *vm, const StructItem *item, const uint8_t *from);
MUST_USE MAY_RUN bool struct_store(VM *vm, const StructItem *item, uint8_t *to, Value v);

/* ---- the common items without a call; perf-notes/0015 */
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "words are stored low byte first");
static inline uint64_t struct_word(const StructItem *item, const uint8_t *from) {
  uint16_t half;
  uint32_t word;
  uint64_t u;
  switch (item->size) {
  case 1: return *from;
  case 2: return memcpy(&half, from, 2), item->big ? __builtin_bswap16(half) : half;
  case 4: return memcpy(&word, from, 4), item->big ? __builtin_bswap32(word) : word;
  default: return memcpy(&u, from, 8), item->big ? __builtin_bswap64(u) : u;
  }
}

static inline void struct_put_word(const StructItem *item, uint8_t *to, uint64_t u) {
  if (item->big) u = __builtin_bswap64(u) >> (64 - item->size * 8);
  switch (item->size) {
  case 1: *to = (uint8_t)u; break;
  case 2: memcpy(to, &u, 2); break;
  case 4: memcpy(to, &u, 4); break;
  default: memcpy(to, &u, 8);
  }
}

MUST_USE static inline Value struct_get(VM *vm, const StructItem *item, const uint8_t *from) {
  uint64_t u;
  double d;
  switch (item->kind) {
  case STRUCT_UNSIGNED:
    u = struct_word(item, from);
    return LIKELY(u <= (uint64_t)INT_IMMEDIATE_MAX) ? value_int_unchecked((int64_t)u)
                                                    : int_from_uint64(vm, u);
  case STRUCT_SIGNED: {
    int shift = 64 - item->size * 8;
    return value_int(vm, (int64_t)(struct_word(item, from) << shift) >> shift);
  }
  case STRUCT_DOUBLE:
    u = struct_word(item, from);
    memcpy(&d, &u, 8);
    return value_float(vm, d);
  case STRUCT_BOOL: return value_bool(*from != 0);
  default: return struct_load(vm, item, from);
  }
}

MUST_USE MAY_RUN static inline bool struct_put(VM *vm, const StructItem *item, uint8_t *to,
                                               Value v) {
  switch (item->kind) {
  case STRUCT_UNSIGNED:
    if (!value_is_int(v) || (item->size < 8 && (uint64_t)value_as_int(v) >> item->size * 8) ||
        value_as_int(v) < 0)
      break;
    struct_put_word(item, to, (uint64_t)value_as_int(v));
    return true;
  case STRUCT_SIGNED: {
    int shift = 64 - item->size * 8;
    if (!value_is_int(v) ||
        (int64_t)((uint64_t)value_as_int(v) << shift) >> shift != value_as_int(v))
      break;
    struct_put_word(item, to, (uint64_t)value_as_int(v));
    return true;
  }
  case STRUCT_DOUBLE: {
    if (!value_is_float(v)) break;
    double d = value_as_float(v);
    uint64_t u;
    memcpy(&u, &d, 8);
    struct_put_word(item, to, u);
    return true;
  }
  case STRUCT_BOOL:
    if (!value_is_bool(v)) break;
    *to = v == VALUE_TRUE;
    return true;
  case STRUCT_TEXT: {
    if (!value_is(v, bytes)) break;
    const Bytes *b = value_object(v);
    memcpy(to, b->data, b->length < item->count ? b->length : item->count);
    return true;
  }
  default: break;
  }
  return struct_store(vm, item, to, v);
}

#endif
