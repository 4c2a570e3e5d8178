"""A child's name beside an age. "Child A, aged 4" is a reference and no name; "Neglect (7)" is a score.

Where the words leave no doubt that an age is meant ("aged 7", "7-year-old …"), any word in capitals counts that is no
ordinary word; where only a number stands beside ("Mia (7)"), a known given name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sightline.identifying.kinds import Finding, Kind
from sightline.identifying.words import GIVEN_NAMES, words_of

_UPPER = "A-ZÀ-ÖØ-ÞĀĆČĎĐĒĘĚĞĪİŁŃŇŌŘŚŞŠŤŪŮŹŻŽ"
_WORD = rf"[{_UPPER}](?:[^\W\d_]+|(?=[’']))(?:[’'-][^\W\d_]+)*"
NAME = rf"(?<![\w-])(?<!\w[’']){_WORD}(?: {_WORD}){{0,2}}"
_NUMBER = (
    r"(?<![\w.,/-])(?:1[0-7]|\d|(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen))"
)
_AGE = rf"{_NUMBER}(?![\w%/]|[.,-]\d)"
# Most texts hold no number that may be an age, and need no closer look.
_ANY_AGE = re.compile(rf"\d|{_AGE}")
_SMALL = r"(?:months?|mths?|mnths?|weeks?|wks?)"
_FEW = rf"(?<![\w.,/-])(?:1[89]|2\d|3[0-6]) ?-?{_SMALL}"
_WITH_UNIT = rf"(?:{_NUMBER}(?: and a half|½)? ?-?(?:years?|yrs?|y|{_SMALL})|{_FEW})"
_OLD = rf"(?:{_WITH_UNIT}|{_NUMBER}[ -]days?)[ /-]?(?:olds?|o)\b"
_CHILD = (
    r"(?:girl|boy|child|son|daughter|pupil|student|sister|brother|twin|baby|toddler|infant|male|female|sibling|cousin"
    r"|niece|nephew|young person|young carer|teenager|lad|friend|foster child|half-(?:brother|sister)"
    r"|step(?:son|daughter))"
)
_SO = r"(?: ?(?:just|now|only|nearly|almost|still|currently|about|around|then|at|aged?|barely))*"
_IS = (
    rf"(?:(?:,? who)?(?: |[’'])?(?:(?:is|was|s|has|had|will)?{_SO} ?(?:turned|turns|turning|turn|reached|reaches)|is"
    rf"|was|will be|becomes|became|had been|has been|being|now|s){_SO})"
)

# Words that leave no doubt.
_SURE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"({NAME})(?:{_IS})?[ ,(–-]+(?i:(?:now |currently |just |only )?(?:aged?|at the age of|age of))[ :]*{_AGE}",
        rf"({NAME}) ?\([^()]{{0,40}}\b(?i:aged?) {_AGE}",
        rf"({NAME})[ ,(–-]*(?:[FMfm][ ,])?(?:an? )?{_OLD}",
        rf"({NAME}){_IS},? {_OLD}",
        rf"({NAME}) ?\((?:[FMfm],? ?)?{_WITH_UNIT}(?:,? ?[FMfm])?\)",
        rf"{_OLD},?(?: {_CHILD}\b,?)?(?: (?:called|named|known as|is called))? \(?({NAME})",
        rf"{_OLD}[^.;]{{0,30}} (?:called|named|known as) ({NAME})",
        rf"({NAME})[’']s? (?:1[0-7]|\d)(?:st|nd|rd|th) birthday",
        rf"(?i:my name is|name’s|name's|i am|i’m|i'm) ({NAME})[ ,]+(?i:and )?(?i:i am|i’m|i'm|im|am) {_AGE}",
        rf"({NAME})[’']s age (?:is|was|given as|as|\()[ :]*{_AGE}",
    )
)
_AFTER = (
    r"(?= ?[,.;:!?&()–]|$|\n| -| (?:and|who|said|says|has|had|is|was|from|at|in|told|wants|does|on|next|now|with|when"
    r"|years|yrs|asked|lives|attends|both|but|so|his|her|their|he|she|they)\b)"
)
# A number beside a name that is a known one.
_LIKELY = tuple(
    re.compile(pattern)
    for pattern in (
        rf"({NAME}) ?[(\[](?:[FMfm],? ?)?{_AGE}(?:,? ?[FMfm])?[)\],;]",
        rf"({NAME})(?:,| –| -){_SO} {_AGE}{_AFTER}",
        rf"({NAME}){_IS} {_AGE}{_AFTER}",
        rf"({NAME}),? ?{_WITH_UNIT}\b(?! (?:with|in|of|as|at|on|later|ago|since|experience|service)\b)",
        rf"({NAME}) (?:[FMfm]/?){_AGE}\b",
        rf"({NAME}) {_AGE}(?= ?[,.;&)]|$|\n)",
        rf"{_CHILD},? ({NAME}),?{_SO} {_AGE}{_AFTER}",
    )
)
# Words in capitals that are no names: they begin a sentence, a group of people or a heading.
ORDINARY = words_of("ordinary")


def names_beside_ages(text: str) -> Iterator[Finding]:
    """Names of children with their age beside, found once each."""
    if not _ANY_AGE.search(text):
        return
    for patterns, known in ((_SURE, False), (_LIKELY, True)):
        for pattern in patterns:
            for match in pattern.finditer(text):
                name = _without_lead(match.group(1))
                if name and (is_given(name) if known else is_name(name)):
                    yield Finding(Kind.NAME, name, match.end(1) - len(name))


def is_name(words: str) -> bool:
    """Whether these words in capitals may be a name: none of them is an ordinary word or an abbreviation."""
    return bool(words) and not any(_is_ordinary(word) for word in words.split())


def is_given(words: str) -> bool:
    """Whether a known given name is among these words."""
    return is_name(words) and any(_plain(part) in GIVEN_NAMES for part in re.split(r"[ ’'-]", words))


def _without_lead(words: str) -> str:
    """The name alone, without what begins a sentence before it ("When Mia", "Yesterday Mia")."""
    parts = words.split()
    while parts and _is_ordinary(parts[0]):
        parts.pop(0)
    return " ".join(parts)


def _is_ordinary(word: str) -> bool:
    return word.isupper() or re.sub(r"[’']s$", "", word).lower() in ORDINARY


def _plain(word: str) -> str:
    """In small letters without accents: "Zoë" is looked for as "zoe", "Łukasz" as "lukasz"."""
    letters = unicodedata.normalize("NFKD", word.lower().replace("ł", "l").replace("ø", "o"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
