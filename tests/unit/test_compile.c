/* The compiler: images that verify, faults with CPython's words, warnings, reproducible bytes. */
#include <criterion/criterion.h>

#include "src/compile/compile.h"
#include "vm/bytecode/verify.h"

static Arena arena;
static Buffer image_bytes;
static SyntaxFault fault;
static SyntaxWarning *warnings;

static void setup(void) {
  arena_init(&arena);
  image_bytes = (Buffer){0};
  warnings = NULL;
}
static void teardown(void) {
  arena_deinit(&arena);
  buffer_deinit(&image_bytes);
}
TestSuite(compile, .init = setup, .fini = teardown);

static bool compile_text(const char *text) {
  CompileOptions options = {.filename = "test.py",
                            .parse = {.filename = "test.py", .max_str_digits = -1}};
  image_bytes.size = 0;
  return compile_source(&arena, (const uint8_t *)text, strlen(text), &options, &image_bytes, &fault,
                        &warnings);
}

static ImageFunction function_named(const char *name) {
  static Image image;
  ImageFunction f;
  cr_assert(image_open(&image, image_bytes.bytes, image_bytes.size, NULL));
  const char *why;
  cr_assert(image_verify(&image, &why), "%s", why);
  for (uint32_t i = 0; i < image.header->function_count; i++) {
    image_function(&image, i, &f);
    if (!strcmp(image_string(&image, f.qualname).bytes, name)) return f;
  }
  cr_assert_fail("no function %s", name);
  abort(); /* not reached */
}

static void expect_fault(const char *text, const char *message, int line, int column) {
  cr_assert_not(compile_text(text), "%s", text);
  cr_assert_str_eq(fault.message, message);
  cr_assert(fault.line == line && fault.column == column, "%s: %d:%d", text, fault.line,
            fault.column);
}

Test(compile, parameters_come_first_among_the_locals) {
  cr_assert(compile_text("def f(a, /, b, *args, c=1, **kw):\n  x = a\n  return lambda: b\n"));
  ImageFunction f = function_named("f");
  static const char *const names[] = {"a", "b", "c", "args", "kw", "x"};
  cr_assert_eq(f.local_count, ARRAY_COUNT(names));
  for (uint32_t i = 0; i < f.local_count; i++)
    cr_assert_str_eq(image_string(f.image, function_local(&f, i)).bytes, names[i]);
  cr_assert(f.argcount == 2 && f.posonlycount == 1 && f.kwonlycount == 1);
  cr_assert(f.cell_count == 1 && function_cell_register(&f, 0) == 1);
  ImageFunction inner = function_named("f.<locals>.<lambda>");
  cr_assert_eq(inner.free_count, 1);
}

Test(compile, faults_have_the_words_and_places_of_the_reference) {
  expect_fault("return 1\n", "'return' outside function", 1, 1);
  expect_fault("def f():\n  break\n", "'break' outside loop", 2, 3);
  expect_fault("def f(a, a): pass\n", "duplicate argument 'a' in function definition", 1, 10);
  expect_fault("def f():\n  x = 1\n  global x\n",
               "name 'x' is assigned to before global declaration", 3, 3);
  expect_fault("def f():\n  nonlocal x\n", "no binding for nonlocal 'x' found", 2, 3);
  expect_fault("nonlocal x\n", "nonlocal declaration not allowed at module level", 1, 1);
  expect_fault("def f():\n  from a import *\n", "import * only allowed at module level", 2, 17);
  expect_fault("[(yield) for x in y]\n", "'yield' inside list comprehension", 1, 3);
  expect_fault("def f():\n  await x\n", "'await' outside async function", 2, 3);
  expect_fault("from __future__ import nothing\n", "future feature nothing is not defined", 1, 1);
}

Test(compile, warnings_are_collected_once) {
  cr_assert(compile_text("def f(x):\n  try: pass\n  finally:\n    return x is 1\n"));
  cr_assert(warnings && !warnings->next);
  cr_assert_str_eq(warnings->message, "\"is\" with a literal. Did you mean \"==\"?");
  cr_assert_eq(warnings->line, 4);
}

Test(compile, the_same_source_gives_the_same_bytes) {
  const char *text =
      "class C:\n  def m(self):\n    return [super().m(x) for x in {1, 2, 3} if x in [4, 5.5]]\n";
  cr_assert(compile_text(text));
  Buffer first = image_bytes;
  image_bytes = (Buffer){0};
  cr_assert(compile_text(text));
  cr_assert(first.size == image_bytes.size && !memcmp(first.bytes, image_bytes.bytes, first.size));
  buffer_deinit(&first);
}

Test(compile, nesting_too_deep_is_a_fault) {
  Buffer text = {0};
  for (int i = 0; i < 20000; i++) buffer_add_text(&text, "-x+");
  buffer_add_text(&text, "1\n");
  cr_assert_not(compile_text(buffer_text(&text)));
  buffer_deinit(&text);
}

Test(compile, annotations_become_text) {
  cr_assert(compile_text("from __future__ import annotations\ndef f(a: (x+1)*-y[1:2, ...] if not z "
                         "else {'k': lambda q, *r: f'{q!r:>{w}}'}): pass\n"));
  function_named("f");
  bool found = false;
  Image image;
  cr_assert(image_open(&image, image_bytes.bytes, image_bytes.size, NULL));
  for (uint32_t i = 0; i < image.header->string_count; i++)
    found |= !strcmp(image_string(&image, i).bytes,
                     "(x + 1) * -y[1:2, ...] if not z else {'k': lambda q, *r: f'{q!r:>{w}}'}");
  cr_assert(found);
}
