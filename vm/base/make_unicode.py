#!/usr/bin/env python3
"""Makes unicode_tables.inc from the Unicode Character Database (Debian package unicode-data).

    make_unicode.py [/usr/share/unicode] > unicode_tables.inc

The package carries UCD 15.0; the language reference here is Python 3.11, which knows UCD 14.0. Code points whose
age is 15.0 are therefore left unassigned, and the few values that 15.0 changed for older code points are put back.
tests/meta/unicode_compare.py compares every code point with a reference interpreter.
"""
import bz2
import collections
import os
import re
import sys

UCD = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
LIMIT = 0x110000
WIDTH = 110

CATEGORIES = "Cn Lu Ll Lt Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Lm Lo Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So".split()
BIDI = [""] + "L LRE LRO R AL RLE RLO PDF EN ES ET AN CS NSM BN B S WS ON LRI RLI FSI PDI".split()
WIDTHS = "F H W Na A N".split()
TAGS = [""] + ["<%s>" % tag for tag in ("noBreak compat super fraction font sub narrow wide circle square isolated "
                                       "initial medial final small vertical").split()]
FLAGS = ("ALPHA DECIMAL DIGIT NUMERIC SPACE PRINTABLE UPPER LOWER TITLE CASED CASE_IGNORABLE XID_START XID_CONTINUE "
         "MIRRORED LINE_BREAK CASE_CHANGES").split()
FLAG = {name: 1 << i for i, name in enumerate(FLAGS)}
FORMS = ("NFD", "NFKD", "NFC", "NFKC")  # two bits each: 0 yes, 1 maybe, 2 no


def open_text(name):
    path = os.path.join(UCD, name)
    if not os.path.exists(path):
        return bz2.open(path + ".bz2", "rt", encoding="utf-8")
    return open(path, encoding="utf-8")


def rows(name, separator=";"):
    with open_text(name) as file:
        for line in file:
            line = line.split("#")[0].strip()
            if line:
                yield [field.strip() for field in line.split(separator)]


def span(text):
    first, _, last = text.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def points(text):
    return tuple(int(p, 16) for p in text.split())


# --- reading -----------------------------------------------------------------------------------------------------

age = {}
for field, version, *_ in rows("DerivedAge.txt"):
    for c in span(field):
        age[c] = tuple(map(int, version.split(".")))

entries = {}  # code point -> fields of UnicodeData.txt
start = None
for fields in (line.rstrip("\n").split(";") for line in open_text("UnicodeData.txt")):
    c = int(fields[0], 16)
    if fields[1].endswith(", First>"):
        start = c
        continue
    for c in range(start if start is not None else c, c + 1):
        if age[c] <= (14, 0):
            entries[c] = fields
    start = None

properties = collections.defaultdict(set)
for source in ("DerivedCoreProperties.txt", "PropList.txt"):
    for field, name, *_ in rows(source):
        properties[name].update(c for c in span(field) if c in entries)

widths = {}
for field, name, *_ in rows("EastAsianWidth.txt"):
    for c in span(field):
        widths[c] = name

quick_check = collections.defaultdict(int)
exclusions = set()
for field, name, *more in rows("DerivedNormalizationProps.txt"):
    if name.endswith("_QC"):
        shift = FORMS.index(name[:-3]) * 2
        for c in span(field):
            quick_check[c] |= {"N": 2, "M": 1}[more[0]] << shift
    elif name == "Full_Composition_Exclusion":
        exclusions.update(span(field))

folding = {}
for field, status, target, *_ in rows("CaseFolding.txt"):
    if status in "CF" and int(field, 16) in entries:
        folding[int(field, 16)] = points(target)

special = {}  # code point -> (lower, title, upper)
for field, lower, title, upper, *conditions in rows("SpecialCasing.txt"):
    if not conditions or not conditions[0]:
        special[int(field, 16)] = (points(lower), points(title), points(upper))

unihan = {}
for field, name, value in (line.split("\t") for line in open_text("Unihan_NumericValues.txt") if line[0] == "U"):
    if int(field[2:], 16) in entries:
        unihan[int(field[2:], 16)] = value.split()[0].replace(",", "")

# 15.0 made these older code points lower-case.
for c in (0x10FC, 0xA7F2, 0xA7F3, 0xA7F4, 0xAB69):
    properties["Lowercase"].discard(c)
    properties["Cased"].discard(c)

line_breaks = {0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029}

# --- records ------------------------------------------------------------------------------------------------------

sequences = [0]  # mapping sequences: length, then code points


def sequence(mapping, simple):
    """Index of a mapping that differs from the simple one, or 0."""
    if mapping == (simple,):
        return 0
    packed = [len(mapping), *mapping]
    for i in range(1, len(sequences) - len(packed) + 1):
        if sequences[i:i + len(packed)] == packed:
            return i
    sequences.extend(packed)
    return len(sequences) - len(packed)


numeric_values = [(0, 1)]
case_records = {(0,) * 7: 0}


