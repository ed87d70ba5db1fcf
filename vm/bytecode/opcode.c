/* opcode.c -- see opcode.h. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "vm/bytecode/image.h"

enum { RAISES = OP_RAISES, JUMPS = OP_JUMPS, ENDS = OP_ENDS };

/* HOLDS_OR: what a row says that a register holds, or what goes without saying. */
enum { HOLDS_ = 0 };
#define HOLDS_OR(usual, ...) (sizeof(#__VA_ARGS__) > 1 ? HOLDS_##__VA_ARGS__ : (usual))

#define NO_OPERANDS
#define OUT(n, ...) {OPERAND_OUT, 0, HOLDS_OR(HOLDS_OTHER, __VA_ARGS__)},
#define INOUT(n, taken, given) {OPERAND_OUT, HOLDS_##taken, HOLDS_##given},
#define IN(n, ...) {OPERAND_IN, HOLDS_OR(HOLDS_BOUND, __VA_ARGS__), 0},
#define BASE(n) {OPERAND_BASE, 0, 0},
#define CONST(n) {OPERAND_CONST, 0, 0},
#define NAME(n) {OPERAND_NAME, 0, 0},
#define INT(n) {OPERAND_INT, 0, 0},
#define COUNT(n) {OPERAND_COUNT, 0, 0},
#define INDEX(n) {OPERAND_INDEX, 0, 0},
#define JUMP(n) {OPERAND_JUMP, 0, 0},
#define FAR_JUMP(n) {OPERAND_JUMP, 0, 0},
#define READS(...)
#define WRITES(...)
#define COUNT_OF(...) (int)(sizeof((Operand[]){__VA_ARGS__{0}}) / sizeof(Operand) - 1)
const OpInfo op_info[OP_COUNT] = {
#define OP(op_name, list, op_cache, op_flags, op_doc)                   \
  [OP_##op_name] = {.name = #op_name,                                   \
                    .doc = op_doc,                                      \
                    .cache = #op_cache,                                 \
                    .flags = op_flags,                                  \
                    .operand_count = COUNT_OF(list),                    \
                    .jump = (op_flags)&JUMPS ? COUNT_OF(list) - 1 : -1, \
                    .operands = {list{0}},                              \
                    .text = #list},
#include "vm/bytecode/opcodes.def"
#undef OP
};

/* How many varints follow an opcode; a jump's bytes may come behind them. */
enum { HAS_JUMP = 0x80 };
static const uint8_t operand_counts[OP_COUNT] = {
#define OP(op_name, list, op_cache, op_flags, op_doc) \
  [OP_##op_name] = (op_flags)&JUMPS ? (COUNT_OF(list) - 1) | HAS_JUMP : COUNT_OF(list),
#include "vm/bytecode/opcodes.def"
#undef OP
};
#include "vm/bytecode/operands_end.inc"

uint64_t op_table_hash(void) {
  static const char text[] =
#define OP(name, operands, cache, op_flags, doc) #name " " #operands "\n"
#include "vm/bytecode/opcodes.def"
#undef OP
      ;
  /* gcc 12 warns of a prefetch behind an array whose size it knows */
  volatile size_t size = sizeof text - 1;
  return XXH3_64bits(text, size);
}

/* read_varint: at most five bytes, as the encoder writes. NULL: it does not end before `end` (which
** is not asked for code that was verified: NULL). */
static ALWAYS_INLINE const uint8_t *read_varint(const uint8_t *p, const uint8_t *end,
                                                uint32_t *out) {
  if (end && p >= end) return NULL;
  uint32_t n = *p++;
  if (LIKELY(n < 0x80)) return *out = n, p;
  n &= 0x7F;
  for (int shift = 7; shift < 35; shift += 7) {
    if (end && p >= end) return NULL;
    uint8_t byte = *p++;
    n |= (uint32_t)(byte & 0x7F) << shift;
    if (byte < 0x80) return *out = n, p;
  }
  return end ? NULL : (*out = n, p);
}

/* decode: the one decoder; limits and end are NULL for code that was verified. */
static ALWAYS_INLINE const uint8_t *decode(const uint8_t *code, const uint8_t *end,
                                           const OperandLimits *limits, Insn *out) {
  const uint8_t *p = code;
  if (limits && *p >= OP_COUNT) return NULL;
  const OpInfo *info = &op_info[out->op = *p++];
  for (int i = 0; i < info->operand_count; i++) {
    uint8_t kind = info->operands[i].kind;
    uint32_t n;
    if (kind == OPERAND_JUMP) {
      if (limits && end - p < JUMP_BYTES) return NULL;
      out->operand[i] = p[0] | p[1] << 8 | p[2] << 16;
      p += JUMP_BYTES;
      continue;
    }
    p = read_varint(p, end, &n);
    if (limits && (!p || n >= limits->of[kind])) return NULL;
    out->operand[i] = (int32_t)(kind == OPERAND_INT ? (n >> 1) ^ -(n & 1) : n);
  }
  out->size = (uint8_t)(p - code);
  return p;
}

const uint8_t *op_next(const uint8_t *code) {
  uint8_t operands = operand_counts[*code++];
  for (int i = operands & ~HAS_JUMP; i > 0; i--)
    while (*code++ & 0x80) continue;
  return operands & HAS_JUMP ? code + JUMP_BYTES : code;
}

const uint8_t *op_decode(const uint8_t *code, Insn *out) { return decode(code, NULL, NULL, out); }
const OperandLimits op_no_limits = {{[OPERAND_OUT] = UINT32_MAX,
                                     [OPERAND_IN] = UINT32_MAX,
                                     [OPERAND_BASE] = UINT32_MAX,
                                     [OPERAND_CONST] = UINT32_MAX,
                                     [OPERAND_NAME] = UINT32_MAX,
                                     [OPERAND_INT] = UINT32_MAX,
                                     [OPERAND_COUNT] = UINT32_MAX,
                                     [OPERAND_INDEX] = UINT32_MAX}};

const uint8_t *op_decode_within(const uint8_t *code, const uint8_t *end,
                                const OperandLimits *limits, Insn *out) {
  return decode(code, end, limits, out);
}

static inline uint32_t operand_bits(uint8_t kind, int32_t n) {
  return kind == OPERAND_INT ? (uint32_t)n << 1 ^ (uint32_t)(n >> 31) : (uint32_t)n;
}

void op_encode(Buffer *out, const Insn *insn) {
  if (UNLIKELY(!buffer_reserve(out, INSN_SIZE_MAX))) return;
  uint8_t *p = out->bytes + out->size;
  const OpInfo *info = &op_info[insn->op];
  *p++ = insn->op;
  for (int i = 0; i < info->operand_count; i++) {
    uint32_t n = operand_bits(info->operands[i].kind, insn->operand[i]);
    if (info->operands[i].kind == OPERAND_JUMP) {
      *p++ = (uint8_t)n, *p++ = (uint8_t)(n >> 8), *p++ = (uint8_t)(n >> 16);
    } else {
      for (; n >= 0x80; n >>= 7) *p++ = (uint8_t)(n | 0x80);
      *p++ = (uint8_t)n;
    }
  }
  out->size = (size_t)(p - out->bytes);
}

size_t op_size(const Insn *insn) {
  const OpInfo *info = &op_info[insn->op];
  size_t size = 1;
  for (int i = 0; i < info->operand_count; i++) {
    if (info->operands[i].kind == OPERAND_JUMP) {
      size += JUMP_BYTES;
    } else {
      uint32_t n = operand_bits(info->operands[i].kind, insn->operand[i]);
      size += n < 1u << 7 ? 1 : n < 1u << 14 ? 2 : n < 1u << 21 ? 3 : n < 1u << 28 ? 4 : 5;
    }
  }
  return size;
}

/* ---- windows: in each case the operands are constants by their names, of which READS and WRITES
** make their sums */
/* items_of: at most one more than there can be registers. */
static int32_t items_of(const ImageFunction *f, int32_t constant) {
  uint32_t count = image_constant(f->image, function_constant(f, (uint32_t)constant)).count;
  return count > REGISTER_MAX ? REGISTER_MAX + 1 : (int32_t)count;
}

#define LOCAL(n, ...) const int32_t n __attribute__((unused)) = *o++;
#define NO_OPERANDS
#define OUT LOCAL
#define INOUT LOCAL
#define IN LOCAL
#define BASE LOCAL
#define CONST LOCAL
#define NAME LOCAL
#define INT LOCAL
#define COUNT LOCAL
#define INDEX LOCAL
#define JUMP LOCAL
#define FAR_JUMP LOCAL
#define READS(n, ...) window.reads = (n), window.takes = HOLDS_OR(HOLDS_BOUND, __VA_ARGS__);
#define WRITES(n, ...) window.writes = (n), window.gives = HOLDS_OR(HOLDS_OTHER, __VA_ARGS__);
#define ITEMS(k) items_of(f, k)
OpWindow op_window(const ImageFunction *f, const Insn *insn) {
  OpWindow window = {0};
  const int32_t *o = insn->operand;
  switch ((Opcode)insn->op) {
#define OP(op_name, operands, cache, flags, doc) \
  case OP_##op_name: {                           \
    operands break;                              \
  }
#include "vm/bytecode/opcodes.def"
#undef OP
  case OP_COUNT: break;
  }
  return window;
}
