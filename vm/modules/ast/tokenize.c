/* tokenize.c -- the module _tokenize: the tokens of a text, as the compiler's lexer makes them. */
#include "vm/modules/builtins/builtins_internal.h"
#include "vm/objects/object.h"
#include "vm/objects/str.h"

typedef struct TokenizerIter {
  Object h;
  TokenStream *stream; /* [owned] */
  size_t size;         /* of the text in bytes */
} TokenizerIter;

#define NATIVE_DEF "vm/modules/ast/tokenize.def"
#define NATIVE_PREFIX tokenize_
#define NATIVE_SELF TokenizerIter *
#include "vm/contracts/native_class.inc"

/* What a stream keeps: the text, and what the lexer makes of its names. */
static ptrdiff_t bytes_kept(const TokenizerIter *self) {
  return (ptrdiff_t)(2 * self->size + 8192);
}

static Value tokenize_construct(VM *vm, Type *cls, const tokenize_construct_args *a) {
  Value made = object_new(vm, cls);
  if (value_is_fail(made)) return made;
  TokenizerIter *self = value_object(made);
  self->stream = builtin_tokens(vm, a->source, &self->size);
  if (!self->stream) return VALUE_FAIL;
  heap_account(vm, bytes_kept(self));
  return made;
}

static Value tokenize_op_iter(VM *vm, TokenizerIter *self, const tokenize_op_iter_args *a) {
  return value_from(self);
}
static Value tokenize_op_next(VM *vm, TokenizerIter *self, const tokenize_op_next_args *a) {
  Value token = source_loader->tokens_next(vm, self->stream);
  return token == VALUE_STOP ? raise_stop(vm, value_from(NAME("EOF"))) : token;
}

static void tokenize_destroy(VM *vm, Object *object) {
  TokenizerIter *self = (TokenizerIter *)object;
  if (!self->stream) return;
  heap_account(vm, -bytes_kept(self));
  source_loader->tokens_close(self->stream);
}

const ClassSpec tokenize_TokenizerIter_class = {
    NATIVE_CLASS(tokenize_),
    .basic_size = sizeof(TokenizerIter),
    .destroy = tokenize_destroy,
};

static bool init(VM *vm, Module *module) {
  return module_add_type(vm, module, TYPE_OF(tokenize_TokenizerIter));
}

static const MethodSpec no_functions[] = {{.name = NULL}};
const ModuleSpec _tokenize_module = {
    .name = "_tokenize",
    .methods = no_functions,
    .nmethods = 0,
    .init = init,
};
