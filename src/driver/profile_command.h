/* profile_command.h -- `krait profile …`. */
#ifndef KRAIT_PROFILE_COMMAND_H
#define KRAIT_PROFILE_COMMAND_H

#include "src/driver/command_line.h"

/* is_command: `krait NAME …` is a command unless there is a program of that name. */
bool is_command(const Options *options, const char *name);
/* run_library_command: what is run is this module of the library, with the arguments there are. */
void run_library_command(Options *options, const char *module);
/* profile_command: turns `profile …` into what is to be run, and how it is recorded. *report: a
** report is to follow. false: nothing is to be run, line->status. */
bool profile_command(CommandLine *line, bool *report);
/* profile_supervise: true: this process runs the program, whose recording record_prepare has made.
** false: it has run in a child, and the report was written: *status, if the process has not died of
** the signal that the program died of. */
bool profile_supervise(const Options *options, int *status);

#endif
