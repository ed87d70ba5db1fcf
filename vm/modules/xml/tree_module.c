/* tree_module.c -- the module _elementtree. */
#include "vm/base/libraries.h"
#if WITH_EXPAT
#include "vm/contracts/native.h"
#include "vm/contracts/type.h"
#include "vm/modules/xml/element.h"
#include "vm/objects/module.h"

#define NATIVE_DEF "vm/modules/xml/tree_module.def"
#define NATIVE_PREFIX tree_
#include "vm/contracts/native_class.inc"

/* One for all that import the module, again or not: its classes are. */
struct TreeState tree_state = {VALUE_NONE, VALUE_NONE, VALUE_NONE, VALUE_NONE, VALUE_NONE};

static Value tree_SubElement(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (npos < 2) return raise_type(vm, "SubElement() takes at least 2 arguments (%d given)", npos);
  if (npos > 3) return raise_type(vm, "SubElement() takes at most 3 arguments (%d given)", npos);
  if (!value_is_element(args[0]))
    return raise_type(vm, "SubElement() argument 1 must be xml.etree.ElementTree.Element, not %T",
                      args[0]);
  Value given = npos > 2 ? args[2] : VALUE_MISSING;
  if (given != VALUE_MISSING && !value_has_flag(given, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "SubElement() argument 3 must be dict, not %T", given);
  Value attrib = element_attributes(vm, given, args + npos, kwnames);
  if (value_is_fail(attrib)) return attrib;
  bool some = attrib != VALUE_UNBOUND && dict_length(value_object(attrib));
  Element *child = element_new(vm, args[1], some ? value_object(attrib) : NULL);
  return element_add(vm, value_object(args[0]), value_from(child)) ? value_from(child) : VALUE_FAIL;
}

static bool check_factory(VM *vm, const char *kind, Value factory) {
  return factory == VALUE_NONE || value_is_callable(factory) ||
         raise_false(vm, TYPE_OF(TypeError), "%s factory must be callable, not %.100T", kind,
                     factory);
}

static Value tree__set_factories(VM *vm, Value self, const tree__set_factories_args *a) {
  if (!check_factory(vm, "Comment", a->comment_factory) || !check_factory(vm, "PI", a->pi_factory))
    return VALUE_FAIL;
  Value before = PACK(tree_state.comment_factory, tree_state.pi_factory);
  tree_state.comment_factory = a->comment_factory;
  tree_state.pi_factory = a->pi_factory;
  return before;
}

static bool init(VM *vm, Module *module) {
  if (!module_open_library(vm, module, &lazy_expat)) return false;
  if (tree_state.parse_error == VALUE_NONE) {
    heap_add_root(vm, &tree_state.parse_error);
    heap_add_root(vm, &tree_state.comment_factory);
    heap_add_root(vm, &tree_state.pi_factory);
    heap_add_root(vm, &tree_state.deepcopy);
    heap_add_root(vm, &tree_state.element_path);
    tree_state.parse_error =
        module_new_exception(vm, "xml.etree.ElementTree", "ParseError", TYPE_OF(SyntaxError));
  }
  return !value_is_fail(tree_state.parse_error) &&
         module_add(vm, module, "ParseError", tree_state.parse_error) &&
         module_add_type(vm, module, TYPE_OF(et_Element)) &&
         module_add_type(vm, module, TYPE_OF(et_TreeBuilder)) &&
         module_add_type(vm, module, TYPE_OF(et_XMLParser));
}

const ModuleSpec _elementtree_module = {
    .name = "_elementtree",
    NATIVE_FUNCTIONS(tree_),
    .init = init,
};
#endif
