/* source.c -- see source.h: byte order mark, coding cookie (PEP 263), decoding, line ends. */
#include "src/syntax/source.h"

#include <ctype.h>
#include <stdarg.h>

#include "vm/base/buffer.h"
#include "vm/base/coding.h"
#include "vm/base/utf8.h"

static COLD PRINTF_LIKE(5, 6) bool fail(Arena *arena, SyntaxFault *fault, FaultKind kind,
                                        bool no_position, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int size = vsnprintf(NULL, 0, format, again);
  va_end(again);
  char *message = arena_alloc(arena, (size_t)size + 1);
  vsnprintf(message, (size_t)size + 1, format, args);
  va_end(args);
  *fault = (SyntaxFault){.kind = kind, .message = message, .no_position = no_position};
  /* CPython: lineno 0, offset -1, the end None */
  if (!no_position) fault->column = fault->end_line = -1;
  return false;
}

/* ---- the encoding ---- */

/* The encoding that the text names, spelled as there; NULL: none. */
static const char *read_cookie(Arena *arena, const char *source, size_t size) {
  const char *name;
  size_t length = coding_cookie(source, size, &name);
  return length ? arena_copy(arena, name, length) : NULL;
}

typedef enum Encoding {
  ENCODING_UTF8,
  ENCODING_UTF8_ALIAS,
  ENCODING_LATIN1,
  ENCODING_OTHER
} Encoding;

/* CPython's normal names: utf-8 and utf-8-*, latin-1, iso-8859-1, iso-latin-1 and their longer
** forms; and *common
** aliases of the two, which it looks up among its codecs. */
static Encoding classify_encoding(const char *name) {
  char normal[13];
  size_t i = 0;
  for (; name[i] && i < sizeof(normal) - 1; i++)
    normal[i] = name[i] == '_' ? '-' : (char)tolower((uint8_t)name[i]);
  normal[i] = 0;
  if (strcmp(normal, "utf-8") == 0 || strncmp(normal, "utf-8-", 6) == 0) return ENCODING_UTF8;
  static const char *const latin[] = {"latin-1", "iso-8859-1", "iso-latin-1"};
  for (size_t k = 0; k < ARRAY_COUNT(latin); k++) {
    size_t size = strlen(latin[k]);
    if (strncmp(normal, latin[k], size) == 0 && (normal[size] == 0 || normal[size] == '-'))
      return ENCODING_LATIN1;
  }
  static const char *const latin_aliases[] = {"latin1", "latin", "l1", "iso8859-1", "cp819"};
  for (size_t k = 0; k < ARRAY_COUNT(latin_aliases); k++)
    if (strcmp(normal, latin_aliases[k]) == 0) return ENCODING_LATIN1;
  return strcmp(normal, "utf8") == 0 || strcmp(normal, "u8") == 0 ? ENCODING_UTF8_ALIAS
                                                                  : ENCODING_OTHER;
}

/* ---- decoding ---- */

static void latin1_to_utf8(Arena *arena, const uint8_t **bytes, size_t *size) {
  uint8_t *out = arena_alloc(arena, utf8_size_1(*bytes, *size) + 1);
  *size = utf8_encode_1(*bytes, *size, out);
  *bytes = out;
}

static bool decode_other(Arena *arena, const char *encoding, const uint8_t **bytes, size_t *size,
                         const ParseOptions *options, SyntaxFault *fault) {
  const char *reason = NULL;
  const uint8_t *decoded = NULL;
  bool is_ascii = strcmp(encoding, "ascii") == 0 || strcmp(encoding, "us-ascii") == 0;
  if (is_ascii && ascii_prefix(*bytes, *size) == *size) return true;
  if (options->decode)
    decoded =
        options->decode(options->decode_context, arena, encoding, *bytes, *size, size, &reason);
  if (decoded) {
    *bytes = decoded;
    return true;
  }
  if (reason && !options->is_file)
    return fail(arena, fault, FAULT_SYNTAX_ERROR, false, "%s", reason);
  return fail(arena, fault, FAULT_SYNTAX_ERROR, options->is_file,
              options->is_file ? "encoding problem: %s" : "unknown encoding: %s", encoding);
}

static bool decode(Arena *arena, const uint8_t **bytes, size_t *size, const ParseOptions *options,
                   SyntaxFault *fault, bool *has_no_encoding) {
  bool has_mark = *size >= 3 && memcmp(*bytes, "\xef\xbb\xbf", 3) == 0;
  if (options->is_utf8) return true; /* a str, even one that begins with U+FEFF */
  if (has_mark) *bytes += 3, *size -= 3;
  const char *cookie = read_cookie(arena, (const char *)*bytes, *size);
  *has_no_encoding = !has_mark && !cookie;
  Encoding encoding = cookie ? classify_encoding(cookie) : ENCODING_UTF8;
  if (has_mark && encoding != ENCODING_UTF8)
    return fail(arena, fault, FAULT_SYNTAX_ERROR, options->is_file, "encoding problem: %s with BOM",
                encoding == ENCODING_LATIN1 ? "iso-8859-1" : cookie);
  switch (encoding) {
  case ENCODING_LATIN1: latin1_to_utf8(arena, bytes, size); return true;
  case ENCODING_OTHER: return decode_other(arena, cookie, bytes, size, options, fault);
  case ENCODING_UTF8:
  case ENCODING_UTF8_ALIAS: break;
  }
  return true;
}

