/* peg.c -- see peg.h: the interpreter, and what follows when both passes are done. */
#include "vm/base/memory.h"
#include "src/syntax/peg.h"
#include "vm/base/c_stack.h"

#include <stdlib.h>

#include "src/syntax/peg_ops.h"

static PegNode matched = {.kind = PEG_PLAIN}; /* a look-ahead or cut that holds */
static PegNode absent = {.kind = PEG_PLAIN};  /* an optional item that is not there */

PegNode *peg_node(Peg *g, int kind, int first, int end) {
  PegNode *node = ARENA_NEW(g->p->arena, PegNode);
  *node = (PegNode){.kind = kind, .first = first, .end = end};
  return node;
}

/* ---- tokens ---- */

static const Token *next_token(Peg *g) {
  Parser *p = g->p;
  if (g->mark < p->count) return &p->tokens[g->mark];
  if (!parser_fetch(p)) {
    if (p->lexer.stopped_by_eof) fault_unexpected_end(p);
    parser_fail(p);
    return NULL;
  }
  Token *token = &p->tokens[p->count - 1];
  token->level = (uint8_t)p->lexer.parens;
  return token;
}

static PegNode *match_token(Peg *g, TokenKind kind) {
  const Token *token = next_token(g);
  if (!token || token->kind != kind) return NULL;
  int at = g->mark++;
  if (kind == TOKEN_NUMBER) {
    number_literal(g->p, peg_token(g, at));
    if (g->p->failed) return NULL;
  }
  int node_kind = kind == TOKEN_NAME ? AST_Name : kind == TOKEN_NUMBER ? AST_Constant : PEG_PLAIN;
  return peg_node(g, node_kind, at, at + 1);
}

/* CPython compares only as far as the name goes: `c` counts as `case`. */
static bool begins_soft_keyword(const Name *name) {
  return strncmp("match", name->text, name->size) == 0 ||
         strncmp("case", name->text, name->size) == 0 || strcmp("_", name->text) == 0;
}

static PegNode *match_soft(Peg *g, const char *text) {
  const Token *token = next_token(g);
  if (!token || token->kind != TOKEN_NAME) return NULL;
  if (text ? strcmp(token->name->text, text) != 0 : !begins_soft_keyword(token->name)) return NULL;
  g->mark++;
  return peg_node(g, AST_Name, g->mark - 1, g->mark);
}

static PegNode *match_forced(Peg *g, TokenKind kind) {
  PegNode *node = match_token(g, kind);
  if (!node && !g->p->failed)
    fault_at_token(g->p, FAULT_SYNTAX_ERROR, peg_token(g, g->mark), "expected '%s'",
                   token_kind_name(kind));
  return node;
}

/* ---- bodies ---- */

static PegNode *match_item(Peg *g, const PegItem *item);

static void add_flattened(Peg *g, SeqBuilder *b, PegNode *node) {
  if (node == &absent) return;
  if (node->kind != PEG_SEQUENCE) {
    seq_add(g->p, b, node);
    return;
  }
  for (int i = 0; i < node->count; i++) add_flattened(g, b, node->items[i]);
}

static NOINLINE PegNode *node_of_captures(Peg *g, int kind, int first, PegNode **captured,
                                          int count) {
  SeqBuilder b;
  seq_start(&b);
  for (int i = 0; i < count; i++) add_flattened(g, &b, captured[i]);
  AstSeq seq = seq_finish(g->p, &b);
  PegNode *node = peg_node(g, kind, first, g->mark);
  node->count = seq.count;
  node->items = (PegNode **)(void *)seq.items;
  return node;
}

static PegNode *value_of(Peg *g, const PegAlternative *a, int first, PegNode *last,
                         PegNode **captured, int count) {
  if (a->action) return a->action(g, captured, count, first);
  if (a->kind >= 0) return node_of_captures(g, a->kind, first, captured, count);
  if (count == 1) return captured[0];
  if (count > 1) return node_of_captures(g, PEG_SEQUENCE, first, captured, count);
  return a->count == 1 ? last : peg_node(g, PEG_PLAIN, first, g->mark);
}

