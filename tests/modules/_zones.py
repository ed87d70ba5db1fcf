"""Time zone files as RFC 8536 has them, made from lists: what the tests of zoneinfo share."""
import io
import struct
from datetime import datetime, timedelta

EPOCH = datetime(1970, 1, 1)


def seconds(*when):
    """From 1970 to what datetime(*when) says."""
    return (datetime(*when) - EPOCH) // timedelta(seconds=1)


def block(kinds, turns, version, wide):
    """Header and data; kinds: (offset in seconds, is summer, abbreviation); turns: (seconds, number of
    a kind).
    """
    names, places = b"", []
    for _, _, name in kinds:
        places.append(len(names))
        names += name.encode() + b"\0"
    data = b"TZif" + version + bytes(15) + struct.pack(">6l", 0, 0, 0, len(turns), len(kinds), len(names))
    data += struct.pack(f">{len(turns)}{'q' if wide else 'l'}", *(when for when, _ in turns))
    data += bytes(kind for _, kind in turns)
    for (offset, is_summer, _), place in zip(kinds, places):
        data += struct.pack(">lbb", offset, is_summer, place)
    return data + names


def zone_data(kinds=(), turns=(), rule="", version=2):
    """All of a file's bytes."""
    if version == 1:
        return block(kinds, turns, b"\0", False)
    mark = str(version).encode()
    return block((), (), mark, False) + block(kinds, turns, mark, True) + b"\n" + rule.encode() + b"\n"


def zone_file(*arguments, **named):
    return io.BytesIO(zone_data(*arguments, **named))
