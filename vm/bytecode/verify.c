/* verify.c -- see verify.h. */
#include "vm/bytecode/verify.h"
#include "vm/base/memory.h"

#include <stdlib.h>

#include "vm/base/utf8.h"
#include "vm/bytecode/kinds.h"

/* A reader that never leaves [at, end). */
typedef struct Reader {
  const uint8_t *at, *end;
  bool failed;
} Reader;

static uint64_t read_number(Reader *r) {
  uint64_t n = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (r->at >= r->end) break;
    uint8_t byte = *r->at++;
    n |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) return n;
  }
  r->failed = true;
  return 0;
}

static uint32_t read_small(Reader *r) {
  uint64_t n = read_number(r);
  if (n > UINT32_MAX) r->failed = true;
  return (uint32_t)n;
}

static bool skip(Reader *r, uint64_t size) {
  if (r->failed || size > (uint64_t)(r->end - r->at)) return r->failed = true, false;
  r->at += size;
  return true;
}

static bool reader_at(const Image *image, uint32_t offset, Reader *out) {
  if (offset >= image->header->size) return false;
  *out = (Reader){image->bytes + offset, image->bytes + image->header->size, false};
  return true;
}

static uint32_t table_entry(const Image *image, uint32_t table, uint32_t i) {
  return image_u32(image->bytes + table + 4 * (size_t)i);
}

/* ---- strings: UTF-8, in which surrogates may stand as three bytes */
static bool text_is_fine(const uint8_t *p, size_t size) {
  const uint8_t *end = p + size;
  while (p < end) {
    uint8_t first = *p;
    if (first < 0x80) {
      p++;
      continue;
    }
    int more = first >= 0xC2 && first < 0xE0   ? 1
               : first >= 0xE0 && first < 0xF0 ? 2
               : first >= 0xF0 && first < 0xF5 ? 3
                                               : 0;
    if (!more || end - p <= more) return false;
    if ((first == 0xE0 && p[1] < 0xA0) || (first == 0xF0 && p[1] < 0x90) ||
        (first == 0xF4 && p[1] >= 0x90))
      return false;
    for (int i = 1; i <= more; i++)
      if ((p[i] & 0xC0) != 0x80) return false;
    p += more + 1;
  }
  return true;
}

static bool verify_strings(const Image *image) {
  for (uint32_t i = 0; i < image->header->string_count; i++) {
    Reader r;
    if (!reader_at(image, table_entry(image, image->header->strings, i), &r)) return false;
    uint64_t head = read_number(&r);
    const uint8_t *text = r.at;
    if (!skip(&r, head >> 2) || r.at >= r.end || *r.at || head >> 34) return false;
    bool ascii = ascii_prefix(text, head >> 2) == head >> 2;
    if (ascii != (bool)(head & STRING_ASCII) || (!ascii && !text_is_fine(text, head >> 2)))
      return false;
  }
  return true;
}

/* ---- constants: what a tuple holds has smaller numbers, so that there are no cycles */
static bool is_hex(const Image *image, uint32_t string) {
  ImageString s = image_string(image, string);
  uint32_t i = s.size && s.bytes[0] == '-';
  if (i == s.size) return false;
  for (; i < s.size; i++)
    if (!((s.bytes[i] >= '0' && s.bytes[i] <= '9') || (s.bytes[i] >= 'a' && s.bytes[i] <= 'f')))
      return false;
  return true;
}

enum { NESTING_MAX = 200 };

static bool verify_constant(const Image *image, uint32_t number, uint8_t *depth) {
  Reader r;
  if (!reader_at(image, table_entry(image, image->header->constants, number), &r)) return false;
  uint8_t tag = *r.at++;
  switch (tag) {
  case CONSTANT_NONE:
  case CONSTANT_TRUE:
  case CONSTANT_FALSE:
  case CONSTANT_ELLIPSIS: return true;
  case CONSTANT_INT: return read_number(&r), !r.failed;
  case CONSTANT_BIG_INT:
  case CONSTANT_STR: {
    uint32_t string = read_small(&r);
    return !r.failed && string < image->header->string_count &&
           (tag == CONSTANT_STR || is_hex(image, string));
  }
  case CONSTANT_FLOAT: return skip(&r, 8);
  case CONSTANT_COMPLEX: return skip(&r, 16);
  case CONSTANT_BYTES: return skip(&r, read_small(&r)) && r.at < r.end && !*r.at;
  case CONSTANT_TUPLE:
  case CONSTANT_FROZENSET: {
    uint32_t count = read_small(&r);
    if (r.failed || count > (size_t)(r.end - r.at)) return false;
    for (uint32_t i = 0; i < count; i++) {
      uint32_t item = read_small(&r);
      if (r.failed || item >= number || depth[item] >= NESTING_MAX) return false;
      if (depth[number] <= depth[item]) depth[number] = (uint8_t)(depth[item] + 1);
      if (tag == CONSTANT_FROZENSET && image_constant(image, item).tag == CONSTANT_CODE)
        return false;
    }
    return true;
  }
  case CONSTANT_CODE: return read_small(&r) < image->header->function_count && !r.failed;
  default: return false;
  }
}

