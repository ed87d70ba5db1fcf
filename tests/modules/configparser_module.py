"""configparser: sections, values, interpolation."""
import configparser

c = configparser.ConfigParser()
c.read_string("[s]\na = 1\nb: yes\n# c\n[t]\nx = %(y)s!\ny = z\n")
assert c["s"].getint("a") == 1 and c["s"].getboolean("b") and c["t"]["x"] == "z!"
assert c.sections() == ["s", "t"]
