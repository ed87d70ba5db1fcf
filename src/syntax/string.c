/* string.c -- the values of string literals: prefixes, escapes, concatenation of neighbours.
**
** Law: a str value is UTF-8 in which surrogates written as escapes are their three-byte forms.
*/
#include "src/syntax/parse.h"
#include "vm/base/unicode.h"
#include "vm/base/utf8.h"

/* ---- escapes ---- */

static int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void warn_escape(Parser *p, const Token *token, const char *message) {
  Lexer *lexer = &p->lexer;
  if (!lexer->warnings || lexer->quiet) return;
  SyntaxWarning *warning = ARENA_NEW(p->arena, SyntaxWarning);
  const char *line = token_text(p, token);
  while (line > lexer->text && line[-1] != '\n') line--;
  size_t size = strcspn(line, "\n");
  if (token->line == token->end_line) size += line[size] == '\n';
  *warning = (SyntaxWarning){
      .kind = WARN_DEPRECATION,
      .message = arena_copy(p->arena, message, strlen(message)),
      .line = token->line,
      .end_line = token->end_line,
      .column = utf8_count(line, (size_t)(token_text(p, token) - line)) + 1,
      .end_column = token_end_column(lexer, token) + 1,
      .text = arena_copy(p->arena, line, size),
      .text_size = size,
  };
  SyntaxWarning **at = lexer->warnings;
  for (; *at && (*at)->line <= warning->line;
       at = &(*at)->next) { /* in order of lines; each once, also when read twice */
    bool same = (*at)->line == warning->line && (*at)->column == warning->column &&
                strcmp((*at)->message, warning->message) == 0;
    if (same) return;
  }
  warning->next = *at;
  *at = warning;
}

void warn_invalid_escape(Parser *p, const Token *token, char c) {
  char message[] = "invalid escape sequence '\\?'";
  message[sizeof(message) - 3] = c;
  warn_escape(p, token, message);
}

/* \400 to \777, whose three digits stand at `digits`: a value that no byte has. */
static void warn_invalid_octal(Parser *p, const Token *token, const char *digits) {
  char message[] = "invalid octal escape sequence '\\000'";
  memcpy(message + sizeof(message) - 5, digits, 3);
  warn_escape(p, token, message);
}

/* The escapes that str and bytes have in common. Returns the value, -1 when `c` begins none; *at is
** behind `c`. */
static int simple_escape(char c, const char **at, const char *end) {
  switch (c) {
  case '\\': return '\\';
  case '\'': return '\'';
  case '"': return '"';
  case 'a': return 7;
  case 'b': return 8;
  case 'f': return 12;
  case 'n': return 10;
  case 'r': return 13;
  case 't': return 9;
  case 'v': return 11;
  case '0' ... '7': {
    int value = c - '0';
    for (int i = 0; i < 2 && *at < end && **at >= '0' && **at <= '7'; i++)
      value = value * 8 + *(*at)++ - '0';
    return value;
  }
  default: return -1;
  }
}

/* CPython decodes escapes in a copy where each non-ASCII character is ten bytes; its messages count
** in that copy. */
static size_t counted_position(const char *text, const char *at) {
  size_t position = 0;
  for (const char *c = text; c < at; c++) {
    if ((uint8_t)*c < 0x80) {
      position++;
      if (*c == '\\' && c + 1 < at) {
        c++;
        if ((uint8_t)*c >= 0x80) position += 5, c--;
        else position++;
      }
    } else if (((uint8_t)*c & 0xC0) != 0x80) {
      position += 10;
    }
  }
  return position;
}

static COLD bool fail_escape(Parser *p, const char *text, const char *escape, const char *stop,
                             const char *reason) {
  size_t first = counted_position(text, escape), last = first + (size_t)(stop - escape) - 1;
  if (first == last) {
    fault_at_last(
        p, FAULT_SYNTAX_ERROR,
        "(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position %zu: %s", first,
        reason);
  } else {
    fault_at_last(
        p, FAULT_SYNTAX_ERROR,
        "(unicode error) 'unicodeescape' codec can't decode bytes in position %zu-%zu: %s", first,
        last, reason);
  }
  return false;
}

static void add_code_point(Buffer *out, uint32_t c) {
  if (!buffer_reserve(out, 4)) return;
  out->size += utf8_put(out->bytes + out->size, c);
}

/* \N{name}: `at` is behind the N. */
static const char *named_escape(Parser *p, const char *text, const char *escape, const char *at,
                                const char *end, Buffer *out) {
  const char *reason = "malformed \\N character escape";
  if (at < end && *at == '{') {
    const char *name = ++at;
    while (at < end && *at != '}') at++;
    if (at < end && at > name) {
      uint32_t found[UNICODE_SEQUENCE_MAX];
      if (unicode_lookup(name, (size_t)(at - name), false, found)) {
        add_code_point(out, found[0]);
        return at + 1;
      }
      at++;
      reason = "unknown Unicode character name";
    }
  }
  fail_escape(p, text, escape, at, reason);
  return NULL;
}

