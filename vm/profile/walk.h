/* walk.h -- the frames of a thread as a STACK.
**
** Law: nothing is believed: a frame's words must lie in the value stack, its function in the heap,
** its caller below it; else the walk is torn and gives nothing. The log's lock is held. */
#ifndef KRAIT_PROFILE_WALK_H
#define KRAIT_PROFILE_WALK_H

#include "vm/profile/names.h"
#include "vm/profile/place.h"

enum { WALK_MAX = 2000 }; /* frames, the newest; older ones are left out, a thousand at a time */

typedef struct Level {
  const Value *base;
  const InsnCell *pc; /* what it executes; NULL: not known */
  uint32_t code;
  uint32_t leaf;  /* CODE of what C does for it before the frame above begins; 0: nothing */
  uint32_t stack; /* with the leaf */
} Level;

/* What a thread's last walk found, oldest frame first: what is still there need not be looked
** up. */
typedef struct Walker {
  Level *now, *seen; /* [owned] WALK_MAX + 1 of each */
  uint32_t seen_count, seen_root;
} Walker;

typedef struct Walk {
  uint32_t stack; /* 0: there is no frame */
  bool torn;
  bool imprecise;
} Walk;

MUST_USE bool walker_init(Walker *walker); /* false: no memory */
void walker_deinit(Walker *walker);
/* walk_newest: the code of the newest frame; NULL: there is none, or it is torn. */
const ThreadedCode *walk_newest(const ThreadState *state, bool *torn);
/* walk: in a signal handler, or not. */
Walk walk(Walker *walker, const ThreadState *state, Place place);

#endif
