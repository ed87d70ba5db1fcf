"""Dynamic programming: knapsack, longest common subsequence, matrix chain, coins, longest increasing
subsequence.
"""
import sys
from bisect import bisect_left


def stream(seed):
    while True:
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        yield seed >> 8


def knapsack(weights, values, room):
    best = [0] * (room + 1)
    for w, v in zip(weights, values):
        for r in range(room, w - 1, -1):
            candidate = best[r - w] + v
            if candidate > best[r]:
                best[r] = candidate
    return best[room]


def common_subsequence(a, b):
    previous = [0] * (len(b) + 1)
    for x in a:
        row = [0]
        for j, y in enumerate(b):
            if x == y:
                row.append(previous[j] + 1)
            else:
                up, left = previous[j + 1], row[j]
                row.append(up if up > left else left)
        previous = row
    return previous[-1]


def matrix_chain(sizes):
    n = len(sizes) - 1
    cost = [[0] * n for _ in range(n)]
    for length in range(2, n + 1):
        for i in range(n - length + 1):
            j = i + length - 1
            cost[i][j] = min(cost[i][k] + cost[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1]
                             for k in range(i, j))
    return cost[0][n - 1]


def coin_ways(coins, amount):
    ways = [1] + [0] * amount
    for coin in coins:
        for a in range(coin, amount + 1):
            ways[a] += ways[a - coin]
    return ways[amount]


def increasing(values):
    tails = []
    for v in values:
        i = bisect_left(tails, v)
        if i == len(tails):
            tails.append(v)
        else:
            tails[i] = v
    return len(tails)


def partitions(n, memo={}):
    if n < 0:
        return 0
    if n < 2:
        return 1
    if n not in memo:
        total, k, sign = 0, 1, 1
        while k * (3 * k - 1) // 2 <= n:
            total += sign * (partitions(n - k * (3 * k - 1) // 2) + partitions(n - k * (3 * k + 1) // 2))
            sign = -sign
            k += 1
        memo[n] = total
    return memo[n]


def main(n):
    numbers = stream(42)
    weights = [next(numbers) % 50 + 5 for _ in range(n)]
    values = [next(numbers) % 100 + 1 for _ in range(n)]
    a = [next(numbers) % 4 for _ in range(4 * n)]
    b = [next(numbers) % 4 for _ in range(4 * n)]
    print("knapsack", knapsack(weights, values, 10 * n))
    print("common", common_subsequence(a, b))
    print("chain", matrix_chain([next(numbers) % 40 + 5 for _ in range(n // 3)]))
    print("coins", coin_ways([1, 2, 5, 10, 20, 50, 100, 200], 60 * n))
    print("increasing", increasing([next(numbers) for _ in range(100 * n)]))
    for small in range(0, 4 * n, 300):
        partitions(small)
    assert partitions(100) == 190569292
    print("partitions", partitions(4 * n))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 650)
