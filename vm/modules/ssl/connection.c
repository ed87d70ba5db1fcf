/* connection.c -- _ssl._SSLSocket: one TLS connection, over a socket or two MemoryBios. */
#include "vm/base/libraries.h"
#if WITH_SSL
#include <poll.h>
#include <stdlib.h>

#include "vm/contracts/buffer.h"
#include "vm/modules/ssl/transfer.h"
#include "vm/objects/bytes.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"
#include "vm/objects/tuple.h"
#include "vm/objects/weakref.h"

#define STR_DEFAULT_tls_unique NAME("tls-unique")
#define NATIVE_DEF "vm/modules/ssl/connection.def"
#define NATIVE_PREFIX connection_
#define NATIVE_SELF Connection *
#include "vm/contracts/native_class.inc"

enum { CONNECTION_BYTES = 50000 }; /* what libssl has of one, about */

static Context *context_of(const Connection *self) { return SSL_STATE_OF(self->context, Context); }

/* ---- making one */
/* hostname_text: what the name is in ASCII; NULL: raised. */
static const char *hostname_text(VM *vm, Value hostname) {
  if (!value_is_str(hostname))
    return (void)raise_type(vm, "argument must be str, not %T", hostname), NULL;
  if (!str_is_ascii(value_object(hostname))) {
    Value no = call_method1(vm, hostname, NAME("encode"), value_from(NAME("ascii")));
    if (!value_is_fail(no)) raise_value(vm, "server_hostname must be ASCII");
    return NULL;
  }
  size_t n;
  const char *text = str_utf8(vm, value_object(hostname), &n);
  if (!text || strlen(text) == n) return text;
  return (void)raise_type(vm, "argument must be encoded string without null bytes, not str"), NULL;
}

static bool set_hostname(VM *vm, Connection *self, Value hostname) {
  const char *name = hostname_text(vm, hostname);
  if (!name) return false;
  if (!*name || *name == '.')
    return raise_false(vm, TYPE_OF(ValueError),
                       "server_hostname cannot be an empty string or start with a leading dot.");
  Str *kept = str_exact(vm, value_object(hostname));
  if (!kept) return false;
  self->server_hostname = value_from(kept);
  heap_barrier(vm, self, self->server_hostname);
  ASN1_OCTET_STRING *address = a2i_IPADDRESS(name);
  if (!address) ssl_forget_errors();
  bool good = address || SSL_set_tlsext_host_name(self->ssl, name);
  if (good && context_of(self)->check_hostname) {
    X509_VERIFY_PARAM *param = SSL_get0_param(self->ssl);
    good = address ? X509_VERIFY_PARAM_set1_ip(param, ASN1_STRING_get0_data(address),
                                               (size_t)ASN1_STRING_length(address))
                   : X509_VERIFY_PARAM_set1_host(param, name, 0);
  }
  ASN1_OCTET_STRING_free(address);
  return good || (ssl_raise_queued(vm, 852), false);
}

/* What the context says of certificates that are asked for after the handshake. */
static void set_later_authentication(Connection *self) {
  if (!context_of(self)->post_handshake_auth) return;
  if (!self->is_server) {
    SSL_set_post_handshake_auth(self->ssl, 1);
    return;
  }
  int mode = SSL_get_verify_mode(self->ssl);
  if (mode & SSL_VERIFY_PEER)
    SSL_set_verify(self->ssl, mode | SSL_VERIFY_POST_HANDSHAKE, SSL_get_verify_callback(self->ssl));
}

static bool set_owner(VM *vm, Connection *self, Value owner) {
  Value reference = VALUE_NONE;
  if (owner != VALUE_NONE) reference = call1(vm, value_from(TYPE_OF(weakref)), owner);
  if (value_is_fail(reference)) return false;
  self->owner = reference;
  heap_barrier(vm, self, reference);
  return true;
}

