/* decode.c -- certificates as dictionaries: names, times, alternative names, where to ask. */
#include "vm/base/libraries.h"
#if WITH_SSL

#include "vm/modules/ssl/ssl.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"
#include "vm/objects/tuple.h"

/* ---- texts */
Value object_text(VM *vm, const ASN1_OBJECT *object, bool numeric) {
  char small[256];
  int size = OBJ_obj2txt(small, sizeof small, object, numeric);
  if (size < 0) return ssl_raise_queued(vm, 1100);
  if (!numeric && OBJ_obj2nid(object) == NID_undef && size == 0) return VALUE_NONE;
  if (size < (int)sizeof small) return value_of(str_new_cstr(vm, small));
  Bytes *text = bytes_new(vm, NULL, (size_t)size + 1);
  if (!text) return VALUE_FAIL;
  OBJ_obj2txt((char *)text->data, size + 1, object, numeric);
  return value_of(str_new_cstr(vm, (const char *)text->data));
}

/* utf8_text: TypeError-free: UnicodeDecodeError for what is none. */
static Value utf8_text(VM *vm, const void *bytes, size_t n) {
  Bytes *encoded = bytes_new(vm, bytes, n);
  return encoded ? call_method1(vm, value_from(encoded), NAME("decode"), value_from(NAME("utf-8")))
                 : VALUE_FAIL;
}

/* printed: what a function of libcrypto has written into a memory BIO. */
static Value printed(VM *vm, BIO *out) {
  char *text;
  long size = BIO_get_mem_data(out, &text);
  return utf8_text(vm, text, size > 0 ? (size_t)size : 0);
}

static Value time_text(VM *vm, const ASN1_TIME *time) {
  BIO *out = BIO_new(BIO_s_mem());
  if (!out) return raise_memory(vm);
  ASN1_TIME_print(out, time);
  Value text = printed(vm, out);
  BIO_free(out);
  return text;
}

static Value serial_text(VM *vm, X509 *x509) {
  BIO *out = BIO_new(BIO_s_mem());
  if (!out) return raise_memory(vm);
  i2a_ASN1_INTEGER(out, X509_get0_serialNumber(x509));
  Value text = printed(vm, out);
  BIO_free(out);
  return text;
}

/* ---- names: a tuple of sets of (attribute, value) */
static Value attribute_value(VM *vm, const ASN1_STRING *data) {
  unsigned char *bytes;
  if (ASN1_STRING_type(data) == V_ASN1_BIT_STRING)
    return value_of(bytes_new(vm, ASN1_STRING_get0_data(data), (size_t)ASN1_STRING_length(data)));
  int size = ASN1_STRING_to_UTF8(&bytes, data);
  if (size < 0) return ssl_raise_queued(vm, 1182);
  Value text = utf8_text(vm, bytes, (size_t)size);
  OPENSSL_free(bytes);
  return text;
}

static Value name_to_tuple(VM *vm, const X509_NAME *name) {
  List *sets = list_new(vm, 4), *set = list_new(vm, 1);
  int count = X509_NAME_entry_count(name), number = -1;
  for (int i = 0; i < count; i++) {
    const X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);
    if (number >= 0 && number != X509_NAME_ENTRY_set(entry)) {
      Value done = value_of(tuple_from_iterable(vm, value_from(set)));
      if (value_is_fail(done) || !list_append_value(vm, sets, done)) return VALUE_FAIL;
      set = list_new(vm, 1);
    }
    number = X509_NAME_ENTRY_set(entry);
    Value key = object_text(vm, X509_NAME_ENTRY_get_object(entry), false);
    Value value = value_is_fail(key) ? key : attribute_value(vm, X509_NAME_ENTRY_get_data(entry));
    Value pair = PACK(key, value);
    if (value_is_fail(pair) || !list_append_value(vm, set, pair)) return VALUE_FAIL;
  }
  if (list_length(set)) {
    Value last = value_of(tuple_from_iterable(vm, value_from(set)));
    if (value_is_fail(last) || !list_append_value(vm, sets, last)) return VALUE_FAIL;
  }
  return value_of(tuple_from_iterable(vm, value_from(sets)));
}

