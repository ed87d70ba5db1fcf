/* exception.h -- exception instances. Attribute names as in the library reference; notes are in
** __dict__. */
#ifndef KRAIT_EXCEPTION_H
#define KRAIT_EXCEPTION_H

#include "vm/memory/heap.h"

typedef struct Exception {
  Object h;
  Object *extra;                   /* [gc] attributes */
  Tuple *args;                     /* [gc] */
  Value traceback, context, cause; /* traceback object, exception, exception; or VALUE_NONE */
  bool suppress_context;
} Exception;

typedef struct StopIterationObject {
  Exception e;
  Value value;
} StopIterationObject;
typedef struct SystemExitObject {
  Exception e;
  Value code;
} SystemExitObject;
typedef struct ImportErrorObject {
  Exception e;
  Value msg, name, path;
} ImportErrorObject;
/* UNBOUND: None */
typedef struct NameErrorObject {
  Exception e;
  Value name;
} NameErrorObject;
typedef struct AttributeErrorObject {
  Exception e;
  Value name, obj;
} AttributeErrorObject;
typedef struct OSErrorObject {
  Exception e;
  Value myerrno, strerror, filename, filename2, characters_written;
} OSErrorObject;
typedef struct SyntaxErrorObject {
  Exception e;
  Value msg, filename, lineno, offset, text, end_lineno, end_offset, print_file_and_line;
} SyntaxErrorObject;
typedef struct UnicodeErrorObject {
  Exception e;
  Value encoding, object, start, end, reason;
} UnicodeErrorObject;
typedef struct ExceptionGroupObject {
  Exception e;
  Value message, exceptions;
} ExceptionGroupObject;

typedef struct Traceback {
  Object h;
  Object *next;  /* [gc] Traceback towards where it was raised, or NULL */
  Object *frame; /* [gc] Frame */
  /* as programs see it: twice the offset in the bytecode; a constructed one's is any */
  int32_t lasti;
  int32_t line; /* 0: computed from lasti when asked */
} Traceback;
int traceback_line(VM *vm, Traceback *traceback); /* line number; 0: none */

#endif
