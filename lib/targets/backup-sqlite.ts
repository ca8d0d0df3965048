/**
 * `ops/backup.py`, which runs in the service `backup`, in the image of the application: it has Python
 * with SQLite and no `sqlite3` program. It takes everything from its environment, so that the file is
 * the same for every configuration.
 */
export const backupSqlite = `"""Copies the SQLite file of this stack at intervals, keeps the copies for a while, and restores one.

Runs in the service "backup"; ops/restore.sh asks it.

Usage: backup.py run | once | list | check NAME | send NAME | receive | restore NAME | health
  run       copies now if the newest copy is older than BACKUP_HOURS, and so on for ever
  once      copies now
  check     reads a copy to its end
  send      writes a copy to standard output
  receive   keeps a copy that it reads from standard input, and says its name
  restore   puts a copy in the place of the database
  health    tells whether the newest copy is as young as it should be
"""

import os
import re
import shutil
import signal
import sqlite3
import sys
import time
from pathlib import Path

folder = Path(os.environ["BACKUP_FOLDER"])
database = Path(os.environ["BACKUP_DATABASE"])
hours = int(os.environ.get("BACKUP_HOURS", "24"))
days = int(os.environ.get("BACKUP_DAYS", "14"))
part = folder / f".part-{os.uname().nodename}"


def say(text):
    print(f"backup: {text}", file=sys.stderr, flush=True)


def fail(text):
    say(text)
    sys.exit(1)


def copies():
    """The copies in the order of their age, for their names are times."""
    return sorted(path for path in folder.glob("*.db") if path.is_file())


def younger(seconds):
    return any(path.stat().st_mtime > time.time() - seconds for path in copies())


def connect(path):
    """Opens a database that exists."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=60)


def intact(path):
    try:
        connection = connect(path)
        try:
            return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        finally:
            connection.close()
    except sqlite3.Error:
        return False


def remove_part():
    for ending in ("", "-journal", "-wal", "-shm"):
        Path(f"{part}{ending}").unlink(missing_ok=True)


def keep(suffix=""):
    """Gives the file that is being made a name, when all of it is on the disk."""
    if not intact(part):
        remove_part()
        return None
    while (folder / (name := time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()) + suffix + ".db")).exists():
        time.sleep(1)
    with open(part, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(part, folder / name)
    remove_part()
    return name


def copy():
    """Copies the database as SQLite does it while others write."""
    try:
        remove_part()
        source = connect(database)
        target = sqlite3.connect(part)
        try:
            source.backup(target)
            # One file, without a log beside it.
            target.execute("PRAGMA journal_mode=DELETE")
        finally:
            target.close()
            source.close()
        name = keep()
    except (sqlite3.Error, OSError) as error:
        say(error)
        return None
    if name:
        say(f"wrote {name}")
    return name


def prune():
    """Only after a good copy, and never the newest."""
    for path in copies()[:-1]:
        if path.stat().st_mtime < time.time() - days * 86400:
            path.unlink()
    for path in folder.glob(".part-*"):
        if path.stat().st_mtime < time.time() - 86400:
            path.unlink()


def run():
    while True:
        if younger(hours * 3600):
            time.sleep(60)
        elif copy():
            prune()
        else:
            say("the copy failed; the next try is in 10 minutes")
            time.sleep(600)


def named(name):
    if not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", name):
        fail('a copy has a name as "list" shows it')
    if not (folder / name).is_file():
        fail(f"there is no copy {name}")
    return folder / name


def check(name):
    path = named(name)
    if path.stat().st_size == 0 or not intact(path):
        fail(f"{name} is no SQLite database, or not a whole one")
    return path


def receive():
    remove_part()
    with open(part, "wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    name = keep("-received") if part.stat().st_size else None
    if not name:
        remove_part()
        fail("what was sent is no SQLite database, or not a whole one")
    print(name)


def set_aside():
    """What cannot be copied is kept as it is; the log goes first, for another database must never meet it."""
    aside = f"{database}.damaged-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}"
    for ending in ("-wal", "-shm", "-journal", ""):
        if os.path.exists(f"{database}{ending}"):
            os.replace(f"{database}{ending}", f"{aside}{ending}")
    say(f"the database could not be copied; it is kept as {aside}")


def restore(name):
    """SQLite replaces the content in one transaction: whatever cuts it off, it is either the old or the new one."""
    path = check(name)
    if database.exists() and not copy():
        set_aside()
    database.parent.mkdir(parents=True, exist_ok=True)
    source = connect(path)
    target = sqlite3.connect(database, timeout=60)
    try:
        # Another page size cannot come into a database that has a write-ahead log.
        target.execute("PRAGMA journal_mode=DELETE")
        source.backup(target)
    finally:
        target.close()
        source.close()
    say(f"restored {name}")


def main(arguments):
    os.umask(0o077)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0 if arguments[:1] == ["run"] else 143))
    match arguments:
        case ["run"]:
            run()
        case ["once"]:
            if not copy():
                fail("the copy failed")
            prune()
        case ["list"]:
            for path in copies():
                print(path.name)
        case ["check", name]:
            check(name)
        case ["send", name]:
            with open(named(name), "rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
        case ["receive"]:
            receive()
        case ["restore", name]:
            restore(name)
        case ["health"]:
            sys.exit(0 if younger(hours * 7200 + 3600) else 1)
        case _:
            fail("usage: backup.py run | once | list | check NAME | send NAME | receive | restore NAME | health")


main(sys.argv[1:])
`
