/* ast_table.c -- see ast_table.h. Everything here is ast.def, included once per table. */
#include "vm/bytecode/ast_table.h"

#define AST_ONE(type, name) {#name, AST_TYPE_##type, AST_QUANTITY_ONE},
#define AST_OPT(type, name) {#name, AST_TYPE_##type, AST_QUANTITY_OPT},
#define AST_SEQ(type, name) {#name, AST_TYPE_##type, AST_QUANTITY_SEQ},

#define AST_NODE(sum, Kind, ...) static const AstField fields_##Kind[] = {__VA_ARGS__{NULL, 0, 0}};
#define AST_PRODUCT(name, Kind, positioned, ...) AST_NODE(name, Kind, __VA_ARGS__)
#include "vm/bytecode/ast.def"

enum {
#define AST_SUM(sum, positioned) POSITIONED_##sum = positioned,
#include "vm/bytecode/ast.def"
};

const AstKindInfo ast_kinds[AST_KIND_COUNT] = {
#define AST_NODE(sum, Kind, ...) \
  [AST_##Kind] = {#Kind, AST_TYPE_##sum, POSITIONED_##sum, fields_##Kind},
#define AST_PRODUCT(name, Kind, positioned, ...) \
  [AST_##Kind] = {#name, AST_TYPE_##name, positioned, fields_##Kind},
#include "vm/bytecode/ast.def"
};

/* Members of every enumeration in one array; an enumeration is the slice that starts at its own
** offset. */
static const char *const members[] = {
#define AST_ENUM(sum, PREFIX, Member) #Member,
#include "vm/bytecode/ast.def"
};
enum {
#define AST_ENUM(sum, PREFIX, Member) AT_##PREFIX##_##Member,
#include "vm/bytecode/ast.def"
};

#define ENUM_INFO(sum, PREFIX, First, Last) \
  [AST_TYPE_##                              \
      sum] = {#sum, false, true, false, PREFIX##_##Last + 1, members + AT_##PREFIX##_##First}

const AstTypeInfo ast_types[AST_TYPE_COUNT] = {
    [AST_TYPE_identifier] = {.name = "identifier"},
    [AST_TYPE_string] = {.name = "string"},
    [AST_TYPE_int] = {.name = "int"},
    [AST_TYPE_constant] = {.name = "constant"},
#define AST_SUM(sum, has_position) \
  [AST_TYPE_##sum] = {.name = #sum, .is_node = true, .positioned = has_position},
#define AST_PRODUCT(kind, Kind, has_position, ...) \
  [AST_TYPE_##kind] = {.name = #kind, .is_node = true, .positioned = has_position},
#include "vm/bytecode/ast.def"
    ENUM_INFO(expr_context, CONTEXT, Load, Del),
    ENUM_INFO(boolop, BOOLOP, And, Or),
    ENUM_INFO(operator, OPERATOR, Add, FloorDiv),
    ENUM_INFO(unaryop, UNARYOP, Invert, USub),
    ENUM_INFO(cmpop, CMPOP, Eq, NotIn),
};
