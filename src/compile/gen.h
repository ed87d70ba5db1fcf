/* gen.h -- code generation: one function at a time, straight from the tree to instructions with
** virtual labels.
**
** Registers:  [ parameters, other locals | cells | temporaries … ]   (FAR_FROM, opcode.h, when
**             there are very many) temporaries are a stack: unit->top is the first
** free one; whoever takes some puts top back. A value is wanted either anywhere (gen: the register
** of a local itself, or a new temporary) or in a place (gen_to). Law: gen_to writes a place that is
** a variable only with its last instruction, and reads nothing after that, so that an exception
** leaves the variable as it was.
**
** Flow: which variables certainly have a value, and whether this point can be reached at all. emit
** drops instructions at unreachable points. Every jump to a forward label narrows the label's flow;
** placing the label continues with it. At loop heads and handlers, variables that something unbinds
** count as unbound.
**
** Positions: every emit names the tree node whose source range tracebacks show.
*/
#ifndef KRAIT_GEN_H
#define KRAIT_GEN_H

#include "src/compile/scopes.h"
#include "src/syntax/names.h"
#include "vm/bytecode/image_writer.h"

typedef int Reg;
typedef int Label;
enum { REG_NONE = -1, LABEL_NONE = -1 };

typedef struct Span {
  int32_t line, column, end_line, end_column;
} Span; /* as in AstNode */
static inline const Span *span_of(const void *node) {
  return node ? (const Span *)&((const AstNode *)node)->line : NULL;
}

enum { HANDLER_MAX = (1 << 23) - 1 };
typedef struct Ir {
  uint32_t op : 8, removed : 1;
  uint32_t handler : 23;        /* index in unit->handlers, 0: none */
  int32_t operand[OPERAND_MAX]; /* JUMP: a Label */
  const Span *at;               /* [borrowed: tree or arena] NULL: no position */
} Ir;

enum { FLOW_WORDS = 4, FLOW_VARIABLES = FLOW_WORDS * 64 };
typedef struct Flow {
  bool dead;
  /* by flow number of the variable; those past the end always count as unbound */
  uint64_t bound[FLOW_WORDS];
} Flow;

typedef struct LabelInfo {
  int32_t position; /* index of an Ir, or -1 while not placed */
  bool used;
  Flow flow; /* meet of the flows of all jumps to it */
} LabelInfo;

typedef struct Handler {
  Label target;
  Reg reg;
} Handler;

typedef enum BlockKind {
  BLOCK_LOOP,
  BLOCK_TRY,         /* protected body: nothing to do on leaving */
  BLOCK_FINALLY,     /* protected body with a finally clause: its code runs on leaving */
  BLOCK_FINALLY_END, /* the finally clause after an exception: restores what was handled */
  BLOCK_HANDLER,     /* an except clause: restores, unbinds its name */
  BLOCK_STAR,        /* except*: break, continue, return are errors */
  BLOCK_WITH,
} BlockKind;

typedef struct Block {
  BlockKind kind;
  struct Block *outer;
  int outer_handler; /* in force around the block */
  Label next, exit;  /* LOOP: continue, break */
  const AstNode *node;
  AstSeq *finalbody; /* FINALLY */
  Reg saved;         /* HANDLER, FINALLY_END */
  const Name *name;  /* HANDLER: of `except … as name`, or NULL */
  Reg exit_function; /* WITH */
  bool is_async;
} Block;

typedef struct NumberMap { /* image number → number in the function */
  uint32_t *slots;         /* open addressing: index + 1 */
  uint32_t *numbers;       /* by index */
  uint32_t count, mask, capacity;
} NumberMap;

/* A variable of an inlined comprehension that is in scope: where it lives now. */
typedef struct CompVariable {
  Symbol *symbol;
  Scope *scope;
  Reg reg;
  int flow;
} CompVariable;

