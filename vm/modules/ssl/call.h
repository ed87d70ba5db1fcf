/* call.h -- one call of libssl on a connection, from connection.c to hooks.c. */
#ifndef KRAIT_MODULES_SSL_CALL_H
#define KRAIT_MODULES_SSL_CALL_H

#include "vm/contracts/poll.h"
#include "vm/modules/ssl/ssl.h"

typedef enum Step { STEP_HANDSHAKE, STEP_READ, STEP_WRITE, STEP_SHUTDOWN } Step;

/* Stands on the C stack of whoever calls: what libssl works on is alive as long as it is there,
** whatever registers hold while the lock is released. */
struct Call {
  VM *vm;
  Connection *self;
  Step step;
  Value buffer;   /* keeps `bytes` where they are, or VALUE_NONE */
  uint8_t *bytes; /* to read into or write from */
  size_t size, done;
  int result;   /* what libssl returned */
  bool lets_go; /* the global lock is released meanwhile */
};

#endif
