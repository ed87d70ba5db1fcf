# stress: 400
"""Texts and bytes of ints of many widths: each base read back digit by digit; bitwise laws with negative
numbers; gcd.
"""
import random
r=random.Random(3)
for bits in list(range(60,70))+[126,127,128,129,190,191,192,193,200,511,512,513,1000]:
    for k in range(20):
        n=r.getrandbits(bits)|1<<bits-1
        if k==0: n=1<<bits-1
        if k==1: n=(1<<bits)-1
        for m in (n,-n):
            h,o,b,d=hex(m),oct(m),bin(m),str(m)
            assert int(h,16)==m and int(o,8)==m and int(b,2)==m and int(d)==m,(m,h,o,b,d)
            s='-' if m<0 else ''
            assert h==s+'0x'+format(n,'x') and len(b)==len(s)+2+bits
            v=0
            for c in o[2+len(s):]: v=v*8+int(c)
            assert v==n
            v=0
            for c in h[2+len(s):]: v=v*16+int(c,16)
            assert v==n
            v=0
            for c in d[len(s):]: v=v*10+int(c)
            assert v==n
            B=m.to_bytes(130,'little',signed=True); assert int.from_bytes(B,'little',signed=True)==m
            assert bytes(reversed(B))==m.to_bytes(130,'big',signed=True)
            x=r.getrandbits(r.randrange(1,400))
            for y in (x,-x):
                assert (m&y)+(m|y)==m+y and (m^y)==(m|y)-(m&y)
import math
for _ in range(3000):
    a=r.getrandbits(r.randrange(1,64)); b=r.getrandbits(r.randrange(1,64))
    g=math.gcd(a,b); x,y=a,b
    while y: x,y=y,x%y
    assert g==x,(a,b,g)
