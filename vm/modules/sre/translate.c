/* translate.c -- re's code to a Program: checks it, gathers strings, turns every character test
** into a Set, finds what a match can start with, and sees which runs never need to give characters
** back. */
#include "vm/base/memory.h"
#include "vm/modules/sre/opcodes.h"
#include "vm/modules/sre/sre.h"

#include <stdlib.h>

typedef struct Translator {
  SreProgram *p;
  const uint32_t *in;
  size_t size;
  uint32_t groups;
  bool bad;
  bool without_memory; /* … because of that */
} Translator;

/* ---- emitting */

/* What is made from here on is nonsense, in bounds; sre_translate throws it away. */
static void no_memory(Translator *t) { t->bad = t->without_memory = true; }

static void emit(Translator *t, uint32_t word) {
  SreProgram *p = t->p;
  if (p->size == p->capacity) {
    size_t capacity = p->capacity ? p->capacity * 2 : 64;
    uint32_t *code = memory_resize(p->code, capacity * 4);
    if (UNLIKELY(!code)) {
      no_memory(t);
      return;
    }
    p->code = code;
    p->capacity = capacity;
  }
  p->code[p->size++] = word;
}
static uint32_t here(const Translator *t) { return (uint32_t)t->p->size; }
static void patch(Translator *t, uint32_t at) {
  if (LIKELY(at < t->p->size)) t->p->code[at] = here(t);
}

static SreSet *set_add(Translator *t, uint32_t *index) {
  static SreSet nonsense;
  SreProgram *p = t->p;
  if (p->set_count == p->set_capacity) {
    size_t capacity = p->set_capacity ? p->set_capacity * 2 : 8;
    SreSet *sets = memory_resize(p->sets, capacity * sizeof *sets);
    if (UNLIKELY(!sets)) {
      no_memory(t);
      *index = 0;
      return &nonsense;
    }
    p->sets = sets;
    p->set_capacity = capacity;
  }
  SreSet *set = &p->sets[p->set_count];
  memset(set, 0, sizeof *set);
  *index = (uint32_t)p->set_count++;
  return set;
}

/* ---- checking re's code */

static bool fail(Translator *t) {
  t->bad = true;
  return false;
}
static bool need(Translator *t, size_t i, size_t n, size_t end) {
  return (i <= end && n <= end - i) || fail(t);
}

/* The skip word at i: where it leads, at most `end`. */
static size_t skip_from(Translator *t, size_t i, size_t end) {
  if (!need(t, i, 1, end)) return end;
  size_t skip = t->in[i];
  if (skip > end - i) return fail(t), end;
  return i + skip;
}

/* A charset in [i, end) whose last item is FAILURE. */
static bool check_charset(Translator *t, size_t i, size_t end) {
  while (i < end) {
    switch (t->in[i++]) {
    case OP_FAILURE: return i == end || fail(t);
    case OP_NEGATE: break;
    case OP_LITERAL: i++; break;
    case OP_CATEGORY:
      if (i >= end || t->in[i] >= CATEGORY_COUNT) return fail(t);
      i++;
      break;
    case OP_RANGE:
    case OP_RANGE_UNI_IGNORE: i += 2; break;
    case OP_CHARSET: i += 8; break;
    case OP_BIGCHARSET: {
      if (!need(t, i, 65, end)) return false;
      size_t blocks = t->in[i];
      const uint8_t *map = (const uint8_t *)(t->in + i + 1);
      for (int k = 0; k < 256; k++)
        if (map[k] >= blocks) return fail(t);
      if (blocks > 256) return fail(t);
      i += 65 + blocks * 8;
      break;
    }
    default: return fail(t);
    }
  }
  return fail(t);
}

/* ---- units: tests of one character */

typedef struct Unit {
  SreUnit kind;
  uint32_t arg;
} Unit;

