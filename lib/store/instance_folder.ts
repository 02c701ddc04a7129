/**
 * The folder of one instance, as the holder of its lock writes it.
 * @module
 */
import { dirname, join } from "node:path";
import { RunError } from "../errors.ts";
import { sha256OfFile } from "./checksum.ts";
import { durableWrite, makeFolder, removeLeftovers } from "./durable_write.ts";
import type { EngineIdentityRecord } from "./events.ts";
import { type FinishedFrame, readFrameRecords, replaceFrameRecords } from "./frame_records.ts";
import { type LineWriter, openLineWriter } from "./json_lines.ts";
import { framePath, type InstancePaths } from "./layout.ts";
import { entriesIfThere, readBytesIfThere, unlessAbsent } from "./presence.ts";
import { type GrowingArray, type GrowingArrayRequest, openGrowingArray, wholeRows } from "./growing_array.ts";
import { arraysFolder, type ReportFile, type TableFile, writeResultFile } from "./result_files.ts";
import type { FrameRecord, StageStore, StateGeneration, StoredArray } from "./stage_store.ts";
import { type Damage, readFrameFile, writeFrameFile } from "./stored_frame.ts";

/** What the owner of a folder wants to know and to have recorded. */
export interface InstanceFolderOptions {
  /** Called once for each damaged frame, when it is found. */
  readonly onDamage: (damage: Damage) => void;
  /** What computes the frames from now on, once it is known. */
  readonly engine: () => EngineIdentityRecord | undefined;
}

/** The store of a running stage, and what its runner asks beside. */
export interface InstanceFolder extends StageStore, Disposable {
  /** The record of a finished frame. */
  record(index: number): FinishedFrame | undefined;
}

/**
 * Opens an instance's folder for writing; the caller holds its lock. Removes what a writer that died has left.
 * Throws RunError when the folder cannot be written.
 */
export async function openInstanceFolder(
  paths: InstancePaths,
  options: InstanceFolderOptions,
): Promise<InstanceFolder> {
  for (const folder of [paths.folder, paths.frames, paths.padding]) {
    await makeFolder(folder);
    await removeLeftovers(folder);
  }
  const records = await readFrameRecords(paths.frameRecords);
  return new Folder(paths, options, records, await openLineWriter(paths.frameRecords));
}

class Folder implements InstanceFolder {
  readonly #paths: InstancePaths;
  readonly #options: InstanceFolderOptions;
  readonly #records: Map<number, FinishedFrame>;
  #lines: LineWriter;
  readonly #verified = new Set<number>();
  readonly #damaged = new Set<number>();
  /** Where the last search for the first unfinished frame began and ended: the next one goes on from there. */
  #searched = { first: 0, next: 0 };

  constructor(
    paths: InstancePaths,
    options: InstanceFolderOptions,
    records: Map<number, FinishedFrame>,
    lines: LineWriter,
  ) {
    this.#paths = paths;
    this.#options = options;
    this.#records = records;
    this.#lines = lines;
  }

  record(index: number): FinishedFrame | undefined {
    return this.#records.get(index);
  }

