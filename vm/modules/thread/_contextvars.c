/* _contextvars.c -- context variables. A Context's dictionary is never changed once another Context
** may share it: set() copies a shared one first, so copy_context() is O(1).
*/
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/thread/context.h"
#include "vm/objects/dict.h"
#include "vm/objects/exception_group.h"
#include "vm/objects/object.h"
#include "vm/objects/tuple.h"

typedef struct Context {
  Object h;
  Dict *variables; /* [gc] ContextVar → value */
  bool shared;     /* another Context has the same dictionary */
  bool entered;
  Value previous; /* the context that run() came from */
} Context;
/* otherwise UNBOUND: no default */
typedef struct ContextVar {
  Object h;
  Value name, otherwise;
} ContextVar;
/* old UNBOUND: was not set */
typedef struct ContextToken {
  Object h;
  Value context, var, old;
  bool used;
} ContextToken;

static struct {
  Value missing; /* Token.MISSING; registered when the class is made ready */
} state = {VALUE_NONE};

static Context *make_context(VM *vm, Dict *variables) {
  Context *context = heap_new_zeroed(vm, SHAPE_OF(context), sizeof *context);
  context->previous = VALUE_NONE;
  context->variables = variables;
  return context;
}

static Context *current(VM *vm) {
  if (value_is(vm->context, context)) return value_object(vm->context);
  Dict *dict = dict_new(vm);
  Context *context = make_context(vm, dict);
  vm->context = value_from(context);
  return context;
}

static Context *copy(VM *vm, Context *from) {
  from->shared = true;
  Context *context = make_context(vm, from->variables);
  context->shared = true;
  return context;
}

Value context_copy_current(VM *vm) { return value_from(copy(vm, current(vm))); }

static Dict *own_variables(VM *vm, Context *context) {
  if (context->shared) {
    context->variables = dict_copy(vm, context->variables);
    context->shared = false;
    heap_barrier_object(vm, context, context->variables);
  }
  return context->variables;
}

/* ---- Context */

#define NATIVE_DEF "vm/modules/thread/context.def"
#define NATIVE_PREFIX context_
#define NATIVE_SELF Context *
#include "vm/contracts/native_class.inc"

static bool check_key(VM *vm, Value key) {
  return value_is(key, context_var) ||
         raise_false(vm, TYPE_OF(TypeError), "a ContextVar key was expected, got %R", key);
}
static Value context_op_getitem(VM *vm, Context *self, const context_op_getitem_args *a) {
  if (!check_key(vm, a->key)) return VALUE_FAIL;
  Value v = dict_get(vm, self->variables, a->key);
  return v == VALUE_UNBOUND ? raise_key(vm, a->key) : v;
}
static Value context_op_contains(VM *vm, Context *self, const context_op_contains_args *a) {
  if (!check_key(vm, a->key)) return VALUE_FAIL;
  Value v = dict_get(vm, self->variables, a->key);
  return v == VALUE_FAIL ? v : value_bool(v != VALUE_UNBOUND);
}
static Value context_op_iter(VM *vm, Context *self, const context_op_iter_args *a) {
  return get_iterator(vm, value_from(self->variables));
}
static Value context_op_len(VM *vm, Context *self, const context_op_len_args *a) {
  return value_int_unchecked((int64_t)dict_length(self->variables));
}
static Value context_op_eq(VM *vm, Context *self, const context_op_eq_args *a) {
  if (!value_is(a->value, context)) return VALUE_NOT_IMPLEMENTED;
  Answer equal = dict_equal(vm, self->variables, ((Context *)value_object(a->value))->variables);
  return equal == ANSWER_FAILED ? VALUE_FAIL : value_bool(equal);
}
static Value context_get(VM *vm, Context *self, const context_get_args *a) {
  if (!check_key(vm, a->key)) return VALUE_FAIL;
  Value v = dict_get(vm, self->variables, a->key);
  return v == VALUE_UNBOUND ? a->otherwise : v;
}
static Value context_copy(VM *vm, Context *self, const context_copy_args *a) {
  return value_from(copy(vm, self));
}
static Value context_keys(VM *vm, Context *self, const context_keys_args *a) {
  return call_method0(vm, value_from(self->variables), NAME("keys"));
}
static Value context_values(VM *vm, Context *self, const context_values_args *a) {
  return call_method0(vm, value_from(self->variables), NAME("values"));
}
static Value context_items(VM *vm, Context *self, const context_items_args *a) {
  return call_method0(vm, value_from(self->variables), NAME("items"));
}