static void set_tabulate(SreSet *set) {
  if (set->locale) return;
  uint8_t high = set->high;
  set->high = HIGH_TEST;
  if (set->literal) {
    for (uint32_t c = 0; c < 256; c++) set->table[c] = sre_set_ask(set, c);
  } else {
    bool has[256];
    sre_charset_tabulate(set->code, has);
    for (uint32_t c = 0; c < 256; c++) {
      uint32_t lower = sre_lower(set->fold, c);
      set->table[c] = lower < 256 ? has[lower] : sre_set_ask(set, c);
    }
  }
  set->high = high;
}

/* What a charset says past 255 when it is the same for all of it; HIGH_TEST otherwise. */
static SreHigh charset_high(const uint32_t *code) {
  bool negate = false;
  for (;;) {
    switch (*code++) {
    case OP_FAILURE: return negate ? HIGH_ALL : HIGH_NONE;
    case OP_NEGATE: negate = !negate; break;
    case OP_LITERAL:
      if (*code++ >= 256) return HIGH_TEST;
      break;
    case OP_RANGE:
      if (code[1] >= 256) return HIGH_TEST;
      code += 2;
      break;
    case OP_CHARSET: code += 8; break;
    case OP_CATEGORY: {
      uint32_t category = *code++;
      if (category > CATEGORY_WORD || (category & 1)) return HIGH_TEST;
      break;
    }
    default: return HIGH_TEST;
    }
  }
}

static Unit literal_fold(Translator *t, uint32_t c, SreFold fold, bool negated,
                         const uint32_t *at) {
  Unit unit = {UNIT_SET, 0};
  SreSet *set = set_add(t, &unit.arg);
  set->fold = fold, set->literal = true, set->negated = negated, set->code = at;
  set->locale = fold == FOLD_LOCALE;
  set->high = fold == FOLD_ASCII && c < 128 ? (negated ? HIGH_ALL : HIGH_NONE) : HIGH_TEST;
  set_tabulate(set);
  return unit;
}

static Unit charset(Translator *t, size_t i, size_t end, SreFold fold) {
  Unit unit = {UNIT_SET, 0};
  if (!check_charset(t, i, end)) return unit;
  SreSet *set = set_add(t, &unit.arg);
  set->fold = fold, set->code = t->in + i, set->locale = fold == FOLD_LOCALE;
  for (const uint32_t *code = set->code; *code == OP_CATEGORY || *code == OP_NEGATE;
       code += *code == OP_CATEGORY ? 2 : 1)
    if (*code == OP_CATEGORY && (code[1] == CATEGORY_LOC_WORD || code[1] == CATEGORY_LOC_NOT_WORD))
      set->locale = true;
  set->high = fold == FOLD_NONE || fold == FOLD_ASCII ? charset_high(set->code) : HIGH_TEST;
  /* any mention is enough: being slow is always right */
  for (size_t k = i; k + 1 < end && !set->locale; k++)
    if (t->in[k] == OP_CATEGORY &&
        (t->in[k + 1] == CATEGORY_LOC_WORD || t->in[k + 1] == CATEGORY_LOC_NOT_WORD))
      set->locale = true;
  set_tabulate(set);
  return unit;
}

/* The unit at *i, which moves behind it; false: it is something else. */
/* How a test of LITERAL…, NOT_LITERAL… or IN… compares letters of two cases. */
static SreFold fold_of(uint32_t op) {
  switch (op) {
  case OP_LITERAL_IGNORE:
  case OP_NOT_LITERAL_IGNORE:
  case OP_IN_IGNORE: return FOLD_ASCII;
  case OP_LITERAL_LOC_IGNORE:
  case OP_NOT_LITERAL_LOC_IGNORE:
  case OP_IN_LOC_IGNORE: return FOLD_LOCALE;
  case OP_LITERAL_UNI_IGNORE:
  case OP_NOT_LITERAL_UNI_IGNORE:
  case OP_IN_UNI_IGNORE: return FOLD_UNICODE;
  default: return FOLD_NONE;
  }
}