  async finishedFrames(first: number): Promise<number> {
    if (this.#searched.first !== first) this.#searched = { first, next: first };
    let { next } = this.#searched;
    if (next < 0 && await this.#isWhole(0)) next = 0;
    while (await this.#isWhole(next)) next++;
    this.#searched = { first, next };
    return next - first;
  }

  async readFrame(index: number): Promise<StoredArray> {
    const record = this.#records.get(index);
    if (record === undefined) throw new RunError(`${this.#path(index)} is not finished`);
    return await readFrameFile(this.#paths.folder, index, record.sha256);
  }

  async writeFrame(index: number, frame: StoredArray, record: FrameRecord): Promise<void> {
    const before = this.#records.get(index);
    const { sha256, bytes } = await writeFrameFile(this.#paths.folder, index, frame);
    if (before !== undefined && before.sha256 !== sha256) await this.#forgetFrom(index);
    const engine = this.#options.engine();
    const line: FinishedFrame = { frame: index, sha256, bytes, ...record, ...(engine && { engine }) };
    this.#lines.append(line);
    await this.#lines.sync();
    this.#records.set(index, line);
    this.#damaged.delete(index);
    this.#verified.add(index);
  }

  async removePadding(): Promise<void> {
    for (const entry of await entriesIfThere(this.#paths.padding)) {
      if (entry.isFile) await Deno.remove(join(this.#paths.padding, entry.name));
    }
  }

  readState(generation: StateGeneration): Promise<Uint8Array | undefined> {
    return readBytesIfThere(this.#statePath(generation));
  }

  async writeState(bytes: Uint8Array): Promise<void> {
    await durableWrite(this.#paths.state, bytes, { keepAs: this.#paths.previousState });
  }

  async removeState(generation: StateGeneration): Promise<void> {
    const path = this.#statePath(generation);
    await unlessAbsent(path, () => Deno.remove(path));
  }

  async writeTable(file: TableFile, text: string): Promise<void> {
    await writeResultFile(this.#paths.folder, file, text);
  }

  async writeReport(file: ReportFile, content: string | Uint8Array): Promise<void> {
    await makeFolder(dirname(join(this.#paths.folder, file)));
    await writeResultFile(this.#paths.folder, file, content);
  }

  async arrayRows(request: Omit<GrowingArrayRequest, "done">): Promise<number> {
    return await wholeRows(this.#paths.folder, request);
  }

  async openArray(request: GrowingArrayRequest): Promise<GrowingArray> {
    return await openGrowingArray(this.#paths.folder, request);
  }

  async readArray(name: string): Promise<Uint8Array> {
    return await Deno.readFile(this.#arrayPath(name));
  }

  async writeArray(name: string, bytes: Uint8Array | string): Promise<void> {
    await makeFolder(join(this.#paths.folder, arraysFolder));
    await durableWrite(this.#arrayPath(name), bytes);
  }

  async removeArray(name: string): Promise<void> {
    const path = this.#arrayPath(name);
    await unlessAbsent(path, () => Deno.remove(path));
  }

  [Symbol.dispose](): void {
    this.#lines[Symbol.dispose]();
  }

  #statePath(generation: StateGeneration): string {
    return generation === "newest" ? this.#paths.state : this.#paths.previousState;
  }

  #arrayPath(name: string): string {
    return join(this.#paths.folder, arraysFolder, name);
  }

  #path(index: number): string {
    return join(this.#paths.folder, framePath(index));
  }

  async #isWhole(index: number): Promise<boolean> {
    const record = this.#records.get(index);
    if (record === undefined || this.#damaged.has(index)) return false;
    if (this.#verified.has(index)) return true;
    const path = this.#path(index);
    const found = await unlessAbsent(path, () => sha256OfFile(path));
    if (found === record.sha256) {
      this.#verified.add(index);
      return true;
    }
    this.#damaged.add(index);
    // Padding goes away when frame 0 is finished: then its absence is no damage.
    if (index >= 0 || found !== undefined) {
      this.#options.onDamage({
        path: framePath(index),
        expected: record.sha256,
        found: found ?? "no file",
      });
    }
    return false;
  }

  /** Frames follow from one another: with other bytes in one of them, the later ones are of another clip. */
  async #forgetFrom(index: number): Promise<void> {
    for (const later of [...this.#records.keys()].filter((frame) => frame >= index)) {
      this.#records.delete(later);
      this.#verified.delete(later);
      this.#damaged.delete(later);
    }
    this.#searched = { first: 0, next: 0 };
    this.#lines[Symbol.dispose]();
    await replaceFrameRecords(this.#paths.frameRecords, this.#records.values());
    this.#lines = await openLineWriter(this.#paths.frameRecords);
  }
}
