/* thread_lock.h -- locks as C code uses them. */
#ifndef KRAIT_THREAD_LOCK_H
#define KRAIT_THREAD_LOCK_H

#include "vm/memory/heap.h"

#include <semaphore.h>

#define THREAD_TIMEOUT_MAX 9223372036.0 /* seconds: 2^63 nanoseconds, rounded down */

typedef struct Lock { Object h; bool locked; sem_t semaphore; } Lock;
typedef struct RLock { Object h; unsigned long owner, count; sem_t semaphore; } RLock; /* owner: a thread's ident */

MUST_USE Value lock_new(VM *vm);

#endif
