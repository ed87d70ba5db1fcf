/* code.c -- code objects: views of functions in a code image, with constants and names made when
** first needed. Law: constants and names are both NULL or both made. Equal constants of an image
** are one object. */
#include "vm/objects/code.h"

#include <stdlib.h>

#include "vm/bytecode/verify.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/bytes.h"
#include "vm/objects/complex.h"
#include "vm/objects/int.h"

static void holder_trace(Marker *marker, Object *self) {
  ImageHolder *holder = (ImageHolder *)self;
  mark_object(marker, holder->constants);
  mark_object(marker, holder->strings);
  mark_object(marker, holder->filenames);
}

static void image_release(const uint8_t *bytes, ImageMemory memory) {
  if (memory == IMAGE_ALLOCATED) free((void *)(uintptr_t)bytes);
}

static void holder_destroy(VM *vm, Object *self) {
  ImageHolder *holder = (ImageHolder *)self;
  image_release(holder->bytes, holder->memory);
  if (holder->memory == IMAGE_ALLOCATED) heap_account(vm, -(ptrdiff_t)holder->size);
}

const ClassSpec image_holder_class = {
    .name = "image_holder",
    .flags = TYPE_INTERNAL,
    .basic_size = sizeof(ImageHolder),
    .trace = holder_trace,
    .destroy = holder_destroy,
};

MUST_USE static Str *code_string(VM *vm, Code *code, uint32_t string);

static Code *code_new(VM *vm, ImageHolder *holder, uint32_t index, Str *filename) {
  Code *code = heap_new_zeroed(vm, SHAPE_OF(code), sizeof(Code));
  if (!code) return NULL;
  code->holder = holder;
  image_function(&holder->image, index, &code->fn);
  code->index = index;
  code->co_flags = code->fn.flags & FUNCTION_CO_FLAGS;
  code->first_line = (int32_t)code->fn.firstlineno;
  code->filename = holder->filenames ? value_object(holder->filenames->items[index]) : filename;
  heap_track_destroy(vm, &code->h);
  code->name = code_string(vm, code, code->fn.name);
  heap_barrier_object(vm, code, code->name);
  code->qualname = code_string(vm, code, code->fn.qualname);
  heap_barrier_object(vm, code, code->qualname);
  return code;
}

static ValueArray *unbound_array(VM *vm, size_t count) {
  ValueArray *array = value_array_new(vm, count ? count : 1);
  for (size_t i = 0; array && i < array->capacity; i++) array->items[i] = VALUE_UNBOUND;
  return array;
}

Code *code_from_image(VM *vm, const uint8_t *bytes, size_t size, ImageMemory memory,
                      ImageTrust trust, Str *filename) {
  return code_of_image(vm, bytes, size, memory, trust, filename, 0);
}

Code *code_of_image(VM *vm, const uint8_t *bytes, size_t size, ImageMemory memory, ImageTrust trust,
                    Str *filename, uint32_t index) {
  Image image;
  const char *why = "truncated";
  bool fine = trust != TRUST_NOTHING
                  ? image_open_sound(&image, bytes, size)
                  : image_open(&image, bytes, size, &why) && image_verify_tables(&image, &why);
  if (!fine || index >= image.header->function_count) {
    if (fine) why = "no such function";
    image_release(bytes, memory);
    raise_error(vm, TYPE_OF(ValueError), "bad code image: %s", why);
    return NULL;
  }
  ImageHolder *holder = heap_new_zeroed(vm, SHAPE_OF(image_holder), sizeof(ImageHolder));
  if (!holder) {
    image_release(bytes, memory);
    return NULL;
  }
  holder->image = image;
  holder->bytes = bytes;
  holder->size = size;
  holder->memory = memory;
  holder->trust = trust;
  heap_track_destroy(vm, &holder->h);
  if (memory == IMAGE_ALLOCATED) heap_account(vm, (ptrdiff_t)size);
  holder->constants = unbound_array(vm, image.header->constant_count);
  heap_barrier_object(vm, holder, holder->constants);
  if (holder->constants) holder->strings = unbound_array(vm, image.header->string_count);
  heap_barrier_object(vm, holder, holder->strings);
  if (!holder->strings) return NULL;
  Code *code = code_new(vm, holder, index, filename);
  if (code && !filename) {
    code->filename = code_string(vm, code, image.header->filename);
    heap_barrier_object(vm, code, code->filename);
  }
  return code;
}