static bool open_ssl(VM *vm, Connection *self) {
  const Context *context = context_of(self);
  ssl_forget_errors();
  self->ssl = SSL_new(context->ctx);
  if (!self->ssl) return ssl_raise_queued(vm, 806), false;
  heap_account(vm, CONNECTION_BYTES);
  BIO *bio = channel_bio_new(&self->channel);
  if (!bio) return raise_memory(vm), false;
  SSL_set_bio(self->ssl, bio, bio);
  SSL_set_app_data(self->ssl, self);
  X509_VERIFY_PARAM_set_hostflags(SSL_get0_param(self->ssl), context->host_flags);
  SSL_set_mode(self->ssl, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_AUTO_RETRY);
  set_later_authentication(self);
  return true;
}

static Connection *allocate(VM *vm, const Wrapping *w) {
  Connection *self = heap_new_zeroed(vm, SHAPE_OF(ssl__SSLSocket), sizeof *self);
  self->context = value_from(w->context);
  self->socket = self->owner = self->server_hostname = VALUE_NONE;
  self->incoming = w->incoming, self->outgoing = w->outgoing;
  self->callback_error = VALUE_UNBOUND;
  self->is_server = w->is_server;
  self->in_memory = self->channel.in_memory = w->socket == VALUE_NONE;
  self->channel.loops = self->in_memory && w->incoming == w->outgoing;
  self->channel.fd = -1;
  heap_track_destroy(vm, &self->h);
  return self;
}

Value connection_new(VM *vm, const Wrapping *w) {
  int protocol = w->context->protocol;
  if (w->is_server && protocol == PROTOCOL_TLS_CLIENT)
    return ssl_raise_text(vm, "Cannot create a server socket with a PROTOCOL_TLS_CLIENT context",
                          788);
  if (!w->is_server && protocol == PROTOCOL_TLS_SERVER)
    return ssl_raise_text(vm, "Cannot create a client socket with a PROTOCOL_TLS_SERVER context",
                          795);
  Connection *self = allocate(vm, w);
  if (w->socket != VALUE_NONE) {
    Value reference = call1(vm, value_from(TYPE_OF(weakref)), w->socket);
    if (value_is_fail(reference)) return reference;
    self->socket = reference;
    heap_barrier(vm, self, reference);
  }
  if (!open_ssl(vm, self)) return VALUE_FAIL;
  if (w->hostname != VALUE_NONE && !set_hostname(vm, self, w->hostname)) return VALUE_FAIL;
  if (self->is_server) SSL_set_accept_state(self->ssl);
  else SSL_set_connect_state(self->ssl);
  if (w->owner != VALUE_NONE && !set_owner(vm, self, w->owner)) return VALUE_FAIL;
  if (w->session != VALUE_NONE && !session_set(vm, self, w->session)) return VALUE_FAIL;
  return value_from(self);
}

/* ---- sending and receiving */
static Value connection_do_handshake(VM *vm, Connection *self,
                                     const connection_do_handshake_args *a) {
  Transfer t;
  Call call = {.vm = vm, .self = self, .step = STEP_HANDSHAKE, .buffer = VALUE_NONE};
  if (!transfer_start(vm, self, &t, 933)) return VALUE_FAIL;
  if (!transfer_run(vm, &call, &t, "handshake")) return VALUE_FAIL;
  return call.result < 1 ? connection_raise(vm, self, call.result, 992) : VALUE_NONE;
}

/* read_some: how many bytes; -1: raised. */
static int64_t read_some(VM *vm, Connection *self, uint8_t *to, size_t size, Value owner) {
  Transfer t;
  Call call = {vm, self, .step = STEP_READ, .buffer = owner, .bytes = to, .size = size};
  if (!transfer_start(vm, self, &t, 2464) || !transfer_run(vm, &call, &t, "read")) return -1;
  if (call.result) return (int64_t)call.done;
  bool closed =
      self->error == SSL_ERROR_ZERO_RETURN && SSL_get_shutdown(self->ssl) == SSL_RECEIVED_SHUTDOWN;
  if (closed) return 0;
  connection_raise(vm, self, call.result, 2546);
  return -1;
}

