/* What registers hold: code that gives an instruction something else than it takes is refused, the
** right code is not. */
#include <criterion/criterion.h>

#include "vm/bytecode/image_writer.h"
#include "vm/bytecode/verify.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

enum { REGISTERS = 12, CODE_MAX = 16 };
enum { K_NONE, K_TEXT, K_NAMES, K_MIXED, K_INNER }; /* constants */

/* Jump operands are indexes into `code`. */
typedef struct Case {
  Insn code[CODE_MAX];
  ExceptionRange range; /* of instructions */
  uint32_t start_off, end_off, target_off;
} Case;

#define I(name, ...)                            \
  {                                             \
    .op = OP_##name, .operand = { __VA_ARGS__ } \
  }

static void write_function(ImageWriter *w, uint32_t number, uint32_t flags, uint32_t frees,
                           const Case *c, const uint32_t *constants) {
  uint32_t offsets[CODE_MAX + 1] = {0};
  int count = 0;
  for (; count < CODE_MAX && c->code[count].op != OP_NOP; count++) {
    Insn insn = c->code[count];
    offsets[count + 1] = offsets[count] + (uint32_t)op_size(&insn);
  }
  Buffer code = {0};
  LineWriter lines;
  line_writer_init(&lines, 1);
  for (int i = 0; i < count; i++) {
    Insn insn = c->code[i];
    int jump = op_info[insn.op].jump;
    if (jump >= 0) insn.operand[jump] = (int32_t)offsets[insn.operand[jump]];
    op_encode(&code, &insn);
    line_writer_add(&lines, offsets[i + 1] - offsets[i], (Position){1, 1, i, i + 1});
  }
  line_writer_finish(&lines);
  uint32_t text = writer_string(w, "f", 1), names[] = {text}, free_names[] = {text, text};
  ExceptionRange range = c->range;
  range.start = offsets[range.start], range.end = offsets[range.end],
  range.target = offsets[range.target];
  range.start += c->start_off, range.end += c->end_off, range.target += c->target_off;
  WriterFunction f = {.flags = flags,
                      .name = text,
                      .qualname = text,
                      .register_count = REGISTERS,
                      .firstlineno = 1,
                      .constant_count = 5,
                      .constants = constants,
                      .names = names,
                      .name_count = 1,
                      .free_count = frees,
                      .frees = free_names,
                      .range_count = c->range.end ? 1 : 0,
                      .ranges = &range,
                      .code = code.bytes,
                      .code_size = (uint32_t)code.size,
                      .lines = lines.out.bytes,
                      .lines_size = lines.out.size};
  writer_add_function(w, number, &f);
  buffer_deinit(&code);
  buffer_deinit(&lines.out);
}

static bool verifies_as(const Case *c, uint32_t flags) {
  Arena arena;
  arena_init(&arena);
  ImageWriter w;
  image_writer_init(&w, &arena);
  uint32_t module = writer_reserve_function(&w), inner = writer_reserve_function(&w);
  uint32_t text = writer_str(&w, "s", 1), one = writer_int(&w, 1), mixed[] = {text, one};
  uint32_t constants[] = {writer_none(&w), text, writer_tuple(&w, CONSTANT_TUPLE, &text, 1),
                          writer_tuple(&w, CONSTANT_TUPLE, mixed, 2), writer_code(&w, inner)};
  static const Case leave = {{I(RETURN_NONE, 0)}};
  Case inner_code = leave;
  inner_code.code[0] = (Insn){.op = OP_RETURN_NONE};
  inner_code.code[1] = (Insn){0};
  write_function(&w, module, FUNCTION_NAMESPACE | FUNCTION_MODULE | flags, 0, c, constants);
  write_function(&w, inner, FUNCTION_OPTIMIZED, 2, &inner_code, constants);
  Buffer bytes = {0};
  cr_assert(image_writer_finish(&w, text, (ContentHash){0}, &bytes));
  image_writer_deinit(&w);
  Image image;
  const char *why = "?";
  cr_assert(image_open(&image, bytes.bytes, bytes.size, &why), "%s", why);
  cr_assert(image_verify_tables(&image, &why), "%s", why);
  bool fine = image_verify_function(&image, 0, &why);
  bool is_off = c->start_off || c->end_off || c->target_off;
  cr_assert(fine || !strcmp(why, is_off ? "jump" : "what a register holds"), "%s", why);
  buffer_deinit(&bytes);
  arena_deinit(&arena);
  return fine;
}

static bool verifies(const Case *c) { return verifies_as(c, 0); }

#define FINE(...) cr_assert(verifies(&(Case){__VA_ARGS__}))
#define WRONG(...) cr_assert_not(verifies(&(Case){__VA_ARGS__}))
#define END I(RETURN_NONE)

Test(kinds, what_was_never_written_is_not_read) {
  FINE({I(LOAD_INT, 1, 5), I(MOVE, 2, 1), END});
  WRONG({I(MOVE, 2, 1), END});
  WRONG({I(LOAD_INT, 1, 5), I(ADD, 2, 1, 3), END});
  WRONG({I(LOAD_INT, 5, 0), I(BUILD_LIST, 1, 5, 2), END});
}

