/* read.c -- pickle to objects: a machine with a stack, marks in it, and a memo.
**
** Input is either all there (loads) or read from the file as it is needed, whole frames at once:
** nothing behind the pickle's STOP is taken from the file. Every reader of bytes has checked that
** they are there; `at` moves over what was used. */
#include <stdio.h>

#include "vm/base/float_text.h"
#include "vm/base/utf8.h"
#include "vm/contracts/import.h"
#include "vm/modules/pickle/pickle.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/memoryview.h"

/* ---- input */

static COLD bool truncated(VM *vm) {
  return raise_unpickling(vm, "pickle data was truncated"), false;
}

/* More input behind the unread rest: what a call to the file gives. */
static bool append_input(VM *vm, Unpickler *u, Value data) {
  if (value_is_fail(data)) return false;
  BufferView view;
  if (!value_is_bytes_like(data))
    return raise_false(vm, TYPE_OF(ValueError), "read() returned non-bytes object (%T)", data);
  if (!buffer_acquire(vm, data, &view, false)) return false;
  size_t rest = (size_t)(u->end - u->at);
  if (rest) memmove(u->in.bytes, u->at, rest);
  u->in.size = rest;
  u->at = u->in.bytes, u->end = u->in.bytes + rest;
  if (!buffer_try_reserve(&u->in, view.size + 1)) {
    buffer_release(vm, &view);
    return raise_memory(vm), false;
  }
  buffer_add(&u->in, view.bytes, view.size);
  buffer_release(vm, &view);
  u->at = u->in.bytes, u->end = u->in.bytes + u->in.size;
  return true;
}

static NOINLINE bool fill(VM *vm, Unpickler *u, uint64_t n) {
  if (u->read == VALUE_NONE) return truncated(vm);
  uint64_t have = (uint64_t)(u->end - u->at);
  if (n > INT64_MAX) return truncated(vm);
  if (!append_input(vm, u, call1(vm, u->read, value_int(vm, (int64_t)(n - have))))) return false;
  return (uint64_t)(u->end - u->at) >= n || truncated(vm);
}

static inline bool need(VM *vm, Unpickler *u, uint64_t n) {
  return LIKELY((uint64_t)(u->end - u->at) >= n) || fill(vm, u, n);
}

static bool take(VM *vm, Unpickler *u, uint64_t n, const uint8_t **bytes) {
  if (!need(vm, u, n)) return false;
  *bytes = u->at;
  u->at += n;
  return true;
}

/* A little-endian number of `width` bytes, mostly a constant. */
static ALWAYS_INLINE bool take_number(VM *vm, Unpickler *u, int width, uint64_t *out) {
  static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "words are read as they lie in memory");
  if (!need(vm, u, (uint64_t)width)) return false;
  *out = 0;
  memcpy(out, u->at, (size_t)width);
  u->at += width;
  return true;
}

/* A line without its end. */
static bool take_line(VM *vm, Unpickler *u, const char **text, size_t *n) {
  const uint8_t *end = u->at < u->end ? memchr(u->at, '\n', (size_t)(u->end - u->at)) : NULL;
  if (!end) {
    if (u->read == VALUE_NONE) return truncated(vm);
    if (!append_input(vm, u, call0(vm, u->readline))) return false;
    end = u->at < u->end ? memchr(u->at, '\n', (size_t)(u->end - u->at)) : NULL;
    if (!end) return truncated(vm);
  }
  *text = (const char *)u->at;
  *n = (size_t)(end - u->at);
  u->at = end + 1;
  return true;
}

static Value take_line_str(VM *vm, Unpickler *u, const char *codec) {
  const char *text;
  size_t n;
  if (!take_line(vm, u, &text, &n)) return VALUE_FAIL;
  return codec[0] == 'a' ? ascii_decode(vm, (const uint8_t *)text, n, VALUE_UNBOUND, NULL, NULL)
         : codec[0] == 'r'
             ? raw_unicode_escape_decode(vm, (const uint8_t *)text, n, VALUE_UNBOUND, NULL, NULL)
             : utf8_decode(vm, (const uint8_t *)text, n, VALUE_UNBOUND, NULL, NULL);
}

/* ---- the stack */

