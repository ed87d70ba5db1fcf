/* classes.c -- the module _ast: one class a row of bytecode/ast.def, made when the first tree is
** wanted.
**
** A node is a plain instance: its fields are attributes, whatever they hold. What is required is
** asked only by compile(). */
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/ast/tree.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"

typedef struct AstNodeObject {
  Object h;
  Object *extra;
} AstNodeObject;

#define NATIVE_DEF "vm/modules/ast/AST.def"
#define NATIVE_PREFIX ast_node_
#define NATIVE_SELF AstNodeObject *
#include "vm/contracts/native_class.inc"

AstClasses ast_classes = {.all = VALUE_NONE};

/* ---- ast.AST */

/* position_of: where the class's _fields list `name`; -1 nowhere, -2 raised. */
static int64_t position_of(VM *vm, Value fields, int64_t count, Value name) {
  for (int64_t i = 0; i < count; i++) {
    Value field = get_item(vm, fields, value_int(vm, i));
    int same = value_is_fail(field) ? -1 : values_equal(vm, field, name);
    if (same) return same < 0 ? -2 : i;
  }
  return -1;
}

static Value ast_node_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  Type *type = value_type(self);
  Value fields = find_attribute(vm, value_from(type), NAME("_fields"));
  if (value_is_fail(fields)) return fields;
  int64_t count = fields == VALUE_UNBOUND ? 0 : value_length(vm, fields);
  if (count < 0) return VALUE_FAIL;
  if (npos > count)
    return raise_type(vm, "%U constructor takes at most %ld positional argument%s", type->name,
                      (long)count, count == 1 ? "" : "s");
  for (int i = 0; i < npos; i++) {
    Value name = get_item(vm, fields, value_int(vm, i));
    if (value_is_fail(name)) return name;
    if (!value_is_str(name)) return raise_type(vm, "attribute name must be string, not '%T'", name);
    if (!set_attribute(vm, self, value_object(name), args[i])) return VALUE_FAIL;
  }
  for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++) {
    Value name = kwnames->items[i];
    int64_t at = position_of(vm, fields, count, name);
    if (at == -2) return VALUE_FAIL;
    if (at >= 0 && at < npos)
      return raise_type(vm, "%U got multiple values for argument '%U'", type->name,
                        value_object(name));
    if (!set_attribute(vm, self, value_object(name), args[npos + i])) return VALUE_FAIL;
  }
  return VALUE_NONE;
}

static Value ast_node_reduce(VM *vm, AstNodeObject *self, const ast_node_reduce_args *a) {
  Value cls = value_from(object_type(self)), none = value_of(tuple_from_values(vm, NULL, 0));
  Value dict = find_attribute(vm, value_from(self), NAME("__dict__"));
  if (value_is_fail(dict)) return dict;
  return value_from(dict == VALUE_UNBOUND ? TUPLE(cls, none) : TUPLE(cls, none, dict));
}

