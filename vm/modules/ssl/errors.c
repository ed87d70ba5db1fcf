/* errors.c -- the exceptions of ssl, made from libssl's queue of errors. */
#include "vm/base/libraries.h"
#if WITH_SSL
#include <ctype.h>
#include <errno.h>

#include "vm/contracts/type.h"
#include "vm/modules/ssl/ssl.h"
#include "vm/objects/dict.h"
#include "vm/objects/exception.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/ssl/error.def"
#define NATIVE_PREFIX error_
#define NATIVE_SELF OSErrorObject *
#include "vm/contracts/native_class.inc"

/* The classes besides SSLError; registered by the import. kept_message: of kept_text, which is a
** literal, and kept_line. */
static struct {
  Value zero_return, want_read, want_write, syscall, eof, verification, kept_message;
  const char *kept_text;
  int kept_line;
} state = {.zero_return = VALUE_NONE,
           .want_read = VALUE_NONE,
           .want_write = VALUE_NONE,
           .syscall = VALUE_NONE,
           .eof = VALUE_NONE,
           .verification = VALUE_NONE,
           .kept_message = VALUE_NONE};

static Value error_op_str(VM *vm, OSErrorObject *self, const error_op_str_args *a) {
  if (self->strerror != VALUE_UNBOUND && value_is_str(self->strerror)) return self->strerror;
  return value_str(vm, value_from(self->e.args));
}

const ClassSpec ssl_SSLError_class = {NATIVE_CLASS(error_), .basic_size = sizeof(OSErrorObject)};

/* ---- names of what is in the queue */
static const struct {
  int code;
  const char *name;
} libraries[] = {
#define LIBRARY(name) {ERR_LIB_##name, #name},
    LIBRARY(ASN1) LIBRARY(ASYNC) LIBRARY(BIO) LIBRARY(BN) LIBRARY(BUF) LIBRARY(CMP) LIBRARY(CMS)
        LIBRARY(COMP) LIBRARY(CONF) LIBRARY(CRMF) LIBRARY(CRYPTO) LIBRARY(CT) LIBRARY(DH)
            LIBRARY(DSA) LIBRARY(DSO) LIBRARY(EC) LIBRARY(ECDH) LIBRARY(ECDSA) LIBRARY(ENGINE)
                LIBRARY(ESS) LIBRARY(EVP) LIBRARY(FIPS) LIBRARY(HMAC) LIBRARY(HTTP) LIBRARY(KDF)
                    LIBRARY(NONE) LIBRARY(OBJ) LIBRARY(OCSP) LIBRARY(OSSL_DECODER)
                        LIBRARY(OSSL_ENCODER) LIBRARY(OSSL_STORE) LIBRARY(PEM) LIBRARY(PKCS12)
                            LIBRARY(PKCS7) LIBRARY(PROP) LIBRARY(PROV) LIBRARY(RAND) LIBRARY(RSA)
                                LIBRARY(SM2) LIBRARY(SSL) LIBRARY(SYS) LIBRARY(TS) LIBRARY(UI)
                                    LIBRARY(X509) LIBRARY(X509V3)
#undef LIBRARY
};

static const char *library_name(unsigned long code) {
  for (size_t i = 0; code && i < ARRAY_COUNT(libraries); i++)
    if (libraries[i].code == ERR_GET_LIB(code)) return libraries[i].name;
  return NULL;
}

/* reason_name: libssl's own symbol for what happened. Its texts are made from them: "no start line"
** is NO_START_LINE. Reasons that all libraries share have none. */
static Value reason_name(VM *vm, unsigned long code) {
  const char *text = code ? ERR_reason_error_string(code) : NULL;
  char name[128];
  size_t n = 0;
  if (!text || ERR_SYSTEM_ERROR(code) || ERR_GET_REASON(code) & ERR_RFLAG_COMMON ||
      ERR_GET_REASON(code) < 100)
    return VALUE_NONE;
  for (; text[n] && n < sizeof name; n++)
    name[n] = isalnum((unsigned char)text[n]) ? (char)toupper((unsigned char)text[n]) : '_';
  return value_of(str_new_ascii(vm, name, n));
}

/* ---- raising */
typedef struct Failure {
  Value type;         /* the class */
  int number;         /* the exception's errno */
  const char *text;   /* NULL: the code's */
  unsigned long code; /* of the queue; 0: none */
  int line;
} Failure;

static Value verify_text(VM *vm, Connection *self, long code) {
  switch (code) {
  case X509_V_ERR_HOSTNAME_MISMATCH:
    return value_of(str_format(vm, "Hostname mismatch, certificate is not valid for '%S'.",
                               self->server_hostname));
  case X509_V_ERR_IP_ADDRESS_MISMATCH:
    return value_of(str_format(vm, "IP address mismatch, certificate is not valid for '%S'.",
                               self->server_hostname));
  default: return value_of(str_new_cstr(vm, X509_verify_cert_error_string(code)));
  }
}

