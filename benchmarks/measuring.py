"""Timing something at several sizes, and saying how it grew."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Growth:
    """How the time of one thing grew with its size. `flat` things should not grow at all; others with their size."""

    name: str
    sizes: Sequence[int]
    seconds: Sequence[float]
    flat: bool = False

    @property
    def ratios(self) -> list[float]:
        """Times the first size's time; for things that may grow with their size, per unit of it."""
        first = self.seconds[0]
        grown = [seconds / first for seconds in self.seconds]
        return grown if self.flat else [g * self.sizes[0] / n for g, n in zip(grown, self.sizes, strict=True)]


def fastest(action: Callable[[], object], times: int = 9) -> float:
    """The fastest of several runs, in seconds: what the machine does besides only adds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return min(taken)


@dataclass(frozen=True)
class Spread:
    """How long something takes, in seconds: the middle of many runs, and what 95 in 100 do not exceed."""

    p50: float
    p95: float


def spread(
    action: Callable[[], object], rounds: int, times: int, before: Callable[[], object] | None = None
) -> Spread:
    """The best of several rounds: what else the machine does only adds. `before` each run is not timed."""
    for _ in range(3):
        _timed(action, before)
    found = [sorted(_timed(action, before) for _ in range(times)) for _ in range(rounds)]
    return Spread(min(each[times // 2] for each in found), min(each[times * 95 // 100] for each in found))


def _timed(action: Callable[[], object], before: Callable[[], object] | None) -> float:
    if before:
        before()
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def show(found: Sequence[Growth]) -> str:
    """The measures as a table of words."""
    lines = [f"{'':44}{'sizes':>34}   growth (1.0 is none)"]
    for growth in found:
        sizes = " → ".join(f"{size:,}" for size in growth.sizes)
        ratios = "  ".join(f"{ratio:.2f}" for ratio in growth.ratios)
        kind = "in all" if growth.flat else "per row"
        lines.append(f"{growth.name:44}{sizes:>34}   {ratios} {kind}")
    return "\n".join(lines)