static Value ast_node_get_dict(VM *vm, AstNodeObject *self) {
  return value_of(instance_dict(vm, &self->h));
}
static bool ast_node_set_dict(VM *vm, AstNodeObject *self, Value v) {
  if (v == VALUE_MISSING) return raise_false(vm, TYPE_OF(TypeError), "cannot delete __dict__");
  if (!value_has_flag(v, TYPE_DICT_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "__dict__ must be set to a dictionary, not a '%T'",
                       v);
  instance_set_dict(vm, &self->h, value_object(v));
  return true;
}

static Value ast_node_blank(VM *vm, Type *cls) { return object_new(vm, cls); }

const ClassSpec ast_AST_class = {
    NATIVE_CLASS(ast_node_),
    .basic_size = sizeof(AstNodeObject),
};

/* ---- documentation: the grammar's own notation */

static void add_kind_text(StrBuilder *b, AstKind kind) {
  static const char *const marks[] = {
      [AST_QUANTITY_ONE] = "", [AST_QUANTITY_OPT] = "?", [AST_QUANTITY_SEQ] = "*"};
  const AstKindInfo *info = &ast_kinds[kind];
  str_builder_cstr(b, info->name);
  for (const AstField *f = info->fields; f->name; f++) {
    str_builder_cstr(b, f == info->fields ? "(" : ", ");
    str_builder_cstr(b, ast_types[f->type].name);
    str_builder_cstr(b, marks[f->quantity]);
    str_builder_cstr(b, " ");
    str_builder_cstr(b, f->name);
  }
  if (info->fields->name) str_builder_cstr(b, ")");
}

static Value kind_doc(VM *vm, AstKind kind) {
  StrBuilder b;
  str_builder_init(&b, vm);
  add_kind_text(&b, kind);
  return value_of(str_builder_finish(&b));
}

/* "expr = A(…)\n     | B(…)", or all on a line for enumerations. */
static Value type_doc(VM *vm, AstType type) {
  const AstTypeInfo *info = &ast_types[type];
  StrBuilder b;
  str_builder_init(&b, vm);
  str_builder_cstr(&b, info->name);
  int count = 0;
  for (int i = 0; i < info->member_count; i++) {
    str_builder_cstr(&b, count++ ? " | " : " = ");
    str_builder_cstr(&b, info->members[i]);
  }
  for (int kind = 1; !info->is_enum && kind < AST_KIND_COUNT; kind++) {
    if (ast_kinds[kind].type != type) continue;
    if (count) {
      str_builder_cstr(&b, "\n");
      str_builder_repeat(&b, ' ', strlen(info->name));
    }
    str_builder_cstr(&b, count++ ? " | " : " = ");
    add_kind_text(&b, (AstKind)kind);
  }
  return value_of(str_builder_finish(&b));
}

/* ---- making the classes */

static Value field_names(VM *vm, const AstField *fields) {
  Value names[AST_FIELDS_MAX];
  int n = 0;
  for (; fields && fields[n].name; n++)
    names[n] = value_of(str_intern_immortal(vm, fields[n].name));
  return value_of(tuple_from_values(vm, names, (size_t)n));
}

static Type *make_class(VM *vm, const char *name, Type *base, const AstField *fields, Value doc) {
  Dict *attrs = dict_new(vm);
  Value names = field_names(vm, fields);
  bool ok = doc != VALUE_FAIL && names != VALUE_FAIL &&
            dict_set_str(vm, attrs, NAME("_fields"), names) &&
            dict_set_str(vm, attrs, NAME("__match_args__"), names) &&
            dict_set_str(vm, attrs, NAME("__module__"), value_from(NAME("ast"))) &&
            dict_set_str(vm, attrs, NAME("__doc__"), doc);
  Value cls = ok ? type_new(vm, TYPE_OF(type), str_intern_immortal(vm, name),
                            TUPLE(value_from(base)), attrs, NULL, NULL)
                 : VALUE_FAIL;
  if (value_is_fail(cls) || !list_append_value(vm, value_object(ast_classes.all), cls)) return NULL;
  return value_object(cls);
}

/* A family or product says which attributes its nodes have, and that the end is optional (not of
** patterns). */
static bool add_attributes(VM *vm, Type *cls, bool positioned) {
  Value names[4];
  for (int i = 0; i < 4; i++) names[i] = value_from(ast_classes.positions[i]);
  if (!type_add(vm, cls, "_attributes", value_of(tuple_from_values(vm, names, positioned ? 4 : 0))))
    return false;
  if (!positioned || cls == ast_classes.types[AST_TYPE_pattern]) return true;
  return type_add(vm, cls, "end_lineno", VALUE_NONE) &&
         type_add(vm, cls, "end_col_offset", VALUE_NONE);
}

static bool add_defaults(VM *vm, Type *cls, const AstField *fields) {
  for (; fields->name; fields++)
    if (fields->quantity == AST_QUANTITY_OPT && !type_add(vm, cls, fields->name, VALUE_NONE))
      return false;
  return true;
}

static bool make_family(VM *vm, AstType type) {
  Type *cls = make_class(vm, ast_types[type].name, TYPE_OF(ast_AST), NULL, type_doc(vm, type));
  ast_classes.types[type] = cls;
  return cls && add_attributes(vm, cls, ast_types[type].positioned);
}

static bool make_kind(VM *vm, AstKind kind) {
  const AstKindInfo *info = &ast_kinds[kind];
  for (int i = 0; info->fields[i].name; i++)
    ast_classes.fields[kind][i] = str_intern_immortal(vm, info->fields[i].name);
  Type *cls =
      make_class(vm, info->name, ast_classes.types[info->type], info->fields, kind_doc(vm, kind));
  ast_classes.kinds[kind] = cls;
  return cls && add_defaults(vm, cls, info->fields);
}

static bool make_product(VM *vm, AstKind kind) {
  const AstKindInfo *info = &ast_kinds[kind];
  ast_classes.types[info->type] = TYPE_OF(ast_AST);
  if (!make_kind(vm, kind)) return false;
  ast_classes.types[info->type] = ast_classes.kinds[kind];
  return add_attributes(vm, ast_classes.kinds[kind], info->positioned);
}

static bool make_member(VM *vm, AstType type, int member) {
  const char *name = ast_types[type].members[member];
  Type *cls = make_class(vm, name, ast_classes.types[type], NULL, value_of(str_new_cstr(vm, name)));
  if (!cls) return false;
  Value instance = object_new(vm, cls);
  ast_classes.members[type][member] = cls;
  ast_classes.singletons[type][member] = instance;
  return !value_is_fail(instance) && list_append_value(vm, value_object(ast_classes.all), instance);
}

static bool make_all(VM *vm) {
#define AST_SUM(sum, positioned) \
  if (!make_family(vm, AST_TYPE_##sum)) return false;
#define AST_NODE(sum, Kind, ...) \
  if (!make_kind(vm, AST_##Kind)) return false;
#define AST_PRODUCT(name, Kind, positioned, ...) \
  if (!make_product(vm, AST_##Kind)) return false;
#define AST_ENUM_SUM(sum, Kind, PREFIX) \
  if (!make_family(vm, AST_TYPE_##sum)) return false;
#define AST_ENUM(sum, PREFIX, Member) \
  if (!make_member(vm, AST_TYPE_##sum, PREFIX##_##Member)) return false;
#include "vm/bytecode/ast.def"
  return true;
}

/* ---- which kind a class stands for: a table by address, found through the MRO */

enum { INDEX_SIZE = 512 };
static struct {
  const Type *cls;
  int number;
} class_index[INDEX_SIZE]; /* kind, or -1 - member */

static int slot_of(const Type *cls) {
  unsigned i = (unsigned)((uintptr_t)cls >> 4) * 2654435761u % INDEX_SIZE;
  while (class_index[i].cls && class_index[i].cls != cls) i = (i + 1) % INDEX_SIZE;
  return (int)i;
}

static void index_class(const Type *cls, int number) {
  int i = slot_of(cls);
  class_index[i].cls = cls;
  class_index[i].number = number;
}

static void index_classes(void) {
  for (int kind = 1; kind < AST_KIND_COUNT; kind++) index_class(ast_classes.kinds[kind], kind);
  for (int type = 0; type < AST_TYPE_COUNT; type++)
    for (int i = 0; i < ast_types[type].member_count; i++)
      index_class(ast_classes.members[type][i], -1 - i);
}

AstKind ast_class_kind(const Type *cls) {
  for (size_t i = 0; i < tuple_length(cls->mro); i++) {
    int at = slot_of(value_object(cls->mro->items[i]));
    if (class_index[at].cls)
      return class_index[at].number > 0 ? (AstKind)class_index[at].number : AST_NONE;
  }
  return AST_NONE;
}

int ast_class_member(const Type *cls, AstType type) {
  for (size_t i = 0; i < tuple_length(cls->mro); i++) {
    const Type *base = value_object(cls->mro->items[i]);
    int at = slot_of(base);
    if (!class_index[at].cls || class_index[at].number > 0) continue;
    int member = -1 - class_index[at].number;
    if (ast_classes.members[type][member] == base) return member;
  }
  return -1;
}

bool ast_classes_ready(VM *vm) {
  if (ast_classes.all != VALUE_NONE) return true;
  ast_classes.all = value_of(list_new(vm, 256));
  heap_add_root(vm, &ast_classes.all);
  static const char *const positions[] = {"lineno", "col_offset", "end_lineno", "end_col_offset"};
  for (int i = 0; i < 4; i++) ast_classes.positions[i] = str_intern_immortal(vm, positions[i]);
  if (!make_all(vm)) return false;
  index_classes();
  return true;
}

bool value_is_ast(Value v) { return type_is_subtype(value_type(v), TYPE_OF(ast_AST)); }

/* ---- the module */

static bool init(VM *vm, Module *module) {
  if (!ast_classes_ready(vm)) return false;
  bool ok = module_add_type(vm, module, TYPE_OF(ast_AST)) &&
            module_add_int(vm, module, "PyCF_ALLOW_TOP_LEVEL_AWAIT", LOAD_TOP_LEVEL_AWAIT) &&
            module_add_int(vm, module, "PyCF_ONLY_AST", LOAD_ONLY_AST) &&
            module_add_int(vm, module, "PyCF_TYPE_COMMENTS", LOAD_TYPE_COMMENTS);
  List *all = value_object(ast_classes.all);
  for (size_t i = 0; ok && i < list_length(all); i++)
    if (value_is_type(list_items(all)[i]))
      ok = module_add_type(vm, module, value_object(list_items(all)[i]));
  return ok;
}

const ModuleSpec _ast_module = {.name = "_ast", .init = init};
