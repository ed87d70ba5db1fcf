/* grammar.c -- see grammar.h. The rules for mistakes are at the end. */
#include "src/syntax/grammar.h"

#include <stddef.h>

/* What `def` and `lambda` have in common, once for each: P is the prefix of the rules, END the
** closing token. */
#define PARAMETER_RULES(P, END)                                                                \
  P "params: invalid_" P "parameters | " P "parameters",                                       \
      P "parameters: " P "slash_no_default " P "param_no_default* " P "param_with_default* " P \
        "star_etc?"                                                                            \
        " | " P "slash_with_default " P "param_with_default* " P "star_etc?"                   \
        " | " P "param_no_default+ " P "param_with_default* " P "star_etc?"                    \
        " | " P "param_with_default+ " P "star_etc? | " P "star_etc",                          \
      P "slash_no_default: " P "param_no_default+ '/' ',' | " P "param_no_default+ '/' &" END, \
      P "slash_with_default: " P "param_no_default* " P "param_with_default+ '/' ','"          \
        " | " P "param_no_default* " P "param_with_default+ '/' &" END,                        \
      P "kwds: invalid_" P "kwds | '**' " P "param_no_default"

const char *const grammar_rules[] = {
    /* programs */
    "file: statements? ENDMARKER",
    "interactive: statement_newline",
    "eval: expressions NEWLINE* ENDMARKER",
    "func_type: '(' type_expressions? ')' '->' expression NEWLINE* ENDMARKER",
    "fstring: star_expressions",

    /* statements */
    "statements: statement+",
    "statement: compound_stmt | simple_stmts",
    "statement_newline: compound_stmt NEWLINE | simple_stmts | NEWLINE | ENDMARKER "
    "{!interactive_end}",
    "simple_stmts: simple_stmt !';' NEWLINE | ';'.simple_stmt+ ';'? NEWLINE",
    "simple_stmt (memo): assignment | star_expressions | &'return' return_stmt | &('import' | "
    "'from') import_stmt"
    " | &'raise' raise_stmt | 'pass' | &'del' del_stmt | &'yield' yield_stmt | &'assert' "
    "assert_stmt | 'break'"
    " | 'continue' | &'global' global_stmt | &'nonlocal' nonlocal_stmt",
    "compound_stmt: &('def' | '@' | 'async') function_def | &'if' if_stmt | &('class' | '@') "
    "class_def"
    " | &('with' | 'async') with_stmt | &('for' | 'async') for_stmt | &'try' try_stmt | &'while' "
    "while_stmt"
    " | match_stmt",
    "assignment: NAME ':' expression ('=' annotated_rhs)?"
    " | ('(' single_target ')' | single_subscript_attribute_target) ':' expression ('=' "
    "annotated_rhs)?"
    " | (star_targets '=')+ (yield_expr | star_expressions) !'=' TYPE_COMMENT?"
    " | single_target augassign ~ (yield_expr | star_expressions)"
    " | invalid_assignment",
    "annotated_rhs: yield_expr | star_expressions",
    "augassign: '+=' | '-=' | '*=' | '@=' | '/=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | "
    "'**=' | '//='",
    "return_stmt: 'return' star_expressions?",
    "raise_stmt: 'raise' expression ('from' expression)? | 'raise'",
    "global_stmt: 'global' ','.NAME+",
    "nonlocal_stmt: 'nonlocal' ','.NAME+",
    "del_stmt: 'del' del_targets &(';' | NEWLINE) | invalid_del_stmt",
    "yield_stmt: yield_expr",
    "assert_stmt: 'assert' expression (',' expression)?",
    "import_stmt: import_name | import_from",
    "import_name: 'import' dotted_as_names",
    "import_from: 'from' ('.' | '...')* dotted_name 'import' import_from_targets"
    " | 'from' ('.' | '...')+ 'import' import_from_targets",
    "import_from_targets: '(' import_from_as_names ','? ')' | import_from_as_names !',' | '*'"
    " | invalid_import_from_targets",
    "import_from_as_names: ','.import_from_as_name+",
    "import_from_as_name: NAME ('as' NAME)?",
    "dotted_as_names: ','.dotted_as_name+",
    "dotted_as_name: dotted_name ('as' NAME)?",
    "dotted_name: dotted_name '.' NAME | NAME",

    /* compound statements */
    "block (memo): NEWLINE INDENT statements DEDENT | simple_stmts | invalid_block",
    "decorators: ('@' named_expression NEWLINE)+",
    "class_def: decorators class_def_raw | class_def_raw",
    "class_def_raw: invalid_class_def_raw | 'class' NAME ('(' arguments? ')')? ':' block",
    "function_def: decorators function_def_raw | function_def_raw",
    "function_def_raw: invalid_def_raw"
    " | 'def' NAME &&'(' params? ')' ('->' expression)? &&':' func_type_comment? block"
    " | 'async' 'def' NAME &&'(' params? ')' ('->' expression)? &&':' func_type_comment? block",
    PARAMETER_RULES("", "')'"),
    "star_etc: invalid_star_etc | '*' param_no_default param_maybe_default* kwds?"
    " | '*' param_no_default_star_annotation param_maybe_default* kwds?"
    " | '*' ',' param_maybe_default+ kwds? | kwds",
    "param_no_default: a=param ',' TYPE_COMMENT? | a=param TYPE_COMMENT? &')'",
    "param_no_default_star_annotation: param_star_annotation ',' TYPE_COMMENT?"
    " | param_star_annotation TYPE_COMMENT? &')'",
    "param_with_default: param default ',' TYPE_COMMENT? | param default TYPE_COMMENT? &')'",
    "param_maybe_default: param default? ',' TYPE_COMMENT? | param default? TYPE_COMMENT? &')'",
    "param: NAME annotation?",
    "param_star_annotation: NAME star_annotation",
    "annotation: ':' expression",
    "star_annotation: ':' star_expression",
    "default: '=' expression | invalid_default",
    "if_stmt: invalid_if_stmt | 'if' named_expression ':' block elif_stmt | 'if' named_expression "
    "':' block else_block?",
    "elif_stmt: invalid_elif_stmt | 'elif' named_expression ':' block elif_stmt"
    " | 'elif' named_expression ':' block else_block?",
    "else_block: invalid_else_stmt | 'else' &&':' block",
    "while_stmt: invalid_while_stmt | 'while' named_expression ':' block else_block?",
    "for_stmt: invalid_for_stmt"
    " | 'for' star_targets 'in' ~ star_expressions ':' TYPE_COMMENT? block else_block?"
    " | 'async' 'for' star_targets 'in' ~ star_expressions ':' TYPE_COMMENT? block else_block?"
    " | invalid_for_target",
    "with_stmt: invalid_with_stmt_indent"
    " | 'with' '(' ','.with_item+ ','? ')' ':' block"
    " | 'with' ','.with_item+ ':' TYPE_COMMENT? block"
    " | 'async' 'with' '(' ','.with_item+ ','? ')' ':' block"
    " | 'async' 'with' ','.with_item+ ':' TYPE_COMMENT? block"
    " | invalid_with_stmt",
    "with_item: expression 'as' star_target &(',' | ')' | ':') | invalid_with_item | expression",
    "try_stmt: invalid_try_stmt | 'try' &&':' block finally_block"
    " | 'try' &&':' block except_block+ else_block? finally_block?"
    " | 'try' &&':' block except_star_block+ else_block? finally_block?",
    "except_block: invalid_except_stmt_indent | 'except' expression ('as' NAME)? ':' block | "
    "'except' ':' block"
    " | invalid_except_stmt",
    "except_star_block: invalid_except_star_stmt_indent | 'except' '*' expression ('as' NAME)? ':' "
    "block"
    " | invalid_except_stmt",
    "finally_block: invalid_finally_stmt | 'finally' &&':' block",
    "func_type_comment: NEWLINE TYPE_COMMENT &(NEWLINE INDENT) | invalid_double_type_comments | "
    "TYPE_COMMENT",

    /* match */
    "match_stmt: \"match\" subject_expr ':' NEWLINE INDENT case_block+ DEDENT | invalid_match_stmt",
    "subject_expr: star_named_expression ',' star_named_expressions? | named_expression",
    "case_block: invalid_case_block | \"case\" patterns guard? ':' block",
    "guard: 'if' named_expression",
    "patterns: open_sequence_pattern | pattern",
    "pattern: as_pattern | or_pattern",
    "as_pattern: or_pattern 'as' pattern_capture_target | invalid_as_pattern",
    "or_pattern: '|'.closed_pattern+",
    "closed_pattern (memo): literal_pattern | capture_pattern | wildcard_pattern | value_pattern | "
    "group_pattern"
    " | sequence_pattern | mapping_pattern | class_pattern",
    "literal_pattern: signed_number !('+' | '-') | complex_number | strings | 'None' | 'True' | "
    "'False'",
    "literal_expr: signed_number !('+' | '-') | complex_number | strings | 'None' | 'True' | "
    "'False'",
    "complex_number: signed_real_number '+' imaginary_number | signed_real_number '-' "
    "imaginary_number",
    "signed_number: NUMBER | '-' NUMBER",
    "signed_real_number: real_number | '-' real_number",
    "real_number: a=NUMBER {!real_number}",
    "imaginary_number: a=NUMBER {!imaginary_number}",
    "capture_pattern: pattern_capture_target",
    "pattern_capture_target: !\"_\" NAME !('.' | '(' | '=')",
    "wildcard_pattern: \"_\"",
    "value_pattern: attr !('.' | '(' | '=')",
    "attr: name_or_attr '.' NAME",
    "name_or_attr: attr | NAME",
    "group_pattern: '(' pattern ')'",
    "sequence_pattern: '[' maybe_sequence_pattern? ']' | '(' open_sequence_pattern? ')'",
    "open_sequence_pattern: maybe_star_pattern ',' maybe_sequence_pattern?",
    "maybe_sequence_pattern: ','.maybe_star_pattern+ ','?",
    "maybe_star_pattern: star_pattern | pattern",
    "star_pattern (memo): '*' pattern_capture_target | '*' wildcard_pattern",
    "mapping_pattern: '{' '}' | '{' double_star_pattern ','? '}'"
    " | '{' items_pattern ',' double_star_pattern ','? '}' | '{' items_pattern ','? '}'",
    "items_pattern: ','.key_value_pattern+",
    "key_value_pattern: (literal_expr | attr) ':' pattern",
    "double_star_pattern: '**' pattern_capture_target",
    "class_pattern: name_or_attr '(' ')' | name_or_attr '(' positional_patterns ','? ')'"
    " | name_or_attr '(' keyword_patterns ','? ')'"
    " | name_or_attr '(' positional_patterns ',' keyword_patterns ','? ')' | invalid_class_pattern",
    "positional_patterns: a=','.pattern+",
    "keyword_patterns: ','.keyword_pattern+",
    "keyword_pattern: NAME '=' pattern",

    /* expressions */
    "expressions: a=expression b=(',' c=expression)+ ','? {Tuple} | a=expression ',' {Tuple} | "
    "expression",
    "expression (memo): invalid_expression | invalid_legacy_expression"
    " | disjunction 'if' disjunction 'else' expression {IfExp} | disjunction | lambdef",
    "yield_expr: 'yield' 'from' expression {YieldFrom} | 'yield' star_expressions? {Yield}",
    "star_expressions: a=star_expression b=(',' c=star_expression)+ ','? {Tuple} | "
    "a=star_expression ',' {Tuple}"
    " | star_expression",
    "star_expression (memo): '*' a=bitwise_or {Starred} | expression",
    "star_named_expressions: a=','.star_named_expression+ ','?",
    "star_named_expression: '*' a=bitwise_or {Starred} | named_expression",
    "assignment_expression: NAME ':=' ~ expression {NamedExpr}",
    "named_expression: assignment_expression | invalid_named_expression | a=expression !':='",
    "disjunction (memo): conjunction ('or' conjunction)+ {BoolOp} | conjunction",
    "conjunction (memo): inversion ('and' inversion)+ {BoolOp} | inversion",
    "inversion (memo): 'not' inversion {UnaryOp} | comparison",
    "comparison: a=bitwise_or b=compare_op_bitwise_or_pair+ {Compare} | bitwise_or",
    "compare_op_bitwise_or_pair: '==' bitwise_or | (a='!=' {!not_equal}) bitwise_or | '<=' "
    "bitwise_or"
    " | '<' bitwise_or | '>=' bitwise_or | '>' bitwise_or | 'not' 'in' bitwise_or | 'in' "
    "bitwise_or {In}"
    " | 'is' 'not' bitwise_or | 'is' bitwise_or",
    "bitwise_or: bitwise_or '|' bitwise_xor {BinOp} | bitwise_xor",
    "bitwise_xor: bitwise_xor '^' bitwise_and {BinOp} | bitwise_and",
    "bitwise_and: bitwise_and '&' shift_expr {BinOp} | shift_expr",
    "shift_expr: shift_expr '<<' sum {BinOp} | shift_expr '>>' sum {BinOp} | sum",
    "sum: sum '+' term {BinOp} | sum '-' term {BinOp} | term",
    "term: term '*' factor {BinOp} | term '/' factor {BinOp} | term '//' factor {BinOp} | term '%' "
    "factor {BinOp}"
    " | term '@' factor {BinOp} | factor",
    "factor (memo): '+' factor {UnaryOp} | '-' factor {UnaryOp} | '~' factor {UnaryOp} | power",
    "power: await_primary '**' factor {BinOp} | await_primary",
    "await_primary (memo): 'await' primary {Await} | primary",
    "primary: primary '.' NAME {Attribute} | primary genexp {Call} | primary '(' arguments? ')' "
    "{Call}"
    " | primary '[' slices ']' {Subscript} | atom",
    "slices: a=slice !',' | ','.(slice | starred_expression)+ ','? {Tuple}",
    "slice: expression? ':' expression? (':' expression?)? {Slice} | named_expression",
    "atom: NAME | 'True' {Constant} | 'False' {Constant} | 'None' {Constant} | &STRING a=strings | "
    "NUMBER"
    " | &'(' a=(tuple | group | genexp) | &'[' a=(list | listcomp) | &'{' a=(dict | set | dictcomp "
    "| setcomp)"
    " | '...' {Constant}",
    "group: '(' a=(yield_expr | named_expression) ')' | invalid_group",
    "lambdef: 'lambda' lambda_params? ':' expression {Lambda}",
    PARAMETER_RULES("lambda_", "':'"),
    "lambda_star_etc: invalid_lambda_star_etc | '*' lambda_param_no_default "
    "lambda_param_maybe_default* lambda_kwds?"
    " | '*' ',' lambda_param_maybe_default+ lambda_kwds? | lambda_kwds",
    "lambda_param_no_default: a=lambda_param ',' | a=lambda_param &':'",
    "lambda_param_with_default: lambda_param default ',' | lambda_param default &':'",
    "lambda_param_maybe_default: lambda_param default? ',' | lambda_param default? &':'",
    "lambda_param: NAME",
    "strings (memo): STRING+ {!strings}",
    "list: '[' a=star_named_expressions? ']' {List}",
    "tuple: '(' a=(b=star_named_expression ',' c=star_named_expressions?)? ')' {Tuple}",
    "set: '{' star_named_expressions '}' {Set}",
    "dict: '{' double_starred_kvpairs? '}' {Dict} | '{' invalid_double_starred_kvpairs '}'",
    "double_starred_kvpairs: ','.double_starred_kvpair+ ','?",
    "double_starred_kvpair: '**' bitwise_or | kvpair",
    "kvpair: expression ':' expression",
    "for_if_clauses: for_if_clause+",
    "for_if_clause: 'async' 'for' a=star_targets 'in' ~ b=disjunction c=('if' d=disjunction)* "
    "{comprehension}"
    " | 'for' a=star_targets 'in' ~ b=disjunction c=('if' d=disjunction)* {comprehension} | "
    "invalid_for_target",
    "listcomp: '[' named_expression for_if_clauses ']' {ListComp} | invalid_comprehension",
    "setcomp: '{' named_expression for_if_clauses '}' {SetComp} | invalid_comprehension",
    "genexp: '(' (assignment_expression | expression !':=') for_if_clauses ')' {GeneratorExp} | "
    "invalid_comprehension",
    "dictcomp: '{' kvpair for_if_clauses '}' {DictComp} | invalid_dict_comprehension",
    "arguments (memo): args ','? &')' | invalid_arguments",
    "args: a=','.(starred_expression | b=(assignment_expression | c=expression !':=') !'=')+ "
    "d=(',' e=kwargs)? {Call}"
    " | a=kwargs {Call}",
    "kwargs: a=','.kwarg_or_starred+ ',' b=','.kwarg_or_double_starred+ | ','.kwarg_or_starred+"
    " | ','.kwarg_or_double_starred+",
    "starred_expression: '*' a=expression {Starred}",
    "kwarg_or_starred: invalid_kwarg | NAME '=' expression {keyword} | starred_expression",
    "kwarg_or_double_starred: invalid_kwarg | NAME '=' expression {keyword} | '**' expression "
    "{DoubleStar}",
    "type_expressions: ','.expression+ ',' '*' expression ',' '**' expression | ','.expression+ "
    "',' '*' expression"
    " | ','.expression+ ',' '**' expression | '*' expression ',' '**' expression | '*' expression"
    " | '**' expression | ','.expression+",

    /* targets */
    "star_targets: a=star_target !',' | a=star_target b=(',' c=star_target)* ','? {Tuple}",
    "star_targets_list_seq: ','.star_target+ ','?",
    "star_targets_tuple_seq: star_target (',' star_target)+ ','? | star_target ','",
    "star_target (memo): '*' a=(!'*' star_target) {Starred} | target_with_star_atom",
    "target_with_star_atom (memo): t_primary '.' NAME !t_lookahead {Attribute}"
    " | t_primary '[' slices ']' !t_lookahead {Subscript} | star_atom",
    "star_atom: NAME | '(' a=target_with_star_atom ')' | '(' star_targets_tuple_seq? ')' {Tuple}"
    " | '[' star_targets_list_seq? ']' {List}",
    "single_target: single_subscript_attribute_target | NAME | '(' a=single_target ')'",
    "single_subscript_attribute_target: t_primary '.' NAME !t_lookahead {Attribute}"
    " | t_primary '[' slices ']' !t_lookahead {Subscript}",
    "t_primary: t_primary '.' NAME &t_lookahead {Attribute} | t_primary '[' slices ']' "
    "&t_lookahead {Subscript}"
    " | t_primary genexp &t_lookahead {Call} | t_primary '(' arguments? ')' &t_lookahead {Call} | "
    "a=atom &t_lookahead",
    "t_lookahead: '(' | '[' | '.'",
    "del_targets: ','.del_target+ ','?",
    "del_target (memo): t_primary '.' NAME !t_lookahead {Attribute} | t_primary '[' slices ']' "
    "!t_lookahead {Subscript}"
    " | del_t_atom",
    "del_t_atom: NAME | '(' a=del_target ')' | '(' del_targets? ')' {Tuple} | '[' del_targets? ']' "
    "{List}",

    /* mistakes in expressions */
    "invalid_arguments: a=args ',' '*' {!unpacking_after_keywords}"
    " | a=expression b=for_if_clauses ',' (args | expression for_if_clauses)? {!bare_generator}"
    " | a=NAME b='=' expression for_if_clauses {!maybe_meant_equal}"
    " | a=args b=for_if_clauses {!bare_generator_in_call}"
    " | args ',' a=expression b=for_if_clauses {!bare_generator_last}"
    " | a=args ',' args {!positional_after_keyword}",
    "invalid_kwarg: a=('True' | 'False' | 'None') b='=' {!assign_to_constant}"
    " | a=NAME b='=' expression for_if_clauses {!maybe_meant_equal}"
    " | !(NAME '=') a=expression b='=' {!keyword_is_expression}",
    "expression_without_invalid: disjunction 'if' disjunction 'else' expression {IfExp} | "
    "disjunction | lambdef",
    "invalid_legacy_expression: a=NAME !'(' b=star_expressions {!legacy_statement}",
    "invalid_expression: !(NAME STRING | SOFT_KEYWORD) a=disjunction b=expression_without_invalid "
    "{!forgot_comma}"
    " | a=disjunction 'if' b=disjunction !('else' | ':') {!expected_else}",
    "invalid_named_expression (memo): a=expression ':=' expression {!walrus_target}"
    " | a=NAME '=' b=bitwise_or !('=' | ':=') {!maybe_meant_equal}"
    " | !(list | tuple | genexp | 'True' | 'None' | 'False') a=bitwise_or b='=' bitwise_or !('=' | "
    "':=')"
    " {!assign_here}",
    "invalid_comprehension: ('[' | '(' | '{') a=starred_expression for_if_clauses "
    "{!starred_in_comprehension}"
    " | ('[' | '{') a=star_named_expression ',' b=star_named_expressions for_if_clauses "
    "{!comprehension_target}"
    " | ('[' | '{') a=star_named_expression b=',' for_if_clauses {!comprehension_target}",
    "invalid_dict_comprehension: '{' a='**' bitwise_or for_if_clauses '}' "
    "{!unpacking_in_dict_comprehension}",
    "invalid_group: '(' a=starred_expression ')' {!starred_here} | '(' a='**' expression ')' "
    "{!double_starred_here}",
    "invalid_double_starred_kvpairs: ','.double_starred_kvpair+ ',' invalid_kvpair"
    " | expression ':' a='*' bitwise_or {!starred_in_dict_value}"
    " | expression a=':' &('}' | ',') {!expected_dict_value}",
    "invalid_kvpair: a=expression !':' {!expected_dict_colon}"
    " | expression ':' a='*' bitwise_or {!starred_in_dict_value}"
    " | expression a=':' &('}' | ',') {!expected_dict_value}",

    /* mistakes in parameters */
    "invalid_parameters: param_no_default* invalid_parameters_helper a=param_no_default "
    "{!default_before_plain}"
    " | param_no_default* a='(' param_no_default+ ','? b=')' {!parenthesised_parameters}"
    " | a='/' ',' {!nothing_before_slash}"
    " | (slash_no_default | slash_with_default) param_maybe_default* a='/' {!second_slash}"
    " | (slash_no_default | slash_with_default)? param_maybe_default* '*' (',' | param_no_default)"
    " param_maybe_default* a='/' {!slash_after_star}"
    " | param_maybe_default+ '/' a='*' {!comma_between_slash_and_star}",
    "invalid_parameters_helper: slash_with_default | param_with_default+",
    "invalid_default: a='=' &(')' | ',') {!expected_default}",
    "invalid_star_etc: a='*' (')' | ',' (')' | '**')) {!bare_star}"
    " | '*' ',' TYPE_COMMENT {!bare_star_type_comment}"
    " | '*' param a='=' {!star_default}"
    " | '*' (param_no_default | ',') param_maybe_default* a='*' (param_no_default | ',') "
    "{!second_star}",
    "invalid_kwds: '**' param a='=' {!double_star_default}"
    " | '**' param ',' a=param {!after_double_star}"
    " | '**' param ',' a=('*' | '**' | '/') {!after_double_star}",
    "invalid_lambda_parameters: lambda_param_no_default* invalid_lambda_parameters_helper "
    "a=lambda_param_no_default"
    " {!default_before_plain}"
    " | lambda_param_no_default* a='(' ','.lambda_param+ ','? b=')' "
    "{!parenthesised_lambda_parameters}"
    " | a='/' ',' {!nothing_before_slash}"
    " | (lambda_slash_no_default | lambda_slash_with_default) lambda_param_maybe_default* a='/' "
    "{!second_slash}"
    " | (lambda_slash_no_default | lambda_slash_with_default)? lambda_param_maybe_default* '*'"
    " (',' | lambda_param_no_default) lambda_param_maybe_default* a='/' {!slash_after_star}"
    " | lambda_param_maybe_default+ '/' a='*' {!comma_between_slash_and_star}",
    "invalid_lambda_parameters_helper: lambda_slash_with_default | lambda_param_with_default+",
    "invalid_lambda_star_etc: '*' (':' | ',' (':' | '**')) {!bare_star_in_lambda}"
    " | '*' lambda_param a='=' {!star_default}"
    " | '*' (lambda_param_no_default | ',') lambda_param_maybe_default* a='*' "
    "(lambda_param_no_default | ',')"
    " {!second_star}",
    "invalid_lambda_kwds: '**' lambda_param a='=' {!double_star_default}"
    " | '**' lambda_param ',' a=lambda_param {!after_double_star}"
    " | '**' lambda_param ',' a=('*' | '**' | '/') {!after_double_star}",

    /* mistakes in simple statements */
    "invalid_assignment: a=invalid_ann_assign_target ':' expression {!annotated_display}"
    " | a=star_named_expression ',' star_named_expressions* ':' expression {!annotated_tuple}"
    " | a=expression ':' expression {!annotated_target}"
    " | (star_targets '=')* a=star_expressions '=' {!assign_target}"
    " | (star_targets '=')* a=yield_expr '=' {!assign_to_yield}"
    " | a=star_expressions augassign (yield_expr | star_expressions) {!augmented_target}",
    "invalid_ann_assign_target: list | tuple | '(' a=invalid_ann_assign_target ')'",
    "invalid_del_stmt: 'del' a=star_expressions {!delete_target}",
    "invalid_import_from_targets: import_from_as_names ',' NEWLINE {!import_trailing_comma}",

    /* mistakes in compound statements */
    "invalid_block: NEWLINE !INDENT {!expected_block}",
    "invalid_with_item: expression 'as' a=expression &(',' | ')' | ':') {!assign_target}",
    "invalid_for_target: 'async'? 'for' a=star_expressions {!for_target}",
    "invalid_with_stmt: 'async'? 'with' ','.(expression ('as' star_target)?)+ NEWLINE "
    "{!expected_colon}"
    " | 'async'? 'with' '(' ','.(expressions ('as' star_target)?)+ ','? ')' NEWLINE "
    "{!expected_colon}",
    "invalid_with_stmt_indent: 'async'? a='with' ','.(expression ('as' star_target)?)+ ':' NEWLINE "
    "!INDENT"
    " {!expected_statement_block}"
    " | 'async'? a='with' '(' ','.(expressions ('as' star_target)?)+ ','? ')' ':' NEWLINE !INDENT"
    " {!expected_statement_block}",
    "invalid_try_stmt: a='try' ':' NEWLINE !INDENT {!expected_statement_block}"
    " | 'try' ':' block !('except' | 'finally') {!expected_except}"
    " | 'try' ':' block* except_block+ a='except' b='*' expression ('as' NAME)? ':' {!mixed_except}"
    " | 'try' ':' block* except_star_block+ a='except' (expression ('as' NAME)?)? ':' "
    "{!mixed_except}",
    "invalid_except_stmt: 'except' '*'? a=expression ',' expressions ('as' NAME)? ':' "
    "{!unparenthesised_exceptions}"
    " | 'except' '*'? expression ('as' NAME)? NEWLINE {!expected_colon}"
    " | 'except' NEWLINE {!expected_colon}"
    " | 'except' '*' (NEWLINE | ':') {!expected_exception_type}",
    "invalid_finally_stmt: a='finally' ':' NEWLINE !INDENT {!expected_statement_block}",
    "invalid_except_stmt_indent: a='except' expression ('as' NAME)? ':' NEWLINE !INDENT "
    "{!expected_statement_block}"
    " | a='except' ':' NEWLINE !INDENT {!expected_statement_block}",
    "invalid_except_star_stmt_indent: a='except' '*' expression ('as' NAME)? ':' NEWLINE !INDENT"
    " {!expected_except_star_block}",
    "invalid_match_stmt: \"match\" subject_expr NEWLINE {!expected_colon}"
    " | a=\"match\" subject_expr ':' NEWLINE !INDENT {!expected_statement_block}",
    "invalid_case_block: \"case\" patterns guard? NEWLINE {!expected_colon}"
    " | a=\"case\" patterns guard? ':' NEWLINE !INDENT {!expected_statement_block}",
    "invalid_as_pattern: or_pattern 'as' a=\"_\" {!underscore_target}"
    " | or_pattern 'as' !NAME a=expression {!pattern_target}",
    "invalid_class_pattern: name_or_attr '(' a=invalid_class_argument_pattern "
    "{!positional_patterns_last}",
    "invalid_class_argument_pattern: (positional_patterns ',')? keyword_patterns ',' "
    "a=positional_patterns",
    "invalid_if_stmt: 'if' named_expression NEWLINE {!expected_colon}"
    " | a='if' named_expression ':' NEWLINE !INDENT {!expected_statement_block}",
    "invalid_elif_stmt: 'elif' named_expression NEWLINE {!expected_colon}"
    " | a='elif' named_expression ':' NEWLINE !INDENT {!expected_statement_block}",
    "invalid_else_stmt: a='else' ':' NEWLINE !INDENT {!expected_statement_block}",
    "invalid_while_stmt: 'while' named_expression NEWLINE {!expected_colon}"
    " | a='while' named_expression ':' NEWLINE !INDENT {!expected_statement_block}",
    "invalid_for_stmt: 'async'? 'for' star_targets 'in' star_expressions NEWLINE {!expected_colon}"
    " | 'async'? a='for' star_targets 'in' star_expressions ':' NEWLINE !INDENT "
    "{!expected_statement_block}",
    "invalid_def_raw: 'async'? a='def' NAME '(' params? ')' ('->' expression)? ':' NEWLINE !INDENT"
    " {!expected_function_block}",
    "invalid_class_def_raw: 'class' NAME ('(' arguments? ')')? NEWLINE {!expected_colon}"
    " | a='class' NAME ('(' arguments? ')')? ':' NEWLINE !INDENT {!expected_class_block}",
    "invalid_double_type_comments: TYPE_COMMENT NEWLINE TYPE_COMMENT NEWLINE INDENT "
    "{!two_type_comments}",
    NULL,
};
