/* peg.h -- the explaining parser: grammar.c interpreted as a parsing expression grammar, to find
** what is wrong.
**
** It runs only after the fast parser has refused a text, reads tokens on demand, and works as
** CPython's parser does: one pass without the rules for mistakes (it tells how far a parse can
** read), a second one with them, whose actions report. Values are small nodes: kind, extent in
** tokens, and those children that some action looks at. Private. */
#ifndef KRAIT_PEG_H
#define KRAIT_PEG_H

#include "src/syntax/parse.h"

/* Kinds of values beyond AstKind. */
enum { PEG_PLAIN = AST_KIND_COUNT, PEG_SEQUENCE, PEG_IN, PEG_DOUBLE_STAR };

typedef struct PegNode {
  int kind;       /* AstKind or PEG_* */
  int first, end; /* tokens [first, end) */
  int count;
  struct PegNode **items;
} PegNode;

typedef struct Peg Peg;
/* PegAction: the value of an alternative from its captures; NULL: the rule fails (perhaps with a
** fault). */
typedef PegNode *PegAction(Peg *g, PegNode **captured, int count, int first);

typedef struct PegItem {
  uint8_t op;    /* PegOp */
  uint8_t token; /* TokenKind of token items and separators */
  bool is_captured;
  const char *soft; /* soft keyword */
  struct PegRule *rule;
  struct PegBody *body; /* groups */
  struct PegItem *item; /* what is repeated, optional, or looked at */
} PegItem;

typedef struct PegAlternative {
  int count, capacity;
  PegItem *items;
  int kind;          /* of the node to make; -1: none */
  PegAction *action; /* or NULL */
  bool only_in_second_pass;
} PegAlternative;

typedef struct PegBody {
  int count, capacity;
  PegAlternative *alternatives;
} PegBody;

typedef struct PegRule {
  const char *name;
  PegBody body;
  int number;
  bool has_memo, is_left_recursive, without_invalid, is_defined;
} PegRule;

typedef struct PegMemo {
  struct PegMemo *next;
  int rule, mark;
  PegNode *value;
} PegMemo;

struct Peg {
  Parser *p;
  int mark;        /* the next token */
  int level;       /* nesting of rules */
  bool invalid_on; /* rules for mistakes apply */
  PegMemo **memos; /* by token */
  int memo_capacity;
};

enum { PEG_MAX_LEVEL = 6000 };

/* ---- the grammar, compiled at the first call (peg_grammar.c) ---- */
const PegRule *peg_rule_find(Arena *arena, const char *name);

/* ---- nodes (peg.c) ---- */
PegNode *peg_node(Peg *g, int kind, int first, int end);
static inline const Token *peg_token(const Peg *g, int index) { return &g->p->tokens[index]; }

/* ---- actions (peg_actions.c) ---- */
PegAction *peg_action_find(const char *name, size_t size);

#endif
