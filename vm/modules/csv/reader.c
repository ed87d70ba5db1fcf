/* reader.c -- lines to rows.
**
** A field is most often a stretch of one line: then it is a slice of it. Only escapes, doubled
** quotes and fields over several lines go through the builder. */
#include "vm/contracts/native.h"
#include "vm/modules/csv/csv.h"
#include "vm/objects/list.h"

typedef enum State {
  START_RECORD,
  START_FIELD,
  ESCAPED_CHAR,
  IN_FIELD,
  IN_QUOTED_FIELD,
  ESCAPE_IN_QUOTED_FIELD,
  QUOTE_IN_QUOTED_FIELD,
  EAT_LINE_END,
  AFTER_ESCAPED_LINE_END
} State;

typedef struct CsvReader {
  Object h;
  Value iterator;
  CsvDialect *dialect; /* [gc] */
  int64_t line_num;
  size_t width; /* fields of the last row */
} CsvReader;

#define NATIVE_DEF "vm/modules/csv/reader.def"
#define NATIVE_PREFIX reader_
#define NATIVE_SELF CsvReader *
#include "vm/contracts/native_class.inc"

/* A row in the making. The field is `text` followed by line[from, to). */
typedef struct Row {
  VM *vm;
  const CsvDialect *d;
  List *fields;
  Str *line;
  StrBuilder text;
  size_t from, to;
  State state;
  bool numeric;
} Row;

enum { END_OF_LINE = UINT32_MAX - 1, WIDTH_MAX = 256 };

static inline size_t field_length(const Row *r) { return r->text.length + (r->to - r->from); }

static void flush(Row *r) {
  if (r->to > r->from) str_builder_range(&r->text, r->line, r->from, r->to);
  r->from = r->to = 0;
}

static COLD bool is_too_long(Row *r) {
  return raise_csv(r->vm, "field larger than field limit (%ld)", (long)csv_state.field_limit),
         false;
}

/* Adds line[i]. */
static bool add_char(Row *r, size_t i) {
  if (UNLIKELY((int64_t)field_length(r) >= csv_state.field_limit)) return is_too_long(r);
  if (r->to == i && r->to > r->from) r->to++;
  else flush(r), r->from = i, r->to = i + 1;
  return true;
}

static bool add_newline(Row *r) {
  if ((int64_t)field_length(r) >= csv_state.field_limit) return is_too_long(r);
  flush(r);
  str_builder_char(&r->text, '\n');
  return true;
}

static bool save_field(Row *r) {
  VM *vm = r->vm;
  Str *s;
  if (LIKELY(r->text.length == 0)) s = str_substring(vm, r->line, r->from, r->to);
  else {
    flush(r);
    s = str_builder_finish(&r->text);
    str_builder_init(&r->text, vm);
  }
  r->from = r->to = 0;
  Value v = value_of(s);
  if (r->numeric && s) {
    r->numeric = false;
    v = call1(vm, value_from(TYPE_OF(float)), v);
  }
  return !value_is_fail(v) && list_append_value(vm, r->fields, v);
}

static inline bool ends_line(uint32_t c) { return c == '\n' || c == '\r' || c == END_OF_LINE; }

static bool end_field(Row *r, uint32_t c) {
  r->state = c == END_OF_LINE ? START_RECORD : EAT_LINE_END;
  return save_field(r);
}

static bool start_field(Row *r, uint32_t c, size_t i) {
  const CsvDialect *d = r->d;
  if (ends_line(c)) return end_field(r, c);
  if (c == d->quote_char && d->quoting != QUOTE_NONE) r->state = IN_QUOTED_FIELD;
  else if (c == d->escape_char) r->state = ESCAPED_CHAR;
  else if (c == ' ' && d->skip_initial_space) return true;
  else if (c == d->delimiter) return save_field(r);
  else {
    r->numeric = d->quoting == QUOTE_NONNUMERIC;
    r->state = IN_FIELD;
    return add_char(r, i);
  }
  return true;
}

