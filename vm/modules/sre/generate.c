/* generate.c -- the code of a tree: see tree.h. Word for word what re/_compiler.py of 3.11
** makes. */
#include "vm/base/unicode.h"
#include "vm/modules/sre/sre.h"
#include "vm/modules/sre/tree.h"

enum { BYTE_MAP = 256, WIDE_MAP = 65536 };

typedef struct Code {
  SreTree *tree;
  SreExtraCases *extra;
  void *data;      /* [borrowed] extra's */
  uint32_t *words; /* [borrowed: the arena] */
  size_t size, capacity;
} Code;

static void emit(Code *code, uint32_t word) {
  ARENA_ROOM(code->tree->arena, code->words, code->size, code->capacity, 64);
  code->words[code->size++] = word;
}
/* A word that will say how far it is from here to where patch is called. */
static size_t emit_skip(Code *code) {
  emit(code, 0);
  return code->size - 1;
}
static void patch(Code *code, size_t at) { code->words[at] = (uint32_t)(code->size - at); }

/* ---- letter case */
static bool folds_all(uint32_t flags) { return flags & RE_UNICODE; }
static bool is_cased(uint32_t flags, uint32_t c) {
  if (folds_all(flags)) return unicode_to_lower(c) != c || sre_upper_unicode(c) != c;
  return c < 128 && (c | 32) >= 'a' && (c | 32) <= 'z';
}
static uint32_t lower_of(uint32_t flags, uint32_t c) {
  return sre_lower(folds_all(flags) ? FOLD_UNICODE : FOLD_ASCII, c);
}
static uint32_t extras_of(Code *code, uint32_t flags, uint32_t lower,
                          uint32_t extra[SRE_EXTRA_MAX]) {
  return folds_all(flags) ? code->extra(code->data, lower, extra) : 0;
}

/* ---- sets */
/* A set while it is made smaller: which of the first characters it has, and what a map cannot
** say. */
typedef struct SetMap {
  uint8_t *has; /* [borrowed: the arena] size of them */
  uint32_t size;
  SreMember *out, *tail; /* [borrowed: the arena] */
  uint32_t out_count, tail_count;
  bool has_cased;
} SetMap;

static bool map_put(SetMap *map, uint32_t c) {
  if (c >= map->size) return false;
  map->has[c] = 1;
  return true;
}

/* One character and, ignoring case, those that are the same. false: the map is too small. */
static bool map_character(Code *code, SetMap *map, uint32_t flags, uint32_t c) {
  if (!(flags & RE_IGNORECASE)) return map_put(map, c);
  uint32_t lower = lower_of(flags, c), extra[SRE_EXTRA_MAX];
  if (!map_put(map, lower)) return false;
  uint32_t count = extras_of(code, flags, lower, extra);
  for (uint32_t i = 0; i < count; i++)
    if (!map_put(map, extra[i])) return false;
  return true;
}

static bool range_is_cased(uint32_t flags, uint32_t low, uint32_t high) {
  for (uint32_t c = low; c <= high; c++)
    if (is_cased(flags, c)) return true;
  return false;
}

static bool map_member(Code *code, SetMap *map, uint32_t flags, const SreMember *member) {
  bool folds = flags & RE_IGNORECASE;
  switch (member->op) {
  case OP_LITERAL:
    if (!map_character(code, map, flags, member->lo)) return false;
    if (folds && is_cased(flags, member->lo)) map->has_cased = true;
    return true;
  case OP_RANGE:
    for (uint32_t c = member->lo; c <= member->hi; c++)
      if (!map_character(code, map, flags, c)) return false;
    if (folds && !map->has_cased) map->has_cased = range_is_cased(flags, member->lo, member->hi);
    return true;
  case OP_NEGATE: map->out[map->out_count++] = *member; return true;
  default: map->tail[map->tail_count++] = *member; return true;
  }
}

/* All members into the map, which grows once; what is beyond it goes to the tail. */
static void map_members(Code *code, SetMap *map, uint32_t flags, const SreMember *members,
                        uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (map_member(code, map, flags, &members[i])) continue;
    if (map->size == BYTE_MAP) {
      uint8_t *wide = arena_alloc(code->tree->arena, WIDE_MAP);
      memcpy(wide, map->has, BYTE_MAP);
      map->has = wide;
      map->size = WIDE_MAP;
      if (map_member(code, map, flags, &members[i])) continue;
    }
    SreMember rest = members[i];
    if (flags & RE_IGNORECASE) {
      map->has_cased = true;
      if (rest.op == OP_RANGE) rest.op = OP_RANGE_UNI_IGNORE;
    }
    map->tail[map->tail_count++] = rest;
  }
}

