/**
 * Where the time of an iteration goes: milliseconds by ONNX operation, as ONNX Runtime's profiler sees them.
 * @module
 */
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { ConvolutionChoice } from "../../lib/engines/engine.ts";
import { channelsLastShape } from "../../lib/engines/onnxruntime/lowering/layout_of_values.ts";
import { sessionOptions } from "../../lib/engines/onnxruntime/sessions.ts";
import { processorDialect } from "../../lib/engines/onnxruntime/lowering/dialect.ts";
import { inputName, writeModel } from "../../lib/engines/onnxruntime/write_model.ts";
import type { Graph } from "../../lib/graph/graph.ts";
import { randomInputs } from "./random_inputs.ts";

/** What was spent, per run. */
export interface ProfileEntry {
  readonly name: string;
  readonly milliseconds: number;
  /** Nodes that it sums over. */
  readonly nodes: number;
}

/** A profile: sums by operation, and by operation and shape of what it makes; the largest first. */
export interface Profile {
  /** Of a whole run. */
  readonly milliseconds: number;
  readonly operations: readonly ProfileEntry[];
  readonly shapes: readonly ProfileEntry[];
}

/** An event of the profiler's file; times in microseconds. */
interface ProfileEvent {
  readonly cat: string;
  readonly name: string;
  readonly ts: number;
  readonly dur: number;
  readonly args: {
    readonly op_name?: string;
    readonly output_type_shape?: readonly Readonly<Record<string, readonly number[]>>[];
  };
}

/** How a graph is run for a profile. */
export interface ProfileOptions {
  readonly convolution: ConvolutionChoice;
  readonly threads: number;
  /** Runs that are counted, after one that is not. */
  readonly runs: number;
}

/** Runs the graph in a session that is set up as the engine's are, and takes the profiler's notes. */
export async function profileGraph(
  graph: Graph,
  { convolution, threads, runs }: ProfileOptions,
): Promise<Profile> {
  const folder = await Deno.makeTempDir();
  try {
    const { model, shared, channelsLastInputs } = writeModel(graph, processorDialect(convolution));
    const session = await InferenceSession.create(model, {
      ...sessionOptions({ provider: "cpu", device: 0, threads }),
      enableProfiling: true,
      profileFilePrefix: `${folder}/profile`,
    });
    const inputs = Object.entries(randomInputs(graph)).map(([name, { shape, data }]) =>
      [
        inputName(name),
        { data, shape: channelsLastInputs.includes(name) ? channelsLastShape(shape) : shape },
      ] as const
    );
    const feeds = Object.fromEntries(
      [...Object.entries(shared), ...inputs].map((
        [name, { shape, data }],
      ) => [name, new Tensor("float32", data, shape)]),
    );
    for (let run = -1; run < runs; run++) await session.run(feeds);
    session.endProfiling();
    await session.release();
    return summary(await readEvents(folder), runs);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function readEvents(folder: string): Promise<readonly ProfileEvent[]> {
  for await (const { name } of Deno.readDir(folder)) {
    return JSON.parse(await Deno.readTextFile(`${folder}/${name}`));
  }
  throw new Error("ONNX Runtime wrote no profile");
}

function summary(events: readonly ProfileEvent[], runs: number): Profile {
  const [first, ...counting] = events.filter(({ name }) => name === "model_run");
  if (first === undefined) throw new Error("the profile holds no run");
  const warm = first.ts + first.dur;
  const counted = events.filter(({ cat, name, ts }) =>
    cat === "Node" && name.endsWith("_kernel_time") && ts >= warm
  );
  const operation = ({ args }: ProfileEvent) => args.op_name ?? "?";
  const shape = ({ args }: ProfileEvent) => {
    const [type = {}] = args.output_type_shape ?? [];
    return Object.values(type).map((lengths) => lengths.join("x")).join();
  };
  return {
    milliseconds: counting.reduce((sum, { dur }) => sum + dur, 0) / 1000 / runs,
    operations: sums(counted, operation, runs),
    shapes: sums(counted, (event) => `${operation(event).padEnd(22)} ${shape(event)}`, runs),
  };
}

function sums(
  events: readonly ProfileEvent[],
  key: (event: ProfileEvent) => string,
  runs: number,
): readonly ProfileEntry[] {
  const groups = Map.groupBy(events, key);
  return [...groups].map(([name, group]) => ({
    name,
    milliseconds: group.reduce((sum, { dur }) => sum + dur, 0) / 1000 / runs,
    nodes: group.length / runs,
  })).sort((one, other) => other.milliseconds - one.milliseconds);
}
