/* object.h -- the header of every heap cell, and what shapes and types say about it.
**
** Header, 8 bytes:   u32 shape (address below 4 GB)  |  u32 bits (low 8: collector; high 24: the
**                    type's own use)
**
** Shapes live in a region at a fixed low address, so a type test is one 32-bit compare with a
** constant: the root shape of built-in type number i stands at SHAPE_BASE + i * sizeof(Shape)
** (types.def gives the numbers).
**
** Attribute storage ("extra") of an instance whose type allows attributes:
**     SHAPE_SLOTS   slot i < inline_capacity inline at type->slots_offset + 8i; the rest in the
**                   ValueArray at `extra`
**     SHAPE_DICT    all attributes in the Dict at `extra` (NULL: none yet)
** `extra` is a raw pointer at type->extra_offset; for types of variable size (int, str, bytes,
** tuple subclasses) it is the last 8 bytes of the cell, behind the members of __slots__, and the
** shape is always SHAPE_DICT. obj.__dict__ turns the object to SHAPE_DICT.
*/
#ifndef KRAIT_OBJECT_H
#define KRAIT_OBJECT_H

#include "vm/base/libraries.h"
#include "vm/core/value.h"

struct Object {
  uint32_t shape;
  uint32_t bits;
};

enum {
  /* survived a collection and is not remembered: stores into it need the barrier's slow path */
  OBJ_OLD = 1,
  OBJ_FINALIZED = 2,   /* its __del__ has run */
  OBJ_WEAKREFS = 4,    /* there are weak references to it (side table) */
  OBJ_NO_GC_TRACK = 8, /* unused by the collector; gc.is_tracked bookkeeping */
  /* not in the heap. Built-in types are roots; ready ones are OBJ_OLD after a collection, others
  ** never */
  OBJ_STATIC = 16,
  OBJ_USER_SHIFT = 8, /* bits >> 8 belong to the object's type */
};

typedef struct Str Str;
typedef struct Dict Dict;
typedef struct Tuple Tuple;

typedef enum ShapeKind { SHAPE_NONE, SHAPE_SLOTS, SHAPE_DICT } ShapeKind;

/* Law: key is unique among all shapes at any time, and is drawn anew for all shapes of a type and
** its subclasses whenever the type changes in a way that can change the meaning of an attribute: an
** inline cache that compares keys needs no other guard. (A plain value, no descriptor, that takes
** another's place is no such change: caches hold where it is.) A change of what an attribute's
** value does when it is looked up (its type gains or loses __get__, __set__ or __delete__, its
** __class__ is assigned, a property is initialised again) draws all keys of all classes anew, and
** so does a change of a metaclass, which stands before what its classes have; a class whose
** __class__ is assigned gets a new key. Numbers are never drawn twice: when they are used up, what
** changes or is new gets KEY_NONE, which no cache may hold. What has a number keeps it. The stamps
** of dicts (dict.h) follow the same rule. */
#define KEY_LAST (UINT32_MAX - 2)
#define STAMP_WATCHED (UINT32_MAX - 1) /* of dicts only: see dict_watch */
#define KEY_NONE UINT32_MAX
static inline bool key_is_cacheable(uint32_t key) { return key <= KEY_LAST; }
static inline uint32_t key_draw(uint32_t *counter) {
  return *counter < KEY_LAST ? ++*counter : KEY_NONE;
}

struct Shape {
  Type *type;   /* [gc] */
  uint32_t key; /* what inline caches compare */
  uint8_t kind; /* ShapeKind */
  uint8_t reserved;
  uint16_t inline_capacity; /* slots that fit in the object */
  uint16_t slot_count;      /* names from the root to here */
  uint16_t table_mask;
  Str *name; /* [gc] the name this shape adds to its parent; NULL for a root */
  Shape *parent;
  Shape *next_of_type;            /* all shapes of a type, newest first */
  Shape *child;                   /* the only transition, or NULL … */
  struct ShapeTable *transitions; /* [owned] … or the table of them */
  /* [owned] name → slot of this shape and its ancestors, made by a lookup that walked far */
  struct ShapeIndex *index;
};
static_assert(sizeof(Shape) <= 80, "shapes stay small");
static inline uint32_t shape_address(const Shape *shape) { return (uint32_t)(uintptr_t)shape; }

/* Above any start of the brk heap (a randomised gigabyte behind a fixed-address program), below the
** sanitizers' shadow. */
#define SHAPE_BASE UINT32_C(0x60000000)
#define SHAPE_REGION_SIZE ((size_t)256 << 20)
#define SHAPE_STRIDE 80

