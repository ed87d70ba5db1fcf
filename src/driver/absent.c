/* absent.c -- stands in, as weak symbols, for parts of the VM that are not there yet, so that the program links and the
** dumps work. A strong definition anywhere replaces each; the file goes when all are there. */
#include "vm/base/common.h"

#define ABSENT(name) __attribute__((weak)) void name(void) { panic(#name " is not there yet"); }
ABSENT(vm_check_c_stack)
ABSENT(thread_release)
ABSENT(thread_acquire)
ABSENT(poll_signals)
ABSENT(import_module)
ABSENT(weakref_first)
ABSENT(warn_message)
ABSENT(import_name)
ABSENT(struct_sequence_new)
ABSENT(struct_sequence_type)
ABSENT(sys_audit)
ABSENT(vm_run)
ABSENT(vm_finish)
ABSENT(vm_create)
ABSENT(traceback_print_plain)
ABSENT(sys_unraisable_arguments)
ABSENT(import_module_repr)
__attribute__((weak)) const void *source_loader;
