"""Words without their endings, and words that say nothing of what a text is about."""

from __future__ import annotations

from functools import lru_cache

from sightline.definitions.synonyms import words_of

# Words that stand in every recommendation, whatever it asks for.
STOP = frozenset(
    words_of(
        """
        a about across after again against all also am an and any are as at be because been before being between both
        but by can could did do does doing down during each ensure ensuring every everyone few for from further had has
        have having he her here hers him his how i if in into is it its itself know known less make makes making may me
        more most must my need needs new no nor not of off on once one only or other our out over own part partner
        partners partnership recommend recommendation recommended recommends review reviewed reviews s same set she
        should so some such than that the their them then there these they this those through to together too under
        until up upon use used using very was way we well were what when where whether which while who whom whose why
        will with within without would you your agency agencies year years including consider take taken relevant
        """
    )
)
_ENDINGS = tuple(
    words_of(
        "ements ement ations ation ating ated ates ate ators ator ingly ings ing edly ies ied ions ion ers ment ness "
        "ance ence able ive ed es er ly al s e"
    )
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its ending, so that "training", "trains" and "trained" are one. Light: four letters stay."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return stem(word[: -len(ending)])
    return word[:-1] if len(word) > 4 and word.endswith("y") else word
