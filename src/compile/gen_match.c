/* gen_match.c -- the match statement. A pattern tests R[subject] and jumps to its `fail` label;
** what it captures waits in temporaries and is bound only when the whole pattern has matched. */
#include "src/compile/gen.h"

typedef struct Capture {
  const Name *name;
  Reg reg;
} Capture;

/* Names to numbers, by address: a pattern may have tens of thousands. Law: used <= mask / 2, or
** there are no places. */
typedef struct Place {
  const Name *name;
  int number;
} Place;
typedef struct NameMap {
  Place *places;
  uint32_t mask, used;
} NameMap;

typedef struct Pattern {
  Capture *captures;
  int count, capacity;
  /* of captures; a number that is not below count, or is another name's now, is old */
  NameMap numbers;
  bool allow_irrefutable;
  const AstNode *at; /* the pattern looked at last: where faults are reported */
} Pattern;

static void gen_pattern(Compiler *c, AstNode *p, Reg subject, Label fail, Pattern *pattern);

static Place *find_place(const NameMap *map, const Name *name) {
  for (uint32_t i = (uint32_t)((uintptr_t)name >> 4);; i++) {
    Place *at = &map->places[i & map->mask];
    if (!at->name || at->name == name) return at;
  }
}

static void grow_map(Compiler *c, NameMap *map) {
  const NameMap old = *map;
  uint32_t size = old.places ? (old.mask + 1) * 2 : 16;
  map->places = ARENA_ARRAY(c->arena, Place, size);
  memset(map->places, 0, size * sizeof(Place));
  map->mask = size - 1;
  for (uint32_t i = 0; old.places && i <= old.mask; i++)
    if (old.places[i].name) *find_place(map, old.places[i].name) = old.places[i];
}

/* The number that is kept for the name, which may be set; -1 when it is new. */
static int *number_of(Compiler *c, NameMap *map, const Name *name) {
  if (!map->places || map->used >= map->mask / 2) grow_map(c, map);
  Place *at = find_place(map, name);
  if (!at->name) *at = (Place){name, -1}, map->used++;
  return &at->number;
}

/* Number of the pattern's capture of `name`, or -1. */
static int find_capture(Compiler *c, Pattern *pattern, const Name *name) {
  int number = *number_of(c, &pattern->numbers, name);
  return number >= 0 && number < pattern->count && pattern->captures[number].name == name ? number
                                                                                          : -1;
}

static void add_capture(Compiler *c, Pattern *pattern, Capture added) {
  if (pattern->count == pattern->capacity) {
    int capacity = pattern->capacity ? pattern->capacity * 2 : 8;
    Capture *captures = ARENA_ARRAY(c->arena, Capture, capacity);
    if (pattern->count)
      memcpy(captures, pattern->captures, sizeof *captures * (size_t)pattern->count);
    pattern->captures = captures, pattern->capacity = capacity;
  }
  *number_of(c, &pattern->numbers, added.name) = pattern->count;
  pattern->captures[pattern->count++] = added;
}

static void capture(Compiler *c, const void *node, const Name *name, Reg value, Pattern *pattern) {
  if (!name || !check_name(c, node, name, CONTEXT_Store)) return;
  if (find_capture(c, pattern, name) >= 0) {
    compile_fault(c, pattern->at, "multiple assignments to name '%s' in pattern", name->text);
    return;
  }
  add_capture(c, pattern, (Capture){name, value});
}

static bool is_wildcard(const AstNode *p) {
  return p->kind == AST_MatchAs && !((const AstMatchAs *)p)->pattern &&
         !((const AstMatchAs *)p)->name;
}

static void gen_sub(Compiler *c, AstNode *p, Reg subject, Label fail, Pattern *pattern) {
  bool allow = pattern->allow_irrefutable;
  pattern->allow_irrefutable = true;
  gen_pattern(c, p, subject, fail, pattern);
  pattern->allow_irrefutable = allow;
}