Test(kinds, what_may_be_unbound_is_checked_first) {
  FINE({I(LOAD_UNBOUND, 1), I(CHECK_LOCAL, 1, 0), I(NOT, 2, 1), END});
  WRONG({I(LOAD_UNBOUND, 1), I(NOT, 2, 1), END});
  WRONG({I(LOAD_INT, 1, 1), I(DELETE_LOCAL, 1, 0), I(NOT, 2, 1), END});
  WRONG({I(LOAD_INT, 1, 1), I(JUMP_IF_TRUE, 1, 3), I(LOAD_UNBOUND, 1), I(NOT, 2, 1), END});
}

Test(kinds, containers_are_what_instructions_of_their_own_made) {
  FINE({I(BUILD_LIST, 1, 2, 0), I(LOAD_INT, 3, 1), I(LIST_APPEND, 1, 3), I(LIST_TO_TUPLE, 1, 1),
        END});
  WRONG({I(LOAD_INT, 1, 1), I(LIST_APPEND, 1, 1), END});
  WRONG({I(BUILD_SET, 1, 2, 0), I(LIST_APPEND, 1, 1), END});
  WRONG({I(BUILD_LIST, 1, 2, 0), I(SET_ADD, 1, 1), END});
  WRONG({I(BUILD_LIST, 1, 2, 0), I(DICT_SET, 1, 1, 1), END});
  WRONG({I(BUILD_LIST, 1, 2, 0), I(JUMP_IF_TRUE, 1, 3), I(LOAD_INT, 1, 1), I(LIST_APPEND, 1, 1),
         END});
  WRONG({I(LOAD_INT, 1, 7), I(BUILD_STRING, 2, 1, 1), END});
  FINE({I(LOAD_CONST, 1, K_TEXT), I(BUILD_STRING, 2, 1, 1), END});
  WRONG({I(LOAD_INT, 1, 7), I(MATCH_KEYS, 2, 1, 1), END});
  FINE({I(LOAD_CONST, 1, K_MIXED), I(MATCH_KEYS, 2, 1, 1), END});
  WRONG({I(LOAD_CONST, 1, K_MIXED), I(MATCH_CLASS, 2, 1, 1, 0, 1), END});
  FINE({I(LOAD_CONST, 1, K_NAMES), I(MATCH_CLASS, 2, 1, 1, 0, 1), END});
}

Test(kinds, cells_are_cells) {
  FINE({I(NEW_CELL, 1), I(LOAD_INT, 2, 1), I(STORE_CELL, 1, 2), I(LOAD_CELL, 2, 1, 0), END});
  WRONG({I(LOAD_INT, 1, 1), I(LOAD_CELL, 2, 1, 0), END});
  WRONG({I(LOAD_INT, 1, 1), I(STORE_CELL, 1, 1), END});
  FINE({I(NEW_CELL, 1), I(NEW_CELL, 2), I(BUILD_TUPLE, 7, 1, 2), I(MAKE_FUNCTION, 3, 4, 8, K_INNER),
        END});
  /* it wants two */
  WRONG({I(NEW_CELL, 1), I(BUILD_TUPLE, 7, 1, 1), I(MAKE_FUNCTION, 3, 4, 8, K_INNER), END});
  WRONG({I(LOAD_INT, 1, 1), I(NEW_CELL, 2), I(BUILD_TUPLE, 7, 1, 2),
         I(MAKE_FUNCTION, 3, 4, 8, K_INNER), END});
  WRONG({I(MAKE_FUNCTION, 3, 4, 0, K_INNER), END});
}

Test(kinds, nothing_lives_in_the_window_of_a_call) {
  FINE({I(LOAD_INT, 1, 1), I(LOAD_INT, 7, 1), I(CALL, 2, 7, 0), I(ADD, 3, 1, 2), END});
  WRONG({I(LOAD_INT, 8, 1), I(LOAD_INT, 7, 1), I(CALL, 2, 7, 0), I(MOVE, 3, 8), END});
  /* its frame header */
  WRONG({I(LOAD_INT, 3, 1), I(LOAD_INT, 7, 1), I(CALL, 2, 7, 0), I(MOVE, 1, 3), END});
  WRONG({I(LOAD_INT, 7, 1), I(CALL, 2, 7, 1), END});
  FINE({I(LOAD_INT, 1, 1), I(LOAD_METHOD, 7, 1, 0), I(CALL_METHOD, 2, 7, 0), END});
  /* self may be UNBOUND */
  WRONG({I(LOAD_INT, 1, 1), I(LOAD_METHOD, 7, 1, 0), I(MOVE, 2, 8), I(NOT, 2, 2), END});
  /* any mapping, or nothing; but something must be there */
  FINE({I(LOAD_INT, 7, 1), I(LOAD_INT, 8, 1), I(LOAD_INT, 9, 1), I(CALL_EX, 2, 7), END});
  WRONG({I(LOAD_INT, 7, 1), I(LOAD_INT, 8, 1), I(CALL_EX, 2, 7), END});
  FINE({I(LOAD_INT, 7, 1), I(LOAD_INT, 8, 1), I(LOAD_UNBOUND, 9), I(CALL_EX, 2, 7), END});
}

