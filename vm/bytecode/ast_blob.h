/* ast_blob.h -- a syntax tree as bytes: how trees pass between the compiler (src/) and `_ast`
** (vm/), which share no C.
**
** compile(…, PyCF_ONLY_AST) receives a blob and builds `ast` objects from it; compile(tree) writes
** a blob from objects. The tables of ast_table.h drive both sides: a node is its kind, its position
** and its fields in the order of ast.def.
**
**   blob      = magic node                          magic: the four bytes of AST_BLOB_MAGIC
**   node      = varint kind, position?, field*      kind 0 stands for an absent node (None) and
**             ends there
**   position  = signed line, column, end_line, end_column      only kinds with
**             AstKindInfo.positioned
**   field     = value | varint count, value*        the second for AST_QUANTITY_SEQ
**   value     = by the field's type:
**     nodes (sums, products)   node                 absent allowed for AST_QUANTITY_OPT and in
**                              sequences of
**                                                   expr, stmt and pattern
**     enumerations             byte                 the member's number
**     int                      signed
**     identifier, string       text
**     constant                 literal
**   text      = varint size + 1, bytes              UTF-8, surrogates as three bytes; 0: absent
**             (None)
**   literal   = byte tag, payload:
**     AST_LITERAL_INT          signed
**     AST_LITERAL_BIG_INT      varint size, hex digits, lower case, '-' first when negative
**     AST_LITERAL_FLOAT        8 bytes: IEEE 754, little-endian
**     AST_LITERAL_COMPLEX      16 bytes: real, imaginary
**     AST_LITERAL_STR, BYTES   varint size, bytes
**     AST_LITERAL_TUPLE, FROZENSET   varint count, literal*
**     the others               nothing
**
** varint and signed are those of buffer.h. Trees nested deeper than AST_BLOB_MAX_DEPTH are neither
** written nor read. */
#ifndef KRAIT_AST_BLOB_H
#define KRAIT_AST_BLOB_H

#include "vm/bytecode/ast_table.h"

#define AST_BLOB_MAGIC "KAT1"
enum { AST_BLOB_MAX_DEPTH = 3000 };

typedef enum AstLiteralTag {
  AST_LITERAL_NONE,
  AST_LITERAL_FALSE,
  AST_LITERAL_TRUE,
  AST_LITERAL_ELLIPSIS,
  AST_LITERAL_INT,
  AST_LITERAL_BIG_INT,
  AST_LITERAL_FLOAT,
  AST_LITERAL_COMPLEX,
  AST_LITERAL_STR,
  AST_LITERAL_BYTES,
  AST_LITERAL_TUPLE,
  AST_LITERAL_FROZENSET,
} AstLiteralTag;

#endif
