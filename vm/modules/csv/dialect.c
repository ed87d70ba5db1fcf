/* dialect.c -- dialects of CSV and the module's functions. */
#include "vm/contracts/native.h"
#include "vm/contracts/type.h"
#include "vm/modules/csv/csv.h"
#include "vm/objects/dict.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"

#define NATIVE_DEF "vm/modules/csv/dialect.def"
#define NATIVE_PREFIX dialect_
#define NATIVE_SELF CsvDialect *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/csv/functions.def"
#define NATIVE_PREFIX csv_
#include "vm/contracts/native_class.inc"

struct CsvState csv_state = {VALUE_NONE, VALUE_NONE, 128 * 1024};

/* ---- properties */

static Value char_value(VM *vm, uint32_t c) {
  return c == CHAR_NOT_SET ? VALUE_NONE : value_from(str_from_char(vm, c));
}
static Value dialect_get_delimiter(VM *vm, CsvDialect *self) {
  return char_value(vm, self->delimiter);
}
static Value dialect_get_escapechar(VM *vm, CsvDialect *self) {
  return char_value(vm, self->escape_char);
}
static Value dialect_get_quotechar(VM *vm, CsvDialect *self) {
  return char_value(vm, self->quote_char);
}
static Value dialect_get_lineterminator(VM *vm, CsvDialect *self) {
  return value_from(self->line_terminator);
}
static Value dialect_get_quoting(VM *vm, CsvDialect *self) { return value_int(vm, self->quoting); }
static Value dialect_get_doublequote(VM *vm, CsvDialect *self) {
  return value_bool(self->double_quote);
}
static Value dialect_get_skipinitialspace(VM *vm, CsvDialect *self) {
  return value_bool(self->skip_initial_space);
}
static Value dialect_get_strict(VM *vm, CsvDialect *self) { return value_bool(self->strict); }

/* ---- construction */

enum {
  F_DELIMITER,
  F_DOUBLEQUOTE,
  F_ESCAPECHAR,
  F_LINETERMINATOR,
  F_QUOTECHAR,
  F_QUOTING,
  F_SKIPINITIALSPACE,
  F_STRICT,
  F_COUNT
};
static const char *const field_names[F_COUNT] = {"delimiter",        "doublequote", "escapechar",
                                                 "lineterminator",   "quotechar",   "quoting",
                                                 "skipinitialspace", "strict"};

static bool set_char(VM *vm, const char *name, Value v, bool optional, uint32_t *out) {
  if (v == VALUE_MISSING) return true;
  if (optional && v == VALUE_NONE) return *out = CHAR_NOT_SET, true;
  if (!value_is_str(v))
    return raise_false(vm, TYPE_OF(TypeError),
                       optional ? "\"%s\" must be string or None, not %.200T"
                                : "\"%s\" must be string, not %.200T",
                       name, v);
  const Str *s = value_object(v);
  if (s->length != 1)
    return raise_false(vm, TYPE_OF(TypeError), "\"%s\" must be a 1-character string", name);
  *out = str_at(s, 0);
  return true;
}

static bool set_bool(VM *vm, Value v, bool *out) {
  if (v == VALUE_MISSING) return true;
  Answer truth = value_truth(vm, v);
  *out = truth == ANSWER_YES;
  return truth >= 0;
}

static bool set_fields(VM *vm, CsvDialect *d, const Value *f) {
  if (!set_char(vm, "delimiter", f[F_DELIMITER], false, &d->delimiter) ||
      !set_bool(vm, f[F_DOUBLEQUOTE], &d->double_quote) ||
      !set_char(vm, "escapechar", f[F_ESCAPECHAR], true, &d->escape_char))
    return false;
  Value end = f[F_LINETERMINATOR];
  if (end == VALUE_NONE) return raise_false(vm, TYPE_OF(TypeError), "lineterminator must be set");
  if (end != VALUE_MISSING) {
    if (!value_is_str(end))
      return raise_false(vm, TYPE_OF(TypeError), "\"lineterminator\" must be a string");
    d->line_terminator = value_object(end);
    heap_barrier(vm, d, end);
  }
  if (!set_char(vm, "quotechar", f[F_QUOTECHAR], true, &d->quote_char)) return false;
  Value quoting = f[F_QUOTING];
  if (quoting != VALUE_MISSING) {
    if (!value_is_int(quoting))
      return raise_false(vm, TYPE_OF(TypeError), "\"quoting\" must be an integer");
    int64_t n = value_as_int(quoting);
    if (n < QUOTE_MINIMAL || n > QUOTE_NONE)
      return raise_false(vm, TYPE_OF(TypeError), "bad \"quoting\" value");
    d->quoting = (Quoting)n;
  } else if (f[F_QUOTECHAR] == VALUE_NONE) d->quoting = QUOTE_NONE;
  if (!set_bool(vm, f[F_SKIPINITIALSPACE], &d->skip_initial_space) ||
      !set_bool(vm, f[F_STRICT], &d->strict))
    return false;
  if (d->quoting != QUOTE_NONE && d->quote_char == CHAR_NOT_SET)
    return raise_false(vm, TYPE_OF(TypeError), "quotechar must be set if quoting enabled");
  return true;
}

static Value find_dialect(VM *vm, Value name) {
  Value found = dict_get(vm, value_object(csv_state.dialects), name);
  return found == VALUE_UNBOUND ? raise_csv(vm, "unknown dialect") : found;
}

