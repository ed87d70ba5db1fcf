/* code_type.c -- code objects as Python sees them. co_code is the register bytecode of the image:
** opaque, but equal for equal code. */
#include "vm/contracts/frames.h"
#include "vm/contracts/protocol.h"
#include "vm/core/options.h"
#include "vm/objects/bytes.h"
#include "vm/objects/code.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"

#include <stdlib.h>

#define NATIVE_DEF "vm/objects/code.def"
#define NATIVE_PREFIX code_type_
#define NATIVE_SELF Code *
#include "vm/contracts/native_class.inc"

static Value code_type_op_repr(VM *vm, Code *self, const code_type_op_repr_args *a) {
  Str *text = str_format(vm, "<code object %U at 0x%lx, file \"%U\", line %d>", self->name,
                         (unsigned long)(uintptr_t)self, self->filename, self->first_line);
  return value_of(text);
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
  Tuple *pairs[][2] = {{self->constants, other->constants},
                       {self->names, other->names},
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
  LineIterator it;
  line_iterator_init(&it, &self->fn);
  while (list && line_iterator_next(&it)) {
    Value line = it.position.line < 0
                     ? VALUE_NONE
                     : value_int_unchecked(code_shown_line(self, it.position.line));
    if (!list_append_value(vm, list,
                           PACK(value_int_unchecked(2 * (int64_t)it.start),
                                value_int_unchecked(2 * (int64_t)it.end), line)))
      return VALUE_FAIL;
  }
  return list ? get_iterator(vm, value_from(list)) : VALUE_FAIL;
}

static Value column_value(int32_t n) { return n < 0 ? VALUE_NONE : value_int_unchecked(n); }

/* One entry for each 2 bytes of code, as library code that divides offsets by two expects. */
static Value code_type_co_positions(VM *vm, Code *self, const code_type_co_positions_args *a) {
  if (!code_materialise(vm, self)) return VALUE_FAIL;
  List *list = list_new(vm, 0);
  LineIterator it;
  line_iterator_init(&it, &self->fn);
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
  return list ? get_iterator(vm, value_from(list)) : VALUE_FAIL;
}

/* ---- replace: the fields that a view of an image can have changed */
static bool are_texts(const Tuple *items) {
  for (size_t i = 0; i < tuple_length(items); i++)
    if (!value_is(items->items[i], str)) return false;
  return true;
}

/* May `v` stand where `old` did? Instructions rely on what has been proven of constants (kinds.h):
** that stays. */
static bool constant_fits(Value old, Value v) {
  if (value_is_float(old)) return value_is_float(v);
  if (old == VALUE_NONE) return v == VALUE_NONE;
  if (value_is(old, str)) return value_is(v, str);
  if (value_is(old, code))
    return value_is(v, code) &&
           ((Code *)value_object(old))->fn.free_count == ((Code *)value_object(v))->fn.free_count;
  if (!value_is(old, tuple)) return true;
  if (!value_is(v, tuple)) return false;
  const Tuple *was = value_object(old), *is = value_object(v);
  return !are_texts(was) || (are_texts(is) && tuple_length(is) == tuple_length(was));
}

static bool replace_constants(VM *vm, Code *copy, Value v) {
  if (!value_is(v, tuple))
    return raise_type(vm, "replace() argument 'co_consts' must be tuple, not %T", v), false;
  if (!code_materialise(vm, copy)) return false;
  Tuple *constants = value_object(v);
  size_t count = tuple_length(copy->constants);
  if (tuple_length(constants) < count)
    return raise_value(vm, "code: co_consts is too small"), false;
  for (size_t i = 0; i < count; i++)
    if (!constant_fits(copy->constants->items[i], constants->items[i]))
      return raise_value(vm, "code.replace(): co_consts[%d] cannot become %T", (int)i,
                         constants->items[i]),
             false;
  copy->constants = constants;
  heap_barrier(vm, copy, v);
  return true;
}

static bool replace_field(VM *vm, Code *copy, Str *field, Value v, bool *known) {
  *known = true;
  Str **texts[] = {&copy->name, &copy->qualname, &copy->filename};
  static const char *const text_names[] = {"co_name", "co_qualname", "co_filename"};
  for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
    if (str_equal_cstr(field, text_names[i])) {
      if (!value_is_str(v))
        return raise_type(vm, "replace() argument '%s' must be str, not %T", text_names[i], v),
               false;
      *texts[i] = value_object(v);
      heap_barrier(vm, copy, v);
      return true;
    }
  int64_t number;
  if (str_equal_cstr(field, "co_firstlineno") || str_equal_cstr(field, "co_flags")) {
    Value index;
    if (!value_index(vm, v, &index)) return false;
    if (!int_to_int64(index, &number) || number != (int32_t)number)
      return raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C int");
    if (number < 0) return raise_value(vm, "%U must be a positive integer", field), false;
    if (str_equal_cstr(field, "co_flags")) copy->co_flags = (uint32_t)number;
    else copy->first_line = (int32_t)number;
    return true;
  }
  if (str_equal_cstr(field, "co_consts")) return replace_constants(vm, copy, v);
  *known = false;
  return true;
}

static Value code_type_replace(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (npos)
    return raise_type(vm, "replace() takes 0 positional arguments but %d %s given", npos,
                      npos == 1 ? "was" : "were");
  Code *copy = heap_new(vm, SHAPE_OF(code), sizeof(Code)), *code = value_object(self);
  uint32_t bits = copy->h.bits;
  *copy = *code;
  copy->h.bits = bits;
  copy->threaded = NULL; /* what is owned is not shared */
  copy->live = NULL;
  heap_track_destroy(vm, &copy->h);
  for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++) {
    bool known;
    Str *field = value_object(kwnames->items[i]);
    if (!replace_field(vm, copy, field, args[i], &known)) return VALUE_FAIL;
    if (known) continue;
    Value present = find_attribute(vm, self, str_intern(vm, field));
    if (value_is_fail(present)) return present;
    Answer same = present == VALUE_UNBOUND ? ANSWER_NO : values_equal(vm, present, args[i]);
    if (same == ANSWER_FAILED) return VALUE_FAIL;
    if (present == VALUE_UNBOUND)
      return raise_type(vm, "'%U' is an invalid keyword argument for replace()", field);
    if (!same) return raise_value(vm, "code.replace(): %U cannot be changed", field);
  }
  return value_from(copy);
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
  return value_int_unchecked(self->fn.register_count - self->fn.local_count);
}
static Value code_type_get_co_flags(VM *vm, Code *self) {
  return value_int_unchecked(self->co_flags);
}
static Value code_type_get_co_code(VM *vm, Code *self) {
  return value_of(bytes_new(vm, self->fn.code, self->fn.code_size));
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
static Value code_type_get_co_lnotab(VM *vm, Code *self) { return value_of(bytes_new(vm, "", 0)); }
static Value code_type_get_co_linetable(VM *vm, Code *self) {
  return value_of(bytes_new(vm, "", 0));
}
static Value code_type_get_co_exceptiontable(VM *vm, Code *self) {
  return value_of(bytes_new(vm, self->fn.ranges, 16u * self->fn.range_count));
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

static Value code_type_construct(VM *vm, Type *cls, const code_type_construct_args *a) {
  return raise_type(vm, "cannot create 'code' instances");
}

const ClassSpec code_class = {
    NATIVE_CLASS(code_type_),
    .basic_size = sizeof(Code),
    .trace = code_trace,
    .destroy = code_destroy,
};
