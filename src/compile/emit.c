/* emit.c -- units, instructions, labels, flow, registers, and the function's own numbering of names
** and constants. */
#include "src/compile/gen.h"

static COLD void too_large(Compiler *c, const char *message) {
  if (c->failed) return;
  c->failed = true;
  *c->fault = (SyntaxFault){.kind = FAULT_RECURSION_ERROR, .message = message};
}

Unit *unit_begin(Compiler *c, Scope *scope, const char *name, int firstlineno) {
  Unit *u = ARENA_NEW(c->arena, Unit);
  u->outer = c->unit;
  u->scope = u->names_scope = scope;
  u->private_name = scope->private_name;
  u->name = u->qualname = name;
  u->firstlineno = firstlineno;
  u->index = writer_reserve_function(&c->writer);
  u->first_temp = u->top = scope_is_function(scope) ? scope->local_count + scope->cell_count
                                                    : 1 + scope->needs_class_cell;
  if (scope_is_function(scope) && u->top > FAR_FROM) {
    u->has_far = true;
    u->first_temp = u->top = FAR_FROM + 1;
  }
  u->register_count = u->top;
  u->flow_count = scope->local_count + scope->cell_count;
  ARENA_ROOM(c->arena, u->handlers, u->handler_count, u->handler_capacity, 64);
  u->handler_count = 1; /* 0: none */
  if (scope->unbinds) {
    u->has_unbinds = true;
    for (int i = 0; i < scope->count; i++) {
      Symbol *symbol = scope->symbols[i];
      if (symbol->flags & SYMBOL_UNBINDS && symbol->storage == STORAGE_LOCAL &&
          symbol->index < FLOW_VARIABLES)
        u->unbinds[symbol->index / 64] |= UINT64_C(1) << symbol->index % 64;
    }
  }
  return c->unit = u;
}

/* is_like: may the operands of `op` be given by the names of `row`? */
__attribute__((unused)) static bool is_like(Opcode op, Opcode row) {
  const OpInfo *a = &op_info[op], *b = &op_info[row];
  for (int i = 0; i <= a->operand_count; i++)
    if (a->operands[i].kind != b->operands[i].kind) return false;
  return true;
}

Ir *emit(Compiler *c, const void *node, Opcode op, Opcode row, const AnyOperands *operands) {
  assert(op == row || is_like(op, row));
  Unit *u = c->unit;
  ARENA_ROOM(c->arena, u->code, u->count, u->capacity, 64);
  Ir *ir = &u->code[u->count];
  *ir = (Ir){.op = (uint8_t)op, .handler = (uint32_t)u->handler & HANDLER_MAX, .at = span_of(node)};
  memcpy(ir->operand, operands->operand, sizeof ir->operand);
  if (LIKELY(!u->flow.dead)) {
    u->count++;
    if (op_info[op].flags & OP_ENDS && op != OP_GENERATOR_START) u->flow.dead = true;
  }
  return ir;
}

/* ---- flow */
bool flow_is_bound(const Compiler *c, int flow) {
  return c->unit->flow.dead ||
         (flow < FLOW_VARIABLES && c->unit->flow.bound[flow / 64] >> flow % 64 & 1);
}
void flow_bind(Compiler *c, int flow) {
  if (flow < FLOW_VARIABLES) c->unit->flow.bound[flow / 64] |= UINT64_C(1) << flow % 64;
}
void flow_unbind(Compiler *c, int flow) {
  if (flow < FLOW_VARIABLES) c->unit->flow.bound[flow / 64] &= ~(UINT64_C(1) << flow % 64);
}

static void flow_forget_unbinds(Unit *u) {
  if (!u->has_unbinds) return;
  for (int i = 0; i < FLOW_WORDS; i++) u->flow.bound[i] &= ~u->unbinds[i];
}

static void flow_meet(Flow *into, const Flow *from) {
  if (from->dead) return;
  if (into->dead) {
    *into = *from;
    return;
  }
  for (int i = 0; i < FLOW_WORDS; i++) into->bound[i] &= from->bound[i];
}

/* ---- labels */
Label label_new(Compiler *c) {
  Unit *u = c->unit;
  ARENA_ROOM(c->arena, u->labels, u->label_count, u->label_capacity, 64);
  u->labels[u->label_count] = (LabelInfo){.position = -1, .flow.dead = true};
  return u->label_count++;
}

void label_place(Compiler *c, Label label) {
  Unit *u = c->unit;
  LabelInfo *info = &u->labels[label];
  info->position = u->count;
  flow_meet(&u->flow, &info->flow);
}

Label label_place_head(Compiler *c) {
  Label label = label_new(c);
  c->unit->labels[label].position = c->unit->count;
  flow_forget_unbinds(c->unit);
  return label;
}

void label_place_handler(Compiler *c, Label label, const Flow *at_start) {
  Unit *u = c->unit;
  u->labels[label].position = u->count;
  u->labels[label].used = true;
  u->flow = *at_start;
  flow_forget_unbinds(u);
}

static void use_label(Unit *u, Label label) {
  LabelInfo *info = &u->labels[label];
  info->used = true;
  if (info->position < 0) flow_meet(&info->flow, &u->flow);
}

