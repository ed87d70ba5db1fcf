/* slow_misc.c -- unpacking, building, with, iteration of async things, raise: one function an
** instruction. */
#include "vm/interp/misses.h"
#include "vm/interp/slow.h"
#include "vm/objects/dict.h"
#include "vm/objects/exception.h"
#include "vm/objects/iterators.h"
#include "vm/objects/module.h"
#include "vm/objects/range.h"

/* ---- unpacking */
static COLD bool wrong_count(VM *vm, bool too_many, uint32_t expected, uint32_t got,
                             bool at_least) {
  if (too_many) raise_value(vm, "too many values to unpack (expected %d)", (int)expected);
  else
    raise_value(vm, "not enough values to unpack (expected %s%d, got %d)",
                at_least ? "at least " : "", (int)expected, (int)got);
  return false;
}

static Value unpack_iterator(VM *vm, Value v) {
  Value iterator = get_iterator(vm, v);
  if (iterator == VALUE_FAIL && error_is(vm, TYPE_OF(TypeError)) &&
      !value_has_special(v, SPECIAL_iter) && !value_has_special(v, SPECIAL_getitem)) {
    error_clear(vm);
    raise_type(vm, "cannot unpack non-iterable %T object", v);
  }
  return iterator;
}

bool slow_unpack(VM *vm, Value *to, Value v, uint32_t count) {
  const Value *items;
  size_t n;
  if ((value_is(v, list) || value_is(v, tuple)) && sequence_view(v, &items, &n)) {
    if (UNLIKELY(n != count)) return wrong_count(vm, n > count, count, (uint32_t)n, false);
    for (uint32_t i = 0; i < count; i++) to[i] = items[i];
    return true;
  }
  Value iterator = unpack_iterator(vm, v);
  if (value_is_fail(iterator)) return false;
  /* the targets may be variables: they change only when all is well */
  List *got = list_new(vm, count);
  if (!got) return false;
  for (uint32_t i = 0; i < count; i++) {
    Value item = iterator_next(vm, iterator);
    if (item == VALUE_FAIL) return false;
    if (item == VALUE_STOP) return wrong_count(vm, false, count, i, false);
    if (!list_append_value(vm, got, item)) return false;
  }
  Value more = iterator_next(vm, iterator);
  if (more != VALUE_STOP)
    return more == VALUE_FAIL ? false : wrong_count(vm, true, count, 0, false);
  if (count) memcpy(to, list_items(got), count * sizeof(Value));
  return true;
}

bool slow_unpack_star(VM *vm, Value *to, Value v, uint32_t before, uint32_t after) {
  Value iterator = unpack_iterator(vm, v);
  if (value_is_fail(iterator)) return false;
  List *first = list_new(vm, before);
  if (!first) return false;
  for (uint32_t i = 0; i < before; i++) {
    Value item = iterator_next(vm, iterator);
    if (item == VALUE_FAIL) return false;
    if (item == VALUE_STOP) return wrong_count(vm, false, before + after, i, true);
    if (!list_append_value(vm, first, item)) return false;
  }
  List *rest = list_from_iterable(vm, iterator);
  if (!rest) return false;
  size_t n = list_length(rest);
  List *middle = after && n >= after ? list_from_values(vm, list_items(rest), n - after) : rest;
  if (!middle) return false;
  if (n < after) return wrong_count(vm, false, before + after, before + (uint32_t)n, true);
  if (before) memcpy(to, list_items(first), before * sizeof(Value));
  for (uint32_t i = 0; i < after; i++) to[before + 1 + i] = list_items(rest)[n - after + i];
  to[before] = value_from(middle);
  return true;
}

Value slow_unpack_list(VM *vm, Value v, Value count, Value after) {
  if (!value_is_int(count) || value_as_int(count) < 0 || value_as_int(count) >= INT32_MAX)
    return raise_error(vm, TYPE_OF(SystemError), "bad number of targets");
  uint32_t n = (uint32_t)value_as_int(count),
           last = value_is_int(after) ? (uint32_t)value_as_int(after) : 0;
  bool star = after != VALUE_NONE;
  if (last > n) return raise_error(vm, TYPE_OF(SystemError), "bad number of targets");
  ValueArray *items = value_array_new(vm, (size_t)n + 1);
  if (!items) return VALUE_FAIL;
  bool done = star ? slow_unpack_star(vm, items->items, v, n - last, last)
                   : slow_unpack(vm, items->items, v, n);
  heap_barrier_any(vm, items);
  return done ? value_of(list_from_values(vm, items->items, (size_t)n + star)) : VALUE_FAIL;
}

