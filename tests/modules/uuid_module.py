"""uuid: text of a number, names hashed, random ones."""
import uuid

assert str(uuid.UUID(int=5)) == "00000000-0000-0000-0000-000000000005"
assert uuid.uuid5(uuid.NAMESPACE_DNS, "python.org").hex == "886313e13b8a53729b900c9aee199e5d"
assert len(uuid.uuid4().bytes) == 16
