/* frame_header.h -- the words between the registers of one frame and the next, and how frames come
** and go. See perf-note 0005.
**
**     … registers of the caller … | FrameHeader | registers: parameters, other locals, temporaries
**     …
**                                               ^ base
**
** The callee of a call is in the caller's register that becomes FrameHeader.function; its arguments
** become base[0…] in place. Law: frames are pushed and left by the functions here alone; no other
** code knows where the words of a header lie.
*/
#ifndef KRAIT_FRAME_HEADER_H
#define KRAIT_FRAME_HEADER_H

#include "vm/interp/generator.h"
#include "vm/interp/threaded.h"
#include "vm/memory/heap.h"

typedef struct FrameHeader {
  /* [borrowed: scan.c marks it] if FRAME_OBJECT is set; else a leftover */
  struct Frame *object;
  /* the instance (FRAME_INIT), the generator (FRAME_GENERATOR); else a leftover */
  Value extra;
  InsnCell *back; /* where the caller goes on: its next instruction; FRAME_ENTRY: the pc to restore;
                            ** FRAME_FOR_ITER, FRAME_SEND: the instruction itself */
  /* bytes from the caller's base << 32 | flags | caller's register for the result */
  uint64_t link;
  Value function;
} FrameHeader;

enum { FRAME_HEADER = sizeof(FrameHeader) / sizeof(Value), FRAME_SLACK = 10 };
static_assert(FRAME_HEADER == 5, "vm/bytecode knows how much a call's window takes below it");

#define FRAME_ENTRY (UINT64_C(1) << 16)     /* returns to C */
#define FRAME_INIT (UINT64_C(1) << 17)      /* __init__: the result is the instance */
#define FRAME_GENERATOR (UINT64_C(1) << 18) /* of a generator, coroutine or async generator */
#define FRAME_OBJECT (UINT64_C(1) << 19)    /* has a Frame: detach when leaving */
#define FRAME_FOR_ITER (UINT64_C(1) << 20)  /* generator resumed by FOR_ITER */
#define FRAME_SEND (UINT64_C(1) << 21)      /* generator resumed by SEND */
#define FRAME_FLAGS UINT64_C(0xffff0000)    /* any of them: leaving takes more than going back */
/* back points into the caller's instruction, not behind it */
#define FRAME_EXACT (FRAME_ENTRY | FRAME_FOR_ITER | FRAME_SEND)

static inline FrameHeader *frame_header(const Value *base) {
  return (FrameHeader *)(uintptr_t)base - 1;
}

/* ---- what a header says */
static inline bool frame_has(const Value *base, uint64_t flags) {
  return (frame_header(base)->link & flags) != 0;
}
static inline Function *frame_function(const Value *base) {
  return (Function *)value_object(frame_header(base)->function);
}
static inline Generator *frame_generator(const Value *base) {
  return (Generator *)value_object(frame_header(base)->extra);
}
/* frame_known: the Frame of this activation, if somebody has looked at it; or NULL. */
static inline struct Frame *frame_known(const Value *base) {
  return frame_has(base, FRAME_OBJECT) ? frame_header(base)->object : NULL;
}
/* link_caller: where the caller's registers are; `base` itself: it is the first frame of its
** thread. */
static inline Value *link_caller(const Value *base, uint64_t link) {
  return (Value *)((uintptr_t)base - (link >> 32));
}
static inline uint32_t link_destination(uint64_t link) { return (uint16_t)link; }
/* frame_below: the registers of the frame that called; NULL: none did. */
static inline Value *frame_below(const Value *base) {
  uint64_t link = frame_header(base)->link;
  return link >> 32 ? link_caller(base, link) : NULL;
}
/* insn_before: a cell of the instruction that ends at pc, where something goes on. */
static inline const InsnCell *insn_before(const void *pc) { return (const InsnCell *)pc - 1; }
/* frame_caller_insn: a cell of the instruction that entered the frame at base: the call behind
** which its caller goes on, or where it goes on itself (FOR_ITER, SEND; what C ran). */
static inline const InsnCell *frame_caller_insn(const Value *base) {
  const InsnCell *back = frame_header(base)->back;
  return frame_has(base, FRAME_EXACT) ? back : insn_before(back);
}

