/* module.c -- the module _sre, which the library's `re` is built on. */
#include "vm/base/memory.h"
#include "vm/base/unicode.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/sre/sre.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"

#include <stdlib.h>

#define NATIVE_DEF "vm/modules/sre/module.def"
#define NATIVE_PREFIX sre_module_
#include "vm/contracts/native_class.inc"

/* The numbers of the list as words; NULL: exception pending. */
static uint32_t *code_words(VM *vm, Value code, size_t *size) {
  if (!value_has_flag(code, TYPE_LIST_SUBCLASS))
    return (void)raise_type(vm, "compile() argument 'code' must be list, not %T", code), NULL;
  const List *list = value_object(code);
  const Value *items = list_items(list);
  *size = list_length(list);
  uint32_t *words = memory_take(*size * 4 + 4);
  if (!words) return (void)raise_memory(vm), NULL;
  for (size_t i = 0; i < *size; i++) {
    uint64_t n;
    if (!value_is_any_int(items[i]) || !int_to_uint64(items[i], &n) || n > UINT32_MAX) {
      free(words);
      return (void)raise_error(vm, TYPE_OF(OverflowError),
                               "regular expression code size limit exceeded"),
             NULL;
    }
    words[i] = (uint32_t)n;
  }
  return words;
}

Value sre_pattern_make(VM *vm, uint32_t *words, size_t size, const SrePatternParts *parts) {
  SreProgram *program = sre_translate(vm, words, size, parts->groups);
  if (!program) return VALUE_FAIL;
  SrePattern *pattern = heap_new_zeroed(vm, SHAPE_OF(sre_pattern), sizeof *pattern);
  pattern->program = program;
  pattern->pattern = parts->pattern;
  pattern->groupindex = parts->groupindex;
  pattern->indexgroup = parts->indexgroup;
  pattern->template_source = VALUE_UNBOUND;
  pattern->flags = parts->flags;
  pattern->groups = parts->groups;
  pattern->is_bytes = parts->pattern == VALUE_NONE ? -1 : !value_is_str(parts->pattern);
  heap_track_destroy(vm, &pattern->h);
  return value_from(pattern);
}

static Value sre_module_compile(VM *vm, Value self, const sre_module_compile_args *a) {
  if (!value_has_flag(a->groupindex, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "compile() argument 'groupindex' must be dict, not %T", a->groupindex);
  if (!value_has_flag(a->indexgroup, TYPE_TUPLE_SUBCLASS))
    return raise_type(vm, "compile() argument 'indexgroup' must be tuple, not %T", a->indexgroup);
  if (a->groups < 0 || a->groups > SRE_MAX_GROUPS)
    return raise_error(vm, TYPE_OF(RuntimeError), "invalid SRE code");
  bool is_text = value_is_str(a->pattern);
  if (a->pattern != VALUE_NONE && !is_text && !value_is_bytes_like(a->pattern))
    return raise_type(vm, "expected string or bytes-like object, got '%.200T'", a->pattern);
  size_t size;
  uint32_t *words = code_words(vm, a->code, &size);
  if (!words) return VALUE_FAIL;
  return sre_pattern_make(vm, words, size,
                          &(SrePatternParts){.pattern = a->pattern,
                                             .flags = a->flags,
                                             .groups = (uint32_t)a->groups,
                                             .groupindex = a->groupindex,
                                             .indexgroup = value_object(a->indexgroup)});
}

static Value sre_module_getcodesize(VM *vm, Value self, const sre_module_getcodesize_args *a) {
  return value_int(vm, 4);
}

static Value sre_module_ascii_iscased(VM *vm, Value self, const sre_module_ascii_iscased_args *a) {
  uint32_t lower = (uint32_t)a->character | 32;
  return value_bool(a->character >= 0 && a->character < 128 && lower >= 'a' && lower <= 'z');
}
static Value sre_module_unicode_iscased(VM *vm, Value self,
                                        const sre_module_unicode_iscased_args *a) {
  uint32_t c = (uint32_t)a->character;
  return value_bool(unicode_to_lower(c) != c || sre_upper_unicode(c) != c);
}
static Value sre_module_ascii_tolower(VM *vm, Value self, const sre_module_ascii_tolower_args *a) {
  return value_int(vm, sre_lower(FOLD_ASCII, (uint32_t)a->character));
}
static Value sre_module_unicode_tolower(VM *vm, Value self,
                                        const sre_module_unicode_tolower_args *a) {
  return value_int(vm, sre_lower(FOLD_UNICODE, (uint32_t)a->character));
}

static bool init(VM *vm, Module *module) {
  return module_add_int(vm, module, "MAGIC", SRE_MAGIC) &&
         module_add_int(vm, module, "CODESIZE", 4) &&
         module_add_int(vm, module, "MAXREPEAT", UINT32_MAX) &&
         module_add_int(vm, module, "MAXGROUPS", SRE_MAX_GROUPS) &&
         module_add_str(vm, module, "copyright",
                        " Krait regular expressions for the code of SRE 2.2.2 ");
}

const ModuleSpec _sre_module = {
    .name = "_sre",
    .doc = NULL,
    NATIVE_FUNCTIONS(sre_module_),
    .init = init,
};
