/* bind_frame.c -- a call's arguments into the callee's registers: defaults, keywords, *args,
** **kwargs. Reference: "Calls" (6.3.4); messages as CPython 3.11's. */
#include "vm/interp/slow.h"

#include <stdio.h>

typedef struct Binding {
  VM *vm;
  Function *function;
  const ImageFunction *fn;
  Tuple *names; /* of the parameters */
  Value *window;
  uint32_t argcount, kwonly, total;
} Binding;

static Str *parameter(const Binding *b, uint32_t i) { return value_object(b->names->items[i]); }

static COLD bool too_many(Binding *b, int given) {
  uint32_t defaults = b->function->defaults ? (uint32_t)tuple_length(b->function->defaults) : 0;
  uint32_t keyword_given = 0;
  for (uint32_t i = b->argcount; i < b->argcount + b->kwonly; i++)
    keyword_given += b->window[i] != VALUE_UNBOUND;
  char takes[64], extra[96] = "";
  bool plural;
  if (defaults) {
    snprintf(takes, sizeof takes, "from %u to %u", b->argcount - defaults, b->argcount);
    plural = true;
  } else {
    snprintf(takes, sizeof takes, "%u", b->argcount);
    plural = b->argcount != 1;
  }
  if (keyword_given)
    snprintf(extra, sizeof extra, " positional argument%s (and %u keyword-only argument%s)",
             given != 1 ? "s" : "", keyword_given, keyword_given != 1 ? "s" : "");
  raise_type(b->vm, "%U() takes %s positional argument%s but %d%s %s given", b->function->qualname,
             takes, plural ? "s" : "", given, extra, given == 1 && !keyword_given ? "was" : "were");
  return false;
}

/* "'a'", "'a' and 'b'", "'a', 'b', and 'c'" */
static Str *name_list(VM *vm, Str **names, int count) {
  StrBuilder text;
  str_builder_init(&text, vm);
  for (int i = 0; i < count; i++) {
    if (i) str_builder_cstr(&text, count == 2 ? " and " : i == count - 1 ? ", and " : ", ");
    str_builder_cstr(&text, "'");
    str_builder_str(&text, names[i]);
    str_builder_cstr(&text, "'");
  }
  return str_builder_finish(&text);
}

static COLD bool missing(Binding *b, uint32_t from, uint32_t to, const char *kind) {
  Str *names[256];
  int count = 0;
  for (uint32_t i = from; i < to && count < 256; i++)
    if (b->window[i] == VALUE_UNBOUND) names[count++] = parameter(b, i);
  Str *list = name_list(b->vm, names, count);
  if (list)
    raise_type(b->vm, "%U() missing %d required %s argument%s: %U", b->function->qualname, count,
               kind, count == 1 ? "" : "s", list);
  return false;
}

static COLD bool unexpected_keyword(Binding *b, Tuple *kwnames, Str *name) {
  /* names of positional-only parameters given by keyword get a message of their own, listing all of
  ** them */
  StrBuilder text;
  str_builder_init(&text, b->vm);
  int count = 0;
  for (uint32_t i = 0; i < b->fn->posonlycount; i++)
    for (size_t k = 0; k < tuple_length(kwnames); k++)
      if (str_equal(parameter(b, i), value_object(kwnames->items[k]))) {
        if (count++) str_builder_cstr(&text, ", ");
        str_builder_str(&text, parameter(b, i));
      }
  Str *list = str_builder_finish(&text);
  if (!list) return false;
  if (count)
    raise_type(b->vm, "%U() got some positional-only arguments passed as keyword arguments: '%U'",
               b->function->qualname, list);
  else
    raise_type(b->vm, "%U() got an unexpected keyword argument '%U'", b->function->qualname, name);
  return false;
}

