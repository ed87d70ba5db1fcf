/* native.h -- how classes and modules written in C are declared: one row a method, in a .def file.
**
** A class `thing` has thing.def (its Python surface) and thing.c, which says
**
**     #define NATIVE_DEF "vm/objects/thing.def"
**     #define NATIVE_PREFIX thing_
**     #define NATIVE_SELF Thing *                     (optional: default is Value)
**     #include "vm/contracts/native_class.inc"           (declares argument structs, prototypes,
**                                                        tables)
**     static Value thing_append(VM *vm, Thing *self, const thing_append_args *a) { … a->object … }
**     …
**     const ClassSpec thing_class = { NATIVE_CLASS(thing_), .basic_size = sizeof(Thing), .trace =
**     thing_trace, … };
**
** A body stands under its full name, also where a macro writes it (tests/meta/bodies.py).
** How to add a method: a row in the .def, a function in the .c. A constructor, with keywords or
** without: the same, a NEW row. A class: those two files, and a row in core/types.def or
** core/late_types.def.
**
** Rows (all docs are the text of __doc__, without signature):
**   CLASS("module.thing", FLAGS, doc) name, TYPE_… flags or 0, doc or "". What is TYPE_INTERNAL,
**   seen by no Python, has no .def
**   METHOD(name, doc, params…)        thing.name(…)          body  Value thing_name(VM *, Self,
**                                     const thing_name_args *)
**   SLOT(name, doc, params…)          thing.__name__(…)      body  Value thing_op_name(VM *, Self,
**                                     const thing_op_name_args *)
**   SPECIAL(name, doc, params…)       the same for a __name__ that is a method and no slot of the
**                                     reference: __reduce__, __sizeof__
**   CLASSMETHOD(name, doc, params…)   self is the class (Value)
**   STATICMETHOD(name, doc, params…)  self is VALUE_NONE
**   RAW(name, doc, "signature")       body gets the call as it came: Value thing_name(VM *, Value
**                                     self, const Value *args, int npos, Tuple *kwnames);
**                                     "signature" is __text_signature__ ("($self, *args)") or ""
**   RAWSLOT, RAWSPECIAL               the same for __name__, body thing_op_name
**   GETTER(name, doc)                 read-only attribute: body Value thing_get_name(VM *, Self)
**   GETSET(name, doc)                 … and bool thing_set_name(VM *, Self, Value value)   value
**                                     MISSING: delete
**   MEMBER(name, doc, field)          read-only attribute: a Value of the struct, a
**                                     member_descriptor as the reference's
**   MEMBER_GETTER(name, doc)          the same for what is computed: body as GETTER's
**   CONST(name, value)                attribute of the class; value: an expression of `vm` and
**                                     `type`
** A module function row is METHOD or RAW with self = the module (Value).
** CLASSMETHOD_UNNAMED(cname, "pyname", doc, params…)  a CLASSMETHOD that the reference binds by a
**                                                     format
** text without a name: "function takes at most 1 argument (2 given)", and no signature
** METHOD_COUNTING(name, doc, params…)  a METHOD that the reference binds by a format text: it says
**                                      "name() takes at most 3 arguments (4 given)"; also
**                                      METHOD_COUNTING_AS,
**                                      CLASSMETHOD_COUNTING
** METHOD_COUNTING_FULL(name, doc, params…)  the same, but its full name when it refuses keywords
**
** Constructors; `label` is what their messages call them, mostly the class's name:
**   NEW(label, how, params…)   __new__: Value thing_construct(VM *, Type *cls, const
**                              thing_construct_args *)
**   INIT(label, how, params…)  __init__: Value thing_op_init(VM *, Self, const thing_op_init_args
**                              *)
**   BLANK()                    a new instance for __init__, whose arguments it leaves: Value
**                              thing_blank(VM *, Type *cls)
**   SIGNATURE("signature")     no constructor, but a signature that the class shows
**   RAWNEW("signature")        as RAW: Value thing_construct(VM *, Type *cls, const Value *args,
**                              int npos, Tuple *kwnames)
** The signature and the errors of the class come from the row. how: 0; METHOD_UNSHOWN, where the
** reference shows no signature; METHOD_COUNTS; METHOD_GRADUAL, where the reference binds by a
** format text. …_SIGNED forms take the signature's text before the parameters, where it cannot be
** made from them.
**
** What calling an instance does, __call__ (label and how as above):
**   CALL(label, how, params…)  body: Value thing_call(VM *, Self, const thing_call_args *)
**   RAWCALL()                  body: Value thing_call(VM *, Self, const Value *args, int npos,
**                              Tuple *kwnames)
**
** One .def for several classes has CLASS_AS(n, "module.name", FLAGS, doc) for each, what differs
** between them in NEW_AS(n, label, how, params…), CALL_AS(n, …), RAWCALL_AS(n), bodies
** thing_n_construct and thing_n_call, and their ClassSpecs say NATIVE_CLASS_AS(thing_, n). When all
** have one constructor: NATIVE_NAMES(thing_n_), NATIVE_TABLES(thing_). Several .defs may include
** one with what they have in common; then each has bodies of its own.
**
** Names whose Python spelling differs (or is a macro: bool): METHOD_AS(cname, "pyname", doc,
** params…), SLOT_AS.
**
** Params, in order; T is a converter type, d a default token:
**   POS(n, T)   OPT(n, T, d)    positional only, required / optional
**   PK(n, T)    PKO(n, T, d)    positional or keyword
**   KW(n, T)    KWO(n, T, d)    keyword only
**   VAR(n)  → Tuple *n          KWS(n) → Dict *n (NULL when empty)
**   _AS forms take (cname, "pyname", …) where the Python name is a C keyword; OPT_SHOWN,
**   OPT_AS_SHOWN, PKO_SHOWN and KWO_SHOWN a text after the default, which signatures show in its
**   place.
** Converters: Any (Value) · Index (int64_t, through __index__, OverflowError past int64) · Times
** (an Index of repetitions) · Int, FormatInt (int) · Long (int64_t) ·
**   Bool (truth) · IntBool (truth of an int) · Double · Str (Str *) · StrOrNone (Str * or NULL) ·
**   Bytes (Pin, of any bytes-like object). A file may define its own: c_Foo, convert_Foo(vm, value,
**   &out, spec, i), DEFAULT_Foo(token). A c_Foo that is a Pin or a BufferView is released by the
**   generated entry, however the call ends; the body does not.
** Defaults: Any: None True False MISSING(→ VALUE_MISSING) · Bool: True False · numbers: themselves
** · StrOrNone: None.
**
** An exact positional call copies nothing: the entry reads the caller's registers. (Of a
** constructor too: see type_call.) */
#ifndef KRAIT_NATIVE_H
#define KRAIT_NATIVE_H

