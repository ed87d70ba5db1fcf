/* ast_blob.h -- trees to blobs and back; the format is in vm/bytecode/ast_blob.h. */
#ifndef KRAIT_SYNTAX_AST_BLOB_H
#define KRAIT_SYNTAX_AST_BLOB_H

#include "src/syntax/ast.h"
#include "vm/base/buffer.h"

/* ast_write_blob: false when the tree is nested too deeply (RecursionError). */
bool ast_write_blob(const Ast *ast, Buffer *out);
/* ast_read_blob: NULL when the bytes are no blob, or nested too deeply. `future`: the flags
** inherited by compile(). */
Ast *ast_read_blob(Arena *arena, const uint8_t *blob, size_t size, uint32_t future);

/* ast_validate: NULL, or what is wrong with a tree that a program built: the message of the
** ValueError, or of the TypeError when *is_type_error is set. Trees from the parser need no
** check. */
const char *ast_validate(Arena *arena, const Ast *ast, bool *is_type_error);

/* ast_find_future_imports: fills future_flags and future_line from the imports in leading position
** (parser.c). */
void ast_find_future_imports(Ast *ast);

#endif
