"""What is sent to the addresses of update rounds."""

from __future__ import annotations

from typing import Any

from tests.access import walked_rounds as asked


def sendings(sending: Any) -> dict[str, tuple[Any, ...]]:
    """By the name of the address."""
    return {
        "plans:rounds": (sending(data=asked.until),),
        "plans:group_rounds": (sending(data=asked.until),),
        "plans:date_answer": (
            sending(data={"answer": "decline", "words": "The board meets before"}),
            sending("agree", data={"answer": "agree"}),
        ),
        "requests:update": (
            sending(data=asked.new_date, by=""),
            sending("evidence", data=asked.evidence, by=""),
        ),
        "requests:update_typed": (sending(data=asked.typed),),
        "requests:asked": (
            sending(data={"do": "again", "email": "hana@wealdshire.example"}),
            sending("end", data={"do": "end"}),
        ),
    }
