/* gen_assign.c -- assignment, augmented and annotated assignment, targets of every kind, del. */
#include "src/compile/gen.h"

/* ---- targets */
/* The first of consecutive registers when all targets are plain locals that stand in a row, else
** REG_NONE. */
static Reg targets_in_row(Compiler *c, AstSeq *elts) {
  Reg first = REG_NONE;
  for (int i = 0; i < elts->count; i++) {
    if (elts->items[i]->kind != AST_Name) return REG_NONE;
    Reg place = name_place(c, AST_AS(Name, elts->items[i])->id);
    if (place == REG_NONE || (i && place != first + i)) return REG_NONE;
    if (!i) first = place;
  }
  return first;
}

enum { UNPACK_MAX = 1000 }; /* targets whose values stand in registers at once */

/* Very many targets: from a list, one after the other. */
static void store_from_list(Compiler *c, AstNode *node, AstSeq *elts, int star, Reg value) {
  Reg list = temp_new(c);
  int count = elts->count - (star >= 0), top = c->unit->top;
  uint32_t after =
      star < 0 ? writer_none(&c->writer) : writer_int(&c->writer, elts->count - star - 1);
  EMIT(c, node, UNPACK_LIST, .to = list, .value = value,
       .count = constant_index(c, writer_int(&c->writer, count)),
       .after = constant_index(c, after));
  for (int i = 0; i < elts->count; i++, c->unit->top = top) {
    AstNode *target = elts->items[i];
    Reg item = temp_new(c);
    load_constant(c, node, writer_int(&c->writer, i), item);
    EMIT(c, node, LOAD_INDEX, .to = item, .object = list, .key = item);
    gen_store(c, i == star ? AST_AS(Starred, target)->value : target, item);
  }
}

static void store_unpacked(Compiler *c, AstNode *node, AstSeq *elts, Reg value) {
  int top = c->unit->top, star = -1;
  for (int i = 0; i < elts->count; i++) {
    if (elts->items[i]->kind != AST_Starred) continue;
    if (star >= 0) {
      compile_fault(c, node, "multiple starred expressions in assignment");
      return;
    }
    star = i;
    if (i >= 256 || elts->count - i - 1 >= INT32_MAX >> 8) {
      compile_fault(c, node, "too many expressions in star-unpacking assignment");
      return;
    }
  }
  Reg row = star < 0 && elts->count ? targets_in_row(c, elts) : REG_NONE;
  if (row != REG_NONE) {
    EMIT(c, node, UNPACK, .to = row, .value = value, .count = elts->count);
    for (int i = 0; i < elts->count; i++) {
      check_name(c, elts->items[i], AST_AS(Name, elts->items[i])->id, CONTEXT_Store);
      name_bound(c, AST_AS(Name, elts->items[i])->id);
    }
    return;
  }
  if (elts->count > UNPACK_MAX) {
    store_from_list(c, node, elts, star, value);
    c->unit->top = top;
    return;
  }
  Reg base = temps_new(c, elts->count ? elts->count : 1);
  if (star < 0) EMIT(c, node, UNPACK, .to = base, .value = value, .count = elts->count);
  else
    EMIT(c, node, UNPACK_STAR, .to = base, .value = value, .before = star,
         .after = elts->count - star - 1);
  for (int i = 0; i < elts->count; i++) {
    AstNode *target = elts->items[i];
    gen_store(c, i == star ? AST_AS(Starred, target)->value : target, base + i);
  }
  c->unit->top = top;
}

static void store_subscript(Compiler *c, AstSubscript *e, Reg value) {
  Reg object = gen_operand(c, e->value, REG_NONE, e->slice);
  Reg key = gen(c, e->slice);
  EMIT(c, e, STORE_INDEX, .object = object, .key = key, .value = value);
}

void gen_store(Compiler *c, AstNode *target, Reg value) {
  if (!compile_enter(c)) return;
  int top = c->unit->top;
  switch (target->kind) {
  case AST_Name: store_name(c, target, AST_AS(Name, target)->id, value); break;
  case AST_Attribute: {
    AstAttribute *e = AST_AS(Attribute, target);
    if (!check_name(c, e, e->attr, CONTEXT_Store)) break;
    Reg object = gen(c, e->value);
    EMIT(c, attribute_node(c, target, e), STORE_ATTR, .object = object,
         .name = attribute_index(c, e->attr), .value = value);
    break;
  }
  case AST_Subscript: store_subscript(c, AST_AS(Subscript, target), value); break;
  case AST_Tuple: store_unpacked(c, target, &AST_AS(Tuple, target)->elts, value); break;
  case AST_List: store_unpacked(c, target, &AST_AS(List, target)->elts, value); break;
  case AST_Starred:
    compile_fault(c, target, "starred assignment target must be in a list or tuple");
    break;
  default: compile_fault(c, target, "cannot assign here"); break;
  }
  c->unit->top = top;
  c->depth--;
}