static inline size_t mark_count(const Unpickler *u) { return u->marks.size / sizeof(uint64_t); }
static size_t fence(const Unpickler *u) { /* nothing below the last mark may be taken */
  uint64_t last = 0;
  if (u->marks.size) memcpy(&last, u->marks.bytes + u->marks.size - sizeof last, sizeof last);
  return (size_t)last;
}

static NOINLINE bool grow_stack(VM *vm, Unpickler *u) {
  ValueArray *stack = value_array_grow(vm, u->stack, u->depth, u->depth ? u->depth * 2 : 64);
  if (!stack) return false;
  u->stack = stack;
  heap_barrier_object(vm, u, stack);
  return true;
}

static inline bool push(VM *vm, Unpickler *u, Value v) {
  if (UNLIKELY(value_is_fail(v))) return false;
  if (UNLIKELY(!u->stack || u->depth == u->stack->capacity) && !grow_stack(vm, u)) return false;
  u->stack->items[u->depth++] = v;
  heap_barrier(vm, u->stack, v);
  return true;
}

static COLD bool underflow(VM *vm, Unpickler *u) {
  return raise_unpickling(vm,
                          mark_count(u) ? "unexpected MARK found" : "unpickling stack underflow"),
         false;
}
static inline bool has(VM *vm, Unpickler *u, size_t n) {
  return LIKELY(u->depth >= fence(u) + n) || underflow(vm, u);
}
/* 1: the last one */
static inline Value *top(Unpickler *u, size_t from_end) {
  return &u->stack->items[u->depth - from_end];
}
static inline Value pop(Unpickler *u) { return u->stack->items[--u->depth]; }
static void replace(VM *vm, Unpickler *u, size_t from_end, Value v) {
  *top(u, from_end) = v;
  heap_barrier(vm, u->stack, v);
}

/* Takes the last mark off: *start is the depth where it stood. */
static bool pop_mark(VM *vm, Unpickler *u, size_t *start) {
  if (!mark_count(u)) return raise_unpickling(vm, "could not find MARK"), false;
  *start = fence(u);
  u->marks.size -= sizeof(uint64_t);
  return true;
}

/* ---- opcodes: numbers and text */

static bool load_int_line(VM *vm, Unpickler *u, bool is_long) {
  const char *text;
  size_t n;
  if (!take_line(vm, u, &text, &n)) return false;
  if (!is_long && n == 2 && text[0] == '0' && (text[1] == '0' || text[1] == '1'))
    return push(vm, u, value_bool(text[1] == '1'));
  if (is_long && n && text[n - 1] == 'L') n--;
  Value v = int_parse(vm, text, n, is_long ? 10 : 0);
  if (value_is_fail(v) && !is_long && error_clear_if(vm, TYPE_OF(ValueError)))
    return raise_false(vm, TYPE_OF(ValueError), "could not convert string to int");
  return push(vm, u, v);
}

static bool load_long(VM *vm, Unpickler *u, int width) {
  uint64_t n;
  const uint8_t *bytes;
  if (!take_number(vm, u, width, &n)) return false;
  if (width == 4 && n > INT32_MAX)
    return raise_unpickling(vm, "LONG pickle has negative byte count"), false;
  if (!take(vm, u, n, &bytes)) return false;
  return push(vm, u, n ? int_from_byte_array(vm, bytes, n, true, true) : value_int_unchecked(0));
}

static bool load_float_line(VM *vm, Unpickler *u) {
  const char *text;
  size_t n;
  double d;
  if (!take_line(vm, u, &text, &n)) return false;
  if (!float_parse_text(text, n, &d))
    return !error_pending(vm) &&
           raise_false(vm, TYPE_OF(ValueError), "could not convert string to float");
  return push(vm, u, value_float(vm, d));
}

static bool load_binfloat(VM *vm, Unpickler *u) {
  const uint8_t *bytes;
  uint64_t bits;
  double d;
  if (!take(vm, u, 8, &bytes)) return false;
  memcpy(&bits, bytes, 8);
  bits = __builtin_bswap64(bits);
  memcpy(&d, &bits, 8);
  return push(vm, u, value_float(vm, d));
}

