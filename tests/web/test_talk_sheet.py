"""The sheet for the conversation: in words what to talk about, and nothing that the profile does not show."""

from __future__ import annotations

import re

from starlette.applications import Starlette

from tests.web.people import Person
from tests.web.test_conversation import measured


def test_the_sheet_names_what_the_profile_suggests_and_leaves_room_to_write(
    light_site: Starlette, coordinator: Person
) -> None:
    meting = measured(light_site, coordinator)
    profile = coordinator.open(f"/metingen/{meting}/profiel").page
    suggested = re.findall(
        r"<li><a[^>]*>([^<]+)", profile.split("Voorstel om aan te pakken")[1].split("Eerst uitzoeken")[0]
    )
    page = coordinator.open(f"/metingen/{meting}/gespreksblad").page
    assert suggested
    assert all(f"<li>{name}</li>" in page for name in suggested)
    assert page.count("pen-line") == 5
    assert "Eerst: veiligheid" in page
    assert "Zo zien 6 mensen dit gebied" in page


def test_no_score_is_on_the_sheet(light_site: Starlette, coordinator: Person) -> None:
    meting = measured(light_site, coordinator)
    coordinator.open(f"/metingen/{meting}/gespreksblad")
    assert "beste schatting" not in coordinator.page
    assert "profile-bar" not in coordinator.page
