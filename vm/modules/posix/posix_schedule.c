/* posix_schedule.c -- posix: scheduling policies and their parameters, the processors of a
** process. */
#include "vm/modules/posix/posix.h"
#include "vm/modules/posix/posix_schedule.h"
#include "vm/objects/list.h"
#include "vm/objects/set.h"

#include <sched.h>

#define NATIVE_DEF "vm/modules/posix/posix_schedule.def"
#define NATIVE_PREFIX schedule_
#include "vm/contracts/native_class.inc"

static struct { Value param_type; /* registered by the first import */ } state = {VALUE_NONE};

bool convert_SchedParam(VM *vm, Value v, c_SchedParam *out, const MethodSpec *spec, int i) {
  int64_t n;
  if (value_from(value_type(v)) != state.param_type)
    return raise_false(vm, TYPE_OF(TypeError), "must have a sched_param object");
  if (!value_long(vm, ((Tuple *)value_object(v))->items[0], &n)) return false;
  if (n != (int)n) return raise_false(vm, TYPE_OF(OverflowError), "sched_priority out of range");
  *out = (int)n;
  return true;
}

static Value schedule_sched_yield(VM *vm, Value self, const schedule_sched_yield_args *a) {
  return posix_none(vm, BLOCKING(vm, sched_yield()));
}
static Value schedule_sched_get_priority_max(VM *vm, Value self,
                                             const schedule_sched_get_priority_max_args *a) {
  return posix_int(vm, sched_get_priority_max(a->policy));
}
static Value schedule_sched_get_priority_min(VM *vm, Value self,
                                             const schedule_sched_get_priority_min_args *a) {
  return posix_int(vm, sched_get_priority_min(a->policy));
}
static Value schedule_sched_getscheduler(VM *vm, Value self,
                                         const schedule_sched_getscheduler_args *a) {
  return posix_int(vm, sched_getscheduler(a->pid));
}
static Value schedule_sched_setscheduler(VM *vm, Value self,
                                         const schedule_sched_setscheduler_args *a) {
  struct sched_param param = {.sched_priority = a->param};
  return posix_none(vm, sched_setscheduler(a->pid, a->policy, &param));
}
static Value schedule_sched_getparam(VM *vm, Value self, const schedule_sched_getparam_args *a) {
  struct sched_param param;
  if (sched_getparam(a->pid, &param) < 0) return posix_error(vm);
  Value fields[] = {value_int_unchecked(param.sched_priority)};
  return struct_sequence_new(vm, value_object(state.param_type), fields);
}
static Value schedule_sched_setparam(VM *vm, Value self, const schedule_sched_setparam_args *a) {
  struct sched_param param = {.sched_priority = a->param};
  return posix_none(vm, sched_setparam(a->pid, &param));
}
static Value schedule_sched_rr_get_interval(VM *vm, Value self,
                                            const schedule_sched_rr_get_interval_args *a) {
  struct timespec quantum;
  if (sched_rr_get_interval(a->pid, &quantum) < 0) return posix_error(vm);
  return value_float(vm, (double)quantum.tv_sec + 1e-9 * (double)quantum.tv_nsec);
}

/* ---- the processors that a process may use: a mask as long as the system or the program wants */
static Value cpu_set_value(VM *vm, const cpu_set_t *cpus, int count) {
  Set *set = set_new(vm);
  for (int i = 0; i < count; i++)
    if (CPU_ISSET_S((size_t)i, CPU_ALLOC_SIZE((size_t)count), cpus) &&
        !set_add_value(vm, set, value_int_unchecked(i)))
      return VALUE_FAIL;
  return value_from(set);
}

/* The numbers that an iterable gives, as immediate ints; NULL: raised. */
static List *cpu_numbers(VM *vm, Value mask) {
  Value iterator = get_iterator(vm, mask);
  List *list = iterator == VALUE_FAIL ? NULL : list_new(vm, 0);
  for (Value v; list && (v = iterator_next(vm, iterator)) != VALUE_STOP;) {
    int64_t n;
    if (v == VALUE_FAIL) return NULL;
    if (!value_is_any_int(v))
      return raise_type(vm, "expected an iterator of ints, but iterator yielded %R",
                        value_from(value_type(v))),
             NULL;
    if (!value_long(vm, v, &n)) return NULL;
    if (n < 0) return raise_value(vm, "negative CPU number"), NULL;
    if (n > INT32_MAX - 1)
      return raise_error(vm, TYPE_OF(OverflowError), "CPU number too large"), NULL;
    if (!list_append_value(vm, list, value_int_unchecked(n))) return NULL;
  }
  return list;
}

static Value schedule_sched_getaffinity(VM *vm, Value self,
                                        const schedule_sched_getaffinity_args *a) {
  enum { MOST = 1 << 20 };
  cpu_set_t *cpus = NULL;
  int count = CPU_SETSIZE / 2, failed;
  do {
    count *= 2;
    CPU_FREE(cpus);
    if (!(cpus = CPU_ALLOC((size_t)count))) return raise_memory(vm);
    failed = sched_getaffinity(a->pid, CPU_ALLOC_SIZE((size_t)count), cpus);
  } while (failed && errno == EINVAL && count < MOST);
  Value result = failed ? posix_error(vm) : cpu_set_value(vm, cpus, count);
  CPU_FREE(cpus);
  return result;
}
static Value schedule_sched_setaffinity(VM *vm, Value self,
                                        const schedule_sched_setaffinity_args *a) {
  List *list = cpu_numbers(vm, a->mask);
  if (!list) return VALUE_FAIL;
  int64_t most = CPU_SETSIZE - 1;
  for (size_t i = 0; i < list_length(list); i++)
    if (value_as_int(list_items(list)[i]) > most) most = value_as_int(list_items(list)[i]);
  size_t size = CPU_ALLOC_SIZE((size_t)most + 1);
  cpu_set_t *cpus = CPU_ALLOC((size_t)most + 1);
  if (!cpus) return raise_memory(vm);
  CPU_ZERO_S(size, cpus);
  for (size_t i = 0; i < list_length(list); i++)
    CPU_SET_S((size_t)value_as_int(list_items(list)[i]), size, cpus);
  Value result = posix_none(vm, sched_setaffinity(a->pid, size, cpus));
  CPU_FREE(cpus);
  return result;
}

/* sched_param(sched_priority): not of a sequence, as other classes of its kind are made. */
static Value make_param(VM *vm, const MethodSpec *spec, Value self, const Value *args) {
  return struct_sequence_new(vm, value_object(self), args);
}

bool posix_schedule_init(VM *vm, Module *module) {
  if (state.param_type == VALUE_NONE) {
    static const char *const fields[] = {"sched_priority", NULL};
    static const ParamSpec params[] = {{"sched_priority", PARAM_PK, 0, "Any", NULL}};
    static const MethodSpec constructor = {.name = "sched_param",
                                           .entry = make_param,
                                           .params = params,
                                           .nparams = 1,
                                           .npos_min = 1,
                                           .npos_max = 1,
                                           .flags = METHOD_HAS_KEYWORDS};
    static const StructSequenceSpec spec = {
        .name = "posix.sched_param",
        .doc = "The parameters of a scheduling policy: a priority.",
        .fields = fields,
        .visible = 1,
        .constructor = &constructor};
    Type *type = struct_sequence_type(vm, &spec);
    if (!type) return false;
    state.param_type = value_from(type);
    heap_add_root(vm, &state.param_type);
  }
  return module_add(vm, module, "sched_param", state.param_type) &&
         posix_add_methods(vm, module, schedule_methods, ARRAY_COUNT(schedule_methods) - 1);
}
