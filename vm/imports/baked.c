/* baked.c -- see baked.h. Rows are written by CMake: BAKED(number, path, module or NULL, package,
** absolute path at the build). */
#include "vm/imports/baked.h"

#include <string.h>

#include "vm/objects/str.h"

#include "baked.inc"

/* The bytes, with a NUL behind each file. */
#define BAKED(number, path, module, package, source)    \
  __asm__(".section .krait_library, \"a\", %progbits\n" \
          ".global baked_" #number "\n"                 \
          ".global baked_end_" #number "\n"             \
          "baked_" #number ":\n"                        \
          ".incbin \"" source "\"\n"                    \
          "baked_end_" #number ":\n"                    \
          ".byte 0\n"                                   \
          ".previous\n");                               \
  extern const char baked_##number[], baked_end_##number[];
BAKED_FILES
#undef BAKED

static const struct BakedFile {
  const char *path, *start, *end;
  FrozenModule module; /* name NULL: it is none */
} files[] = {
#define BAKED(number, file_path, module_name, package, source) \
  {.path = (file_path),                                        \
   .start = baked_##number,                                    \
   .end = baked_end_##number,                                  \
   .module = {.name = (module_name),                           \
              .shown = (module_name),                          \
              .is_package = (package),                         \
              .always = true,                                  \
              .text = baked_##number}},
    BAKED_FILES
#undef BAKED
};

static struct { bool elsewhere; } state;

void baked_elsewhere(void) { state.elsewhere = true; }

const FrozenModule *baked_module(const Str *name) {
  if (state.elsewhere) return NULL;
  for (size_t i = 0; i < ARRAY_COUNT(files); i++)
    if (files[i].module.name && str_equal_cstr(name, files[i].module.name)) return &files[i].module;
  return NULL;
}

const char *baked_file(const char *path, size_t *size) {
  for (size_t i = 0; i < ARRAY_COUNT(files); i++)
    if (!strcmp(files[i].path, path)) {
      *size = (size_t)(files[i].end - files[i].start);
      return files[i].start;
    }
  return NULL;
}
