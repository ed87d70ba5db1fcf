/* kinds.c -- see kinds.h. */
#include "vm/bytecode/kinds.h"

#include <stdlib.h>

#include "vm/base/memory.h"

enum { KINDS_IN_WORD = sizeof(uint64_t) / sizeof(Kinds) };
enum { HEADER = 4 }; /* registers below a call's window that its frame header takes */

typedef struct Walk {
  const FlowCode *flow;
  const ImageFunction *f;
  uint32_t registers, stride; /* stride: registers rounded up to whole words */
  uint32_t named;             /* how many hold variables */
  uint32_t *state_at; /* [owned] by offset: number of the state that paths meet in there, or 0 */
  Kinds *states;      /* [owned] stride each; state 0 is the current one */
  /* [owned] by register: items of the tuple of cells built in this block, or UINT32_MAX */
  uint32_t *tuple_size;
  uint8_t *reached;  /* [owned] by state */
  uint32_t range;    /* first range that ends behind the current offset */
  Kinds *handler;    /* state of the handler of the current instruction, or NULL */
  uint32_t position; /* current offset */
  bool live;         /* can the current instruction be reached? */
  bool again;        /* a state before or at the current offset has grown */
  bool wrong;
} Walk;

static Kinds *state_of(Walk *w, uint32_t offset) {
  return w->states + (size_t)w->state_at[offset] * w->stride;
}

