/* image.h -- the code image: what the compiler makes, the cache keeps and the VM runs. Reader.
**
** Little-endian, position-independent, never written after it was made; used in place from a mapped
** file or a buffer.
**
**     image     = header functions strings constants records texts consts cold
**     header    = struct ImageHeader (72 bytes)
**     functions = u32 offset of the record of function i … (function 0 is the module)
**     strings   = u32 offset in the image of string i …
**     constants = u32 offset in the image of constant i …
**     record    = varint: flags name qualname argcount posonly kwonly registers locals cells frees
**               firstline names consts
**                 ranges codesize lines          (name, qualname: strings; lines: offset of the
**                                                line table in `cold`)
**                 u32[locals] strings · (u32 register, u32 string)[cells] · u32[frees] strings ·
**                 u32[names] strings
**                 u32[consts] constants · (u32 start, end, target, register)[ranges] · code bytes
**     text      = varint (size << 2 | STRING flags) bytes NUL
**     const     = tag byte, then by tag:
**                   INT zigzag varint · BIG_INT, STR: varint string · BYTES: varint size, bytes,
**                   NUL
**                   FLOAT 8 bytes · COMPLEX 16 bytes · TUPLE, FROZENSET: varint count, varint
**                   constant …
**                   CODE varint function
**     cold      = line tables: entries until the code is covered, each
**                   varint (bytes of code << 2 | kind); kind 0: no position · 1: svarint line,
**                   varint end_line - line,
**                   varint column, varint end column · 2: same line as before, one line: varint
**                   column, varint length ·
**                   3: svarint line, no columns.    Lines are differences to the entry before, from
**                                                   firstline.
**
** Equal strings are one string, equal constants (type and sign of zero too) one constant in the
** whole image: a table of materialised values indexed by the image's numbers keeps what is made at
** first use. The header names the text that the image was made from, so that whoever keeps images
** can tell whose one is. The version is a hash of the opcode table and the format: a foreign image
** is refused by image_open, a hostile one by image_verify (verify.h). All other functions here
** trust a verified image. */
#ifndef KRAIT_IMAGE_H
#define KRAIT_IMAGE_H

#include "vm/bytecode/opcode.h"

typedef struct ContentHash {
  uint64_t low, high;
} ContentHash; /* XXH3-128 */
static inline bool same_hash(ContentHash a, ContentHash b) {
  return a.low == b.low && a.high == b.high;
}

#define IMAGE_MAGIC 0x694B7242u /* "BrKi" */

typedef struct ImageHeader {
  uint32_t magic;
  uint32_t size;     /* of the image in bytes */
  uint64_t version;  /* image_version() */
  uint64_t checksum; /* XXH3-64 of everything behind this field */
  uint32_t function_count, string_count, constant_count;
  uint32_t functions, strings, constants; /* offsets of the tables */
  uint32_t cold;                          /* offset of the line tables */
  /* string: the file as it was compiled; whoever loads the image may say another */
  uint32_t filename;
  ContentHash source; /* image_source_hash of the text; zeros: made from a tree */
} ImageHeader;
static_assert(sizeof(ImageHeader) == 72, "written as it is");

/* Whose the bytes of an image are: malloc'd, or there as long as the process. */
typedef enum ImageMemory { IMAGE_ALLOCATED, IMAGE_STATIC } ImageMemory;

typedef struct Image {
  const uint8_t *bytes; /* [borrowed: mapping or buffer] */
  const ImageHeader *header;
} Image;

/* identifier: looks like a name, to be interned */
enum { STRING_ASCII = 1, STRING_IDENTIFIER = 2 };

typedef struct ImageString {
  const char *bytes; /* UTF-8, lone surrogates as three bytes, NUL-terminated */
  uint32_t size;
  uint8_t flags;
} ImageString;

/* ImageFunction.flags: co_flags of CPython, future flags among them, and above bit 26 our own. */
enum {
  FUNCTION_OPTIMIZED = 0x1,
  FUNCTION_NEWLOCALS = 0x2,
  FUNCTION_VARARGS = 0x4,
  FUNCTION_VARKEYWORDS = 0x8,
  FUNCTION_NESTED = 0x10,
  FUNCTION_GENERATOR = 0x20,
  FUNCTION_COROUTINE = 0x80,
  FUNCTION_ITERABLE_COROUTINE = 0x100,
  FUNCTION_ASYNC_GENERATOR = 0x200,
  FUNCTION_CO_FLAGS = 0x3ffffff, /* what co_flags shows */
  /* module, class body, exec, eval: R[0] is the local namespace */
  FUNCTION_NAMESPACE = 0x4000000,
  FUNCTION_CLASS_BODY = 0x8000000,
  FUNCTION_HAS_DOC = 0x10000000, /* constant 0 is the docstring */
  FUNCTION_MODULE = 0x20000000,  /* function 0 */
  FUNCTION_FAR = 0x40000000,     /* variables from FAR_FROM on live in a dict */
};

typedef struct ImageFunction {
  const Image *image;
  uint32_t index;
  uint32_t flags;
  uint32_t name, qualname; /* strings */
  uint32_t argcount;       /* positional parameters, positional-only ones included */
  uint32_t posonlycount, kwonlycount;
  uint32_t register_count; /* size of the frame in registers */
  uint32_t
      local_count; /* named registers: R[0..local_count) are co_varnames in order, cells among them.
                                    ** 0 in namespace code, where R[0] is the namespace */
  uint32_t cell_count, free_count, name_count, constant_count, range_count;
  uint32_t firstlineno;
  uint32_t code_size;
  const uint8_t *code;
  /* unaligned little-endian u32 tables, read through the functions below */
  const uint8_t *locals, *cells, *frees, *names, *constants, *ranges;
  const uint8_t *lines;
} ImageFunction;

