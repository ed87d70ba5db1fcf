/* loader.h -- how the VM reaches the compiler, which it does not know: the driver installs a
** SourceLoader.
**
** All functions fail with NULL / VALUE_FAIL and an exception pending (SyntaxError and its
** subclasses, warnings as errors). */
#ifndef KRAIT_LOADER_H
#define KRAIT_LOADER_H

#include "vm/objects/code.h"

typedef enum LoadMode { LOAD_EXEC, LOAD_EVAL, LOAD_SINGLE, LOAD_FUNC_TYPE } LoadMode;

/* Flags of compile(), as in ast.h of CPython's public interface; __future__ flags share the
** word. */
enum {
  LOAD_ONLY_AST = 0x0400,
  LOAD_SOURCE_IS_UTF8 = 0x0100, /* text, not bytes: an encoding line in it means nothing */
  LOAD_DONT_IMPLY_DEDENT = 0x0200,
  LOAD_TYPE_COMMENTS = 0x1000,
  LOAD_TOP_LEVEL_AWAIT = 0x2000,
  LOAD_ALLOW_INCOMPLETE = 0x4000,
};

typedef struct LoadRequest {
  Str *filename;
  LoadMode mode;
  int flags;
  int optimize;        /* -1: as the interpreter runs */
  int feature_version; /* minor version, -1: newest */
} LoadRequest;

typedef struct TokenStream TokenStream;

typedef struct SourceLoader {
  Code *(*compile_text)(VM *vm, const char *text, size_t size, const LoadRequest *request);
  /* Trees pass as blobs (vm/bytecode/ast_blob.h) in bytes objects; `_ast` makes objects of them and
  ** back. */
  Value (*parse_text)(VM *vm, const char *text, size_t size, const LoadRequest *request);
  Code *(*compile_tree)(VM *vm, Value blob, const LoadRequest *request);
  /* load_file: the code of a source file, from the cache when that is fresh. `path` is where the
  ** bytes are, filename what the code says. FileNotFoundError and other OSErrors are raised as
  ** such. */
  Code *(*load_file)(VM *vm, const char *path, Str *filename);
  /* load_script: the same for what is run as a program: read line by line, the first one passed
  ** over with -x. */
  Code *(*load_script)(VM *vm, const char *path, Str *filename);
  /* symbols: the scopes of a text as nested tuples, see modules/ast/symtable.c. */
  Value (*symbols)(VM *vm, const char *text, size_t size, const LoadRequest *request);
  /* tokens_open: the tokens of a text of UTF-8 that has no NUL. tokens_next: a tuple, see
  ** driver/tokens.c; VALUE_STOP at the end. What is wrong is raised, and the stream goes on behind
  ** it. */
  TokenStream *(*tokens_open)(VM *vm, const char *text, size_t size);
  Value (*tokens_next)(VM *vm, TokenStream *stream);
  void (*tokens_close)(TokenStream *stream);
  /* what the cache said to the last load_file: "hit", "hit by content", "miss: …" */
  const char *(*outcome)(void);
} SourceLoader;

extern const SourceLoader *source_loader; /* NULL: no compiler in this program */

#endif