/* A count of `width` bytes and as many bytes. */
static ALWAYS_INLINE bool take_counted(VM *vm, Unpickler *u, int width, const char *name,
                                       const uint8_t **bytes, size_t *size) {
  uint64_t n;
  if (!take_number(vm, u, width, &n)) return false;
  if (n > INT64_MAX)
    return raise_unpickling(vm, "%s exceeds system's maximum size of %lld bytes", name,
                            (long long)INT64_MAX),
           false;
  *size = n;
  return take(vm, u, n, bytes);
}

static inline bool load_text(VM *vm, Unpickler *u, int width) {
  const uint8_t *bytes;
  size_t n;
  if (!take_counted(vm, u, width, "BINUNICODE", &bytes, &n)) return false;
  if (ascii_prefix(bytes, n) == n)
    return push(vm, u, value_of(str_new_ascii(vm, (const char *)bytes, n)));
  return push(vm, u, utf8_decode(vm, bytes, n, VALUE_UNBOUND, NAME("surrogatepass"), NULL));
}

static bool load_bytes(VM *vm, Unpickler *u, int width) {
  const uint8_t *bytes;
  size_t n;
  if (!take_counted(vm, u, width, "BINBYTES", &bytes, &n)) return false;
  Bytes *made = bytes_new(vm, bytes, n);
  return made && push(vm, u, value_from(made));
}

static bool load_bytearray(VM *vm, Unpickler *u) {
  const uint8_t *bytes;
  size_t n;
  if (!take_counted(vm, u, 8, "BYTEARRAY8", &bytes, &n)) return false;
  ByteArray *made = bytearray_new(vm, bytes, n);
  return made && push(vm, u, value_from(made));
}

/* Python 2's 8-bit strings: text by the encoding given, or bytes. */
static bool push_old_string(VM *vm, Unpickler *u, Value bytes) {
  if (value_is_fail(bytes)) return false;
  if (u->encoding && str_equal_cstr(u->encoding, "bytes")) return push(vm, u, bytes);
  return push(vm, u,
              codec_decode_bytes(vm, bytes, u->encoding ? u->encoding : NAME("ASCII"),
                                 u->errors ? u->errors : NAME("strict")));
}

static bool load_old_string(VM *vm, Unpickler *u, int width) {
  const uint8_t *bytes;
  uint64_t n;
  if (!take_number(vm, u, width, &n)) return false;
  if (width == 4 && n > INT32_MAX)
    return raise_unpickling(vm, "BINSTRING pickle has negative byte count"), false;
  if (!take(vm, u, n, &bytes)) return false;
  Bytes *made = bytes_new(vm, bytes, n);
  return made && push_old_string(vm, u, value_from(made));
}

static bool load_quoted(VM *vm, Unpickler *u) {
  const char *text;
  size_t n;
  if (!take_line(vm, u, &text, &n)) return false;
  if (n < 2 || text[0] != text[n - 1] || (text[0] != '"' && text[0] != '\''))
    return raise_unpickling(vm, "the STRING opcode argument must be quoted"), false;
  Value quoted = value_of(bytes_new(vm, text + 1, n - 2));
  Value codecs = value_is_fail(quoted) ? quoted : import_module(vm, NAME("_codecs"));
  Value pair =
      value_is_fail(codecs) ? codecs : call_method1(vm, codecs, NAME("escape_decode"), quoted);
  return !value_is_fail(pair) && push_old_string(vm, u, ((Tuple *)value_object(pair))->items[0]);
}

/* ---- opcodes: containers */

static bool load_tuple(VM *vm, Unpickler *u, size_t n) {
  if (!has(vm, u, n)) return false;
  Tuple *tuple = tuple_from_values(vm, u->depth ? top(u, n) : NULL, n);
  u->depth -= n;
  return push(vm, u, value_from(tuple));
}

