/* The code image: what is written is read; damage is noticed; instructions decode to what was
** encoded. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "vm/bytecode/image_writer.h"
#include "vm/bytecode/verify.h"

static Arena arena;
static Buffer bytes;
static void setup(void) {
  arena_init(&arena);
  bytes = (Buffer){0};
}
static void teardown(void) {
  arena_deinit(&arena);
  buffer_deinit(&bytes);
}
TestSuite(image, .init = setup, .fini = teardown);

/* A module that returns a constant, with some more of them, and at most one exception range. */
static void make_image_with(const ExceptionRange *range) {
  ImageWriter w;
  image_writer_init(&w, &arena);
  uint32_t module = writer_reserve_function(&w);
  uint32_t items[] = {writer_int(&w, -5), writer_float(&w, -0.0), writer_float(&w, 0.0),
                      writer_str(&w, "h\xC3\xA9", 3)};
  uint32_t constants[] = {writer_none(&w), writer_tuple(&w, CONSTANT_TUPLE, items, 4),
                          writer_bytes(&w, "a\0b", 3),
                          writer_big_int(&w, "-ffffffffffffffffff", 19)};
  Buffer code = {0};
  op_encode(&code, &(Insn){.op = OP_LOAD_CONST, .operand = {1, 1}});
  op_encode(&code, &(Insn){.op = OP_RETURN, .operand = {1}});
  LineWriter lines;
  line_writer_init(&lines, 1);
  line_writer_add(&lines, 3, (Position){2, 2, 4, 9});
  line_writer_add(&lines, 2, (Position){3, 5, 0, 1});
  line_writer_finish(&lines);
  uint32_t name = writer_string(&w, "<module>", 8);
  WriterFunction f = {.flags = FUNCTION_NAMESPACE | FUNCTION_MODULE,
                      .name = name,
                      .qualname = name,
                      .register_count = 2,
                      .firstlineno = 1,
                      .constant_count = 4,
                      .constants = constants,
                      .code = code.bytes,
                      .code_size = (uint32_t)code.size,
                      .lines = lines.out.bytes,
                      .lines_size = lines.out.size,
                      .ranges = range,
                      .range_count = range != NULL};
  writer_add_function(&w, module, &f);
  cr_assert(image_writer_finish(&w, writer_string(&w, "file.py", 7), (ContentHash){3, 4}, &bytes));
  image_writer_deinit(&w);
  buffer_deinit(&code);
  buffer_deinit(&lines.out);
}

static void make_image(void) { make_image_with(NULL); }

Test(image, exception_ranges_begin_end_and_lead_to_instructions) {
  for (uint32_t start = 0; start < 8; start++)
    for (uint32_t end = 0; end < 8; end++)
      for (uint32_t target = 0; target < 8; target++) {
        bytes.size = 0;
        make_image_with(&(ExceptionRange){start, end, target, 1});
        Image image;
        cr_assert(image_open(&image, bytes.bytes, bytes.size, NULL));
        bool right = (start == 0 || start == 3) && (end == 3 || end == 5) && start < end &&
                     (target == 0 || target == 3);
        cr_assert_eq(image_verify_function(&image, 0, NULL), right, "%u to %u, handled at %u",
                     start, end, target);
      }
}

Test(image, what_is_written_is_read) {
  make_image();
  Image image;
  ImageFunction f;
  cr_assert(image_open(&image, bytes.bytes, bytes.size, NULL));
  cr_assert(image_verify(&image, NULL));
  image_function(&image, 0, &f);
  cr_assert_str_eq(image_string(&image, f.name).bytes, "<module>");
  cr_assert_str_eq(image_string(&image, image.header->filename).bytes, "file.py");
  ImageConstant tuple = image_constant(&image, function_constant(&f, 1));
  cr_assert_eq(tuple.tag, CONSTANT_TUPLE);
  cr_assert_eq(tuple.count, 4);
  cr_assert_eq(image_constant(&image, image_item(&tuple.items)).integer, -5);
  uint32_t minus = image_item(&tuple.items), plus = image_item(&tuple.items);
  cr_assert_neq(minus, plus, "the sign of zero counts");
  ImageString text = image_string(&image, image_constant(&image, image_item(&tuple.items)).string);
  cr_assert_eq(text.size, 3);
  cr_assert_not(text.flags & STRING_ASCII);
  ImageConstant data = image_constant(&image, function_constant(&f, 2));
  cr_assert(data.size == 3 && !memcmp(data.bytes, "a\0b", 4));
}

Test(image, positions_come_back) {
  make_image();
  Image image;
  ImageFunction f;
  cr_assert(image_open(&image, bytes.bytes, bytes.size, NULL));
  image_function(&image, 0, &f);
  Position at = function_position(&f, 0);
  cr_assert(at.line == 2 && at.end_line == 2 && at.column == 4 && at.end_column == 9);
  at = function_position(&f, 3);
  cr_assert(at.line == 3 && at.end_line == 5 && at.column == 0 && at.end_column == 1);
}

Test(image, equal_calls_give_equal_bytes) {
  make_image();
  Buffer first = bytes;
  bytes = (Buffer){0};
  make_image();
  cr_assert(first.size == bytes.size && !memcmp(first.bytes, bytes.bytes, bytes.size));
  buffer_deinit(&first);
}

Test(image, every_flipped_bit_is_noticed) {
  make_image();
  for (size_t bit = 0; bit < bytes.size * 8; bit++) {
    bytes.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    Image image;
    cr_assert_not(image_open(&image, bytes.bytes, bytes.size, NULL), "bit %zu", bit);
    bytes.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
  }
}

Test(image, the_verifier_survives_any_bytes) {
  make_image();
  uint8_t *copy = malloc(bytes.size);
  uint64_t seed = 1;
  for (int round = 0; round < 20000; round++) {
    memcpy(copy, bytes.bytes, bytes.size);
    for (int i = 0; i < 3; i++) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      size_t at = sizeof(ImageHeader) + (seed >> 33) % (bytes.size - sizeof(ImageHeader));
      copy[at] = (uint8_t)(seed >> 24);
    }
    Image image = {copy, (const ImageHeader *)copy};
    (void)!image_verify(&image, NULL);
  }
  free(copy);
}

Test(image, instructions_decode_to_what_was_encoded) {
  for (int op = 0; op < OP_COUNT; op++) {
    static const int32_t numbers[] = {0, 1, 127, 128, 16383, 16384, 32767};
    for (size_t n = 0; n < ARRAY_COUNT(numbers); n++) {
      Insn insn = {.op = (uint8_t)op}, back;
      for (int i = 0; i < op_info[op].operand_count; i++)
        insn.operand[i] =
            op_info[op].operands[i].kind == OPERAND_INT && i % 2 ? -numbers[n] - 1 : numbers[n];
      Buffer code = {0};
      op_encode(&code, &insn);
      cr_assert_eq(op_size(&insn), code.size);
      cr_assert(buffer_reserve(&code, INSN_SIZE_MAX));
      cr_assert_eq(op_decode(code.bytes, &back), code.bytes + code.size);
      cr_assert(back.op == op && !memcmp(back.operand, insn.operand,
                                         sizeof(int32_t) * op_info[op].operand_count),
                "%s", op_info[op].name);
      buffer_deinit(&code);
    }
  }
}
