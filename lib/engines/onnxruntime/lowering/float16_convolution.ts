/**
 * Convolutions in float16 inside a graph of float32, as mixed precision is usually done (Micikevicius et al. 2018): products in
 * float16, everything that sums up losses and gradients in float32.
 *
 * Gradients of losses that are balanced to 1e4 are 1e-6 and less, activations up to 1e4: float16 holds numbers from 6e-8 to
 * 65504. So each operand is divided by its own largest magnitude before, and the result multiplied by it after: exact scaling
 * factor by factor, where a common one for the whole loss would have to be found by trial.
 * @module
 */
import { DataType } from "../../../formats/onnx/model.ts";
import type { OnnxWriter } from "../onnx_writer.ts";
import { convolution } from "./convolution.ts";
import { number } from "./elementwise.ts";
import { transposedByGroup } from "./grouped_convolution.ts";
import { oneForEach, type Value } from "./layout_of_values.ts";
import { inputAt, type Lowering, type Step } from "./lowering.ts";

/** A convolution whose bias is added, and whose result is rectified, in float32. */
export const convolutionInFloat16: Lowering<"conv2d"> = (writer, step) => {
  const { finish, ...plain } = step;
  const made = scaled(writer, plain, (inputs) => convolution(writer, { ...plain, inputs }));
  if (finish === undefined) return made;
  const [, channels = 0] = step.shape;
  const bias = writer.node("Reshape", [
    oneForEach(writer, finish.bias),
    writer.integers([1, channels, 1, 1]),
  ]);
  const sum = writer.node("Add", [made, bias]);
  return finish.relu ? writer.node("Relu", [sum]) : sum;
};

/** Its adjoint. */
export const transposedConvolutionInFloat16: Lowering<"conv2d_transposed"> = (writer, step) =>
  scaled(writer, step, (inputs) => transposedByGroup(writer, { ...step, inputs }));

function scaled(
  writer: OnnxWriter,
  step: Pick<Step<"conv2d" | "conv2d_transposed">, "inputs" | "shape">,
  convolve: (inputs: readonly Value[]) => string,
): string {
  const [images, kernel] = [normalized(writer, inputAt(step, 0)), normalized(writer, inputAt(step, 1))];
  const made = writer.node("Cast", [convolve([images.value, kernel.value])], { to: { int: DataType.FLOAT } });
  return writer.node("Mul", [writer.node("Mul", [made, images.magnitude]), kernel.magnitude]);
}

/** A value in float16, and what it has to be multiplied with. */
interface Normalized {
  readonly value: Value;
  readonly magnitude: string;
}

function normalized(writer: OnnxWriter, value: Value): Normalized {
  return value.constant === undefined
    ? normalizedWhenRun(writer, value)
    : normalizedConstant(writer, value, value.constant);
}

/** No elements at all, and zeros alone, are divided by this. */
const smallest = 1e-37;

/** The largest magnitude is looked for along one axis after the other, which many threads share. */
function normalizedWhenRun(writer: OnnxWriter, value: Value): Normalized {
  const { name, shape } = value;
  const magnitude = writer.once(`magnitude of ${name}`, () => {
    const largest = [...shape.keys()].reverse().reduce(
      (x, axis) => writer.node("ReduceMax", [x, writer.integers([axis])], { keepdims: { int: 1 } }),
      writer.node("Abs", [name]),
    );
    return writer.node("Max", [largest, number(writer, smallest)]);
  });
  const cast = writer.once(
    `float16 ${name}`,
    () => writer.node("Cast", [writer.node("Div", [name, magnitude])], { to: { int: DataType.FLOAT16 } }),
  );
  return { value: { ...value, name: cast }, magnitude };
}

function normalizedConstant(writer: OnnxWriter, value: Value, data: Float32Array): Normalized {
  const magnitude = data.reduce((most, element) => Math.max(most, Math.abs(element)), smallest);
  const name = writer.halves(Float16Array.from(data, (element) => element / magnitude), value.shape);
  return { value: { ...value, name }, magnitude: number(writer, magnitude) };
}