static bool in_field(Row *r, uint32_t c, size_t i) {
  if (ends_line(c)) return end_field(r, c);
  if (c == r->d->escape_char) r->state = ESCAPED_CHAR;
  else if (c == r->d->delimiter) {
    r->state = START_FIELD;
    return save_field(r);
  } else return add_char(r, i);
  return true;
}

/* One character (or the end) of the line. */
static bool step(Row *r, uint32_t c, size_t i) {
  const CsvDialect *d = r->d;
  switch (r->state) {
  case START_RECORD:
    if (c == END_OF_LINE) return true;
    if (c == '\n' || c == '\r') return r->state = EAT_LINE_END, true;
    r->state = START_FIELD;
    FALLTHROUGH;
  case START_FIELD: return start_field(r, c, i);
  case ESCAPED_CHAR:
    if (c == '\n' || c == '\r') return r->state = AFTER_ESCAPED_LINE_END, add_char(r, i);
    r->state = IN_FIELD;
    return c == END_OF_LINE ? add_newline(r) : add_char(r, i);
  case AFTER_ESCAPED_LINE_END:
    if (c == END_OF_LINE) return true;
    FALLTHROUGH;
  case IN_FIELD: return in_field(r, c, i);
  case IN_QUOTED_FIELD:
    if (c == END_OF_LINE) return true;
    if (c == d->escape_char) return r->state = ESCAPE_IN_QUOTED_FIELD, true;
    if (c == d->quote_char && d->quoting != QUOTE_NONE)
      return r->state = d->double_quote ? QUOTE_IN_QUOTED_FIELD : IN_FIELD, true;
    return add_char(r, i);
  case ESCAPE_IN_QUOTED_FIELD:
    r->state = IN_QUOTED_FIELD;
    return c == END_OF_LINE ? add_newline(r) : add_char(r, i);
  case QUOTE_IN_QUOTED_FIELD:
    if (d->quoting != QUOTE_NONE && c == d->quote_char)
      return r->state = IN_QUOTED_FIELD, add_char(r, i);
    if (c == d->delimiter) return r->state = START_FIELD, save_field(r);
    if (ends_line(c)) return end_field(r, c);
    if (!d->strict) return r->state = IN_FIELD, add_char(r, i);
    return raise_csv(r->vm, "'%c' expected after '%c'", (int)d->delimiter, (int)d->quote_char),
           false;
  case EAT_LINE_END:
    if (c == '\n' || c == '\r') return true;
    if (c == END_OF_LINE) return r->state = START_RECORD, true;
    return raise_csv(r->vm, "new-line character seen in unquoted field - do you need to open the "
                            "file in universal-newline mode?"),
           false;
  }
  return true;
}

/* Takes plain characters of a field at once: from i to the first that may mean something. */
static size_t run_plain(Row *r, const uint8_t *bytes, size_t i, size_t n) {
  const CsvDialect *d = r->d;
  size_t from = i;
  if (r->state == IN_FIELD)
    while (i < n && bytes[i] != d->delimiter && bytes[i] != d->escape_char && bytes[i] != '\n' &&
           bytes[i] != '\r')
      i++;
  else if (r->state == IN_QUOTED_FIELD)
    while (i < n && bytes[i] != d->quote_char && bytes[i] != d->escape_char) i++;
  if (i == from || (int64_t)(field_length(r) + (i - from)) > csv_state.field_limit) return from;
  if (r->to == from && r->to > r->from) r->to = i;
  else flush(r), r->from = from, r->to = i;
  return i;
}

/* plain_fields: the fields at the front of a Latin-1 line that need no second look: neither quoted
** nor escaped. Returns where the states go on, which also see to the end of the line; SIZE_MAX:
** raised. */
static size_t plain_fields(Row *r, const uint8_t *bytes, size_t n) {
  const CsvDialect *d = r->d;
  VM *vm = r->vm;
  if (d->escape_char != CHAR_NOT_SET || d->skip_initial_space || d->quoting == QUOTE_NONNUMERIC)
    return 0;
  uint32_t quote = d->quoting == QUOTE_NONE ? CHAR_NOT_SET : d->quote_char,
           delimiter = d->delimiter;
  size_t from = 0;
  while (from < n && bytes[from] != quote && bytes[from] != '\n' && bytes[from] != '\r') {
    size_t to = from;
    while (to < n && bytes[to] != delimiter && bytes[to] != '\n' && bytes[to] != '\r') to++;
    if ((int64_t)(to - from) > csv_state.field_limit) return from;
    if (to == n || bytes[to] != delimiter) {
      r->from = from, r->to = to;
      r->state = IN_FIELD;
      return to;
    }
    Str *field = str_substring(vm, r->line, from, to);
    if (!field || !list_append_value(vm, r->fields, value_from(field))) return SIZE_MAX;
    from = to + 1;
    r->state = START_FIELD;
  }
  return from;
}

