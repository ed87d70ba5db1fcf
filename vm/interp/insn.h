/* insn.h -- instructions of threaded code as structs: the one place that says where operands and
** caches lie.
**
** From each row of opcodes.def comes a struct, so that a wrong operand name does not compile:
**
**     OP(LOAD_ATTR, OUT(to) IN(object) NAME(name), Attr, …)
**     typedef struct Insn_LOAD_ATTR { uint16_t op, to, object, name; AttrCache cache; }
**     Insn_LOAD_ATTR;
**
** Quickened forms (quick.def) are the same struct under another name. Code is an array of 8-byte
** cells, an instruction begins at one: `op` is the handler (16-bit offset from interp_run; the
** opcode in the switch build); operands of 16 bits follow, then constants and jumps (their distance
** in bytes from the instruction), then the inline cache. C that treats all instructions alike finds
** an operand by its InsnField.
**
** Law: CELLS_x is the size of every form of x, quickened ones included.
*/
#ifndef KRAIT_INSN_H
#define KRAIT_INSN_H

#include <stdalign.h>
#include <stdio.h>

#include "vm/bytecode/opcode.h"
#include "vm/interp/cache.h"

/* as much as all instructions have in common */
typedef struct InsnCell {
  alignas(8) uint16_t op;
} InsnCell;
static_assert(sizeof(InsnCell) == 8, "cells are 8 bytes");

/* ---- numbering: opcodes.def rows, then the quickened forms */
typedef enum ThreadedOp {
#define OP(name, operands, cache, flags, doc) T_##name,
#include "vm/bytecode/opcodes.def"
#undef OP
#define QUICK(name, base, form, doc) T_##name,
#include "vm/interp/quick.def"
#undef QUICK
  T_COUNT
} ThreadedOp;

/* ---- structs and sizes, from the rows */
#pragma push_macro("NAME") /* objects/str.h has its own */
#undef NAME
#define NO_OPERANDS
#define OUT(n, ...) uint16_t n;
#define INOUT(n, ...) uint16_t n;
#define IN(n, ...) uint16_t n;
#define BASE(n) uint16_t n;
#define NAME(n) uint16_t n;
#define COUNT(n) uint16_t n;
#define INDEX(n) uint16_t n;
#define INT(n) int16_t n;
#define JUMP(n) int32_t n;
#define FAR_JUMP(n) int64_t n;
#define CONST(n) Value n;
#define READS(...)
#define WRITES(...)
#define CACHE_none
#define CACHE_Attr AttrCache cache;
#define CACHE_Global GlobalCache cache;

