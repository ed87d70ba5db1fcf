/* compiler.c -- re._compiler.compile, in C where it is about a usual pattern; the library's own
** function, which is its __self__, does the rest: errors, warnings, debug output, locales,
** conditional groups (perf-note 0074). */
#include "vm/base/memory.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/sre/sre.h"
#include "vm/modules/sre/tree.h"
#include "vm/objects/bytes.h"
#include "vm/objects/dict.h"
#include "vm/objects/function.h"
#include "vm/objects/int.h"
#include "vm/objects/module.h"
#include "vm/objects/str_ops.h"
#include "vm/objects/tuple.h"

#include <stdlib.h>

#define NATIVE_DEF "vm/modules/sre/compiler.def"
#define NATIVE_PREFIX compiler_
#include "vm/contracts/native_class.inc"

typedef struct Job {
  VM *vm;
  Value pattern;
  Dict *extra_cases; /* [borrowed: re._compiler] */
  Arena arena;
  SreTree tree;
  const uint32_t *words; /* [borrowed: the arena] */
  size_t size;
} Job;

/* re._casefix's row of a lower-case letter. */
static uint32_t extra_cases(void *data, uint32_t lower, uint32_t extra[SRE_EXTRA_MAX]) {
  Job *job = data;
  Value row = dict_get(job->vm, job->extra_cases, value_int_unchecked(lower));
  if (!value_is(row, tuple)) return 0;
  const Tuple *others = value_object(row);
  uint32_t count = (uint32_t)tuple_length(others);
  if (count > SRE_EXTRA_MAX) arena_fail(&job->arena);
  for (uint32_t i = 0; i < count; i++) extra[i] = (uint32_t)value_as_int(others->items[i]);
  return count;
}

static void take_characters(Job *job) {
  SreTree *tree = &job->tree;
  tree->is_text = value_is(job->pattern, str);
  const Str *text = tree->is_text ? value_object(job->pattern) : NULL;
  const Bytes *bytes = tree->is_text ? NULL : value_object(job->pattern);
  tree->size = text ? text->length : bytes->length;
  uint32_t *chars = ARENA_ARRAY(&job->arena, uint32_t, tree->size + 1);
  for (size_t i = 0; i < tree->size; i++)
    chars[i] = text ? str_at(text, i) : (uint8_t)bytes->data[i];
  tree->chars = chars;
}

static void work(void *data) {
  Job *job = data;
  take_characters(job);
  sre_parse(&job->tree);
  job->words = sre_generate(&job->tree, extra_cases, job, &job->size);
}

/* The names of the groups, both ways. */
static bool name_groups(const Job *job, Dict *index, Tuple *names) {
  VM *vm = job->vm;
  for (uint32_t i = 0; i < job->tree.groups; i++) tuple_set_item(vm, names, i, VALUE_NONE);
  for (const SreName *n = job->tree.names; n; n = n->next) {
    char text[256];
    if (n->length > sizeof text) return false;
    for (size_t i = 0; i < n->length; i++) text[i] = (char)job->tree.chars[n->start + i];
    Value name = value_of(str_new_utf8(vm, text, n->length));
    if (name == VALUE_FAIL || !dict_set(vm, index, name, value_int_unchecked(n->group)))
      return false;
    tuple_set_item(vm, names, n->group, name);
  }
  return true;
}

static Value finish(Job *job) {
  VM *vm = job->vm;
  Dict *index = dict_new(vm);
  Tuple *names = index ? tuple_new(vm, job->tree.groups) : NULL;
  if (!names || !name_groups(job, index, names)) return VALUE_FAIL;
  uint32_t *words = memory_take(job->size * sizeof *words);
  if (!words) return raise_memory(vm);
  memcpy(words, job->words, job->size * sizeof *words);
  return sre_pattern_make(vm, words, job->size,
                          &(SrePatternParts){.pattern = job->pattern,
                                             .flags = job->tree.flags,
                                             .groups = job->tree.groups - 1,
                                             .groupindex = value_from(index),
                                             .indexgroup = names});
}

/* VALUE_UNBOUND: it is for the library's own function. */
MAY_RUN static Value compile_usual(VM *vm, Function *library, Value pattern, Value flags) {
  if (!value_is(pattern, str) && !value_is(pattern, bytes)) return VALUE_UNBOUND;
  if (!value_is_int(flags) || value_as_int(flags) & ~(int64_t)RE_KNOWN) return VALUE_UNBOUND;
  Value extra = dict_get_str(vm, library->globals, NAME("_EXTRA_CASES"));
  if (!value_is(extra, dict)) return VALUE_UNBOUND;
  Job job = {.vm = vm, .pattern = pattern, .extra_cases = value_object(extra)};
  arena_init(&job.arena);
  job.tree.arena = &job.arena;
  job.tree.flags = (uint32_t)value_as_int(flags);
  Value made = arena_run(&job.arena, work, &job) ? finish(&job) : VALUE_UNBOUND;
  arena_deinit(&job.arena);
  return made;
}

static Value compiler_compile(VM *vm, Value self, const compiler_compile_args *a) {
  Value flags = a->flags == VALUE_MISSING ? value_int_unchecked(0) : a->flags;
  Value made = compile_usual(vm, value_object(self), a->p, flags);
  return made == VALUE_UNBOUND ? call2(vm, self, a->p, flags) : made;
}

bool sre_adopt_compiler(VM *vm, Value module, bool is_loaded) {
  if (!is_loaded || !value_is(module, module)) return true;
  Dict *dict = module_dict(value_object(module));
  Value library = dict_get_str(vm, dict, NAME("compile"));
  if (!value_is(library, function)) return true;
  Value ours =
      native_function_new(vm, &compiler_methods[0], library, value_from(NAME("re._compiler")));
  return ours != VALUE_FAIL && dict_set_str(vm, dict, NAME("compile"), ours);
}
