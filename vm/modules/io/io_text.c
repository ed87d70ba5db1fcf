/* io_text.c -- _io.TextIOWrapper: reading and writing text over a buffered stream. Set-up and
** positions: io_text_setup.c. */
#include "vm/base/search.h"
#include "vm/contracts/type.h"
#include "vm/core/vm.h"
#include "vm/modules/io/io.h"
#include "vm/objects/codec.h"
#include "vm/objects/exception.h"
#include "vm/objects/str_ops.h"

#include <stdlib.h>

typedef Value c_TextOrNone;
MUST_USE static bool convert_TextOrNone(VM *vm, Value v, c_TextOrNone *out, const MethodSpec *spec,
                                        int i) {
  *out = v;
  return v == VALUE_NONE || value_is_str(v) || convert_fail(vm, v, "str or None", spec, i);
}
#define DEFAULT_TextOrNone(x) VALUE_DEFAULT_##x
#define NATIVE_DEF "vm/modules/io/io_text.def"
#define NATIVE_PREFIX text_
#define NATIVE_SELF TextIO *
#include "vm/contracts/native_class.inc"

static bool text_check_ready(VM *vm, TextIO *self) {
  if (LIKELY(self->ok)) return true;
  return raise_false(vm, TYPE_OF(ValueError),
                     self->detached ? "underlying buffer has been detached"
                                    : "I/O operation on uninitialized object");
}

/* Closed? Without a Python call when all layers are native. */
static Answer is_closed(VM *vm, TextIO *self) {
  if (is_native_reader(self->buffer) || is_native_writer(self->buffer)) {
    const Buffered *buffered = value_object(self->buffer);
    if (buffered->ok && value_is(buffered->raw, io_file))
      return ((FileIO *)value_object(buffered->raw))->fd < 0;
  }
  return io_is_closed(vm, self->buffer);
}

static bool check_open(VM *vm, TextIO *self) {
  if (!text_check_ready(vm, self)) return false;
  int closed = type_has(object_type(self), TYPE_HEAP) ? io_is_closed(vm, value_from(self))
                                                      : is_closed(vm, self);
  if (UNLIKELY(closed > 0)) io_closed_error(vm);
  return closed == 0;
}

void text_forget_decoded(TextIO *self) {
  self->decoded = NULL;
  self->used = 0;
  self->chunk = NULL;
}

/* ---- writing */
bool text_flush_pending(VM *vm, TextIO *self) {
  if (!self->pending.size) return true;
  Buffer out = self->pending; /* a write that runs Python may write here again */
  buffer_init(&self->pending);
  bool ok;
  if (LIKELY(is_native_writer(self->buffer))) {
    ok = buffered_write_bytes(vm, value_object(self->buffer), out.bytes, out.size);
  } else {
    Value bytes = value_of(bytes_from_buffer(vm, &out)), put;
    do put = value_is_fail(bytes) ? bytes : call_method1(vm, self->buffer, NAME("write"), bytes);
    while (put == VALUE_FAIL && error_is(vm, TYPE_OF(InterruptedError)) &&
           (error_clear(vm), poll_signals(vm)));
    ok = put != VALUE_FAIL;
  }
  if (self->pending.bytes) buffer_deinit(&out);
  else out.size = 0, self->pending = out;
  return ok;
}

static Str *translate_newlines(VM *vm, Str *text, const char *newline) {
  return str_replace(vm, text, str_from_char(vm, '\n'), str_new_cstr(vm, newline), -1);
}

static Value encode(VM *vm, TextIO *self, Str *text) {
  Str *errors = value_object(self->errors);
  switch (self->codec) {
  case CODEC_UTF8: return utf8_encode(vm, text, errors);
  case CODEC_ASCII: return ascii_encode(vm, text, errors);
  case CODEC_LATIN1: return latin1_encode(vm, text, errors);
  default: return call_method1(vm, self->encoder, NAME("encode"), value_from(text));
  }
}

/* Never more than a chunk waits. */
static bool make_room(VM *vm, TextIO *self, size_t n) {
  return !self->pending.size || self->pending.size + n <= (size_t)self->chunk_size ||
         text_flush_pending(vm, self);
}

