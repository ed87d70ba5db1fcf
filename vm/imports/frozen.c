/* frozen.c -- modules whose Python text is part of the program, compiled when they are asked
** for. */
#include "vm/imports/frozen.h"

#include <stdio.h>
#include <unistd.h>

#include "vm/contracts/error.h"
#include "vm/core/options.h"
#include "vm/imports/baked.h"
#include "vm/imports/loader.h"
#include "vm/imports/path.h"
#include "vm/objects/str.h"

#define GREETING                 \
  "initialized = True\n\n\n"     \
  "def main():\n"                \
  "    print('Hello world!')\n"  \
  "\n\n"                         \
  "if __name__ == '__main__':\n" \
  "    main()\n"
/* The classes have texts that UTF-8 writes with two, two and four bytes. */
#define HELLO                                         \
  "class TestFrozenUtf8_1:\n    '''\302\266'''\n\n\n" \
  "class TestFrozenUtf8_2:\n    '''\317\200'''\n\n\n" \
  "class TestFrozenUtf8_4:\n    '''\360\237\230\200'''\n\n\n" GREETING

enum { MODULE = false, PACKAGE = true, ASKED = false, ALWAYS = true };
#define TEXT(x) .text = (x)
#define FILE(x) .file = (x)
static const FrozenModule rows[] = {
#define FROZEN(module, from, code, kind, use, form, source) \
  {.name = module, .origin = from, .shown = code, .is_package = kind, .always = use, form(source)},
#include "vm/imports/frozen.def"
};

static struct { int override; } state;

void frozen_override(int override) { state.override = override; }
size_t frozen_count(void) { return ARRAY_COUNT(rows); }
const FrozenModule *frozen_at(size_t i) { return &rows[i]; }

const FrozenModule *frozen_find(const Str *name) {
  for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
    if (str_equal_cstr(name, rows[i].name))
      return rows[i].always || state.override >= 0 ? &rows[i] : NULL;
  return baked_module(name);
}

Code *frozen_code(VM *vm, const FrozenModule *module) {
  Str *shown = str_format(vm, "<frozen %s>", module->shown);
  const char *library = module->file ? stdlib_folder(vm->options) : "";
  if (!shown) return NULL;
  if (!library || !source_loader)
    return raise_error(vm, TYPE_OF(ImportError), "the standard library's %s is not there",
                       module->shown),
           NULL;
  if (module->file) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", library, module->file);
    if (access(path, F_OK))
      return raise_error(vm, TYPE_OF(ModuleNotFoundError), "No module named '%s'", module->name),
             NULL;
    return source_loader->load_file(vm, path, shown);
  }
  LoadRequest request = {.filename = shown,
                         .mode = LOAD_EXEC,
                         .flags = LOAD_SOURCE_IS_UTF8,
                         .optimize = -1,
                         .feature_version = -1};
  return source_loader->compile_text(vm, module->text, strlen(module->text), &request);
}
