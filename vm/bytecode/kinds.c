/* kinds.c -- see kinds.h. */
#include "vm/base/memory.h"
#include "vm/bytecode/kinds.h"

#include <stdlib.h>

typedef uint16_t Kinds; /* a set */
enum {
  OTHER = 1,      /* a value of any type */
  UNBOUND = 2,
  JUNK = 4,       /* no value at all, maybe */
  CELL = 8,
  LIST = 16,
  SET = 32,
  DICT = 64,
  STR = 128,
  TUPLE = 256,
  NAMES = 512,    /* a constant tuple of texts */
  CELLS = 1024,   /* a tuple of cells */
  EXCEPTION = 2048,
  NONE = 4096,
  BOUND = 0xFFFF & ~(UNBOUND | JUNK),
  ANY_TUPLE = TUPLE | NAMES | CELLS,
};

enum { KINDS_IN_WORD = sizeof(uint64_t) / sizeof(Kinds) };
enum { HEADER = 4 }; /* registers below a call's window that its frame header takes */

typedef struct Flow {
  const ImageFunction *f;
  const Insn *insns;
  uint32_t count, registers, stride; /* stride: registers rounded up to whole words */
  uint32_t *offsets;    /* [owned] of instructions, and the end */
  uint32_t *state_at;   /* [owned] by offset: number of the state that paths meet in there, or 0 */
  Kinds *states;        /* [owned] stride each; state 0 is the current one */
  uint32_t *tuple_size; /* [owned] by register: items of the tuple of cells built in this block, or UINT32_MAX */
  uint8_t *reached;     /* [owned] by state */
  uint32_t range;       /* first range that ends behind the current offset */
  Kinds *handler;       /* state of the handler of the current instruction, or NULL */
  uint32_t position;    /* current offset */
  bool live;            /* can the current instruction be reached? */
  bool again;           /* a state before or at the current offset has grown */
  bool wrong;
} Flow;

static Kinds *state_of(Flow *w, uint32_t offset) { return w->states + (size_t)w->state_at[offset] * w->stride; }

/* ---- joins */
static void join(Flow *w, uint32_t offset) {
  Kinds *to = state_of(w, offset), *from = w->states;
  uint8_t *reached = &w->reached[w->state_at[offset]];
  uint64_t grown = !*reached;
  *reached = 1;
  for (uint32_t r = 0; r < w->stride; r += KINDS_IN_WORD) {
    uint64_t a, b;
    memcpy(&a, from + r, sizeof a), memcpy(&b, to + r, sizeof b);
    grown |= a & ~b;
    b |= a;
    memcpy(to + r, &b, sizeof b);
  }
  if (grown && offset <= w->position) w->again = true;
}

static void handler_gets(Flow *w, uint32_t r, Kinds kinds) {
  ExceptionRange range = function_range(w->f, w->range);
  if (r == range.reg || !(kinds & ~w->handler[r])) return;
  w->handler[r] |= kinds;
  if (range.target <= w->position) w->again = true;
}

/* The state of the current instruction's handler; a path that comes into its range brings all of its registers along. */
static void enter_range(Flow *w, bool comes_in) {
  w->handler = NULL;
  while (w->range < w->f->range_count && function_range(w->f, w->range).end <= w->position) w->range++;
  if (w->range == w->f->range_count) return;
  ExceptionRange range = function_range(w->f, w->range);
  if (w->position < range.start) return;
  w->handler = state_of(w, range.target);
  if (!comes_in && w->position != range.start) return;
  Kinds saved = w->states[range.reg];
  w->states[range.reg] = EXCEPTION;
  join(w, range.target);
  w->states[range.reg] = saved;
}

/* ---- registers */
static void put(Flow *w, int32_t r, Kinds kinds) {
  if (r == 0 && w->f->flags & FUNCTION_NAMESPACE) w->wrong = true;
  w->states[r] = kinds;
  w->tuple_size[r] = UINT32_MAX;
  if (w->handler) handler_gets(w, (uint32_t)r, kinds);
}

static void put_run(Flow *w, int32_t base, int32_t count, Kinds kinds) {
  for (int32_t i = 0; i < count; i++) put(w, base + i, kinds);
}

static void need(Flow *w, int32_t r, Kinds allowed) {
  if (w->states[r] & ~allowed) w->wrong = true;
}

static void need_run(Flow *w, int32_t base, int32_t count, Kinds allowed) {
  for (int32_t i = 0; i < count; i++) need(w, base + i, allowed);
}

