/* from_blob.c -- ast_from_blob: a tree of the parser as Python objects. The blob comes from this
** program's own compiler, so its form is taken on trust. */
#include "vm/bytecode/ast_blob.h"
#include "vm/contracts/protocol.h"
#include "vm/modules/ast/tree.h"
#include "vm/objects/bytes.h"
#include "vm/objects/complex.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"
#include "vm/objects/set.h"

typedef struct Reader {
  VM *vm;
  const uint8_t *at;
} Reader;

static Value read_node(Reader *r);

static uint64_t read_varint(Reader *r) {
  uint64_t n = 0;
  for (int shift = 0;; shift += 7) {
    uint8_t byte = *r->at++;
    n |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return n;
  }
}

static int64_t read_signed(Reader *r) {
  uint64_t n = read_varint(r);
  return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

static double read_double(Reader *r) {
  uint64_t bits = 0;
  for (int i = 0; i < 8; i++) bits |= (uint64_t)*r->at++ << (8 * i);
  double d;
  memcpy(&d, &bits, sizeof d);
  return d;
}

static Value read_text(Reader *r, size_t size, bool intern) {
  Str *s = str_new_utf8(r->vm, (const char *)r->at, size);
  r->at += size;
  if (s && intern) s = str_intern(r->vm, s);
  return value_of(s);
}

static Value read_big_int(Reader *r) {
  size_t size = read_varint(r);
  bool negative = *r->at == '-';
  Value n = int_from_digits(r->vm, (const char *)r->at + negative, size - negative, 16);
  r->at += size;
  return negative && !value_is_fail(n) ? int_neg(r->vm, n) : n;
}

static Value read_literal(Reader *r);

static Value read_literals(Reader *r, AstLiteralTag tag) {
  size_t count = read_varint(r);
  Tuple *items = tuple_new(r->vm, count);
  for (size_t i = 0; items && i < count; i++) {
    Value item = read_literal(r);
    if (value_is_fail(item)) return item;
    tuple_set_item(r->vm, items, i, item);
  }
  if (!items) return VALUE_FAIL;
  return tag == AST_LITERAL_TUPLE ? value_from(items)
                                  : call1(r->vm, value_from(TYPE_OF(frozenset)), value_from(items));
}

static Value read_literal(Reader *r) {
  VM *vm = r->vm;
  AstLiteralTag tag = (AstLiteralTag)*r->at++;
  switch (tag) {
  case AST_LITERAL_NONE: return VALUE_NONE;
  case AST_LITERAL_FALSE: return VALUE_FALSE;
  case AST_LITERAL_TRUE: return VALUE_TRUE;
  case AST_LITERAL_ELLIPSIS: return VALUE_ELLIPSIS;
  case AST_LITERAL_INT: return value_int(vm, read_signed(r));
  case AST_LITERAL_BIG_INT: return read_big_int(r);
  case AST_LITERAL_FLOAT: return value_float(vm, read_double(r));
  case AST_LITERAL_COMPLEX: {
    double real = read_double(r);
    return complex_new(vm, real, read_double(r));
  }
  case AST_LITERAL_STR: {
    size_t size = read_varint(r);
    return read_text(r, size, size < 32);
  }
  case AST_LITERAL_BYTES: {
    size_t size = read_varint(r);
    Bytes *bytes = bytes_new(vm, r->at, size);
    r->at += size;
    return value_of(bytes);
  }
  case AST_LITERAL_TUPLE:
  case AST_LITERAL_FROZENSET: return read_literals(r, tag);
  }
  return raise_error(vm, TYPE_OF(SystemError), "damaged syntax tree");
}

static Value read_value(Reader *r, AstType type) {
  switch (type) {
  case AST_TYPE_identifier:
  case AST_TYPE_string: {
    uint64_t stored = read_varint(r);
    return stored ? read_text(r, stored - 1, type == AST_TYPE_identifier) : VALUE_NONE;
  }
  case AST_TYPE_int: return value_int(r->vm, read_signed(r));
  case AST_TYPE_constant: return read_literal(r);
  default: return ast_types[type].is_enum ? ast_classes.singletons[type][*r->at++] : read_node(r);
  }
}

static Value read_field(Reader *r, const AstField *field) {
  if (field->quantity != AST_QUANTITY_SEQ) return read_value(r, (AstType)field->type);
  size_t count = read_varint(r);
  List *list = list_new(r->vm, count);
  for (size_t i = 0; list && i < count; i++) {
    Value item = read_value(r, (AstType)field->type);
    if (value_is_fail(item) || !list_append_value(r->vm, list, item)) return VALUE_FAIL;
  }
  return value_of(list);
}

static Value read_node(Reader *r) {
  VM *vm = r->vm;
  uint64_t kind = read_varint(r);
  if (kind == 0) return VALUE_NONE;
  const AstKindInfo *info = &ast_kinds[kind];
  int64_t position[4];
  for (int i = 0; info->positioned && i < 4; i++) position[i] = read_signed(r);
  if (!vm_check_c_stack(vm, " during ast construction")) return VALUE_FAIL;
  if (!vm_check_memory(vm)) return VALUE_FAIL;
  Value node = object_new(vm, ast_classes.kinds[kind]);
  if (value_is_fail(node)) return node;
  for (int i = 0; info->fields[i].name; i++) {
    Value v = read_field(r, &info->fields[i]);
    if (value_is_fail(v) || !instance_set(vm, value_object(node), ast_classes.fields[kind][i], v))
      return VALUE_FAIL;
  }
  for (int i = 0; info->positioned && i < 4; i++)
    if (!instance_set(vm, value_object(node), ast_classes.positions[i], value_int(vm, position[i])))
      return VALUE_FAIL;
  return node;
}

Value ast_from_blob(VM *vm, Value blob) {
  if (!ast_classes_ready(vm)) return VALUE_FAIL;
  Bytes *bytes = value_object(blob);
  Reader r = {vm, bytes->data + 4};
  return read_node(&r);
}
