/* match.c -- runs Programs over text: the stack and its barriers, and the matcher (match.inc) for
** each width. */
#include "vm/base/memory.h"
#include "vm/base/search.h"
#include "vm/contracts/poll.h"
#include "vm/modules/sre/opcodes.h"
#include "vm/modules/sre/sre.h"

#include <stdlib.h>

/* Kinds of SreEntry. pc: the upper bits of kind_pc. */
enum {
  TRY_AT,      /* go to pc at a */
  UNDO_MARK,   /* mark pc was a, lastindex n */
  UNDO_LOOP,   /* loop pc had count n and last a */
  LOOP_OUT,    /* leave the loop whose end is at pc, at a; count n and last b before */
  LOOP_IN,     /* enter the body of it */
  GIVE_BACK,   /* a run at pc, from low a to b: one less */
  TAKE_MORE,   /* a run at pc, up to a, limit b: one more */
  BARRIER,     /* start of what is atomic; a where, b the barrier around */
  BARRIER_NOT, /* the same, but failing inside goes to pc at a */
};

static COLD bool stack_grow(SreState *s) {
  size_t capacity = s->capacity * 2;
  bool inside = s->stack == s->stack_room;
  SreEntry *stack = capacity < ((size_t)1 << 34)
                        ? memory_resize(inside ? NULL : s->stack, capacity * sizeof *stack)
                        : NULL;
  if (!stack) return raise_memory(s->vm), false;
  if (inside) memcpy(stack, s->stack_room, sizeof s->stack_room);
  s->stack = stack;
  s->capacity = capacity;
  return true;
}

static COLD void panic_program(void) {
  panic("regular expression program with an unknown operation");
}

/* Nothing has matched: after a match, before the next. */
static void state_reset(SreState *s) {
  for (uint32_t k = 0; k < 2 * s->program->groups; k++) s->marks[k] = -1;
  s->dirty = false;
}

/* What is behind the barrier has matched for good: drops what else could be tried, keeps what must
** be put back. */
static void barrier_cut(SreState *s) {
  size_t at = s->barrier - 1, kept = at;
  size_t outer = (size_t)s->stack[at].b;
  for (size_t k = at + 1; k < s->used; k++) {
    SreEntry e = s->stack[k];
    uint32_t kind = e.kind_pc & 31;
    if (kind == LOOP_OUT || kind == LOOP_IN) { /* keep its counter */
      uint32_t slot = s->program->code[(e.kind_pc >> 5) + 1];
      e = (SreEntry){UNDO_LOOP | slot << 5, e.n, e.b, 0};
      s->stack[kept++] = e;
    } else if (kind == UNDO_MARK || kind == UNDO_LOOP) s->stack[kept++] = e;
  }
  s->used = kept;
  s->barrier = outer;
}

/* Puts everything behind the barrier back and removes it. */
static void barrier_undo(SreState *s) {
  size_t at = s->barrier - 1;
  while (s->used > at + 1) {
    const SreEntry *e = &s->stack[--s->used];
    uint32_t pc = e->kind_pc >> 5;
    switch (e->kind_pc & 31) {
    case UNDO_MARK: s->marks[pc] = e->a, s->lastindex = (int32_t)e->n; break;
    case UNDO_LOOP: s->loops[pc] = (SreLoop){.last = e->a, .count = e->n}; break;
    case LOOP_OUT:
    case LOOP_IN:
      s->loops[s->program->code[pc + 1]] = (SreLoop){.last = e->b, .count = e->n};
      break;
    default: break;
    }
  }
  s->barrier = (size_t)s->stack[at].b;
  s->used = at;
}

/* Where the program's prefix next is, from s->start. *whole: was all of it compared? */
static size_t find_prefix(const SreState *s, bool *whole) {
  const SreProgram *p = s->program;
  const uint8_t *from = (const uint8_t *)s->text + s->start * s->unit;
  size_t n = (size_t)(s->end - s->start), m = p->prefix_size;
  uint32_t widest = s->unit == 1 ? 0xFF : s->unit == 2 ? 0xFFFF : UINT32_MAX;
  for (size_t k = 0; k < m; k++)
    if (p->prefix[k] > widest) return SEARCH_NONE;
  *whole = true;
  if (m == 1) return search_unit(from, n, p->prefix[0], s->unit);
  uint8_t room[256];
  if (s->unit == 4) return search(from, n, p->prefix, m, 4);
  /* a part of a long one will do … */
  size_t use = m * (size_t)s->unit <= sizeof room ? m : sizeof room / (size_t)s->unit;
  /* … unless nobody looks at the rest */
  uint8_t *all = use < m && p->literal ? memory_take(m * (size_t)s->unit) : NULL;
  if (all) {
    for (size_t k = 0; k < m; k++)
      if (s->unit == 1) all[k] = (uint8_t)p->prefix[k];
      else ((uint16_t *)all)[k] = (uint16_t)p->prefix[k];
    size_t found = search(from, n, all, m, s->unit);
    free(all);
    return found;
  }
  *whole = use == m;
  for (size_t k = 0; k < use; k++)
    if (s->unit == 1) room[k] = (uint8_t)p->prefix[k];
    else ((uint16_t *)room)[k] = (uint16_t)p->prefix[k];
  return search(from, n, room, use, s->unit);
}

#define CHAR uint8_t
#define FN(x) x##_1
#include "vm/modules/sre/match.inc"
#define CHAR uint16_t
#define FN(x) x##_2
#include "vm/modules/sre/match.inc"
#define CHAR uint32_t
#define FN(x) x##_4
#include "vm/modules/sre/match.inc"

Answer sre_match_at(SreState *s) {
  if (s->start + (int64_t)s->program->min_width > s->end) return ANSWER_NO;
  return s->unit == 1 ? match_at_1(s) : s->unit == 2 ? match_at_2(s) : match_at_4(s);
}

Answer sre_search(SreState *s) {
  if (!vm_listen(s->vm)) return ANSWER_FAILED;
  return s->unit == 1 ? search_1(s) : s->unit == 2 ? search_2(s) : search_4(s);
}
