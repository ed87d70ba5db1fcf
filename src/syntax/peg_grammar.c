/* peg_grammar.c -- the rules of grammar.c to structures. Done at the first mistake of the process
** (0.2 ms), and kept: the structures never change afterwards, so that threads may share them.
*/
#include <ctype.h>
#include <pthread.h>

#include "src/syntax/grammar.h"
#include "src/syntax/peg.h"
#include "src/syntax/peg_ops.h"

typedef struct Grammar {
  Arena arena;
  NameTable *rules; /* Name.scratch: the PegRule */
  int rule_count;
} Grammar;

typedef struct Reader {
  Grammar *g;
  const char *at;
} Reader;

static void skip_spaces(Reader *r) {
  while (*r->at == ' ') r->at++;
}

static bool accept(Reader *r, char c) {
  skip_spaces(r);
  if (*r->at != c) return false;
  r->at++;
  return true;
}

static size_t word_length(const char *at) {
  size_t size = 0;
  while (isalnum((uint8_t)at[size]) || at[size] == '_') size++;
  return size;
}

static PegRule *find_rule(Grammar *g, const char *name, size_t size) {
  Name *entry = name_intern(g->rules, name, size);
  if (!entry->scratch) {
    PegRule *rule = ARENA_NEW(&g->arena, PegRule);
    rule->name = entry->text;
    rule->number = g->rule_count++;
    rule->without_invalid = size > 16 && memcmp(name + size - 16, "_without_invalid", 16) == 0;
    entry->scratch = rule;
  }
  return entry->scratch;
}

static TokenKind token_of_text(const char *text, size_t size) {
  uint8_t soft;
  TokenKind keyword = keyword_find(text, size, &soft);
  if (keyword) return keyword;
  for (int kind = TOKEN_LPAR; kind < TOKEN_FALSE; kind++) {
    const char *name = token_kind_name((TokenKind)kind);
    if (strlen(name) == size && memcmp(name, text, size) == 0) return (TokenKind)kind;
  }
  panic("grammar: no such token: %.*s", (int)size, text);
}

static TokenKind class_of_word(const char *word, size_t size) {
  for (int kind = TOKEN_ENDMARKER; kind <= TOKEN_TYPE_IGNORE; kind++) {
    const char *name = token_kind_name((TokenKind)kind);
    if (strlen(name) == size && memcmp(name, word, size) == 0) return (TokenKind)kind;
  }
  panic("grammar: no such token class: %.*s", (int)size, word);
}

static PegItem *copy_item(Reader *r, PegItem item) {
  PegItem *copy = ARENA_NEW(&r->g->arena, PegItem);
  *copy = item;
  return copy;
}

static void read_body(Reader *r, PegBody *body);

static PegItem read_token(Reader *r) {
  const char *end = strchr(++r->at, '\'');
  PegItem item = {.op = PEG_TOKEN, .token = (uint8_t)token_of_text(r->at, (size_t)(end - r->at))};
  r->at = end + 1;
  return item;
}

/* An item without what stands before and behind it. */
static PegItem read_atom(Reader *r) {
  skip_spaces(r);
  if (*r->at == '\'') return read_token(r);
  if (*r->at == '"') {
    const char *start = ++r->at, *end = strchr(start, '"');
    r->at = end + 1;
    return (PegItem){.op = PEG_SOFT,
                     .soft = arena_copy(&r->g->arena, start, (size_t)(end - start))};
  }
  if (accept(r, '(')) {
    PegItem item = {.op = PEG_GROUP, .body = ARENA_NEW(&r->g->arena, PegBody)};
    read_body(r, item.body);
    if (!accept(r, ')')) panic("grammar: expected ) at %s", r->at);
    return item;
  }
  size_t size = word_length(r->at);
  if (!size) panic("grammar: expected an item at %s", r->at);
  const char *word = r->at;
  r->at += size;
  if (!isupper((uint8_t)*word))
    return (PegItem){.op = PEG_RULE, .rule = find_rule(r->g, word, size)};
  if (size == 12 && memcmp(word, "SOFT_KEYWORD", 12) == 0) return (PegItem){.op = PEG_SOFT_ANY};
  return (PegItem){.op = PEG_TOKEN, .token = (uint8_t)class_of_word(word, size)};
}

static PegItem read_suffixed(Reader *r) {
  PegItem item = read_atom(r);
  if (item.op == PEG_TOKEN && *r->at == '.') {
    r->at++;
    PegItem repeated = read_atom(r);
    if (*r->at++ != '+') panic("grammar: expected + at %s", r->at);
    return (PegItem){.op = PEG_GATHER, .token = item.token, .item = copy_item(r, repeated)};
  }
  for (;;) {
    PegOp op = *r->at == '?'   ? PEG_OPTIONAL
               : *r->at == '*' ? PEG_ANY
               : *r->at == '+' ? PEG_SOME
                               : PEG_TOKEN;
    if (op == PEG_TOKEN) return item;
    r->at++;
    item = (PegItem){.op = (uint8_t)op, .item = copy_item(r, item)};
  }
}