/* find_parameter: index of the parameter that may be given as `name`, or -1; most likely it is
** number `guess`. */
static int find_parameter(const Binding *b, Str *name, uint32_t guess) {
  uint32_t count = b->argcount + b->kwonly;
  if (guess >= b->fn->posonlycount && guess < count && parameter(b, guess) == name)
    return (int)guess;
  for (uint32_t i = b->fn->posonlycount; i < count; i++)
    if (parameter(b, i) == name) return (int)i;
  for (uint32_t i = b->fn->posonlycount; i < count; i++)
    if (str_equal(parameter(b, i), name)) return (int)i;
  return -1;
}

static bool bind_keywords(Binding *b, const Value *values, Tuple *kwnames, Dict *rest) {
  uint32_t guess = b->fn->posonlycount;
  for (size_t k = 0; k < tuple_length(kwnames); k++) {
    if (UNLIKELY(!value_is_str(kwnames->items[k])))
      return raise_type(b->vm, "%U() keywords must be strings", b->function->qualname), false;
    Str *name = value_object(kwnames->items[k]);
    int at = find_parameter(b, name, guess);
    if (at >= 0) guess = (uint32_t)at + 1;
    if (at < 0) {
      if (!rest) return unexpected_keyword(b, kwnames, name);
      bool set = value_is(kwnames->items[k], str)
                     ? dict_set_str(b->vm, rest, name, values[k])
                     : dict_set(b->vm, rest, kwnames->items[k], values[k]);
      if (!set) return false;
    } else if (UNLIKELY(b->window[at] != VALUE_UNBOUND)) {
      return raise_type(b->vm, "%U() got multiple values for argument '%U'", b->function->qualname,
                        name),
             false;
    } else {
      b->window[at] = values[k];
    }
  }
  return true;
}

static bool fill_defaults(Binding *b, uint32_t given) {
  Tuple *defaults = b->function->defaults;
  uint32_t count = defaults ? (uint32_t)tuple_length(defaults) : 0;
  uint32_t required = b->argcount > count ? b->argcount - count : 0;
  for (uint32_t i = given; i < required; i++)
    if (UNLIKELY(b->window[i] == VALUE_UNBOUND)) return missing(b, 0, required, "positional");
  for (uint32_t i = given > required ? given : required; i < b->argcount; i++)
    if (b->window[i] == VALUE_UNBOUND) b->window[i] = defaults->items[i + count - b->argcount];
  return true;
}

static bool fill_keyword_defaults(Binding *b) {
  bool lacking = false;
  for (uint32_t i = b->argcount; i < b->argcount + b->kwonly; i++) {
    if (b->window[i] != VALUE_UNBOUND) continue;
    Value v = b->function->kwdefaults
                  ? dict_get_str(b->vm, b->function->kwdefaults, parameter(b, i))
                  : VALUE_UNBOUND;
    if (v == VALUE_UNBOUND) lacking = true;
    else b->window[i] = v;
  }
  return !lacking || missing(b, b->argcount, b->argcount + b->kwonly, "keyword-only");
}

static bool bind_all(Binding *b, ThreadedCode *code, int npos, Tuple *kwnames) {
  VM *vm = b->vm;
  size_t nkw = kwnames ? tuple_length(kwnames) : 0, total = (size_t)npos + nkw;
  Value small[16], *args = small;
  ValueArray *copy = NULL; /* the arguments stay reachable while the window is rewritten */
  if (total > 16) {
    copy = value_array_new(vm, total);
    if (!copy) return false;
    args = copy->items;
  }
  if (total) memcpy(args, b->window, total * sizeof(Value));
  bool has_rest = b->fn->flags & FUNCTION_VARARGS, has_kwargs = b->fn->flags & FUNCTION_VARKEYWORDS;
  Tuple *rest = NULL;
  Dict *kwargs = NULL;
  uint32_t positional = (uint32_t)npos < b->argcount ? (uint32_t)npos : b->argcount;
  if (has_rest && !(rest = tuple_from_values(vm, args + positional, (size_t)npos - positional)))
    return false;
  if (has_kwargs && (!(kwargs = dict_new(vm)) || !dict_expect(vm, kwargs, nkw))) return false;
  uint32_t registers = code->clear_to > code->clear_from ? code->clear_to : code->clear_from;
  for (uint32_t i = positional; i < registers; i++) b->window[i] = VALUE_UNBOUND;
  window_fill(b->window, registers);
  if (nkw && !bind_keywords(b, args + npos, kwnames, kwargs)) return false;
  if (UNLIKELY((uint32_t)npos > b->argcount && !has_rest)) return too_many(b, npos);
  if (positional < b->argcount && !fill_defaults(b, positional)) return false;
  if (b->kwonly && !fill_keyword_defaults(b)) return false;
  uint32_t at = b->argcount + b->kwonly;
  if (has_rest) b->window[at++] = value_from(rest);
  if (has_kwargs) b->window[at] = value_from(kwargs);
  if (b->fn->flags & FUNCTION_NAMESPACE) b->window[0] = value_from(b->function->globals);
  return copy == NULL || copy->capacity >= total;
}

