/* micro.h -- micro benchmarks in C: MICRO(name) { … while (micro_running(state)) … }.
**
** harness.cc hands them to Google Benchmark. `vm` is one interpreter for all of them, made before
** the first. */
#ifndef KRAIT_MICRO_H
#define KRAIT_MICRO_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct MicroState MicroState;

void micro_register(const char *name, void (*run)(MicroState *state));
bool micro_running(MicroState *state); /* once more? */
/* after the loop: operations in one iteration */
void micro_items(MicroState *state, int64_t each);
/* after the loop: bytes in one iteration */
void micro_bytes(MicroState *state, int64_t each);
void micro_skip(MicroState *state, const char *why);
bool micro_start(void); /* makes the interpreter; python.c */

#ifdef __cplusplus
}
#endif

#define MICRO(name)                                                                               \
  static void name(MicroState *state);                                                            \
  __attribute__((constructor)) static void register_##name(void) { micro_register(#name, name); } \
  static void name(MicroState *state)

/* The value is computed, whatever the compiler thinks of its use. */
#define MICRO_KEEP(value) __asm__ volatile("" : : "r"(value) : "memory")

#endif
