"""Colours by calculation: contrast on every page they meet, and whether the colour-blind can tell them apart."""

from itertools import combinations

import numpy as np
import pytest

from groundup.draw.theme import DARK, DASHES, LIGHT, MARKERS, PAGE, ROLES, SERIES, stylesheet

PAGES = {  # white; JupyterLab dark's cells and panels; VS Code's dark editor
    "light": (LIGHT, ["#ffffff"]),
    "dark": (DARK, ["#111111", "#212121", "#1e1e1e"]),
}
# Machado, Oliveira and Fernandes (2009), severity 1, in linear RGB
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
# Ottosson (2020)
TO_CONES = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]
TO_OKLAB = [
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
]


def linear(colour):
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """WCAG 2.2."""
    low, high = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def distance(one, other, blindness):
    seen = [np.clip(np.array(blindness) @ linear(colour), 0, 1) for colour in (one, other)]
    return float(np.linalg.norm(np.subtract(*(np.array(TO_OKLAB) @ np.cbrt(np.array(TO_CONES) @ rgb) for rgb in seen))))


def test_the_ruler_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert distance("#000000", "#ffffff", BLINDNESS["none"]) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [*SERIES, "ink", "quiet"])
def test_whatever_is_written_can_be_read(page, role):
    colours, papers = PAGES[page]

    assert min(contrast(colours[role], paper) for paper in papers) >= 4.5


@pytest.mark.parametrize("page", PAGES)
def test_axes_can_be_seen_and_the_grid_stays_behind(page):
    colours, papers = PAGES[page]

    assert min(contrast(colours["axis"], paper) for paper in papers) >= 3
    assert max(contrast(colours["grid"], paper) for paper in papers) < 2


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_two_series_look_different_to_everyone(page, blindness):
    colours, _ = PAGES[page]

    apart = min(distance(colours[a], colours[b], BLINDNESS[blindness]) for a, b in combinations(SERIES, 2))

    assert apart > 0.09


def test_two_series_look_different_without_any_colour():
    assert len({DASHES[role] for role in SERIES}) == len({MARKERS[role] for role in SERIES}) == len(SERIES)


def test_every_role_has_a_colour_in_both_themes_and_a_rule_for_lines_and_fills():
    rules = stylesheet()

    for role in ROLES:
        assert {LIGHT[role], DARK[role]} <= set(rules.replace(")", ";").replace(",", ";").replace(":", ";").split(";"))
        assert f".s-{role}{{stroke:var(--gu-{role})}}" in rules
        assert f".f-{role}{{fill:var(--gu-{role})}}" in rules


def test_the_page_is_asked_before_our_own_neutral_colours_are_taken():
    rules = stylesheet()

    assert f"--gu-ink:var(--jp-content-font-color1,var(--vscode-editor-foreground,{LIGHT['ink']}))" in rules
    assert all(f"var({name}," in rules for names in PAGE.values() for name in names)
    assert "@media(prefers-color-scheme:dark)" in rules
