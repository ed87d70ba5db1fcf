/* interp.c -- the loop: executes threaded code.
**
** Handlers live in handlers_*.inc, one group a file, each at most about 15 lines: guards first,
** then the work. What allocates much, raises or runs Python is a named, never-inlined function of
** slow.h. Exits: NEXT, JUMP_TO, GOTO, FAIL. Operands by the names of the row: R(to) is a register,
** insn->name any operand. The same text builds as labels-as-values and as a switch
** (DISPATCH_SWITCH=1). A build check counts one indirect jump per handler; see perf-note 0002.
*/
#include "vm/contracts/native.h"
#include "vm/interp/counted.h"
#include "vm/interp/interp_verify.h"
#include "vm/interp/slow.h"
#include "vm/interp/super_cache.h"

#include "vm/memory/heap.h"
#include "vm/native/bind.h"
#include "vm/objects/dict.h"
#include "vm/objects/float.h"
#include "vm/objects/range.h"
#include "vm/objects/set.h"
#include "vm/objects/slice.h"

#ifndef DISPATCH_SWITCH
#define DISPATCH_SWITCH 0
#endif

/* AT: the statement behind it has `insn`, the instruction at pc, as a struct. It leaves by a jump
** always, so this loop has no second round. HANDLER: such a statement for an instruction of the
** tables; L_name is also where its quickened forms go when they miss. */
#define AT(name) for (Insn_##name * insn __attribute__((unused)) = (Insn_##name *)pc;;)
#if DISPATCH_SWITCH
#define HANDLER(name) \
  case T_##name:      \
    L_##name : __attribute__((unused)) AT(name)
#define DISPATCH() goto dispatch
#define CONTINUE(name) NEXT()
#else
#define HANDLER(name) L_##name : AT(name)
#define DISPATCH() goto *(void *)((const char *)&interp_run + pc->op)
/* CONTINUE: NEXT, where it is known that what is behind is this instruction, in its plain form. */
#define CONTINUE(name) \
  do {                 \
    pc = BEHIND;       \
    goto L_##name;     \
  } while (0)
#endif
/* R: the register that an operand names. */
#define R(operand) base[insn->operand]
#define GOTO(cell)           \
  do {                       \
    pc = (InsnCell *)(cell); \
    DISPATCH();              \
  } while (0)
#define BEHIND ((InsnCell *)(insn + 1))
#define NEXT() GOTO(BEHIND)
#define JUMP_TO(operand) GOTO(JUMP_TARGET(insn, operand))
#define SAVE_PC() (vm->pc = pc)
#define FAIL() goto error
/* PUT: stores the result of something that may have failed into R[to]. */
#define PUT(expression)                       \
  do {                                        \
    SAVE_PC();                                \
    Value put_ = (expression);                \
    if (UNLIKELY(put_ == VALUE_FAIL)) FAIL(); \
    R(to) = put_;                             \
    NEXT();                                   \
  } while (0)
#define CHECK(expression)                \
  do {                                   \
    SAVE_PC();                           \
    if (UNLIKELY(!(expression))) FAIL(); \
    NEXT();                              \
  } while (0)

/* ENTER: the callee's code is ready, its window filled: push the frame. */
#define ENTER(code, window, flags)                                    \
  do {                                                                \
    ThreadedCode *code_ = (code);                                     \
    for (uint32_t i_ = code_->clear_from; i_ < code_->clear_to; i_++) \
      (window)[i_] = VALUE_UNBOUND;                                   \
    debug_check(window_verify((window), code_));                      \
    frame_push(vm, (window), base, (flags), insn->to, BEHIND);        \
    base = (window);                                                  \
    GOTO(code_->cells);                                               \
  } while (0)
/* RESUME: goes on where a function of slow.h says; vm->base is the frame. */
#define RESUME(cell)            \
  do {                          \
    SAVE_PC();                  \
    InsnCell *at_ = (cell);     \
    if (UNLIKELY(!at_)) FAIL(); \
    base = vm->base;            \
    GOTO(at_);                  \
  } while (0)

char *loop_measured;
const char *loop_text;
const InsnCell *volatile loop_at;

/* Law: what a handler needs behind a call is in the frame's registers, or it goes to the callee by
** value: collections pass the locals of the loop by, because the compiler leaves stale values in
** them (each would keep its object alive until the slot is used again). */
#define LEAVE_LOOP(value)  \
  do {                     \
    vm->loop = here.outer; \
    return (value);        \
  } while (0)

Value interp_run(VM *vm, Value *base, InsnCell *pc) {
#if !DISPATCH_SWITCH
  if (UNLIKELY(!base)) { /* first call: publish where the handlers are */
    static const void *const labels[T_COUNT] = {
#define OP(name, operands, cache, flags, doc) [T_##name] = &&L_##name,
#include "vm/bytecode/opcodes.def"
#undef OP
#define QUICK(name, b, form, doc) [T_##name] = &&L_##name,
#include "vm/interp/quick.def"
#undef QUICK
    };
    for (int i = 0; i < T_COUNT; i++) {
      ptrdiff_t offset = (const char *)labels[i] - (const char *)&interp_run;
      if (offset <= 0 || offset > UINT16_MAX)
        panic("handler %s is %td bytes into the loop", threaded_names[i], offset);
      threaded_handlers[i] = (uint16_t)offset;
    }
    loop_measured = stack_pointer();
    loop_text = (const char *)&interp_run;
    return VALUE_NONE;
  }
#else
  if (!base) {
    loop_measured = stack_pointer();
    loop_text = (const char *)&interp_run;
    for (int i = 0; i < T_COUNT; i++) threaded_handlers[i] = (uint16_t)i;
    return VALUE_NONE;
  }
#endif
  LoopFrame here = {vm->loop, stack_pointer()};
  vm->loop = &here;

#if DISPATCH_SWITCH
dispatch:
  loop_at = pc;
  debug_check(insn_verify(vm, base, pc));
  debug_check(pc != frame_function(base)->threaded->cells || frame_verify(vm, base));
  switch ((ThreadedOp)pc->op) {
#else
  DISPATCH();
#endif

#include "vm/interp/handlers_move.inc"
#include "vm/interp/handlers_arith.inc"
#include "vm/interp/handlers_attr.inc"
#include "vm/interp/handlers_call.inc"
#include "vm/interp/handlers_iter.inc"
#include "vm/interp/handlers_misc.inc"

#if DISPATCH_SWITCH
  case T_COUNT: break;
  }
  panic("unknown instruction %d", pc->op);
#endif

error:
  pc = unwind(vm);
  if (!pc) LEAVE_LOOP(VALUE_FAIL);
  base = vm->base;
  DISPATCH();
}
