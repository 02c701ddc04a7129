import assert from "node:assert/strict";
import { join } from "node:path";
import { type Export, exportInstances } from "../../../lib/cli/export/export_instances.ts";
import { RunError } from "../../../lib/errors.ts";
import { Stopper } from "../../../lib/runner/signals.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const names = (folder: string) => Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();

/** An export of two gray frames; `look` is called before the second is read. */
function exportTo(path: string, level: number, look: () => void = () => {}): Export {
  return {
    name: "clip",
    video: { height: 4, width: 6, frames: 2, fps: "25/1" },
    path,
    as: "png8",
    values: "coded",
    finished: 2,
    frames: {
      frames: 2,
      frame(index) {
        if (index === 1) look();
        return Promise.resolve({ shape: [4, 6, 3], data: new Uint8Array(72).fill(level) });
      },
    },
  };
}

Deno.test("a folder of exported images is replaced when the new one is whole, and not before", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "clip_png8");
  const image = () => Deno.readFileSync(join(path, "000000.png")).toBase64();
  const write = (level: number, look?: () => void) =>
    exportInstances([exportTo(path, level, look)], new Stopper(), () => {});

  await write(10);
  const first = image();
  const damaged = () => {
    assert.equal(image(), first);
    throw new RunError("frame 1 is damaged");
  };
  await assert.rejects(write(20, damaged), /frame 1 is damaged/);
  assert.equal(image(), first);
  assert.deepEqual(names(folder.path), ["clip_png8"]);

  await write(20, () => assert.equal(image(), first));
  assert.notEqual(image(), first);
  assert.deepEqual(names(folder.path), ["clip_png8"]);
  assert.deepEqual(names(path), ["000000.png", "000001.png"]);
});
