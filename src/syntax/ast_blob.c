/* ast_blob.c -- see ast_blob.h. Reading checks everything: kinds against the types of fields, sizes
** against the end. */
#include "src/syntax/ast_blob.h"

#include "src/syntax/names.h"
#include "vm/bytecode/ast_blob.h"

static_assert((int)LITERAL_FROZENSET == (int)AST_LITERAL_FROZENSET &&
                  (int)LITERAL_STR == (int)AST_LITERAL_STR &&
                  (int)LITERAL_BIG_INT == (int)AST_LITERAL_BIG_INT,
              "the tags of literals are those of the blob");

/* ---- writing ---- */

static bool write_node(Buffer *out, AstNode *node, int depth);

static void write_bytes(Buffer *out, const char *bytes, size_t size) {
  buffer_add_varint(out, size);
  buffer_add(out, bytes, size);
}

static void write_double(Buffer *out, double v) {
  uint64_t bits;
  memcpy(&bits, &v, sizeof(bits));
  for (int i = 0; i < 8; i++) buffer_add_byte(out, (uint8_t)(bits >> (8 * i)));
}

static void write_literal(Buffer *out, const Literal *v) {
  buffer_add_byte(out, (uint8_t)v->tag);
  switch (v->tag) {
  case LITERAL_INT: buffer_add_signed(out, v->integer); break;
  case LITERAL_FLOAT: write_double(out, v->real); break;
  case LITERAL_COMPLEX:
    write_double(out, v->real);
    write_double(out, v->imaginary);
    break;
  case LITERAL_BIG_INT:
  case LITERAL_STR:
  case LITERAL_BYTES: write_bytes(out, v->bytes, v->size); break;
  case LITERAL_TUPLE:
  case LITERAL_FROZENSET:
    buffer_add_varint(out, (uint64_t)v->count);
    for (int i = 0; i < v->count; i++) write_literal(out, &v->items[i]);
    break;
  default: break;
  }
}

static bool write_value(Buffer *out, AstType type, const void *at, int depth) {
  switch (type) {
  case AST_TYPE_identifier: {
    const Name *name = *(const Name *const *)at;
    buffer_add_varint(out, name ? name->size + 1 : 0);
    if (name) buffer_add(out, name->text, name->size);
    return true;
  }
  case AST_TYPE_string: {
    const AstText *text = *(const AstText *const *)at;
    buffer_add_varint(out, text ? text->size + 1 : 0);
    if (text) buffer_add(out, text->bytes, text->size);
    return true;
  }
  case AST_TYPE_int: buffer_add_signed(out, *(const int *)at); return true;
  case AST_TYPE_constant: write_literal(out, at); return true;
  default: break;
  }
  if (!ast_types[type].is_enum) return write_node(out, *(AstNode *const *)at, depth);
  buffer_add_byte(out, *(const uint8_t *)at);
  return true;
}

static size_t item_size(AstType type) { return ast_types[type].is_enum ? 1 : sizeof(void *); }

static bool write_field(Buffer *out, const AstField *field, const void *at, int depth) {
  if (field->quantity != AST_QUANTITY_SEQ) return write_value(out, field->type, at, depth);
  const AstSeq *seq = at; /* the kinds of sequence begin alike */
  buffer_add_varint(out, (uint64_t)seq->count);
  for (int i = 0; i < seq->count; i++)
    if (!write_value(out, field->type,
                     (const char *)seq->items + item_size(field->type) * (size_t)i, depth))
      return false;
  return true;
}

static bool write_node(Buffer *out, AstNode *node, int depth) {
  if (!node) {
    buffer_add_varint(out, 0);
    return true;
  }
  if (depth >= AST_BLOB_MAX_DEPTH) return false;
  const AstKindInfo *info = &ast_kinds[node->kind];
  buffer_add_varint(out, node->kind);
  if (info->positioned) {
    buffer_add_signed(out, node->line);
    buffer_add_signed(out, node->column);
    buffer_add_signed(out, node->end_line);
    buffer_add_signed(out, node->end_column);
  }
  for (int i = 0; info->fields[i].name; i++)
    if (!write_field(out, &info->fields[i], ast_field_address(node, i), depth + 1)) return false;
  return true;
}

bool ast_write_blob(const Ast *ast, Buffer *out) {
  buffer_add(out, AST_BLOB_MAGIC, 4);
  return write_node(out, ast->root, 0);
}

/* ---- reading ---- */

typedef struct Reader {
  Arena *arena;
  NameTable *names;
  const uint8_t *at, *end;
  bool failed;
} Reader;

static AstNode *read_node(Reader *r, AstType type, int depth);

static void fail(Reader *r) {
  r->failed = true;
  r->at = r->end;
}

static uint8_t read_byte(Reader *r) {
  if (r->at < r->end) return *r->at++;
  fail(r);
  return 0;
}

static uint64_t read_varint(Reader *r) {
  uint64_t n = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    uint8_t byte = read_byte(r);
    n |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return n;
  }
  fail(r);
  return 0;
}

