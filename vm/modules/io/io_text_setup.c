/* io_text_setup.c -- encodings and newlines of text streams; tell and seek.
**
** A cookie is a number: position in the bytes, and for decoders with a state also (each 64 bits
** further up) the decoder's flags, bytes to feed it, characters to skip, and whether to feed it the
** end. Native codecs need the position alone. */
#include "vm/core/options.h"
#include "vm/core/vm.h"
#include "vm/modules/io/io.h"
#include "vm/objects/codec.h"
#include "vm/objects/int.h"
#include "vm/objects/tuple.h"

#include <ctype.h>
#include <unistd.h>

/* ---- set-up */
static TextCodec native_codec(const Str *encoding) {
  static const struct {
    const char *name;
    TextCodec codec;
  } names[] = {
      {"utf8", CODEC_UTF8},     {"ascii", CODEC_ASCII},     {"usascii", CODEC_ASCII},
      {"latin1", CODEC_LATIN1}, {"iso88591", CODEC_LATIN1}, {"646", CODEC_ASCII},
      {"l1", CODEC_LATIN1},     {"u8", CODEC_UTF8},
  };
  char plain[16];
  size_t n = 0;
  for (size_t i = 0; i < encoding->length; i++) {
    uint32_t c = str_at(encoding, i);
    if (c == '-' || c == '_') continue;
    if (c > 0x7f || n == sizeof plain - 1) return CODEC_OTHER;
    plain[n++] = (char)tolower((int)c);
  }
  plain[n] = 0;
  for (size_t i = 0; i < ARRAY_COUNT(names); i++)
    if (strcmp(names[i].name, plain) == 0) return names[i].codec;
  return CODEC_OTHER;
}

static bool set_newline(VM *vm, TextIO *self, Value newline) {
  if (newline == VALUE_MISSING) return true;
  if (newline != VALUE_NONE && !value_is_str(newline))
    return raise_false(vm, TYPE_OF(TypeError),
                       "TextIOWrapper() argument 'newline' must be str or None, not %T", newline);
  static const char *const ends[] = {"\n", "\r", "\r\n"};
  NewlineMode mode = {.universal =
                          newline == VALUE_NONE || ((Str *)value_object(newline))->length == 0,
                      .translate = newline == VALUE_NONE};
  if (!mode.universal) {
    for (int i = 0; i < 3; i++)
      if (str_equal_cstr(value_object(newline), ends[i])) mode.end = ends[i];
    if (!mode.end)
      return raise_false(vm, TYPE_OF(ValueError), "illegal newline value: %R", newline);
    if (mode.end != ends[0]) mode.write = mode.end;
  }
  self->newline = mode;
  return true;
}

/* info.incrementaldecoder(errors) or incrementalencoder */
static Value make_coder(VM *vm, Value info, Str *factory, Value errors) {
  Value make = get_attribute(vm, info, factory);
  return make == VALUE_FAIL ? VALUE_FAIL : call1(vm, make, errors);
}

static bool set_coders(VM *vm, TextIO *self) {
  self->encoder = self->decoder = VALUE_NONE;
  self->codec = native_codec(value_object(self->encoding));
  if (self->codec != CODEC_OTHER) return true;
  Value info = codec_lookup(vm, value_object(self->encoding));
  if (info == VALUE_FAIL) return false;
  Value is_text = find_attribute(vm, info, NAME("_is_text_encoding"));
  if (is_text == VALUE_FAIL) return false;
  if (is_text == VALUE_FALSE)
    return raise_false(vm, TYPE_OF(LookupError),
                       "'%U' is not a text encoding; use codecs.open() to handle arbitrary codecs",
                       (Str *)value_object(self->encoding));
  if (self->readable) {
    Value decoder = make_coder(vm, info, NAME("incrementaldecoder"), self->errors);
    if (decoder != VALUE_FAIL && self->newline.universal)
      decoder = call2(vm, value_from(TYPE_OF(io_newline_decoder)), decoder,
                      value_bool(self->newline.translate));
    if (decoder == VALUE_FAIL) return false;
    self->decoder = decoder;
    heap_barrier(vm, self, decoder);
  }
  if (self->writable) {
    Value encoder = make_coder(vm, info, NAME("incrementalencoder"), self->errors);
    if (encoder == VALUE_FAIL) return false;
    self->encoder = encoder;
    heap_barrier(vm, self, encoder);
  }
  return true;
}

/* check_defaults: what -X warn_default_encoding and -X dev ask for. */
static bool check_defaults(VM *vm, Value encoding, Value errors) {
  if (vm->options->warn_default_encoding && encoding == VALUE_NONE &&
      !warn(vm, TYPE_OF(EncodingWarning), 1, "'encoding' argument not specified"))
    return false;
  return !vm->options->dev_mode || !value_is_str(errors) ||
         !value_is_fail(codec_error_handler(vm, value_object(errors)));
}

