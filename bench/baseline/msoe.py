"""MSOE, the two-frame model of motion, in TensorFlow: 64 channels at each of five scales, all enlarged to full size."""

import os

import numpy as np
import tensorflow as tf

SCALES = 5
SHAPES = {"conv1_w": (2, 11, 11, 1, 32), "conv1_b": (32,), "conv2_w": (1, 1, 1, 32, 64), "conv2_b": (64,)}
FILES = ["msoe.npz", "weights.npz"]


def find_weights(folder):
    """The file's path; None where the folder has none."""
    return next((path for name in FILES if os.path.exists(path := os.path.join(folder, name))), None)


def read_weights(folder):
    """The arrays of the authors' file where the folder has it, else random ones."""
    path = find_weights(folder)
    if path is None:
        generator = np.random.default_rng(3)
        arrays = {name: generator.normal(scale=0.1, size=shape) for name, shape in SHAPES.items()}
    else:
        arrays = np.load(path)
    # The two times become the two inputs of a convolution over images.
    motion = np.transpose(arrays["conv1_w"][..., 0, :], (1, 2, 0, 3))
    return {
        "motion": tf.constant(motion, tf.float32),
        "motion_bias": tf.constant(arrays["conv1_b"], tf.float32),
        "mixing": tf.constant(arrays["conv2_w"][0], tf.float32),
        "mixing_bias": tf.constant(arrays["conv2_b"], tf.float32),
    }


def activations(weights, previous, frame):
    """The layer `concat`, [1, height, width, 320]; frames are RGB in [0, 1]."""
    size = frame.shape[:2]
    pair = tf.stack([tf.reduce_sum(previous, -1), tf.reduce_sum(frame, -1)], -1)[tf.newaxis]
    mean, variance = tf.nn.moments(pair, [1, 2, 3], keepdims=True)
    scale = (pair - mean) / tf.sqrt(variance + 1e-12)
    found = []
    for index in range(SCALES):
        if index > 0:
            scale = halved(scale)
        found.append(tf.image.resize(energies(weights, scale), size, "bilinear"))
    return tf.concat(found, -1)


def energies(weights, scale):
    response = tf.nn.conv2d(symmetric_padding(scale, 5), weights["motion"], 1, "VALID")
    squared = tf.square(tf.nn.bias_add(response, weights["motion_bias"]))
    largest = tf.nn.max_pool2d(squared, 5, 1, "SAME")
    mixed = tf.nn.bias_add(tf.nn.conv2d(largest, weights["mixing"], 1, "VALID"), weights["mixing_bias"])
    total = tf.reduce_sum(tf.abs(mixed), -1, keepdims=True)
    return mixed / tf.maximum(total, 1e-12)


def halved(scale):
    return tf.nn.depthwise_conv2d(symmetric_padding(scale, 2), gaussian(), [1, 2, 2, 1], "VALID")


def gaussian():
    line = np.exp(-np.arange(-2, 3) ** 2 / (2 * 2.0**2))
    window = np.outer(line, line) / line.sum() ** 2
    return tf.constant(np.repeat(window[:, :, np.newaxis, np.newaxis], 2, 2), tf.float32)


def symmetric_padding(images, border):
    return tf.pad(images, [[0, 0], [border, border], [border, border], [0, 0]], "SYMMETRIC")
