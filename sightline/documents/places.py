"""Where somebody finds what keeps a stored file: apps that keep files say so, for this one knows none of them."""

from __future__ import annotations

from collections.abc import Callable

# From the number of a row that has a file to the address of the page about it; "" where nothing keeps it.
Place = Callable[[int], str]

_places: dict[str, list[Place]] = {}


def offer(model: str, place: Place) -> None:
    """Say where files of a model ("documents.document") are found. Several apps may keep files of one model."""
    known = _places.setdefault(model, [])
    if place not in known:
        known.append(place)


def place_of(model: str, number: int) -> str:
    """The address of the page; the list of background work where no app says another."""
    found = (place(number) for place in _places.get(model, ()))
    return next(filter(None, found), "/jobs/")