/* ---- lines ---- */

/* The copy that the lexer reads: '\r\n' and '\r' become '\n', and a last line without end gets
** one. */
static SourceText copy_lines(Arena *arena, const char *bytes, size_t size, bool ends_with_newline) {
  char *text = arena_alloc(arena, size + 2);
  bool ends_with_pair = size > 1 && bytes[size - 2] == '\r' && bytes[size - 1] == '\n';
  if (!memchr(bytes, '\r', size)) {
    memcpy(text, bytes, size);
  } else {
    size_t n = 0;
    for (size_t i = 0; i < size; i++) {
      char c = bytes[i];
      if (c == '\r') {
        c = '\n';
        if (i + 1 < size && bytes[i + 1] == '\n') i++;
      }
      text[n++] = c;
    }
    size = n;
  }
  /* one more behind '\r\n', as CPython: positions at the end of the text show it */
  if (ends_with_newline && (size == 0 || text[size - 1] != '\n' || ends_with_pair))
    text[size++] = '\n';
  text[size] = 0;
  return (SourceText){.text = text, .size = size};
}

/* ---- bytes that are not UTF-8 ---- */

static COLD bool fail_in_file(Arena *arena, const SourceText *text, size_t at,
                              const ParseOptions *options, SyntaxFault *fault) {
  int line = 1;
  for (size_t i = 0; i < at; i++) line += text->text[i] == '\n';
  return fail(
      arena, fault, FAULT_SYNTAX_ERROR, true,
      "Non-UTF-8 code starting with '\\x%02x' in file %s on line %d, but no encoding declared; "
      "see https://peps.python.org/pep-0263/ for details",
      (uint8_t)text->text[at], options->filename ? options->filename : "<string>", line);
}

/* Puts U+FFFD where the text is not UTF-8, and remembers where and why: it matters only outside
** comments. */
static COLD void replace_bad_bytes(Arena *arena, SourceText *text) {
  Buffer out;
  buffer_init(&out);
  int room = 0;
  for (size_t i = 0; i < text->size;) {
    Utf8Error error;
    Utf8Scan scan = utf8_scan((const uint8_t *)text->text + i, text->size - i, &error);
    buffer_add(&out, text->text + i, scan.bytes);
    i += scan.bytes;
    if (!error.reason) break;
    if (text->bad_count == room) {
      BadBytes *more = ARENA_ARRAY(arena, BadBytes, room = room * 2 + 8);
      if (text->bad_count) memcpy(more, text->bad, sizeof(*more) * (size_t)text->bad_count);
      text->bad = more;
    }
    text->bad[text->bad_count++] = (BadBytes){.offset = (uint32_t)out.size,
                                              .first = (uint8_t)text->text[i],
                                              .count = (uint8_t)(error.end - error.start),
                                              .reason = error.reason};
    buffer_add(&out, "\xef\xbf\xbd", 3);
    i += error.end - error.start;
  }
  if (out.failed) arena_fail(arena);
  text->text = arena_copy(arena, out.bytes, out.size);
  text->size = out.size;
  buffer_deinit(&out);
}

/* A script is read line by line, each as far as its first NUL, as CPython 3.11 does: what follows
** the NUL, the end of the line too, is passed over. */
static COLD const uint8_t *cut_lines(Arena *arena, const uint8_t *source, size_t *size) {
  uint8_t *text = arena_alloc(arena, *size + 1);
  size_t n = 0;
  for (size_t i = 0; i < *size;) {
    const uint8_t *newline = memchr(source + i, '\n', *size - i);
    size_t length = newline ? (size_t)(newline + 1 - source) - i : *size - i;
    const uint8_t *zero = memchr(source + i, 0, length);
    size_t kept = zero ? (size_t)(zero - source) - i : length;
    memcpy(text + n, source + i, kept);
    n += kept;
    i += length;
  }
  *size = n;
  return text;
}

bool source_prepare(Arena *arena, const uint8_t *source, size_t size, const ParseOptions *options,
                    SourceText *text, SyntaxFault *fault) {
  bool has_zero = size && memchr(source, 0, size);
  if (has_zero && options->is_file) {
    const char *cookie = read_cookie(arena, (const char *)source, size);
    if (!cookie || classify_encoding(cookie) == ENCODING_UTF8)
      source = cut_lines(arena, source, &size), has_zero = false;
  }
  if (has_zero)
    return fail(arena, fault, FAULT_VALUE_ERROR, true,
                "source code string cannot contain null bytes");
  if (size > INT32_MAX / 4)
    return fail(arena, fault, FAULT_OVERFLOW_ERROR, true, "source code is too large");
  static const uint8_t nothing[1];
  if (!source) source = nothing;
  bool has_no_encoding = false;
  if (!decode(arena, &source, &size, options, fault, &has_no_encoding)) return false;
  *text = copy_lines(arena, (const char *)source, size, options->mode == PARSE_EXEC);
  text->has_no_encoding = has_no_encoding;
  if (options->is_utf8) return true;
  Utf8Error error;
  Utf8Scan scan = utf8_scan((const uint8_t *)text->text, text->size, &error);
  if (!error.reason) return true;
  if (options->is_file) return fail_in_file(arena, text, scan.bytes, options, fault);
  replace_bad_bytes(arena, text);
  return true;
}
