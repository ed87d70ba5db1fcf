/* source.h -- bytes of a program to the text that the lexer reads. Private to src/syntax.
**
** Law: the text is UTF-8, lines end with '\n', a NUL follows it, and it has no NUL inside; except
** for single statements and expressions it ends with a newline.
*/
#ifndef KRAIT_SOURCE_H
#define KRAIT_SOURCE_H

#include "src/syntax/lexer.h"

typedef struct SourceText {
  const char *text;
  size_t size;
  bool has_no_encoding; /* bytes with neither mark nor cookie, taken for UTF-8 */
  BadBytes *bad; /* bytes that are not UTF-8, in order; in comments they are harmless (lexer.h) */
  int bad_count;
} SourceText;

/* source_prepare: false with *fault set when the bytes cannot be read as the encoding they
** claim. */
bool source_prepare(Arena *arena, const uint8_t *source, size_t size, const ParseOptions *options,
                    SourceText *text, SyntaxFault *fault);

#endif
