/**
 * Which layers of an imported model stand behind maxima of convolutions that an engine may round otherwise.
 * @module
 */
import type { NodeProto } from "../../formats/onnx/model.ts";
import type { ImportedGraph } from "./imported_graph.ts";

/** The first of the layers behind max pooling behind a convolution to which Winograd's algorithm applies; see `ModelDeclaration`. */
export function firstPooledLayer(
  imported: ImportedGraph,
  layers: readonly string[],
  aliases: Readonly<Record<string, string>>,
): string | undefined {
  const convolved = new Set<string>();
  const pooled = new Set<string>();
  for (const node of imported.nodes) {
    const isConvolved = isWinogradConvolution(node, imported) ||
      node.input.some((name) => convolved.has(name));
    const isPooled = node.input.some((name) =>
      pooled.has(name) || (node.opType === "MaxPool" && convolved.has(name))
    );
    for (const name of node.output) {
      if (isConvolved) convolved.add(name);
      if (isPooled) pooled.add(name);
    }
  }
  return layers.find((layer) => pooled.has(aliases[layer] ?? layer));
}

/** 3 x 3, in steps of one, every output of every channel. */
function isWinogradConvolution({ opType, input, attribute }: NodeProto, { weights }: ImportedGraph): boolean {
  const kernel = weights.get(input[1] ?? "");
  if (opType !== "Conv" || kernel?.shape.slice(2).join() !== "3,3") return false;
  const one = (name: string) => {
    const found = attribute.find((each) => each.name === name);
    return found === undefined || (found.ints.every((value) => value === 1n) && found.i <= 1n);
  };
  return ["strides", "dilations", "group"].every(one);
}