static void gen_value(Compiler *c, AstMatchValue *p, Reg subject, Label fail) {
  int small;
  if (p->value->kind != AST_Constant && p->value->kind != AST_Attribute) {
    compile_fault(c, p, "patterns may only match literals and attribute lookups");
    return;
  }
  if (expr_as_small_int(p->value, &small)) {
    EMIT_BRANCH(c, p, JUMP_IF_NOT_EQ_INT, fail, .left = subject, .right = small);
    return;
  }
  int top = c->unit->top;
  Reg value = gen(c, p->value);
  EMIT_BRANCH(c, p, JUMP_IF_NOT_EQ, fail, .left = subject, .right = value);
  c->unit->top = top;
}

static void gen_singleton(Compiler *c, AstMatchSingleton *p, Reg subject, Label fail) {
  if (p->value.tag == LITERAL_NONE) {
    EMIT_BRANCH(c, p, JUMP_IF_NOT_NONE, fail, .value = subject);
    return;
  }
  Reg value = temp_new(c);
  load_literal(c, p, &p->value, value);
  EMIT_BRANCH(c, p, JUMP_IF_IS_NOT, fail, .left = subject, .right = value);
}

/* ---- sequences */
static void gen_sequence_by_index(Compiler *c, AstMatchSequence *p, int star, Reg subject,
                                  Reg length, Label fail, Pattern *pattern) {
  for (int i = 0; i < p->patterns.count; i++) {
    AstNode *sub = p->patterns.items[i];
    if (i == star || is_wildcard(sub)) continue;
    Reg item = temp_new(c);
    if (i < star) {
      EMIT(c, p, LOAD_INDEX_INT, .to = item, .object = subject, .key = i);
    } else {
      EMIT(c, p, SUB_INT, .to = item, .left = length, .right = p->patterns.count - i);
      EMIT(c, p, LOAD_INDEX, .to = item, .object = subject, .key = item);
    }
    gen_sub(c, sub, item, fail, pattern);
  }
}

static void gen_sequence(Compiler *c, AstMatchSequence *p, Reg subject, Label fail,
                         Pattern *pattern) {
  int count = p->patterns.count, star = -1;
  bool only_wildcards = true, star_wildcard = false;
  for (int i = 0; i < count; i++) {
    AstNode *sub = p->patterns.items[i];
    if (sub->kind == AST_MatchStar) {
      if (star >= 0) {
        compile_fault(c, p, "multiple starred names in sequence pattern");
        return;
      }
      star = i;
      star_wildcard = !AST_AS(MatchStar, sub)->name;
      only_wildcards = only_wildcards && star_wildcard;
    } else {
      only_wildcards = only_wildcards && is_wildcard(sub);
    }
  }
  Reg length = temp_new(c);
  EMIT(c, p, MATCH_SEQUENCE, .to = length, .subject = subject);
  EMIT_BRANCH(c, p, JUMP_IF_FALSE, fail, .value = length);
  if (star < 0 || count > 1) {
    EMIT(c, p, LENGTH, .to = length, .value = subject);
    if (star < 0) EMIT_BRANCH(c, p, JUMP_IF_NOT_EQ_INT, fail, .left = length, .right = count);
    else EMIT_BRANCH(c, p, JUMP_IF_NOT_GE_INT, fail, .left = length, .right = count - 1);
  }
  if (only_wildcards) return;
  if (star_wildcard) {
    gen_sequence_by_index(c, p, star, subject, length, fail, pattern);
    return;
  }
  Reg items = temps_new(c, count);
  if (star < 0) EMIT(c, p, UNPACK, .to = items, .value = subject, .count = count);
  else
    EMIT(c, p, UNPACK_STAR, .to = items, .value = subject, .before = star,
         .after = count - star - 1);
  for (int i = 0; i < count; i++) {
    AstNode *sub = p->patterns.items[i];
    if (i == star) capture(c, sub, AST_AS(MatchStar, sub)->name, items + i, pattern);
    else gen_sub(c, sub, items + i, fail, pattern);
  }
}

