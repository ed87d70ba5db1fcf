/* threaded.h -- direct-threaded code: what a function's bytecode becomes at its first call.
**
** Code is an array of 8-byte cells; instructions are structs that lie in one or more of them
** (insn.h), their inline caches included (cache.h). Law: cells hold no references that keep
** anything alive: constants are kept by the Code, cached values are guarded by keys and stamps that
** die with what they cache. */
#ifndef KRAIT_THREADED_H
#define KRAIT_THREADED_H

#include "vm/interp/insn.h"
#include "vm/objects/code.h"

/* cell indexes */
typedef struct ThreadedRange {
  uint32_t start, end, target;
  uint16_t reg;
  bool is_quiet; /* the handler's clauses match the exception and give it no name (peephole.c) */
} ThreadedRange;

/* Translated code. malloc'ed; owned by the Code. Nothing in it depends on the globals of a function
** but what stamps guard; a code has a few translations all the same, so that functions of one code
** in several long-lived modules do not take each other's caches. */
typedef struct ThreadedCode {
  /* registers a frame needs, slack for optional native arguments included */
  uint32_t frame_size;
  uint16_t fast_argc;            /* argc that needs no binding; 0xffff: always bind */
  uint32_t clear_from, clear_to; /* registers to unbind at entry */
  uint32_t register_count;
  uint16_t suspended_count; /* generators: registers to keep while suspended */
  Code *code;               /* [borrowed: the owner] */
  Dict *globals;            /* [borrowed: identity only] of the function that took it last */
  struct ThreadedCode *next;
  uint32_t cell_count, insn_count, range_count;
  uint32_t *starts;      /* [owned] first cell of each instruction, ascending */
  uint32_t *offsets;     /* [owned] its byte offset in the bytecode */
  ThreadedRange *ranges; /* [owned] innermost first */
  /* [owned] by cell: names of the instructions whose operand is NAME_IS_WIDE; or NULL */
  struct WideName {
    uint32_t cell, name;
  } * wide_names;
  uint32_t wide_count;
  uint32_t recorded; /* its number in the recording (profile/); 0: not there */
  /* [owned] the instrumented translation, once somebody watches; or NULL */
  struct ThreadedCode *twin;
  /* [owned] instrumented code: line of each instruction, 0: none; else NULL */
  int32_t *lines;
  /* [owned] handlers of the instructions while all of them are TRACE_SWITCH; else NULL */
  uint16_t *redirected;
  /* counted code (counted.h): a counter for each block; else NULL. A twin has those of its plain
  ** code */
  uint64_t *counters;       /* [borrowed: who counts, for good] */
  struct CodeBlock *blocks; /* [owned by the plain code] */
  uint32_t block_count;
  bool instrumented;
  InsnCell cells[];
} ThreadedCode;

/* threaded_stub: what Function.threaded is before the first call: never matches fast_argc. */
extern ThreadedCode threaded_stub;
/* threaded_of_globals: the code's translation that was last used with these globals; NULL: none. */
ThreadedCode *threaded_of_globals(const Code *code, const Dict *globals);
/* function_threaded: translates if needed, stores it in the function. NULL: exception pending. */
MUST_USE MAY_RUN ThreadedCode *function_threaded(VM *vm, Function *function);
/* threaded_translate: a translation of its own; instrumented: every instruction has a TRACE cell
** before it (interp/instrument.h). */
MUST_USE ThreadedCode *threaded_translate(VM *vm, Code *source, Dict *globals, bool instrumented);
/* threaded_release: gives back the translations of module-like code that no frame runs; false: it
** keeps them, because somebody watches it. */
bool threaded_release(VM *vm, Code *code);
/* threaded_of: the one of the two translations that `cell` is in. */
static inline ThreadedCode *threaded_of(const ThreadedCode *code, const InsnCell *cell) {
  bool elsewhere = cell < code->cells || cell >= code->cells + code->cell_count;
  return (ThreadedCode *)(uintptr_t)(UNLIKELY(elsewhere && code->twin) ? code->twin : code);
}
/* threaded_insn: number of the instruction that holds the cell. */
uint32_t threaded_insn(const ThreadedCode *code, const InsnCell *cell);
/* threaded_offset: bytecode offset of the instruction that holds `cell`, in either translation. */
uint32_t threaded_offset(const ThreadedCode *code, const InsnCell *cell);
/* threaded_wide_name: number of the name of the instruction at `pc`, whose operand is NAME_IS_WIDE.
** Cost: O(log wide names). */
uint32_t threaded_wide_name(const ThreadedCode *code, const InsnCell *pc);
void threaded_dump(VM *vm, ThreadedCode *code, void *file);

#endif
