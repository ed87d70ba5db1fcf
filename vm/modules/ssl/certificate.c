/* certificate.c -- _ssl.Certificate: one of a peer's chain. */
#include "vm/base/libraries.h"
#if WITH_SSL

#include "vm/modules/ssl/ssl.h"
#include "vm/objects/bytes.h"
#include "vm/objects/list.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/ssl/certificate.def"
#define NATIVE_PREFIX certificate_
#define NATIVE_SELF Certificate *
#include "vm/contracts/native_class.inc"

enum { ENCODING_PEM = 1, ENCODING_DER = 2, CERTIFICATE_BYTES = 3000 };

Value certificate_new(VM *vm, X509 *x509) {
  Certificate *self = heap_new_zeroed(vm, SHAPE_OF(ssl_Certificate), sizeof *self);
  X509_up_ref(x509);
  self->x509 = x509;
  heap_track_destroy(vm, &self->h);
  heap_account(vm, CERTIFICATE_BYTES);
  return value_from(self);
}

Value certificates_new(VM *vm, STACK_OF(X509) * chain) {
  if (!chain) return VALUE_NONE;
  List *list = list_new(vm, (size_t)sk_X509_num(chain));
  for (int i = 0; list && i < sk_X509_num(chain); i++)
    if (!list_append_value(vm, list, certificate_new(vm, sk_X509_value(chain, i))))
      return VALUE_FAIL;
  return value_of(list);
}

Value x509_to_der(VM *vm, X509 *x509) {
  int size = i2d_X509(x509, NULL);
  if (size < 0) return ssl_raise_queued(vm, 1798);
  Bytes *bytes = bytes_new(vm, NULL, (size_t)size);
  if (!bytes) return VALUE_FAIL;
  unsigned char *at = bytes->data;
  i2d_X509(x509, &at);
  return value_from(bytes);
}

static Value to_pem(VM *vm, X509 *x509) {
  BIO *out = BIO_new(BIO_s_mem());
  char *text;
  if (!out) return raise_memory(vm);
  bool written = PEM_write_bio_X509(out, x509);
  long size = BIO_get_mem_data(out, &text);
  Value pem = written ? value_of(str_new_utf8(vm, text, (size_t)size)) : ssl_raise_queued(vm, 46);
  BIO_free(out);
  return pem;
}

static Value certificate_public_bytes(VM *vm, Certificate *self,
                                      const certificate_public_bytes_args *a) {
  switch (a->format) {
  case ENCODING_PEM: return to_pem(vm, self->x509);
  case ENCODING_DER: return x509_to_der(vm, self->x509);
  default: return raise_value(vm, "Unsupported format");
  }
}

static Value certificate_get_info(VM *vm, Certificate *self, const certificate_get_info_args *a) {
  return x509_to_dict(vm, self->x509);
}

static Value certificate_op_eq(VM *vm, Certificate *self, const certificate_op_eq_args *a) {
  if (!value_is(a->value, ssl_Certificate)) return VALUE_NOT_IMPLEMENTED;
  return value_bool(X509_cmp(self->x509, SSL_STATE_OF(a->value, Certificate)->x509) == 0);
}

static Value certificate_op_hash(VM *vm, Certificate *self, const certificate_op_hash_args *a) {
  return value_int(vm, (int64_t)X509_subject_name_hash(self->x509));
}

static Value certificate_op_repr(VM *vm, Certificate *self, const certificate_op_repr_args *a) {
  BIO *out = BIO_new(BIO_s_mem());
  char *text;
  if (!out) return raise_memory(vm);
  /* the most specific part first, characters of UTF-8 as they are */
  unsigned long how = XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB;
  X509_NAME_print_ex(out, X509_get_subject_name(self->x509), 0, how);
  long size = BIO_get_mem_data(out, &text);
  Str *subject = str_new_utf8(vm, text, (size_t)size);
  BIO_free(out);
  if (!subject) return VALUE_FAIL;
  return value_of(str_format(vm, "<%T '%U'>", value_from(self), subject));
}

static void certificate_destroy(VM *vm, Object *object) {
  Certificate *self = (Certificate *)object;
  if (!self->x509) return;
  X509_free(self->x509);
  self->x509 = NULL;
  heap_account(vm, -CERTIFICATE_BYTES);
}

const ClassSpec ssl_Certificate_class = {
    NATIVE_CLASS(certificate_),
    .basic_size = sizeof(Certificate),
    .destroy = certificate_destroy,
};
#endif
