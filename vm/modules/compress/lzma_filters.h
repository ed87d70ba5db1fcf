/* lzma_filters.h -- filter specifiers (dicts) and liblzma's filters. */
#ifndef KRAIT_LZMA_FILTERS_H
#define KRAIT_LZMA_FILTERS_H

#include <lzma.h>

#include "vm/core/vm.h"

/* Options lie in the chain itself: nothing to free. */
typedef struct FilterChain {
  lzma_filter filters[LZMA_FILTERS_MAX + 1]; /* ends with LZMA_VLI_UNKNOWN */
  union {
    lzma_options_lzma lzma;
    lzma_options_delta delta;
    lzma_options_bcj bcj;
  } options[LZMA_FILTERS_MAX];
} FilterChain;

extern struct LzmaState {
  Value error; /* the class LZMAError; registered by the import */
} lzma_state;
#define raise_lzma(vm, ...) (raise_error((vm), value_object(lzma_state.error), __VA_ARGS__), false)

/* Pass pointers to a chain that stays where it is. */
MUST_USE MAY_RUN bool filter_parse(VM *vm, Value spec, FilterChain *chain, int at);
MUST_USE MAY_RUN bool filters_parse(VM *vm, Value specs, FilterChain *chain);
MUST_USE Value filter_describe(VM *vm, const lzma_filter *filter);
MUST_USE bool unsigned_option(VM *vm, Value v, uint64_t most, uint64_t *out);
MUST_USE bool lzma_check_code(VM *vm, lzma_ret code); /* true: no error */

#endif