/* item_next: iterator_next with iterators of lists and tuples inline. */
static ALWAYS_INLINE Value item_next(VM *vm, Value iterator) {
  if (LIKELY(value_is(iterator, list_iterator))) {
    SequenceIterator *at = value_object(iterator);
    if (LIKELY(at->sequence != VALUE_NONE)) {
      const List *list = value_object(at->sequence);
      if (LIKELY(at->index < list_length(list))) return list->items->items[at->index++];
    }
  } else if (value_is(iterator, tuple_iterator)) {
    SequenceIterator *at = value_object(iterator);
    if (LIKELY(at->sequence != VALUE_NONE)) {
      const Tuple *tuple = value_object(at->sequence);
      if (LIKELY(at->index < tuple_length(tuple))) return tuple->items[at->index++];
    }
  }
  return iterator_next(vm, iterator);
}

static ThreadedOp step_of(const Type *type) {
  if (type == TYPE_OF(range_iterator)) return T_FOR_ITER_RANGE;
  if (type == TYPE_OF(list_iterator)) return T_FOR_ITER_LIST;
  if (type == TYPE_OF(tuple_iterator)) return T_FOR_ITER_TUPLE;
  if (type == TYPE_OF(set_iterator)) return T_FOR_ITER_SET;
  if (type == TYPE_OF(generator)) return T_FOR_ITER_GENERATOR;
  return type->next ? T_FOR_ITER_NATIVE : T_FOR_ITER;
}

void for_iter_miss(VM *vm, Insn_FOR_ITER *insn, Value iterator) {
  const Type *type = value_type(iterator);
  ThreadedOp op = step_of(type);
  quicken(insn, op);
  if (LIKELY(vm->misses == NULL)) return;
  const Receiver r = {iterator, type->key, type, type};
  miss_count(vm, insn, &r, op == T_FOR_ITER ? MISS_PYTHON_NEXT : MISS_KNOWN);
}

PairStep slow_pair_next(VM *vm, Value v, Value *to) {
  if (value_is(v, dict_itemiterator)) {
    DictEntry *entry = dict_iterator_step(vm, value_object(v));
    if (UNLIKELY(!entry)) return error_pending(vm) ? PAIR_FAILED : PAIR_END;
    to[0] = entry->key, to[1] = entry->value;
    return PAIR_STORED;
  }
  if (value_is(v, enumerate)) {
    Enumerate *e = value_object(v);
    if (UNLIKELY(!value_is_int(e->index) || value_as_int(e->index) == INT_IMMEDIATE_MAX))
      return PAIR_OTHER;
    Value item = item_next(vm, e->iterator);
    if (UNLIKELY(item == VALUE_STOP || item == VALUE_FAIL))
      return item == VALUE_STOP ? PAIR_END : PAIR_FAILED;
    to[0] = e->index, to[1] = item;
    e->index += 4;
    return PAIR_STORED;
  }
  if (value_is(v, zip)) {
    Zip *z = value_object(v);
    if (!z->iterators || tuple_length(z->iterators) != 2 || z->strict) return PAIR_OTHER;
    Value first = item_next(vm, z->iterators->items[0]);
    if (UNLIKELY(first == VALUE_STOP || first == VALUE_FAIL))
      return first == VALUE_STOP ? PAIR_END : PAIR_FAILED;
    Value second = item_next(vm, z->iterators->items[1]);
    if (UNLIKELY(second == VALUE_STOP || second == VALUE_FAIL))
      return second == VALUE_STOP ? PAIR_END : PAIR_FAILED;
    to[0] = first, to[1] = second; /* not before: the targets may be variables */
    return PAIR_STORED;
  }
  return PAIR_OTHER;
}

/* ---- building */
Value slow_build_set(VM *vm, const Value *items, uint32_t count) {
  Set *set = set_new(vm);
  for (uint32_t i = 0; set && i < count; i++)
    if (!set_add_value(vm, set, items[i])) return VALUE_FAIL;
  return value_of(set);
}

Value slow_build_dict(VM *vm, const Value *items, uint32_t pairs) {
  Dict *dict = dict_new_sized(vm, pairs);
  for (uint32_t i = 0; dict && i < pairs; i++)
    if (!dict_set(vm, dict, items[2 * i], items[2 * i + 1])) return VALUE_FAIL;
  return value_of(dict);
}

Value slow_const_dict(VM *vm, const Value *values, Tuple *keys) {
  size_t count = tuple_length(keys);
  Dict *dict = dict_new_sized(vm, count);
  for (size_t i = 0; dict && i < count; i++)
    if (!dict_set(vm, dict, keys->items[i], values[i])) return VALUE_FAIL;
  return value_of(dict);
}

