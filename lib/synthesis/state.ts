/**
 * All that is needed to go on in the middle of a frame, as one versioned value that can be written and read back.
 * Noise is a function of the seed and the frame before is in the store: neither is in it, but it names that frame's digest.
 * @module
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { ConvolutionRecord } from "../engines/engine.ts";
import type { Frame, Size } from "../frames/frame.ts";
import { decodeNpy, encodeNpy, type NpyArray } from "../formats/npy.ts";
import { decodeZip, encodeZip } from "../formats/zip.ts";
import { isUserError } from "../errors.ts";
import { termsOf, type TermValues } from "./balance.ts";
import type { OptimizerState } from "./optimizers/optimizer.ts";
import { type TermName, termNames } from "./settings.ts";
import { endReasons, type OctaveEnd } from "./stop.ts";

/** What one iteration was like. */
export interface IterationRecord {
  /** Raw, before the update. */
  readonly losses: TermValues;
  /** Population standard deviation of the total's gradient over all values. */
  readonly gradientStd: number;
  /** Share of values that are exactly 0 or 1 after the update. */
  readonly clippedShare: number;
}

/** A frame in progress, between two iterations. */
export interface TransitionState {
  /** Output frame number; negative in the padding. */
  readonly frame: number;
  /** Position in the schedule. */
  readonly octaveIndex: number;
  /** Iterations of this octave that are done. */
  readonly iteration: number;
  /** The moving frame, of the octave's size. */
  readonly moving: Frame;
  /** Constant for the octave. */
  readonly multipliers: TermValues;
  /** Raw losses at the octave's start. */
  readonly startLosses: TermValues;
  /** What the optimizer remembers, and its name. */
  readonly optimizer: { readonly name: string; readonly state: OptimizerState };
  /** How the octaves before this one ended. */
  readonly earlier: readonly OctaveEnd[];
  /** This octave's iterations. */
  readonly history: readonly IterationRecord[];
}

/** What computed a state: going on with something else is possible but not bit-identical. */
export interface StateOrigin {
  readonly engine: string;
  readonly threads: number;
  readonly convolution: ConvolutionRecord;
  readonly arithmetic: number;
}

/** What a state belongs to: with a frame before it of other bytes, or octaves of other sizes, it is another clip's. */
export interface StateBasis {
  /** sha256 of the values of the frame before, as stored; absent for a first frame that has none before it. */
  readonly previous?: string;
  /** The moving frame's size at each octave. */
  readonly sizes: readonly Size[];
}

const version = 1;

const header = z.object({
  v: z.literal(version),
  frame: z.int(),
  octave: z.int().min(0),
  iteration: z.int().min(0),
  previous: z.string().exactOptional(),
  sizes: z.array(z.object({ height: z.int(), width: z.int() })),
  /** States that do not say it are older than `stop`: each octave before has done its iterations. */
  earlier: z.array(
    z.object({ octave: z.int(), iterations: z.int(), of: z.int(), ended: z.enum(endReasons) }),
  ).default([]),
  terms: z.array(z.enum(termNames)),
  optimizer: z.string(),
  engine: z.string(),
  threads: z.int(),
  /** States that do not say it are older than the choice. */
  convolution: z.enum(["direct", "winograd", "provider"]).default("direct"),
  /** States that do not say it are of the first. */
  arithmetic: z.int().default(1),
  sha256: z.record(z.string(), z.string()),
});

const headerEntry = "state.json";