/* ---- mappings */
/* A number as its real part; the tag of an int too large for that stays what it is. */
static bool literal_as_number(const Literal *l, double *real, double *imaginary) {
  *imaginary = l->tag == LITERAL_COMPLEX ? l->imaginary : 0;
  switch (l->tag) {
  case LITERAL_FALSE:
  case LITERAL_TRUE: return *real = l->tag == LITERAL_TRUE, true;
  case LITERAL_INT: return *real = (double)l->integer, true;
  case LITERAL_FLOAT:
  case LITERAL_COMPLEX: return *real = l->real, true;
  default: return false;
  }
}

static bool same_literal(const Literal *a, const Literal *b) {
  double ar, ai, br, bi;
  if (a->tag == LITERAL_INT && b->tag == LITERAL_INT) return a->integer == b->integer;
  if (literal_as_number(a, &ar, &ai)) return literal_as_number(b, &br, &bi) && ar == br && ai == bi;
  if (a->tag != b->tag) return false;
  if (a->tag == LITERAL_STR || a->tag == LITERAL_BYTES || a->tag == LITERAL_BIG_INT)
    return a->size == b->size && !memcmp(a->bytes, b->bytes, a->size);
  return true;
}

/* The same for literals that are the same. */
static uint32_t hash_literal(const Literal *l) {
  double real, imaginary;
  if (literal_as_number(l, &real, &imaginary)) {
    real += 0.0; /* -0.0 is 0.0 */
    uint64_t bits;
    memcpy(&bits, &real, sizeof bits);
    return (uint32_t)(bits * UINT64_C(0x9e3779b97f4a7c15) >> 32);
  }
  uint32_t hash = (uint32_t)l->tag;
  if (l->tag == LITERAL_STR || l->tag == LITERAL_BYTES || l->tag == LITERAL_BIG_INT)
    for (size_t i = 0; i < l->size; i++) hash = (hash ^ (unsigned char)l->bytes[i]) * 16777619u;
  return hash;
}

/* The earlier key that is the same literal as keys.items[i], or NULL; `table` of mask + 1 places
** holds numbers + 1 of keys. */
static const AstNode *earlier_key(const AstMatchMapping *p, int i, int *table, uint32_t mask) {
  const Literal *value = &AST_AS(Constant, p->keys.items[i])->value;
  for (uint32_t at = hash_literal(value);; at++) {
    int *number = &table[at & mask];
    if (!*number) return *number = i + 1, NULL;
    const AstNode *other = p->keys.items[*number - 1];
    if (same_literal(value, &AST_AS(Constant, other)->value)) return other;
  }
}

static bool check_keys(Compiler *c, AstMatchMapping *p) {
  uint32_t size = 16;
  while (size < (uint32_t)p->keys.count * 2) size *= 2;
  int *table = ARENA_ARRAY(c->arena, int, size);
  memset(table, 0, size * sizeof *table);
  for (int i = 0; i < p->keys.count; i++) {
    AstNode *key = p->keys.items[i];
    if (key->kind != AST_Constant) {
      if (key->kind == AST_Attribute) continue;
      compile_fault(c, p, "mapping pattern keys may only match literals and attribute lookups");
      return false;
    }
    if (!earlier_key(p, i, table, size - 1)) continue;
    Buffer text = {0};
    unparse_expr(&text, key);
    compile_fault(c, p, "mapping pattern checks duplicate key (%s)", buffer_text(&text));
    buffer_deinit(&text);
    return false;
  }
  return true;
}

