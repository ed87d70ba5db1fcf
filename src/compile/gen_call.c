/* gen_call.c -- calls: callee and arguments are evaluated straight into the window (layout:
** opcodes.def).
**
**     R[base] callee   R[base+1…] arguments        plain
**     R[base] callee   R[base+1] self or nothing   R[base+2…] arguments         method
**     R[base] callee   R[base+1] iterable          R[base+2] mapping or nothing    with * or **
*/
#include "src/compile/gen.h"

enum { WINDOW_ARGS_MAX = 250 };

/* names_repeat: does any keyword come twice? Cost: O(keywords), for calls with very many. */
static bool names_repeat(Compiler *c, const AstSeq *keywords) {
  int mask = 63;
  while (mask < 2 * keywords->count) mask = 2 * mask + 1;
  const Name **seen = ARENA_ARRAY(c->arena, const Name *, mask + 1);
  for (int i = 0; i < keywords->count; i++) {
    const Name *name = AST_AS(Keyword, keywords->items[i])->arg;
    size_t at = (size_t)((uintptr_t)name >> 4) * 0x9E3779B1u >> 7;
    if (!name) continue;
    while (seen[at & (size_t)mask] && seen[at & (size_t)mask] != name) at++;
    if (seen[at & (size_t)mask]) return true;
    seen[at & (size_t)mask] = name;
  }
  return false;
}

static void check_keywords(Compiler *c, const void *call, AstSeq *keywords) {
  bool repeats = keywords->count < 32 || names_repeat(c, keywords);
  for (int i = 0; i < keywords->count; i++) {
    AstKeyword *keyword = AST_AS(Keyword, keywords->items[i]);
    if (!keyword->arg) continue;
    if (!check_name(c, call, keyword->arg, CONTEXT_Store)) return;
    if (!repeats) continue;
    for (int j = i + 1; j < keywords->count; j++) {
      AstKeyword *other = AST_AS(Keyword, keywords->items[j]);
      if (other->arg != keyword->arg) continue;
      compile_fault(c, other, "keyword argument repeated: %s", keyword->arg->text);
      return;
    }
  }
}

static bool has_double_star(const AstSeq *keywords) {
  for (int i = 0; i < keywords->count; i++)
    if (!AST_AS(Keyword, keywords->items[i])->arg) return true;
  return false;
}

static bool needs_unpacking(const AstSeq *args, const AstSeq *keywords, int given) {
  return has_star(args) || has_double_star(keywords) ||
         args->count + keywords->count + given > WINDOW_ARGS_MAX;
}

/* Keyword values onto temporaries; the constant tuple of their names. Runs of keywords[from,
** to). */
static uint32_t gen_keywords(Compiler *c, AstSeq *keywords, int from, int to) {
  uint32_t *names = ARENA_ARRAY(c->arena, uint32_t, to - from + 1);
  for (int i = from; i < to; i++) {
    AstKeyword *keyword = AST_AS(Keyword, keywords->items[i]);
    names[i - from] = name_constant(c, keyword->arg); /* as it stands: calls do not mangle */
    gen_new(c, keyword->value);
  }
  return writer_tuple(&c->writer, CONSTANT_TUPLE, names, (uint32_t)(to - from));
}

/* R[to] = a mapping of all keywords, ** ones merged in order. */
static void gen_keyword_dict(Compiler *c, const void *node, AstSeq *keywords, Reg callee, Reg to) {
  int top = c->unit->top;
  bool started = false;
  if (keywords->count == 1 && has_double_star(keywords)) {
    gen_to(c, AST_AS(Keyword, keywords->items[0])->value, to); /* the call looks into it */
    return;
  }
  for (int i = 0; i < keywords->count; c->unit->top = top) {
    AstKeyword *keyword = AST_AS(Keyword, keywords->items[i]);
    if (!keyword->arg) {
      if (!started) EMIT(c, node, BUILD_DICT, .to = to, .base = top, .pairs = 0);
      Reg mapping = gen(c, keyword->value);
      EMIT(c, node, DICT_MERGE, .dict = to, .mapping = mapping, .callee = callee);
      i++, started = true;
      continue;
    }
    int end = i;
    while (end < keywords->count && end - i < WINDOW_ARGS_MAX &&
           AST_AS(Keyword, keywords->items[end])->arg)
      end++;
    Reg part = started ? temp_new(c) : to;
    int values = c->unit->top;
    uint32_t names = gen_keywords(c, keywords, i, end);
    EMIT(c, node, BUILD_CONST_DICT, .to = part, .base = values, .keys = constant_index(c, names));
    if (started) EMIT(c, node, DICT_MERGE, .dict = to, .mapping = part, .callee = callee);
    i = end, started = true;
  }
}