/* The map as at most two literals and ranges, in out; false: it takes more. */
static bool map_runs(SetMap *map) {
  SreMember runs[2];
  uint32_t count = 0, at = 0;
  for (;;) {
    const uint8_t *start = memchr(map->has + at, 1, map->size - at);
    if (!start) break;
    if (count == 2) return false;
    uint32_t low = (uint32_t)(start - map->has);
    const uint8_t *end = memchr(start, 0, map->size - low);
    at = end ? (uint32_t)(end - map->has) : map->size;
    runs[count++] = at - low == 1 ? (SreMember){.op = OP_LITERAL, .lo = low}
                                  : (SreMember){.op = OP_RANGE, .lo = low, .hi = at - 1};
    if (!end) break;
  }
  for (uint32_t i = 0; i < count; i++) map->out[map->out_count++] = runs[i];
  return true;
}

static void bitmap(const uint8_t *has, uint32_t size, uint32_t *words) {
  for (uint32_t i = 0; i < size; i++)
    if (has[i]) words[i / 32] |= UINT32_C(1) << (i % 32);
}

/* The chunks of 256 characters that differ, and which of them is where. */
static SreMember big_set(Code *code, const SetMap *map) {
  enum { CHUNKS = WIDE_MAP / 256, WORDS = 8 };
  uint32_t *words = ARENA_ARRAY(code->tree->arena, uint32_t, 1 + CHUNKS / 4 + CHUNKS * WORDS);
  uint32_t first[CHUNKS], count = 0;
  uint8_t which[CHUNKS];
  for (uint32_t i = 0; i < CHUNKS; i++) {
    uint32_t j = 0;
    while (j < count && memcmp(map->has + first[j] * 256, map->has + i * 256, 256)) j++;
    if (j == count) first[count++] = i;
    which[i] = (uint8_t)j;
  }
  words[0] = count;
  memcpy(words + 1, which, CHUNKS);
  uint32_t *chunks = words + 1 + CHUNKS / 4;
  for (uint32_t j = 0; j < count; j++) bitmap(map->has + first[j] * 256, 256, chunks + j * WORDS);
  return (SreMember){.op = OP_BIGCHARSET, .hi = 1 + CHUNKS / 4 + count * WORDS, .words = words};
}

typedef struct Members {
  const SreMember *items; /* [borrowed: the arena] */
  uint32_t count;
  bool has_cased;
} Members;

/* The smallest form of a set. */
static Members optimize_set(Code *code, const SreMember *members, uint32_t count, uint32_t flags) {
  Arena *arena = code->tree->arena;
  SetMap map = {.has = arena_alloc(arena, BYTE_MAP),
                .size = BYTE_MAP,
                .out = ARENA_ARRAY(arena, SreMember, 2 * count + 4),
                .tail = ARENA_ARRAY(arena, SreMember, count + 1)};
  map_members(code, &map, flags, members, count);
  bool is_short = map_runs(&map);
  if (!is_short && map.size == WIDE_MAP) {
    map.out[map.out_count++] = big_set(code, &map);
  } else if (!is_short) {
    uint32_t *words = ARENA_ARRAY(arena, uint32_t, BYTE_MAP / 32);
    bitmap(map.has, BYTE_MAP, words);
    map.out[map.out_count++] = (SreMember){.op = OP_CHARSET, .hi = BYTE_MAP / 32, .words = words};
  }
  for (uint32_t i = 0; i < map.tail_count; i++) map.out[map.out_count++] = map.tail[i];
  if (is_short && !map.has_cased && map.out_count >= count) return (Members){members, count, false};
  return (Members){map.out, map.out_count, map.has_cased};
}

static uint32_t category_of(uint32_t flags, uint32_t category) {
  if (!(flags & RE_UNICODE)) return category;
  return category - CATEGORY_DIGIT + CATEGORY_UNI_DIGIT;
}

static void emit_members(Code *code, const Members *members, uint32_t flags) {
  for (uint32_t i = 0; i < members->count; i++) {
    const SreMember *m = &members->items[i];
    emit(code, m->op);
    switch (m->op) {
    case OP_LITERAL: emit(code, m->lo); break;
    case OP_RANGE:
    case OP_RANGE_UNI_IGNORE:
      emit(code, m->lo);
      emit(code, m->hi);
      break;
    case OP_CATEGORY: emit(code, category_of(flags, m->lo)); break;
    case OP_CHARSET:
    case OP_BIGCHARSET:
      for (uint32_t w = 0; w < m->hi; w++) emit(code, m->words[w]);
      break;
    default: break;
    }
  }
  emit(code, OP_FAILURE);
}

