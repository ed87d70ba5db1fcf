/* fold.c -- constant expressions are computed at compile time.
**
** Only what cannot fail, cannot be observed and does not blow up the image: ints up to 126 bits,
** floats, short strings and bytes, tuples of constants, `not` of comparisons, membership tests in
** displays of constants. */
#include <math.h>
#include <stdio.h>

#include "src/compile/scopes.h"

typedef __int128 Wide;
enum { FOLDED_TEXT_MAX = 4096, FOLDED_ITEMS_MAX = 256 };
#define WIDE_LIMIT ((Wide)1 << 126)

static bool is_constant(const AstNode *e) { return e && e->kind == AST_Constant; }
static const Literal *literal_of(const AstNode *e) { return &((const AstConstant *)e)->value; }

static void replace(Arena *arena, AstNode **slot, Literal value) {
  AstConstant *node = AST_NEW(arena, Constant, **slot, .value = value);
  *slot = &node->node;
}

/* ---- ints */
static bool literal_as_wide(const Literal *l, Wide *out) {
  if (l->tag == LITERAL_INT) return *out = l->integer, true;
  if (l->tag == LITERAL_TRUE || l->tag == LITERAL_FALSE) return *out = l->tag == LITERAL_TRUE, true;
  if (l->tag != LITERAL_BIG_INT) return false;
  const char *p = l->bytes;
  bool negative = *p == '-';
  p += negative;
  if (strlen(p) > 31) return false;
  Wide n = 0;
  for (; *p; p++) n = n * 16 + (*p <= '9' ? *p - '0' : *p - 'a' + 10);
  *out = negative ? -n : n;
  return n < WIDE_LIMIT;
}

static Literal wide_to_literal(Arena *arena, Wide n) {
  if (n >= INT64_MIN && n <= INT64_MAX) return (Literal){.tag = LITERAL_INT, .integer = (int64_t)n};
  char digits[40];
  unsigned __int128 m = n < 0 ? -(unsigned __int128)n : (unsigned __int128)n;
  int at = (int)sizeof digits;
  for (; m; m >>= 4) digits[--at] = "0123456789abcdef"[(int)(m & 15)];
  if (n < 0) digits[--at] = '-';
  size_t size = sizeof digits - (size_t)at;
  return (Literal){
      .tag = LITERAL_BIG_INT, .bytes = arena_copy(arena, digits + at, size), .size = size};
}

static int bits_of(Wide n) {
  int bits = 0;
  for (unsigned __int128 m = n < 0 ? -(unsigned __int128)n : (unsigned __int128)n; m; m >>= 1)
    bits++;
  return bits;
}

static bool wide_power(Wide base, Wide exponent, Wide *out) {
  if (exponent < 0 || exponent > 126 || bits_of(base) * (int)exponent > 126) return false;
  Wide n = 1;
  for (int i = 0; i < (int)exponent; i++) n *= base;
  return *out = n, true;
}

static bool fold_ints(int op, Wide a, Wide b, Wide *out) {
  Wide q;
  switch (op) {
  case OPERATOR_Add: *out = a + b; break;
  case OPERATOR_Sub: *out = a - b; break;
  case OPERATOR_Mult:
    if (bits_of(a) + bits_of(b) > 126) return false;
    *out = a * b;
    break;
  case OPERATOR_FloorDiv:
  case OPERATOR_Mod:
    if (!b) return false;
    q = a / b;
    if (a % b && (a < 0) != (b < 0)) q--;
    *out = op == OPERATOR_Mod ? a - q * b : q;
    break;
  case OPERATOR_Pow: return wide_power(a, b, out);
  case OPERATOR_LShift:
    if (b < 0 || b > 126 || bits_of(a) + (int)b > 126) return false;
    *out = a * ((Wide)1 << (int)b);
    break;
  case OPERATOR_RShift:
    if (b < 0) return false;
    *out = b > 126 ? (a < 0 ? -1 : 0) : a >> (int)b;
    break;
  case OPERATOR_BitOr: *out = a | b; break;
  case OPERATOR_BitXor: *out = a ^ b; break;
  case OPERATOR_BitAnd: *out = a & b; break;
  default: return false;
  }
  return *out<WIDE_LIMIT && * out> - WIDE_LIMIT;
}

