/* decimal.h -- the module _decimal: Decimal, Context and what belongs to them, over the arithmetic
** of number.h.
**
**     Decimal   header | exponent | low | high     up to 36 digits: the limbs themselves, in blocks
**                                                  that the collector does not scan
**               header | exponent | cell | digits  more: a RawBytes with the limbs, and how many
**                                                  digits they have
**
** The header's own bits: sign, kind, large or not, digits of a small one. All are immutable.
** Law: a small one's `high` limb is 0 unless it has more than 18 digits; of a special one without
** payload both are 0.
**
** decimal.c objects and operations · convert.c from and to other numbers · classes: number_class.c,
** context_class.c · signals.c exceptions and their mapping · format.c __format__ · module.c */
#ifndef KRAIT_DECIMAL_H
#define KRAIT_DECIMAL_H

#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/decimal/limbs.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

typedef struct Decimal {
  Object h;
  int64_t exponent;
  Limb low, high;
} Decimal;
enum {
  DECIMAL_NEGATIVE = 1 << OBJ_USER_SHIFT,
  DECIMAL_KIND_SHIFT = OBJ_USER_SHIFT + 1, /* 2 bits */
  DECIMAL_LARGE = 1 << (OBJ_USER_SHIFT + 3),
  DECIMAL_DIGITS_SHIFT = OBJ_USER_SHIFT + 4, /* 6 bits */
  DECIMAL_SMALL_DIGITS = 36,
};

typedef struct DecimalContext {
  Object h;
  Settings s;
  uint32_t status, traps; /* STATUS_… */
  int capitals;
  Value flags_view, traps_view; /* SignalDicts */
} DecimalContext;

/* ---- numbers and objects (decimal.c) */
static inline bool value_is_decimal(Value v) { /* of any class */
  return value_is(v, decimal_Decimal) ||
         (value_is_pointer(v) &&
          type_is_subtype(object_type(value_object(v)), TYPE_OF(decimal_Decimal)));
}
static inline int decimal_kind(const Decimal *d) { return d->h.bits >> DECIMAL_KIND_SHIFT & 3; }
static inline bool decimal_is_negative(const Decimal *d) {
  return (d->h.bits & DECIMAL_NEGATIVE) != 0;
}
static inline int64_t decimal_digits(const Decimal *d) {
  return UNLIKELY(d->h.bits & DECIMAL_LARGE) ? (int64_t)d->high
                                             : (int64_t)(d->h.bits >> DECIMAL_DIGITS_SHIFT & 63);
}
/* decimal_number: a view of the object's number, valid while it lives. */
void decimal_number(const Decimal *d, Number *out);
/* decimal_new: an instance of cls; VALUE_FAIL: MemoryError */
MUST_USE Value decimal_new(VM *vm, Type *cls, const Number *n);

/* An operand: a Decimal, or an int seen as one. */
typedef struct Operand {
  Number n;
  Limb room[2];
  Value holder; /* what its limbs live in */
} Operand;
/* operand_of: NO: neither a Decimal nor an int. */
MUST_USE MAY_RUN Answer operand_of(VM *vm, Value v, Operand *out);
/* operand_check: the same, TypeError "conversion from X to Decimal is not supported". */
MUST_USE MAY_RUN bool operand_check(VM *vm, Value v, Operand *out);

/* One run of an operation of number.h. */
typedef struct Operation Operation;
struct Operation {
  void (*apply)(Operation *op);
  union {
    UnaryOperation *unary;
    BinaryOperation *binary;
  };
  const Settings *settings;
  Number a, b, c;
  const void *source; /* what a conversion reads */
  int64_t size;
  double real;
  int64_t cost;       /* besides the operands' limbs */
  bool slow;          /* costs more than that: the precision counts */
  uint64_t *words[2]; /* integral results: binary, and their sizes */
  int64_t word_counts[2];
  Number result, second;
  Work work;
};
/* operation_begin: no operands yet. Its Work is not cleared: it is large, and operation_run begins
** it. */
static inline void operation_begin(Operation *op, void (*apply)(Operation *op),
                                   const Settings *settings) {
  op->apply = apply, op->settings = settings;
  op->a.count = op->b.count = op->c.count = op->cost = 0;
  op->slow = false;
}
/* operation_run: false: an exception is pending; the result's limbs live until operation_end. */
MUST_USE MAY_RUN bool operation_run(VM *vm, Operation *op);
static inline void operation_end(Operation *op) { work_deinit(&op->work); }
void apply_unary(Operation *op);
void apply_binary(Operation *op);
void apply_parse(Operation *op);
void apply_finish(Operation *op); /* a, made to fit */
/* decimal_unary, decimal_binary: a new Decimal by an operation in a context, which notes
** conditions. */
MUST_USE MAY_RUN Value decimal_unary(VM *vm, UnaryOperation *unary, const Number *a,
                                     DecimalContext *context, bool slow);
MUST_USE MAY_RUN Value decimal_binary(VM *vm, BinaryOperation *binary, const Number *a,
                                      const Number *b, DecimalContext *context, bool slow);
/* decimal_finish: op->result as a Decimal of cls, its conditions noted in context (NULL: they are
** not). Ends op. */
MUST_USE Value decimal_finish(VM *vm, Type *cls, Operation *op, DecimalContext *context);
/* decimal_divmod: a tuple. */
MUST_USE MAY_RUN Value decimal_divmod(VM *vm, const Number *a, const Number *b,
                                      DecimalContext *context);
