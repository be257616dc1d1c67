"""Many acts at the same moment, in several processes: what a rate limiter meets in production."""

import subprocess
import sys

PROGRAM = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

kind, where, key, limit, threads, each = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
if kind == "file":
    from onward.platform.throttle.file_store import FileStore
    store = FileStore(Path(where))
else:
    from onward.platform.throttle.redis_store import RedisStore
    store = RedisStore(where)
barrier = Barrier(threads)

def act(number):
    barrier.wait()
    return sum(not store.take(key, limit, 3600).refused for _ in range(each))

print("ready", flush=True)
sys.stdin.readline()
with ThreadPoolExecutor(threads) as pool:
    print(sum(pool.map(act, range(threads))), flush=True)
"""


def allowed_in_a_crowd(kind, where, *, key, limit, processes=2, threads=50, each=1):
    """Act `threads` × `each` times in each of so many processes at once; give how many acts were allowed in all."""
    arguments = [sys.executable, "-c", PROGRAM, kind, where, *map(str, (key, limit, threads, each))]
    crowd = [
        subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    try:
        for process in crowd:
            assert process.stdout.readline() == "ready\n"
        for process in crowd:
            process.stdin.write("\n")
            process.stdin.flush()
        return sum(int(process.stdout.readline()) for process in crowd)
    finally:
        for process in crowd:
            process.kill()
            process.communicate()
