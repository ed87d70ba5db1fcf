/* unicodedata.c -- the module unicodedata: base/unicode.h as Python sees it, today's database and
** that of 3.2.0.
**
** Functions and methods share their bodies: `self` is the module, or the UCD object for the old
** database. */
#include <stdlib.h>

#include <strings.h>

#include "vm/base/memory.h"
#include "vm/base/unicode.h"
#include "vm/base/units.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/objects/str.h"

typedef uint32_t c_Char;
static bool convert_Char(VM *vm, Value v, uint32_t *out, const MethodSpec *spec, int i) {
  const Str *s = value_is_str(v) ? value_object(v) : NULL;
  if (UNLIKELY(!s || s->length != 1)) {
    if (spec->nparams == 1)
      return raise_false(vm, TYPE_OF(TypeError),
                         "%s() argument must be a unicode character, not %T", spec->name, v);
    return raise_false(vm, TYPE_OF(TypeError),
                       "%s() argument %d must be a unicode character, not %T", spec->name, i + 1,
                       v);
  }
  *out = str_at(s, 0);
  return true;
}

typedef UnicodeForm c_Form;
static bool convert_Form(VM *vm, Value v, UnicodeForm *out, const MethodSpec *spec, int i) {
  static const char *const names[] = {"NFD", "NFKD", "NFC", "NFKC"};
  if (!value_is_str(v)) return convert_fail(vm, v, "str", spec, i);
  for (int k = 0; k < 4; k++)
    if (str_equal_cstr(value_object(v), names[k])) return *out = (UnicodeForm)k, true;
  return raise_false(vm, TYPE_OF(ValueError), "invalid normalization form");
}

#define NATIVE_DEF "vm/modules/text/unicodedata.def"
#define NATIVE_PREFIX unicodedata_
#include "vm/contracts/native_class.inc"

static bool is_old(Value self) { return value_is(self, unicodedata_UCD); }

/* What 3.2.0 says otherwise about c; *absent: it did not assign it. */
static const UnicodeOldFields *old_fields(Value self, uint32_t c, bool *absent) {
  *absent = is_old(self) && !unicode_in_3_2(c);
  return is_old(self) && !*absent ? unicode_old_fields(c) : NULL;
}

static Value text(VM *vm, const char *s) { return value_of(str_new_cstr(vm, s)); }

/* The text of a name in the tables, made once; it is one of a few. */
static Value name_text(VM *vm, const char *name) {
  enum { KNOWN = 256 };
  static struct {
    const char *name;
    Str *text;
  } known[KNOWN];
  size_t at = (uintptr_t)name % KNOWN;
  if (UNLIKELY(known[at].name != name)) {
    known[at].text = str_intern_immortal(vm, name);
    known[at].name = name;
  }
  return value_from(known[at].text);
}

static Value unicodedata_category(VM *vm, Value self, const unicodedata_category_args *a) {
  bool absent;
  const UnicodeOldFields *old = old_fields(self, a->chr, &absent);
  return name_text(vm, absent                  ? "Cn"
                       : old && *old->category ? old->category
                                               : unicode_category(a->chr));
}

static Value unicodedata_bidirectional(VM *vm, Value self,
                                       const unicodedata_bidirectional_args *a) {
  bool absent;
  const UnicodeOldFields *old = old_fields(self, a->chr, &absent);
  return name_text(vm, absent                       ? ""
                       : old && *old->bidirectional ? old->bidirectional
                                                    : unicode_bidirectional(a->chr));
}

static Value unicodedata_east_asian_width(VM *vm, Value self,
                                          const unicodedata_east_asian_width_args *a) {
  bool absent;
  const UnicodeOldFields *old = old_fields(self, a->chr, &absent);
  return name_text(vm, absent               ? unicode_east_asian_width(0x378)
                       : old && *old->width ? old->width
                                            : unicode_east_asian_width(a->chr));
}

static Value unicodedata_combining(VM *vm, Value self, const unicodedata_combining_args *a) {
  bool absent;
  old_fields(self, a->chr, &absent);
  return value_int(vm, absent ? 0 : unicode_combining(a->chr));
}

static Value unicodedata_mirrored(VM *vm, Value self, const unicodedata_mirrored_args *a) {
  bool absent;
  const UnicodeOldFields *old = old_fields(self, a->chr, &absent);
  return value_int(vm, absent                      ? 0
                       : old && old->mirrored >= 0 ? old->mirrored
                                                   : unicode_is_mirrored(a->chr));
}

static Value unicodedata_decomposition(VM *vm, Value self,
                                       const unicodedata_decomposition_args *a) {
  bool absent;
  Buffer out;
  buffer_init(&out);
  old_fields(self, a->chr, &absent);
  if (!absent) unicode_decomposition(a->chr, &out);
  Str *s = str_from_buffer(vm, &out);
  buffer_deinit(&out);
  return value_of(s);
}

/* ---- values */

static Value or_default(VM *vm, Value fallback, const char *message) {
  return fallback != VALUE_MISSING ? fallback : raise_value(vm, "%s", message);
}

static Value unicodedata_decimal(VM *vm, Value self, const unicodedata_decimal_args *a) {
  bool absent;
  const UnicodeOldFields *old = old_fields(self, a->chr, &absent);
  int n = absent ? -1 : old && old->decimal != -2 ? old->decimal : unicode_decimal_value(a->chr);
  return n >= 0 ? value_int(vm, n) : or_default(vm, a->fallback, "not a decimal");
}

static Value unicodedata_digit(VM *vm, Value self, const unicodedata_digit_args *a) {
  bool absent;
  old_fields(self, a->chr, &absent);
  int n = absent ? -1 : unicode_digit_value(a->chr);
  return n >= 0 ? value_int(vm, n) : or_default(vm, a->fallback, "not a digit");
}

