/* frames.h -- what objects and protocols ask of the interpreter: which Python code runs, and what
** becomes of its functions. Defined in vm/interp. */
#ifndef KRAIT_FRAMES_H
#define KRAIT_FRAMES_H

#include "vm/core/vm.h"

typedef struct Code Code;
typedef struct Function Function;
typedef struct Frame Frame;
struct ThreadedCode;

/* run_function: a Python function from C */
MUST_USE MAY_RUN Value run_function(VM *vm, Function *function, const Value *args, int npos,
                                    Tuple *kwnames);
/* running_function: whose activation is the newest, its registers at vm->base; NULL: no Python code
** runs. */
Function *running_function(const VM *vm);
/* function_replace_code: __code__ is assigned: the running frames, suspended generators and frame
** objects of all threads go on with the code they began. Cost: a walk over the heap. */
void function_replace_code(VM *vm, Function *function, Code *code);
void threaded_free_all(VM *vm, struct ThreadedCode *first); /* a code object's translations */

/* traceback_begin: an entry for the running code, if the exception has none. */
void traceback_begin(VM *vm, Value exception);

/* ---- of a frame object */
Function *frame_runs(const Frame *frame);
Dict *frame_globals(Frame *frame);
/* frame_locals: f_locals: the namespace of module and class frames, else a dict of the variables'
** values. */
MUST_USE Value frame_locals(VM *vm, Frame *frame);

#endif
