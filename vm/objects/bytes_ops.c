/* bytes_ops.c -- what the methods of bytes and bytearray do, on spans of bytes. Letters and white
** space are ASCII's. */
#include "vm/base/buffer.h"
#include "vm/base/hex.h"
#include "vm/base/lanes.h"
#include "vm/base/search.h"
#include "vm/base/units.h"
#include "vm/base/utf8.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"
#include "vm/objects/str_ops.h"

/* ---- from buffers */
bool buffer_is_whole(VM *vm, const Buffer *buffer) {
  if (UNLIKELY(buffer->failed)) return raise_memory(vm), false;
  return true;
}

Bytes *bytes_from_buffer(VM *vm, const Buffer *buffer) {
  return buffer_is_whole(vm, buffer) ? bytes_new(vm, buffer->bytes, buffer->size) : NULL;
}

Bytes *bytes_take_buffer(VM *vm, Buffer *buffer) {
  if (!buffer_is_whole(vm, buffer)) return NULL;
  if (buffer->size < 2) return bytes_new(vm, buffer->bytes, buffer->size);
  Bytes *bytes = bytes_new(vm, NULL, buffer->size);
  if (bytes) buffer_move(buffer, bytes->data);
  return bytes;
}

Str *str_from_buffer(VM *vm, const Buffer *utf8) {
  return buffer_is_whole(vm, utf8) ? str_new_utf8(vm, (const char *)utf8->bytes, utf8->size) : NULL;
}

enum { LENGTH_MAX_BITS = 47 };

Value span_value(VM *vm, const void *bytes, size_t n, bool as_array) {
  void *object = as_array ? (void *)bytearray_new(vm, bytes, n) : (void *)bytes_new(vm, bytes, n);
  return value_of(object);
}

/* A new object of n undefined bytes and where to write them. */
static Value new_result(VM *vm, size_t n, bool as_array, uint8_t **to) {
  if (n >> LENGTH_MAX_BITS) return raise_memory(vm);
  Value v = span_value(vm, NULL, n, as_array);
  if (value_is_fail(v)) return v;
  *to = as_array ? bytearray_bytes(value_object(v)) : ((Bytes *)value_object(v))->data;
  return v;
}

int span_compare(Span a, Span b) {
  int order = memcmp(a.bytes, b.bytes, a.n < b.n ? a.n : b.n);
  return order ? order : a.n < b.n ? -1 : a.n > b.n;
}

Str *span_repr(VM *vm, Span s, bool smart) {
  StrBuilder b;
  str_builder_init(&b, vm);
  bytes_repr_to(&b, s.bytes, s.n, smart, false);
  return str_builder_finish(&b);
}

/* ---- join, replace */

static inline uint8_t *put_bytes(uint8_t *to, const uint8_t *from, size_t n) {
  lanes_copy(to, from, n);
  return to + n;
}

/* An exact bytes is its own span. */
static inline bool part_span(VM *vm, Value v, Span *part) {
  if (LIKELY(value_is(v, bytes))) {
    const Bytes *bytes = value_object(v);
    *part = (Span){bytes->data, bytes->length};
    return true;
  }
  return span_of(vm, v, part);
}

Value span_join(VM *vm, Span separator, Value iterable, bool as_array) {
  const Value *items;
  size_t count, total = 0;
  if (!sequence_view(iterable, &items, &count)) {
    if (!value_has_special(iterable, SPECIAL_iter) && !value_has_special(iterable, SPECIAL_getitem))
      return raise_type(vm, "can only join an iterable");
    List *list = list_from_iterable(vm, iterable);
    if (!list) return VALUE_FAIL;
    items = list_items(list);
    count = list_length(list);
  }
  if (count == 0) return span_value(vm, "", 0, as_array);
  if (count == 1 && value_is(items[0], bytes) && !as_array) return items[0];
  for (size_t i = 0; i < count; i++) {
    Span part;
    if (!value_is(items[i], bytes) && !value_is_bytes_like(items[i]))
      return raise_type(vm, "sequence item %zd: expected a bytes-like object, %.80T found", i,
                        items[i]);
    if (!part_span(vm, items[i], &part)) { /* one that is released, or not contiguous */
      error_clear(vm);
      return raise_type(vm, "sequence item %zd: expected a bytes-like object, %.80T found", i,
                        items[i]);
    }
    total += part.n;
  }
  uint8_t *to;
  Value result = new_result(vm, total + separator.n * (count - 1), as_array, &to);
  if (value_is_fail(result)) return result;
  for (size_t i = 0; i < count; i++) {
    Span part;
    if (i) to = put_bytes(to, separator.bytes, separator.n);
    if (!part_span(vm, items[i], &part)) return VALUE_FAIL;
    to = put_bytes(to, part.bytes, part.n);
  }
  return result;
}