#include "vm/contracts/buffer.h"
#include "vm/core/late_types.h"
#include "vm/core/vm.h"

typedef enum ParamKind { PARAM_POS, PARAM_PK, PARAM_KW, PARAM_VAR, PARAM_KWS } ParamKind;

typedef struct ParamSpec {
  const char *name;
  uint8_t kind; /* ParamKind */
  uint8_t optional;
  const char *type;         /* converter's name */
  const char *default_text; /* as Python shows it, or NULL */
} ParamSpec;

typedef struct MethodSpec MethodSpec;
/* one slot per parameter */
typedef Value (*BoundEntry)(VM *vm, const MethodSpec *spec, Value self, const Value *args);
typedef Value (*RawEntry)(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames);

enum {
  METHOD_CLASS = 1,
  METHOD_STATIC = 2,
  METHOD_RAW = 4,
  METHOD_SLOT = 8,
  METHOD_HAS_VAR = 16,
  METHOD_HAS_KWS = 32,
  METHOD_HAS_KEYWORDS = 64,   /* some parameter can be given by keyword */
  METHOD_NEEDS_KEYWORD = 256, /* some keyword-only parameter has no default */
  METHOD_NEW = 512,           /* a constructor: NEW, RAWNEW, BLANK or INIT */
  METHOD_COUNTS =
      1024, /* complains in the way "f() takes at most 2 arguments (3 given)"; a constructor of
                                 ** this kind does not look at keywords */
  METHOD_CALL = 4096, /* __call__: CALL or RAWCALL; complains as constructors do */
  /* converts each argument before it looks at the next, and tells of unknown names last */
  METHOD_GRADUAL = 8192,
  METHOD_TRIAL = 16384,   /* of a copy of such a row: convert, do not run the body */
  METHOD_UNNAMED = 32768, /* see CLASSMETHOD_UNNAMED */
  METHOD_UNSHOWN = 2048,  /* a constructor whose class has no __text_signature__ */
  /* Every parameter can be given by position, none takes the rest: npos_min to nparams
       ** arguments, the others VALUE_MISSING, are all that `entry` needs. */
  METHOD_PLAIN = 128,
  METHOD_BARE = 1 << 16 /* refuses keywords by its name alone: "f()", not "module.f()" */
};

