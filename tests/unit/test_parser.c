/* test_parser.c -- trees, faults and blobs. The whole grammar is compared with CPython by
 * tests/tools/compare_ast.py. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "src/syntax/ast_blob.h"
#include "src/syntax/parser.h"

static Arena arena;
static SyntaxFault fault;

static void start(void) { arena_init(&arena); }
static void finish(void) { arena_deinit(&arena); }
TestSuite(parser, .init = start, .fini = finish);

static Ast *parse(const char *text, ParseMode mode) {
  return parse_source(&arena, (const uint8_t *)text, strlen(text),
                      &(ParseOptions){.mode = mode, .is_utf8 = true}, &fault, NULL);
}

static AstNode *expression(const char *text) {
  Ast *ast = parse(text, PARSE_EVAL);
  cr_assert(ast, "%s: %s", text, fault.message);
  return AST_AS(Expression, ast->root)->body;
}

static void expect_fault(const char *text, FaultKind kind, const char *message, int line,
                         int column) {
  cr_assert_null(parse(text, PARSE_EXEC), "%s was accepted", text);
  cr_assert_eq(fault.kind, kind);
  cr_assert_str_eq(fault.message, message);
  cr_assert_eq(fault.line, line, "%s: line %d", text, fault.line);
  cr_assert_eq(fault.column, column, "%s: column %d", text, fault.column);
}

Test(parser, multiplication_binds_tighter_than_addition_and_power_to_the_right) {
  AstBinOp *sum = AST_AS(BinOp, expression("a + b * c ** d ** e"));
  cr_assert_eq(sum->op, OPERATOR_Add);
  AstBinOp *product = AST_AS(BinOp, sum->right);
  cr_assert_eq(product->op, OPERATOR_Mult);
  cr_assert_eq(AST_AS(BinOp, AST_AS(BinOp, product->right)->right)->op, OPERATOR_Pow);
}

Test(parser, subtraction_associates_to_the_left) {
  AstBinOp *outer = AST_AS(BinOp, expression("a - b - c"));
  cr_assert_eq(outer->left->kind, AST_BinOp);
  cr_assert_eq(outer->right->kind, AST_Name);
}

Test(parser, comparisons_chain_in_one_node) {
  AstCompare *c = AST_AS(Compare, expression("a < b is not c not in d"));
  cr_assert_eq(c->ops.count, 3);
  cr_assert_eq(c->ops.items[1], CMPOP_IsNot);
  cr_assert_eq(c->ops.items[2], CMPOP_NotIn);
}

Test(parser, positions_of_a_group_are_those_of_its_inside_but_operators_span_it) {
  AstNode *sum = expression("(a) + (b)");
  cr_assert_eq(sum->column, 0);
  cr_assert_eq(sum->end_column, 9);
  cr_assert_eq(AST_AS(BinOp, sum)->left->column, 1);
}

Test(parser, integers_beyond_63_bits_become_hexadecimal_text) {
  AstConstant *c = AST_AS(Constant, expression("18446744073709551616"));
  cr_assert_eq(c->value.tag, LITERAL_BIG_INT);
  cr_assert_str_eq(c->value.bytes, "10000000000000000");
  c = AST_AS(Constant, expression("9223372036854775807"));
  cr_assert_eq(c->value.tag, LITERAL_INT);
  cr_assert_eq(c->value.integer, INT64_MAX);
}

Test(parser, adjacent_strings_become_one_and_escapes_are_decoded) {
  AstConstant *c = AST_AS(Constant, expression("'a\\x41' r'\\n' '\\N{BULLET}\\ud800'"));
  cr_assert_str_eq(c->value.bytes, "aA\\n\xe2\x80\xa2\xed\xa0\x80");
}

Test(parser, an_fstring_with_equals_shows_its_text_and_uses_repr) {
  AstJoinedStr *f = AST_AS(JoinedStr, expression("f'{x = }'"));
  cr_assert_eq(f->values.count, 2);
  cr_assert_str_eq(AST_AS(Constant, f->values.items[0])->value.bytes, "x = ");
  cr_assert_eq(AST_AS(FormattedValue, f->values.items[1])->conversion, 'r');
}

Test(parser, match_is_a_name_where_no_case_follows) {
  Ast *ast = parse("match = 1\nmatch(x)\nmatch[0]: int\nmatch x:\n  case _: pass\n", PARSE_EXEC);
  cr_assert(ast, "%s", fault.message);
  AstSeq body = AST_AS(Module, ast->root)->body;
  cr_assert_eq(body.count, 4);
  cr_assert_eq(body.items[1]->kind, AST_Expr);
  cr_assert_eq(body.items[3]->kind, AST_Match);
}

Test(parser, parentheses_behind_with_hold_items_or_an_expression) {
  Ast *ast = parse("with (a as b, c): pass\nwith (a, b) as c: pass\n", PARSE_EXEC);
  cr_assert(ast, "%s", fault.message);
  AstSeq body = AST_AS(Module, ast->root)->body;
  cr_assert_eq(AST_AS(With, body.items[0])->items.count, 2);
  cr_assert_eq(AST_AS(With, body.items[1])->items.count, 1);
}

Test(parser, future_imports_are_found_in_leading_position_only) {
  cr_assert(parse("'doc'\nfrom __future__ import annotations\nx\n", PARSE_EXEC)->future_flags &
            FUTURE_ANNOTATIONS);
  cr_assert_not(parse("x\nfrom __future__ import annotations\n", PARSE_EXEC)->future_flags &
                FUTURE_ANNOTATIONS);
}

Test(parser, a_missing_comma_is_suggested) {
  expect_fault("x = [a b]\n", FAULT_SYNTAX_ERROR, "invalid syntax. Perhaps you forgot a comma?", 1,
               6);
}

Test(parser, an_unclosed_parenthesis_is_blamed_rather_than_the_line_after_it) {
  expect_fault("x = (1,\ny = 2\n", FAULT_SYNTAX_ERROR, "'(' was never closed", 1, 5);
}

Test(parser, a_missing_block_names_its_statement) {
  expect_fault("while x:\ny\n", FAULT_INDENTATION_ERROR,
               "expected an indented block after 'while' statement on line 1", 2, 1);
}

Test(parser, faults_inside_fstrings_show_the_expression) {
  expect_fault("f'{a b}'\n", FAULT_SYNTAX_ERROR,
               "f-string: invalid syntax. Perhaps you forgot a comma?", 1, 2);
  cr_assert_str_eq(fault.text, "(a b)\n");
}

Test(parser, unfinished_input_is_told_from_wrong_input) {
  const char *unfinished = "if x:\n", *wrong = "x )";
  ParseOptions options = {
      .mode = PARSE_SINGLE, .is_utf8 = true, .allow_incomplete = true, .dont_imply_dedent = true};
  cr_assert_null(parse_source(&arena, (const uint8_t *)unfinished, strlen(unfinished), &options,
                              &fault, NULL));
  cr_assert(fault.incomplete);
  cr_assert_str_eq(fault.message, "incomplete input");
  cr_assert_null(
      parse_source(&arena, (const uint8_t *)wrong, strlen(wrong), &options, &fault, NULL));
  cr_assert_not(fault.incomplete);
}

Test(parser, deep_nesting_is_an_error_and_no_crash) {
  static const char *const pieces[] = {"-",     "not ",   "lambda: ", "[",   "a if b else ",
                                       "a ** ", "await ", "f(",       "{1:", "*"};
  for (size_t i = 0; i < ARRAY_COUNT(pieces); i++) {
    size_t size = strlen(pieces[i]), count = 100000;
    char *text = malloc(size * count + 2);
    for (size_t k = 0; k < count; k++) memcpy(text + k * size, pieces[i], size);
    memcpy(text + size * count, "1", 2);
    cr_assert_null(parse(text, PARSE_EVAL), "%s", pieces[i]);
    free(text);
  }
}

Test(parser, warnings_come_in_order_of_lines_and_once) {
  const char *text = "with ('\\d'): pass\nx = 1if y else '\\q'\n";
  SyntaxWarning *warnings = NULL;
  const ParseOptions options = {.is_utf8 = true};
  cr_assert_not_null(
      parse_source(&arena, (const uint8_t *)text, strlen(text), &options, &fault, &warnings));
  cr_assert_str_eq(warnings->message, "invalid escape sequence '\\d'");
  cr_assert_eq(warnings->kind, WARN_DEPRECATION);
  cr_assert_eq(warnings->next->kind, WARN_SYNTAX);
  cr_assert_str_eq(warnings->next->next->message, "invalid escape sequence '\\q'");
  cr_assert_null(warnings->next->next->next);
}

Test(parser, the_cookie_decides_the_encoding) {
  const char latin[] = "# coding: latin-1\nx = '\xe9'\n";
  Ast *ast =
      parse_source(&arena, (const uint8_t *)latin, strlen(latin), &(ParseOptions){0}, &fault, NULL);
  cr_assert(ast, "%s", fault.message);
  AstAssign *assign = AST_AS(Assign, AST_AS(Module, ast->root)->body.items[0]);
  cr_assert_str_eq(AST_AS(Constant, assign->value)->value.bytes, "\xc3\xa9");
  const char unknown[] = "# coding: no-such\n";
  cr_assert_null(parse_source(&arena, (const uint8_t *)unknown, strlen(unknown), &(ParseOptions){0},
                              &fault, NULL));
  cr_assert_str_eq(fault.message, "unknown encoding: no-such");
}

Test(parser, a_tree_survives_its_blob_and_a_cut_blob_is_refused) {
  Ast *ast =
      parse("def f(a, *, b=None):\n  return {**a, 'x': 1e5, 2j: b'z'}[1:, ...]\n", PARSE_EXEC);
  Buffer blob, again;
  buffer_init(&blob);
  buffer_init(&again);
  cr_assert(ast_write_blob(ast, &blob));
  Ast *copy = ast_read_blob(&arena, blob.bytes, blob.size, 0);
  cr_assert(copy && ast_write_blob(copy, &again));
  cr_assert(blob.size == again.size && memcmp(blob.bytes, again.bytes, blob.size) == 0);
  for (size_t size = 0; size < blob.size; size++)
    cr_assert_null(ast_read_blob(&arena, blob.bytes, size, 0));
  buffer_deinit(&blob);
  buffer_deinit(&again);
}

Test(parser, damaged_blobs_are_refused_or_give_some_tree) {
  Ast *ast = parse("@d\nclass C(B, m=M):\n  x: int = 3j\n  match p:\n    case {1: [a, *_]} if "
                   "f'{x!r:>3}': del y\n",
                   PARSE_EXEC);
  Buffer blob;
  buffer_init(&blob);
  cr_assert(ast && ast_write_blob(ast, &blob));
  unsigned random = 1;
  for (int round = 0; round < 20000; round++) {
    random = random * 1103515245 + 12345;
    size_t at = 4 + (random >> 8) % (blob.size - 4);
    uint8_t old = blob.bytes[at];
    bool is_type_error;
    blob.bytes[at] = (uint8_t)(random >> 20);
    Arena own;
    arena_init(&own);
    Ast *copy = ast_read_blob(&own, blob.bytes, blob.size, 0);
    if (copy) ast_validate(&own, copy, &is_type_error);
    arena_deinit(&own);
    blob.bytes[at] = old;
  }
  buffer_deinit(&blob);
}

Test(parser, a_tree_with_a_wrong_context_is_not_valid) {
  Ast *ast = parse("x = 1\n", PARSE_EXEC);
  bool is_type_error;
  cr_assert_null(ast_validate(&arena, ast, &is_type_error));
  AstAssign *assign = AST_AS(Assign, AST_AS(Module, ast->root)->body.items[0]);
  AST_AS(Name, assign->targets.items[0])->ctx = CONTEXT_Load;
  cr_assert_str_eq(ast_validate(&arena, ast, &is_type_error),
                   "expression must have Store context but has Load instead");
}
