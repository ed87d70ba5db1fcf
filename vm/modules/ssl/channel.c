/* channel.c -- how libssl sends and receives: a BIO that never waits when another thread could want
** the connection, and says so (BIO_should_retry). Its functions run without the global lock. */
#include "vm/base/libraries.h"
#if WITH_SSL
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "vm/base/memory.h"
#include "vm/modules/ssl/ssl.h"

static struct { BIO_METHOD *method; } state; /* no heap objects */

/* ---- queues */
static bool queue_reserve(ByteQueue *q, size_t n) {
  if (q->capacity - q->end >= n) return true;
  size_t size = queue_size(q);
  if (q->start) memmove(q->bytes, q->bytes + q->start, size);
  q->start = 0, q->end = size;
  if (q->capacity - size >= n) return true;
  size_t capacity = q->capacity + q->capacity / 2;
  if (capacity < size + n) capacity = size + n;
  if (capacity < 512) capacity = 512;
  uint8_t *bytes = memory_resize_beside(q->bytes, capacity);
  if (!bytes) return false;
  q->bytes = bytes, q->capacity = capacity;
  return true;
}

bool queue_add(ByteQueue *q, const void *bytes, size_t n) {
  if (!queue_reserve(q, n)) return false;
  assert(q->start <= q->end && n <= q->capacity - q->end);
  if (n) memcpy(q->bytes + q->end, bytes, n);
  q->end += n;
  return true;
}

size_t queue_take(ByteQueue *q, void *bytes, size_t n) {
  if (n > queue_size(q)) n = queue_size(q);
  if (n) memcpy(bytes, q->bytes + q->start, n);
  q->start += n;
  if (q->start == q->end) q->start = q->end = 0;
  return n;
}

void queue_free(ByteQueue *q) {
  free(q->bytes);
  *q = (ByteQueue){0};
}

/* ---- the BIO */
static int would_wait(BIO *bio, int flag) {
  BIO_set_flags(bio, flag | BIO_FLAGS_SHOULD_RETRY);
  return -1;
}

/* A system call's result; those that would wait, or were interrupted, are tried again later. */
static int result_of(BIO *bio, Channel *c, ssize_t n, int flag) {
  if (n >= 0) return (int)n;
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return would_wait(bio, flag);
  c->error = errno;
  return -1;
}

static int channel_read(BIO *bio, char *to, int size) {
  Channel *c = BIO_get_data(bio);
  BIO_clear_retry_flags(bio);
  c->error = 0;
  if (!to || size <= 0) return 0;
  if (c->in_memory) {
    int n = (int)queue_take(&c->in, to, (size_t)size);
    if (n) return n;
    c->at_end = c->in_ended;
    return c->in_ended ? 0 : would_wait(bio, BIO_FLAGS_READ);
  }
  ssize_t n = recv(c->fd, to, (size_t)size, c->may_wait ? 0 : MSG_DONTWAIT);
  c->at_end = n == 0;
  return result_of(bio, c, n, BIO_FLAGS_READ);
}

static int channel_write(BIO *bio, const char *from, int size) {
  Channel *c = BIO_get_data(bio);
  BIO_clear_retry_flags(bio);
  c->error = 0;
  if (!from || size <= 0) return 0;
  if (c->in_memory) {
    if (queue_add(c->loops ? &c->in : &c->out, from, (size_t)size)) return size;
    c->error = ENOMEM;
    return -1;
  }
  int flags = MSG_NOSIGNAL | (c->may_wait ? 0 : MSG_DONTWAIT);
  return result_of(bio, c, send(c->fd, from, (size_t)size, flags), BIO_FLAGS_WRITE);
}

static long channel_control(BIO *bio, int command, long n, void *pointer) {
  const Channel *c = BIO_get_data(bio);
  switch (command) {
  case BIO_CTRL_EOF: return c->at_end;
  case BIO_CTRL_FLUSH: return 1;
  default: return 0;
  }
}

bool channel_init(void) {
  if (state.method) return true;
  int type = BIO_get_new_index();
  BIO_METHOD *method = type < 0 ? NULL : BIO_meth_new(type | BIO_TYPE_SOURCE_SINK, "krait");
  if (!method) return false;
  BIO_meth_set_read(method, channel_read);
  BIO_meth_set_write(method, channel_write);
  BIO_meth_set_ctrl(method, channel_control);
  state.method = method;
  return true;
}

BIO *channel_bio_new(Channel *channel) {
  BIO *bio = BIO_new(state.method);
  if (!bio) return NULL;
  BIO_set_data(bio, channel);
  BIO_set_init(bio, 1);
  return bio;
}
#endif
