/* convert.c -- arguments: from_param of the metaclasses, and how any value is passed. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"

#include <stdarg.h>

#define NATIVE_DEF "vm/modules/ctypes/argument.def"
#define NATIVE_PREFIX argument_
#define NATIVE_SELF CArgument *
#include "vm/contracts/native_class.inc"

/* ---- CArgObject */

static CArgument *new_argument(VM *vm, char tag, ffi_type *ffi, Value object) {
  CArgument *argument = heap_new_zeroed(vm, SHAPE_OF(ctypes_argument), sizeof *argument);
  argument->tag = tag;
  argument->ffi = ffi;
  argument->object = object;
  return argument;
}

Value argument_by_reference(VM *vm, Value data, int64_t offset) {
  CArgument *argument = new_argument(vm, 'P', &ffi_type_pointer, data);
  argument->as.pointer = ((CData *)value_object(data))->bytes + offset;
  return value_from(argument);
}

static Value argument_get__obj(VM *vm, CArgument *self) { return self->object; }

static Str *char_repr(VM *vm, uint8_t c) {
  if (c == '\'' || c == '\\') return str_format(vm, "<cparam 'c' ('\\%c')>", c);
  if (c >= ' ' && c < 127) return str_format(vm, "<cparam 'c' ('%c')>", c);
  return str_format(vm, c < 16 ? "<cparam 'c' ('\\x0%x')>" : "<cparam 'c' ('\\x%x')>", c);
}

static Value argument_op_repr(VM *vm, CArgument *self, const argument_op_repr_args *a) {
  const Letter *code = code_of_letter((uint8_t)self->tag);
  if (code && strchr("zZP", self->tag))
    return value_of(str_format(vm, "<cparam '%c' (%p)>", self->tag, self->as.pointer));
  if (self->tag == 'c') return value_of(char_repr(vm, (uint8_t)self->as.bits));
  if (!code || strchr("uO?gv", self->tag))
    return value_of(str_format(vm, "<cparam '%c' at %p>", self->tag, (void *)self));
  Value v = code->get(vm, &self->as);
  return value_is_fail(v) ? v : value_of(str_format(vm, "<cparam '%c' (%R)>", self->tag, v));
}

static void trace(Marker *marker, Object *self) { mark_value(marker, ((CArgument *)self)->object); }

const ClassSpec ctypes_argument_class = {
    NATIVE_CLASS(argument_),
    .basic_size = sizeof(CArgument),
    .trace = trace,
};

/* ---- errors */

bool ctypes_extend_error(VM *vm, Type *cls, const char *format, ...) {
  Value told = error_take(vm);
  va_list args;
  va_start(args, format);
  Str *prefix = str_format_va(vm, format, args);
  va_end(args);
  if (!prefix) return false;
  Str *text = str_format(vm, "%U%T: %S", prefix, told, told);
  if (!text) {
    error_clear(vm);
    text = str_format(vm, "%U%T: ???", prefix, told);
  }
  return text && raise_with(vm, cls, value_from(text)) != VALUE_FAIL;
}

/* ---- what a value is, passed as it is */

/* An instance of a C type. */
static void convert_data(CData *data, CArgument *out) {
  const Layout *layout = layout_of_cdata(data);
  out->ffi = layout->ffi;
  out->object = value_from(data);
  switch (layout->kind) {
  case C_ARRAY:
    out->tag = 'P';
    out->as.pointer = data->bytes;
    return;
  case C_STRUCT:
  case C_UNION:
    out->tag = 'V';
    out->bytes = data->bytes;
    return;
  case C_SIMPLE: out->tag = layout->code->letter; break;
  default: out->tag = 'P';
  }
  size_t size = layout->size < data->size ? layout->size : data->size;
  memcpy(&out->as, data->bytes, size);
}

static bool convert_any_int(VM *vm, Value v, CArgument *out) {
  int64_t n;
  uint64_t unsigned_n;
  if (int_to_int64(v, &n)) out->as.n = n;
  else if (int_to_uint64(v, &unsigned_n)) out->as.bits = unsigned_n;
  else return raise_false(vm, TYPE_OF(OverflowError), "int too long to convert");
  out->tag = 'i';
  out->ffi = &ffi_type_sint;
  return true;
}

static bool convert_text(VM *vm, Value v, CArgument *out) {
  Bytes *copy = wide_copy(vm, value_object(v));
  if (!copy) return false;
  out->as.pointer = copy->data;
  out->object = value_from(copy);
  return true;
}

