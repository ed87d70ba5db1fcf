/* gen_cond.c -- comparisons, and/or/not, conditional expressions: as values, and as branches
** without a value. */
#include "src/compile/gen.h"

/* 1, 0, or -1: not constant */
static int constant_truth(const AstNode *e) {
  return e->kind == AST_Constant ? literal_is_true(&((const AstConstant *)e)->value) : -1;
}

static const struct CompareOps {
  uint8_t value, when_true, when_false, when_true_int, when_false_int, when_true_const,
      when_false_const;
} compare_ops[] = {
#define ROW(cmp, name)                          \
  [CMPOP_##cmp] = {OP_##name,                   \
                   OP_JUMP_IF_##name,           \
                   OP_JUMP_IF_NOT_##name,       \
                   OP_JUMP_IF_##name##_INT,     \
                   OP_JUMP_IF_NOT_##name##_INT, \
                   OP_JUMP_IF_##name##_CONST,   \
                   OP_JUMP_IF_NOT_##name##_CONST}
    ROW(Lt, LT),
    ROW(LtE, LE),
    ROW(Eq, EQ),
    ROW(NotEq, NE),
    ROW(Gt, GT),
    ROW(GtE, GE),
#undef ROW
    [CMPOP_Is] = {OP_IS, OP_JUMP_IF_IS, OP_JUMP_IF_IS_NOT, 0, 0, 0, 0},
    [CMPOP_IsNot] = {OP_IS_NOT, OP_JUMP_IF_IS_NOT, OP_JUMP_IF_IS, 0, 0, 0, 0},
    [CMPOP_In] = {OP_CONTAINS, OP_JUMP_IF_IN, OP_JUMP_IF_NOT_IN, 0, 0, 0, 0},
    [CMPOP_NotIn] = {OP_NOT_CONTAINS, OP_JUMP_IF_NOT_IN, OP_JUMP_IF_IN, 0, 0, 0, 0},
};

static bool is_plain_literal(const AstNode *e) {
  return e->kind == AST_Constant && ((const AstConstant *)e)->value.tag > LITERAL_ELLIPSIS;
}

static void warn_identity(Compiler *c, AstCompare *e) {
  AstNode *left = e->left;
  for (int i = 0; i < e->ops.count; left = e->comparators.items[i++]) {
    int op = e->ops.items[i];
    if (op != CMPOP_Is && op != CMPOP_IsNot) continue;
    if (!is_plain_literal(left) && !is_plain_literal(e->comparators.items[i])) continue;
    compile_warn(c, e,
                 op == CMPOP_Is ? "\"is\" with a literal. Did you mean \"==\"?"
                                : "\"is not\" with a literal. Did you mean \"!=\"?");
    return;
  }
}

static AstNode *comparator_after(const AstCompare *e, int i) {
  return i + 1 < e->comparators.count ? e->comparators.items[i + 1] : NULL;
}

void gen_compare_to(Compiler *c, AstCompare *e, Reg to) {
  warn_identity(c, e);
  bool chain = e->ops.count > 1;
  Reg hint = !chain && is_temp(c, to) ? to : REG_NONE;
  Reg place = !chain || is_temp(c, to) ? to : temp_new(c);
  Reg left = gen_operand(c, e->left, hint, e->comparators.items[0]);
  Label end = chain ? label_new(c) : LABEL_NONE;
  for (int i = 0; i < e->ops.count; i++) {
    Reg right = gen_operand(c, e->comparators.items[i], hint != left ? hint : REG_NONE,
                            comparator_after(e, i));
    EMIT_AS(c, e, compare_ops[e->ops.items[i]].value, EQ, .to = place, .left = left,
            .right = right);
    if (i + 1 < e->ops.count) EMIT_BRANCH(c, e, JUMP_IF_FALSE, end, .value = place);
    left = right;
  }
  if (!chain) return;
  label_place(c, end);
  emit_move(c, e, to, place);
}

/* One comparison R[left] op `right` as a branch; returns the register of the right side (for
** chains). */
static Reg branch_compare(Compiler *c, AstCompare *e, int i, Reg left, Label label, bool when) {
  const struct CompareOps *ops = &compare_ops[e->ops.items[i]];
  AstNode *right = e->comparators.items[i];
  int op = e->ops.items[i], small;
  bool is_last = i + 1 == e->ops.count;
  if (is_last && (op == CMPOP_Is || op == CMPOP_IsNot) && right->kind == AST_Constant &&
      AST_AS(Constant, right)->value.tag == LITERAL_NONE) {
    EMIT_BRANCH_AS(c, e, (op == CMPOP_Is) == when ? OP_JUMP_IF_NONE : OP_JUMP_IF_NOT_NONE,
                   JUMP_IF_NONE, label, .value = left);
    return left;
  }
  if (is_last && ops->when_true_int && expr_as_small_int(right, &small)) {
    EMIT_BRANCH_AS(c, e, when ? ops->when_true_int : ops->when_false_int, JUMP_IF_EQ_INT, label,
                   .left = left, .right = small);
    return left;
  }
  if (is_last && ops->when_true_const && is_plain_literal(right)) {
    EMIT_BRANCH_AS(c, e, when ? ops->when_true_const : ops->when_false_const, JUMP_IF_EQ_CONST,
                   label, .left = left, .right = literal_index(c, &AST_AS(Constant, right)->value));
    return left;
  }
  Reg r = gen_operand(c, right, REG_NONE, comparator_after(e, i));
  EMIT_BRANCH_AS(c, e, when ? ops->when_true : ops->when_false, JUMP_IF_EQ, label, .left = left,
                 .right = r);
  return r;
}

static void gen_branch_compare(Compiler *c, AstCompare *e, Label label, bool when) {
  warn_identity(c, e);
  int last = e->ops.count - 1;
  Label skip = when && last ? label_new(c) : label;
  Reg left = gen_operand(c, e->left, REG_NONE, e->comparators.items[0]);
  for (int i = 0; i < last; i++) left = branch_compare(c, e, i, left, skip, false);
  branch_compare(c, e, last, left, label, when);
  if (skip != label) label_place(c, skip);
}

static void gen_branch_bool(Compiler *c, AstBoolOp *e, Label label, bool when) {
  bool stops = e->op == BOOLOP_Or; /* the truth that decides at once */
  Label skip = stops == when ? label : label_new(c);
  int last = e->values.count - 1;
  for (int i = 0; i < last; i++) gen_branch(c, e->values.items[i], skip, stops);
  gen_branch(c, e->values.items[last], label, when);
  if (skip != label) label_place(c, skip);
}

static void gen_branch_if(Compiler *c, AstIfExp *e, Label label, bool when) {
  Label otherwise = label_new(c), end = label_new(c);
  gen_branch(c, e->test, otherwise, false);
  gen_branch(c, e->body, label, when);
  emit_jump(c, e, end);
  label_place(c, otherwise);
  gen_branch(c, e->orelse, label, when);
  label_place(c, end);
}

void gen_branch(Compiler *c, AstNode *e, Label label, bool when) {
  if (!compile_enter(c)) return;
  int top = c->unit->top;
  switch (e->kind) {
  case AST_Constant:
    emit_line(c, e);
    if (constant_truth(e) == when) emit_jump(c, e, label);
    break;
  case AST_UnaryOp:
    if (AST_AS(UnaryOp, e)->op == UNARYOP_Not) {
      gen_branch(c, AST_AS(UnaryOp, e)->operand, label, !when);
      break;
    }
    FALLTHROUGH;
  default: {
    Reg value = gen(c, e);
    EMIT_BRANCH_AS(c, e, when ? OP_JUMP_IF_TRUE : OP_JUMP_IF_FALSE, JUMP_IF_TRUE, label,
                   .value = value);
    break;
  }
  case AST_BoolOp: gen_branch_bool(c, AST_AS(BoolOp, e), label, when); break;
  case AST_IfExp: gen_branch_if(c, AST_AS(IfExp, e), label, when); break;
  case AST_Compare: gen_branch_compare(c, AST_AS(Compare, e), label, when); break;
  }
  c->unit->top = top;
  c->depth--;
}

/* A value that decides goes to the place and ends it; a variable as place is written only then. */
void gen_bool_to(Compiler *c, AstBoolOp *e, Reg to) {
  bool stops = e->op == BOOLOP_Or;
  Reg hint = is_temp(c, to) ? to : REG_NONE;
  Label end = label_new(c);
  int top = c->unit->top, last = e->values.count - 1;
  for (int i = 0; i < last; i++, c->unit->top = top) {
    Reg value = gen_hint(c, e->values.items[i], hint);
    if (value == to) {
      EMIT_BRANCH_AS(c, e, stops ? OP_JUMP_IF_TRUE : OP_JUMP_IF_FALSE, JUMP_IF_TRUE, end,
                     .value = value);
      continue;
    }
    Label next = label_new(c);
    EMIT_BRANCH_AS(c, e, stops ? OP_JUMP_IF_FALSE : OP_JUMP_IF_TRUE, JUMP_IF_FALSE, next,
                   .value = value);
    emit_move(c, e, to, value);
    emit_jump(c, e, end);
    label_place(c, next);
  }
  gen_to(c, e->values.items[last], to);
  label_place(c, end);
}

void gen_if_expr_to(Compiler *c, AstIfExp *e, Reg to) {
  Label otherwise = label_new(c), end = label_new(c);
  gen_branch(c, e->test, otherwise, false);
  gen_to(c, e->body, to);
  emit_jump(c, e, end);
  label_place(c, otherwise);
  gen_to(c, e->orelse, to);
  label_place(c, end);
}
