/* gen_expr.c -- expressions: the dispatch over kinds, operators, attributes, subscripts,
** constants. */
#include "src/compile/gen.h"

bool expr_may_rebind(const AstNode *e) {
  if (!e) return false;
  if (e->kind == AST_NamedExpr) return true;
  if (e->kind == AST_Name || e->kind == AST_Constant || e->kind == AST_Lambda) return false;
  const AstField *fields = ast_kinds[e->kind].fields;
  for (int i = 0; fields[i].name; i++) {
    if (!ast_types[fields[i].type].is_node) continue;
    void *at = ast_field_address((AstNode *)e, i);
    if (fields[i].quantity != AST_QUANTITY_SEQ) {
      if (expr_may_rebind(*(AstNode **)at)) return true;
      continue;
    }
    const AstSeq *seq = at;
    for (int j = 0; j < seq->count; j++)
      if (expr_may_rebind(seq->items[j])) return true;
  }
  return false;
}

/* ---- constants */
void load_none(Compiler *c, const void *node, Reg to) { EMIT(c, node, LOAD_NONE, .to = to); }

void load_constant(Compiler *c, const void *node, uint32_t number, Reg to) {
  if (!is_dead(c)) EMIT(c, node, LOAD_CONST, .to = to, .value = constant_index(c, number));
}

void load_literal(Compiler *c, const void *node, const Literal *l, Reg to) {
  switch (l->tag) {
  case LITERAL_NONE: EMIT(c, node, LOAD_NONE, .to = to); return;
  case LITERAL_TRUE: EMIT(c, node, LOAD_TRUE, .to = to); return;
  case LITERAL_FALSE: EMIT(c, node, LOAD_FALSE, .to = to); return;
  case LITERAL_INT:
    if (l->integer < -32768 || l->integer > 32767) break;
    EMIT(c, node, LOAD_INT, .to = to, .value = (int)l->integer);
    return;
  default: break;
  }
  load_constant(c, node, literal_number(c, l), to);
}

/* ---- operators */
static Opcode binary_opcode(int op, bool inplace) {
  static const uint8_t table[][2] = {
#define ROW(operator, name) [OPERATOR_##operator] = {OP_##name, OP_INPLACE_##name},
    ROW(Add, ADD) ROW(Sub, SUB) ROW(Mult, MUL) ROW(MatMult, MATMUL) ROW(Div, TRUEDIV) ROW(Mod, MOD)
        ROW(Pow, POW) ROW(LShift, LSHIFT) ROW(RShift, RSHIFT) ROW(BitOr, OR) ROW(BitXor, XOR)
            ROW(BitAnd, AND) ROW(FloorDiv, FLOORDIV)
#undef ROW
  };
  return (Opcode)table[op][inplace];
}

/* The form with a small int on the right, or NOP. */
static Opcode int_opcode(int op, bool inplace) {
  switch (op) {
  case OPERATOR_Add: return inplace ? OP_INPLACE_ADD_INT : OP_ADD_INT;
  case OPERATOR_Sub: return inplace ? OP_INPLACE_SUB_INT : OP_SUB_INT;
  default: break;
  }
  if (inplace) return OP_NOP;
  switch (op) {
  case OPERATOR_Mult: return OP_MUL_INT;
  case OPERATOR_FloorDiv: return OP_FLOORDIV_INT;
  case OPERATOR_Mod: return OP_MOD_INT;
  case OPERATOR_BitAnd: return OP_AND_INT;
  case OPERATOR_LShift: return OP_LSHIFT_INT;
  case OPERATOR_RShift: return OP_RSHIFT_INT;
  case OPERATOR_Pow: return OP_POW_INT;
  default: return OP_NOP;
  }
}

/* The form with such a constant on the right, or NOP. */
static Opcode constant_opcode(int op, int tag) {
  if (tag == LITERAL_INT || tag == LITERAL_BIG_INT) {
    switch (op) {
    case OPERATOR_Mult: return OP_MUL_CONST;
    case OPERATOR_Mod: return OP_MOD_CONST;
    case OPERATOR_BitAnd: return OP_AND_CONST;
    default: return OP_NOP;
    }
  }
  if (tag != LITERAL_FLOAT) return OP_NOP;
  switch (op) {
  case OPERATOR_Add: return OP_ADD_FLOAT;
  case OPERATOR_Sub: return OP_SUB_FLOAT;
  case OPERATOR_Mult: return OP_MUL_FLOAT;
  case OPERATOR_Div: return OP_TRUEDIV_FLOAT;
  default: return OP_NOP;
  }
}

