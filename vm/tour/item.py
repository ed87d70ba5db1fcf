class Item:
    def __init__(self, price):
        self.price = price


def add(items):
    total = 0
    for item in items:
        total += item.price
    return total


items = [Item(3), Item(4.5), Item(2)]
print(add(items))
