import assert from "node:assert/strict";
import { tableFigures } from "../../lib/report/figures.ts";

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
