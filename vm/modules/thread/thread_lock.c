/* thread_lock.c -- _thread.lock and _thread.RLock.
**
** A semaphore each, so that a signal interrupts the wait. `locked` is the truth for Python; it
** changes only under the global lock.
*/
#include "vm/modules/thread/thread_lock.h"
#include "vm/contracts/duration.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/thread/thread.h"
#include "vm/objects/float.h"
#include "vm/objects/tuple.h"

#include <errno.h>

#define NATIVE_DEF "vm/modules/thread/thread_lock.def"
#define NATIVE_PREFIX lock_
#define NATIVE_SELF Lock *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/thread/thread_rlock.def"
#define NATIVE_PREFIX rlock_
#define NATIVE_SELF RLock *
#include "vm/contracts/native_class.inc"

/* ---- waiting */
typedef struct Wait {
  bool blocking;
  int64_t nanoseconds;
} Wait; /* nanoseconds < 0: for ever */
#define FOR_EVER ((Wait){true, -1})

static bool parse_wait(VM *vm, bool blocking, Value timeout, Wait *out) {
  out->blocking = blocking;
  out->nanoseconds = -1;
  if (timeout == VALUE_MISSING) return true;
  int64_t ns;
  if (!value_duration(vm, timeout, NS_PER_SECOND, &ns)) return false;
  if (ns == -NS_PER_SECOND) return true;
  if (!blocking)
    return raise_false(vm, TYPE_OF(ValueError), "can't specify a timeout for a non-blocking call");
  if (ns < 0) return raise_false(vm, TYPE_OF(ValueError), "timeout value must be positive");
  out->nanoseconds = ns;
  return true;
}

/* 1: taken, 0: not in time, -1 raised (by a signal handler). */
static Answer acquire(VM *vm, sem_t *semaphore, Wait wait) {
  if (sem_trywait(semaphore) == 0) return ANSWER_YES;
  if (!wait.blocking || wait.nanoseconds == 0) return ANSWER_NO;
  int64_t until = wait.nanoseconds < 0 ? -1 : monotonic_after(wait.nanoseconds);
  for (;;) {
    int got = wait_for_post(vm, semaphore, until);
    if (got >= 0) return got ? ANSWER_YES : ANSWER_NO;
    if (errno == EINTR && !poll_signals(vm)) return ANSWER_FAILED;
  }
}

/* answer_heard: of acquire(): a handler that waits raises here, with the lock held, not in what a
** `finally` calls next. */
static Value answer_heard(VM *vm, Answer got) {
  bool quiet = got != ANSWER_FAILED && (!signals_waiting(vm) || poll_signals(vm));
  return quiet ? value_bool(got) : VALUE_FAIL;
}

/* ---- locks that finalizers wait for */
static void count_lock(VM *vm, bool *counted) {
  vm->locks_held++;
  *counted = true;
}

/* uncount_lock: for its owner. */
static void uncount_lock(VM *vm, bool *counted) {
  if (!*counted) return;
  *counted = false;
  if (vm->locks_held && --vm->locks_held == 0 && UNLIKELY(heap_has_calls(vm)))
    vm_request_poll(vm, POLL_FINALIZERS);
}

/* ---- lock */
static Answer lock_take(VM *vm, Lock *lock, Wait wait) {
  Answer got = acquire(vm, &lock->semaphore, wait);
  if (got != ANSWER_YES) return got;
  lock->locked = true;
  lock->owner = vm->thread->ident;
  if (lock->use == LOCK_GUARD) count_lock(vm, &lock->counted);
  return ANSWER_YES;
}

/* disown: of a lock that is released, by whomever. */
static void disown(VM *vm, Lock *lock) {
  if (lock->owner == vm->thread->ident) {
    if (lock->use == LOCK_UNKNOWN) lock->use = LOCK_GUARD;
    uncount_lock(vm, &lock->counted);
    return;
  }
  lock->use = LOCK_MESSAGE;
  if (lock->counted) thread_lost_lock(vm, lock->owner);
  lock->counted = false;
}

