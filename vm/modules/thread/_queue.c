/* _queue.c -- the module _queue: SimpleQueue, an unbounded queue between threads.
** The items are a deque; a semaphore counts them, so that a waiting thread sleeps without the
** global lock. */
#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

#include "vm/base/memory.h"
#include "vm/contracts/duration.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/type.h"
#include "vm/modules/thread/thread.h"
#include "vm/objects/deque.h"
#include "vm/objects/dict.h"
#include "vm/objects/float.h"
#include "vm/objects/items.h"
#include "vm/objects/tuple.h"

typedef struct SimpleQueue {
  Object h;
  Deque *items; /* [gc] */
  sem_t *count; /* [owned] */
} SimpleQueue;

#define NATIVE_DEF "vm/modules/thread/SimpleQueue.def"
#define NATIVE_PREFIX queue_
#define NATIVE_SELF SimpleQueue *
#include "vm/contracts/native_class.inc"

static struct { Value empty_class; /* _queue.Empty; registered by the import */ } state;

static Value queue_construct(VM *vm, Type *cls, const queue_construct_args *a) {
  sem_t *count = memory_take(sizeof *count);
  if (!count) return raise_memory(vm);
  sem_init(count, 0, 0);
  Deque *items = deque_new(vm);
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  SimpleQueue *q = value_object(v);
  q->items = items;
  q->count = count;
  heap_track_destroy(vm, &q->h);
  return v;
}

static void queue_destroy(VM *vm, Object *self) {
  sem_t *count = ((SimpleQueue *)self)->count;
  if (!count) return;
  sem_destroy(count);
  free(count);
}

static Value put(VM *vm, SimpleQueue *q, Value item) {
  if (!deque_append_value(vm, q->items, item)) return VALUE_FAIL;
  sem_post(q->count);
  return VALUE_NONE;
}
static Value queue_put(VM *vm, SimpleQueue *self, const queue_put_args *a) {
  return put(vm, self, a->item);
}
static Value queue_put_nowait(VM *vm, SimpleQueue *self, const queue_put_nowait_args *a) {
  return put(vm, self, a->item);
}

/* Waits for an item: 1 there is one, 0 none in time, -1 raised. */
static Answer wait_for_item(VM *vm, SimpleQueue *q, bool block, int64_t timeout_ns) {
  if (sem_trywait(q->count) == 0) return ANSWER_YES;
  if (!block) return ANSWER_NO;
  int64_t until = timeout_ns < 0 ? -1 : monotonic_after(timeout_ns);
  for (;;) {
    int got = wait_for_post(vm, q->count, until);
    if (got >= 0) return got ? ANSWER_YES : ANSWER_NO;
    if (!poll_signals(vm)) return ANSWER_FAILED;
  }
}

static Value get(VM *vm, SimpleQueue *q, bool block, Value timeout_value) {
  int64_t timeout = -1;
  if (block && timeout_value != VALUE_NONE) {
    if (!value_duration(vm, timeout_value, NS_PER_SECOND, &timeout)) return VALUE_FAIL;
    if (timeout < 0) return raise_value(vm, "'timeout' must be a non-negative number");
  }
  Answer got = wait_for_item(vm, q, block, timeout);
  if (got == ANSWER_FAILED) return VALUE_FAIL;
  return got ? deque_pop_left_value(vm, q->items) : raise_bare(vm, value_object(state.empty_class));
}
static Value queue_get(VM *vm, SimpleQueue *self, const queue_get_args *a) {
  return get(vm, self, a->block, a->timeout);
}
static Value queue_get_nowait(VM *vm, SimpleQueue *self, const queue_get_nowait_args *a) {
  return get(vm, self, false, VALUE_NONE);
}

static Value queue_empty(VM *vm, SimpleQueue *self, const queue_empty_args *a) {
  return value_bool(self->items->length == 0);
}
static Value queue_qsize(VM *vm, SimpleQueue *self, const queue_qsize_args *a) {
  return value_int_unchecked((int64_t)self->items->length);
}
static Value queue_class_getitem(VM *vm, Value cls, const queue_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}

static void queue_trace(Marker *marker, Object *self) {
  mark_object(marker, ((SimpleQueue *)self)->items);
}

const ClassSpec SimpleQueue_class = {
    NATIVE_CLASS(queue_),
    .basic_size = sizeof(SimpleQueue),
    .trace = queue_trace,
    .destroy = queue_destroy,
};

static bool init(VM *vm, Module *module) {
  if (!module_add_type(vm, module, TYPE_OF(SimpleQueue))) return false;
  Dict *namespace_ = dict_new(vm);
  if (!dict_set_str(vm, namespace_, NAME("__module__"), value_from(NAME("_queue"))) ||
      !dict_set_str(vm, namespace_, NAME("__doc__"),
                    value_from(NAME("Exception raised by Queue.get(block=0)/get_nowait()."))))
    return false;
  state.empty_class = type_new(vm, TYPE_OF(type), NAME("Empty"),
                               TUPLE(value_from(TYPE_OF(Exception))), namespace_, NULL, NULL);
  if (value_is_fail(state.empty_class)) return false;
  heap_add_root(vm, &state.empty_class);
  return module_add(vm, module, "Empty", state.empty_class);
}

const ModuleSpec _queue_module = {
    .name = "_queue",
    .doc = "C implementation of the Python queue module.\nThis module is an implementation detail, "
           "please do not use it directly.",
    .init = init,
};
