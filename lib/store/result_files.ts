/**
 * The files of an instance that makes a table or a report instead of frames.
 * @module
 */
import { join } from "node:path";
import { sha256OfFile } from "./checksum.ts";
import { durableWrite } from "./durable_write.ts";
import { entriesIfThere, sizeIfThere, unlessAbsent } from "./presence.ts";

/** What a finished table consists of: all its numbers, and what they come to. */
export const tableFiles = ["table.csv", "summary.json"] as const;

/** What a kind may write beside them: numbers that do not fit into the table's columns. */
export const furtherFiles = ["spectra.csv"] as const;

/** One of either. */
export type TableFile = (typeof tableFiles)[number] | (typeof furtherFiles)[number];

/** The page of a report; it stands alone. */
export const reportPage = "index.html";

/** What a report has beside its page: its figures as files, and the records that it shows. */
const reportFolders = ["figures", "data"] as const;

/** A file of a report, with `/`. */
export type ReportFile = typeof reportPage | `${(typeof reportFolders)[number]}/${string}`;

/** What an instance without frames makes. */
export type Made = "table" | "report";

/** The folder of what does not fit into a table: arrays, and the list of them. */
export const arraysFolder = "arrays";

/** A file as a manifest lists it. */
export interface ResultFile {
  /** Inside the instance's folder. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes one of them durably. Throws RunError when the disk is full or the folder cannot be written. */
export async function writeResultFile(
  folder: string,
  file: TableFile | ReportFile,
  content: string | Uint8Array,
): Promise<void> {
  await durableWrite(join(folder, file), content);
}

/** Removes them, so that what is there afterwards was made afterwards. */
export async function removeResultFiles(folder: string, made: Made): Promise<void> {
  const paths = made === "table" ? [...tableFiles, ...furtherFiles] : [reportPage, ...reportFolders];
  for (const path of paths.map((name) => join(folder, name))) {
    await unlessAbsent(path, () => Deno.remove(path, { recursive: true }));
  }
}

/** All that are there with their digests; undefined when one is missing without which nothing is finished. */
export async function findResultFiles(
  folder: string,
  made: Made,
): Promise<readonly ResultFile[] | undefined> {
  const needed: readonly string[] = made === "table" ? tableFiles : [reportPage];
  const beside = made === "table"
    ? [...furtherFiles, ...await within(folder, arraysFolder)]
    : (await Promise.all(reportFolders.map((name) => within(folder, name)))).flat();
  const found: ResultFile[] = [];
  for (const path of [...needed, ...beside]) {
    const bytes = await sizeIfThere(join(folder, path));
    if (bytes === undefined && needed.includes(path)) return undefined;
    if (bytes === undefined) continue;
    found.push({ path, bytes, sha256: await sha256OfFile(join(folder, path)) });
  }
  return found;
}

/** The files of a folder and of the folders in it, in order, with `/`. */
async function within(folder: string, name: string): Promise<string[]> {
  const entries = (await entriesIfThere(join(folder, name))).toSorted((a, b) => a.name < b.name ? -1 : 1);
  const found = await Promise.all(entries.map((entry) => {
    const path = `${name}/${entry.name}`;
    return entry.isDirectory ? within(folder, path) : [path];
  }));
  return found.flat();
}
