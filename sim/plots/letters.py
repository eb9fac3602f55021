"""Letters of every script in charts: fonts that have them, else something readable in their place."""

from __future__ import annotations

import re
import sys
from functools import cache, lru_cache
from typing import Any

from matplotlib import font_manager
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryFormatter
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FixedFormatter, FuncFormatter

from sim.world.roster import powers, roster, state_names

MAIN = "DejaVu Sans"  # comes with matplotlib: the same on every machine
FURTHER = (  # asked for letters that the main font lacks, where they are installed
    *("Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans CJK TC", "Noto Sans CJK KR"),
    *("Noto Sans JP", "Noto Sans SC", "Noto Sans KR", "Source Han Sans", "WenQuanYi Zen Hei"),
    *("WenQuanYi Micro Hei", "Droid Sans Fallback", "IPAexGothic", "IPAGothic", "TakaoGothic"),
    *("Hiragino Sans", "Yu Gothic", "Meiryo", "MS Gothic", "PingFang SC", "Heiti SC", "SimHei"),
    *("Microsoft YaHei", "Microsoft JhengHei", "Apple SD Gothic Neo", "Malgun Gothic"),
    *("NanumGothic", "Arial Unicode MS", "Noto Sans Thai", "Noto Sans Khmer", "Noto Sans Lao"),
    *("Noto Sans Myanmar", "Noto Sans Bengali", "Noto Sans Devanagari", "Noto Sans Tamil"),
)
NAMED = (FuncFormatter, FixedFormatter, StrCategoryFormatter)  # of axes whose ticks are words


@lru_cache(maxsize=1)
def font_families() -> tuple[str, ...]:
    """Return the fonts to draw with, the main one first, then those installed of the further ones."""
    installed = set(font_manager.get_font_names())
    return (MAIN, *(name for name in FURTHER if name in installed))


@lru_cache(maxsize=1)
def _known() -> frozenset[int]:
    paths = [font_manager.findfont(name) for name in font_families()]
    return frozenset(code for path in paths for code in font_manager.get_font(path).get_charmap())


def drawable_text(text: str) -> str:
    """Return a text as it can be drawn.

    A state or power whose name has letters that no installed font has is drawn by its code; other such letters by
    their number in Unicode, and once it is said which.

    >>> drawable_text("Vietnam")
    'Vietnam'
    """
    if text.isascii():
        return text
    missing = _missing_letters(text)
    if not missing:
        return text
    _tell_once()
    labels = {state.label: code for code, state in roster().items()}
    codes = {name: code for code, name in {**state_names(), **powers()}.items()} | labels
    for name, code in codes.items():
        text = text.replace(name, code) if _missing_letters(name) else text
    run = "[" + "".join(map(re.escape, missing)) + "]+"
    return re.sub(run, lambda match: _code_points(match[0]), text)


def _missing_letters(text: str) -> list[str]:
    return sorted({item for item in text if ord(item) not in _known() and item.isprintable()})


def _code_points(letters: str) -> str:
    return f"[U+{' '.join(f'{ord(letter):04X}' for letter in letters)}]"


@cache
def _tell_once() -> None:
    print(
        "Note: no installed font has all letters of the names; charts show codes in their place. "
        "Noto Sans CJK (notofonts.github.io) has those of Chinese, Japanese and Korean.",
        file=sys.stderr,
    )


class Page(Figure):
    """A figure whose words are readable whatever fonts are installed."""

    def draw(self, renderer: Any) -> None:
        """Draw, once every word is in letters that can be drawn."""
        for axes in self.axes:
            for axis in (axes.xaxis, axes.yaxis):
                _make_ticks_readable(axis)
        for text in self.findobj(Text):
            text.set_text(drawable_text(text.get_text()))
        super().draw(renderer)


def _make_ticks_readable(axis: Axis) -> None:
    """Let ticks that are words be written readably; the axis writes them anew whenever it is drawn."""
    written = axis.get_major_formatter()
    if isinstance(written, NAMED) and not getattr(written, "readable", False):
        formatter = FuncFormatter(lambda value, position: drawable_text(written(value, position)))
        formatter.readable = True  # type: ignore[attr-defined]
        labels = written.format_ticks(axis.get_majorticklocs().tolist())
        if any(not label.isascii() for label in labels):
            axis.set_major_formatter(formatter)