/* ---- functions */
static bool strings_in_range(const Image *image, const uint8_t *table, uint32_t count,
                             uint32_t stride) {
  for (uint32_t i = 0; i < count; i++)
    if (image_u32(table + (size_t)stride * i) >= image->header->string_count) return false;
  return true;
}

static bool verify_record(const Image *image, uint32_t index) {
  Reader r;
  if (!reader_at(image, table_entry(image, image->header->functions, index), &r)) return false;
  uint32_t head[16];
  for (size_t i = 0; i < ARRAY_COUNT(head); i++) head[i] = read_small(&r);
  uint64_t tables = 4 * (uint64_t)head[7] + 8 * (uint64_t)head[8] + 4 * (uint64_t)head[9] +
                    4 * (uint64_t)head[11] + 4 * (uint64_t)head[12] + 16 * (uint64_t)head[13];
  if (r.failed || !skip(&r, tables) || !skip(&r, head[14])) return false;
  return head[1] < image->header->string_count && head[2] < image->header->string_count &&
         head[15] <= image->header->size - image->header->cold;
}

static bool verify_header(const Image *image, const ImageFunction *f) {
  const ImageHeader *h = image->header;
  uint32_t params = f->argcount + f->kwonlycount + !!(f->flags & FUNCTION_VARARGS) +
                    !!(f->flags & FUNCTION_VARKEYWORDS);
  if (f->argcount > PARAMETERS_MAX || f->kwonlycount > PARAMETERS_MAX ||
      f->posonlycount > f->argcount)
    return false;
  bool is_namespace = f->flags & FUNCTION_NAMESPACE;
  bool is_far = f->flags & FUNCTION_FAR;
  if (params > f->local_count || function_near_locals(f) > f->register_count ||
      f->register_count > REGISTER_MAX)
    return false;
  if (is_far && (is_namespace || f->register_count <= FAR_FROM)) return false;
  if (is_namespace ? f->register_count < 1 || f->local_count : false) return false;
  if (!strings_in_range(image, f->locals, f->local_count, 4) ||
      !strings_in_range(image, f->cells + 4, f->cell_count, 8) ||
      !strings_in_range(image, f->frees, f->free_count, 4) ||
      !strings_in_range(image, f->names, f->name_count, 4))
    return false;
  for (uint32_t i = 0; i < f->cell_count; i++)
    if (function_cell_register(f, i) >=
        (is_far ? FAR_FROM + f->local_count + f->cell_count : f->register_count))
      return false;
  for (uint32_t i = 0; i < f->constant_count; i++)
    if (function_constant(f, i) >= h->constant_count) return false;
  if (f->flags & FUNCTION_HAS_DOC &&
      (!f->constant_count || image_constant(image, function_constant(f, 0)).tag != CONSTANT_STR))
    return false;
  return f->code_size > 0 && f->code_size <= CODE_SIZE_MAX && f->firstlineno <= INT32_MAX;
}

static bool verify_lines(const Image *image, const ImageFunction *f) {
  Reader r = {f->lines, image->bytes + image->header->size, false};
  for (uint64_t covered = 0; covered < f->code_size;) {
    uint64_t head = read_number(&r);
    if (r.failed || !(head >> 2)) return false;
    int numbers = (head & 3) == 1 ? 4 : (head & 3) == 2 ? 2 : (head & 3) == 3;
    for (int i = 0; i < numbers; i++) read_number(&r);
    covered += head >> 2;
  }
  return !r.failed;
}

/* ---- instructions */
static bool constant_is_names(const ImageFunction *f, uint32_t constant, uint32_t *count) {
  ImageConstant k = image_constant(f->image, function_constant(f, constant));
  if (k.tag != CONSTANT_TUPLE) return false;
  *count = k.count;
  for (uint32_t i = 0; i < k.count; i++)
    if (image_constant(f->image, image_item(&k.items)).tag != CONSTANT_STR) return false;
  return true;
}

