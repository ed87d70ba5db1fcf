/* place.c -- see place.h. */
#include "vm/profile/place.h"

#include <string.h>
#include <ucontext.h>

#include "vm/interp/frame.h"

/* bytes of the C stack below the loop's frame that are searched for the saved register */
enum { SEARCHED = 2048 };

static struct { uintptr_t begin, end; /* of the loop's text */ } loop;

void place_init(void) {
  enum { LAST_HANDLER = 1024 }; /* and what is behind it: the common exits */
  uint16_t last = 0;
  for (int op = 0; op < T_COUNT; op++)
    if (threaded_handlers[op] > last) last = threaded_handlers[op];
  loop.begin = (uintptr_t)loop_text;
  loop.end = loop.begin + last + LAST_HANDLER;
}

/* ---- the processor: what is different in each architecture */
#if defined(__x86_64__)
static SIGNAL_SAFE bool waits_in_system_call(uintptr_t ip, int64_t result) {
  enum { PAGE_MASK = 4095, SYSCALL_SIZE = 2 };
  uintptr_t in_page = ip & PAGE_MASK;
  uint16_t at = 0, before = 0, syscall_insn = 0x050f;
  if (in_page < SYSCALL_SIZE || in_page > PAGE_MASK - SYSCALL_SIZE) return false;
  memcpy(&at, (const void *)ip, sizeof at);
  memcpy(&before, (const void *)(ip - SYSCALL_SIZE), sizeof before);
  /* it will be started again, or says EINTR */
  return at == syscall_insn || (before == syscall_insn && result == -4);
}

SIGNAL_SAFE void machine_read(Machine *out, const void *context) {
  static const uint8_t saved[] = {REG_RBX, REG_RBP, REG_R12, REG_R13, REG_R14, REG_R15},
                       other[] = {REG_RAX, REG_RDX, REG_RCX, REG_RSI, REG_RDI,
                                  REG_R8,  REG_R9,  REG_R10, REG_R11};
  const greg_t *registers = ((const ucontext_t *)context)->uc_mcontext.gregs;
  out->ip = (uintptr_t)registers[REG_RIP];
  out->sp = (uintptr_t)registers[REG_RSP];
  out->saved_count = sizeof saved, out->other_count = sizeof other;
  for (size_t i = 0; i < sizeof saved; i++) out->saved[i] = (uintptr_t)registers[saved[i]];
  for (size_t i = 0; i < sizeof other; i++) out->other[i] = (uintptr_t)registers[other[i]];
  out->blocked = waits_in_system_call(out->ip, registers[REG_RAX]);
}
#elif defined(__aarch64__)
static SIGNAL_SAFE bool waits_in_system_call(uintptr_t ip, int64_t result) {
  enum { PAGE_MASK = 4095 };
  uint32_t at = 0, before = 0, svc_insn = 0xd4000001;
  if ((ip & PAGE_MASK) < sizeof before) return false;
  memcpy(&at, (const void *)ip, sizeof at);
  memcpy(&before, (const void *)(ip - sizeof before), sizeof before);
  return at == svc_insn || (before == svc_insn && result == -4);
}

/* x19 to x28 are callee-saved; which of them has pc is the compiler's choice: the first that points
** into the code is taken. */
SIGNAL_SAFE void machine_read(Machine *out, const void *context) {
  const mcontext_t *from = &((const ucontext_t *)context)->uc_mcontext;
  out->ip = from->pc;
  out->sp = from->sp;
  out->saved_count = 10, out->other_count = 16;
  for (int i = 0; i < 10; i++) out->saved[i] = from->regs[19 + i];
  for (int i = 0; i < 16; i++) out->other[i] = from->regs[i];
  out->blocked = waits_in_system_call(out->ip, (int64_t)from->regs[0]);
}
#else
#error "say here where the registers are that a signal has interrupted"
#endif

/* ---- the place */
static SIGNAL_SAFE bool cells_have(const ThreadedCode *code, uintptr_t address) {
  uintptr_t from = (uintptr_t)code->cells;
  return address - from < code->cell_count * sizeof(InsnCell) &&
         address % sizeof(InsnCell) == from % sizeof(InsnCell);
}

SIGNAL_SAFE bool code_has(const ThreadedCode *code, uintptr_t address) {
  return cells_have(code, address) || (code->twin && cells_have(code->twin, address));
}

static SIGNAL_SAFE uintptr_t first_of(const ThreadedCode *code, const uintptr_t *words,
                                      uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (code_has(code, words[i])) return words[i];
  return 0;
}

static SIGNAL_SAFE bool is_among(uintptr_t wanted, const uintptr_t *words, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (words[i] == wanted) return true;
  return false;
}

/* The part of the C stack where the first functions that an activation of the loop has called have
** their frames. */
typedef struct Window {
  const uintptr_t *low, *high;
} Window;

static SIGNAL_SAFE Window window_of(const LoopFrame *loop_frame, uintptr_t sp) {
  uintptr_t high = loop_frame ? (uintptr_t)loop_frame->low : 0;
  uintptr_t low = high > SEARCHED && sp < high - SEARCHED ? high - SEARCHED : sp;
  bool known = high && low < high && low % sizeof(uintptr_t) == 0;
  if (!known) return (Window){NULL, NULL};
  return (Window){(const uintptr_t *)low, (const uintptr_t *)high};
}

