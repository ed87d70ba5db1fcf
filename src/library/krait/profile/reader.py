"""Reads recordings (NAME.kprof and those of its children): read(path) -> Recording.

Takes whatever is committed. A file that is cut or damaged loses what is damaged: a segment whose checksum is
wrong, a record that does not fit. What is no recording at all, or of another major version, is
NotReadable."""
import os
import struct
import zlib

from krait.profile.model import Process, Recording
from krait.profile.records import RECORDS, Tables

MAGIC = b"KRAITPRF"
MAJOR, ORDER, HEADER_SIZE = 1, 0x0102, 64
SEGMENT_MAGIC, SEGMENT_SIZE, LOG = 0x47455350, 32, 1
CHILDREN_MAX = 1000  # files that are joined


class NotReadable(Exception):
    """The file is no recording that this program can read; the text says why, in one line."""


def read(path, children=True):
    recording = Recording()
    read_process(recording, path)
    if children:
        for child in files_of_children(path)[:CHILDREN_MAX]:
            try:
                read_process(recording, child)
            except NotReadable:
                recording.first.damaged += 1
    return recording


def files_of_children(path):
    """NAME.kprof.PID, however deep the process stands; those of the main one's run alone"""
    folder, name = os.path.split(path)
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return []
    found = [n for n in names if n.startswith(name + ".") and n[len(name) + 1:].isdigit()]
    return [os.path.join(folder, n) for n in sorted(found, key=lambda n: int(n[len(name) + 1:]))]


def read_process(recording, path):
    data = content(path)
    order, header = read_header(data, path)
    process = Process(len(recording.processes), path, len(data))
    (process.build, process.pid, process.parent, process.began_real, process.began, process.rate,
     process.flags) = header[4:11]
    recording.processes.append(process)
    tables = Tables(recording, process, data, order)
    for at, kind, sealed, committed, crc in segments(data, order, header[3]):
        if kind == LOG:
            read_log(tables, process, data[at:at + committed], order, crc if sealed else None)
    tables.finish()


def content(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except OSError as error:
        raise NotReadable(f"{path}: {error.strerror or error}") from None


def read_header(data, path):
    """(order as struct writes it, fields of the header)"""
    if len(data) < 16 or not data.startswith(MAGIC):
        raise NotReadable(f"{path}: not a recording of krait profile")
    order = {ORDER: "<", 0x0201: ">"}.get(int.from_bytes(data[12:14], "little"))
    if order is None:
        raise NotReadable(f"{path}: the header is damaged")
    major, minor = struct.unpack_from(order + "HH", data, 8)
    if major != MAJOR:
        what = "a newer krait" if major > MAJOR else "an older krait"
        raise NotReadable(f"{path}: format {major}.{minor} is of {what}; this one reads {MAJOR}.x")
    if len(data) < HEADER_SIZE:
        raise NotReadable(f"{path}: ends within the header")
    header = struct.unpack_from(order + "HHHHQIIQQII", data, 8)
    if not HEADER_SIZE <= header[3] <= 1 << 15:
        raise NotReadable(f"{path}: the header is damaged")
    return order, header


def segments(data, order, at):
    """(where the payload begins, kind, sealed, committed bytes, crc) of each segment that is there"""
    shape = struct.Struct(order + "IHHIII")
    while at + SEGMENT_SIZE <= len(data):
        magic, kind, sealed, size, committed, crc = shape.unpack_from(data, at)
        if magic != SEGMENT_MAGIC or size < SEGMENT_SIZE:
            return
        room = min(size, len(data) - at) - SEGMENT_SIZE
        whole = committed <= room
        yield at + SEGMENT_SIZE, kind, sealed == 1 and whole, min(committed, room), crc
        at += size


def read_log(tables, process, log, order, crc):
    if crc is not None and zlib.crc32(log) != crc:
        process.damaged += 1
        return
    head = struct.Struct(order + "HHI").unpack_from
    at, end = 0, len(log)
    while at + 8 <= end:
        kind, flags, size = head(log, at)
        if size < 8 or at + size > end:
            process.damaged += size < 8  # else it is the end of a file that was cut
            return
        take = RECORDS.get(kind)
        if take is not None:
            try:
                take(tables, log[at + 8:at + size], flags)
            except (struct.error, ValueError, OverflowError, IndexError):
                process.damaged += 1
        at += (size + 7) & ~7