def numeric(text):
    top, _, bottom = text.partition("/")
    value = (int(top), int(bottom or 1))
    if value not in numeric_values:
        numeric_values.append(value)
    return numeric_values.index(value)


def case_record(c, fields):
    upper = int(fields[12] or "0", 16) or c
    lower = int(fields[13] or "0", 16) or c
    title = int(fields[14] or "0", 16) or upper
    full_lower, full_title, full_upper = special.get(c, ((lower,), (title,), (upper,)))
    fold = folding.get(c, (c,))
    record = (lower - c, upper - c, title - c, sequence(full_lower, lower), sequence(full_upper, upper),
              sequence(full_title, title), sequence(fold, lower))
    return case_records.setdefault(record, len(case_records))


records = {(0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0): 0}
record_of = [0] * LIMIT
for c in range(LIMIT):
    fields = entries.get(c)
    if fields is None:
        continue
    category, bidi, flags = fields[2], fields[4], 0
    decimal = int(fields[6]) if fields[6] else -1
    digit = int(fields[7]) if fields[7] else -1
    value = fields[8] or unihan.get(c, "")
    have = {
        "ALPHA": category in ("Lm", "Lt", "Lu", "Ll", "Lo"), "DECIMAL": decimal >= 0, "DIGIT": digit >= 0,
        "NUMERIC": bool(value), "SPACE": category == "Zs" or bidi in ("WS", "B", "S"),
        "PRINTABLE": c == 0x20 or category not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"),
        "UPPER": c in properties["Uppercase"], "LOWER": c in properties["Lowercase"], "TITLE": category == "Lt",
        "CASED": c in properties["Cased"], "CASE_IGNORABLE": c in properties["Case_Ignorable"],
        "XID_START": c in properties["XID_Start"] or c == 0x5F, "XID_CONTINUE": c in properties["XID_Continue"],
        "MIRRORED": fields[9] == "Y", "LINE_BREAK": c in line_breaks,
    }
    case = case_record(c, fields)
    have["CASE_CHANGES"] = case != 0
    flags = sum(FLAG[name] for name, yes in have.items() if yes)
    key = (CATEGORIES.index(category), BIDI.index(bidi), int(fields[3]), WIDTHS.index(widths.get(c, "N")),
           flags, quick_check[c], case, numeric(value) if value else 0, decimal, digit, int(age[c] <= (3, 2)))
    record_of[c] = records.setdefault(key, len(records))

decomposition = [0]
decomposition_of = [0] * LIMIT
for c, fields in entries.items():
    if not fields[5]:
        continue
    tag, parts = "", fields[5].split()
    if parts[0][0] == "<":
        tag, parts = parts[0], parts[1:]
    units = []
    for p in (int(part, 16) for part in parts):
        units += [p] if p < 0x10000 else [0xD800 + (p - 0x10000 >> 10), 0xDC00 + (p - 0x10000 & 0x3FF)]
    decomposition_of[c] = len(decomposition)
    decomposition += [TAGS.index(tag) << 8 | len(units), *units]
assert len(decomposition) < 0x10000

pairs = []
for c, fields in entries.items():
    if fields[5] and fields[5][0] != "<" and c not in exclusions:
        parts = points(fields[5])
        if len(parts) == 2:
            pairs.append((*parts, c))
pairs.sort()

# --- names --------------------------------------------------------------------------------------------------------

# A name is a list of words, a word being what stands before a space, or up to and including a hyphen (and the space
# behind it, if there is one). A word number below `short` takes one byte (plus 1), other numbers take two bytes; a
# zero byte ends the name.
WORD = re.compile(r"[^ -]*- ?|[^ -]+")

names = {}  # code point or -1 - n -> name
for c, fields in entries.items():
    if fields[1][0] != "<":
        names[c] = fields[1]
aliases = []
for field, alias, *_ in rows("NameAliases.txt"):
    if int(field, 16) in age and age[int(field, 16)] <= (14, 0):
        aliases.append((alias, (int(field, 16),)))
named_sequences = [(name, points(target)) for name, target in rows("NamedSequences.txt")]

ordered = sorted(names)
all_names = [names[c] for c in ordered] + [alias for alias, _ in aliases] + [name for name, _ in named_sequences]


def split_name(name):
    words, i = [], 0
    while i < len(name):
        match = WORD.match(name, i)
        words.append(match.group())
        i = match.end()
        if i < len(name) and name[i] == " " and not words[-1].endswith(("-", " ")):
            i += 1
    return words


def join_name(words):
    text = ""
    for word in words:
        if text and text[-1] not in "- ":
            text += " "
        text += word
    return text


frequency = collections.Counter()
for name in all_names:
    assert join_name(split_name(name)) == name, name
    frequency.update(split_name(name))
words = [word for word, _ in sorted(frequency.items(), key=lambda item: (-item[1], item[0]))]
number = {word: i for i, word in enumerate(words)}
long_heads = 0
while (255 - long_heads) + long_heads * 256 < len(words):
    long_heads += 1