/* plain_message: what is raised again and again, SSLWantReadError, says the same each time
** (perf-note 0066). */
static Str *plain_message(VM *vm, const Failure *f) {
  if (f->text == state.kept_text && f->line == state.kept_line)
    return value_object(state.kept_message);
  Str *message = str_format(vm, "%s (_ssl.c:%d)", f->text, f->line);
  if (!message) return NULL;
  state.kept_message = value_from(message);
  state.kept_text = f->text, state.kept_line = f->line;
  return message;
}

static Str *message_of(VM *vm, Value library, Value reason, const char *text, Value verified,
                       int line) {
  if (library == VALUE_NONE) return str_format(vm, "%s (_ssl.c:%d)", text, line);
  if (reason == VALUE_NONE) return str_format(vm, "[%S] %s (_ssl.c:%d)", library, text, line);
  if (verified == VALUE_NONE)
    return str_format(vm, "[%S: %S] %s (_ssl.c:%d)", library, reason, text, line);
  return str_format(vm, "[%S: %S] %s: %S (_ssl.c:%d)", library, reason, text, verified, line);
}

/* Has nobody given the class a method that is called when an instance is made? */
static bool runs_no_python(Type *type) {
  static const Special used[] = {SPECIAL_new, SPECIAL_init, SPECIAL_setattr};
  for (size_t i = 0; i < ARRAY_COUNT(used); i++)
    if (type->specials[used[i]] != TYPE_OF(OSError)->specials[used[i]]) return false;
  return true;
}

/* raise_failure: self: the connection, or NULL. */
static COLD Value raise_failure(VM *vm, Connection *self, const Failure *f) {
  const char *library_text = library_name(f->code);
  const char *text = f->text;
  if (!text && f->code) text = ERR_reason_error_string(f->code);
  if (!text) text = "unknown error";
  Value library = library_text ? value_of(str_new_cstr(vm, library_text)) : VALUE_NONE;
  Value reason = reason_name(vm, f->code), verified = VALUE_NONE;
  bool verification = self && f->type == state.verification;
  long verify_code = verification ? SSL_get_verify_result(self->ssl) : 0;
  if (verification) verified = verify_text(vm, self, verify_code);
  ssl_forget_errors();
  if (value_is_fail(library) || value_is_fail(reason) || value_is_fail(verified)) return VALUE_FAIL;
  Str *message = !f->code && f->text && verified == VALUE_NONE
                     ? plain_message(vm, f)
                     : message_of(vm, library, reason, text, verified, f->line);
  Value error =
      message ? call2(vm, f->type, value_int(vm, f->number), value_from(message)) : VALUE_FAIL;
  if (value_is_fail(error) || !set_attribute(vm, error, NAME("reason"), reason) ||
      !set_attribute(vm, error, NAME("library"), library))
    return VALUE_FAIL;
  if (verification && (!set_attribute(vm, error, NAME("verify_code"), value_int(vm, verify_code)) ||
                       !set_attribute(vm, error, NAME("verify_message"), verified)))
    return VALUE_FAIL;
  if (runs_no_python(value_object(f->type))) exception_hide(error);
  return raise_object(vm, error);
}

Value ssl_raise_queued(VM *vm, int line) {
  unsigned long code = ERR_peek_last_error();
  /* the number is the code without its library, as a C int */
  Failure f = {value_from(TYPE_OF(ssl_SSLError)), (int)ERR_GET_REASON(code), NULL, code, line};
  return raise_failure(vm, NULL, &f);
}
Value ssl_raise_text(VM *vm, const char *text, int line) {
  Failure f = {value_from(TYPE_OF(ssl_SSLError)), 0, text, 0, line};
  return raise_failure(vm, NULL, &f);
}
Value ssl_raise_plain(VM *vm, const char *text) {
  if (ssl_library_is_open()) ssl_forget_errors();
  Str *message = str_new_cstr(vm, text);
  return message ? raise_with(vm, TYPE_OF(ssl_SSLError), value_from(message)) : VALUE_FAIL;
}

static bool code_is(unsigned long code, int library, int reason) {
  return ERR_GET_LIB(code) == library && ERR_GET_REASON(code) == reason;
}

/* The connection has ended where none should. */
static void ended(Failure *f) {
  f->type = state.eof, f->number = ERROR_EOF;
  f->text = "EOF occurred in violation of protocol";
  f->code = 0;
}

