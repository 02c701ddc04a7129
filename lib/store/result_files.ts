/**
 * The files of an instance that makes a table or a report instead of frames.
 * @module
 */
import { join } from "node:path";
import { sha256OfBytes } from "./checksum.ts";
import { durableWrite } from "./durable_write.ts";
import { entriesIfThere, readBytesIfThere, unlessAbsent } from "./presence.ts";

/** What a finished table consists of: all its numbers, and what they come to. */
export const tableFiles = ["table.csv", "summary.json"] as const;

/** One of them. */
export type TableFile = (typeof tableFiles)[number];

/** The page of a report; it stands alone. */
export const reportPage = "index.html";

/** What a report has beside its page: its figures as files, and the records that it shows. */
const reportFolders = ["figures", "data"] as const;

/** A file of a report, with `/`. */
export type ReportFile = typeof reportPage | `${(typeof reportFolders)[number]}/${string}`;

/** What an instance without frames makes. */
export type Made = "table" | "report";

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
  const paths = made === "table" ? tableFiles : [reportPage, ...reportFolders];
  for (const path of paths.map((name) => join(folder, name))) {
    await unlessAbsent(path, () => Deno.remove(path, { recursive: true }));
  }
}

/** All of them with their digests; undefined when one is not there without which nothing is finished. */
export async function findResultFiles(
  folder: string,
  made: Made,
): Promise<readonly ResultFile[] | undefined> {
  const beside = made === "table"
    ? []
    : (await Promise.all(reportFolders.map((name) => within(folder, name))));
  const found: ResultFile[] = [];
  for (const path of [...(made === "table" ? tableFiles : [reportPage]), ...beside.flat()]) {
    const bytes = await readBytesIfThere(join(folder, path));
    if (bytes === undefined) return undefined;
    found.push({ path, bytes: bytes.length, sha256: sha256OfBytes(bytes) });
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