void gen_binary_right(Compiler *c, AstNode *node, int op, bool inplace, Reg to, Reg left,
                      AstNode *right, Reg hint) {
  int small;
  Opcode opcode;
  if (expr_as_small_int(right, &small) && (opcode = int_opcode(op, inplace)) != OP_NOP) {
    EMIT_AS(c, node, opcode, ADD_INT, .to = to, .left = left, .right = small);
    return;
  }
  if (!inplace && expr_is_constant(right)) {
    const Literal *l = &AST_AS(Constant, right)->value;
    if ((opcode = constant_opcode(op, l->tag)) != OP_NOP) {
      EMIT_AS(c, node, opcode, ADD_FLOAT, .to = to, .left = left, .right = literal_index(c, l));
      return;
    }
  }
  Reg r = gen_hint(c, right, hint != left ? hint : REG_NONE);
  EMIT_AS(c, node, binary_opcode(op, inplace), ADD, .to = to, .left = left, .right = r);
}

static Reg hint_for(const Compiler *c, Reg to) { return is_temp(c, to) ? to : REG_NONE; }

/* number * e->right, the number in the instruction. false: the left one is none. */
static bool gen_multiple_to(Compiler *c, AstBinOp *e, Reg to, Reg hint) {
  int small;
  if (e->op != OPERATOR_Mult || !expr_is_constant(e->left)) return false;
  const Literal *l = &AST_AS(Constant, e->left)->value;
  bool is_small = expr_as_small_int(e->left, &small);
  if (!is_small && l->tag != LITERAL_FLOAT) return false;
  Reg right = gen_hint(c, e->right, hint);
  if (is_small) EMIT(c, e, INT_MUL, .to = to, .right = right, .left = small);
  else EMIT(c, e, FLOAT_MUL, .to = to, .right = right, .left = literal_index(c, l));
  return true;
}

static void gen_binary_to(Compiler *c, AstBinOp *e, Reg to) {
  Reg hint = hint_for(c, to);
  if (gen_multiple_to(c, e, to, hint)) return;
  Reg left = gen_operand(c, e->left, hint, e->right);
  gen_binary_right(c, &e->node, e->op, false, to, left, e->right, hint);
}

static void gen_unary_to(Compiler *c, AstUnaryOp *e, Reg to) {
  static const uint8_t opcodes[] = {[UNARYOP_Invert] = OP_INVERT,
                                    [UNARYOP_Not] = OP_NOT,
                                    [UNARYOP_UAdd] = OP_POSITIVE,
                                    [UNARYOP_USub] = OP_NEGATE};
  Reg value = gen_hint(c, e->operand, hint_for(c, to));
  EMIT_AS(c, &e->node, opcodes[e->op], NOT, .to = to, .value = value);
}

/* ---- attributes */
int attribute_index(Compiler *c, const Name *name) {
  return name_index(c, name_mangle(c->ast, c->unit->names_scope->private_name, name));
}

const void *attribute_node(Compiler *c, AstNode *e, const AstAttribute *attribute) {
  if (e->line == attribute->node.end_line) return e;
  AstNode *moved = ARENA_NEW(c->arena, AstNode);
  *moved = *e;
  moved->line = attribute->node.end_line;
  int length = 0;
  for (const char *p = attribute->attr->text; *p; p++) length += (*p & 0xC0) != 0x80;
  if (length <= attribute->node.end_column) moved->column = attribute->node.end_column - length;
  else moved->column = moved->end_column = -1;
  if (moved->end_line < moved->line) moved->end_line = moved->line;
  return moved;
}

static void gen_attribute_to(Compiler *c, AstAttribute *e, Reg to) {
  Reg object = gen_hint(c, e->value, hint_for(c, to));
  EMIT(c, attribute_node(c, &e->node, e), LOAD_ATTR, .to = to, .object = object,
       .name = attribute_index(c, e->attr));
}

/* ---- subscripts */
static void gen_or_none(Compiler *c, const void *node, AstNode *e) {
  if (e) gen_new(c, e);
  else load_none(c, node, temp_new(c));
}