/* ---- instructions */
static Kinds kinds_of_constant(const ImageFunction *f, uint32_t number) {
  ImageConstant k = image_constant(f->image, function_constant(f, number));
  switch (k.tag) {
    case CONSTANT_NONE: return NONE;
    case CONSTANT_STR: return STR;
    case CONSTANT_TUPLE:
      for (uint32_t i = 0; i < k.count; i++)
        if (image_constant(f->image, image_item(&k.items)).tag != CONSTANT_STR) return TUPLE;
      return NAMES;
    default: return OTHER;
  }
}

/* A call: its window is the callee's afterwards. */
static void call(Flow *w, const int32_t *o, int32_t arguments, bool is_method) {
  need(w, o[1], BOUND);
  if (is_method) need(w, o[1] + 1, BOUND | UNBOUND);
  need_run(w, o[1] + 1 + is_method, arguments, BOUND);
  put_run(w, o[1] - HEADER, (int32_t)w->registers - (o[1] - HEADER), JUNK);
  put(w, o[0], OTHER);
}

static void make_function(Flow *w, const int32_t *o) {
  static const Kinds kinds[4] = {ANY_TUPLE, DICT, ANY_TUPLE, CELLS};
  for (int i = 0; i < 4; i++)
    if (o[2] >> i & 1) need(w, o[1] + i, kinds[i]);
  ImageFunction inner;
  image_function(w->f->image, image_constant(w->f->image, function_constant(w->f, (uint32_t)o[3])).function, &inner);
  bool has_cells = o[2] & 8;
  if (has_cells ? w->tuple_size[o[1] + 3] != inner.free_count : inner.free_count != 0) w->wrong = true;
  put(w, o[0], OTHER);
}

static void build_tuple(Flow *w, const int32_t *o) {
  Kinds all = o[2] ? CELL : 0;
  for (int32_t i = 0; i < o[2]; i++) all |= w->states[o[1] + i];
  if (all & ~BOUND) w->wrong = true;
  put(w, o[0], all == CELL ? CELLS : TUPLE);
  if (all == CELL) w->tuple_size[o[0]] = (uint32_t)o[2];
}

/* What a row of the table says is enough: registers read are bound, registers written hold any value. */
static void by_row(Flow *w, const Insn *insn) {
  const OpInfo *info = &op_info[insn->op];
  int reads, writes;
  op_base_extent(insn, &reads, &writes);
  for (int i = 0; i < info->operand_count; i++) {
    if (info->kinds[i] == OPERAND_IN) need(w, insn->operand[i], BOUND);
    if (info->kinds[i] == OPERAND_BASE) need_run(w, insn->operand[i], reads, BOUND);
  }
  for (int i = 0; i < info->operand_count; i++) {
    if (info->kinds[i] == OPERAND_OUT) put(w, insn->operand[i], OTHER);
    if (info->kinds[i] == OPERAND_BASE) put_run(w, insn->operand[i], writes, OTHER);
  }
}

static void by_row_giving(Flow *w, const Insn *insn, Kinds kinds) {
  by_row(w, insn);
  put(w, insn->operand[0], kinds);
}

