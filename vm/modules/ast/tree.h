/* tree.h -- syntax trees as Python objects: the classes of `_ast`, and their way from and to blobs
** (bytecode/ast_blob.h). */
#ifndef KRAIT_MODULES_AST_TREE_H
#define KRAIT_MODULES_AST_TREE_H

#include "vm/bytecode/ast_table.h"
#include "vm/core/vm.h"
#include "vm/imports/loader.h"

enum { AST_FIELDS_MAX = 8, AST_MEMBERS_MAX = 16 };

/* The classes, made once; every pointer is kept alive by ast_classes.all. */
typedef struct AstClasses {
  Value all;                   /* [gc] list of the classes and members */
  Type *kinds[AST_KIND_COUNT]; /* Name, FunctionDef, arguments */
  /* expr, stmt, operator; NULL for identifier, int … */
  Type *types[AST_TYPE_COUNT];
  Type *members[AST_TYPE_COUNT][AST_MEMBERS_MAX]; /* Load, Add */
  /* the instance of each member that parsed trees share */
  Value singletons[AST_TYPE_COUNT][AST_MEMBERS_MAX];
  Str *fields[AST_KIND_COUNT][AST_FIELDS_MAX]; /* names, immortal */
  /* lineno, col_offset, end_lineno, end_col_offset */
  Str *positions[4];
} AstClasses;
extern AstClasses ast_classes;

MUST_USE bool ast_classes_ready(VM *vm); /* makes them unless they are there */
/* the kind that cls or a base of it stands for; AST_NONE */
AstKind ast_class_kind(const Type *cls);
int ast_class_member(const Type *cls, AstType type); /* the enumeration's member, -1 */
bool value_is_ast(Value v);

MUST_USE MAY_RUN Value ast_from_blob(VM *vm, Value blob); /* bytes → tree */
/* tree → bytes; TypeError, ValueError as compile() words them */
MUST_USE MAY_RUN Value ast_to_blob(VM *vm, Value tree, LoadMode mode);

#endif
