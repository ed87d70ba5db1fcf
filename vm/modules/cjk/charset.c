/* charset.c -- the tables of charset.h. */
#include "vm/modules/cjk/charset.h"

#include "vm/modules/cjk/tables.inc"
