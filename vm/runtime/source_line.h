/* source_line.h -- a line of a source file and the carets below it. */
#ifndef KRAIT_SOURCE_LINE_H
#define KRAIT_SOURCE_LINE_H

#include <stdio.h>

#include "vm/base/buffer.h"
#include "vm/objects/str.h"

/* source_file_open: for reading; NULL: none, or no regular file. What a pipe or a terminal held is
** gone, and opening it would wait. */
FILE *source_file_open(const char *filename);
/* source_line_read: line `number` (from 1) of a file as UTF-8, without its line end. false: not
** readable; raises nothing. */
MUST_USE MAY_RUN bool source_line_read(VM *vm, Str *filename, int number, Buffer *line);
/* Where in a segment the operator of a binary operation stands, or the brackets of a subscript. */
/* byte offsets in the segment; left < 0: none */
typedef struct Anchors {
  int left, right;
} Anchors;
/* source_underline: appends a line of carets for bytes [start, end) of the line, or nothing when
** they would say nothing. end < 0: to the end of the line. indent: how many blanks the shown line
** starts with. */
void source_underline(Buffer *out, const char *line, int start, int end, int indent);

#endif