static Value context_run(VM *vm, Value self_value, const Value *args, int npos, Tuple *kwnames) {
  Context *self = value_object(self_value);
  if (npos < 1) return raise_type(vm, "run() missing 1 required positional argument");
  if (self->entered)
    return raise_error(vm, TYPE_OF(RuntimeError), "cannot enter context: %R is already entered",
                       self_value);
  self->previous = value_from(current(vm));
  heap_barrier(vm, self, self->previous);
  self->entered = true;
  vm->context = self_value;
  Value result = call_values(vm, args[0], args + 1, npos - 1, kwnames);
  vm->context = self->previous;
  self->previous = VALUE_NONE;
  self->entered = false;
  return result;
}
static void trace_context(Marker *marker, Object *self) {
  mark_object(marker, ((Context *)self)->variables);
  mark_value(marker, ((Context *)self)->previous);
}
static Value context_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (npos || (kwnames && tuple_length(kwnames)))
    return raise_type(vm, "Context() does not accept any arguments");
  Dict *dict = dict_new(vm);
  return value_of(make_context(vm, dict));
}
const ClassSpec context_class = {
    NATIVE_CLASS(context_),
    .basic_size = sizeof(Context),
    .trace = trace_context,
};

/* ---- Token */

static Value token_missing(VM *vm);
#define NATIVE_DEF "vm/modules/thread/context_token.def"
#define NATIVE_PREFIX token_
#define NATIVE_SELF ContextToken *
#include "vm/contracts/native_class.inc"

static Value token_op_repr(VM *vm, ContextToken *self, const token_op_repr_args *a) {
  Str *text = str_format(vm, "<Token%s var=%R at %s>", self->used ? " used" : "", self->var,
                         object_address_text((uintptr_t)self));
  return value_of(text);
}
static Value token_class_getitem(VM *vm, Value self, const token_class_getitem_args *a) {
  return generic_alias_new(vm, self, a->item);
}
static Value token_get_var(VM *vm, ContextToken *self) { return self->var; }
static Value token_get_old_value(VM *vm, ContextToken *self) {
  return self->old == VALUE_UNBOUND ? state.missing : self->old;
}
static void trace_token(Marker *marker, Object *self) {
  ContextToken *token = (ContextToken *)self;
  mark_value(marker, token->context);
  mark_value(marker, token->var);
  mark_value(marker, token->old);
}
static Value token_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  return raise_error(vm, TYPE_OF(RuntimeError), "Tokens can only be created by ContextVars");
}

#define NATIVE_DEF "vm/modules/thread/context_missing.def"
#define NATIVE_PREFIX missing_
#include "vm/contracts/native_class.inc"

static Value missing_op_repr(VM *vm, Value self, const missing_op_repr_args *a) {
  return value_from(NAME("<Token.MISSING>"));
}
const ClassSpec context_missing_class = {NATIVE_CLASS(missing_), .basic_size = sizeof(Object)};
static Value token_missing(VM *vm) {
  state.missing = value_of(heap_new(vm, SHAPE_OF(context_missing), 16));
  heap_add_root(vm, &state.missing);
  return state.missing;
}
const ClassSpec context_token_class = {
    NATIVE_CLASS(token_),
    .basic_size = sizeof(ContextToken),
    .trace = trace_token,
};

/* ---- ContextVar */

#define NATIVE_DEF "vm/modules/thread/context_var.def"
#define NATIVE_PREFIX var_
#define NATIVE_SELF ContextVar *
#include "vm/contracts/native_class.inc"