static int64_t read_signed(Reader *r) {
  uint64_t n = read_varint(r);
  return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

static int read_int(Reader *r) {
  int64_t n = read_signed(r);
  if (n < INT32_MIN || n > INT32_MAX) fail(r);
  return (int)n;
}

/* A count or size of things that take at least a byte each. */
static size_t read_size(Reader *r, uint64_t n) {
  if (n > (uint64_t)(r->end - r->at)) {
    fail(r);
    return 0;
  }
  return (size_t)n;
}

static double read_double(Reader *r) {
  uint64_t bits = 0;
  for (int i = 0; i < 8; i++) bits |= (uint64_t)read_byte(r) << (8 * i);
  double v;
  memcpy(&v, &bits, sizeof(v));
  return v;
}

static Literal read_literal(Reader *r, int depth) {
  Literal v = {.tag = (LiteralTag)read_byte(r)};
  if (depth >= AST_BLOB_MAX_DEPTH) fail(r);
  switch (v.tag) {
  case LITERAL_NONE:
  case LITERAL_FALSE:
  case LITERAL_TRUE:
  case LITERAL_ELLIPSIS: break;
  case LITERAL_INT: v.integer = read_signed(r); break;
  case LITERAL_FLOAT: v.real = read_double(r); break;
  case LITERAL_COMPLEX:
    v.real = read_double(r);
    v.imaginary = read_double(r);
    break;
  case LITERAL_BIG_INT:
  case LITERAL_STR:
  case LITERAL_BYTES:
    v.size = read_size(r, read_varint(r));
    v.bytes = arena_copy(r->arena, r->at, v.size);
    r->at += v.size;
    break;
  case LITERAL_TUPLE:
  case LITERAL_FROZENSET:
    v.count = (int)read_size(r, read_varint(r));
    v.items = ARENA_ARRAY(r->arena, Literal, v.count);
    for (int i = 0; i < v.count && !r->failed; i++) v.items[i] = read_literal(r, depth + 1);
    break;
  default: fail(r);
  }
  return v;
}

static void read_value(Reader *r, AstType type, void *at, int depth) {
  switch (type) {
  case AST_TYPE_identifier:
  case AST_TYPE_string: {
    uint64_t stored = read_varint(r);
    if (!stored) return;
    size_t size = read_size(r, stored - 1);
    if (type == AST_TYPE_identifier) {
      *(const Name **)at = name_intern(r->names, (const char *)r->at, size);
    } else {
      AstText *text = arena_alloc(r->arena, sizeof(AstText) + size + 1);
      text->size = size;
      memcpy(text->bytes, r->at, size);
      *(const AstText **)at = text;
    }
    r->at += size;
    return;
  }
  case AST_TYPE_int: *(int *)at = read_int(r); return;
  case AST_TYPE_constant: *(Literal *)at = read_literal(r, depth); return;
  default: break;
  }
  if (!ast_types[type].is_enum) {
    *(AstNode **)at = read_node(r, type, depth);
    return;
  }
  uint8_t member = read_byte(r);
  if (member >= ast_types[type].member_count) fail(r);
  *(uint8_t *)at = member;
}

static void read_field(Reader *r, const AstField *field, void *at, int depth) {
  if (field->quantity != AST_QUANTITY_SEQ) {
    read_value(r, field->type, at, depth);
    bool is_missing = field->quantity == AST_QUANTITY_ONE && !r->failed &&
                      field->type != AST_TYPE_int && field->type != AST_TYPE_constant &&
                      !ast_types[field->type].is_enum && !*(void **)at;
    if (is_missing) fail(r);
    return;
  }
  AstSeq *seq = at;
  seq->count = (int)read_size(r, read_varint(r));
  seq->items = arena_alloc(r->arena, item_size(field->type) * (size_t)seq->count);
  bool none_ok = field->type == AST_TYPE_expr || field->type == AST_TYPE_stmt ||
                 field->type == AST_TYPE_pattern;
  for (int i = 0; i < seq->count && !r->failed; i++) {
    void *item = (char *)seq->items + item_size(field->type) * (size_t)i;
    read_value(r, field->type, item, depth);
    /* ast_validate words the others */
    if (!none_ok && !ast_types[field->type].is_enum && !*(void **)item) fail(r);
  }
}

static AstNode *read_node(Reader *r, AstType type, int depth) {
  uint64_t kind = read_varint(r);
  if (kind == 0) return NULL;
  bool fits = kind < AST_KIND_COUNT && ast_kinds[kind].type == type && depth < AST_BLOB_MAX_DEPTH;
  if (!fits) {
    fail(r);
    return NULL;
  }
  AstNode *node = arena_alloc(r->arena, ast_kind_size((AstKind)kind));
  node->kind = (uint16_t)kind;
  if (ast_kinds[kind].positioned) {
    node->line = read_int(r);
    node->column = read_int(r);
    node->end_line = read_int(r);
    node->end_column = read_int(r);
  }
  const AstField *fields = ast_kinds[kind].fields;
  for (int i = 0; fields[i].name && !r->failed; i++)
    read_field(r, &fields[i], ast_field_address(node, i), depth + 1);
  return node;
}

Ast *ast_read_blob(Arena *arena, const uint8_t *blob, size_t size, uint32_t future) {
  if (size < 4 || memcmp(blob, AST_BLOB_MAGIC, 4) != 0) return NULL;
  Reader r = {.arena = arena, .names = name_table_new(arena), .at = blob + 4, .end = blob + size};
  AstNode *root = read_node(&r, AST_TYPE_mod, 0);
  if (r.failed || !root || r.at != r.end) return NULL;
  Ast *ast = ARENA_NEW(arena, Ast);
  *ast = (Ast){.root = root, .future_flags = future, .names = r.names, .arena = arena};
  ast_find_future_imports(ast);
  return ast;
}