typedef struct Unit {
  struct Unit *outer;
  Scope *scope; /* of the frame */
  /* where names are looked up now: the frame's or an inlined comprehension */
  Scope *names_scope;
  uint32_t index; /* function number in the image */
  const Name *private_name;
  const char *name, *qualname;
  uint32_t flags;
  int argcount, posonlycount, kwonlycount, firstlineno;
  Ir *code;
  int count, capacity;
  LabelInfo *labels;
  int label_count, label_capacity;
  Handler *handlers;
  int handler_count, handler_capacity, handler; /* handler: in force now */
  Block *blocks;
  int block_depth;
  int first_temp, top, register_count;
  int flow_count; /* flow numbers given out */
  bool has_unbinds;
  uint64_t unbinds[FLOW_WORDS];
  Flow flow;
  NumberMap names, constants;
  CompVariable *comp_variables;
  int comp_count, comp_capacity;
  bool is_async, is_generator;
  bool has_far; /* variables from FAR_FROM on live in the dict R[FAR_FROM] */
} Unit;

typedef struct Compiler {
  Arena *arena;
  Ast *ast;
  const CompileOptions *options;
  ScopeTable scopes;
  ImageWriter writer;
  Unit *unit;
  SyntaxFault *fault;
  SyntaxWarning **warnings;
  bool failed;
  int depth;
  uint32_t future;
  int future_line;
  bool interactive;
  int serial;        /* of the tables below */
  Buffer code_bytes; /* scratch of assemble.c */
} Compiler;

