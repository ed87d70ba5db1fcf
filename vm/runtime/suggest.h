/* suggest.h -- "Did you mean": the nearest known name. */
#ifndef KRAIT_SUGGEST_H
#define KRAIT_SUGGEST_H

#include "vm/objects/str.h"

/* suggest_name: the name that a NameError or AttributeError probably meant, or NULL. Never
** raises. */
MUST_USE MAY_RUN Str *suggest_name(VM *vm, Value exception);

#endif