Value slow_build_string(VM *vm, const Value *parts, uint32_t count) {
  size_t length = 0;
  uint32_t widest = 0;
  for (uint32_t i = 0; i < count; i++) {
    const Str *s = value_object(parts[i]);
    length += s->length;
    uint32_t wide = str_is_ascii(s)    ? 0x7f
                    : str_kind(s) == 0 ? 0xff
                    : str_kind(s) == 1 ? 0xffff
                                       : 0x10ffff;
    if (wide > widest) widest = wide;
  }
  if (widest <= 0xff) { /* all parts are Latin-1: copy bytes */
    Str *all = str_alloc(vm, length, widest);
    if (!all) return VALUE_FAIL;
    uint8_t *at = (uint8_t *)(uintptr_t)str_data(all);
    for (uint32_t i = 0; i < count; i++) {
      const Str *s = value_object(parts[i]);
      memcpy(at, str_data(s), s->length);
      at += s->length;
    }
    return value_from(all);
  }
  StrBuilder text;
  str_builder_init(&text, vm);
  for (uint32_t i = 0; i < count; i++) str_builder_str(&text, value_object(parts[i]));
  return value_of(str_builder_finish(&text));
}

Value slow_format(VM *vm, Value v, int conversion, Value spec) {
  if (conversion == 's') v = value_str(vm, v);
  else if (conversion == 'r') v = value_repr(vm, v);
  else if (conversion == 'a') v = value_ascii(vm, v);
  if (value_is_fail(v)) return v;
  if (spec == VALUE_MISSING) {
    if (value_is(v, str)) return v;
    if (value_is_int(v) || value_is_float(v)) return value_str(vm, v);
    return value_format(vm, v, NULL);
  }
  return value_format(vm, v, value_object(spec));
}

bool slow_list_extend(VM *vm, List *list, Value iterable) {
  if (!list_begin_display(vm, list, iterable)) return false;
  if (list_extend_value(vm, list, iterable)) return true;
  if (error_is(vm, TYPE_OF(TypeError)) && !value_has_special(iterable, SPECIAL_iter) &&
      !value_has_special(iterable, SPECIAL_getitem)) {
    error_clear(vm);
    raise_type(vm, "Value after * must be an iterable, not %T", iterable);
  }
  return false;
}

bool slow_dict_update(VM *vm, Dict *dict, Value mapping) {
  if (!value_has_flag(mapping, TYPE_DICT_SUBCLASS)) {
    Value keys = find_attribute(vm, mapping, NAME("keys"));
    if (value_is_fail(keys)) return false;
    if (keys == VALUE_UNBOUND)
      return raise_type(vm, "'%T' object is not a mapping", mapping), false;
  }
  return dict_update(vm, dict, mapping, true);
}

static bool merge_one(VM *vm, Dict *dict, Value key, Value v, Value callee) {
  Value there = dict_get(vm, dict, key);
  if (there == VALUE_FAIL) return false;
  if (there != VALUE_UNBOUND) {
    Value name = callee_name(vm, callee);
    if (name != VALUE_FAIL)
      raise_type(vm, "%S got multiple values for keyword argument '%S'", name, key);
    return false;
  }
  return dict_set(vm, dict, key, v);
}

bool slow_dict_merge(VM *vm, Dict *dict, Value mapping, Value callee) {
  if (value_is(mapping, dict)) {
    Value key, v;
    size_t position = 0;
    while (dict_next(value_object(mapping), &position, &key, &v))
      if (!merge_one(vm, dict, key, v, callee)) return false;
    return true;
  }
  Value keys = find_attribute(vm, mapping, NAME("keys"));
  if (value_is_fail(keys)) return false;
  if (keys == VALUE_UNBOUND) {
    Value name = callee_name(vm, callee);
    if (name != VALUE_FAIL)
      raise_type(vm, "%S argument after ** must be a mapping, not %T", name, mapping);
    return false;
  }
  Value list = call0(vm, keys);
  Value iterator = value_is_fail(list) ? list : get_iterator(vm, list);
  if (value_is_fail(iterator)) return false;
  for (;;) {
    Value key = iterator_next(vm, iterator);
    if (key == VALUE_STOP) return true;
    Value v = key == VALUE_FAIL ? key : get_item(vm, mapping, key);
    if (v == VALUE_FAIL || !merge_one(vm, dict, key, v, callee)) return false;
  }
}

/* ---- with */
static Value bind_special(VM *vm, Value manager, Value method) {
  return descriptor_get(vm, method, manager, value_type(manager));
}

