#include "src/syntax/parse.h"
void explain_failure(Parser *p, ParseMode mode) { (void)mode; p->count = 0; while (parser_fetch(p) && p->tokens[p->count-1].kind != TOKEN_ENDMARKER) {} if (!fault_is_set(p)) fault_at_last(p, FAULT_SYNTAX_ERROR, "invalid syntax"); }
