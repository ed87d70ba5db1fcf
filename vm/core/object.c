/* object.c -- the storage of built-in types and the tables made from the .def lists. */
#include "vm/core/late_types.h"
#include "vm/core/object.h"
#include "vm/core/vm.h"

Type builtin_types[TYPE_COUNT];

VM *the_vm;

/* Indexed by bits 3..6 of a special value. */
Type *const special_types[16] = {
    [0] = TYPE_OF(NoneType),
    [1] = TYPE_OF(bool),
    [2] = TYPE_OF(bool),
    [3] = TYPE_OF(ellipsis),
    /* UNBOUND and the rest never reach Python */
    [4] = TYPE_OF(NotImplementedType),
    [5] = TYPE_OF(object),
    [6] = TYPE_OF(object),
    [7] = TYPE_OF(object),
    [8] = TYPE_OF(object),
    [9] = TYPE_OF(object),
    [10] = TYPE_OF(object),
    [11] = TYPE_OF(object),
    [12] = TYPE_OF(object),
    [13] = TYPE_OF(object),
    [14] = TYPE_OF(object),
    [15] = TYPE_OF(object),
};

const char *const special_names[SPECIAL_COUNT] = {
#define SPECIAL(name) "__" #name "__",
#include "vm/core/specials.def"
#undef SPECIAL
};
