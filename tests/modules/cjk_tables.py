"""The tables of the codecs of Chinese, Japanese and Korean: sums over characters, and all pairs of bytes."""
import zlib

SUMS = {
    "gb2312": (0x1f176f3d, 0xb04fc031),
    "gbk": (0x2d89b706, 0x114df1b4),
    "gb18030": (0xabf13178, 0xc447bc4),
    "hz": (0xd225ebff, 0xff93c522),
    "big5": (0x24d055cf, 0x2b65e5f),
    "cp950": (0x72bf596e, 0x91dcd310),
    "big5hkscs": (0xe05e7918, 0xd96dcdf7),
    "euc_jp": (0x93584164, 0x385b5009),
    "shift_jis": (0x5708b3eb, 0x801344ed),
    "cp932": (0x58734494, 0xc53646c0),
    "shift_jis_2004": (0xee6dae07, 0xe4d4f1),
    "shift_jisx0213": (0x8282c519, 0xb01b2b37),
    "euc_jis_2004": (0xef84b799, 0x14f4f4b),
    "euc_jisx0213": (0x2948ec9c, 0x738a1f35),
    "euc_kr": (0xe3593322, 0x97e6801b),
    "cp949": (0x9753e04a, 0x6e7d7e29),
    "johab": (0x6fd814a7, 0x46631f64),
    "iso2022_jp": (0x315efd57, 0xf99209d0),
    "iso2022_jp_1": (0xcc3aa378, 0xf99209d0),
    "iso2022_jp_2": (0x553117fe, 0xf99209d0),
    "iso2022_jp_2004": (0x47e01ce6, 0xf99209d0),
    "iso2022_jp_3": (0x87335c24, 0xf99209d0),
    "iso2022_jp_ext": (0xf744ae54, 0xf99209d0),
    "iso2022_kr": (0xa5fb8789, 0xf99209d0),
}
# the tilde is left out: an early 3.11 did not double it in HZ
EVERY = "\n".join(map(chr, [*range(0x7E), *range(0x7F, 0x30000)]))
PAIRS = b"\n\n".join(bytes((a, b)) for a in range(0x20, 256) for b in range(0x20, 256) if a != 0x7E)

for codec, sums in SUMS.items():
    encoded, decoded = EVERY.encode(codec, "ignore"), PAIRS.decode(codec, "replace")
    assert (zlib.crc32(encoded), zlib.crc32(decoded.encode())) == sums, codec
