/* syslog.c -- the module syslog: messages to the system's log. */
#include "vm/base/memory.h"
#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/sys.h"
#include "vm/contracts/type.h"
#include "vm/modules/system/system_text.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"

#include <stdlib.h>
#include <syslog.h>

/* Ident: a text, NULL when it is not given. */
typedef Str *c_Ident;
static bool convert_Ident(VM *vm, Value v, c_Ident *out, const MethodSpec *spec, int i) {
  if (v == VALUE_NONE)
    return raise_false(vm, TYPE_OF(TypeError), "openlog() argument 1 must be str, not None");
  if (!value_is_str(v))
    return raise_false(vm, TYPE_OF(TypeError), "openlog() argument 1 must be str, not %T", v);
  *out = value_object(v);
  return true;
}
#define DEFAULT_Ident(x) NULL

#define NATIVE_DEF "vm/modules/system/syslog.def"
#define NATIVE_PREFIX syslog_
#include "vm/contracts/native_class.inc"

/* ident: [owned] what the C library goes on reading until closelog. No roots. */
static struct {
  bool open;
  char *ident;
} state;

static Value syslog_LOG_MASK(VM *vm, Value self, const syslog_LOG_MASK_args *a) {
  return value_int_unchecked((int)(1u << (a->pri & 31)));
}
static Value syslog_LOG_UPTO(VM *vm, Value self, const syslog_LOG_UPTO_args *a) {
  return value_int_unchecked((int)((1u << ((a->pri + 1) & 31)) - 1));
}

/* The program's name without its folders; NULL without a name, or raised. */
static char *program_name(VM *vm) {
  Value argv = sys_get(vm, "argv");
  if (!value_has_flag(argv, TYPE_LIST_SUBCLASS) || !list_length(value_object(argv))) return NULL;
  Value first = list_items(value_object(argv))[0];
  const Bytes *bytes = value_is_str(first) ? system_text_of(vm, value_object(first)) : NULL;
  if (!bytes) return NULL;
  const char *text = (const char *)bytes->data, *slash = strrchr(text, '/');
  return memory_copy_text(slash ? slash + 1 : text);
}

static bool open_log(VM *vm, Str *ident, int options, int facility) {
  const Bytes *bytes = ident ? system_text_of(vm, ident) : NULL;
  if (ident && !bytes) return false;
  char *text = ident ? memory_copy_text((const char *)bytes->data) : program_name(vm);
  Value name = VALUE_NONE;
  if (!error_pending(vm) && text && sys_is_audited()) name = value_of(str_new_cstr(vm, text));
  if (error_pending(vm) ||
      !SYS_AUDIT(vm, "syslog.openlog", name, value_int(vm, options), value_int(vm, facility)))
    return free(text), false;
  openlog(text, options, facility);
  free(state.ident);
  state.ident = text;
  return state.open = true;
}

static Value syslog_openlog(VM *vm, Value self, const syslog_openlog_args *a) {
  return value_none_if(open_log(vm, a->ident, a->logoption, a->facility));
}

static Value syslog_closelog(VM *vm, Value self, const syslog_closelog_args *a) {
  if (!sys_audit(vm, "syslog.closelog", VALUE_UNBOUND)) return VALUE_FAIL;
  if (!state.open) return VALUE_NONE;
  closelog();
  free(state.ident);
  state.ident = NULL;
  state.open = false;
  return VALUE_NONE;
}

/* [priority,] message. false: not that. */
static bool parse_message(const Tuple *args, int64_t *priority, Str **message) {
  size_t n = tuple_length(args);
  *priority = LOG_INFO;
  if (n < 1 || n > 2 || !value_is_str(args->items[n - 1])) return false;
  *message = value_object(args->items[n - 1]);
  if (n == 1) return true;
  return value_is_any_int(args->items[0]) && int_to_int64(args->items[0], priority) &&
         *priority == (int)*priority;
}

static Value syslog_syslog(VM *vm, Value self, const syslog_syslog_args *a) {
  int64_t priority;
  Str *message;
  if (!parse_message(a->args, &priority, &message))
    return raise_type(vm, "[priority,] message string");
  const Bytes *bytes = system_text_of(vm, message);
  if (!bytes) return VALUE_FAIL;
  if (!SYS_AUDIT(vm, "syslog.syslog", value_int(vm, priority), value_from(message)))
    return VALUE_FAIL;
  if (!state.open && !open_log(vm, NULL, 0, LOG_USER)) return VALUE_FAIL;
  blocking_begin(vm);
  syslog((int)priority, "%s", (const char *)bytes->data);
  blocking_end(vm);
  return VALUE_NONE;
}

static Value syslog_setlogmask(VM *vm, Value self, const syslog_setlogmask_args *a) {
  int64_t mask;
  if (tuple_length(a->args) != 1) return raise_type(vm, "mask for priority");
  if (!value_index64(vm, a->args->items[0], &mask, false)) return VALUE_FAIL;
  if (!sys_audit(vm, "syslog.setlogmask", value_int(vm, mask))) return VALUE_FAIL;
  return value_int_unchecked(setlogmask((int)mask));
}

#define C(name) \
  { #name, name }
static const NamedInt constants[] = {
    C(LOG_ALERT),  C(LOG_AUTH),   C(LOG_AUTHPRIV), C(LOG_CONS),   C(LOG_CRIT),   C(LOG_CRON),
    C(LOG_DAEMON), C(LOG_DEBUG),  C(LOG_EMERG),    C(LOG_ERR),    C(LOG_INFO),   C(LOG_KERN),
    C(LOG_LOCAL0), C(LOG_LOCAL1), C(LOG_LOCAL2),   C(LOG_LOCAL3), C(LOG_LOCAL4), C(LOG_LOCAL5),
    C(LOG_LOCAL6), C(LOG_LOCAL7), C(LOG_LPR),      C(LOG_MAIL),   C(LOG_NDELAY), C(LOG_NEWS),
    C(LOG_NOTICE), C(LOG_NOWAIT), C(LOG_ODELAY),   C(LOG_PERROR), C(LOG_PID),    C(LOG_SYSLOG),
    C(LOG_USER),   C(LOG_UUCP),   C(LOG_WARNING),
};
static bool init(VM *vm, Module *module) {
  return module_add_ints(vm, module, constants, ARRAY_COUNT(constants));
}

const ModuleSpec syslog_module = {
    .name = "syslog",
    .doc = "Messages to the system's log.",
    NATIVE_FUNCTIONS(syslog_),
    .init = init,
};
