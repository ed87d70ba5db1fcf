"""What tests of ssl share: certificates (made by make.sh), contexts, two ends that talk in memory or over
loopback."""
import os
import re
import socket
import ssl
import threading
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
warnings.simplefilter("ignore", ResourceWarning)


def placeless(text):
    """A message without its line of _ssl.c, which differs among Debian's releases of 3.11.2; "" for None."""
    return re.sub(r" \(_ssl\.c:\d+\)", "", text or "")


def path(name):
    return os.path.join(HERE, name + ".pem")


def contexts(server="server", client=None):
    """A server's and a client's context that trust the tests' authority."""
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(path(server))
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    theirs.load_verify_locations(path("ca"))
    if client:
        theirs.load_cert_chain(path(client))
        ours.load_verify_locations(path("ca"))
        ours.verify_mode = ssl.CERT_REQUIRED
    return ours, theirs


class Pair:
    """A server and a client over MemoryBIOs."""

    def __init__(self, ours, theirs, name="localhost", session=None):
        self.to_server, self.from_server = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.to_client, self.from_client = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.server = ours.wrap_bio(self.to_server, self.from_server, server_side=True)
        self.client = theirs.wrap_bio(self.to_client, self.from_client, server_hostname=name, session=session)

    def carry(self):
        self.to_client.write(self.from_server.read())
        self.to_server.write(self.from_client.read())

    def step(self, what):
        """Is it done? What raises anything but that it must wait is the caller's."""
        try:
            what()
        except ssl.SSLWantReadError:
            return False
        finally:
            self.carry()
        return True

    def shake(self):
        done = set()
        for _ in range(10):
            for end in self.client, self.server:
                if end not in done and self.step(end.do_handshake):
                    done.add(end)
            if len(done) == 2:
                return self
        raise AssertionError("no end of the handshake")


def served(context, work, connections=1):
    """A server on loopback that calls work(socket) for each connection: (address, thread, what it raised)."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(60)
    raised = []

    def run():
        with listener:
            for _ in range(connections):
                plain, _ = listener.accept()
                plain.settimeout(60)
                try:
                    with context.wrap_socket(plain, server_side=True) as secure:
                        work(secure)
                except OSError as e:
                    raised.append(e)
                finally:
                    plain.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return listener.getsockname(), thread, raised


def connected(context, address, name="localhost", timeout=60):
    return context.wrap_socket(socket.create_connection(address, timeout), server_hostname=name)
