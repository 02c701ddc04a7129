/**
 * Opens models by name: finds or fetches their weights, and says which bytes they are.
 * @module
 */
import { basename } from "node:path";
import { RunError } from "../errors.ts";
import { sha256OfBytes, sha256OfFile } from "../store/checksum.ts";
import { isSystemError, systemReason } from "../store/presence.ts";
import { catalog, namedModels, predictors } from "./catalog.ts";
import type { NamedModel, PredictiveModel, WeightedModel } from "./model_entry.ts";
import type { ModelDigest, ModelSource, PredictorSource, StreamModel } from "./stream_model.ts";
import { byHand, type DownloadProgress, downloadWeights } from "./weights/download.ts";
import { isFetched } from "./weights/published_weights.ts";
import { describeWeights, findWeights } from "./weights/weights_file.ts";

export interface ModelLibraryOptions {
  /** The folder that `weightsFolder` found. */
  readonly weightsFolder: string;
  /** Nothing is fetched. */
  readonly offline: boolean;
  /** sha256 of the weights that are meant, by model name; where it is given, no other bytes are opened. */
  readonly planned?: Readonly<Record<string, string>> | undefined;
  /** Files of models that are not built in, by name: an .onnx or the JSON beside it. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** The digest of a file, possibly remembered; computed each time when left out. */
  readonly sha256?: ((path: string) => Promise<string>) | undefined;
  /** Another way to the network, for tests. */
  readonly fetch?: typeof fetch | undefined;
}

type LearnedModel = WeightedModel | PredictiveModel;

/** Models with their weights on this machine. */
export interface ModelLibrary extends ModelSource, PredictorSource {
  /** What `open` would use, without fetching anything: undefined when the weights are not here. Rejects as `digest` does. */
  digestIfPresent(name: string): Promise<ModelDigest | undefined>;
  /** What `open` uses; fetches missing weights. Rejects with a MissingError when they cannot be had or read. */
  digest(name: string): Promise<ModelDigest>;
}

/** Opens each model at most once; models share nothing with those of another library. */
export function createModelLibrary(options: ModelLibraryOptions): ModelLibrary {
  const sha256 = options.sha256 ?? sha256OfFile;
  const opened = new Map<string, Promise<StreamModel>>();
  const fetched = new Map<string, Promise<string>>();

  async function weightsPath({ declaration, weights }: LearnedModel): Promise<string> {
    const path = await findWeights(weights, options.weightsFolder);
    if (path !== undefined) return path;
    if (!isFetched(weights)) {
      const problem =
        `the weights of ${declaration.name} are not on this machine, and no program can fetch them`;
      throw byHand(weights, options.weightsFolder, problem);
    }
    if (options.offline) {
      const problem =
        `the weights of ${declaration.name} are not on this machine, and offline nothing is fetched`;
      throw byHand(weights, options.weightsFolder, problem);
    }
    return await once(
      fetched,
      declaration.name,
      () => downloadWeights(weights, options.weightsFolder, options),
    );
  }

  async function readWeights(entry: LearnedModel): Promise<{ bytes: Uint8Array; where: string }> {
    const path = await weightsPath(entry);
    const bytes = await Deno.readFile(path);
    const planned = options.planned?.[entry.declaration.name];
    if (planned !== undefined && sha256OfBytes(bytes) !== planned) {
      throw new RunError(`${path} changed since the run was planned; run again`);
    }
    return { bytes, where: basename(path) };
  }

  async function openStream(name: string): Promise<StreamModel> {
    const entry = catalog.get(name);
    if (entry === undefined) throw unknownModel(name, catalog.keys());
    if (!("weights" in entry)) return await entry.open();
    const { bytes, where } = await readWeights(entry);
    return await entry.open(bytes, where);
  }

  async function describe({ declaration, weights }: LearnedModel, path: string): Promise<ModelDigest> {
    try {
      return await describeWeights(weights, path, sha256);
    } catch (error) {
      if (!(error instanceof RunError || isSystemError(error))) throw error;
      const reason = error instanceof RunError ? error.message : systemReason(error);
      throw byHand(
        weights,
        options.weightsFolder,
        `${path} can't be read as the weights of ${declaration.name} (${reason}); move it away`,
      );
    }
  }

  const ownFile = (name: string): string | undefined =>
    options.files !== undefined && Object.hasOwn(options.files, name) ? options.files[name] : undefined;

  async function digestOwn(file: string): Promise<ModelDigest> {
    const { digestOwnModel } = await import("./imported/own_model.ts");
    return await digestOwnModel(file, { sha256 });
  }

  async function openOwn(name: string, file: string): Promise<StreamModel> {
    const { openOwnModel } = await import("./imported/own_model.ts");
    return await openOwnModel(name, file, { sha256 }, options.planned?.[name]);
  }

  return {
    async open(name) {
      const file = ownFile(name);
      return await once(
        opened,
        name,
        () => file === undefined ? openStream(name) : openOwn(name, file),
      );
    },
    async openPredictor(name, kernels) {
      const entry = predictors.get(name);
      if (entry === undefined) throw unknownModel(name, predictors.keys());
      const { bytes, where } = await readWeights(entry);
      return await entry.open(bytes, where, kernels);
    },
    async digestIfPresent(name) {
      const file = ownFile(name);
      if (file !== undefined) return await digestOwn(file);
      const entry = entryOf(name);
      if (!("weights" in entry)) return analyticDigest(name, entry.version);
      const path = await findWeights(entry.weights, options.weightsFolder);
      return path === undefined ? undefined : await describe(entry, path);
    },
    async digest(name) {
      const file = ownFile(name);
      if (file !== undefined) return await digestOwn(file);
      const entry = entryOf(name);
      if (!("weights" in entry)) return analyticDigest(name, entry.version);
      return await describe(entry, await weightsPath(entry));
    },
  };
}

function entryOf(name: string): NamedModel {
  const entry = namedModels.get(name);
  if (entry === undefined) throw unknownModel(name, namedModels.keys());
  return entry;
}

function unknownModel(name: string, known: Iterable<string>): Error {
  return new Error(`no model '${name}'; there are ${[...known].join(", ")}`);
}

function analyticDigest(name: string, version: number): ModelDigest {
  return { sha256: sha256OfBytes(`${name} ${version}`), official: true };
}

/** The promise already made for a name, or a new one; a failed one is forgotten, so that it can be tried again. */
function once<Value>(
  made: Map<string, Promise<Value>>,
  name: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const before = made.get(name);
  if (before !== undefined) return before;
  const promise = make();
  made.set(name, promise);
  promise.catch(() => made.delete(name));
  return promise;
}
