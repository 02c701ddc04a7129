/**
 * Operations that treat each element alone.
 * @module
 */
import { binary, type TensorFlowRules, unary } from "./rule.ts";

/** Rules of the operations that treat each element alone. */
export const elementwiseRules = {
  negate: unary((tf, x) => tf.neg(x)),
  absolute: unary((tf, x) => tf.abs(x)),
  sign: unary((tf, x) => tf.sign(x)),
  square_root: unary((tf, x) => tf.sqrt(x)),
  relu: unary((tf, x) => tf.relu(x)),
  step: unary((tf, x) => tf.step(x)),
  exp: unary((tf, x) => tf.exp(x)),
  tanh: unary((tf, x) => tf.tanh(x)),
  erf: unary((tf, x) => tf.erf(x)),
  add: binary((tf, a, b) => tf.add(a, b)),
  subtract: binary((tf, a, b) => tf.sub(a, b)),
  multiply: binary((tf, a, b) => tf.mul(a, b)),
  divide: binary((tf, a, b) => tf.div(a, b)),
  maximum: binary((tf, a, b) => tf.maximum(a, b)),
  minimum: binary((tf, a, b) => tf.minimum(a, b)),
  greater: binary((tf, a, b) => tf.cast(tf.greater(a, b), "float32")),
  equal: binary((tf, a, b) => tf.cast(tf.equal(a, b), "float32")),
  select: (tf, { keep }) => {
    const zero = keep(Float32Array.of(0), []);
    return (input) => tf.where(tf.notEqual(input(0), zero), input(1), input(2));
  },
} satisfies Partial<TensorFlowRules>;
