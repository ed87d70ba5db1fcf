/* launch.c -- run one command and tell what it cost: bench/launch.py compiles and uses it.
**
** Usage: launch TIMEOUT COMMAND [ARGS…]; on descriptor 3: "seconds user system max_rss_kb
** wait_status": seconds by the clock, then the processor's for the command and its children (status
** -1 at the timeout). Why a program of its own: max_rss survives exec, so a child of a Python
** process would report at least Python's size. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t timed_out;
static pid_t child;

static void on_alarm(int number) {
  timed_out = 1;
  kill(child, SIGKILL);
}

static double in_seconds(struct timeval time) {
  return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  struct timespec began, ended;
  struct rusage usage;
  int status = 0;
  signal(SIGALRM, on_alarm);
  clock_gettime(CLOCK_MONOTONIC, &began);
  child = vfork();
  if (child == 0) {
    close(3);
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  alarm((unsigned)atoi(argv[1]));
  while (wait4(child, &status, 0, &usage) < 0) {}
  clock_gettime(CLOCK_MONOTONIC, &ended);
  double seconds =
      (double)(ended.tv_sec - began.tv_sec) + (double)(ended.tv_nsec - began.tv_nsec) * 1e-9;
  dprintf(3, "%.6f %.6f %.6f %ld %d\n", seconds, in_seconds(usage.ru_utime),
          in_seconds(usage.ru_stime), usage.ru_maxrss, timed_out ? -1 : status);
  return 0;
}