static Unit category_unit(Translator *t, uint32_t category) {
  static uint32_t programs[CATEGORY_COUNT][3];
  Unit unit = {UNIT_SET, 0};
  SreSet *set = set_add(t, &unit.arg);
  programs[category][0] = OP_CATEGORY, programs[category][1] = category,
  programs[category][2] = OP_FAILURE;
  set->code = programs[category];
  set->locale = category == CATEGORY_LOC_WORD || category == CATEGORY_LOC_NOT_WORD;
  set->high = charset_high(set->code);
  set_tabulate(set);
  return unit;
}

static bool unit_at_code(Translator *t, size_t *i, size_t end, Unit *unit) {
  uint32_t op = t->in[*i];
  SreFold fold = fold_of(op);
  switch (op) {
  case OP_ANY:
    *i += 1;
    *unit = (Unit){UNIT_ANY, 0};
    return true;
  case OP_ANY_ALL:
    *i += 1;
    *unit = (Unit){UNIT_ANY_ALL, 0};
    return true;
  case OP_LITERAL:
  case OP_NOT_LITERAL:
  case OP_LITERAL_IGNORE:
  case OP_NOT_LITERAL_IGNORE:
  case OP_LITERAL_LOC_IGNORE:
  case OP_NOT_LITERAL_LOC_IGNORE:
  case OP_LITERAL_UNI_IGNORE:
  case OP_NOT_LITERAL_UNI_IGNORE: {
    if (!need(t, *i, 2, end)) return false;
    const uint32_t *at = t->in + *i + 1;
    *i += 2;
    bool negated = op == OP_NOT_LITERAL || op == OP_NOT_LITERAL_IGNORE ||
                   op == OP_NOT_LITERAL_LOC_IGNORE || op == OP_NOT_LITERAL_UNI_IGNORE;
    *unit = fold == FOLD_NONE ? (Unit){negated ? UNIT_NOT_CHAR : UNIT_CHAR, *at}
                              : literal_fold(t, *at, fold, negated, at);
    return true;
  }
  case OP_IN:
  case OP_IN_IGNORE:
  case OP_IN_LOC_IGNORE:
  case OP_IN_UNI_IGNORE: {
    size_t to = skip_from(t, *i + 1, end);
    *unit = charset(t, *i + 2, to, fold);
    *i = to;
    return !t->bad;
  }
  case OP_CATEGORY:
    if (!need(t, *i, 2, end) || t->in[*i + 1] >= CATEGORY_COUNT) return fail(t);
    *unit = category_unit(t, t->in[*i + 1]);
    *i += 2;
    return true;
  default: return false;
  }
}

/* ---- sequences */

static size_t sequence(Translator *t, size_t i, size_t end);

/* A run of LITERALs becomes one string. */
static size_t literals(Translator *t, size_t i, size_t end) {
  uint32_t n = 0;
  for (size_t k = i; k + 1 < end && t->in[k] == OP_LITERAL; k += 2) n++;
  if (!n) return fail(t), end;
  if (n == 1) emit(t, RE_UNIT), emit(t, UNIT_CHAR), emit(t, t->in[i + 1]);
  else {
    emit(t, RE_STRING);
    emit(t, n);
    for (uint32_t k = 0; k < n; k++) emit(t, t->in[i + 1 + 2 * k]);
  }
  return i + 2 * n;
}

/* A repeat of one unit. */
static size_t repeat_one(Translator *t, size_t i, size_t end) {
  uint32_t op = t->in[i];
  if (!need(t, i, 5, end)) return end;
  size_t to = skip_from(t, i + 1, end), at = i + 4;
  uint32_t min = t->in[i + 2], max = t->in[i + 3];
  if (min > max) return fail(t), end;
  Unit unit;
  if (!unit_at_code(t, &at, to, &unit)) return fail(t), end;
  if (at + 1 != to || t->in[at] != OP_SUCCESS) return fail(t), end;
  emit(t, op == OP_MIN_REPEAT_ONE ? RE_REPEAT_LAZY : RE_REPEAT);
  emit(t, unit.kind);
  emit(t, unit.arg);
  emit(t, min);
  emit(t, max);
  emit(t, UINT32_MAX); /* next: found when all is there */
  if (op != OP_MIN_REPEAT_ONE) emit(t, op == OP_POSSESSIVE_REPEAT_ONE);
  return to;
}

