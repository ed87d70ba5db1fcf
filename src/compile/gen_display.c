/* gen_display.c -- tuples, lists, sets, dicts and f-strings. */
#include "src/compile/gen.h"

enum { DISPLAY_WINDOW = 48, CONSTANT_DISPLAY_MIN = 3 };

bool has_star(const AstSeq *elts) {
  for (int i = 0; i < elts->count; i++)
    if (elts->items[i]->kind == AST_Starred) return true;
  return false;
}

static bool all_constant(const AstSeq *elts) {
  for (int i = 0; i < elts->count; i++)
    if (elts->items[i]->kind != AST_Constant) return false;
  return true;
}

static uint32_t constants_number(Compiler *c, const AstSeq *elts, ConstantTag tag) {
  uint32_t *items = ARENA_ARRAY(c->arena, uint32_t, elts->count + 1);
  for (int i = 0; i < elts->count; i++)
    items[i] = literal_number(c, &AST_AS(Constant, elts->items[i])->value);
  return writer_tuple(&c->writer, tag, items, (uint32_t)elts->count);
}

/* Fills the new list or set in R[to] with elts[from…]; a first run of plain ones is built at
** once. */
static void gen_incremental(Compiler *c, const void *node, AstSeq *elts, int from, Opcode build,
                            Reg to) {
  Opcode add = build == OP_BUILD_SET ? OP_SET_ADD : OP_LIST_APPEND;
  Opcode extend = build == OP_BUILD_SET ? OP_SET_UPDATE : OP_LIST_EXTEND;
  int top = c->unit->top, i = from;
  for (; i < elts->count && i - from < DISPLAY_WINDOW && elts->items[i]->kind != AST_Starred; i++)
    gen_new(c, elts->items[i]);
  EMIT_AS(c, node, build, BUILD_LIST, .to = to, .base = top, .count = i - from);
  c->unit->top = top;
  for (; i < elts->count; i++) {
    AstNode *e = elts->items[i];
    bool star = e->kind == AST_Starred;
    Reg value = gen(c, star ? AST_AS(Starred, e)->value : e);
    EMIT_AS(c, star ? (const void *)e : node, star ? extend : add, LIST_APPEND, .list = to,
            .value = value);
    c->unit->top = top;
  }
}

void gen_list_of(Compiler *c, const void *node, AstSeq *elts, int from, Reg to) {
  gen_incremental(c, node, elts, from, OP_BUILD_LIST, to);
}

void gen_sequence_to(Compiler *c, AstNode *e, AstSeq *elts, Opcode build, Reg to) {
  int top = c->unit->top;
  bool stars = has_star(elts);
  if (build == OP_BUILD_TUPLE && all_constant(elts)) {
    load_constant(c, e, constants_number(c, elts, CONSTANT_TUPLE), to);
  } else if (elts->count >= CONSTANT_DISPLAY_MIN && build != OP_BUILD_TUPLE && all_constant(elts)) {
    Reg place = is_temp(c, to) ? to : temp_new(c), items = temp_new(c);
    load_constant(
        c, e,
        constants_number(c, elts, build == OP_BUILD_SET ? CONSTANT_FROZENSET : CONSTANT_TUPLE),
        items);
    EMIT_AS(c, e, build, BUILD_LIST, .to = place, .base = top, .count = 0);
    EMIT_AS(c, e, build == OP_BUILD_SET ? OP_SET_UPDATE : OP_LIST_EXTEND, LIST_EXTEND,
            .list = place, .iterable = items);
    emit_move(c, e, to, place);
  } else if (!stars && elts->count <= DISPLAY_WINDOW) {
    for (int i = 0; i < elts->count; i++) gen_new(c, elts->items[i]);
    EMIT_AS(c, e, build, BUILD_LIST, .to = to, .base = top, .count = elts->count);
  } else {
    bool tuple = build == OP_BUILD_TUPLE;
    Reg place = !tuple && is_temp(c, to) ? to : temp_new(c);
    gen_incremental(c, e, elts, 0, tuple ? OP_BUILD_LIST : build, place);
    if (tuple) EMIT(c, e, LIST_TO_TUPLE, .to = to, .list = place);
    else emit_move(c, e, to, place);
  }
  c->unit->top = top;
}

