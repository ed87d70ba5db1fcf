/* code_type.c -- code objects as Python sees them. co_code is Krait's own bytecode, see
** vm/bytecode/README.md. */
#include "vm/contracts/sys.h"
#include "vm/contracts/frames.h"
#include "vm/contracts/protocol.h"
#include "vm/core/options.h"
#include "vm/objects/code_fields.h"
#include "vm/objects/code_rows.h"
#include "vm/objects/complex.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"

#include <stdlib.h>

#define NATIVE_DEF "vm/objects/code.def"
#define NATIVE_PREFIX code_type_
#define NATIVE_SELF Code *
#include "vm/contracts/native_class.inc"

MUST_USE MAY_RUN static Answer same_constants(VM *vm, const Tuple *a, const Tuple *b);

static Value code_type_op_repr(VM *vm, Code *self, const code_type_op_repr_args *a) {
  Str *text = str_format(vm, "<code object %U at 0x%lx, file \"%U\", line %d>", self->name,
                         (unsigned long)(uintptr_t)self, self->filename, self->first_line);
  return value_of(text);
}

/* same_constant: equal, and of one type, all the way down: a program tells 1 from True, and 0.0
** from -0.0. */
static Answer same_constant(VM *vm, Value a, Value b) {
  if (a == b) return ANSWER_YES;
  if (value_type(a) != value_type(b)) return ANSWER_NO;
  if (value_is_float(a) || value_is(a, float)) {
    double x = float_of(a), y = float_of(b);
    return memcmp(&x, &y, sizeof x) ? ANSWER_NO : ANSWER_YES;
  }
  if (value_is(a, complex)) {
    const Complex *x = value_object(a), *y = value_object(b);
    return memcmp(&x->real, &y->real, 8) || memcmp(&x->imag, &y->imag, 8) ? ANSWER_NO : ANSWER_YES;
  }
  if (value_is(a, tuple)) return same_constants(vm, value_object(a), value_object(b));
  bool has_value = value_is_any_int(a) || value_is(a, str) || value_is(a, bytes) ||
                   value_is(a, frozenset) || value_is(a, code);
  return has_value ? values_equal(vm, a, b) : ANSWER_NO;
}

static Answer same_constants(VM *vm, const Tuple *a, const Tuple *b) {
  if (tuple_length(a) != tuple_length(b)) return ANSWER_NO;
  for (size_t i = 0; i < tuple_length(a); i++) {
    Answer same = same_constant(vm, a->items[i], b->items[i]);
    if (same != ANSWER_YES) return same;
  }
  return ANSWER_YES;
}

/* Do the instructions come from the same places, and go to the same handlers? */
static bool same_tables(const Code *a, const Code *b) {
  const ImageFunction *f = &a->fn, *g = &b->fn;
  if (f->range_count != g->range_count || memcmp(f->ranges, g->ranges, 16 * (size_t)f->range_count))
    return false;
  LineIterator in_a, in_b;
  line_iterator_init(&in_a, f);
  line_iterator_init(&in_b, g);
  while (line_iterator_next(&in_a))
    if (!line_iterator_next(&in_b) || in_a.end != in_b.end ||
        memcmp(&in_a.position, &in_b.position, sizeof in_a.position))
      return false;
  return true;
}

