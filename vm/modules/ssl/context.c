/* context.c -- _ssl._SSLContext: what connections have in common. */
#include "vm/base/libraries.h"
#if WITH_SSL
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "vm/contracts/buffer.h"
#include "vm/contracts/poll.h"
#include "vm/modules/socket/socket.h"
#include "vm/modules/ssl/ssl.h"
#include "vm/objects/bytes.h"
#include "vm/objects/dict.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"
#include "vm/objects/tuple.h"
#include "vm/runtime/path.h"

#define NATIVE_DEF "vm/modules/ssl/context.def"
#define NATIVE_PREFIX context_
#define NATIVE_SELF Context *
#include "vm/contracts/native_class.inc"

enum { CONTEXT_BYTES = 20000 }; /* what libssl has of one, about */

/* ---- making one */
static const SSL_METHOD *method_of(int protocol) {
  switch (protocol) {
  case PROTOCOL_TLS: return TLS_method();
  case PROTOCOL_TLS_CLIENT: return TLS_client_method();
  case PROTOCOL_TLS_SERVER: return TLS_server_method();
  case PROTOCOL_TLSv1: return TLSv1_method();
  case PROTOCOL_TLSv1_1: return TLSv1_1_method();
  case PROTOCOL_TLSv1_2: return TLSv1_2_method();
  default: return NULL;
  }
}

static bool warn_of_protocol(VM *vm, int protocol) {
  const char *name = protocol == PROTOCOL_TLS       ? "PROTOCOL_TLS"
                     : protocol == PROTOCOL_TLSv1   ? "PROTOCOL_TLSv1"
                     : protocol == PROTOCOL_TLSv1_1 ? "PROTOCOL_TLSv1_1"
                     : protocol == PROTOCOL_TLSv1_2 ? "PROTOCOL_TLSv1_2"
                                                    : NULL;
  return !name || warn(vm, TYPE_OF(DeprecationWarning), 2, "ssl.%s is deprecated", name);
}

/* What a context is, before Python changes it. */
static bool set_defaults(Context *self) {
  SSL_CTX *ctx = self->ctx;
  bool client = self->protocol == PROTOCOL_TLS_CLIENT;
  self->check_hostname = client;
  SSL_CTX_set_verify(ctx, client ? SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0, NULL);
  uint64_t options = SSL_OP_ALL & ~(uint64_t)SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS;
  options |= SSL_OP_NO_SSLv2 | SSL_OP_NO_SSLv3 | SSL_OP_NO_COMPRESSION |
             SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_SINGLE_DH_USE | SSL_OP_SINGLE_ECDH_USE;
#ifdef SSL_OP_IGNORE_UNEXPECTED_EOF
  options |= SSL_OP_IGNORE_UNEXPECTED_EOF;
#endif
  SSL_CTX_set_options(ctx, options);
  SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
  static const unsigned char ids[] = "Python"; /* sessions are of such contexts */
  if (!SSL_CTX_set_session_id_context(ctx, ids, sizeof ids - 1)) return false;
  X509_VERIFY_PARAM *param = SSL_CTX_get0_param(ctx);
  self->host_flags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
  X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_TRUSTED_FIRST);
  X509_VERIFY_PARAM_set_hostflags(param, self->host_flags);
  SSL_CTX_set_post_handshake_auth(ctx, 0);
  return true;
}

