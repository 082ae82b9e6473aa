"""What gunicorn is told of its workers' lives; as a program, gunicorn that Ctrl-C ends in peace."""

import os
import signal

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)


def post_fork(server, worker) -> None:
    """Let a worker that has just begun end at once: it still has the handlers of its arbiter.

    It ends by itself, as of one that a signal ended the arbiter would warn.
    """
    for wish in STOPPING:
        signal.signal(wish, lambda *_given: os._exit(0))


def worker_int(worker) -> None:
    """Let a worker that is still loading the site end at once: it has nothing to finish."""
    if not worker.booted:
        os._exit(0)


def worker_exit(server, worker) -> None:
    """Let a worker that is ending end in peace.

    Ctrl-C reaches it from the terminal and once more from its arbiter; the second signal would
    break into Python's own tidying up and print a traceback about nothing.
    """
    for wish in STOPPING:
        signal.signal(wish, signal.SIG_IGN)


if __name__ == "__main__":
    # Until gunicorn looks after signals itself, Ctrl-C ends the process without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    from gunicorn.app.wsgiapp import run

    run(prog="gunicorn")