static size_t repeat(Translator *t, size_t i, size_t end) {
  if (!need(t, i, 5, end)) return end;
  size_t to = skip_from(t, i + 1, end);
  uint32_t min = t->in[i + 2], max = t->in[i + 3];
  if (to >= end || min > max) return fail(t), end;
  bool greedy = t->in[to] == OP_MAX_UNTIL;
  if (!greedy && t->in[to] != OP_MIN_UNTIL) return fail(t), end;
  if (min == 0 && max == 1) { /* an option needs no counter */
    emit(t, greedy ? RE_TRY : RE_TRY_LAZY);
    uint32_t other = here(t);
    emit(t, 0);
    if (sequence(t, i + 4, to) != to) return fail(t), end;
    patch(t, other);
    return to + 1;
  }
  uint32_t slot = t->p->slots++;
  emit(t, RE_LOOP_INIT);
  emit(t, slot);
  uint32_t until = here(t);
  emit(t, 0);
  uint32_t body = here(t);
  if (sequence(t, i + 4, to) != to) return fail(t), end;
  patch(t, until);
  emit(t, greedy ? RE_LOOP_MAX : RE_LOOP_MIN);
  emit(t, slot);
  emit(t, min);
  emit(t, max);
  emit(t, body);
  return to + 1;
}

static size_t possessive_repeat(Translator *t, size_t i, size_t end) {
  if (!need(t, i, 5, end)) return end;
  size_t to = skip_from(t, i + 1, end);
  uint32_t min = t->in[i + 2], max = t->in[i + 3];
  if (to >= end || t->in[to] != OP_SUCCESS) return fail(t), end;
  uint32_t slot = t->p->slots++;
  emit(t, RE_POSSESSIVE_INIT);
  emit(t, slot);
  uint32_t head = here(t);
  emit(t, RE_POSSESSIVE);
  emit(t, slot);
  emit(t, min);
  emit(t, max);
  uint32_t out = here(t);
  emit(t, 0);
  if (sequence(t, i + 4, to) != to) return fail(t), end;
  emit(t, RE_POSSESSIVE_END);
  emit(t, slot);
  emit(t, min);
  emit(t, head);
  emit(t, here(t) + 1);
  patch(t, out);
  return to + 1;
}

#include "branch.inc"

static size_t lookaround(Translator *t, size_t i, size_t end) {
  bool negative = t->in[i] == OP_ASSERT_NOT;
  if (!need(t, i, 4, end)) return end;
  size_t to = skip_from(t, i + 1, end);
  if (to < i + 4 || t->in[to - 1] != OP_SUCCESS) return fail(t), end;
  emit(t, negative ? RE_AHEAD_NOT : RE_AHEAD);
  emit(t, t->in[i + 2]);
  uint32_t tail = here(t);
  if (negative) emit(t, 0);
  if (sequence(t, i + 3, to - 1) != to - 1) return fail(t), end;
  emit(t, negative ? RE_AHEAD_NOT_END : RE_AHEAD_END);
  if (negative) patch(t, tail);
  return to;
}

static size_t atomic(Translator *t, size_t i, size_t end) {
  size_t to = skip_from(t, i + 1, end);
  if (t->bad || to < i + 3 || t->in[to - 1] != OP_SUCCESS) return fail(t), end;
  emit(t, RE_ATOMIC);
  if (sequence(t, i + 2, to - 1) != to - 1) return fail(t), end;
  emit(t, RE_ATOMIC_END);
  return to;
}