static bool put_pending(VM *vm, TextIO *self, const void *bytes, size_t n) {
  if (UNLIKELY(!buffer_try_reserve(&self->pending, n))) return raise_memory(vm), false;
  buffer_add(&self->pending, bytes, n);
  return true;
}

static bool add_pending(VM *vm, TextIO *self, Str *text) {
  if (LIKELY(self->codec != CODEC_OTHER && str_is_ascii(text))) {
    if (!make_room(vm, self, text->length)) return false;
    return put_pending(vm, self, str_data(text), text->length);
  }
  Value bytes = encode(vm, self, text);
  if (bytes == VALUE_FAIL) return false;
  if (!value_has_flag(bytes, TYPE_BYTES_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "encoder should return a bytes object, not '%T'",
                       bytes);
  const Bytes *encoded = value_object(bytes);
  if (!make_room(vm, self, encoded->length)) return false;
  return put_pending(vm, self, encoded->data, encoded->length);
}

static bool has_unit(const Str *text, char unit) {
  return search_unit(str_data(text), text->length, (uint8_t)unit, 1 << str_kind(text)) !=
         SEARCH_NONE;
}

/* What write(text) does, for exact TextIOWrappers (value_is(v, io_text)). */
static bool text_write_str(VM *vm, TextIO *self, Str *text) {
  if (!check_open(vm, self)) return false;
  if (!self->writable) return io_unsupported(vm, "not writable"), false;
  bool may_translate = self->newline.write != NULL, flush = false;
  if (may_translate || self->line_buffering) {
    bool line_feed = has_unit(text, '\n');
    flush = self->line_buffering && (line_feed || has_unit(text, '\r'));
    if (may_translate && line_feed) text = translate_newlines(vm, text, self->newline.write);
    if (!text) return false;
  }
  if (!add_pending(vm, self, text)) return false;
  if ((self->pending.size >= (size_t)self->chunk_size || flush || self->write_through) &&
      !text_flush_pending(vm, self))
    return false;
  if (flush) {
    Value flushed = is_native_writer(self->buffer)
                        ? buffered_flush_all(vm, value_object(self->buffer))
                        : call_method0(vm, self->buffer, NAME("flush"));
    if (flushed == VALUE_FAIL) return false;
  }
  if (UNLIKELY(self->decoded || self->chunk || self->tail_size)) {
    text_forget_decoded(self);
    self->tail_size = 0;
    if (self->decoder != VALUE_NONE && call_method0(vm, self->decoder, NAME("reset")) == VALUE_FAIL)
      return false;
  }
  return true;
}

static Value text_write(VM *vm, TextIO *self, const text_write_args *a) {
  Value length = value_int(vm, (int64_t)a->text->length);
  return text_write_str(vm, self, a->text) ? length : VALUE_FAIL;
}

static Value text_flush(VM *vm, TextIO *self, const text_flush_args *a) {
  if (!check_open(vm, self)) return VALUE_FAIL;
  self->telling = self->seekable;
  if (!text_flush_pending(vm, self)) return VALUE_FAIL;
  return is_native_writer(self->buffer) ? buffered_flush_all(vm, value_object(self->buffer))
                                        : call_method0(vm, self->buffer, NAME("flush"));
}

/* ---- decoding */
static Value decode_bytes(VM *vm, TextIO *self, const uint8_t *bytes, size_t n, bool final,
                          size_t *consumed) {
  Str *errors = value_object(self->errors);
  size_t *stop = final ? NULL : consumed;
  *consumed = n;
  switch (self->codec) {
  case CODEC_UTF8: return utf8_decode(vm, bytes, n, VALUE_UNBOUND, errors, stop);
  case CODEC_ASCII: return ascii_decode(vm, bytes, n, VALUE_UNBOUND, errors, NULL);
  default: return latin1_decode(vm, bytes, n, VALUE_UNBOUND, errors, NULL);
  }
}

Str *text_decode(VM *vm, TextIO *self, const uint8_t *bytes, size_t n, bool final) {
  bool hold = !final && self->newline.universal && n && bytes[n - 1] == '\r';
  size_t consumed, given = n - hold;
  Value text = decode_bytes(vm, self, bytes, given, final, &consumed);
  if (text == VALUE_FAIL) return NULL;
  if (hold && consumed < given) { /* '\r' cuts a character short: the errors' handler sees both */
    text = decode_bytes(vm, self, bytes, n, false, &consumed);
    if (text == VALUE_FAIL) return NULL;
    text =
        value_of(str_substring(vm, value_object(text), 0, ((Str *)value_object(text))->length - 1));
    if (text == VALUE_FAIL) return NULL;
    consumed = given;
  }
  self->tail_size = (int)(n - consumed);
  memcpy(self->tail, bytes + consumed, n - consumed);
  if (!self->newline.universal) return value_object(text);
  bool no_cr = false;
  return newline_translate(vm, value_object(text), self->newline.translate, true, &no_cr,
                           &self->seen);
}

/* decoder_state: (bytes that wait, flags) as the decoder says. */
static Tuple *decoder_state(VM *vm, TextIO *self) {
  Value state = call_method0(vm, self->decoder, NAME("getstate"));
  if (state == VALUE_FAIL) return NULL;
  if (!value_has_flag(state, TYPE_TUPLE_SUBCLASS) || tuple_length(value_object(state)) != 2)
    return raise_type(vm, "illegal decoder state"), NULL;
  Tuple *pair = value_object(state);
  if (value_has_flag(pair->items[0], TYPE_BYTES_SUBCLASS)) return pair;
  raise_type(vm, "illegal decoder state: the first item should be a bytes object, not '%T'",
             pair->items[0]);
  return NULL;
}

/* The next chunk of input as text. 1: got some, 0: end, -1 raised. */
static Answer read_chunk(VM *vm, TextIO *self) {
  Value input;
  bool asks = self->telling && self->codec == CODEC_OTHER;
  Tuple *state = asks ? decoder_state(vm, self) : NULL;
  if (asks && !state) return ANSWER_FAILED;
  if (value_is(self->buffer, io_buffered_reader))
    input = buffered_read1_bytes(vm, value_object(self->buffer), self->chunk_size);
  else
    input = call_method1(vm, self->buffer, self->has_read1 ? NAME("read1") : NAME("read"),
                         value_int(vm, self->chunk_size));
  if (input == VALUE_FAIL) return ANSWER_FAILED;
  BufferView view;
  if (!value_is_bytes_like(input))
    return raise_type(vm, "underlying %s() should have returned a bytes-like object, not '%T'",
                      self->has_read1 ? "read1" : "read", input),
           ANSWER_FAILED;
  if (!buffer_acquire(vm, input, &view, false)) return ANSWER_FAILED;
  bool end = view.size == 0;
  Str *text;
  if (self->codec != CODEC_OTHER) {
    Bytes *chunk =
        value_is(input, bytes) ? value_object(input) : bytes_new(vm, view.bytes, view.size);
    if (self->tail_size) {
      chunk = bytes_new(vm, NULL, view.size + (size_t)self->tail_size);
      memcpy(chunk->data, self->tail, (size_t)self->tail_size);
      memcpy(chunk->data + self->tail_size, view.bytes, view.size);
    }
    text = text_decode(vm, self, chunk->data, chunk->length, end);
    self->chunk = chunk;
    heap_barrier_object(vm, self, chunk);
  } else {
    Value decoded = call_method2(vm, self->decoder, NAME("decode"), input, value_bool(end));
    if (decoded != VALUE_FAIL && !value_is_str(decoded))
      decoded = raise_type(vm, "decoder should return a string result, not '%T'", decoded);
    text = decoded == VALUE_FAIL ? NULL : value_object(decoded);
    if (text && state) {
      const Bytes *before = value_object(state->items[0]);
      self->chunk = bytes_new(vm, NULL, before->length + view.size);
      self->chunk_flags = state->items[1];
      memcpy(self->chunk->data, before->data, before->length);
      memcpy(self->chunk->data + before->length, view.bytes, view.size);
    }
  }
  buffer_release(vm, &view);
  if (!text) return ANSWER_FAILED;
  self->decoded = text;
  self->used = 0;
  heap_barrier_any(vm, self);
  return text->length > 0 || !end;
}

/* ---- reading */
static bool start_reading(VM *vm, TextIO *self) {
  if (!check_open(vm, self)) return false;
  if (!self->readable) return io_unsupported(vm, "not readable"), false;
  return text_flush_pending(vm, self);
}

static size_t available(const TextIO *self) {
  return self->decoded ? self->decoded->length - self->used : 0;
}

static Str *take(VM *vm, TextIO *self, size_t n) {
  if (n > available(self)) n = available(self);
  if (!self->decoded) return str_new_cstr(vm, "");
  Str *text = n == self->decoded->length
                  ? self->decoded
                  : str_substring(vm, self->decoded, self->used, self->used + n);
  self->used += n;
  return text;
}

static Value read_all(VM *vm, TextIO *self) {
  Str *before = take(vm, self, available(self)), *rest;
  Value bytes = call_method0(vm, self->buffer, NAME("read"));
  if (bytes == VALUE_FAIL) return VALUE_FAIL;
  if (bytes == VALUE_NONE) return value_from(before);
  if (self->codec == CODEC_OTHER) {
    Value decoded = call_method2(vm, self->decoder, NAME("decode"), bytes, VALUE_TRUE);
    if (decoded == VALUE_FAIL) return VALUE_FAIL;
    if (!value_is_str(decoded))
      return raise_type(vm, "decoder should return a string result, not '%T'", decoded);
    rest = value_object(decoded);
  } else {
    BufferView view;
    if (!buffer_acquire(vm, bytes, &view, false)) return VALUE_FAIL;
    if (self->tail_size) {
      Buffer joined;
      buffer_init(&joined);
      buffer_add(&joined, self->tail, (size_t)self->tail_size);
      buffer_add(&joined, view.bytes, view.size);
      rest = buffer_is_whole(vm, &joined) ? text_decode(vm, self, joined.bytes, joined.size, true)
                                          : NULL;
      buffer_deinit(&joined);
    } else {
      rest = text_decode(vm, self, view.bytes, view.size, true);
    }
    buffer_release(vm, &view);
    if (!rest) return VALUE_FAIL;
  }
  text_forget_decoded(self);
  Str *all = before->length ? str_concat(vm, before, rest) : rest;
  return value_of(all);
}

static Value text_read(VM *vm, TextIO *self, const text_read_args *a) {
  if (!start_reading(vm, self)) return VALUE_FAIL;
  if (a->size < 0) return read_all(vm, self);
  size_t wanted = (size_t)a->size;
  if (available(self) >= wanted) return value_of(take(vm, self, wanted));
  StrBuilder all;
  str_builder_init(&all, vm);
  while (all.length < wanted) {
    str_builder_str(&all, take(vm, self, wanted - all.length));
    if (all.length >= wanted) break;
    Answer got = read_chunk(vm, self);
    if (got == ANSWER_FAILED) {
      str_builder_drop(&all);
      return VALUE_FAIL;
    }
    if (!got) break;
  }
  return value_of(str_builder_finish(&all));
}

/* The rest of a line that does not end in the text decoded so far. `all` holds what came before. */
static Value read_long_line(VM *vm, TextIO *self, Str *line, int64_t limit) {
  size_t resume = 0;
  (void)newline_end(line, 0, self->newline, &resume);
  for (;;) {
    Answer got = read_chunk(vm, self);
    if (got == ANSWER_FAILED) return VALUE_FAIL;
    if (!got) {
      text_forget_decoded(self);
      return value_from(line);
    }
    size_t before = line->length;
    Str *joined = str_append(vm, line, self->decoded);
    if (!joined) return VALUE_FAIL;
    int64_t end = newline_end(joined, resume, self->newline, &resume);
    if (end < 0 && (limit < 0 || joined->length < (size_t)limit)) {
      line = joined;
      self->used = self->decoded->length;
      continue;
    }
    size_t stop = end < 0 || (limit >= 0 && end > limit) ? (size_t)limit : (size_t)end;
    if (end < 0 && limit < 0) stop = joined->length;
    self->used = stop - before;
    return value_from(stop == joined->length ? joined : str_substring(vm, joined, 0, stop));
  }
}

/* A whole line that ends in a line feed and lies in the decoded text, where that is Latin-1;
** UNBOUND: not so. */
static Value ready_line(VM *vm, TextIO *self) {
  const Str *text = self->decoded;
  bool feeds_end_lines =
      self->newline.translate || (!self->newline.universal && self->newline.end[0] == '\n');
  if (!text || str_kind(text) != 0 || !feeds_end_lines) return VALUE_UNBOUND;
  const uint8_t *start = (const uint8_t *)str_data(text) + self->used;
  const uint8_t *feed = memchr(start, '\n', text->length - self->used);
  if (!feed) return VALUE_UNBOUND;
  size_t n = (size_t)(feed - start) + 1;
  self->used += n;
  return value_of(str_is_ascii(text) ? str_new_ascii(vm, (const char *)start, n)
                                     : str_new_latin1(vm, start, n));
}

static Value read_line(VM *vm, TextIO *self, int64_t limit) {
  while (!available(self)) {
    Answer got = read_chunk(vm, self);
    if (got == ANSWER_FAILED) return VALUE_FAIL;
    if (!got) {
      text_forget_decoded(self);
      return value_of(str_new_cstr(vm, ""));
    }
  }
  size_t resume;
  int64_t end = newline_end(self->decoded, self->used, self->newline, &resume);
  if (end < 0 && (limit < 0 || available(self) < (size_t)limit))
    return read_long_line(vm, self, take(vm, self, available(self)), limit);
  size_t length = end < 0 ? (size_t)limit : (size_t)end - self->used;
  if (limit >= 0 && length > (size_t)limit) length = (size_t)limit;
  return value_of(take(vm, self, length));
}

static Value text_readline(VM *vm, TextIO *self, const text_readline_args *a) {
  return start_reading(vm, self) ? read_line(vm, self, a->size < 0 ? -1 : a->size) : VALUE_FAIL;
}

static Value text_next(VM *vm, Value v) {
  TextIO *self = value_object(v);
  if (!text_check_ready(vm, self)) return VALUE_FAIL;
  self->telling = false;
  Value line;
  if (type_has(object_type(self), TYPE_HEAP)) {
    line = call_method0(vm, v, NAME("readline"));
    if (line != VALUE_FAIL && !value_is_str(line))
      line = raise_error(vm, TYPE_OF(OSError),
                         "readline() should have returned a str object, not '%.200T'", line);
  } else {
    if (!start_reading(vm, self)) return VALUE_FAIL;
    line = ready_line(vm, self);
    if (UNLIKELY(line == VALUE_UNBOUND)) line = read_line(vm, self, -1);
  }
  if (line == VALUE_FAIL || ((Str *)value_object(line))->length) return line;
  text_forget_decoded(self);
  self->telling = self->seekable;
  return VALUE_STOP;
}

static Value text_op_next(VM *vm, TextIO *self, const text_op_next_args *a) {
  Value line = text_next(vm, value_from(self));
  return line == VALUE_STOP ? raise_stop(vm, VALUE_NONE) : line;
}

static Value text_op_iter(VM *vm, TextIO *self, const text_op_iter_args *a) {
  return check_open(vm, self) ? value_from(self) : VALUE_FAIL;
}

/* ---- state */
static Value pass_on(VM *vm, TextIO *self, Str *method) {
  return text_check_ready(vm, self) ? call_method0(vm, self->buffer, method) : VALUE_FAIL;
}
static Value text_fileno(VM *vm, TextIO *self, const text_fileno_args *a) {
  return pass_on(vm, self, NAME("fileno"));
}
static Value text_seekable(VM *vm, TextIO *self, const text_seekable_args *a) {
  return pass_on(vm, self, NAME("seekable"));
}
static Value text_readable(VM *vm, TextIO *self, const text_readable_args *a) {
  return pass_on(vm, self, NAME("readable"));
}
static Value text_writable(VM *vm, TextIO *self, const text_writable_args *a) {
  return pass_on(vm, self, NAME("writable"));
}
static Value text_isatty(VM *vm, TextIO *self, const text_isatty_args *a) {
  return pass_on(vm, self, NAME("isatty"));
}

static Value text_tell_position(VM *vm, TextIO *self, const text_tell_position_args *a) {
  return check_open(vm, self) ? text_tell(vm, self) : VALUE_FAIL;
}
static Value text_seek_to(VM *vm, TextIO *self, const text_seek_to_args *a) {
  return check_open(vm, self) ? text_seek(vm, self, a->cookie, a->whence) : VALUE_FAIL;
}
static Value text_truncate(VM *vm, TextIO *self, const text_truncate_args *a) {
  if (!text_check_ready(vm, self) ||
      call_method0(vm, value_from(self), NAME("flush")) == VALUE_FAIL)
    return VALUE_FAIL;
  return call_method1(vm, self->buffer, NAME("truncate"), a->pos);
}

static Value attribute_or_fail(VM *vm, TextIO *self, Str *name) {
  return text_check_ready(vm, self) ? get_attribute(vm, self->buffer, name) : VALUE_FAIL;
}
static Value text_get_name(VM *vm, TextIO *self) {
  return attribute_or_fail(vm, self, NAME("name"));
}
static Value text_get_closed(VM *vm, TextIO *self) {
  return attribute_or_fail(vm, self, NAME("closed"));
}
static Value text_get_buffer(VM *vm, TextIO *self) {
  return text_check_ready(vm, self) ? self->buffer : VALUE_FAIL;
}
static Value text_get_encoding(VM *vm, TextIO *self) {
  return self->detached || text_check_ready(vm, self) ? self->encoding : VALUE_FAIL;
}
static Value text_get_errors(VM *vm, TextIO *self) {
  return self->detached || text_check_ready(vm, self) ? self->errors : VALUE_FAIL;
}
static Value text_get_line_buffering(VM *vm, TextIO *self) {
  return value_bool(self->line_buffering);
}
static Value text_get_write_through(VM *vm, TextIO *self) {
  return value_bool(self->write_through);
}
static Value text_get_newlines(VM *vm, TextIO *self) {
  if (!text_check_ready(vm, self)) return VALUE_FAIL;
  if (self->decoder == VALUE_NONE) return newlines_seen(vm, self->seen);
  Value newlines = find_attribute(vm, self->decoder, NAME("newlines"));
  return newlines == VALUE_UNBOUND ? VALUE_NONE : newlines;
}
static Value text_get_CHUNK_SIZE(VM *vm, TextIO *self) { return value_int(vm, self->chunk_size); }
static bool text_set_CHUNK_SIZE(VM *vm, TextIO *self, Value v) {
  int64_t n;
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(AttributeError), "cannot delete attribute");
  if (!value_index64(vm, v, &n, false)) return false;
  if (n <= 0)
    return raise_false(vm, TYPE_OF(ValueError), "a strictly positive integer is required");
  self->chunk_size = n;
  return true;
}
static Value text_get_finalizing(VM *vm, TextIO *self) { return value_bool(self->base.finalizing); }
static bool text_set_finalizing(VM *vm, TextIO *self, Value v) {
  Answer truth = v == VALUE_MISSING ? ANSWER_NO : value_truth(vm, v);
  if (truth >= 0) self->base.finalizing = truth;
  return truth >= 0;
}
static Value text_op_reduce_ex(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return raise_type(vm, "cannot pickle '%T' object", self);
}