static Value var_construct(VM *vm, Type *cls, const var_construct_args *a) {
  if (!value_is_str(a->name)) return raise_type(vm, "context variable name must be a str");
  ContextVar *var = heap_new(vm, SHAPE_OF(context_var), sizeof *var);
  var->name = a->name;
  var->otherwise = a->otherwise == VALUE_MISSING ? VALUE_UNBOUND : a->otherwise;
  return value_from(var);
}
static Value var_op_repr(VM *vm, ContextVar *self, const var_op_repr_args *a) {
  const char *at = object_address_text((uintptr_t)self);
  Str *text = self->otherwise == VALUE_UNBOUND
                  ? str_format(vm, "<ContextVar name=%R at %s>", self->name, at)
                  : str_format(vm, "<ContextVar name=%R default=%R at %s>", self->name,
                               self->otherwise, at);
  return value_of(text);
}
static Value var_get(VM *vm, ContextVar *self, const var_get_args *a) {
  Value v = dict_get(vm, current(vm)->variables, value_from(self));
  if (v != VALUE_UNBOUND) return v;
  if (a->otherwise != VALUE_MISSING) return a->otherwise;
  if (self->otherwise != VALUE_UNBOUND) return self->otherwise;
  return raise_with(vm, TYPE_OF(LookupError), value_from(self));
}
static Value var_set(VM *vm, ContextVar *self, const var_set_args *a) {
  Context *context = current(vm);
  Dict *variables = own_variables(vm, context);
  Value old = dict_get(vm, variables, value_from(self));
  if (old == VALUE_FAIL || !dict_set(vm, variables, value_from(self), a->value)) return VALUE_FAIL;
  ContextToken *token = heap_new_zeroed(vm, SHAPE_OF(context_token), sizeof *token);
  token->context = value_from(context);
  token->var = value_from(self);
  token->old = old;
  return value_from(token);
}
static Value var_reset(VM *vm, ContextVar *self, const var_reset_args *a) {
  if (!value_is(a->token, context_token))
    return raise_type(vm, "expected an instance of Token, got %R", a->token);
  ContextToken *token = value_object(a->token);
  if (token->used)
    return raise_error(vm, TYPE_OF(RuntimeError), "%R has already been used once", a->token);
  if (token->var != value_from(self))
    return raise_value(vm, "%R was created by a different ContextVar", a->token);
  Context *context = current(vm);
  if (token->context != value_from(context))
    return raise_value(vm, "%R was created in a different Context", a->token);
  token->used = true;
  Dict *variables = own_variables(vm, context);
  if (token->old != VALUE_UNBOUND)
    return value_none_if(dict_set(vm, variables, value_from(self), token->old));
  return dict_remove(vm, variables, value_from(self)) == VALUE_FAIL ? VALUE_FAIL : VALUE_NONE;
}
static Value var_class_getitem(VM *vm, Value self, const var_class_getitem_args *a) {
  return generic_alias_new(vm, self, a->item);
}
static Value var_get_name(VM *vm, ContextVar *self) { return self->name; }
static void trace_var(Marker *marker, Object *self) {
  mark_value(marker, ((ContextVar *)self)->name);
  mark_value(marker, ((ContextVar *)self)->otherwise);
}
const ClassSpec context_var_class = {
    NATIVE_CLASS(var_),
    .basic_size = sizeof(ContextVar),
    .trace = trace_var,
};

/* ---- the module */

#define NATIVE_DEF "vm/modules/thread/_contextvars.def"
#define NATIVE_PREFIX contextvars_
#include "vm/contracts/native_class.inc"

static Value contextvars_copy_context(VM *vm, Value self, const contextvars_copy_context_args *a) {
  return context_copy_current(vm);
}

static bool init(VM *vm, Module *module) {
  heap_add_root(vm, &vm->context);
  return module_add_type(vm, module, TYPE_OF(context)) &&
         module_add_type(vm, module, TYPE_OF(context_var)) &&
         module_add_type(vm, module, TYPE_OF(context_token));
}
const ModuleSpec _contextvars_module = {.name = "_contextvars",
                                        .doc = "Context Variables",
                                        NATIVE_FUNCTIONS(contextvars_),
                                        .init = init};
