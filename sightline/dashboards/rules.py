"""How soon something is due, and how a person says it. Dates come in as arguments."""

from datetime import date

from sightline.dashboards.choices import Band

SOON_DAYS = 7


def band_of(due_on: date | None, today: date) -> Band:
    """The section an item stands in. Due today is not overdue: the day is still running."""
    if due_on is None:
        return Band.UNDATED
    days = (due_on - today).days
    if days < 0:
        return Band.OVERDUE
    return Band.SOON if days <= SOON_DAYS else Band.LATER


def when_in_words(due_on: date | None, today: date) -> str:
    """How far away the day is: "19 days late", "Today", "In 3 days", "In 5 weeks"; nothing without a day."""
    if due_on is None:
        return ""
    days = (due_on - today).days
    if days < 0:
        return f"{spell(-days, 'day')} late"
    near = {0: "Today", 1: "Tomorrow"}
    return near.get(days) or (f"In {days} days" if days < 14 else f"In {spell(days // 7, 'week')}")


def spell(number: int, noun: str) -> str:
    """A number with its noun: "1 day", "3 days", "1,200 days"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def summary(counts: dict[Band, int], *, more: bool = False) -> str:
    """The page in one sentence. `more`: there are more items than were counted."""
    late, soon = counts.get(Band.OVERDUE, 0), counts.get(Band.SOON, 0)
    if not sum(counts.values()):
        return "Nothing needs you today."
    if not late and not soon:
        return "Nothing is overdue, and nothing falls due within seven days."
    first = f"{things(late, more=more)} overdue" if late else "Nothing is overdue"
    if not soon:
        return f"{first}. Nothing else falls due within seven days."
    other = " more" if late else ""
    falls = "falls" if soon == 1 else "fall"
    return f"{first}, and {number_in_words(soon).lower()}{other} {falls} due within seven days."


def things(number: int, *, more: bool = False) -> str:
    """ "One thing is", "Three things are", "At least 100 things are"."""
    words = f"At least {number}" if more else number_in_words(number)
    return f"{words} thing is" if number == 1 and not more else f"{words} things are"


def number_in_words(number: int) -> str:
    """One to ten as words, as at the beginning of a sentence; larger numbers as figures."""
    words = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[number - 1] if 1 <= number <= len(words) else f"{number:,}"
