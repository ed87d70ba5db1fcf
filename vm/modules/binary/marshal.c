/* marshal.c -- the module marshal: plain values as bytes, in CPython's format. Code objects are
** images of this program and can only be read by it. What comes again is written as a reference,
** from version 3 on: containers, bytes, code, interned texts. */
#include <stdlib.h>

#include "vm/base/buffer.h"
#include "vm/base/memory.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/sys.h"
#include "vm/contracts/call.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"
#include "vm/objects/code_fields.h"
#include "vm/objects/codec.h"
#include "vm/objects/complex.h"
#include "vm/objects/float.h"
#include "vm/objects/int_limbs.h"
#include "vm/objects/list.h"
#include "vm/objects/memoryview.h"

enum { MAX_DEPTH = 2000, AT_FIRST = 512, KNOWN_AT_FIRST = 64 };

/* ---- writing */

/* What was written, by its address. */
typedef struct Written {
  Value object; /* 0: empty */
  uint64_t number;
} Written;

typedef struct Writer {
  VM *vm;
  Buffer out;
  int depth;
  int version;
  Written *known; /* [owned] open addressing, or NULL */
  size_t known_mask;
  List *kept; /* [gc] all of them: their number is their place */
} Writer;

enum { TAG_KNOWN = 0x80 }; /* a reference may follow */

/* write_short: the n lowest bytes of a word, n <= 8: a tag and what follows it. */
static inline void write_short(Writer *w, uint64_t word, size_t n) {
  static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
                "words are written as they lie in memory");
  if (UNLIKELY(!buffer_reserve(&w->out, sizeof word))) return;
  memcpy(w->out.bytes + w->out.size, &word, sizeof word);
  w->out.size += n;
}
static inline void write_tagged(Writer *w, char tag, int64_t n) {
  write_short(w, (uint8_t)tag | (uint64_t)(uint32_t)n << 8, 5);
}
static void write_long(Writer *w, int64_t n) { write_short(w, (uint32_t)n, 4); }
static void write_double(Writer *w, double d) {
  uint64_t bits;
  memcpy(&bits, &d, 8);
  write_short(w, bits, 8);
}

static bool write_value(Writer *w, Value v);

static bool write_items(Writer *w, char tag, const Value *items, size_t n) {
  write_tagged(w, tag, (int64_t)n);
  for (size_t i = 0; i < n; i++)
    if (!write_value(w, items[i]) || !vm_listen(w->vm)) return false;
  return true;
}

enum { DIGIT_BITS = 15, DIGIT_MASK = 0x7fff };

/* Digit i of the number, of 15 bits. */
static unsigned digit_at(const IntView *n, int64_t i) {
  int64_t bit = i * DIGIT_BITS, word = bit / 64, shift = bit % 64;
  uint64_t digit = n->limbs[word] >> shift;
  if (shift + DIGIT_BITS > 64 && word + 1 < n->count) digit |= n->limbs[word + 1] << (64 - shift);
  return digit & DIGIT_MASK;
}

/* write_big: 15-bit digits, least significant first, count negative for a negative number. */
static bool write_big(Writer *w, Value v) {
  IntView n;
  int_view(v, &n);
  int64_t count = (int64_t)((int_view_bits(&n) + DIGIT_BITS - 1) / DIGIT_BITS);
  buffer_add_byte(&w->out, 'l');
  write_long(w, n.negative ? -count : count);
  for (int64_t i = 0; i < count; i++) {
    unsigned digit = digit_at(&n, i);
    buffer_add_byte(&w->out, (uint8_t)digit);
    buffer_add_byte(&w->out, (uint8_t)(digit >> 8));
  }
  return true;
}

static bool write_int(Writer *w, Value v) {
  bool is_short = value_is_int(v) && value_as_int(v) == (int32_t)value_as_int(v);
  if (!is_short) return write_big(w, v);
  write_tagged(w, 'i', value_as_int(v));
  return true;
}