static Value code_type_op_eq(VM *vm, Code *self, const code_type_op_eq_args *a) {
  if (!value_is(a->value, code)) return VALUE_NOT_IMPLEMENTED;
  Code *other = value_object(a->value);
  if (self == other) return VALUE_TRUE;
  if (!str_equal(self->name, other->name) || self->co_flags != other->co_flags ||
      self->first_line != other->first_line || self->fn.argcount != other->fn.argcount ||
      self->fn.posonlycount != other->fn.posonlycount ||
      self->fn.kwonlycount != other->fn.kwonlycount || self->fn.code_size != other->fn.code_size ||
      memcmp(self->fn.code, other->fn.code, self->fn.code_size) != 0)
    return VALUE_FALSE;
  if (!code_materialise(vm, self) || !code_materialise(vm, other)) return VALUE_FAIL;
  if (!same_tables(self, other)) return VALUE_FALSE;
  Answer same = same_constants(vm, self->constants, other->constants);
  if (same != ANSWER_YES) return same == ANSWER_FAILED ? VALUE_FAIL : VALUE_FALSE;
  Tuple *pairs[][2] = {{self->names, other->names},
                       {code_varnames(vm, self), code_varnames(vm, other)},
                       {code_freevars(vm, self), code_freevars(vm, other)},
                       {code_cellvars(vm, self), code_cellvars(vm, other)}};
  for (size_t i = 0; i < ARRAY_COUNT(pairs); i++) {
    int equal = values_equal(vm, value_from(pairs[i][0]), value_from(pairs[i][1]));
    if (equal <= 0) return equal < 0 ? VALUE_FAIL : VALUE_FALSE;
  }
  return VALUE_TRUE;
}

static Value code_type_op_hash(VM *vm, Code *self, const code_type_op_hash_args *a) {
  uint64_t h = str_hash(vm, self->name) ^ self->fn.code_size * 0x9e3779b97f4a7c15u ^
               (uint64_t)self->first_line << 20 ^ self->fn.argcount << 8;
  for (uint32_t i = 0; i < self->fn.code_size; i++) h = (h ^ self->fn.code[i]) * 0x100000001b3u;
  return value_int(vm, (int64_t)h >> 3);
}

static Value code_type_co_lines(VM *vm, Code *self, const code_type_co_lines_args *a) {
  if (!code_materialise(vm, self)) return VALUE_FAIL;
  List *list = list_new(vm, 0);
  LineIterator it = {0}; /* without positions: ended */
  if (code_has_positions(self)) line_iterator_init(&it, &self->fn);
  while (list && line_iterator_next(&it)) {
    Value line = it.position.line < 0
                     ? VALUE_NONE
                     : value_int_unchecked(code_shown_line(self, it.position.line));
    if (!list_append_value(vm, list,
                           PACK(value_int_unchecked(2 * (int64_t)it.start),
                                value_int_unchecked(2 * (int64_t)it.end), line)))
      return VALUE_FAIL;
  }
  return line_rows(vm, list);
}

static Value column_value(int32_t n) { return n < 0 ? VALUE_NONE : value_int_unchecked(n); }

/* One entry for each 2 bytes of co_code. */
static Value code_type_varname_from_oparg(VM *vm, Code *self,
                                          const code_type_varname_from_oparg_args *a) {
  /* registers: variables, then cells that are no variables */
  uint32_t r = (uint32_t)a->oparg;
  if (a->oparg >= 0 && r < function_near_locals(&self->fn))
    return value_of(code_varname(vm, self, (int)r));
  Tuple *cells = code_cellvars(vm, self);
  for (uint32_t i = 0; cells && i < self->fn.cell_count; i++)
    if (a->oparg >= 0 && function_cell_register(&self->fn, i) == r) return cells->items[i];
  return cells ? raise_error(vm, TYPE_OF(IndexError), "tuple index out of range") : VALUE_FAIL;
}

static Value code_type_co_positions(VM *vm, Code *self, const code_type_co_positions_args *a) {
  if (!code_materialise(vm, self)) return VALUE_FAIL;
  List *list = list_new(vm, 0);
  LineIterator it = {0}; /* without positions: ended */
  if (code_has_positions(self)) line_iterator_init(&it, &self->fn);
  uint32_t unit = 0;
  while (list && line_iterator_next(&it)) {
    Position p = it.position;
    if (vm->options->no_debug_ranges) p.column = p.end_column = -1;
    Value entry = PACK(column_value(p.line < 0 ? -1 : code_shown_line(self, p.line)),
                       column_value(p.end_line < 0 ? -1 : code_shown_line(self, p.end_line)),
                       column_value(p.column), column_value(p.end_column));
    for (; unit < it.end; unit++) /* one entry a byte: programs index by tb_lasti // 2 */
      if (!list_append_value(vm, list, entry)) return VALUE_FAIL;
  }
  return positions_rows(vm, list);
}

