/* lazy.c -- see lazy.h. */
#include "lazy.h"

#include <dlfcn.h>

const char *lazy_open(LazyLibrary *library) {
  if (library->is_open || !library->file) return NULL;
  void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL); /* for good: callbacks of exit */
  if (!handle) return dlerror();
  for (size_t i = 0; i < library->row_count; i++)
    if (!dlsym(handle, library->rows[i].name)) return dlerror();
  for (size_t i = 0; i < library->row_count; i++)
    *library->rows[i].slot = dlsym(handle, library->rows[i].name);
  library->is_open = true;
  return NULL;
}
