/* ssl_module.c -- the module _ssl: functions and constants. */
#include "vm/base/libraries.h"
#if WITH_SSL
#include <openssl/rand.h>

#include "vm/contracts/buffer.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/type.h"
#include "vm/modules/ssl/ssl.h"
#include "vm/objects/bytes.h"
#include "vm/objects/tuple.h"
#include "vm/runtime/path.h"

#define NATIVE_DEF "vm/modules/ssl/ssl.def"
#define NATIVE_PREFIX ssl_
#include "vm/contracts/native_class.inc"

/* ---- random numbers */
static Value ssl_RAND_add(VM *vm, Value self, const ssl_RAND_add_args *a) {
  if (!ssl_library_open(vm)) return VALUE_FAIL;
  BufferView view;
  if (value_is_str(a->string)) {
    size_t n;
    const char *text = str_utf8(vm, value_object(a->string), &n);
    if (!text) return VALUE_FAIL;
    RAND_add(text, (int)(n < INT32_MAX ? n : INT32_MAX), a->entropy);
    return VALUE_NONE;
  }
  if (!buffer_acquire(vm, a->string, &view, false)) return VALUE_FAIL;
  for (size_t at = 0, part; at < view.size; at += part) {
    part = view.size - at < INT32_MAX ? view.size - at : INT32_MAX;
    RAND_add(view.bytes + at, (int)part, a->entropy);
  }
  buffer_release(vm, &view);
  return VALUE_NONE;
}

static Value random_bytes(VM *vm, int n) {
  if (n < 0) return raise_value(vm, "num must be positive");
  Bytes *bytes = bytes_new(vm, NULL, (size_t)n);
  if (!bytes || !ssl_library_open(vm)) return VALUE_FAIL;
  return RAND_bytes(bytes->data, n) == 1 ? value_from(bytes) : ssl_raise_queued(vm, 5218);
}
static Value ssl_RAND_bytes(VM *vm, Value self, const ssl_RAND_bytes_args *a) {
  return random_bytes(vm, a->n);
}
static Value ssl_RAND_pseudo_bytes(VM *vm, Value self, const ssl_RAND_pseudo_bytes_args *a) {
  if (!warn(vm, TYPE_OF(DeprecationWarning), 1, "ssl.RAND_pseudo_bytes() is deprecated"))
    return VALUE_FAIL;
  Value bytes = random_bytes(vm, a->n);
  return PACK(bytes, VALUE_TRUE);
}
static Value ssl_RAND_status(VM *vm, Value self, const ssl_RAND_status_args *a) {
  if (!ssl_library_open(vm)) return VALUE_FAIL;
  return value_bool(RAND_status() == 1);
}

/* ---- objects of ASN.1 */
/* object_to_tuple: (number, short name, long name, OID) */
static Value object_to_tuple(VM *vm, const ASN1_OBJECT *object) {
  int nid = OBJ_obj2nid(object);
  if (nid == NID_undef) return raise_value(vm, "Unknown object");
  Value short_name = value_of(str_new_cstr(vm, OBJ_nid2sn(nid)));
  Value long_name = value_of(str_new_cstr(vm, OBJ_nid2ln(nid)));
  Value oid = object_text(vm, object, true);
  return PACK(value_int(vm, nid), short_name, long_name, oid);
}

/* Those that the library's ssl asks for when it is imported: libcrypto would start for them, and
** read its configuration. */
static const struct {
  const char *oid, *short_name, *long_name;
  int nid;
} purposes[] = {
    {"1.3.6.1.5.5.7.3.1", SN_server_auth, LN_server_auth, NID_server_auth},
    {"1.3.6.1.5.5.7.3.2", SN_client_auth, LN_client_auth, NID_client_auth},
};

static Value purpose_to_tuple(VM *vm, const char *oid) {
  for (size_t i = 0; i < ARRAY_COUNT(purposes); i++)
    if (!strcmp(oid, purposes[i].oid))
      return PACK(
          value_int(vm, purposes[i].nid), value_of(str_new_cstr(vm, purposes[i].short_name)),
          value_of(str_new_cstr(vm, purposes[i].long_name)), value_of(str_new_cstr(vm, oid)));
  return VALUE_UNBOUND;
}

static Value ssl_txt2obj(VM *vm, Value self, const ssl_txt2obj_args *a) {
  size_t n;
  const char *text = str_utf8(vm, a->txt, &n);
  if (!text) return VALUE_FAIL;
  if (strlen(text) != n) return raise_value(vm, "embedded null character");
  Value known = purpose_to_tuple(vm, text);
  if (known != VALUE_UNBOUND) return known;
  if (!ssl_library_open(vm)) return VALUE_FAIL;
  ASN1_OBJECT *object = OBJ_txt2obj(text, !a->name);
  ssl_forget_errors();
  if (!object) return raise_value(vm, "unknown object '%.100s'", text);
  Value tuple = object_to_tuple(vm, object);
  ASN1_OBJECT_free(object);
  return tuple;
}