/* ---- made of fields: types.CodeType(...) and replace */

static Value make_code(VM *vm, const CodeFields *f) {
  AUDITED(vm, "code.__new__", value_from(f->code), value_from(f->filename), value_from(f->name),
          value_int_unchecked(f->argcount), value_int_unchecked(f->posonlyargcount),
          value_int_unchecked(f->kwonlyargcount), value_int_unchecked(f->nlocals),
          value_int_unchecked(f->stacksize), value_int_unchecked(f->flags));
  return value_of(code_from_fields(vm, f));
}
static bool read_count(VM *vm, Value v, int32_t *n) {
  Value index;
  int64_t number;
  if (!value_index(vm, v, &index)) return false;
  if (!int_to_int64(index, &number) || number != (int32_t)number)
    return raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C int");
  return *n = (int32_t)number, true;
}

static const char *flag_name(uint32_t flag) {
  return flag == TYPE_BYTES_SUBCLASS ? "bytes" : flag == TYPE_TUPLE_SUBCLASS ? "tuple" : "str";
}

static Str *name_or_none(VM *vm, Value v) {
  return v == VALUE_NONE ? NAME("None") : value_type(v)->name;
}

static Value code_type_construct(VM *vm, Type *cls, const code_type_construct_args *a) {
  CodeFields fields;
  struct {
    Value given;
    int32_t *n;
  } counts[] = {{a->argcount, &fields.argcount},
                {a->posonlyargcount, &fields.posonlyargcount},
                {a->kwonlyargcount, &fields.kwonlyargcount},
                {a->nlocals, &fields.nlocals},
                {a->stacksize, &fields.stacksize},
                {a->flags, &fields.flags},
                {a->firstlineno, &fields.firstlineno}};
  for (size_t i = 0; i < ARRAY_COUNT(counts); i++)
    if (!read_count(vm, counts[i].given, counts[i].n)) return VALUE_FAIL;
  struct {
    Value given;
    uint32_t flag;
    void *field; /* a pointer to an object of the type with this flag */
    int place;
  } objects[] = {{a->codestring, TYPE_BYTES_SUBCLASS, &fields.code, 7},
                 {a->constants, TYPE_TUPLE_SUBCLASS, &fields.consts, 8},
                 {a->names, TYPE_TUPLE_SUBCLASS, &fields.names, 9},
                 {a->varnames, TYPE_TUPLE_SUBCLASS, &fields.varnames, 10},
                 {a->filename, TYPE_STR_SUBCLASS, &fields.filename, 11},
                 {a->name, TYPE_STR_SUBCLASS, &fields.name, 12},
                 {a->qualname, TYPE_STR_SUBCLASS, &fields.qualname, 13},
                 {a->linetable, TYPE_BYTES_SUBCLASS, &fields.linetable, 15},
                 {a->exceptiontable, TYPE_BYTES_SUBCLASS, &fields.exceptiontable, 16},
                 {a->freevars, TYPE_TUPLE_SUBCLASS, &fields.freevars, 17},
                 {a->cellvars, TYPE_TUPLE_SUBCLASS, &fields.cellvars, 18}};
  for (size_t i = 0; i < ARRAY_COUNT(objects); i++) {
    Value v = objects[i].given;
    if (v == VALUE_MISSING) v = value_of(tuple_new(vm, 0));
    if (!value_has_flag(v, objects[i].flag))
      return raise_type(vm, "code() argument %d must be %s, not %U", objects[i].place,
                        flag_name(objects[i].flag), name_or_none(vm, v));
    *(Object **)objects[i].field = value_object(v);
  }
  return make_code(vm, &fields);
}

