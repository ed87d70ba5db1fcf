def g(x):
    y = x * 2
    return y

for i in range(3):
    g(i)
print("end")
