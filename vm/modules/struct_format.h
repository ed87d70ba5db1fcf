/* struct_format.h -- formats of the struct module, read into a list of items. */
#ifndef KRAIT_STRUCT_FORMAT_H
#define KRAIT_STRUCT_FORMAT_H

#include "vm/objects/int.h"
#include "vm/objects/str.h"

typedef struct StructItem {
  uint64_t offset, count; /* count: how many in a row; bytes of 's' and 'p' */
  uint8_t size;           /* of one; 0: pad bytes */
  char code;
  bool native;            /* the machine's range checks */
  bool big;
} StructItem;

/* Law: items are in order of offset and lie within `size`; `values` is what pack takes and unpack gives. */
typedef struct StructFormat {
  Object h;
  Value format;    /* str */
  uint64_t size, values, item_count;
  RawBytes *items; /* [gc] StructItem[item_count] */
} StructFormat;

/* struct_format_read: fills `out` (all but the header). Raises struct.error. */
MUST_USE bool struct_format_read(VM *vm, StructFormat *out, const char *text, size_t n);
Value struct_error(VM *vm, const char *message); /* raises struct.error */
extern Type *struct_error_type;

/* struct_load, struct_store: one value of an item. */
MUST_USE Value struct_load(VM *vm, const StructItem *item, const uint8_t *from);
MUST_USE MAY_RUN bool struct_store(VM *vm, const StructItem *item, uint8_t *to, Value v);

#endif
