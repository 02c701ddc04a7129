import { drawChart } from "./lib/report/charts/draw_chart.ts";
import { drawPng } from "./lib/formats/svg_to_png.ts";
const dir = Deno.args[0];
const s = JSON.parse(await Deno.readTextFile(dir + "/summary.json"));
const t = await Deno.readTextFile(dir + "/table.csv");
const { matchCharts } = await import("./lib/stages/match/charts.ts");
for (const [id, spec] of Object.entries(matchCharts)) await Deno.writeFile(`/tmp/wr/shots/m_${id}.png`, await drawPng(await drawChart(spec as any, t, id), 1.5));
