"""Compression: LZ77 with hash chains, LZW with a dict, Huffman codes, run lengths, Burrows-Wheeler; each
undone again.
"""
import sys
from heapq import heapify, heappop, heappush


def lz_compress(data):
    out = []
    table = {}
    i, n = 0, len(data)
    while i < n:
        key = data[i:i + 3]
        best_length = best_distance = 0
        for j in reversed(table.get(key, ())[-8:]):
            length = 3
            while i + length < n and data[j + length] == data[i + length] and length < 255:
                length += 1
            if length > best_length:
                best_length, best_distance = length, i - j
        if best_length >= 4:
            out.append((best_distance, best_length))
            step = best_length
        else:
            out.append(data[i])
            step = 1
        for k in range(i, min(i + step, n - 2)):
            table.setdefault(data[k:k + 3], []).append(k)
        i += step
    return out


def lz_expand(tokens):
    out = bytearray()
    for token in tokens:
        if isinstance(token, tuple):
            distance, length = token
            start = len(out) - distance
            for k in range(length):
                out.append(out[start + k])
        else:
            out.append(token)
    return bytes(out)


def lzw(data):
    table = {bytes([i]): i for i in range(256)}
    word, codes = b"", []
    for byte in data:
        longer = word + bytes([byte])
        if longer in table:
            word = longer
        else:
            codes.append(table[word])
            table[longer] = len(table)
            word = bytes([byte])
    codes.append(table[word])
    return codes


def lzw_expand(codes):
    table = [bytes([i]) for i in range(256)]
    previous = table[codes[0]]
    out = [previous]
    for code in codes[1:]:
        entry = table[code] if code < len(table) else previous + previous[:1]
        out.append(entry)
        table.append(previous + entry[:1])
        previous = entry
    return b"".join(out)


def huffman(data):
    counts = {}
    for byte in data:
        counts[byte] = counts.get(byte, 0) + 1
    heap = [(count, byte, byte) for byte, count in counts.items()]
    heapify(heap)
    order = 256
    while len(heap) > 1:
        a, b = heappop(heap), heappop(heap)
        heappush(heap, (a[0] + b[0], order, (a[2], b[2])))
        order += 1
    codes = {}

    def assign(node, prefix):
        if isinstance(node, tuple):
            assign(node[0], prefix + "0")
            assign(node[1], prefix + "1")
        else:
            codes[node] = prefix
    assign(heap[0][2], "")
    bits = "".join([codes[byte] for byte in data])
    back = {code: byte for byte, code in codes.items()}
    out, word = bytearray(), ""
    for bit in bits:
        word += bit
        if word in back:
            out.append(back[word])
            word = ""
    assert bytes(out) == data
    return len(bits) // 8


def burrows_wheeler(block):
    block = block + b"\0"
    order = sorted(range(len(block)), key=lambda i: block[i:] + block[:i])
    last = bytes(block[i - 1] for i in order)
    by_byte = sorted(range(len(last)), key=last.__getitem__)
    row, out = order.index(0), bytearray()
    for _ in range(len(block)):
        row = by_byte[row]
        out.append(last[row])
    assert bytes(out) == block
    runs = 1 + sum(a != b for a, b in zip(last, last[1:]))
    return runs


def main(n):
    words = [b"alpha ", b"beta ", b"gamma\n", b"delta, ", b"and ", b"the ", b"of 42 "]
    seed, parts = 8, []
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        parts.append(words[(seed >> 12) % 7])
    data = b"".join(parts)
    tokens = lz_compress(data)
    assert lz_expand(tokens) == data
    codes = lzw(data)
    assert lzw_expand(codes) == data
    print("bytes", len(data), "lz", len(tokens), "lzw", len(codes), "huffman", huffman(data), "runs",
          burrows_wheeler(data[:1500]))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 70000)