/* What stands for itself. ANSWER_NO: it is of a type that C knows nothing of. */
static Answer convert_known(VM *vm, Value v, CArgument *out) {
  out->as = (CWord){.bits = 0};
  out->bytes = NULL;
  out->object = v;
  out->tag = 'P';
  out->ffi = &ffi_type_pointer;
  if (value_is_int(v)) {
    out->tag = 'i';
    out->ffi = &ffi_type_sint;
    out->as.n = value_as_int(v);
    return ANSWER_YES;
  }
  if (value_is_cdata(v)) return convert_data(value_object(v), out), ANSWER_YES;
  if (value_is(v, ctypes_argument)) {
    const CArgument *argument = value_object(v);
    out->tag = argument->tag;
    out->ffi = argument->ffi;
    out->as = argument->as;
    out->bytes = argument->bytes;
    return ANSWER_YES;
  }
  if (v == VALUE_NONE) return ANSWER_YES;
  if (value_is_any_int(v)) return convert_any_int(vm, v, out) ? ANSWER_YES : ANSWER_FAILED;
  if (value_has_flag(v, TYPE_BYTES_SUBCLASS)) {
    out->as.pointer = ((Bytes *)value_object(v))->data;
    return ANSWER_YES;
  }
  if (!value_is_str(v)) return ANSWER_NO;
  return convert_text(vm, v, out) ? ANSWER_YES : ANSWER_FAILED;
}

bool argument_convert(VM *vm, Value v, int number, CArgument *out) {
  for (int depth = 0; depth < vm->recursion_limit; depth++) {
    Answer known = convert_known(vm, v, out);
    if (LIKELY(known != ANSWER_NO)) return known == ANSWER_YES;
    Value given = find_attribute(vm, v, NAME("_as_parameter_"));
    if (value_is_fail(given)) return false;
    if (given == VALUE_UNBOUND)
      return raise_false(vm, TYPE_OF(TypeError), "Don't know how to convert parameter %d", number);
    v = given;
  }
  return raise_false(vm, TYPE_OF(RecursionError),
                     "maximum recursion depth exceeded while processing _as_parameter_");
}

/* ---- from_param */

static Value wrong_type(VM *vm) { return raise_type(vm, "wrong type"); }

/* What v._as_parameter_ is for this type; `otherwise` (an exception is pending, or not) when there
** is none. */
static Value from_attribute(VM *vm, Type *type, Value v) {
  Value given = find_attribute(vm, v, NAME("_as_parameter_"));
  if (value_is_fail(given) || given == VALUE_UNBOUND) return given;
  if (!vm_check_c_stack(vm, " in _as_parameter_")) return VALUE_FAIL;
  return ctype_from_param(vm, type, given);
}

/* v written in C's way, as an argument of this letter. */
static Value from_code(VM *vm, char letter, bool swapped, Value v) {
  const Letter *code = code_of_letter((uint8_t)letter);
  CArgument *argument = new_argument(vm, letter, code->ffi, VALUE_NONE);
  Value keep = code_set(vm, code, swapped, &argument->as, v);
  if (value_is_fail(keep)) return keep;
  argument->object = keep;
  heap_barrier(vm, argument, keep);
  return value_from(argument);
}

static bool points_to_char(Value v, char letter) {
  const Layout *layout = layout_of_instance(v);
  return layout && (layout->kind == C_ARRAY || layout->kind == C_POINTER) &&
         layout_is_char(layout_of_value(layout->item), letter);
}

/* byref() of a character? */
static bool refers_to_char(Value v, char letter) {
  if (!value_is(v, ctypes_argument)) return false;
  return layout_is_char(layout_of_instance(((CArgument *)value_object(v))->object), letter);
}

static Value text_from_param(VM *vm, Value v, char letter, bool *matched) {
  bool is_wide = letter == 'Z';
  char item = is_wide ? 'u' : 'c';
  *matched = true;
  if (v == VALUE_NONE) return v;
  if (is_wide ? value_is_str(v) : value_has_flag(v, TYPE_BYTES_SUBCLASS))
    return from_code(vm, letter, false, v);
  if (points_to_char(v, item) || refers_to_char(v, item)) return v;
  *matched = false;
  return VALUE_NONE;
}

static Value address_from_param(VM *vm, Value v, bool *matched) {
  *matched = true;
  if (v == VALUE_NONE) return v;
  if (value_is_any_int(v)) return from_code(vm, 'P', false, v);
  if (value_has_flag(v, TYPE_BYTES_SUBCLASS)) return from_code(vm, 'z', false, v);
  if (value_is_str(v)) return from_code(vm, 'Z', false, v);
  const Layout *layout = layout_of_instance(v);
  if (layout && (layout->kind == C_ARRAY || layout->kind == C_POINTER)) return v;
  if (value_is(v, ctypes_argument) && ((CArgument *)value_object(v))->tag == 'P') return v;
  bool is_text = layout_is_char(layout, 'z') || layout_is_char(layout, 'Z');
  if (is_text || (layout && layout->kind == C_FUNCTION)) {
    CArgument *argument = new_argument(vm, is_text ? 'Z' : 'P', &ffi_type_pointer, v);
    memcpy(&argument->as.pointer, ((CData *)value_object(v))->bytes, sizeof(void *));
    return value_from(argument);
  }
  *matched = false;
  return VALUE_NONE;
}

