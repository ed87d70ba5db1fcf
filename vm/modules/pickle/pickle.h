/* pickle.h -- the module _pickle: writing (write.c, reduce.c, pickler.c), reading (read.c, build.c,
** unpickler.c), PickleBuffer (pickle_buffer.c), functions (module.c).
**
** The writer's memo is a hash table from objects to their numbers; `kept` keeps them alive. The
** reader's memo is an array. */
#ifndef KRAIT_PICKLE_H
#define KRAIT_PICKLE_H

#include "vm/base/buffer.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"
#include "vm/objects/str.h"

enum {
  PICKLE_PROTOCOL_MAX = 5,
  PICKLE_PROTOCOL_DEFAULT = 4,
  FRAME_TARGET = 64 * 1024,
  FRAME_LEAST = 4,
  FRAME_HEADER = 9,
  BATCH = 1000
};

typedef enum Opcode {
  OP_MARK = '(',
  OP_STOP = '.',
  OP_POP = '0',
  OP_POP_MARK = '1',
  OP_DUP = '2',
  OP_FLOAT = 'F',
  OP_INT = 'I',
  OP_BININT = 'J',
  OP_BININT1 = 'K',
  OP_LONG = 'L',
  OP_BININT2 = 'M',
  OP_NONE = 'N',
  OP_PERSID = 'P',
  OP_BINPERSID = 'Q',
  OP_REDUCE = 'R',
  OP_STRING = 'S',
  OP_BINSTRING = 'T',
  OP_SHORT_BINSTRING = 'U',
  OP_UNICODE = 'V',
  OP_BINUNICODE = 'X',
  OP_APPEND = 'a',
  OP_BUILD = 'b',
  OP_GLOBAL = 'c',
  OP_DICT = 'd',
  OP_EMPTY_DICT = '}',
  OP_APPENDS = 'e',
  OP_GET = 'g',
  OP_BINGET = 'h',
  OP_INST = 'i',
  OP_LONG_BINGET = 'j',
  OP_LIST = 'l',
  OP_EMPTY_LIST = ']',
  OP_OBJ = 'o',
  OP_PUT = 'p',
  OP_BINPUT = 'q',
  OP_LONG_BINPUT = 'r',
  OP_SETITEM = 's',
  OP_TUPLE = 't',
  OP_EMPTY_TUPLE = ')',
  OP_SETITEMS = 'u',
  OP_BINFLOAT = 'G',
  OP_PROTO = 0x80,
  OP_NEWOBJ,
  OP_EXT1,
  OP_EXT2,
  OP_EXT4,
  OP_TUPLE1,
  OP_TUPLE2,
  OP_TUPLE3,
  OP_NEWTRUE,
  OP_NEWFALSE,
  OP_LONG1,
  OP_LONG4,
  OP_BINBYTES = 'B',
  OP_SHORT_BINBYTES = 'C',
  OP_SHORT_BINUNICODE = 0x8c,
  OP_BINUNICODE8,
  OP_BINBYTES8,
  OP_EMPTY_SET,
  OP_ADDITEMS,
  OP_FROZENSET,
  OP_NEWOBJ_EX,
  OP_STACK_GLOBAL,
  OP_MEMOIZE,
  OP_FRAME,
  OP_BYTEARRAY8,
  OP_NEXT_BUFFER,
  OP_READONLY_BUFFER,
} Opcode;
static_assert(OP_LONG4 == 0x8b && OP_READONLY_BUFFER == 0x98,
              "opcodes have the numbers of the format");

/* Classes; registered by the first import. */
extern struct PickleState { Value error, pickling_error, unpickling_error; } pickle_state;
#define raise_pickling(vm, ...) \
  raise_error((vm), value_object(pickle_state.pickling_error), __VA_ARGS__)
#define raise_unpickling(vm, ...) \
  raise_error((vm), value_object(pickle_state.unpickling_error), __VA_ARGS__)

/* ---- writing */
typedef struct Pickler {
  Object h;
  Value write;           /* file.write, or None: everything stays in `out` */
  Value buffer_callback; /* or None */
  Value persistent_id, dispatch_table, reducer_override; /* MISSING: none */
  /* [owned] open addressing; object 0: empty */
  struct MemoEntry {
    Value object;
    int64_t number;
  } * memo;
  uint32_t memo_mask, memo_used;
  int64_t memo_count;  /* the next number */
  List *kept;          /* [gc] memoized objects, in order */
  Buffer out;          /* [owned] not yet given to `write` */
  int64_t frame_start; /* in `out`, of a frame's header; -1: none is open */
  int protocol;
  bool fast, fix_imports, framing, ready;
} Pickler;

void pickler_init(VM *vm, Pickler *p);
void pickler_forget(VM *vm, Pickler *p); /* empties the memo */
MUST_USE MAY_RUN bool pickler_set_protocol(VM *vm, Pickler *p, Value protocol, bool fix_imports,
                                           Value buffer_callback);
