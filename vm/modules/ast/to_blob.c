/* to_blob.c -- ast_to_blob: what compile(tree) hands to the compiler. Checks what the blob's form
** needs: presence of fields, their types, lists where lists belong. What remains (contexts,
** lengths, positions) the compiler checks.
**
** The tree may be cyclic or change while it is read (attributes may be properties): depth and
** lengths are watched. */
#include <stdio.h>

#include "vm/base/buffer.h"
#include "vm/bytecode/ast_blob.h"
#include "vm/contracts/protocol.h"
#include "vm/modules/ast/tree.h"
#include "vm/objects/bytes.h"
#include "vm/objects/complex.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"
#include "vm/objects/set.h"

typedef struct Writer {
  VM *vm;
  Buffer *out;
  int depth;
} Writer;

static bool write_node(Writer *w, Value v, AstType type);

static void write_double(Writer *w, double d) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  for (int i = 0; i < 8; i++) buffer_add_byte(w->out, (uint8_t)(bits >> (8 * i)));
}

static void write_bytes(Writer *w, AstLiteralTag tag, const void *bytes, size_t size) {
  buffer_add_byte(w->out, (uint8_t)tag);
  buffer_add_varint(w->out, size);
  buffer_add(w->out, bytes, size);
}

static bool write_literal_int(Writer *w, Value v) {
  int64_t n;
  if (int_to_int64(v, &n)) {
    buffer_add_byte(w->out, AST_LITERAL_INT);
    buffer_add_signed(w->out, n);
    return true;
  }
  Value digits = int_to_str(w->vm, v, 16);
  if (value_is_fail(digits)) return false;
  size_t size;
  const char *text = str_utf8(w->vm, value_object(digits), &size);
  write_bytes(w, AST_LITERAL_BIG_INT, text, size);
  return true;
}

static bool write_literal(Writer *w, Value v);

static bool write_literals(Writer *w, AstLiteralTag tag, Value v) {
  Tuple *items = tuple_from_iterable(w->vm, v);
  if (!items || !vm_check_c_stack(w->vm, " during compilation")) return false;
  buffer_add_byte(w->out, (uint8_t)tag);
  buffer_add_varint(w->out, tuple_length(items));
  for (size_t i = 0; i < tuple_length(items); i++)
    if (!write_literal(w, items->items[i])) return false;
  return true;
}

static bool write_literal(Writer *w, Value v) {
  VM *vm = w->vm;
  if (v == VALUE_NONE) buffer_add_byte(w->out, AST_LITERAL_NONE);
  else if (v == VALUE_FALSE) buffer_add_byte(w->out, AST_LITERAL_FALSE);
  else if (v == VALUE_TRUE) buffer_add_byte(w->out, AST_LITERAL_TRUE);
  else if (v == VALUE_ELLIPSIS) buffer_add_byte(w->out, AST_LITERAL_ELLIPSIS);
  else if (value_type(v) == TYPE_OF(int)) return write_literal_int(w, v);
  else if (value_type(v) == TYPE_OF(float)) {
    buffer_add_byte(w->out, AST_LITERAL_FLOAT);
    write_double(w, float_of(v));
  } else if (value_is(v, complex)) {
    const Complex *c = value_object(v);
    buffer_add_byte(w->out, AST_LITERAL_COMPLEX);
    write_double(w, c->real);
    write_double(w, c->imag);
  } else if (value_type(v) == TYPE_OF(str)) {
    size_t size;
    const char *text = str_utf8(vm, value_object(v), &size);
    if (!text) return false;
    write_bytes(w, AST_LITERAL_STR, text, size);
  } else if (value_is(v, bytes)) {
    const Bytes *bytes = value_object(v);
    write_bytes(w, AST_LITERAL_BYTES, bytes->data, bytes->length);
  } else if (value_is(v, tuple)) return write_literals(w, AST_LITERAL_TUPLE, v);
  else if (value_is(v, frozenset)) return write_literals(w, AST_LITERAL_FROZENSET, v);
  else return raise_false(vm, TYPE_OF(TypeError), "got an invalid type in Constant: %T", v);
  return true;
}

