/* unparse.c -- expressions back to text, in the form that annotations take under `from __future__
** import annotations`: minimal parentheses, one space around operators, reprs for constants. */
#include <math.h>
#include <stdio.h>

#include "src/compile/compile.h"
#include "vm/base/float_text.h"
#include "vm/base/unicode.h"
#include "vm/base/utf8.h"

enum Level {
  LEVEL_TUPLE,
  LEVEL_TEST,
  LEVEL_OR,
  LEVEL_AND,
  LEVEL_NOT,
  LEVEL_COMPARE,
  LEVEL_EXPR,
  LEVEL_BOR = LEVEL_EXPR,
  LEVEL_XOR,
  LEVEL_BAND,
  LEVEL_SHIFT,
  LEVEL_ARITH,
  LEVEL_TERM,
  LEVEL_FACTOR,
  LEVEL_POWER,
  LEVEL_AWAIT,
  LEVEL_ATOM,
};

static void put_expr(Buffer *out, const AstNode *e, int level);
static void put(Buffer *out, const char *text) { buffer_add_text(out, text); }
static void put_name(Buffer *out, const Name *name) { buffer_add(out, name->text, name->size); }

static void open_if(Buffer *out, bool needed) {
  if (needed) put(out, "(");
}
static void close_if(Buffer *out, bool needed) {
  if (needed) put(out, ")");
}

/* ---- constants */
static void put_escaped(Buffer *out, uint32_t ch, char quote) {
  uint8_t utf8[4];
  if (ch == '\\' || ch == (uint8_t)quote) buffer_printf(out, "\\%c", (char)ch);
  else if (ch == '\n') put(out, "\\n");
  else if (ch == '\r') put(out, "\\r");
  else if (ch == '\t') put(out, "\\t");
  else if (ch >= ' ' && ch < 0x7F) buffer_add_byte(out, (uint8_t)ch);
  else if (!is_surrogate(ch) && unicode_is_printable(ch)) buffer_add(out, utf8, utf8_put(utf8, ch));
  else if (ch < 0x100) buffer_printf(out, "\\x%02x", ch);
  else if (ch < 0x10000) buffer_printf(out, "\\u%04x", ch);
  else buffer_printf(out, "\\U%08x", ch);
}

static void put_quoted(Buffer *out, const char *bytes, size_t size, bool is_bytes) {
  char quote = memchr(bytes, '\'', size) && !memchr(bytes, '"', size) ? '"' : '\'';
  buffer_add_byte(out, (uint8_t)quote);
  for (size_t i = 0; i < size;) {
    uint8_t byte = (uint8_t)bytes[i];
    if (is_bytes && byte >= 0x7F) buffer_printf(out, "\\x%02x", byte), i++;
    else if (is_bytes) put_escaped(out, byte, quote), i++;
    else put_escaped(out, utf8_next((const uint8_t *)bytes, &i), quote);
  }
  buffer_add_byte(out, (uint8_t)quote);
}