static void lock_free(VM *vm, Lock *lock) {
  disown(vm, lock);
  lock->locked = false;
  sem_post(&lock->semaphore);
}

Value lock_new(VM *vm) {
  Value v = object_new(vm, TYPE_OF(thread_lock));
  sem_init(&((Lock *)value_object(v))->semaphore, 0, 1);
  return v;
}

static Value lock_acquire(VM *vm, Lock *self, const lock_acquire_args *a) {
  Wait wait;
  if (!parse_wait(vm, a->blocking, a->timeout, &wait)) return VALUE_FAIL;
  return answer_heard(vm, lock_take(vm, self, wait));
}
static Value lock_acquire_lock(VM *vm, Lock *self, const lock_acquire_lock_args *a) {
  lock_acquire_args same = {.blocking = a->blocking, .timeout = a->timeout};
  return lock_acquire(vm, self, &same);
}
static Value lock_release(VM *vm, Lock *self, const lock_release_args *a) {
  if (!self->locked) return raise_error(vm, TYPE_OF(RuntimeError), "release unlocked lock");
  lock_free(vm, self);
  return VALUE_NONE;
}
static Value lock_release_lock(VM *vm, Lock *self, const lock_release_lock_args *a) {
  return lock_release(vm, self, NULL);
}
static Value lock_locked(VM *vm, Lock *self, const lock_locked_args *a) {
  return value_bool(self->locked);
}
static Value lock_locked_lock(VM *vm, Lock *self, const lock_locked_lock_args *a) {
  return value_bool(self->locked);
}
static Value lock_at_fork_reinit(VM *vm, Lock *self, const lock_at_fork_reinit_args *a) {
  if (self->owner == vm->thread->ident) uncount_lock(vm, &self->counted);
  sem_init(&self->semaphore, 0, 1);
  self->locked = self->counted = false;
  return VALUE_NONE;
}
static Value lock_op_enter(VM *vm, Lock *self, const lock_op_enter_args *a) {
  if (self->use == LOCK_UNKNOWN) self->use = LOCK_GUARD;
  return lock_take(vm, self, FOR_EVER) < 0 ? VALUE_FAIL : VALUE_TRUE;
}
static Value lock_op_exit(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return lock_release(vm, value_object(self), NULL);
}
static Value lock_op_repr(VM *vm, Lock *self, const lock_op_repr_args *a) {
  Str *type = type_qualified_name(vm, object_type(self));
  if (!type) return VALUE_FAIL;
  const char *state = self->locked ? "locked" : "unlocked";
  return value_of(str_format(vm, "<%s %U object at %p>", state, type, (void *)self));
}

/* ---- RLock */
static bool owns(VM *vm, const RLock *self) {
  return self->count && self->owner == vm->thread->ident;
}

/* rlock_wait: not counted: what C code takes runs no Python that could be stopped in the middle. */
static Answer rlock_wait(VM *vm, RLock *self, Wait wait) {
  if (owns(vm, self)) return self->count++, ANSWER_YES;
  Answer got = acquire(vm, &self->semaphore, wait);
  if (got != ANSWER_YES) return got;
  self->owner = vm->thread->ident;
  self->count = 1;
  return ANSWER_YES;
}

void rlock_init(RLock *lock) {
  sem_init(&lock->semaphore, 0, 1);
  lock->count = lock->owner = 0;
  lock->counted = false;
}
bool rlock_take(VM *vm, RLock *lock) { return rlock_wait(vm, lock, FOR_EVER) == ANSWER_YES; }
bool rlock_give(VM *vm, RLock *lock) {
  if (!owns(vm, lock)) return false;
  if (--lock->count == 0) {
    lock->owner = 0;
    uncount_lock(vm, &lock->counted);
    sem_post(&lock->semaphore);
  }
  return true;
}

