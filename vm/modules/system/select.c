/* select.c -- the module select: waiting for descriptors. */
#include "vm/base/memory.h"
#include "vm/contracts/duration.h"
#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/core/vm.h"
#include "vm/modules/posix/posix.h"
#include "vm/objects/dict.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

typedef struct Poll {
  Object h;
  Dict *fds;
  bool busy;
} Poll;
typedef struct Epoll {
  Object h;
  int fd;
} Epoll;

/* Events: an unsigned short of C */
typedef uint16_t c_Events;
MUST_USE static bool convert_Events(VM *vm, Value v, c_Events *out, const MethodSpec *spec, int i) {
  uint64_t wide;
  if (!value_unsigned_long(vm, v, &wide)) return false;
  *out = (uint16_t)wide;
  return wide <= USHRT_MAX ||
         raise_false(vm, TYPE_OF(OverflowError), "Python int too large for C unsigned short");
}
#define DEFAULT_Events(x) (x)
/* Mask: the low bits of an int */
typedef uint32_t c_Mask;
MUST_USE MAY_RUN static bool convert_Mask(VM *vm, Value v, c_Mask *out, const MethodSpec *spec,
                                          int i) {
  Value n;
  if (!value_index(vm, v, &n)) return false;
  *out = (uint32_t)int_low_bits(n);
  return true;
}
#define DEFAULT_Mask(x) (x)

#define NATIVE_DEF "vm/modules/system/select.def"
#define NATIVE_PREFIX select_
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/system/select_poll.def"
#define NATIVE_PREFIX poll_object_
#define NATIVE_SELF Poll *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/system/select_epoll.def"
#define NATIVE_PREFIX epoll_object_
#define NATIVE_SELF Epoll *
#include "vm/contracts/native_class.inc"

/* ---- deadlines: monotonic nanoseconds, -1 for ever */
/* when, of a number of units: `ns` from now; what is not one is told with `what`. */
static bool parse_timeout(VM *vm, Value v, int64_t unit_ns, int64_t *ns, const char *what) {
  *ns = -1;
  if (v == VALUE_NONE || v == VALUE_MISSING || value_duration(vm, v, unit_ns, ns)) return true;
  if (error_clear_if(vm, TYPE_OF(TypeError))) raise_error(vm, TYPE_OF(TypeError), "%s", what);
  return false;
}
/* the same for calls that take whole milliseconds as an int of C: below zero is for ever. */
static bool parse_deadline(VM *vm, Value v, int64_t unit_ns, int64_t *deadline) {
  int64_t ns;
  if (!parse_timeout(vm, v, unit_ns, &ns, "timeout must be an integer or None")) return false;
  int64_t ms = duration_to_ms(ns);
  if (ms < INT_MIN || ms > INT_MAX)
    return raise_false(vm, TYPE_OF(OverflowError), "timeout is too large");
  *deadline = ns < 0 ? -1 : monotonic_after(ns);
  return true;
}
static int left_ms(int64_t deadline) {
  return deadline < 0 ? -1 : duration_to_poll(deadline - monotonic_after(0));
}

