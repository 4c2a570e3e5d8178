"""How far a piece of long work has got, as a page shows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """`done` of `total` steps (total 0: not yet known). While not finished, the page re-loads itself.

    `finished` stops the re-loading; `failed` is a sentence saying what happened, what was kept, what to do.
    `no_worker` True says that no worker runs, so waiting is in vain.
    """

    sentence: str
    done: int = 0
    total: int = 0
    finished: bool = False
    failed: str = ""
    no_worker: bool = False
    seconds: int = 2

    @property
    def percent(self) -> int:
        """Whole per cent, 0 to 100; 0 while the total is not known."""
        return min(100, self.done * 100 // self.total) if self.total > 0 else 0

    @property
    def reloads(self) -> bool:
        """True while there is something to wait for."""
        return not (self.finished or self.failed)
