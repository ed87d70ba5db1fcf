/* main.c -- the program: options, then a dump, a cache command, or a run of the interpreter. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/cache/cache.h"
#include "src/driver/command_line.h"
#include "src/driver/dump.h"
#include "src/driver/launch.h"
#include "src/driver/loader.h"
#include "src/driver/profile_command.h"
#include "src/driver/prompt.h"
#include "src/driver/start_locale.h"
#include "vm/life/vm.h"
#include "vm/profile/record.h"

static int run_cache_command(const Options *o) {
  return cache_command(o->argc, (char **)o->argv, o->optimize, o->ignore_environment);
}

static bool names_program(const Options *o) { return o->command || o->module || o->script; }

static int run(VM *vm, const Options *o) {
  if (!names_program(o) && (o->interactive || isatty(0))) return prompt_run(vm, true);
  int status = vm_run(vm);
  /* a program may set PYTHONINSPECT for itself */
  bool inspect = o->inspect || options_variable(o, "PYTHONINSPECT");
  return inspect && (o->interactive || isatty(0)) ? prompt_run(vm, false) : status;
}

int main(int argc, char **argv) {
  if (launch_is_wanted(argc, argv)) return launch_command(argc, argv);
  static CommandLine line;
  if (!command_line_parse(&line, argc, argv)) return line.status;
  start_locale(&line.options);
  bool dump_later = line.dump && dump_needs_run(line.dump);
  if (dump_later && strcmp(line.dump_path, "-")) line.options.script = line.dump_path;
  if (line.dump && !dump_later) return dump_file(line.dump, line.dump_path, line.options.optimize);
  if (is_command(&line.options, "cache")) return run_cache_command(&line.options);
  if (is_command(&line.options, "bench")) run_library_command(&line.options, "krait.bench");
  bool report = false;
  int status = 0;
  if (is_command(&line.options, "profile") && !profile_command(&line, &report)) return line.status;
  if (line.options.profile && !record_prepare(&line.options)) return RECORD_CANNOT;
  if (report && !profile_supervise(&line.options, &status)) return status;
  loader_install(&line.options);
  VM *vm = vm_create(&line.options);
  if (!vm) return 1;
  status = run(vm, &line.options);
  if (dump_later) dump_after_run(vm, line.dump);
  status = vm_finish(vm, status);
  loader_finish();
  return status;
}
