# SPDX-License-Identifier: Apache-2.0
"""A server for the tests of the pages."""
import re
import signal
import subprocess
import time

from village import CUNXUAN, HOME

PASSWORD = "a-long-enough-one"


class Server:
    """cunxuan serve on a free port."""

    def __init__(self, *options):
        self.process = subprocess.Popen(
            [CUNXUAN, "--data", f"{HOME}/data", "--now", "2020-12-12T09:00", "serve", "--listen", "127.0.0.1:0",
             "--workers", "2", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.port = int(re.search(r":(\d+)/", line)[1])

    def stop(self):
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=10)
        return status, time.monotonic() - begin, self.process.stderr.read()
