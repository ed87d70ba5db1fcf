/* writer.c -- rows to lines. */
#include "vm/contracts/native.h"
#include "vm/modules/csv/csv.h"

typedef struct CsvWriter {
  Object h;
  Value write;          /* the file's method */
  CsvDialect *dialect;  /* [gc] */
  uint8_t special[256]; /* is_special of the first code points */
} CsvWriter;

#define NATIVE_DEF "vm/modules/csv/writer.def"
#define NATIVE_PREFIX writer_
#define NATIVE_SELF CsvWriter *
#include "vm/contracts/native_class.inc"

static bool in_terminator(const CsvDialect *d, uint32_t c) {
  for (size_t k = 0; k < d->line_terminator->length; k++)
    if (str_at(d->line_terminator, k) == c) return true;
  return false;
}

/* Does c need a quote around or an escape in front? */
static inline bool is_special(const CsvDialect *d, uint32_t c) {
  return c == d->delimiter || c == d->escape_char || c == d->quote_char || in_terminator(d, c);
}

/* How c is written: *escape in front of it is a character, or CHAR_NOT_SET. Sets *quoted if quotes
** are needed. */
static bool plan_char(VM *vm, const CsvDialect *d, uint32_t c, uint32_t *escape, bool *quoted) {
  *escape = CHAR_NOT_SET;
  if (!is_special(d, c)) return true;
  bool want_escape = false;
  if (d->quoting == QUOTE_NONE) want_escape = true;
  else {
    if (c == d->quote_char) {
      if (d->double_quote) *escape = d->quote_char;
      else want_escape = true;
    } else if (c == d->escape_char) want_escape = true;
    if (!want_escape) *quoted = true;
  }
  if (!want_escape) return true;
  if (d->escape_char == CHAR_NOT_SET)
    return raise_csv(vm, "need to escape, but no escapechar set"), false;
  *escape = d->escape_char;
  return true;
}

static bool add_field(VM *vm, const CsvWriter *w, StrBuilder *b, const Str *s, bool quoted) {
  const CsvDialect *d = w->dialect;
  size_t n = s->length, special = 0;
  uint32_t escape;
  if (str_kind(s) == 0) { /* most fields need nothing */
    const uint8_t *bytes = str_data(s);
    size_t i = 0;
    while (i < n && !w->special[bytes[i]]) i++;
    if (i == n && !quoted) return str_builder_str(b, s), true;
  }
  for (size_t i = 0; i < n; i++)
    if (is_special(d, str_at(s, i))) {
      special++;
      if (!plan_char(vm, d, str_at(s, i), &escape, &quoted)) return false;
    }
  if (quoted) str_builder_char(b, d->quote_char);
  if (special == 0) str_builder_str(b, s);
  else
    for (size_t i = 0; i < n; i++) {
      uint32_t c = str_at(s, i);
      if (!plan_char(vm, d, c, &escape, &quoted)) return false;
      if (escape != CHAR_NOT_SET) str_builder_char(b, escape);
      str_builder_char(b, c);
    }
  if (quoted) str_builder_char(b, d->quote_char);
  return true;
}

static bool is_number(Value v) {
  return value_is_any_int(v) || value_is_any_float(v) || value_has_flag(v, TYPE_COMPLEX_SUBCLASS) ||
         value_has_special(v, SPECIAL_index) || value_has_special(v, SPECIAL_float) ||
         value_has_special(v, SPECIAL_int);
}

static bool add_row(VM *vm, const CsvWriter *w, StrBuilder *b, Value row) {
  const CsvDialect *d = w->dialect;
  Value iterator = get_iterator(vm, row);
  if (value_is_fail(iterator)) {
    if (!error_clear_if(vm, TYPE_OF(TypeError))) return false;
    return raise_csv(vm, "iterable expected, not %.200T", row), false;
  }
  size_t count = 0;
  for (;; count++) {
    Value field = iterator_next(vm, iterator);
    if (field == VALUE_STOP) break;
    if (value_is_fail(field)) return false;
    bool quoted = d->quoting == QUOTE_ALL || (d->quoting == QUOTE_NONNUMERIC && !is_number(field));
    Value text = field == VALUE_NONE   ? value_from(NAME(""))
                 : value_is_str(field) ? field
                                       : value_str(vm, field);
    if (value_is_fail(text)) return false;
    if (count) str_builder_char(b, d->delimiter);
    if (!add_field(vm, w, b, value_object(text), quoted)) return false;
  }
  if (count && b->length == 0) { /* one empty field must not look like no field */
    if (d->quoting == QUOTE_NONE)
      return raise_csv(vm, "single empty field record must be quoted"), false;
    if (!add_field(vm, w, b, NAME(""), true)) return false;
  }
  str_builder_str(b, d->line_terminator);
  return true;
}

static Value write_row(VM *vm, CsvWriter *self, Value row) {
  StrBuilder b;
  str_builder_init(&b, vm);
  if (!add_row(vm, self, &b, row)) {
    str_builder_drop(&b);
    return VALUE_FAIL;
  }
  Str *line = str_builder_finish(&b);
  return line ? call1(vm, self->write, value_from(line)) : VALUE_FAIL;
}

static Value writer_writerow(VM *vm, CsvWriter *self, const writer_writerow_args *a) {
  return write_row(vm, self, a->row);
}

static Value writer_writerows(VM *vm, CsvWriter *self, const writer_writerows_args *a) {
  Value iterator = get_iterator(vm, a->rows);
  if (value_is_fail(iterator)) return VALUE_FAIL;
  for (;;) {
    Value row = iterator_next(vm, iterator);
    if (row == VALUE_STOP) return VALUE_NONE;
    if (value_is_fail(row) || value_is_fail(write_row(vm, self, row))) return VALUE_FAIL;
  }
}

Value csv_make_writer(VM *vm, const Value *args, int npos, Tuple *kwnames) {
  if (npos < 1) return raise_type(vm, " expected at least 1 argument, got 0");
  if (npos > 2) return raise_type(vm, " expected at most 2 arguments, got %d", npos);
  Value write = find_attribute(vm, args[0], NAME("write"));
  if (value_is_fail(write)) return VALUE_FAIL;
  if (write == VALUE_UNBOUND || !value_is_callable(write))
    return raise_type(vm, "argument 1 must have a \"write\" method");
  Value dialect = csv_dialect_from(vm, args + 1, npos - 1, kwnames);
  if (value_is_fail(dialect)) return VALUE_FAIL;
  CsvWriter *writer = heap_new_zeroed(vm, SHAPE_OF(csv_Writer), sizeof *writer);
  writer->write = write;
  writer->dialect = value_object(dialect);
  for (uint32_t c = 0; c < 256; c++) writer->special[c] = is_special(writer->dialect, c);
  return value_from(writer);
}

static Value writer_get_dialect(VM *vm, CsvWriter *self) { return value_from(self->dialect); }

static void writer_trace(Marker *marker, Object *object) {
  const CsvWriter *self = (const CsvWriter *)object;
  mark_value(marker, self->write);
  mark_object(marker, self->dialect);
}

const ClassSpec csv_Writer_class = {
    NATIVE_CLASS(writer_),
    .basic_size = sizeof(CsvWriter),
    .trace = writer_trace,
};
