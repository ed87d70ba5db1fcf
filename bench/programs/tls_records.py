"""TLS without a network: client and server sides joined by memory buffers, handshakes
and records both ways.
"""
import hashlib
import os
import ssl
import sys

KEYS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "modules", "_tls")


class Pair:
    """Two ends of one connection; what one end writes is carried to the other by hand."""

    def __init__(self, client_context, server_context):
        to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.client = client_context.wrap_bio(to_client, to_server, server_hostname="localhost")
        self.server = server_context.wrap_bio(to_server, to_client, server_side=True)

    def shake_hands(self):
        waiting = [self.client, self.server]
        while waiting:
            for end in waiting[:]:
                try:
                    end.do_handshake()
                    waiting.remove(end)
                except ssl.SSLWantReadError:
                    pass

    def carry(self, source, target, data):
        source.write(data)
        parts, left = [], len(data)
        while left:
            part = target.read(left)
            parts.append(part)
            left -= len(part)
        return b"".join(parts)


def main(records):
    server_context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_context.load_cert_chain(os.path.join(KEYS, "server.pem"))
    client_context = ssl.create_default_context(cafile=os.path.join(KEYS, "ca.pem"))
    digest = hashlib.sha256()
    for connection in range(20):
        pair = Pair(client_context, server_context)
        pair.shake_hands()
        for i in range(records):
            data = b"%d.%d;" % (connection, i) * (1 + i % 400)
            back = pair.carry(pair.server, pair.client, pair.carry(pair.client, pair.server, data))
            assert back == data
            digest.update(back)
    print(records, digest.hexdigest())


main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
