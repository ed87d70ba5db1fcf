/* threaded.h -- direct-threaded code: what a function's bytecode becomes at its first call.
**
** Code is an array of 8-byte cells. An instruction's first cell holds the handler (16-bit offset from the dispatch
** function; the opcode in the switch build) and up to three 16-bit operands, in the order of its row in opcodes.def; then follow
** the extra cells: a cell of further 16-bit operands, a constant, a jump, the inline cache. A jump with at most one other operand is
** in the first cell (b and c as a signed 32-bit distance in bytes), else in a cell of its own; both relative to the instruction.
**
** Law: CELLS_x is the size of every form of x, quickened ones included. Cells hold no references that keep anything
** alive: constants are kept by the Code, cached values are guarded by keys and stamps that die with what they cache.
*/
#ifndef KRAIT_THREADED_H
#define KRAIT_THREADED_H

#include "vm/objects/code.h"

typedef union Cell64 {
  struct { uint16_t op, a, b, c; };
  struct { uint16_t op_, a_; int32_t jump; }; /* short jumps */
  struct { uint16_t d, e, f, g; };            /* operands four to seven */
  int64_t far;                                /* jump distance in bytes */
  Value value;
  void *pointer;
  struct { uint32_t key, aux; };
  uint64_t word;
} InsnCell;
static_assert(sizeof(InsnCell) == 8, "cells are 8 bytes");

/* ---- numbering: opcodes.def rows, then the quickened forms */
typedef enum ThreadedOp {
#define OP(name, operands, cache, flags, doc) T_##name,
#include "vm/bytecode/opcodes.def"
#undef OP
#define QUICK(name, base, doc) T_##name,
#include "vm/interp/quick.def"
#undef QUICK
  T_COUNT
} ThreadedOp;

/* ---- sizes, from the rows */
#define CACHE_CELLS_none 0
#define CACHE_CELLS_Attr 3    /* key, offset | value or slot | owner */
#define CACHE_CELLS_Method 3
#define CACHE_CELLS_Global 2  /* stamps | slot */
#define CACHE_CELLS_Call 0
#define CACHE_CELLS_Index 0
#define CACHE_CELLS_Binary 0
#define CACHE_CELLS_Iter 0

#pragma push_macro("NAME") /* objects/str.h has its own */
#undef NAME
#define NO_OPERANDS +0
#define OUT(n) +1
#define IN(n) +1
#define BASE(n) +1
#define NAME(n) +1
#define INT(n) +1
#define COUNT(n) +1
#define INDEX(n) +1
#define CONST(n) +0
#define JUMP(n) +0
enum {
#define OP(name, operands, cache, flags, doc) SHORTS_##name = 0 operands,
#include "vm/bytecode/opcodes.def"
#undef OP
};
#undef OUT
#undef IN
#undef BASE
#undef NAME
#undef INT
#undef COUNT
#undef INDEX
#undef CONST
#undef JUMP
#define OUT(n) +0
#define IN(n) +0
#define BASE(n) +0
#define NAME(n) +0
#define INT(n) +0
#define COUNT(n) +0
#define INDEX(n) +0
#define CONST(n) +1
#define JUMP(n) +64
enum {
#define OP(name, operands, cache, flags, doc) LONGS_##name = 0 operands,
#include "vm/bytecode/opcodes.def"
#undef OP
};
#undef OUT
#undef IN
#undef BASE
#undef NAME
#undef INT
#undef COUNT
#undef INDEX
#undef CONST
#undef JUMP
#undef NO_OPERANDS
#pragma pop_macro("NAME")
enum {
#define OP(name, operands, cache, flags, doc) \
  CELLS_##name = 1 + (SHORTS_##name > 3) + (LONGS_##name & 63) + (LONGS_##name >= 64 && SHORTS_##name > 1) + CACHE_CELLS_##cache,
#include "vm/bytecode/opcodes.def"
#undef OP
#define QUICK(name, base, doc) CELLS_##name = CELLS_##base,
#include "vm/interp/quick.def"
#undef QUICK
};

/* What stands for a name's number that does not fit: threaded_wide_name knows it. Law: no operand is ever cut: translate.c refuses
** an instruction with one that its field does not hold. */
enum { NAME_IS_WIDE = UINT16_MAX };
static_assert((int)REGISTER_MAX <= UINT16_MAX && (int)NARROW_MAX < NAME_IS_WIDE, "registers, counts and narrow numbers fit their fields");