/* ---- assignment */
static AstSeq *display_elements(AstNode *e) {
  if (e->kind == AST_Tuple) return &AST_AS(Tuple, e)->elts;
  if (e->kind == AST_List) return &AST_AS(List, e)->elts;
  return NULL;
}

/* a, b = x, y without a tuple: values first, then stores from left to right. A value that is a
** variable stays where it is unless an earlier store would change it. */
static bool assign_parallel(Compiler *c, AstNode *target, AstNode *value) {
  AstSeq *targets = display_elements(target), *values = display_elements(value);
  if (!targets || !values || value->kind != AST_Tuple || targets->count != values->count ||
      targets->count > 16)
    return false;
  if (has_star(targets) || has_star(values)) return false;
  for (int i = 0; i < targets->count; i++)
    if (expr_may_rebind(values->items[i]) || expr_may_rebind(targets->items[i])) return false;
  int top = c->unit->top;
  Reg regs[16];
  for (int i = 0; i < values->count; i++) {
    AstNode *e = values->items[i];
    regs[i] = gen(c, e);
    if (is_temp(c, regs[i])) continue;
    for (int j = 0; j < i; j++) {
      AstNode *earlier = targets->items[j];
      bool simple = earlier->kind == AST_Attribute || earlier->kind == AST_Subscript;
      if (simple ||
          (earlier->kind == AST_Name && name_place(c, AST_AS(Name, earlier)->id) != regs[i]))
        continue;
      Reg copy = temp_new(c);
      emit_move(c, e, copy, regs[i]);
      regs[i] = copy;
      break;
    }
  }
  for (int i = 0; i < targets->count; i++) gen_store(c, targets->items[i], regs[i]);
  c->unit->top = top;
  return true;
}

static void assign_name(Compiler *c, AstNode *target, AstNode *value) {
  const Name *name = AST_AS(Name, target)->id;
  Reg place = name_place(c, name);
  if (place == REG_NONE || !check_name(c, target, name, CONTEXT_Store)) {
    store_name(c, target, name, gen(c, value));
    return;
  }
  gen_to(c, value, place);
  name_bound(c, name);
}

void gen_assign(Compiler *c, AstAssign *s) {
  int top = c->unit->top;
  if (s->targets.count == 1) {
    AstNode *target = s->targets.items[0];
    if (target->kind == AST_Name) assign_name(c, target, s->value);
    else if (!assign_parallel(c, target, s->value)) {
      AstSeq *elts = display_elements(target);
      Reg value = elts || target->kind == AST_Starred ? gen(c, s->value)
                                                      : gen_operand(c, s->value, REG_NONE, target);
      gen_store(c, target, value);
    }
  } else {
    Reg value = gen(c, s->value);
    /* a target that is the very variable the value stands in, or rebinds it on the way */
    bool moves = false;
    for (int i = 0; i < s->targets.count; i++) moves |= s->targets.items[i]->kind != AST_Name;
    if (!is_temp(c, value) && moves) {
      Reg copy = temp_new(c);
      emit_move(c, s, copy, value);
      value = copy;
    }
    for (int i = 0; i < s->targets.count; i++) gen_store(c, s->targets.items[i], value);
  }
  c->unit->top = top;
}

/* ---- augmented */
static void aug_name(Compiler *c, AstAugAssign *s) {
  const Name *name = AST_AS(Name, s->target)->id;
  if (!check_name(c, s->target, name, CONTEXT_Store)) return;
  Reg place = name_place(c, name);
  if (place == REG_NONE) {
    Reg value = temp_new(c);
    load_name_to(c, s->target, name, value);
    gen_binary_right(c, &s->node, s->op, true, value, value, s->value, REG_NONE);
    store_name(c, s->target, name, value);
    return;
  }
  Reg left = load_name(c, s->target, name, REG_NONE);
  if (expr_may_rebind(s->value)) {
    Reg copy = temp_new(c);
    emit_move(c, s, copy, left);
    left = copy;
  }
  gen_binary_right(c, &s->node, s->op, true, place, left, s->value, REG_NONE);
  name_bound(c, name);
}

static void aug_attribute(Compiler *c, AstAugAssign *s, AstAttribute *target) {
  if (!check_name(c, target, target->attr, CONTEXT_Store)) return;
  const void *node = attribute_node(c, s->target, target);
  int name = attribute_index(c, target->attr);
  Reg object = gen_operand(c, target->value, REG_NONE, s->value);
  Reg value = temp_new(c);
  EMIT(c, node, LOAD_ATTR, .to = value, .object = object, .name = name);
  gen_binary_right(c, &s->node, s->op, true, value, value, s->value, REG_NONE);
  EMIT(c, node, STORE_ATTR, .object = object, .name = name, .value = value);
}

