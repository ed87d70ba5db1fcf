/* pythonapi.c -- what ctypes.pythonapi finds of CPython's C API.
**
** Programs ask it for few functions. Objects come and go as words that codes.c makes of py_object;
** what a function raises is raised by the call, whatever the function returns. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/pythonapi.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "vm/core/options.h"
#include "vm/modules/ctypes/ctypes.h"
#include "vm/modules/thread/thread.h"
#include "vm/objects/bytes.h"

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

/* size bytes of a string, or zeros; NULL: raised. */
static void *make_bytes(VM *vm, const char *string, ssize_t size) {
  if (size < 0) {
    raise_error(vm, TYPE_OF(SystemError), "Negative size passed to PyBytes_FromStringAndSize");
    return NULL;
  }
  Bytes *bytes = bytes_new(vm, string, (size_t)size);
  if (!bytes) return NULL;
  if (!string) memset(bytes->data, 0, (size_t)size);
  void *word;
  return value_is_fail(code_of_letter('O')->set(vm, &word, value_from(bytes))) ? NULL : word;
}

static void *bytes_from_string_and_size(const char *string, ssize_t size) {
  ThreadEntry entry = thread_enter(the_vm);
  if (entry == THREAD_NOT_ENTERED) return NULL;
  void *word = make_bytes(the_vm, string, size);
  thread_leave(the_vm, entry);
  return word;
}

static void *bytes_from_string(const char *string) {
  return bytes_from_string_and_size(string, (ssize_t)strlen(string));
}

/* PyOS_snprintf: what C's returns; the text ends with a NUL whatever its length. */
static int format_text(char *text, size_t size, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(text, size, format, arguments);
  va_end(arguments);
  return length;
}

static const ApiFunction functions[] = {
    {"PyBytes_FromString", (void (*)(void))bytes_from_string},
    {"PyBytes_FromStringAndSize", (void (*)(void))bytes_from_string_and_size},
    {"PyOS_snprintf", (void (*)(void))format_text},
    {"PyThreadState_SetAsyncExc", (void (*)(void))set_async_exception},
    {NULL, NULL},
};

/* NULL: there is none of this name. */
static void *address_in(const ApiFunction *table, const char *name) {
  void *address = NULL;
  for (; !address && table->name; table++)
    if (strcmp(name, table->name) == 0) memcpy(&address, &table->function, sizeof address);
  return address;
}

static void *own_symbol(const char *name) {
  if (strcmp(name, "Py_OptimizeFlag") == 0) return &ctypes_state.optimize_flag;
  void *address = address_in(functions, name);
  return address ? address : address_in(capsule_functions, name);
}

void *symbol_of(void *library, const char *name) {
  void *address = dlsym(library, name);
  void *own = address ? NULL : own_symbol(name);
  if (!own) return address;
  void *program = dlopen(NULL, RTLD_LAZY);
  if (program) dlclose(program);
  return library == program ? own : dlsym(library, name); /* for what dlerror says */
}

void pythonapi_init(VM *vm) {
  ctypes_state.optimize_flag = vm->options ? vm->options->optimize : 0;
}
#endif
