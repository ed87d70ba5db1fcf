/* pythonapi.c -- what ctypes.pythonapi finds of CPython's C API.
**
** Programs ask it for one function, to raise an exception in another thread. Objects come as words
** that codes.c made of py_object. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/pythonapi.h"

#include <dlfcn.h>
#include <string.h>

#include "vm/modules/ctypes/ctypes.h"
#include "vm/modules/thread/thread.h"

/* PyThreadState_SetAsyncExc(ident, exception): the number of threads that will raise it; without an
** exception, one that waits is taken back. */
static int set_async_exception(unsigned long ident, void *exception) {
  VM *vm = the_vm;
  ThreadEntry entry = thread_enter(vm);
  if (entry == THREAD_NOT_ENTERED) return 0;
  Value wanted = VALUE_UNBOUND;
  bool fine = !exception || (wanted = code_of_letter('O')->get(vm, &exception)) != VALUE_FAIL;
  int count = fine ? thread_raise_in(vm, ident, wanted) : 0;
  thread_leave(vm, entry);
  return count;
}

void *symbol_of(void *library, const char *name) {
  void *address = dlsym(library, name);
  if (address || strcmp(name, "PyThreadState_SetAsyncExc") != 0) return address;
  void *program = dlopen(NULL, RTLD_LAZY);
  if (program) dlclose(program);
  if (library != program) return dlsym(library, name); /* for what dlerror says */
  int (*function)(unsigned long, void *) = set_async_exception;
  memcpy(&address, &function, sizeof address);
  return address;
}
#endif
