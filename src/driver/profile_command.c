/* profile_command.c -- see profile_command.h.
**
** A report follows the program's end however that comes, so the program then runs in a child. */
#include "src/driver/profile_command.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vm/base/memory.h"
#include "vm/profile/record.h"

/* ---- commands that are modules of the library */
bool is_command(const Options *options, const char *name) {
  char main_file[64];
  struct stat status;
  if (!options->script || strcmp(options->script, name) != 0) return false;
  snprintf(main_file, sizeof main_file, "%s/__main__.py", name);
  return stat(name, &status) || (S_ISDIR(status.st_mode) && access(main_file, F_OK));
}

void run_library_command(Options *options, const char *module) {
  options->script = NULL;
  options->module = module;
  options->safe_path = true; /* no module of the current folder comes before it */
  options->profile = NULL;
}

/* ---- options */
static const char usage[] =
    "usage: krait profile [record] [option] ... FILE | -m MOD | -c CODE [arg] ...\n"
    "       krait profile report|diff|gate ...   (each has --help)\n"
    "\n"
    "Runs a program and records where its time goes; then, without `record`, reports on standard\n"
    "error. The exit status is the program's; 125: recording could not begin.\n"
    "\n"
    "-o FILE        the recording (default: NAME.kprof of the program's name)\n"
    "-r RATE        samples a second (default: 1khz)\n"
    "-d SEC         end the recording after so many seconds\n"
    "--mode cpu|wall  samples weigh processor time (default) or real time\n"
    "--exact        count every instruction: runs of lines, calls\n"
    "--native       tell where in C, too\n"
    "--no-children  do not record the processes that the program starts\n"
    "--no-source    do not keep the text of the program's files\n"
    "--quiet        no report\n";

typedef struct Arguments {
  const char *const *at;
  int left;
  CommandLine *line;
} Arguments;

static bool refuse(Arguments *arguments, const char *what, const char *argument) {
  fprintf(stderr, "krait profile: %s%s\nTry `krait profile --help' for more information.\n", what,
          argument);
  arguments->line->status = 2;
  return false;
}

static const char *take(Arguments *arguments) {
  if (!arguments->left) return NULL;
  arguments->left--;
  return *arguments->at++;
}

static bool set_rate(Options *o, const char *text) {
  enum { RATE_MAX = 100000 };
  char *end;
  double rate = strtod(text, &end);
  if (end != text && (*end == 'k' || *end == 'K')) rate *= 1000, end++;
  if (*end && strcasecmp(end, "hz") != 0) return false;
  if (end == text || !(rate >= 1 && rate <= RATE_MAX)) return false;
  o->profile_rate = (int)rate;
  return true;
}

static bool set_duration(Options *o, const char *text) {
  enum { SECONDS_MAX = 2000000 };
  char *end;
  double seconds = strtod(text, &end);
  if (end == text || *end || !(seconds > 0 && seconds <= SECONDS_MAX)) return false;
  o->profile_ms = seconds < 0.001 ? 1 : (int)(seconds * 1000);
  return true;
}

static bool set_mode(Options *o, const char *text) {
  o->profile_wall = !strcmp(text, "wall");
  return o->profile_wall || !strcmp(text, "cpu");
}

static bool set_file(Options *o, const char *text) {
  o->profile = text;
  return *text != 0;
}

/* An option with an argument, which may follow behind = after the long name. */
typedef struct Row {
  const char *letter, *name;
  bool (*set)(Options *o, const char *text);
} Row;
static const Row rows[] = {{"-o", "--output", set_file},
                           {"-r", "--rate", set_rate},
                           {"-d", "--duration", set_duration},
                           {"", "--mode", set_mode}};

static const Row *row_of(const char *argument, const char **value) {
  for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
    size_t n = strlen(rows[i].name);
    *value = NULL;
    if (!strcmp(argument, rows[i].letter) || !strcmp(argument, rows[i].name)) return &rows[i];
    *value = argument + n + 1;
    if (!strncmp(argument, rows[i].name, n) && argument[n] == '=') return &rows[i];
  }
  return NULL;
}

static bool *switch_of(Options *o, const char *argument, bool *quiet) {
  if (!strcmp(argument, "--exact")) return &o->profile_exact;
  if (!strcmp(argument, "--native")) return &o->profile_native;
  if (!strcmp(argument, "--no-children")) return &o->profile_alone;
  if (!strcmp(argument, "--no-source")) return &o->profile_no_source;
  return strcmp(argument, "--quiet") ? NULL : quiet;
}

