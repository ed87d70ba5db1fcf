/* suggest.c -- the nearest known name to one that does not exist: edit distance where a wrong
** letter costs 2, wrong case 1. */
#include "vm/runtime/suggest.h"
#include "vm/objects/function.h"

#include "vm/contracts/frames.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/dict.h"
#include "vm/objects/exception.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"

enum { MOVE = 2, CASE = 1, MAX_CANDIDATES = 750, MAX_LENGTH = 40 };

static int substitution(uint32_t a, uint32_t b) {
  if ((a & 31) != (b & 31)) return MOVE;
  if (a == b) return 0;
  if (a >= 'A' && a <= 'Z') a += 32;
  if (b >= 'A' && b <= 'Z') b += 32;
  return a == b ? CASE : MOVE;
}

/* distance: the cost of turning a into b, or limit + 1 when it is more than limit. */
static int distance(const Str *a, const Str *b, int limit) {
  if (a == b) return 0;
  size_t from = 0, n = a->length, m = b->length;
  while (n > from && m > from && str_at(a, from) == str_at(b, from)) from++;
  while (n > from && m > from && str_at(a, n - 1) == str_at(b, m - 1)) n--, m--;
  n -= from;
  m -= from;
  if (n == 0 || m == 0) return (int)(n + m) * MOVE;
  if (n > MAX_LENGTH || m > MAX_LENGTH) return limit + 1;
  if (m < n) {
    const Str *t = a;
    a = b, b = t;
    size_t k = n;
    n = m, m = k;
  }
  if ((int)(m - n) * MOVE > limit) return limit + 1;
  int row[MAX_LENGTH];
  for (size_t i = 0; i < n; i++) row[i] = (int)(i + 1) * MOVE;
  int result = 0;
  for (size_t j = 0; j < m; j++) {
    int diagonal = result = (int)j * MOVE, least = limit + 1;
    for (size_t i = 0; i < n; i++) {
      int changed = diagonal + substitution(str_at(b, from + j), str_at(a, from + i));
      diagonal = row[i];
      int moved = (result < diagonal ? result : diagonal) + MOVE;
      result = changed < moved ? changed : moved;
      row[i] = result;
      if (result < least) least = result;
    }
    if (least > limit) return limit + 1;
  }
  return result;
}

static Str *nearest(VM *vm, Value names, const Str *name) {
  const Value *items;
  size_t n;
  if (!sequence_view(names, &items, &n) || n >= MAX_CANDIDATES) return NULL;
  Str *best = NULL;
  int best_cost = INT32_MAX;
  for (size_t i = 0; i < n; i++) {
    if (!value_is_str(items[i])) continue;
    Str *candidate = value_object(items[i]);
    if (str_equal(candidate, name)) continue;
    int limit = (int)(name->length + candidate->length + 3) * MOVE / 6;
    if (limit > best_cost - 1) limit = best_cost - 1;
    int cost = distance(name, candidate, limit);
    if (cost > limit) continue;
    if (!best || cost < best_cost) best = candidate, best_cost = cost;
  }
  return best;
}

static Value keys_of(VM *vm, Value mapping) { return value_of(list_from_iterable(vm, mapping)); }

static Str *for_attribute(VM *vm, AttributeErrorObject *e) {
  if (!value_is_str(e->name) || e->obj == VALUE_UNBOUND) return NULL;
  Value dir = dict_get_str(vm, module_dict(vm->builtins), NAME("dir"));
  Value names = dir == VALUE_UNBOUND ? VALUE_FAIL : call1(vm, dir, e->obj);
  return names == VALUE_FAIL ? NULL : nearest(vm, names, value_object(e->name));
}

static Str *for_name(VM *vm, NameErrorObject *e) {
  if (!value_is_str(e->name) || !value_is(e->e.traceback, traceback)) return NULL;
  Traceback *tb = value_object(e->e.traceback);
  while (tb->next) tb = (Traceback *)tb->next;
  Frame *frame = (Frame *)tb->frame;
  Value locals = frame_locals(vm, frame);
  Value names = locals == VALUE_FAIL ? VALUE_FAIL : keys_of(vm, locals);
  Str *found = names == VALUE_FAIL ? NULL : nearest(vm, names, value_object(e->name));
  if (!found && !error_pending(vm))
    found = nearest(vm, keys_of(vm, value_from(frame_globals(frame))), value_object(e->name));
  if (!found && !error_pending(vm))
    found =
        nearest(vm, keys_of(vm, value_from(frame_runs(frame)->builtins)), value_object(e->name));
  return found;
}

Str *suggest_name(VM *vm, Value exception) {
  Value pending = error_take(vm);
  Type *type = value_type(exception);
  Str *found = NULL;
  if (type_is_subtype(type, TYPE_OF(AttributeError)))
    found = for_attribute(vm, value_object(exception));
  else if (type_is_subtype(type, TYPE_OF(NameError)) &&
           !type_is_subtype(type, TYPE_OF(UnboundLocalError)))
    found = for_name(vm, value_object(exception));
  error_clear(vm);
  error_restore(vm, pending);
  return found;
}
