"""Write a trained reader, or the mean of several, as the files that confgraph ships: ONNX graphs in int8 with static scales, a vocabulary.

The graph is built node by node: every matrix product of the encoder is `MatMulIntegerToFloat` on activations that were quantised with a
scale fixed here, on calibration text, so that what shares a batch changes nothing. Weights have one scale per output channel.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import encoder as enc
import numpy as np
import onnx
import torch
from batching import batch_of, batches
from onnx import TensorProto, helper, numpy_helper
from reader import RELATIONS, Reader

from confgraph.evaluate import scier
from data import HEADS, example

HEADS_AND_WIDTH = (12, 384)


def load(*paths: Path) -> Reader:
    """Read a reader that finetune.py wrote; of several that went on from each other, the mean of their weights."""
    held = [torch.load(path, weights_only=True) for path in paths]
    reader = Reader(enc.empty(held[0]["layers"]))
    reader.load_state_dict({name: torch.stack([one["weights"][name] for one in held]).mean(0) for name in held[0]["weights"]})
    return reader.eval()


@torch.no_grad()
def ranges(reader: Reader, shared: Path, share: float) -> dict[str, tuple[float, float]]:
    """Find the range of the input of every linear layer of the encoder on calibration text: the share of values that it holds."""
    seen: dict[str, list[np.ndarray]] = defaultdict(list)
    hooks = []
    for name, module in reader.encoder.named_modules():
        if isinstance(module, torch.nn.Linear):
            hooks.append(module.register_forward_hook(lambda _, given, __, name=name: seen[name].append(given[0].reshape(-1).numpy())))
    hooks.append(reader.tags[0].register_forward_hook(lambda _, given, __: seen["tags"].append(given[0].reshape(-1).numpy())))
    wordpiece = enc.wordpiece()
    sentences = scier.read(shared / "scier/train.jsonl")[::37]
    for group in batches([[e] for e in (example(s, 0, wordpiece) for s in sentences)], 1, None):
        batch = batch_of(group, wordpiece)  # one sentence at a time, so that no padding is seen
        size = int(batch.mask.sum())
        hidden = reader.encode(batch.ids[:, :size], batch.shapes[:, :size], batch.mask[:, :size])
        reader.tags[0](hidden)
    for hook in hooks:
        hook.remove()
    found = {}
    for name, parts in seen.items():
        values = np.concatenate(parts)[::7]
        tail = (1 - share) / 2
        found[name] = (
            (float(np.quantile(values, tail)), float(np.quantile(values, 1 - tail)))
            if share < 1
            else (float(values.min()), float(values.max()))
        )
    return found


class Graph:
    """An ONNX graph under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def hold(self, name: str, values: np.ndarray) -> str:
        """Add a constant."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        """Add a node with one output."""
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def quantised(self, name: str, given: str, bounds: tuple[float, float]) -> tuple[str, str, str]:
        """Quantise activations to 8 bits without sign; give the names of values, scale and zero point."""
        low, high = min(bounds[0], 0.0), max(bounds[1], 0.0)
        scale = (high - low) / 255
        s = self.hold(f"{name}.scale", np.array(scale, np.float32))
        z = self.hold(f"{name}.zero", np.array(round(-low / scale), np.uint8))
        return self.add("QuantizeLinear", [given, s, z], f"{name}.int8"), s, z

    def linear(self, name: str, given: tuple[str, str, str], weight: np.ndarray, bias: np.ndarray | None) -> str:
        """Multiply quantised activations by a matrix (inputs, outputs) of floats, quantised here."""
        scale = np.maximum(np.abs(weight).max(axis=0), 1e-8) / 127
        values = np.clip(np.rint(weight / scale), -127, 127).astype(np.int8)
        b = self.hold(f"{name}.weight", values)
        s = self.hold(f"{name}.weight.scale", scale.astype(np.float32))
        x, xs, xz = given
        inputs = [x, b, xs, s, xz, ""]
        if bias is not None:
            inputs.append(self.hold(f"{name}.bias", bias))
        return self.add("MatMulIntegerToFloat", inputs, name, "com.microsoft")


def build(reader: Reader, bounds: dict[str, tuple[float, float]]) -> onnx.ModelProto:
    """Build the graph: `ids`, `shapes` (batch, pieces) int32 and `sizes` (batch) int32 to `hidden` and `scores`."""
    g = Graph()
    w = {k: v.detach().float().numpy() for k, v in reader.encoder.state_dict().items()}
    table = w["embeddings.word_embeddings.weight"]
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    words = g.add("Gather", [g.hold("words", np.clip(np.rint(table / scale), -127, 127).astype(np.int8)), "ids"], "words.int8")
    words = g.add("Cast", [words], "words.float", to=TensorProto.FLOAT)
    words = g.add("Mul", [words, g.add("Gather", [g.hold("words.scale", scale.astype(np.float32)), "ids"], "words.scales")], "words.value")
    forms = g.add("Gather", [g.hold("forms", w["embeddings.token_type_embeddings.weight"]), "shapes"], "forms.value")
    size = g.add("Gather", [g.add("Shape", ["ids"], "shape"), g.hold("one", np.array([1]))], "length")
    places = g.add(
        "Slice", [g.hold("places", w["embeddings.position_embeddings.weight"]), g.hold("zero", np.array([0])), size], "places.value"
    )
    total = g.add("Add", [g.add("Add", [words, forms], "embedded"), places], "embedded.placed")
    norm = "embeddings.LayerNorm"
    hidden = g.add(
        "LayerNormalization",
        [total, g.hold(f"{norm}.weight", w[f"{norm}.weight"]), g.hold(f"{norm}.bias", w[f"{norm}.bias"])],
        "hidden.0",
        epsilon=1e-12,
        axis=-1,
    )
    for layer in range(reader.encoder.config.num_hidden_layers):
        hidden = _layer(g, w, bounds, layer, hidden)
    weight = np.concatenate([t.weight.detach().numpy() for t in reader.tags]).T
    bias = np.concatenate([t.bias.detach().numpy() for t in reader.tags])
    g.linear("scores", g.quantised("scores.in", hidden, bounds["tags"]), weight, bias)
    g.add("Identity", [hidden], "hidden")
    kind = lambda name: helper.make_tensor_value_info(name, TensorProto.INT32, ["batch", "pieces"])  # noqa: E731
    graph = helper.make_graph(
        g.nodes,
        "reader",
        [kind("ids"), kind("shapes"), helper.make_tensor_value_info("sizes", TensorProto.INT32, ["batch"])],
        [
            helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["batch", "pieces", HEADS_AND_WIDTH[1]]),
            helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", "pieces", len(bias)]),
        ],
        g.weights,
    )
    return model_of(graph)


def _layer(g: Graph, w: dict[str, np.ndarray], bounds: dict[str, tuple[float, float]], layer: int, hidden: str) -> str:
    key = f"encoder.layer.{layer}"
    own = f"{key}.attention.self"
    x = g.quantised(f"{key}.in", hidden, bounds[f"{own}.query"])
    parts = [g.linear(f"{own}.{n}", x, w[f"{own}.{n}.weight"].T, w[f"{own}.{n}.bias"]) for n in ("query", "key", "value")]
    mixed = g.add("MultiHeadAttention", [*parts, "", "sizes"], f"{own}.mixed", "com.microsoft", num_heads=HEADS_AND_WIDTH[0])
    out = f"{key}.attention.output"
    mixed = g.linear(f"{out}.dense", g.quantised(f"{out}.in", mixed, bounds[f"{out}.dense"]), w[f"{out}.dense.weight"].T, None)
    hidden = _normed(g, w, out, mixed, hidden)
    wide = f"{key}.intermediate.dense"
    wider = g.linear(wide, g.quantised(f"{wide}.in", hidden, bounds[wide]), w[f"{wide}.weight"].T, None)
    wider = g.add("BiasGelu", [wider, g.hold(f"{wide}.b", w[f"{wide}.bias"])], f"{wide}.gelu", "com.microsoft")
    out = f"{key}.output"
    narrow = g.linear(f"{out}.dense", g.quantised(f"{out}.in", wider, bounds[f"{out}.dense"]), w[f"{out}.dense.weight"].T, None)
    return _normed(g, w, out, narrow, hidden)


def _normed(g: Graph, w: dict[str, np.ndarray], out: str, value: str, skip: str) -> str:
    inputs = [value, skip, *(g.hold(f"{out}.LayerNorm.{n}", w[f"{out}.LayerNorm.{n}"]) for n in ("weight", "bias"))]
    inputs.append(g.hold(f"{out}.dense.bias", w[f"{out}.dense.bias"]))
    return g.add("SkipLayerNormalization", inputs, f"{out}.normed", "com.microsoft", epsilon=1e-12)


def pair_head(reader: Reader) -> onnx.ModelProto:
    """Build the graph of the relation head, its weights in half precision.

    Of each span: `vectors` (spans, 3 * width), `kind` (spans). Of each pair: `one`, `other` (indices), `gaps` (pairs, width), `distance`.
    It gives `types` (pairs, types + 1) before normalisation.
    """
    g = Graph()

    def held(name: str, weight: torch.Tensor) -> str:
        half = g.hold(f"{name}.half", weight.detach().numpy().astype(np.float16))
        return g.add("Cast", [half], f"{name}.weight", to=TensorProto.FLOAT)

    spans = g.add("MatMul", ["vectors", held("span", reader.span.weight.T)], "spans.plain")
    spans = g.add("Add", [spans, held("span.bias", reader.span.bias)], "spans.biased")
    spans = g.add("Add", [spans, g.add("Gather", [held("kinds", reader.kind.weight), "kind"], "spans.kinds")], "spans")
    g.nodes.append(helper.make_node("Split", [spans], ["subject", "object", "left", "right"], name="split", axis=1))
    total = g.add("MatMul", ["gaps", held("between", reader.between.weight.T)], "between")
    for part, index in (("subject", "one"), ("object", "other")):
        total = g.add("Add", [total, g.add("Gather", [part, index], f"{part}.of")], f"total.{part}")
    total = g.add("Add", [total, g.add("Gather", [held("distances", reader.distance.weight), "distance"], "apart")], "total")
    sides = [
        g.add("Gather", [g.add("Tanh", [part], f"{part}.tanh"), index], f"{part}.of")
        for part, index in (("left", "one"), ("right", "other"))
    ]
    features = g.add("Concat", [g.add("Gelu", [total], "sum", "com.microsoft"), g.add("Mul", sides, "product")], "features", axis=1)
    types = g.add("MatMul", [features, held("pair", reader.pair.weight.T)], "types.plain")
    g.add("Add", [types, held("pair.bias", reader.pair.bias)], "types")
    width = HEADS_AND_WIDTH[1]
    given = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["spans", 3 * width])]
    given += [helper.make_tensor_value_info("kind", TensorProto.INT32, ["spans"])]
    given += [helper.make_tensor_value_info("gaps", TensorProto.FLOAT, ["pairs", width])]
    given += [helper.make_tensor_value_info(name, TensorProto.INT32, ["pairs"]) for name in ("one", "other", "distance")]
    types_of = helper.make_tensor_value_info("types", TensorProto.FLOAT, ["pairs", len(RELATIONS) + 1])
    return model_of(helper.make_graph(g.nodes, "pairs", given, [types_of], g.weights))


def model_of(graph: onnx.GraphProto) -> onnx.ModelProto:
    """Wrap a graph with the versions of the operators that it uses."""
    operators = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=operators, producer_name="confgraph")
    model.ir_version = 8
    return model


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("readers", type=Path, nargs="+", help="by finetune.py, each gone on from the one before: their mean is written")
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.9999)
    given = parser.parse_args()
    reader = load(*given.readers)
    given.out.mkdir(parents=True, exist_ok=True)
    model = build(reader, ranges(reader, given.shared, given.share))
    onnx.save(model, given.out / "reader.onnx")
    onnx.save(pair_head(reader), given.out / "pairs.onnx")
    (given.out / "vocabulary.txt").write_text("\n".join(enc.vocabulary()) + "\n", "utf-8")
    keep = (HEADS[0], ("Metric",))
    meta = {
        "heads": [
            {"types": types, "keep": kept, "temperature": 1.0, "steps": [[0.0] * 3] * 3} for types, kept in zip(HEADS, keep, strict=True)
        ],
        "relations": {"types": RELATIONS, "temperature": 1.0},
    }
    (given.out / "reader.json").write_text(json.dumps(meta, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