/* ---- select */
typedef struct SelectCall {
  fd_set wanted[3], ready[3];
  int most; /* the largest descriptor */
} SelectCall;
static int attempt_select(void *data, int64_t until) {
  SelectCall *call = data;
  memcpy(call->ready, call->wanted, sizeof call->ready);
  int64_t ns = until < 0 ? 0 : until - monotonic_after(0);
  if (ns < 0) ns = 0;
  const struct timespec left = {ns / NS_PER_SECOND, ns % NS_PER_SECOND};
  return pselect(call->most + 1, &call->ready[0], &call->ready[1], &call->ready[2],
                 until < 0 ? NULL : &left, NULL);
}
/* A list is read as it stands: a fileno() may grow or shrink it. */
static bool fill_set(VM *vm, Value sequence, fd_set *set, List **objects, int *fds, int *most) {
  FD_ZERO(set);
  *objects = list_new(vm, 0);
  List *asked =
      value_is(sequence, list) ? value_object(sequence) : list_from_iterable(vm, sequence);
  if (!asked)
    return error_clear_if(vm, TYPE_OF(TypeError))
               ? raise_false(vm, TYPE_OF(TypeError), "arguments 1-3 must be sequences")
               : false;
  for (size_t i = 0; i < list_length(asked); i++) {
    Value object = list_items(asked)[i];
    int fd;
    if (!fd_of(vm, object, &fd)) return false;
    if (fd >= FD_SETSIZE)
      return raise_false(vm, TYPE_OF(ValueError), "filedescriptor out of range in select()");
    if (i >= FD_SETSIZE)
      return raise_false(vm, TYPE_OF(ValueError), "too many file descriptors in select()");
    fds[i] = fd;
    FD_SET(fd, set);
    if (fd > *most) *most = fd;
    if (!list_append_value(vm, *objects, object)) return false;
  }
  return true;
}
static Value ready_of(VM *vm, const fd_set *set, const List *objects, const int *fds) {
  List *ready = list_new(vm, 0);
  for (size_t i = 0; i < list_length(objects); i++)
    if (FD_ISSET(fds[i], set) && !list_append_value(vm, ready, list_items(objects)[i]))
      return VALUE_FAIL;
  return value_from(ready);
}
static Value select_select(VM *vm, Value self, const select_select_args *a) {
  SelectCall call = {.most = -1};
  List *objects[3];
  int fds[3][FD_SETSIZE] = {0}; /* what the C stack held there would look alive while it waits */
  int n;
  int64_t ns;
  if (!parse_timeout(vm, a->timeout, NS_PER_SECOND, &ns, "timeout must be a float or None"))
    return VALUE_FAIL;
  bool waits = a->timeout == VALUE_NONE || a->timeout == VALUE_MISSING;
  if (ns < 0 && !waits) return raise_value(vm, "timeout must be non-negative");
  int64_t deadline = waits ? -1 : monotonic_after(ns);
  const Value lists[] = {a->rlist, a->wlist, a->xlist};
  for (int i = 0; i < 3; i++)
    if (!fill_set(vm, lists[i], &call.wanted[i], &objects[i], fds[i], &call.most))
      return VALUE_FAIL;
  while ((n = wait_idly(vm, deadline, attempt_select, &call)) < 0) {
    if (errno != EINTR) return raise_errno(vm, errno, VALUE_NONE);
    if (!poll_signals(vm)) return VALUE_FAIL;
  }
  Value ready[3];
  for (int i = 0; i < 3; i++) {
    ready[i] = n ? ready_of(vm, &call.ready[i], objects[i], fds[i]) : value_of(list_new(vm, 0));
    if (ready[i] == VALUE_FAIL) return VALUE_FAIL;
  }
  return PACK(ready[0], ready[1], ready[2]);
}

