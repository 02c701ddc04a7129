/**
 * A made-up weights file and servers that give it, whole or not.
 * @module
 */
import { createHash } from "node:crypto";
import type { PublishedWeights } from "../../../lib/models/weights/published_weights.ts";

/** What the file holds: long enough to come in several pieces. */
export const content: Uint8Array<ArrayBuffer> = Uint8Array.from(
  { length: 300_000 },
  (_, i) => (i * 7919) >> 3,
);

/** How it is published. */
export const published: PublishedWeights = {
  fileName: "example.h5",
  otherNames: ["by_hand.h5"],
  url: "https://weights.example/example.h5",
  page: "https://weights.example/",
  bytes: content.length,
  checksum: { algorithm: "md5", hex: createHash("md5").update(content).digest("hex") },
  license: "none",
};

/** A way to the network that leads every request to a server in this process. */
export interface Loopback extends AsyncDisposable {
  readonly fetch: typeof fetch;
  readonly requests: readonly string[];
}

/** Starts a server on the loopback interface that answers every request with `respond`. */
export function loopback(respond: () => Response): Loopback {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => undefined }, respond);
  const requests: string[] = [];
  return {
    requests,
    fetch: (input, init) => {
      requests.push(String(input));
      return fetch(`http://127.0.0.1:${server.addr.port}/`, init);
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