static bool read_line(Row *r) {
  Str *line = r->line;
  size_t n = line->length, start = 0;
  const uint8_t *bytes = str_kind(line) == 0 ? str_data(line) : NULL;
  if (bytes && r->state == START_RECORD && (start = plain_fields(r, bytes, n)) == SIZE_MAX)
    return false;
  for (size_t i = start; i < n; i++) {
    if (bytes) {
      i = run_plain(r, bytes, i, n);
      if (i >= n) break;
    }
    if (!step(r, str_at(line, i), i)) return false;
  }
  if (!step(r, END_OF_LINE, n)) return false;
  if (r->state != START_RECORD) flush(r); /* the field goes on in the next line */
  return true;
}

static Value read_row(VM *vm, CsvReader *self, Row *r) {
  do {
    Value line = iterator_next(vm, self->iterator);
    if (value_is_fail(line)) return VALUE_FAIL;
    if (line == VALUE_STOP) {
      if (field_length(r) == 0 && r->state != IN_QUOTED_FIELD) return VALUE_STOP;
      if (self->dialect->strict) return raise_csv(vm, "unexpected end of data");
      return save_field(r) ? value_from(r->fields) : VALUE_FAIL;
    }
    if (!value_is_str(line))
      return raise_csv(
          vm, "iterator should return strings, not %.200T (the file should be opened in text mode)",
          line);
    self->line_num++;
    r->line = value_object(line);
    if (!read_line(r)) return VALUE_FAIL;
  } while (r->state != START_RECORD);
  return value_from(r->fields);
}

static Value reader_next(VM *vm, Value value) {
  CsvReader *self = value_object(value);
  Row row = {.vm = vm, .d = self->dialect, .fields = list_new(vm, self->width), .line = NAME("")};
  if (!row.fields) return VALUE_FAIL;
  str_builder_init(&row.text, vm);
  Value result = read_row(vm, self, &row);
  self->width = list_length(row.fields) < WIDTH_MAX ? list_length(row.fields) : 0;
  str_builder_drop(&row.text);
  return result;
}

Value csv_make_reader(VM *vm, const Value *args, int npos, Tuple *kwnames) {
  if (npos < 1) return raise_type(vm, " expected at least 1 argument, got 0");
  if (npos > 2) return raise_type(vm, " expected at most 2 arguments, got %d", npos);
  Value iterator = get_iterator(vm, args[0]);
  Value dialect =
      value_is_fail(iterator) ? iterator : csv_dialect_from(vm, args + 1, npos - 1, kwnames);
  if (value_is_fail(dialect)) return VALUE_FAIL;
  CsvReader *reader = heap_new_zeroed(vm, SHAPE_OF(csv_Reader), sizeof *reader);
  reader->iterator = iterator;
  reader->dialect = value_object(dialect);
  return value_from(reader);
}

static Value reader_get_dialect(VM *vm, CsvReader *self) { return value_from(self->dialect); }
static Value reader_get_line_num(VM *vm, CsvReader *self) { return value_int(vm, self->line_num); }

static void reader_trace(Marker *marker, Object *object) {
  const CsvReader *self = (const CsvReader *)object;
  mark_value(marker, self->iterator);
  mark_object(marker, self->dialect);
}

const ClassSpec csv_Reader_class = {
    NATIVE_CLASS(reader_),
    .basic_size = sizeof(CsvReader),
    .trace = reader_trace,
    .next = reader_next,
};
