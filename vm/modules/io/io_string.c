/* io_string.c -- _io.StringIO: a stream over text in memory.
**
** The text is an array of units as wide as the widest text written so far needs, in which any
** position can be written; getvalue() narrows it.
*/
#include "vm/base/memory.h"
#include "vm/base/search.h"
#include "vm/base/units.h"
#include "vm/core/vm.h"
#include "vm/modules/io/io.h"
#include "vm/objects/dict.h"
#include "vm/objects/str_ops.h"
#include "vm/objects/tuple.h"

#include <stdlib.h>

typedef struct StringIO {
  IOBase base;
  void *units; /* [owned] */
  int kind;    /* as str_kind */
  size_t length, capacity, at;
  NewlineMode newline;
  Value newline_value; /* as given: a str or None */
  int seen;
  bool closed, pending_cr, ok;
} StringIO;

#define NATIVE_DEF "vm/modules/io/io_string.def"
#define NATIVE_PREFIX stringio_
#define NATIVE_SELF StringIO *
#include "vm/contracts/native_class.inc"

#define CHECK_OPEN(self)                                                                        \
  do {                                                                                          \
    if (UNLIKELY(!(self)->ok)) return raise_value(vm, "I/O operation on uninitialized object"); \
    if (UNLIKELY((self)->closed)) return raise_value(vm, "I/O operation on closed file");       \
  } while (0)

/* reserve: room for `capacity` units that hold what `kind` does. */
static bool reserve(StringIO *self, size_t capacity, int kind) {
  if (kind < self->kind) kind = self->kind;
  if (capacity <= self->capacity && kind == self->kind) return true;
  size_t larger = self->capacity * 2 < 256 ? 256 : self->capacity * 2;
  if (capacity <= self->capacity) larger = self->capacity;
  if (larger < capacity) larger = capacity;
  void *units =
      kind == self->kind ? memory_resize(self->units, larger << kind) : memory_take(larger << kind);
  if (!units) return false;
  if (kind != self->kind) {
    units_convert(units, 1 << kind, self->units, 1 << self->kind, self->length);
    free(self->units);
  }
  self->units = units;
  self->kind = kind;
  self->capacity = larger;
  return true;
}

/* ---- writing */
static bool write_str(VM *vm, StringIO *self, Str *text) {
  if (self->newline.universal) {
    bool no_cr = false;
    text = newline_translate(vm, text, self->newline.translate, true, &no_cr, &self->seen);
  }
  if (text && self->newline.write)
    text =
        str_replace(vm, text, str_from_char(vm, '\n'), str_new_cstr(vm, self->newline.write), -1);
  if (!text) return false;
  size_t n = text->length, end = self->at + n;
  if (!n) return true;
  if (!reserve(self, end, str_kind(text))) return raise_memory(vm), false;
  if (self->at > self->length)
    memset((uint8_t *)self->units + (self->length << self->kind), 0,
           (self->at - self->length) << self->kind);
  str_copy_units(self->units, self->kind, self->at, text);
  self->at = end;
  if (end > self->length) self->length = end;
  return true;
}
static Value stringio_write(VM *vm, StringIO *self, const stringio_write_args *a) {
  CHECK_OPEN(self);
  if (!value_is_str(a->s)) return raise_type(vm, "string argument expected, got '%T'", a->s);
  Value length = value_int(vm, (int64_t)((Str *)value_object(a->s))->length);
  return write_str(vm, self, value_object(a->s)) ? length : VALUE_FAIL;
}
static Value stringio_truncate(VM *vm, StringIO *self, const stringio_truncate_args *a) {
  int64_t size = (int64_t)self->at;
  if (a->pos != VALUE_NONE && !value_index64(vm, a->pos, &size, false)) return VALUE_FAIL;
  CHECK_OPEN(self);
  if (size < 0) return raise_value(vm, "Negative size value %ld", (long)size);
  if ((size_t)size < self->length) self->length = (size_t)size;
  return value_int(vm, size);
}

/* ---- reading */
static Value text_of(VM *vm, const StringIO *self, size_t from, size_t n) {
  const uint8_t *start =
      n ? (const uint8_t *)self->units + (from << self->kind) : (const uint8_t[]){0};
  Str *text = self->kind == 0
                  ? str_new_latin1(vm, start, n)
                  : str_new_units(vm, start, self->kind, n, units_range(start, 1 << self->kind, n));
  return value_of(text);
}
static size_t rest(const StringIO *self) {
  return self->at < self->length ? self->length - self->at : 0;
}
static Value take(VM *vm, StringIO *self, size_t n) {
  if (n > rest(self)) n = rest(self);
  self->at += n;
  return n ? text_of(vm, self, self->at - n, n) : value_of(str_new_cstr(vm, ""));
}

