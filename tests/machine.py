"""What the tests need from the machine: Chromium, PostgreSQL's server programs, Node.js."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SERVER = ("initdb", "postgres")
DEBIAN = Path("/usr/lib/postgresql")
NODE = 20  # the oldest Node.js that the packages from npm run on
LOCK = Path(__file__).resolve().parent / "npm" / "package-lock.json"
NPM = Path(sys.prefix) / "npm"
"""The folder of the environment that holds the packages from npm."""


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


def node() -> str | None:
    """Node.js, when it is there with npm and new enough."""
    found = shutil.which("node")
    if not found or not shutil.which("npm"):
        return None
    said = subprocess.run([found, "--version"], capture_output=True, text=True, timeout=30).stdout
    return found if int(said.lstrip("v").split(".")[0] or 0) >= NODE else None


def npm_packages() -> Path | None:
    """The folder with the packages that the lock names; None when they are not installed."""
    kept = NPM / "package-lock.json"
    there = all((NPM / "node_modules" / name).is_dir() for name in ("oidc-provider", "gift-pegjs"))
    return NPM if there and kept.read_bytes() == LOCK.read_bytes() else None


def install_npm_packages() -> None:
    """Install what the lock names, each package checked by its hash; no package runs a script."""
    shutil.rmtree(NPM, ignore_errors=True)
    NPM.mkdir(parents=True)
    shutil.copy(LOCK.with_name("package.json"), NPM)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    # The lock goes there under a name that counts once all is there.
    shutil.copy(LOCK, NPM / "npm-shrinkwrap.json")
    subprocess.run(command, cwd=NPM, check=True, timeout=300)
    (NPM / "npm-shrinkwrap.json").replace(NPM / "package-lock.json")


def missing() -> list[str]:
    """The Debian packages that would bring what is not there."""
    wanted = {"chromium": chromium(), "postgresql": postgres_bin(), "nodejs": node(), "npm": node()}
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
    return packages() or npm()


def npm() -> int:
    """The packages from npm; 1 when they cannot be had."""
    if npm_packages():
        return 0
    print("Installing second opinions from npm for the tests, once ...", flush=True)
    for left in (1, 0):
        try:
            install_npm_packages()
            return 0
        except (OSError, subprocess.SubprocessError) as error:
            print(f"That did not work: {error}", file=sys.stderr)
            time.sleep(5 * left)
    print(
        "The tests hold this program against packages from npm, which could not be fetched. "
        "Is npm's registry reachable from here? Then run make test again.",
        file=sys.stderr,
    )
    return 1


def packages() -> int:
    """Debian's packages; 1 when one is missing and cannot be had."""
    wanted = missing()
    if not wanted:
        return 0
    names = " and ".join(wanted)
    if Path("/etc/debian_version").exists() and os.geteuid() == 0:
        print(f"Installing Debian's {names} for the tests, once ...", flush=True)
        try:
            install(wanted)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"That did not work: {error}", file=sys.stderr)
    still = missing()
    if not still:
        return 0
    print(
        f"The tests need {' and '.join(still)}. On Debian: "
        f"sudo apt-get install {' '.join(still)}. Elsewhere: put chromium (or $CHROMIUM) and "
        f"PostgreSQL's initdb and postgres, node (from {NODE} on) and npm on PATH. Then run make "
        "test again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
