/* parse.c -- regular expressions to trees: see tree.h. Reference: the library's re, "Regular
** Expression Syntax". */
#include "vm/modules/sre/tree.h"

enum { NO_LOOKBEHIND = 0, DEPTH_MAX = 60, MEMBERS_MAX = 400 };

/* A token is a character, or a backslash with the one behind it. */
typedef struct Parser {
  SreTree *tree;
  size_t index;        /* behind `next` */
  int64_t next;        /* the character; -1: the end */
  bool is_escape;      /* of `next` */
  uint32_t lookbehind; /* groups from here on are part of a lookbehind; NO_LOOKBEHIND */
  int depth;
} Parser;

typedef struct Token {
  int64_t c;
  bool is_escape;
} Token;

static NORETURN void give_up(const Parser *p) { arena_fail(p->tree->arena); }

static void advance(Parser *p) {
  const SreTree *t = p->tree;
  p->is_escape = false;
  if (p->index >= t->size) {
    p->next = -1;
    return;
  }
  p->next = t->chars[p->index++];
  if (p->next != '\\') return;
  if (p->index >= t->size) give_up(p);
  p->is_escape = true;
  p->next = t->chars[p->index++];
}

static bool at(const Parser *p, int64_t c) { return !p->is_escape && p->next == c; }
static bool skip(Parser *p, int64_t c) {
  if (!at(p, c)) return false;
  advance(p);
  return true;
}
static Token take(Parser *p) {
  Token token = {p->next, p->is_escape};
  advance(p);
  return token;
}
/* where the next token begins */
static size_t tell(const Parser *p) { return p->index - (p->next < 0 ? 0 : p->is_escape ? 2 : 1); }
static void seek(Parser *p, size_t index) {
  p->index = index;
  advance(p);
}
static bool is_digit(int64_t c) { return c >= '0' && c <= '9'; }
static bool is_octal(int64_t c) { return c >= '0' && c <= '7'; }
static bool next_is_octal(const Parser *p) { return !p->is_escape && is_octal(p->next); }
static bool next_is_digit(const Parser *p) { return !p->is_escape && is_digit(p->next); }
static bool is_letter(int64_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z' && c < 128; }

/* ---- sequences */
static SreSequence *sequence_new(Parser *p) { return ARENA_NEW(p->tree->arena, SreSequence); }

static SreNode *append(Parser *p, SreSequence *s, SreNode node) {
  ARENA_ROOM(p->tree->arena, s->nodes, s->count, s->capacity, 4);
  s->nodes[s->count] = node;
  return &s->nodes[s->count++];
}

static void measure_node(const SreTree *tree, const SreNode *node, uint64_t *low, uint64_t *high) {
  const uint64_t far = UINT64_C(1) << 40; /* nothing that is clipped below gets near */
  *low = *high = 0;
  switch (node->op) {
  case OP_BRANCH:
    *low = RE_MAXREPEAT - 1;
    for (SreSequence *s = node->sub; s; s = s->next) {
      sre_measure(tree, s);
      if (s->shortest < *low) *low = s->shortest;
      if (s->longest > *high) *high = s->longest;
    }
    return;
  case NODE_MAX_REPEAT:
  case NODE_MIN_REPEAT:
  case OP_POSSESSIVE_REPEAT:
  case OP_ATOMIC_GROUP:
  case OP_SUBPATTERN: {
    bool once = node->op == OP_ATOMIC_GROUP || node->op == OP_SUBPATTERN;
    sre_measure(tree, node->sub);
    *low = node->sub->shortest;
    *high = node->sub->longest;
    if (!once && *low) *low = node->low > far / *low ? far : *low * node->low;
    if (!once && *high) *high = node->high > far / *high ? far : *high * node->high;
    return;
  }
  case OP_ANY:
  case OP_IN:
  case OP_LITERAL:
  case OP_NOT_LITERAL: *low = *high = 1; return;
  case OP_GROUPREF:
    *low = tree->widths[node->low].shortest;
    *high = tree->widths[node->low].longest;
    return;
  default: return;
  }
}

void sre_measure(const SreTree *tree, SreSequence *s) {
  if (s->is_measured) return;
  s->is_measured = true;
  uint64_t low = 0, high = 0, one_low, one_high;
  for (uint32_t i = 0; i < s->count; i++) {
    measure_node(tree, &s->nodes[i], &one_low, &one_high);
    low += one_low;
    high += one_high;
  }
  s->shortest = low < RE_MAXREPEAT - 1 ? low : RE_MAXREPEAT - 1;
  s->longest = high < RE_MAXREPEAT ? high : RE_MAXREPEAT;
}

/* ---- groups */
static uint32_t open_group(Parser *p) {
  SreTree *t = p->tree;
  ARENA_ROOM(t->arena, t->widths, t->groups, t->width_capacity, 8);
  t->widths[t->groups] = (SreGroupWidth){0};
  return t->groups++;
}

static void close_group(Parser *p, uint32_t group, SreSequence *s) {
  sre_measure(p->tree, s);
  p->tree->widths[group] = (SreGroupWidth){true, s->shortest, s->longest};
}

static SreNode reference(const Parser *p, uint32_t group) {
  const SreTree *t = p->tree;
  if (!group || group >= t->groups || !t->widths[group].is_closed) give_up(p);
  if (p->lookbehind != NO_LOOKBEHIND && group >= p->lookbehind) give_up(p);
  return (SreNode){.op = OP_GROUPREF, .low = group};
}

/* A group's name up to `end`; ASCII alone. */
static SreName *take_name(Parser *p, int64_t end) {
  SreName *name = ARENA_NEW(p->tree->arena, SreName);
  name->start = tell(p);
  while (!at(p, end)) {
    bool fits = !p->is_escape &&
                (is_letter(p->next) || p->next == '_' || (is_digit(p->next) && name->length));
    if (!fits) give_up(p);
    name->length++;
    advance(p);
  }
  if (!name->length) give_up(p);
  advance(p);
  return name;
}

static SreName *find_name(const Parser *p, const SreName *wanted) {
  const uint32_t *chars = p->tree->chars;
  for (SreName *n = p->tree->names; n; n = n->next)
    if (n->length == wanted->length &&
        !memcmp(chars + n->start, chars + wanted->start, n->length * sizeof *chars))
      return n;
  return NULL;
}

static void add_name(Parser *p, SreName *name, uint32_t group) {
  SreTree *t = p->tree;
  if (find_name(p, name)) give_up(p);
  name->group = group;
  if (t->names) *t->last_name = name;
  else t->names = name;
  t->last_name = &name->next;
}

/* ---- escapes */
/* The character of \x, \u, \U with so many hexadecimal digits. */
static uint32_t hexadecimal(Parser *p, int digits) {
  uint64_t value = 0;
  for (int i = 0; i < digits; i++) {
    int64_t c = p->is_escape ? -1 : p->next, lower = c | 32;
    if (c < 0 || !(is_digit(c) || (lower >= 'a' && lower <= 'f'))) give_up(p);
    value = value * 16 + (uint64_t)(is_digit(c) ? c - '0' : lower - 'a' + 10);
    advance(p);
  }
  if (value > 0x10ffff) give_up(p);
  return (uint32_t)value;
}

/* Escapes that mean one character, wherever they stand; -1: it is none of them. */
static int64_t simple_escape(Parser *p, int64_t c) {
  switch (c) {
  case 'a': return '\a';
  case 'f': return '\f';
  case 'n': return '\n';
  case 'r': return '\r';
  case 't': return '\t';
  case 'v': return '\v';
  case '\\': return '\\';
  case 'x': return hexadecimal(p, 2);
  case 'u': return p->tree->is_text ? (int64_t)hexadecimal(p, 4) : -1;
  case 'U': return p->tree->is_text ? (int64_t)hexadecimal(p, 8) : -1;
  default: return -1;
  }
}

static int category_of(int64_t c) {
  switch (c) {
  case 'd': return CATEGORY_DIGIT;
  case 'D': return CATEGORY_NOT_DIGIT;
  case 's': return CATEGORY_SPACE;
  case 'S': return CATEGORY_NOT_SPACE;
  case 'w': return CATEGORY_WORD;
  case 'W': return CATEGORY_NOT_WORD;
  default: return -1;
  }
}

static uint32_t octal(Parser *p, int64_t first, int more) {
  uint32_t value = (uint32_t)(first - '0');
  for (; more > 0 && next_is_octal(p); more--) {
    value = value * 8 + (uint32_t)(p->next - '0');
    advance(p);
  }
  if (value > 0xff) give_up(p);
  return value;
}

/* An escape within a set. */
static SreMember set_escape(Parser *p, int64_t c) {
  int category = category_of(c);
  if (category >= 0) return (SreMember){.op = OP_CATEGORY, .lo = (uint32_t)category};
  int64_t literal = c == 'b' ? '\b' : simple_escape(p, c);
  if (literal < 0 && is_octal(c)) literal = octal(p, c, 2);
  if (literal < 0 && (is_digit(c) || is_letter(c))) give_up(p);
  return (SreMember){.op = OP_LITERAL, .lo = (uint32_t)(literal < 0 ? c : literal)};
}

/* \1 to \9: a group, of two digits at most, or three octal digits. */
static SreNode numbered(Parser *p, int64_t c) {
  uint32_t group = (uint32_t)(c - '0');
  if (next_is_digit(p)) {
    int64_t second = take(p).c;
    if (is_octal(c) && is_octal(second) && next_is_octal(p)) {
      uint32_t value = (group * 8 + (uint32_t)(second - '0')) * 8 + (uint32_t)(p->next - '0');
      if (value > 0xff) give_up(p);
      advance(p);
      return (SreNode){.op = OP_LITERAL, .low = value};
    }
    group = group * 10 + (uint32_t)(second - '0');
  }
  return reference(p, group);
}

static SreNode escape(Parser *p, int64_t c) {
  static const struct {
    char c;
    uint8_t at;
  } positions[] = {
      {'A', AT_BEGINNING_STRING}, {'b', AT_BOUNDARY}, {'B', AT_NON_BOUNDARY}, {'Z', AT_END_STRING}};
  for (size_t i = 0; i < ARRAY_COUNT(positions); i++)
    if (positions[i].c == c) return (SreNode){.op = OP_AT, .low = positions[i].at};
  int category = category_of(c);
  if (category >= 0) {
    SreMember *member = ARENA_NEW(p->tree->arena, SreMember);
    *member = (SreMember){.op = OP_CATEGORY, .lo = (uint32_t)category};
    return (SreNode){.op = OP_IN, .members = member, .member_count = 1};
  }
  if (c == '0') return (SreNode){.op = OP_LITERAL, .low = octal(p, c, 2)};
  if (is_digit(c)) return numbered(p, c);
  int64_t literal = simple_escape(p, c);
  if (literal < 0 && is_letter(c)) give_up(p);
  return (SreNode){.op = OP_LITERAL, .low = (uint32_t)(literal < 0 ? c : literal)};
}

/* ---- sets */
static bool members_equal(const SreMember *a, const SreMember *b) {
  return a->op == b->op && a->lo == b->lo && a->hi == b->hi;
}

/* Each member once; how many are left. */
static uint32_t unique(SreMember *members, uint32_t count) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t j = 0;
    while (j < kept && !members_equal(&members[j], &members[i])) j++;
    if (j == kept) members[kept++] = members[i];
  }
  return kept;
}

