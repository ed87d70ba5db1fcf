/* python.c -- the interpreter of the benchmarks, and functions from text. */
#include "python.h"

#include "src/driver/command_line.h"
#include "src/driver/loader.h"
#include "vm/contracts/import.h"
#include "vm/objects/dict.h"
#include "vm/objects/str.h"
#include "vm/contracts/call.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/life/vm.h"

VM *vm;

bool micro_start(void) {
  static CommandLine line;
  static char *arguments[] = {"micro", "-c", "pass", NULL};
  if (!command_line_parse(&line, 3, arguments)) return false;
  loader_install(&line.options);
  vm = vm_create(&line.options);
  return vm != NULL;
}

Value python_define(const char *source) {
  Value builtins = import_module(vm, str_new_cstr(vm, "builtins"));
  if (builtins == VALUE_FAIL) goto failed;
  Value exec = get_attribute(vm, builtins, str_new_cstr(vm, "exec"));
  if (exec == VALUE_FAIL) goto failed;
  Dict *namespace = dict_new(vm);
  if (call2(vm, exec, value_from(str_new_cstr(vm, source)), value_from(namespace)) == VALUE_FAIL)
    goto failed;
  return dict_get_str(vm, namespace, str_new_cstr(vm, "run"));
failed:
  (void)!vm_report(vm);
  return VALUE_FAIL;
}

void python_loop(MicroState *state, const char *source, int rounds) {
  Value run = python_define(source);
  if (!value_is_pointer(run)) {
    micro_skip(state, "the function does not compile");
    return;
  }
  Value count = value_int_unchecked(rounds);
  while (micro_running(state)) {
    if (call1(vm, run, count) == VALUE_FAIL) {
      (void)!vm_report(vm);
      micro_skip(state, "the function raises");
      return;
    }
  }
  micro_items(state, rounds);
}
