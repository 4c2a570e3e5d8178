"""Taking a list away: the rows it shows, filtered and ordered as on the page, as CSV that is sent while it is read."""

from collections.abc import Iterable, Sequence

from django.http import StreamingHttpResponse

from sightline.rendering.csv_writer import streamed


class Taken(StreamingHttpResponse):
    """A file. `marking`: its protective marking, empty for what may be published; None where nobody looked."""

    marking: str | None = None


def csv_response(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, marking: str | None = None
) -> Taken:
    """The file `name`.csv. `rows` are read as the browser takes them: give an iterator that reads a part at a time."""
    taken = Taken(
        streamed(headings, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
    taken.marking = marking
    return taken