static size_t line_length(const StringIO *self, int64_t limit) {
  size_t n = rest(self);
  const uint8_t *start = (const uint8_t *)self->units + (self->at << self->kind);
  if (limit >= 0 && (size_t)limit < n) n = (size_t)limit;
  if (!n) return 0;
  const char *end = self->newline.universal ? "\n" : self->newline.end;
  bool any = self->newline.universal && !self->newline.translate;
  if (!any && !end[1]) {
    size_t at = search_unit(start, n, (uint32_t)end[0], 1 << self->kind);
    return at == SEARCH_NONE ? n : at + 1;
  }
#define UNIT(i) unit_at(start, 1 << self->kind, (i))
  for (size_t i = 0; i < n; i++) {
    uint32_t c = UNIT(i);
    if (c != '\n' && c != '\r') continue;
    if (any) return c == '\r' && i + 1 < n && UNIT(i + 1) == '\n' ? i + 2 : i + 1;
    if (c != (uint32_t)end[0]) continue;
    if (i + 1 < n && UNIT(i + 1) == '\n') return i + 2;
  }
#undef UNIT
  return n;
}
static Value stringio_read(VM *vm, StringIO *self, const stringio_read_args *a) {
  CHECK_OPEN(self);
  return take(vm, self, a->size < 0 ? SIZE_MAX : (size_t)a->size);
}
static Value stringio_readline(VM *vm, StringIO *self, const stringio_readline_args *a) {
  CHECK_OPEN(self);
  return take(vm, self, line_length(self, a->size));
}
static Value next_line(VM *vm, Value v) {
  StringIO *self = value_object(v);
  CHECK_OPEN(self);
  if (type_has(object_type(self), TYPE_HEAP)) { /* readline may be overridden */
    Value line = call_method0(vm, v, NAME("readline"));
    if (line != VALUE_FAIL && !value_is_str(line))
      return raise_error(vm, TYPE_OF(OSError),
                         "readline() should have returned a str object, not '%.200T'", line);
    return line == VALUE_FAIL || ((Str *)value_object(line))->length ? line : VALUE_STOP;
  }
  size_t n = line_length(self, -1);
  return n ? take(vm, self, n) : VALUE_STOP;
}
static Value stringio_op_next(VM *vm, StringIO *self, const stringio_op_next_args *a) {
  Value line = next_line(vm, value_from(self));
  return line == VALUE_STOP ? raise_stop(vm, VALUE_NONE) : line;
}
static Value stringio_op_iter(VM *vm, StringIO *self, const stringio_op_iter_args *a) {
  CHECK_OPEN(self);
  return value_from(self);
}
static Value stringio_getvalue(VM *vm, StringIO *self, const stringio_getvalue_args *a) {
  CHECK_OPEN(self);
  return text_of(vm, self, 0, self->length);
}

/* ---- position and state */
static Value stringio_seek(VM *vm, StringIO *self, const stringio_seek_args *a) {
  CHECK_OPEN(self);
  if (a->whence < 0 || a->whence > 2)
    return raise_value(vm, "Invalid whence (%d, should be 0, 1 or 2)", a->whence);
  if (a->whence == 0 && a->pos < 0)
    return raise_value(vm, "Negative seek position %ld", (long)a->pos);
  if (a->whence != 0 && a->pos != 0)
    return raise_error(vm, TYPE_OF(OSError), "Can't do nonzero cur-relative seeks");
  if (a->whence == 0) self->at = (size_t)a->pos;
  if (a->whence == 2) self->at = self->length;
  return value_int(vm, (int64_t)self->at);
}
static Value stringio_tell(VM *vm, StringIO *self, const stringio_tell_args *a) {
  CHECK_OPEN(self);
  return value_int(vm, (int64_t)self->at);
}
static Value yes(VM *vm, StringIO *self) {
  CHECK_OPEN(self);
  return VALUE_TRUE;
}
static Value stringio_readable(VM *vm, StringIO *self, const stringio_readable_args *a) {
  return yes(vm, self);
}
static Value stringio_writable(VM *vm, StringIO *self, const stringio_writable_args *a) {
  return yes(vm, self);
}
static Value stringio_seekable(VM *vm, StringIO *self, const stringio_seekable_args *a) {
  return yes(vm, self);
}
static Value stringio_close(VM *vm, StringIO *self, const stringio_close_args *a) {
  self->closed = true;
  free(self->units);
  self->units = NULL;
  self->kind = 0;
  self->length = self->capacity = 0;
  return VALUE_NONE;
}
static Value stringio_get_closed(VM *vm, StringIO *self) {
  return self->ok ? value_bool(self->closed)
                  : raise_value(vm, "I/O operation on uninitialized object");
}
static Value stringio_get_line_buffering(VM *vm, StringIO *self) {
  CHECK_OPEN(self);
  return VALUE_FALSE;
}
static Value stringio_get_newlines(VM *vm, StringIO *self) {
  CHECK_OPEN(self);
  return self->newline.universal ? newlines_seen(vm, self->seen) : VALUE_NONE;
}