/* Keys may run Python while the parameters are found: what has found its place counts, and frames
** stay above it. */
static bool bind_full(Binding *b, ThreadedCode *code, int npos, Tuple *kwnames) {
  VM *vm = b->vm;
  Value *top = frame_stack_top(vm), *end = b->window + code->frame_size, *outer = vm->entry_top;
  vm->entry_top = end > top ? end : top;
  bool bound = bind_all(b, code, npos, kwnames);
  vm->entry_top = outer;
  return bound;
}

/* bind_rest: no keywords, * takes what is left over; defaults for what is lacking. false: nothing
** has been touched, or *failed. needs the arguments where the collector sees them. */
static bool bind_rest(VM *vm, Function *function, ThreadedCode *code, Value *window, uint32_t npos,
                      bool *failed) {
  const ImageFunction *fn = &function->code->fn;
  uint32_t count = fn->argcount,
           defaults = function->defaults ? (uint32_t)tuple_length(function->defaults) : 0;
  bool takes = (fn->flags & FUNCTION_VARARGS) && !(fn->flags & FUNCTION_NAMESPACE);
  if (!takes || fn->kwonlycount || npos + defaults < count) return false;
  uint32_t first = npos < count ? npos : count;
  Tuple *rest = tuple_from_values(vm, window + first, npos - first);
  Dict *keywords = rest && fn->flags & FUNCTION_VARKEYWORDS ? dict_new(vm) : NULL;
  *failed = !rest || (fn->flags & FUNCTION_VARKEYWORDS && !keywords);
  if (*failed) return false;
  for (uint32_t i = first; i < count; i++)
    window[i] = function->defaults->items[i + defaults - count];
  window[count] = value_from(rest);
  if (keywords) window[count + 1] = value_from(keywords);
  for (uint32_t i = code->clear_from; i < code->clear_to; i++) window[i] = VALUE_UNBOUND;
  return true;
}

/* ---- plain parameters, and keywords that are their very names */
enum { QUICK_KEYWORDS = 8 };
typedef struct Plain {
  const Function *function;
  const Value *names;
  uint32_t argcount, count, low; /* count: with those that only a keyword gives */
} Plain;

/* The parameters of the names, as a set. 0: one is not found so. */
static uint64_t plain_keywords(const Plain *p, const Value *kwnames, size_t nkw, uint8_t *at) {
  uint64_t given = 0;
  for (size_t k = 0; k < nkw; k++) {
    uint32_t i = p->low + (uint32_t)k; /* most are in order */
    if (i >= p->count || p->names[i] != kwnames[k])
      for (i = p->low; i < p->count && p->names[i] != kwnames[k];) i++;
    if (i == p->count) return 0;
    at[k] = (uint8_t)i;
    given |= UINT64_C(1) << i;
  }
  return given;
}