static Value read_bytes(VM *vm, Connection *self, int64_t size) {
  uint8_t record[16384]; /* more is never given at once */
  if (size < 0) return raise_value(vm, "size should not be negative");
  if (size == 0) return value_of(bytes_new(vm, NULL, 0));
  size_t room = (size_t)size < sizeof record ? (size_t)size : sizeof record;
  int64_t n = read_some(vm, self, record, room, VALUE_NONE);
  return n < 0 ? VALUE_FAIL : value_of(bytes_new(vm, record, (size_t)n));
}

static Value read_into(VM *vm, Connection *self, int64_t size, Value buffer) {
  BufferView view;
  if (!buffer_acquire(vm, buffer, &view, true)) {
    if (error_clear_if(vm, TYPE_OF(BufferError)) || error_clear_if(vm, TYPE_OF(TypeError)))
      raise_type(vm, "read() argument 2 must be read-write bytes-like object, not %T", buffer);
    return VALUE_FAIL;
  }
  size_t room = size <= 0 || (size_t)size > view.size ? view.size : (size_t)size;
  int64_t n = 0;
  if (room) n = read_some(vm, self, view.bytes, room, buffer);
  buffer_release(vm, &view);
  return n < 0 ? VALUE_FAIL : value_int(vm, n);
}

static Value connection_read(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  int64_t size;
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "_ssl._SSLSocket.read() takes no keyword arguments");
  if (npos < 1 || npos > 2) return raise_type(vm, "_ssl._SSLSocket.read requires 1 to 2 arguments");
  if (!convert_Index(vm, args[0], &size, NULL, 0)) return VALUE_FAIL;
  return npos == 2 ? read_into(vm, value_object(self), size, args[1])
                   : read_bytes(vm, value_object(self), size);
}

static Value write_some(VM *vm, Connection *self, const Transfer *t, const Pin *b) {
  Call call = {
      vm, self, .step = STEP_WRITE, .buffer = b->owner, .bytes = (uint8_t *)b->bytes, .size = b->n};
  if (t->deadline >= 0) {
    Readiness ready = transfer_wait(vm, t, POLLOUT);
    if (ready != READY) return transfer_raise(vm, ready, "write");
  }
  if (!transfer_run(vm, &call, t, "write")) return VALUE_FAIL;
  return call.result ? value_int(vm, (int64_t)call.done)
                     : connection_raise(vm, self, call.result, 2393);
}

static Value connection_write(VM *vm, Connection *self, const connection_write_args *a) {
  Transfer t;
  if (!transfer_start(vm, self, &t, 2321)) return VALUE_FAIL;
  bool nested = self->writer == vm->thread; /* a signal's handler, in the middle of a write */
  if (!writer_enter(vm, self)) return VALUE_FAIL;
  Value done = write_some(vm, self, &t, &a->b);
  if (!nested) self->writer = NULL;
  return done;
}

/* end_session: SSL_shutdown until both sides have said so, twice if the other one has not yet. */
static bool end_session(VM *vm, Call *call, const Transfer *t) {
  Connection *self = call->self;
  for (int unanswered = 0;;) {
    if (self->shutdown_seen_zero) SSL_set_read_ahead(self->ssl, 0);
    if (!transfer_call(vm, call, t)) return false;
    if (call->result > 0) return true;
    if (call->result == 0) {
      if (++unanswered > 1) return true;
      self->shutdown_seen_zero = true;
      continue;
    }
    bool wants_read = self->error == SSL_ERROR_WANT_READ;
    if (!wants_read && self->error != SSL_ERROR_WANT_WRITE) return true;
    Readiness ready = transfer_wait(vm, t, wants_read ? POLLIN : POLLOUT);
    if (ready == READY_NEVER || ready == READY_CLOSED) return true;
    if (ready != READY) return transfer_raise(vm, ready, wants_read ? "read" : "write"), false;
  }
}

