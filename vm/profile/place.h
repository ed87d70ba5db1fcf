/* place.h -- where a thread was when a signal interrupted it: the processor's registers, and the
** instruction of threaded code that they tell of.
**
** `vm->pc` is stored only before what can fail or run Python: of the places that samples hit it
** names another function in every second one. The loop's own pc is in a register, or where the C
** function that it called has saved that register (perf-note 0081). All here is called in a signal
** handler. */
#ifndef KRAIT_PROFILE_PLACE_H
#define KRAIT_PROFILE_PLACE_H

#include "vm/core/vm.h"
#include "vm/interp/threaded.h"

/* SIGNAL_SAFE: reads what may be poisoned: the sanitizer does not look. */
#define SIGNAL_SAFE __attribute__((no_sanitize("address", "undefined")))

enum { MACHINE_SAVED = 10, MACHINE_OTHER = 16 };

typedef struct Machine {
  uintptr_t ip, sp;
  uintptr_t saved[MACHINE_SAVED]; /* callee-saved registers, the one that has pc first */
  uintptr_t other[MACHINE_OTHER];
  uint32_t saved_count, other_count;
  bool blocked; /* it waits in a system call */
} Machine;

/* A place in the code of the newest frame. */
typedef struct Place {
  const InsnCell *pc; /* NULL: the function alone is known */
  bool in_c;          /* a C function works for the instruction */
  bool is_guess;      /* what was stored last, which may be long ago */
} Place;

void place_init(void);
/* machine_read: from what the signal handler was given (ucontext_t *). */
void machine_read(Machine *out, const void *context);
Place place_find(const ThreadState *state, const ThreadedCode *code, const Machine *machine);
/* code_has: is this address a cell of the code, or of its twin? */
bool code_has(const ThreadedCode *code, uintptr_t address);

#endif