static ConstantTag tag_of(const ImageFunction *f, int32_t constant) {
  return image_constant(f->image, function_constant(f, (uint32_t)constant)).tag;
}

/* Four registers below a call's window are its frame header. */
static bool header_fits(int32_t base) { return base >= 4; }

static bool keywords_fit(const ImageFunction *f, const Operands_CALL_KW *call) {
  uint32_t names;
  return header_fits(call->base) && constant_is_names(f, (uint32_t)call->names, &names) &&
         names <= (uint32_t)call->argc;
}

static bool is_generator(const ImageFunction *f) {
  return f->flags & (FUNCTION_GENERATOR | FUNCTION_COROUTINE | FUNCTION_ASYNC_GENERATOR);
}

/* What a row cannot say about its operands. */
static bool verify_special(const ImageFunction *f, const Insn *insn) {
  uint32_t names;
  switch (insn->op) {
  case OP_CALL: return header_fits(OPERANDS(CALL, insn)->base);
  case OP_CALL_METHOD: return header_fits(OPERANDS(CALL_METHOD, insn)->base);
  case OP_CALL_EX: return header_fits(OPERANDS(CALL_EX, insn)->base);
  case OP_LOAD_METHOD: return header_fits(OPERANDS(LOAD_METHOD, insn)->base);
  case OP_CALL_KW:
  case OP_CALL_METHOD_KW: return keywords_fit(f, OPERANDS(CALL_KW, insn));
  case OP_BUILD_CONST_DICT:
    return constant_is_names(f, (uint32_t)OPERANDS(BUILD_CONST_DICT, insn)->keys, &names);
  case OP_MAKE_FUNCTION:
    return tag_of(f, OPERANDS(MAKE_FUNCTION, insn)->code) == CONSTANT_CODE &&
           OPERANDS(MAKE_FUNCTION, insn)->parts < 16;
  case OP_ADD_FLOAT: return tag_of(f, OPERANDS(ADD_FLOAT, insn)->right) == CONSTANT_FLOAT;
  case OP_SUB_FLOAT: return tag_of(f, OPERANDS(SUB_FLOAT, insn)->right) == CONSTANT_FLOAT;
  case OP_MUL_FLOAT: return tag_of(f, OPERANDS(MUL_FLOAT, insn)->right) == CONSTANT_FLOAT;
  case OP_TRUEDIV_FLOAT: return tag_of(f, OPERANDS(TRUEDIV_FLOAT, insn)->right) == CONSTANT_FLOAT;
  case OP_FLOAT_MUL: return tag_of(f, OPERANDS(FLOAT_MUL, insn)->left) == CONSTANT_FLOAT;
  case OP_LOAD_CONST: return tag_of(f, OPERANDS(LOAD_CONST, insn)->value) != CONSTANT_CODE;
  case OP_IMPORT_NAME: return tag_of(f, OPERANDS(IMPORT_NAME, insn)->fromlist) != CONSTANT_CODE;
  case OP_GENERATOR_START:
  case OP_YIELD:
  case OP_YIELD_DELEGATE: return is_generator(f);
  case OP_LOAD_NAME:
  case OP_STORE_NAME:
  case OP_DELETE_NAME:
  case OP_LOAD_LOCALS:
  case OP_SETUP_ANNOTATIONS:
  case OP_IMPORT_STAR:
  case OP_LOAD_CLASS_FREE:
  case OP_LOAD_CLASS_CELL: return f->flags & FUNCTION_NAMESPACE;
  default: return true;
  }
}

static OperandLimits limits_of(const ImageFunction *f) {
  return (OperandLimits){{[OPERAND_OUT] = f->register_count,
                          [OPERAND_IN] = f->register_count,
                          /* none may follow: the extent is checked on its own */
                          [OPERAND_BASE] = f->register_count + 1,
                          [OPERAND_CONST] = f->constant_count,
                          [OPERAND_NAME] = f->name_count,
                          [OPERAND_INT] = 1 << 16,
                          [OPERAND_COUNT] = INT16_MAX + 1,
                          [OPERAND_INDEX] = f->free_count}};
}

