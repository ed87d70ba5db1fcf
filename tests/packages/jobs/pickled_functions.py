import cloudpickle, pickle


def mk(n):
    def inner(x, *a, k=2):
        return x * n + k + sum(a)

    return inner


class C:
    def __init__(self, v):
        self.v = v

    def get(self):
        return self.v + K


K = 7
for lib in (cloudpickle,):
    f = pickle.loads(lib.dumps(mk(3)))
    print(lib.__name__, f(4, 1, k=5))
    g = pickle.loads(lib.dumps(lambda q: [q + i for i in range(K)]))
    print(g(1))
    c = pickle.loads(lib.dumps(C(5)))
    print(c.get())
    d = pickle.loads(lib.dumps({"f": mk(1), "gen": (lambda: (i for i in range(3)))}))
    print(d["f"](1), list(d["gen"]()))