static PegItem read_item(Reader *r) {
  skip_spaces(r);
  if (*r->at == '~') {
    r->at++;
    return (PegItem){.op = PEG_CUT};
  }
  if (r->at[0] == '&' && r->at[1] == '&') {
    r->at += 2;
    PegItem item = read_token(r);
    item.op = PEG_FORCED;
    return item;
  }
  if (*r->at == '&' || *r->at == '!') {
    PegOp op = *r->at++ == '&' ? PEG_AND : PEG_NOT;
    return (PegItem){.op = (uint8_t)op, .item = copy_item(r, read_suffixed(r))};
  }
  bool captured = islower((uint8_t)r->at[0]) && r->at[1] == '=' && r->at[2] != '=';
  if (captured) r->at += 2;
  PegItem item = read_suffixed(r);
  item.is_captured = captured;
  return item;
}

static int kind_of_word(const char *word, size_t size) {
  if (size == 2 && memcmp(word, "In", 2) == 0) return PEG_IN;
  if (size == 10 && memcmp(word, "DoubleStar", 10) == 0) return PEG_DOUBLE_STAR;
  for (int kind = 1; kind < AST_KIND_COUNT; kind++)
    if (strlen(ast_kinds[kind].name) == size && memcmp(ast_kinds[kind].name, word, size) == 0)
      return kind;
  panic("grammar: no such kind: %.*s", (int)size, word);
}

static void read_action(Reader *r, PegAlternative *alternative) {
  bool is_function = accept(r, '!');
  size_t size = word_length(r->at);
  if (!is_function) alternative->kind = kind_of_word(r->at, size);
  else if (!(alternative->action = peg_action_find(r->at, size)))
    panic("grammar: no such action: %s", r->at);
  r->at += size;
  if (!accept(r, '}')) panic("grammar: expected } at %s", r->at);
}

static bool starts_with_invalid(const PegItem *item) {
  return item->op == PEG_RULE && strncmp(item->rule->name, "invalid_", 8) == 0;
}

static void read_alternative(Reader *r, PegAlternative *alternative) {
  PegItem items[24];
  *alternative = (PegAlternative){.kind = -1};
  for (;;) {
    skip_spaces(r);
    if (!*r->at || *r->at == '|' || *r->at == ')') break;
    if (accept(r, '{')) {
      read_action(r, alternative);
      break;
    }
    if (alternative->count == (int)ARRAY_COUNT(items))
      panic("grammar: alternative too long at %s", r->at);
    items[alternative->count++] = read_item(r);
  }
  alternative->items = ARENA_ARRAY(&r->g->arena, PegItem, alternative->count);
  memcpy(alternative->items, items, sizeof(PegItem) * (size_t)alternative->count);
  alternative->only_in_second_pass =
      alternative->count == 1 && starts_with_invalid(alternative->items);
}

static void read_body(Reader *r, PegBody *body) {
  PegAlternative alternatives[16];
  body->count = 0;
  do {
    if (body->count == (int)ARRAY_COUNT(alternatives))
      panic("grammar: too many alternatives at %s", r->at);
    read_alternative(r, &alternatives[body->count++]);
  } while (accept(r, '|'));
  body->alternatives = ARENA_ARRAY(&r->g->arena, PegAlternative, body->count);
  memcpy(body->alternatives, alternatives, sizeof(PegAlternative) * (size_t)body->count);
}

static bool is_left_recursive(const PegRule *rule) {
  for (int i = 0; i < rule->body.count; i++) {
    const PegItem *first = rule->body.alternatives[i].items;
    if (rule->body.alternatives[i].count && first->op == PEG_RULE && first->rule == rule)
      return true;
  }
  return strcmp(rule->name, "attr") == 0; /* through name_or_attr */
}

static Grammar grammar;

static void compile_grammar(void *data) {
  Grammar *g = data;
  g->rules = name_table_new(&g->arena);
  for (const char *const *text = grammar_rules; *text; text++) {
    size_t size = word_length(*text);
    PegRule *rule = find_rule(g, *text, size);
    Reader r = {.g = g, .at = *text + size};
    rule->has_memo = strncmp(r.at, " (memo)", 7) == 0;
    if (rule->has_memo) r.at += 7;
    if (!accept(&r, ':')) panic("grammar: expected : in %s", *text);
    read_body(&r, &rule->body);
    if (*r.at) panic("grammar: left over: %s", r.at);
    rule->is_defined = true;
    rule->is_left_recursive = is_left_recursive(rule);
  }
}

static bool is_ready(void) {
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  static bool done;
  pthread_mutex_lock(&mutex);
  if (!done) {
    arena_init(&grammar.arena);
    done = arena_run(&grammar.arena, compile_grammar, &grammar);
    if (!done) arena_deinit(&grammar.arena), memset(&grammar, 0, sizeof grammar);
  }
  pthread_mutex_unlock(&mutex);
  return done;
}

const PegRule *peg_rule_find(Arena *arena, const char *name) {
  if (!is_ready()) arena_fail(arena);
  const PegRule *rule = find_rule(&grammar, name, strlen(name));
  if (!rule->is_defined) panic("grammar: rule %s is missing", name);
  return rule;
}
