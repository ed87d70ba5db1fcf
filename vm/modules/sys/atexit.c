/* atexit.c -- the module atexit: functions called when the program ends, newest first. */
#include "vm/modules/sys/atexit.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"

#define NATIVE_DEF "vm/modules/sys/atexit.def"
#define NATIVE_PREFIX exits_
#include "vm/contracts/native_class.inc"

static struct {
  /* list of (function, args, kwargs or None), which is a root from the first one on; or NONE */
  Value registered;
} state = {VALUE_NONE};

static List *functions(VM *vm) {
  if (state.registered == VALUE_NONE) {
    state.registered = value_of(list_new(vm, 0));
    heap_add_root(vm, &state.registered);
  }
  return value_object(state.registered);
}

static Value exits_register_function(VM *vm, Value self, const Value *args, int npos,
                                     Tuple *kwnames) {
  if (npos < 1) return raise_type(vm, "register() takes at least 1 argument (0 given)");
  if (!value_is_callable(args[0])) return raise_type(vm, "the first argument must be callable");
  Value positional = value_of(tuple_from_values(vm, args + 1, (size_t)npos - 1)),
        keywords = VALUE_NONE;
  if (kwnames && tuple_length(kwnames)) {
    Dict *dict = dict_new(vm);
    for (size_t i = 0; i < tuple_length(kwnames); i++)
      if (!dict_set(vm, dict, kwnames->items[i], args[npos + (int)i])) return VALUE_FAIL;
    keywords = value_from(dict);
  }
  return list_append_value(vm, functions(vm), PACK(args[0], positional, keywords)) ? args[0]
                                                                                   : VALUE_FAIL;
}

static Value exits_unregister(VM *vm, Value self, const exits_unregister_args *a) {
  List *list = functions(vm), *kept = list_new(vm, 0);
  for (size_t i = 0; i < list_length(list); i++) {
    Value entry = list_items(list)[i];
    Answer equal = values_equal(vm, ((Tuple *)value_object(entry))->items[0], a->func);
    if (equal == ANSWER_FAILED || (!equal && !list_append_value(vm, kept, entry)))
      return VALUE_FAIL;
  }
  state.registered = value_from(kept);
  return VALUE_NONE;
}

static Value exits_clear(VM *vm, Value self, const exits_clear_args *a) {
  functions(vm);
  state.registered = value_of(list_new(vm, 0));
  return VALUE_NONE;
}

static Value exits_count(VM *vm, Value self, const exits_count_args *a) {
  return value_int_unchecked((int64_t)list_length(functions(vm)));
}

/* Functions registered meanwhile run, too. */
void atexit_run(VM *vm) {
  for (;;) {
    List *list = functions(vm);
    size_t n = list_length(list);
    if (!n) return;
    const Tuple *entry = value_object(list_items(list)[n - 1]);
    Value function = entry->items[0], args = entry->items[1], kwargs = entry->items[2];
    List *rest = list_from_values(vm, list_items(list), n - 1);
    state.registered = value_from(rest);
    Value done = call_tuple_dict(vm, function, value_object(args),
                                 kwargs == VALUE_NONE ? NULL : value_object(kwargs));
    if (done == VALUE_FAIL) error_unraisable(vm, "Exception ignored in atexit callback", function);
  }
}

static Value exits_run(VM *vm, Value self, const exits_run_args *a) {
  atexit_run(vm);
  return VALUE_NONE;
}

const ModuleSpec atexit_module = {
    .name = "atexit",
    .doc = "Functions to be called when the program ends.",
    NATIVE_FUNCTIONS(exits_),
};
