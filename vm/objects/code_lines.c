/* code_lines.c -- co_linetable: an image's line table in the form that CPython 3.11 gives its own,
** so that programs which read or write it find what they know.
**
**     entry = head byte (0x80 | form << 3 | units - 1), then by form:
**       0…9    one byte: column and length of a short piece of the same line
**       10…12  the line 0, 1 or 2 further: column byte, end column byte
**       13     a line without columns: signed line step
**       14     signed line step, lines more, column + 1, end column + 1
**       15     no position
**     numbers: 6 bits a byte, low first, 0x40: more follow; signed ones have their sign at the end.
**
** A unit is a byte of the image's code (two of co_code). Any bytes can be read: what does not make
** sense, or is not there, is no position. */
#include "vm/objects/code_fields.h"

enum { UNITS_MAX = 8, FORM_NO_COLUMNS = 13, FORM_LONG = 14, FORM_NONE = 15 };
/* Of the short forms. */
enum {
  SHORT_COLUMNS = 80,
  SHORT_LENGTH = 16,
  PLAIN_COLUMNS = 128,
  PLAIN_LINES = 3,
  FORM_PLAIN = 10
};

static void add_number(Buffer *out, uint32_t n) {
  for (; n >= 64; n >>= 6) buffer_add_byte(out, (uint8_t)(0x40 | (n & 63)));
  buffer_add_byte(out, (uint8_t)n);
}
static void add_signed(Buffer *out, int32_t n) {
  add_number(out, n < 0 ? -(uint32_t)n << 1 | 1 : (uint32_t)n << 1);
}
static void add_head(Buffer *out, int form, uint32_t units) {
  buffer_add_byte(out, (uint8_t)(0x80 | (unsigned)form << 3 | (units - 1)));
}

/* at most UNITS_MAX units; step: of lines, from the entry before */
static void add_entry(Buffer *out, uint32_t units, const Position *at, int32_t step) {
  if (at->line < 0) return add_head(out, FORM_NONE, units);
  int64_t length = (int64_t)at->end_column - at->column;
  if (at->column < 0 || at->end_column < 0) {
    add_head(out, FORM_NO_COLUMNS, units);
    add_signed(out, step);
  } else if (at->end_line == at->line && step == 0 && at->column < SHORT_COLUMNS && length >= 0 &&
             length < SHORT_LENGTH) {
    add_head(out, at->column >> 3, units);
    buffer_add_byte(out, (uint8_t)((at->column & 7) << 4 | (int)length));
  } else if (at->end_line == at->line && step >= 0 && step < PLAIN_LINES &&
             at->column < PLAIN_COLUMNS && at->end_column < PLAIN_COLUMNS) {
    add_head(out, FORM_PLAIN + step, units);
    buffer_add_byte(out, (uint8_t)at->column);
    buffer_add_byte(out, (uint8_t)at->end_column);
  } else {
    add_head(out, FORM_LONG, units);
    add_signed(out, step);
    add_number(out, (uint32_t)at->end_line - (uint32_t)at->line);
    add_number(out, (uint32_t)at->column + 1);
    add_number(out, (uint32_t)at->end_column + 1);
  }
}

Bytes *code_line_table(VM *vm, const Code *code) {
  if (!code_has_positions(code)) return bytes_new(vm, NULL, 0);
  Buffer out = {0};
  LineIterator it;
  line_iterator_init(&it, &code->fn);
  uint32_t line = code->fn.firstlineno;
  while (line_iterator_next(&it)) {
    for (uint32_t from = it.start; from < it.end; from += UNITS_MAX) {
      uint32_t units = it.end - from < UNITS_MAX ? it.end - from : UNITS_MAX;
      add_entry(&out, units, &it.position, (int32_t)((uint32_t)it.position.line - line));
      if (it.position.line >= 0) line = (uint32_t)it.position.line;
    }
  }
  Bytes *table = bytes_from_buffer(vm, &out);
  buffer_deinit(&out);
  return table;
}

bool code_has_positions(const Code *code) {
  LineIterator it;
  line_iterator_init(&it, &code->fn);
  while (line_iterator_next(&it))
    if (it.position.line >= 0) return true;
  return false;
}

/* ---- reading */
typedef struct TableReader {
  const uint8_t *at, *end;
  uint32_t line; /* of the last entry with a position */
} TableReader;

/* 0 behind the end */
static uint32_t next_byte(TableReader *r) { return r->at < r->end ? *r->at++ : 0; }

static uint32_t next_number(TableReader *r) {
  uint32_t n = 0, byte;
  unsigned shift = 0;
  do {
    byte = next_byte(r);
    if (shift < 32) n |= (byte & 63) << shift;
    shift += 6;
  } while (byte & 0x40);
  return n;
}
static uint32_t next_step(TableReader *r) {
  uint32_t n = next_number(r);
  return n & 1 ? -(n >> 1) : n >> 1;
}

/* Lines beyond the last possible are that one; columns that are none are left out. */
static Position sane(Position p) {
  if (p.line < 0) return (Position){INT32_MAX, INT32_MAX, -1, -1};
  if (p.end_line < p.line || p.column < 0 || p.end_column < 0)
    return (Position){p.line, p.line, -1, -1};
  return p;
}

static Position next_entry(TableReader *r, uint32_t *units) {
  uint32_t head = next_byte(r);
  int form = head >> 3 & 15;
  *units = (head & 7) + 1;
  int32_t column = -1, end_column = -1;
  uint32_t more = 0;
  if (form == FORM_NONE) return (Position){-1, -1, -1, -1};
  if (form < FORM_PLAIN) {
    uint32_t byte = next_byte(r);
    column = form << 3 | (int32_t)(byte >> 4 & 7);
    end_column = column + (int32_t)(byte & 15);
  } else if (form < FORM_NO_COLUMNS) {
    r->line += (uint32_t)(form - FORM_PLAIN);
    column = (int32_t)next_byte(r);
    end_column = (int32_t)next_byte(r);
  } else {
    r->line += next_step(r);
    if (form == FORM_LONG) {
      more = next_number(r);
      column = (int32_t)(next_number(r) - 1);
      end_column = (int32_t)(next_number(r) - 1);
    }
  }
  return sane((Position){(int32_t)r->line, (int32_t)(r->line + more), column, end_column});
}

void code_read_line_table(const Bytes *table, uint32_t firstlineno, uint32_t code_size,
                          LineWriter *out) {
  TableReader r = {table->data, table->data + table->length, firstlineno};
  uint32_t covered = 0;
  while (r.at < r.end && covered < code_size) {
    uint32_t units;
    Position position = next_entry(&r, &units);
    if (units > code_size - covered) units = code_size - covered;
    line_writer_add(out, units, position);
    covered += units;
  }
  if (covered < code_size) line_writer_add(out, code_size - covered, (Position){-1, -1, -1, -1});
  line_writer_finish(out);
}