static Value context_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  int64_t protocol;
  if (cls == TYPE_OF(ssl__SSLContext) && kwnames && tuple_length(kwnames))
    return raise_type(vm, "_SSLContext() takes no keyword arguments");
  if (npos != 1) return raise_type(vm, "_SSLContext expected 1 argument, got %d", npos);
  if (!value_index64(vm, args[0], &protocol, true) || !ssl_library_open(vm)) return VALUE_FAIL;
  const SSL_METHOD *method = protocol == (int)protocol ? method_of((int)protocol) : NULL;
  if (!method)
    return raise_value(vm, "invalid or unsupported protocol version %lld", (long long)protocol);
  if (!warn_of_protocol(vm, (int)protocol)) return VALUE_FAIL;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Context *self = value_object(v);
  self->sni_callback = self->msg_callback = self->alpn = self->keylog_name = VALUE_NONE;
  self->keylog_fd = -1;
  self->protocol = (int)protocol;
  heap_track_destroy(vm, &self->h);
  ssl_forget_errors();
  self->ctx = SSL_CTX_new(method);
  if (!self->ctx) return ssl_raise_queued(vm, 3070);
  heap_account(vm, CONTEXT_BYTES);
  return set_defaults(self) ? v : ssl_raise_queued(vm, 3140);
}

static Value context_wrap_socket(VM *vm, Context *self, const context_wrap_socket_args *a) {
  if (!type_is_subtype(value_type(a->sock), TYPE_OF(socket_socket)))
    return raise_type(vm, "_wrap_socket() argument 'sock' must be _socket.socket, not %T", a->sock);
  return connection_new(vm, &(Wrapping){self, a->sock, VALUE_NONE, VALUE_NONE, a->server_side,
                                        a->server_hostname, a->owner, a->session});
}
static Value context_wrap_bio(VM *vm, Context *self, const context_wrap_bio_args *a) {
  const char *complaint = "_wrap_bio() argument '%s' must be _ssl.MemoryBIO, not %T";
  if (!type_is_subtype(value_type(a->incoming), TYPE_OF(ssl_MemoryBIO)))
    return raise_type(vm, complaint, "incoming", a->incoming);
  if (!type_is_subtype(value_type(a->outgoing), TYPE_OF(ssl_MemoryBIO)))
    return raise_type(vm, complaint, "outgoing", a->outgoing);
  return connection_new(vm, &(Wrapping){self, VALUE_NONE, a->incoming, a->outgoing, a->server_side,
                                        a->server_hostname, a->owner, a->session});
}

/* ---- attributes that are numbers */
static bool is_given(VM *vm, Value v) {
  return v != VALUE_MISSING ||
         raise_false(vm, TYPE_OF(TypeError), "function takes at least one argument");
}
static bool long_of(VM *vm, Value v, int64_t *out) {
  Value n;
  if (!is_given(vm, v) || !value_index(vm, v, &n)) return false;
  return int_to_int64(n, out) ||
         raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C long");
}
static bool int_of(VM *vm, Value v, int *out) {
  int64_t n;
  if (!long_of(vm, v, &n)) return false;
  *out = (int)n;
  return n == *out || raise_false(vm, TYPE_OF(OverflowError), "Option is too long");
}

/* low_bits: the low 64 bits of an int of any size. */
static bool low_bits(VM *vm, Value v, uint64_t *out) {
  Value low = binary_op(vm, BINARY_AND, v, int_from_uint64(vm, UINT64_MAX));
  return !value_is_fail(low) && int_to_uint64(low, out);
}

static Value context_get_options(VM *vm, Context *self) {
  return value_int(vm, (int64_t)SSL_CTX_get_options(self->ctx));
}
static bool context_set_options(VM *vm, Context *self, Value v) {
  int64_t wanted;
  const uint64_t versions = SSL_OP_NO_SSLv2 | SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1 |
                            SSL_OP_NO_TLSv1_1 | SSL_OP_NO_TLSv1_2 | SSL_OP_NO_TLSv1_3;
  if (!long_of(vm, v, &wanted)) return false;
  uint64_t before = SSL_CTX_get_options(self->ctx);
  uint64_t gone = before & ~(uint64_t)wanted, come = ~before & (uint64_t)wanted;
  if (come & versions && !warn(vm, TYPE_OF(DeprecationWarning), 2,
                               "ssl.OP_NO_SSL*/ssl.OP_NO_TLS* options are deprecated"))
    return false;
  if (gone) SSL_CTX_clear_options(self->ctx, gone);
  if (come) SSL_CTX_set_options(self->ctx, come);
  return true;
}

