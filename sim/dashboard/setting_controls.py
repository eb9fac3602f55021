"""The knobs as the page shows them: named choices, and a slider with a number beside it for each setting."""

from __future__ import annotations

import json
from typing import Any

from dash import dcc, html

from sim.dashboard import controls as known
from sim.dashboard.controls import Control
from sim.dashboard.html import heard, marked
from sim.dashboard.presets import TITLES, USUAL, about, presets
from sim.dashboard.setup import BOTH, Setup, Side
from sim.dashboard.words import choice_words


def control_identity(kind: str, side: str, name: str) -> dict[str, str]:
    """What tells one knob from all others."""
    return {"kind": kind, "side": side, "name": name}


def on_page(identity: dict[str, str]) -> str:
    """The identity as it stands in the page, for labels."""
    return json.dumps(identity, sort_keys=True, separators=(",", ":"))


def control_value(side: Side, both: Side, name: str) -> Any:
    """What a setting stands at: changed, else as the named choices have it, else its default."""
    changes = {**both.changes, **side.changes}
    if name in changes:
        return changes[name]
    for group, usual in USUAL.items():
        chosen = presets()[group][{**both.choices, **side.choices}.get(group, usual)]
        if name in chosen:
            return chosen[name]
    return known.controls()[name].declaration.default


def actor_controls(letter: str, group: str, setup: Setup) -> Any:
    """One actor, or the scenario, or the theory: its named choices, and the main levers that they set."""
    side = setup.side(letter)
    levers = [
        setting_knob(letter, known.controls()[name], control_value(side, setup.both, name))
        for name in known.LEVERS.get(group, ())
    ]
    named = _control_group(control_identity("preset", letter, group), TITLES[group], group, side)
    return html.Div([named, *levers], role="group", className="actor", **heard(label=TITLES[group]))


def _control_group(name: dict[str, str], title: str, group: str, side: Side) -> Any:
    offered = sorted(presets()[group], key=lambda choice: (choice != USUAL[group], choice))
    options = [{"label": choice_words(c), "value": c, "title": about(group, c)} for c in offered]
    chosen = side.choices.get(group, USUAL[group])
    return _choice_picker(name, title, options, chosen)


def _choice_picker(
    name: dict[str, str], title: str, options: list[dict[str, str]], chosen: str
) -> Any:
    return html.Fieldset(
        [
            html.Legend(title),
            dcc.RadioItems(id=name, options=options, value=chosen, inline=True, className="chips"),
        ],
        className="choice",
    )


def setting_knob(letter: str, control: Control, now: Any) -> Any:
    """One setting: its name, a slider with its default marked, a number for exact values, range and unit."""
    if control.declaration.kind == "choice":
        options = [{"label": choice_words(c), "value": c} for c in control.declaration.choices]
        picked = _choice_picker(
            control_identity("pick", letter, control.name), control.title, options, now
        )
        return html.Div([picked, *_range_and_unit(control)], className="knob")
    slider, box = (control_identity(kind, letter, control.name) for kind in ("range", "box"))
    low, high = control.declaration.low, control.high
    return html.Div(
        [
            html.Label(control.short, htmlFor=on_page(slider), title=control.help),
            html.Label(
                f"{control.title}, exact value", htmlFor=on_page(box), className="only-heard"
            ),
            dcc.Input(
                id=box,
                type="number",
                min=low,
                max=high,
                step="any",
                value=now,
                debounce=True,
            ),
            html.Div(
                dcc.Input(id=slider, type="range", min=low, max=high, step=control.step, value=now),
                className="track",
                style={"--at": f"{control.default_at:.4f}"},
            ),
            *_range_and_unit(control),
        ],
        className="knob",
    )


def _range_and_unit(control: Control) -> list[Any]:
    """Range and unit; when asked, what the setting is and where its number comes from."""
    span = "" if control.declaration.kind == "choice" else control.extent
    asked = html.Button(
        "?",
        className="asks",
        **heard(label=f"What is {control.title}?", expanded="false"),
        **marked(help=control.help),
    )
    return [html.Small(span), asked]


def group_controls(letter: str, name: str, setup: Setup) -> list[Any]:
    """The further settings of one group."""
    side = setup.side(letter)
    return [
        setting_knob(letter, item, control_value(side, setup.both, item.name))
        for item in known.further().get(name, ())
    ]


def shared_controls(setup: Setup) -> list[Any]:
    """What both sides share: the states, the years, the seed."""
    knobs = [
        setting_knob(BOTH, known.controls()[name], control_value(Side(), setup.both, name))
        for name in known.SHARED
    ]
    world = _control_group(
        control_identity("preset", BOTH, "world"), TITLES["world"], "world", setup.both
    )
    return [world, *knobs]
