/* sys.h -- what the module sys does for the rest of the VM. Defined in vm/modules. */
#ifndef KRAIT_CONTRACTS_SYS_H
#define KRAIT_CONTRACTS_SYS_H

#include "vm/core/vm.h"

MUST_USE Value sys_get(VM *vm, const char *name); /* VALUE_UNBOUND when absent */
MUST_USE bool sys_set(VM *vm, const char *name, Value v);
/* sys_audit: sys.audit(event, argument) when a hook is installed. */
MUST_USE MAY_RUN bool sys_audit(VM *vm, const char *event, Value argument);
/* SYS_AUDIT(vm, event, values…): with several arguments, which are evaluated only when one is. */
MUST_USE MAY_RUN bool sys_audit_tuple(VM *vm, const char *event, Value arguments);
bool sys_is_audited(void);
#define SYS_AUDIT(vm, event, ...) \
  (LIKELY(!sys_is_audited()) || sys_audit_tuple(vm, event, PACK(__VA_ARGS__)))
/* AUDITED(vm, event, values…): SYS_AUDIT, and VALUE_FAIL returned when a hook refuses. */
#define AUDITED(vm, event, ...)                                \
  do {                                                         \
    if (!SYS_AUDIT(vm, event, __VA_ARGS__)) return VALUE_FAIL; \
  } while (0)
/* sys_flush_streams: was stdout flushed? What fails is reported, nothing is pending. */
MAY_RUN bool sys_flush_streams(VM *vm);

#endif
