"""What plans let somebody without an account answer by a link: a recommendation that is addressed to them."""

from __future__ import annotations

from sightline.access.returns import ReturnKind
from sightline.plans.selectors.returns import KIND, is_still_asked

offered = [ReturnKind(KIND, "plans:return_recommendation", is_still_asked)]