/* ---- alternative names: (kind, value) */
static Value labelled(VM *vm, const char *label, Value value) {
  Value name = value_of(str_new_cstr(vm, label));
  return PACK(name, value);
}

static Value address_text(VM *vm, const ASN1_OCTET_STRING *address) {
  const unsigned char *b = ASN1_STRING_get0_data(address);
  int size = ASN1_STRING_length(address);
  char text[64];
  if (size == 4) snprintf(text, sizeof text, "%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
  else if (size == 16)
    snprintf(text, sizeof text, "%X:%X:%X:%X:%X:%X:%X:%X", b[0] << 8 | b[1], b[2] << 8 | b[3],
             b[4] << 8 | b[5], b[6] << 8 | b[7], b[8] << 8 | b[9], b[10] << 8 | b[11],
             b[12] << 8 | b[13], b[14] << 8 | b[15]);
  else snprintf(text, sizeof text, "<invalid>");
  return value_of(str_new_cstr(vm, text));
}

/* other_name: as libcrypto prints it: "kind:value". */
static Value other_name(VM *vm, GENERAL_NAME *name) {
  BIO *out = BIO_new(BIO_s_mem());
  if (!out) return raise_memory(vm);
  GENERAL_NAME_print(out, name);
  Value text = printed(vm, out);
  BIO_free(out);
  if (value_is_fail(text)) return text;
  Value parts = call_method1(vm, text, NAME("partition"), value_from(NAME(":")));
  if (value_is_fail(parts)) return parts;
  Tuple *three = value_object(parts);
  return value_object(three->items[1]) == str_empty()
             ? raise_value(vm, "Invalid value %.200U", value_object(text))
             : PACK(three->items[0], three->items[2]);
}

static Value alternative_name(VM *vm, GENERAL_NAME *name) {
  const ASN1_STRING *text = NULL;
  const char *label = "";
  switch (name->type) {
  case GEN_DIRNAME: return labelled(vm, "DirName", name_to_tuple(vm, name->d.dirn));
  case GEN_EMAIL: label = "email", text = name->d.rfc822Name; break;
  case GEN_DNS: label = "DNS", text = name->d.dNSName; break;
  case GEN_URI: label = "URI", text = name->d.uniformResourceIdentifier; break;
  case GEN_RID: {
    Value id = object_text(vm, name->d.rid, false);
    return labelled(vm, "Registered ID", id);
  }
  case GEN_IPADD: return labelled(vm, "IP Address", address_text(vm, name->d.ip));
  case GEN_OTHERNAME:
  case GEN_X400:
  case GEN_EDIPARTY: return other_name(vm, name);
  default:
    if (!warn(vm, TYPE_OF(RuntimeWarning), 1, "Unknown general name type %d", name->type))
      return VALUE_FAIL;
    return other_name(vm, name);
  }
  Value value = utf8_text(vm, ASN1_STRING_get0_data(text), (size_t)ASN1_STRING_length(text));
  return labelled(vm, label, value);
}

static bool add_alternative_names(VM *vm, List *all, GENERAL_NAMES *names) {
  for (int i = 0; i < sk_GENERAL_NAME_num(names); i++) {
    Value pair = alternative_name(vm, sk_GENERAL_NAME_value(names, i));
    if (value_is_fail(pair) || !list_append_value(vm, all, pair)) return false;
  }
  return true;
}

/* alternative_names: of all extensions that have some; VALUE_NONE: there are none. */
static Value alternative_names(VM *vm, X509 *x509) {
  List *all = NULL;
  for (int at = -1; (at = X509_get_ext_by_NID(x509, NID_subject_alt_name, at)) >= 0;) {
    GENERAL_NAMES *names = X509V3_EXT_d2i(X509_get_ext(x509, at));
    if (!all) all = list_new(vm, 4);
    if (!names) continue;
    bool added = add_alternative_names(vm, all, names);
    GENERAL_NAMES_free(names);
    if (!added) return VALUE_FAIL;
  }
  return all ? value_of(tuple_from_iterable(vm, value_from(all))) : VALUE_NONE;
}

/* ---- where to ask */
static bool add_uri(VM *vm, List *all, const GENERAL_NAME *name) {
  if (name->type != GEN_URI) return true;
  const ASN1_STRING *uri = name->d.uniformResourceIdentifier;
  Value text = utf8_text(vm, ASN1_STRING_get0_data(uri), (size_t)ASN1_STRING_length(uri));
  return !value_is_fail(text) && list_append_value(vm, all, text);
}

static Value tuple_or_none(VM *vm, List *all) {
  return list_length(all) ? value_of(tuple_from_iterable(vm, value_from(all))) : VALUE_NONE;
}

static Value access_uris(VM *vm, X509 *x509, int method) {
  AUTHORITY_INFO_ACCESS *info = X509_get_ext_d2i(x509, NID_info_access, NULL, NULL);
  if (!info) return VALUE_NONE;
  List *all = list_new(vm, 2);
  bool good = true;
  for (int i = 0; good && i < sk_ACCESS_DESCRIPTION_num(info); i++) {
    const ACCESS_DESCRIPTION *one = sk_ACCESS_DESCRIPTION_value(info, i);
    if (OBJ_obj2nid(one->method) == method) good = add_uri(vm, all, one->location);
  }
  AUTHORITY_INFO_ACCESS_free(info);
  return good ? tuple_or_none(vm, all) : VALUE_FAIL;
}

static bool add_point(VM *vm, List *all, const DIST_POINT *point) {
  if (!point->distpoint || point->distpoint->type != 0) return true; /* a relative name */
  const GENERAL_NAMES *names = point->distpoint->name.fullname;
  for (int i = 0; i < sk_GENERAL_NAME_num(names); i++)
    if (!add_uri(vm, all, sk_GENERAL_NAME_value(names, i))) return false;
  return true;
}

static Value revocation_uris(VM *vm, X509 *x509) {
  CRL_DIST_POINTS *points = X509_get_ext_d2i(x509, NID_crl_distribution_points, NULL, NULL);
  if (!points) return VALUE_NONE;
  List *all = list_new(vm, 2);
  bool good = true;
  for (int i = 0; good && i < sk_DIST_POINT_num(points); i++)
    good = add_point(vm, all, sk_DIST_POINT_value(points, i));
  CRL_DIST_POINTS_free(points);
  return good ? tuple_or_none(vm, all) : VALUE_FAIL;
}

/* ---- the whole */
static bool put(VM *vm, Dict *dict, Str *name, Value value) {
  return !value_is_fail(value) && dict_set_str(vm, dict, name, value);
}
static bool put_if_any(VM *vm, Dict *dict, Str *name, Value value) {
  return value == VALUE_NONE || put(vm, dict, name, value);
}

Value x509_to_dict(VM *vm, X509 *x509) {
  Dict *dict = dict_new(vm);
  int64_t version = X509_get_version(x509) + 1;
  bool good = put(vm, dict, NAME("subject"), name_to_tuple(vm, X509_get_subject_name(x509))) &&
              put(vm, dict, NAME("issuer"), name_to_tuple(vm, X509_get_issuer_name(x509))) &&
              put(vm, dict, NAME("version"), value_int(vm, version)) &&
              put(vm, dict, NAME("serialNumber"), serial_text(vm, x509)) &&
              put(vm, dict, NAME("notBefore"), time_text(vm, X509_get0_notBefore(x509))) &&
              put(vm, dict, NAME("notAfter"), time_text(vm, X509_get0_notAfter(x509))) &&
              put_if_any(vm, dict, NAME("subjectAltName"), alternative_names(vm, x509)) &&
              put_if_any(vm, dict, NAME("OCSP"), access_uris(vm, x509, NID_ad_OCSP)) &&
              put_if_any(vm, dict, NAME("caIssuers"), access_uris(vm, x509, NID_ad_ca_issuers)) &&
              put_if_any(vm, dict, NAME("crlDistributionPoints"), revocation_uris(vm, x509));
  ssl_forget_errors(); /* of extensions that are none */
  return good ? value_from(dict) : VALUE_FAIL;
}
#endif
