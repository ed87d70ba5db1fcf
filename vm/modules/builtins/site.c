/* site.c -- the names that the library's module site adds to builtins: exit, quit, copyright,
** credits, license, help; and sys.__interactivehook__.
**
** Importing site at every start would cost more than the start itself. So each name is a stand-in
** that makes the real object (from _sitebuiltins, or by site) at its first use and puts it into
** builtins, or sys.
*/
#include "vm/contracts/import.h"
#include "vm/contracts/sys.h"
#include "vm/contracts/type_internal.h"
#include "vm/core/options.h"
#include "vm/modules/sys/sys.h"
#include "vm/objects/dict.h"
#include "vm/objects/module.h"

#define INTERACTIVE_HOOK "__interactivehook__"

/* row: of a name in builtins; real: NONE until used */
typedef struct SiteName {
  Object h;
  int row;
  Value real;
} SiteName;

/* The stand-in's class is called as the real one, for type(x).__name__. */
static const struct {
  const char *name;
  uint16_t type;
  const char *class_name, *first, *second;
} rows[] = {
    {"exit", TYPE_site_quitter, "Quitter", "exit", "Ctrl-D (i.e. EOF)"},
    {"quit", TYPE_site_quitter, "Quitter", "quit", "Ctrl-D (i.e. EOF)"},
    {"copyright", TYPE_site_printer, "_Printer", "copyright",
     "Copyright (c) 2026 the Krait authors.\nThe standard library: Copyright (c) 2001-2023 Python "
     "Software Foundation."},
    {"credits", TYPE_site_printer, "_Printer", "credits",
     "Krait runs the standard library of Python; thanks to everybody who wrote it."},
    {"license", TYPE_site_printer, "_Printer", "license",
     "Krait: MIT. The standard library: https://www.python.org/psf/license/"},
    {"help", TYPE_site_helper, "_Helper", NULL, NULL},
};

static Value make_real(VM *vm, Value class, const char *first, const char *second) {
  if (!first) return call0(vm, class);
  Str *a = str_new_cstr(vm, first), *b = str_new_cstr(vm, second);
  return a && b ? call2(vm, class, value_from(a), value_from(b)) : VALUE_FAIL;
}

static Value keep_real(VM *vm, SiteName *self, Value real) {
  self->real = real;
  heap_barrier(vm, self, real);
  return real;
}

/* make_hook: site makes it, and puts it into sys, where a program's own may stand by now. */
static Value make_hook(VM *vm) {
  Value site = import_module(vm, NAME("site")), before = sys_get(vm, INTERACTIVE_HOOK);
  if (site == VALUE_FAIL || call_method0(vm, site, NAME("enablerlcompleter")) == VALUE_FAIL)
    return VALUE_FAIL;
  Value hook = sys_get(vm, INTERACTIVE_HOOK);
  bool is_other = before != VALUE_UNBOUND && !value_is(before, site_hook);
  return is_other && !sys_set(vm, INTERACTIVE_HOOK, before) ? VALUE_FAIL : hook;
}

static Value real_object(VM *vm, SiteName *self) {
  if (self->real != VALUE_NONE) return self->real;
  if (value_is(value_from(self), site_hook)) {
    Value hook = make_hook(vm);
    return hook == VALUE_FAIL ? hook : keep_real(vm, self, hook);
  }
  Value module = import_module(vm, NAME("_sitebuiltins"));
  Value class = module == VALUE_FAIL
                    ? VALUE_FAIL
                    : get_attribute(vm, module, str_intern_cstr(vm, rows[self->row].class_name));
  if (class == VALUE_FAIL) return VALUE_FAIL;
  Value real = make_real(vm, class, rows[self->row].first, rows[self->row].second);
  if (real == VALUE_FAIL) return VALUE_FAIL;
  keep_real(vm, self, real);
  Str *name = str_intern_cstr(vm, rows[self->row].name);
  if (dict_get_str(vm, module_dict(vm->builtins), name) == value_from(self) &&
      !dict_set_str(vm, module_dict(vm->builtins), name, real))
    return VALUE_FAIL;
  return real;
}

#define NATIVE_DEF "vm/modules/builtins/site.def"
#define NATIVE_PREFIX site_
#define NATIVE_SELF SiteName *
#include "vm/contracts/native_class.inc"

/* real_signature: inspect asks the stand-in, whose class tells it nothing. */
static Value real_signature(VM *vm, Value real) {
  Value inspect = import_module(vm, NAME("inspect"));
  return inspect == VALUE_FAIL ? VALUE_FAIL : call_method1(vm, inspect, NAME("signature"), real);
}

static Value site_op_repr(VM *vm, SiteName *self, const site_op_repr_args *a) {
  Value real = real_object(vm, self);
  return real == VALUE_FAIL ? VALUE_FAIL : value_repr(vm, real);
}
static Value site_op_getattr(VM *vm, SiteName *self, const site_op_getattr_args *a) {
  Str *name = attribute_name(vm, a->name);
  Value real = name ? real_object(vm, self) : VALUE_FAIL;
  if (real == VALUE_FAIL) return VALUE_FAIL;
  if (str_equal_cstr(name, "__signature__")) return real_signature(vm, real);
  return get_attribute(vm, real, name);
}
static Value site_call(VM *vm, SiteName *self, const Value *args, int npos, Tuple *kwnames) {
  Value real = real_object(vm, self);
  return real == VALUE_FAIL ? VALUE_FAIL : call_values(vm, real, args, npos, kwnames);
}
static void trace_site_name(Marker *marker, Object *self) {
  mark_value(marker, ((SiteName *)self)->real);
}

#define SITE_CLASS(kind)                                                                     \
  const ClassSpec site_##kind##_class = {NATIVE_NAMES(site_##kind##_), NATIVE_TABLES(site_), \
                                         .basic_size = sizeof(SiteName),                     \
                                         .trace = trace_site_name};
SITE_CLASS(quitter)
SITE_CLASS(printer)
SITE_CLASS(helper)
SITE_CLASS(hook)

static SiteName *new_name(VM *vm, uint16_t type, int row) {
  SiteName *name = heap_new(vm, SHAPE_BASE + (uint32_t)type * SHAPE_STRIDE, sizeof *name);
  name->row = row;
  name->real = VALUE_NONE;
  return name;
}

bool site_init(VM *vm) {
  for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
    SiteName *name = new_name(vm, rows[i].type, (int)i);
    if (!dict_set_str(vm, module_dict(vm->builtins), str_intern_cstr(vm, rows[i].name),
                      value_from(name)))
      return false;
  }
  return vm->options->isolated ||
         sys_set(vm, INTERACTIVE_HOOK, value_from(new_name(vm, TYPE_site_hook, -1)));
}
