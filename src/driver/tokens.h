/* tokens.h -- the lexer's tokens as values: the part of vm/imports/loader.h's table that _tokenize
** asks. */
#ifndef KRAIT_DRIVER_TOKENS_H
#define KRAIT_DRIVER_TOKENS_H

#include "vm/imports/loader.h"

MUST_USE TokenStream *tokens_open(VM *vm, const char *text, size_t size);
MUST_USE MAY_RUN Value tokens_next(VM *vm, TokenStream *stream);
void tokens_close(TokenStream *stream);

#endif