static Value replace_empty(VM *vm, Span s, Span new, size_t most, bool as_array) {
  size_t places = s.n + 1 < most ? s.n + 1 : most;
  uint8_t *to;
  if (new.n && places > ((size_t)1 << LENGTH_MAX_BITS) / new.n)
    return raise_error(vm, TYPE_OF(OverflowError), "replace bytes is too long");
  Value result = new_result(vm, s.n + places * new.n, as_array, &to);
  if (value_is_fail(result)) return result;
  size_t pairs = places < s.n ? places : s.n;
  for (size_t i = 0; i < pairs; i++) {
    to = put_bytes(to, new.bytes, new.n);
    *to++ = s.bytes[i];
  }
  if (places > s.n) put_bytes(to, new.bytes, new.n);
  else if (s.n > pairs) memcpy(to, s.bytes + pairs, s.n - pairs);
  return result;
}

Value span_replace(VM *vm, Span s, Span old, Span new, int64_t count, bool as_array) {
  size_t most = count < 0 ? SIZE_MAX : (size_t)count;
  if (most && !old.n) return replace_empty(vm, s, new, most, as_array);
  size_t found = most ? search_count(s.bytes, s.n, old.bytes, old.n, 1, most) : 0;
  if (!found) return span_value(vm, s.bytes, s.n, as_array);
  if (new.n && found > ((size_t)1 << LENGTH_MAX_BITS) / new.n)
    return raise_error(vm, TYPE_OF(OverflowError), "replace bytes is too long");
  uint8_t *to;
  Value result = new_result(vm, s.n - found * old.n + found * new.n, as_array, &to);
  if (value_is_fail(result)) return result;
  if (old.n == 1 && new.n == 1 && most >= s.n && s.n > 1) {
    units_put(to, s.bytes, 1, s.n, old.bytes[0], new.bytes[0]);
    return result;
  }
  const uint8_t *from = s.bytes, *end = s.bytes + s.n;
  for (; found; found--) {
    size_t run = search(from, (size_t)(end - from), old.bytes, old.n, 1);
    to = put_bytes(to, from, run);
    to = put_bytes(to, new.bytes, new.n);
    from += run + old.n;
  }
  memcpy(to, from, (size_t)(end - from));
  return result;
}

/* ---- strip, split */

static inline bool is_space(uint8_t c) { return c == ' ' || (uint8_t)(c - 9) < 5; }

static bool is_dropped(uint8_t c, const Span *chars) {
  return chars ? chars->n && memchr(chars->bytes, c, chars->n) != NULL : is_space(c);
}

Span span_strip(Span s, const Span *chars, int sides) {
  if (sides & 1)
    while (s.n && is_dropped(s.bytes[0], chars)) s.bytes++, s.n--;
  if (sides & 2)
    while (s.n && is_dropped(s.bytes[s.n - 1], chars)) s.n--;
  return s;
}

/* Parts on their way into a list; the first ones wait here, as those of texts do
** (perf-notes/0016). */
typedef struct Parts {
  VM *vm;
  bool as_array;
  List *list; /* NULL until there are more than fit here */
  size_t count;
  Value first[16];
} Parts;

static void parts_init(Parts *p, VM *vm, bool as_array) {
  p->vm = vm, p->as_array = as_array, p->list = NULL, p->count = 0;
}