static bool write_str(Writer *w, Str *s) {
  if (str_is_ascii(s)) {
    bool small = s->length < 256, interned = (s->h.bits & STR_INTERNED) != 0;
    if (small) write_short(w, (interned ? 'Z' : 'z') | s->length << 8, 2);
    else write_tagged(w, interned ? 'A' : 'a', (int64_t)s->length);
    buffer_add(&w->out, str_data(s), s->length);
    return true;
  }
  size_t size;
  const char *bytes = str_utf8(w->vm, s, &size);
  if (!bytes) return false;
  buffer_add_byte(&w->out, 'u');
  write_long(w, (int64_t)size);
  buffer_add(&w->out, bytes, size);
  return true;
}

static bool write_dict(Writer *w, Dict *dict) {
  buffer_add_byte(&w->out, '{');
  size_t position = 0;
  Value key, v;
  while (dict_next(dict, &position, &key, &v))
    if (!write_value(w, key) || !write_value(w, v) || !vm_listen(w->vm)) return false;
  buffer_add_byte(&w->out, '0');
  return true;
}

static bool write_set(Writer *w, Value v) {
  List *items = list_from_iterable(w->vm, v);
  return items &&
         write_items(w, value_is(v, frozenset) ? '>' : '<', list_items(items), list_length(items));
}

static bool refuse(Writer *w) {
  return raise_false(w->vm, TYPE_OF(ValueError), "unmarshallable object");
}

/* An image of the function and all within it: its number there, its size, the bytes; then where it
** comes from: a text, or one for each function of the image. */
static bool write_code(Writer *w, Code *code) {
  uint32_t index;
  Tuple *filenames;
  Buffer image = {0};
  bool fine = code_write_image(w->vm, code, &image, &index, &filenames);
  if (fine && image.size > INT32_MAX) fine = refuse(w);
  if (fine) {
    buffer_add_byte(&w->out, 'c');
    write_long(w, (int64_t)index);
    write_long(w, (int64_t)image.size);
    buffer_add_all(&w->out, &image);
  }
  buffer_deinit(&image);
  if (!fine) return false;
  for (size_t i = 0; i < tuple_length(filenames); i++)
    if (!str_equal(value_object(filenames->items[i]), code->filename))
      return write_value(w, value_from(filenames));
  return write_str(w, code->filename);
}

static bool write_bytes(Writer *w, Value v) {
  BufferView view;
  if (!buffer_acquire(w->vm, v, &view, false)) return false;
  buffer_add_byte(&w->out, 's');
  write_long(w, (int64_t)view.size);
  buffer_add(&w->out, view.bytes, view.size);
  buffer_release(w->vm, &view);
  return true;
}

static bool write_container(Writer *w, Value v) {
  const Value *items;
  size_t n;
  if (value_is(v, tuple) && sequence_view(v, &items, &n)) {
    if (n >= 256 || w->version < 4) return write_items(w, '(', items, n);
    write_short(w, ')' | n << 8, 2);
    for (size_t i = 0; i < n; i++)
      if (!write_value(w, items[i])) return false;
    return true;
  }
  if (value_is(v, list)) { /* a copy: a signal's handler may change the list */
    Tuple *copy =
        tuple_from_values(w->vm, list_items(value_object(v)), list_length(value_object(v)));
    return copy && write_items(w, '[', copy->items, tuple_length(copy));
  }
  if (value_is(v, dict)) return write_dict(w, value_object(v));
  if (value_is(v, set) || value_is(v, frozenset)) return write_set(w, v);
  if (value_is(v, code)) return write_code(w, value_object(v));
  if (value_is_bytes_like(v)) return write_bytes(w, v);
  return refuse(w);
}

static Answer written(bool done) { return done ? ANSWER_YES : ANSWER_FAILED; }

