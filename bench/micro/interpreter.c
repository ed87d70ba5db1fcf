/* interpreter.c -- one operation of the language at a time, in a loop: what each path of the inline
** caches costs. */
#include "python.h"

#define ROUNDS 10000
#define LOOP(name, setup, body)                                                            \
  MICRO(name) {                                                                            \
    python_loop(state, setup "def run(n):\n  for i in range(n):\n    " body "\n", ROUNDS); \
  }
#define LOOP_WITH(name, setup, before, body)                                                    \
  MICRO(name) {                                                                                 \
    python_loop(state, setup "def run(n):\n  " before "\n  for i in range(n):\n    " body "\n", \
                ROUNDS);                                                                        \
  }

LOOP(loop_empty, "", "pass")
LOOP_WITH(add_int, "", "t = 0", "t = t + i")
LOOP_WITH(add_float, "", "t = 0.5", "t = t + 1.25")
LOOP_WITH(multiply_mixed, "", "t = 0.5", "t = i * 0.5")
LOOP_WITH(compare_branch, "", "t = 0", "t = 1 if i < 5000 else 2")
LOOP(global_load, "g = 1\n", "g")
LOOP(builtin_load, "", "len")

#define CLASS_P                                                                                    \
  "class P:\n  k = 1\n  def __init__(s):\n    s.x = 1\n    s.y = 2\n  def m(s):\n    return 1\n  " \
  "@property\n  def p(s):\n    return 1\n"
LOOP_WITH(attribute_slot, CLASS_P, "o = P()", "o.x")
LOOP_WITH(attribute_class, CLASS_P, "o = P()", "o.k")
LOOP_WITH(attribute_store, CLASS_P, "o = P()", "o.x = i")
LOOP_WITH(attribute_property, CLASS_P, "o = P()", "o.p")
LOOP_WITH(attribute_two_shapes, CLASS_P "class Q:\n  def __init__(s):\n    s.x = 1\n",
          "a = (P(), Q())", "a[i & 1].x")
LOOP_WITH(attribute_eight_shapes,
          CLASS_P "def make(i):\n  o = P()\n  setattr(o, 'z%d' % i, 1)\n  o.w = 1\n  return o\n",
          "a = [make(i) for i in range(8)]", "a[i & 7].w")
LOOP_WITH(method_call, CLASS_P, "o = P()", "o.m()")
LOOP(instance_new, CLASS_P, "P()")

LOOP(call_function, "def f(a):\n  return a\n", "f(i)")
LOOP(call_defaults, "def f(a, b=2, c=3):\n  return a\n", "f(i)")
LOOP(call_keywords, "def f(a, b=2, c=3):\n  return a\n", "f(i, c=1)")
LOOP(call_star, "def f(*a):\n  return a\n", "f(i, 1)")
LOOP(call_builtin, "", "len(())")
LOOP_WITH(call_closure, "def make(x):\n  def f(a):\n    return x\n  return f\n", "f = make(1)",
          "f(i)")
LOOP_WITH(call_method_native, "", "l = []", "l.append(i)")

LOOP_WITH(list_index, "", "l = [1, 2, 3, 4]", "l[i & 3]")
LOOP_WITH(list_store, "", "l = [1, 2, 3, 4]", "l[i & 3] = i")
LOOP_WITH(dict_index_str, "", "d = {'a': 1, 'b': 2}", "d['b']")
LOOP_WITH(dict_index_int, "", "d = {k: k for k in range(64)}", "d[i & 63]")
LOOP_WITH(dict_store_int, "", "d = {}", "d[i] = i")
LOOP_WITH(str_append, "", "s = ''", "s += 'x'")
LOOP(tuple_make, "", "(i, i)")
LOOP(list_make, "", "[i, i]")
LOOP(dict_make, "", "{'a': i}")
LOOP(tuple_unpack, "", "a, b = i, i")
LOOP(raise_catch, "", "\n    try:\n      raise KeyError\n    except KeyError:\n      pass")
LOOP(try_nothing, "", "\n    try:\n      i\n    except KeyError:\n      pass")
MICRO(generator_step) {
  python_loop(state,
              "def g(n):\n  i = 0\n  while i < n:\n    yield i\n    i += 1\ndef run(n):\n  for x "
              "in g(n):\n    pass\n",
              ROUNDS);
}
MICRO(comprehension) {
  python_loop(state, "def run(n):\n  return [i for i in range(n)]\n", ROUNDS);
}