static bool is_bool(const Literal *l) { return l->tag == LITERAL_TRUE || l->tag == LITERAL_FALSE; }

/* ---- floats and complex numbers */
static bool literal_as_double(const Literal *l, double *out) {
  if (l->tag == LITERAL_FLOAT) return *out = l->real, true;
  if (is_bool(l)) return *out = l->tag == LITERAL_TRUE, true;
  if (l->tag != LITERAL_INT || l->integer > INT64_C(1) << 53 || l->integer < -(INT64_C(1) << 53))
    return false;
  return *out = (double)l->integer, true;
}

static bool fold_floats(int op, double a, double b, double *out) {
  switch (op) {
  case OPERATOR_Add: *out = a + b; return true;
  case OPERATOR_Sub: *out = a - b; return true;
  case OPERATOR_Mult: *out = a * b; return true;
  case OPERATOR_Div: return b != 0 && (*out = a / b, true);
  case OPERATOR_Pow: return a > 0 && (*out = pow(a, b), isfinite(*out));
  default: return false;
  }
}

static bool fold_complex(int op, const Literal *a, const Literal *b, Literal *out) {
  double ar = a->real, ai = 0, br = b->real, bi = 0;
  if (a->tag == LITERAL_COMPLEX) ai = a->imaginary;
  else if (!literal_as_double(a, &ar)) return false;
  if (b->tag == LITERAL_COMPLEX) bi = b->imaginary;
  else if (!literal_as_double(b, &br)) return false;
  if (op == OPERATOR_Add)
    *out = (Literal){.tag = LITERAL_COMPLEX, .real = ar + br, .imaginary = ai + bi};
  else if (op == OPERATOR_Sub)
    *out = (Literal){.tag = LITERAL_COMPLEX, .real = ar - br, .imaginary = ai - bi};
  else return false;
  return true;
}

/* ---- text and tuples */
static bool fold_text(Arena *arena, int op, const Literal *a, const Literal *b, Literal *out) {
  if (op == OPERATOR_Add && a->tag == b->tag && a->size + b->size <= FOLDED_TEXT_MAX) {
    char *bytes = arena_alloc(arena, a->size + b->size + 1);
    memcpy(bytes, a->bytes, a->size);
    memcpy(bytes + a->size, b->bytes, b->size);
    *out = (Literal){.tag = a->tag, .bytes = bytes, .size = a->size + b->size};
    return true;
  }
  if (op != OPERATOR_Mult) return false;
  if (a->tag == LITERAL_INT) {
    const Literal *swap = a;
    a = b, b = swap;
  }
  if (b->tag != LITERAL_INT || b->integer > FOLDED_TEXT_MAX) return false;
  size_t times = b->integer < 0 ? 0 : (size_t)b->integer;
  if (times * a->size > FOLDED_TEXT_MAX) return false;
  char *bytes = arena_alloc(arena, a->size * times + 1);
  for (size_t i = 0; i < times; i++) memcpy(bytes + i * a->size, a->bytes, a->size);
  *out = (Literal){.tag = a->tag, .bytes = bytes, .size = a->size * times};
  return true;
}

