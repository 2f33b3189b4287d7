"""The command line: the same actions as the pages, and the server."""

import sys

from modules.basics import StewardError

if __name__ == "__main__":
    try:
        from modules.commands import app

        app(prog_name="python -m modules")
    except StewardError as refused:  # a setting that is wrong, met while a command is loaded
        sys.exit(str(refused))
