/* code_rows.c -- the iterators of co_lines() and co_positions(): rows that are all made, of classes
** that nobody can copy or pickle. */
#include "vm/objects/code_rows.h"

#include "vm/contracts/native.h"
#include "vm/memory/heap.h"

typedef struct CodeRows {
  Object h;
  List *rows; /* [gc] nobody else's */
  size_t next;
} CodeRows;

static Value rows_new(VM *vm, uint32_t shape, List *rows) {
  if (!rows) return VALUE_FAIL;
  CodeRows *self = heap_new(vm, shape, sizeof *self);
  self->rows = rows;
  self->next = 0;
  return value_from(self);
}
Value line_rows(VM *vm, List *rows) { return rows_new(vm, SHAPE_OF(line_iterator), rows); }
Value positions_rows(VM *vm, List *rows) {
  return rows_new(vm, SHAPE_OF(positions_iterator), rows);
}

static Value next_row(VM *vm, Value self) {
  CodeRows *it = value_object(self);
  return it->next < list_length(it->rows) ? list_items(it->rows)[it->next++] : VALUE_STOP;
}

static void trace(Marker *marker, Object *self) { mark_object(marker, ((CodeRows *)self)->rows); }

#define NATIVE_DEF "vm/objects/line_iterator.def"
#define NATIVE_PREFIX lines_
#include "vm/contracts/native_class.inc"

const ClassSpec line_iterator_class = {
    NATIVE_CLASS(lines_),
    .basic_size = sizeof(CodeRows),
    .trace = trace,
    .next = next_row,
};

#define NATIVE_DEF "vm/objects/positions_iterator.def"
#define NATIVE_PREFIX positions_
#include "vm/contracts/native_class.inc"

const ClassSpec positions_iterator_class = {
    NATIVE_CLASS(positions_),
    .basic_size = sizeof(CodeRows),
    .trace = trace,
    .next = next_row,
};
