/**
 * Which files of the user an instance reads.
 * @module
 */
import { extname, resolve } from "node:path";
import type { PlannedInstance } from "../../../plan/planned_instance.ts";
import { kindNamed } from "../../../stages/table.ts";
import { sizeIfThere } from "../../../store/presence.ts";
import { listImages } from "../../../video/image_sequence.ts";
import { fromHere } from "../../from_here.ts";

/**
 * The clips, images and models of the user's own that an instance reads, from the working folder; of a model all its files.
 * Weights of models that the program brings are checked by the program, and lie elsewhere on each machine.
 */
export async function filesReadBy(
  { kind, settings, folder, models }: Pick<PlannedInstance, "kind" | "settings" | "folder" | "models">,
): Promise<readonly string[]> {
  const { files, models: ownModels } = kindNamed(kind);
  const isNamed = new Set([...files, ...ownModels]);
  const named = Object.entries(settings ?? {}).flatMap(([setting, value]) =>
    isNamed.has(setting) && typeof value === "string" ? [resolve(folder, value)] : []
  );
  const own = models.flatMap(({ isOwn, file }) => isOwn === true && file !== undefined ? [file] : []);
  const found = await Promise.all([...named, ...own].map(filesAt));
  return [...new Set(found.flat().map(fromHere))];
}

/** A file, the files that a model has beside its .onnx, or the images of a folder or a pattern. */
async function filesAt(path: string): Promise<readonly string[]> {
  if (path.endsWith(".onnx") || path.endsWith(".json")) {
    const stem = path.slice(0, -extname(path).length);
    return await whereThere([`${stem}.onnx`, `${stem}.onnx.data`, `${stem}.json`]);
  }
  if (await sizeIfThere(path) !== undefined) return [path];
  const images = await listImages(path);
  return "problem" in images ? [] : images;
}

async function whereThere(paths: readonly string[]): Promise<readonly string[]> {
  const sizes = await Promise.all(paths.map(sizeIfThere));
  return paths.filter((_, index) => sizes[index] !== undefined);
}
