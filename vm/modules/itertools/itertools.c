/* itertools.c -- the module itertools: its classes are in itertools_endless.c, itertools_filter.c,
** itertools_combine.c and itertools_group.c. */
#include "vm/modules/itertools/itertools.h"
#include "vm/contracts/type.h"

#define NATIVE_DEF "vm/modules/itertools/itertools.def"
#define NATIVE_PREFIX itertools_
#include "vm/contracts/native_class.inc"

static Value itertools_tee(VM *vm, Value self, const itertools_tee_args *a) {
  return itertools_tee_new(vm, a->iterable, a->n);
}

static bool init(VM *vm, Module *module) {
  Type *const types[] = {
      TYPE_OF(itertools_accumulate),   TYPE_OF(itertools_chain),
      TYPE_OF(itertools_combinations), TYPE_OF(itertools_combinations_with_replacement),
      TYPE_OF(itertools_compress),     TYPE_OF(itertools_count),
      TYPE_OF(itertools_cycle),        TYPE_OF(itertools_dropwhile),
      TYPE_OF(itertools_filterfalse),  TYPE_OF(itertools_groupby),
      TYPE_OF(itertools_grouper),      TYPE_OF(itertools_islice),
      TYPE_OF(itertools_pairwise),     TYPE_OF(itertools_permutations),
      TYPE_OF(itertools_product),      TYPE_OF(itertools_repeat),
      TYPE_OF(itertools_starmap),      TYPE_OF(itertools_takewhile),
      TYPE_OF(itertools_tee),          TYPE_OF(itertools_tee_data),
      TYPE_OF(itertools_zip_longest),
  };
  for (size_t i = 0; i < ARRAY_COUNT(types); i++)
    if (!module_add_type(vm, module, types[i])) return false;
  return true;
}

const ModuleSpec itertools_module = {
    .name = "itertools",
    .doc = "Functional tools for creating and using iterators.\n\nInfinite iterators:\n"
           "count(start=0, step=1) --> start, start+step, start+2*step, ...\ncycle(p) --> p0, p1, "
           "... plast, p0, p1, ...\n"
           "repeat(elem [,n]) --> elem, elem, elem, ... endlessly or up to n times",
    NATIVE_FUNCTIONS(itertools_),
    .init = init,
};
