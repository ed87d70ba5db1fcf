/* transfer.c -- calls of libssl that send and receive: made without the global lock, repeated when
** the socket is ready, until its timeout. */
#include "vm/base/libraries.h"
#if WITH_SSL
#include "vm/modules/ssl/transfer.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

#include "vm/objects/weakref.h"

/* ---- the socket below */
static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

bool transfer_start(VM *vm, Connection *self, Transfer *t, int line) {
  *t = (Transfer){.socket = NULL, .deadline = -1};
  if (self->in_memory) return true;
  Value socket =
      self->socket == VALUE_NONE ? VALUE_NONE : weakref_referent(value_object(self->socket));
  if (socket == VALUE_NONE)
    return ssl_raise_text(vm, "Underlying socket connection gone", line), false;
  t->socket = value_object(socket);
  if (t->socket->timeout_ns > 0) t->deadline = now_ns() + t->socket->timeout_ns;
  return true;
}

Readiness transfer_wait(VM *vm, const Transfer *t, short events) {
  const Socket *socket = t->socket;
  if (!socket || socket->timeout_ns == 0) return READY_NEVER;
  for (;;) {
    int milliseconds = -1;
    if (socket->fd < 0) return READY_CLOSED;
    if (t->deadline >= 0) {
      int64_t left = t->deadline - now_ns();
      if (left < 0) return READY_TIMEOUT;
      milliseconds = (int)((left + 999999) / 1000000);
    }
    struct pollfd one = {.fd = socket->fd, .events = events};
    int n = BLOCKING(vm, poll(&one, 1, milliseconds));
    if (n > 0) return READY;
    if (n == 0 && t->deadline - now_ns() <= 0) return READY_TIMEOUT;
    if (n < 0 && errno != EINTR) return READY; /* the next call finds out */
    if (!poll_signals(vm)) return READY_RAISED;
  }
}

/* ---- one call */
/* The queues of the MemoryBios are lent to the channel, so that others may use the objects. */
static void lend(Connection *self, Channel *channel) {
  MemoryBio *in = value_object(self->incoming);
  channel->in = in->queue;
  channel->in_ended = in->ended;
  in->queue = (ByteQueue){0};
}

/* give_back: what `kept` holds is before what came meanwhile; false: MemoryError. */
static bool give_back(ByteQueue *place, ByteQueue *kept) {
  bool good = true;
  if (queue_size(place)) {
    good = queue_add(kept, place->bytes + place->start, queue_size(place));
    if (!good) return queue_free(kept), false;
  }
  queue_free(place);
  *place = *kept;
  *kept = (ByteQueue){0};
  return good;
}

static bool settle(Connection *self, Channel *channel) {
  MemoryBio *in = value_object(self->incoming), *out = value_object(self->outgoing);
  bool good = give_back(&in->queue, &channel->in);
  if (!queue_size(&channel->out)) return good;
  if (queue_size(&out->queue) == 0) {
    ByteQueue empty = out->queue;
    out->queue = channel->out;
    channel->out = empty;
  } else {
    good &=
        queue_add(&out->queue, channel->out.bytes + channel->out.start, queue_size(&channel->out));
    channel->out.start = channel->out.end = 0;
  }
  return good;
}

static int call_libssl(Call *call) {
  SSL *ssl = call->self->ssl;
  switch (call->step) {
  case STEP_HANDSHAKE: return SSL_do_handshake(ssl);
  case STEP_READ: return SSL_read_ex(ssl, call->bytes, call->size, &call->done);
  case STEP_WRITE: return SSL_write_ex(ssl, call->bytes, call->size, &call->done);
  case STEP_SHUTDOWN: return SSL_shutdown(ssl);
  }
  return -1;
}

/* Little data in memory is not worth that other threads run meanwhile. What is sent wakes another
** thread, perhaps of this process, which had better find the lock free. */
static bool worth_letting_go(const Call *call) {
  return !call->self->in_memory || call->step == STEP_HANDSHAKE || call->size >= 2048;
}

bool transfer_call(VM *vm, Call *call, const Transfer *t) {
  Connection *self = call->self;
  Channel *channel = &self->channel;
  if (!occupy(vm, &self->user)) return false;
  channel->error = 0;
  if (t->socket) {
    channel->fd = t->socket->fd;
    channel->may_wait = t->socket->timeout_ns < 0 && !vm->threaded;
  } else lend(self, channel);
  self->call = call;
  ssl_forget_errors();
  bool lets_go = worth_letting_go(call);
  call->lets_go = lets_go;
  if (lets_go) blocking_begin(vm);
  call->result = call_libssl(call);
  int failed = call->step == STEP_SHUTDOWN ? call->result < 0 : call->result < 1;
  self->error = failed ? SSL_get_error(self->ssl, call->result) : SSL_ERROR_NONE;
  if (lets_go) blocking_end(vm);
  self->call = NULL;
  self->user = NULL;
  if (!t->socket && !settle(self, channel)) return raise_memory(vm), false;
  if (self->callback_error != VALUE_UNBOUND) return connection_raise(vm, self, -1, 0), false;
  return vm_listen(vm);
}

COLD Value transfer_raise(VM *vm, Readiness readiness, const char *operation) {
  switch (readiness) {
  case READY_TIMEOUT:
    return raise_error(vm, TYPE_OF(TimeoutError), "The %s operation timed out", operation);
  case READY_CLOSED: return ssl_raise_plain(vm, "Underlying socket has been closed.");
  default: return VALUE_FAIL;
  }
}

bool transfer_run(VM *vm, Call *call, const Transfer *t, const char *operation) {
  for (;;) {
    if (!transfer_call(vm, call, t)) return false;
    int error = call->self->error;
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) return true;
    Readiness ready = transfer_wait(vm, t, error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT);
    if (ready == READY_NEVER) return true;
    if (ready != READY) return transfer_raise(vm, ready, operation), false;
  }
}

/* ---- writers take turns: what libssl has begun to write, it must be given again */
bool writer_enter(VM *vm, Connection *self) {
  while (self->writer && self->writer != vm->thread) {
    BLOCKING(vm, poll(NULL, 0, 1));
    if (!vm_listen(vm)) return false;
  }
  if (self->writer) return true; /* a signal's handler, in the middle of a write */
  self->writer = vm->thread;
  return true;
}
#endif
