/* common.h -- compiler attributes and small helpers that every layer uses. */
#ifndef KRAIT_COMMON_H
#define KRAIT_COMMON_H

#include "vm/base/check.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define MUST_USE __attribute__((warn_unused_result))
/* a maker of cells of a small fixed size: memory for those is there */
#define NEVER_NULL __attribute__((returns_nonnull))
#define COLD __attribute__((cold, noinline))
#define NOINLINE __attribute__((noinline))
#define ALWAYS_INLINE inline __attribute__((always_inline))
#define NORETURN __attribute__((noreturn))
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))
#define FALLTHROUGH __attribute__((fallthrough))
#define ARRAY_COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* MAY_RUN: arbitrary Python may run inside; whatever was read from an object before the call is
** stale after it. tests/meta/effects.py holds every prototype to it, from names alone. */
#define MAY_RUN

/* A failed invariant is a bug in Krait itself: say where, then abort. */
NORETURN void panic(const char *format, ...) PRINTF_LIKE(1, 2);

static inline size_t align_up(size_t n, size_t to) { return (n + to - 1) & ~(to - 1); }

#endif
