import assert from "node:assert/strict";
import { stripFigure, tableFigures } from "../../lib/report/figures.ts";
import { stripTable } from "../../lib/report/page/player.ts";

const chart = {
  title: "values",
  spec: {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    data: { url: "table.csv" },
    mark: "point",
    encoding: { x: { field: "value", type: "quantitative" } },
  },
};

Deno.test("a figure's file is named after its instance and its chart, also where a matrix made the instance", async () => {
  const figuresOf = (name: string) =>
    tableFigures({
      ...{ name, files: { "table.csv": "value\r\n1\r\n" } },
      charts: [{ id: "residual", ...chart }],
    });
  const stems = async (name: string) => (await figuresOf(name)).map(({ stem }) => stem);
  assert.deepEqual(await stems("matched"), ["matched.residual"]);
  assert.deepEqual(await stems("matched[clip=street,seed=2]"), ["matched_clip=street,seed=2.residual"]);
});

Deno.test("the strip of frames is named after no instance, as the page's links to it are", () => {
  const { stem } = stripFigure({
    frames: [0],
    rows: ["leaves", "metamer"].map((name) => ({ name, height: 1, width: 1, pictures: [undefined] })),
  });
  const links = stripTable({ frames: [0], rows: [] }).markup;
  assert.equal(stem, "frames");
  assert.match(links, /href="figures\/frames\.svg"/);
});
