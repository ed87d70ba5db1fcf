"""Word statistics of a made text: dict counting, Counter, defaultdict of sets, sorting by frequency,
bigrams.
"""
import sys
from collections import Counter, defaultdict

SYLLABLES = "ka re mi to sun da lo fi ne pa ru ge so ti va be no li".split()


def make_text(n):
    seed = 99
    words = []
    for _ in range(n):
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
        length = 1 + (seed >> 28) % 3
        word = ""
        k = seed >> 4
        for _ in range(length):
            word += SYLLABLES[k % len(SYLLABLES)]
            k //= 37
        words.append(word)
        if seed % 11 == 0:
            words[-1] = word.capitalize() + "."
    return " ".join(words)


def count_plain(words):
    counts = {}
    for word in words:
        if word in counts:
            counts[word] += 1
        else:
            counts[word] = 1
    return counts


def index_letters(words):
    index = defaultdict(set)
    for word in words:
        index[word[0]].add(word)
    return {letter: len(found) for letter, found in sorted(index.items())}


def bigrams(words):
    pairs = defaultdict(int)
    for pair in zip(words, words[1:]):
        pairs[pair] += 1
    return sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:3]


def main(n):
    text = make_text(n)
    words = [w.strip(".").lower() for w in text.split()]
    counts = count_plain(words)
    counter = Counter(words)
    assert counts == counter
    letters = {}
    for c in text:
        letters[c] = letters.get(c, 0) + 1
    top = sorted(counts, key=lambda w: (-counts[w], w))[:5]
    print("words", len(words), "different", len(counts), "letters", sum(letters.values()))
    print("top", [(w, counts[w]) for w in top])
    print("most common", counter.most_common(1)[0][1], "sentences", text.count("."))
    print("index", index_letters(words))
    print("bigrams", bigrams(words))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 180000)
