/* ctypes.h -- what the files of _ctypes share: what C sees of a class, instances and where their
** memory is, arguments of foreign calls.
**
** A class made by one of the metaclasses is a CType: a Type with a Layout. The six static bases
** (Structure, Array …) have none: they are abstract.
*/
#ifndef KRAIT_CTYPES_H
#define KRAIT_CTYPES_H

#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/memory/heap.h"
#include "vm/objects/bytes.h"
#include "vm/objects/dict.h"
#include "vm/objects/tuple.h"

#include <ffi.h>

typedef enum CKind { C_SIMPLE, C_STRUCT, C_UNION, C_ARRAY, C_POINTER, C_FUNCTION } CKind;

/* flags of function types: FUNCFLAG_… */
enum { CALL_CDECL = 1, CALL_PYTHONAPI = 4, CALL_USE_ERRNO = 8, CALL_USE_LASTERROR = 16 };

/* A letter that a simple type's _type_ may be. `set` answers with what must stay alive as long as
** the memory holds the value: None mostly. */
typedef struct Letter {
  char letter, pep; /* pep: in formats of buffers */
  uint8_t size;
  bool is_int, is_signed; /* is_int: may be a bit field */
  ffi_type *ffi;
  Value (*get)(VM *vm, const void *at);
  Value (*set)(VM *vm, void *at, Value v);
} Letter;
extern const char code_letters[];
const Letter *code_of_letter(uint32_t letter); /* NULL: there is none */
MUST_USE Value code_get(VM *vm, const Letter *code, bool swapped, const void *at);
MUST_USE MAY_RUN Value code_set(VM *vm, const Letter *code, bool swapped, void *at, Value v);
/* ints as C converts them, and the contents of c_char and c_wchar arrays (codes.c) */
MUST_USE MAY_RUN bool int_as_bits(VM *vm, Value v, uint64_t *out);
MUST_USE Value wide_text(VM *vm, const wchar_t *at, size_t n);
/* wide_copy: a bytes object of wchar_t with a zero behind them */
MUST_USE Bytes *wide_copy(VM *vm, Str *s);
MUST_USE Value text_get(VM *vm, bool is_wide, const void *at, size_t size);
MUST_USE bool text_set(VM *vm, bool is_wide, void *at, size_t size, Value v);

/* Law: is_final once an instance, a subclass or a field of this type exists: it cannot change any
** more. `length` is how many places of _objects an instance has: 0: it keeps one object. */
typedef struct Layout {
  Object h;
  uint8_t kind; /* CKind */
  bool is_final, is_swapped, has_bits, is_char_text;
  int32_t flags, ndim; /* flags: of C_FUNCTION */
  size_t size, align;
  int64_t length;
  const Letter *code; /* of C_SIMPLE */
  Value item;         /* class of the items or of what a pointer points to, or NONE */
  /* of C_FUNCTION, UNBOUND or NULL: none given. Two items an argument: the class, if it converts in
  ** the ordinary way, or None; what converts it. */
  Value argtypes, restype, checker;
  Tuple *converters; /* [gc] */
  Bytes *format;     /* [gc] of buffers */
  RawBytes *shape;   /* [gc] int64_t[ndim] or NULL */
  Tuple *parts;      /* [gc] of C_STRUCT and C_UNION: class, offset, class, offset … */
  ffi_type *ffi;     /* static, or &aggregate */
  ffi_type aggregate;
  RawBytes *elements; /* [gc] of `aggregate`: ffi_type *[], NULL at the end */
} Layout;

typedef struct CType {
  Type type;
  Value layout; /* a Layout or UNBOUND */
} CType;

/* Law: bytes == inline_bytes, or store->bytes, or memory of `base`, or foreign memory. Whoever owns
** its memory has no base. */
typedef struct CData {
  Object h;
  uint8_t *bytes;
  uint8_t inline_bytes[16];
  RawBytes *store; /* [gc] */
  Value base;      /* whose memory this is a part of, or UNBOUND */
  Value objects;   /* what must stay alive: a dict, any value, or UNBOUND */
  size_t size;     /* bytes; more than the type's after resize() */
  int64_t index;   /* place in base */
} CData;

typedef struct CFunction {
  CData data;
  Value callable, errcheck;         /* UNBOUND: none */
  Value argtypes, restype, checker; /* UNBOUND: the type's */
  Tuple *converters;                /* [gc] NULL: the type's */
  Tuple *paramflags;                /* [gc] or NULL */
  Object *thunk;                    /* [gc] its machine code, when it is a callback */
  RawBytes *plan;                   /* [gc] CallPlan of the last call */
} CFunction;

