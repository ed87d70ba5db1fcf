/* dump.c -- see dump.h. */
#include "src/driver/dump.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/compile/compile.h"
#include "vm/base/memory.h"
#include "vm/bytecode/disasm.h"
#include "vm/bytecode/verify.h"

static bool read_all(FILE *in, Buffer *out) {
  for (;;) {
    if (!buffer_reserve(out, 1 << 16)) memory_end("the dump");
    size_t n = fread(out->bytes + out->size, 1, out->capacity - out->size, in);
    if (!n) return !ferror(in);
    out->size += n;
  }
}

static int print_fault(const char *path, const SyntaxFault *fault) {
  fprintf(stderr, "%s:%d:%d: %s\n", path, fault->line, fault->column,
          fault->message ? fault->message : "out of memory");
  return 1;
}

static int dump_image(const char *kind, Ast *ast, const CompileOptions *options,
                      SyntaxFault *fault) {
  Buffer bytes = {0};
  SyntaxWarning *warnings = NULL;
  if (!compile_ast(ast, options, &bytes, fault, &warnings))
    return print_fault(options->filename, fault);
  Image image;
  const char *why;
  if (!image_open(&image, bytes.bytes, bytes.size, &why)) panic("image: %s", why);
  if (!image_verify(&image, &why)) panic("image does not verify: %s", why);
  if (!strcmp(kind, "image")) image_dump(stdout, &image);
  else disasm_image(stdout, &image);
  buffer_deinit(&bytes);
  return 0;
}

static int dump_source(const char *kind, const char *path, const Buffer *source, int optimize) {
  Arena arena;
  arena_init(&arena);
  SyntaxFault fault = {0};
  CompileOptions options = {
      .filename = path, .optimize = optimize, .parse = {.filename = path, .max_str_digits = -1}};
  int status = 0;
  if (!strcmp(kind, "tokens")) {
    if (!tokens_dump(stdout, source->bytes, source->size, &options.parse, &fault))
      status = print_fault(path, &fault);
    arena_deinit(&arena);
    return status;
  }
  Ast *ast = parse_source(&arena, source->bytes, source->size, &options.parse, &fault, NULL);
  if (!ast) status = print_fault(path, &fault);
  else if (!strcmp(kind, "ast")) ast_dump(stdout, ast);
  else if (!strcmp(kind, "symbols")) {
    if (!symbols_dump(stdout, ast, &options, &fault)) status = print_fault(path, &fault);
  } else {
    status = dump_image(kind, ast, &options, &fault);
  }
  arena_deinit(&arena);
  return status;
}

static bool is_known(const char *kind) {
  static const char *const kinds[] = {"tokens", "ast", "symbols", "bytecode", "image"};
  for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
    if (!strcmp(kind, kinds[i])) return true;
  return false;
}

int dump_file(const char *kind, const char *path, int optimize) {
  if (!is_known(kind)) {
    fprintf(stderr,
            "krait: no such dump: %s (tokens, ast, symbols, bytecode, image, threaded, ic, heap)\n",
            kind);
    return 2;
  }
  FILE *in = strcmp(path, "-") ? fopen(path, "rb") : stdin;
  if (!in) {
    perror(path);
    return 2;
  }
  Buffer source = {0};
  bool fine = read_all(in, &source);
  if (in != stdin) fclose(in);
  int status = 2;
  if (fine) status = dump_source(kind, path, &source, optimize);
  else perror(path);
  buffer_deinit(&source);
  return status;
}
