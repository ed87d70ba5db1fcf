/* main.c -- the program: options, then a dump, a cache command, or a run of the interpreter. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "src/driver/command_line.h"
#include "src/driver/dump.h"
#include "src/driver/loader.h"
#include "vm/runtime/vm.h"

int main(int argc, char **argv) {
  static CommandLine line;
  if (!command_line_parse(&line, argc, argv)) return line.status;
  if (line.dump) return dump_file(line.dump, line.dump_path, line.options.optimize);
  loader_install();
  VM *vm = vm_create(&line.options);
  if (!vm) return 1;
  int status = vm_run(vm);
  return vm_finish(vm, status);
}
