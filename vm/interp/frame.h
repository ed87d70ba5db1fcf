/* frame.h -- frames: as Python sees them, running code from C, unwinding, scanning.
**
** Where a frame's words lie, and how frames come and go: frame_header.h.
** Law: vm->base is the newest frame's base whenever C code outside the loop runs; vm->pc points
** into the instruction it executes whenever that C code can raise, allocate or look at frames.
*/
#ifndef KRAIT_FRAME_H
#define KRAIT_FRAME_H

#include "vm/contracts/frames.h"
#include "vm/contracts/poll.h"
#include "vm/interp/frame_header.h"

/* A frame object: made when Python looks at the frame. While the activation runs, `base` is its
** registers; when it ends the locals are copied to `locals`. Generators' frames while suspended:
** base NULL, generator set. */
struct Frame {
  Object h;
  Value *base;           /* [borrowed: value stack] or NULL */
  Function *function;    /* [gc] */
  Object *back;          /* [gc] Frame, known once detached */
  ValueArray *locals;    /* [gc] registers, once detached */
  Generator *generator;  /* [gc] or NULL */
  Dict *locals_dict;     /* [gc] f_locals, once asked for; or NULL */
  Value trace;           /* f_trace or VALUE_NONE */
  uint32_t lasti;        /* byte offset, once detached */
  int32_t line_override; /* while an event of another line is told: f_lineno; else 0 */
  /* watched: the instruction of instrumented code that ran last; -1: none */
  int32_t traced;
  int32_t traced_line; /* and its line, that of the one before if it has none */
  int32_t jump;        /* instruction that an assignment to f_lineno chose, or -1 */
  bool trace_lines, trace_opcodes;
  /* exception_unseen of the exception whose traceback alone this was made for, FRAME_FORGOTTEN once
  ** that is handled; 0: for more */
  uint32_t made_for;
  /* by a jump or through f_locals a local may be unbound that the compiler knows as bound */
  bool unchecked;
};

/* frame_stack_top: vm_stack_top inline. */
static inline Value *frame_stack_top(VM *vm) {
  if (UNLIKELY(vm->entry_top != NULL)) return vm->entry_top;
  if (UNLIKELY(!vm->base)) return vm->stack;
  const ThreadedCode *code = frame_function(vm->base)->threaded;
  return vm->base + (LIKELY(code && code != &threaded_stub) ? code->frame_size : FRAME_SLACK);
}

/* frame_object: the Frame of the activation at base (made once). */
MUST_USE NEVER_NULL Frame *frame_object(VM *vm, Value *base);
/* frame_for_traceback: the same, for the traceback of an exception of this number only. */
MUST_USE NEVER_NULL Frame *frame_for_traceback(VM *vm, Value *base, uint32_t unseen);
/* frame_forget: a handler of the activation at base, which has a Frame, is left, and `exception`
** with it unless it goes on. If nobody has seen the exception, nobody can ask for a Frame that was
** made for its traceback, and nothing need be kept when the activation ends, of its callers neither
** (perf-note 0066). */
#define FRAME_FORGOTTEN UINT32_MAX /* no number of an exception */
void frame_forget(Value *base, Value exception, bool goes_on);
/* frame_of_generator: the Frame of a generator that is not closed, running or not (made once). */
MUST_USE Frame *frame_of_generator(VM *vm, Generator *generator);
/* frame_of_closed: a generator that never started closes: its Frame, if somebody has it, goes on
** showing the arguments. */
void frame_of_closed(VM *vm, Generator *generator);
void frame_detach(VM *vm, Value *base); /* called when an activation with FRAME_OBJECT ends */
/* thread_top_of: the newest activation, and its pc, of the thread on whose value stack `base` is;
** base NULL: of none. */
typedef struct StackTop {
  Value *base;
  const void *pc;
} StackTop;
StackTop thread_top_of(VM *vm, const Value *base);
/* threads_visit_tops: calls `visit` with each thread's newest activation (NULL: it has none). */
void threads_visit_tops(VM *vm, void (*visit)(Value *base, void *data), void *data);
/* frame_above: Frame of the activation `depth` callers above the one at base, NULL when there are
** fewer. */
MUST_USE Frame *frame_above(VM *vm, Value *base, int depth);
/* frame_current: Frame of the newest Python activation, `depth` callers up; NULL when there are
** fewer. sys._getframe. */
MUST_USE Frame *frame_current(VM *vm, int depth);
MUST_USE Frame *frame_back(VM *vm, Frame *frame);
uint32_t frame_lasti(VM *vm, Frame *frame);
int frame_line(VM *vm, Frame *frame);
/* frame_store_locals: the variables become what the dict of frame_locals says, if there is one and
** the frame is alive. */
void frame_store_locals(VM *vm, Frame *frame);
/* function_with_code: a copy of the function that runs `code`, as it did until its __code__ was
** replaced. */
MUST_USE NEVER_NULL Function *function_with_code(VM *vm, const Function *function,
                                                 ThreadedCode *code);
