class Item:
    def __init__(self, price):
        self.price = price


class Ticket:
    __slots__ = ("price",)

    def __init__(self, price):
        self.price = price


def add(items):
    total = 0
    for item in items:
        total += item.price
    return total


print(add([Item(3), Ticket(4.5), Item(2), Ticket(1)]))
