/* capsule.c -- capsules: C pointers as objects, and the functions of the C API that make and read
** them.
**
** The name is the caller's memory, as in the reference; where that is an object's, it stays alive.
** The destructor is called once, while the capsule is still whole. Functions are called with and
** without the global lock: each enters. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include <string.h>

#include "vm/modules/ctypes/ctypes.h"
#include "vm/modules/ctypes/pythonapi.h"
#include "vm/modules/thread/thread.h"
#include "vm/objects/str.h"

typedef void (*CapsuleDestructor)(void *word);

/* Law: `pointer` is not NULL. */
typedef struct Capsule {
  Object h;
  void *pointer, *context;      /* [foreign] */
  const char *name;             /* [foreign] or NULL */
  CapsuleDestructor destructor; /* or NULL */
} Capsule;

#define NATIVE_DEF "vm/modules/ctypes/capsule.def"
#define NATIVE_PREFIX capsule_
#define NATIVE_SELF Capsule *
#include "vm/contracts/native_class.inc"

static void *word_of(VM *vm, Value v) {
  void *word;
  return value_is_fail(code_of_letter('O')->set(vm, &word, v)) ? NULL : word;
}

/* ---- the object */

static Value capsule_op_repr(VM *vm, Capsule *self, const capsule_op_repr_args *a) {
  if (!self->name) return value_of(str_format(vm, "<capsule object NULL at %p>", (void *)self));
  return value_of(str_format(vm, "<capsule object \"%s\" at %p>", self->name, (void *)self));
}

static Value capsule_op_del(VM *vm, Capsule *self, const capsule_op_del_args *a) {
  CapsuleDestructor destructor = self->destructor;
  self->destructor = NULL;
  if (destructor) destructor(word_of(vm, value_from(self)));
  return VALUE_NONE;
}

static bool has_last_words(const Object *self) {
  return ((const Capsule *)self)->destructor != NULL;
}

static void trace(Marker *marker, Object *self) {
  const Capsule *capsule = (const Capsule *)self;
  mark_conservative(marker, &capsule->name, &capsule->name + 1);
}

static bool verify(const Object *self) {
  LAW(((const Capsule *)self)->pointer != NULL);
  return true;
}

const ClassSpec ctypes_capsule_class = {
    NATIVE_CLASS(capsule_),     .basic_size = sizeof(Capsule),    .trace = trace,
    .verify = VERIFIER(verify), .has_last_words = has_last_words,
};

/* ---- the functions */

/* NULL: no capsule */
static Capsule *capsule_of(VM *vm, void *word) {
  if (!word) return NULL;
  Value v = code_of_letter('O')->get(vm, &word);
  return value_is(v, ctypes_capsule) ? value_object(v) : NULL;
}

/* NULL: ValueError is raised in the name of `function`. */
static Capsule *valid_capsule(VM *vm, void *word, const char *function) {
  Capsule *capsule = capsule_of(vm, word);
  if (!capsule)
    raise_error(vm, TYPE_OF(ValueError), "%s called with invalid PyCapsule object", function);
  return capsule;
}

static bool is_named(const Capsule *capsule, const char *name) {
  if (!capsule->name || !name) return capsule->name == name;
  return strcmp(capsule->name, name) == 0;
}

static void *make_capsule(VM *vm, void *pointer, const char *name, CapsuleDestructor destructor) {
  if (!pointer) return raise_value(vm, "PyCapsule_New called with null pointer"), NULL;
  Capsule *capsule = heap_new_zeroed(vm, SHAPE_OF(ctypes_capsule), sizeof *capsule);
  capsule->pointer = pointer;
  capsule->name = name;
  capsule->destructor = destructor;
  heap_track_finalizer(vm, &capsule->h);
  return word_of(vm, value_from(capsule));
}

