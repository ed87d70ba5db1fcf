/* stream.c -- readers and writers: coders over a stream of bytes. */
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/cjk/multibyte.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"
#include "vm/objects/str_ops.h"

#define NATIVE_DEF "vm/modules/cjk/reader.def"
#define NATIVE_PREFIX reader_
#define NATIVE_SELF Coder *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/cjk/writer.def"
#define NATIVE_PREFIX writer_
#define NATIVE_SELF Coder *
#include "vm/contracts/native_class.inc"

/* ---- reading */

/* The argument of a reading method: None is -1. */
static bool read_size(VM *vm, Value v, int64_t *size) {
  *size = -1;
  if (v == VALUE_NONE) return true;
  if (!value_is_any_int(v)) return raise_false(vm, TYPE_OF(TypeError), "arg 1 must be an integer");
  if (int_to_int64(v, size)) return true;
  return raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C ssize_t");
}

/* Text from stream.method(size). As long as that many bytes are no character, one more is read. */
static Value read_text(VM *vm, Coder *reader, Str *method, int64_t size) {
  if (size == 0) return value_from(str_empty());
  for (;;) {
    Value data = size < 0 ? call_method0(vm, reader->stream, method)
                          : call_method1(vm, reader->stream, method, value_int(vm, size));
    if (value_is_fail(data)) return data;
    if (!value_has_flag(data, TYPE_BYTES_SUBCLASS))
      return raise_type(vm, "stream function returned a non-bytes object (%.100T)", data);
    const Bytes *bytes = value_object(data);
    bool end = bytes->length == 0, nothing = end && !reader->count;
    Value text = coder_decode(vm, reader, bytes->data, bytes->length, end || size < 0);
    if (value_is_fail(text) || size < 0 || nothing) return text;
    if (((Str *)value_object(text))->length) return text;
    if (!vm_listen(vm)) return VALUE_FAIL;
    size = 1;
  }
}

static Value read_by(VM *vm, Coder *reader, Str *method, Value size_value) {
  int64_t size;
  return read_size(vm, size_value, &size) ? read_text(vm, reader, method, size) : VALUE_FAIL;
}

static Value reader_construct(VM *vm, Type *cls, const reader_construct_args *a) {
  return coder_new(vm, cls, a->stream, a->errors, true);
}
static Value reader_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return VALUE_NONE;
}
static Value reader_read(VM *vm, Coder *self, const reader_read_args *a) {
  return read_by(vm, self, NAME("read"), a->sizeobj);
}
static Value reader_readline(VM *vm, Coder *self, const reader_readline_args *a) {
  return read_by(vm, self, NAME("readline"), a->sizeobj);
}
static Value reader_readlines(VM *vm, Coder *self, const reader_readlines_args *a) {
  Value text = read_by(vm, self, NAME("read"), a->sizehintobj);
  return value_is_fail(text) ? text : value_of(str_splitlines(vm, value_object(text), true));
}
static Value reader_reset(VM *vm, Coder *self, const reader_reset_args *a) {
  if (self->codec->restart) self->codec->restart(self->state);
  self->count = 0;
  return VALUE_NONE;
}
static Value reader_get_errors(VM *vm, Coder *self) { return coder_errors(self); }
static bool reader_set_errors(VM *vm, Coder *self, Value v) {
  return coder_set_errors(vm, self, v);
}

const ClassSpec multibyte_reader_class = {
    NATIVE_CLASS(reader_),
    .verify = VERIFIER(coder_verify),
    .basic_size = sizeof(Coder),
    .trace = coder_trace,
};

/* ---- writing */

static bool write_text(VM *vm, Coder *writer, Value text) {
  Value bytes = coder_encode(vm, writer, text, false);
  return !value_is_fail(bytes) &&
         !value_is_fail(call_method1(vm, writer->stream, NAME("write"), bytes));
}

static Value writer_construct(VM *vm, Type *cls, const writer_construct_args *a) {
  return coder_new(vm, cls, a->stream, a->errors, false);
}
static Value writer_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return VALUE_NONE;
}
static Value writer_write(VM *vm, Coder *self, const writer_write_args *a) {
  return value_none_if(write_text(vm, self, a->strobj));
}

static bool is_sequence(Value v) {
  const Type *type = value_type(v);
  return !value_has_flag(v, TYPE_DICT_SUBCLASS) && type->specials[SPECIAL_getitem] != VALUE_UNBOUND;
}

static Value writer_writelines(VM *vm, Coder *self, const writer_writelines_args *a) {
  if (!is_sequence(a->lines)) return raise_type(vm, "arg must be a sequence object");
  for (int64_t i = 0;; i++) {
    int64_t n = value_length(vm, a->lines);
    if (n < 0) return VALUE_FAIL;
    if (i >= n) return VALUE_NONE;
    Value line = get_item(vm, a->lines, value_int(vm, i));
    if (value_is_fail(line) || !write_text(vm, self, line) || !vm_listen(vm)) return VALUE_FAIL;
  }
}

static Value writer_reset(VM *vm, Coder *self, const writer_reset_args *a) {
  if (!self->pending) return VALUE_NONE;
  Value bytes = coder_encode(vm, self, value_from(str_empty()), true);
  if (value_is_fail(bytes)) return bytes;
  if (!((Bytes *)value_object(bytes))->length) return VALUE_NONE;
  return value_none_if(!value_is_fail(call_method1(vm, self->stream, NAME("write"), bytes)));
}
static Value writer_get_errors(VM *vm, Coder *self) { return coder_errors(self); }
static bool writer_set_errors(VM *vm, Coder *self, Value v) {
  return coder_set_errors(vm, self, v);
}

const ClassSpec multibyte_writer_class = {
    NATIVE_CLASS(writer_),
    .verify = VERIFIER(coder_verify),
    .basic_size = sizeof(Coder),
    .trace = coder_trace,
};