static Value ssl_nid2obj(VM *vm, Value self, const ssl_nid2obj_args *a) {
  if (!ssl_library_open(vm)) return VALUE_FAIL;
  if (a->nid < NID_undef) return raise_value(vm, "NID must be positive.");
  ASN1_OBJECT *object = OBJ_nid2obj(a->nid);
  ssl_forget_errors();
  if (!object) return raise_value(vm, "unknown NID %d", a->nid);
  Value tuple = object_to_tuple(vm, object);
  ASN1_OBJECT_free(object);
  return tuple;
}

/* ---- the rest */
static Value path_text(VM *vm, const char *path) {
  Value bytes = value_of(bytes_new(vm, path, strlen(path)));
  return value_is_fail(bytes) ? bytes
                              : call_method2(vm, bytes, NAME("decode"), value_from(NAME("utf-8")),
                                             value_from(NAME("surrogateescape")));
}

static Value ssl_get_default_verify_paths(VM *vm, Value self,
                                          const ssl_get_default_verify_paths_args *a) {
  if (!ssl_library_open(vm)) return VALUE_FAIL;
  Value file_variable = path_text(vm, X509_get_default_cert_file_env());
  Value file = path_text(vm, X509_get_default_cert_file());
  Value folder_variable = path_text(vm, X509_get_default_cert_dir_env());
  Value folder = path_text(vm, X509_get_default_cert_dir());
  return PACK(file_variable, file, folder_variable, folder);
}

static Value ssl_test_decode_cert(VM *vm, Value self, const ssl_test_decode_cert_args *a) {
  if (!ssl_library_open(vm)) return VALUE_FAIL;
  const Bytes *path = path_encode(vm, a->path);
  if (!path) return VALUE_FAIL;
  BIO *in = BIO_new_file((const char *)path->data, "rb");
  if (!in) return ssl_raise_plain(vm, "Can't open file");
  X509 *x509 = PEM_read_bio_X509(in, NULL, NULL, NULL);
  BIO_free(in);
  if (!x509) return ssl_raise_plain(vm, "Error decoding PEM-encoded file");
  Value dict = x509_to_dict(vm, x509);
  X509_free(x509);
  return dict;
}

/* ---- the module */
static bool add_numbers(VM *vm, Module *module) {
  static const NamedInt numbers[] = {
#define NUMBER(name, value) {#name, (int64_t)(value)},
#include "vm/modules/ssl/constants.def"
#undef NUMBER
  };
  return module_add_ints(vm, module, numbers, ARRAY_COUNT(numbers));
}

static bool add_features(VM *vm, Module *module) {
  static const struct {
    const char *name;
    bool there;
  } features[] = {
      {"HAS_SNI", true},     {"HAS_TLS_UNIQUE", true}, {"HAS_ECDH", true},    {"HAS_NPN", false},
      {"HAS_ALPN", true},    {"HAS_SSLv2", false},     {"HAS_SSLv3", false},  {"HAS_TLSv1", true},
      {"HAS_TLSv1_1", true}, {"HAS_TLSv1_2", true},    {"HAS_TLSv1_3", true},
  };
  for (size_t i = 0; i < ARRAY_COUNT(features); i++)
    if (!module_add(vm, module, features[i].name, value_bool(features[i].there))) return false;
  return true;
}

/* version_tuple: major, minor, fix, patch, status of a number 0xMNNFFPPS. */
static Value version_tuple(VM *vm, unsigned long number) {
  Value parts[5];
  for (int i = 4; i >= 0; i--) {
    unsigned long mask = i == 4 ? 0xF : 0xFF;
    parts[i] = value_int(vm, (int64_t)(number & mask));
    number >>= i == 4 ? 4 : 8;
  }
  return value_of(tuple_from_values(vm, parts, 5));
}

static bool add_version(VM *vm, Module *module) {
  SslVersion version = ssl_library_version();
  unsigned long number = version.number;
  return module_add(vm, module, "OPENSSL_VERSION_NUMBER", value_int(vm, (int64_t)number)) &&
         module_add(vm, module, "OPENSSL_VERSION_INFO", version_tuple(vm, number)) &&
         module_add_str(vm, module, "OPENSSL_VERSION", version.text) &&
         module_add(vm, module, "_OPENSSL_API_VERSION",
                    version_tuple(vm, OPENSSL_VERSION_NUMBER)) &&
         module_add_str(vm, module, "_DEFAULT_CIPHERS", version.ciphers);
}

static bool init(VM *vm, Module *module) {
  if (!ssl_library_is_known() && !ssl_library_open_for(vm, module)) return false;
  return ssl_errors_init(vm, module) && module_add_type(vm, module, TYPE_OF(ssl__SSLContext)) &&
         module_add_type(vm, module, TYPE_OF(ssl__SSLSocket)) &&
         module_add_type(vm, module, TYPE_OF(ssl_MemoryBIO)) &&
         module_add_type(vm, module, TYPE_OF(ssl_SSLSession)) &&
         module_add_type(vm, module, TYPE_OF(ssl_Certificate)) && add_numbers(vm, module) &&
         add_features(vm, module) && add_version(vm, module);
}

const ModuleSpec _ssl_module = {
    .name = "_ssl",
    .doc = "TLS over sockets, by OpenSSL. The library's ssl is built on it.",
    NATIVE_FUNCTIONS(ssl_),
    .init = init};
#endif