/* ---- poll */
static Value select_poll(VM *vm, Value self, const select_poll_args *a) {
  Value v = object_new(vm, TYPE_OF(select_poll));
  Dict *fds = dict_new(vm);
  ((Poll *)value_object(v))->fds = fds;
  heap_barrier_object(vm, value_object(v), fds);
  return v;
}
static Value poll_object_register(VM *vm, Poll *self, const poll_object_register_args *a) {
  int fd;
  if (!fd_of(vm, a->fd, &fd)) return VALUE_FAIL;
  return value_none_if(
      dict_set(vm, self->fds, value_int_unchecked(fd), value_int_unchecked(a->eventmask)));
}
static Value poll_object_modify(VM *vm, Poll *self, const poll_object_modify_args *a) {
  int fd;
  if (!fd_of(vm, a->fd, &fd)) return VALUE_FAIL;
  Value found = dict_get(vm, self->fds, value_int_unchecked(fd));
  if (found == VALUE_UNBOUND) return raise_errno(vm, ENOENT, VALUE_NONE);
  return value_none_if(
      dict_set(vm, self->fds, value_int_unchecked(fd), value_int_unchecked(a->eventmask)));
}
static Value poll_object_unregister(VM *vm, Poll *self, const poll_object_unregister_args *a) {
  int fd;
  if (!fd_of(vm, a->fd, &fd)) return VALUE_FAIL;
  Value removed = dict_remove(vm, self->fds, value_int_unchecked(fd));
  return removed == VALUE_UNBOUND ? raise_key(vm, value_int_unchecked(fd))
         : removed == VALUE_FAIL  ? VALUE_FAIL
                                  : VALUE_NONE;
}
static Value event_list(VM *vm, const struct pollfd *fds, size_t count) {
  List *list = list_new(vm, 0);
  for (size_t i = 0; i < count; i++) {
    if (!fds[i].revents) continue;
    Value pair = PACK(value_int_unchecked(fds[i].fd), value_int_unchecked(fds[i].revents & 0xffff));
    if (!list_append_value(vm, list, pair)) return VALUE_FAIL;
  }
  return value_from(list);
}
typedef struct PollCall {
  struct pollfd *fds;
  size_t count;
} PollCall;
static int attempt_poll(void *data, int64_t until) {
  const PollCall *call = data;
  return poll(call->fds, call->count, left_ms(until));
}
static Value poll_object_poll(VM *vm, Poll *self, const poll_object_poll_args *a) {
  int64_t deadline;
  if (!parse_deadline(vm, a->timeout, NS_PER_MS, &deadline)) return VALUE_FAIL;
  if (self->busy) return raise_error(vm, TYPE_OF(RuntimeError), "concurrent poll() invocation");
  size_t count = dict_length(self->fds), i = 0, position = 0;
  struct pollfd *fds = memory_take_zeroed(count + 1, sizeof *fds);
  if (!fds) return raise_memory(vm);
  Value key, mask, result = VALUE_FAIL;
  while (i < count && dict_next(self->fds, &position, &key, &mask))
    fds[i++] = (struct pollfd){.fd = (int)value_as_int(key), .events = (short)value_as_int(mask)};
  self->busy = true;
  PollCall call = {fds, count};
  for (;;) {
    int n = wait_idly(vm, deadline, attempt_poll, &call);
    if (n >= 0) result = event_list(vm, fds, count);
    else if (errno == EINTR && poll_signals(vm)) continue;
    else if (!error_pending(vm)) raise_errno(vm, errno, VALUE_NONE);
    break;
  }
  self->busy = false;
  free(fds);
  return result;
}
static void poll_trace(Marker *marker, Object *object) {
  mark_object(marker, ((Poll *)object)->fds);
}

/* ---- epoll */
static Value make_epoll(VM *vm, Type *cls, int fd) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  ((Epoll *)value_object(v))->fd = fd;
  heap_track_destroy(vm, value_object(v));
  return v;
}
static Value epoll_object_construct(VM *vm, Type *cls, const epoll_object_construct_args *a) {
  if (a->sizehint != -1 && a->sizehint <= 0) return raise_value(vm, "negative sizehint");
  if (a->flags && a->flags != EPOLL_CLOEXEC)
    return raise_error(vm, TYPE_OF(OSError), "invalid flags");
  int fd = epoll_create1(EPOLL_CLOEXEC);
  if (fd < 0) return raise_errno(vm, errno, VALUE_NONE);
  Value made = make_epoll(vm, cls, fd);
  if (value_is_fail(made)) close(fd);
  return made;
}
static Value epoll_object_fromfd(VM *vm, Value cls, const epoll_object_fromfd_args *a) {
  return make_epoll(vm, value_object(cls), a->fd);
}
#define CHECK_OPEN(self) \
  if ((self)->fd < 0) return raise_value(vm, "I/O operation on closed epoll object")
