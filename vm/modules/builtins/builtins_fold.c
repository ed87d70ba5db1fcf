/* builtins_fold.c -- min, max and sum. */
#include "vm/modules/builtins/builtins_internal.h"
#include "vm/objects/list.h"
#include "vm/objects/range.h"
#include "vm/objects/str.h"

/* ---- min, max */

typedef struct Extreme {
  Value key, otherwise;
} Extreme;

static bool read_keywords(VM *vm, const char *name, const Value *values, Tuple *kwnames,
                          Extreme *out) {
  *out = (Extreme){VALUE_NONE, VALUE_MISSING};
  for (size_t k = 0; kwnames && k < tuple_length(kwnames); k++) {
    Str *keyword = value_object(kwnames->items[k]);
    if (str_equal_cstr(keyword, "key")) out->key = values[k];
    else if (str_equal_cstr(keyword, "default")) out->otherwise = values[k];
    else
      return raise_false(vm, TYPE_OF(TypeError), "'%U' is an invalid keyword argument for %s()",
                         keyword, name);
  }
  return true;
}

typedef struct Best {
  Value item, key;
} Best; /* item UNBOUND: none yet */

static bool consider(VM *vm, Best *best, Value v, Value key_function, CompareOp op) {
  Value key = key_function == VALUE_NONE ? v : call1(vm, key_function, v);
  if (key == VALUE_FAIL) return false;
  if (best->item != VALUE_UNBOUND) {
    if (LIKELY(value_are_ints(key, best->key))) {
      bool better =
          op == COMPARE_LT ? (int64_t)key < (int64_t)best->key : (int64_t)key > (int64_t)best->key;
      if (!better) return true;
    } else {
      Value result = compare(vm, op, key, best->key);
      int better = result == VALUE_FAIL ? -1 : value_truth(vm, result);
      if (better <= 0) return better == 0;
    }
  }
  best->item = v;
  best->key = key;
  return true;
}

/* extreme_of_numbers: all arguments are immediate ints, or all are floats. */
static bool extreme_of_numbers(const Value *args, int npos, CompareOp op, Value *out) {
  Value best = args[0];
  for (int i = 1; i < npos; i++) {
    bool better;
    if (LIKELY(value_are_ints(args[i], best))) {
      better =
          op == COMPARE_LT ? (int64_t)args[i] < (int64_t)best : (int64_t)args[i] > (int64_t)best;
    } else if (value_are_floats(args[i], best)) {
      double v = value_as_float(args[i]), w = value_as_float(best);
      /* false for nan, as the comparison of objects is */
      better = op == COMPARE_LT ? v < w : v > w;
    } else {
      return false;
    }
    if (better) best = args[i];
  }
  *out = best;
  return true;
}

Value builtin_extreme(VM *vm, const char *name, CompareOp op, const Value *args, int npos,
                      Tuple *kwnames) {
  Extreme with;
  Best best = {VALUE_UNBOUND, VALUE_UNBOUND};
  if (!read_keywords(vm, name, args + npos, kwnames, &with)) return VALUE_FAIL;
  if (npos == 0) return raise_type(vm, "%s expected at least 1 argument, got 0", name);
  if (npos > 1) {
    if (!kwnames && extreme_of_numbers(args, npos, op, &best.item)) return best.item;
    if (with.otherwise != VALUE_MISSING)
      return raise_type(vm, "Cannot specify a default for %s() with multiple positional arguments",
                        name);
    for (int i = 0; i < npos; i++)
      if (!consider(vm, &best, args[i], with.key, op)) return VALUE_FAIL;
    return best.item;
  }
  Value iterator = get_iterator(vm, args[0]);
  if (iterator == VALUE_FAIL) return VALUE_FAIL;
  for (;;) {
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_FAIL) return VALUE_FAIL;
    if (v == VALUE_STOP) break;
    if (!consider(vm, &best, v, with.key, op)) return VALUE_FAIL;
  }
  if (best.item != VALUE_UNBOUND) return best.item;
  if (with.otherwise != VALUE_MISSING) return with.otherwise;
  return raise_value(vm, "%s() arg is an empty sequence", name);
}

