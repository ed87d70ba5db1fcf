/* _multiprocessing.c -- the module _multiprocessing: named semaphores that processes share.
**
** Law: `count` is what this process has acquired and not released; a recursive lock's semaphore is
** 0 exactly while some process's count is not. The kernel's object lives until its name is unlinked
** and nobody has it open; `name` is None when it has been unlinked at once. */
#include "vm/contracts/duration.h"
#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/system/system_text.h"
#include "vm/modules/thread/thread.h"
#include "vm/objects/dict.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <semaphore.h>
#include <time.h>

enum { RECURSIVE_MUTEX, SEMAPHORE };

typedef struct SemLock {
  Object h;
  sem_t *semaphore; /* NULL: not open */
  int kind, maxvalue;
  int64_t count;
  unsigned long owner; /* the thread that acquired last */
  Value handle, kind_value, maxvalue_value, name;
} SemLock;

#define NATIVE_DEF "vm/modules/process/semlock.def"
#define NATIVE_PREFIX semlock_
#define NATIVE_SELF SemLock *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/process/_multiprocessing.def"
#define NATIVE_PREFIX multiprocessing_
#include "vm/contracts/native_class.inc"

/* ---- making */
static Value failure(VM *vm) { return raise_errno(vm, errno, VALUE_NONE); }

static SemLock *semlock_new(VM *vm, Type *cls, int kind, int maxvalue, Value name) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return NULL;
  SemLock *self = value_object(v);
  heap_track_destroy(vm, &self->h);
  self->kind = kind;
  self->maxvalue = maxvalue;
  self->kind_value = value_int_unchecked(kind);
  self->maxvalue_value = value_int_unchecked(maxvalue);
  self->handle = value_int_unchecked(0);
  self->name = name;
  heap_barrier(vm, self, name);
  return self;
}

static Value set_semaphore(VM *vm, SemLock *self, sem_t *semaphore, Value handle) {
  self->semaphore = semaphore;
  self->handle = handle;
  heap_barrier(vm, self, handle);
  return value_from(self);
}

static Value semlock_construct(VM *vm, Type *cls, const semlock_construct_args *a) {
  if (a->kind != RECURSIVE_MUTEX && a->kind != SEMAPHORE)
    return raise_value(vm, "unrecognized kind");
  const char *text = (const char *)a->name->data;
  Value name = a->unlink ? VALUE_NONE : value_of(str_new_utf8(vm, text, a->name->length));
  if (value_is_fail(name)) return name;
  SemLock *self = semlock_new(vm, cls, a->kind, a->maxvalue, name);
  if (!self) return VALUE_FAIL;
  sem_t *semaphore = sem_open(text, O_CREAT | O_EXCL, 0600, (unsigned)a->value);
  if (semaphore == SEM_FAILED) return failure(vm);
  if (a->unlink && sem_unlink(text) < 0) {
    Value failed = failure(vm);
    sem_close(semaphore);
    return failed;
  }
  return set_semaphore(vm, self, semaphore, value_int(vm, (int64_t)(uintptr_t)semaphore));
}

static bool parse_handle(VM *vm, Value v, int64_t *out) {
  if (!value_is_any_int(v))
    return raise_false(vm, TYPE_OF(TypeError), "_rebuild() argument 1 must be int, not %T", v);
  return int_to_int64(v, out) ||
         raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C long");
}

static Value semlock_rebuild(VM *vm, Value cls, const semlock_rebuild_args *a) {
  int64_t handle;
  Value name = a->name ? value_from(a->name) : VALUE_NONE;
  if (!parse_handle(vm, a->handle, &handle)) return VALUE_FAIL;
  const Bytes *text = a->name ? system_text_of(vm, a->name) : NULL;
  if (a->name && !text) return VALUE_FAIL;
  SemLock *self = semlock_new(vm, value_object(cls), a->kind, a->maxvalue, name);
  if (!self) return VALUE_FAIL;
  if (!text) return set_semaphore(vm, self, (sem_t *)(uintptr_t)handle, a->handle);
  sem_t *semaphore = sem_open((const char *)text->data, 0);
  if (semaphore == SEM_FAILED) return failure(vm);
  return set_semaphore(vm, self, semaphore, value_int(vm, (int64_t)(uintptr_t)semaphore));
}

static void semlock_destroy(VM *vm, Object *object) {
  SemLock *self = (SemLock *)object;
  if (self->semaphore) sem_close(self->semaphore);
  self->semaphore = NULL;
}

static void semlock_trace(Marker *marker, Object *object) {
  SemLock *self = (SemLock *)object;
  mark_value(marker, self->handle);
  mark_value(marker, self->name);
}

/* ---- taking and giving */
static bool is_mine(VM *vm, const SemLock *self) {
  return self->count > 0 && self->owner == vm->thread->ident;
}

/* The moment `seconds` from now, which is now for what is negative. */
static int64_t deadline_of(double seconds) {
  double ns = seconds <= 0 ? 0 : seconds * NS_PER_SECOND;
  return monotonic_after(ns < 0x1p63 ? (int64_t)ns : INT64_MAX);
}

