/* dump.h -- krait --dump=KIND FILE: what the stages of the compiler make of a program. */
#ifndef KRAIT_DUMP_H
#define KRAIT_DUMP_H

/* dump_file: prints; the exit status of the process. */
int dump_file(const char *kind, const char *path, int optimize);

#endif
