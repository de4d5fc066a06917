#!/usr/bin/env python3
"""Measures how long `almanac annotate` takes, as a whole process.

Makes an authority with the starter data package and a device in a temporary folder, takes the network away, and writes notes: with
nothing and with many operations waiting in the outbox, while nothing else happens and while another process holds a write
transaction on the replica. Prints a Markdown table.
"""

import argparse
import contextlib
import os
import pathlib
import re
import resource
import sqlite3
import statistics
import subprocess
import tempfile
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "Sources/AlmanacDataset/Package"
TARGET = "cluster/tokyo-yokohama"


class Bench:
    """The two programs, and the folder that they work in."""

    def __init__(self, programs, folder):
        self.programs = programs
        self.folder = pathlib.Path(folder)
        self.authority = self.folder / "authority"
        self.environment = {"HOME": str(self.folder / "home"), "PATH": os.environ["PATH"]}

    def almanacd(self, command, *arguments):
        line = [self.programs / "almanacd", command, *arguments, "--data", self.authority]
        return subprocess.run(line, check=True, capture_output=True, text=True).stdout

    def almanac(self, *arguments):
        line = [self.programs / "almanac", *arguments]
        return subprocess.run(line, check=True, capture_output=True, text=True, env=self.environment).stdout

    def file(self, name):
        return next((self.folder / "home/.local/share/almanac").glob(f"*/{name}"))

    def prepare(self):
        """A device that has everything, with a server that is gone again."""
        (self.folder / "home").mkdir()
        self.almanacd("init", "--name", "innovation")
        self.almanacd("import", PACKAGE)
        server = subprocess.Popen(
            [self.programs / "almanacd", "serve", "--port", "0", "--data", self.authority],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            port = next(found[1] for found in (re.search(r" address=\S*:(\d+) ", line) for line in server.stdout) if found)
            link = self.almanacd("invite", "lea", "--role", "annotator", "--port", port).split()[-1]
            self.almanacd("teams", "create", "apac", "--owner", "lea")
            self.almanac("enrol", link)
            self.almanac("sync")
        finally:
            server.terminate()
            server.wait()

    def fill(self, count):
        """Copies of the operation that waits, each under an id of its own; returns how many wait then."""
        with contextlib.closing(sqlite3.connect(self.file("outbox.sqlite"))) as outbox, outbox:
            columns = [row[1] for row in outbox.execute("PRAGMA table_info(entry)") if row[1] not in ("number", "id", "operation")]
            others = ", ".join(columns)
            own, operation = outbox.execute("SELECT id, operation FROM entry ORDER BY number LIMIT 1").fetchone()
            for _ in range(count - outbox.execute("SELECT count(*) FROM entry").fetchone()[0]):
                new = uuid.uuid4().bytes
                outbox.execute(
                    f"INSERT INTO entry (id, operation, {others}) SELECT ?, ?, {others} FROM entry WHERE id = ?",
                    (new, operation.replace(own, new), own))
            return outbox.execute("SELECT count(*) FROM entry").fetchone()[0]

    @contextlib.contextmanager
    def writing(self):
        """Holds a write transaction on the replica, with a change in it."""
        with contextlib.closing(sqlite3.connect(self.file("replica.sqlite"), isolation_level=None)) as replica:
            replica.execute("BEGIN IMMEDIATE")
            replica.execute("UPDATE almanac_replica SET sequence = sequence")
            try:
                yield
            finally:
                replica.execute("ROLLBACK")

    def times(self, runs, command):
        """Of each run, in milliseconds: how long it took, and its processor time."""
        times = []
        for number in range(runs):
            began, spent = time.perf_counter(), processor_time()
            self.almanac(*command, "-m", f"Note {number}: the figure needs another look.")
            times.append((1_000 * (time.perf_counter() - began), 1_000 * (processor_time() - spent)))
        return times


def processor_time():
    """Of all programs that have ended, user and system, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=pathlib.Path, default=ROOT / ".build/release", help="the folder with almanacd and almanac")
    parser.add_argument("--waiting", type=int, default=10_000, help="how many operations wait in the second half")
    parser.add_argument("--runs", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="almanac-annotate-") as folder:
        bench = Bench(options.programs.resolve(), folder)
        bench.prepare()
        bench.almanac("annotate", TARGET, "-m", "The first one makes the outbox.")
        print(f"{os.cpu_count()} cores; {options.runs} runs of each")
        print("| waiting | beside it | load | median | longest | processor time, median |")
        print("| ---: | --- | ---: | ---: | ---: | ---: |", flush=True)
        for waiting in (0, options.waiting):
            waiting = bench.fill(waiting)
            for beside, place in (("nothing", contextlib.nullcontext), ("a write transaction on the replica", bench.writing)):
                with place():
                    times = bench.times(options.runs, ["annotate", TARGET])
                whole, processor = ([time[part] for time in times] for part in (0, 1))
                print(
                    f"| {waiting} | {beside} | {os.getloadavg()[0]:.1f} | {statistics.median(whole):.0f} ms | {max(whole):.0f} ms |"
                    f" {statistics.median(processor):.0f} ms |", flush=True)


if __name__ == "__main__":
    main()