static void aug_subscript(Compiler *c, AstAugAssign *s, AstSubscript *target) {
  Reg object = gen_operand(c, target->value, REG_NONE, target->slice);
  if (!is_temp(c, object) && expr_may_rebind(s->value)) {
    Reg copy = temp_new(c);
    emit_move(c, s, copy, object);
    object = copy;
  }
  Reg key = gen_operand(c, target->slice, REG_NONE, s->value);
  Reg value = temp_new(c);
  EMIT(c, target, LOAD_INDEX, .to = value, .object = object, .key = key);
  gen_binary_right(c, &s->node, s->op, true, value, value, s->value, REG_NONE);
  EMIT(c, target, STORE_INDEX, .object = object, .key = key, .value = value);
}

void gen_aug_assign(Compiler *c, AstAugAssign *s) {
  int top = c->unit->top;
  switch (s->target->kind) {
  case AST_Name: aug_name(c, s); break;
  case AST_Attribute: aug_attribute(c, s, AST_AS(Attribute, s->target)); break;
  case AST_Subscript: aug_subscript(c, s, AST_AS(Subscript, s->target)); break;
  default: compile_fault(c, s, "invalid node type (%d) for augmented assignment", s->target->kind);
  }
  c->unit->top = top;
}

/* ---- annotated */
static void store_annotation(Compiler *c, AstAnnAssign *s, const Name *name) {
  NameTable *names = c->ast->names;
  int top = c->unit->top;
  Reg value = temp_new(c), dict = temp_new(c), key = temp_new(c);
  gen_annotation_to(c, s->annotation, value);
  load_name_to(c, s, name_intern_text(names, "__annotations__"), dict);
  load_constant(
      c, s, name_constant(c, name_mangle(c->ast, c->unit->names_scope->private_name, name)), key);
  EMIT(c, s, STORE_INDEX, .object = dict, .key = key, .value = value);
  c->unit->top = top;
}

static void gen_annotation_only(Compiler *c, AstAnnAssign *s) {
  bool evaluated = !(c->future & FUTURE_ANNOTATIONS) && !scope_is_function(c->unit->scope);
  if (evaluated) gen_discard(c, s->annotation);
}

void gen_ann_assign(Compiler *c, AstAnnAssign *s) {
  if (s->value) {
    AstNode *targets[1] = {s->target};
    AstAssign assign = {.node = s->node, .targets = {1, targets}, .value = s->value};
    gen_assign(c, &assign);
  }
  if (s->target->kind == AST_Name) {
    const Name *name = AST_AS(Name, s->target)->id;
    if (!check_name(c, s->target, name, CONTEXT_Store)) return;
    if (!s->simple) gen_annotation_only(c, s);
    else if (!scope_is_function(c->unit->scope)) store_annotation(c, s, name);
    return;
  }
  if (!s->value) { /* the parts of the target are evaluated, but nothing is stored */
    if (s->target->kind == AST_Attribute) {
      if (!check_name(c, s->target, AST_AS(Attribute, s->target)->attr, CONTEXT_Store)) return;
      gen_discard(c, AST_AS(Attribute, s->target)->value);
    } else if (s->target->kind == AST_Subscript) {
      gen_discard(c, AST_AS(Subscript, s->target)->value);
      gen_discard(c, AST_AS(Subscript, s->target)->slice);
    }
  }
  gen_annotation_only(c, s);
}

/* ---- del */
void gen_delete(Compiler *c, AstNode *target) {
  int top = c->unit->top;
  AstSeq *elts = display_elements(target);
  switch (target->kind) {
  case AST_Name: delete_name(c, target, AST_AS(Name, target)->id); break;
  case AST_Attribute: {
    AstAttribute *e = AST_AS(Attribute, target);
    if (!check_name(c, e, e->attr, CONTEXT_Del)) break;
    Reg object = gen(c, e->value);
    EMIT(c, attribute_node(c, target, e), DELETE_ATTR, .object = object,
         .name = attribute_index(c, e->attr));
    break;
  }
  case AST_Subscript: {
    AstSubscript *e = AST_AS(Subscript, target);
    Reg object = gen_operand(c, e->value, REG_NONE, e->slice);
    Reg key = gen(c, e->slice);
    EMIT(c, e, DELETE_INDEX, .object = object, .key = key);
    break;
  }
  default:
    if (elts)
      for (int i = 0; i < elts->count; i++) gen_delete(c, elts->items[i]);
    else compile_fault(c, target, "cannot delete this");
  }
  c->unit->top = top;
}