/* " name='x'" or nothing: the attribute may be missing or the stream closed. */
static bool add_repr(VM *vm, StrBuilder *out, TextIO *self, Str *attribute) {
  Value v = find_attribute(vm, value_from(self), attribute);
  if (v == VALUE_FAIL) return error_clear_if(vm, TYPE_OF(ValueError));
  if (v == VALUE_UNBOUND) return true;
  Str *part = str_format(vm, " %U=%R", attribute, v);
  if (part) str_builder_str(out, part);
  return part != NULL;
}

static Value text_op_repr(VM *vm, TextIO *self, const text_op_repr_args *a) {
  if (!self->detached && !text_check_ready(vm, self)) return VALUE_FAIL;
  Showing here;
  if (!repr_enter(vm, &here, value_from(self)))
    return raise_error(vm, TYPE_OF(RuntimeError), "reentrant call inside %T.__repr__",
                       value_from(self));
  StrBuilder out;
  str_builder_init(&out, vm);
  str_builder_cstr(&out, "<");
  str_builder_str(&out, type_qualified_name(vm, object_type(self)));
  bool ok = add_repr(vm, &out, self, NAME("name")) && add_repr(vm, &out, self, NAME("mode"));
  Str *encoding = ok ? str_format(vm, " encoding=%R>", self->encoding) : NULL;
  if (encoding) str_builder_str(&out, encoding);
  repr_leave(vm, &here);
  if (!encoding) {
    str_builder_drop(&out);
    return VALUE_FAIL;
  }
  return value_of(str_builder_finish(&out));
}

