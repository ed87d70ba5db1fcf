/* load.c -- what a context reads from files: its certificates and key, those that it trusts,
** parameters of key exchange. */
#include "vm/base/libraries.h"
#if WITH_SSL
#include <errno.h>
#include <stdio.h>

#include "vm/contracts/buffer.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/sys.h"
#include "vm/modules/ssl/ssl.h"
#include "vm/objects/bytes.h"
#include "vm/objects/tuple.h"
#include "vm/runtime/path.h"

/* ---- paths */
/* path_argument: true, and *out NULL for None; TypeErrors say instead what it should be. */
static bool path_argument(VM *vm, Value path, const char *name, const char **out) {
  *out = NULL;
  if (path == VALUE_NONE) return true;
  const Bytes *bytes = path_encode(vm, path);
  if (bytes) {
    *out = (const char *)bytes->data;
    return true;
  }
  if (error_clear_if(vm, TYPE_OF(TypeError)))
    raise_type(vm, "%s should be a valid filesystem path", name);
  return false;
}

/* What went wrong in reading a file: the system's error, or libssl's. */
static COLD Value raise_load(VM *vm, int error, int line) {
  if (!error) return ssl_raise_queued(vm, line);
  ssl_forget_errors();
  return raise_errno(vm, error, VALUE_NONE);
}

/* ---- passwords. Python runs in the middle of libssl's work, so nothing of it runs without the
** lock; a failure is kept in `failed`, the exception pending. */
typedef struct Password {
  VM *vm;
  Value callable; /* or VALUE_NONE */
  Value given;    /* bytes-like or str, or VALUE_NONE */
  bool failed;
} Password;

/* password_copy: false: raised. *size: of the password. */
static bool password_copy(VM *vm, Value v, const char *complaint, char *to, int room, int *size) {
  Span span;
  size_t n;
  if (value_is_str(v)) {
    const char *text = str_utf8(vm, value_object(v), &n);
    if (!text) return false;
    span = (Span){(const uint8_t *)text, n};
  } else if (value_has_flag(v, TYPE_BYTES_SUBCLASS | TYPE_BYTEARRAY_SUBCLASS)) {
    if (!span_of(vm, v, &span)) return false;
  } else return raise_false(vm, TYPE_OF(TypeError), "%s", complaint);
  if (span.n > (size_t)room)
    return raise_false(vm, TYPE_OF(ValueError), "password cannot be longer than %d bytes", room);
  memcpy(to, span.bytes, span.n);
  *size = (int)span.n;
  return true;
}

static int on_password(char *to, int room, int writing, void *argument) {
  Password *p = argument;
  VM *vm = p->vm;
  Value given = p->given;
  int size;
  if (p->failed) return -1;
  const char *complaint = "password should be a string or callable";
  if (p->callable != VALUE_NONE) {
    given = call0(vm, p->callable);
    complaint = "password callback must return a string";
  }
  if (!value_is_fail(given) && password_copy(vm, given, complaint, to, room, &size)) return size;
  p->failed = true;
  return -1;
}

static bool password_init(VM *vm, Password *p, Value password) {
  char text[PEM_BUFSIZE];
  int size;
  *p = (Password){vm, VALUE_NONE, VALUE_NONE, false};
  if (value_is_callable(password)) {
    p->callable = password;
    return true;
  }
  p->given = password;
  const char *complaint = "password should be a string or callable";
  bool is_text = value_is_str(password) ||
                 value_has_flag(password, TYPE_BYTES_SUBCLASS | TYPE_BYTEARRAY_SUBCLASS);
  /* how long it is, is told when it is asked for */
  return is_text || password_copy(vm, password, complaint, text, sizeof text, &size);
}

/* ---- the context's own certificates */
static Value load_chain(VM *vm, Context *self, const char *certfile, const char *keyfile,
                        Password *password) {
  errno = 0;
  ssl_forget_errors();
  int done = SSL_CTX_use_certificate_chain_file(self->ctx, certfile);
  if (password->failed) return ssl_forget_errors(), VALUE_FAIL;
  if (done != 1) return raise_load(vm, errno, 3877);
  errno = 0;
  done = SSL_CTX_use_PrivateKey_file(self->ctx, keyfile ? keyfile : certfile, SSL_FILETYPE_PEM);
  if (password->failed) return ssl_forget_errors(), VALUE_FAIL;
  if (done != 1) return raise_load(vm, errno, 3898);
  return SSL_CTX_check_private_key(self->ctx) == 1 ? VALUE_NONE : ssl_raise_queued(vm, 3906);
}

