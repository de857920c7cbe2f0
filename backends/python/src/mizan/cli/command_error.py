"""What a user can mend about a command."""

from __future__ import annotations


class CommandError(Exception):
    """Printed without a traceback. `status` is the exit code: 2 for wrong usage, 1 for everything else."""

    def __init__(self, message: str, help: str | None = None, *, status: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.status = status
