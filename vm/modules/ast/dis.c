/* dis.c -- the module dis, of Krait's own instructions. It is written in Python (dis.py, which is
** in the program); that is compiled when somebody asks for more than inspect does at every import,
** the names of co_flags. */
#include "vm/bytecode/image.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/imports/loader.h"
#include "vm/interp/frame.h"
#include "vm/objects/bytes.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"

#define NATIVE_DEF "vm/modules/ast/dis.def"
#define NATIVE_PREFIX dis_
#include "vm/contracts/native_class.inc"

__asm__(".section .rodata\n"
        ".global dis_source\n"
        ".global dis_source_end\n"
        "dis_source:\n"
        ".incbin \"" DIS_SOURCE "\"\n"
        "dis_source_end:\n"
        ".byte 0\n"
        ".previous\n");
extern const char dis_source[], dis_source_end[];

static bool run_source(VM *vm, Dict *dict) {
  LoadRequest request = {.filename = str_new_cstr(vm, "<krait dis>"),
                         .mode = LOAD_EXEC,
                         .optimize = -1,
                         .feature_version = -1};
  if (!source_loader || !request.filename)
    return raise_false(vm, TYPE_OF(SystemError), "this program has no compiler");
  size_t size = (size_t)(dis_source_end - dis_source);
  Code *code = source_loader->compile_text(vm, dis_source, size, &request);
  return code && run_code(vm, code, dict, value_from(dict), NULL) != VALUE_FAIL;
}

static Value no_such_name(VM *vm, Str *name) {
  return raise_error(vm, TYPE_OF(AttributeError), "module 'dis' has no attribute '%U'", name);
}

/* The import machinery asks for names like __path__ before the module is whole. */
static bool is_machinery(const Str *name) {
  return name->length > 2 && str_is_ascii(name) && !memcmp(str_data(name), "__", 2) &&
         !str_equal_cstr(name, "__all__");
}

static Value dis_getattr(VM *vm, Value self, const dis_getattr_args *a) {
  if (is_machinery(a->name)) return no_such_name(vm, a->name);
  Value modules = value_from(vm->modules);
  Value module = get_item(vm, modules, value_from(NAME("dis")));
  if (module == VALUE_FAIL) return module;
  Dict *dict = module_dict(value_object(module));
  bool is_known = dict_get_str(vm, dict, NAME("opname")) != VALUE_UNBOUND;
  if (!is_known && !run_source(vm, dict)) return VALUE_FAIL;
  Value found = dict_get_str(vm, dict, a->name);
  if (found != VALUE_UNBOUND) return found;
  return no_such_name(vm, a->name);
}

static const char *kind_name(uint8_t kind) {
  switch (kind) {
  case OPERAND_OUT:
  case OPERAND_IN:
  case OPERAND_BASE: return "register";
  case OPERAND_CONST: return "constant";
  case OPERAND_NAME: return "name";
  case OPERAND_JUMP: return "jump";
  case OPERAND_INDEX: return "free";
  case OPERAND_COUNT: return "count";
  default: return "int";
  }
}

static Value operands_of(VM *vm, const Insn *insn) {
  const OpInfo *info = &op_info[insn->op];
  Value items[OPERAND_MAX];
  for (int i = 0; i < info->operand_count; i++) {
    uint8_t kind = info->operands[i].kind;
    int64_t n = insn->operand[i];
    items[i] = PACK(value_of(str_new_cstr(vm, kind_name(kind))),
                    value_int_unchecked(kind == OPERAND_JUMP ? 2 * n : n));
    if (items[i] == VALUE_FAIL) return VALUE_FAIL;
  }
  return value_of(tuple_from_values(vm, items, (size_t)info->operand_count));
}

static Value dis_instructions(VM *vm, Value self, const dis_instructions_args *a) {
  if (!value_is(a->code, bytes))
    return raise_type(vm, "_instructions() argument must be bytes, not %T", a->code);
  List *list = list_new(vm, 0);
  const Bytes *units = value_object(a->code);
  size_t size = units->length / 2;
  Bytes *code = bytes_new(vm, NULL, size);
  if (!code || !list) return VALUE_FAIL;
  for (size_t i = 0; i < size; i++) code->data[i] = units->data[2 * i];
  const uint8_t *at = code->data, *end = at + size;
  while (at < end) {
    Insn insn;
    int64_t offset = at - code->data;
    at = op_decode_within(at, end, &op_no_limits, &insn);
    if (!at) return raise_value(vm, "no instruction of Krait at offset %d", (int)(2 * offset));
    if (!list_append_value(vm, list,
                           PACK(value_int_unchecked(2 * offset), value_int_unchecked(insn.op),
                                operands_of(vm, &insn))))
      return VALUE_FAIL;
  }
  return value_from(list);
}

static bool init(VM *vm, Module *module) {
  static const struct {
    int flag;
    const char *name;
  } flags[] = {{0x1, "OPTIMIZED"},        {0x2, "NEWLOCALS"},  {0x4, "VARARGS"},
               {0x8, "VARKEYWORDS"},      {0x10, "NESTED"},    {0x20, "GENERATOR"},
               {0x40, "NOFREE"},          {0x80, "COROUTINE"}, {0x100, "ITERABLE_COROUTINE"},
               {0x200, "ASYNC_GENERATOR"}};
  Dict *names = dict_new(vm);
  for (size_t i = 0; names && i < ARRAY_COUNT(flags); i++) {
    Value name = value_of(str_new_cstr(vm, flags[i].name));
    if (name == VALUE_FAIL || !dict_set(vm, names, value_int_unchecked(flags[i].flag), name))
      return false;
  }
  return names && module_add(vm, module, "COMPILER_FLAG_NAMES", value_from(names));
}

const ModuleSpec dis_module = {.name = "dis",
                               .doc = "Disassembler of Krait's bytecode.",
                               NATIVE_FUNCTIONS(dis_),
                               .init = init};