static Value context_get_verify_mode(VM *vm, Context *self) {
  int mode =
      SSL_CTX_get_verify_mode(self->ctx) & (SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT);
  return value_int(vm, mode == SSL_VERIFY_NONE ? 0 : mode == SSL_VERIFY_PEER ? 1 : 2);
}
static void set_verify(Context *self, int mode) {
  static const int modes[] = {SSL_VERIFY_NONE, SSL_VERIFY_PEER,
                              SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT};
  SSL_CTX_set_verify(self->ctx, modes[mode], SSL_CTX_get_verify_callback(self->ctx));
}
static bool context_set_verify_mode(VM *vm, Context *self, Value v) {
  int mode;
  if (!int_of(vm, v, &mode)) return false;
  if (mode < 0 || mode > 2)
    return raise_false(vm, TYPE_OF(ValueError), "invalid value for verify_mode");
  if (mode == 0 && self->check_hostname)
    return raise_false(vm, TYPE_OF(ValueError),
                       "Cannot set verify_mode to CERT_NONE when check_hostname is enabled.");
  set_verify(self, mode);
  return true;
}

static Value context_get_verify_flags(VM *vm, Context *self) {
  return value_int(vm, (int64_t)X509_VERIFY_PARAM_get_flags(SSL_CTX_get0_param(self->ctx)));
}
static bool context_set_verify_flags(VM *vm, Context *self, Value v) {
  uint64_t wanted;
  if (!is_given(vm, v)) return false;
  if (!value_is_any_int(v))
    return raise_false(vm, TYPE_OF(TypeError), "argument must be int, not %T", v);
  if (!low_bits(vm, v, &wanted)) return false;
  X509_VERIFY_PARAM *param = SSL_CTX_get0_param(self->ctx);
  unsigned long before = X509_VERIFY_PARAM_get_flags(param);
  unsigned long gone = before & ~wanted, come = ~before & wanted;
  if (gone && !X509_VERIFY_PARAM_clear_flags(param, gone)) return ssl_raise_queued(vm, 3363), false;
  if (come && !X509_VERIFY_PARAM_set_flags(param, come)) return ssl_raise_queued(vm, 3369), false;
  return true;
}

/* ---- versions */
enum { ANY_LOWEST = -2, ANY_HIGHEST = -1 };

static Value version_value(VM *vm, int version, int any) {
  return value_int(vm, version == 0 ? any : version);
}
static Value context_get_minimum_version(VM *vm, Context *self) {
  return version_value(vm, (int)SSL_CTX_get_min_proto_version(self->ctx), ANY_LOWEST);
}
static Value context_get_maximum_version(VM *vm, Context *self) {
  return version_value(vm, (int)SSL_CTX_get_max_proto_version(self->ctx), ANY_HIGHEST);
}

static bool warn_of_version(VM *vm, int version) {
  const char *name = version == SSL3_VERSION     ? "SSLv3"
                     : version == TLS1_VERSION   ? "TLSv1"
                     : version == TLS1_1_VERSION ? "TLSv1_1"
                                                 : NULL;
  return !name || warn(vm, TYPE_OF(DeprecationWarning), 2, "ssl.TLSVersion.%s is deprecated", name);
}