static Value epoll_object_close(VM *vm, Epoll *self, const epoll_object_close_args *a) {
  int fd = self->fd;
  self->fd = -1;
  return fd >= 0 && close(fd) < 0 ? raise_errno(vm, errno, VALUE_NONE) : VALUE_NONE;
}
static Value epoll_object_fileno(VM *vm, Epoll *self, const epoll_object_fileno_args *a) {
  CHECK_OPEN(self);
  return value_int_unchecked(self->fd);
}
static Value control(VM *vm, Epoll *self, int operation, Value target, uint32_t mask) {
  CHECK_OPEN(self);
  int fd;
  if (!fd_of(vm, target, &fd)) return VALUE_FAIL;
  struct epoll_event event = {.events = mask, .data.fd = fd};
  return epoll_ctl(self->fd, operation, fd, &event) < 0 ? raise_errno(vm, errno, VALUE_NONE)
                                                        : VALUE_NONE;
}
static Value epoll_object_register(VM *vm, Epoll *self, const epoll_object_register_args *a) {
  return control(vm, self, EPOLL_CTL_ADD, a->fd, a->eventmask);
}
static Value epoll_object_modify(VM *vm, Epoll *self, const epoll_object_modify_args *a) {
  return control(vm, self, EPOLL_CTL_MOD, a->fd, a->eventmask);
}
static Value epoll_object_unregister(VM *vm, Epoll *self, const epoll_object_unregister_args *a) {
  return control(vm, self, EPOLL_CTL_DEL, a->fd, 0);
}
static Value events_list(VM *vm, const struct epoll_event *events, int n) {
  List *list = list_new(vm, 0);
  for (int i = 0; list && i < n; i++) {
    Tuple *pair =
        TUPLE(value_int_unchecked(events[i].data.fd), value_int_unchecked(events[i].events));
    if (!pair || !list_append_value(vm, list, value_from(pair))) return VALUE_FAIL;
  }
  return value_of(list);
}
typedef struct EpollCall {
  int fd, most;
  struct epoll_event *events; /* `most` of them */
} EpollCall;
static int attempt_epoll(void *data, int64_t until) {
  const EpollCall *call = data;
  return epoll_wait(call->fd, call->events, call->most, left_ms(until));
}
static Value epoll_object_poll(VM *vm, Epoll *self, const epoll_object_poll_args *a) {
  CHECK_OPEN(self);
  int64_t deadline;
  if (!parse_deadline(vm, a->timeout, NS_PER_SECOND, &deadline)) return VALUE_FAIL;
  int most = a->maxevents == -1 ? FD_SETSIZE - 1 : a->maxevents, n;
  if (most < 1) return raise_value(vm, "maxevents must be greater than 0, got %d", most);
  struct epoll_event *events = memory_take((size_t)most * sizeof *events);
  if (!events) return raise_memory(vm);
  EpollCall call = {self->fd, most, events};
  do n = wait_idly(vm, deadline, attempt_epoll, &call);
  while (n < 0 && errno == EINTR && poll_signals(vm));
  Value result = VALUE_FAIL;
  if (n >= 0) result = events_list(vm, events, n);
  else if (!error_pending(vm)) raise_errno(vm, errno, VALUE_NONE);
  free(events);
  return result;
}
static Value epoll_object_op_enter(VM *vm, Epoll *self, const epoll_object_op_enter_args *a) {
  CHECK_OPEN(self);
  return value_from(self);
}
static Value epoll_object_op_exit(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return epoll_object_close(vm, value_object(self), NULL);
}
static Value epoll_object_get_closed(VM *vm, Epoll *self) { return value_bool(self->fd < 0); }
static void epoll_destroy(VM *vm, Object *object) {
  if (((Epoll *)object)->fd >= 0) close(((Epoll *)object)->fd);
}

#define C(name) \
  { #name, (int64_t)name }
static const NamedInt constants[] = {
    C(POLLIN),         C(POLLPRI),       C(POLLOUT),         C(POLLERR),     C(POLLHUP),
    C(POLLNVAL),       C(POLLRDNORM),    C(POLLRDBAND),      C(POLLWRNORM),  C(POLLWRBAND),
    C(POLLMSG),        C(POLLRDHUP),     C(EPOLLIN),         C(EPOLLOUT),    C(EPOLLPRI),
    C(EPOLLERR),       C(EPOLLHUP),      C(EPOLLRDHUP),      C(EPOLLET),     C(EPOLLONESHOT),
    C(EPOLLEXCLUSIVE), C(EPOLLRDNORM),   C(EPOLLRDBAND),     C(EPOLLWRNORM), C(EPOLLWRBAND),
    C(EPOLLMSG),       C(EPOLL_CLOEXEC), {"PIPE_BUF", 4096},
};
static bool init(VM *vm, Module *module) {
  if (!module_add_ints(vm, module, constants, ARRAY_COUNT(constants))) return false;
  return module_add(vm, module, "error", value_from(TYPE_OF(OSError))) &&
         module_add(vm, module, "epoll", value_from(TYPE_OF(select_epoll)));
}

const ClassSpec select_poll_class = {
    NATIVE_CLASS(poll_object_),
    .basic_size = sizeof(Poll),
    .trace = poll_trace,
};
const ClassSpec select_epoll_class = {
    NATIVE_CLASS(epoll_object_),
    .basic_size = sizeof(Epoll),
    .destroy = epoll_destroy,
};
const ModuleSpec select_module = {.name = "select",
                                  .doc = "Waiting for descriptors to be ready.",
                                  NATIVE_FUNCTIONS(select_),
                                  .init = init};