extern const uint8_t threaded_cells[T_COUNT];
extern const char *const threaded_names[T_COUNT];

typedef struct ThreadedRange { uint32_t start, end, target; uint16_t reg; } ThreadedRange; /* cell indexes */

/* Translated code. malloc'ed; owned by the Code. Nothing in it depends on the globals of a function but what stamps guard; a code has a
** few translations all the same, so that functions of one code in several long-lived modules do not take each other's caches. */
typedef struct ThreadedCode {
  uint32_t frame_size;      /* registers a frame needs, slack for optional native arguments included */
  uint16_t fast_argc;       /* argc that needs no binding; 0xffff: always bind */
  uint32_t clear_from, clear_to; /* registers to unbind at entry */
  uint32_t register_count;
  uint16_t suspended_count; /* generators: registers to keep while suspended */
  Code *code;               /* [borrowed: the owner] */
  Dict *globals;            /* [borrowed: identity only] of the function that took it last */
  struct ThreadedCode *next;
  uint32_t cell_count, insn_count, range_count;
  uint32_t *starts;         /* [owned] first cell of each instruction, ascending */
  uint32_t *offsets;        /* [owned] its byte offset in the bytecode */
  ThreadedRange *ranges;    /* [owned] innermost first */
  struct WideName { uint32_t cell, name; } *wide_names; /* [owned] by cell: names of the instructions whose operand is NAME_IS_WIDE; or NULL */
  uint32_t wide_count;
  struct ThreadedCode *twin; /* [owned] the instrumented translation, once somebody watches; or NULL */
  int32_t *lines;           /* [owned] instrumented code: line of each instruction, 0: none; else NULL */
  uint16_t *redirected;     /* [owned] handlers of the instructions while all of them are TRACE_SWITCH; else NULL */
  bool instrumented;
  InsnCell cells[];
} ThreadedCode;

/* threaded_stub: what Function.threaded is before the first call: never matches fast_argc. */
extern ThreadedCode threaded_stub;
/* threaded_of_globals: the code's translation that was last used with these globals; NULL: none. */
ThreadedCode *threaded_of_globals(const Code *code, const Dict *globals);
/* function_threaded: translates if needed, stores it in the function. NULL: exception pending. */
MUST_USE MAY_RUN ThreadedCode *function_threaded(VM *vm, Function *function);
/* threaded_translate: a translation of its own; instrumented: every instruction has a TRACE cell before it (interp/instrument.h). */
MUST_USE ThreadedCode *threaded_translate(VM *vm, Code *source, Dict *globals, bool instrumented);
void threaded_free_all(VM *vm, ThreadedCode *first);
/* threaded_of: the one of the two translations that `cell` is in. */
static inline ThreadedCode *threaded_of(const ThreadedCode *code, const InsnCell *cell) {
  bool elsewhere = cell < code->cells || cell >= code->cells + code->cell_count;
  return (ThreadedCode *)(uintptr_t)(UNLIKELY(elsewhere && code->twin) ? code->twin : code);
}
/* threaded_insn: number of the instruction that holds the cell. */
uint32_t threaded_insn(const ThreadedCode *code, const InsnCell *cell);
/* threaded_offset: bytecode offset of the instruction that holds `cell`, in either translation. */
uint32_t threaded_offset(const ThreadedCode *code, const InsnCell *cell);
/* threaded_wide_name: number of the name of the instruction at `pc`, whose operand is NAME_IS_WIDE. Cost: O(log wide names). */
uint32_t threaded_wide_name(const ThreadedCode *code, const InsnCell *pc);
void threaded_dump(VM *vm, ThreadedCode *code, void *file);
/* threaded_op: which operation a cell's handler is (for dumps and in-place quickening). */
int threaded_op(const InsnCell *cell);
extern uint16_t threaded_handlers[T_COUNT];
/* threaded_never_quicken: from now on every quickened form is its base: nothing is cached or fused (KRAIT_IC=miss). */
void threaded_never_quicken(void);
static inline uint16_t threaded_handler(int op) { return threaded_handlers[op]; }
static inline void quicken(InsnCell *pc, int op) { pc->op = threaded_handler(op); }

#endif
