/* sre.h -- the regular-expression engine behind the library's `re`.
**
** re/_compiler.py gives _sre.compile a list of numbers in its own code; translate.c turns it into a
** Program, match.c runs that. A program is a list of words: an operation and its operands. Single
** characters are tested by Sets (a table for the first 256 code points, a slow test past them), so
** that one text width never pays for another.
**
** Matching is backtracking without C recursion: a heap-allocated stack of Entries holds, newest
** last, what to try next and what to put back. Law: undoing every entry restores marks and loop
** counters to what they were when the oldest of them was pushed; so a failed attempt leaves the
** state as it found it. */
#ifndef KRAIT_SRE_H
#define KRAIT_SRE_H

#include "vm/contracts/buffer.h"
#include "vm/contracts/error.h"
#include "vm/objects/dict.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

enum {
  SRE_MAGIC = 20220615,
  SRE_MAX_GROUPS = 0x3FFFFFFF,
  SRE_FLAG_TEMPLATE = 1,
  SRE_FLAG_IGNORECASE = 2,
  SRE_FLAG_LOCALE = 4,
  SRE_FLAG_MULTILINE = 8,
  SRE_FLAG_DOTALL = 16,
  SRE_FLAG_UNICODE = 32,
  SRE_FLAG_VERBOSE = 64,
  SRE_FLAG_DEBUG = 128,
  SRE_FLAG_ASCII = 256,
};
#define SRE_UNBOUNDED UINT32_MAX /* a repeat without upper limit */

/* ---- programs */

typedef enum SreOp {
  RE_SUCCESS, /*                                  the pattern has matched */
  RE_FAIL,
  RE_UNIT,   /* unit arg                         one character */
  RE_STRING, /* n c0 … */
  RE_AT,     /* code */
  RE_MARK,   /* index */
  RE_JUMP,   /* to */
  RE_TRY,    /* other                            go on; if that fails, go to `other` */
  /* other set                        … but straight to `other` if the next character is not in
  **                                  set */
  RE_TRY_SET,
  RE_TRY_LAZY, /* other                            go to `other`; if that fails, go on */
  /* unit arg min max next possessive a run of one kind of character, as long as can be */
  RE_REPEAT,
  RE_REPEAT_LAZY, /* unit arg min max next            … as short as can be */
  RE_LOOP_INIT,   /* slot until                       go to `until` with a fresh counter */
  RE_LOOP_MAX,    /* slot min max body                end of a loop's body */
  RE_LOOP_MIN,    /* slot min max body */
  /*                                  until RE_ATOMIC_END nothing inside is tried again */
  RE_ATOMIC,
  RE_ATOMIC_END,
  RE_AHEAD, /* back                             lookaround: the position comes back */
  RE_AHEAD_END,
  RE_AHEAD_NOT, /* back tail */
  RE_AHEAD_NOT_END,
  RE_POSSESSIVE_INIT, /* slot */
  RE_POSSESSIVE,      /* slot min max exit */
  RE_POSSESSIVE_END,  /* slot min head exit */
  RE_GROUP,           /* group fold                       what the group matched, again */
  RE_GROUP_EXISTS,    /* group otherwise */
} SreOp;

typedef enum SreUnit { UNIT_CHAR, UNIT_NOT_CHAR, UNIT_ANY, UNIT_ANY_ALL, UNIT_SET } SreUnit;
typedef enum SreFold { FOLD_NONE, FOLD_ASCII, FOLD_UNICODE, FOLD_LOCALE } SreFold;
/* code points past 255: none, all, or ask */
typedef enum SreHigh { HIGH_NONE, HIGH_ALL, HIGH_TEST } SreHigh;

typedef struct SreSet {
  uint8_t table[256];
  uint8_t high, fold;   /* SreHigh, SreFold: applied before asking */
  bool locale;          /* the table is not valid: ask for every character */
  bool literal;         /* code[0] is one character, not a charset */
  bool negated;         /* of a literal */
  const uint32_t *code; /* [borrowed: program] charset in re's own code */
  /* The page of 256 code points that was asked for last, once it was asked for often in a row
  ** (perf-notes/0071); 0: none, as the table has that one. */
  uint32_t page, asked_page, asked;
  uint32_t in_page[8]; /* a bit each */
} SreSet;

typedef struct SreProgram {
  uint32_t *code; /* [owned] words */
  size_t size, capacity;
  SreSet *sets; /* [owned] */
  size_t set_count, set_capacity;
  uint32_t *source; /* [owned] re's code */
  size_t source_size;
  uint32_t slots; /* loops */
  uint32_t groups;
  uint32_t min_width; /* characters that a match takes at least */
  uint32_t *prefix;   /* [borrowed: source] characters that every match starts with */
  uint32_t prefix_size;
  bool literal;  /* the prefix is the whole pattern */
  bool anchored; /* can only match at the start of the text */
  int32_t first; /* set of possible first characters, or -1 */
} SreProgram;

