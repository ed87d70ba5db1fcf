/* launch.c -- the launcher of src/driver/launch.c as a program of its own: bench/launch.py compiles
** and uses it, and krait.bench where it does not run in Krait, which has it inside. */
#include "src/driver/launch.h"

int main(int argc, char **argv) { return launch_command(argc, argv); }
