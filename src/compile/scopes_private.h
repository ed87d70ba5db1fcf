/* scopes_private.h -- shared by scopes.c and scopes_walk.c. */
#ifndef KRAIT_SCOPES_PRIVATE_H
#define KRAIT_SCOPES_PRIVATE_H

#include <stdarg.h>

#include "src/compile/scopes.h"
#include "src/syntax/names.h"

Symbol *scope_add(ScopeTable *table, Scope *scope, const Name *name); /* found or made */
Scope *scope_enter(ScopeTable *table, ScopeKind kind, AstNode *node, const Name *name);

#endif
