/* ctypes_functions.c -- the C library that CPython's tests of ctypes call.
**
** CPython's own is an extension module, which only CPython can load. Names, signatures and results
** here are those that the tests ask for; _ctypes_test.py stands for the module. Built without
** optimisation: where a function spoils its own copy of an argument, the caller must not see it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* Sums of arguments of mixed types. */

#define MIXED signed char b, short h, int i, long l, float f
#define MIXED_SUM (b + h + i + l + f + d)

int _testfunc_i_bhilfd(MIXED, double d) { return (int)MIXED_SUM; }

float _testfunc_f_bhilfd(MIXED, double d) { return (float)MIXED_SUM; }

double _testfunc_d_bhilfd(MIXED, double d) { return MIXED_SUM; }

long double _testfunc_D_bhilfD(MIXED, long double d) { return MIXED_SUM; }

long long _testfunc_q_bhilfd(MIXED, double d) { return (long long)MIXED_SUM; }

long long _testfunc_q_bhilfdq(MIXED, double d, long long q) { return (long long)MIXED_SUM + q; }

void _testfunc_v(int a, int b, int *sum) { *sum = a + b; }

/* tf_X(x) and tf_bX(byte, x): a third of x, which they note first. */

long long last_tf_arg_s;
unsigned long long last_tf_arg_u;

#define THIRD(letter, type, note)               \
  type tf_##letter(type x) {                    \
    note = x;                                   \
    return x / 3;                               \
  }                                             \
  type tf_b##letter(signed char byte, type x) { \
    (void)byte;                                 \
    note = x;                                   \
    return x / 3;                               \
  }
#define SIGNED(letter, type) THIRD(letter, type, last_tf_arg_s)
#define UNSIGNED(letter, type) THIRD(letter, type, last_tf_arg_u)

SIGNED(b, signed char)
SIGNED(h, short)
SIGNED(i, int)
SIGNED(l, long)
SIGNED(q, long long)
SIGNED(f, float)
SIGNED(d, double)
SIGNED(D, long double)
UNSIGNED(B, unsigned char)
UNSIGNED(H, unsigned short)
UNSIGNED(I, unsigned int)
UNSIGNED(L, unsigned long)
UNSIGNED(Q, unsigned long long)

void tv_i(int x) { last_tf_arg_s = x; }

/* Pointers, strings, variables. */

int an_integer = 42;

int get_an_integer(void) { return an_integer; }

void *_testfunc_p_p(void *pointer) { return pointer; }

char *_testfunc_c_p_p(int *count, char **strings) { return strings[*count - 1]; }

int *_testfunc_ai8(int numbers[8]) { return numbers; }

char *my_strchr(const char *string, int character) { return strchr(string, character); }

char *(*get_strchr(void))(const char *, int) { return my_strchr; }

char *my_strtok(char *string, const char *separators) { return strtok(string, separators); }

char *my_strdup(const char *string) { return strdup(string); }

wchar_t *my_wcsdup(const wchar_t *string) { return wcsdup(string); }

size_t my_wcslen(const wchar_t *string) { return wcslen(string); }

void my_free(void *memory) { free(memory); }

double my_sqrt(double x) { return sqrt(x); }

void my_qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *)) {
  qsort(items, count, size, compare);
}

/* Callbacks. */

/* The sum of what `function` makes of value, its half, its quarter … down to 1. */
int _testfunc_callback_i_if(int value, int (*function)(int)) {
  int sum = 0;
  for (; value; value /= 2) sum += function(value);
  return sum;
}

long long _testfunc_callback_q_qf(long long value, long long (*function)(long long)) {
  long long sum = 0;
  for (; value; value /= 2) sum += function(value);
  return sum;
}

