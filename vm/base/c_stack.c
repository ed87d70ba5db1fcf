/* c_stack.c -- see c_stack.h. */
#include "vm/base/c_stack.h"

const char *c_stack_floor;