static bool set_version(VM *vm, Context *self, Value v, bool minimum) {
  int version;
  if (!int_of(vm, v, &version)) return false;
  if (self->protocol != PROTOCOL_TLS && self->protocol != PROTOCOL_TLS_CLIENT &&
      self->protocol != PROTOCOL_TLS_SERVER)
    return raise_false(vm, TYPE_OF(ValueError),
                       "The context's protocol doesn't support modification of highest and lowest "
                       "version.");
  if (!warn_of_version(vm, version)) return false;
  int used = version;
  if (version == ANY_LOWEST) used = minimum ? 0 : TLS1_VERSION;
  if (version == ANY_HIGHEST) used = minimum ? TLS1_3_VERSION : 0;
  bool done = minimum ? SSL_CTX_set_min_proto_version(self->ctx, used)
                      : SSL_CTX_set_max_proto_version(self->ctx, used);
  ssl_forget_errors();
  return done || raise_false(vm, TYPE_OF(ValueError), "Unsupported TLS/SSL version 0x%x", version);
}
static bool context_set_minimum_version(VM *vm, Context *self, Value v) {
  return set_version(vm, self, v, true);
}
static bool context_set_maximum_version(VM *vm, Context *self, Value v) {
  return set_version(vm, self, v, false);
}

/* ---- other numbers and truths */
static Value context_get_num_tickets(VM *vm, Context *self) {
  return value_int(vm, (int64_t)SSL_CTX_get_num_tickets(self->ctx));
}
static bool context_set_num_tickets(VM *vm, Context *self, Value v) {
  int64_t n;
  if (!long_of(vm, v, &n)) return false;
  if (n < 0) return raise_false(vm, TYPE_OF(ValueError), "value must be non-negative");
  if (self->protocol != PROTOCOL_TLS_SERVER)
    return raise_false(vm, TYPE_OF(ValueError), "SSLContext is not a server context.");
  return SSL_CTX_set_num_tickets(self->ctx, (size_t)n) == 1 ||
         raise_false(vm, TYPE_OF(ValueError), "failed to set num tickets.");
}

static Value context_get_security_level(VM *vm, Context *self) {
  return value_int(vm, SSL_CTX_get_security_level(self->ctx));
}
static Value context_get_protocol(VM *vm, Context *self) { return value_int(vm, self->protocol); }

static Value context_get_check_hostname(VM *vm, Context *self) {
  return value_bool(self->check_hostname);
}
static bool context_set_check_hostname(VM *vm, Context *self, Value v) {
  Answer on = is_given(vm, v) ? value_truth(vm, v) : ANSWER_FAILED;
  if (on == ANSWER_FAILED) return false;
  if (on && SSL_CTX_get_verify_mode(self->ctx) == SSL_VERIFY_NONE) set_verify(self, 2);
  self->check_hostname = on == ANSWER_YES;
  return true;
}

static Value context_get_host_flags(VM *vm, Context *self) {
  return value_int(vm, self->host_flags);
}
static bool context_set_host_flags(VM *vm, Context *self, Value v) {
  Value n;
  uint64_t flags;
  if (!is_given(vm, v) || !value_index(vm, v, &n) || !low_bits(vm, n, &flags)) return false;
  self->host_flags = (unsigned)flags;
  X509_VERIFY_PARAM_set_hostflags(SSL_CTX_get0_param(self->ctx), self->host_flags);
  return true;
}

static Value context_get_post_handshake_auth(VM *vm, Context *self) {
  return value_bool(self->post_handshake_auth);
}
static bool context_set_post_handshake_auth(VM *vm, Context *self, Value v) {
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(AttributeError), "cannot delete attribute");
  Answer on = value_truth(vm, v);
  if (on == ANSWER_FAILED) return false;
  self->post_handshake_auth = on == ANSWER_YES;
  SSL_CTX_set_post_handshake_auth(self->ctx, self->post_handshake_auth); /* of clients */
  return true;
}

