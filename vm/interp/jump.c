/* jump.c -- assignments to frame.f_lineno. */
#include "vm/interp/trace.h"

#include "vm/runtime/error.h"

bool frame_jump(VM *vm, Frame *frame, Value line) {
  raise_value(vm, "f_lineno can only be set in a trace function");
  return false;
}