static const char *hex_escape(Parser *p, const char *text, const char *escape, const char *at,
                              const char *end, int digits, Buffer *out) {
  uint32_t c = 0;
  for (int i = 0; i < digits; i++, at++) {
    if (at >= end || hex_value(*at) < 0) {
      const char *reason = digits == 2   ? "truncated \\xXX escape"
                           : digits == 4 ? "truncated \\uXXXX escape"
                                         : "truncated \\UXXXXXXXX escape";
      fail_escape(p, text, escape, at, reason);
      return NULL;
    }
    c = c << 4 | (uint32_t)hex_value(*at);
  }
  if (c > UNICODE_MAX) {
    fail_escape(p, text, escape, at, "illegal Unicode character");
    return NULL;
  }
  add_code_point(out, c);
  return at;
}

bool text_decode_escapes(Parser *p, const Token *token, const char *text, size_t size,
                         Buffer *out) {
  const char *at = text, *end = text + size;
  bool warned = false;
  buffer_expect(out, size);
  while (at < end) {
    const char *escape = memchr(at, '\\', (size_t)(end - at));
    if (!escape) escape = end;
    buffer_add(out, at, (size_t)(escape - at));
    if (escape == end) break;
    at = escape + 1;
    if (at == end) { /* before the brace of an f-string's field */
      buffer_add_byte(out, '\\');
      break;
    }
    char c = *at++;
    int value;
    switch (c) {
    case '\n': continue;
    case 'x': at = hex_escape(p, text, escape, at, end, 2, out); break;
    case 'u': at = hex_escape(p, text, escape, at, end, 4, out); break;
    case 'U': at = hex_escape(p, text, escape, at, end, 8, out); break;
    case 'N': at = named_escape(p, text, escape, at, end, out); break;
    default:
      value = simple_escape(c, &at, end);
      if (value >= 0) {
        if (value > 0xFF && !warned) warn_invalid_octal(p, token, at - 3), warned = true;
        add_code_point(out, (uint32_t)value);
        break;
      }
      buffer_add_byte(out, '\\');
      at--;
      if (!warned && (uint8_t)c < 0x80) warn_invalid_escape(p, token, c), warned = true;
    }
    if (!at) return false;
  }
  return true;
}

static bool bytes_decode_escapes(Parser *p, const Token *token, const char *text, size_t size,
                                 Buffer *out) {
  const char *at = text, *end = text + size;
  bool warned = false;
  while (at < end) {
    char c = *at++;
    if (c != '\\') {
      buffer_add_byte(out, (uint8_t)c);
      continue;
    }
    const char *escape = at - 1;
    c = *at++;
    if (c == '\n') continue;
    if (c == 'x') {
      if (at + 1 >= end || hex_value(at[0]) < 0 || hex_value(at[1]) < 0) {
        fault_at_last(p, FAULT_SYNTAX_ERROR, "(value error) invalid \\x escape at position %zu",
                      (size_t)(escape - text));
        return false;
      }
      buffer_add_byte(out, (uint8_t)(hex_value(at[0]) << 4 | hex_value(at[1])));
      at += 2;
      continue;
    }
    int value = simple_escape(c, &at, end);
    if (value >= 0) {
      if (value > 0xFF && !warned) warn_invalid_octal(p, token, at - 3), warned = true;
      buffer_add_byte(out, (uint8_t)value);
      continue;
    }
    buffer_add_byte(out, '\\');
    at--;
    if (!warned) warn_invalid_escape(p, token, c), warned = true;
  }
  return true;
}

/* ---- one string token ---- */

typedef struct StringParts {
  bool is_bytes, is_raw, is_fstring;
  const char *text; /* between the quotes */
  size_t size;
} StringParts;

static StringParts split_string(const Parser *p, const Token *token) {
  StringParts parts = {0};
  const char *at = token_text(p, token), *end = p->lexer.text + token->end;
  for (; *at != '\'' && *at != '"'; at++) {
    char c = *at | 0x20;
    parts.is_bytes |= c == 'b';
    parts.is_raw |= c == 'r';
    parts.is_fstring |= c == 'f';
  }
  size_t quotes = end - at >= 6 && at[1] == at[0] && at[2] == at[0] ? 3 : 1;
  parts.text = at + quotes;
  parts.size = (size_t)(end - at) - 2 * quotes;
  return parts;
}

static AstNode *text_constant(Parser *p, AstNode span, const AstText *kind, const void *bytes,
                              size_t size) {
  Literal value = {.tag = LITERAL_STR, .bytes = arena_copy(p->arena, bytes, size), .size = size};
  return NEW_NODE(Constant, span, .value = value, .kind = kind);
}