typedef struct CField {
  Object h;
  Value type;          /* the class of the field */
  const Letter *plain; /* of a simple value as the machine has it; NULL: of all else */
  int64_t offset, size, index;
  int16_t bits, shift; /* bits 0: no bit field */
  bool is_text;        /* array of char or wchar: read as bytes or str */
  bool is_anonymous;   /* its own fields are fields of the class around it, too */
} CField;

/* What is passed to a function. Law: data points to `as`, or to the bytes of an aggregate. */
typedef union CWord {
  uint64_t bits;
  int64_t n;
  int i;
  void *pointer;
  float f;
  double d;
  long double g;
} CWord;
typedef struct CArgument { /* CArgObject */
  Object h;
  char tag;
  ffi_type *ffi;
  CWord as;
  void *bytes; /* of an aggregate, else NULL */
  Value object;
} CArgument;

/* ---- layout.c */
void ctype_trace(Marker *marker, Object *self);
void cdata_trace(Marker *marker, Object *self);
void cfunction_trace(Marker *marker, Object *self);
static inline bool type_is_ctype(const Type *type) {
  return object_type(type)->trace == ctype_trace;
}
/* layout_of_type: NULL: an abstract one, or no C type at all */
static inline Layout *layout_of_type(const Type *type) {
  if (!type_is_ctype(type) || !type_has(type, TYPE_HEAP)) return NULL;
  Value layout = ((const CType *)type)->layout;
  return layout == VALUE_UNBOUND ? NULL : value_object(layout);
}
static inline Layout *layout_of_value(Value v) { /* of a value that may be a class */
  return value_is_type(v) ? layout_of_type(value_object(v)) : NULL;
}
static inline bool value_is_cdata(Value v) {
  if (!value_is_pointer(v)) return false;
  const Type *type = object_type(value_object(v));
  return type->trace == cdata_trace || type->trace == cfunction_trace;
}
/* layout_of_cdata: of an instance, never NULL: abstract classes have none */
static inline Layout *layout_of_cdata(const void *data) {
  return value_object(((const CType *)object_type(data))->layout);
}
static inline Layout *layout_of_instance(Value v) { /* NULL: no instance */
  return value_is_cdata(v) ? layout_of_cdata(value_object(v)) : NULL;
}
MUST_USE NEVER_NULL Layout *layout_new(VM *vm, CKind kind);
MUST_USE NEVER_NULL Layout *layout_copy(VM *vm, const Layout *from);
void type_set_layout(VM *vm, Type *type, Layout *layout);
/* type_is_plain: are its instances read as plain values? Simple types right under _SimpleCData
** are, their subclasses are not. */
bool type_is_plain(const Type *type);
bool layout_is_char(const Layout *layout, char letter); /* of a simple type of this letter */
MUST_USE bool layout_set_format(VM *vm, Layout *layout, const char *format, size_t n);
/* layout_describe: the format with its shape, "(2,3)<i", as it stands inside others */
MUST_USE MAY_RUN Str *layout_describe(VM *vm, const Layout *layout);
MUST_USE bool layout_set_aggregate(VM *vm, Layout *layout); /* ffi, from parts */

/* ---- data.c: instances */
MUST_USE Value cdata_at(VM *vm, Type *type, void *address);
MUST_USE Value cdata_part(VM *vm, Type *type, CData *base, int64_t index, void *address);
MUST_USE Value cdata_copy_of(VM *vm, Type *type, const void *bytes);
/* cdata_keep: as long as target's memory lives, `keep` lives; it takes the place of what was kept
** for `index` before. */
MUST_USE MAY_RUN bool cdata_keep(VM *vm, CData *target, int64_t index, Value keep);
MUST_USE Value cdata_objects(VM *vm, CData *target);
/* reading and writing a value of `type` at `at`, which is part of `data` */
MUST_USE Value cdata_load(VM *vm, Type *type, CData *data, int64_t index, void *at);
MUST_USE MAY_RUN bool cdata_store(VM *vm, Type *type, CData *data, int64_t index, size_t size,
                                  void *at, Value v);
/* cdata_construct: body of __new__ of all of them */
MUST_USE Value cdata_construct(VM *vm, Type *type);
void cdata_register(void);

/* cdata_spans: are these bytes its own? (An instance whose __class__ was assigned may have fewer
** than its new class wants.) */
static inline bool cdata_spans(const CData *data, int64_t offset, size_t n) {
  return offset >= 0 && n <= data->size && (size_t)offset <= data->size - n;
}
COLD Value cdata_raise_short(VM *vm, const CData *data);

