/* image_writer.h -- assembles a code image (format: image.h).
**
** Order of use: image_writer_init; strings and constants at any time (equal ones give equal
** numbers); functions are numbered by writer_reserve_function when met and filled by
** writer_add_function when done; image_writer_finish. The same calls in the same order give the
** same bytes. */
#ifndef KRAIT_IMAGE_WRITER_H
#define KRAIT_IMAGE_WRITER_H

#include "vm/base/arena.h"
#include "vm/bytecode/image.h"

typedef struct InternTable { /* open addressing: number + 1 of an entry, or 0 */
  uint32_t *slots;
  uint32_t *hashes; /* by entry number */
  uint32_t count, mask, capacity;
} InternTable;

typedef struct ImageWriter {
  Arena *arena; /* [borrowed] scratch */
  InternTable string_table, constant_table;
  Buffer texts;     /* string records */
  Buffer constants; /* constant records */
  /* u32 each, relative to their buffer */
  Buffer string_offsets, constant_offsets, function_offsets;
  Buffer records, cold;
  uint32_t function_count;
} ImageWriter;

void image_writer_init(ImageWriter *writer, Arena *arena);
void image_writer_deinit(ImageWriter *writer);

uint32_t writer_string(ImageWriter *writer, const char *bytes, size_t size);
uint32_t writer_none(ImageWriter *writer);
uint32_t writer_simple(ImageWriter *writer, ConstantTag tag); /* NONE TRUE FALSE ELLIPSIS */
uint32_t writer_int(ImageWriter *writer, int64_t n);
uint32_t writer_big_int(ImageWriter *writer, const char *hex, size_t size);
uint32_t writer_float(ImageWriter *writer, double real);
uint32_t writer_complex(ImageWriter *writer, double real, double imaginary);
uint32_t writer_str(ImageWriter *writer, const char *bytes, size_t size);
uint32_t writer_bytes(ImageWriter *writer, const char *bytes, size_t size);
/* TUPLE FROZENSET */
uint32_t writer_tuple(ImageWriter *writer, ConstantTag tag, const uint32_t *items, uint32_t count);
uint32_t writer_code(ImageWriter *writer, uint32_t function);

typedef struct WriterFunction { /* as ImageFunction; arrays of image numbers */
  uint32_t flags, name, qualname, argcount, posonlycount, kwonlycount, register_count, firstlineno;
  uint32_t local_count, cell_count, free_count, name_count, constant_count, range_count;
  const uint32_t *locals, *cells /* register, string in turn */, *frees, *names, *constants;
  const ExceptionRange *ranges;
  const uint8_t *code;
  uint32_t code_size;
  const uint8_t *lines; /* a line table, see line_writer_add */
  size_t lines_size;
} WriterFunction;

uint32_t writer_reserve_function(ImageWriter *writer);
void writer_add_function(ImageWriter *writer, uint32_t index, const WriterFunction *function);

/* Line tables: positions in order of code; equal neighbours are merged. */
typedef struct LineWriter {
  Buffer out;
  int32_t line;     /* of the last entry written */
  uint32_t pending; /* bytes of code of the entry not yet written */
  Position position;
} LineWriter;
void line_writer_init(LineWriter *writer, uint32_t firstlineno);
void line_writer_add(LineWriter *writer, uint32_t code_bytes, Position position);
void line_writer_finish(LineWriter *writer);

/* image_writer_finish: appends the whole image to `out`. false: it would be over 4 GB. */
bool image_writer_finish(ImageWriter *writer, uint32_t filename, ContentHash source, Buffer *out);

#endif