static Answer rlock_enter(VM *vm, RLock *self, Wait wait) {
  Answer got = rlock_wait(vm, self, wait);
  if (got == ANSWER_YES && !self->counted) count_lock(vm, &self->counted);
  return got;
}

static Value rlock_acquire(VM *vm, RLock *self, const rlock_acquire_args *a) {
  Wait wait;
  if (!parse_wait(vm, a->blocking, a->timeout, &wait)) return VALUE_FAIL;
  return answer_heard(vm, rlock_enter(vm, self, wait));
}
static Value rlock_release(VM *vm, RLock *self, const rlock_release_args *a) {
  if (!rlock_give(vm, self))
    return raise_error(vm, TYPE_OF(RuntimeError), "cannot release un-acquired lock");
  return VALUE_NONE;
}
static Value rlock_is_owned(VM *vm, RLock *self, const rlock_is_owned_args *a) {
  return value_bool(owns(vm, self));
}
static Value rlock_recursion_count(VM *vm, RLock *self, const rlock_recursion_count_args *a) {
  return value_int_unchecked(owns(vm, self) ? (int64_t)self->count : 0);
}
static Value rlock_acquire_restore(VM *vm, RLock *self, const rlock_acquire_restore_args *a) {
  const Tuple *state =
      value_has_flag(a->state, TYPE_TUPLE_SUBCLASS) ? value_object(a->state) : NULL;
  int64_t count, owner;
  if (!state || tuple_length(state) != 2)
    return raise_type(vm, "function takes exactly 2 arguments");
  if (!value_index64(vm, state->items[0], &count, false) ||
      !value_index64(vm, state->items[1], &owner, false))
    return VALUE_FAIL;
  if (acquire(vm, &self->semaphore, FOR_EVER) == ANSWER_FAILED) return VALUE_FAIL;
  count_lock(vm, &self->counted);
  self->count = (unsigned long)count;
  self->owner = (unsigned long)owner;
  return VALUE_NONE;
}
static Value rlock_release_save(VM *vm, RLock *self, const rlock_release_save_args *a) {
  if (!self->count)
    return raise_error(vm, TYPE_OF(RuntimeError), "cannot release un-acquired lock");
  Value state = PACK(value_int(vm, (int64_t)self->count), value_int(vm, (int64_t)self->owner));
  self->count = self->owner = 0;
  uncount_lock(vm, &self->counted);
  sem_post(&self->semaphore);
  return state;
}
static Value rlock_at_fork_reinit(VM *vm, RLock *self, const rlock_at_fork_reinit_args *a) {
  if (owns(vm, self)) uncount_lock(vm, &self->counted);
  rlock_init(self);
  return VALUE_NONE;
}
static Value rlock_op_enter(VM *vm, RLock *self, const rlock_op_enter_args *a) {
  return rlock_enter(vm, self, FOR_EVER) == ANSWER_YES ? VALUE_TRUE : VALUE_FAIL;
}
static Value rlock_op_exit(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return rlock_release(vm, value_object(self), NULL);
}
static Value rlock_op_repr(VM *vm, RLock *self, const rlock_op_repr_args *a) {
  Str *type = type_qualified_name(vm, object_type(self));
  if (!type) return VALUE_FAIL;
  const char *state = self->count ? "locked" : "unlocked";
  return value_of(str_format(vm, "<%s %U object owner=%ld count=%ld at %p>", state, type,
                             (long)self->owner, (long)self->count, (void *)self));
}
static Value rlock_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  sem_init(&((RLock *)value_object(v))->semaphore, 0, 1);
  return v;
}

const ClassSpec thread_lock_class = {NATIVE_CLASS(lock_), .basic_size = sizeof(Lock)};
const ClassSpec thread_RLock_class = {NATIVE_CLASS(rlock_), .basic_size = sizeof(RLock)};