static bool parts_add(Parts *p, const uint8_t *from, const uint8_t *to) {
  Value v = span_value(p->vm, from, (size_t)(to - from), p->as_array);
  if (UNLIKELY(value_is_fail(v))) return false;
  if (LIKELY(p->count < ARRAY_COUNT(p->first))) {
    p->first[p->count++] = v;
    return true;
  }
  if (!p->list && !(p->list = list_from_values(p->vm, p->first, p->count))) return false;
  return vm_check_memory(p->vm) && list_append_value(p->vm, p->list, v);
}

static List *parts_list(Parts *p) {
  return p->list ? p->list : list_from_values(p->vm, p->first, p->count);
}

static List *split_space(VM *vm, Span s, size_t most, bool as_array) {
  Parts parts;
  parts_init(&parts, vm, as_array);
  const uint8_t *p = s.bytes, *end = p + s.n;
  for (;;) {
    while (p < end && is_space(*p)) p++;
    if (p == end) return parts_list(&parts);
    const uint8_t *start = p;
    if (most-- == 0) p = end;
    while (p < end && !is_space(*p)) p++;
    if (!parts_add(&parts, start, p)) return NULL;
  }
}

static COLD List *empty_separator(VM *vm) {
  raise_value(vm, "empty separator");
  return NULL;
}

List *span_split(VM *vm, Span s, const Span *separator, int64_t maxsplit, bool as_array) {
  size_t most = maxsplit < 0 ? SIZE_MAX : (size_t)maxsplit;
  if (!separator) return split_space(vm, s, most, as_array);
  if (!separator->n) return empty_separator(vm);
  Parts parts;
  parts_init(&parts, vm, as_array);
  const uint8_t *p = s.bytes, *end = p + s.n;
  while (most-- > 0) {
    size_t run = search(p, (size_t)(end - p), separator->bytes, separator->n, 1);
    if (run == SEARCH_NONE) break;
    if (!parts_add(&parts, p, p + run)) return NULL;
    p += run + separator->n;
  }
  return parts_add(&parts, p, end) ? parts_list(&parts) : NULL;
}

static List *rsplit_space(VM *vm, Span s, size_t most, bool as_array) {
  Parts parts;
  parts_init(&parts, vm, as_array);
  const uint8_t *start = s.bytes, *p = start + s.n;
  for (;;) {
    while (p > start && is_space(p[-1])) p--;
    if (p == start) return list_turn(parts_list(&parts));
    const uint8_t *end = p;
    if (most-- == 0) p = start;
    while (p > start && !is_space(p[-1])) p--;
    if (!parts_add(&parts, p, end)) return NULL;
  }
}

List *span_rsplit(VM *vm, Span s, const Span *separator, int64_t maxsplit, bool as_array) {
  size_t most = maxsplit < 0 ? SIZE_MAX : (size_t)maxsplit, end = s.n;
  if (!separator) return rsplit_space(vm, s, most, as_array);
  if (!separator->n) return empty_separator(vm);
  Parts parts;
  parts_init(&parts, vm, as_array);
  while (most-- > 0) {
    size_t at = search_back(s.bytes, end, separator->bytes, separator->n, 1);
    if (at == SEARCH_NONE) break;
    if (!parts_add(&parts, s.bytes + at + separator->n, s.bytes + end)) return NULL;
    end = at;
  }
  return parts_add(&parts, s.bytes, s.bytes + end) ? list_turn(parts_list(&parts)) : NULL;
}

/* The end of the line at p: at a line feed or a carriage return. */
static const uint8_t *line_end(const uint8_t *p, const uint8_t *end) {
  const uint8_t *feed = memchr(p, '\n', (size_t)(end - p));
  const uint8_t *stop = feed ? feed : end, *back = memchr(p, '\r', (size_t)(stop - p));
  return back ? back : stop;
}

List *span_splitlines(VM *vm, Span s, bool keep_ends, bool as_array) {
  Parts parts;
  parts_init(&parts, vm, as_array);
  const uint8_t *p = s.bytes, *end = p + s.n;
  while (p < end) {
    const uint8_t *start = p, *stop = line_end(p, end);
    p = stop;
    if (p < end) p += *p == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1;
    if (!parts_add(&parts, start, keep_ends ? p : stop)) return NULL;
  }
  return parts_list(&parts);
}

/* ---- layout */