static void *capsule_new(void *pointer, const char *name, CapsuleDestructor destructor) {
  ThreadEntry entry = thread_enter(the_vm);
  if (entry == THREAD_NOT_ENTERED) return NULL;
  void *word = make_capsule(the_vm, pointer, name, destructor);
  thread_leave(the_vm, entry);
  return word;
}

static int capsule_is_valid(void *word, const char *name) {
  ThreadEntry entry = thread_enter(the_vm);
  if (entry == THREAD_NOT_ENTERED) return 0;
  const Capsule *capsule = capsule_of(the_vm, word);
  bool valid = capsule && is_named(capsule, name);
  thread_leave(the_vm, entry);
  return valid;
}

static void *named_pointer(VM *vm, void *word, const char *name) {
  const Capsule *capsule = valid_capsule(vm, word, "PyCapsule_GetPointer");
  if (!capsule) return NULL;
  if (is_named(capsule, name)) return capsule->pointer;
  return raise_value(vm, "PyCapsule_GetPointer called with incorrect name"), NULL;
}

static void *capsule_get_pointer(void *word, const char *name) {
  ThreadEntry entry = thread_enter(the_vm);
  if (entry == THREAD_NOT_ENTERED) return NULL;
  void *pointer = named_pointer(the_vm, word, name);
  thread_leave(the_vm, entry);
  return pointer;
}

/* GETTER(function, type, field, name), SETTER: the plain ones of the C API */
#define GETTER(function, type, field, called)                     \
  static type function(void *word) {                              \
    ThreadEntry entry = thread_enter(the_vm);                     \
    if (entry == THREAD_NOT_ENTERED) return NULL;                 \
    const Capsule *capsule = valid_capsule(the_vm, word, called); \
    type found = capsule ? capsule->field : NULL;                 \
    thread_leave(the_vm, entry);                                  \
    return found;                                                 \
  }
#define SETTER(function, type, field, called)                               \
  static int function(void *word, type value) {                             \
    ThreadEntry entry = thread_enter(the_vm);                               \
    if (entry == THREAD_NOT_ENTERED) return -1;                             \
    Capsule *capsule = valid_capsule(the_vm, word, called);                 \
    if (capsule) capsule->field = value, heap_barrier_any(the_vm, capsule); \
    thread_leave(the_vm, entry);                                            \
    return capsule ? 0 : -1;                                                \
  }
GETTER(capsule_get_name, const char *, name, "PyCapsule_GetName")
GETTER(capsule_get_context, void *, context, "PyCapsule_GetContext")
GETTER(capsule_get_destructor, CapsuleDestructor, destructor, "PyCapsule_GetDestructor")
SETTER(capsule_set_name, const char *, name, "PyCapsule_SetName")
SETTER(capsule_set_context, void *, context, "PyCapsule_SetContext")
SETTER(capsule_set_destructor, CapsuleDestructor, destructor, "PyCapsule_SetDestructor")
SETTER(replace_pointer, void *, pointer, "PyCapsule_SetPointer")

static int capsule_set_pointer(void *word, void *pointer) {
  if (pointer) return replace_pointer(word, pointer);
  ThreadEntry entry = thread_enter(the_vm);
  if (entry == THREAD_NOT_ENTERED) return -1;
  raise_value(the_vm, "PyCapsule_SetPointer called with null pointer");
  thread_leave(the_vm, entry);
  return -1;
}

#define ROW(name, function) \
  { "PyCapsule_" name, (void (*)(void))function }
const ApiFunction capsule_functions[] = {
    ROW("GetContext", capsule_get_context),
    ROW("GetDestructor", capsule_get_destructor),
    ROW("GetName", capsule_get_name),
    ROW("GetPointer", capsule_get_pointer),
    ROW("IsValid", capsule_is_valid),
    ROW("New", capsule_new),
    ROW("SetContext", capsule_set_context),
    ROW("SetDestructor", capsule_set_destructor),
    ROW("SetName", capsule_set_name),
    ROW("SetPointer", capsule_set_pointer),
    {NULL, NULL},
};
#endif