static Str *holder_string(VM *vm, ImageHolder *holder, uint32_t string) {
  Value v = holder->strings->items[string];
  if (v != VALUE_UNBOUND) return value_object(v);
  ImageString text = image_string(&holder->image, string);
  bool is_name = text.flags & STRING_IDENTIFIER, is_ascii = text.flags & STRING_ASCII;
  Str *s = is_name && is_ascii ? str_intern_ascii(vm, text.bytes, text.size)
           : is_ascii          ? str_new_ascii(vm, text.bytes, text.size)
                               : str_new_utf8(vm, text.bytes, text.size);
  if (s && is_name) s = str_intern(vm, s);
  if (!s) return NULL;
  holder->strings->items[string] = value_from(s);
  heap_barrier_object(vm, holder->strings, s);
  return s;
}

/* String number `string` of its image, interned if it looks like a name */
static Str *code_string(VM *vm, Code *code, uint32_t string) {
  return holder_string(vm, code->holder, string);
}

/* ---- constants */
static Value constant_value(VM *vm, Code *code, uint32_t number);

static Value constant_sequence(VM *vm, Code *code, const ImageConstant *constant) {
  const uint8_t *items = constant->items;
  Tuple *tuple = tuple_new(vm, constant->count);
  if (!tuple) return VALUE_FAIL;
  for (uint32_t i = 0; i < constant->count; i++) {
    Value item = constant_value(vm, code, image_item(&items));
    if (value_is_fail(item)) return VALUE_FAIL;
    tuple_set_item(vm, tuple, i, item);
  }
  if (constant->tag == CONSTANT_TUPLE) return value_from(tuple);
  /* Built twice, as CPython's compiler does when it unites equal constants: the order of a set
  ** display depends on it. */
  Set *set = set_from_iterable(vm, TYPE_OF(frozenset), value_from(tuple));
  tuple = set ? tuple_from_iterable(vm, value_from(set)) : NULL;
  set = tuple ? set_from_iterable(vm, TYPE_OF(frozenset), value_from(tuple)) : NULL;
  return value_of(set);
}

static Value constant_make(VM *vm, Code *code, const ImageConstant *constant) {
  const Image *image = &code->holder->image;
  switch (constant->tag) {
  case CONSTANT_NONE: return VALUE_NONE;
  case CONSTANT_TRUE: return VALUE_TRUE;
  case CONSTANT_FALSE: return VALUE_FALSE;
  case CONSTANT_ELLIPSIS: return VALUE_ELLIPSIS;
  case CONSTANT_INT: return value_int(vm, constant->integer);
  case CONSTANT_BIG_INT: {
    ImageString digits = image_string(image, constant->string);
    bool negative = digits.size && digits.bytes[0] == '-';
    Value v = int_from_digits(vm, digits.bytes + negative, digits.size - negative, 16);
    return negative && v != VALUE_FAIL ? int_neg(vm, v) : v;
  }
  case CONSTANT_FLOAT: return value_float(vm, constant->real);
  case CONSTANT_COMPLEX: return complex_new(vm, constant->real, constant->imaginary);
  case CONSTANT_STR: {
    return value_of(code_string(vm, code, constant->string));
  }
  case CONSTANT_BYTES: {
    return value_of(bytes_new(vm, constant->bytes, constant->size));
  }
  case CONSTANT_TUPLE:
  case CONSTANT_FROZENSET: return constant_sequence(vm, code, constant);
  case CONSTANT_CODE: {
    return value_of(code_new(vm, code->holder, constant->function, code->filename));
  }
  default: panic("constant tag %d", constant->tag);
  }
}