/* replace_field: *known: there is such a field. */
static bool replace_field(VM *vm, CodeFields *f, Str *field, Value v, bool *known) {
  const struct {
    const char *name;
    int32_t *n;
  } counts[] = {{"co_argcount", &f->argcount},
                {"co_posonlyargcount", &f->posonlyargcount},
                {"co_kwonlyargcount", &f->kwonlyargcount},
                {"co_nlocals", &f->nlocals},
                {"co_stacksize", &f->stacksize},
                {"co_flags", &f->flags},
                {"co_firstlineno", &f->firstlineno}};
  const struct {
    const char *name;
    uint32_t flag;
    void *field;
  } objects[] = {{"co_code", TYPE_BYTES_SUBCLASS, &f->code},
                 {"co_consts", TYPE_TUPLE_SUBCLASS, &f->consts},
                 {"co_names", TYPE_TUPLE_SUBCLASS, &f->names},
                 {"co_varnames", TYPE_TUPLE_SUBCLASS, &f->varnames},
                 {"co_filename", TYPE_STR_SUBCLASS, &f->filename},
                 {"co_name", TYPE_STR_SUBCLASS, &f->name},
                 {"co_qualname", TYPE_STR_SUBCLASS, &f->qualname},
                 {"co_linetable", TYPE_BYTES_SUBCLASS, &f->linetable},
                 {"co_exceptiontable", TYPE_BYTES_SUBCLASS, &f->exceptiontable},
                 {"co_freevars", TYPE_TUPLE_SUBCLASS, &f->freevars},
                 {"co_cellvars", TYPE_TUPLE_SUBCLASS, &f->cellvars}};
  *known = true;
  for (size_t i = 0; i < ARRAY_COUNT(counts); i++) {
    if (!str_equal_cstr(field, counts[i].name)) continue;
    if (!read_count(vm, v, counts[i].n)) return false;
    return *counts[i].n >= 0 || (raise_value(vm, "%U must be a positive integer", field), false);
  }
  for (size_t i = 0; i < ARRAY_COUNT(objects); i++) {
    if (!str_equal_cstr(field, objects[i].name)) continue;
    if (!value_has_flag(v, objects[i].flag))
      return raise_false(vm, TYPE_OF(TypeError), "replace() argument '%U' must be %s, not %U",
                         field, flag_name(objects[i].flag), name_or_none(vm, v));
    *(Object **)objects[i].field = value_object(v);
    return true;
  }
  return *known = false, true;
}

static Value code_type_replace(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (npos) return raise_type(vm, "replace() takes no positional arguments");
  CodeFields fields;
  if (!code_fields(vm, value_object(self), &fields)) return VALUE_FAIL;
  for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++) {
    bool known;
    Str *field = value_object(kwnames->items[i]);
    if (!replace_field(vm, &fields, field, args[i], &known)) return VALUE_FAIL;
    if (!known) return raise_type(vm, "'%U' is an invalid keyword argument for replace()", field);
  }
  return make_code(vm, &fields);
}