static size_t group_exists(Translator *t, size_t i, size_t end) {
  if (!need(t, i, 3, end) || t->in[i + 1] >= t->groups) return fail(t), end;
  size_t at = i + 2, no = at + t->in[at] - 1;
  if (t->in[at] < 2 || no > end) return fail(t), end;
  emit(t, RE_GROUP_EXISTS);
  emit(t, t->in[i + 1]);
  uint32_t otherwise = here(t);
  emit(t, 0);
  size_t stop = sequence(t, at + 1, no);
  if (stop == no) {
    patch(t, otherwise);
    return no;
  }
  /* a JUMP over the other part */
  if (t->bad || stop + 2 != no || t->in[stop] != OP_JUMP) return fail(t), end;
  size_t to = skip_from(t, stop + 1, end);
  emit(t, RE_JUMP);
  uint32_t jump = here(t);
  emit(t, 0);
  patch(t, otherwise);
  if (sequence(t, no, to) != to) return fail(t), end;
  patch(t, jump);
  return to;
}

/* Translates [i, end); stops at `end` or at a JUMP of the construct around. */
static size_t sequence(Translator *t, size_t i, size_t end) {
  while (i < end && !t->bad) {
    uint32_t op = t->in[i];
    Unit unit;
    switch (op) {
    case OP_JUMP: return i;
    case OP_LITERAL: i = literals(t, i, end); break;
    case OP_MARK:
      if (!need(t, i, 2, end) || t->in[i + 1] >= 2 * t->groups) return fail(t), end;
      emit(t, RE_MARK);
      emit(t, t->in[i + 1]);
      i += 2;
      break;
    case OP_AT:
      if (!need(t, i, 2, end) || t->in[i + 1] > AT_UNI_NON_BOUNDARY) return fail(t), end;
      emit(t, RE_AT);
      emit(t, t->in[i + 1]);
      i += 2;
      break;
    case OP_REPEAT_ONE:
    case OP_MIN_REPEAT_ONE:
    case OP_POSSESSIVE_REPEAT_ONE: i = repeat_one(t, i, end); break;
    case OP_REPEAT: i = repeat(t, i, end); break;
    case OP_POSSESSIVE_REPEAT: i = possessive_repeat(t, i, end); break;
    case OP_BRANCH: i = branch(t, i, end); break;
    case OP_ASSERT:
    case OP_ASSERT_NOT: i = lookaround(t, i, end); break;
    case OP_ATOMIC_GROUP: i = atomic(t, i, end); break;
    case OP_GROUPREF:
    case OP_GROUPREF_IGNORE:
    case OP_GROUPREF_LOC_IGNORE:
    case OP_GROUPREF_UNI_IGNORE:
      if (!need(t, i, 2, end) || t->in[i + 1] >= t->groups) return fail(t), end;
      emit(t, RE_GROUP);
      emit(t, t->in[i + 1]);
      emit(t, op == OP_GROUPREF              ? FOLD_NONE
              : op == OP_GROUPREF_IGNORE     ? FOLD_ASCII
              : op == OP_GROUPREF_LOC_IGNORE ? FOLD_LOCALE
                                             : FOLD_UNICODE);
      i += 2;
      break;
    case OP_GROUPREF_EXISTS: i = group_exists(t, i, end); break;
    case OP_FAILURE:
      emit(t, RE_FAIL);
      i++;
      break;
    case OP_SUCCESS:
      emit(t, RE_SUCCESS);
      i++;
      break;
    default:
      if (!unit_at_code(t, &i, end, &unit)) return fail(t), end;
      emit(t, RE_UNIT);
      emit(t, unit.kind);
      emit(t, unit.arg);
    }
  }
  return i;
}

/* ---- what comes first */

typedef struct First {
  uint8_t table[256];
  bool high; /* some code point past 255 */
} First;

static void first_add(First *f, const SreProgram *p, uint32_t unit, uint32_t arg) {
  switch (unit) {
  case UNIT_CHAR:
    if (arg < 256) f->table[arg] = 1;
    else f->high = true;
    break;
  case UNIT_NOT_CHAR:
  case UNIT_ANY:
    for (uint32_t c = 0; c < 256; c++) f->table[c] |= c != (unit == UNIT_ANY ? '\n' : arg);
    f->high = true;
    break;
  case UNIT_ANY_ALL:
    memset(f->table, 1, 256);
    f->high = true;
    break;
  default: {
    const SreSet *set = &p->sets[arg];
    for (uint32_t c = 0; c < 256; c++) f->table[c] |= set->locale || set->table[c];
    f->high |= set->locale || set->high != HIGH_NONE;
  }
  }
}

