/* ast.h -- the syntax tree in C: one struct a node kind, made from vm/bytecode/ast.def.
**
** A node kind K has the struct AstK whose first member `node` holds kind and position; AstNode *
** points to any. Read fields through AST_AS(K, pointer), make nodes through AST_NEW(arena, K,
** position, .field = ...). Everything lives in the arena that the parse was given. Lines count from
** 1, columns are UTF-8 byte offsets from 0. Laws: equal identifiers of one parse are the same Name
** pointer; AST_AS checks the kind in debug builds. */
#ifndef KRAIT_AST_H
#define KRAIT_AST_H

#include <stdio.h>

#include "vm/base/arena.h"
#include "vm/bytecode/ast_table.h"

/* Name: an identifier after NFKC, interned per parse (names.h). */
typedef struct Name {
  uint32_t size; /* bytes */
  uint32_t hash;
  uint8_t keyword; /* TokenKind of a keyword, 0 for a plain name; the parser's */
  uint8_t soft;    /* SoftKeyword; the parser's */
  union {          /* the compiler's, zero after parsing */
    void *scratch;
    uint64_t scratch_number;
  };
  char text[]; /* UTF-8, NUL-terminated */
} Name;

/* AstText: a string field (type comments, Constant.kind). */
typedef struct AstText {
  size_t size;
  char bytes[]; /* NUL-terminated */
} AstText;

typedef enum LiteralTag {
  LITERAL_NONE,
  LITERAL_FALSE,
  LITERAL_TRUE,
  LITERAL_ELLIPSIS,
  LITERAL_INT, /* integer */
  /* bytes, size: lower-case hex digits without 0x or leading zeros, '-' first when negative */
  LITERAL_BIG_INT,
  LITERAL_FLOAT,   /* real */
  LITERAL_COMPLEX, /* real, imaginary; the parser makes only real == 0 */
  LITERAL_STR,     /* bytes, size: UTF-8, lone surrogates as their three-byte forms */
  LITERAL_BYTES,   /* bytes, size */
  LITERAL_TUPLE,   /* items, count: never from the parser, only from trees that a program built */
  LITERAL_FROZENSET,
} LiteralTag;

typedef struct Literal {
  LiteralTag tag;
  int count;
  union {
    int64_t integer;
    struct {
      double real, imaginary;
    };
    struct {
      const char *bytes;
      size_t size;
    }; /* NUL-terminated */
    struct Literal *items;
  };
} Literal;

typedef struct AstNode {
  uint16_t kind;  /* AstKind */
  uint16_t flags; /* NODE_* below; parser and compiler scratch */
  int32_t line, column, end_line, end_column;
} AstNode;

enum { NODE_PARENTHESISED = 1 }; /* written inside its own parentheses (a group, not a tuple's) */

/* items may be NULL where ast.def says so */
typedef struct AstSeq {
  int count;
  AstNode **items;
} AstSeq;
typedef struct AstNameSeq {
  int count;
  const Name **items;
} AstNameSeq;
/* members of an enumeration */
typedef struct AstEnumSeq {
  int count;
  uint8_t *items;
} AstEnumSeq;

/* C types of field types: one value, and a sequence. */
typedef const Name *AstC_identifier;
typedef const AstText *AstC_string;
typedef int AstC_int;
typedef Literal AstC_constant;
#define AST_SUM(sum, positioned) typedef AstNode *AstC_##sum;
#define AST_PRODUCT(name, Kind, positioned, ...) typedef struct Ast##Kind *AstC_##name;
#define AST_ENUM_SUM(sum, Type, PREFIX) typedef uint8_t AstC_##sum;
#include "vm/bytecode/ast.def"
typedef AstNameSeq AstCSeq_identifier;
#define AST_SUM(sum, positioned) typedef AstSeq AstCSeq_##sum;
#define AST_PRODUCT(name, Kind, positioned, ...) typedef AstSeq AstCSeq_##name;
#define AST_ENUM_SUM(sum, Type, PREFIX) typedef AstEnumSeq AstCSeq_##sum;
#include "vm/bytecode/ast.def"

#define AST_ONE(type, name) AstC_##type name;
#define AST_OPT(type, name) AstC_##type name;
#define AST_SEQ(type, name) AstCSeq_##type name;
#define AST_NODE(sum, Kind, ...) \
  typedef struct Ast##Kind {     \
    AstNode node;                \
    __VA_ARGS__                  \
  } Ast##Kind;
#define AST_PRODUCT(name, Kind, positioned, ...) AST_NODE(name, Kind, __VA_ARGS__)
#include "vm/bytecode/ast.def"
#undef AST_ONE
#undef AST_OPT
#undef AST_SEQ

#define AST_AS(Kind, pointer) ((Ast##Kind *)ast_check_kind((AstNode *)(pointer), AST_##Kind))
static inline AstNode *ast_check_kind(AstNode *node, AstKind kind) {
  assert(node && node->kind == kind);
  (void)kind;
  return node;
}

/* AST_NEW: a node in the arena; `at` is an AstNode whose position is copied, then come .field =
** value initialisers. */
#define AST_NEW(arena, Kind, at, ...)                                          \
  ({                                                                           \
    Ast##Kind *new_ = arena_alloc((arena), sizeof(Ast##Kind));                 \
    *new_ = (Ast##Kind){.node = ast_node_at(AST_##Kind, (at)), ##__VA_ARGS__}; \
    new_;                                                                      \
  })
static inline AstNode ast_node_at(AstKind kind, AstNode at) {
  at.kind = (uint16_t)kind;
  at.flags = 0;
  return at;
}

/* Ast: a parsed program. */
typedef struct Ast {
  AstNode *root; /* AST_Module, AST_Interactive, AST_Expression or AST_FunctionType */
  /* FUTURE_* in force: inherited ones and those the program imports (parser.h) */
  uint32_t future_flags;
  /* line of the last `from __future__` import in leading position, else 0 */
  int future_line;
  struct NameTable *names; /* so that the compiler can intern its own: name_intern (names.h) */
  Arena *arena;            /* [borrowed: the caller's] */
} Ast;

/* ast_dump: the text of ast.dump(tree, indent=1, include_attributes=True) and a newline. */
void ast_dump(FILE *out, const Ast *ast);

/* Where field `index` of a node lies and its value, for generic walkers (dump, blob). */
void *ast_field_address(AstNode *node, int index);
size_t ast_kind_size(AstKind kind); /* sizeof the kind's struct */

#endif