static Value connection_shutdown(VM *vm, Connection *self, const connection_shutdown_args *a) {
  Transfer t;
  Call call = {.vm = vm, .self = self, .step = STEP_SHUTDOWN, .buffer = VALUE_NONE};
  if (!transfer_start(vm, self, &t, 2592)) return VALUE_FAIL;
  if (t.socket && t.socket->fd < 0)
    return ssl_raise_text(vm, "Underlying socket connection gone", 2592);
  if (!end_session(vm, &call, &t)) return VALUE_FAIL;
  if (call.result < 0) return connection_raise(vm, self, call.result, 2672);
  return t.socket ? value_from(t.socket) : VALUE_NONE;
}

static Value
connection_verify_client_post_handshake(VM *vm, Connection *self,
                                        const connection_verify_client_post_handshake_args *a) {
  ssl_forget_errors();
  return SSL_verify_client_post_handshake(self->ssl) ? VALUE_NONE : ssl_raise_queued(vm, 2747);
}

static Value connection_pending(VM *vm, Connection *self, const connection_pending_args *a) {
  return value_int(vm, SSL_pending(self->ssl));
}

/* ---- the other side's certificates */
static Value connection_getpeercert(VM *vm, Connection *self,
                                    const connection_getpeercert_args *a) {
  if (!SSL_is_init_finished(self->ssl)) return raise_value(vm, "handshake not done yet");
  X509 *x509 = SSL_get_peer_certificate(self->ssl);
  Value shown;
  if (!x509) return VALUE_NONE;
  bool verified = SSL_CTX_get_verify_mode(SSL_get_SSL_CTX(self->ssl)) & SSL_VERIFY_PEER;
  if (a->der) shown = x509_to_der(vm, x509);
  else if (verified) shown = x509_to_dict(vm, x509);
  else shown = value_of(dict_new(vm));
  X509_free(x509);
  return shown;
}

static Value connection_get_verified_chain(VM *vm, Connection *self,
                                           const connection_get_verified_chain_args *a) {
  return certificates_new(vm, SSL_get0_verified_chain(self->ssl));
}

static Value connection_get_unverified_chain(VM *vm, Connection *self,
                                             const connection_get_unverified_chain_args *a) {
  Value chain = certificates_new(vm, SSL_get_peer_cert_chain(self->ssl));
  if (!self->is_server || chain == VALUE_NONE || value_is_fail(chain)) return chain;
  X509 *own = SSL_get_peer_certificate(self->ssl); /* a server's chain goes without it */
  if (!own) return VALUE_NONE;
  Value first = certificate_new(vm, own);
  X509_free(own);
  return list_insert_value(vm, value_object(chain), 0, first) ? chain : VALUE_FAIL;
}

/* ---- what was agreed upon */
static Value text_or_none(VM *vm, const char *text) {
  return text ? value_of(str_new_cstr(vm, text)) : VALUE_NONE;
}
static Value cipher_to_tuple(VM *vm, const SSL_CIPHER *cipher) {
  Value name = text_or_none(vm, SSL_CIPHER_get_name(cipher));
  Value version = text_or_none(vm, SSL_CIPHER_get_version(cipher));
  return PACK(name, version, value_int(vm, SSL_CIPHER_get_bits(cipher, NULL)));
}

static Value connection_cipher(VM *vm, Connection *self, const connection_cipher_args *a) {
  const SSL_CIPHER *current = SSL_get_current_cipher(self->ssl);
  return current ? cipher_to_tuple(vm, current) : VALUE_NONE;
}

/* Those that this side has: the reference does not look at what the other one has. */
static Value connection_shared_ciphers(VM *vm, Connection *self,
                                       const connection_shared_ciphers_args *a) {
  STACK_OF(SSL_CIPHER) *ciphers = SSL_get_ciphers(self->ssl);
  if (!ciphers) return VALUE_NONE;
  List *list = list_new(vm, 64);
  for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); i++) {
    Value shown = cipher_to_tuple(vm, sk_SSL_CIPHER_value(ciphers, i));
    if (value_is_fail(shown) || !list_append_value(vm, list, shown)) return VALUE_FAIL;
  }
  return value_from(list);
}