/* write_plain: what is written each time; NO: it is something else. */
static Answer write_plain(Writer *w, Value v) {
  if (value_is_int(v) || value_is(v, int)) return written(write_int(w, v));
  if (value_is(v, str)) {
    Str *s = value_object(v);
    return s->h.bits & STR_INTERNED ? ANSWER_NO : written(write_str(w, s));
  }
  if (value_is_float(v) || value_is(v, float))
    return write_short(w, 'g', 1), write_double(w, float_of(v)), ANSWER_YES;
  char tag = v == VALUE_NONE                           ? 'N'
             : v == VALUE_TRUE                         ? 'T'
             : v == VALUE_FALSE                        ? 'F'
             : v == VALUE_ELLIPSIS                     ? '.'
             : v == value_from(TYPE_OF(StopIteration)) ? 'S'
                                                       : 0;
  if (tag) return write_short(w, (uint8_t)tag, 1), ANSWER_YES;
  if (value_is(v, complex)) {
    Complex *c = value_object(v);
    buffer_add_byte(&w->out, 'y');
    write_double(w, c->real);
    write_double(w, c->imag);
    return ANSWER_YES;
  }
  return ANSWER_NO;
}

/* ---- references */

static Written *find_known(const Writer *w, Value v) {
  size_t at = (size_t)((v >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 32);
  while (w->known[at & w->known_mask].object && w->known[at & w->known_mask].object != v) at++;
  return &w->known[at & w->known_mask];
}

static bool grow_known(Writer *w) {
  size_t size = w->known ? (w->known_mask + 1) * 4 : KNOWN_AT_FIRST;
  Written *larger = memory_take_zeroed(size, sizeof *larger);
  if (!larger) return raise_memory(w->vm), false;
  free(w->known);
  w->known = larger;
  w->known_mask = size - 1;
  for (size_t i = 0; i < list_length(w->kept); i++) {
    Value v = list_items(w->kept)[i];
    *find_known(w, v) = (Written){v, i};
  }
  return true;
}

/* write_known: YES: a reference is written; NO: it is new, and has a number now. */
static Answer write_known(Writer *w, Value v) {
  size_t count = list_length(w->kept);
  if ((!w->known || 2 * count > w->known_mask) && !grow_known(w)) return ANSWER_FAILED;
  Written *place = find_known(w, v);
  if (place->object) return write_tagged(w, 'r', (int64_t)place->number), ANSWER_YES;
  if (count > INT32_MAX) return raise_memory(w->vm), ANSWER_FAILED;
  *place = (Written){v, count};
  return list_append_value(w->vm, w->kept, v) ? ANSWER_NO : ANSWER_FAILED;
}

/* write_anew: a reference, or the object, of which a reference may follow. */
static bool write_anew(Writer *w, Value v) {
  bool is_text = value_is(v, str);
  Answer known = w->version >= 3 ? write_known(w, v) : ANSWER_NO;
  if (known != ANSWER_NO) return known == ANSWER_YES;
  size_t start = w->out.size;
  if (!(is_text ? write_str(w, value_object(v)) : write_container(w, v))) return false;
  if (w->version >= 3 && !w->out.failed) w->out.bytes[start] |= TAG_KNOWN;
  return true;
}

static bool write_value(Writer *w, Value v) {
  if (++w->depth > MAX_DEPTH)
    return raise_false(w->vm, TYPE_OF(ValueError), "object too deeply nested to marshal");
  Answer plain = write_plain(w, v);
  bool ok = plain == ANSWER_NO ? write_anew(w, v) : plain == ANSWER_YES;
  w->depth--;
  return ok;
}

/* ---- reading */

/* Of a file no more is there than was asked for last: what follows in it stays there. */
typedef struct Reader {
  VM *vm;
  const uint8_t *at, *end; /* [borrowed: room, or who has called] */
  Value file, room;        /* UNBOUND: all is there */
  List *refs;
  int depth;
} Reader;

/* fetch: the next n bytes of the file, by its readinto(). */
static bool fetch(Reader *r, size_t n) {
  VM *vm = r->vm;
  ByteArray *room = bytearray_new(vm, NULL, n);
  if (!room) return false;
  r->room = value_from(room);
  r->at = r->end = NULL;
  Value view = memoryview_new(vm, r->room);
  if (view == VALUE_FAIL) return false;
  Value got = call_method1(vm, r->file, NAME("readinto"), view);
  memoryview_drop(vm, view);
  int64_t count;
  if (got == VALUE_FAIL || !value_index64(vm, got, &count, false)) return false;
  if (count < (int64_t)n) return raise_false(vm, TYPE_OF(EOFError), "EOF read where not expected");
  if (count > (int64_t)n)
    return raise_false(vm, TYPE_OF(ValueError),
                       "read() returned too much data: %zu bytes requested, %zd returned", n,
                       (size_t)count);
  BufferView bytes;
  if (!buffer_acquire(vm, r->room, &bytes, false)) return false;
  bool is_whole = bytes.size >= n; /* nobody has made the array shorter meanwhile */
  r->at = bytes.bytes;
  r->end = bytes.bytes + (is_whole ? n : 0);
  buffer_release(vm, &bytes);
  return is_whole || raise_false(vm, TYPE_OF(EOFError), "EOF read where not expected");
}

/* have: are there n bytes more? They are at r->at. */
static bool have(Reader *r, int64_t n) {
  if (n == 0) return true;
  if (n > 0 && r->file != VALUE_UNBOUND) return fetch(r, (size_t)n);
  return (n > 0 && r->end - r->at >= n) ||
         raise_false(r->vm, TYPE_OF(EOFError), "marshal data too short");
}

static bool read_long(Reader *r, int64_t *n) {
  if (!have(r, 4)) return false;
  int32_t x;
  memcpy(&x, r->at, 4);
  r->at += 4;
  *n = x;
  return true;
}

static bool read_double(Reader *r, double *d) {
  if (!have(r, 8)) return false;
  memcpy(d, r->at, 8);
  r->at += 8;
  return true;
}

#define UNKNOWN SIZE_MAX /* place of what no reference leads to */
static Value read_value(Reader *r);
static Value read_reference(Reader *r);
static Value read_object(Reader *r, int code);

/* read_code_of_type: the byte that an object begins with; negative: raised. */
static int read_code_of_type(Reader *r) {
  if (have(r, 1)) return *r->at++;
  error_clear(r->vm); /* whatever it was, as in CPython */
  raise_error(r->vm, TYPE_OF(EOFError), "EOF read where object expected");
  return -1;
}

/* read_part: of what `whole` names: the sign of a dict's end is no object. */
static Value read_part(Reader *r, const char *whole) {
  int code = read_code_of_type(r);
  if (code == '0') return raise_type(r->vm, "NULL object in marshal data for %s", whole);
  return code < 0 ? VALUE_FAIL : read_object(r, code);
}

static Value read_big(Reader *r) {
  int64_t count;
  if (!read_long(r, &count)) return VALUE_FAIL;
  bool negative = count < 0;
  if (negative) count = -count;
  if (count > INT32_MAX) return raise_value(r->vm, "bad marshal data (long size out of range)");
  if (!have(r, count * 2)) return VALUE_FAIL;
  int64_t limb_count = count * DIGIT_BITS / 64 + 2; /* a digit may begin in the last but one */
  BigInt *big = int_alloc(r->vm, (size_t)limb_count);
  if (!big) return VALUE_FAIL;
  memset(big->limbs, 0, (size_t)limb_count * sizeof(uint64_t));
  for (int64_t i = 0; i < count; i++) {
    uint64_t digit = r->at[2 * i] | (uint64_t)r->at[2 * i + 1] << 8;
    if (digit > DIGIT_MASK)
      return raise_value(r->vm, "bad marshal data (digit out of range in long)");
    if (!digit && i == count - 1)
      return raise_value(r->vm, "bad marshal data (unnormalized long data)");
    int64_t bit = i * DIGIT_BITS, word = bit / 64, shift = bit % 64;
    big->limbs[word] |= digit << shift;
    if (shift + DIGIT_BITS > 64) big->limbs[word + 1] |= digit >> (64 - shift);
  }
  r->at += count * 2;
  return int_finish(r->vm, big, limb_count, negative);
}

static Value read_text(Reader *r, int tag) {
  bool is_short = tag == 'z' || tag == 'Z';
  int64_t n;
  if (is_short) {
    if (!have(r, 1)) return VALUE_FAIL;
    n = *r->at++;
  } else if (!read_long(r, &n)) {
    return VALUE_FAIL;
  }
  if (n < 0) return raise_value(r->vm, "bad marshal data (string size out of range)");
  if (!have(r, n)) return VALUE_FAIL;
  bool utf8 = tag == 'u' || tag == 't';
  VM *vm = r->vm;
  Value text = utf8 ? utf8_decode(vm, r->at, (size_t)n, VALUE_UNBOUND, NAME("surrogatepass"), NULL)
                    : value_of(str_new_latin1(vm, r->at, (size_t)n));
  if (value_is_fail(text)) return text;
  Str *s = value_object(text);
  r->at += n;
  if (s && (tag == 'A' || tag == 'Z' || tag == 't')) s = str_intern(r->vm, s);
  return value_of(s);
}

/* read_item: read_part, with small things inline. */
static inline Value read_item(Reader *r, const char *whole) {
  enum { SMALL = 9 };
  if (!vm_listen(r->vm)) return VALUE_FAIL;
  if (r->end - r->at < SMALL || r->depth >= MAX_DEPTH) return read_part(r, whole);
  int64_t n;
  double d;
  switch (*r->at) {
  case 'N': r->at++; return VALUE_NONE;
  case 'r': r->at++; return read_reference(r);
  case 'i': r->at++; return read_long(r, &n) ? value_int_unchecked(n) : VALUE_FAIL;
  case 'g': r->at++; return read_double(r, &d) ? value_float(r->vm, d) : VALUE_FAIL;
  default: return read_part(r, whole);
  }
}

/* be_known: references to v may come while its items are read. */
static void be_known(Reader *r, size_t place, Value v) {
  if (place != UNKNOWN) list_set_item(r->vm, r->refs, place, v);
}

static Value read_tuple(Reader *r, size_t n, size_t place) {
  Tuple *tuple = tuple_new(r->vm, n);
  if (!tuple) return VALUE_FAIL;
  be_known(r, place, value_from(tuple));
  for (size_t i = 0; i < n; i++) {
    Value v = read_item(r, "tuple");
    if (v == VALUE_FAIL) return VALUE_FAIL;
    tuple_set_item(r->vm, tuple, i, v);
  }
  return value_from(tuple);
}

static Value read_items(Reader *r, int tag, size_t place) {
  int64_t n;
  if (tag == ')') {
    if (!have(r, 1)) return VALUE_FAIL;
    n = *r->at++;
  } else if (!read_long(r, &n)) {
    return VALUE_FAIL;
  }
  const char *kind = tag == '[' ? "list" : tag == '<' || tag == '>' ? "set" : "tuple";
  if (n < 0) return raise_value(r->vm, "bad marshal data (%s size out of range)", kind);
  enum { PLENTY = 1024 };
  /* an item has a byte at least */
  int64_t most = r->file == VALUE_UNBOUND ? r->end - r->at : PLENTY;
  if ((tag == '(' || tag == ')') && n <= most) return read_tuple(r, (size_t)n, place);
  List *items = list_new(r->vm, (size_t)(n < most ? n : most));
  if (!items) return VALUE_FAIL;
  Set *set = tag == '>' ? frozenset_new(r->vm) : tag == '<' ? set_new(r->vm) : NULL;
  if (tag == '[') be_known(r, place, value_from(items));
  if (tag == '<') be_known(r, place, value_from(set));
  for (int64_t i = 0; i < n; i++) {
    Value v = read_item(r, kind);
    if (v == VALUE_FAIL || !list_append_value(r->vm, items, v)) return VALUE_FAIL;
  }
  if (tag == '[') return value_from(items);
  if (tag == '(' || tag == ')')
    return value_of(tuple_from_values(r->vm, list_items(items), list_length(items)));
  return set_update_value(r->vm, set, value_from(items)) ? value_from(set) : VALUE_FAIL;
}

static Value read_dict(Reader *r, size_t place) {
  Dict *dict = dict_new(r->vm);
  be_known(r, place, value_from(dict));
  for (;;) {
    int code = read_code_of_type(r);
    if (code == '0') return value_from(dict);
    Value key = code < 0 ? VALUE_FAIL : read_object(r, code);
    if (key == VALUE_FAIL || (code = read_code_of_type(r)) < 0) return VALUE_FAIL;
    if (code == '0') return value_from(dict); /* the last key is dropped */
    Value v = read_object(r, code);
    if (v == VALUE_FAIL || !dict_set(r->vm, dict, key, v)) return VALUE_FAIL;
  }
}

/* filename_of: of function `index`, of a text for all or a tuple of one each; NULL: neither. */
static Str *filename_of(Value filenames, int64_t index) {
  if (value_is(filenames, str)) return value_object(filenames);
  if (!value_is(filenames, tuple)) return NULL;
  const Tuple *each = value_object(filenames);
  for (size_t i = 0; i < tuple_length(each); i++)
    if (!value_is(each->items[i], str)) return NULL;
  return index < (int64_t)tuple_length(each) ? value_object(each->items[index]) : NULL;
}

static Value bad_type(Reader *r) {
  return raise_value(r->vm, "bad marshal data (unknown type code)");
}

static Value read_code(Reader *r) {
  int64_t index, size;
  if (!read_long(r, &index) || !read_long(r, &size) || !have(r, size)) return VALUE_FAIL;
  uint8_t *bytes = memory_take((size_t)size + 1);
  if (!bytes) return raise_memory(r->vm);
  memcpy(bytes, r->at, (size_t)size);
  r->at += size;
  Value filenames = read_value(r);
  if (filenames == VALUE_FAIL) return free(bytes), VALUE_FAIL;
  Str *filename = index < 0 ? NULL : filename_of(filenames, index);
  if (!filename) return free(bytes), bad_type(r);
  Code *code = code_of_image(r->vm, bytes, (size_t)size, IMAGE_ALLOCATED, TRUST_NOTHING, filename,
                             (uint32_t)index);
  if (!code || !value_is(filenames, tuple)) return value_of(code);
  if (tuple_length(value_object(filenames)) != code->holder->image.header->function_count)
    return bad_type(r);
  code->holder->filenames = value_object(filenames);
  heap_barrier(r->vm, code->holder, filenames);
  return value_from(code);
}

static Value read_reference(Reader *r) {
  int64_t n;
  if (!read_long(r, &n)) return VALUE_FAIL;
  if (n < 0 || n >= (int64_t)list_length(r->refs) || list_items(r->refs)[n] == VALUE_NONE)
    return raise_value(r->vm, "bad marshal data (invalid reference)");
  return list_items(r->refs)[n];
}

static Value read_tagged(Reader *r, int tag, size_t place) {
  int64_t n;
  double d[2];
  switch (tag) {
  case 'N': return VALUE_NONE;
  case 'T': return VALUE_TRUE;
  case 'F': return VALUE_FALSE;
  case '.': return VALUE_ELLIPSIS;
  case 'S': return value_from(TYPE_OF(StopIteration));
  case 'i': return read_long(r, &n) ? value_int_unchecked(n) : VALUE_FAIL;
  case 'I':
    if (!have(r, 8)) return VALUE_FAIL;
    memcpy(&n, r->at, 8);
    r->at += 8;
    return value_int(r->vm, n);
  case 'l': return read_big(r);
  case 'g': return read_double(r, &d[0]) ? value_float(r->vm, d[0]) : VALUE_FAIL;
  case 'y':
    if (!read_double(r, &d[0]) || !read_double(r, &d[1])) return VALUE_FAIL;
    return complex_new(r->vm, d[0], d[1]);
  case 's':
    if (!read_long(r, &n)) return VALUE_FAIL;
    if (n < 0) return raise_value(r->vm, "bad marshal data (bytes object size out of range)");
    if (!have(r, n)) return VALUE_FAIL;
    r->at += n;
    return value_of(bytes_new(r->vm, r->at - n, (size_t)n));
  case 'a':
  case 'A':
  case 'z':
  case 'Z':
  case 'u':
  case 't': return read_text(r, tag);
  case '(':
  case ')':
  case '[':
  case '<':
  case '>': return read_items(r, tag, place);
  case '{': return read_dict(r, place);
  case 'c': return read_code(r);
  case 'r': return read_reference(r);
  default: return bad_type(r);
  }
}

static Value read_object(Reader *r, int code) {
  if (!vm_listen(r->vm)) return VALUE_FAIL;
  if (++r->depth > MAX_DEPTH) return raise_value(r->vm, "recursion limit exceeded");
  int tag = code & 0x7f;
  bool is_ref = (code & 0x80) != 0;
  size_t place = is_ref ? list_length(r->refs) : UNKNOWN;
  if (is_ref && !list_append_value(r->vm, r->refs, VALUE_NONE)) return VALUE_FAIL;
  Value v = read_tagged(r, tag, place);
  if (is_ref && v != VALUE_FAIL) list_set_item(r->vm, r->refs, place, v);
  r->depth--;
  return v;
}

static Value read_value(Reader *r) { return read_part(r, "object"); }

/* ---- the module */

#define NATIVE_DEF "vm/modules/binary/marshal.def"
#define NATIVE_PREFIX marshal_
#include "vm/contracts/native_class.inc"

static Value dumps(VM *vm, Value v, int version) {
  Writer w = {.vm = vm, .version = version, .kept = list_new(vm, 0)};
  buffer_init(&w.out);
  buffer_expect(&w.out, AT_FIRST);
  Value result = write_value(&w, v) ? value_of(bytes_from_buffer(vm, &w.out)) : VALUE_FAIL;
  buffer_deinit(&w.out);
  free(w.known);
  return result;
}
static Value marshal_dumps(VM *vm, Value self, const marshal_dumps_args *a) {
  if (!SYS_AUDIT(vm, "marshal.dumps", a->value, value_int(vm, a->version))) return VALUE_FAIL;
  return dumps(vm, a->value, a->version);
}
static Value marshal_dump(VM *vm, Value self, const marshal_dump_args *a) {
  if (!SYS_AUDIT(vm, "marshal.dumps", a->value, value_int(vm, a->version))) return VALUE_FAIL;
  Value bytes = dumps(vm, a->value, a->version);
  return bytes == VALUE_FAIL ? VALUE_FAIL : call_method1(vm, a->file, NAME("write"), bytes);
}
static Value marshal_loads(VM *vm, Value self, const marshal_loads_args *a) {
  BufferView view;
  if (!buffer_acquire(vm, a->bytes, &view, false)) return VALUE_FAIL;
  Value v = VALUE_FAIL;
  if (SYS_AUDIT(vm, "marshal.loads", value_of(bytes_new(vm, view.bytes, view.size)))) {
    Reader r = {.vm = vm,
                .at = view.bytes,
                .end = view.bytes + view.size,
                .file = VALUE_UNBOUND,
                .refs = list_new(vm, 0)};
    v = read_value(&r);
  }
  buffer_release(vm, &view);
  return v;
}
static Value marshal_load(VM *vm, Value self, const marshal_load_args *a) {
  /* reading nothing tells whether it is a file of bytes */
  Value nothing = call_method1(vm, a->file, NAME("read"), value_int_unchecked(0));
  if (nothing == VALUE_FAIL) return VALUE_FAIL;
  if (!value_has_flag(nothing, TYPE_BYTES_SUBCLASS))
    return raise_type(vm, "file.read() returned not bytes but %T", nothing);
  if (!sys_audit(vm, "marshal.load", VALUE_UNBOUND)) return VALUE_FAIL;
  Reader r = {.vm = vm, .file = a->file, .room = VALUE_UNBOUND, .refs = list_new(vm, 0)};
  return read_value(&r);
}
static bool init(VM *vm, Module *module) { return module_add_int(vm, module, "version", 4); }

const ModuleSpec marshal_module = {.name = "marshal",
                                   .doc = "Python object marshalling support.",
                                   NATIVE_FUNCTIONS(marshal_),
                                   .init = init};