static bool load_marked(VM *vm, Unpickler *u, Opcode op) {
  size_t start;
  if (!pop_mark(vm, u, &start)) return false;
  size_t n = u->depth - start;
  const Value *items = u->stack ? u->stack->items + start : NULL;
  Value made = VALUE_FAIL;
  if (op == OP_TUPLE) {
    made = value_of(tuple_from_values(vm, items, n));
  } else if (op == OP_LIST) {
    made = value_of(list_from_values(vm, items, n));
  } else if (op == OP_FROZENSET) {
    Tuple *members = tuple_from_values(vm, items, n);
    if (members) made = value_of(set_from_iterable(vm, TYPE_OF(frozenset), value_from(members)));
  } else {
    if (n % 2) return raise_unpickling(vm, "odd number of items for DICT"), false;
    Dict *dict = dict_new(vm);
    for (size_t i = 0; i < n; i += 2)
      if (!dict_set(vm, dict, u->stack->items[start + i], u->stack->items[start + i + 1]))
        return false;
    made = value_from(dict);
  }
  u->depth = start;
  return push(vm, u, made);
}

static bool set_pairs(VM *vm, Unpickler *u, size_t start) {
  size_t n = u->depth - start;
  if (start == 0 || start <= fence(u)) return underflow(vm, u);
  if (n % 2) return raise_unpickling(vm, "odd number of items for SETITEMS"), false;
  Value target = u->stack->items[start - 1];
  if (value_is(target, dict) && !dict_expect(vm, value_object(target), n / 2)) return false;
  for (size_t i = start; i < start + n; i += 2) {
    Value key = u->stack->items[i], v = u->stack->items[i + 1];
    if (value_is(target, dict) ? !dict_set(vm, value_object(target), key, v)
                               : !set_item(vm, target, key, v))
      return false;
  }
  u->depth = start;
  return true;
}

static bool append_items(VM *vm, Unpickler *u, size_t start) {
  size_t n = u->depth - start;
  if (start == 0 || start <= fence(u)) return underflow(vm, u);
  if (n && !unpickle_extend(vm, u->stack->items[start - 1], u->stack->items + start, n))
    return false;
  u->depth = start;
  return true;
}

static bool add_items(VM *vm, Unpickler *u, size_t start) {
  size_t n = u->depth - start;
  if (start == 0 || start <= fence(u)) return underflow(vm, u);
  if (!n) return true;
  Value target = u->stack->items[start - 1];
  if (value_has_flag(target, TYPE_SET_SUBCLASS)) {
    List *members = list_from_values(vm, u->stack->items + start, n);
    if (!members || !set_update_value(vm, value_object(target), value_from(members))) return false;
  } else {
    Value add = get_attribute(vm, target, NAME("add"));
    if (value_is_fail(add)) return false;
    for (size_t i = start; i < start + n; i++)
      if (value_is_fail(call1(vm, add, u->stack->items[i]))) return false;
  }
  u->depth = start;
  return true;
}

typedef bool (*ManyItems)(VM *vm, Unpickler *u, size_t start);
static bool with_marked(VM *vm, Unpickler *u, ManyItems f) {
  size_t start;
  return pop_mark(vm, u, &start) && f(vm, u, start);
}
static bool with_last(VM *vm, Unpickler *u, size_t n, ManyItems f) {
  return has(vm, u, n + 1) && f(vm, u, u->depth - n);
}

/* ---- opcodes: classes and calls */

static Value find_class(VM *vm, Unpickler *u, Value module, Value name) {
  if (!type_has(object_type(u), TYPE_HEAP))
    return unpickler_find_class(vm, u, value_object(module), value_object(name));
  return call_method2(vm, value_from(u), NAME("find_class"), module, name);
}

static bool load_global(VM *vm, Unpickler *u) {
  Value module = take_line_str(vm, u, "utf-8"),
        name = value_is_fail(module) ? module : take_line_str(vm, u, "utf-8");
  return !value_is_fail(name) && push(vm, u, find_class(vm, u, module, name));
}

static bool load_stack_global(VM *vm, Unpickler *u) {
  if (!has(vm, u, 2)) return false;
  Value name = pop(u), module = pop(u);
  if (!value_is(name, str) || !value_is(module, str))
    return raise_unpickling(vm, "STACK_GLOBAL requires str"), false;
  return push(vm, u, find_class(vm, u, module, name));
}

