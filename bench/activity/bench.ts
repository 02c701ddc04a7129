/**
 * `deno task bench --what activity --model resnet50.onnx`: how long it takes to show a clip to a model of the user's own, beside
 * what ONNX Runtime itself takes for the same batches.
 * @module
 */
import { WorkflowError } from "../../lib/errors.ts";
import { sizeText } from "../iterations/figure.ts";
import type { BenchOptions } from "../options.ts";
import { writeJson } from "../output.ts";
import { median } from "../statistics.ts";
import { measureActivity } from "./measure.ts";

/** The clip of the paper. */
const defaultSizes = [{ height: 360, width: 640 }];
const frames = 120;

/** Prints a row for each size. */
export async function benchActivity(
  { sizes = defaultSizes, model, runs, threads, json }: BenchOptions,
): Promise<void> {
  if (model === undefined) {
    throw new WorkflowError(
      "--model: name an .onnx with its JSON beside it, such as scripts/export_torchvision.py --random 1 writes",
    );
  }
  console.log(`${frames} frames through ${model}, medians of ${runs}\n`);
  console.log("size      batch   whole s  engine s   ratio");
  const found = [];
  for (const size of sizes) {
    const { batch, rounds } = await measureActivity(model, { frames, size, rounds: runs, threads });
    const whole = median(rounds.map(({ whole }) => whole));
    const engine = median(rounds.map(({ engine }) => engine));
    const ratio = median(rounds.map(({ whole, engine }) => whole / engine));
    const cells = [
      sizeText(size).padEnd(9),
      `${batch}`.padStart(5),
      whole.toFixed(2).padStart(9),
      engine.toFixed(2).padStart(9),
      ratio.toFixed(3).padStart(7),
    ];
    console.log(cells.join(" "));
    found.push({ size: sizeText(size), frames, batch, rounds, ratio });
  }
  await writeJson(json, { model, activity: found });
}
