/* type.h -- making and changing classes, and building instances from C. */
#ifndef KRAIT_TYPE_H
#define KRAIT_TYPE_H

#include "vm/base/lazy/lazy.h"
#include "vm/contracts/native.h"

/* types_init: makes every row of types.def ready; a row without a spec does not link.
** types_make_ready: those rows of late_types.def that stand under `module`; its import does so
** before the module's own `init`. False: an exception is pending. */
MUST_USE bool types_init(VM *vm);
MUST_USE bool types_make_ready(VM *vm, const char *module);
/* type_new: what type(name, bases, namespace) does after the metaclass is settled: layout, MRO,
** slots, __set_name__, __init_subclass__. */
MUST_USE MAY_RUN Value type_new(VM *vm, Type *metaclass, Str *name, Tuple *bases, Dict *namespace_,
                                const Value *kwargs, Tuple *kwnames);
/* class attribute, from C */
MUST_USE bool type_add(VM *vm, Type *type, const char *name, Value v);
/* type_modified: `name` of `type` was added, changed or removed in type->attrs: restores specials
** of it and its subclasses and draws new keys for their shapes; for all classes' when it decides
** whether instances of `type` are descriptors. */
void type_modified(VM *vm, Type *type, Str *name, Value old_value, Value new_value);
/* type_value_replaced: a plain value has taken another's place in type->attrs. true: that was all,
** keys stay; caches of values look into the dict itself. false: call type_modified. */
MUST_USE bool type_value_replaced(const Type *type, const Str *name);
/* instantiation */
MUST_USE MAY_RUN Value type_call(VM *vm, Value type, const Value *args, int npos, Tuple *kwnames);
/* __build_class__ */
MUST_USE MAY_RUN Value build_class(VM *vm, const Value *args, int npos, Tuple *kwnames);
/* type_qualified_name: "module.Qualname" as repr shows */
MUST_USE MAY_RUN Str *type_qualified_name(VM *vm, Type *type);
bool type_is_data_descriptor(Value v); /* type(v) has __set__ or __delete__ */

/* ---- modules */
MUST_USE bool module_add(VM *vm, Module *module, const char *name, Value v);
/* under its bare name */
MUST_USE bool module_add_type(VM *vm, Module *module, Type *type);
MUST_USE bool module_add_int(VM *vm, Module *module, const char *name, int64_t n);
/* module_add_ints: all rows of a table of constants */
typedef struct NamedInt {
  const char *name;
  int64_t value;
} NamedInt;
MUST_USE bool module_add_ints(VM *vm, Module *module, const NamedInt *rows, size_t count);
MUST_USE bool module_add_str(VM *vm, Module *module, const char *name, const char *text);
/* module_open_library: lazy_open, or an ImportError of the module's name; NULL: of none */
MUST_USE bool module_open_library(VM *vm, Module *module, LazyLibrary *library);
/* module_new_exception: a new class module.name(base), to be added to the module and kept in a
** registered root. */
MUST_USE MAY_RUN Value module_new_exception(VM *vm, const char *module, const char *name,
                                            Type *base);
/* module_keep_error: that of the name "error", added to the module and kept in *kept (VALUE_NONE
** before), which becomes a root; a module that is imported anew has the same class. */
MUST_USE MAY_RUN bool module_keep_error(VM *vm, Module *module, const char *home, Type *base,
                                        Value *kept);

/* ---- struct sequences: tuples with named fields (sys.flags, os.stat_result, time.struct_time) */
typedef struct StructSequenceSpec {
  const char *name, *doc;
  /* names, NULL-terminated; NULL-named ("-") fields are not visible by name */
  const char *const *fields;
  const char *const *docs; /* what each is, or NULL; NULL: nothing is said of any */
  int visible;             /* how many of them the tuple shows; 0: all */
  /* called with the class as self; NULL: (sequence, dict={}), the fields by position and by name */
  const MethodSpec *constructor;
  /* what fields that the constructor was not given are made from others; NULL: nothing */
  void (*complete)(Tuple *made);
} StructSequenceSpec;
/* struct_sequence_type: keep it in a registered root; the class keeps `spec` */
MUST_USE MAY_RUN Type *struct_sequence_type(VM *vm, const StructSequenceSpec *spec);
/* struct_sequence_doc: what a field is; None when nothing is said */
MUST_USE Value struct_sequence_doc(VM *vm, const Type *type, const Str *name);
/* all fields */
MUST_USE Value struct_sequence_new(VM *vm, Type *type, const Value *values);

#endif