static bool check_ascii(Parser *p, StringParts parts) {
  for (size_t i = 0; i < parts.size; i++) {
    if ((uint8_t)parts.text[i] < 0x80) continue;
    fault_at_last(p, FAULT_SYNTAX_ERROR, "bytes can only contain ASCII literal characters");
    return false;
  }
  return true;
}

/* A literal of the other kind than those before it; what is wrong with itself comes first. */
static COLD void fail_mixed(Parser *p, const Token *token, StringParts parts) {
  Buffer out;
  buffer_init(&out);
  bool whole = parts.is_raw || parts.is_fstring;
  bool fine = parts.is_bytes
                  ? check_ascii(p, parts) &&
                        (whole || bytes_decode_escapes(p, token, parts.text, parts.size, &out))
                  : whole || text_decode_escapes(p, token, parts.text, parts.size, &out);
  buffer_deinit(&out);
  if (fine) fault_at_last(p, FAULT_SYNTAX_ERROR, "cannot mix bytes and nonbytes literals");
}

static AstNode *parse_bytes_strings(Parser *p, const Token *first, const Token *end, AstNode span) {
  Buffer out;
  buffer_init(&out);
  AstNode *node = &p->nothing;
  for (const Token *token = first; token < end; token++) {
    StringParts parts = split_string(p, token);
    if (!parts.is_bytes) {
      fail_mixed(p, token, parts);
      goto done;
    }
    if (!check_ascii(p, parts)) goto done;
    bool plain = parts.is_raw || !memchr(parts.text, '\\', parts.size);
    if (plain) buffer_add(&out, parts.text, parts.size);
    else if (!bytes_decode_escapes(p, token, parts.text, parts.size, &out)) goto done;
  }
  if (out.failed) arena_fail(p->arena);
  Literal value = {
      .tag = LITERAL_BYTES, .bytes = arena_copy(p->arena, out.bytes, out.size), .size = out.size};
  node = NEW_NODE(Constant, span, .value = value);
done:
  buffer_deinit(&out);
  return node;
}

/* Adjacent strings, some of them f-strings or with escapes. */
static AstNode *parse_mixed_strings(Parser *p, const Token *first, const Token *end, AstNode span,
                                    const AstText *kind) {
  FStringBuilder b = {.span = span, .kind = kind};
  seq_start(&b.values);
  buffer_init(&b.literal);
  AstNode *node = &p->nothing;
  for (const Token *token = first; token < end; token++) {
    StringParts parts = split_string(p, token);
    if (parts.is_bytes) {
      fail_mixed(p, token, parts);
      goto done;
    }
    if (parts.is_fstring) {
      b.is_fstring = true;
      if (!fstring_add(p, &b, token, parts.text, parts.text + parts.size, parts.is_raw)) goto done;
    } else if (parts.is_raw) {
      buffer_add(&b.literal, parts.text, parts.size);
    } else if (!text_decode_escapes(p, token, parts.text, parts.size, &b.literal)) {
      goto done;
    }
  }
  if (b.literal.failed) arena_fail(p->arena);
  if (b.is_fstring) node = fstring_finish(p, &b);
  else node = text_constant(p, span, kind, b.literal.bytes, b.literal.size);
done:
  buffer_deinit(&b.literal);
  return node;
}

static bool check_bytes_of_source(Parser *p, const Token *first, const Token *end) {
  for (const Token *token = first; token < end; token++) {
    StringParts parts = split_string(p, token);
    const BadBytes *bad = lexer_find_bad(&p->lexer, parts.text, parts.text + parts.size);
    if (!bad || parts.is_bytes) continue;
    fault_at_last(p, FAULT_SYNTAX_ERROR, "%s",
                  bad_bytes_message(&p->lexer, bad, parts.text, parts.text + parts.size));
    return false;
  }
  return true;
}

AstNode *parse_strings(Parser *p, const Token *first, const Token *end) {
  if (UNLIKELY(p->lexer.bad_count) && !check_bytes_of_source(p, first, end)) return &p->nothing;
  AstNode span = span_between(p, first, end - 1);
  StringParts parts = split_string(p, first);
  if (parts.is_bytes) return parse_bytes_strings(p, first, end, span);
  const AstText *kind = NULL;
  if (*token_text(p, first) == 'u') {
    AstText *u = arena_alloc(p->arena, sizeof(AstText) + 2);
    u->size = 1;
    u->bytes[0] = 'u';
    kind = u;
  }
  bool plain = !parts.is_fstring && (parts.is_raw || !memchr(parts.text, '\\', parts.size));
  if (plain && end - first == 1) return text_constant(p, span, kind, parts.text, parts.size);
  return parse_mixed_strings(p, first, end, span, kind);
}