static void gen_unpacked_call(Compiler *c, const void *node, Reg base, int given, AstSeq *args,
                              AstSeq *keywords, Reg to) {
  c->unit->top = base + 1 + given;
  if (!given && args->count == 1 && args->items[0]->kind == AST_Starred) {
    gen_new(c, AST_AS(Starred, args->items[0])->value);
  } else if (given) { /* they stand in the window already: make them the head of the list */
    EMIT(c, node, BUILD_LIST, .to = base + 1, .base = base + 1, .count = given);
    c->unit->top = base + 2;
    Reg rest = temp_new(c);
    gen_list_of(c, node, args, 0, rest);
    EMIT(c, node, LIST_EXTEND, .list = base + 1, .iterable = rest);
    EMIT(c, node, LIST_TO_TUPLE, .to = base + 1, .list = base + 1);
  } else if (has_star(args) || args->count > WINDOW_ARGS_MAX) {
    Reg list = temp_new(c);
    gen_list_of(c, node, args, 0, list);
    EMIT(c, node, LIST_TO_TUPLE, .to = list, .list = list);
  } else {
    Reg tuple = temp_new(c);
    int first = c->unit->top;
    for (int i = 0; i < args->count; i++) gen_new(c, args->items[i]);
    EMIT(c, node, BUILD_TUPLE, .to = tuple, .base = first, .count = args->count);
  }
  c->unit->top = base + 2;
  Reg dict = temp_new(c);
  if (keywords->count) gen_keyword_dict(c, node, keywords, base, dict);
  else EMIT(c, node, LOAD_UNBOUND, .to = dict);
  EMIT(c, node, CALL_EX, .to = to, .base = base);
}

void gen_call_rest(Compiler *c, const void *node, Reg base, int given, AstSeq *args,
                   AstSeq *keywords, Reg to) {
  check_keywords(c, node, keywords);
  if (needs_unpacking(args, keywords, given)) {
    gen_unpacked_call(c, node, base, given, args, keywords, to);
    return;
  }
  c->unit->top = base + 1;
  temps_new(c, given);
  for (int i = 0; i < args->count; i++) gen_new(c, args->items[i]);
  int argc = given + args->count + keywords->count;
  if (!keywords->count) {
    EMIT(c, node, CALL, .to = to, .base = base, .argc = argc);
    return;
  }
  uint32_t names = gen_keywords(c, keywords, 0, keywords->count);
  EMIT(c, node, CALL_KW, .to = to, .base = base, .argc = argc, .names = constant_index(c, names));
}

static void gen_method_call(Compiler *c, AstCall *e, Reg to) {
  AstAttribute *method = AST_AS(Attribute, e->func);
  check_keywords(c, e, &e->keywords);
  Reg base = window_new(c);
  Reg self = temp_new(c);
  Reg object = gen_hint(c, method->value, self);
  EMIT(c, attribute_node(c, e->func, method), LOAD_METHOD, .base = base, .object = object,
       .name = attribute_index(c, method->attr));
  c->unit->top = self + 1;
  for (int i = 0; i < e->args.count; i++) gen_new(c, e->args.items[i]);
  int argc = e->args.count + e->keywords.count;
  const void *node = &e->node;
  uint32_t names = e->keywords.count ? gen_keywords(c, &e->keywords, 0, e->keywords.count) : 0;
  node = attribute_node(c, &e->node, method);
  if (e->keywords.count)
    EMIT(c, node, CALL_METHOD_KW, .to = to, .base = base, .argc = argc,
         .names = constant_index(c, names));
  else EMIT(c, node, CALL_METHOD, .to = to, .base = base, .argc = argc);
}

static void warn_call(Compiler *c, AstCall *e) {
  static const struct {
    uint16_t kind;
    const char *type;
  } rows[] = {{AST_Tuple, "tuple"},   {AST_List, "list"},
              {AST_ListComp, "list"}, {AST_Dict, "dict"},
              {AST_DictComp, "dict"}, {AST_Set, "set"},
              {AST_SetComp, "set"},   {AST_GeneratorExp, "generator"},
              {AST_JoinedStr, "str"}, {AST_FormattedValue, "str"}};
  static const char *const constants[] = {
      [LITERAL_NONE] = "NoneType", [LITERAL_FALSE] = "bool",
      [LITERAL_TRUE] = "bool",     [LITERAL_ELLIPSIS] = "ellipsis",
      [LITERAL_INT] = "int",       [LITERAL_BIG_INT] = "int",
      [LITERAL_FLOAT] = "float",   [LITERAL_COMPLEX] = "complex",
      [LITERAL_STR] = "str",       [LITERAL_BYTES] = "bytes",
      [LITERAL_TUPLE] = "tuple",   [LITERAL_FROZENSET] = "frozenset"};
  const char *type = NULL;
  if (e->func->kind == AST_Name || e->func->kind == AST_Attribute) return;
  if (e->func->kind == AST_Constant) type = constants[AST_AS(Constant, e->func)->value.tag];
  for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
    if (e->func->kind == rows[i].kind) type = rows[i].type;
  if (type) compile_warn(c, e, "'%s' object is not callable; perhaps you missed a comma?", type);
}

void gen_call_to(Compiler *c, AstCall *e, Reg to) {
  warn_call(c, e);
  if (e->func->kind == AST_Attribute && !needs_unpacking(&e->args, &e->keywords, 0)) {
    gen_method_call(c, e, to);
    return;
  }
  Reg base = window_new(c);
  gen_to(c, e->func, base);
  gen_call_rest(c, e, base, 0, &e->args, &e->keywords, to);
}