Value context_load_chain(VM *vm, Context *self, Value certfile, Value keyfile, Value password) {
  const char *cert_path, *key_path;
  Password p;
  if (certfile == VALUE_NONE) return raise_type(vm, "certfile should be a valid filesystem path");
  if (!path_argument(vm, certfile, "certfile", &cert_path) ||
      !path_argument(vm, keyfile, "keyfile", &key_path))
    return VALUE_FAIL;
  if (password != VALUE_NONE && !password_init(vm, &p, password)) return VALUE_FAIL;
  if (password == VALUE_NONE) { /* libssl asks the terminal */
    p = (Password){vm, VALUE_NONE, VALUE_NONE, false};
    return load_chain(vm, self, cert_path, key_path, &p);
  }
  pem_password_cb *before = SSL_CTX_get_default_passwd_cb(self->ctx);
  void *argument = SSL_CTX_get_default_passwd_cb_userdata(self->ctx);
  SSL_CTX_set_default_passwd_cb(self->ctx, on_password);
  SSL_CTX_set_default_passwd_cb_userdata(self->ctx, &p);
  Value done = load_chain(vm, self, cert_path, key_path, &p);
  SSL_CTX_set_default_passwd_cb(self->ctx, before);
  SSL_CTX_set_default_passwd_cb_userdata(self->ctx, argument);
  return done;
}

/* ---- those that it trusts */
static int no_password(char *to, int room, int writing, void *argument) { return 0; }

static bool at_end_of_data(bool pem) {
  unsigned long code = ERR_peek_last_error();
  int library = ERR_GET_LIB(code), reason = ERR_GET_REASON(code);
  if (pem) return library == ERR_LIB_PEM && reason == PEM_R_NO_START_LINE;
  return library == ERR_LIB_ASN1 && reason == ASN1_R_HEADER_TOO_LONG;
}

static Value add_certificates(VM *vm, Context *self, const void *bytes, size_t n, bool pem) {
  X509_STORE *store = SSL_CTX_get_cert_store(self->ctx);
  size_t loaded = 0;
  if (!n) return raise_value(vm, "Empty certificate data");
  if (n > INT32_MAX)
    return raise_error(vm, TYPE_OF(OverflowError), "Certificate data is too long.");
  BIO *in = BIO_new_mem_buf(bytes, (int)n);
  if (!in) return raise_memory(vm);
  ssl_forget_errors();
  for (bool good = true; good; loaded += good) {
    X509 *one = pem ? PEM_read_bio_X509(in, NULL, no_password, NULL) : d2i_X509_bio(in, NULL);
    if (!one) break;
    good = X509_STORE_add_cert(store, one);
    X509_free(one);
  }
  BIO_free(in);
  if (!loaded)
    return ssl_raise_text(vm,
                          pem ? "no start line: cadata does not contain a certificate"
                              : "not enough data: cadata does not contain a certificate",
                          3992);
  if (!at_end_of_data(pem) && ERR_peek_last_error()) return ssl_raise_queued(vm, 3992);
  ssl_forget_errors();
  return VALUE_NONE;
}

static Value add_data(VM *vm, Context *self, Value data) {
  BufferView view;
  if (value_is_str(data) && str_is_ascii(value_object(data))) {
    const Str *text = value_object(data);
    return add_certificates(vm, self, str_data(text), text->length, true);
  }
  if (value_is_str(data) || !value_is_bytes_like(data))
    return raise_type(vm, "cadata should be an ASCII string or a bytes-like object");
  if (!buffer_acquire(vm, data, &view, false)) return VALUE_FAIL;
  Value done = add_certificates(vm, self, view.bytes, view.size, false);
  buffer_release(vm, &view);
  return done;
}

Value context_load_locations(VM *vm, Context *self, Value cafile, Value capath, Value cadata) {
  const char *file, *folder;
  if (cafile == VALUE_NONE && capath == VALUE_NONE && cadata == VALUE_NONE)
    return raise_type(vm, "cafile, capath and cadata cannot be all omitted");
  if (!path_argument(vm, cafile, "cafile", &file) || !path_argument(vm, capath, "capath", &folder))
    return VALUE_FAIL;
  if (cadata != VALUE_NONE && value_is_fail(add_data(vm, self, cadata))) return VALUE_FAIL;
  if (!file && !folder) return VALUE_NONE;
  ssl_forget_errors();
  errno = 0;
  int done = BLOCKING(vm, SSL_CTX_load_verify_locations(self->ctx, file, folder));
  if (done != 1) return raise_load(vm, errno, 4126);
  ssl_forget_errors();
  return VALUE_NONE;
}

/* ---- key exchange */
Value context_load_dh(VM *vm, Context *self, Value path) {
  const Bytes *name = path_encode(vm, path);
  if (!name ||
      !SYS_AUDIT(vm, "open", path, value_of(str_new_cstr(vm, "rb")), value_int_unchecked(0)))
    return VALUE_FAIL;
  FILE *file = fopen((const char *)name->data, "rbe");
  if (!file) return name ? raise_errno(vm, errno, path) : VALUE_FAIL;
  errno = 0;
  DH *dh = PEM_read_DHparams(file, NULL, NULL, NULL);
  int error = errno;
  fclose(file);
  if (!dh) return error ? raise_errno(vm, error, path) : ssl_raise_queued(vm, 4174);
  bool done = SSL_CTX_set_tmp_dh(self->ctx, dh);
  DH_free(dh);
  return done ? VALUE_NONE : ssl_raise_queued(vm, 4186);
}
#endif