/* ---- attributes */
static Value code_type_get_co_name(VM *vm, Code *self) { return value_from(self->name); }
static Value code_type_get_co_qualname(VM *vm, Code *self) { return value_from(self->qualname); }
static Value code_type_get_co_filename(VM *vm, Code *self) { return value_from(self->filename); }
static Value code_type_get_co_firstlineno(VM *vm, Code *self) {
  return value_int_unchecked(self->first_line);
}
static Value code_type_get_co_argcount(VM *vm, Code *self) {
  return value_int_unchecked(self->fn.argcount);
}
static Value code_type_get_co_posonlyargcount(VM *vm, Code *self) {
  return value_int_unchecked(self->fn.posonlycount);
}
static Value code_type_get_co_kwonlyargcount(VM *vm, Code *self) {
  return value_int_unchecked(self->fn.kwonlycount);
}
static Value code_type_get_co_nlocals(VM *vm, Code *self) {
  return value_int_unchecked(self->fn.local_count);
}
static Value code_type_get_co_stacksize(VM *vm, Code *self) {
  return value_int_unchecked(code_stack_size(self));
}
static Value code_type_get_co_flags(VM *vm, Code *self) {
  return value_int_unchecked(self->co_flags);
}
static Value code_type_get_co_code(VM *vm, Code *self) {
  return code_materialise(vm, self) ? value_of(code_units(vm, self)) : VALUE_FAIL;
}
static Value code_type_get_adaptive(VM *vm, Code *self) { return code_type_get_co_code(vm, self); }
static Value code_type_get_co_consts(VM *vm, Code *self) {
  return code_materialise(vm, self) ? value_from(self->constants) : VALUE_FAIL;
}
static Value code_type_get_co_names(VM *vm, Code *self) {
  return code_materialise(vm, self) ? value_from(self->names) : VALUE_FAIL;
}
static Value code_type_get_co_varnames(VM *vm, Code *self) {
  return value_of(code_varnames(vm, self));
}
static Value code_type_get_co_cellvars(VM *vm, Code *self) {
  return value_of(code_cellvars(vm, self));
}
static Value code_type_get_co_freevars(VM *vm, Code *self) {
  return value_of(code_freevars(vm, self));
}
/* The table of PEP 3: steps of code and of lines, two bytes each time. */
static Value code_type_get_co_lnotab(VM *vm, Code *self) {
  if (!code_materialise(vm, self)) return VALUE_FAIL;
  Buffer out = {0};
  LineIterator it;
  line_iterator_init(&it, &self->fn);
  int64_t line = self->first_line, start = 0;
  while (line_iterator_next(&it)) {
    if (it.position.line < 0) continue;
    int64_t lines = code_shown_line(self, it.position.line) - line, units = 2 * (int64_t)it.start;
    if (!lines) continue;
    for (; units - start > 255; start += 255) buffer_add(&out, "\xff", 2);
    for (; lines > 127; lines -= 127, line += 127, start = units)
      buffer_add(&out, (uint8_t[]){(uint8_t)(units - start), 127}, 2);
    for (; lines < -128; lines += 128, line -= 128, start = units)
      buffer_add(&out, (uint8_t[]){(uint8_t)(units - start), 0x80}, 2);
    buffer_add(&out, (uint8_t[]){(uint8_t)(units - start), (uint8_t)lines}, 2);
    line += lines;
    start = units;
  }
  Bytes *table = bytes_from_buffer(vm, &out);
  buffer_deinit(&out);
  return value_of(table);
}
static Value code_type_get_co_linetable(VM *vm, Code *self) {
  return code_materialise(vm, self) ? value_of(code_line_table(vm, self)) : VALUE_FAIL;
}
static Value code_type_get_co_exceptiontable(VM *vm, Code *self) {
  return code_materialise(vm, self) ? value_of(code_exception_table(vm, self)) : VALUE_FAIL;
}

static void code_trace(Marker *marker, Object *self) {
  Code *code = (Code *)self;
  mark_object(marker, code->holder);
  mark_object(marker, code->name);
  mark_object(marker, code->qualname);
  mark_object(marker, code->filename);
  mark_object(marker, code->constants);
  mark_object(marker, code->names);
  mark_object(marker, code->varnames);
  mark_object(marker, code->cellvars);
  mark_object(marker, code->freevars);
}

static void code_destroy(VM *vm, Object *self) {
  Code *code = (Code *)self;
  threaded_free_all(vm, code->threaded);
  free(code->live);
}

const ClassSpec code_class = {
    NATIVE_CLASS(code_type_),
    .basic_size = sizeof(Code),
    .trace = code_trace,
    .destroy = code_destroy,
};
