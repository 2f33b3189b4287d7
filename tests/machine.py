"""What the tests need from the machine: Chromium and PostgreSQL's server programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SERVER = ("initdb", "postgres")
DEBIAN = Path("/usr/lib/postgresql")


def chromium() -> Path | None:
    """The browser: $CHROMIUM, or the first of the usual names on PATH."""
    named = os.environ.get("CHROMIUM")
    found = named if named and Path(named).is_file() else None
    for name in BROWSERS:
        found = found or shutil.which(name)
    return Path(found) if found else None


def postgres_bin() -> Path | None:
    """The folder with initdb and postgres: from PATH, or Debian's newest version."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    versions = [one for one in DEBIAN.glob("*") if one.name.isdecimal()]
    folders += [one / "bin" for one in sorted(versions, key=lambda one: -int(one.name))]
    return next((one for one in folders if all((one / name).exists() for name in SERVER)), None)


def missing() -> list[str]:
    """The Debian packages that would bring what is not there."""
    wanted = {"chromium": chromium(), "postgresql": postgres_bin()}
    return [name for name, found in wanted.items() if found is None]


def install(packages: list[str]) -> None:
    """Install Debian's packages. PostgreSQL's own cluster is not started: the tests make theirs."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    policy = Path("/usr/sbin/policy-rc.d")
    ours = not policy.exists()
    if ours:
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
    try:
        for command in (
            ["apt-get", "-qq", "update"],
            ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages],
        ):
            subprocess.run(command, env=quiet, check=True, stdout=subprocess.DEVNULL)
    finally:
        if ours:
            policy.unlink(missing_ok=True)


def main() -> int:
    """Install what is missing where that can be done; otherwise say what to install."""
    packages = missing()
    if not packages:
        return 0
    names = " and ".join(packages)
    if Path("/etc/debian_version").exists() and os.geteuid() == 0:
        print(f"Installing Debian's {names} for the tests, once ...", flush=True)
        try:
            install(packages)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"That did not work: {error}", file=sys.stderr)
    still = missing()
    if not still:
        return 0
    print(
        f"The tests need {' and '.join(still)}. On Debian: "
        f"sudo apt-get install {' '.join(still)}. Elsewhere: put chromium (or $CHROMIUM) and "
        "PostgreSQL's initdb and postgres on PATH. Then run make test again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
