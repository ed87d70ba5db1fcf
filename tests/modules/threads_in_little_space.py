"""Under a limited address space many threads can still be started."""
# modes: reference cold warm switch
import resource
import threading

resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
end = threading.Event()
threads = [threading.Thread(target=end.wait) for _ in range(150)]
for thread in threads:
    thread.start()
end.set()
for thread in threads:
    thread.join()
