/* hooks.c -- what libssl calls: names of servers, messages, protocols, keys to be logged. */
#include "vm/base/libraries.h"
#if WITH_SSL
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "vm/contracts/poll.h"
#include "vm/modules/ssl/call.h"
#include "vm/objects/bytes.h"
#include "vm/objects/weakref.h"

/* ---- in and out of a callback */
/* hook_enter: the lock is taken back; NULL: nobody has called, or a callback has failed already. */
static Call *hook_enter(const SSL *ssl) {
  const Connection *self = SSL_get_app_data(ssl);
  Call *call = self ? self->call : NULL;
  if (!call) return NULL;
  if (call->lets_go) blocking_end(call->vm);
  if (self->callback_error == VALUE_UNBOUND) return call;
  if (call->lets_go) blocking_begin(call->vm);
  return NULL;
}

static void hook_leave(Call *call) {
  Channel *channel = &call->self->channel;
  channel->may_wait = channel->may_wait && !call->vm->threaded;
  if (call->lets_go) blocking_begin(call->vm);
}

/* The pending exception is raised when the call of libssl has ended. */
static void keep_error(Call *call) {
  Connection *self = call->self;
  self->callback_error = error_take(call->vm);
  heap_barrier(call->vm, self, self->callback_error);
}

/* connection_python: what callbacks get as the connection: its owner, socket, or itself. */
static Value connection_python(Connection *self) {
  Value reference = self->owner != VALUE_NONE ? self->owner : self->socket;
  return reference == VALUE_NONE ? value_from(self) : weakref_referent(value_object(reference));
}

/* ---- the name that a client asks for */
static int answer_of(Call *call, Value result, int *alert) {
  VM *vm = call->vm;
  int64_t n;
  if (result == VALUE_NONE) return SSL_TLSEXT_ERR_OK;
  if (value_index64(vm, result, &n, true)) *alert = (int)n;
  else {
    error_unraisable(vm, NULL, result);
    *alert = SSL_AD_INTERNAL_ERROR;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

static int ask_sni(Call *call, const Context *context, const char *name, int *alert) {
  VM *vm = call->vm;
  Value python = connection_python(call->self), server = VALUE_NONE;
  Value callback = context->sni_callback;
  *alert = SSL_AD_INTERNAL_ERROR;
  if (python == VALUE_NONE) return SSL_TLSEXT_ERR_ALERT_FATAL;
  if (name) {
    Value bytes = value_of(bytes_new(vm, name, strlen(name)));
    if (!value_is_fail(bytes))
      server = call_method1(vm, bytes, NAME("decode"), value_from(NAME("ascii")));
    if (value_is_fail(bytes) || value_is_fail(server)) {
      error_unraisable(vm, NULL, value_is_fail(bytes) ? VALUE_NONE : bytes);
      return SSL_TLSEXT_ERR_ALERT_FATAL;
    }
  }
  Value result = call3(vm, callback, python, server, value_from(context));
  if (!value_is_fail(result)) return answer_of(call, result, alert);
  error_unraisable(vm, NULL, callback);
  *alert = SSL_AD_HANDSHAKE_FAILURE;
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

static int on_sni(SSL *ssl, int *alert, void *argument) {
  Call *call = hook_enter(ssl);
  *alert = SSL_AD_INTERNAL_ERROR;
  if (!call) return SSL_TLSEXT_ERR_ALERT_FATAL;
  int answer = SSL_TLSEXT_ERR_OK;
  const Context *context = SSL_STATE_OF(call->self->context, Context);
  if (context->sni_callback != VALUE_NONE)
    answer = ask_sni(call, context, SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name), alert);
  hook_leave(call);
  return answer;
}

void context_hook_sni(Context *self) {
  bool any = self->sni_callback != VALUE_NONE;
  SSL_CTX_set_tlsext_servername_callback(self->ctx, (any ? on_sni : NULL));
}

/* ---- messages */
/* message_type: the byte that says what the message is; a header's version is in it. */
static int message_type(int content, const uint8_t *bytes, size_t n, int *version) {
  switch (content) {
  case SSL3_RT_CHANGE_CIPHER_SPEC: return SSL3_MT_CHANGE_CIPHER_SPEC;
  case SSL3_RT_ALERT: return n > 1 ? bytes[1] : -1; /* behind the level */
  case SSL3_RT_HEADER:
    if (n > 2) *version = bytes[1] << 8 | bytes[2];
    return n ? bytes[0] : -1;
  case SSL3_RT_HANDSHAKE:
  case SSL3_RT_INNER_CONTENT_TYPE: return n ? bytes[0] : -1;
  default: return -1;
  }
}

static void on_message(int writing, int version, int content, const void *bytes, size_t n, SSL *ssl,
                       void *argument) {
  Call *call = hook_enter(ssl);
  if (!call) return;
  VM *vm = call->vm;
  Value callback = SSL_STATE_OF(call->self->context, Context)->msg_callback;
  if (callback != VALUE_NONE) {
    int type = message_type(content, bytes, n, &version);
    Value data = value_of(bytes_new(vm, bytes, n));
    const Value args[6] = {
        connection_python(call->self), value_from(writing ? NAME("write") : NAME("read")),
        value_int(vm, version),        value_int(vm, content),
        value_int(vm, type),           data};
    bool fails = value_is_fail(data) || value_is_fail(call_values(vm, callback, args, 6, NULL));
    if (fails) keep_error(call);
  }
  hook_leave(call);
}

void context_hook_msg(Context *self) {
  SSL_CTX_set_msg_callback(self->ctx, self->msg_callback != VALUE_NONE ? on_message : NULL);
}
void connection_hook_msg(Connection *self) {
  bool any = SSL_STATE_OF(self->context, Context)->msg_callback != VALUE_NONE;
  SSL_set_msg_callback(self->ssl, any ? on_message : NULL);
}

/* ---- keys to be logged: a line each, written at once */
static void on_key(const SSL *ssl, const char *line) {
  char text[1024];
  const Connection *self = SSL_get_app_data(ssl);
  if (!self || !self->call) return;
  int fd = SSL_STATE_OF(self->context, Context)->keylog_fd;
  if (fd < 0) return;
  int size = snprintf(text, sizeof text, "%s\n", line);
  if (size >= (int)sizeof text || write(fd, text, (size_t)size) == size) return;
  int error = errno;
  Call *call = hook_enter(ssl);
  if (!call) return;
  raise_errno(call->vm, error, SSL_STATE_OF(self->context, Context)->keylog_name);
  keep_error(call);
  hook_leave(call);
}

void context_hook_keylog(Context *self) {
  SSL_CTX_set_keylog_callback(self->ctx, self->keylog_fd >= 0 ? on_key : NULL);
}

/* ---- protocols above TLS: the server's first one that the client has, too */
static int on_alpn(SSL *ssl, const unsigned char **out, unsigned char *out_size,
                   const unsigned char *offered, unsigned size, void *argument) {
  const Context *context = argument;
  if (context->alpn == VALUE_NONE) return SSL_TLSEXT_ERR_NOACK;
  const Bytes *own = value_object(context->alpn);
  int found = SSL_select_next_proto((unsigned char **)out, out_size, own->data,
                                    (unsigned)own->length, offered, size);
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

void context_hook_alpn(Context *self) { SSL_CTX_set_alpn_select_cb(self->ctx, on_alpn, self); }
#endif
