/* check.c -- what a broken law says before the process ends. */
#include "check.h"
#include "common.h"

typedef struct BrokenLaw {
  const char *condition, *file;
  int line;
} BrokenLaw;

static BrokenLaw broken; /* by the verifier that returned false last */

bool law_broken(const char *condition, const char *file, int line) {
  broken = (BrokenLaw){condition, file, line};
  return false;
}

NORETURN void check_failed(const char *condition, const char *file, int line) {
  if (!broken.condition) panic("%s:%d: broken law: %s", file, line, condition);
  panic("%s:%d: broken law: %s\n  in it, %s:%d: %s", file, line, condition, broken.file,
        broken.line, broken.condition);
}
