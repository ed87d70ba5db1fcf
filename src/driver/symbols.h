/* symbols.h -- the compiler's scopes as values. */
#ifndef KRAIT_DRIVER_SYMBOLS_H
#define KRAIT_DRIVER_SYMBOLS_H

#include "vm/core/vm.h"

struct Scope;
/* symbols_value: (name, type, line, nested, {name: flags}, [parameters], [scopes inside]) of a
** scope. */
MUST_USE MAY_RUN Value symbols_value(VM *vm, const struct Scope *scope);

#endif
