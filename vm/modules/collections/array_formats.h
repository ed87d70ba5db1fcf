/* array_formats.h -- machine formats: how items of an array lie in memory, by number
** (array._array_reconstructor). */
#ifndef KRAIT_ARRAY_FORMATS_H
#define KRAIT_ARRAY_FORMATS_H

#include "vm/core/vm.h"

enum { ARRAY_FORMATS = 22 };
int array_machine_format(char code);  /* of the items of a type code; -1: none describes them */
size_t array_format_size(int format); /* bytes of an item */
/* array_load_foreign: one item of a format of numbers as a value. */
MUST_USE Value array_load_foreign(VM *vm, int format, const uint8_t *from);
/* array_code_of_format: the (last) type code whose items a format of integers describes; else
** `otherwise`. */
char array_code_of_format(int format, char otherwise);

#endif
