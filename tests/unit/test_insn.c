/* Rows of opcodes.def as structs: where operands lie, what their fields hold, how far windows
** reach; functions decoded as a whole. */
#include <criterion/criterion.h>

#include "vm/bytecode/flow.h"
#include "vm/interp/insn.h"

Test(insn, fields_have_the_names_and_the_order_of_the_row) {
  for (int op = 0; op < OP_COUNT; op++) {
    const char *row = op_info[op].text;
    for (const InsnField *field = insn_fields((Opcode)op); field->name; field++) {
      row = strstr(row, field->name);
      cr_assert(row, "%s: %s", op_info[op].name, field->name);
      row += strlen(field->name);
    }
  }
}

Test(insn, fields_lie_in_the_instruction_and_apart_from_each_other) {
  for (int op = 0; op < OP_COUNT; op++) {
    bool taken[64] = {true, true}; /* the handler */
    const InsnField *fields = insn_fields((Opcode)op);
    for (int i = 0; i < op_info[op].operand_count; i++) {
      bool is_value = op_info[op].operands[i].kind == OPERAND_CONST;
      cr_assert(!is_value || fields[i].size == sizeof(Value));
      cr_assert(fields[i].offset % fields[i].size == 0, "%s: %s", op_info[op].name, fields[i].name);
      cr_assert(fields[i].offset + fields[i].size <= 8 * threaded_cells[op], "%s: %s",
                op_info[op].name, fields[i].name);
      for (int k = 0; k < fields[i].size; k++) {
        cr_assert_not(taken[fields[i].offset + k], "%s: %s", op_info[op].name, fields[i].name);
        taken[fields[i].offset + k] = true;
      }
    }
    cr_assert_null(fields[op_info[op].operand_count].name);
  }
}

Test(insn, the_next_instruction_is_where_the_decoder_ends) {
  static const int32_t numbers[] = {0, 1, 63, 64, 127, 128, 8191, 16383, 16384, 65535};
  for (int op = 0; op < OP_COUNT; op++) {
    for (size_t n = 0; n < ARRAY_COUNT(numbers); n++) {
      Insn insn = {.op = (uint8_t)op}, read = {0};
      for (int i = 0; i < op_info[op].operand_count; i++)
        insn.operand[i] = numbers[(n + (size_t)i) % ARRAY_COUNT(numbers)];
      Buffer out = {0};
      op_encode(&out, &insn);
      cr_assert_eq(op_next(out.bytes), out.bytes + out.size, "%s", op_info[op].name);
      cr_assert_eq(op_decode(out.bytes, &read), out.bytes + out.size, "%s", op_info[op].name);
      buffer_deinit(&out);
    }
  }
}

Test(insn, quickened_forms_are_as_large_as_their_base) {
  for (int op = 0; op < T_COUNT; op++) {
    cr_assert_lt(threaded_rows[op], OP_COUNT);
    cr_assert_eq(threaded_cells[op], threaded_cells[threaded_rows[op]], "%s", threaded_names[op]);
  }
}

static OpWindow window_of(Insn insn) { return op_window(NULL, &insn); }
#define READS(count, ...) cr_assert_eq(window_of((Insn){__VA_ARGS__}).reads, count)
#define WRITES(count, ...) cr_assert_eq(window_of((Insn){__VA_ARGS__}).writes, count)

Test(insn, windows_reach_as_far_as_the_row_says) {
  READS(3, .op = OP_CALL, .operand = {0, 5, 2});
  READS(4, .op = OP_CALL_METHOD, .operand = {0, 5, 2});
  READS(3, .op = OP_CALL_EX, .operand = {0, 5});
  READS(8, .op = OP_BUILD_DICT, .operand = {0, 5, 4});
  READS(0, .op = OP_MAKE_FUNCTION, .operand = {0, 5, 0});
  READS(1, .op = OP_MAKE_FUNCTION, .operand = {0, 5, 1});
  READS(2, .op = OP_MAKE_FUNCTION, .operand = {0, 5, 3});
  READS(3, .op = OP_MAKE_FUNCTION, .operand = {0, 5, 4});
  READS(4, .op = OP_MAKE_FUNCTION, .operand = {0, 5, 8});
  WRITES(0, .op = OP_CALL, .operand = {0, 5, 2});
  WRITES(2, .op = OP_WITH_ENTER, .operand = {5, 0});
  WRITES(3, .op = OP_UNPACK, .operand = {5, 0, 3});
  WRITES(7, .op = OP_UNPACK_STAR, .operand = {5, 0, 2, 4});
  cr_assert_eq(window_of((Insn){.op = OP_BUILD_STRING, .operand = {0, 5, 2}}).takes, HOLDS_STR);
  cr_assert_eq(window_of((Insn){.op = OP_ADD, .operand = {1, 2, 3}}).takes, 0);
}

/* Whatever bytes an instruction takes on average, all are there. */
Test(flow, every_instruction_is_decoded) {
  for (int long_ones = 0; long_ones < 100; long_ones++) {
    Buffer code = {0};
    for (int i = 0; i < long_ones; i++)
      op_encode(&code, &(Insn){.op = OP_ADD, .operand = {300, 300, 300}});
    for (int i = long_ones; i < 99; i++) op_encode(&code, &(Insn){.op = OP_NOP});
    op_encode(&code, &(Insn){.op = OP_RETURN_NONE});
    ImageFunction f = {.code = code.bytes, .code_size = (uint32_t)code.size};
    FlowCode flow;
    cr_assert(flow_decode(&flow, &f));
    cr_assert_eq(flow.count, 100);
    cr_assert_eq(flow.offsets[100], code.size);
    for (uint32_t i = 0; i < flow.count; i++) {
      cr_assert_eq(flow.index_at[flow.offsets[i]], i);
      cr_assert_eq(flow.offsets[i + 1] - flow.offsets[i], flow.insns[i].size);
    }
    cr_assert_eq(flow.insns[99].op, OP_RETURN_NONE);
    cr_assert_not(flow_falls_through(&flow.insns[99]));
    flow_release(&flow);
    buffer_deinit(&code);
  }
}
