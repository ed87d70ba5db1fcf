/* peg_ops.h -- what an item of a rule does. Private to peg*.c. */
#ifndef KRAIT_PEG_OPS_H
#define KRAIT_PEG_OPS_H

typedef enum PegOp {
  PEG_TOKEN,    /* one token of a kind */
  PEG_SOFT,     /* a name with this text */
  PEG_SOFT_ANY, /* any soft keyword */
  PEG_RULE,
  PEG_GROUP,
  PEG_OPTIONAL,
  PEG_ANY,    /* zero or more */
  PEG_SOME,   /* one or more */
  PEG_GATHER, /* one or more with separators */
  PEG_AND,
  PEG_NOT,
  PEG_CUT,
  PEG_FORCED, /* a token that must come */
} PegOp;

#endif
