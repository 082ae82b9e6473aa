"""What gunicorn is told of its workers' lives."""

import signal


def worker_exit(server, worker) -> None:
    """Let a worker that is ending end in peace.

    Ctrl-C reaches it from the terminal and once more from its arbiter; the second signal would
    break into Python's own tidying up and print a traceback about nothing.
    """
    for wish in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
        signal.signal(wish, signal.SIG_IGN)
