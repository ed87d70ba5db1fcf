"""A shop's orders in an SQLite database in memory: bulk inserts, joins, updates, functions of our own in
queries, rows by name, a transaction that is rolled back.
"""
import sqlite3
import sys

SCHEMA = """
create table customers (id integer primary key, name text, city text);
create table orders (id integer primary key, customer integer references customers, day text, total real);
create table items (order_id integer, product text, count integer, price real);
create index items_of_orders on items (order_id);
"""
CITIES = ["Oslo", "Riga", "Bern", "Porto", "Gent"]


class Spread:
    """An aggregate: the difference of the largest and the smallest value."""

    def __init__(self):
        self.low = self.high = None

    def step(self, value):
        self.low = value if self.low is None else min(self.low, value)
        self.high = value if self.high is None else max(self.high, value)

    def finalize(self):
        return self.high - self.low if self.low is not None else None


def fill(base, count):
    base.executemany("insert into customers values (?, ?, ?)",
                     ((i, f"customer {i}", CITIES[i % 5]) for i in range(count // 10)))
    for order in range(count):
        base.execute("insert into orders values (?, ?, ?, 0)",
                     (order, order * 7 % (count // 10), f"2026-{order % 12 + 1:02}-{order % 28 + 1:02}"))
        base.executemany("insert into items values (?, ?, ?, ?)",
                         [(order, f"product {(order + i) % 50}", i + 1, (order * i % 97) + 0.25)
                          for i in range(order % 4 + 1)])
    base.commit()


def update_totals(base):
    sums = base.execute("select order_id, sum(count * price) as total from items group by order_id")
    for row in sums.fetchall():
        base.execute("update orders set total = ? where id = ?", (row["total"], row["order_id"]))
    base.commit()


def report(base):
    lines = []
    cities = base.execute(
        "select city, count(*) as number, sum(total) as total, spread(total) as spread "
        "from orders join customers on customers.id = customer group by city order by city")
    for row in cities:
        lines.append("%-6s %6d %12.2f %8.2f" % tuple(row[n] for n in ("city", "number", "total", "spread")))
    best = base.execute(
        "select shout(name), total from orders join customers on customers.id = customer "
        "where total > ? order by total desc, name limit 3", (100,)).fetchall()
    return lines + ["%s %.2f" % tuple(row) for row in best]


def scan(base):
    """Every item by a cursor, a row at a time and many at a time."""
    total = 0
    cursor = base.execute("select order_id, product, count, price from items")
    while (row := cursor.fetchone()) is not None:
        total += row[0] * row[2]
    for _, product, count, price in base.execute("select * from items"):
        total += int(count * price) + len(product)
    cursor = base.execute("select price from items order by price, order_id")
    while rows := cursor.fetchmany(100):
        total += int(rows[0]["price"])
    return total


def main(count):
    base = sqlite3.connect(":memory:")
    base.row_factory = sqlite3.Row
    base.create_function("shout", 1, str.upper, deterministic=True)
    base.create_aggregate("spread", 1, Spread)
    base.executescript(SCHEMA)
    fill(base, count)
    update_totals(base)
    print("\n".join(report(base)))
    print(scan(base), scan(base))
    before = base.total_changes
    base.execute("delete from items")
    base.rollback()
    assert base.execute("select count(*) from items").fetchone()[0] == sum(i % 4 + 1 for i in range(count))
    print(base.total_changes - before)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 15000)
