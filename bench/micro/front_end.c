/* front_end.c -- text to tree to image, and an image to code: the work of a cold and of a warm
** start. */
#include "python.h"

#include <stdio.h>
#include <stdlib.h>

#include "src/compile/compile.h"
#include "vm/base/arena.h"
#include "vm/base/buffer.h"
#include "vm/objects/code.h"
#include "vm/objects/str.h"

static const char *const SAMPLE = "/usr/lib/python3.11/argparse.py";

static bool read_sample(Buffer *text) {
  buffer_init(text);
  FILE *file = fopen(SAMPLE, "rb");
  if (!file) return false;
  char chunk[65536];
  for (size_t n; (n = fread(chunk, 1, sizeof chunk, file)) > 0;) buffer_add(text, chunk, n);
  fclose(file);
  return true;
}

static bool compile_sample(Arena *arena, Buffer *text, Buffer *image) {
  CompileOptions options = {.filename = SAMPLE};
  SyntaxFault fault = {0};
  return compile_source(arena, text->bytes, text->size, &options, image, &fault, NULL);
}

MICRO(parse_library_file) {
  Buffer text;
  if (!read_sample(&text)) return micro_skip(state, "the standard library is not there");
  while (micro_running(state)) {
    Arena arena;
    arena_init(&arena);
    ParseOptions options = {.filename = SAMPLE};
    SyntaxFault fault = {0};
    MICRO_KEEP(parse_source(&arena, text.bytes, text.size, &options, &fault, NULL));
    arena_deinit(&arena);
  }
  micro_bytes(state, (int64_t)text.size);
  buffer_deinit(&text);
}

MICRO(compile_library_file) {
  Buffer text;
  if (!read_sample(&text)) return micro_skip(state, "the standard library is not there");
  while (micro_running(state)) {
    Arena arena;
    Buffer image = {0};
    arena_init(&arena);
    if (!compile_sample(&arena, &text, &image)) return micro_skip(state, "it does not compile");
    buffer_deinit(&image);
    arena_deinit(&arena);
  }
  micro_bytes(state, (int64_t)text.size);
  buffer_deinit(&text);
}

MICRO(image_to_code) {
  Buffer text, image = {0};
  Arena arena;
  arena_init(&arena);
  if (!read_sample(&text) || !compile_sample(&arena, &text, &image))
    return micro_skip(state, "no image");
  Str *name = str_new_cstr(vm, SAMPLE);
  while (micro_running(state)) {
    uint8_t *copy = malloc(image.size); /* the code takes its image over */
    if (!copy) return micro_skip(state, "no memory");
    memcpy(copy, image.bytes, image.size);
    MICRO_KEEP(code_from_image(vm, copy, image.size, IMAGE_ALLOCATED, TRUST_COMPILED, name));
  }
  micro_bytes(state, (int64_t)image.size);
  arena_deinit(&arena);
  buffer_deinit(&image);
  buffer_deinit(&text);
}