static bool fold_tuples(Arena *arena, int op, const Literal *a, const Literal *b, Literal *out) {
  int times = 1;
  if (op == OPERATOR_Mult) {
    if (a->tag == LITERAL_INT) {
      const Literal *swap = a;
      a = b, b = swap;
    }
    if (b->tag != LITERAL_INT || b->integer > FOLDED_ITEMS_MAX) return false;
    times = b->integer < 0 ? 0 : (int)b->integer;
    b = NULL;
  } else if (op != OPERATOR_Add || a->tag != LITERAL_TUPLE || b->tag != LITERAL_TUPLE) {
    return false;
  }
  int count = a->count * times + (b ? b->count : 0);
  if (count > FOLDED_ITEMS_MAX) return false;
  Literal *items = ARENA_ARRAY(arena, Literal, count + 1);
  for (int i = 0; i < times; i++)
    if (a->count) memcpy(items + i * a->count, a->items, sizeof *items * (size_t)a->count);
  if (b && b->count) memcpy(items + a->count, b->items, sizeof *items * (size_t)b->count);
  *out = (Literal){.tag = LITERAL_TUPLE, .count = count, .items = items};
  return true;
}

static bool is_text(const Literal *l) { return l->tag == LITERAL_STR || l->tag == LITERAL_BYTES; }

static void fold_binary(Arena *arena, AstNode **slot) {
  AstBinOp *e = AST_AS(BinOp, *slot);
  if (LIKELY(!is_constant(e->right) || !is_constant(e->left))) return;
  const Literal *a = literal_of(e->left), *b = literal_of(e->right);
  Literal value;
  Wide i, j, n;
  double x, y, r;
  if (literal_as_wide(a, &i) && literal_as_wide(b, &j)) {
    bool logic = e->op == OPERATOR_BitAnd || e->op == OPERATOR_BitOr || e->op == OPERATOR_BitXor;
    if (logic && is_bool(a) && is_bool(b)) return;
    if (e->op == OPERATOR_Div) {
      if (!literal_as_double(a, &x) || !literal_as_double(b, &y) || !fold_floats(e->op, x, y, &r))
        return;
      value = (Literal){.tag = LITERAL_FLOAT, .real = r};
    } else {
      if (!fold_ints(e->op, i, j, &n)) return;
      value = wide_to_literal(arena, n);
    }
  } else if (literal_as_double(a, &x) && literal_as_double(b, &y)) {
    if (!fold_floats(e->op, x, y, &r)) return;
    value = (Literal){.tag = LITERAL_FLOAT, .real = r};
  } else if (a->tag == LITERAL_COMPLEX || b->tag == LITERAL_COMPLEX) {
    if (!fold_complex(e->op, a, b, &value)) return;
  } else if (is_text(a) || is_text(b)) {
    if (!(is_text(a) ? (is_text(b) || b->tag == LITERAL_INT) : a->tag == LITERAL_INT)) return;
    if (!fold_text(arena, e->op, a, b, &value)) return;
  } else if (a->tag == LITERAL_TUPLE || b->tag == LITERAL_TUPLE) {
    if (!fold_tuples(arena, e->op, a, b, &value)) return;
  } else {
    return;
  }
  replace(arena, slot, value);
}

bool literal_is_true(const Literal *l) {
  switch (l->tag) {
  case LITERAL_NONE:
  case LITERAL_FALSE: return false;
  case LITERAL_INT: return l->integer != 0;
  case LITERAL_FLOAT: return l->real != 0;
  case LITERAL_COMPLEX: return l->real != 0 || l->imaginary != 0;
  case LITERAL_STR:
  case LITERAL_BYTES: return l->size != 0;
  case LITERAL_TUPLE:
  case LITERAL_FROZENSET: return l->count != 0;
  default: return true;
  }
}

