/* transfer.h -- sending and receiving on a connection (transfer.c). */
#ifndef KRAIT_MODULES_SSL_TRANSFER_H
#define KRAIT_MODULES_SSL_TRANSFER_H

#include "vm/modules/socket/socket.h"
#include "vm/modules/ssl/call.h"

/* What holds for all calls that one operation makes. */
typedef struct Transfer {
  Socket *socket;   /* NULL: through MemoryBios */
  int64_t deadline; /* ns, -1: none */
} Transfer;

typedef enum Readiness {
  READY,
  READY_NEVER, /* nobody waits on this socket */
  READY_TIMEOUT,
  READY_CLOSED,
  READY_RAISED
} Readiness;

/* transfer_start: false: SSLError, the socket is gone. */
MUST_USE bool transfer_start(VM *vm, Connection *self, Transfer *t, int line);
/* transfer_wait: until the socket is ready for `events` (POLLIN, POLLOUT). */
MUST_USE MAY_RUN Readiness transfer_wait(VM *vm, const Transfer *t, short events);
/* transfer_call: one call of libssl: its result is in *call, why it failed in call->self->error.
** false: raised, by a callback or a signal's handler. */
MUST_USE MAY_RUN bool transfer_call(VM *vm, Call *call, const Transfer *t);
/* transfer_run: calls until libssl wants nothing more of the socket, or nobody waits for it. false:
** raised; `operation` is its name in messages. */
MUST_USE MAY_RUN bool transfer_run(VM *vm, Call *call, const Transfer *t, const char *operation);
COLD Value transfer_raise(VM *vm, Readiness readiness, const char *operation);

/* writer_enter: waits until no other thread has a write to finish; whoever made self->writer its
** own sets it to NULL. */
MUST_USE MAY_RUN bool writer_enter(VM *vm, Connection *self);

#endif
