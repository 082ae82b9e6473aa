"""What runs beside the web server of `make run`: kept going while the server lives, and no longer.

The server holds one end of a pipe that closes with it, however it ends. A keeper (this file run as
a script) holds the other: it starts the commands, starts one again that has ended, and ends them
all when the pipe closes. On a public server systemd does this; see deploy/.
"""

import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

AGAIN_SECONDS = 3
STOP_SECONDS = 15
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux

_commands: list[str] = []


def beside_server(command: str) -> None:
    """Register a management command; each app does so in its module `workers`."""
    if command not in _commands:
        _commands.append(command)


beside_server("keep_schedules")  # pages that were approved to go out, or to end, at a time


def start() -> None:
    """Start the keeper of all commands, tied to this process and whatever it becomes by exec."""
    from django.utils.module_loading import autodiscover_modules  # the keeper does without it

    autodiscover_modules("workers")
    ours, servers = os.pipe()
    os.set_inheritable(servers, True)
    manage = [sys.executable, str(Path(__file__).parent.parent / "manage.py")]
    keeper = [sys.executable, "-I", __file__, str(ours), *manage, "--", *_commands]
    # Ctrl-C is for the server: these end with it, each in its own time.
    subprocess.run(keeper, pass_fds=[ours], check=True, start_new_session=True)
    os.close(ours)


class Keeper:
    """Keeps programs running until its pipe closes or it is told to stop."""

    def __init__(self, pipe: int, programs: list[list[str]]):
        """Take the reading end of the pipe, and the programs with their words."""
        self.pipe, self.programs = pipe, programs
        self.running: dict[int, subprocess.Popen] = {}
        self.not_before = dict.fromkeys(range(len(programs)), 0.0)
        self.stopping = False

    def keep(self) -> None:
        """Start what does not run, again and again."""
        for wish in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wish, lambda *_: setattr(self, "stopping", True))
        while not self.stopping:
            for number, words in enumerate(self.programs):
                self.look_after(number, words)
            closed, _, _ = select.select([self.pipe], [], [], 0.5)
            self.stopping = self.stopping or bool(closed)
        self.end_all()

    def look_after(self, number: int, words: list[str]) -> None:
        """Start a program, or start it again a while after it has ended."""
        program = self.running.get(number)
        if program is not None and program.poll() is None:
            self.not_before[number] = time.monotonic() + AGAIN_SECONDS
        elif time.monotonic() >= self.not_before[number]:
            self.running[number] = subprocess.Popen(words, preexec_fn=end_with_parent)

    def end_all(self) -> None:
        """Ask all to end, and insist when one does not."""
        for program in self.running.values():
            program.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for program in self.running.values():
            try:
                program.wait(max(deadline - time.monotonic(), 0))
            except subprocess.TimeoutExpired:
                program.kill()


def end_with_parent() -> None:
    """Let the kernel ask this process to end when the keeper is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def detach() -> None:
    """Become nobody's child, for the server takes its children for its own workers."""
    if os.fork():
        os._exit(0)


if __name__ == "__main__":
    detach()
    middle = sys.argv.index("--")
    manage, commands = sys.argv[2:middle], sys.argv[middle + 1 :]
    Keeper(int(sys.argv[1]), [[*manage, command] for command in commands]).keep()