/* ---- a window whose arguments are being bound says how many of its values count: no link looks
** like it, frames are not that far apart. Code that does not finish the call clears it. */
#define WINDOW_FILLED (UINT64_C(0xf111) << 48)
static inline void window_fill(const Value *window, uint32_t count) {
  frame_header(window)->link = WINDOW_FILLED | count;
}
static inline void window_clear(const Value *window) { frame_header(window)->link = 0; }
/* window_filled: how many; 0: nothing is being bound. */
static inline uint32_t window_filled(const Value *window) {
  uint64_t link = frame_header(window)->link;
  return link >> 48 == WINDOW_FILLED >> 48 ? (uint32_t)link : 0;
}

/* ---- coming and going */
/* threaded_can_enter: a call with this many positional arguments, in the window, needs no binding,
** and there is room for its frame. */
static inline bool threaded_can_enter(const VM *vm, const ThreadedCode *code, const Value *window,
                                      uint32_t argc) {
  return code->fast_argc == argc && window + code->frame_size <= vm->stack_limit &&
         vm->recursion_left > 0;
}

/* frame_push: the frame at `base`, whose function, extra and registers are in place, is the newest
** one; `from`: its caller's, or `base` if there is none. */
static inline void frame_push(VM *vm, Value *base, const Value *from, uint64_t flags,
                              uint32_t destination, InsnCell *back) {
  FrameHeader *header = frame_header(base);
  header->link = (uint64_t)((uintptr_t)base - (uintptr_t)from) << 32 | flags | destination;
  header->back = back;
  vm->recursion_left--;
  __atomic_signal_fence(__ATOMIC_RELEASE); /* a sample sees frames that are whole */
  vm->base = base;
}

/* frame_leave: the newest frame is the one below it, which is returned; NULL: there is none. */
static inline Value *frame_leave(VM *vm, const Value *base) {
  vm->recursion_left++;
  return vm->base = frame_below(base);
}

/* frame_return: frame_leave of a frame that was not entered from C: there is one below it. */
static inline Value *frame_return(VM *vm, const Value *base, uint64_t link) {
  vm->recursion_left++;
  return vm->base = link_caller(base, link);
}

/* registers_copy: a handful, two at a time. */
static inline void registers_copy(Value *to, const Value *from, uint32_t count) {
  uint32_t i = 0;
  for (; i + 2 <= count; i += 2) memcpy(to + i, from + i, 2 * sizeof(Value));
  if (i < count) to[i] = from[i];
}

/* generator_unpack: the suspended generator's registers, and what a header says of it, at `base`:
** ready for frame_push. It runs. */
static inline void generator_unpack(VM *vm, Generator *generator, Value *base) {
  FrameHeader *header = frame_header(base);
  registers_copy(base, generator->regs, generator->register_count);
  header->function = value_from(generator->function);
  header->extra = value_from(generator);
  generator->state = GENERATOR_RUNNING;
  generator->base = base;
  generator->exc.previous = vm->exc_state;
  vm->exc_state = &generator->exc;
}

/* generator_pack: the opposite, before its frame is left: it goes on at `pc`, with what is sent in
** that register. */
static inline void generator_pack(VM *vm, Generator *generator, const Value *base, InsnCell *pc,
                                  uint32_t sent, uint32_t delegate) {
  registers_copy(generator->regs, base, generator->register_count);
  heap_barrier_any(vm, generator);
  generator->pc = pc;
  generator->sent_register = (uint16_t)sent;
  generator->delegate_register = (uint16_t)delegate;
  generator->state = GENERATOR_SUSPENDED;
  vm->exc_state = generator->exc.previous;
}

#endif
