/* command_line.h -- the command line and the environment to Options. */
#ifndef KRAIT_COMMAND_LINE_H
#define KRAIT_COMMAND_LINE_H

#include <stdio.h>

#include "vm/core/options.h"

typedef struct CommandLine {
  Options options;
  const char *dump; /* --dump=KIND */
  const char *dump_path;
  int versions; /* how often -V was given */
  /* when command_line_parse says false: the exit status, what was asked for has been printed */
  int status;
} CommandLine;

/* command_line_parse: false: nothing is to be run. */
bool command_line_parse(CommandLine *line, int argc, char **argv);

/* help.c */
void print_version(int times);
void print_version_to(FILE *out); /* the long form */
void print_help(const char *program);
void print_help_environment(void);
void print_help_x_options(void);

#endif
