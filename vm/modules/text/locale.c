/* locale.c -- the module _locale over the C library's locales. Text from C is in the locale's
** encoding; UTF-8 is assumed and what is not UTF-8 is read as Latin-1. */
#include <langinfo.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <wchar.h>

#include "vm/base/memory.h"
#include "vm/base/utf8.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"
#include "vm/objects/str.h"

#define NATIVE_DEF "vm/modules/text/locale.def"
#define NATIVE_PREFIX locale_
#include "vm/contracts/native_class.inc"

static struct { Value error; /* the class Error; registered by the import */ } state = {VALUE_NONE};

static Value text_value(VM *vm, const char *text) {
  size_t n = strlen(text);
  Str *s = utf8_is_valid((const uint8_t *)text, n) ? str_new_utf8(vm, text, n)
                                                   : str_new_latin1(vm, (const uint8_t *)text, n);
  return value_of(s);
}

static Value locale_setlocale(VM *vm, Value self, const locale_setlocale_args *a) {
  const char *name = NULL;
  if (a->locale != VALUE_NONE) {
    if (!value_is_str(a->locale))
      return raise_type(vm, "setlocale() argument 2 must be str or None, not %T", a->locale);
    name = str_utf8(vm, value_object(a->locale), NULL);
    if (!name) return VALUE_FAIL;
  }
  const char *result =
      a->category >= 0 && a->category <= LC_IDENTIFICATION ? setlocale(a->category, name) : NULL;
  if (!result)
    return raise_error(vm, value_object(state.error),
                       name ? "unsupported locale setting" : "locale query failed");
  return text_value(vm, result);
}

static Value grouping_value(VM *vm, const char *sizes) {
  List *list = list_new(vm, 0);
  if (!list) return VALUE_FAIL;
  const char *p = sizes;
  for (; *p && *p != CHAR_MAX; p++)
    if (!list_append_value(vm, list, value_int_unchecked(*p))) return VALUE_FAIL;
  /* the 0 or CHAR_MAX that ends it */
  if (p != sizes && !list_append_value(vm, list, value_int_unchecked(*p))) return VALUE_FAIL;
  return value_from(list);
}

static Value locale_localeconv(VM *vm, Value self, const locale_localeconv_args *a) {
  Dict *result = dict_new(vm);
  const struct lconv *c = localeconv();
  const struct {
    const char *name, *text;
  } texts[] = {
      {"int_curr_symbol", c->int_curr_symbol},     {"currency_symbol", c->currency_symbol},
      {"mon_decimal_point", c->mon_decimal_point}, {"mon_thousands_sep", c->mon_thousands_sep},
      {"positive_sign", c->positive_sign},         {"negative_sign", c->negative_sign},
      {"decimal_point", c->decimal_point},         {"thousands_sep", c->thousands_sep},
  };
  const struct {
    const char *name;
    int n;
  } numbers[] = {
      {"int_frac_digits", c->int_frac_digits}, {"frac_digits", c->frac_digits},
      {"p_cs_precedes", c->p_cs_precedes},     {"p_sep_by_space", c->p_sep_by_space},
      {"n_cs_precedes", c->n_cs_precedes},     {"n_sep_by_space", c->n_sep_by_space},
      {"p_sign_posn", c->p_sign_posn},         {"n_sign_posn", c->n_sign_posn},
  };
  for (size_t k = 0; k < ARRAY_COUNT(texts); k++) {
    Value text = text_value(vm, texts[k].text);
    if (value_is_fail(text) || !dict_set_str(vm, result, str_intern_cstr(vm, texts[k].name), text))
      return VALUE_FAIL;
  }
  for (size_t k = 0; k < ARRAY_COUNT(numbers); k++)
    if (!dict_set_str(vm, result, str_intern_cstr(vm, numbers[k].name),
                      value_int_unchecked(numbers[k].n)))
      return VALUE_FAIL;
  Value grouping = grouping_value(vm, c->grouping), money = grouping_value(vm, c->mon_grouping);
  if (value_is_fail(grouping) || value_is_fail(money)) return VALUE_FAIL;
  return dict_set_str(vm, result, NAME("grouping"), grouping) &&
                 dict_set_str(vm, result, NAME("mon_grouping"), money)
             ? value_from(result)
             : VALUE_FAIL;
}

/* The text as wchar_t, malloc'd; NULL: raised. */
static wchar_t *wide(VM *vm, const Str *s) {
  wchar_t *text = memory_take((s->length + 1) * sizeof *text);
  if (!text) return (void)raise_memory(vm), NULL;
  for (size_t i = 0; i < s->length; i++) {
    text[i] = (wchar_t)str_at(s, i);
    if (!text[i]) {
      free(text);
      return (void)raise_value(vm, "embedded null character"), NULL;
    }
  }
  text[s->length] = 0;
  return text;
}

static Value locale_strcoll(VM *vm, Value self, const locale_strcoll_args *a) {
  wchar_t *x = wide(vm, a->os1), *y = x ? wide(vm, a->os2) : NULL;
  Value result = y ? value_int(vm, wcscoll(x, y)) : VALUE_FAIL;
  free(x);
  free(y);
  return result;
}

static Value locale_strxfrm(VM *vm, Value self, const locale_strxfrm_args *a) {
  wchar_t *text = wide(vm, a->string);
  if (!text) return VALUE_FAIL;
  size_t n = wcsxfrm(NULL, text, 0);
  wchar_t *key = memory_take((n + 1) * sizeof *key);
  if (!key) return free(text), raise_memory(vm);
  wcsxfrm(key, text, n + 1);
  for (size_t i = 0; i < n; i++)
    if ((uint32_t)key[i] > 0x10FFFF) key[i] = 0x10FFFF; /* collation keys are no characters */
  Str *s = str_new_ucs4(vm, (const uint32_t *)key, n);
  free(text);
  free(key);
  return value_of(s);
}