static Value connection_version(VM *vm, Connection *self, const connection_version_args *a) {
  return SSL_is_init_finished(self->ssl) ? text_or_none(vm, SSL_get_version(self->ssl))
                                         : VALUE_NONE;
}

static Value connection_compression(VM *vm, Connection *self,
                                    const connection_compression_args *a) {
  const COMP_METHOD *method = SSL_get_current_compression(self->ssl);
  int nid = method ? COMP_get_type(method) : NID_undef;
  return text_or_none(vm, nid == NID_undef ? NULL : OBJ_nid2sn(nid));
}

static Value connection_selected_alpn_protocol(VM *vm, Connection *self,
                                               const connection_selected_alpn_protocol_args *a) {
  const unsigned char *name;
  unsigned size;
  SSL_get0_alpn_selected(self->ssl, &name, &size);
  return name ? value_of(str_new_utf8(vm, (const char *)name, size)) : VALUE_NONE;
}

static Value connection_get_channel_binding(VM *vm, Connection *self,
                                            const connection_get_channel_binding_args *a) {
  uint8_t finished[128];
  if (!str_equal_cstr(a->cb_type, "tls-unique"))
    return raise_value(vm, "'%U' channel binding type not implemented", a->cb_type);
  /* the first "finished" message: the client's, in a resumed session the server's */
  bool own = SSL_session_reused(self->ssl) ? self->is_server : !self->is_server;
  size_t n = own ? SSL_get_finished(self->ssl, finished, sizeof finished)
                 : SSL_get_peer_finished(self->ssl, finished, sizeof finished);
  return n ? value_of(bytes_new(vm, finished, n)) : VALUE_NONE;
}

/* ---- attributes */
static Value connection_get_context(VM *vm, Connection *self) { return self->context; }
static bool connection_set_context(VM *vm, Connection *self, Value v) {
  if (v == VALUE_MISSING || !type_is_subtype(value_type(v), TYPE_OF(ssl__SSLContext)))
    return raise_false(vm, TYPE_OF(TypeError), "The value must be a SSLContext");
  self->context = v;
  heap_barrier(vm, self, v);
  SSL_set_SSL_CTX(self->ssl, context_of(self)->ctx);
  connection_hook_msg(self);
  return true;
}

static Value connection_get_owner(VM *vm, Connection *self) {
  return self->owner == VALUE_NONE ? VALUE_NONE : weakref_referent(value_object(self->owner));
}
static bool connection_set_owner(VM *vm, Connection *self, Value v) {
  return set_owner(vm, self, v == VALUE_MISSING ? VALUE_NONE : v);
}

static Value connection_get_session(VM *vm, Connection *self) { return session_of(vm, self); }
static bool connection_set_session(VM *vm, Connection *self, Value v) {
  return session_set(vm, self, v);
}
static Value connection_get_session_reused(VM *vm, Connection *self) {
  return value_bool(SSL_session_reused(self->ssl));
}
static Value connection_get_server_side(VM *vm, Connection *self) {
  return value_bool(self->is_server);
}
static Value connection_get_server_hostname(VM *vm, Connection *self) {
  return self->server_hostname;
}

/* ---- the class */
static void connection_trace(Marker *marker, Object *object) {
  const Connection *self = (Connection *)object;
  mark_value(marker, self->context);
  mark_value(marker, self->socket);
  mark_value(marker, self->owner);
  mark_value(marker, self->server_hostname);
  mark_value(marker, self->incoming);
  mark_value(marker, self->outgoing);
  mark_value(marker, self->callback_error);
}
static void connection_destroy(VM *vm, Object *object) {
  Connection *self = (Connection *)object;
  queue_free(&self->channel.in);
  queue_free(&self->channel.out);
  if (!self->ssl) return;
  SSL_free(self->ssl);
  self->ssl = NULL;
  heap_account(vm, -CONNECTION_BYTES);
}

const ClassSpec ssl__SSLSocket_class = {
    NATIVE_CLASS(connection_),
    .basic_size = sizeof(Connection),
    .trace = connection_trace,
    .destroy = connection_destroy,
};
#endif