/* ---- dicts */
static bool keys_are_constant_names(const AstDict *e, int from, int to) {
  for (int i = from; i < to; i++) {
    AstNode *key = e->keys.items[i];
    if (!key || key->kind != AST_Constant || AST_AS(Constant, key)->value.tag != LITERAL_STR)
      return false;
  }
  return true;
}

static void gen_dict_start(Compiler *c, AstDict *e, int count, Reg to) {
  int top = c->unit->top;
  if (count > 1 && keys_are_constant_names(e, 0, count)) {
    uint32_t *keys = ARENA_ARRAY(c->arena, uint32_t, count);
    for (int i = 0; i < count; i++) {
      keys[i] = literal_number(c, &AST_AS(Constant, e->keys.items[i])->value);
      gen_new(c, e->values.items[i]);
    }
    uint32_t tuple = writer_tuple(&c->writer, CONSTANT_TUPLE, keys, (uint32_t)count);
    EMIT(c, e, BUILD_CONST_DICT, .to = to, .base = top, .keys = constant_index(c, tuple));
  } else {
    for (int i = 0; i < count; i++) {
      gen_new(c, e->keys.items[i]);
      gen_new(c, e->values.items[i]);
    }
    EMIT(c, e, BUILD_DICT, .to = to, .base = top, .pairs = count);
  }
  c->unit->top = top;
}

void gen_dict_to(Compiler *c, AstDict *e, Reg to) {
  int top = c->unit->top, i = 0;
  while (i < e->keys.count && i < DISPLAY_WINDOW / 2 && e->keys.items[i]) i++;
  if (i == e->keys.count) {
    gen_dict_start(c, e, i, to);
    return;
  }
  Reg dict = is_temp(c, to) ? to : temp_new(c);
  int mark = c->unit->top;
  gen_dict_start(c, e, i, dict);
  for (; i < e->keys.count; i++, c->unit->top = mark) {
    if (!e->keys.items[i]) {
      Reg mapping = gen(c, e->values.items[i]);
      EMIT(c, e, DICT_UPDATE, .dict = dict, .mapping = mapping);
      continue;
    }
    Reg key = gen_operand(c, e->keys.items[i], REG_NONE, e->values.items[i]);
    Reg value = gen(c, e->values.items[i]);
    EMIT(c, e, DICT_SET, .dict = dict, .key = key, .value = value);
  }
  emit_move(c, e, to, dict);
  c->unit->top = top;
}

/* ---- f-strings */
void gen_formatted_to(Compiler *c, AstFormattedValue *e, Reg to) {
  Reg hint = is_temp(c, to) ? to : REG_NONE;
  int conversion = e->conversion < 0 ? 0 : e->conversion;
  if (!e->format_spec) {
    Reg value = gen_hint(c, e->value, hint);
    EMIT(c, e, FORMAT, .to = to, .value = value, .conversion = conversion);
    return;
  }
  Reg value = gen_operand(c, e->value, hint, e->format_spec);
  Reg spec = gen(c, e->format_spec);
  EMIT(c, e, FORMAT_SPEC, .to = to, .value = value, .conversion = conversion, .spec = spec);
}

void gen_joined_to(Compiler *c, AstJoinedStr *e, Reg to) {
  if (!e->values.count) {
    load_literal(c, e, &(Literal){.tag = LITERAL_STR, .bytes = "", .size = 0}, to);
    return;
  }
  if (e->values.count == 1) {
    gen_to(c, e->values.items[0], to);
    return;
  }
  int top = c->unit->top;
  for (int i = 0; i < e->values.count; i++) {
    gen_new(c, e->values.items[i]);
    if (i % 500 != 499) continue; /* very long ones in pieces */
    EMIT(c, e, BUILD_STRING, .to = top, .base = top, .count = c->unit->top - top);
    c->unit->top = top + 1;
  }
  EMIT(c, e, BUILD_STRING, .to = to, .base = top, .count = c->unit->top - top);
  c->unit->top = top;
}