static Value locale_nl_langinfo(VM *vm, Value self, const locale_nl_langinfo_args *a) {
  const char *text = nl_langinfo(a->key);
  return text_value(vm, text ? text : "");
}

static Value locale_getencoding(VM *vm, Value self, const locale_getencoding_args *a) {
  const char *name = nl_langinfo(CODESET);
  return text_value(vm, name && *name ? name : "UTF-8");
}

/* ---- libintl */

static const char *utf8_or_null(VM *vm, Str *s) { return s ? str_utf8(vm, s, NULL) : NULL; }
static Value locale_gettext(VM *vm, Value self, const locale_gettext_args *a) {
  return text_value(vm, gettext(str_utf8(vm, a->msg, NULL)));
}
static Value locale_dgettext(VM *vm, Value self, const locale_dgettext_args *a) {
  return text_value(vm, dgettext(utf8_or_null(vm, a->domain), str_utf8(vm, a->msg, NULL)));
}
static Value locale_dcgettext(VM *vm, Value self, const locale_dcgettext_args *a) {
  return text_value(
      vm, dcgettext(utf8_or_null(vm, a->domain), str_utf8(vm, a->msg, NULL), a->category));
}
static Value locale_textdomain(VM *vm, Value self, const locale_textdomain_args *a) {
  const char *domain = textdomain(utf8_or_null(vm, a->domain));
  return domain ? text_value(vm, domain) : raise_errno(vm, 12, VALUE_NONE);
}
static Value locale_bindtextdomain(VM *vm, Value self, const locale_bindtextdomain_args *a) {
  if (!a->domain->length)
    return raise_error(vm, value_object(state.error), "domain must be a non-empty string");
  const char *directory = bindtextdomain(str_utf8(vm, a->domain, NULL), utf8_or_null(vm, a->dir));
  return directory ? text_value(vm, directory) : raise_errno(vm, 12, VALUE_NONE);
}
static Value locale_bind_textdomain_codeset(VM *vm, Value self,
                                            const locale_bind_textdomain_codeset_args *a) {
  const char *codeset =
      bind_textdomain_codeset(str_utf8(vm, a->domain, NULL), utf8_or_null(vm, a->codeset));
  return codeset ? text_value(vm, codeset) : VALUE_NONE;
}

static bool init(VM *vm, Module *module) {
#define CONSTANT(name) \
  { #name, name }
  static const NamedInt constants[] = {
      CONSTANT(LC_CTYPE),    CONSTANT(LC_TIME),     CONSTANT(LC_COLLATE), CONSTANT(LC_MONETARY),
      CONSTANT(LC_MESSAGES), CONSTANT(LC_NUMERIC),  CONSTANT(LC_ALL),     CONSTANT(CHAR_MAX),
      CONSTANT(DAY_1),       CONSTANT(DAY_2),       CONSTANT(DAY_3),      CONSTANT(DAY_4),
      CONSTANT(DAY_5),       CONSTANT(DAY_6),       CONSTANT(DAY_7),      CONSTANT(ABDAY_1),
      CONSTANT(ABDAY_2),     CONSTANT(ABDAY_3),     CONSTANT(ABDAY_4),    CONSTANT(ABDAY_5),
      CONSTANT(ABDAY_6),     CONSTANT(ABDAY_7),     CONSTANT(MON_1),      CONSTANT(MON_2),
      CONSTANT(MON_3),       CONSTANT(MON_4),       CONSTANT(MON_5),      CONSTANT(MON_6),
      CONSTANT(MON_7),       CONSTANT(MON_8),       CONSTANT(MON_9),      CONSTANT(MON_10),
      CONSTANT(MON_11),      CONSTANT(MON_12),      CONSTANT(ABMON_1),    CONSTANT(ABMON_2),
      CONSTANT(ABMON_3),     CONSTANT(ABMON_4),     CONSTANT(ABMON_5),    CONSTANT(ABMON_6),
      CONSTANT(ABMON_7),     CONSTANT(ABMON_8),     CONSTANT(ABMON_9),    CONSTANT(ABMON_10),
      CONSTANT(ABMON_11),    CONSTANT(ABMON_12),    CONSTANT(RADIXCHAR),  CONSTANT(THOUSEP),
      CONSTANT(YESEXPR),     CONSTANT(NOEXPR),      CONSTANT(CRNCYSTR),   CONSTANT(D_FMT),
      CONSTANT(_DATE_FMT),   CONSTANT(D_T_FMT),     CONSTANT(T_FMT),      CONSTANT(AM_STR),
      CONSTANT(PM_STR),      CONSTANT(CODESET),     CONSTANT(T_FMT_AMPM), CONSTANT(ERA),
      CONSTANT(ERA_D_FMT),   CONSTANT(ERA_D_T_FMT), CONSTANT(ERA_T_FMT),  CONSTANT(ALT_DIGITS),
  };
  if (!module_add_ints(vm, module, constants, ARRAY_COUNT(constants))) return false;
  state.error = module_new_exception(vm, "locale", "Error", TYPE_OF(Exception));
  heap_add_root(vm, &state.error);
  return !value_is_fail(state.error) && module_add(vm, module, "Error", state.error);
}

const ModuleSpec _locale_module = {.name = "_locale",
                                   .doc = "Support for POSIX locales.",
                                   NATIVE_FUNCTIONS(locale_),
                                   .init = init};
