"""VGG-19 as far as conv5_1, in TensorFlow."""

import os

import h5py
import numpy as np
import tensorflow as tf

CONVOLUTIONS = {1: 2, 2: 2, 3: 4, 4: 4, 5: 1}  # per block
CHANNELS = {1: 64, 2: 128, 3: 256, 4: 512, 5: 512}
TEXTURE_LAYERS = ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"]
BGR_MEANS = [103.939, 116.779, 123.68]
FILES = ["vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5", "vgg19_notop.h5"]


def find_weights(folder):
    """The file's path; None where the folder has none."""
    return next((path for name in FILES if os.path.exists(path := os.path.join(folder, name))), None)


def read_weights(folder):
    """Kernels [3, 3, in, out] and biases by layer: those of Keras's file where the folder has it, else random ones."""
    path = find_weights(folder)
    return random_weights() if path is None else weights_of_file(path)


def layers():
    """Name, block, place in the block, inputs and outputs of each convolution."""
    inputs = 3
    for block, count in CONVOLUTIONS.items():
        for place in range(1, count + 1):
            yield f"conv{block}_{place}", block, place, inputs, CHANNELS[block]
            inputs = CHANNELS[block]


def weights_of_file(path):
    weights = {}
    with h5py.File(path) as file:
        for name, block, place, _, _ in layers():
            group = file[f"block{block}_conv{place}"]
            kernel, bias = (group[array][()] for array in group.attrs["weight_names"])
            weights[name] = (tf.constant(kernel), tf.constant(bias))
    return weights


def random_weights():
    generator = np.random.default_rng(3)
    weights = {}
    for name, _, _, inputs, outputs in layers():
        kernel = generator.normal(scale=np.sqrt(2 / (9 * inputs)), size=(3, 3, inputs, outputs))
        weights[name] = (tf.constant(kernel, tf.float32), tf.zeros(outputs))
    return weights


def activations(weights, frame):
    """The texture layers after their ReLU, each [1, height, width, channels]; `frame` is RGB in [0, 1]."""
    x = frame[tf.newaxis, :, :, ::-1] * 255.0 - tf.constant(BGR_MEANS)
    found = []
    for name, block, place, _, _ in layers():
        if place == 1 and block > 1:
            x = tf.nn.max_pool2d(x, 2, 2, "VALID")
        kernel, bias = weights[name]
        x = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(x, kernel, 1, "SAME"), bias))
        if name in TEXTURE_LAYERS:
            found.append(x)
    return found
