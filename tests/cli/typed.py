"""Runs a program with a terminal of its own, types what it asks for, and prints what it wrote to
the terminal.

    typed.py --type TEXT... -- PROGRAM WORD...

Each TEXT is typed once the program has prompted (a line that ends in ": "). stdin and stderr are
the terminal; stdout is passed on. Exit code: the program's.
"""
import os
import pty
import re
import select
import sys
import time

separator = sys.argv.index("--")
texts = [word for word in sys.argv[1:separator] if word != "--type"]
words = sys.argv[separator + 1:]
out_read, out_write = os.pipe()
pid, terminal = pty.fork()
if pid == 0:
    os.dup2(out_write, 1)
    os.execvp(words[0], words)
os.close(out_write)
seen = answered = b""
deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    ready, _, _ = select.select([terminal], [], [], 0.2)
    if ready:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        seen += part
    if texts and re.search(rb": $", seen[len(answered):]):
        answered = seen
        time.sleep(0.2)  # the echo must be off by now
        os.write(terminal, texts.pop(0).encode() + b"\n")
with os.fdopen(out_read, "rb") as out:
    sys.stdout.buffer.write(out.read())
sys.stderr.buffer.write(seen)
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) if not os.WIFSIGNALED(status) else 128)