/* Adds the characters that can come next at pc; false: perhaps none is needed, or it is too hard to
** say. `budget` bounds the steps: every option doubles the ways. Past the end of an atomic group it
** looks only `out` times, and when the group began behind pc: what follows an atomic group decides
** nothing inside. */
static bool first_at(const SreProgram *p, uint32_t pc, First *f, int out, int *budget) {
  for (;;) {
    const uint32_t *c = p->code + pc;
    if (--*budget < 0) return false;
    switch (c[0]) {
    case RE_UNIT: first_add(f, p, c[1], c[2]); return true;
    case RE_STRING: first_add(f, p, UNIT_CHAR, c[2]); return true;
    case RE_AT:
    case RE_MARK:
    case RE_POSSESSIVE_INIT: pc += 2; break;
    case RE_JUMP: pc = c[1]; break;
    case RE_TRY:
    case RE_TRY_LAZY:
    case RE_TRY_SET:
      if (!first_at(p, c[1], f, out, budget)) return false;
      pc += c[0] == RE_TRY_SET ? 3 : 2;
      break;
    case RE_REPEAT:
    case RE_REPEAT_LAZY:
      if (c[4]) first_add(f, p, c[1], c[2]);
      if (c[3]) return true;
      pc += c[0] == RE_REPEAT ? 7 : 6;
      break;
    case RE_LOOP_INIT: {
      const uint32_t *until = p->code + c[2];
      if (!first_at(p, until[4], f, out, budget)) return false;
      if (until[2]) return true;
      pc = c[2] + 5;
      break;
    }
    case RE_LOOP_MAX:
    case RE_LOOP_MIN: /* at the end of the body: again, or what follows */
      if (!first_at(p, c[4], f, out, budget)) return false;
      pc += 5;
      break;
    case RE_ATOMIC: out++, pc++; break;
    case RE_ATOMIC_END:
      if (out-- == 0) return false;
      pc++;
      break;
    case RE_AHEAD_NOT: pc = c[2]; break;
    default: return false;
    }
  }
}

static bool first_known(const SreProgram *p, uint32_t pc, First *f, int out) {
  int budget = 200;
  memset(f, 0, sizeof *f);
  return first_at(p, pc, f, out, &budget);
}

static bool unit_disjoint(const SreProgram *p, uint32_t unit, uint32_t arg, const First *next) {
  First mine = {.high = false};
  first_add(&mine, p, unit, arg);
  if (mine.high && next->high) return false;
  for (int c = 0; c < 256; c++)
    if (mine.table[c] && next->table[c]) return false;
  return true;
}

/* The literal that must follow pc, past marks; UINT32_MAX: none is known. */
static uint32_t literal_at(const SreProgram *p, uint32_t pc) {
  for (;;) {
    const uint32_t *c = p->code + pc;
    if (c[0] == RE_MARK) pc += 2;
    else if (c[0] == RE_JUMP) pc = c[1];
    else if (c[0] == RE_STRING) return c[2];
    else return c[0] == RE_UNIT && c[1] == UNIT_CHAR ? c[2] : UINT32_MAX;
  }
}

static bool success_at(const SreProgram *p, uint32_t pc) {
  for (;;) {
    const uint32_t *c = p->code + pc;
    if (c[0] == RE_MARK) pc += 2;
    else if (c[0] == RE_JUMP) pc = c[1];
    else return c[0] == RE_SUCCESS;
  }
}

