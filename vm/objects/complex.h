/* complex.h -- complex numbers. */
#ifndef KRAIT_COMPLEX_H
#define KRAIT_COMPLEX_H

#include "vm/memory/heap.h"

typedef struct Complex {
  Object h;
  double real, imag;
} Complex;

/* value_to_complex: complex, or through __complex__, __float__, __index__ */
MUST_USE MAY_RUN bool value_to_complex(VM *vm, Value v, double *real, double *imag);
/* (a+ai j) ** (b+bi j) */
MUST_USE Value complex_power(VM *vm, double a, double ai, double b, double bi);
MUST_USE Value complex_new(VM *vm, double real, double imag);
/* ZeroDivisionError */
MUST_USE Value complex_quotient(VM *vm, double a, double ai, double b, double bi);
/* format_complex: __format__ of an exact one (objects/format_value.c) */
MUST_USE Value format_complex(VM *vm, const Complex *z, Str *spec);

#endif
