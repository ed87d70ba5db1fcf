/* tree.h -- a regular expression as the library's parser sees it (re._parser of 3.11), made in
** C.
**
** Law: what is made here and in generate.c is word for word what the library's own modules make
** (tests/modules/re_compiler.py compares them). Whatever they refuse, warn of, or what is rare, is
** theirs: everything here gives up then, by arena_fail. */
#ifndef KRAIT_SRE_TREE_H
#define KRAIT_SRE_TREE_H

#include "vm/base/arena.h"
#include "vm/modules/sre/opcodes.h"

/* re's flags, as numbers */
enum {
  RE_IGNORECASE = 2,
  RE_MULTILINE = 8,
  RE_DOTALL = 16,
  RE_UNICODE = 32,
  RE_VERBOSE = 64,
  RE_ASCII = 256,
  RE_KNOWN = RE_IGNORECASE | RE_MULTILINE | RE_DOTALL | RE_UNICODE | RE_VERBOSE | RE_ASCII
};

/* Kinds of nodes beside the codes of opcodes.h. */
enum { NODE_MAX_REPEAT = 100, NODE_MIN_REPEAT };
#define RE_MAXREPEAT UINT32_MAX

/* A member of a set: a literal lo, a range lo to hi, a category lo, a negation; a bitmap, once
** generate.c has made one. */
typedef struct SreMember {
  uint32_t op, lo, hi;
  const uint32_t *words; /* [borrowed: the arena] hi of them */
} SreMember;

typedef struct SreSequence SreSequence;
typedef struct SreNode {
  uint32_t op;
  uint32_t low, high;   /* literal, position, group; the bounds of a repetition; ASSERT: behind? */
  uint32_t adds, drops; /* flags of a group */
  SreSequence *sub;     /* [borrowed: the arena] what is grouped or repeated; first alternative */
  SreMember *members;   /* [borrowed: the arena] of a set */
  uint32_t member_count;
} SreNode;

struct SreSequence {
  SreNode *nodes; /* [borrowed: the arena] */
  uint32_t count, capacity;
  SreSequence *next; /* [borrowed: the arena] the alternative behind it */
  bool is_measured;
  uint64_t shortest, longest; /* then: of what it matches */
};

typedef struct SreName {
  struct SreName *next; /* [borrowed: the arena] in the order of the pattern */
  size_t start, length; /* in the pattern */
  uint32_t group;
} SreName;

typedef struct SreGroupWidth {
  bool is_closed;
  uint64_t shortest, longest;
} SreGroupWidth;

typedef struct SreTree {
  Arena *arena;
  const uint32_t *chars; /* [borrowed] the pattern */
  size_t size;
  bool is_text;
  uint32_t flags;        /* in: given; out: with those that the pattern sets */
  uint32_t groups;       /* with group 0 */
  SreGroupWidth *widths; /* [borrowed: the arena] */
  uint32_t width_capacity;
  SreName *names, **last_name; /* [borrowed: the arena] */
  SreSequence *all;            /* [borrowed: the arena] */
} SreTree;

/* sre_parse: fills tree->all; the arguments are in tree, the rest zero. Under arena_run. */
void sre_parse(SreTree *tree);
/* sre_measure: fills shortest and longest. */
void sre_measure(const SreTree *tree, SreSequence *sequence);
/* sre_group_flags: what holds inside a group. */
static inline uint32_t sre_group_flags(const SreNode *group, uint32_t flags) {
  const uint32_t types = RE_ASCII | RE_UNICODE;
  if (group->adds & types) flags &= ~types;
  return (flags | group->adds) & ~group->drops;
}

/* sre_generate: the code of the tree, in the arena. extra: the other lower-case letters of one, up
** to SRE_EXTRA_MAX of them, as re._casefix has them; how many. Under arena_run. */
enum { SRE_EXTRA_MAX = 4 };
typedef uint32_t SreExtraCases(void *data, uint32_t lower, uint32_t extra[SRE_EXTRA_MAX]);
const uint32_t *sre_generate(SreTree *tree, SreExtraCases *extra, void *data, size_t *size);

#endif
