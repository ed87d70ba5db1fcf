/* start_locale.h -- the locale that a program finds at its start. */
#ifndef KRAIT_START_LOCALE_H
#define KRAIT_START_LOCALE_H

#include "vm/core/options.h"

/* start_locale: takes LC_CTYPE from the environment, replaces the C locale by one of UTF-8 (PEP
** 538) and settles utf8_mode (PEP 540) and locale_errors, where no option has. Changes LC_CTYPE in
**   the
** environment, so that children follow. */
void start_locale(Options *options);

#endif