bool text_setup(VM *vm, TextIO *self, Value encoding, Value errors, Value newline) {
  if (UNLIKELY(vm->options && (vm->options->warn_default_encoding || vm->options->dev_mode)) &&
      !check_defaults(vm, encoding, errors))
    return false;
  if (errors == VALUE_NONE) errors = value_from(NAME("strict"));
  else if (!value_is_str(errors))
    return raise_false(vm, TYPE_OF(TypeError),
                       "TextIOWrapper() argument 'errors' must be str or None, not %T", errors);
  if (encoding != VALUE_NONE && !value_is_str(encoding))
    return raise_false(vm, TYPE_OF(TypeError),
                       "TextIOWrapper() argument 'encoding' must be str or None, not %T", encoding);
  if (encoding == VALUE_NONE || str_equal_cstr(value_object(encoding), "locale"))
    encoding = value_from(vm->options && vm->options->utf8_mode ? NAME("utf-8") : NAME("UTF-8"));
  if (!set_newline(vm, self, newline)) return false;
  self->encoding = encoding;
  self->errors = errors;
  heap_barrier_any(vm, self);
  return set_coders(vm, self);
}

/* ---- tell */
/* Length of the text that the first n bytes of the chunk give on their own, or -1. */
static int64_t decoded_length(VM *vm, TextIO *self, const Bytes *chunk, size_t n) {
  uint8_t tail[sizeof self->tail];
  int tail_size = self->tail_size, seen = self->seen;
  memcpy(tail, self->tail, sizeof tail);
  Str *text = text_decode(vm, self, chunk->data, n, false);
  self->tail_size = tail_size, self->seen = seen;
  memcpy(self->tail, tail, sizeof tail);
  return text ? (int64_t)text->length : -1;
}

/* How many bytes of the chunk gave the first `used` characters: the fewest that give so many. -1
** raised. */
static int64_t bytes_used(VM *vm, TextIO *self, const Bytes *chunk, size_t used) {
  if (used == 0) return 0;
  bool plain = self->codec != CODEC_UTF8 || str_is_ascii(self->decoded);
  if (plain && self->decoded->length + (size_t)self->tail_size == chunk->length)
    return (int64_t)used;
  size_t low = used - 1, high = chunk->length; /* length(low) < used */
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    int64_t n = decoded_length(vm, self, chunk, middle);
    if (n < 0) return -1;
    if ((size_t)n < used) low = middle;
    else high = middle;
  }
  int64_t n = decoded_length(vm, self, chunk, high);
  if (n < 0) return -1;
  /* the byte after a '\r' told that it was a line end */
  return (int64_t)((size_t)n > used ? high - 1 : high);
}

/* What tell() returns and seek() takes where a position alone does not say where the text goes on:
** as in CPython's C code, its parts side by side, the position in the lowest bits. */
typedef struct Cookie {
  int64_t position, flags, feed, skip, end;
} Cookie;
enum { COOKIE_PARTS = 5 };
static const uint8_t cookie_bits[COOKIE_PARTS] = {64, 32, 32, 32, 8};

static Value make_cookie(VM *vm, const Cookie *of) {
  const int64_t parts[COOKIE_PARTS] = {of->position, of->flags, of->feed, of->skip, of->end};
  Value cookie = value_int_unchecked(0);
  for (size_t i = COOKIE_PARTS; i-- > 0;) {
    cookie = int_lshift(vm, cookie, value_int_unchecked(cookie_bits[i]));
    Value part = int_from_uint64(vm, (uint64_t)parts[i] & UINT64_MAX >> (64 - cookie_bits[i]));
    if (cookie == VALUE_FAIL || part == VALUE_FAIL) return VALUE_FAIL;
    cookie = int_or(vm, cookie, part);
  }
  return cookie;
}

/* take_part: the lowest bits of the cookie, which goes on without them. */
static bool take_part(VM *vm, Value *cookie, unsigned bits, int64_t *out) {
  uint64_t part;
  Value mask = int_from_uint64(vm, UINT64_MAX >> (64 - bits)),
        low = mask == VALUE_FAIL ? mask : int_and(vm, *cookie, mask);
  if (low == VALUE_FAIL) return false;
  bool fits = int_to_uint64(low, &part);
  assert(fits), (void)fits;
  *out = bits == 8 ? (int64_t)part : (int64_t)(part << (64 - bits)) >> (64 - bits);
  *cookie = int_rshift(vm, *cookie, value_int_unchecked(bits));
  return *cookie != VALUE_FAIL;
}

