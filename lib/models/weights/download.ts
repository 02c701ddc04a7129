/**
 * Fetches a weights file so that it is either whole and the published one, or not there.
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { MissingError } from "../../errors.ts";
import { cannotWrite, makeFolder, temporaryPath } from "../../store/durable_write.ts";
import { isFetched, type PublishedWeights, type WeightsByHand } from "./published_weights.ts";

/** How far a download is. */
export interface DownloadProgress {
  /** What is fetched. */
  readonly fileName: string;
  /** Bytes that are here. */
  readonly received: number;
  /** Length of the whole file. */
  readonly bytes: number;
}

export interface DownloadOptions {
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Another way to the network, for tests. */
  readonly fetch?: typeof fetch | undefined;
}

/** A connection that gives nothing for so long is given up. */
const patienceMilliseconds = 60_000;

/**
 * Downloads into the folder, which is created, and returns the file's path. Bytes are streamed to a temporary file, which
 * gets its name only when length and checksum are those published; otherwise nothing is left.
 * Rejects with a MissingError that says what a person can do, or with a RunError when the folder cannot be written.
 */
export async function downloadWeights(
  weights: PublishedWeights,
  folder: string,
  options: DownloadOptions = {},
): Promise<string> {
  const refused = (reason: string) =>
    byHand(weights, folder, `${weights.fileName} could not be fetched: ${reason}`);
  await makeFolder(folder);
  const path = join(folder, weights.fileName);
  const aside = temporaryPath(path);
  try {
    {
      using file = await Deno.open(aside, { write: true, create: true, truncate: true });
      const hash = createHash(weights.checksum.algorithm);
      let received = 0;
      for await (const piece of piecesOf(weights.url, options.fetch ?? fetch, refused)) {
        hash.update(piece);
        received += piece.length;
        if (received > weights.bytes) break;
        for (let written = 0; written < piece.length;) written += await file.write(piece.subarray(written));
        options.onProgress?.({ fileName: weights.fileName, received, bytes: weights.bytes });
      }
      if (received < weights.bytes) throw refused(`only ${received} of ${weights.bytes} bytes came`);
      if (received > weights.bytes || hash.digest("hex") !== weights.checksum.hex) {
        throw refused("what came is not the published file (its checksum differs)");
      }
      await file.sync();
    }
    await Deno.rename(aside, path);
    return path;
  } catch (error) {
    await Deno.remove(aside).catch(() => undefined);
    throw error instanceof MissingError ? error : cannotWrite(path, error, "--weights");
  }
}

/** The error for weights that are not here: what is wrong, and where a person can get the file and has to put it. */
export function byHand(
  weights: PublishedWeights | WeightsByHand,
  folder: string,
  problem: string,
): MissingError {
  const { page, fileName } = weights;
  const lines = [
    problem,
    `page:   ${page}`,
    isFetched(weights) ? `file:   ${weights.url}` : `how:    ${weights.steps}`,
    `put it into ${folder}`,
    `under the name ${fileName}`,
  ];
  return new MissingError(lines.join("\n  "));
}

/** The body of an https response, piece by piece. Whatever goes wrong on the way is thrown as `refused` makes it. */
async function* piecesOf(
  url: string,
  get: typeof fetch,
  refused: (reason: string) => MissingError,
): AsyncGenerator<Uint8Array> {
  const given = new AbortController();
  let timer = setTimeout(() => given.abort(), patienceMilliseconds);
  try {
    const response = await get(url, { signal: given.signal });
    const insecure = response.redirected && !response.url.startsWith("https:");
    if (insecure || !response.ok || response.body === null) {
      await response.body?.cancel();
      throw refused(
        insecure ? `it was redirected to ${response.url}` : `the server answered ${response.status}`,
      );
    }
    for await (const piece of response.body) {
      clearTimeout(timer);
      timer = setTimeout(() => given.abort(), patienceMilliseconds);
      yield piece;
    }
  } catch (error) {
    if (error instanceof MissingError) throw error;
    const reason = given.signal.aborted ? "the server stopped answering" : rootMessage(error);
    throw refused(reason);
  } finally {
    clearTimeout(timer);
  }
}

/** Deno wraps the reason why a connection failed into errors that only say that it failed. */
function rootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? rootMessage(error.cause) : error.message;
}