MUST_USE MAY_RUN Value decimal_ternary(VM *vm, void (*apply)(Operation *op), const Number *a,
                                       const Number *b, const Number *c, DecimalContext *context);
void apply_fma(Operation *op);
void apply_powmod(Operation *op);

/* ---- conversions (convert.c). Of cls; exactly, or fitting the context */
MUST_USE MAY_RUN Value decimal_from_int(VM *vm, Type *cls, Value n, DecimalContext *context,
                                        bool exact);
MUST_USE MAY_RUN Value decimal_from_float(VM *vm, Type *cls, double d, DecimalContext *context,
                                          bool exact);
MUST_USE MAY_RUN Value decimal_from_value(VM *vm, Type *cls, Value v, DecimalContext *context,
                                          bool exact);
/* decimal_to_int: rounded as `rounding`; ValueError, OverflowError for what is not finite. */
MUST_USE MAY_RUN Value decimal_to_int(VM *vm, const Number *a, Rounding rounding);
MUST_USE bool decimal_to_double(VM *vm, const Number *a, double *out);
MUST_USE MAY_RUN Value decimal_ratio(VM *vm, const Number *a);
MUST_USE MAY_RUN Value decimal_tuple(VM *vm, const Number *a);
MUST_USE Value decimal_text(VM *vm, const Number *a, bool engineering, bool capitals);
MUST_USE MAY_RUN Value decimal_compare(VM *vm, CompareOp op, Value self, Value other);
MUST_USE bool decimal_hash(VM *vm, Value self, uint64_t *out);
/* ---- format.c */
MUST_USE MAY_RUN Value decimal_format(VM *vm, const Number *a, Str *spec, Value override,
                                      const DecimalContext *context);

/* ---- contexts (context.c) */
static inline bool value_is_context(Value v) {
  return value_is(v, decimal_Context) ||
         (value_is_pointer(v) &&
          type_is_subtype(object_type(value_object(v)), TYPE_OF(decimal_Context)));
}
/* context_current: the thread's, made when there is none; NULL: raised. */
MUST_USE MAY_RUN DecimalContext *context_current_slow(VM *vm);
/* context_argument: v, or the current one if it is None or MISSING; TypeError */
MUST_USE MAY_RUN DecimalContext *context_argument(VM *vm, Value v);
MUST_USE MAY_RUN bool context_install(VM *vm, DecimalContext *context);
MUST_USE DecimalContext *context_make(VM *vm, Type *cls);
MUST_USE DecimalContext *context_copy(VM *vm, const DecimalContext *context);
/* context_set_prec: an attribute; AttributeError, ValueError, TypeError */
MUST_USE bool context_set_prec(VM *vm, DecimalContext *context, Value v);
MUST_USE bool context_set_emax(VM *vm, DecimalContext *context, Value v);
MUST_USE bool context_set_emin(VM *vm, DecimalContext *context, Value v);
MUST_USE bool context_set_capitals(VM *vm, DecimalContext *context, Value v);
MUST_USE bool context_set_clamp(VM *vm, DecimalContext *context, Value v);
MUST_USE bool context_set_rounding(VM *vm, DecimalContext *context, Value v);
MUST_USE bool rounding_of(VM *vm, Value v, uint8_t *out);
extern const char *const rounding_names[ROUNDING_COUNT];
MUST_USE MAY_RUN bool decimal_contexts_init(VM *vm, Module *module);

/* What the module remembers. Rooted by decimal_contexts_init and decimal_signals_init. */
enum { SIGNAL_COUNT = 9, CONDITION_COUNT = 5 };
extern struct DecimalState {
  Value module;        /* the first one; 0: not imported yet */
  Value variable;      /* the ContextVar */
  Value seen, current; /* contextvars' Context that was asked last, and what it answered */
  Value initial, basic, extended; /* DefaultContext, BasicContext, ExtendedContext */
  Value signals[SIGNAL_COUNT], conditions[CONDITION_COUNT]; /* classes */
  Value signal_dict, tuple, rational, base_exception;       /* classes */
} decimal_state;
MUST_USE MAY_RUN static inline DecimalContext *context_current(VM *vm) {
  if (LIKELY(vm->context == decimal_state.seen && value_is_pointer(vm->context)))
    return value_object(decimal_state.current);
  return context_current_slow(vm);
}

/* ---- signals (signals.c) */
MUST_USE MAY_RUN bool decimal_signals_init(VM *vm, Module *module);
/* signals_raise: the exception of the first trapped condition; false */
COLD bool signals_raise(VM *vm, uint32_t trapped);
/* context_note: conditions were met; false: one is trapped, raised */
MUST_USE static inline bool context_note(VM *vm, DecimalContext *context, uint32_t status) {
  context->status |= status;
  uint32_t trapped = status & context->traps;
  return LIKELY(!trapped) || signals_raise(vm, trapped);
}
extern const uint32_t signal_bits[SIGNAL_COUNT];
MUST_USE Value signal_dict_new(VM *vm, DecimalContext *context, bool of_traps);
/* signals_from_mapping: the bits that a SignalDict, a dict or a list of signals says */
MUST_USE MAY_RUN bool signals_from_mapping(VM *vm, Value v, uint32_t *out);
MUST_USE bool signals_from_list(VM *vm, Value v, uint32_t *out);
MUST_USE Value signals_list(VM *vm, uint32_t bits);
MUST_USE Str *signals_text(VM *vm, uint32_t bits);

#endif
