/* import.h -- the import system: see import.c. */
#ifndef KRAIT_IMPORT_H
#define KRAIT_IMPORT_H

#include "vm/core/vm.h"

/* import_module: the module of an absolute dotted name (the last part's module). */
MUST_USE MAY_RUN Value import_module(VM *vm, Str *name);
/* import_name: what `import` statements call: __import__(name, globals, locals, fromlist,
** level). */
MUST_USE MAY_RUN Value import_name(VM *vm, Str *name, Dict *globals, Value fromlist, int level);
/* A module whose code is running. Module.spec_state: (kind, origin, search locations), a list while
** the code runs; NONE: __spec__ was set. */
bool module_is_initialising(Module *module);
/* import_module_repr: repr of a module by its spec or loader. */
MUST_USE MAY_RUN Value import_module_repr(VM *vm, Module *module);
/* import_make_spec: the __spec__ and __loader__ of a module that was imported natively, when asked
** for. */
MUST_USE MAY_RUN bool import_make_spec(VM *vm, Module *module);
/* import_make_main_loader: the module is __main__, run from the file `origin`, compiled or not, or
** from no file, NONE: its __loader__ is made when it is asked for, and None until then. */
MUST_USE MAY_RUN bool import_make_main_loader(VM *vm, Module *module, Value origin, bool compiled);
/* import_late_global: __spec__ or __loader__ of the module whose variables these are, made now;
** UNBOUND: it is another name, or they are no module's, or there already. */
MUST_USE MAY_RUN Value import_late_global(VM *vm, Dict *globals, Str *name);
/* import_sys_attribute: sys.meta_path and its relatives; VALUE_UNBOUND: no such attribute. */
MUST_USE MAY_RUN Value import_sys_attribute(VM *vm, Str *name);

/* ImportLibraryHook: of a module of the library that is to know in whose hands it is: told before
** it is loaded (is_loaded false) and after (module: what was loaded, or None when it failed).
** import_library_find: the hook of a module; NULL: it needs none. Set by life/library.c. */
typedef bool ImportLibraryHook(VM *vm, Value module, bool is_loaded);
extern ImportLibraryHook *(*import_library_find)(const Str *name);
/* import_waiting_hook: NULL, or what must be done before a module of certain names is imported, or
** before sys.meta_path is looked at (name NULL). It is gone when it was done. */
extern MUST_USE bool (*import_waiting_hook)(VM *vm, const char *name);

#endif
