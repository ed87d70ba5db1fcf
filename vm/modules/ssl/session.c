/* session.c -- _ssl.SSLSession: what a later connection can resume. */
#include "vm/base/libraries.h"
#if WITH_SSL
#include "vm/base/memory.h"
#include "vm/modules/ssl/ssl.h"
#include "vm/objects/bytes.h"

#define NATIVE_DEF "vm/modules/ssl/session.def"
#define NATIVE_PREFIX session_
#define NATIVE_SELF Session *
#include "vm/contracts/native_class.inc"

Value session_of(VM *vm, Connection *connection) {
  const SSL_SESSION *current = SSL_get_session(connection->ssl);
  if (!current) return VALUE_NONE;
  /* a session that has no key yet cannot be written down */
  int size = i2d_SSL_SESSION((SSL_SESSION *)current, NULL);
  SSL_SESSION *copy = size > 0 ? SSL_SESSION_dup((SSL_SESSION *)current) : NULL;
  if (!copy) {
    ssl_forget_errors();
    return size > 0 ? raise_memory(vm) : raise_value(vm, "i2d() failed.");
  }
  Session *self = heap_new_zeroed(vm, SHAPE_OF(ssl_SSLSession), sizeof *self);
  self->session = copy;
  self->context = connection->context;
  heap_track_destroy(vm, &self->h);
  return value_from(self);
}

bool session_set(VM *vm, Connection *connection, Value v) {
  if (!value_is(v, ssl_SSLSession))
    return raise_false(vm, TYPE_OF(TypeError), "Value is not a SSLSession.");
  const Session *self = value_object(v);
  if (SSL_STATE_OF(self->context, Context)->ctx != SSL_STATE_OF(connection->context, Context)->ctx)
    return raise_false(vm, TYPE_OF(ValueError), "Session refers to a different SSLContext.");
  if (connection->is_server)
    return raise_false(vm, TYPE_OF(ValueError), "Cannot set session for server-side SSLSocket.");
  if (SSL_is_init_finished(connection->ssl))
    return raise_false(vm, TYPE_OF(ValueError), "Cannot set session after handshake.");
  SSL_SESSION *copy = SSL_SESSION_dup(self->session);
  if (!copy) return raise_memory(vm), false;
  bool done = SSL_set_session(connection->ssl, copy);
  SSL_SESSION_free(copy);
  return done || (ssl_raise_queued(vm, 2828), false);
}

static Value session_op_eq(VM *vm, Session *self, const session_op_eq_args *a) {
  if (!value_is(a->value, ssl_SSLSession)) return VALUE_NOT_IMPLEMENTED;
  unsigned size, other_size;
  const Session *other = value_object(a->value);
  const unsigned char *id = SSL_SESSION_get_id(self->session, &size);
  const unsigned char *other_id = SSL_SESSION_get_id(other->session, &other_size);
  return value_bool(self == other || (size == other_size && memcmp(id, other_id, size) == 0));
}

static Value session_get_has_ticket(VM *vm, Session *self) {
  return value_bool(SSL_SESSION_has_ticket(self->session));
}
static Value session_get_id(VM *vm, Session *self) {
  unsigned size;
  const unsigned char *id = SSL_SESSION_get_id(self->session, &size);
  return value_of(bytes_new(vm, id, size));
}
static Value session_get_ticket_lifetime_hint(VM *vm, Session *self) {
  return value_int(vm, (int64_t)SSL_SESSION_get_ticket_lifetime_hint(self->session));
}
static Value session_get_time(VM *vm, Session *self) {
  return value_int(vm, SSL_SESSION_get_time(self->session));
}
static Value session_get_timeout(VM *vm, Session *self) {
  return value_int(vm, SSL_SESSION_get_timeout(self->session));
}

static void session_trace(Marker *marker, Object *object) {
  mark_value(marker, ((Session *)object)->context);
}
static void session_destroy(VM *vm, Object *object) {
  Session *self = (Session *)object;
  SSL_SESSION_free(self->session);
  self->session = NULL;
}

const ClassSpec ssl_SSLSession_class = {
    NATIVE_CLASS(session_),
    .basic_size = sizeof(Session),
    .trace = session_trace,
    .destroy = session_destroy,
};
#endif