Test(kinds, exceptions_come_from_handlers) {
  FINE({I(LOAD_INT, 1, 1), I(NOT, 2, 1), END, I(ENTER_HANDLER, 3, 2), I(LEAVE_HANDLER, 3),
        I(RERAISE, 2)},
       .range = {1, 2, 3, 2});
  WRONG({I(LOAD_INT, 1, 1), I(RERAISE, 1)});
  WRONG({I(LOAD_INT, 1, 1), I(ENTER_HANDLER, 3, 1), END});
  WRONG({I(LOAD_INT, 1, 1), I(LEAVE_HANDLER, 1), END});
  WRONG({I(LOAD_INT, 1, 1), I(WITH_EXIT, 2, 1, 1), END});
  FINE({I(LOAD_INT, 1, 1), I(LOAD_NONE, 3), I(WITH_EXIT, 2, 1, 3), END});
  /* the handler sees what the range wrote before it raised */
  WRONG({I(BUILD_LIST, 1, 2, 0), I(LOAD_INT, 1, 1), I(NOT, 3, 1), END, I(LIST_APPEND, 1, 4),
         I(RERAISE, 4)},
        .range = {0, 3, 4, 4});
  FINE({I(BUILD_LIST, 1, 2, 0), I(LOAD_INT, 3, 1), I(NOT, 3, 3), END, I(LIST_APPEND, 1, 4),
        I(RERAISE, 4)},
       .range = {1, 3, 4, 4});
}

#define RAISER \
  { I(LOAD_INT, 1, 1), I(NOT, 2, 1), I(NOT, 3, 1), END, I(RERAISE, 4) }
Test(kinds, ranges_start_and_end_at_instructions) {
  FINE(RAISER, .range = {1, 2, 4, 4});
  WRONG(RAISER, .range = {1, 2, 4, 4}, .start_off = 1);
  WRONG(RAISER, .range = {1, 2, 4, 4}, .end_off = 1);
  WRONG(RAISER, .range = {1, 2, 4, 4}, .target_off = 1);
}

Test(kinds, loops_are_followed_until_nothing_changes) {
  FINE({
    I(LOAD_INT, 1, 1), I(BUILD_LIST, 2, 3, 0), I(LIST_APPEND, 2, 1), I(JUMP_IF_TRUE, 1, 5),
        I(LOOP, 2), END
  });
  WRONG({
    I(LOAD_INT, 1, 1), I(BUILD_LIST, 2, 3, 0), I(LIST_APPEND, 2, 1), I(JUMP_IF_TRUE, 1, 6),
        I(LOAD_NONE, 2), I(LOOP, 2), END
  });
  FINE({
    I(BUILD_LIST, 1, 3, 0), I(GET_ITER, 2, 1), I(FOR_ITER, 3, 2, 5), I(LIST_APPEND, 1, 3),
        I(LOOP, 2), END
  });
  /* never set when empty */
  WRONG({
    I(BUILD_LIST, 1, 3, 0), I(GET_ITER, 2, 1), I(FOR_ITER, 3, 2, 4), I(LOOP, 2), I(MOVE, 4, 3), END
  });
}

Test(kinds, the_namespace_stays_where_it_is) {
  WRONG({I(LOAD_INT, 0, 1), END});
  FINE({I(LOAD_LOCALS, 1), END});
}

Test(kinds, none_is_told_from_exceptions) {
  FINE({I(LOAD_INT, 1, 1), I(NOT, 3, 1), END, I(MATCH_GROUP, 3, 2, 1), I(JUMP_IF_NONE, 3, 6),
        I(RERAISE, 3), END},
       .range = {1, 2, 3, 2});
  WRONG({I(LOAD_INT, 1, 1), I(NOT, 3, 1), END, I(MATCH_GROUP, 3, 2, 1), I(RERAISE, 3)},
        .range = {1, 2, 3, 2});
}

Test(kinds, generators_start_as_generators) {
  cr_assert(verifies_as(&(Case){{I(GENERATOR_START), I(LOAD_INT, 1, 1), I(YIELD, 2, 1), END}},
                        FUNCTION_GENERATOR));
  cr_assert_not(verifies_as(&(Case){{I(LOAD_INT, 1, 1), I(YIELD, 2, 1), END}}, FUNCTION_GENERATOR));
  cr_assert_not(verifies_as(&(Case){{I(LOAD_INT, 1, 1), I(GENERATOR_START), I(YIELD, 2, 1), END}},
                            FUNCTION_GENERATOR));
  cr_assert_not(
      verifies_as(&(Case){{I(GENERATOR_START), I(LOAD_INT, 1, 1), I(YIELD, 2, 1), I(LOOP, 0)}},
                  FUNCTION_GENERATOR));
  cr_assert_not(
      verifies_as(&(Case){{I(GENERATOR_START), I(GENERATOR_START), END}}, FUNCTION_GENERATOR));
}
