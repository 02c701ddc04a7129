#!/usr/bin/env python3
"""Write networks of torchvision as ONNX files for Metamer, each with a JSON beside it.

    python3 -m venv venv
    venv/bin/pip install torch torchvision onnx
    venv/bin/python scripts/export_torchvision.py --to models resnet50 r3d_18

Each network becomes NAME.onnx, in which every layer has the name that torchvision's feature extraction gives it
(layer4.2.relu_2, features.7.2.add ...), and NAME.json: how frames are made ready for it, its layers, the names of its
classes, where it comes from, and the checksum of the .onnx. Weights are torchvision's own, which it downloads;
`--random SEED` takes random ones instead, for tests and for machines without a network. `--list NAME` prints the layers.
Nothing of Metamer is needed to run this, and Metamer does not need it.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

import torch
from torchvision import models
from torchvision.models.feature_extraction import create_feature_extractor, get_graph_node_names

RESNET = {
    "id": "he2016",
    "type": "inproceedings",
    "authors": ["He, K.", "Zhang, X.", "Ren, S.", "Sun, J."],
    "title": "Deep residual learning for image recognition",
    "in": "IEEE Conference on Computer Vision and Pattern Recognition",
    "pages": "770-778",
    "year": 2016,
    "doi": "10.1109/CVPR.2016.90",
}
CONVNEXT = {
    "id": "liu2022",
    "type": "inproceedings",
    "authors": ["Liu, Z.", "Mao, H.", "Wu, C.-Y.", "Feichtenhofer, C.", "Darrell, T.", "Xie, S."],
    "title": "A ConvNet for the 2020s",
    "in": "IEEE/CVF Conference on Computer Vision and Pattern Recognition",
    "pages": "11976-11986",
    "year": 2022,
    "doi": "10.1109/CVPR52688.2022.01167",
}
R3D = {
    "id": "tran2018",
    "type": "inproceedings",
    "authors": ["Tran, D.", "Wang, H.", "Torresani, L.", "Ray, J.", "LeCun, Y.", "Paluri, M."],
    "title": "A closer look at spatiotemporal convolutions for action recognition",
    "in": "IEEE/CVF Conference on Computer Vision and Pattern Recognition",
    "pages": "6450-6459",
    "year": 2018,
    "doi": "10.1109/CVPR.2018.00675",
}

IMAGE = dict(layout="NCHW", size=[224, 224], frames=1)
VIDEO = dict(layout="NCTHW", size=[112, 112], frames=5)

# For each network: the constructor, its weights, its input, the layers that Greco & Siegel (2025) compare, and the paper.
NETWORKS = {
    "resnet50": (
        models.resnet50,
        models.ResNet50_Weights.IMAGENET1K_V2,
        IMAGE,
        ["maxpool", "layer4.2.relu_2"],
        RESNET,
    ),
    "convnext_tiny": (
        models.convnext_tiny,
        models.ConvNeXt_Tiny_Weights.IMAGENET1K_V1,
        IMAGE,
        ["features.0", "features.7.2.add"],
        CONVNEXT,
    ),
    "r3d_18": (
        models.video.r3d_18,
        models.video.R3D_18_Weights.KINETICS400_V1,
        VIDEO,
        ["layer1.0.conv1.1", "layer4.1.relu"],
        R3D,
    ),
    "mc3_18": (
        models.video.mc3_18,
        models.video.MC3_18_Weights.KINETICS400_V1,
        VIDEO,
        ["layer1.0.conv1.1", "layer4.1.relu"],
        R3D,
    ),
}


class Named(torch.nn.Module):
    """A feature extractor whose outputs are a tuple, in the order of their names."""

    def __init__(self, network, names):
        super().__init__()
        self.extractor = create_feature_extractor(network, return_nodes={name: name for name in names})
        self.names = names

    def forward(self, frames):
        layers = self.extractor(frames)
        return tuple(layers[name] for name in self.names)


def make_network(name, seed):
    """The network with its published weights, or with random ones."""
    make, weights, *_ = NETWORKS[name]
    if seed is None:
        return make(weights=weights).eval()
    torch.manual_seed(seed)
    network = make(weights=None)
    # Statistics and scales that are all 0 and 1 would hide a normalization that is left out, or layer scales of 1e-6 a block.
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
                module.running_mean.uniform_(-0.1, 0.1)
                module.running_var.uniform_(0.8, 1.2)
                module.weight.uniform_(0.8, 1.2)
                module.bias.uniform_(-0.1, 0.1)
        for parameter_name, parameter in network.named_parameters():
            if parameter_name.endswith("layer_scale"):
                parameter.uniform_(0.1, 0.5)
    return network.eval()


def layers_of(network):
    """The names of all activations, in the order of computation, without the input."""
    _, names = get_graph_node_names(network, suppress_diff_warning=True)
    return names[1:]


def tensor_layers(network, example):
    """Those of them that hold activations, one for each frame or clip of the batch."""
    found = {}
    names = layers_of(network)
    extractor = create_feature_extractor(network, return_nodes={name: name for name in names})
    with torch.no_grad():
        for name, value in extractor(example).items():
            if torch.is_tensor(value) and value.is_floating_point() and value.dim() >= 2 and len(value) == len(example):
                found[name] = value
    return list(found)


def example_input(spec, frames):
    height, width = spec["size"]
    shape = (2, 3, height, width) if spec["layout"] == "NCHW" else (2, 3, frames, height, width)
    return torch.rand(shape, generator=torch.Generator().manual_seed(0))


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def export(name, folder, seed, frames):
    """Write NAME.onnx and NAME.json."""
    _, weights, spec, compared, citation = NETWORKS[name]
    network = make_network(name, seed)
    frames = frames if spec["layout"] == "NCTHW" else 1
    example = example_input(spec, frames)
    names = tensor_layers(network, example)
    missing = [layer for layer in compared if layer not in names]
    if missing:
        sys.exit(f"this version of torchvision has no layer {', '.join(missing)} in {name}")
    path = folder / f"{name}.onnx"
    torch.onnx.export(
        Named(network, names).eval(),
        (example,),
        str(path),
        input_names=["frames"],
        output_names=names,
        dynamic_axes={layer: {0: "batch"} for layer in ["frames", *names]},
        opset_version=17,
        dynamo=False,
    )
    transforms = weights.transforms()
    about = {
        "onnx": path.name,
        "sha256": sha256(path),
        "input": {
            "name": "frames",
            "layout": spec["layout"],
            "size": spec["size"],
            "range": [0, 1],
            "mean": list(transforms.mean),
            "std": list(transforms.std),
            "channels": "rgb",
            "frames": frames,
            "stride": 1,
        },
        "layers": {layer: layer for layer in names},
        "labels": list(weights.meta["categories"]),
        "citation": citation,
        "license": "BSD-3-Clause (torchvision)" if seed is None else f"random weights, seed {seed}: not a trained network",
    }
    (folder / f"{name}.json").write_text(json.dumps(about, indent=2) + "\n")
    print(f"{path}: {len(names)} layers, {path.stat().st_size / 1e6:.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NETWORKS)}; all when left out")
    parser.add_argument("--to", type=Path, default=Path("models"), help="folder of the files (models)")
    parser.add_argument("--random", type=int, metavar="SEED", help="random weights instead of the published ones")
    parser.add_argument("--frames", type=int, default=5, help="frames that a 3-D network sees at once (5, as in the paper)")
    parser.add_argument("--list", action="store_true", help="print the layers instead")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in NETWORKS]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there is {', '.join(NETWORKS)}")
    for name in options.names or NETWORKS:
        if options.list:
            network, spec = make_network(name, 0), NETWORKS[name][2]
            print(f"{name}:", *tensor_layers(network, example_input(spec, options.frames)), sep="\n  ")
        else:
            options.to.mkdir(parents=True, exist_ok=True)
            export(name, options.to, options.random, options.frames)


if __name__ == "__main__":
    main()