/* Entering a rule, group or loop, which are functions in CPython's parser: too many make a
** MemoryError. */
static bool enter(Peg *g) {
  if (g->p->failed) return false;
  if (g->level++ < PEG_MAX_LEVEL && !c_stack_is_low()) return true;
  fault_nested_too_deeply(g->p);
  return false;
}

static PegNode *match_body(Peg *g, const PegBody *body) {
  int first = g->mark;
  for (int i = 0; i < body->count; i++) {
    const PegAlternative *a = &body->alternatives[i];
    if (a->only_in_second_pass && !g->invalid_on) continue;
    PegNode *captured[4], *value = &matched;
    int count = 0;
    bool cut = false;
    for (int k = 0; k < a->count && value; k++) {
      const PegItem *item = &a->items[k];
      if (item->op == PEG_CUT) {
        cut = true;
        continue;
      }
      value = match_item(g, item);
      if (item->is_captured) captured[count++] = value;
    }
    if (g->p->failed) return NULL;
    if (value) return value_of(g, a, first, value, captured, count);
    g->mark = first;
    if (cut) return NULL;
  }
  return NULL;
}

/* ---- rules ---- */

static PegMemo *find_memo(Peg *g, const PegRule *rule) {
  if (g->mark >= g->memo_capacity) return NULL;
  for (PegMemo *memo = g->memos[g->mark]; memo; memo = memo->next)
    if (memo->rule == rule->number) return memo;
  return NULL;
}

static PegMemo *add_memo(Peg *g, const PegRule *rule, int at, PegNode *value) {
  if (at >= g->memo_capacity) {
    int capacity = at * 2 + 64;
    PegMemo **memos = ARENA_ARRAY(g->p->arena, PegMemo *, capacity);
    if (g->memos) memcpy(memos, g->memos, sizeof(*memos) * (size_t)g->memo_capacity);
    g->memos = memos;
    g->memo_capacity = capacity;
  }
  PegMemo *memo = ARENA_NEW(g->p->arena, PegMemo);
  *memo = (PegMemo){.next = g->memos[at], .rule = rule->number, .mark = g->mark, .value = value};
  g->memos[at] = memo;
  return memo;
}

/* Left recursion by growing a seed: each round may use the result of the one before. */
static PegNode *match_left_recursive(Peg *g, const PegRule *rule) {
  int start = g->mark, longest = g->mark;
  PegNode *value = NULL;
  PegMemo *memo = add_memo(g, rule, start, NULL);
  for (;;) {
    memo->value = value;
    memo->mark = longest;
    g->mark = start;
    if (!enter(g)) return NULL;
    PegNode *longer = match_body(g, &rule->body);
    g->level--;
    if (g->p->failed) return NULL;
    if (!longer || g->mark <= longest) break;
    longest = g->mark;
    value = longer;
  }
  g->mark = longest;
  return value;
}

static PegNode *match_rule(Peg *g, const PegRule *rule) {
  if (!rule->is_defined) panic("grammar: rule %s is missing", rule->name);
  if (!enter(g)) return NULL;
  PegNode *value;
  bool remembered = rule->has_memo || rule->is_left_recursive;
  PegMemo *memo = remembered ? find_memo(g, rule) : NULL;
  if (memo) {
    g->mark = memo->mark;
    value = memo->value;
  } else if (rule->is_left_recursive) {
    value = match_left_recursive(g, rule);
  } else {
    int start = g->mark;
    bool invalid_on = g->invalid_on;
    if (rule->without_invalid) g->invalid_on = false;
    value = match_body(g, &rule->body);
    g->invalid_on = invalid_on;
    if (rule->has_memo && !g->p->failed) add_memo(g, rule, start, value);
  }
  g->level--;
  return value;
}

/* ---- items ---- */

