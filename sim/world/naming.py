"""The names in settings: every state and power by its code, however it was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from sim.config.settings import Event, Policy, Settings
from sim.world.roster import partner_code, partner_codes, state_code, state_codes

Value = TypeVar("Value")


def with_codes(settings: Settings) -> Settings:
    """Put codes in place of names in states, partners, shares of one's own, further powers and dated events.

    Raises
    ------
    UserError : a name of no state or power, with the nearest; or one given twice.
    """
    return replace(
        settings,
        states=state_codes(settings.states, _source_place("states=[PHL,VNM]"))
        if settings.states
        else (),
        partners=partner_codes(settings.partners, _source_place("partners=[CHN,USA,JPN]")),
        policy=_named_policy(settings.policy),
        scenario=replace(
            settings.scenario, events=tuple(map(event_with_codes, settings.scenario.events))
        ),
    )


def event_with_codes(event: Event) -> Event:
    """Put codes in place of the names in one event; blank names stay blank.

    Raises
    ------
    UserError : as in `with_codes`.
    """
    where = f"in scenario.events, the {event.kind} of {event.year}, wherever they are given"
    return replace(
        event,
        state=event.state and state_code(event.state, where),
        partner=event.partner and partner_code(event.partner, where),
    )


def _named_policy(policy: Policy) -> Policy:
    custom = _by_code(policy.japan.custom, state_codes, "+policy.japan.custom.PHL=1")
    others = _by_code(policy.others, partner_codes, "+policy.others.IND.presence=0.2")
    return replace(policy, japan=replace(policy.japan, custom=custom), others=others)


def _by_code(
    given: Mapping[str, Value],
    codes: Callable[[Sequence[str], str], tuple[str, ...]],
    example: str,
) -> dict[str, Value]:
    keys = codes(list(given), _source_place(example)) if given else ()
    return dict(zip(keys, given.values(), strict=True))


def _source_place(example: str) -> str:
    return f"under conf/ or on the command line: {example}"
