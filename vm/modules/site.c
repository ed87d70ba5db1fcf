/* site.c -- the names that the library's module site adds to builtins: exit, quit, copyright, credits, license, help.
**
** Importing site at every start would cost more than the start itself. So each name is a stand-in that makes the real object (from
** _sitebuiltins) at its first use and puts it into builtins.
*/
#include "vm/imports/import.h"
#include "vm/modules/sys.h"
#include "vm/runtime/type_internal.h"

typedef struct SiteName { Object h; int row; Value real; } SiteName; /* real: NONE until used */

static const struct { const char *name, *class_name, *first, *second; } rows[] = {
  { "exit", "Quitter", "exit", "Ctrl-D (i.e. EOF)" }, { "quit", "Quitter", "quit", "Ctrl-D (i.e. EOF)" },
  { "copyright", "_Printer", "copyright", "Copyright (c) 2026 the Krait authors.\nThe standard library: Copyright (c) 2001-2023 Python Software Foundation." },
  { "credits", "_Printer", "credits", "Krait runs the standard library of Python; thanks to everybody who wrote it." },
  { "license", "_Printer", "license", "Krait: MIT. The standard library: https://www.python.org/psf/license/" },
  { "help", "_Helper", NULL, NULL },
};

static Value real_object(VM *vm, SiteName *self) {
  if (self->real != VALUE_NONE) return self->real;
  Value module = import_module(vm, NAME("_sitebuiltins"));
  Value class = module == VALUE_FAIL ? VALUE_FAIL : get_attribute(vm, module, str_intern_cstr(vm, rows[self->row].class_name));
  if (class == VALUE_FAIL) return VALUE_FAIL;
  const char *first = rows[self->row].first;
  Value real = first ? call2(vm, class, value_of(str_new_cstr(vm, first)), value_of(str_new_cstr(vm, rows[self->row].second))) : call0(vm, class);
  if (real == VALUE_FAIL) return VALUE_FAIL;
  self->real = real;
  heap_barrier(vm, self, real);
  Str *name = str_intern_cstr(vm, rows[self->row].name);
  if (dict_get_str(vm, module_dict(vm->builtins), name) == value_from(self) && !dict_set_str(vm, module_dict(vm->builtins), name, real))
    return VALUE_FAIL;
  return real;
}

#define NATIVE_DEF "vm/modules/site.def"
#define NATIVE_PREFIX site_
#define NATIVE_SELF SiteName *
#include "vm/native/native_class.inc"

static Value site_op_repr(VM *vm, SiteName *self, const site_op_repr_args *a) {
  Value real = real_object(vm, self);
  return real == VALUE_FAIL ? VALUE_FAIL : value_repr(vm, real);
}
static Value site_op_getattr(VM *vm, SiteName *self, const site_op_getattr_args *a) {
  Str *name = attribute_name(vm, a->name);
  Value real = name ? real_object(vm, self) : VALUE_FAIL;
  return real == VALUE_FAIL ? VALUE_FAIL : get_attribute(vm, real, name);
}
static Value call_site_name(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  Value real = real_object(vm, value_object(self));
  return real == VALUE_FAIL ? VALUE_FAIL : call_values(vm, real, args, npos, kwnames);
}
static void trace_site_name(Marker *marker, Object *self) { mark_value(marker, ((SiteName *)self)->real); }

const ClassSpec site_name_class = { .name = "_sitebuiltins.Quitter", NATIVE_TABLES(site_), .basic_size = sizeof(SiteName),
  .flags = TYPE_DISALLOW_NEW, .trace = trace_site_name, .call = call_site_name };

bool site_init(VM *vm) {
  for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
    SiteName *name = heap_new(vm, SHAPE_OF(site_name), sizeof *name);
    name->row = (int)i;
    name->real = VALUE_NONE;
    if (!dict_set_str(vm, module_dict(vm->builtins), str_intern_cstr(vm, rows[i].name), value_from(name))) return false;
  }
  return true;
}
