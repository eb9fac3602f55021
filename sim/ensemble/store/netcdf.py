"""A NetCDF file written piece by piece, so that a store of any size needs the memory of one block.

The classic format with 64-bit offsets lays variables one after another, each a plain big-endian array: once the header is
written, any piece can be put in its place. Libraries that write this format hold a whole file in memory, hence this one.

Source: NetCDF Classic and 64-bit Offset File Formats (Unidata; unverified, checked against xarray and SciPy in the tests).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from sim.axes import STATE, YEAR
from sim.ensemble.summary import POINT, REPLICATE

TYPES = {"i1": 1, "S1": 2, "i2": 3, "i4": 4, "f4": 5, "f8": 6}
DIMENSION, VARIABLE, ATTRIBUTE = 10, 11, 12
LARGEST = 2**32 - 4  # bytes of one variable
MAGIC = b"CDF\x02"


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A variable to come: its dimensions, its type (a key of `TYPES`), its attributes."""

    name: str
    dims: tuple[str, ...]
    kind: str
    attrs: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where everything lies in a file: header bytes, place of each variable, size of the whole."""

    header: bytes
    variables: Mapping[str, Variable]
    shapes: Mapping[str, tuple[int, ...]]
    begins: Mapping[str, int]
    size: int


def lay_out(
    dims: Mapping[str, int], variables: Sequence[Variable], attrs: Mapping[str, Any]
) -> Layout:
    """Plan a file. A variable may take at most `LARGEST` bytes."""
    shapes = {variable.name: tuple(dims[name] for name in variable.dims) for variable in variables}
    sizes = {
        variable.name: _padded_size(math.prod(shapes[variable.name]) * _type_width(variable))
        for variable in variables
    }
    begins = dict.fromkeys(sizes, 0)
    start = len(_header_bytes(dims, variables, attrs, sizes, begins))
    for name, size in sizes.items():
        begins[name], start = start, start + size
    header = _header_bytes(dims, variables, attrs, sizes, begins)
    return Layout(
        header=header,
        variables={variable.name: variable for variable in variables},
        shapes=shapes,
        begins=begins,
        size=start,
    )


def begin_file(file: BinaryIO, layout: Layout) -> None:
    """Write the header and claim the room for everything after it."""
    file.write(layout.header)
    file.truncate(layout.size)


def put_values(
    file: BinaryIO, layout: Layout, name: str, values: NDArray[Any], at: tuple[int, ...] = ()
) -> None:
    """Write values of a variable at their place.

    Parameters
    ----------
    values : whole along all but the first two dimensions. at : start along the first two (or whole).
    """
    first, shape = layout.variables[name], layout.shapes[name]
    big = np.ascontiguousarray(values, dtype=np.dtype(first.kind).newbyteorder(">"))
    if not at:
        file.seek(layout.begins[name])
        file.write(big.tobytes())
        return
    inner = math.prod(shape[2:]) * _type_width(first)
    for row in range(big.shape[0]):
        position = ((at[0] + row) * shape[1] + at[1]) * inner
        file.seek(layout.begins[name] + position)
        file.write(big[row].tobytes())


def variables_of(block: xr.Dataset, kind: str) -> list[Variable]:
    """Describe a block's variables; numbers become `kind` ("f4" or "f8"), postures stay one byte."""
    return [
        Variable(
            name=str(name),
            dims=tuple(map(str, values.dims)),
            kind="i1" if values.dtype.itemsize == 1 else kind,
            attrs={str(key): value for key, value in values.attrs.items()},
        )
        for name, values in block.data_vars.items()
    ]


def text_variable(name: str, dim: str, values: Sequence[str], attrs: Mapping[str, Any]) -> Variable:
    """Describe a column of names, stored as characters."""
    return Variable(
        name=name,
        dims=(dim, f"string{longest_name_length(values)}"),
        kind="S1",
        attrs={**attrs, "_Encoding": "utf-8"},
    )


def longest_name_length(values: Sequence[str]) -> int:
    """Length in bytes of the longest name."""
    return max(len(value.encode()) for value in values)


def character_array(values: Sequence[str]) -> NDArray[Any]:
    """Lay names out as characters (name, letter)."""
    packed = np.array([value.encode() for value in values], dtype=f"S{longest_name_length(values)}")
    return packed.view("S1").reshape(len(values), -1)


def store_coordinates(block: xr.Dataset) -> list[Variable]:
    """Describe the coordinates every file of a store has: point, replicate, state, and years if any."""
    result = [
        Variable(name=POINT, dims=(POINT,), kind="i4", attrs={"long_name": "row of the design"}),
        Variable(name=REPLICATE, dims=(REPLICATE,), kind="i4", attrs={"long_name": "run number"}),
        text_variable(STATE, STATE, [str(code) for code in block[STATE].values], {}),
    ]
    if YEAR in block.dims:
        result.append(Variable(name=YEAR, dims=(YEAR,), kind="i4", attrs={}))
    return result


def _header_bytes(
    dims: Mapping[str, int],
    variables: Sequence[Variable],
    attrs: Mapping[str, Any],
    sizes: Mapping[str, int],
    begins: Mapping[str, int],
) -> bytes:
    places = {name: index for index, name in enumerate(dims)}
    listed = b"".join(_name_bytes(name) + _int_bytes(length) for name, length in dims.items())
    described = b"".join(
        _name_bytes(variable.name)
        + _int_bytes(len(variable.dims))
        + b"".join(_int_bytes(places[name]) for name in variable.dims)
        + _attribute_bytes(variable.attrs)
        + _int_bytes(TYPES[variable.kind])
        + struct.pack(">I", min(sizes[variable.name], 2**32 - 1))
        + struct.pack(">q", begins[variable.name])
        for variable in variables
    )
    opening = (
        MAGIC
        + _int_bytes(0)
        + _int_bytes(DIMENSION)
        + _int_bytes(len(dims))
        + listed
        + _attribute_bytes(attrs)
    )
    return opening + _int_bytes(VARIABLE) + _int_bytes(len(variables)) + described


def _attribute_bytes(attrs: Mapping[str, Any]) -> bytes:
    if not attrs:
        return _int_bytes(0) + _int_bytes(0)
    return (
        _int_bytes(ATTRIBUTE)
        + _int_bytes(len(attrs))
        + b"".join(_name_bytes(name) + _value_bytes(value) for name, value in attrs.items())
    )


def _value_bytes(value: Any) -> bytes:
    if isinstance(value, str):
        text = value.encode()
        return _int_bytes(TYPES["S1"]) + _int_bytes(len(text)) + _pad_bytes(text)
    kind = "i1" if np.asarray(value).dtype == np.int8 else "i4"
    kind = "f8" if np.asarray(value).dtype.kind == "f" else kind
    numbers = np.atleast_1d(np.asarray(value)).astype(f">{kind}")
    return _int_bytes(TYPES[kind]) + _int_bytes(len(numbers)) + _pad_bytes(numbers.tobytes())


def _name_bytes(name: str) -> bytes:
    return _int_bytes(len(name.encode())) + _pad_bytes(name.encode())


def _int_bytes(value: int) -> bytes:
    return struct.pack(">i", value)


def _type_width(one: Variable) -> int:
    return np.dtype(one.kind).itemsize


def _padded_size(size: int) -> int:
    return -(-size // 4) * 4


def _pad_bytes(text: bytes) -> bytes:
    return text + b"\0" * (_padded_size(len(text)) - len(text))
