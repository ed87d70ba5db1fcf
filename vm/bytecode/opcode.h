/* opcode.h -- opcodes.def as C: numbers, operand kinds, facts about each instruction, and the
** decoder.
**
** Encoding of an instruction in an image:
**
**     opcode, 1 byte · operands in the order of the row:
**       registers, constants, names, counts, closure indices   unsigned base-128 varint
**       INT                                                    zigzag varint
**       JUMP                                                   3 bytes, little-endian: the target's
**                                                              offset in the code
**
** Law: op_decode of what op_encode wrote gives the same instruction. The decoder trusts its input:
** verify.c has read it first. */
#ifndef KRAIT_OPCODE_H
#define KRAIT_OPCODE_H

#include "vm/base/buffer.h"
#include "vm/base/common.h"

typedef enum Opcode {
#define OP(name, ...) OP_##name,
#include "vm/bytecode/opcodes.def"
#undef OP
  OP_COUNT
} Opcode;
static_assert(OP_COUNT <= 256, "an opcode is one byte");

typedef enum OperandKind {
  OPERAND_NONE, /* ends the list */
  OPERAND_OUT,
  OPERAND_IN,
  OPERAND_BASE,
  OPERAND_CONST,
  OPERAND_NAME,
  OPERAND_INT,
  OPERAND_COUNT,
  OPERAND_JUMP,
  OPERAND_INDEX,
} OperandKind;

/* What a register may hold, as far as instructions tell values apart: sets of these bits. */
typedef uint16_t Kinds;
enum {
  HOLDS_OTHER = 1, /* a value of any type */
  HOLDS_UNBOUND = 2,
  HOLDS_JUNK = 4, /* no value at all, maybe */
  HOLDS_CELL = 8,
  HOLDS_LIST = 16,
  HOLDS_SET = 32,
  HOLDS_DICT = 64,
  HOLDS_STR = 128,
  HOLDS_TUPLE = 256,
  HOLDS_NAMES = 512,  /* a constant tuple of texts */
  HOLDS_CELLS = 1024, /* a tuple of cells */
  HOLDS_EXCEPTION = 2048,
  HOLDS_NONE = 4096,
  HOLDS_HANDLED = 8192, /* what ENTER_HANDLER put aside: an exception or None */
  HOLDS_ITERATOR = 16384,
  HOLDS_EXIT = 32768, /* of a with statement: its exit function, or what it entered */
  HOLDS_ANY_TUPLE = HOLDS_TUPLE | HOLDS_NAMES | HOLDS_CELLS,
  HOLDS_MATCHED = HOLDS_EXCEPTION | HOLDS_NONE,
  HOLDS_EXCEPTION_OR_NONE = HOLDS_MATCHED | HOLDS_HANDLED,
  HOLDS_BOUND = 0xFFFF & ~(HOLDS_UNBOUND | HOLDS_JUNK),
  HOLDS_MAYBE = HOLDS_BOUND | HOLDS_UNBOUND,
};

enum { OP_RAISES = 1, OP_JUMPS = 2, OP_ENDS = 4 }; /* OpInfo.flags */
enum {
  OPERAND_MAX = 5,
  INSN_SIZE_MAX = 1 + OPERAND_MAX * 5,
  JUMP_BYTES = 3,
  CODE_SIZE_MAX = 0xFFFFFF, /* bytes of one function's code: what JUMP reaches */
  REGISTER_MAX = 0x7FFF,    /* registers of one frame */
  /* names, and cells of a closure, that the threaded form numbers in its first cell */
  NARROW_MAX = 0xFFFE,
  /* Functions with more variables than this (FUNCTION_FAR) keep those numbered FAR_FROM and up in a
  ** dict in R[FAR_FROM]; temporaries follow it. Only parameters reach the function in registers
  ** beyond. */
  FAR_FROM = 0x1000,
  PARAMETERS_MAX = 1 << 24,
};

typedef struct Operand {
  uint8_t kind; /* OperandKind */
  /* of a register: what it must hold, what it holds afterwards; 0: it is not read, not written */
  Kinds takes, gives;
} Operand;

typedef struct OpInfo {
  const char *name; /* "LOAD_CONST" */
  const char *doc;
  const char *cache; /* "Attr"; "none" */
  uint8_t flags;     /* OP_RAISES … */
  uint8_t operand_count;
  int8_t jump;                       /* which operand is the JUMP, or -1 */
  Operand operands[OPERAND_MAX + 1]; /* OPERAND_NONE at the end */
  const char *text;                  /* "OUT(to) IN(from)": the row's */
} OpInfo;
extern const OpInfo op_info[OP_COUNT];

typedef struct Insn {
  uint8_t op;
  uint8_t size;                 /* bytes in the image */
  int32_t operand[OPERAND_MAX]; /* in row order; JUMP: absolute offset in the code */
} Insn;

/* An instruction's operands by their names: OPERANDS(CALL, insn)->argc. */
#pragma push_macro("NAME") /* objects/str.h has its own */
#undef NAME
#define NO_OPERANDS
#define OPERAND(n, ...) int32_t n;
#define OUT OPERAND
#define INOUT OPERAND
#define IN OPERAND
#define BASE OPERAND
#define CONST OPERAND
#define NAME OPERAND
#define INT OPERAND
#define COUNT OPERAND
#define INDEX OPERAND
#define JUMP OPERAND
#define FAR_JUMP OPERAND
#define READS(...)
#define WRITES(...)
#define OP(op_name, operands, cache, flags, doc) \
  typedef struct Operands_##op_name {            \
    operands                                     \
  } Operands_##op_name;
#include "vm/bytecode/opcodes.def"
#undef OP
#undef OPERAND
#include "vm/bytecode/operands_end.inc"
#pragma pop_macro("NAME")
#define OPERANDS(name, insn) ((const Operands_##name *)(insn)->operand)

/* op_decode: the instruction at `code`; returns the address of the next one. */
const uint8_t *op_decode(const uint8_t *code, Insn *out);
/* op_next: the address alone. */
const uint8_t *op_next(const uint8_t *code);
/* op_decode_within: of code that nobody has verified: NULL if no instruction that ends before `end`
** and whose operands are below the limits stands there. Limits are exclusive, of operands as they
** are written, by kind: a zigzag-coded 16-bit number is below 65,536 too. needs code < end. */
typedef struct OperandLimits {
  uint32_t of[OPERAND_INDEX + 1];
} OperandLimits;
extern const OperandLimits op_no_limits; /* any operand will do */
const uint8_t *op_decode_within(const uint8_t *code, const uint8_t *end,
                                const OperandLimits *limits, Insn *out);
/* op_encode: appends it. */
void op_encode(Buffer *out, const Insn *insn);
/* op_set_jump: the target of the encoded instruction that ends at `end` and whose last operand is a
** JUMP. */
static inline void op_set_jump(uint8_t *end, uint32_t target) {
  end[-3] = (uint8_t)target, end[-2] = (uint8_t)(target >> 8), end[-1] = (uint8_t)(target >> 16);
}
size_t op_size(const Insn *insn);
/* op_table_hash: a hash of all rows, the base of the image version. */
uint64_t op_table_hash(void);

/* The registers from R[base] on that an instruction with a BASE operand reads and writes. */
typedef struct OpWindow {
  int32_t reads, writes;
  Kinds takes, gives;
} OpWindow;
struct ImageFunction;
/* op_window: all 0 without such an operand. f: whose constants are meant; its tables were
** verified. */
OpWindow op_window(const struct ImageFunction *f, const Insn *insn);

#endif