/* ---- sum */

/* The running total stays in a C variable while items are ints (then floats) of the exact types;
** `total` else. */
typedef struct Sum {
  enum { SUM_INT, SUM_FLOAT, SUM_ANY } kind;
  int64_t integer;
  double real;
  Value total;
} Sum;

static Value sum_value(VM *vm, const Sum *sum) {
  return sum->kind == SUM_INT     ? value_int(vm, sum->integer)
         : sum->kind == SUM_FLOAT ? value_float(vm, sum->real)
                                  : sum->total;
}

static bool add_item(VM *vm, Sum *sum, Value v) {
  if (sum->kind == SUM_INT) {
    if (value_is_int(v) || value_is_bool(v)) {
      int64_t n = value_is_int(v) ? value_as_int(v) : v == VALUE_TRUE, result;
      if (!__builtin_add_overflow(sum->integer, n, &result)) return sum->integer = result, true;
    } else if (value_is_float(v) && sum->integer >= -(INT64_C(1) << 53) &&
               sum->integer <= INT64_C(1) << 53) {
      sum->kind = SUM_FLOAT;
      sum->real = (double)sum->integer + value_as_float(v);
      return true;
    }
  } else if (sum->kind == SUM_FLOAT) {
    if (value_is_float(v)) return sum->real += value_as_float(v), true;
    if (value_is_int(v)) return sum->real += (double)value_as_int(v), true;
  }
  Value total = sum_value(vm, sum);
  sum->kind = SUM_ANY;
  sum->total = binary_op(vm, BINARY_ADD, total, v);
  return sum->total != VALUE_FAIL;
}

/* sum_numbers: adds the immediate ints, then the floats that a list starts with; the iterator goes
** on behind them. False: that was all. */
static bool sum_numbers(Sum *sum, const List *list, SequenceIterator *iterator) {
  const Value *items = list_items(list);
  size_t n = list_length(list), i = 0;
  if (sum->kind == SUM_INT) {
    int64_t total = sum->integer, next;
    while (i < n && value_is_int(items[i]) &&
           !__builtin_add_overflow(total, value_as_int(items[i]), &next))
      total = next, i++;
    sum->integer = total;
    if (i < n && value_is_float(items[i]) && total >= -(INT64_C(1) << 53) &&
        total <= INT64_C(1) << 53)
      sum->kind = SUM_FLOAT, sum->real = (double)total;
  }
  if (sum->kind == SUM_FLOAT) {
    double total = sum->real;
    while (i < n && value_is_float(items[i])) total += value_as_float(items[i++]);
    sum->real = total;
  }
  iterator->index = i;
  return i < n;
}

Value builtin_sum(VM *vm, Value iterable, Value start) {
  static const struct {
    uint32_t flag;
    const char *message;
  } refused[] = {
      {TYPE_STR_SUBCLASS, "sum() can't sum strings [use ''.join(seq) instead]"},
      {TYPE_BYTES_SUBCLASS, "sum() can't sum bytes [use b''.join(seq) instead]"},
      {TYPE_BYTEARRAY_SUBCLASS, "sum() can't sum bytearray [use b''.join(seq) instead]"},
  };
  Sum sum = {.kind = SUM_INT};
  Value iterator = get_iterator(vm, iterable);
  if (iterator == VALUE_FAIL) return VALUE_FAIL;
  if (start != VALUE_MISSING) {
    for (size_t i = 0; i < ARRAY_COUNT(refused); i++)
      if (value_has_flag(start, refused[i].flag)) return raise_type(vm, "%s", refused[i].message);
    if (value_is_int(start)) sum.integer = value_as_int(start);
    else if (value_is_float(start)) sum.kind = SUM_FLOAT, sum.real = value_as_float(start);
    else sum.kind = SUM_ANY, sum.total = start;
  }
  if (value_is(iterable, list) &&
      !sum_numbers(&sum, value_object(iterable), value_object(iterator)))
    return sum_value(vm, &sum);
  for (;;) {
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_STOP) return sum_value(vm, &sum);
    if (v == VALUE_FAIL || !add_item(vm, &sum, v)) return VALUE_FAIL;
  }
}