/* Large, so that functions with one are no part of those that recur. */
typedef struct Set {
  SreMember members[MEMBERS_MAX];
  uint32_t count;
} Set;

static void set_add(const Parser *p, Set *set, SreMember member) {
  if (set->count == MEMBERS_MAX) give_up(p);
  set->members[set->count++] = member;
}

static SreMember set_member(Parser *p, Token token) {
  if (token.c < 0) give_up(p);
  if (token.is_escape) return set_escape(p, token.c);
  return (SreMember){.op = OP_LITERAL, .lo = (uint32_t)token.c};
}

/* Behind "lo-" of a set. false: the set has ended. */
static bool set_range(Parser *p, Set *set, SreMember low) {
  Token token = take(p);
  if (token.c == ']' && !token.is_escape) {
    set_add(p, set, low);
    set_add(p, set, (SreMember){.op = OP_LITERAL, .lo = '-'});
    return false;
  }
  if (token.c == '-' && !token.is_escape) give_up(p); /* a warning */
  SreMember high = set_member(p, token);
  if (low.op != OP_LITERAL || high.op != OP_LITERAL || high.lo < low.lo) give_up(p);
  set_add(p, set, (SreMember){.op = OP_RANGE, .lo = low.lo, .hi = high.lo});
  return true;
}

