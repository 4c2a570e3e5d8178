"""What is found in a file that is not kept, and the sentence for each."""

from __future__ import annotations

from enum import StrEnum


class Finding(StrEnum):
    """Something in an Office file that does more than show words and pictures."""

    RUNS = "runs"
    OBJECT = "object"
    FETCHES = "fetches"
    LEADS = "leads"
    STRANGE = "strange"


SENTENCES = {
    Finding.RUNS: "This file holds macros or other parts that run; save it without them, or as a PDF.",
    Finding.OBJECT: "This file holds an object of another program; take it out and add it as a file, or save as a PDF.",
    Finding.FETCHES: "This file fetches from elsewhere when it is opened; break its links, or save it as a PDF.",
    Finding.LEADS: "This file holds a link that starts something; take the link out, or save the file as a PDF.",
    Finding.STRANGE: "This file holds a part that no Office program writes; save it again, or as a PDF.",
}
DAMAGED = "This file is damaged; open it in the program that made it and save it again."
TWO_KINDS = "This file is of two kinds at once; save it again in the program that made it."