static void gen_mapping(Compiler *c, AstMatchMapping *p, Reg subject, Label fail,
                        Pattern *pattern) {
  int count = p->keys.count;
  Reg test = temp_new(c);
  EMIT(c, p, MATCH_MAPPING, .to = test, .subject = subject);
  EMIT_BRANCH(c, p, JUMP_IF_FALSE, fail, .value = test);
  if (!check_keys(c, p)) return;
  if (count) {
    EMIT(c, p, LENGTH, .to = test, .value = subject);
    EMIT_BRANCH(c, p, JUMP_IF_NOT_GE_INT, fail, .left = test, .right = count);
  } else if (!p->rest) {
    return;
  }
  Reg keys = temps_new(c, count);
  for (int i = 0; i < count; i++) gen_to(c, p->keys.items[i], keys + i);
  Reg tuple = temp_new(c);
  EMIT(c, p, BUILD_TUPLE, .to = tuple, .base = keys, .count = count);
  EMIT(c, p, MATCH_KEYS, .to = test, .subject = subject, .keys = tuple);
  EMIT_BRANCH(c, p, JUMP_IF_NONE, fail, .value = test);
  Reg values = temps_new(c, count ? count : 1);
  EMIT(c, p, UNPACK, .to = values, .value = test, .count = count);
  for (int i = 0; i < count; i++)
    if (!is_wildcard(p->patterns.items[i]))
      gen_sub(c, p->patterns.items[i], values + i, fail, pattern);
  if (!p->rest) return;
  Reg rest = temp_new(c);
  EMIT(c, p, BUILD_DICT, .to = rest, .base = rest, .pairs = 0);
  EMIT(c, p, DICT_UPDATE, .dict = rest, .mapping = subject);
  for (int i = 0; i < count; i++) EMIT(c, p, DELETE_INDEX, .object = rest, .key = keys + i);
  capture(c, p, p->rest, rest, pattern);
}

/* ---- classes */
static void gen_class(Compiler *c, AstMatchClass *p, Reg subject, Label fail, Pattern *pattern) {
  int positional = p->patterns.count, named = p->kwd_attrs.count, count = positional + named;
  uint32_t *names = ARENA_ARRAY(c->arena, uint32_t, named + 1);
  NameMap seen = {0};
  for (int i = 0; i < named; i++) {
    const Name *name = p->kwd_attrs.items[i];
    if (!check_name(c, p->kwd_patterns.items[i], name, CONTEXT_Store)) return;
    int *number = number_of(c, &seen, name);
    if (*number >= 0) {
      compile_fault(c, p->kwd_patterns.items[i], "attribute name repeated in class pattern: %s",
                    name->text);
      return;
    }
    *number = i;
    names[i] = name_constant(c, name);
  }
  Reg class = temp_new(c), attributes = temp_new(c), result = temp_new(c);
  gen_to(c, p->cls, class);
  load_constant(c, p, writer_tuple(&c->writer, CONSTANT_TUPLE, names, (uint32_t)named), attributes);
  EMIT(c, p, MATCH_CLASS, .to = result, .subject = subject, .class = class,
       .positional = positional, .names = attributes);
  EMIT_BRANCH(c, p, JUMP_IF_NONE, fail, .value = result);
  if (!count) return;
  Reg values = temps_new(c, count);
  EMIT(c, p, UNPACK, .to = values, .value = result, .count = count);
  for (int i = 0; i < count; i++) {
    AstNode *sub = i < positional ? p->patterns.items[i] : p->kwd_patterns.items[i - positional];
    if (!is_wildcard(sub)) gen_sub(c, sub, values + i, fail, pattern);
  }
}

/* ---- alternatives: all bind the same names, into the temporaries of the first */
static bool same_captures(Compiler *c, const void *node, const Capture *first, int count,
                          Pattern *pattern, int from) {
  bool same = pattern->count - from == count;
  for (int i = 0; i < count && same; i++) {
    int j = find_capture(c, pattern, first[i].name);
    if (j < from) same = false;
    else emit_move(c, node, first[i].reg, pattern->captures[j].reg);
  }
  if (!same) compile_fault(c, pattern->at, "alternative patterns bind different names");
  return same;
}

