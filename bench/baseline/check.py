"""Compares the baseline with recorded numbers of the authors' code: `python check.py two_stream.npz WEIGHTS_FOLDER`.

Prints relative differences of the losses and of their gradients (L2). oneDNN's kernels round otherwise than TensorFlow's
own, which can move the place of a maximum; with TF_ENABLE_ONEDNN_OPTS=0 all of them agree.
"""

import sys

import numpy as np
import tensorflow as tf

import msoe
import objective
import vgg19

TERMS = ["ss", "ts", "tv"]  # in the order of objective.losses


def main(golden_path, weights_folder):
    golden = np.load(golden_path)
    frame = {name: tf.constant(golden[name]) for name in
             ["target_prev", "target_cur", "gen_prev", "gen_cur"]}
    streams = objective.STREAMS["both"]
    weights = {"spatial": vgg19.read_weights(weights_folder), "temporal": msoe.read_weights(weights_folder)}
    targets = {name: objective.grams(name, weights, frame["target_prev"], frame["target_cur"]) for name in streams}
    evaluate = objective.iteration(streams, weights, targets, frame["gen_prev"])
    for index, term in enumerate(TERMS):
        loss, expected = golden[f"loss_{term}"], golden[f"grad_{term}"]
        # Small losses' gradients would be rounded away: each is computed of loss / recorded loss.
        multipliers = tf.one_hot(index, len(TERMS)) / np.float32(loss)
        raw, gradient = evaluate(frame["gen_cur"], multipliers)
        difference = np.linalg.norm(gradient.numpy() * loss - expected) / np.linalg.norm(expected)
        print(f"{term}: loss {abs(float(raw[index]) / loss - 1):.1e}, gradient {difference:.1e}")


if __name__ == "__main__":
    main(*sys.argv[1:])
