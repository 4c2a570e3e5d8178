"""Column headings: what boards call their columns, and what each means (documents.md A1)."""

from __future__ import annotations

import re
from functools import lru_cache

NUMBER, SOURCE, PRIORITY, OUTCOME, ACTION = "number", "source", "priority", "outcome", "action"
LEAD, TIMESCALE, UPDATE, RATING = "lead", "timescale", "update", "rating"
REFERENCE, IMPACT_RATING, STATE = "reference", "impact_rating", "state"
QUARTER, TICK_COMPLETE, TICK_ON_TRACK, COMPLETE_YN = (
    "quarter",
    "tick_complete",
    "tick_on_track",
    "complete_yn",
)
RECOMMENDATION, RESPONSE = "recommendation", "response"
SEAT, ATTENDED = "seat", "attended"
SURNAME, FORENAME, NAME, ORGANISATION, POST = "surname", "forename", "name", "organisation", "post"

# Whole headings, after `_plain`. The first word list a heading stands in decides.
_EXACT: dict[str, str] = {
    "sightline reference": REFERENCE, "impact rating": IMPACT_RATING, "impact rag": IMPACT_RATING, "state": STATE,
    "delivery state": STATE, "impact rag rating": IMPACT_RATING, "impact status": IMPACT_RATING,
}  # fmt: skip
# Patterns tried in this order: the more telling first.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"q[1-4]|(?:1st|2nd|3rd|4th|first|second|third|fourth) quarter|quarter [1-4]"
     r"|q[1-4] (?:20)?\d\d( ?/ ?\d\d)?", QUARTER),
    (r"reference", REFERENCE),
    (r"impact (?:rating|rag|rag rating|rag status|status)|rag impact|rating of impact", IMPACT_RATING),
    (r"(?:action|ref|item|action plan|plan|objective|serial|line) ?(?:no|nos|number|numbers|ref"
     r"|reference|id)|no|nos|number|ref|id"
     r"|ref no|ref number|reference (?:no|number)|item|#", NUMBER),
    (r"(?:key )?(?:ofsted|inspection|inspectorate|review|cqc|hmic(?:frs)?|jtai|lcspr|scr|national|audit)\b.*"
     r"(?:rec\w*|paragraphs?|para|point|finding|ref\w*)\b.*|source.*|(?:inspection "
     r"|review )?(?:paragraphs?|paras?)"
     r"|rec(?:ommendation)? ?(?:no|nos|number|ref|reference)|tr ?/ ?ws references?|origin"
     r"|arising from", SOURCE),
    (r"(?:the )?recommendations?(?: made| in full)?|(?:full )?text of recommendation", RECOMMENDATION),
    (r"(?:agency |partnership |our )?response(?: to recommendation)?|action taken(?: in response)?"
     r"|actions taken(?: to address (?:the|each) recommendation)?|what we (?:have )?did", RESPONSE),
    (r"(?:strategic |targeted |lscb |lscp |key |board )?(?:priority|priorities|theme|themes"
     r"|development area|work ?stream)"
     r"(?: area| theme)?|priority (?:and|/) aim|(?:strategic )?objectives?|aims?"
     r"|what we want to achieve", PRIORITY),
    (r"achieved(?: tick)?|complete tick", TICK_COMPLETE),
    (r"on target(?: to achieve)?(?: tick)?|on track(?: tick)?", TICK_ON_TRACK),
    (r"completed?(?: y / n| yes / no)?", COMPLETE_YN),
    (r"(?:current |delivery |overall |progress |action |b)*(?:status|rag|brag|rayg|rating|rag status"
     r"|rag rating|status rag)"
     r"(?: rating| rag| status)*|current performance|traffic light|colour|rag ?/ ?status"
     r"|delivery rating", RATING),
    (r".*\b(?:time ?scales?|time ?frames?|by when|deadlines?|due(?: date| by)?|target date"
     r"|completion date|when)\b.*"
     r"|target completion.*|give expected new achievement date|date(?: due| for completion)?|timing"
     r"|end date", TIMESCALE),
    (r".*\b(?:lead|leads|owners?|by whom|who|responsib\w+|accountab\w+)\b.*|officer|supporting group"
     r"|nominated.*", LEAD),
    (r"(?:.*\b)?(?:updates?|narrative|commentary|comments?|notes?)\b.*|.*\bprogress\b.*"
     r"|current position|evidence of progress"
     r"|what have we done.*", UPDATE),
    (r".*\bdifferen(?:ce|t)\b.*|.*\boutcomes?\b.*|output.*|success (?:criteria|measures?)"
     r"|.*\bimpact\b.*|what will success look like.*"
     r"|how will we know.*", OUTCOME),
    (r"(?:specific |key |key future |planned |our |required |agreed |smart )?actions?(?: required"
     r"| to be taken| needed| points?| agreed"
     r"| description| ?/ ?task)?|what (?:do|will|are) (?:we|it|you|the \w+)\b.*|what we (?:will|want to"
     r"|are going to) do.*|how will .*"
     r"|how we will .*|requirements?|tasks?|activity|activities|steps?|what needs to (?:be done"
     r"|happen).*|improvement actions?", ACTION),
    (r"surname|last name|family name", SURNAME),
    (r"forename|first name|given name", FORENAME),
    (r"name|member(?:'s)? name|member", NAME),
    (r"organisation|agency|organisation ?/ ?agency|representing|body", ORGANISATION),
    (r"post|role|job title|title|position|designation", POST),
    (r"attendance|attended|% ?attend(?:ance|ed)|attendance %|meetings attended|attendance rate", ATTENDED),
    (r"seat|representative|agency ?/ ?representative", SEAT),
)  # fmt: skip
_COMPILED = [(re.compile(p), meaning) for p, meaning in _PATTERNS]
_BEST = {
    ACTION: re.compile(r"(?:specific |key )?actions?"),
    UPDATE: re.compile(r"(?:progress )?updates?.*"),
    TIMESCALE: re.compile(r"time ?scales?|by when|due(?: date| by)?|deadlines?"),
    LEAD: re.compile(r"lead.*|owners?"),
    OUTCOME: re.compile(r".*(?:difference|outcome).*"),
    RATING: re.compile(r".*rag.*|status"),
}
PLAN = frozenset({NUMBER, SOURCE, PRIORITY, OUTCOME, ACTION, LEAD, TIMESCALE, UPDATE, RATING, QUARTER, REFERENCE,
                  IMPACT_RATING, STATE, TICK_COMPLETE, TICK_ON_TRACK, COMPLETE_YN})  # fmt: skip
LONGEST = 12  # words of a heading; longer is a sentence, and a sentence is data


def plain(heading: str) -> str:
    """A heading for comparing: lower case, marks and full stops gone, single spaces."""
    words = re.sub(r"[.:*_?()]+", " ", heading.lower().replace("’", "'"))
    return " ".join(re.sub(r"\s*/\s*", " / ", words).split())


@lru_cache(maxsize=4096)
def meaning_of(heading: str) -> str:
    """What a column under `heading` holds (one of the names above), or an empty string. Never raises."""
    words = plain(heading)
    if not words or len(words.split()) > LONGEST:
        return ""
    if words in _EXACT:
        return _EXACT[words]
    return next((meaning for pattern, meaning in _COMPILED if pattern.fullmatch(words)), "")


def is_best(heading: str, meaning: str) -> bool:
    """Whether `heading` is the plainest word for its meaning; of two columns meaning one thing it is the main one."""
    pattern = _BEST.get(meaning)
    return bool(pattern and pattern.fullmatch(plain(heading)))
