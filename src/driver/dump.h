/* dump.h -- krait --dump=KIND FILE: what the stages of the compiler make of a program. */
#ifndef KRAIT_DUMP_H
#define KRAIT_DUMP_H

#include "vm/core/vm.h"

/* dump_file: prints; the exit status of the process. */
int dump_file(const char *kind, const char *path, int optimize);

/* threaded, ic and heap show a program that has run: dump_needs_run says which kinds,
** dump_after_run prints them. */
bool dump_needs_run(const char *kind);
void dump_after_run(VM *vm, const char *kind);

#endif