static void gen_or(Compiler *c, AstMatchOr *p, Reg subject, Label fail, Pattern *pattern) {
  Label matched = label_new(c);
  bool allow = pattern->allow_irrefutable;
  int from = pattern->count, count = 0, top = 0;
  Capture *first = NULL;
  for (int i = 0; i < p->patterns.count && !c->failed; i++) {
    bool last = i + 1 == p->patterns.count;
    Label next = last ? fail : label_new(c);
    pattern->count = from;
    pattern->allow_irrefutable = last && allow;
    gen_pattern(c, p->patterns.items[i], subject, next, pattern);
    if (!i) {
      count = pattern->count - from;
      first = ARENA_ARRAY(c->arena, Capture, count + 1);
      for (int j = 0; j < count; j++) {
        first[j] = (Capture){pattern->captures[from + j].name, temp_new(c)};
        emit_move(c, p, first[j].reg, pattern->captures[from + j].reg);
      }
    } else if (!same_captures(c, p, first, count, pattern, from)) {
      return;
    }
    if (!i) top = c->unit->top;
    c->unit->top = top; /* what the others keep has moved to the first one's */
    if (last) break;
    emit_jump(c, p, matched);
    label_place(c, next);
  }
  label_place(c, matched);
  pattern->allow_irrefutable = allow;
  if (c->failed) return;
  pattern->count = from;
  for (int j = 0; j < count; j++) add_capture(c, pattern, first[j]);
}

static void gen_as(Compiler *c, AstMatchAs *p, Reg subject, Label fail, Pattern *pattern) {
  if (!p->pattern) {
    if (!pattern->allow_irrefutable) {
      if (p->name)
        compile_fault(c, p, "name capture '%s' makes remaining patterns unreachable",
                      p->name->text);
      else compile_fault(c, p, "wildcard makes remaining patterns unreachable");
      return;
    }
  } else {
    gen_pattern(c, p->pattern, subject, fail, pattern);
  }
  capture(c, p, p->name, subject, pattern);
}

static void gen_pattern(Compiler *c, AstNode *p, Reg subject, Label fail, Pattern *pattern) {
  if (!compile_enter(c)) return;
  pattern->at = p;
  switch (p->kind) {
  case AST_MatchValue: gen_value(c, AST_AS(MatchValue, p), subject, fail); break;
  case AST_MatchSingleton: gen_singleton(c, AST_AS(MatchSingleton, p), subject, fail); break;
  case AST_MatchSequence: gen_sequence(c, AST_AS(MatchSequence, p), subject, fail, pattern); break;
  case AST_MatchMapping: gen_mapping(c, AST_AS(MatchMapping, p), subject, fail, pattern); break;
  case AST_MatchClass: gen_class(c, AST_AS(MatchClass, p), subject, fail, pattern); break;
  case AST_MatchAs: gen_as(c, AST_AS(MatchAs, p), subject, fail, pattern); break;
  case AST_MatchOr: gen_or(c, AST_AS(MatchOr, p), subject, fail, pattern); break;
  default: compile_fault(c, p, "starred pattern outside a sequence pattern"); break;
  }
  c->depth--;
}

void gen_match(Compiler *c, AstMatch *s) {
  Unit *u = c->unit;
  int top = u->top;
  Reg subject = temp_new(c);
  gen_to(c, s->subject, subject);
  Label end = label_new(c);
  for (int i = 0; i < s->cases.count && !c->failed; i++) {
    AstMatchCase *one = AST_AS(MatchCase, s->cases.items[i]);
    u->top = subject + 1;
    Label next = label_new(c);
    Pattern pattern = {.allow_irrefutable = one->guard || i + 1 == s->cases.count};
    emit_line(c, one->pattern);
    gen_pattern(c, one->pattern, subject, next, &pattern);
    for (int j = 0; j < pattern.count; j++)
      store_name(c, one->pattern, pattern.captures[j].name, pattern.captures[j].reg);
    if (one->guard) gen_branch(c, one->guard, next, false);
    u->top = subject + 1;
    gen_body(c, &one->body);
    emit_jump(c, NULL, end);
    label_place(c, next);
  }
  label_place(c, end);
  u->top = top;
}
