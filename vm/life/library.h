/* library.h -- modules of the library that are told something when they are imported. */
#ifndef KRAIT_LIBRARY_H
#define KRAIT_LIBRARY_H

#include "vm/core/vm.h"

/* library_init: from now on imports of them are met. */
MAY_RUN void library_init(void);

#endif
