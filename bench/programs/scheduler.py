"""An operating system's scheduler in miniature (in the spirit of Richards): tasks with mailboxes,
priorities, devices.
"""
import sys

WAITING, READY, HELD = 0, 1, 2


class Packet:
    def __init__(self, kind, target):
        self.kind = kind
        self.target = target
        self.data = [0] * 4
        self.position = 0


class Mailbox:
    def __init__(self):
        self.items = []
        self.head = 0

    def put(self, packet):
        self.items.append(packet)

    def take(self):
        packet = self.items[self.head]
        self.head += 1
        if self.head == len(self.items):
            self.items.clear()
            self.head = 0
        return packet

    def is_empty(self):
        return self.head == len(self.items)


class Task:
    def __init__(self, kernel, name, priority):
        self.kernel = kernel
        self.name = name
        self.priority = priority
        self.state = READY
        self.mailbox = Mailbox()
        self.runs = 0

    def deliver(self, packet):
        self.mailbox.put(packet)
        if self.state == WAITING:
            self.state = READY

    def is_runnable(self):
        return self.state == READY

    def run(self):
        self.runs += 1
        self.work()

    def wait(self):
        if self.mailbox.is_empty():
            self.state = WAITING

    def work(self):
        raise NotImplementedError


class Idle(Task):
    """Runs when nobody else can; releases the devices in an order drawn from a shift register."""

    def __init__(self, kernel, rounds):
        super().__init__(kernel, "idle", 0)
        self.register = 0x1D2B
        self.left = rounds

    def work(self):
        self.left -= 1
        if self.left <= 0:
            self.kernel.stop()
            return
        bit = self.register & 1
        self.register >>= 1
        if bit:
            self.register ^= 0xD008
        self.kernel.release("disk" if bit else "line")


class Worker(Task):
    """Fills each packet with letters and sends it to the two handlers in turn."""

    def __init__(self, kernel):
        super().__init__(kernel, "worker", 10)
        self.letter = 0
        self.turn = 0

    def work(self):
        if self.mailbox.is_empty():
            self.wait()
            return
        packet = self.mailbox.take()
        self.turn ^= 1
        packet.target = "handler-a" if self.turn else "handler-b"
        packet.position = 0
        for i in range(len(packet.data)):
            self.letter = self.letter + 1 if self.letter < 26 else 1
            packet.data[i] = 64 + self.letter
        self.kernel.send(packet)
        self.wait()


class Handler(Task):
    """Feeds its device letter by letter, each after the reply to the last, then hands the packet back to
    the worker.
    """

    def __init__(self, kernel, name, device):
        super().__init__(kernel, name, 20 if device == "disk" else 30)
        self.device = device
        self.jobs = Mailbox()
        self.is_idle = True
        self.total = 0

    def work(self):
        if not self.mailbox.is_empty():
            packet = self.mailbox.take()
            if packet.kind == "reply":
                self.total += packet.data[0]
                self.is_idle = True
            else:
                self.jobs.put(packet)
        if self.is_idle and not self.jobs.is_empty():
            packet = self.jobs.items[self.jobs.head]
            if packet.position < len(packet.data):
                request = Packet("request", self.device)
                request.data[0] = packet.data[packet.position]
                request.data[1] = self.name
                packet.position += 1
                self.is_idle = False
                self.kernel.send(request)
            else:
                packet.target = "worker"
                self.kernel.send(self.jobs.take())
                return
        self.wait()


class Device(Task):
    """Answers one request each time it is released."""

    def __init__(self, kernel, name):
        super().__init__(kernel, name, 40)
        self.state = HELD  # until the idle task releases it

    def work(self):
        if not self.mailbox.is_empty():
            request = self.mailbox.take()
            request.kind = "reply"
            request.target = request.data[1]
            self.kernel.send(request)
        self.state = HELD


class Kernel:
    def __init__(self, rounds):
        tasks = [Idle(self, rounds), Worker(self), Handler(self, "handler-a", "disk"),
                 Handler(self, "handler-b", "line"), Device(self, "disk"), Device(self, "line")]
        self.tasks = sorted(tasks, key=lambda task: -task.priority)
        self.by_name = {task.name: task for task in tasks}
        self.running = True
        self.sent = 0

    def send(self, packet):
        self.sent += 1
        self.by_name[packet.target].deliver(packet)

    def release(self, name):
        self.by_name[name].state = READY

    def stop(self):
        self.running = False

    def schedule(self):
        while self.running:
            for task in self.tasks:
                if task.is_runnable():
                    task.run()
                    break


def main(rounds):
    kernel = Kernel(rounds)
    for _ in range(6):
        kernel.send(Packet("job", "worker"))
    kernel.schedule()
    print("sent", kernel.sent)
    for name, task in kernel.by_name.items():
        print(name, task.runs, getattr(task, "total", "-"))
    assert kernel.by_name["idle"].runs == rounds


main(int(sys.argv[1]) if len(sys.argv) > 1 else 200000)