/* ---- life */
static Value text_close(VM *vm, TextIO *self, const text_close_args *a) {
  if (!text_check_ready(vm, self)) return VALUE_FAIL;
  Answer closed = io_is_closed(vm, value_from(self));
  if (closed) return closed == ANSWER_FAILED ? VALUE_FAIL : VALUE_NONE;
  if (self->base.finalizing &&
      call_method1(vm, self->buffer, NAME("_dealloc_warn"), value_from(self)) == VALUE_FAIL)
    error_clear(vm);
  Value failure = VALUE_UNBOUND;
  if (call_method0(vm, value_from(self), NAME("flush")) == VALUE_FAIL) failure = error_take(vm);
  if (call_method0(vm, self->buffer, NAME("close")) == VALUE_FAIL) {
    if (failure != VALUE_UNBOUND) {
      Exception *exception = value_object(vm->exception);
      if (exception->context == VALUE_NONE)
        exception->context = failure, heap_barrier(vm, exception, failure);
    }
    failure = error_take(vm);
  }
  if (failure == VALUE_UNBOUND) return VALUE_NONE;
  error_restore(vm, failure);
  return VALUE_FAIL;
}

static Value text_detach(VM *vm, TextIO *self, const text_detach_args *a) {
  if (!text_check_ready(vm, self) ||
      call_method0(vm, value_from(self), NAME("flush")) == VALUE_FAIL)
    return VALUE_FAIL;
  Value buffer = self->buffer;
  self->buffer = VALUE_NONE;
  self->detached = true;
  self->ok = false;
  return buffer;
}