static bool set_newline(VM *vm, StringIO *self, Value newline) {
  static const char *const ends[] = {"\n", "\r", "\r\n"};
  if (newline != VALUE_NONE && !value_is_str(newline))
    return raise_false(vm, TYPE_OF(TypeError), "newline must be str or None, not %T", newline);
  NewlineMode mode = {.universal =
                          newline == VALUE_NONE || ((Str *)value_object(newline))->length == 0,
                      .translate = newline == VALUE_NONE};
  if (!mode.universal) {
    for (int i = 0; i < 3; i++)
      if (str_equal_cstr(value_object(newline), ends[i])) mode.end = ends[i];
    if (!mode.end)
      return raise_false(vm, TYPE_OF(ValueError), "illegal newline value: %R", newline);
    if (mode.end != ends[0]) mode.write = mode.end;
  }
  self->newline = mode;
  self->newline_value = newline;
  heap_barrier(vm, self, newline);
  return true;
}

static Value stringio_op_init(VM *vm, StringIO *self, const stringio_op_init_args *a) {
  Value initial = a->initial_value == VALUE_MISSING ? VALUE_NONE : a->initial_value;
  if (!set_newline(vm, self, a->newline == VALUE_MISSING ? value_from(NAME("\n")) : a->newline))
    return VALUE_FAIL;
  if (initial != VALUE_NONE && !value_is_str(initial))
    return raise_type(vm, "initial_value must be str or None, not %T", initial);
  self->length = self->at = 0;
  self->seen = 0;
  self->closed = false;
  self->ok = true;
  if (initial == VALUE_NONE) return VALUE_NONE;
  if (!write_str(vm, self, value_object(initial))) return VALUE_FAIL;
  self->at = 0;
  return VALUE_NONE;
}

static Value stringio_op_getstate(VM *vm, StringIO *self, const stringio_op_getstate_args *a) {
  Value text = stringio_getvalue(vm, self, NULL);
  if (text == VALUE_FAIL) return VALUE_FAIL;
  Dict *attributes = instance_dict(vm, &self->base.h);
  if (!attributes) return VALUE_FAIL;
  Value copy = attributes->length ? value_of(dict_copy(vm, attributes)) : VALUE_NONE;
  return PACK(text, self->newline_value, value_int(vm, (int64_t)self->at), copy);
}
static Value stringio_op_setstate(VM *vm, StringIO *self, const stringio_op_setstate_args *a) {
  const Tuple *state =
      value_has_flag(a->state, TYPE_TUPLE_SUBCLASS) ? value_object(a->state) : NULL;
  if (self->closed) return raise_value(vm, "I/O operation on closed file");
  if (!state || tuple_length(state) < 4)
    return raise_type(vm, "%T.__setstate__ argument should be 4-tuple, got %T", value_from(self),
                      a->state);
  stringio_op_init_args fresh = {.initial_value = VALUE_NONE, .newline = state->items[1]};
  if (stringio_op_init(vm, self, &fresh) == VALUE_FAIL) return VALUE_FAIL;
  if (!value_is_str(state->items[0]))
    return raise_type(vm, "initial_value must be str or None, not %T", state->items[0]);
  Str *text = value_object(state->items[0]); /* as it was stored: no translation */
  if (!reserve(self, text->length, str_kind(text))) return raise_memory(vm);
  str_copy_units(self->units, self->kind, 0, text);
  self->length = text->length;
  int64_t at;
  if (!value_is_any_int(state->items[2]))
    return raise_type(vm, "third item of state must be an integer, got %T", state->items[2]);
  if (!value_index64(vm, state->items[2], &at, false)) return VALUE_FAIL;
  if (at < 0) return raise_value(vm, "position value cannot be negative");
  self->at = (size_t)at;
  if (state->items[3] == VALUE_NONE) return VALUE_NONE;
  if (!value_has_flag(state->items[3], TYPE_DICT_SUBCLASS))
    return raise_type(vm, "fourth item of state should be a dict, got a %T", state->items[3]);
  return value_none_if(dict_update(vm, instance_dict(vm, &self->base.h), state->items[3], true));
}

static Value stringio_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  ((StringIO *)value_object(v))->newline_value = VALUE_NONE;
  heap_track_destroy(vm, value_object(v));
  if (type_has(cls, TYPE_HEAP)) io_track(vm, v);
  return v;
}
static void stringio_trace(Marker *marker, Object *object) {
  mark_value(marker, ((StringIO *)object)->newline_value);
}
static void stringio_destroy(VM *vm, Object *object) { free(((StringIO *)object)->units); }

const ClassSpec io_string_class = {
    NATIVE_CLASS(stringio_), .basic_size = sizeof(StringIO),
    .trace = stringio_trace, .destroy = stringio_destroy,
    .next = next_line,
};
