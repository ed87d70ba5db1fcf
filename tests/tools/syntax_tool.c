/* syntax_tool.c -- the parser alone on the command line, for the scripts that compare it with
** CPython.
**
**   syntax_tool ast FILE…      the tree of each file, as ast.dump writes it
**   syntax_tool blob FILE…     the same after a trip through a blob, and validated
**   syntax_tool errors         reads cases from stdin (mode, size, bytes); writes one line of fault
**                              or "ok" a
*case
**   syntax_tool trees          as errors, but writes the tree for "ok", and a NUL and newline
**                              behind each
*case
**   syntax_tool time N FILE…   parses the files N times, prints seconds and bytes
**   syntax_tool check          as errors, but prints a case's number only: for fuzzing
*/
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "src/syntax/ast_blob.h"
#include "src/syntax/parser.h"

static uint8_t *read_all(FILE *file, size_t *size) {
  size_t capacity = 1 << 16, n = 0, got;
  uint8_t *bytes = malloc(capacity);
  while (bytes && (got = fread(bytes + n, 1, capacity - n, file)) > 0) {
    n += got;
    if (n == capacity) bytes = realloc(bytes, capacity *= 2);
  }
  *size = n;
  return bytes;
}

static void print_quoted(const char *text, size_t size) {
  putchar('"');
  for (size_t i = 0; i < size; i++) {
    uint8_t c = (uint8_t)text[i];
    if (c == '"' || c == '\\') printf("\\%c", c);
    else if (c < 32 || c == 127) printf("\\u%04x", c);
    else putchar(c);
  }
  putchar('"');
}

static void print_fault(const SyntaxFault *fault) {
  static const char *const kinds[] = {
      "ok",          "SyntaxError",    "IndentationError", "TabError",     "ValueError",
      "MemoryError", "RecursionError", "UnicodeError",     "OverflowError"};
  printf("[\"%s\", ", kinds[fault->kind]);
  print_quoted(fault->message ? fault->message : "", fault->message ? strlen(fault->message) : 0);
  printf(", %d, %d, %d, %d, ", fault->line, fault->column, fault->end_line, fault->end_column);
  if (fault->text) print_quoted(fault->text, fault->text_size);
  else printf("null");
  printf(", %s, %s]\n", fault->no_position ? "true" : "false",
         fault->incomplete ? "true" : "false");
}

static Ast *pass_through_blob(Arena *arena, const Ast *ast) {
  Buffer blob;
  buffer_init(&blob);
  bool written = ast_write_blob(ast, &blob), is_type_error;
  Ast *again = written ? ast_read_blob(arena, blob.bytes, blob.size, 0) : NULL;
  const char *complaint = again ? ast_validate(arena, again, &is_type_error) : "not readable";
  if (complaint) printf("blob: %s\n", complaint);
  buffer_deinit(&blob);
  return complaint ? NULL : again;
}

static int print_trees(int count, char **paths, bool through_blob) {
  for (int i = 0; i < count; i++) {
    FILE *file = fopen(paths[i], "rb");
    if (!file) continue;
    size_t size;
    uint8_t *source = read_all(file, &size);
    fclose(file);
    Arena arena;
    arena_init(&arena);
    SyntaxFault fault;
    Ast *ast =
        parse_source(&arena, source, size, &(ParseOptions){.filename = paths[i]}, &fault, NULL);
    if (!ast) print_fault(&fault);
    else if (through_blob) ast = pass_through_blob(&arena, ast);
    if (ast) ast_dump(stdout, ast);
    arena_deinit(&arena);
    free(source);
  }
  return 0;
}

/* Cases: "MODE FLAGS SIZE\n" and SIZE bytes. MODE: exec eval single func_type; FLAGS: letters
** d(edent) *i(ncomplete) t(ype
** comments) b(ytes). */
typedef enum Show { SHOW_NOTHING, SHOW_FAULTS, SHOW_TREES } Show;

static int run_cases(Show show) {
  char mode[16], flags[16];
  size_t size;
  while (scanf("%15s %15s %zu", mode, flags, &size) == 3) {
    getchar();
    uint8_t *source = malloc(size + 1);
    if (!source || fread(source, 1, size, stdin) != size) return 1;
    ParseOptions options = {
        .mode = strcmp(mode, "eval") == 0        ? PARSE_EVAL
                : strcmp(mode, "single") == 0    ? PARSE_SINGLE
                : strcmp(mode, "func_type") == 0 ? PARSE_FUNC_TYPE
                                                 : PARSE_EXEC,
        .is_utf8 = !strchr(flags, 'b'),
        .dont_imply_dedent = strchr(flags, 'd'),
        .allow_incomplete = strchr(flags, 'i'),
        .type_comments = strchr(flags, 't'),
        .max_str_digits = 4300,
    };
    Arena arena;
    arena_init(&arena);
    SyntaxFault fault;
    SyntaxWarning *warnings = NULL;
    Ast *ast = parse_source(&arena, source, size, &options, &fault, &warnings);
    if (show == SHOW_TREES && ast) ast_dump(stdout, ast);
    else if (show) print_fault(&fault);
    if (show == SHOW_TREES) fwrite("\0\n", 1, 2, stdout);
    fflush(stdout);
    arena_deinit(&arena);
    free(source);
  }
  return 0;
}

static int time_parses(int rounds, int count, char **paths) {
  size_t bytes = 0, used = 0;
  int refused = 0;
  double best = 0;
  for (int i = 0; i < count; i++) {
    FILE *file = fopen(paths[i], "rb");
    if (!file) continue;
    size_t size;
    uint8_t *source = read_all(file, &size);
    fclose(file);
    double least = 1e9;
    for (int round = 0; round < rounds; round++) {
      struct timespec start, end;
      clock_gettime(CLOCK_MONOTONIC, &start);
      Arena arena;
      arena_init(&arena);
      SyntaxFault fault;
      refused += !parse_source(&arena, source, size, NULL, &fault, NULL);
      used += round ? 0 : arena.bytes;
      arena_deinit(&arena);
      clock_gettime(CLOCK_MONOTONIC, &end);
      double seconds =
          (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
      if (seconds < least) least = seconds;
    }
    bytes += size;
    best += least;
    free(source);
  }
  printf("%.6f s for %zu bytes (%.1f MB/s), arena %zu bytes, %d parses failed\n", best, bytes,
         (double)bytes / best / 1e6, used, refused);
  return 0;
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "ast") == 0) return print_trees(argc - 2, argv + 2, false);
  if (argc > 1 && strcmp(argv[1], "blob") == 0) return print_trees(argc - 2, argv + 2, true);
  if (argc > 1 && strcmp(argv[1], "errors") == 0) return run_cases(SHOW_FAULTS);
  if (argc > 1 && strcmp(argv[1], "trees") == 0) return run_cases(SHOW_TREES);
  if (argc > 1 && strcmp(argv[1], "check") == 0) return run_cases(SHOW_NOTHING);
  if (argc > 2 && strcmp(argv[1], "time") == 0)
    return time_parses(atoi(argv[2]), argc - 3, argv + 3);
  fputs("usage: syntax_tool ast|blob FILE... | errors | trees | check | time N FILE...\n", stderr);
  return 2;
}