static void put_big_int(Buffer *out, const char *hex) {
  if (*hex == '-') put(out, "-"), hex++;
  size_t size = strlen(hex), count = 1;
  uint32_t groups[4096] = {0}; /* nine decimal digits each, low first */
  for (size_t i = 0; i < size; i++) {
    uint64_t carry = (uint64_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
    for (size_t j = 0; j < count; j++) {
      carry += (uint64_t)groups[j] * 16;
      groups[j] = (uint32_t)(carry % 1000000000), carry /= 1000000000;
    }
    if (carry && count < ARRAY_COUNT(groups)) groups[count++] = (uint32_t)carry;
  }
  buffer_printf(out, "%u", groups[count - 1]);
  while (count-- > 1) buffer_printf(out, "%09u", groups[count - 1]);
}

static void put_float(Buffer *out, double v) {
  char text[FLOAT_REPR_SIZE];
  if (isinf(v)) put(out, v < 0 ? "-1e309" : "1e309");
  else buffer_add(out, text, float_repr(v, text));
}

static void put_imaginary(Buffer *out, double v) {
  char text[FLOAT_REPR_SIZE];
  if (isinf(v)) put(out, v < 0 ? "-1e309j" : "1e309j");
  else {
    size_t size = float_repr(v, text);
    if (size > 2 && !memcmp(text + size - 2, ".0", 2)) size -= 2;
    buffer_add(out, text, size);
    put(out, "j");
  }
}

static void put_literal(Buffer *out, const Literal *l) {
  switch (l->tag) {
  case LITERAL_NONE: put(out, "None"); break;
  case LITERAL_FALSE: put(out, "False"); break;
  case LITERAL_TRUE: put(out, "True"); break;
  case LITERAL_ELLIPSIS: put(out, "..."); break;
  case LITERAL_INT: buffer_printf(out, "%lld", (long long)l->integer); break;
  case LITERAL_BIG_INT: put_big_int(out, l->bytes); break;
  case LITERAL_FLOAT: put_float(out, l->real); break;
  case LITERAL_COMPLEX:
    if (l->real == 0 && !signbit(l->real)) {
      put_imaginary(out, l->imaginary);
      break;
    }
    put(out, "(");
    put_float(out, l->real);
    if (!signbit(l->imaginary)) put(out, "+");
    put_imaginary(out, l->imaginary);
    put(out, ")");
    break;
  case LITERAL_STR: put_quoted(out, l->bytes, l->size, false); break;
  case LITERAL_BYTES:
    put(out, "b");
    put_quoted(out, l->bytes, l->size, true);
    break;
  case LITERAL_TUPLE:
  case LITERAL_FROZENSET:
    put(out, l->tag == LITERAL_TUPLE ? "(" : "frozenset({");
    for (int i = 0; i < l->count; i++) {
      if (i) put(out, ", ");
      put_literal(out, &l->items[i]);
    }
    put(out, l->tag == LITERAL_FROZENSET ? "})" : l->count == 1 ? ",)" : ")");
    break;
  }
}

/* ---- lists of things */
static void put_list(Buffer *out, const AstSeq *list, int level) {
  for (int i = 0; i < list->count; i++) {
    if (i) put(out, ", ");
    put_expr(out, list->items[i], level);
  }
}

static void put_tuple(Buffer *out, const AstTuple *e, int level) {
  if (!e->elts.count) {
    put(out, "()");
    return;
  }
  open_if(out, level > LEVEL_TUPLE);
  put_list(out, &e->elts, LEVEL_TEST);
  if (e->elts.count == 1) put(out, ",");
  close_if(out, level > LEVEL_TUPLE);
}

static void put_dict(Buffer *out, const AstDict *e) {
  put(out, "{");
  for (int i = 0; i < e->values.count; i++) {
    if (i) put(out, ", ");
    if (e->keys.items[i]) {
      put_expr(out, e->keys.items[i], LEVEL_TEST);
      put(out, ": ");
      put_expr(out, e->values.items[i], LEVEL_TEST);
    } else {
      put(out, "**");
      put_expr(out, e->values.items[i], LEVEL_EXPR);
    }
  }
  put(out, "}");
}

static void put_comprehension(Buffer *out, const char *open, const AstNode *elt,
                              const AstNode *value, const AstSeq *loops, const char *close) {
  put(out, open);
  put_expr(out, elt, LEVEL_TEST);
  if (value) {
    put(out, ": ");
    put_expr(out, value, LEVEL_TEST);
  }
  for (int i = 0; i < loops->count; i++) {
    const AstComprehension *loop = AST_AS(Comprehension, loops->items[i]);
    put(out, loop->is_async ? " async for " : " for ");
    put_expr(out, loop->target, LEVEL_TUPLE);
    put(out, " in ");
    put_expr(out, loop->iter, LEVEL_TEST + 1);
    for (int j = 0; j < loop->ifs.count; j++) {
      put(out, " if ");
      put_expr(out, loop->ifs.items[j], LEVEL_TEST + 1);
    }
  }
  put(out, close);
}

/* ---- parameters */
typedef struct Separated {
  Buffer *out;
  bool started;
} Separated;
static void next_item(Separated *list) {
  if (list->started) put(list->out, ", ");
  list->started = true;
}

static void put_arg(Buffer *out, const AstArg *arg) {
  put_name(out, arg->arg);
  if (!arg->annotation) return;
  put(out, ": ");
  put_expr(out, arg->annotation, LEVEL_TEST);
}

static void put_default(Buffer *out, const AstNode *value) {
  if (!value) return;
  put(out, "=");
  put_expr(out, value, LEVEL_TEST);
}

static void put_arguments(Buffer *out, const AstArguments *args) {
  Separated list = {out, false};
  int positional = args->posonlyargs.count, total = positional + args->args.count;
  for (int i = 0; i < total; i++) {
    next_item(&list);
    put_arg(out, AST_AS(Arg, i < positional ? args->posonlyargs.items[i]
                                            : args->args.items[i - positional]));
    int from = i - (total - args->defaults.count);
    if (from >= 0) put_default(out, args->defaults.items[from]);
    if (positional && i + 1 == positional) put(out, ", /");
  }
  if (args->vararg || args->kwonlyargs.count) {
    next_item(&list);
    put(out, "*");
    if (args->vararg) put_arg(out, args->vararg);
  }
  for (int i = 0; i < args->kwonlyargs.count; i++) {
    next_item(&list);
    put_arg(out, AST_AS(Arg, args->kwonlyargs.items[i]));
    put_default(out, args->kw_defaults.items[i]);
  }
  if (args->kwarg) {
    next_item(&list);
    put(out, "**");
    put_arg(out, args->kwarg);
  }
}

/* ---- f-strings: the body is made first, then quoted as a whole */
static void put_fstring_body(Buffer *out, const AstNode *e);

static void put_braces_doubled(Buffer *out, const Literal *l) {
  for (size_t i = 0; i < l->size; i++) {
    buffer_add_byte(out, (uint8_t)l->bytes[i]);
    if (l->bytes[i] == '{' || l->bytes[i] == '}') buffer_add_byte(out, (uint8_t)l->bytes[i]);
  }
}

static void put_replacement(Buffer *out, const AstFormattedValue *e) {
  Buffer inner = {0};
  put_expr(&inner, e->value, LEVEL_TEST + 1);
  put(out, inner.size && inner.bytes[0] == '{' ? "{ " : "{");
  buffer_add(out, inner.bytes, inner.size);
  buffer_deinit(&inner);
  if (e->conversion > 0) buffer_printf(out, "!%c", e->conversion);
  if (e->format_spec) {
    put(out, ":");
    put_fstring_body(out, e->format_spec);
  }
  put(out, "}");
}

static void put_fstring_body(Buffer *out, const AstNode *e) {
  if (e->kind == AST_Constant) put_braces_doubled(out, &((const AstConstant *)e)->value);
  else if (e->kind == AST_FormattedValue) put_replacement(out, (const AstFormattedValue *)e);
  else if (e->kind == AST_JoinedStr)
    for (int i = 0; i < ((const AstJoinedStr *)e)->values.count; i++)
      put_fstring_body(out, ((const AstJoinedStr *)e)->values.items[i]);
}

static void put_fstring(Buffer *out, const AstNode *e) {
  Buffer body = {0};
  put_fstring_body(&body, e);
  put(out, "f");
  put_quoted(out, buffer_text(&body), body.size, false);
  if (body.failed) (void)buffer_fail(out);
  buffer_deinit(&body);
}

/* ---- operators */
static const struct {
  const char *text;
  int level;
  bool right;
} binary_ops[] = {[OPERATOR_Add] = {" + ", LEVEL_ARITH, false},
                  [OPERATOR_Sub] = {" - ", LEVEL_ARITH, false},
                  [OPERATOR_Mult] = {" * ", LEVEL_TERM, false},
                  [OPERATOR_MatMult] = {" @ ", LEVEL_TERM, false},
                  [OPERATOR_Div] = {" / ", LEVEL_TERM, false},
                  [OPERATOR_Mod] = {" % ", LEVEL_TERM, false},
                  [OPERATOR_LShift] = {" << ", LEVEL_SHIFT, false},
                  [OPERATOR_RShift] = {" >> ", LEVEL_SHIFT, false},
                  [OPERATOR_BitOr] = {" | ", LEVEL_BOR, false},
                  [OPERATOR_BitXor] = {" ^ ", LEVEL_XOR, false},
                  [OPERATOR_BitAnd] = {" & ", LEVEL_BAND, false},
                  [OPERATOR_FloorDiv] = {" // ", LEVEL_TERM, false},
                  [OPERATOR_Pow] = {" ** ", LEVEL_POWER, true}};

static void put_binary(Buffer *out, const AstBinOp *e, int level) {
  int own = binary_ops[e->op].level;
  bool right = binary_ops[e->op].right;
  open_if(out, level > own);
  put_expr(out, e->left, own + right);
  put(out, binary_ops[e->op].text);
  put_expr(out, e->right, own + !right);
  close_if(out, level > own);
}

static void put_compare(Buffer *out, const AstCompare *e, int level) {
  static const char *const ops[] = {" == ", " != ", " < ",      " <= ", " > ",
                                    " >= ", " is ", " is not ", " in ", " not in "};
  open_if(out, level > LEVEL_COMPARE);
  put_expr(out, e->left, LEVEL_COMPARE + 1);
  for (int i = 0; i < e->ops.count; i++) {
    put(out, ops[e->ops.items[i]]);
    put_expr(out, e->comparators.items[i], LEVEL_COMPARE + 1);
  }
  close_if(out, level > LEVEL_COMPARE);
}

static void put_bool(Buffer *out, const AstBoolOp *e, int level) {
  int own = e->op == BOOLOP_And ? LEVEL_AND : LEVEL_OR;
  open_if(out, level > own);
  for (int i = 0; i < e->values.count; i++) {
    if (i) put(out, e->op == BOOLOP_And ? " and " : " or ");
    put_expr(out, e->values.items[i], own + 1);
  }
  close_if(out, level > own);
}

static void put_call(Buffer *out, const AstCall *e) {
  put_expr(out, e->func, LEVEL_ATOM);
  if (e->args.count == 1 && !e->keywords.count && e->args.items[0]->kind == AST_GeneratorExp) {
    put_expr(out, e->args.items[0], LEVEL_ATOM);
    return;
  }
  put(out, "(");
  put_list(out, &e->args, LEVEL_TEST);
  for (int i = 0; i < e->keywords.count; i++) {
    const AstKeyword *keyword = AST_AS(Keyword, e->keywords.items[i]);
    if (i || e->args.count) put(out, ", ");
    if (keyword->arg) put_name(out, keyword->arg), put(out, "=");
    else put(out, "**");
    put_expr(out, keyword->value, LEVEL_TEST);
  }
  put(out, ")");
}

static void put_slice(Buffer *out, const AstSlice *e) {
  if (e->lower) put_expr(out, e->lower, LEVEL_TEST);
  put(out, ":");
  if (e->upper) put_expr(out, e->upper, LEVEL_TEST);
  if (!e->step) return;
  put(out, ":");
  put_expr(out, e->step, LEVEL_TEST);
}

static void put_lambda(Buffer *out, const AstLambda *e, int level) {
  const AstArguments *args = e->args;
  bool any = args->posonlyargs.count || args->args.count || args->vararg ||
             args->kwonlyargs.count || args->kwarg;
  open_if(out, level > LEVEL_TEST);
  put(out, any ? "lambda " : "lambda");
  put_arguments(out, args);
  put(out, ": ");
  put_expr(out, e->body, LEVEL_TEST);
  close_if(out, level > LEVEL_TEST);
}

static void put_prefixed(Buffer *out, const char *prefix, const AstNode *e, int level, int own,
                         int inner) {
  open_if(out, level > own);
  put(out, prefix);
  put_expr(out, e, inner);
  close_if(out, level > own);
}

static void put_unary(Buffer *out, const AstUnaryOp *e, int level) {
  static const char *const ops[] = {
      [UNARYOP_Invert] = "~", [UNARYOP_Not] = "not ", [UNARYOP_UAdd] = "+", [UNARYOP_USub] = "-"};
  int own = e->op == UNARYOP_Not ? LEVEL_NOT : LEVEL_FACTOR;
  put_prefixed(out, ops[e->op], e->operand, level, own, own);
}

/* An int's dot would be one of a float. */
static void put_attribute(Buffer *out, const AstAttribute *e) {
  put_expr(out, e->value, LEVEL_ATOM);
  const AstConstant *constant = e->value->kind == AST_Constant ? AST_AS(Constant, e->value) : NULL;
  bool is_int =
      constant && (constant->value.tag == LITERAL_INT || constant->value.tag == LITERAL_BIG_INT);
  put(out, is_int ? " ." : ".");
  put_name(out, e->attr);
}

static void put_subscript(Buffer *out, const AstSubscript *e) {
  put_expr(out, e->value, LEVEL_ATOM);
  put(out, "[");
  put_expr(out, e->slice, LEVEL_TUPLE);
  put(out, "]");
}

static void put_conditional(Buffer *out, const AstIfExp *e, int level) {
  open_if(out, level > LEVEL_TEST);
  put_expr(out, e->body, LEVEL_TEST + 1);
  put(out, " if ");
  put_expr(out, e->test, LEVEL_TEST + 1);
  put(out, " else ");
  put_expr(out, e->orelse, LEVEL_TEST);
  close_if(out, level > LEVEL_TEST);
}

static void put_named(Buffer *out, const AstNamedExpr *e, int level) {
  open_if(out, level > LEVEL_TUPLE);
  put_expr(out, e->target, LEVEL_ATOM);
  put(out, " := ");
  put_expr(out, e->value, LEVEL_ATOM);
  close_if(out, level > LEVEL_TUPLE);
}

/* put_yield: `keyword` ends with a space before a value. */
static void put_yield(Buffer *out, const char *keyword, const AstNode *value) {
  put(out, "(");
  put(out, keyword);
  if (value) put_expr(out, value, LEVEL_TEST);
  put(out, ")");
}

static void put_constant(Buffer *out, const AstConstant *e) {
  if (e->kind) put(out, "u");
  put_literal(out, &e->value);
}

static void put_items(Buffer *out, const char *open, const AstSeq *items, const char *close) {
  put(out, open);
  put_list(out, items, LEVEL_TEST);
  put(out, close);
}

/* put_display: what makes a container of its items: listed, or by a comprehension. */
static void put_display(Buffer *out, AstNode *e, int level) {
  switch (e->kind) {
  case AST_Dict: put_dict(out, AST_AS(Dict, e)); break;
  case AST_Set: put_items(out, "{", &AST_AS(Set, e)->elts, "}"); break;
  case AST_List: put_items(out, "[", &AST_AS(List, e)->elts, "]"); break;
  case AST_Tuple: put_tuple(out, AST_AS(Tuple, e), level); break;
  case AST_GeneratorExp:
    put_comprehension(out, "(", AST_AS(GeneratorExp, e)->elt, NULL,
                      &AST_AS(GeneratorExp, e)->generators, ")");
    break;
  case AST_ListComp:
    put_comprehension(out, "[", AST_AS(ListComp, e)->elt, NULL, &AST_AS(ListComp, e)->generators,
                      "]");
    break;
  case AST_SetComp:
    put_comprehension(out, "{", AST_AS(SetComp, e)->elt, NULL, &AST_AS(SetComp, e)->generators,
                      "}");
    break;
  case AST_DictComp:
    put_comprehension(out, "{", AST_AS(DictComp, e)->key, AST_AS(DictComp, e)->value,
                      &AST_AS(DictComp, e)->generators, "}");
    break;
  default: panic("no expression: kind %d", e->kind);
  }
}

static void put_expr(Buffer *out, const AstNode *node, int level) {
  AstNode *e = (AstNode *)node;
  switch (e->kind) {
  case AST_Constant: put_constant(out, AST_AS(Constant, e)); break;
  case AST_Name: put_name(out, AST_AS(Name, e)->id); break;
  case AST_Attribute: put_attribute(out, AST_AS(Attribute, e)); break;
  case AST_Subscript: put_subscript(out, AST_AS(Subscript, e)); break;
  case AST_Slice: put_slice(out, AST_AS(Slice, e)); break;
  case AST_BinOp: put_binary(out, AST_AS(BinOp, e), level); break;
  case AST_BoolOp: put_bool(out, AST_AS(BoolOp, e), level); break;
  case AST_UnaryOp: put_unary(out, AST_AS(UnaryOp, e), level); break;
  case AST_Compare: put_compare(out, AST_AS(Compare, e), level); break;
  case AST_Call: put_call(out, AST_AS(Call, e)); break;
  case AST_Lambda: put_lambda(out, AST_AS(Lambda, e), level); break;
  case AST_IfExp: put_conditional(out, AST_AS(IfExp, e), level); break;
  case AST_NamedExpr: put_named(out, AST_AS(NamedExpr, e), level); break;
  case AST_Yield:
    put_yield(out, AST_AS(Yield, e)->value ? "yield " : "yield", AST_AS(Yield, e)->value);
    break;
  case AST_YieldFrom: put_yield(out, "yield from ", AST_AS(YieldFrom, e)->value); break;
  case AST_Await:
    put_prefixed(out, "await ", AST_AS(Await, e)->value, level, LEVEL_AWAIT, LEVEL_ATOM);
    break;
  case AST_Starred:
    put_prefixed(out, "*", AST_AS(Starred, e)->value, 0, LEVEL_EXPR, LEVEL_EXPR);
    break;
  case AST_JoinedStr:
  case AST_FormattedValue: put_fstring(out, e); break;
  default: put_display(out, e, level);
  }
}

void unparse_expr(Buffer *out, const AstNode *expr) { put_expr(out, expr, LEVEL_TEST); }
