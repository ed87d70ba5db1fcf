/* slow_spread.c -- f(*iterable, **mapping): the arguments go from the tuple and the dict straight
** into the window, and Python functions run in the loop that called. Reference: "Calls" (6.3.4),
** perf-note 0073. */
#include "vm/contracts/type.h"
#include "vm/interp/interp_verify.h"
#include "vm/interp/slow.h"
#include "vm/native/bind.h"

/* Arguments that a window takes; more go through arrays. */
enum { SPREAD_MAX = 256 };

/* The callee's header word, then the two that CALL_EX has. */
enum { CALLEE = -1, POSITIONAL = 0, KEYWORDS = 1 };

/* A dict of what ** gave: itself, if nothing can change it before it is read. */
MAY_RUN static bool take_mapping(VM *vm, Value *window, bool runs) {
  Value mapping = window[KEYWORDS];
  if (mapping == VALUE_UNBOUND || (value_is(mapping, dict) && !runs)) return true;
  Dict *dict = dict_new(vm);
  if (!dict || !slow_dict_merge(vm, dict, mapping, window[CALLEE])) return false;
  window[KEYWORDS] = value_from(dict);
  return true;
}

MAY_RUN static bool take_iterable(VM *vm, Value *window) {
  Value iterable = window[POSITIONAL], callee = window[CALLEE];
  if (!value_has_special(iterable, SPECIAL_iter) && !value_has_special(iterable, SPECIAL_getitem)) {
    Value name = callee_name(vm, callee);
    if (name != VALUE_FAIL)
      raise_type(vm, "%S argument after * must be an iterable, not %T", name, iterable);
    return false;
  }
  Tuple *tuple = tuple_from_iterable(vm, iterable);
  if (tuple) window[POSITIONAL] = value_from(tuple);
  return tuple != NULL;
}

/* take_arguments: afterwards the window has a tuple or list, and a dict or UNBOUND. */
MAY_RUN static bool take_arguments(VM *vm, Value *window) {
  Value iterable = window[POSITIONAL];
  bool runs = !value_is(iterable, tuple) && !value_is(iterable, list);
  return take_mapping(vm, window, runs) && (!runs || take_iterable(vm, window));
}

static Dict *spread_keywords(const Value *window) {
  return window[KEYWORDS] == VALUE_UNBOUND ? NULL : value_object(window[KEYWORDS]);
}

Value slow_call_ex(VM *vm, Value *window) {
  if (!take_arguments(vm, window)) return VALUE_FAIL;
  Tuple *args = value_is(window[POSITIONAL], tuple)
                    ? value_object(window[POSITIONAL])
                    : tuple_from_values(vm, list_items(value_object(window[POSITIONAL])),
                                        list_length(value_object(window[POSITIONAL])));
  return args ? call_tuple_dict(vm, window[CALLEE], args, spread_keywords(window)) : VALUE_FAIL;
}

/* The values of the dict behind the positional ones; their names. false: one is no text. */
static bool spread_dict(VM *vm, const Dict *keywords, Value *names, Value *values) {
  size_t position = 0, i = 0;
  Value v;
  while (dict_next(keywords, &position, &names[i], &v)) {
    if (!value_is_str(names[i])) return raise_type(vm, "keywords must be strings"), false;
    values[i++] = v;
  }
  return true;
}

/* enter_spread: pushes the frame of the function in the header, whose first `given` arguments and
** the dict's are to come. NULL: raised. */
MAY_RUN static InsnCell *enter_spread(VM *vm, Value *window, uint32_t given, Dict *keywords,
                                      uint64_t flags, uint32_t to, InsnCell *back) {
  uint32_t count = keywords ? (uint32_t)dict_length(keywords) : 0;
  if (!count) return enter_function(vm, window, given, NULL, flags, to, back);
  Value names[SPREAD_MAX];
  if (!spread_dict(vm, keywords, names, window + given)) return NULL;
  Function *function = frame_function(window);
  ThreadedCode *code = function->threaded;
  if (window + code->frame_size <= vm->stack_limit && vm->recursion_left > 0 &&
      bind_plain(vm, function, code, window, given, names, count)) {
    assert(window_verify(window, code));
    frame_push(vm, window, vm->base, flags, to, back);
    return code->cells;
  }
  window_fill(window, given + count);
  Tuple *kwnames = tuple_from_values(vm, names, count);
  if (!kwnames) return window_clear(window), NULL;
  return enter_function(vm, window, given, kwnames, flags, to, back);
}

/* What is called as a Python function: it, and what goes before the arguments. UNBOUND: nothing. */
typedef struct Callee {
  Function *function;
  Value self;
  uint64_t flags;
} Callee;

static bool find_callee(VM *vm, Value v, Callee *callee) {
  *callee = (Callee){.self = VALUE_UNBOUND};
  if (value_is(v, function)) {
    callee->function = value_object(v);
  } else if (value_is(v, method) && value_is(((Method *)value_object(v))->function, function)) {
    callee->function = value_object(((Method *)value_object(v))->function);
    callee->self = ((Method *)value_object(v))->self;
  } else if (value_is(v, type) && class_is_plain(value_object(v))) {
    Type *type = value_object(v);
    callee->function = value_object(type->specials[SPECIAL_init]);
    callee->self = object_new(vm, type);
    callee->flags = FRAME_INIT;
  }
  return callee->function != NULL;
}

/* spread: the call's arguments in the window of a function that runs in this loop. */
MAY_RUN static InsnCell *spread(VM *vm, Value *window, const Callee *callee, uint32_t to,
                                InsnCell *back) {
  Dict *keywords = spread_keywords(window);
  Value from = window[POSITIONAL];
  bool is_tuple = value_is(from, tuple);
  const Value *items =
      is_tuple ? ((Tuple *)value_object(from))->items : list_items(value_object(from));
  uint32_t count = (uint32_t)(is_tuple ? tuple_length(value_object(from))
                                       : list_length(value_object(from))),
           first = callee->self != VALUE_UNBOUND;
  frame_header(window)->function = value_from(callee->function);
  if (callee->flags & FRAME_INIT) frame_header(window)->extra = callee->self;
  if (first) window[0] = callee->self;
  if (count) memcpy(window + first, items, count * sizeof(Value));
  return enter_spread(vm, window, first + count, keywords, callee->flags, to, back);
}

/* Do they fit, and does nothing wait for a safepoint? (The collector would not see them.) */
static bool can_spread(const VM *vm, const Value *window) {
  Value from = window[POSITIONAL];
  size_t count =
      value_is(from, tuple) ? tuple_length(value_object(from)) : list_length(value_object(from));
  const Dict *keywords = spread_keywords(window);
  if (keywords) count += dict_length(keywords);
  return count < SPREAD_MAX && vm->stack_limit == vm->stack_end &&
         window + count + 1 + FRAME_SLACK <= vm->stack_limit;
}

InsnCell *slow_enter_spread(VM *vm, Value *window, uint32_t to, InsnCell *back) {
  if (!take_arguments(vm, window)) return NULL;
  Callee callee;
  if (can_spread(vm, window) && find_callee(vm, window[CALLEE], &callee)) {
    if (UNLIKELY(callee.self == VALUE_FAIL) || !function_threaded(vm, callee.function)) return NULL;
    return spread(vm, window, &callee, to, back);
  }
  Value result = slow_call_ex(vm, window);
  if (UNLIKELY(result == VALUE_FAIL)) return NULL;
  vm->base[to] = result;
  return back;
}