static void emit_set(Code *code, const SreNode *node, uint32_t flags) {
  Members members = optimize_set(code, node->members, node->member_count, flags);
  emit(code, !members.has_cased ? OP_IN : folds_all(flags) ? OP_IN_UNI_IGNORE : OP_IN_IGNORE);
  size_t skip = emit_skip(code);
  emit_members(code, &members, flags);
  patch(code, skip);
}

/* ---- nodes */
static void emit_sequence(Code *code, const SreSequence *s, uint32_t flags);

/* LITERAL and NOT_LITERAL. */
static void emit_literal(Code *code, const SreNode *node, uint32_t flags) {
  bool negated = node->op == OP_NOT_LITERAL;
  uint32_t c = node->low, lower, extra[SRE_EXTRA_MAX];
  if (!(flags & RE_IGNORECASE) || !is_cased(flags, c)) {
    emit(code, node->op);
    emit(code, c);
    return;
  }
  lower = lower_of(flags, c);
  uint32_t count = extras_of(code, flags, lower, extra);
  if (!count) {
    if (folds_all(flags)) emit(code, negated ? OP_NOT_LITERAL_UNI_IGNORE : OP_LITERAL_UNI_IGNORE);
    else emit(code, negated ? OP_NOT_LITERAL_IGNORE : OP_LITERAL_IGNORE);
    emit(code, lower);
    return;
  }
  emit(code, OP_IN_UNI_IGNORE);
  size_t skip = emit_skip(code);
  if (negated) emit(code, OP_NEGATE);
  emit(code, OP_LITERAL);
  emit(code, lower);
  for (uint32_t i = 0; i < count; i++) {
    emit(code, OP_LITERAL);
    emit(code, extra[i]);
  }
  emit(code, OP_FAILURE);
  patch(code, skip);
}

static bool is_simple(const SreSequence *s) {
  if (s->count != 1) return false;
  const SreNode *node = s->nodes;
  if (node->op == OP_SUBPATTERN) return !node->low && is_simple(node->sub);
  return node->op == OP_LITERAL || node->op == OP_NOT_LITERAL || node->op == OP_ANY ||
         node->op == OP_IN;
}

static void emit_repeat(Code *code, const SreNode *node, uint32_t flags) {
  static const struct {
    uint32_t node, op, end, of_one;
  } rows[] = {{NODE_MAX_REPEAT, OP_REPEAT, OP_MAX_UNTIL, OP_REPEAT_ONE},
              {NODE_MIN_REPEAT, OP_REPEAT, OP_MIN_UNTIL, OP_MIN_REPEAT_ONE},
              {OP_POSSESSIVE_REPEAT, OP_POSSESSIVE_REPEAT, OP_SUCCESS, OP_POSSESSIVE_REPEAT_ONE}};
  size_t i = 0;
  while (rows[i].node != node->op) i++;
  bool simple = is_simple(node->sub);
  emit(code, simple ? rows[i].of_one : rows[i].op);
  size_t skip = emit_skip(code);
  emit(code, node->low);
  emit(code, node->high);
  emit_sequence(code, node->sub, flags);
  if (simple) emit(code, OP_SUCCESS);
  patch(code, skip);
  if (!simple) emit(code, rows[i].end);
}

static void emit_group(Code *code, const SreNode *node, uint32_t flags) {
  if (node->low) {
    emit(code, OP_MARK);
    emit(code, (node->low - 1) * 2);
  }
  emit_sequence(code, node->sub, sre_group_flags(node, flags));
  if (node->low) {
    emit(code, OP_MARK);
    emit(code, (node->low - 1) * 2 + 1);
  }
}

static void emit_assertion(Code *code, const SreNode *node, uint32_t flags) {
  emit(code, node->op);
  size_t skip = emit_skip(code);
  if (node->low) {
    sre_measure(code->tree, node->sub);
    if (node->sub->shortest != node->sub->longest) arena_fail(code->tree->arena);
  }
  emit(code, node->low ? (uint32_t)node->sub->shortest : 0);
  emit_sequence(code, node->sub, flags);
  emit(code, OP_SUCCESS);
  patch(code, skip);
}