/* Instructions whose operands or results are more than the row says. */
static void step(Flow *w, const Insn *insn) {
  const int32_t *o = insn->operand;
  switch (insn->op) {
    case OP_MOVE: {
      uint32_t size = w->tuple_size[o[1]];
      need(w, o[1], BOUND | UNBOUND);
      put(w, o[0], w->states[o[1]]);
      w->tuple_size[o[0]] = size;
      return;
    }
    case OP_LOAD_CONST: put(w, o[0], kinds_of_constant(w->f, (uint32_t)o[1])); return;
    case OP_LOAD_NONE: put(w, o[0], NONE); return;
    case OP_LOAD_UNBOUND: put(w, o[0], UNBOUND); return;
    case OP_CHECK_LOCAL: {
      need(w, o[0], BOUND | UNBOUND);
      Kinds rest = w->states[o[0]] & (Kinds)~UNBOUND;
      w->states[o[0]] = rest ? rest : OTHER; /* it raises: what follows is not reached */
      return;
    }
    case OP_DELETE_LOCAL: need(w, o[0], BOUND | UNBOUND), put(w, o[0], UNBOUND); return;
    case OP_MAKE_CELL: need(w, o[0], BOUND | UNBOUND), put(w, o[0], CELL); return;
    case OP_NEW_CELL: case OP_LOAD_FREE_CELL: put(w, o[0], CELL); return;
    case OP_LOAD_CELL: case OP_LOAD_CLASS_CELL: need(w, o[1], CELL), put(w, o[0], OTHER); return;
    case OP_STORE_CELL: need(w, o[0], CELL), need(w, o[1], BOUND); return;
    case OP_DELETE_CELL: need(w, o[0], CELL); return;
    case OP_LOAD_METHOD: by_row(w, insn), put(w, o[0] + 1, OTHER | UNBOUND); return;
    case OP_BUILD_TUPLE: build_tuple(w, o); return;
    case OP_BUILD_LIST: by_row_giving(w, insn, LIST); return;
    case OP_BUILD_SET: by_row_giving(w, insn, SET); return;
    case OP_BUILD_DICT: by_row_giving(w, insn, DICT); return;
    case OP_BUILD_CONST_DICT: {
      ImageConstant names = image_constant(w->f->image, function_constant(w->f, (uint32_t)o[2]));
      need_run(w, o[1], (int32_t)names.count, BOUND), put(w, o[0], DICT);
      return;
    }
    case OP_BUILD_STRING: need_run(w, o[1], o[2], STR), put(w, o[0], STR); return;
    case OP_FORMAT: by_row_giving(w, insn, STR); return;
    case OP_FORMAT_SPEC: need(w, o[3], STR), by_row_giving(w, insn, STR); return;
    case OP_LIST_APPEND: case OP_LIST_EXTEND: need(w, o[0], LIST), need(w, o[1], BOUND); return;
    case OP_SET_ADD: case OP_SET_UPDATE: need(w, o[0], SET), need(w, o[1], BOUND); return;
    case OP_DICT_SET: case OP_DICT_UPDATE: case OP_DICT_MERGE: need(w, o[0], DICT), by_row(w, insn); return;
    case OP_LIST_TO_TUPLE: need(w, o[1], LIST), put(w, o[0], TUPLE); return;
    case OP_UNPACK_STAR: by_row(w, insn), put(w, o[0] + o[2], LIST); return;
    case OP_CALL: case OP_CALL_KW: call(w, o, o[2], false); return;
    case OP_CALL_METHOD: case OP_CALL_METHOD_KW: call(w, o, o[2], true); return;
    case OP_CALL_EX: need(w, o[1] + 2, DICT | UNBOUND), w->states[o[1] + 2] = OTHER, call(w, o, 2, false); return;
    case OP_MAKE_FUNCTION: make_function(w, o); return;
    case OP_ENTER_HANDLER: need(w, o[1], EXCEPTION), put(w, o[0], EXCEPTION | NONE); return;
    case OP_LEAVE_HANDLER: need(w, o[0], EXCEPTION | NONE); return;
    case OP_RERAISE: case OP_END_ASYNC_FOR: need(w, o[0], EXCEPTION); return;
    case OP_JUMP_IF_NOT_MATCH: need(w, o[0], EXCEPTION), need(w, o[1], BOUND); return;
    case OP_MATCH_GROUP: need(w, o[1], EXCEPTION | NONE), need(w, o[2], BOUND), put_run(w, o[0], 2, EXCEPTION | NONE); return;
    case OP_RERAISE_STAR: need(w, o[1], EXCEPTION), need(w, o[2], LIST), put(w, o[0], EXCEPTION | NONE); return;
    case OP_WITH_EXIT: need(w, o[1], BOUND), need(w, o[2], EXCEPTION | NONE), put(w, o[0], OTHER); return;
    case OP_MATCH_KEYS: need(w, o[2], ANY_TUPLE), by_row(w, insn); return;
    case OP_MATCH_CLASS: need(w, o[4], NAMES), by_row(w, insn); return;
    default: by_row(w, insn);
  }
}

/* Both ways out of a conditional jump. */
static void branch(Flow *w, const Insn *insn) {
  const int32_t *o = insn->operand;
  uint32_t target = (uint32_t)o[op_info[insn->op].jump];
  switch (insn->op) {
    case OP_FOR_ITER: /* when it ends, R[item] is as before */
      need(w, o[1], BOUND);
      join(w, target);
      put(w, o[0], OTHER);
      return;
    case OP_JUMP_IF_NONE: case OP_JUMP_IF_NOT_NONE: {
      bool none = insn->op == OP_JUMP_IF_NONE;
      Kinds *kinds = &w->states[o[0]], all = *kinds; /* o[0] is a register; a jump's may be the target */
      Kinds rest = all & (Kinds)~NONE;
      need(w, o[0], BOUND);
      *kinds = none ? all : rest;
      if (*kinds) join(w, target);
      *kinds = none ? rest : all;
      if (!*kinds) w->live = false;
      return;
    }
    default:
      step(w, insn);
      join(w, target);
  }
}