struct MethodSpec {
  const char *name, *doc;
  /* what a constructor is called in messages; "": "function", NULL: as its class */
  const char *label;
  BoundEntry entry; /* NULL for METHOD_RAW */
  /* of METHOD_RAW, METHOD_CALL and METHOD_NEW, whose self is the class to make an instance of */
  RawEntry raw;
  const ParamSpec *params;
  /* all; positional required; positional at most (VAR not counted) */
  uint8_t nparams, npos_min, npos_max;
  uint8_t plain; /* METHOD_PLAIN: nparams + 1; else 0: one compare says that a call fits exactly */
  uint32_t flags;
  const char *signature; /* when it is not made from params, or NULL */
};

typedef struct GetSetSpec {
  const char *name, *doc;
  Value (*get)(VM *vm, Value self);
  bool (*set)(VM *vm, Value self, Value value); /* NULL: read-only */
  Value (*constant)(VM *vm, const Type *type);  /* of a CONST: the class attribute itself */
  /* shown as a member_descriptor: a Value at `offset`, or what `get` gives */
  bool is_member;
  uint32_t offset;
} GetSetSpec;

struct ClassSpec {
  /* name: "list", or "collections.deque" (module before the last dot) */
  const char *name, *doc;
  const MethodSpec *methods; /* [nmethods] */
  const GetSetSpec *getsets; /* [ngetsets] */
  uint16_t nmethods, ngetsets;
  uint32_t flags;      /* TYPE_… */
  uint32_t basic_size; /* bytes of the native part; for TYPE_VAR_SIZE the fixed head */
  /* of TYPE_HAS_DICT: where `extra` is when not behind the header, else 0 */
  uint16_t extra_offset;
  void (*trace)(Marker *marker, Object *self);
  void (*destroy)(VM *vm, Object *self);
  /* the laws of the struct, LAW lines (base/check.h): what the heap's verifier asks of each
  ** instance between any two allocations; given as VERIFIER(function). NULL: none are checked */
  bool (*verify)(const Object *self);
  /* to copy or pickle an instance, its attributes are enough, whatever else the struct holds */
  bool is_its_attributes;
  /* of a class with __del__: is there anything for it to do? NULL: always */
  bool (*has_last_words)(const Object *self);
  /* sets __next__ (and __iter__ when there is none: returns self) */
  Value (*next)(VM *vm, Value self);
  const MethodSpec *constructor; /* NEW row; all zero or NULL: inherited. Sets __new__ */
  const MethodSpec *caller;      /* CALL row; all zero or NULL: inherited. Sets __call__ */
};

typedef struct ModuleSpec {
  const char *name, *doc;
  const MethodSpec *methods;
  uint16_t nmethods;
  bool (*init)(VM *vm, Module *module); /* adds types and constants; false: exception pending */
} ModuleSpec;