static void set_members(Parser *p, Set *set) {
  for (;;) {
    Token token = take(p);
    if (token.c == ']' && !token.is_escape && set->count) return;
    bool doubled = !token.is_escape && set->count && token.c > 0 && token.c < 128 &&
                   strchr("-&~|", (int)token.c) && at(p, token.c);
    if (doubled) give_up(p); /* a warning */
    SreMember member = set_member(p, token);
    if (skip(p, '-')) {
      if (!set_range(p, set, member)) return;
    } else {
      set_add(p, set, member);
    }
  }
}

static SreNode set_node(const Parser *p, const Set *set, bool negated) {
  SreMember *members = ARENA_ARRAY(p->tree->arena, SreMember, set->count + 1);
  if (negated) members[0] = (SreMember){.op = OP_NEGATE};
  memcpy(members + negated, set->members, set->count * sizeof *members);
  return (SreNode){.op = OP_IN, .members = members, .member_count = set->count + negated};
}

static NOINLINE SreNode parse_set(Parser *p) {
  Set set;
  set.count = 0;
  if (at(p, '[')) give_up(p); /* a warning */
  bool negated = skip(p, '^');
  set_members(p, &set);
  set.count = unique(set.members, set.count);
  if (set.count == 1 && set.members[0].op == OP_LITERAL)
    return (SreNode){.op = negated ? OP_NOT_LITERAL : OP_LITERAL, .low = set.members[0].lo};
  return set_node(p, &set, negated);
}

