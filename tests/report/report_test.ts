import assert from "node:assert/strict";
import { reportFiles } from "../../lib/report/report.ts";
import type { ReportContent } from "../../lib/report/content.ts";
import { reported, reportedTable } from "./records.ts";

async function filesOf(content: ReportContent): Promise<Map<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  for await (const { file, content: held } of reportFiles(content)) files.set(file, held);
  return files;
}

const chart = {
  title: "Values over time",
  data: { url: "table.csv", format: { type: "csv" } },
  mark: "line",
  encoding: {
    x: { field: "frame", type: "quantitative" },
    y: { field: "value", type: "quantitative", title: "what was measured" },
  },
};
const table = "frame,value\r\n0,1\r\n1,3\r\n2,2\r\n";
const measured = reportedTable("measured", table, { headline: "three values", charts: { over_time: chart } });

Deno.test("a table's charts are drawn from its numbers, as SVG and as PNG, whatever it measures; the page comes last", async () => {
  const files = await filesOf({ title: "A test", instances: [measured], more: [] });
  assert.deepEqual([...files.keys()], [
    "figures/measured.over_time.svg",
    "figures/measured.over_time.png",
    "data/measured/table.csv",
    "data/measured/summary.json",
    "data/measured/manifest.json",
    "index.html",
  ]);
  const svg = String(files.get("figures/measured.over_time.svg"));
  assert.match(svg, /<title>Values over time \(measured\)<\/title>/);
  assert.match(svg, /what was measured/);
  assert.match(svg, /d="M[^"]*L[^"]*L[^"]*"[^>]*stroke="#0072b2"/i);
  const png = files.get("figures/measured.over_time.png");
  assert.ok(png instanceof Uint8Array && png[1] === 0x50);
  const page = String(files.get("index.html"));
  assert.match(page, /three values/);
  assert.match(page, /Figure 1\.<\/strong> Values over time/);
});

Deno.test("what comes from a workflow is text on the page: a script in a title or a warning does not run", async () => {
  const evil = "<script>alert('&\"')</script>";
  const instance = reported("metamer", {
    manifest: { warnings: [{ code: "x", text: evil }], deviations: [evil], settings: { title: evil } },
  });
  const page = String((await filesOf({ title: evil, instances: [instance], more: [] })).get("index.html"));
  assert.equal(page.match(/<script/g)?.length, 1);
  assert.match(page, /<h1>&lt;script&gt;alert\(&#39;&amp;&quot;&#39;\)&lt;\/script&gt;<\/h1>/);
});

Deno.test("the page may fetch nothing, and run no script but its own", async () => {
  const page = String(
    (await filesOf({ title: "A test", instances: [measured], more: [] })).get("index.html"),
  );
  const [, policy = ""] = page.match(/Content-Security-Policy" content="([^"]*)"/) ?? [];
  assert.match(policy, /default-src &#39;none&#39;/);
  const [, script = ""] = page.match(/<script>([^]*?)<\/script>/) ?? [];
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script)));
  assert.ok(policy.includes(`sha256-${digest.toBase64()}`));
  assert.deepEqual([...page.matchAll(/(?:src|href)="(?!data:|#|figures\/|data\/)[^"]*"/g)], []);
});

Deno.test("a chart reads its table, and nothing else", async () => {
  const elsewhere = { ...chart, data: { url: "https://example.org/table.csv" } };
  const instances = [reportedTable("measured", table, { charts: { elsewhere } })];
  await assert.rejects(filesOf({ title: "A test", instances, more: [] }), {
    name: "RunError",
    message: /the chart elsewhere of measured cannot be drawn: .*example\.org/,
  });
});

Deno.test("a chart that is none is named", async () => {
  const instances = [reportedTable("measured", table, { charts: { nothing: { title: "Nothing" } } })];
  await assert.rejects(
    filesOf({ title: "A test", instances, more: [] }),
    /the chart nothing of measured cannot be drawn/,
  );
});