/* ---- built-in types: numbers and static storage */
typedef enum TypeIndex {
#define TYPE(name, base) TYPE_##name,
#include "vm/core/types.def"
#undef TYPE
  /* these are made ready at the start; behind them late_types.h, with their modules */
  TYPE_EARLY_COUNT
} TypeIndex;

/* constant: root shape of a built-in type */
#define SHAPE_OF(name) (SHAPE_BASE + (uint32_t)TYPE_##name * SHAPE_STRIDE)
/* Type *: a built-in type */
#define TYPE_OF(name) (&builtin_types[TYPE_##name])

static inline Shape *object_shape(const Object *object) {
  return (Shape *)(uintptr_t)object->shape;
}
static inline Type *object_type(const void *object) {
  return object_shape((const Object *)object)->type;
}
static inline bool value_has_shape(Value v, uint32_t shape) {
  return value_is_pointer(v) && ((const Object *)value_object(v))->shape == shape;
}
/* value_is(v, list): exactly a list, not an instance of a subclass. */
#define value_is(v, name) value_has_shape((v), SHAPE_OF(name))

/* ---- the special methods */
typedef enum Special {
#define SPECIAL(name) SPECIAL_##name,
#include "vm/core/specials.def"
#undef SPECIAL
  SPECIAL_COUNT
} Special;

typedef struct Marker Marker;
typedef struct ClassSpec ClassSpec;

enum {                    /* Type.flags */
       TYPE_HEAP = 1,     /* made by a class statement or type(): mutable */
       TYPE_BASE = 2,     /* may be subclassed */
       TYPE_HAS_DICT = 4, /* instances have attributes of their own */
       TYPE_VAR_SIZE = 8, /* instances have variable size: extra is at the cell's end */
       TYPE_HAS_DEL = 16, /* instances need finalization (__del__) */
       TYPE_WEAKREFABLE = 32,
       TYPE_ABSTRACT = 64, /* has unimplemented abstract methods */
       TYPE_INT_SUBCLASS = 1 << 8,
       TYPE_STR_SUBCLASS = 1 << 9,
       TYPE_LIST_SUBCLASS = 1 << 10,
       TYPE_TUPLE_SUBCLASS = 1 << 11,
       TYPE_DICT_SUBCLASS = 1 << 12,
       TYPE_BYTES_SUBCLASS = 1 << 13,
       TYPE_TYPE_SUBCLASS = 1 << 14,
       /* set or frozenset */
       TYPE_EXCEPTION_SUBCLASS = 1 << 15,
       TYPE_FLOAT_SUBCLASS = 1 << 16,
       TYPE_SET_SUBCLASS = 1 << 17,
       TYPE_COMPLEX_SUBCLASS = 1 << 18,
       TYPE_BYTEARRAY_SUBCLASS = 1 << 19,
       TYPE_MODULE_SUBCLASS = 1 << 20,
       TYPE_MATCH_SEQUENCE = 1 << 21,
       TYPE_MATCH_MAPPING = 1 << 22,
       TYPE_INTERNAL = 1 << 23, /* cells that are no Python objects: arrays, tables */
       TYPE_NO_POINTERS =
           1 << 24, /* instances hold no pointers: allocated in blocks that are never scanned */
       TYPE_READY = 1 << 25,
       TYPE_DISALLOW_NEW = 1 << 26,  /* type(x)() says "cannot create 'x' instances" */
       TYPE_PLAIN_GETATTR = 1 << 27, /* __getattribute__ is object's and there is no __getattr__ */
       TYPE_PLAIN_SETATTR = 1 << 28, /* __setattr__ and __delattr__ are object's */
};