/* sre_translate: NULL and RuntimeError "invalid SRE code" if `source` makes no sense. Owns: takes
** `source` (malloc'd). */
MUST_USE SreProgram *sre_translate(VM *vm, uint32_t *source, size_t size, uint32_t groups);
void sre_program_destroy(SreProgram *program);
/* sre_pattern_make: the pattern object of re's code. Owns: takes `words` (malloc'd). */
typedef struct SrePatternParts {
  Value pattern; /* str, bytes-like, or None */
  int64_t flags;
  uint32_t groups;
  Value groupindex;
  Tuple *indexgroup; /* [borrowed: the caller] */
} SrePatternParts;
MUST_USE Value sre_pattern_make(VM *vm, uint32_t *words, size_t size, const SrePatternParts *parts);
/* sre_adopt_compiler: the ImportLibraryHook of re._compiler. */
MUST_USE bool sre_adopt_compiler(VM *vm, Value module, bool is_loaded);

/* ---- characters */
uint32_t sre_lower(SreFold fold, uint32_t c);
/* the first character of the full mapping */
uint32_t sre_upper_unicode(uint32_t c);
/* is c a word character for a boundary code? */
bool sre_at_word(uint32_t code, uint32_t c);
bool sre_set_ask(SreSet *set, uint32_t c); /* the slow test, which learns pages */
/* sre_charset_tabulate: which of the first 256 characters a charset in re's own code has. */
void sre_charset_tabulate(const uint32_t *code, bool has[256]);
static inline bool sre_set_has(SreSet *set, uint32_t c) {
  if (LIKELY(c < 256 && !set->locale)) return set->table[c];
  if (c >> 8 == set->page && c >= 256) return set->in_page[c / 32 % 8] >> (c % 32) & 1;
  return sre_set_ask(set, c);
}

/* ---- matching */

typedef struct SreEntry {
  uint32_t kind_pc; /* low 5 bits: kind */
  uint32_t n;
  int64_t a, b;
} SreEntry;

typedef struct SreLoop {
  int64_t last;
  uint32_t count;
} SreLoop;

enum { SRE_STACK_ROOM = 64, SRE_MARK_ROOM = 20, SRE_LOOP_ROOM = 4 };

/* Points into itself: never copied. */
typedef struct SreState {
  VM *vm;
  const SreProgram *program;
  const void *text;   /* [borrowed: string] */
  int unit;           /* bytes a character: 1, 2, 4 */
  int64_t start, end; /* where to begin, and the end of what is seen */
  int64_t position;   /* after a match: its end */
  bool full;          /* the match must reach the end */
  bool must_advance;  /* an empty match at `start` does not count */
  bool dirty;         /* marks are those of the last match */
  int32_t lastindex;
  int64_t *marks;  /* [owned, or mark_room] 2 a group, -1: unset */
  SreLoop *loops;  /* [owned, or loop_room] */
  SreEntry *stack; /* [owned, or stack_room] */
  size_t used, capacity, barrier;
  Value string;
  BufferView view;
  bool viewed;
  int64_t mark_room[SRE_MARK_ROOM];
  SreLoop loop_room[SRE_LOOP_ROOM];
  SreEntry stack_room[SRE_STACK_ROOM];
} SreState;

/* sre_match_at: is there a match from state->start? sre_search: the same for the first start that
** matches, which state->start then is. */
MUST_USE MAY_RUN Answer sre_match_at(SreState *state);
MUST_USE MAY_RUN Answer sre_search(SreState *state);

/* ---- objects */

typedef struct SrePattern {
  Object h;
  SreProgram *program; /* [owned] */
  Value pattern;       /* str, bytes or None */
  Value groupindex;
  Tuple *indexgroup; /* [gc] */
  /* the last replacement text of sub() and what it was parsed to */
  Value template_source, template_parts;
  int64_t flags;
  uint32_t groups;
  int8_t is_bytes; /* -1: pattern is None */
} SrePattern;

typedef struct SreMatch {
  Object h;
  Value string;
  SrePattern *pattern; /* [gc] */
  int64_t pos, endpos;
  int32_t lastindex; /* -1: none */
  uint32_t groups;   /* the whole match included */
  int64_t marks[];   /* start and end of each */
} SreMatch;

MUST_USE bool sre_state_init(VM *vm, SreState *state, SrePattern *pattern, Value string,
                             int64_t pos, int64_t endpos);
void sre_state_deinit(SreState *state);
MUST_USE Value sre_match_new(VM *vm, SrePattern *pattern, const SreState *state, int64_t pos,
                             int64_t endpos);
MUST_USE Value sre_slice(VM *vm, Value string, int64_t start, int64_t end);
/* sre_substitute: the text with `count` (0: all) matches replaced; *made: how many were. */
MUST_USE MAY_RUN Value sre_substitute(VM *vm, SrePattern *pattern, Value replacement, Value string,
                                      int64_t count, int64_t *made);
MUST_USE MAY_RUN Value sre_expand(VM *vm, SrePattern *pattern, SreMatch *match, Value template_);

#endif
