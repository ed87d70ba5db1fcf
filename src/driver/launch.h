/* launch.h -- runs one command and tells what it cost. See launch.c. */
#ifndef KRAIT_LAUNCH_H
#define KRAIT_LAUNCH_H

#include <stdbool.h>

/* The name under which the program is a launcher and nothing else. */
#define LAUNCH_NAME "krait-launch"

bool launch_is_wanted(int argc, char **argv);
int launch_command(int argc, char **argv); /* the status of the process */

#endif