/* until -1: for ever */
static Answer take(VM *vm, SemLock *self, bool block, int64_t until) {
  int result;
  while ((result = sem_trywait(self->semaphore)) < 0 && errno == EINTR)
    if (!poll_signals(vm)) return ANSWER_FAILED;
  if (result < 0 && errno == EAGAIN && block) {
    int got;
    while ((got = wait_for_post(vm, self->semaphore, until)) < 0 && errno == EINTR)
      if (!poll_signals(vm)) return ANSWER_FAILED;
    if (got == 0) return ANSWER_NO;
    result = got > 0 ? 0 : -1;
  }
  if (result == 0) {
    self->count++;
    self->owner = vm->thread->ident;
    return ANSWER_YES;
  }
  if (errno == EAGAIN) return ANSWER_NO;
  return raise_errno(vm, errno, VALUE_NONE), ANSWER_FAILED;
}

static Value acquire(VM *vm, SemLock *self, bool block, Value timeout) {
  int64_t until = -1;
  if (self->kind == RECURSIVE_MUTEX && is_mine(vm, self)) return self->count++, VALUE_TRUE;
  if (timeout != VALUE_NONE) {
    double seconds;
    if (!value_to_double(vm, timeout, &seconds)) return VALUE_FAIL;
    if (isnan(seconds)) return raise_errno(vm, EINVAL, VALUE_NONE);
    until = deadline_of(seconds);
  }
  Answer got = take(vm, self, block, until);
  return got == ANSWER_FAILED ? VALUE_FAIL : value_bool(got);
}

static Value semlock_acquire(VM *vm, SemLock *self, const semlock_acquire_args *a) {
  return acquire(vm, self, a->block, a->timeout);
}

static Value semlock_release(VM *vm, SemLock *self, const semlock_release_args *a) {
  int value;
  if (self->kind == RECURSIVE_MUTEX) {
    if (!is_mine(vm, self))
      return raise_error(vm, TYPE_OF(AssertionError),
                         "attempt to release recursive lock not owned by thread");
    if (self->count > 1) return self->count--, VALUE_NONE;
  } else {
    if (sem_getvalue(self->semaphore, &value) < 0) return failure(vm);
    if (value >= self->maxvalue)
      return raise_value(vm, "semaphore or lock released too many times");
  }
  if (sem_post(self->semaphore) < 0) return failure(vm);
  self->count--;
  return VALUE_NONE;
}

static Value semlock_op_enter(VM *vm, SemLock *self, const semlock_op_enter_args *a) {
  return acquire(vm, self, true, VALUE_NONE);
}
static Value semlock_op_exit(VM *vm, SemLock *self, const semlock_op_exit_args *a) {
  return semlock_release(vm, self, NULL);
}

/* ---- how it stands */
static Value semlock_count(VM *vm, SemLock *self, const semlock_count_args *a) {
  return value_int(vm, self->count);
}
static Value semlock_is_mine(VM *vm, SemLock *self, const semlock_is_mine_args *a) {
  return value_bool(is_mine(vm, self));
}
/* The semaphore's value, -1 raised; what some systems say of those that wait is 0 here. */
static int value_now(VM *vm, const SemLock *self) {
  int value;
  if (sem_getvalue(self->semaphore, &value) < 0) return failure(vm), -1;
  return value < 0 ? 0 : value;
}
static Value semlock_get_value(VM *vm, SemLock *self, const semlock_get_value_args *a) {
  int value = value_now(vm, self);
  return value < 0 ? VALUE_FAIL : value_int_unchecked(value);
}
static Value semlock_is_zero(VM *vm, SemLock *self, const semlock_is_zero_args *a) {
  int value = value_now(vm, self);
  return value < 0 ? VALUE_FAIL : value_bool(value == 0);
}
static Value semlock_after_fork(VM *vm, SemLock *self, const semlock_after_fork_args *a) {
  self->count = 0;
  return VALUE_NONE;
}

static bool semlock_verify(const Object *object) {
  const SemLock *self = (const SemLock *)object;
  LAW(self->kind == RECURSIVE_MUTEX || self->kind == SEMAPHORE);
  LAW(self->semaphore || self->count == 0);
  LAW(self->kind != RECURSIVE_MUTEX || self->count >= 0);
  return true;
}

const ClassSpec semlock_SemLock_class = {
    NATIVE_CLASS(semlock_), .verify = VERIFIER(semlock_verify), .basic_size = sizeof(SemLock),
    .trace = semlock_trace, .destroy = semlock_destroy,
};

/* ---- the module */
static Value multiprocessing_sem_unlink(VM *vm, Value self,
                                        const multiprocessing_sem_unlink_args *a) {
  return sem_unlink((const char *)a->name->data) < 0 ? failure(vm) : VALUE_NONE;
}

static bool init(VM *vm, Module *module) {
  Dict *flags = dict_new(vm);
  return flags && dict_set_str(vm, flags, NAME("HAVE_SEM_OPEN"), value_int_unchecked(1)) &&
         dict_set_str(vm, flags, NAME("HAVE_SEM_TIMEDWAIT"), value_int_unchecked(1)) &&
         module_add(vm, module, "flags", value_from(flags)) &&
         module_add_type(vm, module, TYPE_OF(semlock_SemLock));
}

const ModuleSpec _multiprocessing_module = {
    .name = "_multiprocessing",
    NATIVE_FUNCTIONS(multiprocessing_),
    .init = init,
};