static Value dialect_construct(VM *vm, Type *cls, const dialect_construct_args *a) {
  Value base = a->dialect;
  Value fields[F_COUNT] = {a->delimiter, a->doublequote, a->escapechar,       a->lineterminator,
                           a->quotechar, a->quoting,     a->skipinitialspace, a->strict};
  if (base != VALUE_NONE) {
    if (value_is_str(base)) {
      base = find_dialect(vm, base);
      if (value_is_fail(base)) return VALUE_FAIL;
    }
    bool given = false;
    for (int k = 0; k < F_COUNT; k++) given |= fields[k] != VALUE_MISSING;
    if (!given && value_is(base, csv_Dialect)) return base;
    for (int k = 0; k < F_COUNT; k++) {
      if (fields[k] != VALUE_MISSING) continue;
      Value v = find_attribute(vm, base, str_intern_cstr(vm, field_names[k]));
      if (value_is_fail(v)) return VALUE_FAIL;
      if (v != VALUE_UNBOUND) fields[k] = v;
    }
  }
  Value made = object_new(vm, cls);
  if (value_is_fail(made)) return VALUE_FAIL;
  CsvDialect *d = value_object(made);
  d->line_terminator = str_new_cstr(vm, "\r\n");
  heap_barrier_object(vm, d, d->line_terminator);
  d->delimiter = ',', d->quote_char = '"', d->escape_char = CHAR_NOT_SET;
  d->double_quote = true;
  return set_fields(vm, d, fields) ? made : VALUE_FAIL;
}

Value csv_dialect_from(VM *vm, const Value *args, int npos, Tuple *kwnames) {
  return native_call(vm, &dialect_constructor, value_from(TYPE_OF(csv_Dialect)), args, npos,
                     kwnames);
}

static void dialect_trace(Marker *marker, Object *object) {
  mark_object(marker, ((const CsvDialect *)object)->line_terminator);
}

const ClassSpec csv_Dialect_class = {NATIVE_CLASS(dialect_), .basic_size = sizeof(CsvDialect),
                                     .trace = dialect_trace};

/* ---- functions */

static Value csv_reader(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return csv_make_reader(vm, args, npos, kwnames);
}
static Value csv_writer(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return csv_make_writer(vm, args, npos, kwnames);
}

static Value csv_list_dialects(VM *vm, Value self, const csv_list_dialects_args *a) {
  return value_of(list_from_iterable(vm, csv_state.dialects));
}

static Value csv_register_dialect(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (npos < 1) return raise_type(vm, " expected at least 1 argument, got 0");
  if (npos > 2) return raise_type(vm, " expected at most 2 arguments, got %d", npos);
  if (!value_is_str(args[0])) return raise_type(vm, "dialect name must be a string");
  Value dialect = csv_dialect_from(vm, args + 1, npos - 1, kwnames);
  return value_none_if(!value_is_fail(dialect) &&
                       dict_set(vm, value_object(csv_state.dialects), args[0], dialect));
}

static Value csv_unregister_dialect(VM *vm, Value self, const csv_unregister_dialect_args *a) {
  Value removed = dict_remove(vm, value_object(csv_state.dialects), a->name);
  return removed == VALUE_UNBOUND ? raise_csv(vm, "unknown dialect")
         : value_is_fail(removed) ? VALUE_FAIL
                                  : VALUE_NONE;
}

static Value csv_get_dialect(VM *vm, Value self, const csv_get_dialect_args *a) {
  return find_dialect(vm, a->name);
}

static Value csv_field_size_limit(VM *vm, Value self, const csv_field_size_limit_args *a) {
  int64_t old = csv_state.field_limit;
  if (a->limit != VALUE_MISSING) {
    if (!value_is_any_int(a->limit) || value_is_bool(a->limit))
      return raise_type(vm, "limit must be an integer");
    if (!int_to_int64(a->limit, &csv_state.field_limit))
      return raise_error(vm, TYPE_OF(OverflowError), "Python int too large to convert to C long");
  }
  return value_int(vm, old);
}

static bool init(VM *vm, Module *module) {
  csv_state.error = module_new_exception(vm, "_csv", "Error", TYPE_OF(Exception));
  heap_add_root(vm, &csv_state.error);
  Dict *dialects = dict_new(vm);
  if (!dialects || value_is_fail(csv_state.error)) return false;
  csv_state.dialects = value_from(dialects);
  heap_add_root(vm, &csv_state.dialects);
  return module_add(vm, module, "Error", csv_state.error) &&
         module_add(vm, module, "_dialects", csv_state.dialects) &&
         module_add_type(vm, module, TYPE_OF(csv_Dialect)) &&
         module_add(vm, module, "Reader", value_from(TYPE_OF(csv_Reader))) &&
         module_add(vm, module, "Writer", value_from(TYPE_OF(csv_Writer))) &&
         module_add_int(vm, module, "QUOTE_MINIMAL", QUOTE_MINIMAL) &&
         module_add_int(vm, module, "QUOTE_ALL", QUOTE_ALL) &&
         module_add_int(vm, module, "QUOTE_NONNUMERIC", QUOTE_NONNUMERIC) &&
         module_add_int(vm, module, "QUOTE_NONE", QUOTE_NONE) &&
         module_add_str(vm, module, "__version__", "1.0");
}

const ModuleSpec _csv_module = {
    .name = "_csv",
    .doc = "CSV parsing and writing.\n\nThis module provides what the module csv is made of: "
           "readers, writers and dialects.",
    NATIVE_FUNCTIONS(csv_),
    .init = init,
};
