"""Runs two iterations for each line on standard input, and answers with a line of JSON that tells of the second.

The first line that it prints says that it is ready. Started by `deno task bench --baseline PYTHON`.
"""

import argparse
import json
import os
import resource
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf

import msoe
import objective
import vgg19


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--stream", choices=objective.STREAMS, required=True)
    parser.add_argument("--size", required=True, help="HEIGHTxWIDTH")
    parser.add_argument("--weights", required=True, help="folder of the weights; random ones where it has none")
    parser.add_argument("--threads", type=int, default=0, help="0: as many as there are cores")
    return parser.parse_args()


def answer(**values):
    print(json.dumps(values), flush=True)


def main():
    options = arguments()
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    height, width = (int(side) for side in options.size.split("x"))
    streams = objective.STREAMS[options.stream]
    models = {"spatial": vgg19, "temporal": msoe}
    weights = {name: models[name].read_weights(options.weights) for name in streams}
    origins = {
        models[name].__name__: "random" if models[name].find_weights(options.weights) is None else "real"
        for name in streams
    }

    generator = np.random.default_rng(1)
    before, previous, target, frame = generator.uniform(size=(4, height, width, 3)).astype(np.float32)
    before, previous, target = tf.constant(before), tf.constant(previous), tf.constant(target)
    targets = {name: objective.grams(name, weights, before, target) for name in streams}
    evaluate = objective.iteration(streams, weights, targets, previous)

    began = time.perf_counter()
    raw, _ = evaluate(tf.constant(frame), tf.zeros(len(streams) + 1))
    answer(compileSeconds=time.perf_counter() - began, weights=origins, tensorflow=tf.__version__)
    multipliers = 1e4 / raw

    def iterate(frame):
        moving = tf.constant(frame)
        _, gradient = evaluate(moving, multipliers)
        if options.stream == "both":
            return objective.descent(moving, gradient, 0.003).numpy()
        gradient.numpy()
        return frame

    for _ in sys.stdin:
        # Not counted: the others have emptied the processor's caches.
        frame = iterate(frame)
        began = time.perf_counter()
        frame = iterate(frame)
        seconds = time.perf_counter() - began
        answer(seconds=seconds, peakBytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


if __name__ == "__main__":
    main()