/* NATIVE_CLASS(prefix): all that rows say of a ClassSpec. NATIVE_FUNCTIONS(prefix): the two fields
** of a ModuleSpec. */
#define NATIVE_NAMES(p) .name = p##class_name, .doc = p##class_doc, .flags = p##class_flags
#define NATIVE_CLASS(p) NATIVE_NAMES(p), NATIVE_TABLES(p)
#define NATIVE_TABLES(p) NATIVE_ROWS(p), .constructor = &p##constructor, .caller = &p##caller
#define NATIVE_CLASS_AS(p, n)                                                \
  NATIVE_NAMES(p##n##_), NATIVE_ROWS(p), .constructor = &p##n##_constructor, \
                                         .caller = &p##n##_caller
#define NATIVE_ROWS(p)                                                                   \
  .methods = p##methods, .nmethods = ARRAY_COUNT(p##methods) - 1, .getsets = p##getsets, \
  .ngetsets = ARRAY_COUNT(p##getsets) - 1
#define NATIVE_FUNCTIONS(p) .methods = p##methods, .nmethods = ARRAY_COUNT(p##methods) - 1

/* ---- binding a call to a spec's parameters (native/bind.c) */
/* native_call: calls spec with any mix of arguments; raises CPython's TypeErrors for a wrong number
** or name. */
MUST_USE MAY_RUN Value native_call(VM *vm, const MethodSpec *spec, Value self, const Value *args,
                                   int npos, Tuple *kwnames);

/* native_entry_by_raw: the entry of a row whose `raw` takes one argument a parameter as it is. */
MUST_USE MAY_RUN Value native_entry_by_raw(VM *vm, const MethodSpec *spec, Value self,
                                           const Value *args);
/* getset_descriptor_new: what a row becomes in its class's namespace (native/descriptor.c). */
MUST_USE Value getset_descriptor_new(VM *vm, Type *owner, const GetSetSpec *spec);
/* native_class_signature: a class's __text_signature__, or NULL when it has none
** (native/function.c). Raises: MemoryError. */
MUST_USE Str *native_class_signature(VM *vm, const Type *type);
/* native_bind_call: the same for a row that is not raw, without the guard of the C stack. */
MUST_USE MAY_RUN Value native_bind_call(VM *vm, const MethodSpec *spec, Value self,
                                        const Value *args, int npos, Tuple *kwnames);

/* ---- converters: the one place that knows how a Python value becomes a C parameter */
MUST_USE MAY_RUN bool convert_index_slow(VM *vm, Value v, int64_t *out, const MethodSpec *spec,
                                         int i);
MUST_USE MAY_RUN bool convert_times_slow(VM *vm, Value v, int64_t *out);
MUST_USE MAY_RUN bool convert_int_slow(VM *vm, Value v, int *out, const MethodSpec *spec, int i);
MUST_USE MAY_RUN bool convert_format_int_slow(VM *vm, Value v, int *out, const MethodSpec *spec,
                                              int i);
MUST_USE MAY_RUN bool convert_bool_slow(VM *vm, Value v, bool *out);
MUST_USE MAY_RUN bool convert_double_slow(VM *vm, Value v, double *out, const MethodSpec *spec,
                                          int i);
/* "f() argument 1 must be str, not int" */
COLD bool convert_fail(VM *vm, Value v, const char *expected, const MethodSpec *spec, int i);

typedef Value c_Any;
static inline bool convert_Any(VM *vm, Value v, c_Any *out, const MethodSpec *spec, int i) {
  *out = v;
  return true;
}
typedef int64_t c_Index;
MUST_USE MAY_RUN static inline bool convert_Index(VM *vm, Value v, c_Index *out,
                                                  const MethodSpec *spec, int i) {
  if (LIKELY(value_is_int(v))) {
    *out = value_as_int(v);
    return true;
  }
  return convert_index_slow(vm, v, out, spec, i);
}
/* Times: an Index that counts repetitions of a sequence */
typedef int64_t c_Times;
MUST_USE MAY_RUN static inline bool convert_Times(VM *vm, Value v, c_Times *out,
                                                  const MethodSpec *spec, int i) {
  if (LIKELY(value_is_int(v))) {
    *out = value_as_int(v);
    return true;
  }
  return convert_times_slow(vm, v, out);
}
typedef int64_t c_Long;
MUST_USE MAY_RUN bool convert_long_slow(VM *vm, Value v, int64_t *out);
MUST_USE MAY_RUN static inline bool convert_Long(VM *vm, Value v, c_Long *out,
                                                 const MethodSpec *spec, int i) {
  if (UNLIKELY(!value_is_int(v))) return convert_long_slow(vm, v, out);
  *out = value_as_int(v);
  return true;
}
typedef int c_Int;
MUST_USE MAY_RUN static inline bool convert_Int(VM *vm, Value v, c_Int *out, const MethodSpec *spec,
                                                int i) {
  return convert_int_slow(vm, v, out, spec, i);
}
/* FormatInt: an int that CPython reads by the format "i", whose OverflowError has other words. */
typedef int c_FormatInt;
MUST_USE MAY_RUN static inline bool convert_FormatInt(VM *vm, Value v, c_FormatInt *out,
                                                      const MethodSpec *spec, int i) {
  return convert_format_int_slow(vm, v, out, spec, i);
}
typedef bool c_Bool;
MUST_USE MAY_RUN static inline bool convert_Bool(VM *vm, Value v, c_Bool *out,
                                                 const MethodSpec *spec, int i) {
  if (value_is_bool(v)) {
    *out = v == VALUE_TRUE;
    return true;
  }
  return convert_bool_slow(vm, v, out);
}
/* IntBool: a truth that older functions take as an int. TypeError for what is none. */
typedef bool c_IntBool;
MUST_USE MAY_RUN static inline bool convert_IntBool(VM *vm, Value v, c_IntBool *out,
                                                    const MethodSpec *spec, int i) {
  int n;
  if (value_is_bool(v)) {
    *out = v == VALUE_TRUE;
    return true;
  }
  if (!convert_int_slow(vm, v, &n, spec, i)) return false;
  *out = n != 0;
  return true;
}
typedef double c_Double;
MUST_USE MAY_RUN static inline bool convert_Double(VM *vm, Value v, c_Double *out,
                                                   const MethodSpec *spec, int i) {
  if (LIKELY(value_is_float(v))) {
    *out = value_as_float(v);
    return true;
  }
  return convert_double_slow(vm, v, out, spec, i);
}
typedef Str *c_Str;
MUST_USE static inline bool convert_Str(VM *vm, Value v, c_Str *out, const MethodSpec *spec,
                                        int i) {
  if (UNLIKELY(!value_is_str(v))) return convert_fail(vm, v, "str", spec, i);
  *out = value_object(v);
  return true;
}
typedef Str *c_StrOrNone;
MUST_USE static inline bool convert_StrOrNone(VM *vm, Value v, c_StrOrNone *out,
                                              const MethodSpec *spec, int i) {
  if (v == VALUE_NONE) {
    *out = NULL;
    return true;
  }
  if (UNLIKELY(!value_is_str(v))) return convert_fail(vm, v, "str or None", spec, i);
  *out = value_object(v);
  return true;
}
/* Bytes: of any bytes-like object. They stay put until the body has returned, also while later
** converters run Python. */
typedef Pin c_Bytes;
MUST_USE static inline bool convert_Bytes(VM *vm, Value v, c_Bytes *out, const MethodSpec *spec,
                                          int i) {
  return pin_of(vm, v, out);
}

/* What a parameter holds is given back after the body, or when a later converter fails: by its C
** type. */
static inline void release_nothing(VM *vm, const void *parameter) {}
#define NATIVE_RELEASE(vm, parameter)  \
  _Generic((parameter), Pin *          \
           : pin_release, BufferView * \
           : buffer_release, default   \
           : release_nothing)((vm), (parameter))

#define VALUE_DEFAULT_None VALUE_NONE
#define VALUE_DEFAULT_True VALUE_TRUE
#define VALUE_DEFAULT_False VALUE_FALSE
#define VALUE_DEFAULT_MISSING VALUE_MISSING
#define BOOL_DEFAULT_True true
#define BOOL_DEFAULT_False false
#define STR_DEFAULT_None NULL
#define DEFAULT_Any(x) VALUE_DEFAULT_##x
#define DEFAULT_Bool(x) BOOL_DEFAULT_##x
#define DEFAULT_IntBool(x) BOOL_DEFAULT_##x
#define DEFAULT_Index(x) (x)
#define DEFAULT_Long(x) (x)
#define DEFAULT_Int(x) (x)
#define DEFAULT_FormatInt(x) (x)
#define DEFAULT_Double(x) (x)
#define DEFAULT_StrOrNone(x) STR_DEFAULT_##x
#define DEFAULT_Str(x) STR_DEFAULT_##x

#define NATIVE_UNWRAP_VALUE(v) (v)
#define NATIVE_UNWRAP_TYPE(v) ((Type *)value_object(v))
#define NATIVE_CALL_DOC "Call self as a function."
#define NATIVE_INIT_DOC "Initialize self.  See help(type(self)) for accurate signature."

#endif