/** The bytes of `state.npz`: arrays, and `state.json` with the rest and the arrays' digests. */
export function encodeState(state: TransitionState, basis: StateBasis, origin: StateOrigin): Uint8Array {
  const { moving, optimizer, history } = state;
  const terms = termsOf(state.multipliers);
  const row = (values: TermValues) => terms.map((term) => values[term] ?? NaN);
  const numbers = (values: readonly number[], ...shape: number[]) => ({
    shape,
    data: Float64Array.from(values),
  });
  const arrays: Record<string, NpyArray> = {
    frame: { shape: [moving.height, moving.width, 3], data: moving.data },
    multipliers: numbers(row(state.multipliers), terms.length),
    start_losses: numbers(row(state.startLosses), terms.length),
    history: numbers(history.flatMap(({ losses }) => row(losses)), history.length, terms.length),
    gradient_std: numbers(history.map(({ gradientStd }) => gradientStd), history.length),
    clipped_share: numbers(history.map(({ clippedShare }) => clippedShare), history.length),
  };
  for (const [name, data] of Object.entries(optimizer.state)) arrays[name] = { shape: [data.length], data };

  const entries = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)] as const);
  const text: z.infer<typeof header> = {
    v: version,
    frame: state.frame,
    octave: state.octaveIndex,
    iteration: state.iteration,
    ...(basis.previous !== undefined && { previous: basis.previous }),
    sizes: basis.sizes.map(({ height, width }) => ({ height, width })),
    earlier: state.earlier.map(({ octave, iterations, of, ended }) => ({ octave, iterations, of, ended })),
    terms,
    optimizer: optimizer.name,
    ...origin,
    sha256: Object.fromEntries(entries.map(([name, bytes]) => [name, sha256(bytes)])),
  };
  return encodeZip({
    ...Object.fromEntries(entries),
    [headerEntry]: new TextEncoder().encode(JSON.stringify(text)),
  }, {
    compress: false,
  });
}

/** A state that was read back, what it belongs to, and what had computed it. */
export interface DecodedState {
  readonly state: TransitionState;
  readonly basis: StateBasis;
  readonly origin: StateOrigin;
}

/** The state in these bytes; undefined when they are damaged or of a version that this program does not know. */
export function decodeState(bytes: Uint8Array): DecodedState | undefined {
  try {
    return readState(bytes);
  } catch (error) {
    if (isUserError(error) || error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

function readState(bytes: Uint8Array): DecodedState | undefined {
  const { [headerEntry]: text, ...entries } = decodeZip(bytes, "state");
  const found = header.parse(JSON.parse(new TextDecoder().decode(text)));
  const names = Object.keys(entries);
  if (names.length !== Object.keys(found.sha256).length) return undefined;
  if (Object.entries(entries).some(([name, entry]) => found.sha256[name] !== sha256(entry))) return undefined;

  const arrays = new Map(names.map((name) => [name.replace(/\.npy$/, ""), decodeNpy(entries[name]!, name)]));
  const floats = (name: string): Float64Array => {
    const data = arrays.get(name)?.data;
    if (!(data instanceof Float64Array)) throw new SyntaxError(`state: ${name} is not an array of float64`);
    return data;
  };
  const terms: readonly TermName[] = found.terms;
  // NaN stands for a term that has no value.
  const values = (data: Float64Array, first = 0): TermValues =>
    Object.fromEntries(
      terms.map((term, index) => [term, data[first + index]] as const).filter(([, value]) =>
        Number.isFinite(value)
      ),
    );
  const stds = floats("gradient_std");
  const [losses, shares] = [floats("history"), floats("clipped_share")];
  const optimizerArrays = names.map((name) => name.replace(/\.npy$/, "")).filter((name) => !own.has(name));
  const { previous, sizes, engine, threads, convolution, arithmetic } = found;
  return {
    basis: { ...(previous !== undefined && { previous }), sizes },
    origin: { engine, threads, convolution, arithmetic },
    state: {
      frame: found.frame,
      octaveIndex: found.octave,
      iteration: found.iteration,
      moving: movingFrame(arrays.get("frame")),
      multipliers: values(floats("multipliers")),
      startLosses: values(floats("start_losses")),
      optimizer: {
        name: found.optimizer,
        state: Object.fromEntries(optimizerArrays.map((name) => [name, floats(name)])),
      },
      earlier: found.earlier,
      history: Array.from(stds, (gradientStd, index) => ({
        losses: values(losses, index * terms.length),
        gradientStd,
        clippedShare: shares[index]!,
      })),
    },
  };
}

/** Arrays that are not the optimizer's. */
const own = new Set(["frame", "multipliers", "start_losses", "history", "gradient_std", "clipped_share"]);

function movingFrame(array: NpyArray | undefined): Frame {
  const [height, width, channels] = array?.shape ?? [];
  if (
    !(array?.data instanceof Float32Array) || height === undefined || width === undefined || channels !== 3
  ) {
    throw new SyntaxError("state: frame is not height x width x 3 of float32");
  }
  return { height, width, data: array.data };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