/* Onto temporaries from top */
static void gen_slice_operands(Compiler *c, AstSlice *slice, bool with_step) {
  gen_or_none(c, slice, slice->lower);
  gen_or_none(c, slice, slice->upper);
  if (with_step) gen_or_none(c, slice, slice->step);
}

static void gen_slice_to(Compiler *c, AstSlice *e, Reg to) {
  int top = c->unit->top;
  gen_slice_operands(c, e, true);
  EMIT(c, e, BUILD_SLICE, .to = to, .base = top);
  c->unit->top = top;
}

/* What a literal is called in warnings about using it in the wrong way; NULL: no such warning. */
static const char *literal_type(const AstNode *e) {
  switch (e->kind) {
  case AST_Tuple: return "tuple";
  case AST_List:
  case AST_ListComp: return "list";
  case AST_Dict:
  case AST_DictComp: return "dict";
  case AST_Set:
  case AST_SetComp: return "set";
  case AST_GeneratorExp: return "generator";
  case AST_Lambda: return "function";
  case AST_JoinedStr:
  case AST_FormattedValue: return "str";
  case AST_Constant: break;
  default: return NULL;
  }
  static const char *const names[] = {
      [LITERAL_NONE] = "NoneType", [LITERAL_FALSE] = "bool",
      [LITERAL_TRUE] = "bool",     [LITERAL_ELLIPSIS] = "ellipsis",
      [LITERAL_INT] = "int",       [LITERAL_BIG_INT] = "int",
      [LITERAL_FLOAT] = "float",   [LITERAL_COMPLEX] = "complex",
      [LITERAL_STR] = "str",       [LITERAL_BYTES] = "bytes",
      [LITERAL_TUPLE] = "tuple",   [LITERAL_FROZENSET] = "frozenset"};
  return names[AST_AS(Constant, e)->value.tag];
}

static void warn_subscript(Compiler *c, AstSubscript *e) {
  const char *type = literal_type(e->value);
  if (LIKELY(!type)) return;
  bool is_sequence = !strcmp(type, "str") || !strcmp(type, "bytes") || !strcmp(type, "tuple") ||
                     !strcmp(type, "list");
  if (!is_sequence) {
    if (e->value->kind == AST_Dict || e->value->kind == AST_DictComp) return;
    if (e->value->kind == AST_Constant || e->value->kind == AST_Set ||
        e->value->kind == AST_SetComp || e->value->kind == AST_GeneratorExp ||
        e->value->kind == AST_Lambda)
      compile_warn(c, e, "'%s' object is not subscriptable; perhaps you missed a comma?", type);
    return;
  }
  const char *index = literal_type(e->slice);
  if (!index || !strcmp(index, "int") || !strcmp(index, "bool")) return;
  compile_warn(c, e, "%s indices must be integers or slices, not %s; perhaps you missed a comma?",
               type, index);
}

static void gen_subscript_to(Compiler *c, AstSubscript *e, Reg to) {
  warn_subscript(c, e);
  Reg hint = hint_for(c, to);
  Reg object = gen_operand(c, e->value, hint, e->slice);
  int small;
  if (expr_as_small_int(e->slice, &small)) {
    EMIT(c, e, LOAD_INDEX_INT, .to = to, .object = object, .key = small);
  } else if (e->slice->kind == AST_Slice && !AST_AS(Slice, e->slice)->step) {
    int top = c->unit->top;
    gen_slice_operands(c, AST_AS(Slice, e->slice), false);
    EMIT(c, e, LOAD_SLICE, .to = to, .object = object, .base = top);
    c->unit->top = top;
  } else {
    Reg key = gen_hint(c, e->slice, hint != object ? hint : REG_NONE);
    EMIT(c, e, LOAD_INDEX, .to = to, .object = object, .key = key);
  }
}

/* ---- := */
static Reg gen_named(Compiler *c, AstNamedExpr *e, Reg hint) {
  AstName *target = AST_AS(Name, e->target);
  Reg place = name_place(c, target->id);
  if (place != REG_NONE) {
    if (!check_name(c, e, target->id, CONTEXT_Store)) return place;
    gen_to(c, e->value, place);
    name_bound(c, target->id);
    return place;
  }
  Reg value = gen_hint(c, e->value, hint);
  store_name(c, target, target->id, value);
  return value;
}

