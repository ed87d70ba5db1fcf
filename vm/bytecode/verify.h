/* verify.h -- proves an image before anything of it is used.
**
** After image_verify every function of image.h is safe on the image: numbers are in range, records
** end inside it, code decodes to whole instructions whose registers, constants, names, closure
** indices exist, jumps and exception ranges lead to instructions, only LOOP goes backwards, no path
** runs off the end, window bases leave room for a frame header, and registers hold what the
** instructions that read them take (kinds.h). */
#ifndef KRAIT_VERIFY_H
#define KRAIT_VERIFY_H

#include "vm/bytecode/image.h"

/* image_verify: false, and `why` says what is wrong. Cost: linear in the image, with a small factor
** for loops. */
MUST_USE bool image_verify(const Image *image, const char **why);

/* The same in two steps, so that a start pays for the functions it runs (perf-note 0025). After
** image_verify_tables all of image.h is safe but for a function's lines, code and ranges; these are
** after image_verify_function of that function (perf-note 0028). */
MUST_USE bool image_verify_tables(const Image *image, const char **why);
MUST_USE bool image_verify_function(const Image *image, uint32_t index, const char **why);

#endif