static Value constant_value(VM *vm, Code *code, uint32_t number) {
  ValueArray *made = code->holder->constants;
  if (made->items[number] != VALUE_UNBOUND) return made->items[number];
  ImageConstant constant = image_constant(&code->holder->image, number);
  Value v = constant_make(vm, code, &constant);
  if (value_is_fail(v) || constant.tag == CONSTANT_CODE) return v;
  made->items[number] = v;
  heap_barrier(vm, made, v);
  return v;
}

Value code_doc(VM *vm, Code *code) {
  if (!(code->fn.flags & FUNCTION_HAS_DOC)) return VALUE_NONE;
  return code->constants ? code->constants->items[0]
                         : constant_value(vm, code, function_constant(&code->fn, 0));
}

static bool verify(VM *vm, Code *code) {
  const char *why;
  if (code->holder->trust == TRUST_COMPILED) return true;
  if (image_verify_function(&code->holder->image, code->index, &why)) return true;
  return raise_false(vm, TYPE_OF(SystemError), "bad code image of %U: %s", code->filename, why);
}

bool code_materialise(VM *vm, Code *code) {
  if (code->constants) return true;
  if (!verify(vm, code)) return false;
  Tuple *constants = tuple_new(vm, code->fn.constant_count);
  if (!constants) return false;
  for (uint32_t i = 0; i < code->fn.constant_count; i++) {
    Value v = constant_value(vm, code, function_constant(&code->fn, i));
    if (value_is_fail(v)) return false;
    tuple_set_item(vm, constants, i, v);
  }
  Tuple *names = tuple_new(vm, code->fn.name_count);
  if (!names) return false;
  for (uint32_t i = 0; i < code->fn.name_count; i++) {
    Str *name = code_string(vm, code, function_name(&code->fn, i));
    if (name) name = str_intern(vm, name);
    if (!name) return false;
    tuple_set_item(vm, names, i, value_from(name));
  }
  code->names = names;
  code->constants = constants;
  heap_barrier_any(vm, code);
  return true;
}

/* ---- names of variables */
static Tuple *string_tuple(VM *vm, Code *code, uint32_t count,
                           uint32_t (*string)(const ImageFunction *, uint32_t)) {
  Tuple *tuple = tuple_new(vm, count);
  for (uint32_t i = 0; tuple && i < count; i++) {
    Str *s = code_string(vm, code, string(&code->fn, i));
    if (!s || !(s = str_intern(vm, s))) return NULL;
    tuple_set_item(vm, tuple, i, value_from(s));
  }
  return tuple;
}

Tuple *code_varnames(VM *vm, Code *code) {
  if (!code->varnames)
    code->varnames = string_tuple(vm, code, code->fn.local_count, function_local);
  heap_barrier_any(vm, code);
  return code->varnames;
}

Tuple *code_cellvars(VM *vm, Code *code) {
  if (!code->cellvars) code->cellvars = string_tuple(vm, code, code->fn.cell_count, function_cell);
  heap_barrier_any(vm, code);
  return code->cellvars;
}

Tuple *code_freevars(VM *vm, Code *code) {
  if (!code->freevars) code->freevars = string_tuple(vm, code, code->fn.free_count, function_free);
  heap_barrier_any(vm, code);
  return code->freevars;
}

Str *code_varname(VM *vm, Code *code, int i) {
  Tuple *names = code_varnames(vm, code);
  return names ? value_object(names->items[i]) : NULL;
}

int code_line(Code *code, uint32_t offset) {
  Position position = function_position(&code->fn, offset);
  return position.line < 0 ? 0 : code_shown_line(code, position.line);
}