static bool take_option(Arguments *arguments, const char *argument, bool *quiet) {
  Options *o = &arguments->line->options;
  bool *on = switch_of(o, argument, quiet);
  if (on) return *on = true;
  const char *value;
  const Row *row = row_of(argument, &value);
  if (!row) return refuse(arguments, "unknown option ", argument);
  if (!value) value = take(arguments);
  if (!value) return refuse(arguments, "argument expected for ", argument);
  return row->set(o, value) || refuse(arguments, "what can this be: ", value);
}

/* with_newline: without memory the text as it is, which may lack the end of its last line. */
static const char *with_newline(const char *text) {
  size_t n = strlen(text);
  char *copy = memory_take(n + 2);
  if (!copy) return text;
  memcpy(copy, text, n);
  memcpy(copy + n, "\n", 2);
  return copy;
}

/* take_program: what is run begins with this argument. */
static bool take_program(Arguments *arguments, const char *argument) {
  Options *o = &arguments->line->options;
  o->script = NULL;
  bool module = !strcmp(argument, "-m"), command = !strcmp(argument, "-c");
  const char *value = module || command ? take(arguments) : argument;
  if (!value) return refuse(arguments, "argument expected for ", argument);
  if (module) o->module = value;
  else if (command) o->command = with_newline(value);
  else if (strcmp(value, "-") != 0) o->script = value;
  else o->dash = true;
  o->argc = arguments->left;
  o->argv = arguments->at;
  return true;
}

static bool is_option(const char *argument) {
  return argument[0] == '-' && argument[1] && strcmp(argument, "-m") && strcmp(argument, "-c");
}

static bool help(CommandLine *line) {
  fputs(usage, stdout);
  line->status = 0;
  return false;
}

static bool is_of_library(const char *argument) {
  static const char *const names[] = {"report", "diff", "gate", "attach", "dump", "live"};
  for (size_t i = 0; i < ARRAY_COUNT(names); i++)
    if (!strcmp(argument, names[i])) return true;
  return false;
}

bool profile_command(CommandLine *line, bool *report) {
  Options *o = &line->options;
  Arguments arguments = {o->argv, o->argc, line};
  bool only_record = false, quiet = false;
  if (arguments.left && is_of_library(*arguments.at))
    return run_library_command(o, "krait.profile"), true;
  if (arguments.left && !strcmp(*arguments.at, "record")) only_record = take(&arguments);
  o->profile = "";
  const char *argument = take(&arguments);
  for (; argument && is_option(argument); argument = take(&arguments)) {
    if (!strcmp(argument, "--help") || !strcmp(argument, "-h")) return help(line);
    if (!strcmp(argument, "--")) {
      argument = take(&arguments);
      break;
    }
    if (!take_option(&arguments, argument, &quiet)) return false;
  }
  if (!argument) return refuse(&arguments, "which program?", "");
  *report = !only_record && !quiet;
  return take_program(&arguments, argument);
}

/* ---- the program in a child */
static volatile pid_t program;

static void pass_on(int signum) {
  int saved = errno;
  kill(program, signum);
  errno = saved;
}

/* What the terminal sends, it sends to the program, too. */
static void watch_signals(void) {
  static const int passed[] = {SIGTERM, SIGHUP, SIGUSR1, SIGUSR2};
  signal(SIGINT, SIG_IGN);
  signal(SIGQUIT, SIG_IGN);
  for (size_t i = 0; i < ARRAY_COUNT(passed); i++) signal(passed[i], pass_on);
}

static int wait_for(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  return status;
}

extern char **environ;

static void write_report(const Options *options) {
  const char *self = options->executable ? options->executable : "/proc/self/exe";
  char *const arguments[] = {
      (char *)(uintptr_t)self,          "-P", "-m", "krait.profile", "report",
      (char *)(uintptr_t)record_path(), NULL};
  posix_spawn_file_actions_t actions;
  pid_t child;
  unsetenv("KRAIT_PROFILE");
  unsetenv("KRAIT_PROFILE_PARENT");
  fflush(NULL);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, 2, 1);
  int error = posix_spawn(&child, self, &actions, NULL, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error) fprintf(stderr, "krait profile: no report: %s\n", strerror(error));
  else wait_for(child);
}

/* die_of: as the program did; a core is the program's alone. */
static void die_of(int signum) {
  struct rlimit none = {0, 0};
  sigset_t set;
  setrlimit(RLIMIT_CORE, &none);
  signal(signum, SIG_DFL);
  sigemptyset(&set);
  sigaddset(&set, signum);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  raise(signum);
}

bool profile_supervise(const Options *options, int *status) {
  pid_t pid = fork();
  if (pid < 0) {
    perror("krait profile");
    *status = RECORD_CANNOT;
    return false;
  }
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    return true;
  }
  program = pid;
  watch_signals();
  int ended = wait_for(pid);
  write_report(options);
  if (WIFSIGNALED(ended)) die_of(WTERMSIG(ended));
  *status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
  return false;
}
