/* loader.h -- the compiler as the VM sees it: implements the table of vm/imports/loader.h. */
#ifndef KRAIT_DRIVER_LOADER_H
#define KRAIT_DRIVER_LOADER_H

#include "src/syntax/parser.h"
#include "vm/imports/loader.h"

void loader_install(const struct Options *options);
void loader_finish(void); /* at exit */

/* loader_compile_block: for the prompt: `text` is what has been typed, each line with its newline.
** *incomplete: it goes on (NULL, nothing pending); otherwise the code, or NULL with an exception
** pending. */
MUST_USE MAY_RUN Code *loader_compile_block(VM *vm, const char *text, size_t size,
                                            const LoadRequest *request, bool *incomplete);

/* What a front end of the compiler has found, as exceptions; filename NULL: None. A warning can
** become one too: false. */
void loader_raise_fault(VM *vm, const SyntaxFault *fault, Str *filename);
MUST_USE MAY_RUN bool loader_issue_warnings(VM *vm, const SyntaxWarning *warnings, Str *filename);

#endif
