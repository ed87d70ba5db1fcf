/* codec_handlers.h -- the built-in error handlers of codecs. */
#ifndef KRAIT_CODEC_HANDLERS_H
#define KRAIT_CODEC_HANDLERS_H

#include "vm/objects/dict.h"

MUST_USE bool codec_handlers_add(VM *vm, Dict *handlers); /* name → function for each */

#endif