static bool load_extension(VM *vm, Unpickler *u, int width) {
  uint64_t n;
  if (!take_number(vm, u, width, &n)) return false;
  Value code = value_int_unchecked(width == 4 ? (int32_t)n : (int64_t)n),
        cache = copyreg_table(vm, NAME("_extension_cache"));
  if (value_as_int(code) <= 0) return raise_unpickling(vm, "EXT specifies code <= 0"), false;
  if (value_is_fail(cache)) return false;
  Value known = dict_get(vm, value_object(cache), code);
  if (known != VALUE_UNBOUND) return push(vm, u, known);
  Value registry = copyreg_table(vm, NAME("_inverted_registry"));
  Value pair = value_is_fail(registry) ? registry : dict_get(vm, value_object(registry), code);
  if (value_is_fail(pair)) return false;
  if (pair == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(ValueError), "unregistered extension code %S", code);
  const Tuple *both = value_object(pair);
  if (!value_has_flag(pair, TYPE_TUPLE_SUBCLASS) || tuple_length(both) != 2 ||
      !value_is_str(both->items[0]) || !value_is_str(both->items[1]))
    return raise_false(vm, TYPE_OF(ValueError), "_inverted_registry[%S] isn't a 2-tuple of strings",
                       code);
  Value found = find_class(vm, u, both->items[0], both->items[1]);
  return !value_is_fail(found) && dict_set(vm, value_object(cache), code, found) &&
         push(vm, u, found);
}

static Value instantiate(VM *vm, Value cls, const Value *args, size_t n) {
  if (n == 0 && value_is_type(cls)) {
    Value arguments = find_attribute(vm, cls, NAME("__getinitargs__"));
    if (value_is_fail(arguments)) return arguments;
    if (arguments == VALUE_UNBOUND) return call_method1(vm, cls, NAME("__new__"), cls);
  }
  return call_values(vm, cls, args, (int)n, NULL);
}

static bool load_inst(VM *vm, Unpickler *u) {
  size_t start;
  if (!pop_mark(vm, u, &start)) return false;
  Value module = take_line_str(vm, u, "ascii"),
        name = value_is_fail(module) ? module : take_line_str(vm, u, "ascii");
  Value cls = value_is_fail(name) ? name : find_class(vm, u, module, name);
  if (value_is_fail(cls)) return false;
  Tuple *args = tuple_from_values(vm, u->stack ? u->stack->items + start : NULL, u->depth - start);
  if (!args) return false;
  u->depth = start;
  return push(vm, u, instantiate(vm, cls, args->items, tuple_length(args)));
}

static bool load_obj(VM *vm, Unpickler *u) {
  size_t start;
  if (!pop_mark(vm, u, &start)) return false;
  if (u->depth - start < 1) return underflow(vm, u);
  Tuple *all = tuple_from_values(vm, u->stack->items + start, u->depth - start);
  if (!all) return false;
  u->depth = start;
  return push(vm, u, instantiate(vm, all->items[0], all->items + 1, tuple_length(all) - 1));
}

static bool load_newobj(VM *vm, Unpickler *u, bool named) {
  if (!has(vm, u, named ? 3 : 2)) return false;
  Value keywords = named ? pop(u) : VALUE_NONE, args = pop(u), cls = pop(u);
  const char *op = named ? "NEWOBJ_EX" : "NEWOBJ";
  if (!value_is_type(cls))
    return raise_unpickling(vm, "%s class argument must be a type, not %.200T", op, cls), false;
  if (((Type *)value_object(cls))->specials[SPECIAL_new] == VALUE_UNBOUND)
    return raise_unpickling(vm, "%s class argument '%.200N' doesn't have __new__", op,
                            (Type *)value_object(cls)),
           false;
  if (!value_has_flag(args, TYPE_TUPLE_SUBCLASS))
    return raise_unpickling(vm, "%s args argument must be a tuple, not %.200T", op, args), false;
  if (named && !value_has_flag(keywords, TYPE_DICT_SUBCLASS))
    return raise_unpickling(vm, "%s kwargs argument must be a dict, not %.200T", op, keywords),
           false;
  Value make = get_attribute(vm, cls, NAME("__new__"));
  if (value_is_fail(make)) return false;
  const Tuple *given = value_object(args);
  size_t n = tuple_length(given);
  Tuple *all = tuple_new(vm, n + 1);
  if (!all) return false;
  all->items[0] = cls;
  memcpy(all->items + 1, given->items, n * sizeof(Value));
  heap_barrier_any(vm, all);
  return push(vm, u, call_tuple_dict(vm, make, all, named ? value_object(keywords) : NULL));
}

