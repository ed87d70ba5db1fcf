/* site.c -- the names that the library's module site adds to builtins: exit, quit, copyright,
** credits, license, help.
**
** Importing site at every start would cost more than the start itself. So each name is a stand-in
** that makes the real object (from _sitebuiltins) at its first use and puts it into builtins.
*/
#include "vm/contracts/import.h"
#include "vm/contracts/type_internal.h"
#include "vm/modules/sys/sys.h"
#include "vm/objects/dict.h"
#include "vm/objects/module.h"

typedef struct SiteName {
  Object h;
  int row;
  Value real;
} SiteName; /* real: NONE until used */

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

static Value real_object(VM *vm, SiteName *self) {
  if (self->real != VALUE_NONE) return self->real;
  Value module = import_module(vm, NAME("_sitebuiltins"));
  Value class = module == VALUE_FAIL
                    ? VALUE_FAIL
                    : get_attribute(vm, module, str_intern_cstr(vm, rows[self->row].class_name));
  if (class == VALUE_FAIL) return VALUE_FAIL;
  Value real = make_real(vm, class, rows[self->row].first, rows[self->row].second);
  if (real == VALUE_FAIL) return VALUE_FAIL;
  self->real = real;
  heap_barrier(vm, self, real);
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

static Value site_op_repr(VM *vm, SiteName *self, const site_op_repr_args *a) {
  Value real = real_object(vm, self);
  return real == VALUE_FAIL ? VALUE_FAIL : value_repr(vm, real);
}
static Value site_op_getattr(VM *vm, SiteName *self, const site_op_getattr_args *a) {
  Str *name = attribute_name(vm, a->name);
  Value real = name ? real_object(vm, self) : VALUE_FAIL;
  return real == VALUE_FAIL ? VALUE_FAIL : get_attribute(vm, real, name);
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

bool site_init(VM *vm) {
  for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
    SiteName *name = heap_new(vm, SHAPE_BASE + (uint32_t)rows[i].type * SHAPE_STRIDE, sizeof *name);
    name->row = (int)i;
    name->real = VALUE_NONE;
    if (!dict_set_str(vm, module_dict(vm->builtins), str_intern_cstr(vm, rows[i].name),
                      value_from(name)))
      return false;
  }
  return true;
}
