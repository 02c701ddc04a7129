"""Texture losses, total variation, their gradient and an update, as the authors of STST compute them."""

import tensorflow as tf

import msoe
import vgg19

STREAMS = {"spatial": ["spatial"], "temporal": ["temporal"], "both": ["spatial", "temporal"]}


def gram(activations):
    """A A^T / positions of [1, height, width, channels]."""
    channels = activations.shape[-1]
    positions = tf.reshape(activations, [-1, channels])
    return tf.matmul(positions, positions, transpose_a=True) / positions.shape[0]


def grams(stream, weights, previous, frame):
    """Gram matrices of the texture layers."""
    if stream == "spatial":
        return [gram(layer) for layer in vgg19.activations(weights[stream], frame)]
    return [gram(msoe.activations(weights[stream], previous, frame))]


def texture_loss(found, targets):
    distances = [tf.reduce_mean(tf.square(one - other)) for one, other in zip(found, targets)]
    return tf.add_n(distances) / len(distances)


def total_variation(frame):
    right = tf.reduce_sum(tf.abs(frame[:, 1:] - frame[:, :-1]))
    below = tf.reduce_sum(tf.abs(frame[1:] - frame[:-1]))
    return (right + below) / (frame.shape[0] * frame.shape[1])


def losses(streams, weights, targets, previous, frame):
    """The texture loss of each stream, then total variation."""
    textures = [texture_loss(grams(name, weights, previous, frame), targets[name]) for name in streams]
    return tf.stack([*textures, total_variation(frame)])


def iteration(streams, weights, targets, previous):
    """A function (frame, multipliers) -> (raw losses, gradient of the sum of multiplier x loss)."""

    @tf.function
    def evaluate(frame, multipliers):
        with tf.GradientTape() as tape:
            tape.watch(frame)
            raw = losses(streams, weights, targets, previous, frame)
            total = tf.reduce_sum(multipliers * raw)
        return raw, tape.gradient(total, frame)

    return evaluate


@tf.function
def descent(frame, gradient, rate):
    return tf.clip_by_value(frame - rate * gradient / tf.math.reduce_std(gradient), 0.0, 1.0)
