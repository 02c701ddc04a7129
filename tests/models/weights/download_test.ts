import assert from "node:assert/strict";
import { join } from "node:path";
import { MissingError, RunError } from "../../../lib/errors.ts";
import { type DownloadProgress, downloadWeights } from "../../../lib/models/weights/download.ts";
import { content, loopback, published } from "./published_example.ts";

/** Runs a test with a folder that is removed afterwards. */
async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Asserts that a download fails for this reason, says what to do by hand, and leaves nothing. */
async function failsCleanly(folder: string, download: Promise<string>, reason: RegExp): Promise<void> {
  await assert.rejects(download, (error) => {
    assert.ok(error instanceof MissingError, String(error));
    assert.match(error.message, reason);
    for (const part of [published.page, published.url, folder, published.fileName]) {
      assert.ok(error.message.includes(part), `${part} in: ${error.message}`);
    }
    return true;
  });
  assert.deepEqual([...Deno.readDirSync(folder)], []);
}

Deno.test("downloadWeights() writes the file under its name and reports progress up to its end", async () => {
  await inFolder(async (folder) => {
    await using server = loopback(() => new Response(content));
    const seen: DownloadProgress[] = [];
    const path = await downloadWeights(published, join(folder, "new", "weights"), {
      fetch: server.fetch,
      onProgress: (progress) => seen.push(progress),
    });
    assert.equal(path, join(folder, "new", "weights", published.fileName));
    assert.deepEqual(await Deno.readFile(path), content);
    assert.deepEqual([...Deno.readDirSync(join(folder, "new", "weights"))].length, 1);
    assert.deepEqual(server.requests, [published.url]);
    assert.deepEqual(seen.at(-1), {
      fileName: published.fileName,
      received: content.length,
      bytes: content.length,
    });
    assert.ok(seen.length > 1);
  });
});

Deno.test("downloadWeights() leaves nothing when one bit is wrong", async () => {
  await inFolder(async (folder) => {
    const wrong = content.slice();
    wrong[1000] = (wrong[1000] ?? 0) ^ 1;
    await using server = loopback(() => new Response(wrong));
    await failsCleanly(folder, downloadWeights(published, folder, server), /checksum differs/);
  });
});

Deno.test("downloadWeights() leaves nothing when the file is longer or shorter", async () => {
  await inFolder(async (folder) => {
    await using short = loopback(() => new Response(content.subarray(1)));
    await failsCleanly(folder, downloadWeights(published, folder, short), /only 299999 of 300000 bytes/);
    await using long = loopback(() => new Response(Uint8Array.from([...content, 0])));
    await failsCleanly(folder, downloadWeights(published, folder, long), /checksum differs/);
  });
});

Deno.test("downloadWeights() leaves nothing when the connection breaks", async () => {
  await inFolder(async (folder) => {
    const broken = () => {
      let pulls = 0;
      return new Response(
        new ReadableStream<Uint8Array>({
          pull(controller) {
            if (pulls++ === 0) controller.enqueue(content.subarray(0, 1000));
            else controller.error(new Error("the cable was pulled"));
          },
        }),
      );
    };
    await failsCleanly(
      folder,
      downloadWeights(published, folder, { fetch: () => Promise.resolve(broken()) }),
      /could not be fetched: the cable was pulled/,
    );
  });
});

Deno.test("downloadWeights() says that the network is closed, and what the server answered", async () => {
  await inFolder(async (folder) => {
    const closed = () =>
      Promise.reject(new TypeError("error sending request", { cause: new Error("no route to host") }));
    await failsCleanly(
      folder,
      downloadWeights(published, folder, { fetch: closed }),
      /fetched: no route to host/,
    );
    await using gone = loopback(() => new Response("gone", { status: 404 }));
    await failsCleanly(folder, downloadWeights(published, folder, gone), /the server answered 404/);
  });
});

Deno.test("downloadWeights() does not follow a redirection away from https", async () => {
  await inFolder(async (folder) => {
    await using insecure = loopback(() => new Response(content));
    const redirecting: typeof fetch = async (input, init) => {
      const response = await insecure.fetch(input, init);
      return Object.defineProperty(response, "redirected", { value: true });
    };
    await failsCleanly(
      folder,
      downloadWeights(published, folder, { fetch: redirecting }),
      /redirected to http:/,
    );
  });
});

Deno.test("downloadWeights() throws a RunError when the folder cannot be made", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    await using server = loopback(() => new Response(content));
    await assert.rejects(downloadWeights(published, join(file, "weights"), server), RunError);
  });
});
