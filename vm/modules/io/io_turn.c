/* io_turn.c -- threads that want the same buffered stream take turns: who comes first goes first,
** as else one that writes in a loop would be inside whenever another looks. */
#include "vm/contracts/poll.h"
#include "vm/modules/io/io.h"

#include <sched.h>
#include <unistd.h>

/* So often a stream that nobody is in is left to those before: after that they are gone, with their
** process (a fork) or for good (the end of the program). */
enum { PATIENCE = 200, YIELDS = 20 };

static Answer may_enter(VM *vm, Buffered *self, uint32_t ticket, int idle) {
  if (!self->busy && (ticket == self->serving || vm->finalizing || idle > PATIENCE))
    return ANSWER_YES;
  if (!vm->finalizing) return ANSWER_NO;
  /* its owner was stopped for good, in the middle of a raw call */
  raise_error(
      vm, TYPE_OF(RuntimeError),
      "could not acquire lock for %R at interpreter shutdown, possibly due to daemon threads",
      value_from(self));
  return ANSWER_FAILED;
}

bool buffered_wait_turn(VM *vm, Buffered *self) {
  uint32_t ticket = self->tickets++;
  Answer answer;
  for (int tries = 0, idle = 0; !(answer = may_enter(vm, self, ticket, idle)); tries++) {
    blocking_begin(vm);
    if (tries < YIELDS) sched_yield();
    else usleep(100);
    blocking_end(vm);
    idle = self->busy ? 0 : idle + 1;
  }
  if (answer == ANSWER_YES) self->serving = ticket + 1;
  return answer == ANSWER_YES;
}