/* frame_pc: the cell that the activation at `base`, of whichever thread, is executing. */
const InsnCell *frame_pc(VM *vm, Value *base);

/* ---- entering */
/* frame_bind: turns the call's arguments at window[0..npos+nkw) into the function's parameters in
** place (defaults, keywords, *args, **kwargs) and unbinds the other locals. false: TypeError
** pending. */
MUST_USE MAY_RUN bool frame_bind(VM *vm, Function *function, ThreadedCode *code, Value *window,
                                 int npos, Tuple *kwnames);
COLD bool frame_overflow(VM *vm); /* raises RecursionError (or MemoryError); false */

/* stack_pointer: NULL where the layout of C frames is not known. */
static ALWAYS_INLINE char *stack_pointer(void) {
  char *at = NULL;
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
  __asm__ volatile("movq %%rsp, %0" : "=r"(at));
#endif
  return at;
}
/* loop_called: is this return address inside the loop? */
bool loop_called(const void *return_address);
extern const char *loop_text; /* where the loop's code begins */
extern char *loop_measured;   /* the stack pointer inside the first call of interp_run */
/* the instruction that was begun last, where a switch dispatches them; else NULL */
extern const InsnCell *volatile loop_at;
/* interp_run: executes the frame at base (its header has FRAME_ENTRY) from pc until it returns. */
MUST_USE MAY_RUN Value interp_run(VM *vm, Value *base, InsnCell *pc);
/* run_code: executes module-like code with its namespace; locals is the globals or any mapping. */
MUST_USE MAY_RUN Value run_code(VM *vm, Code *code, Dict *globals, Value locals, Tuple *closure);
/* run_code_once: the same for code that will hardly run again: its translation is given back. */
MUST_USE MAY_RUN Value run_code_once(VM *vm, Code *code, Dict *globals, Value locals,
                                     Tuple *closure);
/* frame_is_namespace: is the running frame that of a module or of a class's body? */
bool frame_is_namespace(const VM *vm);

/* ---- leaving by exception (unwind.c) */
/* unwind: the pending exception leaves instruction vm->pc of frame vm->base: finds the handler in
** this frame or a caller up to the entry frame. The pc to go on at (vm->base is its frame), or
** NULL: the entry frame was left too. */
MUST_USE MAY_RUN InsnCell *unwind(VM *vm);
/* unwind_is_caught: would an exception that appears where a suspended generator stands find a
** handler in it? */
bool unwind_is_caught(const Generator *generator);

/* ---- as roots (scan.c): of each frame the registers that are alive, and no others */
/* scan_stack: marks what the frames of a thread keep alive. */
void scan_stack(Marker *marker, const ThreadState *thread);
/* scan_suspended: marks what the registers of a generator that is not running keep alive. */
void scan_suspended(Marker *marker, Generator *generator);

/* interp_init: prepares the main thread: value stack, limit of the C stack; false: no memory, said
** on stderr. */
MUST_USE MAY_RUN bool interp_init(VM *vm);
void interp_begin(VM *vm); /* the running thread has entered no frame yet */
/* value_stack_new: where frames of a thread lie, and the end of what they may use; false: no
** address space. When that is limited, a stack takes one part in `divisor` of it. */
enum { VALUE_STACK_MAIN = 16, VALUE_STACK_OF_THREAD = 512 };
MUST_USE bool value_stack_new(size_t divisor, Value **stack, Value **end);
void value_stack_free(Value *stack, Value *end);
/* vm_follow_limit: RLIMIT_AS or RLIMIT_DATA was set: gives up the address space that is reserved
** and not in use. */
void vm_follow_limit(VM *vm);

#endif