static bool split_cookie(VM *vm, Value cookie, Cookie *out) {
  int64_t *parts[COOKIE_PARTS] = {&out->position, &out->flags, &out->feed, &out->skip, &out->end};
  for (size_t i = 0; i < COOKIE_PARTS; i++)
    if (!take_part(vm, &cookie, cookie_bits[i], parts[i])) return false;
  return cookie == value_int_unchecked(0) ||
         raise_false(vm, TYPE_OF(OverflowError), "int too big to convert");
}

/* flags_of: of a decoder's state. */
static bool flags_of(VM *vm, Value v, int64_t *out) {
  if (!value_index64(vm, v, out, false)) return false;
  if (*out > INT32_MAX)
    return raise_false(vm, TYPE_OF(OverflowError), "signed integer is greater than maximum");
  return *out >= INT32_MIN ||
         raise_false(vm, TYPE_OF(OverflowError), "signed integer is less than minimum");
}

/* With a decoder object: feeds it the chunk byte by byte, remembering the last point where it held
** nothing back. */
static Value tell_by_decoder(VM *vm, TextIO *self, int64_t position) {
  const Bytes *chunk = self->chunk;
  int64_t skip = (int64_t)self->used, start = 0, feed = 0, got = 0;
  Value flags = self->chunk_flags, saved = call_method0(vm, self->decoder, NAME("getstate"));
  if (saved == VALUE_FAIL) return VALUE_FAIL;
  Value empty = value_of(bytes_new(vm, "", 0));
  Value result = call_method1(vm, self->decoder, NAME("setstate"), PACK(empty, flags));
  bool at_end = false;
  for (size_t i = 0; result != VALUE_FAIL && got < skip; i++) {
    at_end = i >= chunk->length;
    Value input = at_end ? empty : value_of(bytes_new(vm, chunk->data + i, 1));
    result = call_method2(vm, self->decoder, NAME("decode"), input, value_bool(at_end));
    if (result == VALUE_FAIL) break;
    got += (int64_t)((Str *)value_object(result))->length;
    feed++;
    if (at_end) break;
    result = call_method0(vm, self->decoder, NAME("getstate"));
    if (result == VALUE_FAIL) break;
    const Tuple *state = value_object(result);
    if (((Bytes *)value_object(state->items[0]))->length == 0 && got <= skip) {
      start += feed, skip -= got, flags = state->items[1];
      feed = got = 0;
    }
  }
  if (result != VALUE_FAIL && got < skip)
    result = raise_error(vm, TYPE_OF(OSError), "can't reconstruct logical file position");
  Value failure = result == VALUE_FAIL ? error_take(vm) : VALUE_UNBOUND;
  if (call_method1(vm, self->decoder, NAME("setstate"), saved) == VALUE_FAIL &&
      failure == VALUE_UNBOUND)
    return VALUE_FAIL;
  if (failure != VALUE_UNBOUND) {
    error_restore(vm, failure);
    return VALUE_FAIL;
  }
  Cookie cookie = {
      .position = position + start, .feed = feed - at_end, .skip = skip, .end = at_end};
  return flags_of(vm, flags, &cookie.flags) ? make_cookie(vm, &cookie) : VALUE_FAIL;
}

Value text_tell(VM *vm, TextIO *self) {
  if (!self->seekable) return io_unsupported(vm, "underlying stream is not seekable");
  if (!self->telling)
    return raise_error(vm, TYPE_OF(OSError), "telling position disabled by next() call");
  if (!text_flush_pending(vm, self)) return VALUE_FAIL;
  if (call_method0(vm, value_from(self), NAME("flush")) == VALUE_FAIL) return VALUE_FAIL;
  Value result = call_method0(vm, self->buffer, NAME("tell"));
  if (result == VALUE_FAIL || !self->chunk) return result;
  int64_t position;
  if (!value_index64(vm, result, &position, false)) return VALUE_FAIL;
  position -= (int64_t)self->chunk->length;
  if (self->codec == CODEC_OTHER) {
    Cookie cookie = {.position = position};
    if (self->used == 0)
      return flags_of(vm, self->chunk_flags, &cookie.flags) ? make_cookie(vm, &cookie) : VALUE_FAIL;
    return tell_by_decoder(vm, self, position);
  }
  int64_t n = bytes_used(vm, self, self->chunk, self->used);
  return n < 0 ? VALUE_FAIL : value_int(vm, position + n);
}

/* ---- seek */
static bool reset_encoder(VM *vm, TextIO *self, bool at_start) {
  if (self->encoder == VALUE_NONE) return true;
  self->encoding_start = at_start;
  Value done = at_start ? call_method0(vm, self->encoder, NAME("reset"))
                        : call_method1(vm, self->encoder, NAME("setstate"), value_int_unchecked(0));
  return done != VALUE_FAIL;
}