/* What was saved first stands highest. */
static SIGNAL_SAFE uintptr_t highest_of(const ThreadedCode *code, Window window) {
  for (const uintptr_t *at = window.high; at-- > window.low;)
    if (code_has(code, *at)) return *at;
  return 0;
}

static SIGNAL_SAFE bool window_has(uintptr_t wanted, Window window) {
  return window.low && is_among(wanted, window.low, (uint32_t)(window.high - window.low));
}

/* A C function may hold the next instruction's address (where a call goes on) beside that of its
** own, which the loop has stored then. */
static SIGNAL_SAFE uintptr_t place_in_c(const ThreadState *state, const ThreadedCode *code,
                                        const Machine *machine) {
  uintptr_t stored = (uintptr_t)state->pc;
  bool is_here = code_has(code, stored);
  if (is_here && is_among(stored, machine->saved, machine->saved_count)) return stored;
  Window window = window_of(state->loop, machine->sp);
  uintptr_t held = first_of(code, machine->saved, machine->saved_count);
  if (held && !(is_here && held > stored && window_has(stored, window))) return held;
  if (is_here && window_has(stored, window)) return stored;
  return held ? held : highest_of(code, window);
}

static SIGNAL_SAFE uintptr_t place_in_loop(const ThreadedCode *code, const Machine *machine) {
  uintptr_t at = first_of(code, machine->saved, 1);
  if (!at) at = first_of(code, machine->other, machine->other_count);
  return at ? at : first_of(code, machine->saved, machine->saved_count);
}

/* ---- while frames come and go, the loop's pc is in another frame's code than the newest one's */

/* The frame of a call is filled, but not the newest yet: it says where its caller goes on. */
static SIGNAL_SAFE uintptr_t place_of_caller(const ThreadState *state, const ThreadedCode *code,
                                             const uintptr_t *words, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const Value *base = (const Value *)words[i];
    bool is_window = words[i] % sizeof(Value) == 0 && base >= state->base + FRAME_HEADER &&
                     base <= state->base + code->frame_size;
    uintptr_t before = is_window ? (uintptr_t)frame_header(base)->back - sizeof(InsnCell) : 0;
    if (is_window && code_has(code, before)) return before;
  }
  return 0;
}

/* is_entered: the newest frame is that of a call, and the loop's pc still the call's. */
static SIGNAL_SAFE bool is_entered(const ThreadState *state, const Machine *machine) {
  enum { LONGEST = 64 }; /* bytes of a call: it ends where its caller goes on */
  const FrameHeader *header = frame_header(state->base);
  uintptr_t back = (uintptr_t)header->back, at = machine->saved[0];
  return !(header->link & FRAME_ENTRY) && at <= back && back - at <= LONGEST;
}

/* is_pushed: C has made the newest frame, which has not stored a pc yet. */
static SIGNAL_SAFE bool is_pushed(const ThreadState *state) {
  const FrameHeader *header = frame_header(state->base);
  return (header->link & FRAME_ENTRY) && (const void *)header->back == state->pc;
}

/* is_left: the frame that C has entered is gone: the newest one is of the activation below, whose
** pc was stored, and saved, before C was called. */
static SIGNAL_SAFE bool is_left(const ThreadState *state, const ThreadedCode *code,
                                const Machine *machine) {
  uintptr_t stored = (uintptr_t)state->pc;
  const LoopFrame *inner = state->loop;
  if (!inner || !code_has(code, stored)) return false;
  return window_has(stored, window_of(inner, machine->sp)) ||
         window_has(stored, window_of(inner->outer, (uintptr_t)inner->low));
}

static SIGNAL_SAFE uintptr_t place_between(const ThreadState *state, const ThreadedCode *code,
                                           const Machine *machine, bool in_loop) {
  uintptr_t at = 0;
  if (in_loop) {
    at = place_of_caller(state, code, machine->saved, machine->saved_count);
    if (!at) at = place_of_caller(state, code, machine->other, machine->other_count);
  }
  if (at) return at;
  if (is_left(state, code, machine)) return (uintptr_t)state->pc;
  bool is_new = is_pushed(state) || (in_loop && is_entered(state, machine));
  return is_new ? (uintptr_t)code->cells : 0;
}

SIGNAL_SAFE Place place_find(const ThreadState *state, const ThreadedCode *code,
                             const Machine *machine) {
  bool in_loop = machine->ip - loop.begin < loop.end - loop.begin;
  uintptr_t at = 0, stored = (uintptr_t)state->pc;
  if (loop_at) at = code_has(code, (uintptr_t)loop_at) ? (uintptr_t)loop_at : stored;
  else at = in_loop ? place_in_loop(code, machine) : place_in_c(state, code, machine);
  if (!code_has(code, at)) at = place_between(state, code, machine, in_loop);
  bool found = code_has(code, at);
  if (!found && code_has(code, stored)) at = stored;
  return (Place){code_has(code, at) ? (const InsnCell *)at : NULL, !in_loop, !found};
}
