import assert from "node:assert/strict";
import { gradient } from "../../lib/graph/gradient.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import {
  constant,
  conv2d,
  input,
  maxPool2d,
  meanOfAll,
  relu,
  resample,
  square,
  subtract,
} from "../../lib/graph/operations.ts";
import { print } from "../../lib/graph/print.ts";

Deno.test("print() shows one node a line: a layer, its loss and its gradient", () => {
  const builder = createGraphBuilder();
  const x = input(builder, "x", [1, 1, 5, 4]);
  const layer = relu(
    conv2d(x, constant(builder, [0.5, -1, 2, 0, 0.25, 3], [1, 1, 2, 3]), { pad: [0, 1, 1, 1] }),
  );
  const pooled = maxPool2d(layer, { size: 2, stride: 2 });
  const loss = meanOfAll(square(subtract(pooled, input(builder, "target", [1, 1, 2, 2]))));
  assert.equal(print(builder.finish({ loss, gradient: gradient(loss, x) })), EXPECTED);
});

Deno.test("print() shows the size of a matrix that resamples, and its first elements", () => {
  const builder = createGraphBuilder();
  const matrix = { to: 2, from: 3, data: Float32Array.of(1, 0, 0.5, 0, 2, 0) };
  const made = resample(input(builder, "x", [3, 4]), 0, matrix);
  const [, line] = print(builder.finish({ made })).split("\n");
  assert.equal(line, "%1 [2, 4] = resample(%0) axis=0 matrix=[2, 3] 1 0 0.5 0 ...");
});

Deno.test("print() is the same for the same graph built twice", () => {
  const build = (): string => {
    const builder = createGraphBuilder();
    const x = input(builder, "x", [3]);
    return print(builder.finish({ made: square(x) }));
  };
  assert.equal(build(), build());
});

const EXPECTED = `%0 [1, 1, 5, 4] = input name="x"
%1 [1, 1, 2, 3] = constant 0.5 -1 2 0 ...
%2 [1, 1, 5, 4] = conv2d(%0, %1) stride=[1,1] pad=[0,1,1,1]
%3 [1, 1, 5, 4] = relu(%2)
%4 [1, 1, 2, 2] = max_pool2d(%3) size=[2,2] stride=[2,2] pad=[0,0,0,0]
%5 [1, 1, 2, 2] = input name="target"
%6 [1, 1, 2, 2] = subtract(%4, %5)
%7 [1, 1, 2, 2] = multiply(%6, %6)
%8 [1, 1, 1, 1] = sum(%7) axes=[0,1,2,3]
%9 [] = constant 4
%10 [1, 1, 1, 1] = divide(%8, %9)
%11 [] = reshape(%10) shape=[]
%12 [] = constant 1
%13 [1, 1, 1, 1] = reshape(%12) shape=[1,1,1,1]
%14 [1, 1, 1, 1] = divide(%13, %9)
%15 [] = constant 2
%16 [1, 1, 1, 1] = multiply(%14, %15)
%17 [1, 1, 2, 2] = multiply(%16, %6)
%18 [1, 1, 2, 2] = step(%4)
%19 [1, 1, 2, 2] = multiply(%17, %18)
%20 [1, 1, 5, 4] = max_pool2d_gradient(%3, %19) size=[2,2] stride=[2,2] pad=[0,0,0,0]
%21 [1, 1, 2, 3] = constant 3 0.25 0 2 ...
%22 [1, 1, 5, 4] = conv2d(%20, %21) stride=[1,1] pad=[1,1,0,1]
output loss = %11
output gradient = %22
`;