Value span_pad(VM *vm, Span s, size_t left, size_t right, uint8_t fill, bool as_array) {
  uint8_t *to;
  if (left >> LENGTH_MAX_BITS || right >> LENGTH_MAX_BITS) return raise_memory(vm);
  Value result = new_result(vm, left + s.n + right, as_array, &to);
  if (value_is_fail(result) || !(left + s.n + right)) return result;
  memset(to, fill, left);
  memcpy(to + left, s.bytes, s.n);
  memset(to + left + s.n, fill, right);
  return result;
}

Value span_repeat(VM *vm, Span s, int64_t times, bool as_array) {
  if (times <= 0 || !s.n) return span_value(vm, "", 0, as_array);
  if ((size_t)times > (size_t)INT64_MAX / s.n)
    return as_array ? raise_memory(vm)
                    : raise_error(vm, TYPE_OF(OverflowError), "repeated bytes are too long");
  size_t total = s.n * (size_t)times;
  uint8_t *to;
  Value result = new_result(vm, total, as_array, &to);
  if (value_is_fail(result)) return result;
  if (s.n == 1) {
    memset(to, s.bytes[0], total);
    return result;
  }
  memcpy(to, s.bytes, s.n);
  for (size_t done = s.n; done < total;) {
    size_t more = done < total - done ? done : total - done;
    memcpy(to + done, to, more);
    done += more;
  }
  return result;
}

static Value take_buffer(VM *vm, Buffer *b, bool as_array) {
  bool whole = buffer_is_whole(vm, b);
  Value v = whole ? span_value(vm, b->bytes ? (const void *)b->bytes : "", b->size, as_array)
                  : VALUE_FAIL;
  buffer_deinit(b);
  return v;
}

Value span_expandtabs(VM *vm, Span s, int64_t size, bool as_array) {
  Buffer b;
  buffer_init(&b);
  size_t column = 0;
  for (size_t i = 0; i < s.n; i++) {
    uint8_t c = s.bytes[i];
    if (c != '\t') {
      buffer_add_byte(&b, c);
      column = c == '\n' || c == '\r' ? 0 : column + 1;
      continue;
    }
    if (size <= 0) continue;
    size_t n = (size_t)size - column % (size_t)size;
    if ((b.size + n) >> 40) {
      buffer_deinit(&b);
      return raise_error(vm, TYPE_OF(OverflowError), "result too long");
    }
    if (!buffer_reserve(&b, n)) return raise_memory(vm);
    memset(b.bytes + b.size, ' ', n);
    b.size += n;
    column += n;
  }
  return take_buffer(vm, &b, as_array);
}

Value span_translate(VM *vm, Span s, const Span *table, Span gone, bool as_array) {
  bool drop[256] = {false};
  for (size_t i = 0; i < gone.n; i++) drop[gone.bytes[i]] = true;
  size_t kept = gone.n ? 0 : s.n; /* counted first: the result is made as long as it will be */
  for (size_t i = 0; gone.n && i < s.n; i++) kept += !drop[s.bytes[i]];
  uint8_t *to;
  Value result = new_result(vm, kept, as_array, &to);
  if (value_is_fail(result)) return result;
  if (!gone.n) {
    for (size_t i = 0; i < s.n; i++) to[i] = table ? table->bytes[s.bytes[i]] : s.bytes[i];
    return result;
  }
  const uint8_t *end = to + kept;
  for (const uint8_t *from = s.bytes; to < end; from++) { /* what is dropped is written over */
    *to = table ? table->bytes[*from] : *from;
    to += !drop[*from];
  }
  return result;
}

/* ---- hexadecimal */

