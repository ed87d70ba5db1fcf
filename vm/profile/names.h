/* names.h -- what samples refer to by number: texts, files, code, stacks.
**
** Law: a number is given when its record is in the log, and names only what stands before it. All
** need the log's lock; those marked so are for signal handlers, too: they take no memory. */
#ifndef KRAIT_PROFILE_NAMES_H
#define KRAIT_PROFILE_NAMES_H

#include "vm/contracts/recorder.h"
#include "vm/interp/threaded.h"
#include "vm/profile/format.h"

/* What the VM does itself, as frames. */
typedef enum ActivityName {
#define ACTIVITY(name, text) ACTIVITY_NAME_##name,
#define ACTIVITIES                               \
  ACTIVITY(GC, "garbage collection")             \
  ACTIVITY(COMPILE, "compile")                   \
  ACTIVITY(CACHE, "read from the cache")         \
  ACTIVITY(IMPORT, "import")                     \
  ACTIVITY(LOCK, "wait for the lock of threads") \
  ACTIVITY(BLOCKED, "blocked")                   \
  ACTIVITY(RECORD, "recording")                  \
  ACTIVITY(CUT, "frames left out")               \
  ACTIVITY(UNKNOWN, "unknown code")
  ACTIVITIES
#undef ACTIVITY
      ACTIVITY_NAME_COUNT
} ActivityName;

/* a STACK whose instruction is not known, of code that has some */
#define INSN_UNKNOWN UINT32_MAX

MUST_USE bool names_init(void); /* false: no memory */
bool names_begin(void);         /* the activities, in a new log; false: it is over */

/* 0: the log is over, or a table is full until names_grow. In handlers too. */
uint32_t name_string(const char *text, size_t size);
uint32_t name_native(const NativeFunction *function);
uint32_t name_class(const Type *type);
uint32_t name_activity(ActivityName activity);
uint32_t name_stack(uint32_t caller, uint32_t code, uint32_t insn);
/* names_want: names_grow or names_write_sources has something to do. In handlers too. */
bool names_want(void);

void names_grow(void);
/* name_code: takes and gives the lock itself. 0: without memory, or the log is over. */
uint32_t name_code(VM *vm, const ThreadedCode *code);
/* names_write_sources: of the files that samples have met; takes and gives the lock itself. */
void names_write_sources(void);

#endif
