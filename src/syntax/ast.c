/* ast.c -- where the fields of each node kind lie, for generic walkers; from ast.def. */
#include "src/syntax/ast.h"

typedef struct KindLayout {
  uint16_t size;
  const uint16_t *offsets;
} KindLayout;

/* A field's offset in bytes; the row's kind comes in through a local name. */
#define AST_ONE(type, name) offsetof(Row, name),
#define AST_OPT(type, name) offsetof(Row, name),
#define AST_SEQ(type, name) offsetof(Row, name),

/* One function a kind: the struct is called Row inside it, which a table at file scope could not
** do. */
#define AST_NODE(sum, Kind, ...)                       \
  static KindLayout layout_##Kind(void) {              \
    typedef Ast##Kind Row;                             \
    static const uint16_t offsets[] = {__VA_ARGS__ 0}; \
    return (KindLayout){sizeof(Row), offsets};         \
  }
#define AST_PRODUCT(name, Kind, positioned, ...) AST_NODE(name, Kind, __VA_ARGS__)
#include "vm/bytecode/ast.def"

static KindLayout layout_of(AstKind kind) {
  switch (kind) {
#define AST_NODE(sum, Kind, ...) \
  case AST_##Kind:               \
    return layout_##Kind();
#define AST_PRODUCT(name, Kind, positioned, ...) AST_NODE(name, Kind, )
#include "vm/bytecode/ast.def"
  default: panic("no such node kind: %d", (int)kind);
  }
}

void *ast_field_address(AstNode *node, int index) {
  return (char *)node + layout_of(node->kind).offsets[index];
}

size_t ast_kind_size(AstKind kind) { return layout_of(kind).size; }