static bool write_text(Writer *w, Value v, AstType type) {
  if (v == VALUE_NONE) {
    buffer_add_varint(w->out, 0);
    return true;
  }
  bool fits = type == AST_TYPE_identifier
                  ? value_type(v) == TYPE_OF(str)
                  : value_is_str(v) || value_has_flag(v, TYPE_BYTES_SUBCLASS);
  if (!fits)
    return raise_false(w->vm, TYPE_OF(TypeError), "AST %s must be of type str",
                       ast_types[type].name);
  size_t size;
  const char *text;
  if (value_is_str(v)) text = str_utf8(w->vm, value_object(v), &size);
  else
    text = (const char *)((Bytes *)value_object(v))->data,
    size = ((Bytes *)value_object(v))->length;
  if (!text) return false;
  buffer_add_varint(w->out, size + 1);
  buffer_add(w->out, text, size);
  return true;
}

static bool write_int(Writer *w, Value v) {
  int64_t n;
  if (!value_is_any_int(v))
    return raise_false(w->vm, TYPE_OF(ValueError), "invalid integer value: %R", v);
  if (!int_to_int64(v, &n) || n < INT32_MIN || n > INT32_MAX)
    return raise_false(w->vm, TYPE_OF(OverflowError), "Python int too large to convert to C int");
  buffer_add_signed(w->out, n);
  return true;
}

static bool write_value(Writer *w, Value v, AstType type) {
  switch (type) {
  case AST_TYPE_identifier:
  case AST_TYPE_string: return write_text(w, v, type);
  case AST_TYPE_int: return write_int(w, v);
  case AST_TYPE_constant: return write_literal(w, v);
  default: break;
  }
  if (!ast_types[type].is_enum) return write_node(w, v, type);
  int member = ast_class_member(value_type(v), type);
  if (member < 0)
    return raise_false(w->vm, TYPE_OF(TypeError), "expected some sort of %s, but got %R",
                       ast_types[type].name, v);
  buffer_add_byte(w->out, (uint8_t)member);
  return true;
}

