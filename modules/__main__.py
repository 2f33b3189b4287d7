"""The command line: the same actions as the pages, and the server."""

from modules.commands import app

if __name__ == "__main__":
    app(prog_name="python -m modules")
