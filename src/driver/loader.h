/* loader.h -- the compiler as the VM sees it: implements the table of vm/imports/loader.h. */
#ifndef KRAIT_DRIVER_LOADER_H
#define KRAIT_DRIVER_LOADER_H

#include "vm/imports/loader.h"

void loader_install(const struct Options *options);
void loader_finish(void); /* at exit */

/* loader_compile_block: for the prompt: `text` is what has been typed, each line with its newline.
** *incomplete: it goes on (NULL, nothing pending); otherwise the code, or NULL with an exception
** pending. */
MUST_USE MAY_RUN Code *loader_compile_block(VM *vm, const char *text, size_t size,
                                            const LoadRequest *request, bool *incomplete);

#endif