/* In the middle of a stream an encoder writes no mark of its own. */
static bool fix_encoder_state(VM *vm, TextIO *self) {
  self->encoding_start = true;
  if (!self->seekable || !self->writable) return true;
  Value at = call_method0(vm, self->buffer, NAME("tell"));
  if (at == VALUE_FAIL) return false;
  self->encoding_start = at == value_int_unchecked(0);
  return self->encoding_start || self->encoder == VALUE_NONE ||
         call_method1(vm, self->encoder, NAME("setstate"), value_int_unchecked(0)) != VALUE_FAIL;
}

static bool set_flag(VM *vm, Value v, bool *flag) {
  if (v == VALUE_NONE) return true;
  int64_t number;
  if (!value_index64(vm, v, &number, false)) return false;
  *flag = number != 0;
  return true;
}

static Value text_reconfigure(VM *vm, TextIO *self, const text_reconfigure_args *a) {
  if (!text_check_ready(vm, self)) return VALUE_FAIL;
  bool codec = a->encoding != VALUE_NONE || a->errors != VALUE_NONE || a->newline != VALUE_MISSING;
  if (codec && self->readable && (self->decoded || self->chunk))
    return io_unsupported(
        vm, "It is not possible to set the encoding or newline of stream after the first read");
  bool line_buffering = self->line_buffering, write_through = self->write_through;
  if (!set_flag(vm, a->line_buffering, &line_buffering) ||
      !set_flag(vm, a->write_through, &write_through))
    return VALUE_FAIL;
  if (call_method0(vm, value_from(self), NAME("flush")) == VALUE_FAIL) return VALUE_FAIL;
  if (codec) {
    Value encoding = a->encoding, errors = a->errors;
    if (encoding == VALUE_NONE)
      encoding = self->encoding, errors = errors == VALUE_NONE ? self->errors : errors;
    if (!text_setup(vm, self, encoding, errors, a->newline) || !fix_encoder_state(vm, self))
      return VALUE_FAIL;
  }
  self->line_buffering = line_buffering;
  self->write_through = write_through;
  return VALUE_NONE;
}

