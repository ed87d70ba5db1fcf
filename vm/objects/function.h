/* function.h -- functions, cells, methods, the functions of C and their descriptors. */
#ifndef KRAIT_FUNCTION_H
#define KRAIT_FUNCTION_H

#include "vm/objects/dict.h"
#include "vm/objects/tuple.h"

typedef struct Code Code; /* objects/code.h */
struct ThreadedCode;
struct MethodSpec;

typedef struct Cell {
  Object h;
  Value value;
} Cell; /* VALUE_UNBOUND when empty */

typedef struct Function {
  Object h;
  Object *extra; /* [gc] __dict__ */
  Code *code;    /* [gc] */
  /* [borrowed: code] translated code for (code, globals), or NULL before the first call */
  struct ThreadedCode *threaded;
  Dict *globals;        /* [gc] */
  Dict *builtins;       /* [gc] */
  Tuple *closure;       /* [gc] of Cell, or NULL */
  Tuple *defaults;      /* [gc] or NULL */
  Dict *kwdefaults;     /* [gc] or NULL */
  Str *name, *qualname; /* [gc] */
  Value module, doc;    /* doc UNBOUND: as the code says */
  /* dict, a tuple of alternating names and values not yet turned into one, or VALUE_NONE */
  Value annotations;
} Function;

typedef struct Method {
  Object h;
  Value function, self;
} Method; /* bound method */

/* built-in functions, methods and their descriptors: builtin_function_or_method, method_descriptor,
** wrapper_descriptor, method_wrapper, classmethod_descriptor */
typedef struct NativeFunction {
  Object h;
  const struct MethodSpec *spec;
  Value self;   /* bound receiver, the module, or VALUE_UNBOUND (descriptors) */
  Type *owner;  /* [gc] class it was found in; NULL for module functions */
  Value module; /* name of the module (Str) or VALUE_NONE */
} NativeFunction;

typedef struct GetSetDescriptor {
  Object h;
  const struct GetSetSpec *spec;
  Type *owner;
} GetSetDescriptor;
/* member_descriptor: a slot of __slots__ (offset in the instance; UNBOUND when unset) */
typedef struct MemberDescriptor {
  Object h;
  Str *name;
  Type *owner;
  uint32_t offset; /* 0: from_end, or through getset */
  /* bytes before the end of the cell, where the instances are of variable size */
  uint32_t from_end;
  bool readonly;
  Value doc;
  /* a native attribute that programs know as a member (function.__globals__), or NULL */
  const struct GetSetSpec *getset;
} MemberDescriptor;
/* classmethod, staticmethod */
typedef struct Wrapper {
  Object h;
  Object *extra;
  Value callable;
} Wrapper;

MUST_USE Function *function_new(VM *vm, Code *code, Dict *globals);
MUST_USE Value method_new(VM *vm, Value function, Value self);
/* native_function_new: module function */
MUST_USE Value native_function_new(VM *vm, const struct MethodSpec *spec, Value self,
                                   Value module_name);

#endif