/* ---- repetitions */
/* {m,n} behind its brace. false: it is a brace and no more. */
static bool parse_bounds(Parser *p, uint32_t *low, uint32_t *high) {
  size_t here = tell(p);
  uint64_t bounds[2] = {0, RE_MAXREPEAT};
  bool is_given[2] = {false, false};
  if (at(p, '}')) return false;
  int count = 1;
  for (int i = 0; i < count; i++) {
    for (uint64_t n = 0; next_is_digit(p); advance(p)) {
      n = n * 10 + (uint64_t)(p->next - '0');
      if (n >= RE_MAXREPEAT) give_up(p);
      bounds[i] = n;
      is_given[i] = true;
    }
    if (i == 0 && skip(p, ',')) count = 2;
  }
  if (count == 1 && is_given[0]) bounds[1] = bounds[0];
  if (!skip(p, '}')) {
    seek(p, here);
    return false;
  }
  if (bounds[1] < bounds[0]) give_up(p);
  *low = (uint32_t)bounds[0];
  *high = (uint32_t)bounds[1];
  return true;
}

static bool is_repeat(uint32_t op) {
  return op == NODE_MAX_REPEAT || op == NODE_MIN_REPEAT || op == OP_POSSESSIVE_REPEAT;
}

static void parse_repeat(Parser *p, SreSequence *s, int64_t c) {
  uint32_t low = c == '+', high = c == '?' ? 1 : RE_MAXREPEAT;
  if (c == '{' && !parse_bounds(p, &low, &high)) {
    append(p, s, (SreNode){.op = OP_LITERAL, .low = '{'});
    return;
  }
  SreNode *last = s->count ? &s->nodes[s->count - 1] : NULL;
  if (!last || last->op == OP_AT || is_repeat(last->op)) give_up(p);
  SreSequence *item;
  if (last->op == OP_SUBPATTERN && !last->low && !last->adds && !last->drops) {
    item = last->sub;
  } else {
    item = sequence_new(p);
    append(p, item, *last);
  }
  uint32_t op = skip(p, '?')   ? NODE_MIN_REPEAT
                : skip(p, '+') ? OP_POSSESSIVE_REPEAT
                               : NODE_MAX_REPEAT;
  *last = (SreNode){.op = op, .low = low, .high = high, .sub = item};
}

/* ---- groups */
static SreSequence *parse_alternatives(Parser *p, bool verbose, bool is_outer);

static uint32_t flag_of(const Parser *p, Token token) {
  if (token.is_escape) give_up(p);
  switch (token.c) {
  case 'i': return RE_IGNORECASE;
  case 'm': return RE_MULTILINE;
  case 's': return RE_DOTALL;
  case 'x': return RE_VERBOSE;
  case 'a': return RE_ASCII;
  case 'u':
    if (p->tree->is_text) return RE_UNICODE;
    break;
  default: break;
  }
  give_up(p);
}

