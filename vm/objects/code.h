/* code.h -- code objects: a function of a code image, its constants made when it is first
** called. */
#ifndef KRAIT_CODE_H
#define KRAIT_CODE_H

#include "vm/bytecode/image.h"
#include "vm/objects/function.h"

/* What is known about an image, hence what is verified when a function of it is first called.
**   COMPILED  by this program, now or when it sealed the cache's entry: nothing
**   SHARED    from a pack that somebody made: the code's structure, and what its registers hold;
**             its tables were verified
**   NOTHING   bytes from anywhere (marshal): as SHARED, and the tables first of all */
typedef enum ImageTrust { TRUST_COMPILED, TRUST_SHARED, TRUST_NOTHING } ImageTrust;

/* The bytes of an image, shared by its code objects; freed with the last of them. */
typedef struct ImageHolder {
  Object h;
  Image image; /* view into bytes */
  const uint8_t *bytes;
  size_t size;
  ImageMemory memory; /* how the bytes are given back */
  ImageTrust trust;
  /* [gc] by the image's constant numbers; UNBOUND: not made yet. Code constants are not kept */
  ValueArray *constants;
  ValueArray *strings; /* [gc] by the image's string numbers; UNBOUND: not made yet */
  /* [gc] by the image's function numbers; NULL: inner functions are of the file of the outer one */
  Tuple *filenames;
} ImageHolder;

struct Code {
  Object h;
  ImageHolder *holder; /* [gc] */
  ImageFunction fn;    /* view: counts, flags, bytes */
  uint32_t index;      /* of the function in its image */
  uint32_t co_flags;
  int32_t first_line;
  uint32_t runs;                   /* of module-like code: frames that run it now */
  Str *name, *qualname, *filename; /* [gc] */
  Tuple *constants;                /* [gc] or NULL until needed */
  Tuple *names;    /* [gc] interned; or NULL until needed. Made together with constants */
  Tuple *varnames; /* [gc] names of the named registers; or NULL until needed */
  Tuple *cellvars, *freevars;    /* [gc] or NULL until needed */
  struct ThreadedCode *threaded; /* [owned] list of translations */
  /* [owned] which temporaries are alive where (interp/liveness.h); or NULL until needed */
  struct LiveTable *live;
};

/* code_from_image: the module-level code object of an image. Takes over `bytes`.
** filename NULL: the image's own. NULL: exception pending (and bytes released). */
MUST_USE Code *code_from_image(VM *vm, const uint8_t *bytes, size_t size, ImageMemory memory,
                               ImageTrust trust, Str *filename);
/* code_of_image: function `index` of the image. */
MUST_USE Code *code_of_image(VM *vm, const uint8_t *bytes, size_t size, ImageMemory memory,
                             ImageTrust trust, Str *filename, uint32_t index);
/* code_materialise: constants and names exist and the function is verified afterwards; its code and
** lines are not looked at before. Raises: SystemError when the image is damaged in a way that its
** checksum does not show. */
MUST_USE MAY_RUN bool code_materialise(VM *vm, Code *code);
/* code_doc: the docstring or None; makes nothing else */
MUST_USE MAY_RUN Value code_doc(VM *vm, Code *code);
MUST_USE Str *code_varname(VM *vm, Code *code, int i);
/* code_shown_line: a line of the image's tables as replace(co_firstlineno=…) has moved it; it may
** wrap. */
static inline int32_t code_shown_line(const Code *code, int32_t line) {
  return (int32_t)((uint32_t)line + (uint32_t)code->first_line - (uint32_t)code->fn.firstlineno);
}
/* of the instruction at a byte offset; 0: none */
int code_line(Code *code, uint32_t offset);
static inline uint32_t code_named_registers(const Code *code) {
  return function_named_registers(&code->fn);
}
MUST_USE Tuple *code_varnames(VM *vm, Code *code);
MUST_USE Tuple *code_cellvars(VM *vm, Code *code);
MUST_USE Tuple *code_freevars(VM *vm, Code *code);

#endif