/* ---- joins */
static void join(Walk *w, uint32_t offset) {
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

static void handler_gets(Walk *w, uint32_t r, Kinds kinds) {
  ExceptionRange range = function_range(w->f, w->range);
  if (r == range.reg || !(kinds & ~w->handler[r])) return;
  w->handler[r] |= kinds;
  if (range.target <= w->position) w->again = true;
}

/* The state of the current instruction's handler; a path that comes into its range brings all of
** its registers along. */
static void enter_range(Walk *w, bool comes_in) {
  w->handler = NULL;
  while (w->range < w->f->range_count && function_range(w->f, w->range).end <= w->position)
    w->range++;
  if (w->range == w->f->range_count) return;
  ExceptionRange range = function_range(w->f, w->range);
  if (w->position < range.start) return;
  w->handler = state_of(w, range.target);
  if (!comes_in && w->position != range.start) return;
  Kinds saved = w->states[range.reg];
  w->states[range.reg] = HOLDS_EXCEPTION;
  join(w, range.target);
  w->states[range.reg] = saved;
}

/* ---- registers */
static void put(Walk *w, int32_t r, Kinds kinds) {
  if (r == 0 && w->f->flags & FUNCTION_NAMESPACE) w->wrong = true;
  w->states[r] = kinds;
  w->tuple_size[r] = UINT32_MAX;
  if (w->handler) handler_gets(w, (uint32_t)r, kinds);
}

static void put_run(Walk *w, int32_t base, int32_t count, Kinds kinds) {
  for (int32_t i = 0; i < count; i++) put(w, base + i, kinds);
}

static void need(Walk *w, int32_t r, Kinds allowed) {
  if (w->states[r] & ~allowed) w->wrong = true;
}

static void need_run(Walk *w, int32_t base, int32_t count, Kinds allowed) {
  for (int32_t i = 0; i < count; i++) need(w, base + i, allowed);
}

/* ---- instructions */
static Kinds kinds_of_constant(const ImageFunction *f, uint32_t number) {
  ImageConstant k = image_constant(f->image, function_constant(f, number));
  switch (k.tag) {
  case CONSTANT_NONE: return HOLDS_NONE;
  case CONSTANT_STR: return HOLDS_STR;
  case CONSTANT_TUPLE:
    for (uint32_t i = 0; i < k.count; i++)
      if (image_constant(f->image, image_item(&k.items)).tag != CONSTANT_STR) return HOLDS_TUPLE;
    return HOLDS_NAMES;
  default: return HOLDS_OTHER;
  }
}

/* What the row says that the instruction reads, and what it writes. */
static void take(Walk *w, const Insn *insn, const OpWindow *window) {
  const Operand *operand = op_info[insn->op].operands;
  for (int i = 0; operand[i].kind; i++) {
    if (operand[i].takes) need(w, insn->operand[i], operand[i].takes);
    if (operand[i].kind == OPERAND_BASE)
      need_run(w, insn->operand[i], window->reads, window->takes);
  }
}

static void give(Walk *w, const Insn *insn, const OpWindow *window) {
  const Operand *operand = op_info[insn->op].operands;
  for (int i = 0; operand[i].kind; i++) {
    if (operand[i].gives) put(w, insn->operand[i], operand[i].gives);
    if (operand[i].kind == OPERAND_BASE)
      put_run(w, insn->operand[i], window->writes, window->gives);
  }
}

static void by_row(Walk *w, const Insn *insn) {
  OpWindow window = op_window(w->f, insn);
  take(w, insn, &window);
  give(w, insn, &window);
}

/* A call: its window is the callee's afterwards, so no variable may be there: frames show them, and
** the collector looks at them whatever happens. maybe: how many registers behind the callee's may
** be UNBOUND. */
static void call(Walk *w, int32_t to, int32_t base, int32_t maybe, int32_t arguments) {
  need(w, base, HOLDS_BOUND);
  need_run(w, base + 1, maybe, HOLDS_MAYBE);
  need_run(w, base + 1 + maybe, arguments, HOLDS_BOUND);
  if (base - HEADER < (int32_t)w->named) w->wrong = true;
  put_run(w, base - HEADER, (int32_t)w->registers - (base - HEADER), HOLDS_JUNK);
  put(w, to, HOLDS_OTHER);
}

static void call_ex(Walk *w, const Operands_CALL_EX *o) {
  need(w, o->base + 2, HOLDS_MAYBE);
  w->states[o->base + 2] = HOLDS_OTHER;
  call(w, o->to, o->base, 0, 2);
}

static void make_function(Walk *w, const Operands_MAKE_FUNCTION *o) {
  static const Kinds kinds[4] = {HOLDS_ANY_TUPLE, HOLDS_DICT, HOLDS_ANY_TUPLE, HOLDS_CELLS};
  for (int i = 0; i < 4; i++)
    if (o->parts >> i & 1) need(w, o->base + i, kinds[i]);
  ImageFunction inner;
  image_function(w->f->image,
                 image_constant(w->f->image, function_constant(w->f, (uint32_t)o->code)).function,
                 &inner);
  bool has_cells = o->parts & 8;
  if (has_cells ? w->tuple_size[o->base + 3] != inner.free_count : inner.free_count != 0)
    w->wrong = true;
  put(w, o->to, HOLDS_OTHER);
}

static void build_tuple(Walk *w, const Operands_BUILD_TUPLE *o) {
  Kinds all = o->count ? HOLDS_CELL : 0;
  for (int32_t i = 0; i < o->count; i++) all |= w->states[o->base + i];
  if (all & ~HOLDS_BOUND) w->wrong = true;
  put(w, o->to, all == HOLDS_CELL ? HOLDS_CELLS : HOLDS_TUPLE);
  if (all == HOLDS_CELL) w->tuple_size[o->to] = (uint32_t)o->count;
}

static void move(Walk *w, const Operands_MOVE *o) {
  uint32_t size = w->tuple_size[o->from];
  need(w, o->from, HOLDS_MAYBE);
  put(w, o->to, w->states[o->from]);
  w->tuple_size[o->to] = size;
}

static void load_const(Walk *w, const Operands_LOAD_CONST *o) {
  put(w, o->to, kinds_of_constant(w->f, (uint32_t)o->value));
}

static void check_local(Walk *w, const Operands_CHECK_LOCAL *o) {
  need(w, o->local, HOLDS_MAYBE);
  Kinds rest = w->states[o->local] & (Kinds)~HOLDS_UNBOUND;
  w->states[o->local] = rest ? rest : HOLDS_OTHER; /* it raises: what follows is not reached */
}

/* Instructions whose operands or results are more than the row says. */
static void step(Walk *w, const Insn *insn) {
  const Operands_CALL *o = OPERANDS(CALL, insn); /* or another call, as far as they are alike */
  switch (insn->op) {
  case OP_MOVE: move(w, OPERANDS(MOVE, insn)); return;
  case OP_LOAD_CONST: load_const(w, OPERANDS(LOAD_CONST, insn)); return;
  /* alike */
  case OP_CHECK_LOCAL:
  case OP_CHECK_OUTER: check_local(w, OPERANDS(CHECK_LOCAL, insn)); return;
  case OP_LOAD_METHOD:
    by_row(w, insn);
    put(w, OPERANDS(LOAD_METHOD, insn)->base + 1, HOLDS_OTHER | HOLDS_UNBOUND);
    return;
  case OP_BUILD_TUPLE: build_tuple(w, OPERANDS(BUILD_TUPLE, insn)); return;
  case OP_UNPACK_STAR:
    by_row(w, insn);
    put(w, OPERANDS(UNPACK_STAR, insn)->to + OPERANDS(UNPACK_STAR, insn)->before, HOLDS_LIST);
    return;
  case OP_CALL:
  case OP_CALL_KW: call(w, o->to, o->base, 0, o->argc); return;
  case OP_CALL_METHOD:
  case OP_CALL_METHOD_KW: call(w, o->to, o->base, 1, o->argc); return;
  case OP_CALL_EX: call_ex(w, OPERANDS(CALL_EX, insn)); return;
  case OP_MAKE_FUNCTION: make_function(w, OPERANDS(MAKE_FUNCTION, insn)); return;
  default: by_row(w, insn);
  }
}

/* Both ways out of a conditional jump. */
static void branch(Walk *w, const Insn *insn) {
  uint32_t target = (uint32_t)insn->operand[op_info[insn->op].jump];
  OpWindow window = {0};
  switch (insn->op) {
  case OP_FOR_ITER: /* when it ends, R[item] is as before */
    take(w, insn, &window);
    join(w, target);
    give(w, insn, &window);
    return;
  case OP_JUMP_IF_NONE:
  case OP_JUMP_IF_NOT_NONE: {
    bool none = insn->op == OP_JUMP_IF_NONE;
    Kinds *kinds = &w->states[OPERANDS(JUMP_IF_NONE, insn)->value], all = *kinds;
    Kinds rest = all & (Kinds)~HOLDS_NONE;
    take(w, insn, &window);
    *kinds = none ? all : rest;
    if (*kinds) join(w, target);
    *kinds = none ? rest : all;
    if (!*kinds) w->live = false;
    return;
  }
  default: step(w, insn); join(w, target);
  }
}

/* ---- the walk */
static void start(Walk *w) {
  const ImageFunction *f = w->f;
  Kinds *state = w->states;
  bool is_namespace = f->flags & FUNCTION_NAMESPACE;
  for (uint32_t r = 0; r < w->registers; r++) {
    state[r] = r < function_near_locals(f) ? HOLDS_UNBOUND : HOLDS_JUNK;
    w->tuple_size[r] = UINT32_MAX;
  }
  uint32_t at = f->argcount + f->kwonlycount;
  for (uint32_t r = 0; r < at && r < w->registers; r++) state[r] = HOLDS_OTHER;
  if (f->flags & FUNCTION_VARARGS && at < w->registers) state[at++] = HOLDS_TUPLE;
  if (f->flags & FUNCTION_VARKEYWORDS && at < w->registers) state[at++] = HOLDS_DICT;
  if (is_namespace) state[0] = HOLDS_OTHER;
  w->live = true;
  w->range = 0;
  w->again = false;
}

/* One pass over the code; false: instruction *at is wrong. */
static bool pass(Walk *w, KindsVisitor *visit, void *data, uint32_t *at) {
  start(w);
  bool comes_in = true;
  for (uint32_t i = 0; i < w->flow->count; i++) {
    const Insn *insn = &w->flow->insns[i];
    uint32_t offset = w->position = w->flow->offsets[i];
    if (w->state_at[offset]) { /* paths meet here */
      if (w->live) join(w, offset);
      w->live = w->reached[w->state_at[offset]];
      memcpy(w->states, state_of(w, offset), w->registers * sizeof(Kinds));
      for (uint32_t r = 0; r < w->registers; r++) w->tuple_size[r] = UINT32_MAX;
      comes_in = true;
    }
    if (!w->live) continue;
    if (visit) visit(data, i, w->states);
    enter_range(w, comes_in);
    comes_in = false;
    if (op_info[insn->op].jump < 0) step(w, insn);
    else branch(w, insn);
    if (w->wrong) return *at = offset, false;
    if (!flow_falls_through(insn)) w->live = false;
  }
  return true;
}

/* Numbers the places where paths meet: targets of jumps and of ranges. */
static uint32_t number_states(Walk *w) {
  uint32_t count = 1;
  for (uint32_t i = 0; i < w->flow->count; i++) {
    const Insn *insn = &w->flow->insns[i];
    int jump = op_info[insn->op].jump;
    if (jump >= 0 && !w->state_at[insn->operand[jump]]) w->state_at[insn->operand[jump]] = count++;
  }
  for (uint32_t i = 0; i < w->f->range_count; i++) {
    uint32_t target = function_range(w->f, i).target;
    if (!w->state_at[target]) w->state_at[target] = count++;
  }
  return count;
}

/* A generator's code begins with GENERATOR_START, behind what makes its cells, and never comes back
** to it: what yields runs in a generator's frame. */
static bool starts_well(const FlowCode *w, uint32_t *at) {
  bool is_generator =
      w->f->flags & (FUNCTION_GENERATOR | FUNCTION_COROUTINE | FUNCTION_ASYNC_GENERATOR);
  if (!is_generator) return true; /* verify.c has looked: it has none of these instructions */
  uint32_t start = 0;
  while (start < w->count && (w->insns[start].op == OP_MAKE_CELL ||
                              w->insns[start].op == OP_NEW_CELL || w->insns[start].op == OP_NOP))
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

/* prepare: false: no memory, or too much of it is asked for. finish either way. */
static bool prepare(Walk *w, const FlowCode *flow) {
  const ImageFunction *f = flow->f;
  *w = (Walk){
      .flow = flow, .f = f, .registers = f->register_count, .named = function_named_registers(f)};
  w->stride = (uint32_t)align_up(f->register_count, KINDS_IN_WORD);
  w->state_at = memory_take_zeroed((size_t)f->code_size + 1 + w->registers, sizeof *w->state_at);
  if (!w->state_at) return false;
  w->tuple_size = w->state_at + f->code_size + 1;
  size_t states = number_states(w), bytes = states * (w->stride * sizeof(Kinds) + 1);
  w->states = bytes <= KINDS_MEMORY_MAX ? memory_take_zeroed(bytes, 1) : NULL;
  if (!w->states) return false;
  w->reached = (uint8_t *)(w->states + states * w->stride);
  return true;
}

static void finish(Walk *w) { free(w->states), free(w->state_at); }

bool kinds_verify(const ImageFunction *f, uint32_t *at) {
  FlowCode flow;
  bool known = flow_decode(&flow, f), fine = !known || starts_well(&flow, at);
  Walk w;
  if (known && fine) {
    bool ready = prepare(&w, &flow);
    while (ready && (fine = pass(&w, NULL, NULL, at)) && w.again) {}
    finish(&w);
  }
  flow_release(&flow);
  return fine;
}

bool kinds_visit(const FlowCode *flow, KindsVisitor *visit, void *data) {
  Walk w;
  uint32_t at;
  bool done = prepare(&w, flow);
  if (done) {
    while ((done = pass(&w, NULL, NULL, &at)) && w.again) {}
    done = done && pass(&w, visit, data, &at);
  }
  finish(&w);
  return done;
}