static Value text_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  TextIO *self = value_object(v);
  self->buffer = VALUE_UNBOUND;
  self->encoding = self->errors = self->encoder = self->decoder = self->chunk_flags = VALUE_NONE;
  self->chunk_size = IO_BUFFER_SIZE;
  heap_track_destroy(vm, &self->base.h);
  io_track(vm, v);
  return v;
}

static void text_destroy(VM *vm, Object *object) { free(((TextIO *)object)->pending.bytes); }

static void text_trace(Marker *marker, Object *object) {
  TextIO *self = (TextIO *)object;
  mark_value(marker, self->buffer);
  mark_value(marker, self->encoding);
  mark_value(marker, self->errors);
  mark_value(marker, self->encoder);
  mark_value(marker, self->decoder);
  mark_value(marker, self->chunk_flags);
  mark_object(marker, self->decoded);
  mark_object(marker, self->chunk);
}

static bool ask(VM *vm, Value buffer, Str *method, bool *answer) {
  Value v = call_method0(vm, buffer, method);
  if (v == VALUE_FAIL) return false;
  Answer truth = value_truth(vm, v);
  *answer = truth == ANSWER_YES;
  return truth >= 0;
}

static bool init_text(VM *vm, TextIO *self, const text_op_init_args *a) {
  self->ok = self->detached = false;
  text_forget_decoded(self);
  self->tail_size = self->seen = 0;
  self->pending.size = 0;
  if (!ask(vm, a->buffer, NAME("readable"), &self->readable) ||
      !ask(vm, a->buffer, NAME("writable"), &self->writable))
    return false;
  self->buffer = a->buffer;
  self->newline = (NewlineMode){.universal = true, .translate = true};
  heap_barrier_any(vm, self);
  if (!text_setup(vm, self, a->encoding, a->errors, a->newline)) return false;
  self->line_buffering = a->line_buffering;
  self->write_through = a->write_through;
  self->has_read1 = true;
  if (!is_native_reader(a->buffer) && !is_native_writer(a->buffer)) {
    Value read1 = find_attribute(vm, a->buffer, NAME("read1"));
    if (read1 == VALUE_FAIL) return false;
    self->has_read1 = read1 != VALUE_UNBOUND;
  }
  if (!ask(vm, a->buffer, NAME("seekable"), &self->seekable)) return false;
  self->telling = self->seekable;
  if (!fix_encoder_state(vm, self)) return false;
  self->ok = true;
  return true;
}

static Value text_op_init(VM *vm, TextIO *self, const text_op_init_args *a) {
  return value_none_if(init_text(vm, self, a));
}

Value text_new(VM *vm, Value buffer, Value encoding, Value errors, Value newline,
               bool line_buffering, bool write_through) {
  Value v = text_blank(vm, TYPE_OF(io_text));
  text_op_init_args a = {.buffer = buffer,
                         .encoding = encoding,
                         .errors = errors,
                         .newline = newline,
                         .line_buffering = line_buffering,
                         .write_through = write_through};
  return init_text(vm, value_object(v), &a) ? v : VALUE_FAIL;
}

const ClassSpec io_text_class = {
    NATIVE_CLASS(text_), .basic_size = sizeof(TextIO), .trace = text_trace, .destroy = text_destroy,
    .next = text_next,
};