/* ---- emit.c */
Unit *unit_begin(Compiler *c, Scope *scope, const char *name, int firstlineno);
/* The operands of any instruction, by the names of its row: (AnyOperands){.LOAD_CONST = {.to = r,
** .value = k}}. */
typedef union AnyOperands {
  int32_t operand[OPERAND_MAX];
#define OP(op_name, operands, cache, flags, doc) Operands_##op_name op_name;
#include "vm/bytecode/opcodes.def"
#undef OP
} AnyOperands;
Ir *emit(Compiler *c, const void *node, Opcode op, Opcode row, const AnyOperands *operands);
/* EMIT(c, node, LOAD_CONST, .to = r, .value = k). EMIT_AS(c, node, op, LOAD_CONST, …): of several
** instructions whose operands are alike, that of a row. EMIT_BRANCH(c, node, JUMP_IF_TRUE, label,
** .value = r): to a label. */
#define EMIT(c, node, row, ...) EMIT_AS(c, node, OP_##row, row __VA_OPT__(, ) __VA_ARGS__)
#define EMIT_AS(c, node, op, row, ...) \
  emit((c), (node), (Opcode)(op), OP_##row, &(AnyOperands){.row = {__VA_ARGS__}})
#define EMIT_BRANCH(c, node, row, label, ...) \
  EMIT_BRANCH_AS(c, node, OP_##row, row, label, __VA_ARGS__)
#define EMIT_BRANCH_AS(c, node, op, row, label, ...) \
  emit_branch((c), (node), (Opcode)(op), OP_##row, (label), &(AnyOperands){.row = {__VA_ARGS__}})
Label label_new(Compiler *c);
void label_place(Compiler *c, Label label); /* forward labels */
/* of a loop: a new label here, flow without what may be unbound */
Label label_place_head(Compiler *c);
/* entered by exceptions */
void label_place_handler(Compiler *c, Label label, const Flow *at_start);
void emit_jump(Compiler *c, const void *node, Label label);
void emit_branch(Compiler *c, const void *node, Opcode op, Opcode row, Label label,
                 const AnyOperands *operands);
/* emit_line: a line that does no work of its own (pass, try:) still is a line for whoever traces: a
** NOP, which only traced code executes (interp/translate.c); those that tell nothing new are
** removed again (assemble.c). */
static inline void emit_line(Compiler *c, const void *node) { EMIT(c, node, NOP); }
void emit_move(Compiler *c, const void *node, Reg to, Reg from);
int handler_new(Compiler *c, Label target, Reg reg); /* number for unit->handler */
Reg temp_new(Compiler *c);
Reg temps_new(Compiler *c, int count); /* first of consecutive ones */
/* base of a call window: scratch below it, base itself taken */
Reg window_new(Compiler *c);
static inline bool is_temp(const Compiler *c, Reg reg) { return reg >= c->unit->first_temp; }
int name_index(Compiler *c, const Name *name);
int constant_index(Compiler *c, uint32_t image_number);
uint32_t literal_number(Compiler *c, const Literal *literal);
uint32_t name_number(Compiler *c, const Name *name);   /* of its text in the image */
uint32_t name_constant(Compiler *c, const Name *name); /* of its text as a str constant */
static inline int literal_index(Compiler *c, const Literal *l) {
  return constant_index(c, literal_number(c, l));
}
bool flow_is_bound(const Compiler *c, int flow);
void flow_bind(Compiler *c, int flow);
void flow_unbind(Compiler *c, int flow);
static inline bool is_dead(const Compiler *c) { return c->unit->flow.dead; }

/* ---- assemble.c: ends the current unit: writes its function into the image */
void unit_end(Compiler *c);

/* ---- gen_name.c */
typedef struct Variable {
  Storage storage;
  int index;
  int flow;
  const Symbol *symbol;
  const Name *name;
  bool is_outer; /* an inlined comprehension uses it, of a scope around its own */
} Variable;
Variable variable_find(Compiler *c, const Name *name);
Reg load_name(Compiler *c, const void *node, const Name *name, Reg hint);
void load_name_to(Compiler *c, const void *node, const Name *name, Reg to);
void store_name(Compiler *c, const void *node, const Name *name, Reg value);
void delete_name(Compiler *c, const void *node, const Name *name);
/* name_place: the register of a plain local that a value may be computed into directly, or
** REG_NONE. */
Reg name_place(Compiler *c, const Name *name);
void name_bound(Compiler *c, const Name *name); /* after writing name_place */
void load_closure_cell(Compiler *c, const void *node, const Name *name, Reg to);
bool check_name(Compiler *c, const void *node, const Name *name, int context); /* __debug__ */

/* ---- gen_expr.c */
Reg gen(Compiler *c, AstNode *e); /* anywhere */
/* anywhere; if a temporary is needed, `hint` unless REG_NONE */
Reg gen_hint(Compiler *c, AstNode *e, Reg hint);
/* safe although `later` may rebind a variable */
Reg gen_operand(Compiler *c, AstNode *e, Reg hint, AstNode *later);
void gen_to(Compiler *c, AstNode *e, Reg to);
void gen_new(Compiler *c, AstNode *e); /* into the next temporary: unit->top */
/* attribute_node: e with its start moved to the line of the attribute name, as tracebacks show
** it. */
const void *attribute_node(Compiler *c, AstNode *e, const AstAttribute *attribute);
int attribute_index(Compiler *c, const Name *name); /* name_index, mangled */
void gen_discard(Compiler *c, AstNode *e);
bool expr_may_rebind(const AstNode *e);
void load_literal(Compiler *c, const void *node, const Literal *literal, Reg to);
void load_constant(Compiler *c, const void *node, uint32_t image_number, Reg to);
void load_none(Compiler *c, const void *node, Reg to);
static inline bool expr_is_constant(const AstNode *e) { return e->kind == AST_Constant; }
static inline bool expr_as_small_int(const AstNode *e, int *out) {
  if (e->kind != AST_Constant) return false;
  const Literal *l = &((const AstConstant *)e)->value;
  if (l->tag != LITERAL_INT || l->integer < -32768 || l->integer > 32767) return false;
  return *out = (int)l->integer, true;
}
void gen_binary_right(Compiler *c, AstNode *node, int op, bool inplace, Reg to, Reg left,
                      AstNode *right, Reg hint);

/* ---- gen_display.c: tuples, lists, sets, dicts, f-strings */
void gen_sequence_to(Compiler *c, AstNode *e, AstSeq *elts, Opcode build, Reg to);
/* a new list with elements, stars too */
void gen_list_of(Compiler *c, const void *node, AstSeq *elts, int from, Reg to);
void gen_dict_to(Compiler *c, AstDict *e, Reg to);
void gen_joined_to(Compiler *c, AstJoinedStr *e, Reg to);
void gen_formatted_to(Compiler *c, AstFormattedValue *e, Reg to);
bool has_star(const AstSeq *elts);

/* ---- gen_cond.c */
/* jump if truth of e is `when`, else fall through */
void gen_branch(Compiler *c, AstNode *e, Label label, bool when);
void gen_compare_to(Compiler *c, AstCompare *e, Reg to);
void gen_bool_to(Compiler *c, AstBoolOp *e, Reg to);
void gen_if_expr_to(Compiler *c, AstIfExp *e, Reg to);

/* ---- gen_call.c */
void gen_call_to(Compiler *c, AstCall *e, Reg to);
/* The call of R[base] with args and keywords evaluated behind it; `given` arguments stand there
** already. */
void gen_call_rest(Compiler *c, const void *node, Reg base, int given, AstSeq *args,
                   AstSeq *keywords, Reg to);

/* ---- gen_comp.c */
void gen_comprehension_to(Compiler *c, AstNode *e, Reg to);

/* ---- gen_func.c */
void gen_function_def(Compiler *c, AstNode *s);
void gen_class_def(Compiler *c, AstClassDef *s);
void gen_lambda_to(Compiler *c, AstLambda *e, Reg to);
/* make_function: R[to] = function of image function `index`; parts at base as MAKE_FUNCTION wants,
** closure added here. */
void make_function(Compiler *c, const void *node, Scope *scope, uint32_t index, Reg base, int parts,
                   Reg to);
void unit_prologue(Compiler *c, const void *node);
void gen_annotation_to(Compiler *c, AstNode *annotation, Reg to);

/* ---- gen_async.c: yield, await */
void gen_yield_to(Compiler *c, AstYield *e, Reg to);
void gen_yield_from_to(Compiler *c, AstYieldFrom *e, Reg to);
void gen_await_to(Compiler *c, AstAwait *e, Reg to);
/* R[to] = await R[value] */
void emit_await(Compiler *c, const void *node, Reg to, Reg value, int context);
void emit_delegate(Compiler *c, const void *node, Reg iterator, Reg to);

/* ---- gen_stmt.c, gen_assign.c, gen_try.c, gen_match.c */
void gen_body(Compiler *c, AstSeq *body);
void gen_assign(Compiler *c, AstAssign *s);
void gen_aug_assign(Compiler *c, AstAugAssign *s);
void gen_ann_assign(Compiler *c, AstAnnAssign *s);
void gen_delete(Compiler *c, AstNode *target);
void gen_store(Compiler *c, AstNode *target, Reg value);
void gen_try(Compiler *c, AstTry *s);
void gen_try_star(Compiler *c, AstTryStar *s);
void gen_with(Compiler *c, AstWith *s, int index);
void gen_match(Compiler *c, AstMatch *s);
void block_push(Compiler *c, Block *block, BlockKind kind, const void *node);
void block_pop(Compiler *c, Block *block);

/* ---- compile.c */
COLD void compile_fault(Compiler *c, const void *node, const char *format, ...) PRINTF_LIKE(3, 4);
COLD void compile_warn(Compiler *c, const void *node, const char *format, ...) PRINTF_LIKE(3, 4);
bool compile_enter(Compiler *c); /* recursion guard: pair with c->depth-- */
char *arena_printf(Arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
/* unbind_handler_name: name = None; del name: afterwards it is unbound whether or not the clause
** deleted it. */
void unbind_handler_name(Compiler *c, const Name *name);

#endif