static bool load_reduce(VM *vm, Unpickler *u) {
  if (!has(vm, u, 2)) return false;
  Value args = pop(u), f = pop(u);
  if (!value_has_flag(args, TYPE_TUPLE_SUBCLASS)) {
    Tuple *tuple = tuple_from_iterable(vm, args);
    if (!tuple) return false;
    args = value_from(tuple);
  }
  const Tuple *tuple = value_object(args);
  return push(vm, u, call_values(vm, f, tuple->items, (int)tuple_length(tuple), NULL));
}

static bool load_build(VM *vm, Unpickler *u) {
  if (!has(vm, u, 2)) return false;
  Value state = pop(u);
  return unpickle_build(vm, *top(u, 1), state);
}

static bool load_persistent(VM *vm, Unpickler *u, Value id) {
  if (value_is_fail(id)) return false;
  if (u->persistent_load == VALUE_MISSING)
    return raise_unpickling(vm, "A load persistent id instruction was encountered, but no "
                                "persistent_load function was specified."),
           false;
  return push(vm, u, call1(vm, u->persistent_load, id));
}

static bool load_persid(VM *vm, Unpickler *u) {
  Value id = take_line_str(vm, u, "ascii");
  if (value_is_fail(id) && error_clear_if(vm, TYPE_OF(UnicodeDecodeError)))
    return raise_unpickling(vm, "persistent IDs in protocol 0 must be ASCII strings"), false;
  return load_persistent(vm, u, id);
}

/* ---- opcodes: memo, buffers, frames */

static NOINLINE bool load_far(VM *vm, Unpickler *u, uint64_t i) {
  Value v = VALUE_UNBOUND;
  if (u->far_memo && i <= INT_IMMEDIATE_MAX)
    v = dict_get(vm, u->far_memo, value_int_unchecked((int64_t)i));
  if (value_is_fail(v)) return false;
  if (v == VALUE_UNBOUND)
    return raise_unpickling(vm, "Memo value not found at index %lld", (long long)i), false;
  return push(vm, u, v);
}
static inline bool load_get(VM *vm, Unpickler *u, uint64_t i) {
  Value v = u->memo && i < u->memo->capacity ? u->memo->items[i] : VALUE_UNBOUND;
  return LIKELY(v != VALUE_UNBOUND) ? push(vm, u, v) : load_far(vm, u, i);
}
static bool load_put(VM *vm, Unpickler *u, uint64_t i) {
  bool is_new = u->memo && i < u->memo->capacity && u->memo->items[i] == VALUE_UNBOUND;
  if (LIKELY(is_new && u->depth > fence(u))) {
    Value v = *top(u, 1);
    u->memo->items[i] = v;
    u->memo_length++;
    heap_barrier(vm, u->memo, v);
    return true;
  }
  return has(vm, u, 1) && unpickler_memo_set(vm, u, i, *top(u, 1));
}

static bool take_index_line(VM *vm, Unpickler *u, bool is_put, uint64_t *out) {
  const char *text;
  size_t n;
  if (!take_line(vm, u, &text, &n)) return false;
  Value v = int_parse(vm, text, n, 10);
  if (value_is_fail(v)) return false;
  if (int_sign(v) < 0 && is_put)
    return raise_false(vm, TYPE_OF(ValueError), "negative PUT argument");
  if (int_sign(v) >= 0 && int_to_uint64(v, out)) return true;
  return raise_unpickling(vm, "Memo value not found at index %S", v), false;
}

static bool load_get_line(VM *vm, Unpickler *u) {
  uint64_t i;
  return take_index_line(vm, u, false, &i) && load_get(vm, u, i);
}
static bool load_put_line(VM *vm, Unpickler *u) {
  uint64_t i;
  return take_index_line(vm, u, true, &i) && load_put(vm, u, i);
}

static bool load_next_buffer(VM *vm, Unpickler *u) {
  if (u->buffers == VALUE_NONE)
    return raise_unpickling(
               vm, "pickle stream refers to out-of-band data but no *buffers* argument was given"),
           false;
  Value buffer = iterator_next(vm, u->buffers);
  if (buffer == VALUE_STOP) return raise_unpickling(vm, "not enough out-of-band buffers"), false;
  return push(vm, u, buffer);
}