/* ---- the walk */
static void start(Flow *w) {
  const ImageFunction *f = w->f;
  Kinds *state = w->states;
  bool is_namespace = f->flags & FUNCTION_NAMESPACE;
  for (uint32_t r = 0; r < w->registers; r++) {
    state[r] = r < function_near_locals(f) ? UNBOUND : JUNK;
    w->tuple_size[r] = UINT32_MAX;
  }
  uint32_t at = f->argcount + f->kwonlycount;
  for (uint32_t r = 0; r < at && r < w->registers; r++) state[r] = OTHER;
  if (f->flags & FUNCTION_VARARGS && at < w->registers) state[at++] = TUPLE;
  if (f->flags & FUNCTION_VARKEYWORDS && at < w->registers) state[at++] = DICT;
  if (is_namespace) state[0] = OTHER;
  w->live = true;
  w->range = 0;
  w->again = false;
}

/* One pass over the code; false: instruction *at is wrong. */
static bool pass(Flow *w, uint32_t *at) {
  start(w);
  bool comes_in = true;
  for (uint32_t i = 0; i < w->count; i++) {
    const Insn *insn = &w->insns[i];
    uint32_t offset = w->position = w->offsets[i];
    if (w->state_at[offset]) { /* paths meet here */
      if (w->live) join(w, offset);
      w->live = w->reached[w->state_at[offset]];
      memcpy(w->states, state_of(w, offset), w->registers * sizeof(Kinds));
      for (uint32_t r = 0; r < w->registers; r++) w->tuple_size[r] = UINT32_MAX;
      comes_in = true;
    }
    if (!w->live) continue;
    enter_range(w, comes_in);
    comes_in = false;
    const OpInfo *info = &op_info[insn->op];
    if (info->jump < 0) step(w, insn);
    else branch(w, insn);
    if (w->wrong) return *at = offset, false;
    if (info->flags & OP_ENDS && insn->op != OP_GENERATOR_START) w->live = false;
  }
  return true;
}

/* Numbers the places where paths meet: targets of jumps and of ranges. */
static uint32_t number_states(Flow *w) {
  uint32_t count = 1, offset = 0;
  for (uint32_t i = 0; i < w->count; i++) {
    const Insn *insn = &w->insns[i];
    int jump = op_info[insn->op].jump;
    w->offsets[i] = offset;
    offset += insn->size;
    if (jump >= 0 && !w->state_at[insn->operand[jump]]) w->state_at[insn->operand[jump]] = count++;
  }
  for (uint32_t i = 0; i < w->f->range_count; i++) {
    uint32_t target = function_range(w->f, i).target;
    if (!w->state_at[target]) w->state_at[target] = count++;
  }
  return count;
}

/* A generator's code begins with GENERATOR_START, behind what makes its cells, and never comes back to it: what yields runs in a
** generator's frame. */
static bool starts_well(const Flow *w, uint32_t *at) {
  bool is_generator = w->f->flags & (FUNCTION_GENERATOR | FUNCTION_COROUTINE | FUNCTION_ASYNC_GENERATOR);
  if (!is_generator) return true; /* verify.c has looked: it has none of these instructions */
  uint32_t start = 0;
  while (start < w->count && (w->insns[start].op == OP_MAKE_CELL || w->insns[start].op == OP_NEW_CELL || w->insns[start].op == OP_NOP))
    start++;
  *at = start < w->count ? w->offsets[start] : 0;
  if (start == w->count || w->insns[start].op != OP_GENERATOR_START) return false;
  for (uint32_t i = 0; i < w->count; i++) {
    int jump = op_info[w->insns[i].op].jump;
    if (i != start && w->insns[i].op == OP_GENERATOR_START) return false;
    if (jump >= 0 && (uint32_t)w->insns[i].operand[jump] <= *at) return false;
  }
  for (uint32_t i = 0; i < w->f->range_count; i++)
    if (function_range(w->f, i).target <= *at) return false;
  return true;
}

bool kinds_verify(const ImageFunction *f, const Insn *insns, uint32_t count, uint32_t *at) {
  Flow w = {.f = f, .insns = insns, .count = count, .registers = f->register_count,
            .stride = (uint32_t)align_up(f->register_count, KINDS_IN_WORD)};
  uint32_t *numbers = memory_take_zeroed((size_t)count + f->code_size + 1 + w.registers, sizeof *numbers);
  if (!numbers) return true;
  w.offsets = numbers, w.state_at = numbers + count, w.tuple_size = w.state_at + f->code_size + 1;
  size_t states = number_states(&w), bytes = states * (w.stride * sizeof(Kinds) + 1);
  w.states = bytes <= KINDS_MEMORY_MAX ? memory_take_zeroed(bytes, 1) : NULL;
  bool fine = starts_well(&w, at);
  if (fine && w.states) {
    w.reached = (uint8_t *)(w.states + states * w.stride);
    do fine = pass(&w, at);
    while (fine && w.again);
  }
  free(w.states);
  free(numbers);
  return fine;
}
