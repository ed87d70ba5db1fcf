/* check.h -- assertions: the half of a law that the machine reads.
**
**     level 1   assert(condition)       cheap, O(1)
**     level 2   debug_check(condition)  in the hottest lines, or O(n) for a small n: an
**               instruction's operands
**     level 3   deep_check(condition)   a whole structure: list_verify, dict_verify … after each
**               change
**
** KRAIT_CHECKS (CMake option of the same name) says up to which level they are compiled in; 0, the
** release, has none and evaluates nothing. A verifier is a bool function of LAW(condition) lines:
** the first broken one is remembered, so that the message names both the law and the place where a
** deep_check met it. Law: conditions have no effects.
*/
#ifndef KRAIT_CHECK_H
#define KRAIT_CHECK_H

#include <assert.h> /* static_assert */
#include <stdbool.h>

#ifndef KRAIT_CHECKS
#define KRAIT_CHECKS 0
#endif

/* check_failed: says which law is broken and where, then aborts. */
__attribute__((noreturn, cold, noinline)) void check_failed(const char *condition, const char *file,
                                                            int line);
/* law_broken: remembers a verifier's broken law for check_failed; false. */
__attribute__((cold, noinline)) bool law_broken(const char *condition, const char *file, int line);

#define CHECK_ALWAYS(condition) \
  (__builtin_expect(!!(condition), 1) ? (void)0 : check_failed(#condition, __FILE__, __LINE__))
/* compiled, so that it stays right, never evaluated */
#define CHECK_NEVER(condition) ((void)sizeof(!!(condition)))

#undef assert /* the C library's message would not name the law inside a verifier */
#if KRAIT_CHECKS >= 1
#define assert(condition) CHECK_ALWAYS(condition)
#else
#define assert(condition) CHECK_NEVER(condition)
#endif
#if KRAIT_CHECKS >= 2
#define debug_check(condition) CHECK_ALWAYS(condition)
#else
#define debug_check(condition) CHECK_NEVER(condition)
#endif
#if KRAIT_CHECKS >= 3
#define deep_check(condition) CHECK_ALWAYS(condition)
#else
#define deep_check(condition) CHECK_NEVER(condition)
#endif

/* the verifier, where anything is checked; a release has neither it nor what it calls */
#define VERIFIER(function) (KRAIT_CHECKS ? (function) : NULL)

#define LAW(condition)                                                                        \
  do {                                                                                        \
    if (__builtin_expect(!(condition), 0)) return law_broken(#condition, __FILE__, __LINE__); \
  } while (0)

#endif