static bool write_list(Writer *w, Value list, const AstField *field, const char *owner) {
  VM *vm = w->vm;
  if (!value_has_flag(list, TYPE_LIST_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "%s field \"%s\" must be a list, not a %T", owner,
                       field->name, list);
  size_t count = list_length(value_object(list));
  buffer_add_varint(w->out, count);
  for (size_t i = 0; i < count; i++) {
    if (!write_value(w, list_items(value_object(list))[i], (AstType)field->type)) return false;
    if (list_length(value_object(list)) != count)
      return raise_false(vm, TYPE_OF(RuntimeError), "%s field \"%s\" changed size during iteration",
                         owner, field->name);
  }
  return true;
}

static bool write_absent(Writer *w, AstType type) {
  if (type == AST_TYPE_int) buffer_add_signed(w->out, 0);
  else buffer_add_varint(w->out, 0);
  return true;
}

/* Products take any object that has the fields, so None is faulted for what it lacks. */
static bool is_product(AstType type) {
  return ast_classes.types[type] && ast_class_kind(ast_classes.types[type]) != AST_NONE;
}
static bool may_not_be_none(AstType type) {
  if (type == AST_TYPE_identifier || type == AST_TYPE_string) return true;
  return ast_types[type].is_node && !is_product(type);
}

static bool write_field(Writer *w, Value node, AstKind kind, int i) {
  VM *vm = w->vm;
  const AstField *field = &ast_kinds[kind].fields[i];
  const char *owner = ast_kinds[kind].name;
  Value v = find_attribute(vm, node, ast_classes.fields[kind][i]);
  if (value_is_fail(v)) return false;
  bool optional = field->quantity == AST_QUANTITY_OPT;
  if (optional && (v == VALUE_UNBOUND || v == VALUE_NONE))
    return write_absent(w, (AstType)field->type);
  if (v == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(TypeError), "required field \"%s\" missing from %s", field->name,
                       owner);
  if (field->quantity == AST_QUANTITY_SEQ) return write_list(w, v, field, owner);
  if (v == VALUE_NONE && may_not_be_none((AstType)field->type))
    return raise_false(vm, TYPE_OF(ValueError), "field '%s' is required for %s", field->name,
                       owner);
  return write_value(w, v, (AstType)field->type);
}

/* The end of a node is that of its start when it is not told; of patterns it must be told. */
static bool write_position(Writer *w, Value node, AstType type) {
  VM *vm = w->vm;
  const char *owner = ast_types[type].name;
  int required = type == AST_TYPE_pattern ? 4 : 2;
  Value v[4];
  for (int i = 0; i < 4; i++) {
    v[i] = find_attribute(vm, node, ast_classes.positions[i]);
    if (value_is_fail(v[i])) return false;
    if (i < required && v[i] == VALUE_UNBOUND)
      return raise_false(vm, TYPE_OF(TypeError), "required field \"%U\" missing from %s",
                         ast_classes.positions[i], owner);
    if (i >= required && (v[i] == VALUE_UNBOUND || v[i] == VALUE_NONE)) v[i] = v[i - 2];
    if (!write_int(w, v[i])) return false;
  }
  return true;
}

/* Kinds come before positions in the blob, but CPython looks at positions first, so a wrong object
** is faulted for them. */
static bool write_fields(Writer *w, Value v, AstType type) {
  const char *name = ast_types[type].name;
  AstKind kind = ast_class_kind(value_type(v));
  bool fits = kind != AST_NONE && ast_kinds[kind].type == type;
  if (!fits && is_product(type)) kind = ast_class_kind(ast_classes.types[type]), fits = true;
  if (!fits && ast_types[type].positioned && !write_position(w, v, type)) return false;
  if (!fits)
    return raise_false(w->vm, TYPE_OF(TypeError), "expected some sort of %s, but got %R", name, v);
  buffer_add_varint(w->out, kind);
  if (ast_kinds[kind].positioned && !write_position(w, v, type)) return false;
  for (int i = 0; ast_kinds[kind].fields[i].name; i++)
    if (!write_field(w, v, kind, i)) return false;
  return true;
}

static bool write_node(Writer *w, Value v, AstType type) {
  if (v == VALUE_NONE && !is_product(type)) return write_absent(w, type);
  char where[80];
  snprintf(where, sizeof where, " while traversing '%s' node", ast_types[type].name);
  if (w->depth >= AST_BLOB_MAX_DEPTH)
    return raise_false(w->vm, TYPE_OF(RecursionError), "maximum recursion depth exceeded%s", where);
  if (!vm_check_c_stack(w->vm, where)) return false;
  w->depth++;
  bool ok = write_fields(w, v, type);
  w->depth--;
  return ok;
}

Value ast_to_blob(VM *vm, Value tree, LoadMode mode) {
  static const AstKind wanted[] = {[LOAD_EXEC] = AST_Module,
                                   [LOAD_EVAL] = AST_Expression,
                                   [LOAD_SINGLE] = AST_Interactive,
                                   [LOAD_FUNC_TYPE] = AST_FunctionType};
  if (!ast_classes_ready(vm)) return VALUE_FAIL;
  if (!type_is_subtype(value_type(tree), ast_classes.kinds[wanted[mode]]))
    return raise_type(vm, "expected %s node, got %T", ast_kinds[wanted[mode]].name, tree);
  Buffer out = {0};
  buffer_add(&out, AST_BLOB_MAGIC, 4);
  Writer w = {.vm = vm, .out = &out};
  Value blob = VALUE_FAIL;
  if (write_node(&w, tree, AST_TYPE_mod)) {
    Bytes *bytes = bytes_from_buffer(vm, &out);
    if (bytes) blob = value_from(bytes);
  }
  buffer_deinit(&out);
  return blob;
}