/* The defaults of those that only a keyword gives: false: one has none. */
static bool plain_defaults(VM *vm, const Plain *p, uint64_t given, Value *defaults) {
  for (uint32_t i = p->argcount; i < p->count; i++) {
    if (given >> i & 1) continue;
    Dict *from = p->function->kwdefaults;
    Value v = from ? dict_get_str(vm, from, value_object(p->names[i])) : VALUE_UNBOUND;
    if (v == VALUE_UNBOUND) return false;
    defaults[i - p->argcount] = v;
  }
  return true;
}

bool bind_plain(VM *vm, Function *function, ThreadedCode *code, Value *window, uint32_t npos,
                const Value *kwnames, size_t nkw) {
  const ImageFunction *fn = &function->code->fn;
  const Tuple *names = function->code->varnames;
  const uint32_t more = FUNCTION_VARARGS | FUNCTION_VARKEYWORDS | FUNCTION_NAMESPACE;
  if (UNLIKELY(!names || fn->flags & more || nkw > QUICK_KEYWORDS || npos > fn->argcount ||
               fn->argcount + fn->kwonlycount > 64 || fn->kwonlycount > QUICK_KEYWORDS))
    return false;
  Plain p = {function, names->items, fn->argcount, fn->argcount + fn->kwonlycount,
             npos > fn->posonlycount ? npos : fn->posonlycount};
  uint8_t at[QUICK_KEYWORDS];
  Value bound[QUICK_KEYWORDS], others[QUICK_KEYWORDS];
  uint64_t given = nkw ? plain_keywords(&p, kwnames, nkw, at) : 0;
  uint32_t defaults = function->defaults ? (uint32_t)tuple_length(function->defaults) : 0;
  if ((nkw && !given) || !plain_defaults(vm, &p, given, others)) return false;
  for (uint32_t i = npos; i + defaults < p.argcount; i++)
    if (!(given >> i & 1)) return false;
  for (size_t k = 0; k < nkw; k++) bound[k] = window[npos + k];
  for (uint32_t i = npos; i < p.argcount; i++)
    if (!(given >> i & 1)) window[i] = function->defaults->items[i + defaults - p.argcount];
  for (uint32_t i = p.argcount; i < p.count; i++)
    if (!(given >> i & 1)) window[i] = others[i - p.argcount];
  for (size_t k = 0; k < nkw; k++) window[at[k]] = bound[k];
  for (uint32_t i = code->clear_from; i < code->clear_to; i++) window[i] = VALUE_UNBOUND;
  return true;
}

bool frame_bind(VM *vm, Function *function, ThreadedCode *code, Value *window, int npos,
                Tuple *kwnames) {
  const ImageFunction *fn = &function->code->fn;
  if (kwnames && tuple_length(kwnames) == 0) kwnames = NULL;
  if (!kwnames && code->fast_argc != 0xffff) {
    uint32_t defaults = function->defaults ? (uint32_t)tuple_length(function->defaults) : 0;
    /* only defaults to fill in */
    if ((uint32_t)npos <= fn->argcount && (uint32_t)npos + defaults >= fn->argcount) {
      for (uint32_t i = (uint32_t)npos; i < fn->argcount; i++)
        window[i] = function->defaults->items[i + defaults - fn->argcount];
      for (uint32_t i = code->clear_from; i < code->clear_to; i++) window[i] = VALUE_UNBOUND;
      return true;
    }
  }
  if (bind_plain(vm, function, code, window, (uint32_t)npos, kwnames ? kwnames->items : NULL,
                 kwnames ? tuple_length(kwnames) : 0))
    return true;
  bool failed = false;
  if (!kwnames && bind_rest(vm, function, code, window, (uint32_t)npos, &failed)) return true;
  if (failed) return false;
  Binding b = {.vm = vm,
               .function = function,
               .fn = fn,
               .window = window,
               .argcount = fn->argcount,
               .kwonly = fn->kwonlycount};
  b.names = code_varnames(vm, function->code);
  if (!b.names) return false;
  return bind_full(&b, code, npos, kwnames);
}
