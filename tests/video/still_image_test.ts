import assert from "node:assert/strict";
import { encodeShareable } from "../../lib/video/encode.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { decoded, inOrder, probed, scrambledFrame } from "./clips.ts";

/** A portable pixmap of one pixel. */
function pixmap(red: number, green: number, blue: number): Uint8Array {
  return new Uint8Array([...new TextEncoder().encode("P6 1 1 255\n"), red, green, blue]);
}

Deno.test("an image whose name looks like a pattern of names is that image, and no other", async () => {
  await using temporary = await temporaryFolder();
  const folder = temporary.path;
  await Deno.writeFile(`${folder}/frame%02d.ppm`, pixmap(10, 20, 30));
  await Deno.writeFile(`${folder}/frame01.ppm`, pixmap(40, 50, 60));
  await Deno.writeFile(`${folder}/frame02.ppm`, pixmap(70, 80, 90));
  const { still, frames } = await probed(`${folder}/frame%02d.ppm`);
  assert.deepEqual({ still, frames }, { still: true, frames: 1 });
  assert.deepEqual(await decoded(`${folder}/frame%02d.ppm`), [new Uint8Array([10, 20, 30])]);
  for (const name of ["frame%*.ppm", "frame%[0].ppm", "frame%?.ppm", "frame%{0}.ppm"]) {
    await Deno.copyFile(`${folder}/frame%02d.ppm`, `${folder}/${name}`);
    assert.deepEqual(await decoded(`${folder}/${name}`), [new Uint8Array([10, 20, 30])], name);
  }
});

Deno.test("a video's name may look like a pattern of names, too", async () => {
  await using temporary = await temporaryFolder();
  const size = { height: 32, width: 32 };
  const path = `${temporary.path}/clip%02d.mp4`;
  await encodeShareable(path, inOrder([scrambledFrame(size, 0)]), { size, fps: "25/1" }, "pad");
  assert.equal((await probed(path)).frames, 1);
  assert.equal((await decoded(path)).length, 1);
});
