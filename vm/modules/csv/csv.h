/* csv.h -- the module _csv: dialects (dialect.c), reader (reader.c), writer (writer.c). */
#ifndef KRAIT_CSV_H
#define KRAIT_CSV_H

#include "vm/contracts/protocol.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

typedef enum Quoting { QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE } Quoting;
enum { CHAR_NOT_SET = UINT32_MAX };

typedef struct CsvDialect {
  Object h;
  Str *line_terminator;                        /* [gc] */
  uint32_t delimiter, quote_char, escape_char; /* CHAR_NOT_SET: none */
  Quoting quoting;
  bool double_quote, skip_initial_space, strict;
} CsvDialect;

/* Registered by the import. */
extern struct CsvState {
  Value error;    /* the class Error */
  Value dialects; /* dict: name to dialect */
  int64_t field_limit;
} csv_state;

#define raise_csv(vm, ...) raise_error((vm), value_object(csv_state.error), __VA_ARGS__)
/* csv_dialect_from: what the arguments of reader(), writer() and register_dialect() behind the
** first say. */
MUST_USE MAY_RUN Value csv_dialect_from(VM *vm, const Value *args, int npos, Tuple *kwnames);
MUST_USE MAY_RUN Value csv_make_reader(VM *vm, const Value *args, int npos, Tuple *kwnames);
MUST_USE MAY_RUN Value csv_make_writer(VM *vm, const Value *args, int npos, Tuple *kwnames);

#endif
