/**
 * Measures iterations: at each size and stream ours, where it matters the same with direct convolutions, and the baseline.
 * @module
 */
import { fileURLToPath } from "node:url";
import type { Size } from "../../lib/frames/frame.ts";
import { weightsFolder } from "../../lib/models/weights/weights_folder.ts";
import type { BenchOptions } from "../options.ts";
import { showProgress } from "../progress.ts";
import { type Contestant, type ContestantCommand, startContestant } from "./contestant.ts";
import { type Figure, type Setting, sizeText } from "./figure.ts";
import { matrixProductGigaflop } from "./matrix_product.ts";
import { nominalGigaflop } from "./nominal_flop.ts";
import { takeTurns } from "./rounds.ts";
import { type Stream, workloadGraph } from "./workload.ts";

/** What decides how processes are started and how often they run. */
export type MeasureOptions = Pick<BenchOptions, "streams" | "runs" | "threads" | "baseline">;

/** The figures of each size and stream, as soon as they are there. */
export async function* measureIterations(
  sizes: readonly Size[],
  options: MeasureOptions,
): AsyncGenerator<readonly Figure[]> {
  await using yardstick = await startContestant(ours("matrix product", [], options));
  for (const size of sizes) {
    for (const stream of options.streams) yield await measure(yardstick, stream, size, options);
  }
}

async function measure(
  yardstick: Contestant,
  stream: Stream,
  size: Size,
  options: MeasureOptions,
): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const entries: { readonly setting: Setting; readonly contestant: Contestant }[] = [];
  for (const setting of settingsOf(stream, options)) {
    showProgress(`${sizeText(size)} ${stream}: ${setting} is compiled`);
    const contestant = stack.use(await startContestant(command(setting, stream, size, options)));
    entries.push({ setting, contestant });
  }
  const gigaflop = nominalGigaflop(await workloadGraph(stream, size));
  const [products = [], ...turns] = await takeTurns(
    [yardstick, ...entries.map(({ contestant }) => contestant)],
    options.runs,
    (round, index) => {
      const name = entries[index - 1]?.setting ?? "matrix product";
      showProgress(`${sizeText(size)} ${stream}: ${name} runs, ${roundText(round)} of ${options.runs}`);
    },
  );
  showProgress();
  const peak = matrixProductGigaflop / Math.min(...products.map(({ seconds }) => seconds));
  return entries.map(({ setting, contestant: { compileSeconds, weights, tensorflow } }, index) => {
    const own = turns[index] ?? [];
    const seconds = own.map((turn) => turn.seconds);
    const peakBytes = Math.max(...own.map((turn) => turn.peakBytes));
    const ready = { compileSeconds, weights, ...(tensorflow !== undefined && { tensorflow }) };
    return { size, stream, setting, seconds, gigaflop, peak, peakBytes, ...ready };
  });
}

function roundText(round: number): string {
  return round < 0 ? "to warm up before the rounds" : `round ${round + 1}`;
}

/** Direct convolutions are the spatial stream's yardstick: the temporal stream has none that could be computed otherwise. */
function settingsOf(stream: Stream, { baseline }: MeasureOptions): readonly Setting[] {
  return [
    "ours",
    ...(stream === "spatial" ? ["direct" as const] : []),
    ...(baseline === undefined ? [] : ["baseline" as const]),
  ];
}

function command(setting: Setting, stream: Stream, size: Size, options: MeasureOptions): ContestantCommand {
  const workload = ["--stream", stream, "--size", sizeText(size)];
  if (setting !== "baseline" || options.baseline === undefined) {
    return ours(setting, setting === "direct" ? [...workload, "--exact"] : workload, options);
  }
  const script = fileURLToPath(new URL("../baseline/serve.py", import.meta.url));
  return {
    name: "the baseline",
    program: options.baseline,
    args: [script, ...workload, "--weights", weightsFolder(), ...threadsOf(options)],
  };
}

function ours(name: string, args: readonly string[], options: MeasureOptions): ContestantCommand {
  const script = fileURLToPath(new URL("serve.ts", import.meta.url));
  const deno = ["run", "--quiet", "--no-prompt", "-P=bench", script];
  return { name, program: Deno.execPath(), args: [...deno, ...args, ...threadsOf(options)] };
}

function threadsOf({ threads }: MeasureOptions): readonly string[] {
  return threads === undefined ? [] : ["--threads", String(threads)];
}
