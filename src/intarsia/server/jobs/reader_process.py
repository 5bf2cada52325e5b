# SPDX-License-Identifier: Apache-2.0
"""`python -m intarsia.server.jobs.reader_process`: reads one share of an archive for the server that started it.

The share comes in by standard input and its records go out by standard output. When the server ends, however it does,
the pipe breaks, and this process ends with it.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys

from intarsia.core.errors import IntarsiaError
from intarsia.server.use_cases.read_share import read_share

# Above the server's own: saves go first.
_NICENESS = 5


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)
    reading, share = pickle.load(sys.stdin.buffer)
    # What some library prints must not get among the records.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        try:
            for record in read_share(reading, share):
                pickle.dump(record, out, pickle.HIGHEST_PROTOCOL)
                out.flush()
            pickle.dump(None, out)
        except BrokenPipeError:
            os._exit(1)
        except IntarsiaError as error:
            pickle.dump(error, out)


if __name__ == "__main__":
    main()