static bool base_fits(const ImageFunction *f, const Insn *insn) {
  const OpInfo *info = &op_info[insn->op];
  for (int i = 0; i < info->operand_count; i++) {
    if (info->operands[i].kind != OPERAND_BASE) continue;
    OpWindow window = op_window(f, insn);
    int32_t extent = window.reads > window.writes ? window.reads : window.writes;
    if ((int64_t)insn->operand[i] + extent > (int64_t)f->register_count) return false;
  }
  return true;
}

/* starts[o]: an instruction starts at o. jumps: pairs of offset << 1 | is LOOP, and target. */
static bool verify_code(const ImageFunction *f, uint8_t *starts, Buffer *jumps) {
  const uint8_t *p = f->code, *end = p + f->code_size;
  const OperandLimits limits = limits_of(f);
  bool ends = false;
  memset(starts, 0, f->code_size);
  while (p < end) {
    Insn insn = {0};
    uint32_t offset = (uint32_t)(p - f->code);
    p = op_decode_within(p, end, &limits, &insn);
    if (!p || !base_fits(f, &insn) || !verify_special(f, &insn)) return false;
    const OpInfo *info = &op_info[insn.op];
    ends = !flow_falls_through(&insn);
    starts[offset] = 1;
    if (info->jump >= 0) {
      uint32_t pair[2] = {offset << 1 | (insn.op == OP_LOOP), (uint32_t)insn.operand[info->jump]};
      buffer_add(jumps, pair, sizeof pair);
    }
  }
  return ends;
}

static bool verify_targets(const ImageFunction *f, const uint8_t *starts, const Buffer *jumps) {
  for (size_t i = 0; i < jumps->size; i += 8) {
    uint32_t offset = image_u32(jumps->bytes + i), target = image_u32(jumps->bytes + i + 4);
    if (target >= f->code_size || !starts[target]) return false;
    if (offset & 1 ? target > offset >> 1 : target <= offset >> 1) return false;
  }
  uint32_t previous = 0;
  for (uint32_t i = 0; i < f->range_count; i++) {
    ExceptionRange r = function_range(f, i);
    if (r.start < previous || r.start >= r.end || r.end > f->code_size ||
        r.target >= f->code_size || !starts[r.target] || !starts[r.start] ||
        (r.end < f->code_size && !starts[r.end]) || r.reg >= f->register_count)
      return false;
    previous = r.end;
  }
  return true;
}

enum { SMALL_CODE = 4096 };

bool image_verify_function(const Image *image, uint32_t index, const char **why) {
  const char *unused;
  if (!why) why = &unused;
  ImageFunction f;
  image_function(image, index, &f);
  *why = "line table";
  if (!verify_lines(image, &f)) return false;
  *why = "instruction";
  uint8_t small[SMALL_CODE], *starts = f.code_size <= SMALL_CODE ? small : memory_take(f.code_size);
  Buffer jumps = {0};
  bool fine = starts && verify_code(&f, starts, &jumps);
  if (fine) {
    *why = "jump";
    fine = verify_targets(&f, starts, &jumps);
  }
  if (fine) {
    uint32_t at;
    *why = "what a register holds";
    fine = kinds_verify(&f, &at);
  }
  buffer_deinit(&jumps);
  if (starts != small) free(starts);
  if (fine) *why = NULL;
  return fine;
}

static bool verify_constants(const Image *image) {
  uint32_t count = image->header->constant_count;
  uint8_t *depth = memory_take_zeroed(count + 1u, 1);
  bool fine = depth != NULL;
  for (uint32_t i = 0; fine && i < count; i++) fine = verify_constant(image, i, depth);
  free(depth);
  return fine;
}

bool image_verify_tables(const Image *image, const char **why) {
  const char *unused;
  if (!why) why = &unused;
  *why = "strings";
  if (!verify_strings(image)) return false;
  *why = "constants";
  if (!verify_constants(image)) return false;
  ImageFunction f;
  for (uint32_t i = 0; i < image->header->function_count; i++) {
    *why = "function record";
    if (!verify_record(image, i)) return false;
    image_function(image, i, &f);
    *why = "function header";
    if (!verify_header(image, &f)) return false;
  }
  *why = "function 0 is no module";
  image_function(image, 0, &f);
  if (!(f.flags & FUNCTION_MODULE) || !(f.flags & FUNCTION_NAMESPACE) || f.free_count) return false;
  *why = NULL;
  return true;
}

bool image_verify(const Image *image, const char **why) {
  if (!image_verify_tables(image, why)) return false;
  for (uint32_t i = 0; i < image->header->function_count; i++)
    if (!image_verify_function(image, i, why)) return false;
  return true;
}
