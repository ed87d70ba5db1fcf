/* verify.h -- proves an image before anything of it is used.
**
** After image_verify every function of image.h is safe on the image: numbers are in range, records end inside it, code
** decodes to whole instructions whose registers, constants, names, closure indices exist, jumps and exception ranges lead
** to instructions, only LOOP goes backwards, no path runs off the end, window bases leave room for a frame header.
*/
#ifndef KRAIT_VERIFY_H
#define KRAIT_VERIFY_H

#include "vm/base/arena.h"
#include "vm/bytecode/image.h"

/* image_verify: false, and `why` says what is wrong. Cost: linear in the image, with a small factor for loops. */
MUST_USE bool image_verify(const Image *image, Arena *scratch, const char **why);

#endif
