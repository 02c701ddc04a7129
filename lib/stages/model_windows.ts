/**
 * What a model of the user's own makes of a video, window by window: frames are read, made ready and run in batches.
 * @module
 */
import { basename, resolve } from "node:path";
import type { LayerActivity } from "../analysis/vision_model/activity.ts";
import { type PreparedFrame, prepareFrame } from "../analysis/vision_model/prepared_frame.ts";
import { batchOf, openVisionModel } from "../analysis/vision_model/vision_model.ts";
import { RunError } from "../errors.ts";
import { outlineOf } from "../formats/onnx/outline.ts";
import { readModel } from "../formats/onnx/read_model.ts";
import { frameFromBytes, frameToBytes } from "../frames/bytes.ts";
import type { Frame } from "../frames/frame.ts";
import { codedFrame, type Transfer } from "../frames/transfer.ts";
import { type ForeignModel, lookAtForeignModel } from "../models/model_file/foreign_model.ts";
import { type ModelInput, reachOf } from "../models/model_file/model_json.ts";
import type { StageContext } from "../plan/stage_kind.ts";
import { sha256OfBytes, sha256OfFile } from "../store/checksum.ts";
import { foreignModelFacts } from "./foreign_model.ts";
import { frameOf, sourceAt } from "./read_frames.ts";
import type { ListedVideo } from "./video_list.ts";

/** A model that videos can be shown to. */
export interface ModelWindows extends AsyncDisposable {
  readonly model: ForeignModel;
  /** The names of the layers in the settings. */
  readonly layers: readonly string[];
  /** The layers' activity in some windows, which are one batch: window 0 begins at frame 0. */
  read(
    video: ListedVideo,
    windows: readonly number[],
  ): Promise<readonly Readonly<Record<string, LayerActivity>>[]>;
  /** So many windows are in a batch of this video; which ones are together may decide bits. */
  batchSize(video: ListedVideo): number;
}

/**
 * Opens the model that a stage names.
 * Throws a RunError when it is not what was planned, or the engine cannot run it.
 */
export async function openModelWindows(
  file: string,
  { facts, folder, inputs, engine }: StageContext,
): Promise<ModelWindows> {
  const { layers } = foreignModelFacts(facts);
  const { model, bytes } = await readPlanned(resolve(folder, file), facts.inspected?.digests ?? {});
  const opened = await openVisionModel(await engine(), model, bytes, layers);
  const { input } = model.declaration;
  const readers = new Map<string, (time: number) => Promise<PreparedFrame>>();
  const batchSize = ({ facts }: ListedVideo) => batchOf(model, facts);
  return {
    model,
    layers: Object.keys(layers),
    batchSize,
    async read(video, wanted) {
      const prepared = readers.getOrInsertComputed(
        video.role,
        () => preparing(inputs, video, input, batchSize(video)),
      );
      const shown: (readonly PreparedFrame[])[] = [];
      for (const window of wanted) {
        const frames: PreparedFrame[] = [];
        for (let place = 0; place < input.frames; place++) {
          frames.push(await prepared(window + place * input.stride));
        }
        shown.push(frames);
      }
      return await opened.run(shown);
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

/** The model as it was planned. */
async function readPlanned(
  path: string,
  planned: Readonly<Record<string, string>>,
): Promise<{ readonly model: ForeignModel; readonly bytes: Uint8Array }> {
  const changed = () => new RunError(`${path} changed since the run was planned; run again`);
  const model = await lookAtForeignModel(path, {
    digest: sha256OfFile,
    outline: async (onnx) => outlineOf(readModel(await Deno.readFile(onnx), basename(onnx)).graph),
  });
  const isPlanned = Object.entries(planned).every(([role, sha256]) => model.digests[role] === sha256);
  if (!isPlanned) throw changed();
  const bytes = await Deno.readFile(model.onnx);
  if (sha256OfBytes(bytes) !== model.digests["model"]) throw changed();
  return { model, bytes };
}

/** The frames of a video as the model takes them; those of the last windows are kept, for windows overlap. */
function preparing(
  inputs: StageContext["inputs"],
  { role, facts }: ListedVideo,
  input: ModelInput,
  batch: number,
): (time: number) => Promise<PreparedFrame> {
  const source = sourceAt(inputs, role);
  const kept = new Map<number, PreparedFrame>();
  const most = input.frames === 1 ? 1 : reachOf(input) + batch;
  return async (time) => {
    const before = kept.get(time);
    if (before !== undefined) return before;
    const prepared = prepareFrame(
      asShown(frameOf(await source.frame(time)), facts.transfer ?? "srgb"),
      input,
    );
    const [oldest] = kept.keys();
    if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
    kept.set(time, prepared);
    return prepared;
  };
}

/** A frame as a player shows it: coded by sRGB, in 8 bits. */
function asShown(frame: Frame, transfer: Transfer): Frame {
  return frameFromBytes(frameToBytes(codedFrame(frame, transfer)), frame.height, frame.width);
}