/* ---- dispatch */
Reg gen_operand(Compiler *c, AstNode *e, Reg hint, AstNode *later) {
  if (e->kind == AST_Name || e->kind == AST_NamedExpr) {
    const Name *name =
        e->kind == AST_Name ? AST_AS(Name, e)->id : AST_AS(Name, AST_AS(NamedExpr, e)->target)->id;
    Variable v = variable_find(c, name);
    if (v.storage == STORAGE_LOCAL && v.symbol->flags & SYMBOL_WALRUS && expr_may_rebind(later)) {
      Reg to = hint == REG_NONE ? temp_new(c) : hint;
      gen_to(c, e, to);
      return to;
    }
  }
  return gen_hint(c, e, hint);
}

Reg gen_hint(Compiler *c, AstNode *e, Reg hint) {
  if (e->kind == AST_Name) return load_name(c, e, AST_AS(Name, e)->id, hint);
  if (e->kind == AST_NamedExpr) return gen_named(c, AST_AS(NamedExpr, e), hint);
  Reg to = hint == REG_NONE ? temp_new(c) : hint;
  gen_to(c, e, to);
  return to;
}

Reg gen(Compiler *c, AstNode *e) { return gen_hint(c, e, REG_NONE); }
void gen_new(Compiler *c, AstNode *e) { gen_to(c, e, temp_new(c)); }

void gen_discard(Compiler *c, AstNode *e) {
  if (e->kind == AST_Constant) {
    emit_line(c, e);
    return;
  }
  int top = c->unit->top;
  gen(c, e);
  c->unit->top = top;
}

static void gen_kind_to(Compiler *c, AstNode *e, Reg to) {
  switch (e->kind) {
  case AST_Constant: load_literal(c, e, &AST_AS(Constant, e)->value, to); break;
  case AST_Name: load_name_to(c, e, AST_AS(Name, e)->id, to); break;
  case AST_BinOp: gen_binary_to(c, AST_AS(BinOp, e), to); break;
  case AST_UnaryOp: gen_unary_to(c, AST_AS(UnaryOp, e), to); break;
  case AST_BoolOp: gen_bool_to(c, AST_AS(BoolOp, e), to); break;
  case AST_NamedExpr:
    emit_move(c, e, to, gen_named(c, AST_AS(NamedExpr, e), hint_for(c, to)));
    break;
  case AST_Lambda: gen_lambda_to(c, AST_AS(Lambda, e), to); break;
  case AST_IfExp: gen_if_expr_to(c, AST_AS(IfExp, e), to); break;
  case AST_Dict: gen_dict_to(c, AST_AS(Dict, e), to); break;
  case AST_Set: gen_sequence_to(c, e, &AST_AS(Set, e)->elts, OP_BUILD_SET, to); break;
  case AST_List: gen_sequence_to(c, e, &AST_AS(List, e)->elts, OP_BUILD_LIST, to); break;
  case AST_Tuple: gen_sequence_to(c, e, &AST_AS(Tuple, e)->elts, OP_BUILD_TUPLE, to); break;
  case AST_ListComp:
  case AST_SetComp:
  case AST_DictComp:
  case AST_GeneratorExp: gen_comprehension_to(c, e, to); break;
  case AST_Await: gen_await_to(c, AST_AS(Await, e), to); break;
  case AST_Yield: gen_yield_to(c, AST_AS(Yield, e), to); break;
  case AST_YieldFrom: gen_yield_from_to(c, AST_AS(YieldFrom, e), to); break;
  case AST_Compare: gen_compare_to(c, AST_AS(Compare, e), to); break;
  case AST_Call: gen_call_to(c, AST_AS(Call, e), to); break;
  case AST_FormattedValue: gen_formatted_to(c, AST_AS(FormattedValue, e), to); break;
  case AST_JoinedStr: gen_joined_to(c, AST_AS(JoinedStr, e), to); break;
  case AST_Attribute: gen_attribute_to(c, AST_AS(Attribute, e), to); break;
  case AST_Subscript: gen_subscript_to(c, AST_AS(Subscript, e), to); break;
  case AST_Slice: gen_slice_to(c, AST_AS(Slice, e), to); break;
  case AST_Starred: compile_fault(c, e, "can't use starred expression here"); break;
  default: panic("no expression: kind %d", e->kind);
  }
}

void gen_to(Compiler *c, AstNode *e, Reg to) {
  if (!compile_enter(c)) return;
  int top = c->unit->top;
  gen_kind_to(c, e, to);
  c->unit->top = top;
  c->depth--;
}
