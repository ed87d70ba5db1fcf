import os,sys
def f(a,b = 3,*args,**kw ):
    x = {'a':1,'b':2,
    'c':3}
    if a==b and not(x is None): return [i for i in range(10) if i%2==0]
    else:
        print ( "hello world, this is a rather long line that black will have to split", a, b, args, kw )
class A( object ):
    def m(self): return lambda: self
    unused = 1