static size_t op_size(const uint32_t *c) {
  switch (c[0]) {
  case RE_SUCCESS:
  case RE_FAIL:
  case RE_ATOMIC:
  case RE_ATOMIC_END:
  case RE_AHEAD_END:
  case RE_AHEAD_NOT_END: return 1;
  case RE_AT:
  case RE_MARK:
  case RE_JUMP:
  case RE_TRY:
  case RE_TRY_LAZY:
  case RE_AHEAD:
  case RE_POSSESSIVE_INIT: return 2;
  case RE_UNIT:
  case RE_TRY_SET:
  case RE_LOOP_INIT:
  case RE_AHEAD_NOT:
  case RE_GROUP:
  case RE_GROUP_EXISTS: return 3;
  case RE_STRING: return 2 + c[1];
  case RE_REPEAT: return 7;
  case RE_REPEAT_LAZY: return 6;
  default: return 5;
  }
}

enum { MANY = 1 << 20 };
/* Second pass: what follows is known now. */
static void refine(Translator *t) {
  SreProgram *p = t->p;
  for (size_t pc = 0; pc < p->size; pc += op_size(p->code + pc)) {
    uint32_t *c = p->code + pc;
    if (c[0] == RE_REPEAT) {
      c[5] = literal_at(p, (uint32_t)pc + 7);
      First next;
      if (success_at(p, (uint32_t)pc + 7) ||
          (first_known(p, (uint32_t)pc + 7, &next, MANY) && unit_disjoint(p, c[1], c[2], &next)))
        c[6] = 1;
    } else if (c[0] == RE_REPEAT_LAZY) c[5] = literal_at(p, (uint32_t)pc + 6);
    else if (c[0] == RE_TRY_SET) {
      First first;
      if (first_known(p, (uint32_t)pc + 3, &first, 0)) {
        uint32_t index;
        SreSet *set = set_add(t, &index);
        memcpy(set->table, first.table, 256);
        set->high = first.high ? HIGH_ALL : HIGH_NONE;
        p->code[pc + 2] = index;
      }
    }
  }
  First first;
  p->first = -1;
  if (first_known(p, 0, &first, 0)) {
    uint32_t index;
    SreSet *set = set_add(t, &index);
    memcpy(set->table, first.table, 256);
    set->high = first.high ? HIGH_ALL : HIGH_NONE;
    p->first = (int32_t)index;
  }
  size_t pc = 0;
  while (p->code[pc] == RE_MARK) pc += 2;
  p->anchored = p->code[pc] == RE_AT &&
                (p->code[pc + 1] == AT_BEGINNING || p->code[pc + 1] == AT_BEGINNING_STRING);
}

/* The block in front: width and prefix. */
static size_t info(Translator *t) {
  if (!t->size || t->in[0] != OP_INFO) return 0;
  size_t to = skip_from(t, 1, t->size);
  if (t->bad || to < 5) return fail(t), 0;
  t->p->min_width = t->in[3];
  if (t->in[2] & INFO_PREFIX) {
    if (!need(t, 5, 2, to) || !need(t, 7, t->in[5], to)) return 0;
    t->p->prefix = (uint32_t *)t->in + 7;
    t->p->prefix_size = t->in[5];
    t->p->literal = (t->in[2] & INFO_LITERAL) != 0;
  }
  return to;
}

SreProgram *sre_translate(VM *vm, uint32_t *source, size_t size, uint32_t groups) {
  SreProgram *p = memory_take_zeroed(1, sizeof *p);
  if (!p) return free(source), raise_memory(vm), NULL;
  p->source = source, p->source_size = size, p->groups = groups;
  Translator t = {.p = p, .in = source, .size = size, .groups = groups};
  size_t start = info(&t);
  /* the last word is an instruction of its own, not the operand of one before */
  if (size <= start || source[size - 1] != OP_SUCCESS) t.bad = true;
  if (!t.bad && sequence(&t, start, size - 1) != size - 1) t.bad = true;
  emit(&t, RE_SUCCESS);
  if (!t.bad) refine(&t);
  if (t.bad) {
    sre_program_destroy(p);
    if (t.without_memory) raise_memory(vm);
    else raise_error(vm, TYPE_OF(RuntimeError), "invalid SRE code");
    return NULL;
  }
  return p;
}

void sre_program_destroy(SreProgram *p) {
  if (!p) return;
  free(p->code);
  free(p->sets);
  free(p->source);
  free(p);
}
