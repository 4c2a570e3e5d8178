"""Who needs to know: the wall around child-level and restricted records (T3, T4), which every domain stands behind.

A domain's app with such records::

    # models.py: references are kept in the form in which they are asked for
    constraints = [at_least(Tier.T4, "…"), in_normal_form("reference", "…")]

    # knowing.py of the app: what the wall must know of the kind
    case = Kind(Review, reference="reference", address=lambda r: reverse("reviews:one", args=[r.reference]),
                name=lambda r: r.child_name, subjects={("children", "child"): "child_id"})

    # apps.py, in ready()
    knowing.registry.offer(self.label, [case])
    events.guards.offer(self.label, [guard_of(case)])       # journal and time line go through the same wall

    # selectors.py
    def reviews_visible_to(user): return wall.visible_to(user, Review.objects.all())

    # views.py: that it was opened is journalled, and the page is marked as the record is
    @needs(SIGNED_IN)
    @opens(find_review)
    def one(request, found): ...

    # services.py: whoever begins a record is the first on its list; closing it ends the list
    knowing.services.open_list(review, user, reason=…, by=by, now=now)
    knowing.services.end_list(review, reason=…, by=by, now=now)

A record opens to somebody whose role reads its tier **and** who stands on its list today, or has broken the glass;
never to somebody with a conflict of interest. Lists show references:
`{% name_behind_click record %}` of `{% load knowing %}` shows a name once it is asked for, and journals that.
"""
