"""How every form is shown, sent, refused, found stale and saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from sightline.access.guard import actor_of
from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, keeping, under_way
from sightline.screens.asking import Asking, FormPage, SeenForm, Standing, nothing_to_see
from sightline.screens.forms import CarefulForm

REFUSED = 422
WORDS_BESIDE = (
    "Somebody else saved this while you were writing. Nothing is lost: what they saved stands beside your own "
    "words. Change yours if you want to, and save again."
)
# The name of the button that looks whether the like was there before.
LOOK = "look"
# A form asks for the day once, under the name that suits its question.
DAYS = ("as_at", "dated_on", "on")

View = TypeVar("View", bound=Callable[..., HttpResponse])
P = ParamSpec("P")
Saved = TypeVar("Saved")
Make = Callable[[Any, str], SeenForm]
Save = Callable[[Any], str]
Stand = Callable[[str], Standing]
Look = Callable[[QueryDict], Sequence[Any]]


class _Refused(Exception):
    """What was sent is not taken: nothing of the deed is kept, and `answer` is shown afterwards."""

    def __init__(self, answer: Callable[[], HttpResponse]) -> None:
        super().__init__()
        self.answer = answer


def in_one_deed(view: View) -> View:
    """All that the view does with what is sent is one deed: the record that it finds is held, and not read again."""
    begun = deed(view)

    @wraps(view)
    def whole(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            return begun(request, *args, **kwargs)
        except _Refused as refused:
            return refused.answer()

    return cast(View, whole)


@dataclass(frozen=True)
class Asker:
    """How one app's forms are asked: `kept` is its entry for words kept knowingly, `template` its page of one form."""

    kept: StrEnum
    template: str = "screens/asking.html"

    def ask(
        self,
        request: HttpRequest,
        asking: Asking,
        make: Make,
        save: Save,
        done: str | Callable[[], str],
        stand: Stand = nothing_to_see,
        marking: str = "",
        look: Look | None = None,
    ) -> HttpResponse:
        """Show the form, or take it.

        `make(data, token)` makes the form; `save(form)` calls one service and returns the sentence of success;
        `stand(seen)` says what stands now and what of it the writer had not seen; `done` is where to go afterwards.
        `look(data)` finds what was there before, for somebody who wants to see that and saves nothing yet.
        """
        sent = request.method == "POST"
        seen = str(request.POST.get("seen", "")) if sent else ""
        now = stand(seen)
        if sent and look and LOOK in request.POST:
            return self._looked(request, asking, make, look, marking)
        form = make(request.POST if sent else None, now.token)
        page = partial(self.show, request, FormPage(asking, form, may_look=look is not None), marking)
        if sent and form.is_valid():
            if seen != now.token:
                return self._beside(request, asking, make, now, WORDS_BESIDE, marking)
            try:
                sentence = self.save_knowingly(form, save, request.path, by=actor_of(request))
            except Unacceptable as refused:
                tell(form, refused)
                return _undone(page)
            except StaleRecord as stale:
                words = stale.sentence
                return _undone(lambda: self._beside(request, asking, make, stand(seen), words, marking))
            (messages.info if asking.is_half else messages.success)(request, sentence)
            return redirect(done if isinstance(done, str) else done())
        return page()

    def save_knowingly(self, form: SeenForm, save: Callable[[Any], Saved], page: str, *, by: Actor) -> Saved:
        """Save; what may tell who a child is with its writer's reason, journalled as of `page`: both or neither."""
        return keeping.knowingly(save, form, page, by=by, entry=self.kept)(form)

    def show(self, request: HttpRequest, page: FormPage, marking: str = "") -> HttpResponse:
        """The page; 422 where the form was sent and not taken."""
        context: dict[str, Any] = {"page": page, "form": page.form}
        if marking:
            context["marking"] = marking
        return render(request, self.template, context, status=REFUSED if page.form.is_bound else 200)

    def _looked(
        self, request: HttpRequest, asking: Asking, make: Make, look: Look, marking: str
    ) -> HttpResponse:
        """The form as it was filled in, not yet held against anything, with the like ones of before."""
        form = make(None, str(request.POST.get("seen", "")))
        for name, field in form.fields.items():
            form.initial[name] = field.widget.value_from_datadict(request.POST, request.FILES, name)
        page = FormPage(asking, form, may_look=True, likes=look(request.POST))
        return self.show(request, page, marking)

    def _beside(
        self, request: HttpRequest, asking: Asking, make: Make, now: Standing, sentence: str, marking: str
    ) -> HttpResponse:
        """The writer's own words again, beside what somebody else saved; saving again is then knowingly done."""
        data = request.POST.copy()
        data["seen"] = now.token
        form = make(data, now.token)
        form.add_error(None, sentence)
        return self.show(request, FormPage(asking, form, now.rows), marking)


def knowingly(service: Callable[P, Saved], form: CarefulForm, request: HttpRequest) -> Callable[P, Saved]:
    """The service, for views that ask in their own way: why it is kept is journalled with it, both or neither."""
    return keeping.knowingly(service, form, request.path, by=actor_of(request))


def _undone(answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer; where a deed is under way, it is undone first."""
    if under_way():
        raise _Refused(answer)
    return answer()


def tell(form: SeenForm, refused: Unacceptable) -> None:
    """Each sentence beside its field, or over the form where the field is another's."""
    for field, sentence in refused.problems.items():
        names = (field, *DAYS) if field in DAYS else (field,)
        form.add_error(next((name for name in names if name in form.fields), None), sentence)
