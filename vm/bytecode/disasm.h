/* disasm.h -- code images as text, for people and tests. */
#ifndef KRAIT_DISASM_H
#define KRAIT_DISASM_H

#include <stdio.h>

#include "vm/bytecode/image.h"

/* disasm_image: all functions, in order. */
void disasm_image(FILE *out, const Image *image);
/* image_dump: header, sizes of the sections, strings and constants. */
void image_dump(FILE *out, const Image *image);

#endif
