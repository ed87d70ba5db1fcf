/* test_lexer.c -- tokens: kinds, positions, indentation, joining of lines, complaints. */
#include <criterion/criterion.h>

#include "src/syntax/lexer.h"

typedef struct Lexed {
  Arena arena;
  Lexer lexer;
  SyntaxFault fault;
  Token tokens[64];
  int count;
} Lexed;

static void lex(Lexed *l, const char *text) {
  arena_init(&l->arena);
  l->fault = (SyntaxFault){0};
  lexer_init(&l->lexer, &l->arena, name_table_new(&l->arena), text, strlen(text), &l->fault);
  l->count = 0;
  TokenKind kind;
  do {
    if (l->count == ARRAY_COUNT(l->tokens)) l->count--; /* of many tokens the last are kept */
    kind = lexer_next(&l->lexer, &l->tokens[l->count++]);
  } while (kind != TOKEN_ENDMARKER && kind != TOKEN_ERROR);
}

/* The kinds of the tokens of `text`, by name, with spaces between. */
static const char *kinds_of(const char *text) {
  static char names[512];
  Lexed l;
  lex(&l, text);
  names[0] = 0;
  for (int i = 0; i < l.count; i++) {
    if (i) strcat(names, " ");
    strcat(names, token_kind_name(l.tokens[i].kind));
  }
  arena_deinit(&l.arena);
  return names;
}

Test(lexer, an_indented_block_is_enclosed_in_INDENT_and_DEDENT) {
  cr_assert_str_eq(kinds_of("if x:\n  y\nz\n"),
                   "if NAME : NEWLINE INDENT NAME NEWLINE DEDENT NAME NEWLINE ENDMARKER");
}

Test(lexer, all_open_blocks_end_with_the_text) {
  cr_assert_str_eq(
      kinds_of("if x:\n if y:\n  z\n"),
      "if NAME : NEWLINE INDENT if NAME : NEWLINE INDENT NAME NEWLINE DEDENT DEDENT ENDMARKER");
}

Test(lexer, blank_lines_and_comments_do_not_change_indentation) {
  cr_assert_str_eq(kinds_of("if x:\n  y\n\n# c\n      # d\n  z\n"),
                   "if NAME : NEWLINE INDENT NAME NEWLINE NAME NEWLINE DEDENT ENDMARKER");
}

Test(lexer, newlines_inside_parentheses_are_white_space) {
  cr_assert_str_eq(kinds_of("(a,\n   b)\n"), "( NAME , NAME ) NEWLINE ENDMARKER");
}

Test(lexer, a_backslash_joins_lines) {
  cr_assert_str_eq(kinds_of("a + \\\n b\n"), "NAME + NAME NEWLINE ENDMARKER");
}

Test(lexer, the_longest_operator_wins) {
  cr_assert_str_eq(kinds_of("a **= b // c -> d ... e := f <<= g != h"),
                   "NAME **= NAME // NAME -> NAME ... NAME := NAME <<= NAME != NAME ENDMARKER");
}

Test(lexer, string_prefixes_belong_to_the_string_and_others_are_names) {
  cr_assert_str_eq(kinds_of("rb'a' Rf\"b\" u'' bu''"),
                   "STRING STRING STRING NAME STRING ENDMARKER");
}

Test(lexer, equal_names_are_the_same_pointer) {
  Lexed l;
  lex(&l, "abc xyz abc");
  cr_assert_eq(l.tokens[0].name, l.tokens[2].name);
  cr_assert_neq(l.tokens[0].name, l.tokens[1].name);
  arena_deinit(&l.arena);
}

Test(lexer, names_are_normalised_to_nfkc) {
  Lexed l;
  lex(&l, "\xef\xac\x81 fi"); /* the ligature */
  cr_assert_eq(l.tokens[0].name, l.tokens[1].name);
  arena_deinit(&l.arena);
}

Test(lexer, columns_are_bytes_and_strings_may_span_lines) {
  Lexed l;
  lex(&l, "\xc3\xa9 = '''a\nbc''' + 1\n");
  cr_assert_eq(l.tokens[1].column, 3);
  cr_assert_eq(l.tokens[2].line, 1);
  cr_assert_eq(l.tokens[2].end_line, 2);
  cr_assert_eq(token_end_column(&l.lexer, &l.tokens[2]), 5);
  cr_assert_eq(l.tokens[4].line, 2);
  arena_deinit(&l.arena);
}

Test(lexer, tabs_that_only_line_up_by_their_width_are_refused) {
  Lexed l;
  lex(&l, "if x:\n\ty\n        z\n");
  cr_assert_eq(l.fault.kind, FAULT_TAB_ERROR);
  arena_deinit(&l.arena);
}

static void expect_fault(const char *text, const char *message, int column) {
  Lexed l;
  lex(&l, text);
  cr_assert_eq(l.tokens[l.count - 1].kind, TOKEN_ERROR, "%s was accepted", text);
  cr_assert_str_eq(l.fault.message, message);
  cr_assert_eq(l.fault.column, column, "%s: column %d", text, l.fault.column);
  arena_deinit(&l.arena);
}

Test(lexer, malformed_numbers_are_named) {
  expect_fault("0x\n", "invalid hexadecimal literal", 2);
  expect_fault("0b12\n", "invalid digit '2' in binary literal", 4);
  expect_fault("1__0\n", "invalid decimal literal", 2);
  expect_fault("1e+\n", "invalid decimal literal", 3);
  expect_fault("012\n",
               "leading zeros in decimal integer literals are not permitted; use an 0o prefix for "
               "octal integers",
               1);
  expect_fault("3ab\n", "invalid decimal literal", 1);
}

Test(lexer, unmatched_parentheses_are_named) {
  expect_fault("a)\n", "unmatched ')'", 2);
  expect_fault("(]\n", "closing parenthesis ']' does not match opening parenthesis '('", 2);
  expect_fault("(\n]\n", "closing parenthesis ']' does not match opening parenthesis '(' on line 1",
               1);
}

Test(lexer, more_than_two_hundred_open_parentheses_are_too_many) {
  char text[300];
  memset(text, '(', sizeof(text));
  text[299] = 0;
  expect_fault(text, "too many nested parentheses", 201);
}
