/* ast_table.h -- ast.def as data: kind numbers, enumerations, and for each kind its fields with
** types and quantities.
**
** Shared by the parser's tree (src/syntax/ast.h), the blob that carries trees between compiler and
** VM, and `_ast`. Law: ast_kinds[k] describes kind k, 0 < k < AST_KIND_COUNT; fields end with a
** field whose name is NULL. */
#ifndef KRAIT_AST_TABLE_H
#define KRAIT_AST_TABLE_H

#include "vm/base/common.h"

typedef enum AstKind {
  AST_NONE,
#define AST_NODE(sum, Kind, ...) AST_##Kind,
#define AST_PRODUCT(name, Kind, positioned, ...) AST_##Kind,
#include "vm/bytecode/ast.def"
  AST_KIND_COUNT
} AstKind;

/* CONTEXT_Load ..., BOOLOP_And ..., OPERATOR_Add ..., UNARYOP_Not ..., CMPOP_NotIn ... */
enum {
#define AST_ENUM_SUM(sum, Type, PREFIX) PREFIX##_START_ = -1,
#define AST_ENUM(sum, PREFIX, Member) PREFIX##_##Member,
#include "vm/bytecode/ast.def"
};

/* The type of a field. Sums and products hold nodes; enumerations a small number. */
typedef enum AstType {
  AST_TYPE_identifier,
  AST_TYPE_string,
  AST_TYPE_int,
  AST_TYPE_constant,
#define AST_SUM(sum, positioned) AST_TYPE_##sum,
#define AST_PRODUCT(name, Kind, positioned, ...) AST_TYPE_##name,
#define AST_ENUM_SUM(sum, Type, PREFIX) AST_TYPE_##sum,
#include "vm/bytecode/ast.def"
  AST_TYPE_COUNT
} AstType;

typedef enum AstQuantity { AST_QUANTITY_ONE, AST_QUANTITY_OPT, AST_QUANTITY_SEQ } AstQuantity;

typedef struct AstField {
  const char *name; /* NULL ends the list */
  uint8_t type;     /* AstType */
  uint8_t quantity; /* AstQuantity */
} AstField;

typedef struct AstKindInfo {
  const char *name; /* as Python spells it: "FunctionDef", "arguments" */
  uint8_t type;     /* the AstType that holds it: AST_TYPE_stmt, AST_TYPE_arguments */
  bool positioned;  /* has lineno, col_offset, end_lineno, end_col_offset */
  const AstField *fields;
} AstKindInfo;

typedef struct AstTypeInfo {
  const char *name;           /* "expr", "operator", "arguments", "identifier" */
  bool is_node, is_enum;      /* neither: identifier, string, int, constant */
  bool positioned;            /* node types: its kinds are positioned */
  int member_count;           /* enumerations */
  const char *const *members; /* "Load", "Store", "Del" */
} AstTypeInfo;

extern const AstKindInfo ast_kinds[AST_KIND_COUNT];
extern const AstTypeInfo ast_types[AST_TYPE_COUNT];

#endif