static NOINLINE PegNode *match_repeated(Peg *g, const PegItem *item) {
  SeqBuilder b;
  seq_start(&b);
  int first = g->mark, end = g->mark;
  if (!enter(g)) return NULL;
  for (PegNode *node; (node = match_item(g, item->item));) {
    seq_add(g->p, &b, node);
    end = g->mark;
    if (item->op == PEG_GATHER && !match_token(g, item->token)) break;
  }
  g->mark = end;
  g->level--;
  if (g->p->failed || (item->op != PEG_ANY && !b.count)) return NULL;
  AstSeq seq = seq_finish(g->p, &b);
  PegNode *node = peg_node(g, PEG_SEQUENCE, first, end);
  node->count = seq.count;
  node->items = (PegNode **)(void *)seq.items;
  return node;
}

static PegNode *look_ahead(Peg *g, const PegItem *item) {
  int mark = g->mark;
  PegNode *node = match_item(g, item->item);
  g->mark = mark;
  if (g->p->failed) return NULL;
  return (node != NULL) == (item->op == PEG_AND) ? &matched : NULL;
}

static PegNode *match_item(Peg *g, const PegItem *item) {
  switch ((PegOp)item->op) {
  case PEG_TOKEN: return match_token(g, item->token);
  case PEG_SOFT: return match_soft(g, item->soft);
  case PEG_SOFT_ANY: return match_soft(g, NULL);
  case PEG_FORCED: return match_forced(g, item->token);
  case PEG_RULE: return match_rule(g, item->rule);
  case PEG_GROUP: {
    if (!enter(g)) return NULL;
    PegNode *value = match_body(g, item->body);
    g->level--;
    return value;
  }
  case PEG_OPTIONAL: {
    int mark = g->mark;
    PegNode *value = match_item(g, item->item);
    if (g->p->failed) return NULL;
    if (value) return value;
    g->mark = mark;
    return &absent;
  }
  case PEG_ANY:
  case PEG_SOME:
  case PEG_GATHER: return match_repeated(g, item);
  case PEG_AND:
  case PEG_NOT: return look_ahead(g, item);
  case PEG_CUT: return &matched;
  }
  return NULL;
}

/* ---- both passes ---- */

static const char *start_rule(const Parser *p) {
  if (p->in_fstring) return "fstring";
  switch (p->options->mode) {
  case PARSE_EXEC: return "file";
  case PARSE_EVAL: return "eval";
  case PARSE_SINGLE: return "interactive";
  case PARSE_FUNC_TYPE: return "func_type";
  }
  return "file";
}

/* The lexer may find something worse in the rest of the text than what the parser found. */
static void check_rest_of_text(Parser *p) {
  Lexer *lexer = &p->lexer;
  SyntaxFault found = *p->fault;
  int line = p->count ? p->tokens[p->count - 1].line : 0;
  *p->fault = (SyntaxFault){0};
  lexer->fault_is_code = lexer->stopped_by_eof = false;
  Token token;
  TokenKind kind;
  do { kind = lexer_next(lexer, &token); } while (kind != TOKEN_ENDMARKER && kind != TOKEN_ERROR);
  if (lexer->fault_is_code) *p->fault = (SyntaxFault){0};
  bool unclosed = kind == TOKEN_ERROR && !fault_is_set(p) && lexer->parens &&
                  line > lexer->paren_stack[lexer->parens - 1].line;
  if (unclosed) fault_unclosed_paren(p);
  if (!fault_is_set(p)) *p->fault = found;
}

static void report_generic(Parser *p, Token last) {
  if (!p->count) {
    fault_at_last(p, FAULT_SYNTAX_ERROR, "error at start before reading any input");
    return;
  }
  if (last.kind == TOKEN_INDENT || last.kind == TOKEN_DEDENT) {
    fault_at_last(p, FAULT_INDENTATION_ERROR,
                  last.kind == TOKEN_INDENT ? "unexpected indent" : "unexpected unindent");
    return;
  }
  fault_at_token(p, FAULT_SYNTAX_ERROR, &last, "invalid syntax");
  check_rest_of_text(p);
}

