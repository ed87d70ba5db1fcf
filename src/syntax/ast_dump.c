/* ast_dump.c -- the tree as text, equal to ast.dump(tree, indent=1, include_attributes=True) of
** Python 3.11.
**
** Law of the layout: a node stands on one line when it has at most three arguments and none of them
** spans *lines.
*/
#include <inttypes.h>
#include <stdlib.h>

#include "vm/base/memory.h"
#include "src/syntax/ast.h"
#include "vm/base/buffer.h"
#include "vm/base/float_text.h"
#include "vm/base/unicode.h"
#include "vm/base/utf8.h"

typedef struct Dump {
  Buffer out;
  FILE *file;
} Dump;

static void write_out(Dump *d) {
  if (d->out.size) fwrite(d->out.bytes, 1, d->out.size, d->file);
  d->out.size = 0;
}

/* ---- repr ---- */

static char choose_quote(const char *bytes, size_t size) {
  return memchr(bytes, '\'', size) && !memchr(bytes, '"', size) ? '"' : '\'';
}

/* Escapes that str and bytes share; false: `c` is written otherwise. */
static bool dump_common_escape(Buffer *out, uint32_t c, char quote) {
  if (c == (uint32_t)quote || c == '\\') buffer_printf(out, "\\%c", (char)c);
  else if (c == '\n') buffer_add_text(out, "\\n");
  else if (c == '\r') buffer_add_text(out, "\\r");
  else if (c == '\t') buffer_add_text(out, "\\t");
  else return false;
  return true;
}

