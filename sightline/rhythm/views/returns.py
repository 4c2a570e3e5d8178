"""Returns of groups: the list, its file, one return, writing it, its file, and what is done about it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.permissions import scope_of
from sightline.access.taking import taken
from sightline.rendering import MEDIA_TYPES, write
from sightline.requests.models import Owed
from sightline.rhythm import permissions, services
from sightline.rhythm.choices import DEED_BUTTONS, ReturnDeed
from sightline.rhythm.forms.returns import NewReturnForm, ReturnDoForm, WriteForm
from sightline.rhythm.models import Return
from sightline.rhythm.pages import returns as pages
from sightline.rhythm.reports import return_document
from sightline.rhythm.selectors.returns import (
    ReturnRead,
    filled_from,
    groups_written_by,
    owed_by,
    parts_of,
    read_return,
    returns_visible_to,
    standing_for,
)
from sightline.rhythm.views.asking import READ_OR_SEND, ask
from sightline.screens.asking import Asking, Standing, versioned
from sightline.screens.forms import version_sent
from sightline.screens.words import count

INTRO = (
    "Five headings, and what became of last time’s next steps. Save as often as you like: it is a draft until the "
    "chair signs it off, and what stood before is kept."
)
ANSWERS = "The return that stands answers this as well: it came when that was signed off."
ANSWERS_SOON = (
    "The return that stands answers this as well, from when it is signed off. Write it now or later."
)
HELD = "The figures below are kept with the return as they stand now."


@needs(Permission.PLANS_VIEW)
@require_safe
def return_list(request: HttpRequest) -> HttpResponse:
    """Every return the person may read, filtered, sorted and paged as the address says."""
    page = pages.list_page(_who(request), request.GET)
    return render(request, "rhythm/returns.html", {"page": page})


@needs(Permission.EXPORT)
@require_safe
def returns_export(request: HttpRequest, format: str) -> HttpResponse:
    """The list as a file, narrowed and ordered as it was shown."""
    check, note = permissions.check_export, services.note_list_taken
    return taken(request, format, "returns", pages.list_table, check=check, note=note)


@needs(Permission.PLANS_VIEW)
@require_safe
def return_(request: HttpRequest, number: int) -> HttpResponse:
    """One return: its figures, its texts with what stood before, and what is asked back."""
    page = pages.return_page(_who(request), _found(request, number))
    return render(request, "rhythm/return.html", {"page": page})


@needs(Permission.EXPORT)
@require_safe
def returns_book(request: HttpRequest, format: str) -> HttpResponse:
    """The returns that the list shows, whole, as one document for the board, with those that did not come."""
    check, note, marking = permissions.check_export, services.note_list_taken, Return.LOWEST_TIER.marking
    return taken(
        request, format, "returns", pages.list_book, check=check, note=note, formats=pages.FILES, marking=marking
    )  # fmt: skip


@needs(Permission.EXPORT)
@require_safe
def return_file(request: HttpRequest, number: int, format: str) -> HttpResponse:
    """One return as Word, PDF or HTML."""
    if format not in pages.FILES.values():
        raise Http404("A return is taken away as Word, PDF or HTML.")
    permissions.check_export(_who(request))
    read = read_return(_found(request, number))
    figures, since = pages.figures_shown(read)
    told = [(each.label, each.value) for each in figures]
    document = return_document(read, told, since, Return.LOWEST_TIER.marking)
    services.note_return_taken(read.found, format, by=actor_of(request))
    return _file(document, format, f"return-{number}")


@needs(Permission.MEETINGS_KEEP)
@require_http_methods(READ_OR_SEND)
def return_new(request: HttpRequest) -> HttpResponse:
    """Begin a return: one that is owed, or another."""
    user, today = _who(request), timezone.localdate()
    groups = {each.pk: each for each in groups_written_by(user, today)}
    own = {pk for pk, each in groups.items() if each.key in scope_of(user).group_keys}
    # What the reader's own groups owe comes first; of the same the soonest.
    first = sorted(owed_by(groups.values()), key=lambda each: each.cycle.owed_by_id not in own)
    owed = {each.pk: each for each in first}
    stand = standing_for(owed.values())
    asked_for = request.GET.get("owed", "")
    if begun := _begun(request, asked_for):
        return redirect(_home(begun.pk))
    made: list[Return] = []
    chosen = asked_for or next(iter(owed), "")

    def make(data: Any, seen: str) -> NewReturnForm:
        return NewReturnForm(data, initial={"of": f"owed:{chosen}"}, owed=owed, stand=stand, groups=groups)

    def save(form: NewReturnForm) -> str:
        kind, number = form.chosen
        if kind == "owed" and number in stand:
            made.append(services.answer_with(stand[number], owed[number], by=actor_of(request)))
            return ANSWERS if made[0].current_signed_on else ANSWERS_SOON
        made.append(_begin(request, form))
        return "The return was begun. Write it now, or come back to it."

    def then() -> str:
        return (
            _home(made[0].pk)
            if made[0].current_signed_on
            else reverse("rhythm:return_write", args=[made[0].pk])
        )

    back = reverse("rhythm:returns")
    asking = Asking("Begin a return", "", back, "Begin the return", back_text="Returns of groups")
    return ask(request, asking, make, save, then)


def _begun(request: HttpRequest, asked_for: str) -> Return | None:
    """The return that answers what is owed already."""
    if not version_sent(asked_for):
        return None
    return returns_visible_to(_who(request)).filter(answers__owed__pk=version_sent(asked_for)).first()


def _begin(request: HttpRequest, form: NewReturnForm) -> Return:
    kind, number = form.chosen
    by, now = actor_of(request), timezone.now()
    if kind == "owed":
        owed: Owed = form.owed[number]
        group = next(each for each in form.groups.values() if each.pk == owed.cycle.owed_by_id)
        return services.begin_return(
            group, owed.cycle.kind, owed.period_from, owed.period_until, owed, by=by, now=now
        )
    said = form.cleaned_data
    return services.begin_return(form.groups[number], kind, said["first"], said["last"], by=by, now=now)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def return_write(request: HttpRequest, number: int) -> HttpResponse:
    """Write under the headings, beside the group's figures."""
    found = _written(request, number)
    read = read_return(found)

    parts = parts_of(found)
    filled = filled_from(parts)

    def make(data: Any, seen: str) -> WriteForm:
        return WriteForm(data, initial={"seen": seen}, read=read, filled=filled)

    def save(form: WriteForm) -> str:
        version = version_sent(form.cleaned_data["seen"])
        services.write_return(
            read, version, form.texts(), form.steps(), by=actor_of(request), now=timezone.now()
        )
        return "The draft was saved."

    asking = Asking(
        "Write the return",
        str(found),
        _home(number),
        "Save the draft",
        INTRO + pages.parts_told(parts),
        facts=lambda: pages.draft_facts(found),
        back_text="The return",
    )
    return ask(request, asking, make, save, lambda: _home(number), _stand(read))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def return_do(request: HttpRequest, number: int, deed: str) -> HttpResponse:
    """Sign it off, open it again, or send it back."""
    if deed not in set(ReturnDeed):
        raise Http404("Nothing of this kind is done about a return.")
    what, found = ReturnDeed(deed), _written(request, number)
    if what == ReturnDeed.SEND_BACK:
        permissions.check_keep_all(_who(request))
    for_chair = permissions.signs_for_chair(_who(request), found.group)

    def make(data: Any, seen: str) -> ReturnDoForm:
        return ReturnDoForm(data, initial={"seen": seen}, deed=what, for_chair=for_chair)

    def save(form: ReturnDoForm) -> str:
        said, by, now = form.cleaned_data, actor_of(request), timezone.now()
        version = version_sent(said["seen"])
        if what == ReturnDeed.OPEN_AGAIN:
            services.open_again(found, version, said["why"], by=by, now=now)
            return "The return is a draft again. What was signed stays as it was."
        if what == ReturnDeed.SEND_BACK:
            services.send_back(found, version, said["why"], by=by, now=now)
            return "The return was sent back, and its chair is asked to look at it again."
        who, how = said.get("signed_by", by.label), said.get("how", "")
        made = services.sign_return(found, version, said["on"], who, how, by=by, now=now)
        asked = len(made.current_asked)
        left = f" {count(asked, 'question')} stayed open." if asked else ""
        return f"The return was signed off, with its figures as they stand now.{left}"

    intro = HELD if what == ReturnDeed.SIGN else ""
    asking = Asking(DEED_BUTTONS[what], str(found), _home(number), DEED_BUTTONS[what], intro)
    stand = versioned(found, lambda: returns_visible_to(_who(request)).get(pk=number), pages.facts)
    return ask(request, asking, make, save, lambda: _home(number), stand)


def _stand(read: ReturnRead) -> Any:
    """What stands now: the texts are read again only where the return moved on."""

    def stand(seen: str) -> Standing:
        now = Return.objects.get(pk=read.found.pk) if stood else read.found
        stood.append(now)
        token = str(now.version)
        fresh = seen in ("", token)
        return Standing(token, () if fresh else tuple(pages.stood(read_return(now))))

    stood: list[Return] = []
    return stand


def _file(document: Any, format: str, name: str) -> HttpResponse:
    file = f"{name}-{timezone.localdate().isoformat()}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return HttpResponse(write(document, format), content_type=MEDIA_TYPES[format], headers=headers)


def _found(request: HttpRequest, number: int) -> Return:
    found: Return = get_object_or_404(returns_visible_to(_who(request)), pk=number)
    return found


def _written(request: HttpRequest, number: int) -> Return:
    found = _found(request, number)
    permissions.check_write_return(_who(request), found.group)
    return found


def _home(number: int) -> str:
    return reverse("rhythm:return", args=[number])


def _who(request: HttpRequest) -> Any:
    return request.user
