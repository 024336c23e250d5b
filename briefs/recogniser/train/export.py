"""A trained tagger in, the four files out that the recogniser reads."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer

from briefs.recogniser.train.examples import LABELS
from briefs.recogniser.train.network import Tagger

_RUN = 48  # values that share a scale
_INPUTS = ("attention_mask", "case_ids", "embeds")  # in the order of the network's arguments
_LATIN_TO_CYRILLIC = 0x530
_EXTENDED_LATIN_TO_SIGNS = range(0x1E00, 0x2100)
_SIGNS = "€™\u2212≤≥"  # the third is the minus
_OPSET = 14


def write(tagger: Tagger, folder: Path) -> None:
    """Write the encoder in 8 bits, the word vectors in 4, the vocabulary and the labels."""
    folder.mkdir(parents=True, exist_ok=True)
    pieces = tagger.pieces
    kept = [i for i, piece in enumerate(pieces) if _is_needed(piece)]
    _write_encoder(tagger, folder / "enc.int8.onnx")
    _write_vectors(tagger.vectors[kept].numpy(), folder / "emb4.npz")
    text = "\n".join(pieces[i] for i in kept)
    (folder / "vocab.txt").write_text(text, encoding="utf-8")
    (folder / "labels.json").write_text(json.dumps(LABELS), encoding="utf-8")


def _is_needed(piece: str) -> bool:
    """Whether English text can need *piece*: no placeholder, nothing in a farther alphabet."""
    return not piece.startswith("[unused") and all(
        ord(c) < _LATIN_TO_CYRILLIC or ord(c) in _EXTENDED_LATIN_TO_SIGNS or c in _SIGNS
        for c in piece
    )


def _write_encoder(tagger: Tagger, path: Path) -> None:
    with TemporaryDirectory() as folder:
        whole, fused = Path(folder, "whole.onnx"), Path(folder, "fused.onnx")
        _export(tagger, whole)
        graph = optimizer.optimize_model(
            str(whole), "bert", num_heads=12, hidden_size=384, opt_level=0
        )
        graph.save_model_to_file(str(fused))
        quantize_dynamic(
            fused, path, per_channel=True, weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip


def _export(tagger: Tagger, path: Path) -> None:
    tagger.network.eval()
    tagger.network.config.return_dict = False
    size = tagger.vectors.shape[1]
    shapes, vectors = torch.ones(2, 16, dtype=torch.long), torch.randn(2, 16, size)
    example = {"attention_mask": shapes, "token_type_ids": shapes, "inputs_embeds": vectors}
    torch.onnx.export(
        tagger.network, ({**example},), str(path), dynamo=False, opset_version=_OPSET,
        input_names=list(_INPUTS), output_names=["logits"],
        dynamic_axes={name: {0: "sentences", 1: "pieces"} for name in (*_INPUTS, "logits")},
    )  # fmt: skip
    tagger.network.config.return_dict = True


def _write_vectors(vectors: np.ndarray, path: Path) -> None:
    """Write two values a byte, with a scale for each run of 48."""
    runs = vectors.reshape(len(vectors), -1, _RUN)
    scales = np.maximum(np.abs(runs).max(2, keepdims=True) / 7.5, 1e-8).astype(np.float16)
    steps = np.round(runs / scales.astype(np.float32) - 0.5)
    values = (np.clip(steps, -8, 7) + 8).astype(np.uint8).reshape(len(vectors), -1)
    packed = values[:, 0::2] | (values[:, 1::2] << 4)
    np.savez_compressed(path, q=packed, s=scales.reshape(len(vectors), -1))
