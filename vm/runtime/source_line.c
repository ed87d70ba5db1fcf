/* source_line.c -- lines of source files for tracebacks, and what to underline in them.
**
** A line is decoded as its file says. Positions count bytes of its UTF-8.
**
** The part of a line that an instruction comes from is underlined with '^'; of a binary operation
** only the operator gets '^', the operands '~'; of a subscript the brackets. The operator is found
** by scanning tokens at bracket depth 0: the last one of the loosest precedence (the first for **).
** A segment with anything looser than arithmetic in it has no anchors. */
#include "vm/runtime/source_line.h"

#include <ctype.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vm/base/coding.h"
#include "vm/contracts/error.h"
#include "vm/contracts/sys.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"
#include "vm/objects/list.h"

FILE *source_file_open(const char *filename) {
  int file = open(filename, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  struct stat status;
  if (file < 0) return NULL;
  FILE *out = !fstat(file, &status) && S_ISREG(status.st_mode) ? fdopen(file, "rb") : NULL;
  if (!out) close(file);
  return out;
}

/* ---- lines as text */

/* source_open: the file, or the first of its name in the folders of sys.path: a name may be
** relative to a folder that the program has left. */
static FILE *source_open(VM *vm, Str *filename) {
  const char *name = str_utf8(vm, filename, NULL);
  FILE *file = name ? source_file_open(name) : NULL;
  if (file || !name) return file;
  const char *slash = strrchr(name, '/'), *tail = slash ? slash + 1 : name;
  Value path = vm->sys ? sys_get(vm, "path") : VALUE_UNBOUND;
  for (size_t i = 0;
       !file && value_has_flag(path, TYPE_LIST_SUBCLASS) && i < list_length(value_object(path));
       i++) {
    Value folder = list_items(value_object(path))[i];
    Str *whole = value_is_str(folder) ? str_format(vm, "%S/%s", folder, tail) : NULL;
    const char *found = whole ? str_utf8(vm, whole, NULL) : NULL;
    if (found) file = source_file_open(found);
  }
  return file;
}

/* read_line: false: the file has ended. */
static bool read_line(FILE *file, Buffer *line) {
  int c;
  line->size = 0;
  while ((c = getc_unlocked(file)) != EOF && c != '\n')
    if (c != '\r') buffer_add_byte(line, (uint8_t)c);
  return c == '\n' || line->size;
}

/* to_utf8: what a line of that encoding says. false: it is none, or there is no such encoding. */
static bool to_utf8(VM *vm, Str *encoding, Buffer *line) {
  Bytes *bytes = bytes_new(vm, line->bytes, line->size);
  Value text = bytes ? codec_decode_bytes(vm, value_from(bytes), encoding, NULL) : VALUE_FAIL;
  size_t size;
  const char *utf8 = value_is_str(text) ? str_utf8(vm, value_object(text), &size) : NULL;
  if (!utf8) return false;
  line->size = 0;
  buffer_add(line, utf8, size);
  return true;
}

/* read_encoding: what the first two lines say; the file then stands at its start: a byte order mark
** is shown as a part of the first line, as CPython does, and counts for the places of carets. */
static bool read_encoding(VM *vm, FILE *file, Buffer *line, Str **encoding) {
  char head[3] = {0};
  long start = fread(head, 1, 3, file) == 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  Buffer lines;
  buffer_init(&lines);
  fseek(file, start, SEEK_SET);
  for (int i = 0; i < 2 && read_line(file, line); i++) {
    buffer_add_all(&lines, line);
    buffer_add_byte(&lines, '\n');
  }
  rewind(file);
  const char *name;
  size_t length = coding_cookie((const char *)lines.bytes, lines.size, &name);
  if (length) *encoding = str_new_utf8(vm, name, length);
  buffer_deinit(&lines);
  return !length || *encoding;
}

static bool read_decoded(VM *vm, FILE *file, int number, Buffer *line) {
  Str *encoding = NULL; /* UTF-8 */
  if (!read_encoding(vm, file, line, &encoding)) return false;
  bool there = true;
  for (int at = 1; there && at <= number; at++) there = read_line(file, line);
  return there && to_utf8(vm, encoding, line);
}

bool source_line_read(VM *vm, Str *filename, int number, Buffer *line) {
  line->size = 0;
  FILE *file = number > 0 ? source_open(vm, filename) : NULL;
  bool done = file && read_decoded(vm, file, number, line);
  if (file) fclose(file);
  if (!done) error_clear(vm);
  return done;
}

/* ---- anchors */

typedef struct Scan {
  const char *text;
  int size, at;
} Scan;

static bool is_word(int c) { return isalnum(c) || c == '_' || c >= 0x80; }

static int skip_string(const char *s, int n, int i) {
  char quote = s[i];
  bool triple = i + 2 < n && s[i + 1] == quote && s[i + 2] == quote;
  i += triple ? 3 : 1;
  while (i < n) {
    if (s[i] == '\\') i += 2;
    else if (s[i] != quote) i++;
    else if (!triple) return i + 1;
    else if (i + 2 < n && s[i + 1] == quote && s[i + 2] == quote) return i + 3;
    else i++;
  }
  return n;
}

static int skip_brackets(const char *s, int n, int i) {
  int depth = 0;
  while (i < n) {
    if (s[i] == '"' || s[i] == '\'') {
      i = skip_string(s, n, i);
      continue;
    }
    if (strchr("([{", s[i])) depth++;
    else if (strchr(")]}", s[i]) && --depth == 0) return i + 1;
    i++;
  }
  return -1;
}

static bool is_loose_word(const char *s, int n) {
  static const char *const words[] = {"and",   "or",     "not",   "in",     "is",    "if",
                                      "else",  "lambda", "await", "yield",  "for",   "return",
                                      "raise", "assert", "del",   "import", "from",  "with",
                                      "while", "def",    "class", "async",  "global"};
  for (size_t i = 0; i < ARRAY_COUNT(words); i++)
    if ((int)strlen(words[i]) == n && memcmp(words[i], s, (size_t)n) == 0) return true;
  return false;
}

static int precedence(const char *op, int n) {
  if (n == 2 && op[0] == '*' && op[1] == '*') return 6;
  if (n == 2 && (op[0] == '<' || op[0] == '>')) return 3;
  if (n == 2) return 5; /* // */
  switch (*op) {
  case '|': return 0;
  case '^': return 1;
  case '&': return 2;
  case '+':
  case '-': return 4;
  default: return 5;
  }
}

/* belongs_to_node: are the parentheses from start to end part of what they hold, a tuple or a
** generator? */
static bool belongs_to_node(const char *s, int start, int end) {
  bool is_empty = true;
  for (int i = start + 1; i < end - 1;) {
    if (s[i] == ',') return true;
    if (!isspace((unsigned char)s[i])) is_empty = false;
    if (strchr("([{", s[i])) i = skip_brackets(s, end, i);
    else if (strchr("\"'", s[i])) i = skip_string(s, end, i);
    else if (!is_word((unsigned char)s[i])) i++;
    else {
      int word = i;
      while (i < end && is_word((unsigned char)s[i])) i++;
      if (i - word == 3 && memcmp(s + word, "for", 3) == 0) return true;
    }
    if (i < 0) return false;
  }
  return is_empty;
}

/* end_without_parentheses: where the operand's node ends: a group in parentheses ends inside
** them. */
static int end_without_parentheses(const char *s, int start, int end) {
  for (;;) {
    while (end > start && isspace((unsigned char)s[end - 1])) end--;
    while (start < end && isspace((unsigned char)s[start])) start++;
    if (end <= start || s[start] != '(' || skip_brackets(s, end, start) != end ||
        belongs_to_node(s, start, end))
      return end;
    start++;
    end--;
  }
}
static int start_without_parentheses(const char *s, int start, int end) {
  for (;;) {
    while (end > start && isspace((unsigned char)s[end - 1])) end--;
    while (start < end && isspace((unsigned char)s[start])) start++;
    if (end <= start || s[start] != '(' || skip_brackets(s, end, start) != end ||
        belongs_to_node(s, start, end))
      return start;
    start++;
    end--;
  }
}

static Anchors none = {-1, -1};

static int end_of_word(const char *s, int n, int start) {
  bool number = isdigit((unsigned char)s[start]);
  int i = start;
  while (i < n) {
    bool sign = i > start && (s[i] == '+' || s[i] == '-') && (s[i - 1] == 'e' || s[i - 1] == 'E');
    if (!is_word((unsigned char)s[i]) && !(number && (s[i] == '.' || sign))) break;
    i++;
  }
  return i;
}

/* end_of_operand: of the word, string or bracketed part at s[i]; -1: there is none, or one that no
** operator joins. */
static int end_of_operand(const char *s, int n, int i) {
  unsigned char c = (unsigned char)s[i];
  if (c == '(' || c == '[' || c == '{') return skip_brackets(s, n, i);
  if (c == '"' || c == '\'') return skip_string(s, n, i);
  if (!is_word(c)) return -1;
  int end = end_of_word(s, n, i);
  if (is_loose_word(s + i, end - i)) return -1;
  /* a prefix: rb"…" */
  return end < n && (s[end] == '"' || s[end] == '\'') ? skip_string(s, n, end) : end;
}

/* size_of_operator: of the arithmetic operator at s[i]; 0: something else stands there. */
static int size_of_operator(const char *s, int n, int i) {
  if (!strchr("+-*/%@&|^<>", s[i])) return 0;
  int size = i + 1 < n && s[i + 1] == s[i] && strchr("*/<>", s[i]) ? 2 : 1;
  bool compares = (s[i] == '<' || s[i] == '>') && size == 1;
  return compares || (i + size < n && s[i + size] == '=') ? 0 : size;
}

static Anchors operator_anchors(const char *s, int n, int at, int size) {
  int left = end_without_parentheses(s, 0, at), right = start_without_parentheses(s, at + size, n);
  while (left < right && isspace((unsigned char)s[left])) left++;
  bool wide = left + 1 < right && !isspace((unsigned char)s[left + 1]);
  return (Anchors){left, left + 1 + wide};
}

static Anchors subscript_anchors(const char *s, int n, int bracket) {
  while (n > bracket && s[n - 1] != ']') n--;
  int end = n - 1;
  while (end > bracket && isspace((unsigned char)s[end - 1])) end--;
  return (Anchors){end_without_parentheses(s, 0, bracket), end + 1};
}

static Anchors source_anchors(const char *s, int n) {
  int best = -1, best_size = 0, best_level = 99, last_bracket = -1, i = 0;
  bool after_operand = false;
  while (i < n) {
    char c = s[i];
    if (isspace((unsigned char)c) || c == '.' || c == '~' ||
        ((c == '-' || c == '+') && !after_operand)) {
      i++;
      continue;
    }
    int size = after_operand ? size_of_operator(s, n, i) : 0;
    if (size) {
      int level = precedence(s + i, size);
      if (level < best_level || (level == best_level && level != 6))
        best = i, best_size = size, best_level = level;
      i += size;
      after_operand = false;
      continue;
    }
    int end = end_of_operand(s, n, i);
    if (end < 0) return none;
    last_bracket = c == '[' && after_operand ? i : -1;
    i = end;
    after_operand = true;
  }
  return best >= 0           ? operator_anchors(s, n, best, best_size)
         : last_bracket >= 0 ? subscript_anchors(s, n, last_bracket)
                             : none;
}

/* ---- underlining */

/* columns: how many characters the bytes [0, offset) are. */
static int columns(const char *line, int offset) {
  int n = 0;
  for (int i = 0; i < offset && line[i]; i++) n += ((unsigned char)line[i] & 0xC0) != 0x80;
  return n;
}

void source_underline(Buffer *out, const char *line, int start, int end, int indent) {
  int size = (int)strlen(line), skipped = 0;
  while (size > 0 && isspace((unsigned char)line[size - 1])) size--;
  while (skipped < size && isspace((unsigned char)line[skipped])) skipped++;
  bool one_line = end >= 0;
  if (!one_line || end > size) end = size;
  if (start < skipped) start = skipped;
  if (start >= end) return;
  Anchors anchors = one_line ? source_anchors(line + start, end - start) : none;
  if (anchors.left < 0 && start == skipped && end == size) return;
  for (int i = 0; i < indent; i++) buffer_add_byte(out, ' ');
  int from = columns(line, start), to = columns(line, end), base = columns(line, skipped);
  int left = anchors.left < 0 ? -1 : columns(line, start + anchors.left),
      right = anchors.left < 0 ? -1 : columns(line, start + anchors.right);
  for (int i = base; i < to; i++)
    buffer_add_byte(out, i < from ? ' ' : left < 0 ? '^' : i >= left && i < right ? '^' : '~');
  buffer_add_byte(out, '\n');
}