static bool load_readonly_buffer(VM *vm, Unpickler *u) {
  if (!has(vm, u, 1)) return false;
  Value view = memoryview_new(vm, *top(u, 1));
  if (value_is_fail(view)) return false;
  if (((MemoryView *)value_object(view))->readonly) return true;
  Value readonly = call_method0(vm, view, NAME("toreadonly"));
  if (value_is_fail(readonly)) return false;
  replace(vm, u, 1, readonly);
  return true;
}

static bool load_frame(VM *vm, Unpickler *u) {
  uint64_t n;
  if (!take_number(vm, u, 8, &n)) return false;
  if (n > INT64_MAX)
    return raise_false(vm, TYPE_OF(OverflowError),
                       "FRAME length exceeds system's maximum of %lld bytes", (long long)INT64_MAX);
  return need(vm, u, n);
}

static bool load_proto(VM *vm, Unpickler *u) {
  uint64_t n;
  if (!take_number(vm, u, 1, &n)) return false;
  if (n > PICKLE_PROTOCOL_MAX)
    return raise_false(vm, TYPE_OF(ValueError), "unsupported pickle protocol: %d", (int)n);
  u->protocol = (int)n;
  return true;
}

static bool load_pop(VM *vm, Unpickler *u) { /* of a mark, if nothing stands above it */
  if (mark_count(u) && fence(u) == u->depth) return u->marks.size -= sizeof(uint64_t), true;
  if (!has(vm, u, 1)) return false;
  u->depth--;
  return true;
}

static bool load_mark(Unpickler *u) {
  uint64_t depth = u->depth;
  buffer_add(&u->marks, &depth, sizeof depth);
  return true;
}

static bool load_pop_mark(VM *vm, Unpickler *u) {
  size_t start;
  if (!pop_mark(vm, u, &start)) return false;
  u->depth = start;
  return true;
}

static COLD bool refuse_key(VM *vm, uint8_t key) {
  if (key >= 0x20 && key <= 0x7E && key != '\'' && key != '\\')
    return raise_unpickling(vm, "invalid load key, '%c'.", key), false;
  char text[8];
  snprintf(text, sizeof text, "\\x%02x", key);
  return raise_unpickling(vm, "invalid load key, '%s'.", text), false;
}

/* ---- the loop */

static ALWAYS_INLINE bool load_number(VM *vm, Unpickler *u, int width, bool is_signed) {
  uint64_t n;
  return take_number(vm, u, width, &n) &&
         push(vm, u, value_int_unchecked(is_signed ? (int32_t)n : (int64_t)n));
}
static ALWAYS_INLINE bool load_indexed(VM *vm, Unpickler *u, int width, bool is_put) {
  uint64_t i;
  return take_number(vm, u, width, &i) && (is_put ? load_put(vm, u, i) : load_get(vm, u, i));
}
static bool push_new_set(VM *vm, Unpickler *u) {
  Set *set = set_new(vm);
  return set && push(vm, u, value_from(set));
}