void emit_jump(Compiler *c, const void *node, Label label) {
  if (is_dead(c)) return;
  use_label(c->unit, label);
  EMIT(c, node, JUMP, .target = label);
}

void emit_branch(Compiler *c, const void *node, Opcode op, Opcode row, Label label,
                 const AnyOperands *operands) {
  if (is_dead(c)) return;
  use_label(c->unit, label);
  AnyOperands with_label = *operands;
  with_label.operand[op_info[op].jump] = label;
  emit(c, node, op, row, &with_label);
}

void emit_move(Compiler *c, const void *node, Reg to, Reg from) {
  if (to != from) EMIT(c, node, MOVE, .to = to, .from = from);
}

int handler_new(Compiler *c, Label target, Reg reg) {
  Unit *u = c->unit;
  ARENA_ROOM(c->arena, u->handlers, u->handler_count, u->handler_capacity, 64);
  if (UNLIKELY(u->handler_count == HANDLER_MAX)) too_large(c, "too many protected blocks");
  u->handlers[u->handler_count] = (Handler){target, reg};
  return u->handler_count++;
}

/* ---- registers */
Reg temps_new(Compiler *c, int count) {
  Unit *u = c->unit;
  Reg first = u->top;
  u->top += count;
  if (u->top > u->register_count) u->register_count = u->top;
  if (UNLIKELY(u->top > REGISTER_MAX - 64)) {
    too_large(c, "too many values in one expression");
    u->top = first;
  }
  return first;
}
Reg temp_new(Compiler *c) { return temps_new(c, 1); }
Reg window_new(Compiler *c) { return temps_new(c, 5) + 4; }

/* ---- numbers */
static uint32_t number_map(Compiler *c, NumberMap *map, uint32_t number) {
  if (map->count == map->capacity) {
    uint32_t capacity = map->capacity ? map->capacity * 2 : 16;
    uint32_t *numbers = ARENA_ARRAY(c->arena, uint32_t, capacity);
    if (map->count) memcpy(numbers, map->numbers, 4 * (size_t)map->count);
    map->numbers = numbers;
    map->capacity = capacity;
    map->mask = capacity * 2 - 1;
    map->slots = ARENA_ARRAY(c->arena, uint32_t, capacity * 2);
    for (uint32_t i = 0; i < map->count; i++) {
      uint32_t at = numbers[i] * 0x9E3779B1u >> 7;
      while (map->slots[at & map->mask]) at++;
      map->slots[at & map->mask] = i + 1;
    }
  }
  uint32_t at = number * 0x9E3779B1u >> 7;
  for (; map->slots[at & map->mask]; at++)
    if (map->numbers[map->slots[at & map->mask] - 1] == number)
      return map->slots[at & map->mask] - 1;
  map->numbers[map->count] = number;
  map->slots[at & map->mask] = ++map->count;
  return map->count - 1;
}

/* Name.scratch_number caches the text's number in the image, plus one (low half), and as a constant
** (high half). */
uint32_t name_number(Compiler *c, const Name *name) {
  Name *n = (Name *)name;
  uint32_t number = (uint32_t)n->scratch_number;
  if (number) return number - 1;
  number = writer_string(&c->writer, name->text, name->size);
  n->scratch_number |= number + 1;
  return number;
}

uint32_t name_constant(Compiler *c, const Name *name) {
  Name *n = (Name *)name;
  uint32_t number = (uint32_t)(n->scratch_number >> 32);
  if (number) return number - 1;
  number = writer_str(&c->writer, name->text, name->size);
  n->scratch_number |= (uint64_t)(number + 1) << 32;
  return number;
}

int name_index(Compiler *c, const Name *name) {
  return (int)number_map(c, &c->unit->names, name_number(c, name));
}
int constant_index(Compiler *c, uint32_t number) {
  return (int)number_map(c, &c->unit->constants, number);
}

uint32_t literal_number(Compiler *c, const Literal *l) {
  ImageWriter *w = &c->writer;
  switch (l->tag) {
  case LITERAL_NONE: return writer_none(w);
  case LITERAL_FALSE: return writer_simple(w, CONSTANT_FALSE);
  case LITERAL_TRUE: return writer_simple(w, CONSTANT_TRUE);
  case LITERAL_ELLIPSIS: return writer_simple(w, CONSTANT_ELLIPSIS);
  case LITERAL_INT: return writer_int(w, l->integer);
  case LITERAL_BIG_INT: return writer_big_int(w, l->bytes, l->size);
  case LITERAL_FLOAT: return writer_float(w, l->real);
  case LITERAL_COMPLEX: return writer_complex(w, l->real, l->imaginary);
  case LITERAL_STR: return writer_str(w, l->bytes, l->size);
  case LITERAL_BYTES: return writer_bytes(w, l->bytes, l->size);
  case LITERAL_TUPLE:
  case LITERAL_FROZENSET: {
    uint32_t *items = ARENA_ARRAY(c->arena, uint32_t, l->count + 1);
    for (int i = 0; i < l->count; i++) items[i] = literal_number(c, &l->items[i]);
    return writer_tuple(w, l->tag == LITERAL_TUPLE ? CONSTANT_TUPLE : CONSTANT_FROZENSET, items,
                        (uint32_t)l->count);
  }
  }
  return writer_none(w);
}
