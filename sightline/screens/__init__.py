"""What every screen is made of: form fields, list pages, components, navigation entries, progress.

A foundation below the domains, so that an app may use it without knowing the site (decisions/0011).
It knows Django, and nothing of Sightline's records. Its shapes are GOV.UK Frontend's, checked against the
fixtures that package ships (tests/screens/test_components_fixtures.py).

**A form** is a plain Django form with our base class. The renderer writes labels, hints, errors, fieldsets::

    from sightline.screens.fields import BoxesDateField, CharacterCountField
    from sightline.screens.forms import Form

    class UpdateForm(Form):
        text = CharacterCountField(label="What has happened since?", help_text="…", max_length=2000)
        said_on = BoxesDateField(label="When was it said?", help_text="For example, 27 3 2027")
        rating = forms.ChoiceField(label="Delivery", choices=…, widget=forms.RadioSelect)

    {% extends "site/page.html" %}{% load screens %}
    {% block title %}Update {{ page.number }}{% endblock %}
    {% block content %}
      {% error_summary form %}
      <h1 class="govuk-heading-l">…</h1>
      <form method="post" novalidate>{% csrf_token %}{{ form }}{% button "Save the update" %}</form>
    {% endblock %}

`site/page.html` puts "Error: " before the title when the context holds a bound `form` or `page.form` with errors.
Errors name their field by themselves ("Enter name of the action"); `error_messages=` of a field overrides them.
One field alone: `{{ form.text.as_field_group }}`. A one-question page: `title_field = "text"` on the form
makes that field's label or legend the page heading. Widths: `widget=forms.TextInput(attrs={"width": 10})`.
Blocks of `site/page.html`: title, back (back link, breadcrumbs), heading, content, and `wide` by
`{% block main_classes %}sl-wide{% endblock %}` for pages with broad tables. Context `marking` ("OFFICIAL")
shows the protective marking; default OFFICIAL for anyone signed in.

**A list page** reads filter, order and page from the address, so that the address keeps the view::

    class ActionFilter(FilterForm):
        words = forms.CharField(label="Words", required=False)
        status = forms.MultipleChoiceField(label="State", required=False, choices=…,
                                           widget=forms.CheckboxSelectMultiple)

        def narrow(self, rows):                       # self.chosen holds only valid, non-empty answers
            if words := self.chosen.get("words"):
                rows = rows.filter(text__icontains=words)
            return rows

    ACTIONS = ListPage(
        noun=("action", "actions"),
        columns=(Column("number", "No.", sort=("sort_key",)), Column("due", "By when", sort=("due_on",)),
                 Column("text", "Action")),
        filter_form=ActionFilter, order="number", size=50)

    listing = ACTIONS.read(request.GET, selectors.actions_visible_to(user),
                           exports={"Word": "/plans/x/export/docx/"})

    {% include "screens/list.html" with listing=page.listing rows="plans/action_rows.html" %}

`plans/action_rows.html` gets `listing` and writes `<tr class="govuk-table__row">…` for each `listing.rows`
(give each `<td>` a `data-label="By when"`: on a narrow screen the rows turn into cards that show it).
`listing` has rows, count (`str`: "31 actions", "more than 10,000 actions"), headings, pages, form, chips, exports,
`address(page=2)`. Rows may be a QuerySet or any sequence. When rows come from elsewhere than the query set
(annotated in Python), use `listing.with_rows(new_rows)`.

**Components**: `{% load screens %}` then
`{% button "Save" %}` `{% button "Cancel" kind="secondary" href=url %}` `{% tag "Overdue" "red" %}`
`{% rating action.delivery_rating %}` `{% back_link url "Back to the plan" %}` `{% breadcrumbs crumbs %}`
`{% summary_list rows %}` (elements.SummaryRow) `{% task_list items %}` (elements.Task) `{% warning "…" %}`
`{% inset %}…{% endinset %}` `{% details "Summary" %}…{% enddetails %}` `{% panel "Title" %}…{% endpanel %}`
`{% notification "Saved" kind="success" %}…{% endnotification %}` `{% tabs items %}` (elements.Tab)
`{% scroll "Table of actions" %}<table>…</table>{% endscroll %}` (focusable region that scrolls sideways)
`{% empty "No plans yet" %}<p>Upload one…</p>{% endempty %}` `{% progress progress %}` (progress.Progress).
Messages of `django.contrib.messages` become notification banners by themselves; success ones are green.

**Long work**: give `{% progress %}` a `Progress(done, total, sentence, finished, next_url)`; and in the page
`{% block head %}{% refresh progress %}{% endblock %}` re-loads it every few seconds without JavaScript.

**Styles** of one app go to `site/assets/_<app>.scss` (run tools/build_assets.py); measures: `sl-reading` keeps lines
short, `sl-title` puts a heading and its links on one line, `sl-columns` has a quiet column on the right,
`sl-not-on-paper` is left out when the page is printed.

**Navigation**: an app's `work.py` exports `navigation: list[NavItem]`, and its `apps.py` calls
`screens.navigation.offer(self.label, work.navigation)` in `ready()`.
"""
