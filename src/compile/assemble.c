/* assemble.c -- instructions with labels to bytes: jump threading, dead code, offsets, exception
** ranges, line table.
**
** Law: a conditional jump never goes backwards (only LOOP polls), so threading keeps conditional
** jumps forward.
** Offsets and bytes are made in one pass where jumps allow it: perf-note 0027. */

#include "src/compile/gen.h"

static const uint8_t inverse[OP_COUNT] = {
#define PAIR(name) \
  [OP_JUMP_IF_##name] = OP_JUMP_IF_NOT_##name, [OP_JUMP_IF_NOT_##name] = OP_JUMP_IF_##name,
    PAIR(LT) PAIR(LE) PAIR(EQ) PAIR(NE) PAIR(GT) PAIR(GE) PAIR(LT_INT) PAIR(LE_INT) PAIR(EQ_INT)
        PAIR(NE_INT) PAIR(GT_INT) PAIR(GE_INT) PAIR(LT_CONST) PAIR(LE_CONST) PAIR(EQ_CONST)
            PAIR(NE_CONST) PAIR(GT_CONST) PAIR(GE_CONST) PAIR(NONE) PAIR(IN)
#undef PAIR
                [OP_JUMP_IF_IS] = OP_JUMP_IF_IS_NOT,
    [OP_JUMP_IF_IS_NOT] = OP_JUMP_IF_IS,
    [OP_JUMP_IF_TRUE] = OP_JUMP_IF_FALSE,
    [OP_JUMP_IF_FALSE] = OP_JUMP_IF_TRUE,
};

/* Indexes of the instructions that had a jump operand when the unit ended, and of stubs; some may
** be removed or NOPs by now. */
typedef struct Jumps {
  int *at, count;
} Jumps;

/* Jump operands become indexes of instructions. */
static void resolve_labels(Unit *u, Jumps *jumps) {
  for (int i = 0; i < u->count; i++) {
    int at = op_info[u->code[i].op].jump;
    if (at < 0) continue;
    u->code[i].operand[at] = u->labels[u->code[i].operand[at]].position;
    jumps->at[jumps->count++] = i;
  }
}

/* Lines that tracing must not lose: a jump of another line (break) is not jumped over here;
** translation does that. */
static bool same_line(const Ir *a, const Ir *b) {
  return !b->at || (a->at && a->at->line == b->at->line);
}

static void thread_jumps(Unit *u, const Jumps *jumps) {
  for (int k = 0; k < jumps->count; k++) {
    int i = jumps->at[k];
    Ir *ir = &u->code[i];
    int at = op_info[ir->op].jump;
    int target = ir->operand[at];
    for (int hops = 0; hops < 8 && target < u->count && u->code[target].op == OP_JUMP &&
                       same_line(ir, &u->code[target]);
         hops++) {
      int next = OPERANDS(JUMP, &u->code[target])->target;
      if (next == target || (ir->op != OP_JUMP && next <= i)) break;
      target = next;
    }
    ir->operand[at] = target;
  }
}

static void mark_targets(Unit *u, const Jumps *jumps, uint8_t *is_target) {
  memset(is_target, 0, (size_t)u->count + 1);
  for (int k = 0; k < jumps->count; k++) {
    const Ir *ir = &u->code[jumps->at[k]];
    int at = op_info[ir->op].jump;
    if (at >= 0 && !ir->removed) is_target[ir->operand[at]] = 1;
  }
  for (int i = 1; i < u->handler_count; i++) {
    int position = u->labels[u->handlers[i].target].position;
    if (position >= 0) is_target[position] = 1;
  }
}

/* stub: a jump behind all other code that stands for `jump` of another line. */
static int add_stub(Compiler *c, Unit *u, const Ir *jump) {
  Ir copy = *jump;
  u->flow.dead = false;
  Ir *ir = EMIT(c, NULL, JUMP, .target = OPERANDS(JUMP, &copy)->target);
  ir->at = copy.at;
  ir->handler = 0;
  return u->count - 1;
}

/* `if x: JUMP far` came out as a jump over a jump: one inverted jump does it. */
static void invert_jumps(Compiler *c, Unit *u, Jumps *jumps, const uint8_t *is_target) {
  int count = u->count, jump_count = jumps->count;
  for (int k = 0; k < jump_count; k++) {
    int i = jumps->at[k];
    Ir *ir = &u->code[i], *next = ir + 1;
    if (i + 1 >= count || !inverse[ir->op]) continue;
    if (next->op == OP_NOP && i + 2 < count && !is_target[i + 1] && same_line(next, next + 1)) {
      if (!next[1].at) next[1].at = next->at;
      next++;
    }
    int at = op_info[ir->op].jump, behind = (int)(next - u->code) + 1;
    if (next->op != OP_JUMP || is_target[behind - 1]) continue;
    if (ir->operand[at] != behind || OPERANDS(JUMP, next)->target <= i) continue;
    int to = OPERANDS(JUMP, next)->target;
    if (!same_line(ir, next)) to = jumps->at[jumps->count++] = add_stub(c, u, next);
    ir = &u->code[i]; /* the array may have moved */
    ir->op = inverse[ir->op];
    ir->operand[at] = to;
    for (int j = i + 1; j < behind; j++) u->code[j].removed = true;
  }
}

/* A NOP whose line the instruction before or behind has as well. */
static void remove_nops(Unit *u, const uint8_t *is_target) {
  int before = -1;
  for (int i = 0; i < u->count; i++) {
    Ir *ir = &u->code[i];
    if (is_target[i]) before = -1;
    if (ir->removed) continue;
    int next = i + 1;
    while (next < u->count && u->code[next].removed && !is_target[next]) next++;
    Ir *behind = next < u->count ? &u->code[next] : NULL;
    if (ir->op == OP_NOP) {
      bool told = !ir->at ||
                  (before >= 0 && u->code[before].at && u->code[before].at->line == ir->at->line);
      if (!told && behind && !behind->removed) {
        if (!behind->at && !is_target[next]) behind->at = ir->at;
        told = behind->at && behind->at->line == ir->at->line;
      }
      ir->removed = told;
    }
    if (!ir->removed) before = op_info[ir->op].flags & OP_ENDS ? -1 : i;
  }
}

static void remove_dead(Unit *u, const uint8_t *is_target) {
  bool dead = false;
  for (int i = 0; i < u->count; i++) {
    Ir *ir = &u->code[i];
    if (is_target[i]) dead = false;
    if (dead) ir->removed = true;
    if (!ir->removed && op_info[ir->op].flags & OP_ENDS && ir->op != OP_GENERATOR_START)
      dead = true;
  }
  for (int i = 0; i < u->count; i++) { /* jumps to what follows anyway */
    Ir *ir = &u->code[i];
    if (ir->removed || ir->op != OP_JUMP || OPERANDS(JUMP, ir)->target <= i) continue;
    int next = i + 1;
    while (next < u->count && u->code[next].removed) next++;
    if (OPERANDS(JUMP, ir)->target <= next) ir->op = OP_NOP;
  }
}

/* A jump is the last operand of its instruction and has one size whatever its target: it is filled
** in at the end. */
static uint32_t encode(Compiler *c, Unit *u, const Jumps *jumps, uint32_t *offsets) {
  Buffer *out = &c->code_bytes;
  out->size = 0;
  for (int i = 0; i < u->count; i++) {
    Ir *ir = &u->code[i];
    offsets[i] = (uint32_t)out->size;
    if (ir->removed) continue;
    if (ir->op == OP_JUMP && OPERANDS(JUMP, ir)->target <= i) ir->op = OP_LOOP;
    Insn insn = {.op = ir->op};
    memcpy(insn.operand, ir->operand, sizeof insn.operand);
    op_encode(out, &insn);
  }
  offsets[u->count] = (uint32_t)out->size;
  if (!buffer_reserve(out, INSN_SIZE_MAX)) arena_fail(c->arena);
  for (int k = 0; k < jumps->count; k++) {
    int i = jumps->at[k];
    const Ir *ir = &u->code[i];
    int at = op_info[ir->op].jump;
    if (ir->removed || at < 0) continue;
    assert(at + 1 == op_info[ir->op].operand_count);
    op_set_jump(out->bytes + offsets[i + 1], offsets[ir->operand[at]]);
  }
  return offsets[u->count];
}

static uint32_t make_ranges(Compiler *c, Unit *u, const uint32_t *offsets, ExceptionRange **out) {
  uint32_t count = 0;
  ExceptionRange *ranges = NULL;
  for (int pass = 0; pass < 2; pass++) {
    count = 0;
    for (int i = 0; i < u->count; i++) {
      Ir *ir = &u->code[i];
      if (ir->removed || !ir->handler || !(op_info[ir->op].flags & OP_RAISES)) continue;
      const Handler *handler = &u->handlers[ir->handler];
      ExceptionRange range = {offsets[i], offsets[i + 1],
                              offsets[u->labels[handler->target].position], (uint32_t)handler->reg};
      if (pass && count && ranges[count - 1].target == range.target &&
          ranges[count - 1].reg == range.reg) {
        bool joined = true; /* nothing that raises elsewhere lies between */
        for (int j = i - 1; j >= 0 && offsets[j] >= ranges[count - 1].end; j--)
          if (!u->code[j].removed && op_info[u->code[j].op].flags & OP_RAISES) joined = false;
        if (joined) {
          ranges[count - 1].end = range.end;
          continue;
        }
      }
      if (pass) ranges[count] = range;
      count++;
    }
    if (!pass) {
      if (!count) return 0;
      ranges = ARENA_ARRAY(c->arena, ExceptionRange, count);
    }
  }
  *out = ranges;
  return count;
}

static Position position_of(const Span *at) {
  if (!at || at->line <= 0) return (Position){-1, -1, -1, -1};
  return (Position){at->line, at->end_line, at->column, at->end_column};
}

static void write_lines(Unit *u, const uint32_t *offsets, LineWriter *lines) {
  line_writer_init(lines, (uint32_t)u->firstlineno);
  for (int i = 0; i < u->count; i++)
    if (!u->code[i].removed)
      line_writer_add(lines, offsets[i + 1] - offsets[i], position_of(u->code[i].at));
  line_writer_finish(lines);
}

/* co_varnames and cells, from the frame's scope. */
static void describe_variables(Compiler *c, Unit *u, WriterFunction *f) {
  Scope *scope = u->scope;
  f->free_count = (uint32_t)scope->free_count;
  uint32_t *frees = ARENA_ARRAY(c->arena, uint32_t, scope->free_count + 1);
  for (int i = 0; i < scope->free_count; i++) frees[i] = name_number(c, scope->frees[i]);
  f->frees = frees;
  if (!scope_is_function(scope)) {
    if (!scope->needs_class_cell) return;
    uint32_t *cell = ARENA_ARRAY(c->arena, uint32_t, 2);
    cell[0] = 1, cell[1] = name_number(c, c->scopes.name_class);
    f->cells = cell, f->cell_count = 1;
    return;
  }
  f->local_count = (uint32_t)scope->local_count;
  uint32_t *locals = ARENA_ARRAY(c->arena, uint32_t, scope->local_count + 1);
  uint32_t *cells =
      ARENA_ARRAY(c->arena, uint32_t, 2 * (scope->local_count + scope->cell_count) + 1);
  if (scope->kind == SCOPE_COMPREHENSION) locals[0] = writer_string(&c->writer, ".0", 2);
  for (int pass = 0; pass < 2; pass++) { /* cells: parameters first, as they come */
    for (int i = 0; i < scope->count; i++) {
      Symbol *symbol = scope->symbols[i];
      if (symbol->storage != STORAGE_LOCAL && symbol->storage != STORAGE_CELL) continue;
      uint32_t number = name_number(c, symbol->name);
      bool is_named = symbol->index < scope->local_count;
      if (!pass && is_named) locals[symbol->index] = number;
      if (symbol->storage == STORAGE_CELL && is_named == !pass) {
        uint32_t at = f->cell_count++;
        cells[2 * at] = (uint32_t)symbol->index, cells[2 * at + 1] = number;
      }
    }
  }
  f->locals = locals;
  f->cells = cells;
}

void unit_end(Compiler *c) {
  Unit *u = c->unit;
  Jumps jumps = {0};
  if (!c->failed) {
    uint8_t *is_target = arena_alloc(c->arena, 2 * (size_t)u->count + 2); /* stubs may be added */
    jumps.at = ARENA_ARRAY(c->arena, int, 2 * u->count + 1);
    resolve_labels(u, &jumps);
    thread_jumps(u, &jumps);
    mark_targets(u, &jumps, is_target);
    invert_jumps(c, u, &jumps, is_target);
    mark_targets(u, &jumps, is_target);
    remove_dead(u, is_target);
    mark_targets(u, &jumps, is_target);
    remove_nops(u, is_target);
  }
  c->unit = u->outer;
  if (c->failed) return;
  uint32_t *offsets = ARENA_ARRAY(c->arena, uint32_t, u->count + 1);
  WriterFunction f = {.flags = u->flags | (u->has_far ? FUNCTION_FAR : 0),
                      .name = writer_string(&c->writer, u->name, strlen(u->name)),
                      .qualname = writer_string(&c->writer, u->qualname, strlen(u->qualname)),
                      .argcount = (uint32_t)u->argcount,
                      .posonlycount = (uint32_t)u->posonlycount,
                      .kwonlycount = (uint32_t)u->kwonlycount,
                      .firstlineno = (uint32_t)u->firstlineno,
                      .register_count = (uint32_t)u->register_count,
                      .name_count = u->names.count,
                      .names = u->names.numbers,
                      .constant_count = u->constants.count,
                      .constants = u->constants.numbers};
  f.code_size = encode(c, u, &jumps, offsets);
  f.code = c->code_bytes.bytes;
  if (f.code_size > CODE_SIZE_MAX) {
    c->failed = true;
    *c->fault =
        (SyntaxFault){.kind = FAULT_OVERFLOW_ERROR, .message = "function too large to compile"};
    return;
  }
  ExceptionRange *ranges = NULL;
  f.range_count = make_ranges(c, u, offsets, &ranges);
  f.ranges = ranges;
  describe_variables(c, u, &f);
  LineWriter lines;
  write_lines(u, offsets, &lines);
  if (lines.out.failed) arena_fail(c->arena);
  f.lines = lines.out.bytes, f.lines_size = lines.out.size;
  writer_add_function(&c->writer, u->index, &f);
  buffer_deinit(&lines.out);
}