/* ---- metaclass.c */
MUST_USE MAY_RUN Value ctype_make(VM *vm, Type *meta, const Value *args, int npos, Tuple *kwnames);
MUST_USE MAY_RUN Value ctype_from_address(VM *vm, Type *type, Value address);
MUST_USE MAY_RUN Value ctype_from_buffer(VM *vm, Type *type, Value object, int64_t offset);
MUST_USE MAY_RUN Value ctype_from_buffer_copy(VM *vm, Type *type, Value object, int64_t offset);
MUST_USE MAY_RUN Value ctype_in_dll(VM *vm, Type *type, Value dll, Value name);
MUST_USE MAY_RUN Value ctype_times(VM *vm, Type *type, Value count);
MUST_USE MAY_RUN Value ctype_pointer_to(VM *vm, Value type); /* POINTER(type) */
MUST_USE MAY_RUN bool pointer_set_type(VM *vm, Layout *layout, Value to);

/* ---- aggregate.c */
MUST_USE MAY_RUN bool aggregate_begin(VM *vm, Type *type, CKind kind);
MUST_USE MAY_RUN bool aggregate_set_attribute(VM *vm, Type *type, Value name, Value v);

/* ---- field.c */
/* Where the next field comes: bytes so far, and the word that bit fields fill (bits 0: none). */
typedef struct FieldPlace {
  int64_t offset, size, align, pack;
  int64_t word_bits, used_bits;
  bool big_endian;
} FieldPlace;
MUST_USE NEVER_NULL CField *field_new(VM *vm, Value type, int64_t index, int bits,
                                      FieldPlace *place);
MUST_USE NEVER_NULL CField *field_lift(VM *vm, const CField *inner, int64_t index, int64_t offset);

/* ---- convert.c: arguments */
MUST_USE MAY_RUN Value ctype_from_param(VM *vm, Type *type, Value v);
/* argument_convert: any value as an argument, by its own type; number counts from 1, for
** messages. */
MUST_USE MAY_RUN bool argument_convert(VM *vm, Value v, int number, CArgument *out);
/* argument_by_type: what from_param and argument_convert do one after the other, when `type` has
** the ordinary from_param. */
MUST_USE MAY_RUN bool argument_by_type(VM *vm, Type *type, Value v, int number, CArgument *out);
MUST_USE Value argument_by_reference(VM *vm, Value data, int64_t offset);
/* ctypes_extend_error: the pending exception becomes one of `cls`, its text behind `prefix`. */
COLD MAY_RUN bool ctypes_extend_error(VM *vm, Type *cls, const char *format, ...);

/* ---- types of functions and calls */
/* read_argtypes: the converters of these classes; as Layout says */
MUST_USE MAY_RUN bool read_argtypes(VM *vm, Value v, Tuple **converters);
MUST_USE MAY_RUN bool read_restype(VM *vm, Value v, const char *message, Value *checker);
typedef struct CallTarget {
  void *address;
  int flags;
  Tuple *converters;      /* or NULL */
  Value restype, checker; /* restype UNBOUND: int, and nothing to convert */
  CFunction *function;    /* keeps the plan of the call; or NULL */
} CallTarget;
MUST_USE MAY_RUN Value foreign_call(VM *vm, const CallTarget *target, const Value *args, int n);
/* paramflags.c */
MUST_USE MAY_RUN bool paramflags_check(VM *vm, const Layout *layout, Value flags, Tuple **out);
/* paramflags_call: calls self's target with what the flags make of the arguments */
MUST_USE MAY_RUN Value paramflags_call(VM *vm, CFunction *self, const Value *args, int npos,
                                       Tuple *kwnames);
/* function_invoke: the call as a whole, errcheck included; *replaced: errcheck has decided what it
** gives */
MUST_USE MAY_RUN Value function_invoke(VM *vm, CFunction *self, const Value *args, int n,
                                       bool *replaced);
enum { ARGUMENTS_MAX = 1024 };
/* closure.c */
MUST_USE MAY_RUN Object *thunk_new(VM *vm, Value callable, const Layout *layout);
void *thunk_address(const Object *thunk);
int *ctypes_errno(void);      /* the thread's own copy */
void ctypes_swap_errno(void); /* … changes places with errno */
/* int_as_address: of an int; raises OverflowError when no address has so many bits */
MUST_USE bool int_as_address(VM *vm, Value n, void **out);
/* name_in_library: a str as UTF-8 without a NUL, as bytes */
MUST_USE MAY_RUN Value name_in_library(VM *vm, Value name);
/* raise_dlerror: what dlerror tells; UnicodeDecodeError when it is not UTF-8 */
COLD MAY_RUN Value raise_dlerror(VM *vm, Type *type);
/* library_symbol: NULL: raised; `missing` when the library does not have it */
MUST_USE MAY_RUN void *library_symbol(VM *vm, Value dll, Value name, Type *missing);

extern struct CtypesState {
  Value argument_error;
  Dict *pointer_types; /* [gc] _pointer_type_cache */
  Dict *array_types;   /* [gc] (type, length) to class */
  int optimize_flag;   /* Py_OptimizeFlag: what sys.flags.optimize began as */
} ctypes_state;

#endif
