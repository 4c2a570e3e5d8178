"""Timing something at several sizes, and saying how it grew."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# On a computer that is busy with other things only the time of our own process says something of a page. It leaves out
# what a database server does meanwhile.
CLOCK = time.process_time if os.environ.get("SIGHTLINE_BENCH_CLOCK") == "processor" else time.perf_counter


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
    """How long something takes, in seconds: the middle of many runs, and what 95 in 100 do not exceed.

    `beside`: the middle of what a plain thing took in the same minutes.
    """

    p50: float
    p95: float
    beside: float

    @property
    def ratios(self) -> tuple[float, float]:
        """Both as multiples of the plain thing."""
        return self.p50 / self.beside, self.p95 / self.beside


def spread(
    action: Callable[[], object],
    plain: Callable[[], object],
    rounds: int,
    times: int,
    before: Callable[[], object] | None = None,
) -> Spread:
    """The round in which 95 in 100 took least, beside a plain thing done in turn with it: what else the machine does
    only adds, and adds to both. `before` each run is not timed.
    """
    for _ in range(3):
        _timed(action, before)
        _timed(plain)
    found = [_round(action, plain, times, before) for _ in range(rounds)]
    return min(found, key=lambda each: each.ratios[1])


def _round(
    action: Callable[[], object],
    plain: Callable[[], object],
    times: int,
    before: Callable[[], object] | None,
) -> Spread:
    taken, beside = [], []
    for _ in range(times):
        taken.append(_timed(action, before))
        beside.append(_timed(plain))
    taken.sort()
    beside.sort()
    return Spread(taken[times // 2], taken[times * 95 // 100], beside[times // 2])


def _timed(action: Callable[[], object], before: Callable[[], object] | None = None) -> float:
    if before:
        before()
    started = CLOCK()
    action()
    return CLOCK() - started


def verdict(found: float, most: float) -> str:
    """Whether a measure is what it must be, in words."""
    return f"{'holds' if found <= most else 'does not hold'} (at most {most:g})"


def show(found: Sequence[Growth]) -> str:
    """The measures as a table of words."""
    lines = [f"{'':44}{'sizes':>34}   growth (1.0 is none)"]
    for growth in found:
        sizes = " → ".join(f"{size:,}" for size in growth.sizes)
        ratios = "  ".join(f"{ratio:.2f}" for ratio in growth.ratios)
        kind = "in all" if growth.flat else "per row"
        lines.append(f"{growth.name:44}{sizes:>34}   {ratios} {kind}")
    return "\n".join(lines)
