"""The colours that mean something: readable on paper and panel, light and dark, and told apart by every kind of eye."""

import itertools
import re

import numpy as np
import pytest
from pages import DOCS

ROLES = ("weight", "value", "bias", "chance")
CSS = (DOCS / "assets" / "css" / "site.css").read_text(encoding="utf-8")
BLOCKS = [block for block in re.findall(r"\{([^{}]*)\}", CSS) if "--paper: #" in block]
SCHEMES = {
    name: dict(re.findall(r"--([\w-]+): (#\w{6});", block))
    for name, block in zip(("light", "dark"), BLOCKS, strict=True)
}


def linear(colour):
    """A colour such as #00605a as three amounts of light, from 0 to 1."""
    c = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """The contrast of two colours, as WCAG defines it."""
    dark, bright = sorted(linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("name", [*ROLES, "ink", "ink-soft", "link", "wrong"])
def test_text_is_readable_in_every_colour(scheme, ground, name):
    assert contrast(SCHEMES[scheme][name], SCHEMES[scheme][ground]) >= 4.5


# How much of each light reaches an eye that lacks one kind of cone (Machado and others, 2009, severity 1).
EYES = {
    "all cones": np.eye(3),
    "no long": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no middle": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no short": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def seen(colour, eye):
    """A colour as an eye sees it, in OKLab: equal distances look equal."""
    cones = [
        [0.41222147, 0.53633254, 0.05144599],
        [0.2119035, 0.68069955, 0.10739696],
        [0.08830246, 0.28171884, 0.6299787],
    ]
    lab = [
        [0.21045426, 0.79361778, -0.00407205],
        [1.9779985, -2.42859221, 0.4505937],
        [0.02590404, 0.78277177, -0.80867577],
    ]
    return np.array(lab) @ np.cbrt(np.array(cones) @ np.clip(np.array(EYES[eye]) @ linear(colour), 0, 1))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(ROLES, 2)))
def test_roles_are_told_apart_by_every_eye(scheme, eye, one, other):
    assert np.linalg.norm(seen(SCHEMES[scheme][one], eye) - seen(SCHEMES[scheme][other], eye)) > 0.05


def test_forced_colours_have_the_same_roles():
    for name, colours in SCHEMES.items():
        forced = re.search(rf"forced-colors: active\) and \(prefers-color-scheme: {name}\) (.*)", CSS)[1]
        assert dict(re.findall(r"--(\w+): (#\w{6});", forced)) == {role: colours[role] for role in ROLES}