static Value unicodedata_numeric(VM *vm, Value self, const unicodedata_numeric_args *a) {
  bool absent;
  double n;
  old_fields(self, a->chr, &absent);
  if (absent || !unicode_numeric_value(a->chr, &n))
    return or_default(vm, a->fallback, "not a numeric character");
  return value_float(vm, n);
}

/* ---- names */

static Value unicodedata_name(VM *vm, Value self, const unicodedata_name_args *a) {
  bool absent;
  char name[UNICODE_NAME_MAX];
  old_fields(self, a->chr, &absent);
  size_t n = absent ? 0 : unicode_name(a->chr, name);
  return n ? value_of(str_new_ascii(vm, name, n)) : or_default(vm, a->fallback, "no such name");
}

static Value unicodedata_lookup(VM *vm, Value self, const unicodedata_lookup_args *a) {
  if (!value_is_str(a->name))
    return raise_type(vm, "lookup() argument must be str, not %T", a->name);
  size_t n;
  const char *name = str_utf8(vm, value_object(a->name), &n);
  uint32_t points[UNICODE_SEQUENCE_MAX];
  if (!name) return VALUE_FAIL;
  if (n > 256) return raise_error(vm, TYPE_OF(KeyError), "name too long");
  int count = unicode_lookup(name, n, true, points);
  char own[UNICODE_NAME_MAX];
  bool alias = count && is_old(self) &&
               (count > 1 || !unicode_in_3_2(points[0]) || unicode_name(points[0], own) != n ||
                strcasecmp(own, name) != 0);
  if (!count || alias) /* 3.2.0 had neither aliases nor sequences */
    return raise_error(vm, TYPE_OF(KeyError), "undefined character name '%s'", name);
  return value_of(str_new_ucs4(vm, points, (size_t)count));
}

/* ---- normal forms */

/* The code points of a text. */
enum { SOME_POINTS = 64 };
typedef struct Points {
  uint32_t *at;              /* NULL: of ASCII, or no memory: the check is UNICODE_NO then */
  uint32_t few[SOME_POINTS]; /* where short ones are; others: [owned] */
} Points;

static bool is_in_form(UnicodeForm form, const Str *s, UnicodeCheck *check, Points *points) {
  points->at = NULL;
  *check = UNICODE_YES;
  if (str_is_ascii(s)) return true;
  points->at = s->length <= SOME_POINTS ? points->few : memory_take(s->length * sizeof *points->at);
  if (!points->at) return *check = UNICODE_NO, false;
  units_convert(points->at, 4, str_data(s), 1 << str_kind(s), s->length);
  *check = unicode_quick_check(form, points->at, s->length);
  return *check == UNICODE_YES;
}

static Value normal_form(VM *vm, UnicodeForm form, bool old, Str *s, uint32_t *points) {
  Buffer out;
  if (!points) return raise_memory(vm);
  buffer_init(&out);
  if (old) unicode_normalize_3_2(form, points, s->length, &out);
  else unicode_normalize(form, points, s->length, &out);
  Str *result = buffer_is_whole(vm, &out)
                    ? str_new_ucs4(vm, (uint32_t *)out.bytes, out.size / sizeof(uint32_t))
                    : NULL;
  buffer_deinit(&out);
  return value_of(result);
}

static void free_points(Points *points) {
  if (points->at != points->few) free(points->at);
}

static Value unicodedata_normalize(VM *vm, Value self, const unicodedata_normalize_args *a) {
  UnicodeCheck check;
  Points points;
  bool same = is_in_form(a->form, a->unistr, &check, &points) && (!is_old(self) || !points.at);
  Value v = same ? value_of(str_exact(vm, a->unistr))
                 : normal_form(vm, a->form, is_old(self), a->unistr, points.at);
  free_points(&points);
  return v;
}

static Value unicodedata_is_normalized(VM *vm, Value self,
                                       const unicodedata_is_normalized_args *a) {
  UnicodeCheck check;
  Points points;
  Value v = VALUE_TRUE;
  if (!is_in_form(a->form, a->unistr, &check, &points) || (is_old(self) && points.at)) {
    if (check == UNICODE_NO && !is_old(self) && points.at) {
      v = VALUE_FALSE;
    } else {
      v = normal_form(vm, a->form, is_old(self), a->unistr, points.at);
      if (!value_is_fail(v)) v = value_bool(str_equal(value_object(v), a->unistr));
    }
  }
  free_points(&points);
  return v;
}

/* ---- the class of the old database */

#define NATIVE_DEF "vm/modules/text/unicodedata_UCD.def"
#define NATIVE_PREFIX ucd_
#include "vm/contracts/native_class.inc"

static Value ucd_get_unidata_version(VM *vm, Value self) { return text(vm, "3.2.0"); }

/* By hand, because its methods are the functions of the module. */
const ClassSpec unicodedata_UCD_class = {
    NATIVE_NAMES(ucd_),
    .basic_size = sizeof(Object),
    .methods = unicodedata_methods,
    .nmethods = ARRAY_COUNT(unicodedata_methods) - 1,
    .getsets = ucd_getsets,
    .ngetsets = ARRAY_COUNT(ucd_getsets) - 1,
};

static bool init(VM *vm, Module *module) {
  return module_add_str(vm, module, "unidata_version", "14.0.0") &&
         module_add_type(vm, module, TYPE_OF(unicodedata_UCD)) &&
         module_add(vm, module, "ucd_3_2_0", object_new(vm, TYPE_OF(unicodedata_UCD)));
}

const ModuleSpec unicodedata_module = {
    .name = "unicodedata",
    .doc = "Properties of characters from the Unicode Character Database, version 14.0.0.",
    NATIVE_FUNCTIONS(unicodedata_),
    .init = init};
