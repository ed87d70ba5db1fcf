/* _warnings.c -- filtering and showing warnings; the module warnings builds on it, and native code
** warns through it. */
#include "vm/contracts/import.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/interp/frame.h"
#include "vm/modules/sys/sys.h"
#include "vm/objects/code.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"
#include "vm/runtime/source_line.h"

#define NATIVE_DEF "vm/modules/builtins/_warnings.def"
#define NATIVE_PREFIX warnings_
#include "vm/contracts/native_class.inc"

static struct {
  Value module; /* _warnings itself; this and the next three are registered by its import */
  Value filters, once, action;
  int64_t filters_version; /* registries of another one are stale */
} state = {VALUE_NONE, VALUE_UNBOUND, VALUE_UNBOUND, VALUE_UNBOUND, 0};

/* setting: warnings.name if that module is loaded and has it, else what it last was. */
static Value setting(VM *vm, Str *name, Value *last) {
  Value warnings = dict_get_str(vm, vm->modules, NAME("warnings"));
  if (value_is(warnings, module)) {
    Value v = dict_get_str(vm, module_dict(value_object(warnings)), name);
    if (v != VALUE_UNBOUND && state.module == VALUE_NONE) return v;
    if (v != VALUE_UNBOUND) *last = v;
  }
  return *last;
}

/* ---- filters */

static Answer pattern_matches(VM *vm, Value pattern, Value text) {
  if (pattern == VALUE_NONE) return ANSWER_YES;
  if (value_is(pattern, str)) return str_equal(value_object(pattern), value_object(text));
  Value result = call_method1(vm, pattern, NAME("match"), text);
  return result == VALUE_FAIL ? ANSWER_FAILED : value_truth(vm, result);
}

static Answer filter_matches(VM *vm, Value filter, Value category, Value text, int64_t line,
                             Value module) {
  const Value *items;
  size_t n;
  if (!sequence_view(filter, &items, &n) || n != 5)
    return raise_value(vm, "_warnings.filters item isn't a 5-tuple"), ANSWER_FAILED;
  Value message_pattern = items[1], wanted = items[2], module_pattern = items[3], at = items[4];
  Answer match = pattern_matches(vm, message_pattern, text);
  if (match != ANSWER_YES) return match;
  match = is_subclass(vm, category, wanted);
  if (match != ANSWER_YES) return match;
  match = pattern_matches(vm, module_pattern, module);
  if (match != ANSWER_YES) return match;
  return value_is_int(at) && (value_as_int(at) == 0 || value_as_int(at) == line);
}

static Value find_action(VM *vm, Value category, Value text, int64_t line, Value module,
                         Value *filter) {
  Value filters = setting(vm, NAME("filters"), &state.filters);
  if (filters != VALUE_UNBOUND && !value_has_flag(filters, TYPE_LIST_SUBCLASS))
    return raise_value(vm, "_warnings.filters must be a list");
  for (size_t i = 0; filters != VALUE_UNBOUND && i < list_length(value_object(filters)); i++) {
    *filter = list_items(value_object(filters))[i];
    Answer match = filter_matches(vm, *filter, category, text, line, module);
    if (match == ANSWER_FAILED) return VALUE_FAIL;
    if (match) return get_item(vm, *filter, value_int_unchecked(0));
  }
  *filter = VALUE_NONE;
  Value action = setting(vm, NAME("defaultaction"), &state.action);
  if (action == VALUE_UNBOUND || value_is_str(action))
    return action == VALUE_UNBOUND ? value_from(NAME("default")) : action;
  return raise_type(vm, "_warnings.defaultaction must be a string, not '%T'", action);
}

/* once_registry: a dict or, before warnings was imported, None. */
static Value once_registry(VM *vm) {
  Value once = setting(vm, NAME("onceregistry"), &state.once);
  if (once == VALUE_UNBOUND) return VALUE_NONE;
  if (value_has_flag(once, TYPE_DICT_SUBCLASS)) return once;
  return raise_type(vm, "_warnings.onceregistry must be a dict, not '%T'", once);
}

/* already_seen: registry.get(key); marks it. 1, 0, -1 raised. */
static Answer already_seen(VM *vm, Value registry, Value key, bool mark) {
  if (registry == VALUE_NONE || !value_has_flag(registry, TYPE_DICT_SUBCLASS)) return ANSWER_NO;
  Dict *dict = value_object(registry);
  Value version = dict_get_str(vm, dict, NAME("version"));
  if (version != value_int_unchecked(state.filters_version)) {
    dict_clear(vm, dict);
    if (!dict_set_str(vm, dict, NAME("version"), value_int_unchecked(state.filters_version)))
      return ANSWER_FAILED;
  } else {
    Value seen = dict_get(vm, dict, key);
    if (seen == VALUE_FAIL) return ANSWER_FAILED;
    if (seen != VALUE_UNBOUND) {
      Answer truth = value_truth(vm, seen);
      if (truth) return truth;
    }
  }
  return mark && !dict_set(vm, dict, key, VALUE_TRUE) ? ANSWER_FAILED : ANSWER_NO;
}

/* ---- showing */

