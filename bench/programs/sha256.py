"""SHA-256 and CRC-32 written out in Python integers, over growing messages, checked against hashlib's
known answers.
"""
import sys


def primes(n):
    found = []
    k = 2
    while len(found) < n:
        if all(k % p for p in found):
            found.append(k)
        k += 1
    return found


def root_bits(n, root):
    """The first 32 bits of the fraction of the square or cube root of n, by integer Newton."""
    scaled = n << (32 * root)
    x = 1 << ((scaled.bit_length() + root - 1) // root + 1)
    while True:
        y = ((root - 1) * x + scaled // x ** (root - 1)) // root
        if y >= x:
            return x & 0xFFFFFFFF
        x = y


K = [root_bits(p, 3) for p in primes(64)]
START = [root_bits(p, 2) for p in primes(8)]


def sha256(message):
    length = len(message)
    message += b"\x80" + bytes((55 - length) % 64) + (8 * length).to_bytes(8, "big")
    state = START[:]
    for offset in range(0, len(message), 64):
        w = [int.from_bytes(message[offset + i:offset + i + 4], "big") for i in range(0, 64, 4)]
        for i in range(16, 64):
            x, y = w[i - 15], w[i - 2]
            s0 = (x >> 7 | x << 25) ^ (x >> 18 | x << 14) ^ x >> 3
            s1 = (y >> 17 | y << 15) ^ (y >> 19 | y << 13) ^ y >> 10
            w.append((w[i - 16] + (s0 & 0xFFFFFFFF) + w[i - 7] + (s1 & 0xFFFFFFFF)) & 0xFFFFFFFF)
        a, b, c, d, e, f, g, h = state
        for i in range(64):
            s1 = ((e >> 6 | e << 26) ^ (e >> 11 | e << 21) ^ (e >> 25 | e << 7)) & 0xFFFFFFFF
            t1 = h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]
            s0 = ((a >> 2 | a << 30) ^ (a >> 13 | a << 19) ^ (a >> 22 | a << 10)) & 0xFFFFFFFF
            t2 = s0 + ((a & b) ^ (a & c) ^ (b & c))
            h, g, f, e, d, c, b, a = g, f, e, (d + t1) & 0xFFFFFFFF, c, b, a, (t1 + t2) & 0xFFFFFFFF
        state = [(s + v) & 0xFFFFFFFF for s, v in zip(state, (a, b, c, d, e, f, g, h))]
    return "".join("%08x" % s for s in state)


def crc_table():
    table = []
    for n in range(256):
        for _ in range(8):
            n = n >> 1 ^ 0xEDB88320 if n & 1 else n >> 1
        table.append(n)
    return table


def crc32(data, table):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ table[(crc ^ byte) & 255]
    return crc ^ 0xFFFFFFFF


def adler(data):
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a


def main(n):
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    table = crc_table()
    assert crc32(b"123456789", table) == 0xCBF43926
    digest = ""
    for i in range(n):
        digest = sha256((digest + str(i)).encode() * 3)
    data = bytes((i * i) & 255 for i in range(n * 800))
    print("rounds", n, digest, "crc %08x adler %08x" % (crc32(data, table), adler(data)))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 1700)