/* image_version: what images made by this program carry. */
uint64_t image_version(void);

/* image_source_hash: what an image calls the text it was made from: another level of optimisation,
** another name. Cost: O(size). */
ContentHash image_source_hash(const void *source, size_t size, int optimize);

/* image_open: checks size, magic, version and checksum; `why` says what is wrong otherwise. The
** bytes must outlive it. */
MUST_USE bool image_open(Image *image, const void *bytes, size_t size, const char **why);
/* image_open_sound: the same for bytes that image_open has accepted, or that were just written. */
MUST_USE bool image_open_sound(Image *image, const void *bytes, size_t size);
/* image_function: fills *out with function `index`. Cost: about 20 varints. */
void image_function(const Image *image, uint32_t index, ImageFunction *out);
ImageString image_string(const Image *image, uint32_t string);

static inline uint32_t image_u32(const uint8_t *at) {
  uint32_t n;
  memcpy(&n, at, 4);
  return n;
}
/* String number of local, cell, free variable and name i; register of cell i. */
static inline uint32_t function_local(const ImageFunction *f, uint32_t i) {
  return image_u32(f->locals + 4 * i);
}
static inline uint32_t function_cell_register(const ImageFunction *f, uint32_t i) {
  return image_u32(f->cells + 8 * i);
}
static inline uint32_t function_cell(const ImageFunction *f, uint32_t i) {
  return image_u32(f->cells + 8 * i + 4);
}
static inline uint32_t function_free(const ImageFunction *f, uint32_t i) {
  return image_u32(f->frees + 4 * i);
}
static inline uint32_t function_name(const ImageFunction *f, uint32_t i) {
  return image_u32(f->names + 4 * i);
}
/* function_near_locals: how many of the locals are in registers. */
static inline uint32_t function_near_locals(const ImageFunction *f) {
  return f->flags & FUNCTION_FAR && f->local_count > FAR_FROM ? FAR_FROM : f->local_count;
}
/* function_named_registers: registers up to here hold variables: locals, and cells without a local
** behind them. They are unbound at entry, and count as alive always. */
static inline uint32_t function_named_registers(const ImageFunction *f) {
  if (f->flags & FUNCTION_FAR) return FAR_FROM + 1;
  uint32_t end = f->local_count;
  for (uint32_t i = 0; i < f->cell_count; i++)
    if (function_cell_register(f, i) >= end) end = function_cell_register(f, i) + 1;
  return end;
}
/* Number in the image's constants of the function's constant i. */
static inline uint32_t function_constant(const ImageFunction *f, uint32_t i) {
  return image_u32(f->constants + 4 * i);
}

typedef enum ConstantTag {
  CONSTANT_NONE,
  CONSTANT_TRUE,
  CONSTANT_FALSE,
  CONSTANT_ELLIPSIS,
  CONSTANT_INT,
  CONSTANT_BIG_INT,
  CONSTANT_FLOAT,
  CONSTANT_COMPLEX,
  CONSTANT_STR,
  CONSTANT_BYTES,
  CONSTANT_TUPLE,
  CONSTANT_FROZENSET,
  CONSTANT_CODE,
  CONSTANT_TAG_COUNT,
} ConstantTag;

typedef struct ImageConstant {
  ConstantTag tag;
  union {
    int64_t integer; /* INT */
    struct {
      double real, imaginary;
    };                 /* FLOAT, COMPLEX */
    uint32_t string;   /* BIG_INT: hex digits, '-' first when negative; STR */
    uint32_t function; /* CODE */
    struct {           /* BYTES */
      const uint8_t *bytes;
      uint32_t size;
    };
    struct { /* TUPLE, FROZENSET: walk with image_item */
      const uint8_t *items;
      uint32_t count;
    };
  };
} ImageConstant;
ImageConstant image_constant(const Image *image, uint32_t constant);
/* image_item: the constant number at *items, which moves to the next. */
uint32_t image_item(const uint8_t **items);

/* An exception raised by the instruction that starts at an offset in [start, end) continues at
** target with the instance in R[reg]. Ranges do not overlap and are sorted by start. */
typedef struct ExceptionRange {
  uint32_t start, end, target, reg;
} ExceptionRange;
static inline ExceptionRange function_range(const ImageFunction *f, uint32_t i) {
  const uint8_t *p = f->ranges + 16 * i;
  return (ExceptionRange){image_u32(p), image_u32(p + 4), image_u32(p + 8), image_u32(p + 12)};
}

/* A source position; -1: none. Lines from 1, columns in UTF-8 bytes from 0. */
typedef struct Position {
  int32_t line, end_line, column, end_column;
} Position;
/* function_position: where the instruction at `offset` comes from. Cost: O(line table). */
Position function_position(const ImageFunction *f, uint32_t offset);

/* Walks the line table: runs of code [start, end) with one position. */
typedef struct LineIterator {
  const uint8_t *next;
  uint32_t code_size, start, end;
  int32_t line; /* state: line of the last positioned entry */
  Position position;
} LineIterator;
void line_iterator_init(LineIterator *it, const ImageFunction *f);
bool line_iterator_next(LineIterator *it);

#endif