/* (?flags…: true: of the whole pattern. */
static bool parse_flags(Parser *p, Token token, uint32_t *adds, uint32_t *drops) {
  const uint32_t types = RE_ASCII | RE_UNICODE;
  bool minus = token.c == '-' && !token.is_escape;
  while (!minus) {
    *adds |= flag_of(p, token);
    if ((*adds & types) == types) give_up(p);
    token = take(p);
    if (token.is_escape) give_up(p);
    if (token.c == ')') {
      p->tree->flags |= *adds;
      return true;
    }
    if (token.c == ':') return false;
    minus = token.c == '-';
  }
  do {
    *drops |= flag_of(p, take(p));
    if (*drops & types) give_up(p);
  } while (!skip(p, ':'));
  if (*adds & *drops) give_up(p);
  return false;
}

static void close_bracket(Parser *p) {
  if (!skip(p, ')')) give_up(p);
}

static void parse_assertion(Parser *p, SreSequence *s, Token token, bool verbose) {
  bool behind = token.c == '<';
  uint32_t outer = p->lookbehind;
  if (behind) {
    token = take(p);
    if (token.is_escape || (token.c != '=' && token.c != '!')) give_up(p);
    if (outer == NO_LOOKBEHIND) p->lookbehind = p->tree->groups;
  }
  SreSequence *sub = parse_alternatives(p, verbose, false);
  p->lookbehind = outer;
  close_bracket(p);
  append(p, s,
         (SreNode){.op = token.c == '=' ? OP_ASSERT : OP_ASSERT_NOT, .low = behind, .sub = sub});
}

static void parse_contents(Parser *p, SreSequence *s, SreNode group, bool captures, SreName *name,
                           bool verbose) {
  if (captures) group.low = open_group(p);
  if (name) add_name(p, name, group.low);
  bool inside = (verbose || group.adds & RE_VERBOSE) && !(group.drops & RE_VERBOSE);
  group.sub = parse_alternatives(p, inside, false);
  close_bracket(p);
  if (captures) close_group(p, group.low, group.sub);
  append(p, s, group);
}

/* (?P…: a name, or a reference by name. */
static void parse_named(Parser *p, SreSequence *s, bool verbose) {
  if (skip(p, '<')) {
    SreName *name = take_name(p, '>');
    parse_contents(p, s, (SreNode){.op = OP_SUBPATTERN}, true, name, verbose);
    return;
  }
  if (!skip(p, '=')) give_up(p);
  const SreName *name = find_name(p, take_name(p, ')'));
  if (!name) give_up(p);
  append(p, s, reference(p, name->group));
}

static void skip_comment(Parser *p) {
  while (!at(p, ')')) {
    if (p->next < 0) give_up(p);
    advance(p);
  }
  advance(p);
}

/* Behind "(?". first: may flags of the whole pattern stand here? */
static void parse_extension(Parser *p, SreSequence *s, bool *verbose, bool first) {
  Token token = take(p);
  SreNode group = {.op = OP_SUBPATTERN};
  if (token.is_escape || token.c < 0) give_up(p);
  switch (token.c) {
  case 'P': parse_named(p, s, *verbose); return;
  case '#': skip_comment(p); return;
  case '=':
  case '!':
  case '<': parse_assertion(p, s, token, *verbose); return;
  case ':': break;
  case '>': group.op = OP_ATOMIC_GROUP; break;
  default:
    if (parse_flags(p, token, &group.adds, &group.drops)) {
      if (!first || s->count) give_up(p);
      *verbose = p->tree->flags & RE_VERBOSE;
      return;
    }
  }
  parse_contents(p, s, group, false, NULL, *verbose);
}

/* ---- sequences and alternatives */
static void skip_line(Parser *p) {
  for (;;) {
    Token token = take(p);
    if (token.c < 0 || (token.c == '\n' && !token.is_escape)) return;
  }
}

static bool is_blank(Token token) { return token.c == ' ' || (token.c >= '\t' && token.c <= '\r'); }

static void parse_item(Parser *p, SreSequence *s, Token token, bool *verbose, bool first) {
  switch (token.c) {
  case '[': append(p, s, parse_set(p)); return;
  case '*':
  case '+':
  case '?':
  case '{': parse_repeat(p, s, token.c); return;
  case '.': append(p, s, (SreNode){.op = OP_ANY}); return;
  case '^': append(p, s, (SreNode){.op = OP_AT, .low = AT_BEGINNING}); return;
  case '$': append(p, s, (SreNode){.op = OP_AT, .low = AT_END}); return;
  case '(':
    if (skip(p, '?')) parse_extension(p, s, verbose, first);
    else parse_contents(p, s, (SreNode){.op = OP_SUBPATTERN}, true, NULL, *verbose);
    return;
  default: append(p, s, (SreNode){.op = OP_LITERAL, .low = (uint32_t)token.c});
  }
}