static void dump_text(Buffer *out, const char *text, size_t size) {
  char quote = choose_quote(text, size);
  buffer_add_byte(out, (uint8_t)quote);
  for (size_t i = 0; i < size;) {
    size_t start = i;
    uint32_t c = utf8_next((const uint8_t *)text, &i);
    if (dump_common_escape(out, c, quote)) continue;
    if (unicode_is_printable(c)) buffer_add(out, text + start, i - start);
    else buffer_printf(out, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
  }
  buffer_add_byte(out, (uint8_t)quote);
}

static void dump_bytes(Buffer *out, const char *bytes, size_t size) {
  char quote = choose_quote(bytes, size);
  buffer_printf(out, "b%c", quote);
  for (size_t i = 0; i < size; i++) {
    uint8_t c = (uint8_t)bytes[i];
    if (dump_common_escape(out, c, quote)) continue;
    if (c >= ' ' && c < 0x7f) buffer_add_byte(out, c);
    else buffer_printf(out, "\\x%02x", c);
  }
  buffer_add_byte(out, (uint8_t)quote);
}

/* Hexadecimal text to decimal, schoolbook in base 10^9. */
static void dump_big_int(Buffer *out, const char *hex, size_t size) {
  if (*hex == '-') {
    buffer_add_byte(out, '-');
    hex++, size--;
  }
  size_t used = 1;
  uint32_t *parts = memory_take_zeroed(size / 7 + 2, sizeof(uint32_t));
  if (!parts) memory_end("the dump");
  for (size_t i = 0; i < size; i++) {
    uint64_t carry = (uint64_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
    for (size_t k = 0; k < used; k++) {
      carry += (uint64_t)parts[k] * 16;
      parts[k] = (uint32_t)(carry % 1000000000);
      carry /= 1000000000;
    }
    if (carry) parts[used++] = (uint32_t)carry;
  }
  buffer_printf(out, "%" PRIu32, parts[used - 1]);
  for (size_t k = used - 1; k-- > 0;) buffer_printf(out, "%09" PRIu32, parts[k]);
  free(parts);
}

static void dump_complex(Buffer *out, const Literal *v) {
  bool has_real = v->real != 0 || __builtin_signbit(v->real);
  if (has_real) {
    buffer_add_byte(out, '(');
    float_format(v->real, 'r', 0, 0, out);
    if (!__builtin_signbit(v->imaginary)) buffer_add_byte(out, '+');
  }
  float_format(v->imaginary, 'r', 0, 0, out);
  buffer_add_text(out, has_real ? "j)" : "j");
}

static void dump_literal(Buffer *out, const Literal *v);

static void dump_items(Buffer *out, const Literal *v) {
  bool is_set = v->tag == LITERAL_FROZENSET;
  buffer_add_text(out, is_set ? v->count ? "frozenset({" : "frozenset(" : "(");
  for (int i = 0; i < v->count; i++) {
    if (i) buffer_add_text(out, ", ");
    dump_literal(out, &v->items[i]);
  }
  if (v->count == 1 && !is_set) buffer_add_byte(out, ',');
  buffer_add_text(out, is_set && v->count ? "})" : ")");
}

static void dump_literal(Buffer *out, const Literal *v) {
  switch (v->tag) {
  case LITERAL_NONE: buffer_add_text(out, "None"); break;
  case LITERAL_TRUE: buffer_add_text(out, "True"); break;
  case LITERAL_FALSE: buffer_add_text(out, "False"); break;
  case LITERAL_ELLIPSIS: buffer_add_text(out, "Ellipsis"); break;
  case LITERAL_INT: buffer_printf(out, "%" PRId64, v->integer); break;
  case LITERAL_BIG_INT: dump_big_int(out, v->bytes, v->size); break;
  case LITERAL_FLOAT: {
    char text[FLOAT_REPR_SIZE];
    float_repr(v->real, text);
    buffer_add_text(out, text);
    break;
  }
  case LITERAL_COMPLEX: dump_complex(out, v); break;
  case LITERAL_STR: dump_text(out, v->bytes, v->size); break;
  case LITERAL_BYTES: dump_bytes(out, v->bytes, v->size); break;
  case LITERAL_TUPLE:
  case LITERAL_FROZENSET: dump_items(out, v); break;
  }
}

/* ---- nodes ---- */

static void new_line(Dump *d, int level) {
  buffer_add_byte(&d->out, '\n');
  for (int i = 0; i < level; i++) buffer_add_byte(&d->out, ' ');
}

static void dump_node(Dump *d, AstNode *node, int level);

/* A single value; `at` points to the field or the item. */
static void dump_value(Dump *d, AstType type, const void *at, int level) {
  switch (type) {
  case AST_TYPE_identifier: {
    const Name *name = *(const Name *const *)at;
    if (name) dump_text(&d->out, name->text, name->size);
    else buffer_add_text(&d->out, "None");
    return;
  }
  case AST_TYPE_string: {
    const AstText *text = *(const AstText *const *)at;
    dump_text(&d->out, text->bytes, text->size);
    return;
  }
  case AST_TYPE_int: buffer_printf(&d->out, "%d", *(const int *)at); return;
  case AST_TYPE_constant: dump_literal(&d->out, at); return;
  default: break;
  }
  if (ast_types[type].is_enum) {
    buffer_printf(&d->out, "%s()", ast_types[type].members[*(const uint8_t *)at]);
    return;
  }
  AstNode *node = *(AstNode *const *)at;
  if (node) dump_node(d, node, level);
  else buffer_add_text(&d->out, "None");
}

static size_t item_size(AstType type) { return ast_types[type].is_enum ? 1 : sizeof(void *); }

/* The three kinds of sequence begin alike: count, then items. */
static void dump_sequence(Dump *d, AstType type, const AstSeq *seq, int level) {
  if (!seq->count) {
    buffer_add_text(&d->out, "[]");
    return;
  }
  buffer_add_byte(&d->out, '[');
  for (int i = 0; i < seq->count; i++) {
    if (i) buffer_add_byte(&d->out, ',');
    new_line(d, level + 1);
    dump_value(d, type, (const char *)seq->items + item_size(type) * (size_t)i, level + 1);
  }
  buffer_add_byte(&d->out, ']');
}

static bool is_absent(const AstField *field, const void *at) {
  return field->quantity == AST_QUANTITY_OPT && field->type != AST_TYPE_int && !*(void *const *)at;
}

static bool is_simple(const AstField *field, const void *at) {
  if (field->quantity == AST_QUANTITY_SEQ) return ((const AstSeq *)at)->count == 0;
  return !ast_types[field->type].is_node;
}

static bool fits_one_line(AstNode *node) {
  const AstKindInfo *info = &ast_kinds[node->kind];
  if (info->positioned) return false;
  int count = 0;
  for (int i = 0; info->fields[i].name; i++) {
    const void *at = ast_field_address(node, i);
    if (is_absent(&info->fields[i], at)) continue;
    count++;
    if (!is_simple(&info->fields[i], at)) return false;
  }
  return count <= 3;
}

static void dump_node(Dump *d, AstNode *node, int level) {
  const AstKindInfo *info = &ast_kinds[node->kind];
  bool one_line = fits_one_line(node);
  int count = 0;
  buffer_printf(&d->out, "%s(", info->name);
  for (int i = 0; info->fields[i].name; i++) {
    const AstField *field = &info->fields[i];
    const void *at = ast_field_address(node, i);
    if (is_absent(field, at)) continue;
    if (count++) buffer_add_text(&d->out, one_line ? ", " : ",");
    if (!one_line) new_line(d, level + 1);
    buffer_printf(&d->out, "%s=", field->name);
    if (field->quantity == AST_QUANTITY_SEQ) dump_sequence(d, field->type, at, level + 1);
    else dump_value(d, field->type, at, level + 1);
  }
  if (info->positioned) {
    const struct {
      const char *name;
      int value;
    } attributes[] = {{"lineno", node->line},
                      {"col_offset", node->column},
                      {"end_lineno", node->end_line},
                      {"end_col_offset", node->end_column}};
    for (size_t i = 0; i < ARRAY_COUNT(attributes); i++) {
      if (count++) buffer_add_byte(&d->out, ',');
      new_line(d, level + 1);
      buffer_printf(&d->out, "%s=%d", attributes[i].name, attributes[i].value);
    }
  }
  buffer_add_byte(&d->out, ')');
  if (d->out.size > 1 << 16) write_out(d);
}

void ast_dump(FILE *out, const Ast *ast) {
  Dump d = {.file = out};
  buffer_init(&d.out);
  dump_node(&d, ast->root, 0);
  buffer_add_byte(&d.out, '\n');
  write_out(&d);
  buffer_deinit(&d.out);
}