/* A class. Built-in ones are static, classes of the program are heap objects.
** Law: specials[i] is the value that an MRO lookup of the i-th special name finds (raw, unbound),
** or VALUE_UNBOUND; type_modified (contracts/type.h) restores it after every change of a dict in
** the MRO. native is the nearest built-in class: the class itself, if it is one. hashes_as and
** compares_as are SHAPE_OF(object), if __hash__ (all six comparisons) are object's, or else
** SHAPE_OF(native), if they are its; 0: they are others (perf-note 0072). */
struct Type {
  Object header;
  Dict *attrs;           /* [gc] the class's own namespace */
  Str *name, *qualname;  /* [gc] */
  Tuple *bases, *mro;    /* [gc] */
  Type *base;            /* [gc] the base that gives the layout */
  Shape *shape;          /* [owned] root shape of new instances */
  Shape *shapes;         /* all shapes of the type (Shape.next_of_type) */
  Shape *dict_shape;     /* the one of kind SHAPE_DICT among them, or NULL; made by shape_dict_of */
  Object *subclasses;    /* [gc] ValueArray of weak entries, see runtime/type.c */
  const ClassSpec *spec; /* how the nearest built-in type was declared; inherited by heap types */
  const struct StructSequenceSpec *fields; /* of a class of struct sequences, else NULL */
  const Type *native;
  uint32_t hashes_as, compares_as;
  uint32_t flags;
  /* drawn anew with the shapes' keys: caches on the class itself compare it */
  uint32_t key;
  uint32_t basic_size;   /* bytes of the native part, header included */
  uint16_t extra_offset; /* where `extra` is; 0: none or (TYPE_VAR_SIZE) at the cell's end */
  uint16_t slots_offset; /* where inline slot 0 is */
  /* basic_size + extra + inline slots: what object_new allocates; variable size: see type_tail */
  uint32_t cell_size;
  uint32_t learned_slots; /* most slots an instance has had */
  uint32_t shape_count;   /* length of `shapes` */
  /* how C code works on instances; inherited, then overridden by ClassSpec rows */
  /* marks what the native part holds; NULL: nothing */
  void (*trace)(Marker *marker, Object *self);
  /* frees what is outside the heap when a dead instance is swept */
  void (*destroy)(VM *vm, Object *self);
  /* could the finalizer (a native __del__) of this dead instance do anything? NULL: always */
  bool (*has_last_words)(const Object *self);
  /* iterator step: value, VALUE_STOP or VALUE_FAIL; NULL: use specials */
  Value (*next)(VM *vm, Value self);
  /* see contracts/call.h; NULL: specials */
  Value (*call)(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames);
  /* a built-in type's own NEW row, or NULL */
  Value (*construct)(VM *vm, Value cls, const Value *args, int npos, Tuple *kwnames);
  Value specials[SPECIAL_COUNT];
};

extern Type builtin_types[];

/* value_type: the class of any value, never NULL. */
extern Type *const special_types[16];
static inline Type *value_type(Value v) {
  if (value_is_pointer(v)) return object_type(value_object(v));
  if (value_is_int(v)) return TYPE_OF(int);
  if (value_is_float(v)) return TYPE_OF(float);
  return special_types[(v >> 3) & 15];
}
static inline bool type_has(const Type *type, uint32_t flag) { return (type->flags & flag) != 0; }
/* value_shape: of any value; of an immediate the root shape of its class. */
static inline const Shape *value_shape(Value v) {
  if (LIKELY(value_is_pointer(v))) return object_shape((const Object *)value_object(v));
  if (value_is_int(v)) return (const Shape *)(uintptr_t)SHAPE_OF(int);
  if (value_is_float(v)) return (const Shape *)(uintptr_t)SHAPE_OF(float);
  return special_types[(v >> 3) & 15]->shape;
}
/* type_tail: bytes at the end of an instance of variable size: members of __slots__ (the oldest
** class's are last) and `extra`. */
static inline uint32_t type_tail(const Type *type) {
  return type_has(type, TYPE_HEAP) ? type->cell_size : 0;
}
/* value_is_instance_of_flag(v, TYPE_LIST_SUBCLASS): a list or an instance of a subclass of list. */
static inline bool value_has_flag(Value v, uint32_t flag) {
  return value_is_pointer(v) && (object_type(value_object(v))->flags & flag) != 0;
}
static inline bool value_is_str(Value v) { return value_has_flag(v, TYPE_STR_SUBCLASS); }
static inline bool value_is_type(Value v) { return value_has_flag(v, TYPE_TYPE_SUBCLASS); }
static inline bool value_is_any_int(Value v) { /* int, bool, heap int, subclasses */
  return value_is_int(v) || v == VALUE_FALSE || v == VALUE_TRUE ||
         value_has_flag(v, TYPE_INT_SUBCLASS);
}
static inline bool value_is_any_float(Value v) {
  return value_is_float(v) || value_has_flag(v, TYPE_FLOAT_SUBCLASS);
}

static inline Value type_special(const Type *type, Special which) { return type->specials[which]; }
static inline Value value_special(Value v, Special which) { return value_type(v)->specials[which]; }
/* special_shape: SHAPE_OF the built-in class whose method of this name the object's class has, as
** it is or inherits from that class; 0: it has another. The C body of that class may run on it. */
static inline uint32_t special_shape(const void *object, Special which) {
  const Type *type = object_type(object), *native = type->native;
  bool same = type->specials[which] == native->specials[which];
  return same ? shape_address(native->shape) : 0;
}
/* value_is_of_native: a quick yes to: is v an instance of this built-in class? */
static inline bool value_is_of_native(Value v, const Type *native) {
  const Type *type = value_type(v);
  return type == native || type->native == native;
}
static inline bool value_has_special(Value v, Special which) {
  return value_special(v, which) != VALUE_UNBOUND;
}

extern const char *const special_names[SPECIAL_COUNT]; /* "__add__", … */

#endif
