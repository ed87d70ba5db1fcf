/* parser.h -- source text to syntax tree: the front door of src/syntax.
**
** parse_source reads a whole program. It never raises: what is wrong comes back in a SyntaxFault,
** what deserves a warning in a list, and the driver turns both into Python exceptions. Nothing here
** touches the heap of objects.
**
** A REPL reads lines until they make a statement: parse in PARSE_SINGLE with dont_imply_dedent and
** allow_incomplete, the text without its last newline; when that fails, once more with it. A fault
** that is `incomplete`, or success only with the newline (a block that a blank line must end),
** means: read on.
**
** How it works: source.c decodes, lexer.c makes tokens, the parse_*.c files build the tree by
** recursive descent. They only ever say "this is not a program". Then the second, slow parser
** (peg.c over grammar.c), which knows the rules for mistakes, finds what to tell the user. Valid
** programs never pay for good messages. */
#ifndef KRAIT_PARSER_H
#define KRAIT_PARSER_H

#include <limits.h>
#include "src/syntax/ast.h"

typedef enum ParseMode { PARSE_EXEC, PARSE_EVAL, PARSE_SINGLE, PARSE_FUNC_TYPE } ParseMode;

/* Bits of ParseOptions.future and Ast.future_flags: CPython's numbers, because compile() takes and
** gives them. */
enum {
  FUTURE_DIVISION = 0x20000,
  FUTURE_ABSOLUTE_IMPORT = 0x40000,
  FUTURE_WITH_STATEMENT = 0x80000,
  FUTURE_PRINT_FUNCTION = 0x100000,
  FUTURE_UNICODE_LITERALS = 0x200000,
  FUTURE_BARRY_AS_BDFL = 0x400000,
  FUTURE_GENERATOR_STOP = 0x800000,
  FUTURE_ANNOTATIONS = 0x1000000,
  FUTURE_NESTED_SCOPES = 0x0010,
  FUTURE_MASK = 0x1fe0000 | 0x0010,
};

typedef enum FaultKind {
  FAULT_NONE,
  FAULT_SYNTAX_ERROR,
  FAULT_INDENTATION_ERROR,
  FAULT_TAB_ERROR,
  FAULT_VALUE_ERROR,     /* null bytes: message only, no position */
  FAULT_MEMORY_ERROR,    /* nested too deeply: no message */
  FAULT_RECURSION_ERROR, /* message only */
  FAULT_UNICODE_ERROR,   /* the decode hook left an exception pending in the VM: raise that */
  FAULT_OVERFLOW_ERROR,  /* message only */
} FaultKind;

enum { FAULT_NO_COLUMN = INT_MIN };

/* SyntaxFault: the attributes of the exception to raise. Texts live in the arena of the parse. */
typedef struct SyntaxFault {
  FaultKind kind;
  const char *message; /* UTF-8 */
  /* lineno and offset: from 1; columns count characters, or bytes (lexer.h: tells_bytes); 0 and -1
  ** appear as in CPython */
  int line, column;
  /* end_line -1: end_lineno and end_offset are None; end_column FAULT_NO_COLUMN: end_offset is */
  int end_line, end_column;
  /* the offending line with its newline, or NULL (text is None); for f-strings "(expr)" */
  const char *text;
  size_t text_size;
  /* that line alone, or NULL, and columns in it: what CPython shows when it finds the file, where
  ** `text` begins in an earlier line */
  const char *line_text;
  size_t line_size;
  int line_column, line_end_column;
  bool incomplete;  /* more input could make it valid; what the REPL and codeop ask */
  bool too_new;     /* what feature_version does not have yet */
  bool no_position; /* filename, line … are None: the exception has a message alone */
} SyntaxFault;

typedef enum SyntaxWarningKind { WARN_DEPRECATION, WARN_SYNTAX } SyntaxWarningKind;

/* SyntaxWarning: to be issued with warn_explicit(category, message, filename, line) in list order.
** When that raises, CPython replaces the warning by SyntaxError(message) at this position. */
typedef struct SyntaxWarning {
  SyntaxWarningKind kind;
  const char *message;
  int line, column, end_line, end_column; /* as in SyntaxFault */
  const char *text;                       /* the source line, as in SyntaxFault */
  size_t text_size;
  struct SyntaxWarning *next;
} SyntaxWarning;

/* DecodeHook: bytes in the named codec to UTF-8 in the arena, for cookies other than utf-8, latin-1
** and ascii. Returns NULL with *reason set (or NULL: unknown codec) when it cannot. */
typedef const uint8_t *DecodeHook(void *context, Arena *arena, const char *encoding,
                                  const uint8_t *bytes, size_t size, size_t *out_size,
                                  const char **reason);

typedef struct ParseOptions {
  ParseMode mode;
  const char *filename; /* only for messages that quote it; may be NULL */
  uint32_t future;      /* FUTURE_* inherited from the code that calls compile() */
  /* the source was a str: already UTF-8, no cookie (PyCF_IGNORE_COOKIE) */
  bool is_utf8;
  /* the script itself: CPython words bytes that are not UTF-8 otherwise than for compile() */
  bool is_file;
  bool dont_imply_dedent; /* PyCF_DONT_IMPLY_DEDENT */
  /* PyCF_ALLOW_INCOMPLETE_INPUT: unfinished input gives "incomplete input" */
  bool allow_incomplete;
  bool type_comments; /* PyCF_TYPE_COMMENTS */
  /* minor version to accept, 0 means 11: ast.parse(feature_version=(3, n)) */
  int feature_version;
  /* sys.set_int_max_str_digits; 0 no limit, -1 means the default 4300 */
  int max_str_digits;
  DecodeHook *decode; /* may be NULL: such encodings are unknown */
  void *decode_context;
} ParseOptions;

/* parse_source: the tree, or NULL with *fault filled. Warnings may be NULL when unwanted; they are
** appended to *warnings in order of discovery also when the parse fails. The tree keeps pointers
** into the arena, not into source. */
MUST_USE Ast *parse_source(Arena *arena, const uint8_t *source, size_t size,
                           const ParseOptions *options, SyntaxFault *fault,
                           SyntaxWarning **warnings);

/* tokens_dump: the tokens of the source, one a line; false with *fault filled (its message in
** static storage). */
MUST_USE bool tokens_dump(FILE *out, const uint8_t *source, size_t size,
                          const ParseOptions *options, SyntaxFault *fault);

#endif
