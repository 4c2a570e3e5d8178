"""Template tags and the elements that GOV.UK Frontend has no fixtures for."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils.safestring import SafeString

from sightline.screens import elements
from sightline.screens.elements.markup import element, joined
from sightline.screens.lists import Column, ListPage
from sightline.screens.progress import Progress
from sightline.site.showcase import EXAMPLES, LIST
from tests.screens.fixtures import normal

BAD = "<script>alert(1)</script>"
ESCAPED = "&lt;script&gt;"


def render(source: str, **context: Any) -> str:
    return Template("{% load screens %}" + source).render(Context(context)).strip()


@pytest.mark.parametrize(
    "source",
    [
        "{% button bad %}",
        "{% tag bad %}",
        "{% rating bad bad %}",
        "{% back_link bad bad %}",
        "{% breadcrumbs crumbs %}",
        "{% warning bad %}",
        "{% summary_list rows %}",
        "{% task_list tasks %}",
        "{% tabs tabs %}",
        "{% inset %}{{ bad }}{% endinset %}",
        "{% details bad %}{{ bad }}{% enddetails %}",
        "{% panel bad %}{{ bad }}{% endpanel %}",
        "{% scroll bad %}{{ bad }}{% endscroll %}",
        "{% empty bad %}{{ bad }}{% endempty %}",
        "{% notification bad %}{{ bad }}{% endnotification %}",
        "{% message_banner message %}",
        "{% progress progress %}",
    ],
)
def test_what_somebody_typed_never_becomes_mark_up(source: str) -> None:
    html = render(
        source,
        bad=BAD,
        crumbs=[(BAD, BAD), (BAD, "")],
        rows=[elements.SummaryRow(BAD, BAD, (elements.RowAction(BAD, BAD, BAD),))],
        tasks=[elements.Task(BAD, BAD, BAD, BAD, "red")],
        tabs=[elements.Tab(BAD, "a", BAD)],
        message=SimpleNamespace(level_tag="info", __str__=lambda _: BAD),
        progress=Progress(BAD),
    )
    assert "<script" not in html
    assert ESCAPED in html or source == "{% message_banner message %}"


@pytest.mark.parametrize(
    ("value", "look", "words"),
    [
        ("green", "green", "Green"),
        ("Amber", "amber", "Amber"),
        ("not_rated", "none", "Not rated"),
        ("not yet known", "none", "Not yet known"),
        ("", "none", "Not rated"),
        (None, "none", "Not rated"),
        ("blue", "blue", "Complete"),
        ("Purple", "other", "Purple"),
    ],
)
def test_a_rating_is_a_word(value: Any, look: str, words: str) -> None:
    assert (
        render("{% rating value %}", value=value)
        == f'<strong class="sl-rating sl-rating--{look}">{words}</strong>'
    )


def test_a_rating_with_a_label_of_its_own_uses_it() -> None:
    class Labelled(str):
        label = "Grün"

    assert "Grün" in elements.rating(Labelled("green"))


def test_those_who_listen_hear_what_is_rated() -> None:
    assert normal(elements.rating("red", prefix="Delivery"))[2] == "Delivery:"


@pytest.mark.parametrize(
    ("level", "title", "role", "extra"),
    [
        ("success", "Done", "alert", ""),
        ("error", "There is a problem", "region", "sl-banner--problem"),
        ("warning", "Warning", "region", ""),
        ("info", "Important", "region", ""),
        ("", "Important", "region", ""),
    ],
)
def test_messages_become_banners(level: str, title: str, role: str, extra: str) -> None:
    class Message:
        level_tag = level

        def __str__(self) -> str:
            return "Saved"

    html = render("{% message_banner message 3 %}", message=Message())
    assert title in html
    assert f'role="{role}"' in html
    assert 'aria-labelledby="message-3"' in html
    assert (extra in html) is True


def test_a_button_that_is_pressed_twice_sends_once() -> None:
    assert 'data-prevent-double-click="true"' in render('{% button "Save" %}')
    assert "data-prevent-double-click" not in render('{% button "Go" href="/x/" %}')


@pytest.mark.parametrize(
    ("progress", "reloads", "percent"),
    [
        (Progress("Reading", 3, 12), True, 25),
        (Progress("Reading"), True, 0),
        (Progress("Reading", 13, 12), True, 100),
        (Progress("Done", 12, 12, finished=True), False, 100),
        (Progress("", failed="It broke."), False, 0),
    ],
)
def test_progress_reloads_while_there_is_something_to_wait_for(
    progress: Progress, reloads: bool, percent: int
) -> None:
    assert (progress.reloads, progress.percent) == (reloads, percent)
    refresh = '<meta http-equiv="refresh" content="2">' if reloads else ""
    assert render("{% refresh progress %}", progress=progress) == refresh


def test_progress_says_when_no_worker_runs_and_when_it_failed() -> None:
    assert "no worker is running" in render("{% progress p %}", p=Progress("Waiting", no_worker=True))
    assert "looks again by itself" in render("{% progress p %}", p=Progress("Reading"))
    assert "looks again" not in render("{% progress p %}", p=Progress("Done", finished=True))
    assert "It broke." in render("{% progress p %}", p=Progress("", failed="It broke."))


def test_dates_in_words() -> None:
    day = dt.date(2027, 11, 3)
    source = "{{ day|day }} / {{ day|short_day }} / {{ none|day }}{{ none|short_day }}"
    assert render(source, day=day, none=None) == "3 November 2027 / 3 Nov 2027 /"


def test_a_list_of_one_page_has_no_pagination() -> None:
    listing = LIST.read(QueryDict(), EXAMPLES[:1])
    assert render("{% list_pages listing %}", listing=listing) == ""


def test_a_list_of_several_pages_has_its_pagination() -> None:
    found = render("{% list_pages listing %}", listing=LIST.read(QueryDict("page=2"), EXAMPLES))
    assert 'aria-current="page"' in found
    assert 'rel="prev"' in found


def test_the_heading_row_orders_and_says_so() -> None:
    page = ListPage(
        columns=(
            Column("a", "A", sort=("a",)),
            Column("b", "B", numeric=True),
            Column("c", "C", hidden_label=True),
        ),
        order="a",
    )
    html = render("{% list_head listing %}", listing=page.read(QueryDict(), []))
    assert 'aria-sort="ascending"><a class="sl-sort" href="?sort=-a">A' in html
    assert '<th scope="col" class="govuk-table__header govuk-table__header--numeric">B</th>' in html
    assert '<span class="govuk-visually-hidden">C</span>' in html


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "<strong>4 actions</strong>"),
        ("words=toolkit", "<strong>1 action</strong> that fit"),
        ("words=zebra", "Nothing fits this filter"),
    ],
)
def test_the_list_partial(address: str, said: str) -> None:
    listing = LIST.read(QueryDict(address), EXAMPLES)
    html = render('{% include "screens/list.html" with rows="site/components_rows.html" %}', listing=listing)
    assert said in html


def test_an_empty_list_says_what_its_page_gives_it_to_say() -> None:
    listing = LIST.read(QueryDict(), [])
    source = '{% include "screens/list.html" with rows="site/components_rows.html" %}'
    assert "Nothing here yet" in render(source, listing=listing)
    own = '{% include "screens/list.html" with rows="x" empty="site/form_expired.html" %}'
    assert "open too long" in render(own, listing=listing)


def test_the_list_partial_says_where_leafing_ends() -> None:
    short = ListPage(
        columns=(Column("number", "No.", sort=("order",)),), order="number", size=1, most_counted=1
    )
    html = render(
        '{% include "screens/list.html" with rows="site/components_rows.html" %}',
        listing=short.read(QueryDict(), EXAMPLES),
    )
    assert "leafing ends here" in html


def test_attributes_that_are_nothing_are_left_out() -> None:
    made = element("input", {"a": None, "b": False, "c": True, "d": 0, "e": 'x"y'})
    assert made == '<input c d="0" e="x&quot;y">'


def test_what_is_safe_stays_and_the_rest_is_escaped() -> None:
    assert joined(SafeString("<b>"), "<b>") == "<b>&lt;b&gt;"


def test_a_choice_among_groups() -> None:
    question = elements.Question(name="g", label="Group")
    inside = (elements.Choice("a", "A", chosen=True),)
    html = elements.select(question, [elements.ChoiceGroup("Sub-groups", inside)], multiple=True)
    assert ("optgroup", [("label", "Sub-groups")]) in normal(html)


def test_an_empty_state_has_a_heading_of_the_level_asked_for() -> None:
    assert elements.empty_state("None", "x", level=3).startswith('<div class="sl-empty"><h3')


def test_small_parts() -> None:
    assert elements.link("Change", "/x/") == '<a class="govuk-link" href="/x/">Change</a>'
    assert elements.error_message("Wrong", prefix="") == '<p class="govuk-error-message"> Wrong</p>'
    assert elements.label("", "x") == ""
