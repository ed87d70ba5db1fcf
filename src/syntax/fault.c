/* fault.c -- faults of the parser: message, position as CPython counts it, and the line of text to
** show. */
#include <stdarg.h>

#include "src/syntax/parse.h"

static char *format_message(Parser *p, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int size = vsnprintf(NULL, 0, format, again);
  va_end(again);
  size_t prefix = p->in_fstring ? strlen("f-string: ") : 0;
  char *message = arena_alloc(p->arena, prefix + (size_t)size + 1);
  if (prefix) memcpy(message, "f-string: ", prefix);
  vsnprintf(message + prefix, (size_t)size + 1, format, args);
  return message;
}

/* The text of a line, counted as the lexer counts. */
static const char *line_text(const Parser *p, int line, size_t *size) {
  const char *at = p->lexer.text;
  for (int i = p->lexer.first_line; i < line; i++) {
    const char *end = strchr(at, '\n');
    if (!end || !end[1]) break;
    at = end + 1;
  }
  *size = strcspn(at, "\n");
  return at;
}

/* Columns are in bytes and count from 1, as CPython hands them to the function that words the
** exception. */
static void set_fault(Parser *p, FaultKind kind, AstNode range, const char *message) {
  if (fault_is_set(p)) return;
  if (p->in_fstring) { /* the message shows the expression alone */
    range.column -= p->lexer.column_shift;
    range.end_column -= p->lexer.column_shift;
  }
  size_t size, own_size;
  const char *line = line_text(p, range.line, &size), *own = line;
  own_size = size + (line[size] == '\n');
  if (p->lexer.line <= range.line &&
      p->lexer.line) { /* CPython shows its buffer, which may begin in an earlier line */
    line = p->lexer.buffer_start;
    const char *end =
        p->lexer.ended_in_string ? p->lexer.text_end : strchr(p->lexer.line_start, '\n');
    size = end ? (size_t)(end - line) + (*end == '\n') : strlen(line);
  }
  *p->fault = (SyntaxFault){
      .kind = kind,
      .message = message,
      .line = range.line,
      .column = lexer_told_column(&p->lexer, line, size, own, range.column),
      .end_line = range.end_line,
      /* in the first line too, as CPython counts */
      .end_column = lexer_told_column(&p->lexer, line, size, own, range.end_column),
      .text = arena_copy(p->arena, line, size),
      .text_size = size,
      .line_text = p->in_fstring ? NULL : arena_copy(p->arena, own, own_size),
      .line_size = own_size,
      .line_column = lexer_told_column(&p->lexer, own, own_size, own, range.column),
      .line_end_column = lexer_told_column(&p->lexer, own, own_size, own, range.end_column),
  };
}

static AstNode count_from_one(AstNode range) {
  range.column++;
  range.end_column++;
  return range;
}

void fault_in_range(Parser *p, FaultKind kind, AstNode range, const char *format, ...) {
  parser_fail(p);
  if (!p->explaining || fault_is_set(p)) return;
  va_list args;
  va_start(args, format);
  set_fault(p, kind, count_from_one(range), format_message(p, format, args));
  va_end(args);
}

void fault_at_token(Parser *p, FaultKind kind, const Token *token, const char *format, ...) {
  parser_fail(p);
  if (!p->explaining || fault_is_set(p)) return;
  va_list args;
  va_start(args, format);
  set_fault(p, kind, count_from_one(span_between(p, token, token)),
            format_message(p, format, args));
  va_end(args);
}

static COLD PRINTF_LIKE(2, 3) char *worded(Parser *p, const char *format, ...) {
  va_list args;
  va_start(args, format);
  char *message = format_message(p, format, args);
  va_end(args);
  return message;
}

void fault_too_new(Parser *p, int minor, const char *what) {
  if (p->fault->too_new) return;
  *p->fault = (SyntaxFault){0};
  set_fault(p, FAULT_SYNTAX_ERROR, count_from_one(span_between(p, p->at, p->at)),
            worded(p, "%s only supported in Python 3.%d and greater", what, minor));
  p->fault->too_new = true;
}

void fault_at_last(Parser *p, FaultKind kind, const char *format, ...) {
  parser_fail(p);
  if (!p->explaining || fault_is_set(p)) return;
  va_list args;
  va_start(args, format);
  char *message = format_message(p, format, args);
  va_end(args);
  if (!p->count) {
    set_fault(p, kind, (AstNode){.line = 0, .column = 0, .end_line = 0, .end_column = -1}, message);
    return;
  }
  const Token *token = &p->tokens[p->count - 1];
  AstNode range = count_from_one(span_between(p, token, token));
  if (token->column < 0) { /* no text of its own: where the lexer stands */
    range.column = (int)(p->lexer.at - p->lexer.line_start);
    range.end_column = -1;
  }
  set_fault(p, kind, range, message);
}

void fault_unclosed_paren(Parser *p) {
  int top = p->lexer.parens - 1;
  AstNode range = {.line = p->lexer.paren_stack[top].line,
                   .column = p->lexer.paren_stack[top].column,
                   .end_line = p->lexer.paren_stack[top].line,
                   .end_column = -1};
  fault_in_range(p, FAULT_SYNTAX_ERROR, range, "'%c' was never closed",
                 p->lexer.paren_stack[top].opener);
}

void fault_unexpected_end(Parser *p) {
  if (p->lexer.parens) fault_unclosed_paren(p);
  else fault_at_last(p, FAULT_SYNTAX_ERROR, "unexpected EOF while parsing");
}

void fault_nested_too_deeply(Parser *p) {
  parser_fail(p);
  if (p->explaining && !fault_is_set(p))
    *p->fault = (SyntaxFault){.kind = FAULT_MEMORY_ERROR, .message = ""};
}
