"""What the chair changed, word by word, and from which drafts it began."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.meetings.rules.minutes import Piece, differences, drafts_before

pytestmark = pytest.mark.library
TEXTS = st.text(alphabet="ab \n", max_size=30)


def test_words_taken_out_stand_before_those_put_in() -> None:
    assert differences("The nurse said no.", "The nurse said yes, twice.") == (
        Piece("The nurse said "),
        Piece("no.", is_gone=True),
        Piece("yes, twice.", is_new=True),
    )
    assert differences("", "New.") == (Piece("New.", is_new=True),)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(each.words for each in pieces if not each.is_new) == before
    assert "".join(each.words for each in pieces if not each.is_gone) == after


def test_a_correction_began_from_the_drafts_before_every_correction() -> None:
    # Two drafts stood; the chair joined them (3) and typed on (4, 5).
    replaced = {3: [1, 2], 4: [3], 5: [4]}
    assert drafts_before(5, replaced, {3, 4, 5}) == [1, 2]
    # The unit wrote after the chair (4): what the chair changes then begins from that.
    assert drafts_before(5, replaced, {3, 5}) == [4]
