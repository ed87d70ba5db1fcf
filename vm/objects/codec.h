/* codec.h -- text to bytes and back, with Python's error handlers.
**
** `errors` NULL means "strict". Decoders stop before an incomplete sequence at the end and say how
** far they came when `consumed` is given; without it the input is final. Built-in handlers are
** applied in place; others (and exceptions) go through an exception object and the registry of
** modules/text/_codecs.c. */
#ifndef KRAIT_CODEC_H
#define KRAIT_CODEC_H

#include "vm/base/buffer.h"
#include "vm/objects/str.h"

/* ---- by name: str.encode, bytes.decode, codecs.encode … (codec.c; the registry is in
** modules/text/_codecs.c) */
/* a bytes; encoding NULL: UTF-8 */
MUST_USE MAY_RUN Value str_encode(VM *vm, Str *s, Str *encoding, Str *errors);
/* a str */
MUST_USE MAY_RUN Value codec_decode_bytes(VM *vm, Value bytes_like, Str *encoding, Str *errors);
/* codec_lookup: the CodecInfo tuple. codec_error_handler: the callable registered under a name. */
MUST_USE MAY_RUN Value codec_lookup(VM *vm, Str *encoding);
MUST_USE Value codec_error_handler(VM *vm, Str *name);

/* codec_wrap_error: gives the pending exception, if it is a plain one, a cause that names the codec
** ("encoding with 'x' codec failed (TypeError: …)"). Returns VALUE_FAIL. */
MUST_USE Value codec_wrap_error(VM *vm, const char *operation, Str *encoding);

/* ---- the codecs; decoders take the object for exceptions (`owner`: what bytes lie in, or
** VALUE_UNBOUND) */
typedef Value (*Decoder)(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors,
                         size_t *consumed);
typedef Value (*Encoder)(VM *vm, Str *s, Str *errors);

MUST_USE MAY_RUN Value utf8_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors,
                                   size_t *consumed);
MUST_USE MAY_RUN Value utf7_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors,
                                   size_t *consumed);
/* byte_order: -1 little, 1 big, 0 by mark, else native; updated to what was found. */
MUST_USE MAY_RUN Value utf16_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner,
                                    Str *errors, size_t *consumed, int *byte_order);
MUST_USE MAY_RUN Value utf32_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner,
                                    Str *errors, size_t *consumed, int *byte_order);
MUST_USE MAY_RUN Value ascii_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner,
                                    Str *errors, size_t *consumed);
MUST_USE Value latin1_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner, Str *errors,
                             size_t *consumed);
MUST_USE MAY_RUN Value charmap_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner,
                                      Str *errors, Value map);
/* bad_escape: what follows the backslash of the first unknown escape, "" if there is none (the
** caller warns). */
MUST_USE MAY_RUN Value unicode_escape_decode(VM *vm, const uint8_t *bytes, size_t n, Value owner,
                                             Str *errors, size_t *consumed, char bad_escape[4]);
MUST_USE MAY_RUN Value raw_unicode_escape_decode(VM *vm, const uint8_t *bytes, size_t n,
                                                 Value owner, Str *errors, size_t *consumed);

MUST_USE MAY_RUN Value utf8_encode(VM *vm, Str *s, Str *errors);
MUST_USE Value utf7_encode(VM *vm, Str *s, Str *errors);
/* 0: native with a mark */
MUST_USE MAY_RUN Value utf16_encode(VM *vm, Str *s, Str *errors, int byte_order);
MUST_USE MAY_RUN Value utf32_encode(VM *vm, Str *s, Str *errors, int byte_order);
MUST_USE MAY_RUN Value ascii_encode(VM *vm, Str *s, Str *errors);
MUST_USE MAY_RUN Value latin1_encode(VM *vm, Str *s, Str *errors);
MUST_USE MAY_RUN Value charmap_encode(VM *vm, Str *s, Str *errors, Value map);
MUST_USE Value unicode_escape_encode(VM *vm, Str *s);
MUST_USE Value raw_unicode_escape_encode(VM *vm, Str *s);

/* ---- what codecs are made of */
typedef enum ErrorMode {
  ERRORS_STRICT,
  ERRORS_IGNORE,
  ERRORS_REPLACE,
  ERRORS_SURROGATEESCAPE,
  ERRORS_SURROGATEPASS,
  ERRORS_BACKSLASHREPLACE,
  ERRORS_XMLCHARREFREPLACE,
  ERRORS_NAMEREPLACE,
  ERRORS_OTHER
} ErrorMode;
ErrorMode error_mode(const Str *errors);

typedef struct DecodeRun {
  VM *vm;
  const char *encoding; /* as exceptions name it */
  const uint8_t *bytes;
  size_t n, at;
  Value owner, exception, handler; /* UNBOUND until needed */
  Str *errors;
  ErrorMode mode;
  bool multibyte; /* messages about the handler's answer are those of the multibyte codecs */
  StrBuilder out;
} DecodeRun;
void decode_start(DecodeRun *run, VM *vm, const char *encoding, const uint8_t *bytes, size_t n,
                  Value owner, Str *errors);
/* decode_error: applies the handler to bytes [start, end): adds its replacement and moves
** run->at. */
MUST_USE MAY_RUN bool decode_error(DecodeRun *run, size_t start, size_t end, const char *reason);
MUST_USE Value decode_finish(DecodeRun *run, bool ok);

typedef struct EncodeRun {
  VM *vm;
  const char *encoding;
  Str *text;
  size_t at;
  Value exception, handler;
  Str *errors;
  ErrorMode mode;
  bool multibyte;       /* as in DecodeRun */
  bool whole;           /* surrogateescape: all of the unencodable code points, or none (charmap) */
  int unit, byte_order; /* of surrogatepass: 1 UTF-8, 2, 4; 0: not supported */
  Buffer out;
} EncodeRun;
void encode_start(EncodeRun *run, VM *vm, const char *encoding, Str *text, Str *errors);
/* encode_error: applies the handler to code points [start, end): a Str, a Bytes or UNBOUND
** (nothing) to put in their place, FAIL; moves run->at. */
MUST_USE MAY_RUN Value encode_error(EncodeRun *run, size_t start, size_t end, const char *reason);
/* encode_raise: raises the UnicodeEncodeError of [start, end). false. */
MAY_RUN COLD bool encode_raise(EncodeRun *run, size_t start, size_t end, const char *reason);
MUST_USE Value encode_finish(EncodeRun *run, bool ok);
/* encode_references: what replace, backslashreplace, xmlcharrefreplace and namereplace put for
** [start, end). */
MUST_USE Str *encode_references(VM *vm, ErrorMode mode, const Str *s, size_t start, size_t end);
/* encode_add_references: the same in ASCII, nothing for ignore, into run->out, and run->at = end;
** false: another handler. */
MUST_USE bool encode_add_references(EncodeRun *run, size_t start, size_t end);
/* encode_add_escaped: surrogateescape's bytes for as many of [start, end) as it has some for, into
** run->out, and run->at behind them; false: for none, or another handler. */
MUST_USE bool encode_add_escaped(EncodeRun *run, size_t start, size_t end);
/* surrogate_bytes: a lone surrogate as surrogatepass writes it. */
size_t surrogate_bytes(uint32_t c, int unit, int byte_order, uint8_t out[4]);

#endif
