/* interp_verify.h -- the laws of frames, threaded code, generators and instructions, as verifiers (vm/base/check.h).
**
** They are compiled from level 1 on; a release has none of them.
*/
#ifndef KRAIT_INTERP_VERIFY_H
#define KRAIT_INTERP_VERIFY_H

#include "vm/interp/frame.h"

/* insn_verify: the instruction at pc may run: no exception is pending, pc starts an instruction of the frame's code, its
** registers are the frame's, and what it reads is what its row in opcodes.def promises. */
bool insn_verify(VM *vm, const Value *base, const InsnCell *pc);
/* frame_verify: the header words of frame.h, and the frame lies on the stack of the running thread. */
bool frame_verify(VM *vm, const Value *base);
/* window_verify: the registers of a frame about to be entered: every parameter has a value, no other local has one. */
bool window_verify(const Value *window, const ThreadedCode *code);
/* frames_verify: every frame from the newest to the first. Cost: O(depth) */
bool frames_verify(VM *vm);
/* threaded_verify: ranges and starts are in order and inside; every instruction is one of the table. Cost: O(instructions) */
bool threaded_verify(const ThreadedCode *code);
bool generator_verify(const Generator *generator);
/* result_verify: what a native function gave back: VALUE_FAIL exactly while an exception is pending, else something that
** Python may see. */
bool result_verify(VM *vm, Value result);

#endif
