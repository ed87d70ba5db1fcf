/* ssl.h -- the module _ssl over libssl: what its files share.
**
** Law: a call of libssl that may take long runs with the global lock released and the Connection
** marked by `user`; callbacks of libssl take the lock back (hooks.c). Data travel through a
** Channel, never through a descriptor of libssl's own: no call of libssl waits while another thread
** could want the same connection; waiting is done outside of libssl, in poll(). */
#ifndef KRAIT_MODULES_SSL_H
#define KRAIT_MODULES_SSL_H

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/str.h"

/* ---- bytes on their way (channel.c) */
/* Law: start <= end <= capacity; what is queued is bytes[start..end). */
typedef struct ByteQueue {
  uint8_t *bytes; /* [owned] */
  size_t start, end, capacity;
} ByteQueue;
static inline size_t queue_size(const ByteQueue *q) { return q->end - q->start; }
/* queue_add: false: no memory, nothing is added. May be called without the global lock. */
MUST_USE bool queue_add(ByteQueue *q, const void *bytes, size_t n);
size_t queue_take(ByteQueue *q, void *bytes, size_t n); /* how many bytes it took: at most n */
void queue_free(ByteQueue *q);

typedef struct MemoryBio {
  Object h;
  ByteQueue queue;
  bool ended; /* nothing will be written any more */
} MemoryBio;

/* Where the records of a connection come from and go to: a socket's descriptor, or two MemoryBios,
** whose queues are in `in` and `out` while libssl runs. */
typedef struct Channel {
  int fd;
  bool in_memory;
  bool loops;    /* it reads what it writes */
  bool may_wait; /* system calls may: the descriptor does, and there is no other thread */
  bool in_ended; /* `in` will get no more */
  bool at_end;   /* the last read has found the end */
  int error;     /* errno of the last system call, 0: none, or it went well */
  ByteQueue in, out;
} Channel;
MUST_USE BIO *channel_bio_new(Channel *channel);
MUST_USE bool channel_init(void); /* once, before the first; false: no memory */

/* ---- the library (library.c) */
typedef struct SslVersion {
  unsigned long number; /* 0xMNNFFPPS */
  const char *text, *ciphers;
} SslVersion;
bool ssl_library_is_open(void); /* can functions of it be called? */
/* ssl_library_is_known: can its version be told without opening it? */
bool ssl_library_is_known(void);
SslVersion ssl_library_version(void); /* of one that is known or open */
/* ssl_library_open_for: false: ImportError of the module that is being imported, or NULL. */
MUST_USE bool ssl_library_open_for(VM *vm, Module *module);
/* ssl_library_open: before any call of the library by who has no object of it. false:
** ImportError */
MUST_USE static inline bool ssl_library_open(VM *vm) { return ssl_library_open_for(vm, NULL); }

/* ---- objects */
typedef struct Context {
  Object h;
  SSL_CTX *ctx;                     /* [owned] */
  Value sni_callback, msg_callback; /* VALUE_NONE: none */
  Value alpn;                       /* bytes offered as a server, or VALUE_NONE */
  Value keylog_name;
  int keylog_fd; /* [owned] -1: none */
  int protocol;  /* PROTOCOL_TLS … */
  unsigned host_flags;
  bool check_hostname, post_handshake_auth;
} Context;

typedef struct Session {
  Object h;
  SSL_SESSION *session; /* [owned] */
  Value context;
} Session;

typedef struct Certificate {
  Object h;
  X509 *x509; /* [owned] */
} Certificate;

typedef struct Call Call;
typedef struct Connection {
  Object h;
  SSL *ssl;                 /* [owned] */
  Value context;            /* a Context */
  Value socket, owner;      /* weakrefs, or VALUE_NONE */
  Value server_hostname;    /* str or VALUE_NONE */
  Value incoming, outgoing; /* MemoryBios, or VALUE_NONE */
  Value callback_error;     /* raised by a callback in the last call, or VALUE_UNBOUND */
  Channel channel;
  Call *call;            /* the call of libssl that is going on, on its caller's C stack */
  struct Thread *user;   /* see occupy */
  struct Thread *writer; /* has a write to finish: others wait */
  int error;             /* SSL_ERROR_… of the last call */
  bool is_server, in_memory, shutdown_seen_zero;
} Connection;

enum {
  PROTOCOL_TLS = 2,
  PROTOCOL_TLSv1,
  PROTOCOL_TLSv1_1,
  PROTOCOL_TLSv1_2,
  PROTOCOL_TLS_CLIENT = 16,
  PROTOCOL_TLS_SERVER
};
enum { ERROR_EOF = 8, ERROR_NO_SOCKET, ERROR_INVALID_CODE };

/* What sockets of a context are made from; VALUE_MISSING or VALUE_NONE: not given. */
typedef struct Wrapping {
  Context *context;
  Value socket, incoming, outgoing;
  bool is_server;
  Value hostname, owner, session;
} Wrapping;
MUST_USE MAY_RUN Value connection_new(VM *vm, const Wrapping *w);

/* ssl_forget_errors: empties libssl's queue of errors. One that is empty is only looked at:
** ERR_clear_error visits all its places (perf-note 0066). */
static inline void ssl_forget_errors(void) {
  if (UNLIKELY(ERR_peek_last_error() != 0)) ERR_clear_error();
}

/* ---- errors (errors.c). `line`: the number that the reference's message ends with. */
COLD Value ssl_raise_queued(VM *vm, int line); /* what libssl's queue says */
COLD Value ssl_raise_text(VM *vm, const char *text, int line);
COLD Value ssl_raise_plain(VM *vm, const char *text); /* SSLError(text) */
/* connection_raise: why the last call on it has failed; result: what libssl returned. */
COLD Value connection_raise(VM *vm, Connection *self, int result, int line);
MUST_USE MAY_RUN bool ssl_errors_init(VM *vm, Module *module);

/* ---- callbacks (hooks.c) */
MAY_RUN void context_hook_sni(Context *self);
MAY_RUN void context_hook_msg(Context *self);
MAY_RUN void connection_hook_msg(Connection *self);
MAY_RUN void context_hook_keylog(Context *self);
void context_hook_alpn(Context *self);

/* ---- loading (load.c) */
MUST_USE MAY_RUN Value context_load_chain(VM *vm, Context *self, Value certfile, Value keyfile,
                                          Value password);
MUST_USE MAY_RUN Value context_load_locations(VM *vm, Context *self, Value cafile, Value capath,
                                              Value cadata);
MUST_USE MAY_RUN Value context_load_dh(VM *vm, Context *self, Value path);
/* ---- certificates (certificate.c, decode.c) */
MUST_USE MAY_RUN Value x509_to_dict(VM *vm, X509 *x509);
MUST_USE Value x509_to_der(VM *vm, X509 *x509);
MUST_USE Value certificate_new(VM *vm, X509 *x509);              /* shares x509 */
MUST_USE Value certificates_new(VM *vm, STACK_OF(X509) * chain); /* a list; NULL: None */
/* object_text: its long name or number */
MUST_USE Value object_text(VM *vm, const ASN1_OBJECT *object, bool numeric);

/* ---- sessions (session.c) */
MUST_USE Value session_of(VM *vm, Connection *connection);
MUST_USE bool session_set(VM *vm, Connection *connection, Value session);

/* SSL_STATE_OF(v, Context): the struct of a value that is known to be one. */
#define SSL_STATE_OF(v, T) ((T *)value_object(v))

#endif
