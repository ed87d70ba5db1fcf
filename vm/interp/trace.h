/* trace.h -- sys.settrace and sys.setprofile: who watches the running program, and telling them.
**
** Off, it costs nothing: no instruction tests for it. On, the stack limit is lowered for good (as a
** safepoint request does for a moment), so every call takes its slow path, which enters the
** instrumented code (instrument.h). Exceptions are told by the unwinder. A frame whose local trace
** function is None runs plain code, unless a profile function is set.
**
** Law: `on` means that the running thread has a function set and is not inside one; vm->stack_limit
** is lowered exactly then (or while a poll is requested).
*/
#ifndef KRAIT_TRACE_H
#define KRAIT_TRACE_H

#include "vm/interp/frame.h"

typedef enum TraceEvent {
  TRACE_NOTHING,
  TRACE_CALL,
  TRACE_EXCEPTION,
  TRACE_LINE,
  TRACE_RETURN,
  TRACE_OPCODE,
  TRACE_C_CALL,
  TRACE_C_EXCEPTION,
  TRACE_C_RETURN,
} TraceEvent;

/* A profiler in C: told instead of a Python profile function. `base` is the frame; argument the
** native function of C events. */
typedef bool (*ProfileHook)(VM *vm, Value profiler, Value *base, TraceEvent event, Value argument);

/* Of the running thread; those of the others are in their Thread. */
typedef struct TraceState {
  Value trace, profile; /* functions, or VALUE_NONE */
  ProfileHook hook;     /* NULL: `profile` is called as a Python function */
  int busy;             /* depth of trace and profile functions that are running */
  TraceEvent telling;   /* the innermost event that is being told */
  /* [borrowed: value stack] the frame it is told of, while that may be sent elsewhere */
  Frame *place;
  bool on;
  bool entering; /* the next TRACE executed is the first of a frame */
  /* the frame at this base is left whatever handlers it has: its return event raised */
  const Value *leaving;
} TraceState;
extern TraceState trace_state;

/* trace_set, profile_set: sys.settrace and sys.setprofile of the running thread. */
void trace_set(VM *vm, Value function);
void profile_set(VM *vm, Value function, ProfileHook hook);
/* trace_update: after `busy` changed or another thread took over: `on` and the stack limit say what
** they should. */
void trace_update(VM *vm);
/* trace_adopt: the running thread's state is `state` from here on. */
void trace_adopt(VM *vm, const TraceState *state);
void trace_state_init(TraceState *state);

/* trace_enter: a frame of `function` is about to be entered: the code it runs. NULL: exception
** pending. Only while on. */
MUST_USE ThreadedCode *trace_enter(VM *vm, Function *function, ThreadedCode *plain);
/* trace_resume: a generator's frame was pushed: it goes on in instrumented code. Only while on. */
void trace_resume(VM *vm, Generator *generator);
/* trace_throw: as trace_resume, and an exception will be raised there: tells the call. false:
** another one is pending. */
MUST_USE MAY_RUN bool trace_throw(VM *vm, Value *base);
/* trace_exception: the pending exception left an instruction of the frame. trace_unwound: it leaves
** the frame. Another exception may be pending afterwards. Only while on. */
MAY_RUN void trace_exception(VM *vm, Value *base);
MAY_RUN void trace_unwound(VM *vm, Value *base);
/* trace_stop: an iterator that instruction vm->pc of the newest frame ran has ended with `result`,
** where CPython makes a StopIteration of it: told as an exception. Only while on. */
MAY_RUN void trace_stop(VM *vm, Value result);
/* trace_frame: f_trace was set by hand: a running frame is watched from its next instruction on. */
void trace_frame(VM *vm, Frame *frame);

/* frame_jump: frame.f_lineno = line (jump.c). false: raised. */
MUST_USE bool frame_jump(VM *vm, Frame *frame, Value line);

#endif