static bool show_plain(VM *vm, Value category, Value text, Value filename, int64_t line) {
  Buffer source;
  buffer_init(&source);
  Str *head = str_format(vm, "%S:%lld: %N: %S\n", filename, (long long)line,
                         (Type *)value_object(category), text);
  if (!head) return false;
  Str *all = head;
  if (value_is_str(filename) && source_line_read(vm, value_object(filename), (int)line, &source)) {
    const char *shown = buffer_text(&source) + strspn(buffer_text(&source), " \t\f");
    if (*shown) all = str_format(vm, "%U  %s\n", head, shown);
  }
  buffer_deinit(&source);
  Value err = sys_get(vm, "stderr");
  if (!all) return false;
  if (err == VALUE_UNBOUND || err == VALUE_NONE) return true;
  if (call_method1(vm, err, NAME("write"), value_from(all)) == VALUE_FAIL) error_clear(vm);
  return true;
}

static bool show(VM *vm, Value category, Value message, Value text, Value filename, int64_t line,
                 Value source) {
  Value warnings = dict_get_str(vm, vm->modules, NAME("warnings"));
  if (warnings == VALUE_UNBOUND && source != VALUE_NONE) {
    warnings = import_module(vm, NAME("warnings"));
    if (warnings == VALUE_FAIL) error_clear(vm), warnings = VALUE_UNBOUND;
  }
  Value show_function = warnings == VALUE_UNBOUND
                            ? VALUE_UNBOUND
                            : find_attribute(vm, warnings, NAME("_showwarnmsg"));
  if (show_function == VALUE_FAIL) return false;
  if (show_function == VALUE_UNBOUND) return show_plain(vm, category, text, filename, line);
  if (!value_is_callable(show_function))
    return raise_false(vm, TYPE_OF(TypeError), "warnings._showwarnmsg() must be set to a callable");
  Value class = get_attribute(vm, warnings, NAME("WarningMessage"));
  if (class == VALUE_FAIL) return false;
  Value arguments[] = {message,    category,   filename, value_int_unchecked(line),
                       VALUE_NONE, VALUE_NONE, source};
  Value record = call_values(vm, class, arguments, 7, NULL);
  return record != VALUE_FAIL && call1(vm, show_function, record) != VALUE_FAIL;
}

/* ---- the decision */

static bool warn_at(VM *vm, Value category, Value message, Value filename, int64_t line,
                    Value module, Value registry, Value source) {
  if (module == VALUE_NONE) {
    Str *file = value_is_str(filename) ? value_object(filename) : NAME("<unknown>");
    size_t n = file->length;
    bool py = n > 3 && str_at(file, n - 3) == '.' && str_at(file, n - 2) == 'p' &&
              str_at(file, n - 1) == 'y';
    module = n == 0 ? value_from(NAME("<unknown>"))
             : py   ? value_of(str_substring(vm, file, 0, n - 3))
                    : value_from(file);
  }
  bool is_instance_of = value_has_flag(message, TYPE_EXCEPTION_SUBCLASS) &&
                        type_is_subtype(value_type(message), TYPE_OF(Warning));
  Value text = message;
  if (is_instance_of) {
    text = value_str(vm, message);
    category = value_from(value_type(message));
  } else {
    message = call1(vm, category, message);
  }
  if (text == VALUE_FAIL || message == VALUE_FAIL) return false;
  Value line_value = value_int_unchecked(line), key = PACK(text, category, line_value), filter;
  Answer seen = already_seen(vm, registry, key, false);
  if (seen) return seen == ANSWER_YES;
  Value action = find_action(vm, category, text, line, module, &filter);
  if (action == VALUE_FAIL) return false;
  if (!value_is_str(action))
    return raise_false(vm, TYPE_OF(TypeError), "action must be a string, not '%T'", action);
  Str *what = value_object(action);
  if (str_equal_cstr(what, "error")) return raise_object(vm, message), false;
  if (str_equal_cstr(what, "ignore")) return true;
  bool always = str_equal_cstr(what, "always");
  if (!always && registry != VALUE_NONE && value_has_flag(registry, TYPE_DICT_SUBCLASS) &&
      !dict_set(vm, value_object(registry), key, VALUE_TRUE))
    return false;
  if (str_equal_cstr(what, "once")) {
    Value once = registry == VALUE_NONE ? once_registry(vm) : registry;
    if (once == VALUE_FAIL) return false;
    seen = already_seen(vm, once, PACK(text, category), true);
  } else if (str_equal_cstr(what, "module")) {
    seen = already_seen(vm, registry, PACK(text, category, value_int_unchecked(0)), true);
  } else if (!always && !str_equal_cstr(what, "default")) {
    return raise_false(vm, TYPE_OF(RuntimeError),
                       "Unrecognized action (%R) in warnings.filters:\n %R", action, filter);
  }
  if (seen) return seen == ANSWER_YES;
  return show(vm, category, message, text, filename, line, source);
}

/* ---- where */

static bool is_internal(Frame *frame) {
  Str *file = frame->function->code->filename;
  const char *text = file ? str_utf8(the_vm, file, NULL) : NULL;
  return text && strstr(text, "importlib") && strstr(text, "_bootstrap");
}

