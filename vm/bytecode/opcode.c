/* opcode.c -- see opcode.h. */
#define XXH_INLINE_ALL
#include <string.h>
#include <xxhash.h>

#include "vm/bytecode/opcode.h"

enum { RAISES = OP_RAISES, JUMPS = OP_JUMPS, ENDS = OP_ENDS };

#define NO_OPERANDS
#define OUT(x) OPERAND_OUT,
#define IN(x) OPERAND_IN,
#define BASE(x) OPERAND_BASE,
#define CONST(x) OPERAND_CONST,
#define NAME(x) OPERAND_NAME,
#define INT(x) OPERAND_INT,
#define COUNT(x) OPERAND_COUNT,
#define JUMP(x) OPERAND_JUMP,
#define FAR_JUMP(x) OPERAND_JUMP,
#define INDEX(x) OPERAND_INDEX,

#define COUNT_OF(...) (int)(sizeof((uint8_t[]){__VA_ARGS__ 0}) - 1)
#define JUMP_AT(k0, k1, k2, k3, k4, ...)                                                                        \
  ((k0) == OPERAND_JUMP ? 0 : (k1) == OPERAND_JUMP ? 1 : (k2) == OPERAND_JUMP ? 2 : (k3) == OPERAND_JUMP ? 3 : -1)
#define JUMP_OF(...) JUMP_AT(__VA_ARGS__ 0, 0, 0, 0, 0, 0)
const OpInfo op_info[OP_COUNT] = {
#define OP(op_name, list, op_cache, op_flags, op_doc)                                                           \
  [OP_##op_name] = {.name = #op_name, .doc = op_doc, .cache = #op_cache, .flags = op_flags,                     \
                    .operand_count = COUNT_OF(list), .jump = JUMP_OF(list), .kinds = {list 0}, .operands = #list},
#include "vm/bytecode/opcodes.def"
#undef OP
};

uint64_t op_table_hash(void) {
  uint64_t hash = 0;
  for (int op = 0; op < OP_COUNT; op++) {
    hash = XXH3_64bits_withSeed(op_info[op].name, strlen(op_info[op].name), hash);
    hash = XXH3_64bits_withSeed(op_info[op].operands, strlen(op_info[op].operands), hash);
  }
  return hash;
}

static inline const uint8_t *read_varint(const uint8_t *p, uint32_t *out) {
  uint32_t n = *p++;
  if (LIKELY(n < 0x80)) return *out = n, p;
  n &= 0x7F;
  for (int shift = 7; shift < 35; shift += 7) { /* five bytes at most: the verifier relies on it */
    uint8_t byte = *p++;
    n |= (uint32_t)(byte & 0x7F) << shift;
    if (byte < 0x80) break;
  }
  return *out = n, p;
}

const uint8_t *op_decode(const uint8_t *code, Insn *out) {
  const uint8_t *p = code;
  const OpInfo *info = &op_info[out->op = *p++];
  for (int i = 0; i < info->operand_count; i++) {
    uint32_t n;
    if (info->kinds[i] == OPERAND_JUMP) {
      out->operand[i] = p[0] | p[1] << 8 | p[2] << 16;
      p += JUMP_BYTES;
    } else {
      p = read_varint(p, &n);
      out->operand[i] = (int32_t)(info->kinds[i] == OPERAND_INT ? (n >> 1) ^ -(n & 1) : n);
    }
  }
  out->size = (uint8_t)(p - code);
  return p;
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
    uint32_t n = operand_bits(info->kinds[i], insn->operand[i]);
    if (info->kinds[i] == OPERAND_JUMP) {
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
    if (info->kinds[i] == OPERAND_JUMP) {
      size += JUMP_BYTES;
    } else {
      uint32_t n = operand_bits(info->kinds[i], insn->operand[i]);
      size += n < 1u << 7 ? 1 : n < 1u << 14 ? 2 : n < 1u << 21 ? 3 : n < 1u << 28 ? 4 : 5;
    }
  }
  return size;
}

void op_base_extent(const Insn *insn, int *reads, int *writes) {
  const int32_t *o = insn->operand;
  *reads = *writes = 0;
  switch (insn->op) {
    case OP_LOAD_METHOD: case OP_WITH_ENTER: case OP_ASYNC_WITH_ENTER: case OP_MATCH_GROUP: *writes = 2; break;
    case OP_UNPACK: *writes = o[2]; break;
    case OP_UNPACK_STAR: *writes = o[2] + 1 + o[3]; break;
    case OP_BUILD_SLICE: *reads = 3; break;
    case OP_LOAD_SLICE: *reads = 2; break;
    case OP_BUILD_TUPLE: case OP_BUILD_LIST: case OP_BUILD_SET: case OP_BUILD_STRING: *reads = o[2]; break;
    case OP_BUILD_DICT: *reads = 2 * o[2]; break;
    case OP_CALL: case OP_CALL_KW: *reads = 1 + o[2]; break;
    case OP_CALL_METHOD: case OP_CALL_METHOD_KW: *reads = 2 + o[2]; break;
    case OP_CALL_EX: *reads = 3; break;
    case OP_MAKE_FUNCTION: *reads = o[2] >= 8 ? 4 : o[2] >= 4 ? 3 : o[2] >= 2 ? 2 : o[2]; break;
    default: break; /* BUILD_CONST_DICT reads as many as its constant has keys: verify.c looks */
  }
}