static bool is_bare_group(const SreNode *node) {
  return node->op == OP_SUBPATTERN && !node->low && !node->adds && !node->drops;
}

/* Groups that neither capture nor change flags are only their contents. */
static SreSequence *unpack(Parser *p, SreSequence *s) {
  uint32_t i = 0;
  while (i < s->count && !is_bare_group(&s->nodes[i])) i++;
  if (i == s->count) return s;
  SreSequence *flat = sequence_new(p);
  for (i = 0; i < s->count; i++) {
    const SreNode *node = &s->nodes[i];
    if (!is_bare_group(node)) append(p, flat, *node);
    else
      for (uint32_t j = 0; j < node->sub->count; j++) append(p, flat, node->sub->nodes[j]);
  }
  return flat;
}

static SreSequence *parse_sequence(Parser *p, bool verbose, bool first) {
  SreSequence *s = sequence_new(p);
  while (p->next >= 0 && !at(p, '|') && !at(p, ')')) {
    Token token = take(p);
    if (verbose && !token.is_escape) {
      if (is_blank(token)) continue;
      if (token.c == '#') {
        skip_line(p);
        continue;
      }
    }
    if (token.is_escape) append(p, s, escape(p, token.c));
    else parse_item(p, s, token, &verbose, first);
  }
  return unpack(p, s);
}

/* Nodes that the library finds equal: those with a sequence inside never are. */
static bool nodes_equal(const SreNode *a, const SreNode *b) {
  if (a->op != b->op || a->sub || b->sub || a->low != b->low) return false;
  if (a->member_count != b->member_count) return false;
  for (uint32_t i = 0; i < a->member_count; i++)
    if (!members_equal(&a->members[i], &b->members[i])) return false;
  return true;
}

static bool share_first(const SreSequence *first) {
  for (const SreSequence *s = first; s; s = s->next)
    if (!s->count || !nodes_equal(&s->nodes[0], &first->nodes[0])) return false;
  /* a node with a sequence is equal to itself, but there are others */
  return true;
}

/* Alternatives that are single characters are a set. */
static NOINLINE bool merge_set(Parser *p, const SreSequence *first, SreNode *out) {
  Set set;
  set.count = 0;
  for (const SreSequence *s = first; s; s = s->next) {
    const SreNode *node = s->nodes;
    if (s->count != 1) return false;
    if (node->op == OP_LITERAL) {
      set_add(p, &set, (SreMember){.op = OP_LITERAL, .lo = node->low});
    } else if (node->op == OP_IN && node->members[0].op != OP_NEGATE) {
      for (uint32_t i = 0; i < node->member_count; i++) set_add(p, &set, node->members[i]);
    } else {
      return false;
    }
  }
  set.count = unique(set.members, set.count);
  *out = set_node(p, &set, false);
  return true;
}

static SreSequence *parse_alternatives(Parser *p, bool verbose, bool is_outer) {
  if (++p->depth > DEPTH_MAX) give_up(p);
  SreSequence *first = parse_sequence(p, verbose, is_outer), *last = first;
  while (skip(p, '|')) {
    if (is_outer) verbose = p->tree->flags & RE_VERBOSE;
    last = last->next = parse_sequence(p, verbose, false);
  }
  p->depth--;
  if (last == first) return first;
  SreSequence *all = sequence_new(p);
  while (share_first(first)) {
    append(p, all, first->nodes[0]);
    for (SreSequence *s = first; s; s = s->next) s->nodes++, s->count--, s->capacity = s->count;
  }
  SreNode merged;
  if (!merge_set(p, first, &merged)) merged = (SreNode){.op = OP_BRANCH, .sub = first};
  append(p, all, merged);
  return all;
}

void sre_parse(SreTree *tree) {
  Parser parser = {.tree = tree, .lookbehind = NO_LOOKBEHIND}, *p = &parser;
  open_group(p);
  advance(p);
  tree->all = parse_alternatives(p, tree->flags & RE_VERBOSE, true);
  if (p->next >= 0) give_up(p);
  if (!tree->is_text) {
    if (tree->flags & RE_UNICODE) give_up(p);
    return;
  }
  if (!(tree->flags & RE_ASCII)) tree->flags |= RE_UNICODE;
  else if (tree->flags & RE_UNICODE) give_up(p);
}