static bool step(VM *vm, Unpickler *u, uint8_t op) {
  switch (op) {
  case OP_NONE: return push(vm, u, VALUE_NONE);
  case OP_NEWTRUE: return push(vm, u, VALUE_TRUE);
  case OP_NEWFALSE: return push(vm, u, VALUE_FALSE);
  case OP_BININT: return load_number(vm, u, 4, true);
  case OP_BININT1: return load_number(vm, u, 1, false);
  case OP_BININT2: return load_number(vm, u, 2, false);
  case OP_INT: return load_int_line(vm, u, false);
  case OP_LONG: return load_int_line(vm, u, true);
  case OP_LONG1: return load_long(vm, u, 1);
  case OP_LONG4: return load_long(vm, u, 4);
  case OP_FLOAT: return load_float_line(vm, u);
  case OP_BINFLOAT: return load_binfloat(vm, u);
  case OP_SHORT_BINBYTES: return load_bytes(vm, u, 1);
  case OP_BINBYTES: return load_bytes(vm, u, 4);
  case OP_BINBYTES8: return load_bytes(vm, u, 8);
  case OP_BYTEARRAY8: return load_bytearray(vm, u);
  case OP_NEXT_BUFFER: return load_next_buffer(vm, u);
  case OP_READONLY_BUFFER: return load_readonly_buffer(vm, u);
  case OP_SHORT_BINSTRING: return load_old_string(vm, u, 1);
  case OP_BINSTRING: return load_old_string(vm, u, 4);
  case OP_STRING: return load_quoted(vm, u);
  case OP_UNICODE: return push(vm, u, take_line_str(vm, u, "raw"));
  case OP_SHORT_BINUNICODE: return load_text(vm, u, 1);
  case OP_BINUNICODE: return load_text(vm, u, 4);
  case OP_BINUNICODE8: return load_text(vm, u, 8);
  case OP_EMPTY_TUPLE: return push(vm, u, value_of(tuple_from_values(vm, NULL, 0)));
  case OP_TUPLE1: return load_tuple(vm, u, 1);
  case OP_TUPLE2: return load_tuple(vm, u, 2);
  case OP_TUPLE3: return load_tuple(vm, u, 3);
  case OP_TUPLE:
  case OP_LIST:
  case OP_DICT:
  case OP_FROZENSET: return load_marked(vm, u, (Opcode)op);
  case OP_EMPTY_LIST: return push(vm, u, value_of(list_new(vm, 0)));
  case OP_EMPTY_DICT: return push(vm, u, value_from(dict_new(vm)));
  case OP_EMPTY_SET: return push_new_set(vm, u);
  case OP_APPEND: return with_last(vm, u, 1, append_items);
  case OP_APPENDS: return with_marked(vm, u, append_items);
  case OP_SETITEM: return with_last(vm, u, 2, set_pairs);
  case OP_SETITEMS: return with_marked(vm, u, set_pairs);
  case OP_ADDITEMS: return with_marked(vm, u, add_items);
  case OP_OBJ: return load_obj(vm, u);
  case OP_INST: return load_inst(vm, u);
  case OP_NEWOBJ: return load_newobj(vm, u, false);
  case OP_NEWOBJ_EX: return load_newobj(vm, u, true);
  case OP_GLOBAL: return load_global(vm, u);
  case OP_STACK_GLOBAL: return load_stack_global(vm, u);
  case OP_BUILD: return load_build(vm, u);
  case OP_REDUCE: return load_reduce(vm, u);
  case OP_DUP: return has(vm, u, 1) && push(vm, u, *top(u, 1));
  case OP_POP: return load_pop(vm, u);
  case OP_POP_MARK: return load_pop_mark(vm, u);
  case OP_MARK: return load_mark(u);
  case OP_BINGET: return load_indexed(vm, u, 1, false);
  case OP_LONG_BINGET: return load_indexed(vm, u, 4, false);
  case OP_GET: return load_get_line(vm, u);
  case OP_BINPUT: return load_indexed(vm, u, 1, true);
  case OP_LONG_BINPUT: return load_indexed(vm, u, 4, true);
  case OP_PUT: return load_put_line(vm, u);
  case OP_MEMOIZE: return load_put(vm, u, u->memo_length);
  case OP_EXT1: return load_extension(vm, u, 1);
  case OP_EXT2: return load_extension(vm, u, 2);
  case OP_EXT4: return load_extension(vm, u, 4);
  case OP_PERSID: return load_persid(vm, u);
  case OP_BINPERSID: return has(vm, u, 1) && load_persistent(vm, u, pop(u));
  case OP_PROTO: return load_proto(vm, u);
  case OP_FRAME: return load_frame(vm, u);
  default: return refuse_key(vm, op);
  }
}

Value unpickler_load(VM *vm, Unpickler *u) {
  u->depth = u->marks.size = 0;
  u->protocol = 0;
  for (;;) {
    if (UNLIKELY(u->at == u->end) && !fill(vm, u, 1)) {
      if (error_clear_if(vm, value_object(pickle_state.unpickling_error)))
        raise_error(vm, TYPE_OF(EOFError), "Ran out of input");
      return VALUE_FAIL;
    }
    uint8_t op = *u->at++;
    if (op == OP_STOP) break;
    if (!vm_listen(vm) || !step(vm, u, op)) return VALUE_FAIL;
  }
  return has(vm, u, 1) ? pop(u) : VALUE_FAIL;
}
