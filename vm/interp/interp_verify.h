/* interp_verify.h -- the laws of frames, threaded code, generators and instructions, as verifiers
** (vm/base/check.h).
**
** They are compiled from level 1 on; a release has none of them.
*/
#ifndef KRAIT_INTERP_VERIFY_H
#define KRAIT_INTERP_VERIFY_H

#include "vm/interp/frame.h"

/* insn_verify: the instruction at pc may run: no exception is pending, pc starts an instruction of
** the frame's code, its registers are the frame's, and what it reads is what its row in opcodes.def
** promises. */
bool insn_verify(VM *vm, const Value *base, const InsnCell *pc);
/* frame_verify: the header words of frame.h, and the frame lies on the stack of the running
** thread. */
bool frame_verify(VM *vm, const Value *base);
/* window_verify: the registers of a frame about to be entered: every parameter has a value, no
** other local has one. */
bool window_verify(const Value *window, const ThreadedCode *code);
/* frames_verify: every frame from the newest to the first. Cost: O(depth) */
bool frames_verify(VM *vm);
/* threaded_verify: ranges and starts are in order and inside; every instruction is one of the
** table. Cost: O(instructions) */
bool threaded_verify(const ThreadedCode *code);
bool generator_verify(const Generator *generator);
/* load_cache_verify, store_cache_verify: what the quickened instruction `op` is about to take by
** its cache from v, or where it is about to store, is what the protocol would find now.
** name_cache_verify: the same of a global or a builtin (cache_verify.c). */
bool load_cache_verify(VM *vm, Value v, Str *name, const AttrCache *cache, ThreadedOp op);
bool store_cache_verify(VM *vm, Value v, Str *name, const AttrCache *cache, ThreadedOp op);
bool name_cache_verify(VM *vm, const Function *function, Str *name, const GlobalCache *cache,
                       bool of_builtins);
bool global_store_verify(VM *vm, const Function *function, Str *name, const GlobalCache *cache);
/* result_verify: what a native function gave back: VALUE_FAIL exactly while an exception is
** pending, else something that Python may see. */
bool result_verify(VM *vm, Value result);

#endif
