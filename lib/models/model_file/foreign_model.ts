/**
 * A model of the user's own as it lies on the disk: the .onnx, the JSON beside it, and the files that these name. Everything
 * that can be known to be wrong with them is found here, before an engine opens anything.
 * @module
 */
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { RunError } from "../../errors.ts";
import type { ModelOutline, ModelValue } from "../../formats/onnx/outline.ts";
import { sizeIfThere } from "../../store/presence.ts";
import { type ModelInput, type ModelJson, modelJsonSchema } from "./model_json.ts";

/** A model's files, looked at. */
export interface ForeignModel {
  /** Path of the .onnx. */
  readonly onnx: string;
  readonly declaration: ModelJson;
  /** Names of the classes. */
  readonly labels?: readonly string[];
  readonly outline: ModelOutline;
  /** sha256 of all that decides what it computes, by what it is. */
  readonly digests: Readonly<Record<string, string>>;
}

/** How files are looked at: digests and outlines may be remembered. */
export interface LookAtModel {
  digest(path: string): Promise<string>;
  /** The outline of a file of this sha256. Throws a RunError when it is no model. */
  outline(path: string, sha256: string): Promise<ModelOutline>;
}

/** The JSON of an .onnx file; a JSON stands for itself. */
export function describedBy(path: string): string {
  return path.endsWith(".json") ? path : path.replace(/\.onnx$/i, "") + ".json";
}

/**
 * Looks at a model.
 * @param path of the .onnx, or of the JSON beside it
 * Throws a RunError that says what is wrong with which file.
 */
export async function lookAtForeignModel(path: string, look: LookAtModel): Promise<ForeignModel> {
  const json = describedBy(path);
  const declaration = await readDeclaration(json);
  const folder = dirname(json);
  const onnx = join(folder, declaration.onnx);
  if (json !== path && onnx !== join(path)) {
    throw new RunError(`${basename(json)} describes ${declaration.onnx}, not ${basename(path)}`);
  }
  await requireModelFile(onnx);
  const sha256 = await look.digest(onnx);
  if (sha256 !== declaration.sha256) {
    throw new RunError(
      `${declaration.onnx} is not the file that ${
        basename(json)
      } describes: its sha256 is ${sha256}, not ${declaration.sha256}`,
    );
  }
  const outline = await look.outline(onnx, sha256);
  requireInput(declaration.input, outline, declaration.onnx);
  requireTensors(declaration, outline, basename(json));
  const labels = await readLabels(declaration, folder);
  return {
    onnx,
    declaration,
    ...(labels && { labels }),
    outline,
    digests: {
      model: sha256,
      description: await look.digest(json),
      ...(typeof declaration.labels === "string" &&
        { labels: await look.digest(join(folder, declaration.labels)) }),
      ...await digestExternalFiles(outline, dirname(onnx), look),
    },
  };
}

async function readDeclaration(path: string): Promise<ModelJson> {
  const name = basename(path);
  const text = await readTextFile(
    path,
    `there is no ${name} beside it, which says how frames become its input`,
  );
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new RunError(`${name} is not valid JSON: ${cause.message}`, { cause });
  }
  const parsed = modelJsonSchema.safeParse(found);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${z.core.toDotPath(path)}: ${message}`);
  throw new RunError(`${name}: ${problems.join("; ")}`);
}

async function readTextFile(path: string, ifMissing: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) throw new RunError(ifMissing, { cause });
    throw cause;
  }
}

/** The format cannot have more. */
const mostBytes = 2 ** 31 - 1;

async function requireModelFile(path: string): Promise<void> {
  const bytes = await sizeIfThere(path);
  if (bytes === undefined) throw new RunError(`there is no ${basename(path)} beside its JSON`);
  if (bytes > mostBytes) {
    throw new RunError(`${basename(path)} has more than 2 GiB, the most that the format holds in one file`);
  }
}

/** The axes of a layout by their letters. */
function axesOf(
  layout: ModelInput["layout"],
  shape: ModelValue["shape"],
): Readonly<Record<string, number | null>> {
  return Object.fromEntries([...layout].map((axis, index) => [axis, shape?.[index] ?? null]));
}

function requireInput(input: ModelInput, { inputs }: ModelOutline, where: string): void {
  const names = inputs.map(({ name }) => name).join(", ");
  const found = inputs.find(({ name }) => name === input.name);
  if (found === undefined) throw new RunError(`${where} has no input ${input.name}; it has ${names}`);
  if (inputs.length > 1) throw new RunError(`${where} has the inputs ${names}; a model must have one`);
  const { type, shape } = found;
  if (type !== "float32") throw new RunError(`${where} takes ${type}; its input must be float32`);
  if (shape === undefined) return;
  if (shape.length !== input.layout.length) {
    throw new RunError(
      `${where} takes ${shape.length} axes, and ${input.layout} has ${input.layout.length}: the layout is another`,
    );
  }
  const axes = axesOf(input.layout, shape);
  const [height, width] = input.size === "native" ? [null, null] : input.size;
  const wanted = { C: 3, T: input.frames, H: height, W: width };
  for (const [axis, length] of Object.entries(wanted)) {
    const taken = axes[axis] ?? null;
    if (taken === null || taken === length) continue;
    throw new RunError(
      length === null
        ? `${where} takes frames of one size alone; write it as size instead of native`
        : `${where} takes ${taken} along ${axis}, where its JSON says ${length}`,
    );
  }
}

function requireTensors({ layers }: ModelJson, { tensors }: ModelOutline, where: string): void {
  const known = new Set(tensors);
  for (const [name, tensor] of Object.entries(layers)) {
    if (!known.has(tensor)) throw new RunError(`${where}: layer ${name}: there is no tensor ${tensor}`);
  }
}

async function readLabels({ labels }: ModelJson, folder: string): Promise<readonly string[] | undefined> {
  if (typeof labels !== "string") return labels;
  const text = await readTextFile(join(folder, labels), `the file of its labels, ${labels}, is not there`);
  return text.replace(/\r?\n$/, "").split(/\r?\n/);
}

async function digestExternalFiles(
  { externalFiles }: ModelOutline,
  folder: string,
  { digest }: LookAtModel,
): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const [file, needed] of Object.entries(externalFiles)) {
    const bytes = await sizeIfThere(join(folder, file));
    if (bytes === undefined) throw new RunError(`its weights are in ${file}, which is not there`);
    if (bytes < needed) {
      throw new RunError(
        `its weights are in ${file}, which has ${bytes} bytes instead of ${needed}: it is cut short`,
      );
    }
    digests[`weights ${file}`] = await digest(join(folder, file));
  }
  return digests;
}

/** How many windows the model takes at a time, where it says one number. */
export function fixedBatch({ declaration: { input }, outline }: ForeignModel): number | undefined {
  const found = outline.inputs.find(({ name }) => name === input.name);
  return axesOf(input.layout, found?.shape)["N"] ?? undefined;
}

/** The names by which layers can be asked for: those that the JSON gives, else the tensors' own. */
export function layerNames({ declaration: { layers }, outline }: ForeignModel): readonly string[] {
  const named = Object.keys(layers);
  return named.length > 0 ? named : outline.tensors;
}

/** The tensor of a layer, by the JSON's name or by the model's own; undefined when there is none. */
export function tensorOf(
  { declaration: { layers }, outline: { tensors } }: ForeignModel,
  layer: string,
): string | undefined {
  return layers[layer] ?? (tensors.includes(layer) ? layer : undefined);
}