static void emit_position(Code *code, uint32_t position, uint32_t flags) {
  emit(code, OP_AT);
  if (flags & RE_MULTILINE && position == AT_BEGINNING) position = AT_BEGINNING_LINE;
  if (flags & RE_MULTILINE && position == AT_END) position = AT_END_LINE;
  if (flags & RE_UNICODE && position == AT_BOUNDARY) position = AT_UNI_BOUNDARY;
  if (flags & RE_UNICODE && position == AT_NON_BOUNDARY) position = AT_UNI_NON_BOUNDARY;
  emit(code, position);
}

static void emit_branch(Code *code, const SreNode *node, uint32_t flags) {
  emit(code, OP_BRANCH);
  size_t last = 0; /* the jumps behind the alternatives are chained until their end is known */
  for (const SreSequence *s = node->sub; s; s = s->next) {
    size_t skip = emit_skip(code);
    emit_sequence(code, s, flags);
    emit(code, OP_JUMP);
    emit(code, (uint32_t)last);
    last = code->size - 1;
    patch(code, skip);
  }
  emit(code, OP_FAILURE);
  while (last) {
    size_t before = code->words[last];
    patch(code, last);
    last = before;
  }
}

static void emit_reference(Code *code, uint32_t group, uint32_t flags) {
  emit(code, !(flags & RE_IGNORECASE) ? OP_GROUPREF
             : folds_all(flags)       ? OP_GROUPREF_UNI_IGNORE
                                      : OP_GROUPREF_IGNORE);
  emit(code, group - 1);
}

static void emit_node(Code *code, const SreNode *node, uint32_t flags) {
  switch (node->op) {
  case OP_LITERAL:
  case OP_NOT_LITERAL: emit_literal(code, node, flags); return;
  case OP_IN: emit_set(code, node, flags); return;
  case OP_ANY: emit(code, flags & RE_DOTALL ? OP_ANY_ALL : OP_ANY); return;
  case NODE_MAX_REPEAT:
  case NODE_MIN_REPEAT:
  case OP_POSSESSIVE_REPEAT: emit_repeat(code, node, flags); return;
  case OP_SUBPATTERN: emit_group(code, node, flags); return;
  case OP_ATOMIC_GROUP: {
    emit(code, OP_ATOMIC_GROUP);
    size_t skip = emit_skip(code);
    emit_sequence(code, node->sub, flags);
    emit(code, OP_SUCCESS);
    patch(code, skip);
    return;
  }
  case OP_ASSERT:
  case OP_ASSERT_NOT: emit_assertion(code, node, flags); return;
  case OP_AT: emit_position(code, node->low, flags); return;
  case OP_BRANCH: emit_branch(code, node, flags); return;
  case OP_GROUPREF: emit_reference(code, node->low, flags); return;
  default: assert(!"a kind of node that parse.c does not make");
  }
}

static void emit_sequence(Code *code, const SreSequence *s, uint32_t flags) {
  for (uint32_t i = 0; i < s->count; i++) emit_node(code, &s->nodes[i], flags);
}

/* ---- what a search looks for first */
typedef struct Prefix {
  uint32_t *chars; /* [borrowed: the arena] */
  size_t count, capacity;
  int64_t skip; /* how much of it is before the first group; -1: not known */
} Prefix;

static void prefix_add(Code *code, Prefix *prefix, uint32_t c) {
  ARENA_ROOM(code->tree->arena, prefix->chars, prefix->count, prefix->capacity, 16);
  prefix->chars[prefix->count++] = c;
}

/* The characters that s begins with; true: it is nothing else. */
static bool literal_prefix(Code *code, const SreSequence *s, uint32_t flags, Prefix *prefix) {
  for (uint32_t i = 0; i < s->count; i++) {
    const SreNode *node = &s->nodes[i];
    if (node->op == OP_LITERAL) {
      if (flags & RE_IGNORECASE && is_cased(flags, node->low)) return false;
      prefix_add(code, prefix, node->low);
    } else if (node->op == OP_SUBPATTERN) {
      size_t before = prefix->count;
      Prefix inner = {.skip = -1};
      bool whole = literal_prefix(code, node->sub, sre_group_flags(node, flags), &inner);
      if (prefix->skip < 0 && node->low) prefix->skip = (int64_t)before;
      else if (prefix->skip < 0 && inner.skip >= 0) prefix->skip = (int64_t)before + inner.skip;
      for (size_t k = 0; k < inner.count; k++) prefix_add(code, prefix, inner.chars[k]);
      if (!whole) return false;
    } else {
      return false;
    }
  }
  return true;
}