Value span_hex(VM *vm, Span s, Value separator, int64_t group) {
  uint32_t mark = 0;
  if (separator != VALUE_MISSING) {
    size_t n = 0;
    if (value_is_str(separator)) {
      const Str *text = value_object(separator);
      n = text->length;
      mark = n == 1 ? str_at(text, 0) : 0;
    } else if (value_has_flag(separator, TYPE_BYTES_SUBCLASS)) {
      const Bytes *bytes = value_object(separator);
      n = bytes->length;
      mark = n == 1 ? bytes->data[0] : 0;
    } else {
      int64_t length = value_length(vm, separator);
      if (length < 0) return VALUE_FAIL;
      return length == 1 ? raise_type(vm, "sep must be str or bytes.")
                         : raise_value(vm, "sep must be length 1.");
    }
    if (n != 1) return raise_value(vm, "sep must be length 1.");
    if (mark >= 0x80) return raise_value(vm, "sep must be ASCII.");
  }
  size_t size = group < 0 ? (size_t)-group : (size_t)group;
  if (separator == VALUE_MISSING || !size || !s.n) size = s.n ? s.n : 1;
  size_t marks = s.n ? (s.n - 1) / size : 0;
  Str *result = str_alloc(vm, s.n * 2 + marks, 0x7F);
  if (!result) return VALUE_FAIL;
  if (!result->length) return value_from(result);
  uint8_t *to = result->data;
  size_t first = group < 0 ? size : s.n - marks * size; /* positive sizes count from the right */
  for (size_t i = 0, part = first < s.n ? first : s.n; i < s.n; i += part, part = size) {
    if (part > s.n - i) part = s.n - i;
    if (i) *to++ = (uint8_t)mark;
    hex_write(to, s.bytes + i, part);
    to += 2 * part;
  }
  return value_from(result);
}

static size_t first_non_ascii(const Str *text) {
  if (str_kind(text) == 0) return ascii_prefix(str_data(text), text->length);
  size_t i = 0;
  while (i < text->length && str_at(text, i) < 0x80) i++;
  return i;
}

bool span_from_hex(VM *vm, Str *text, Buffer *out) {
  static const char message[] = "non-hexadecimal number found in fromhex() arg at position %zd";
  if (!str_is_ascii(text))
    return raise_false(vm, TYPE_OF(ValueError), message, first_non_ascii(text));
  const uint8_t *digits = str_data(text);
  size_t n = text->length;
  if (!buffer_reserve(out, n / 2 + 1)) return buffer_is_whole(vm, out);
  for (size_t i = 0; i < n;) {
    if (is_space(digits[i])) {
      i++;
      continue;
    }
    size_t pairs = hex_read(out->bytes + out->size, digits + i, (n - i) / 2);
    out->size += pairs;
    i += 2 * pairs;
    if (i == n || (is_space(digits[i]) && pairs)) continue;
    uint8_t ignored, first[2] = {digits[i], '0'}; /* is it the first of the two? */
    return raise_false(vm, TYPE_OF(ValueError), message, hex_read(&ignored, first, 1) ? i + 1 : i);
  }
  return true;
}

/* ---- from other objects */

static bool add_item(VM *vm, Value v, bool for_array, Buffer *out) {
  int64_t n;
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError),
                       "'%.200T' object cannot be interpreted as an integer", v);
  if (!value_index64(vm, v, &n, true)) return false;
  if (n < 0 || n > 255)
    return raise_false(vm, TYPE_OF(ValueError),
                       for_array ? "byte must be in range(0, 256)"
                                 : "bytes must be in range(0, 256)");
  buffer_add_byte(out, (uint8_t)n);
  return true;
}

bool bytes_collect(VM *vm, Value x, bool for_array, Buffer *out) {
  if (value_is_bytes_like(x)) {
    Span s;
    if (value_is(x, memoryview)) { /* need not be contiguous */
      Value copy = call_method0(vm, x, NAME("tobytes"));
      if (value_is_fail(copy)) return false;
      x = copy;
    }
    if (!span_of(vm, x, &s)) return false;
    buffer_add(out, s.bytes, s.n);
    return true;
  }
  const Value *items;
  size_t count;
  if (value_is(x, list) || value_is(x, tuple)) {
    for (size_t i = 0; sequence_view(x, &items, &count) && i < count; i++)
      if (!add_item(vm, items[i], for_array, out)) return false;
    return true;
  }
  Value iterator = get_iterator(vm, x);
  if (value_is_fail(iterator) || (!for_array && length_hint(vm, x, 64) < 0)) return false;
  for (;;) {
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_STOP) return true;
    if (value_is_fail(v) || !add_item(vm, v, for_array, out)) return false;
  }
}