/* ---- callbacks */
/* take_callback: into *place; None takes the old one away. */
static bool take_callback(VM *vm, Context *self, Value *place, Value v) {
  bool fits = v == VALUE_NONE || (v != VALUE_MISSING && value_is_callable(v));
  *place = fits ? v : VALUE_NONE;
  heap_barrier(vm, self, *place);
  return fits || raise_false(vm, TYPE_OF(TypeError), "not a callable object");
}
static Value context_get_sni_callback(VM *vm, Context *self) { return self->sni_callback; }
static bool context_set_sni_callback(VM *vm, Context *self, Value v) {
  if (self->protocol == PROTOCOL_TLS_CLIENT)
    return raise_false(vm, TYPE_OF(ValueError), "sni_callback cannot be set on TLS_CLIENT context");
  bool taken = take_callback(vm, self, &self->sni_callback, v);
  context_hook_sni(self);
  return taken;
}
static Value context_get_message_callback(VM *vm, Context *self) { return self->msg_callback; }
static bool context_set_message_callback(VM *vm, Context *self, Value v) {
  bool taken = take_callback(vm, self, &self->msg_callback, v);
  context_hook_msg(self);
  return taken;
}

static void end_keylog(Context *self) {
  if (self->keylog_fd >= 0) close(self->keylog_fd);
  self->keylog_fd = -1;
  self->keylog_name = VALUE_NONE;
}
static Value context_get_keylog_filename(VM *vm, Context *self) { return self->keylog_name; }
static bool context_set_keylog_filename(VM *vm, Context *self, Value v) {
  static const char title[] = "# TLS secrets log file, generated by OpenSSL / Python\n";
  if (!is_given(vm, v)) return false;
  end_keylog(self);
  context_hook_keylog(self);
  if (v == VALUE_NONE) return true;
  const Bytes *path = path_encode(vm, v);
  if (!path) return false;
  int fd = open((const char *)path->data, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (fd < 0) return raise_errno(vm, errno, v), false;
  bool is_new = lseek(fd, 0, SEEK_END) == 0;
  if (is_new && write(fd, title, sizeof title - 1) < 0) {
    raise_errno(vm, errno, v);
    close(fd);
    return false;
  }
  self->keylog_fd = fd;
  self->keylog_name = v;
  heap_barrier(vm, self, v);
  context_hook_keylog(self);
  return true;
}

static Value context_set_alpn_protocols(VM *vm, Context *self,
                                        const context_set_alpn_protocols_args *a) {
  if (a->protos.n > UINT32_MAX)
    return raise_error(vm, TYPE_OF(OverflowError), "protocols longer than %u bytes", UINT32_MAX);
  Bytes *kept = bytes_new(vm, a->protos.bytes, a->protos.n);
  if (!kept) return VALUE_FAIL;
  if (SSL_CTX_set_alpn_protos(self->ctx, kept->data, (unsigned)kept->length)) {
    ssl_forget_errors();
    return raise_memory(vm);
  }
  self->alpn = value_from(kept);
  heap_barrier(vm, self, self->alpn);
  context_hook_alpn(self);
  return VALUE_NONE;
}

/* ---- loading */
static Value context_load_cert_chain(VM *vm, Context *self, const context_load_cert_chain_args *a) {
  return context_load_chain(vm, self, a->certfile, a->keyfile, a->password);
}
static Value context_load_dh_params(VM *vm, Context *self, const context_load_dh_params_args *a) {
  return context_load_dh(vm, self, a->path);
}
static Value context_load_verify_locations(VM *vm, Context *self,
                                           const context_load_verify_locations_args *a) {
  return context_load_locations(vm, self, a->cafile, a->capath, a->cadata);
}
static Value context_set_default_verify_paths(VM *vm, Context *self,
                                              const context_set_default_verify_paths_args *a) {
  int done = BLOCKING(vm, SSL_CTX_set_default_verify_paths(self->ctx));
  return done ? VALUE_NONE : ssl_raise_queued(vm, 4300);
}

static Value context_set_ecdh_curve(VM *vm, Context *self, const context_set_ecdh_curve_args *a) {
  const Bytes *name = path_encode(vm, a->name);
  if (!name) return VALUE_FAIL;
  int nid = OBJ_sn2nid((const char *)name->data);
  if (nid == 0) return raise_value(vm, "unknown elliptic curve name %R", a->name);
  return SSL_CTX_set1_groups(self->ctx, &nid, 1) ? VALUE_NONE : ssl_raise_queued(vm, 4350);
}

static Value context_set_ciphers(VM *vm, Context *self, const context_set_ciphers_args *a) {
  size_t n;
  const char *list = str_utf8(vm, a->cipherlist, &n);
  if (!list) return VALUE_FAIL;
  if (strlen(list) != n) return raise_value(vm, "embedded null character");
  if (SSL_CTX_set_cipher_list(self->ctx, list)) return VALUE_NONE;
  return ssl_raise_plain(vm, "No cipher can be selected.");
}

/* ---- what it has */
static bool put(VM *vm, Dict *dict, const char *name, Value value) {
  Str *key = str_intern_cstr(vm, name);
  return key && !value_is_fail(value) && dict_set_str(vm, dict, key, value);
}
static Value text_or_none(VM *vm, const char *text) {
  return text ? value_of(str_new_cstr(vm, text)) : VALUE_NONE;
}
static Value name_of_nid(VM *vm, int nid) {
  return text_or_none(vm, nid == NID_undef ? NULL : OBJ_nid2ln(nid));
}

static Value cipher_to_dict(VM *vm, const SSL_CIPHER *cipher) {
  Dict *dict = dict_new(vm);
  char text[512], *described = SSL_CIPHER_description(cipher, text, sizeof text - 1);
  size_t n = described ? strcspn(described, "\n") : 0;
  int bits, strength = SSL_CIPHER_get_bits(cipher, &bits);
  Value description = value_of(str_new_ascii(vm, text, n));
  bool good = put(vm, dict, "id", value_int(vm, SSL_CIPHER_get_id(cipher))) &&
              put(vm, dict, "name", text_or_none(vm, SSL_CIPHER_get_name(cipher))) &&
              put(vm, dict, "protocol", text_or_none(vm, SSL_CIPHER_get_version(cipher))) &&
              put(vm, dict, "description", description) &&
              put(vm, dict, "strength_bits", value_int(vm, strength)) &&
              put(vm, dict, "alg_bits", value_int(vm, bits)) &&
              put(vm, dict, "aead", value_bool(SSL_CIPHER_is_aead(cipher))) &&
              put(vm, dict, "symmetric", name_of_nid(vm, SSL_CIPHER_get_cipher_nid(cipher))) &&
              put(vm, dict, "digest", name_of_nid(vm, SSL_CIPHER_get_digest_nid(cipher))) &&
              put(vm, dict, "kea", name_of_nid(vm, SSL_CIPHER_get_kx_nid(cipher))) &&
              put(vm, dict, "auth", name_of_nid(vm, SSL_CIPHER_get_auth_nid(cipher)));
  return good ? value_from(dict) : VALUE_FAIL;
}

static Value context_get_ciphers(VM *vm, Context *self, const context_get_ciphers_args *a) {
  SSL *ssl = SSL_new(self->ctx);
  if (!ssl) return ssl_raise_queued(vm, 3290);
  STACK_OF(SSL_CIPHER) *ciphers = SSL_get_ciphers(ssl);
  List *list = list_new(vm, 64);
  bool good = true;
  for (int i = 0; good && i < sk_SSL_CIPHER_num(ciphers); i++) {
    Value dict = cipher_to_dict(vm, sk_SSL_CIPHER_value(ciphers, i));
    good = !value_is_fail(dict) && list_append_value(vm, list, dict);
  }
  SSL_free(ssl);
  return good ? value_from(list) : VALUE_FAIL;
}

static Value context_session_stats(VM *vm, Context *self, const context_session_stats_args *a) {
  Dict *dict = dict_new(vm);
  SSL_CTX *c = self->ctx;
  bool good =
      put(vm, dict, "number", value_int(vm, SSL_CTX_sess_number(c))) &&
      put(vm, dict, "connect", value_int(vm, SSL_CTX_sess_connect(c))) &&
      put(vm, dict, "connect_good", value_int(vm, SSL_CTX_sess_connect_good(c))) &&
      put(vm, dict, "connect_renegotiate", value_int(vm, SSL_CTX_sess_connect_renegotiate(c))) &&
      put(vm, dict, "accept", value_int(vm, SSL_CTX_sess_accept(c))) &&
      put(vm, dict, "accept_good", value_int(vm, SSL_CTX_sess_accept_good(c))) &&
      put(vm, dict, "accept_renegotiate", value_int(vm, SSL_CTX_sess_accept_renegotiate(c))) &&
      put(vm, dict, "hits", value_int(vm, SSL_CTX_sess_hits(c))) &&
      put(vm, dict, "misses", value_int(vm, SSL_CTX_sess_misses(c))) &&
      put(vm, dict, "timeouts", value_int(vm, SSL_CTX_sess_timeouts(c))) &&
      put(vm, dict, "cache_full", value_int(vm, SSL_CTX_sess_cache_full(c)));
  return good ? value_from(dict) : VALUE_FAIL;
}

static Value context_cert_store_stats(VM *vm, Context *self,
                                      const context_cert_store_stats_args *a) {
  STACK_OF(X509_OBJECT) *objects = X509_STORE_get0_objects(SSL_CTX_get_cert_store(self->ctx));
  int64_t certificates = 0, lists = 0, authorities = 0;
  for (int i = 0; i < sk_X509_OBJECT_num(objects); i++) {
    const X509_OBJECT *one = sk_X509_OBJECT_value(objects, i);
    switch (X509_OBJECT_get_type(one)) {
    case X509_LU_X509:
      certificates++;
      authorities += X509_check_ca(X509_OBJECT_get0_X509(one)) != 0;
      break;
    case X509_LU_CRL: lists++; break;
    default: break;
    }
  }
  Dict *dict = dict_new(vm);
  bool good = put(vm, dict, "x509", value_int(vm, certificates)) &&
              put(vm, dict, "crl", value_int(vm, lists)) &&
              put(vm, dict, "x509_ca", value_int(vm, authorities));
  return good ? value_from(dict) : VALUE_FAIL;
}

static Value context_get_ca_certs(VM *vm, Context *self, const context_get_ca_certs_args *a) {
  STACK_OF(X509_OBJECT) *objects = X509_STORE_get0_objects(SSL_CTX_get_cert_store(self->ctx));
  List *list = list_new(vm, 4);
  for (int i = 0; i < sk_X509_OBJECT_num(objects); i++) {
    const X509_OBJECT *one = sk_X509_OBJECT_value(objects, i);
    X509 *x509 = X509_OBJECT_get_type(one) == X509_LU_X509 ? X509_OBJECT_get0_X509(one) : NULL;
    if (!x509 || !X509_check_ca(x509)) continue;
    Value shown = a->binary_form ? x509_to_der(vm, x509) : x509_to_dict(vm, x509);
    if (value_is_fail(shown) || !list_append_value(vm, list, shown)) return VALUE_FAIL;
  }
  return value_from(list);
}

/* ---- the class */
static void context_trace(Marker *marker, Object *object) {
  const Context *self = (Context *)object;
  mark_value(marker, self->sni_callback);
  mark_value(marker, self->msg_callback);
  mark_value(marker, self->alpn);
  mark_value(marker, self->keylog_name);
}
static void context_destroy(VM *vm, Object *object) {
  Context *self = (Context *)object;
  if (!self->ctx) return;
  end_keylog(self);
  SSL_CTX_free(self->ctx);
  self->ctx = NULL;
  heap_account(vm, -CONTEXT_BYTES);
}

const ClassSpec ssl__SSLContext_class = {
    NATIVE_CLASS(context_),
    .basic_size = sizeof(Context),
    .trace = context_trace,
    .destroy = context_destroy,
};
#endif
