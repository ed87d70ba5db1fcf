/* builtins_internal.h -- the bodies of built-in functions that have files of their own. */
#ifndef KRAIT_BUILTINS_INTERNAL_H
#define KRAIT_BUILTINS_INTERNAL_H

#include "vm/contracts/type_internal.h"
#include "vm/imports/loader.h"
#include "vm/modules/sys/sys.h"

MUST_USE MAY_RUN Value builtin_print(VM *vm, Tuple *values, Value sep, Value end, Value file,
                                     bool flush);
MUST_USE MAY_RUN Value builtin_input(VM *vm, Value prompt);
MUST_USE MAY_RUN Value builtin_compile(VM *vm, Value source, Value filename, Str *mode, int flags,
                                       bool dont_inherit, int optimize, int feature_version);
/* builtin_symbols: what the compiler says of a text's scopes; modules/ast/symtable.c makes objects
** of it. */
MUST_USE MAY_RUN Value builtin_symbols(VM *vm, Value source, Value filename, Str *mode);
/* builtin_tokens: the tokens of a text, whose size in bytes becomes *size; modules/ast/tokenize.c
** hands them out. */
MUST_USE MAY_RUN TokenStream *builtin_tokens(VM *vm, Str *text, size_t *size);
MUST_USE MAY_RUN Value builtin_eval(VM *vm, Value source, Value globals, Value locals);
MUST_USE MAY_RUN Value builtin_exec(VM *vm, Value source, Value globals, Value locals,
                                    Value closure);
MUST_USE MAY_RUN Value builtin_extreme(VM *vm, const char *name, CompareOp op, const Value *args,
                                       int npos, Tuple *kwnames);
MUST_USE MAY_RUN Value builtin_sum(VM *vm, Value iterable, Value start);
MUST_USE Value current_locals(VM *vm); /* locals() of the running Python code */
Dict *current_globals(VM *vm);         /* NULL: no Python code is running */

#endif