static bool set_is_caseless(const Members *set, uint32_t flags) {
  for (uint32_t i = 0; i < set->count; i++) {
    const SreMember *m = &set->items[i];
    if (m->op == OP_LITERAL && is_cased(flags, m->lo)) return false;
    if (m->op == OP_RANGE && (m->hi > 0xffff || range_is_cased(flags, m->lo, m->hi))) return false;
  }
  return true;
}

/* The characters one of which s begins with; count 0: not known. */
static Members first_characters(Code *code, const SreSequence *s, uint32_t flags) {
  Members none = {0};
  while (s->count && s->nodes[0].op == OP_SUBPATTERN) {
    flags = sre_group_flags(&s->nodes[0], flags);
    s = s->nodes[0].sub;
  }
  if (!s->count) return none;
  const SreNode *node = &s->nodes[0];
  bool folds = flags & RE_IGNORECASE;
  if (node->op == OP_IN) {
    Members set = {node->members, node->member_count, false};
    return folds && !set_is_caseless(&set, flags) ? none : set;
  }
  if (node->op != OP_LITERAL && node->op != OP_BRANCH) return none;
  uint32_t count = 0;
  for (const SreSequence *b = node->op == OP_BRANCH ? node->sub : s; b; b = b->next) count++;
  SreMember *members = ARENA_ARRAY(code->tree->arena, SreMember, count);
  uint32_t at = 0;
  for (const SreSequence *b = node->op == OP_BRANCH ? node->sub : s; b; b = b->next) {
    if (!b->count || b->nodes[0].op != OP_LITERAL) return none;
    if (folds && is_cased(flags, b->nodes[0].low)) return none;
    members[at++] = (SreMember){.op = OP_LITERAL, .lo = b->nodes[0].low};
    if (node->op == OP_LITERAL) break; /* s may itself be one of several alternatives */
  }
  return (Members){members, at, false};
}

/* How far each place of the prefix overlaps its beginning. */
static void emit_overlap(Code *code, const Prefix *prefix) {
  uint32_t *table = ARENA_ARRAY(code->tree->arena, uint32_t, prefix->count);
  for (size_t i = 1; i < prefix->count; i++) {
    uint32_t k = table[i - 1];
    while (k && prefix->chars[i] != prefix->chars[k]) k = table[k - 1];
    table[i] = prefix->chars[i] == prefix->chars[k] ? k + 1 : 0;
  }
  for (size_t i = 0; i < prefix->count; i++) emit(code, table[i]);
}

static void emit_prefix(Code *code, const Prefix *prefix) {
  emit(code, (uint32_t)prefix->count);
  emit(code, prefix->skip < 0 ? (uint32_t)prefix->count : (uint32_t)prefix->skip);
  for (size_t i = 0; i < prefix->count; i++) emit(code, prefix->chars[i]);
  emit_overlap(code, prefix);
}

static void emit_info(Code *code, SreSequence *all, uint32_t flags) {
  sre_measure(code->tree, all);
  Prefix prefix = {.skip = -1};
  Members set = {0};
  bool whole = false;
  if (all->shortest) {
    whole = literal_prefix(code, all, flags, &prefix);
    if (!prefix.count) set = first_characters(code, all, flags);
  }
  emit(code, OP_INFO);
  size_t skip = emit_skip(code);
  uint32_t mask = set.count ? INFO_CHARSET : 0;
  if (prefix.count) mask = whole && prefix.skip < 0 ? INFO_PREFIX | INFO_LITERAL : INFO_PREFIX;
  emit(code, mask);
  emit(code, (uint32_t)all->shortest);
  emit(code, (uint32_t)all->longest);
  if (prefix.count) {
    emit_prefix(code, &prefix);
  } else if (set.count) {
    set = optimize_set(code, set.items, set.count, flags & ~(uint32_t)RE_IGNORECASE);
    emit_members(code, &set, flags);
  }
  patch(code, skip);
}

const uint32_t *sre_generate(SreTree *tree, SreExtraCases *extra, void *data, size_t *size) {
  Code code = {.tree = tree, .extra = extra, .data = data};
  emit_info(&code, tree->all, tree->flags);
  emit_sequence(&code, tree->all, tree->flags);
  emit(&code, OP_SUCCESS);
  *size = code.size;
  return code.words;
}