/* Whether CPython's tokenizer would have met the end of the text: most tokens are recognised by
** what follows them. */
static bool is_end_of_source(const Parser *p) {
  const Lexer *lexer = &p->lexer;
  if (!p->count) return false;
  const Token *last = &p->tokens[p->count - 1];
  if (last->kind == TOKEN_ERROR) return lexer->stopped_by_eof || lexer->ended_in_string;
  if (lexer->at_eof) return true;
  bool is_half_ellipsis =
      last->kind == TOKEN_DOT && lexer->at + 1 == lexer->text_end && *lexer->at == '.';
  if (is_half_ellipsis) return true;
  if (lexer->at != lexer->text_end) return false;
  if (last->kind == TOKEN_STRING) { /* an empty one might have been the start of a triple quote */
    const char *quote = token_text(p, last) + strcspn(token_text(p, last), "'\"");
    return lexer->text + last->end - quote == 2;
  }
  bool is_operator = last->kind >= TOKEN_LPAR && last->kind < TOKEN_FALSE;
  /* none is longer */
  return last->kind != TOKEN_NEWLINE && !(is_operator && token_size(last) == 3);
}

/* Whether a fault that a rule has found gives way to what the rest of the text holds. */
static bool is_rest_unseen(const Parser *p) {
  return p->tokens[p->count - 1].kind != TOKEN_ERROR && !is_end_of_source(p);
}

static void report_incomplete(Parser *p) {
  *p->fault = (SyntaxFault){0};
  fault_at_last(p, FAULT_SYNTAX_ERROR, "incomplete input");
}

static PegNode *run_pass(Peg *g, const PegRule *rule, bool second) {
  g->mark = g->level = 0;
  g->invalid_on = second;
  if (g->memos) memset(g->memos, 0, sizeof(*g->memos) * (size_t)g->memo_capacity);
  return match_rule(g, rule);
}

static void restart(Parser *p) {
  Lexer old = p->lexer;
  parser_set_text(p, old.text, (size_t)(old.text_end - old.text));
  p->lexer.first_line = old.first_line;
  p->lexer.line = old.first_line - 1;
  p->lexer.column_shift = old.column_shift;
  p->lexer.warnings = old.warnings;
  p->lexer.quiet = old.quiet;
  p->lexer.tells_bytes = old.tells_bytes;
  p->lexer.bad = old.bad;
  p->lexer.bad_count = old.bad_count;
  p->lexer.single_input = old.single_input;
  p->lexer.dont_imply_dedent = old.dont_imply_dedent;
  p->count = 0;
  p->failed = false;
  *p->fault = (SyntaxFault){0};
}

/* Both passes over the text from its start; returns with the fault set. */
static void explain(Peg *g, const PegRule *rule) {
  Parser *p = g->p;
  PegNode *accepted = run_pass(g, rule, false);
  if (accepted) {
    bool more = p->options->mode == PARSE_SINGLE && !p->in_fstring &&
                parser_has_more_statements(p->lexer.at);
    fault_at_last(p, FAULT_SYNTAX_ERROR, "%s",
                  more ? "multiple statements found while compiling a single statement"
                       : "invalid syntax");
    return;
  }
  bool incomplete = is_end_of_source(p);
  if (incomplete && p->options->allow_incomplete) {
    report_incomplete(p);
  } else if (!p->failed) {
    Token last = p->count ? p->tokens[p->count - 1] : (Token){0};
    p->lexer.quiet = true;
    run_pass(g, rule, true);
    if (!fault_is_set(p)) report_generic(p, last);
    else if (is_rest_unseen(p)) check_rest_of_text(p);
  } else if (p->fault->kind == FAULT_SYNTAX_ERROR && is_rest_unseen(p)) {
    check_rest_of_text(p);
  }
  p->fault->incomplete = incomplete;
}

void explain_failure(Parser *p) {
  restart(p);
  Peg g = {.p = p};
  explain(&g, peg_rule_find(p->arena, start_rule(p)));
}
