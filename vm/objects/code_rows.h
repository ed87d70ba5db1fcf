/* code_rows.h -- the iterators of co_lines() and co_positions(). */
#ifndef KRAIT_CODE_ROWS_H
#define KRAIT_CODE_ROWS_H

#include "vm/objects/list.h"

/* NULL rows: FAIL */
MUST_USE Value line_rows(VM *vm, List *rows);
MUST_USE Value positions_rows(VM *vm, List *rows);

#endif
