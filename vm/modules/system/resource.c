/* resource.c -- the module resource: what processes use and may use. */
#include "vm/contracts/sys.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/interp/frame.h"
#include "vm/objects/int.h"
#include "vm/objects/tuple.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#define NATIVE_DEF "vm/modules/system/resource.def"
#define NATIVE_PREFIX resource_
#include "vm/contracts/native_class.inc"

static struct { Value rusage_type; /* registered by the first import */ } state = {VALUE_NONE};

static Value resource_getrusage(VM *vm, Value self, const resource_getrusage_args *a) {
  struct rusage usage;
  if (getrusage(a->who, &usage) < 0)
    return errno == EINVAL ? raise_value(vm, "invalid who parameter")
                           : raise_errno(vm, errno, VALUE_NONE);
  Value fields[16] = {
      value_float(vm, (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec * 1e-6),
      value_float(vm, (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec * 1e-6)};
  const long *numbers = &usage.ru_maxrss; /* the rest are longs, in this order */
  for (int i = 0; i < 14; i++) fields[i + 2] = value_int(vm, numbers[i]);
  return struct_sequence_new(vm, value_object(state.rusage_type), fields);
}

static Value limit_value(VM *vm, const struct rlimit *limit) {
  Value soft = limit->rlim_cur == RLIM_INFINITY ? value_int_unchecked(-1)
                                                : int_from_uint64(vm, limit->rlim_cur);
  Value hard = limit->rlim_max == RLIM_INFINITY ? value_int_unchecked(-1)
                                                : int_from_uint64(vm, limit->rlim_max);
  return PACK(soft, hard);
}
static bool check_resource(VM *vm, int resource) {
  return (resource >= 0 && resource < RLIM_NLIMITS) ||
         raise_false(vm, TYPE_OF(ValueError), "invalid resource specified");
}
static bool parse_limit(VM *vm, Value v, struct rlimit *out) {
  const Tuple *pair = tuple_from_iterable(vm, v);
  int64_t soft, hard;
  if (!pair) return false;
  if (tuple_length(pair) != 2)
    return raise_false(vm, TYPE_OF(ValueError), "expected a tuple of 2 integers");
  if (!value_long(vm, pair->items[0], &soft) || !value_long(vm, pair->items[1], &hard))
    return false;
  *out = (struct rlimit){soft < 0 ? RLIM_INFINITY : (rlim_t)soft,
                         hard < 0 ? RLIM_INFINITY : (rlim_t)hard};
  return true;
}
static Value limit_error(VM *vm) {
  if (errno == EINVAL) return raise_value(vm, "current limit exceeds maximum limit");
  if (errno == EPERM) return raise_value(vm, "not allowed to raise maximum limit");
  return raise_errno(vm, errno, VALUE_NONE);
}
static Value resource_getrlimit(VM *vm, Value self, const resource_getrlimit_args *a) {
  struct rlimit limit;
  if (!check_resource(vm, a->resource)) return VALUE_FAIL;
  return getrlimit((__rlimit_resource_t)a->resource, &limit) < 0
             ? raise_errno(vm, errno, VALUE_NONE)
             : limit_value(vm, &limit);
}
/* What was reserved without a limit would use it up. */
static void follow_limit(VM *vm, int resource) {
  if (resource == RLIMIT_AS || resource == RLIMIT_DATA) vm_follow_limit(vm);
}
static Value resource_setrlimit(VM *vm, Value self, const resource_setrlimit_args *a) {
  struct rlimit limit;
  if (!check_resource(vm, a->resource) || !parse_limit(vm, a->limits, &limit)) return VALUE_FAIL;
  AUDITED(vm, "resource.setrlimit", value_int(vm, a->resource), a->limits);
  if (setrlimit((__rlimit_resource_t)a->resource, &limit) < 0) return limit_error(vm);
  follow_limit(vm, (int)a->resource);
  return VALUE_NONE;
}
static Value resource_prlimit(VM *vm, Value self, const resource_prlimit_args *a) {
  struct rlimit new, old;
  if (!check_resource(vm, a->resource)) return VALUE_FAIL;
  if (a->limits != VALUE_NONE && !parse_limit(vm, a->limits, &new)) return VALUE_FAIL;
  AUDITED(vm, "resource.prlimit", value_int(vm, a->pid), value_int(vm, a->resource), a->limits);
  int result = prlimit(a->pid, (__rlimit_resource_t)a->resource,
                       a->limits == VALUE_NONE ? NULL : &new, &old);
  if (result < 0) return limit_error(vm);
  if (a->limits != VALUE_NONE && (a->pid == 0 || a->pid == getpid()))
    follow_limit(vm, (int)a->resource);
  return limit_value(vm, &old);
}
static Value resource_getpagesize(VM *vm, Value self, const resource_getpagesize_args *a) {
  return value_int(vm, getpagesize());
}

#define C(name) \
  { #name, (int64_t)name }
static const NamedInt constants[] = {
    C(RLIMIT_CPU),
    C(RLIMIT_FSIZE),
    C(RLIMIT_DATA),
    C(RLIMIT_STACK),
    C(RLIMIT_CORE),
    C(RLIMIT_NOFILE),
    C(RLIMIT_AS),
    C(RLIMIT_RSS),
    C(RLIMIT_NPROC),
    C(RLIMIT_MEMLOCK),
    {"RLIMIT_OFILE", RLIMIT_NOFILE},
    C(RUSAGE_SELF),
    C(RUSAGE_CHILDREN),
    {"RLIM_INFINITY", -1},
#ifdef __linux__
    C(RLIMIT_MSGQUEUE),
    C(RLIMIT_NICE),
    C(RLIMIT_RTPRIO),
    C(RLIMIT_RTTIME),
    C(RLIMIT_SIGPENDING),
    C(RUSAGE_THREAD),
#endif
};
static bool init(VM *vm, Module *module) {
  static const char *const fields[] = {
      "ru_utime",  "ru_stime",    "ru_maxrss", "ru_ixrss",   "ru_idrss",   "ru_isrss",
      "ru_minflt", "ru_majflt",   "ru_nswap",  "ru_inblock", "ru_oublock", "ru_msgsnd",
      "ru_msgrcv", "ru_nsignals", "ru_nvcsw",  "ru_nivcsw",  NULL};
  static const char *const docs[] = {"seconds of the processor in the program",
                                     "seconds of the processor in the system",
                                     "most memory held at once",
                                     "size of shared memory",
                                     "size of data of its own",
                                     "size of the stack",
                                     "page faults without reading",
                                     "page faults with reading",
                                     "times swapped out",
                                     "blocks read",
                                     "blocks written",
                                     "messages sent",
                                     "messages received",
                                     "signals received",
                                     "times that it gave the processor away",
                                     "times that the processor was taken"};
  static const StructSequenceSpec spec = {.name = "resource.struct_rusage",
                                          .doc = "struct_rusage: Result from getrusage.",
                                          .fields = fields,
                                          .docs = docs,
                                          .visible = 16};
  if (state.rusage_type == VALUE_NONE) {
    Type *type = struct_sequence_type(vm, &spec);
    if (!type) return false;
    state.rusage_type = value_from(type);
    heap_add_root(vm, &state.rusage_type);
  }
  if (!module_add_ints(vm, module, constants, ARRAY_COUNT(constants))) return false;
  return module_add(vm, module, "struct_rusage", state.rusage_type) &&
         module_add(vm, module, "error", value_from(TYPE_OF(OSError)));
}
const ModuleSpec resource_module = {.name = "resource",
                                    .doc = "What processes use and may use.",
                                    NATIVE_FUNCTIONS(resource_),
                                    .init = init};