int _testfunc_callback_with_pointer(int (*function)(int *)) {
  int table[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  return function(table);
}

int _testfunc_cbk_reg_int(int a, int b, int c, int d, int e,
                          int (*function)(int, int, int, int, int)) {
  return function(a * a, b * b, c * c, d * d, e * e);
}

double _testfunc_cbk_reg_double(double a, double b, double c, double d, double e,
                                double (*function)(double, double, double, double, double)) {
  return function(a * a, b * b, c * c, d * d, e * e);
}

/* By the trapezoidal rule. */
double integrate(double from, double to, double (*function)(double), long steps) {
  double width = (to - from) / steps;
  double sum = (function(from) + function(to)) / 2;
  for (long i = 1; i < steps; i++) sum += function(from + i * width);
  return sum * width;
}

/* Structures by value. */

typedef struct {
  int x, y;
} Point;

typedef struct {
  short x, y;
} Shorts;

typedef struct {
  int a, b, c, d, e, f, g, h;
} Integers;

typedef struct {
  unsigned long first, second, third;
} InMemory;

typedef struct {
  unsigned int first, second;
} InRegister;

typedef struct {
  unsigned char data[16];
} Bytes;

typedef struct {
  double data[2];
} Doubles;

typedef struct {
  float data[2];
  float more_data[2];
} Floats;

InRegister last_tfrsuv_arg;

int _testfunc_byval(Point in, Point *out) {
  *out = in;
  return in.x + in.y;
}

Shorts ret_2h_func(Shorts in) {
  in.x *= 2, in.y *= 3;
  return in;
}

Integers ret_8i_func(Integers in) {
  in.a *= 2, in.b *= 3, in.c *= 4, in.d *= 5;
  in.e *= 6, in.f *= 7, in.g *= 8, in.h *= 9;
  return in;
}

void _testfunc_large_struct_update_value(InMemory in) { memset(&in, 0x55, sizeof in); }

void _testfunc_cbk_large_struct(InMemory in, void (*function)(InMemory)) { function(in); }

void _testfunc_reg_struct_update_value(InRegister in) {
  last_tfrsuv_arg = in;
  memset(&in, 0x55, sizeof in);
}

int _testfunc_array_in_struct1(Bytes in) {
  int sum = 0;
  for (int i = 0; i < 16; i++) sum += in.data[i];
  memset(&in, 0x55, sizeof in);
  return sum;
}

double _testfunc_array_in_struct2(Doubles in) {
  double sum = in.data[0] + in.data[1];
  memset(&in, 0x55, sizeof in);
  return sum;
}

double _testfunc_array_in_struct2a(Floats in) {
  double sum = (double)in.data[0] + in.data[1] + in.more_data[0] + in.more_data[1];
  memset(&in, 0x55, sizeof in);
  return sum;
}

/* Rectangles, whole and by pointer, among other arguments. */

typedef struct {
  long x, y;
} Position;

typedef struct {
  long left, top, right, bottom;
} Rectangle;

long left = 10, top = 20, right = 30, bottom = 40;

int PointInRect(Rectangle *rectangle, Position point) {
  return point.x >= rectangle->left && point.x < rectangle->right && point.y >= rectangle->top &&
         point.y < rectangle->bottom;
}

static int is_whole(const Rectangle *rectangle) {
  return rectangle->left == left && rectangle->top == top && rectangle->right == right &&
         rectangle->bottom == bottom;
}

/* The i-th rectangle; one of -1 if anything but the variables above has arrived. */
Rectangle ReturnRect(int i, Rectangle a, Rectangle *b, Position c, Rectangle d, Rectangle *e,
                     Position f, Rectangle g) {
  Rectangle wrong = {-1, -1, -1, -1};
  const Rectangle *all[] = {&a, b, &d, e, &g};
  for (int k = 0; k < 5; k++)
    if (!is_whole(all[k])) return wrong;
  if (i < 0 || i >= 5 || !PointInRect(&a, c) || !PointInRect(e, f)) return wrong;
  return *all[i];
}

/* Bit fields. */

typedef struct {
  signed int A : 1, B : 2, C : 3, D : 4, E : 5, F : 6, G : 7, H : 8, I : 9;
  signed short M : 1, N : 2, O : 3, P : 4, Q : 5, R : 6, S : 7;
} Bits;

#define FIELD(field) \
  if (name == #field[0]) return bits->field;

int unpack_bitfields(Bits *bits, char name) {
  FIELD(A)
  FIELD(B)
  FIELD(C)
  FIELD(D)
  FIELD(E)
  FIELD(F)
  FIELD(G)
  FIELD(H)
  FIELD(I)
  FIELD(M)
  FIELD(N)
  FIELD(O)
  FIELD(P)
  FIELD(Q)
  FIELD(R)
  FIELD(S)
  return 999;
}

/* An object of Python: the module says how one is appended to a list. */

int (*append_to_list)(void *list, void *item);

int _testfunc_pylist_append(void *list, void *item) { return append_to_list(list, item); }