/* pickler_dump: one whole pickle into `out`; with a file, flushed to it. */
MUST_USE MAY_RUN bool pickler_dump(VM *vm, Pickler *p, Value object);
MUST_USE MAY_RUN bool pickle_save(VM *vm, Pickler *p, Value object, bool no_persistent_id);
/* name NULL: its own */
MUST_USE MAY_RUN bool pickle_save_global(VM *vm, Pickler *p, Value object, Str *name);
/* object VALUE_UNBOUND: none */
MUST_USE MAY_RUN bool pickle_save_reduce(VM *vm, Pickler *p, Value reduced, Value object);
MUST_USE MAY_RUN bool pickle_save_type(VM *vm, Pickler *p, Value type);
MUST_USE MAY_RUN bool pickle_batch_list(VM *vm, Pickler *p, Value iterator);
MUST_USE MAY_RUN bool pickle_batch_dict(VM *vm, Pickler *p, Value iterator);
/* UNBOUND: takes a number that nobody will ask for */
MUST_USE bool pickle_memoize(VM *vm, Pickler *p, Value object);
MUST_USE bool pickle_memo_put(VM *vm, Pickler *p, Value object, int64_t number);
void pickle_write(Pickler *p, const void *bytes, size_t n);
/* pickle_write_short: the n lowest bytes of a word, n <= 8; an opcode and its argument. */
static inline void pickle_write_short(Pickler *p, uint64_t word, size_t n) {
  static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
                "words are written as they lie in memory");
  if (LIKELY(p->out.capacity - p->out.size >= sizeof word &&
             (!p->framing || p->frame_start >= 0))) {
    memcpy(p->out.bytes + p->out.size, &word, sizeof word);
    p->out.size += n;
  } else {
    pickle_write(p, &word, n);
  }
}
static inline void pickle_write_op(Pickler *p, Opcode op) { pickle_write_short(p, op, 1); }
/* its number, or -1 */
int64_t pickle_memo_find(const Pickler *p, Value object);
/* pickle_rename: *module and *name as two tables of _compat_pickle have them: names of Python 2 and
** 3 for each other. */
MUST_USE MAY_RUN bool pickle_rename(VM *vm, const char *names_table, const char *imports_table,
                                    Value *module, Value *name);
/* pickle_save_plain: writes an instance of a class without native state or hooks of its own: what
** object.__reduce_ex__ would say.
** *done false: it is none. */
MUST_USE MAY_RUN bool pickle_save_plain(VM *vm, Pickler *p, Value object, bool *done);
/* instance_slots: names and values of an instance's attributes while they lie in slots; -1: they do
** not, or are over `most`. */
int instance_slots(Object *object, Str **names, Value *values, int most); /* runtime/instance.c */
void pickle_write_get(Pickler *p, int64_t number);

/* names in modules (names.c) */
/* UNBOUND: not there */
MUST_USE MAY_RUN Value name_deep_attribute(VM *vm, Value object, Str *path, Value *parent);
MUST_USE MAY_RUN Value name_import(VM *vm, Str *module);
MUST_USE MAY_RUN Value copyreg_table(VM *vm, Str *name);

/* ---- reading */
typedef struct Unpickler {
  Object h;
  Value read, readline;   /* of the file, or None: the input is `source` */
  Value source;           /* keeps `view` alive */
  Value persistent_load;  /* MISSING: none */
  Value buffers;          /* iterator, or None */
  Str *encoding, *errors; /* [gc] */
  ValueArray *memo;       /* [gc] UNBOUND: not set */
  Dict *far_memo;         /* [gc] what a pickle stored far behind its other numbers; or NULL */
  ValueArray *stack;      /* [gc] */
  size_t depth, memo_length;
  Buffer in;    /* [owned] what was read of a file */
  Buffer marks; /* [owned] uint64_t stack depths */
  BufferView view;
  const uint8_t *at, *end; /* unread input */
  int protocol;
  bool fix_imports, ready;
} Unpickler;

void unpickler_init(VM *vm, Unpickler *u);
MUST_USE MAY_RUN Value unpickler_load(VM *vm, Unpickler *u);
MUST_USE MAY_RUN Value unpickler_find_class(VM *vm, Unpickler *u, Str *module, Str *name);
MUST_USE MAY_RUN bool unpickler_memo_set(VM *vm, Unpickler *u, uint64_t i, Value v);
MUST_USE MAY_RUN bool unpickle_build(VM *vm, Value object, Value state);
MUST_USE MAY_RUN bool unpickle_extend(VM *vm, Value list, const Value *items, size_t n);

/* a memoryview, or None: released */
typedef struct PickleBuffer {
  Object h;
  Value view;
} PickleBuffer;
extern const ClassSpec PickleBuffer_class;
MUST_USE bool pickle_buffer_is_alive(VM *vm, PickleBuffer *self);
void pickle_buffer_register(void);

static inline void put_le(uint8_t *to, uint64_t n, int count) {
  for (int i = 0; i < count; i++) to[i] = (uint8_t)(n >> (8 * i));
}

#endif