bool slow_with_enter(VM *vm, Value *to, Value manager, bool is_async) {
  Type *type = value_type(manager);
  Value enter = type->specials[is_async ? SPECIAL_aenter : SPECIAL_enter],
        exit = type->specials[is_async ? SPECIAL_aexit : SPECIAL_exit];
  const char *protocol = is_async ? "asynchronous context manager" : "context manager";
  if (UNLIKELY(enter == VALUE_UNBOUND))
    return raise_type(vm, "'%N' object does not support the %s protocol", type, protocol), false;
  if (UNLIKELY(exit == VALUE_UNBOUND))
    return raise_type(vm, "'%N' object does not support the %s protocol (missed %s method)", type,
                      protocol, is_async ? "__aexit__" : "__exit__"),
           false;
  Value bound = bind_special(vm, manager, exit);
  if (value_is_fail(bound)) return false;
  Value result = call_special0(vm, enter, manager);
  if (value_is_fail(result)) return false;
  to[0] = bound;
  to[1] = result;
  return true;
}

Value slow_with_exit(VM *vm, Value exit, Value exception) {
  if (exception == VALUE_NONE) return call3(vm, exit, VALUE_NONE, VALUE_NONE, VALUE_NONE);
  Exception *e = value_object(exception);
  return call3(vm, exit, value_from(value_type(exception)), exception, e->traceback);
}

/* ---- asynchronous iteration, yield from */
Value slow_get_aiter(VM *vm, Value v) {
  Type *type = value_type(v);
  if (type->specials[SPECIAL_aiter] == VALUE_UNBOUND)
    return raise_type(vm, "'async for' requires an object with __aiter__ method, got %N", type);
  Value iterator = call_special0(vm, type->specials[SPECIAL_aiter], v);
  if (value_is_fail(iterator)) return iterator;
  if (!value_has_special(iterator, SPECIAL_anext))
    return raise_type(
        vm, "'async for' received an object from __aiter__ that does not implement __anext__: %T",
        iterator);
  return iterator;
}

Value slow_get_anext(VM *vm, Value aiter) {
  Type *type = value_type(aiter);
  if (type->specials[SPECIAL_anext] == VALUE_UNBOUND)
    return raise_type(vm, "'async for' requires an iterator with __anext__ method, got %N", type);
  Value awaitable = call_special0(vm, type->specials[SPECIAL_anext], aiter);
  if (value_is_fail(awaitable) || value_is(aiter, async_generator)) return awaitable;
  Value iterator = get_awaitable(vm, awaitable, 0);
  if (iterator == VALUE_FAIL) {
    Value cause = error_take(vm);
    return raise_from(vm, TYPE_OF(TypeError), cause,
                      "'async for' received an invalid object from __anext__: %T", awaitable);
  }
  return iterator;
}

Value slow_yield_from_iter(VM *vm, Value *base, Value v) {
  uint32_t flags = frame_function(base)->code->co_flags;
  if (value_is(v, coroutine)) {
    if (flags & (FUNCTION_COROUTINE | FUNCTION_ITERABLE_COROUTINE)) return v;
    return raise_type(vm, "cannot 'yield from' a coroutine object in a non-coroutine generator");
  }
  return value_is(v, generator) ? v : get_iterator(vm, v);
}

/* ---- raise */
void raise_again(VM *vm) {
  for (ExcState *state = vm->exc_state; state; state = state->previous)
    if (state->handled != VALUE_NONE) {
      exception_see(state->handled);
      error_restore(vm, state->handled);
      vm->reraise = true;
      return;
    }
  raise_error(vm, TYPE_OF(RuntimeError), "No active exception to reraise");
}

void raise_statement(VM *vm, Value x, Value cause) {
  Value exception = exception_make(vm, x);
  if (value_is_fail(exception)) return;
  if (cause != VALUE_MISSING) {
    if (cause != VALUE_NONE) {
      if (!value_has_flag(cause, TYPE_EXCEPTION_SUBCLASS) &&
          !(value_is_type(cause) &&
            (((Type *)value_object(cause))->flags & TYPE_EXCEPTION_SUBCLASS))) {
        raise_type(vm, "exception causes must derive from BaseException");
        return;
      }
      cause = exception_make(vm, cause);
      if (value_is_fail(cause)) return;
    }
    Exception *e = value_object(exception);
    e->cause = cause;
    e->suppress_context = true;
    heap_barrier(vm, e, cause);
  }
  raise_object(vm, exception);
}

bool slow_print_expression(VM *vm, Value v) {
  Value hook =
      vm->sys ? dict_get_str(vm, module_dict(vm->sys), NAME("displayhook")) : VALUE_UNBOUND;
  if (hook == VALUE_UNBOUND)
    return raise_error(vm, TYPE_OF(RuntimeError), "lost sys.displayhook"), false;
  return call1(vm, hook, v) != VALUE_FAIL;
}
