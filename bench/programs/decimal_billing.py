"""Bills for telephone calls in decimals: rates by band, discounts, taxes rounded to the cent, sums,
statements.
"""
import sys
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext

CENT = Decimal("0.01")
MINUTE = Decimal(60)
BANDS = {"local": ("0.0013", "0.000", "0.0675"), "national": ("0.0089", "0.005", "0.0675"),
         "abroad": ("0.0894", "0.030", "0.1040"), "sea": ("1.2500", "0.250", "0.0000")}
NAMES = list(BANDS)
TARIFF = {name: tuple(map(Decimal, row)) for name, row in BANDS.items()}


def calls(n):
    """(customer, band, seconds) of n calls, always the same."""
    seed = 7
    for _ in range(n):
        seed = (seed * 48271) % 2147483647
        customer = seed % 211
        band = NAMES[min(seed // 211 % 23 // 6, 3)] if seed % 97 else "sea"
        yield customer, band, seed // 4853 % 3600 + 1


def price(band, seconds):
    """The price of a call to the cent, half to even, and its tax, cut to the cent."""
    per_second, connection, rate = TARIFF[band]
    amount = (per_second * seconds + connection).quantize(CENT, ROUND_HALF_EVEN)
    return amount, (amount * rate).quantize(CENT, ROUND_DOWN)


def discount(amount):
    """Of a bill: 5 % of what goes beyond 50, 7.5 % of what goes beyond 200."""
    off = Decimal(0)
    if amount > 50:
        off += (min(amount, Decimal(200)) - 50) * Decimal("0.05")
    if amount > 200:
        off += (amount - 200) * Decimal("0.075")
    return off.quantize(CENT, ROUND_HALF_UP)


class Bill:
    def __init__(self):
        self.amount = self.tax = Decimal(0)
        self.seconds = self.calls = 0
        self.dearest = Decimal(0)

    def add(self, band, seconds):
        amount, tax = price(band, seconds)
        self.amount += amount
        self.tax += tax
        self.seconds += seconds
        self.calls += 1
        if amount > self.dearest:
            self.dearest = amount
        return amount + tax

    def total(self):
        return self.amount - discount(self.amount) + self.tax

    def line(self, customer):
        mean = self.amount / self.calls
        minutes = (self.seconds / MINUTE).quantize(Decimal("0.1"))
        return (f"{customer:04d} {self.calls:5d} {minutes:>9,} min {self.amount:>12,.2f} {self.tax:>9.2f} "
                f"{mean:.4f} {self.dearest:>8} {self.total():>12,.2f}")


def interest(amount, months):
    """With 0.55 % a month, in a context of its own."""
    with localcontext() as context:
        context.prec = 20
        return (amount * Decimal("1.0055") ** months).quantize(CENT)


def main(n):
    bills, everything = {}, Decimal(0)
    for customer, band, seconds in calls(n):
        bill = bills.get(customer)
        if bill is None:
            bill = bills[customer] = Bill()
        everything += bill.add(band, seconds)
    lines = [bills[customer].line(customer) for customer in sorted(bills)]
    amounts = sum((bill.amount for bill in bills.values()), Decimal(0))
    taxes = sum(bill.tax for bill in bills.values())
    totals = sum(bill.total() for bill in bills.values())
    discounts = sum(discount(bill.amount) for bill in bills.values())
    assert amounts + taxes == everything and totals == everything - discounts
    assert all(total.as_tuple().exponent == -2 for total in (amounts, taxes, totals))
    assert all(Decimal(line.split()[-1].replace(",", "")) == bills[int(line[:4])].total() for line in lines)
    owed = sum(interest(bill.total(), months) for months, bill in enumerate(bills.values(), 1))
    print("bills", len(bills), "lines", sum(map(len, lines)), lines[0])
    print("amounts", amounts, "taxes", taxes, "totals", totals, "owed", owed)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 400000)
