/* launch.c -- run one command and tell what it cost: krait.bench and bench/launch.py use it.
**
** Usage: krait-launch TIMEOUT COMMAND [ARGS…]; TIMEOUT in seconds, 0: none. On descriptor 3:
** "seconds user system max_rss_kb wait_status minor_faults major_faults voluntary_switches
** involuntary_switches error": seconds by the clock, then the processor's for the command and its
** children; wait_status -1 at the timeout; error: the errno of a command that could not be started.
** Or: krait-launch --spin ROUNDS PARTS; on descriptor 3, for each part, the processor's seconds of
** a loop of so many rounds.
**
** Why a process of its own: max_rss survives exec, also that of a vfork, so a child of a Python
** process would report at least Python's size. This file needs the C library alone: bench/launch.c
** makes a program of it. */
#include "src/driver/launch.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { REPORT = 3 };

static struct {
  volatile sig_atomic_t timed_out;
  volatile pid_t child; /* 0: none yet */
  volatile int error;   /* why the command could not be started */
} state;

static void stop_child(int number) {
  if (state.child <= 0) return;
  if (number == SIGALRM) state.timed_out = 1;
  kill(-state.child, SIGKILL);
}

static double in_seconds(struct timeval time) {
  return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

static double clock_seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* The child has a process group of its own, so that all it starts ends with it, and ends with the
** launcher. */
static void start(char **command) {
  pid_t child = vfork();
  if (child == 0) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(REPORT);
    execvp(command[0], command);
    state.error = errno;
    _exit(127);
  }
  state.child = child;
}

static void set_timeout(double seconds) {
  struct itimerval timer = {.it_value.tv_sec = (time_t)seconds};
  timer.it_value.tv_usec = (suseconds_t)((seconds - (double)timer.it_value.tv_sec) * 1e6);
  setitimer(ITIMER_REAL, &timer, NULL);
}

static void watch_signals(void) {
  static const int numbers[] = {SIGALRM, SIGINT, SIGTERM, SIGHUP};
  struct sigaction action = {.sa_handler = stop_child};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    sigaction(numbers[i], &action, NULL);
}

static int run(double timeout, char **command) {
  struct rusage usage = {.ru_maxrss = 0};
  int status = 0;
  watch_signals();
  double began = clock_seconds(CLOCK_MONOTONIC);
  start(command);
  if (state.child < 0) return 2;
  if (timeout > 0) set_timeout(timeout);
  while (wait4(state.child, &status, 0, &usage) < 0 && errno == EINTR) {}
  double seconds = clock_seconds(CLOCK_MONOTONIC) - began;
  dprintf(REPORT, "%.6f %.6f %.6f %ld %d %ld %ld %ld %ld %d\n", seconds, in_seconds(usage.ru_utime),
          in_seconds(usage.ru_stime), usage.ru_maxrss, state.timed_out ? -1 : status,
          usage.ru_minflt, usage.ru_majflt, usage.ru_nvcsw, usage.ru_nivcsw, state.error);
  return 0;
}

/* Work that needs the processor alone: no memory, no branches that could be guessed wrong. */
static int spin(long rounds, long parts) {
  volatile uint64_t kept = 0;
  for (long part = 0; part < parts; part++) {
    uint64_t x = 88172645463325252u;
    double began = clock_seconds(CLOCK_THREAD_CPUTIME_ID);
    for (long i = 0; i < rounds; i++) {
      x ^= x << 13;
      x ^= x >> 7;
      x ^= x << 17;
    }
    dprintf(REPORT, "%.9f\n", clock_seconds(CLOCK_THREAD_CPUTIME_ID) - began);
    kept = kept + x;
  }
  return 0;
}

bool launch_is_wanted(int argc, char **argv) { return argc > 1 && !strcmp(argv[0], LAUNCH_NAME); }

int launch_command(int argc, char **argv) {
  if (argc == 4 && !strcmp(argv[1], "--spin"))
    return spin(strtol(argv[2], NULL, 10), strtol(argv[3], NULL, 10));
  return argc < 3 ? 2 : run(strtod(argv[1], NULL), argv + 2);
}
