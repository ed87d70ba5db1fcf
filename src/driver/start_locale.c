/* start_locale.c -- LC_CTYPE at the start: PEP 538 and PEP 540. */
#include "src/driver/start_locale.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vm/base/common.h"

static const char *const utf8_locales[] = {"C.UTF-8", "C.utf8", "UTF-8"};

static bool is_legacy(const char *locale) {
  return !strcmp(locale, "C") || !strcmp(locale, "POSIX");
}

static const char *current(void) {
  const char *locale = setlocale(LC_CTYPE, NULL);
  return locale ? locale : "C";
}

/* Is there a locale of UTF-8 to take? It is the current one then, and that of children. */
static bool coerce(bool warn) {
  for (size_t i = 0; i < ARRAY_COUNT(utf8_locales); i++) {
    const char *name = utf8_locales[i];
    if (!setlocale(LC_CTYPE, name) || !*nl_langinfo(CODESET)) continue;
    if (setenv("LC_CTYPE", name, 1)) return false;
    if (warn)
      fprintf(stderr,
              "Python detected LC_CTYPE=C: LC_CTYPE coerced to %.20s (set another locale or "
              "PYTHONCOERCECLOCALE=0 to disable this locale coercion behavior).\n",
              name);
    return true;
  }
  setlocale(LC_CTYPE, "C");
  return false;
}

static const char *errors_of(const char *locale) {
  bool through = is_legacy(locale);
  for (size_t i = 0; i < ARRAY_COUNT(utf8_locales); i++)
    through |= !strcmp(locale, utf8_locales[i]);
  return through ? "surrogateescape" : "strict";
}

void start_locale(Options *options) {
  const char *wish = options_variable(options, "PYTHONCOERCECLOCALE");
  const char *all = getenv("LC_ALL");
  bool warn = wish && !strcmp(wish, "warn"), refused = wish && !strcmp(wish, "0");
  if (!setlocale(LC_CTYPE, "")) setlocale(LC_CTYPE, "C");
  bool legacy = is_legacy(current());
  if (options->utf8_mode < 0) options->utf8_mode = legacy;
  if (legacy && !refused && !(all && *all)) legacy = !coerce(warn);
  if (legacy && warn)
    fputs(
        "Python runtime initialized with LC_CTYPE=C (a locale with default ASCII encoding), which "
        "may cause Unicode compatibility problems. Using C.UTF-8, C.utf8, or UTF-8 (if available) "
        "as alternative Unicode-compatible locales is recommended.\n",
        stderr);
  options->locale_errors = options->utf8_mode ? "surrogateescape" : errors_of(current());
}
