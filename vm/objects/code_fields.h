/* code_fields.h -- a code object as its attributes, and back: types.CodeType, code.replace,
** marshal.
**
** Law: code_fields of what code_from_fields made of some fields are these fields (co_stacksize may
** have been raised). co_code and co_exceptiontable hold the instructions in the form that
** vm/bytecode/README.md describes; whatever stands there is verified before it is used. */
#ifndef KRAIT_CODE_FIELDS_H
#define KRAIT_CODE_FIELDS_H

#include "vm/bytecode/image_writer.h"
#include "vm/objects/bytes.h"
#include "vm/objects/code.h"

/* By the names of the attributes. */
typedef struct CodeFields {
  int32_t argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, firstlineno;
  Bytes *code, *linetable, *exceptiontable;
  Tuple *consts, *names, *varnames, *freevars, *cellvars;
  Str *filename, *name, *qualname;
} CodeFields;

/* code_fields: all of them. false: exception pending. */
MUST_USE MAY_RUN bool code_fields(VM *vm, Code *code, CodeFields *out);
MUST_USE Bytes *code_units(VM *vm, const Code *code);           /* co_code */
MUST_USE Bytes *code_line_table(VM *vm, const Code *code);      /* co_linetable, code_lines.c */
MUST_USE Bytes *code_exception_table(VM *vm, const Code *code); /* co_exceptiontable */
int32_t code_stack_size(const Code *code);
/* code_has_positions: false: its co_linetable is empty. */
bool code_has_positions(const Code *code);
/* code_read_line_table: a co_linetable, any bytes, as an image's line table. */
void code_read_line_table(const Bytes *table, uint32_t firstlineno, uint32_t code_size,
                          LineWriter *out);

/* code_from_fields: NULL: exception pending, a ValueError when the fields do not make sense
** together. Constants may be any objects. */
MUST_USE MAY_RUN Code *code_from_fields(VM *vm, const CodeFields *fields);

/* code_write_image: appends an image of this function and all within it to `out`. *index: which
** function of the image it is. *filenames: of the image's functions by number. Raises: ValueError
** when there is a constant that no image can hold. */
MUST_USE MAY_RUN bool code_write_image(VM *vm, Code *code, Buffer *out, uint32_t *index,
                                       Tuple **filenames);

#endif
