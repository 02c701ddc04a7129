import assert from "node:assert/strict";
import { readPngHeader } from "../../lib/video/png_header.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { makeImage } from "./media.ts";

Deno.test("a PNG's header says its size and its kind of pixels", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/a.png`;
  const cases = [
    ["gray", 1, "8-bit gray", false],
    ["gray16be", 2, "16-bit gray", false],
    ["rgb24", 3, "8-bit color", false],
    ["rgb48be", 6, "16-bit color", false],
    ["rgba", 4, "8-bit color with transparency", true],
  ] as const;
  for (const [pixelFormat, bytes, pixels, transparent] of cases) {
    await makeImage(path, { height: 3, width: 5, pixelFormat, bytes: new Uint8Array(15 * bytes) });
    assert.deepEqual(await readPngHeader(path), {
      height: 3,
      width: 5,
      pixels,
      transparent,
      cutShort: false,
    });
  }
});

Deno.test("a chunk that makes colors of a palette transparent is found", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/a.png`;
  await makeImage(path, { height: 2, width: 2, pixelFormat: "rgb24", bytes: new Uint8Array(12) });
  const file = await Deno.readFile(path);
  // Length 2, tRNS, two bytes, and a checksum that nobody reads here, after the header of 33 bytes.
  const chunk = [0, 0, 0, 2, ...new TextEncoder().encode("tRNS"), 0, 0, 0, 0, 0, 0];
  await Deno.writeFile(path, Uint8Array.from([...file.subarray(0, 33), ...chunk, ...file.subarray(33)]));
  assert.equal((await readPngHeader(path))?.transparent, true);
});

Deno.test("a file that is no PNG, is empty or ends early has no header", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/a.png`;
  for (const content of ["", "not an image, whatever its name says of it", "\x89PNG"]) {
    await Deno.writeTextFile(path, content);
    assert.equal(await readPngHeader(path), undefined);
  }
});

Deno.test("a PNG that breaks off is known, and one with something behind its end is whole", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/a.png`;
  await makeImage(path, { height: 3, width: 5, pixelFormat: "rgb24", bytes: new Uint8Array(45) });
  const file = await Deno.readFile(path);
  for (const missing of [12, 20]) {
    await Deno.writeFile(path, file.subarray(0, file.length - missing));
    assert.equal((await readPngHeader(path))?.cutShort, true, `${missing} bytes are missing`);
  }
  await Deno.writeFile(
    path,
    Uint8Array.from([...file, ...new TextEncoder().encode("a note of another program")]),
  );
  assert.equal((await readPngHeader(path))?.cutShort, false);
});
