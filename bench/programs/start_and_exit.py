"""Starts many modules and does next to nothing: what a small script pays for before its first line. The
argument tells how many more processes do the same.
"""
import argparse
import collections
import csv
import dataclasses
import datetime
import enum
import functools
import hashlib
import json
import logging
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import typing
import urllib.parse


@dataclasses.dataclass
class Settings:
    name: str = "nobody"
    verbose: bool = False


def main(more):
    parser = argparse.ArgumentParser()
    parser.add_argument("more", nargs="?", type=int)
    settings = Settings(**{"name": json.loads('"somebody"')})
    numbers = re.findall(r"\d+", datetime.date(2026, 11, 30).isoformat())
    loaded = sum(module.__name__ in sys.modules for module in (
        argparse, collections, csv, enum, functools, logging, os, random, shutil, tempfile, typing))
    name = urllib.parse.urlsplit("https://example.org/a/b.txt").path
    digest = hashlib.md5(name.encode()).hexdigest()
    line = f"{settings} {numbers} {loaded} {pathlib.PurePosixPath(name).suffix} {digest[:6]}\n"
    for _ in range(more):
        assert subprocess.check_output([sys.executable, __file__, "0"], text=True) == line
    print(line, end="")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 6)