static Value seek_to_end(VM *vm, TextIO *self) {
  if (call_method0(vm, value_from(self), NAME("flush")) == VALUE_FAIL) return VALUE_FAIL;
  text_forget_decoded(self);
  self->tail_size = 0;
  if (self->decoder != VALUE_NONE && call_method0(vm, self->decoder, NAME("reset")) == VALUE_FAIL)
    return VALUE_FAIL;
  Value at = call_method2(vm, self->buffer, NAME("seek"), value_int_unchecked(0),
                          value_int_unchecked(SEEK_END));
  if (at == VALUE_FAIL || !reset_encoder(vm, self, at == value_int_unchecked(0))) return VALUE_FAIL;
  return at;
}

/* Brings the decoder to the state of the cookie: its flags, then the bytes it had seen, then the
** characters taken. */
static bool restore_decoder(VM *vm, TextIO *self, const Cookie *cookie) {
  Value empty = value_of(bytes_new(vm, "", 0)), flags = value_int(vm, cookie->flags);
  bool start = cookie->position == 0 && cookie->flags == 0;
  Value done = start ? call_method0(vm, self->decoder, NAME("reset"))
                     : call_method1(vm, self->decoder, NAME("setstate"), PACK(empty, flags));
  if (done == VALUE_FAIL) return false;
  self->chunk = bytes_new(vm, "", 0);
  self->chunk_flags = flags;
  heap_barrier_any(vm, self);
  if (cookie->skip == 0) return true;
  Value input = call_method1(vm, self->buffer, NAME("read"), value_int(vm, cookie->feed));
  if (input == VALUE_FAIL) return false;
  if (!value_has_flag(input, TYPE_BYTES_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError),
                       "underlying read() should have returned a bytes object, not '%T'", input);
  Value text = call_method2(vm, self->decoder, NAME("decode"), input, value_bool(cookie->end != 0));
  if (text == VALUE_FAIL) return false;
  if (!value_is_str(text) || cookie->skip < 0 ||
      ((Str *)value_object(text))->length < (size_t)cookie->skip)
    return raise_false(vm, TYPE_OF(OSError), "can't restore logical file position");
  self->chunk = value_object(input);
  self->decoded = value_object(text);
  self->used = (size_t)cookie->skip;
  heap_barrier_any(vm, self);
  return true;
}

Value text_seek(VM *vm, TextIO *self, Value cookie, int whence) {
  if (!self->seekable) return io_unsupported(vm, "underlying stream is not seekable");
  Answer zero = whence == SEEK_CUR || whence == SEEK_END
                    ? compare_bool(vm, COMPARE_EQ, cookie, value_int_unchecked(0))
                    : ANSWER_NO;
  if (zero == ANSWER_FAILED) return VALUE_FAIL;
  if (whence == SEEK_CUR) {
    if (!zero) return io_unsupported(vm, "can't do nonzero cur-relative seeks");
    cookie = call_method0(vm, value_from(self), NAME("tell"));
    if (cookie == VALUE_FAIL) return VALUE_FAIL;
  } else if (whence == SEEK_END) {
    return zero ? seek_to_end(vm, self) : io_unsupported(vm, "can't do nonzero end-relative seeks");
  } else if (whence != SEEK_SET) {
    return raise_value(vm, "invalid whence (%d, should be %d, %d or %d)", whence, SEEK_SET,
                       SEEK_CUR, SEEK_END);
  }
  Answer negative = compare_bool(vm, COMPARE_LT, cookie, value_int_unchecked(0));
  if (negative == ANSWER_FAILED) return VALUE_FAIL;
  if (negative) return raise_value(vm, "negative seek position %R", cookie);
  if (call_method0(vm, value_from(self), NAME("flush")) == VALUE_FAIL) return VALUE_FAIL;
  Cookie parts;
  Value number = value_is_any_int(cookie) ? cookie : call1(vm, value_from(TYPE_OF(int)), cookie);
  if (number == VALUE_FAIL || !split_cookie(vm, number, &parts)) return VALUE_FAIL;
  if (call_method1(vm, self->buffer, NAME("seek"), value_int(vm, parts.position)) == VALUE_FAIL)
    return VALUE_FAIL;
  text_forget_decoded(self);
  self->tail_size = 0;
  if (self->decoder != VALUE_NONE && !restore_decoder(vm, self, &parts)) return VALUE_FAIL;
  if (self->decoder == VALUE_NONE && parts.skip != 0) /* tell() of these codecs makes none */
    return raise_error(vm, TYPE_OF(OSError), "can't restore logical file position");
  return reset_encoder(vm, self, number == value_int_unchecked(0)) ? cookie : VALUE_FAIL;
}