short = 255 - long_heads  # bytes 1..short are short words

name_bytes, name_starts = [], []
STEP = 8
for i, name in enumerate(all_names):
    if i % STEP == 0:
        name_starts.append(len(name_bytes))
    for word in split_name(name):
        n = number[word]
        if n < short:
            name_bytes.append(n + 1)
        else:
            name_bytes += [short + 1 + (n - short >> 8), n - short & 255]
    name_bytes.append(0)

word_text, word_ends = "", []
for word in words:
    word_text += word
    word_ends.append(len(word_text))

ranges = []  # first code point, first name number, count
for i, c in enumerate(ordered):
    if ranges and ranges[-1][0] + ranges[-1][2] == c:
        ranges[-1][2] += 1
    else:
        ranges.append([c, i, 1])


def hash_name(text):
    h = 2166136261
    for byte in text.encode():
        h = (h ^ byte) * 16777619 & 0xFFFFFFFF
    return (h ^ h >> 15) & 0xFFFF


assert len(all_names) < 50000
buckets = [0] * 0x10000  # name number + 1, linear probing
for i, name in enumerate(all_names):
    h = hash_name(name)
    while buckets[h]:
        h = h + 1 & 0xFFFF
    buckets[h] = i + 1

# --- writing -------------------------------------------------------------------------------------------------------


def emit(kind, name, values, per_row=None):
    print(f"\nstatic const {kind} {name}[{len(values) // (per_row or 1)}] = {{")
    line = ""
    for value in values:
        text = f"{value},"
        if len(line) + len(text) > WIDTH:
            print(line)
            line = ""
        line += text
    print(line + "\n};")


def emit_struct(kind, name, values):
    print(f"\nstatic const {kind} {name}[{len(values)}] = {{")
    line = ""
    for value in values:
        text = "{" + ",".join(map(str, value)) + "},"
        if len(line) + len(text) > WIDTH:
            print(line)
            line = ""
        line += text
    print(line + "\n};")


def emit_stages(name, values, comment):
    best = None
    for shift in range(4, 10):
        blocks, index = {}, []
        for i in range(0, LIMIT, 1 << shift):
            block = tuple(values[i:i + (1 << shift)])
            index.append(blocks.setdefault(block, len(blocks)))
        size = len(index) * (1 if len(blocks) < 256 else 2) + len(blocks) * (2 << shift)
        if best is None or size < best[0]:
            best = (size, shift, index, blocks)
    _, shift, index, blocks = best
    print(f"\n/* {comment} */\nenum {{ {name.upper()}_SHIFT = {shift} }};")
    emit("uint8_t" if len(blocks) < 256 else "uint16_t", name + "_blocks", index)
    emit("uint16_t", name + "_values", [v for block in blocks for v in block])


print("/* Made by make_unicode.py from the Unicode Character Database 15.0 restricted to 14.0; do not edit. */")
print("/* clang-format off */")
emit_struct("UnicodeRecord", "unicode_records", [
    (r[4], r[6], r[0], r[1], r[2], r[3], r[5], *r[7:]) for r in records])
emit_struct("CaseRecord", "case_records", list(case_records))
emit("uint32_t", "case_sequences", sequences)
emit_struct("NumericValue", "numeric_values", numeric_values)
emit_stages("record", record_of, "code point -> unicode_records")
emit_stages("decomposition", decomposition_of, "code point -> decompositions")
emit("uint16_t", "decompositions", decomposition)
emit_struct("CompositionPair", "composition_pairs", pairs)
for kind, values in (("category", CATEGORIES), ("bidi", BIDI), ("width", WIDTHS), ("tag", TAGS)):
    print(f"\nstatic const char *const {kind}_names[{len(values)}] = {{")
    print("".join(f'"{value}",' for value in values) + "\n};")

print(f"\nenum {{ NAME_SHORT_WORDS = {short}, NAME_STEP = {STEP}, NAME_CHARACTERS = {len(ordered)}, "
      f"NAME_ALIASES = {len(aliases)}, NAME_SEQUENCES = {len(named_sequences)} }};")
emit_struct("NameRange", "name_ranges", ranges)
emit("uint8_t", "name_bytes", name_bytes)
emit("uint32_t", "name_starts", name_starts)
emit("uint32_t", "word_ends", word_ends)
print("\nstatic const char word_text[] =")
for i in range(0, len(word_text), WIDTH - 2):
    print(f'"{word_text[i:i + WIDTH - 2]}"')
print(";")
emit("uint16_t", "name_buckets", buckets)
emit("uint32_t", "alias_targets", [target[0] for _, target in aliases])
emit_struct("NamedSequence", "named_sequences", [(len(t), "{" + ",".join(map(str, t)) + "}") for _, t in named_sequences])
sys.stderr.write(f"{len(records)} records, {len(case_records)} case records, {len(all_names)} names, {len(words)} words, "
                 f"{len(name_bytes)} name bytes, {len(word_text)} word bytes, {len(ranges)} ranges\n")