static Frame *outer_frame(VM *vm, Frame *frame, bool skip_internal) {
  do frame = frame_back(vm, frame);
  while (frame && skip_internal && is_internal(frame));
  return frame;
}

bool warn_message(VM *vm, Value category, Value message, int stack_level, Value source) {
  Frame *frame = frame_current(vm, 0);
  if (frame && (stack_level <= 0 || is_internal(frame))) {
    while (--stack_level > 0 && frame) frame = outer_frame(vm, frame, false);
  } else {
    while (--stack_level > 0 && frame) frame = outer_frame(vm, frame, true);
  }
  Dict *globals = frame ? frame_globals(frame) : vm->sys ? module_dict(vm->sys) : NULL;
  if (!globals) return true;
  Value filename = frame ? value_from(frame->function->code->filename) : value_from(NAME("sys"));
  int line = frame ? frame_line(vm, frame) : 1;
  Value registry = dict_get_str(vm, globals, NAME("__warningregistry__"));
  if (registry == VALUE_UNBOUND) {
    registry = value_from(dict_new(vm));
    if (!dict_set_str(vm, globals, NAME("__warningregistry__"), registry)) return false;
  }
  Value module = dict_get_str(vm, globals, NAME("__name__"));
  if (!value_is_str(module)) module = value_from(NAME("<string>"));
  if (vm->finalizing) source = VALUE_NONE; /* no more to be told about it */
  return warn_at(vm, category, message, filename, line, module, registry, source);
}

/* ---- the module */

static Value warnings_warn(VM *vm, Value self, const warnings_warn_args *a) {
  Value category = a->category;
  if (value_has_flag(a->message, TYPE_EXCEPTION_SUBCLASS) &&
      type_is_subtype(value_type(a->message), TYPE_OF(Warning)))
    category = value_from(value_type(a->message));
  else if (category == VALUE_NONE) category = value_from(TYPE_OF(UserWarning));
  if (!value_is_type(category) || !type_is_subtype(value_object(category), TYPE_OF(Warning)))
    return raise_type(vm, "category must be a Warning subclass, not '%T'", category);
  return value_none_if(warn_message(vm, category, a->message, (int)a->stacklevel, a->source));
}
static Value warnings_warn_explicit(VM *vm, Value self, const warnings_warn_explicit_args *a) {
  Value category = a->category;
  bool is_instance_of = value_has_flag(a->message, TYPE_EXCEPTION_SUBCLASS) &&
                        type_is_subtype(value_type(a->message), TYPE_OF(Warning));
  if (!is_instance_of &&
      (!value_is_type(category) || !type_is_subtype(value_object(category), TYPE_OF(Warning))))
    return raise_type(vm, "category must be a Warning subclass, not '%T'", category);
  if (a->module_globals != VALUE_NONE && !value_has_flag(a->module_globals, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "module_globals must be a dict, not '%T'", a->module_globals);
  if (a->registry != VALUE_NONE && !value_has_flag(a->registry, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "'registry' must be a dict or None");
  return value_none_if(
      warn_at(vm, category, a->message, a->filename, a->lineno, a->module, a->registry, a->source));
}
static Value warnings_filters_mutated(VM *vm, Value self, const warnings_filters_mutated_args *a) {
  state.filters_version++;
  return VALUE_NONE;
}

static bool add_filter(VM *vm, List *filters, const char *action, Type *category,
                       const char *module) {
  Value module_value = module ? value_of(str_intern_cstr(vm, module)) : VALUE_NONE;
  Value filter = PACK(value_of(str_intern_cstr(vm, action)), VALUE_NONE, value_from(category),
                      module_value, value_int_unchecked(0));
  return list_append_value(vm, filters, filter);
}

static bool init(VM *vm, Module *module) {
  Value *kept[] = {&state.module, &state.filters, &state.once, &state.action};
  for (size_t i = 0; i < ARRAY_COUNT(kept); i++) heap_add_root(vm, kept[i]);
  List *filters = list_new(vm, 5);
  state.module = value_from(module);
  state.filters = value_of(filters);
  state.once = value_of(dict_new(vm));
  state.action = value_from(NAME("default"));
  bool ok = add_filter(vm, filters, "default", TYPE_OF(DeprecationWarning), "__main__") &&
            add_filter(vm, filters, "ignore", TYPE_OF(DeprecationWarning), NULL) &&
            add_filter(vm, filters, "ignore", TYPE_OF(PendingDeprecationWarning), NULL) &&
            add_filter(vm, filters, "ignore", TYPE_OF(ImportWarning), NULL) &&
            add_filter(vm, filters, "ignore", TYPE_OF(ResourceWarning), NULL);
  return ok && !value_is_fail(state.once) && module_add(vm, module, "filters", state.filters) &&
         module_add(vm, module, "_onceregistry", state.once) &&
         module_add(vm, module, "_defaultaction", state.action);
}

const ModuleSpec _warnings_module = {
    .name = "_warnings",
    .doc = "Low-level interface to the warnings functionality.",
    NATIVE_FUNCTIONS(warnings_),
    .init = init,
};