static void fold_unary(Arena *arena, AstNode **slot) {
  AstUnaryOp *e = AST_AS(UnaryOp, *slot);
  if (e->op == UNARYOP_Not && e->operand->kind == AST_Compare) {
    static const uint8_t opposite[] = {[CMPOP_Is] = CMPOP_IsNot,
                                       [CMPOP_IsNot] = CMPOP_Is,
                                       [CMPOP_In] = CMPOP_NotIn,
                                       [CMPOP_NotIn] = CMPOP_In};
    AstCompare *compare = AST_AS(Compare, e->operand);
    if (compare->ops.count == 1 && compare->ops.items[0] >= CMPOP_Is) {
      compare->ops.items[0] = opposite[compare->ops.items[0]];
      *slot = e->operand;
    }
    return;
  }
  if (!is_constant(e->operand)) return;
  const Literal *l = literal_of(e->operand);
  Wide n;
  if (e->op == UNARYOP_Not) {
    replace(arena, slot, (Literal){.tag = literal_is_true(l) ? LITERAL_FALSE : LITERAL_TRUE});
  } else if (literal_as_wide(l, &n)) {
    replace(arena, slot,
            wide_to_literal(arena, e->op == UNARYOP_USub     ? -n
                                   : e->op == UNARYOP_Invert ? ~n
                                                             : n));
  } else if (l->tag == LITERAL_BIG_INT && e->op == UNARYOP_USub) {
    Literal value = *l;
    if (*l->bytes == '-') {
      value.bytes++, value.size--;
    } else {
      char *bytes = arena_alloc(arena, l->size + 2);
      bytes[0] = '-';
      memcpy(bytes + 1, l->bytes, l->size);
      value.bytes = bytes, value.size++;
    }
    replace(arena, slot, value);
  } else if ((l->tag == LITERAL_FLOAT || l->tag == LITERAL_COMPLEX) && e->op != UNARYOP_Invert) {
    Literal value = *l;
    if (e->op == UNARYOP_USub) {
      value.real = -value.real;
      if (l->tag == LITERAL_COMPLEX) value.imaginary = -value.imaginary;
    }
    replace(arena, slot, value);
  }
}

/* A display of constants as one constant; false: something in it is none. */
static bool collect(Arena *arena, const AstSeq *elts, LiteralTag tag, Literal *out) {
  for (int i = 0; i < elts->count; i++)
    if (!is_constant(elts->items[i])) return false;
  Literal *items = ARENA_ARRAY(arena, Literal, elts->count + 1);
  for (int i = 0; i < elts->count; i++) items[i] = *literal_of(elts->items[i]);
  *out = (Literal){.tag = tag, .count = elts->count, .items = items};
  return true;
}

/* What is only searched or iterated need not be a fresh list or set. */
static void fold_container(Arena *arena, AstNode **slot) {
  Literal value;
  AstNode *e = *slot;
  if (e->kind == AST_List
          ? collect(arena, &AST_AS(List, e)->elts, LITERAL_TUPLE, &value)
          : e->kind == AST_Set && collect(arena, &AST_AS(Set, e)->elts, LITERAL_FROZENSET, &value))
    replace(arena, slot, value);
}

static void fold_compare(Arena *arena, AstCompare *e) {
  int last = e->ops.count - 1;
  if (e->ops.items[last] == CMPOP_In || e->ops.items[last] == CMPOP_NotIn)
    fold_container(arena, &e->comparators.items[last]);
}

void fold_expr(Arena *arena, AstNode **slot, const CompileOptions *options) {
  AstNode *e = *slot;
  Literal value;
  switch (e->kind) {
  case AST_BinOp: fold_binary(arena, slot); break;
  case AST_UnaryOp: fold_unary(arena, slot); break;
  case AST_Compare: fold_compare(arena, AST_AS(Compare, e)); break;
  case AST_Tuple:
    if (AST_AS(Tuple, e)->ctx == CONTEXT_Load &&
        collect(arena, &AST_AS(Tuple, e)->elts, LITERAL_TUPLE, &value))
      replace(arena, slot, value);
    break;
  case AST_Name:
    if (AST_AS(Name, e)->ctx == CONTEXT_Load && !strcmp(AST_AS(Name, e)->id->text, "__debug__"))
      replace(arena, slot, (Literal){.tag = options->optimize ? LITERAL_FALSE : LITERAL_TRUE});
    break;
  default: break;
  }
}
