/* compile.h -- syntax tree to code image: the front door of src/compile.
**
** Passes: scopes.c finds out what every name means (and folds constants on its way), gen_*.c write
** instructions with virtual labels (emit.c), assemble.c threads jumps and writes bytes,
** vm/bytecode/image_writer.c makes the image. Nothing here touches the heap of objects. What is
** wrong comes back in a SyntaxFault, as from the parser. */
#ifndef KRAIT_COMPILE_H
#define KRAIT_COMPILE_H

#include "src/syntax/parser.h"
#include "vm/base/buffer.h"
#include "vm/bytecode/image.h"

typedef struct CompileOptions {
  const char *filename; /* UTF-8 */
  int optimize;         /* 0; 1: no asserts, __debug__ is False; 2: no docstrings too */
  bool top_level_await; /* PyCF_ALLOW_TOP_LEVEL_AWAIT */
  /* the name of the text in the image (compile_source sets it); zeros: none */
  ContentHash source;
  /* compile_source: how to read the text; its mode is the mode of the code */
  ParseOptions parse;
} CompileOptions;

/* compile_ast: appends the image to `out`. The tree is used up (folding changes it). Warnings are
** appended to *warnings (may be NULL) in CPython's order. */
MUST_USE bool compile_ast(Ast *ast, const CompileOptions *options, Buffer *out, SyntaxFault *fault,
                          SyntaxWarning **warnings);
/* compile_source: parse and compile. Texts of faults and warnings live in the arena. */
MUST_USE bool compile_source(Arena *arena, const uint8_t *source, size_t size,
                             const CompileOptions *options, Buffer *out, SyntaxFault *fault,
                             SyntaxWarning **warnings);

/* unparse_expr: the text of an expression as `from __future__ import annotations` keeps it. */
void unparse_expr(Buffer *out, const AstNode *expr);

/* symbols_dump: the scopes of a program and what each name in them is, as text. false: fault. */
bool symbols_dump(FILE *out, Ast *ast, const CompileOptions *options, SyntaxFault *fault);

/* symbols_find: the scopes of a program as the language describes them: every comprehension is one
** of its own. They live in the tree's arena. NULL: fault. */
const struct Scope *symbols_find(Ast *ast, const CompileOptions *options, SyntaxFault *fault);

#endif