static Value simple_from_param(VM *vm, Type *type, const Layout *layout, Value v) {
  char letter = layout->code->letter;
  bool matched = false;
  Value found = VALUE_NONE;
  if (letter == 'z' || letter == 'Z') found = text_from_param(vm, v, letter, &matched);
  else if (letter == 'P') found = address_from_param(vm, v, &matched);
  else {
    found = from_code(vm, letter, layout->is_swapped, v);
    matched = !value_is_fail(found);
    if (!matched) error_clear(vm);
  }
  if (matched) return found;
  found = from_attribute(vm, type, v);
  return found == VALUE_UNBOUND ? wrong_type(vm) : found;
}

static Value instance_from_param(VM *vm, Type *type, Value v) {
  if (value_is(v, ctypes_argument)) {
    const CArgument *argument = value_object(v);
    const Layout *layout = layout_of_type(type);
    bool has_item = layout && layout->item != VALUE_NONE;
    Value wanted = has_item ? layout->item : value_from(type);
    Answer fits = is_instance(vm, argument->object, wanted);
    if (fits != ANSWER_NO) return fits == ANSWER_YES ? v : VALUE_FAIL;
    return raise_type(vm, "expected %N instance instead of pointer to %T", type, argument->object);
  }
  Value found = from_attribute(vm, type, v);
  if (found != VALUE_UNBOUND) return found;
  return raise_type(vm, "expected %N instance instead of %T", type, v);
}

/* None, what it may point to, and arrays of that. */
static Value pointer_from_param(VM *vm, Type *type, const Layout *layout, Value v) {
  if (v == VALUE_NONE) return v;
  const Layout *given = layout_of_instance(v);
  if (layout->item == VALUE_NONE) return instance_from_param(vm, type, v);
  Answer fits = is_instance(vm, v, layout->item);
  if (fits == ANSWER_FAILED) return VALUE_FAIL;
  if (fits == ANSWER_YES && given) return argument_by_reference(vm, v, 0);
  bool has_items =
      given && (given->kind == C_ARRAY || given->kind == C_POINTER) && given->item != VALUE_NONE;
  if (has_items) {
    fits = is_subclass(vm, given->item, layout->item);
    if (fits != ANSWER_NO) return fits == ANSWER_YES ? v : VALUE_FAIL;
  }
  return instance_from_param(vm, type, v);
}

/* The six bases, and classes that say that they are abstract, take their own instances alone. */
static Value abstract_from_param(VM *vm, Type *type, Value v) {
  const Type *meta = object_type(type);
  if (meta == TYPE_OF(ctypes_simple_type) || meta == TYPE_OF(ctypes_pointer_type))
    return raise_type(vm, "abstract class");
  return instance_from_param(vm, type, v);
}

Value ctype_from_param(VM *vm, Type *type, Value v) {
  const Layout *layout = layout_of_type(type);
  if (layout && layout->kind == C_POINTER && v == VALUE_NONE) return v;
  Answer fits = is_instance(vm, v, value_from(type));
  if (fits != ANSWER_NO) return fits == ANSWER_YES ? v : VALUE_FAIL;
  if (!layout) return abstract_from_param(vm, type, v);
  if (layout->kind == C_SIMPLE) return simple_from_param(vm, type, layout, v);
  if (layout->kind == C_POINTER) return pointer_from_param(vm, type, layout, v);
  return instance_from_param(vm, type, v);
}

bool argument_by_type(VM *vm, Type *type, Value v, int number, CArgument *out) {
  const Layout *layout = layout_of_type(type);
  if (LIKELY(layout->kind == C_SIMPLE && !layout->is_swapped)) {
    const Letter *code = layout->code;
    bool is_direct = value_is_int(v) ? code->is_int && code->letter != '?'
                                     : value_is_float(v) && code->letter == 'd';
    if (is_direct) {
      if (value_is_int(v)) out->as.n = value_as_int(v);
      else out->as.d = value_as_float(v);
      out->ffi = code->ffi;
      out->bytes = NULL;
      out->object = VALUE_NONE;
      return true;
    }
  }
  Value converted = ctype_from_param(vm, type, v);
  return !value_is_fail(converted) && argument_convert(vm, converted, number, out);
}
#endif