#define OP(name, operands, kind, flags, doc)                                           \
  typedef struct Insn_##name {                                                         \
    alignas(InsnCell) uint16_t op;                                                     \
    operands CACHE_##kind                                                              \
  } Insn_##name;                                                                       \
  enum { CELLS_##name = sizeof(Insn_##name) / sizeof(InsnCell) };                      \
  struct Packed_##name {                                                               \
    uint16_t op;                                                                       \
    operands CACHE_##kind                                                              \
  } __attribute__((packed));                                                           \
  static_assert(sizeof(Insn_##name) - sizeof(struct Packed_##name) < sizeof(InsnCell), \
                #name ": short ones first");
#include "vm/bytecode/opcodes.def"
#undef OP
#include "vm/bytecode/operands_end.inc"
#undef CACHE_none
#undef CACHE_Attr
#undef CACHE_Global
#pragma pop_macro("NAME")

#define QUICK(name, base, form, doc) \
  typedef Insn_##base Insn_##name;   \
  enum { CELLS_##name = CELLS_##base };
#include "vm/interp/quick.def"
#undef QUICK

/* Instructions that share code: one may be looked at as the other, as far as these operands go. */
#define SAME_PLACE(one, other, operand)                                           \
  static_assert(offsetof(Insn_##one, operand) == offsetof(Insn_##other, operand), \
                #one " and " #other " share code")
SAME_PLACE(CALL, CALL_METHOD, to);
SAME_PLACE(CALL, CALL_METHOD, base);
SAME_PLACE(CALL, CALL_METHOD, argc);
SAME_PLACE(CALL_KW, CALL_METHOD_KW, to);
SAME_PLACE(CALL_KW, CALL_METHOD_KW, base);
SAME_PLACE(CALL_KW, CALL_METHOD_KW, argc);
SAME_PLACE(CALL_KW, CALL_METHOD_KW, names);
SAME_PLACE(CALL_KW, CALL, to);
SAME_PLACE(CALL_KW, CALL, base);
SAME_PLACE(CALL_KW, CALL, argc);
SAME_PLACE(CALL_KW, CALL_EX, to);
SAME_PLACE(CALL_KW, CALL_EX, base);
SAME_PLACE(YIELD, YIELD_DELEGATE, sent);
SAME_PLACE(YIELD, YIELD_DELEGATE, value);
SAME_PLACE(LOAD_ATTR, STORE_ATTR, cache);
SAME_PLACE(LOAD_ATTR, LOAD_METHOD, cache);
SAME_PLACE(LOAD_GLOBAL, STORE_GLOBAL, cache);
SAME_PLACE(LOAD_GLOBAL, LOAD_NAME, cache);
SAME_PLACE(LOAD_GLOBAL, STORE_NAME, cache);

/* LOAD_ATTR, STORE_ATTR or LOAD_METHOD. */
typedef struct AttrInsn {
  alignas(InsnCell) uint16_t op;
  alignas(InsnCell) AttrCache cache;
} AttrInsn;
static_assert(offsetof(AttrInsn, cache) == offsetof(Insn_LOAD_ATTR, cache),
              "AttrInsn looks at LOAD_ATTR");

/* The cell before each instruction of instrumented code. */
typedef struct TraceCell {
  alignas(InsnCell) uint16_t op;
  uint32_t insn; /* its number in the function */
} TraceCell;
static_assert(sizeof(TraceCell) == sizeof(InsnCell), "a cell");

/* JUMP_TARGET: the instruction that a jump operand of `insn` leads to. */
#define JUMP_TARGET(insn, operand) ((InsnCell *)((char *)(uintptr_t)(insn) + (insn)->operand))

/* What stands for a name's number that does not fit: threaded_wide_name knows it. Law: no operand
** is ever cut: translate.c refuses an instruction with one that its field does not hold. */
enum { NAME_IS_WIDE = UINT16_MAX };
static_assert((int)REGISTER_MAX <= UINT16_MAX && (int)NARROW_MAX < NAME_IS_WIDE,
              "operands fit their fields");

/* ---- handlers */
extern uint16_t threaded_handlers[T_COUNT];
static inline uint16_t threaded_handler(int op) { return threaded_handlers[op]; }
static inline void quicken(void *insn, ThreadedOp op) {
  ((InsnCell *)insn)->op = threaded_handler(op);
}
static inline bool insn_is(const void *insn, ThreadedOp op) {
  return ((const InsnCell *)insn)->op == threaded_handler(op);
}
/* threaded_op: which operation a cell's handler is; -1: none. Cost: O(operations) */
int threaded_op(const InsnCell *cell);
/* threaded_never_quicken: from now on every quickened form is its base: nothing is cached or fused
** (KRAIT_IC=miss). */
void threaded_never_quicken(void);

/* ---- tables, by ThreadedOp (insn.c) */
extern const uint8_t threaded_cells[T_COUNT];
extern const char *const threaded_names[T_COUNT];
extern const uint8_t threaded_rows[T_COUNT]; /* the Opcode whose row it goes by */

/* An operand's place in its instruction, in the order of the row. */
typedef struct InsnField {
  const char *name;
  uint8_t offset, size; /* bytes */
} InsnField;
const InsnField *insn_fields(Opcode op);
/* insn_get: the operand; registers, counts and numbers unsigned, INT and distances signed, a
** constant as its bits. */
static inline int64_t insn_get(const InsnCell *insn, const InsnField *field, OperandKind kind) {
  const char *at = (const char *)insn + field->offset;
  switch (field->size) {
  case 2: return kind == OPERAND_INT ? *(const int16_t *)at : *(const uint16_t *)at;
  case 4: return *(const int32_t *)at;
  default: return *(const int64_t *)at;
  }
}
/* insn_print: its name and operands as `name=value`, jumps as the cell they lead to.
** insn_print_cache: the form of its cache. */
void insn_print(FILE *out, const InsnCell *insn, uint32_t cell);
void insn_print_cache(FILE *out, const InsnCell *insn);
bool insn_has_cache(int op);

#endif
