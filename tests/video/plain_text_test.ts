import assert from "node:assert/strict";
import { isText } from "../../lib/video/plain_text.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("a text is told from media by its bytes, whatever its name", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/clip.mp4`;
  const told = async (bytes: Uint8Array) => {
    await Deno.writeFile(path, bytes);
    return await isText(path);
  };
  const text = (content: string) => new TextEncoder().encode(content);
  assert.equal(await told(text("version https://git-lfs.github.com/spec/v1\r\n")), true);
  assert.equal(await told(text("x".repeat(4095) + "ä is cut in the middle")), true);
  assert.equal(await told(text("\0\0\0\x18ftypmp42")), false);
  assert.equal(await told(Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3)), false);
  assert.equal(await told(new Uint8Array(0)), false);
});
