/* c_stack.h -- how far the C stack of the running thread may still grow, for recursive C code of
** every layer. Law: the floor is the limit of the thread that holds the global lock; whoever
** switches threads sets it. */
#ifndef KRAIT_C_STACK_H
#define KRAIT_C_STACK_H

#include "vm/base/common.h"

extern const char *c_stack_floor; /* lowest address to reach; NULL: nobody said */

/* c_stack_pointer: where the C stack ends now; unlike the frame's address it costs no frame
** pointer. */
static inline const char *c_stack_pointer(void) {
#if defined(__x86_64__)
  const char *at;
  __asm__("mov %%rsp, %0" : "=r"(at));
  return at;
#elif defined(__aarch64__)
  const char *at;
  __asm__("mov %0, sp" : "=r"(at));
  return at;
#else
  return __builtin_frame_address(0);
#endif
}
static inline bool c_stack_is_low(void) { return UNLIKELY(c_stack_pointer() < c_stack_floor); }

#endif
