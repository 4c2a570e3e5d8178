"""What the journal offers to others. The permission goes by its name: `access` stands above."""

from sightline.screens.navigation import NavItem

navigation = [
    NavItem(
        "Journal",
        "journal:list",
        permission="journal_view",
        order=91,
        hint="Who did what to which record, when, and why.",
    )
]