/* system_failure: SSL_ERROR_SYSCALL; true: *f is filled in, false: an OSError was raised. */
static bool system_failure(VM *vm, Connection *self, int result, Failure *f) {
  f->number = SSL_ERROR_SYSCALL;
  if (f->code) {
    if (code_is(f->code, ERR_LIB_SSL, SSL_R_CERTIFICATE_VERIFY_FAILED))
      f->type = state.verification;
  } else if (result == 0 || !self->channel.error || (self->in_memory && result != -1)) {
    ended(f);
  } else {
    ssl_forget_errors();
    raise_errno(vm, self->channel.error, VALUE_NONE);
    return false;
  }
  return true;
}

static bool describe(VM *vm, Connection *self, int result, Failure *f) {
  f->number = self->error;
  switch (self->error) {
  case SSL_ERROR_ZERO_RETURN:
    f->type = state.zero_return, f->text = "TLS/SSL connection has been closed (EOF)";
    return true;
  case SSL_ERROR_WANT_READ:
    f->type = state.want_read, f->text = "The operation did not complete (read)";
    return true;
  case SSL_ERROR_WANT_WRITE:
    f->type = state.want_write, f->text = "The operation did not complete (write)";
    return true;
  case SSL_ERROR_WANT_X509_LOOKUP:
    f->text = "The operation did not complete (X509 lookup)";
    return true;
  case SSL_ERROR_WANT_CONNECT: f->text = "The operation did not complete (connect)"; return true;
  case SSL_ERROR_SYSCALL: return system_failure(vm, self, result, f);
  case SSL_ERROR_SSL:
    if (!f->code) f->text = "A failure in the SSL library occurred";
    if (code_is(f->code, ERR_LIB_SSL, SSL_R_CERTIFICATE_VERIFY_FAILED))
      f->type = state.verification;
#ifdef SSL_R_UNEXPECTED_EOF_WHILE_READING
    if (code_is(f->code, ERR_LIB_SSL, SSL_R_UNEXPECTED_EOF_WHILE_READING)) ended(f);
#endif
    return true;
  default: f->number = ERROR_INVALID_CODE, f->text = "Invalid error code"; return true;
  }
}

Value connection_raise(VM *vm, Connection *self, int result, int line) {
  Failure f = {value_from(TYPE_OF(ssl_SSLError)), 0, NULL, ERR_peek_last_error(), line};
  Value raised = self->callback_error;
  self->callback_error = VALUE_UNBOUND;
  if (raised != VALUE_UNBOUND) { /* what a callback raised is the cause of all that followed */
    ssl_forget_errors();
    error_restore(vm, raised);
    return VALUE_FAIL;
  }
  return describe(vm, self, result, &f) ? raise_failure(vm, self, &f) : VALUE_FAIL;
}

/* ---- classes */
static Value new_class(VM *vm, const char *name, const char *doc, Type *second) {
  Dict *attrs = dict_new(vm);
  Value base = value_from(TYPE_OF(ssl_SSLError)), text = value_of(str_new_cstr(vm, doc));
  if (value_is_fail(text) ||
      !dict_set_str(vm, attrs, NAME("__module__"), value_from(NAME("ssl"))) ||
      !dict_set_str(vm, attrs, NAME("__doc__"), text))
    return VALUE_FAIL;
  Tuple *bases = second ? TUPLE(base, value_from(second)) : TUPLE(base);
  return bases ? type_new(vm, TYPE_OF(type), str_intern_cstr(vm, name), bases, attrs, NULL, NULL)
               : VALUE_FAIL;
}

bool ssl_errors_init(VM *vm, Module *module) {
  static const struct {
    Value *place;
    const char *name, *doc;
  } classes[] = {
      {&state.zero_return, "SSLZeroReturnError", "The other side has ended the TLS session."},
      {&state.want_read, "SSLWantReadError",
       "A socket that does not wait must receive more before the operation can be finished."},
      {&state.want_write, "SSLWantWriteError",
       "A socket that does not wait must send more before the operation can be finished."},
      {&state.syscall, "SSLSyscallError", "The system failed in an operation of TLS."},
      {&state.eof, "SSLEOFError", "The connection ended without saying so."},
      {&state.verification, "SSLCertVerificationError", "A certificate could not be verified."},
  };
  if (!module_add_type(vm, module, TYPE_OF(ssl_SSLError))) return false;
  if (state.zero_return == VALUE_NONE) heap_add_root(vm, &state.kept_message); /* once */
  for (size_t i = 0; i < ARRAY_COUNT(classes); i++) {
    Value *place = classes[i].place;
    Type *second = place == &state.verification ? TYPE_OF(ValueError) : NULL;
    if (*place == VALUE_NONE) heap_add_root(vm, place);
    *place = new_class(vm, classes[i].name, classes[i].doc, second);
    if (value_is_fail(*place) || !module_add(vm, module, classes[i].name, *place)) return false;
  }
  return true;
}
#endif
