import assert from "node:assert/strict";
import { decode } from "fast-png";
import { drawPng } from "../../../lib/formats/svg_to_png.ts";
import { drawSheet, scaleOnSheet, type Sheet } from "../../../lib/cli/contact_sheet/page.ts";
import { scaleInWords, thumbnailPng, thumbnailSize } from "../../../lib/frames/thumbnail.ts";

Deno.test("pictures are enlarged or made smaller by whole numbers, as far as the sheet has room for its columns", () => {
  const shown = (columns: number, height: number, width: number) => {
    const scale = scaleOnSheet({ height, width }, columns);
    return { ...thumbnailSize({ height, width }, scale), words: scaleInWords(scale) };
  };
  assert.deepEqual(shown(4, 96, 226), { height: 96, width: 226, words: "" });
  assert.deepEqual(shown(8, 96, 226), { height: 48, width: 113, words: "1/2 x" });
  assert.deepEqual(shown(8, 24, 32), { height: 120, width: 160, words: "5 x" });
  assert.deepEqual(shown(1, 24, 32), { height: 144, width: 192, words: "6 x" });
  assert.deepEqual(shown(8, 136, 200), { height: 136, width: 200, words: "" });
  assert.deepEqual(shown(8, 360, 640), { height: 90, width: 160, words: "1/4 x" });
  assert.deepEqual(shown(8, 640, 2), { height: 160, width: 1, words: "1/4 x" });
});

Deno.test("a sheet is hardly wider than 1800 pixels, and no picture is tiny, of clips that are not themselves", () => {
  for (let columns = 1; columns <= 8; columns++) {
    for (let width = 16; width <= 2000; width += 7) {
      const scale = scaleOnSheet({ height: 8, width }, columns);
      const size = thumbnailSize({ height: 8, width }, scale);
      assert.ok(size.width >= 90, `${width} in ${columns} columns: ${size.width}`);
      const rows = [{ name: "", lines: [], size, pictures: [] }];
      const svg = drawSheet({ ...sheet, columns: Array(columns).fill("frame"), rows });
      const sheetWidth = Number(svg.match(/width="(\d+)"/)?.[1]);
      assert.ok(sheetWidth <= 2150, `${width} in ${columns} columns: ${sheetWidth}`);
    }
  }
});

Deno.test("what is made smaller is the mean of the pixels that fall together", () => {
  const size = { height: 3, width: 4 };
  const pixels = Uint8Array.from({ length: 12 }, (_, index) => index * 10);
  const rgb = Uint8Array.from(pixels.values().flatMap((value) => [value, 0, 255]));
  const { data, width, height } = decode(thumbnailPng(rgb, size, -2));
  assert.deepEqual([height, width], [1, 2]);
  assert.deepEqual([...data], [25, 0, 255, 45, 0, 255]);
});

const red = thumbnailPng(Uint8Array.of(255, 0, 0), { height: 1, width: 1 }, 100);
const sheet: Sheet = {
  title: "A & B <textures>\u0007",
  subtitle: "workflows/a.yaml",
  columns: ["frame 0", "frame 3"],
  rows: [{
    name: "leaves",
    lines: ["video, 1 x 1"],
    size: { height: 100, width: 100 },
    pictures: [red, undefined],
  }],
  footer: ["Metamer"],
};

Deno.test("names and frame numbers stand on the sheet, and signs of XML in them do no harm", () => {
  const svg = drawSheet(sheet);
  for (const text of ["A &amp; B &lt;textures&gt;</text>", ">frame 3<", ">leaves<", ">video, 1 x 1<"]) {
    assert.ok(svg.includes(text), text);
  }
});

Deno.test("the sheet is drawn with its pictures and with letters, though the machine may have no font", async () => {
  const draw = async (drawn: Sheet) => decode(await drawPng(drawSheet(drawn)));
  const { data, width, height, channels } = await draw(sheet);
  const colorAt = (
    row: number,
    column: number,
  ) => [...data.slice((row * width + column) * channels, (row * width + column) * channels + 3)];
  const reds = Array.from(
    { length: height * width },
    (_, index) => colorAt(Math.floor(index / width), index % width),
  )
    .filter(([r, g, b]) => r === 255 && g === 0 && b === 0);
  assert.equal(reds.length, 100 * 100);

  const blank = { ...sheet, title: "", subtitle: "", columns: ["", ""], footer: [""] };
  const dark = (values: ArrayLike<number>) => Array.from(values).filter((value) => value < 50).length;
  const bare = await draw(blank);
  assert.ok(dark(data) - dark(bare.data) > 1000, "letters were drawn");
});
