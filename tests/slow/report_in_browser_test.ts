/** A report in a real browser: it needs Linux, for which @sparticuz/chromium brings one, and nothing else. */
import assert from "node:assert/strict";
import axe from "axe-core";
import chromium from "@sparticuz/chromium";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer, { type Page } from "puppeteer-core";
import { z } from "zod";
import { bench, runProgram } from "../program/program.ts";

/** Each frame of a clip has its own gray, the same in both, so that a picture tells which frame it is of. */
const workflow = `metamer: 1
videos:
  ramp: { files: ramp, height: 64, width: 96, fps: 25 }
stages:
  copy:
    kind: synthesis
    streams: { spatial: steerable }
    targets: { spatial_texture: ramp }
    start_from: ramp
    color_transfer: { video: ramp, variant: pdf }
    octaves: { steps: [{ octave: 0, iterations: 1, learning_rate: 0.000001, total_variation: 0 }] }
    padding: 0
    blend: 1
  report: { kind: report, of: copy }
`;

/** What axe-core finds, without the elements themselves: of a page with its videos inside, they are megabytes. */
const audit = `axe.run({ resultTypes: ["violations"] }).then(({ violations }) =>
  violations.map(({ id, impact, help }) => ({ id, impact, help })))`;
const audited = z.array(z.object({ id: z.string(), impact: z.string().nullish(), help: z.string() }));

/** Opens the page, and tells what it complains of and asks for. */
async function open(page: Page, url: string): Promise<readonly string[]> {
  const told: string[] = [];
  page.on("console", (message) => {
    // Said of this test, which reads the canvases again and again.
    if (message.text().includes("willReadFrequently")) return;
    told.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => told.push(String(error)));
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) told.push(`asks for ${request.url()}`);
  });
  await page.goto(url);
  await untilFrame(page, 0);
  return told;
}

/** Waits until the player shows a frame. (The page's policy forbids what `waitForFunction` does.) */
async function untilFrame(page: Page, frame: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (await page.evaluate(`document.querySelector(".player").dataset.frame`) !== String(frame)) {
    if (Date.now() > deadline) throw new Error(`frame ${frame} was not shown`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Gray in the middle of each canvas. */
const grays = `[...document.querySelectorAll("canvas")].map((canvas) =>
  canvas.getContext("2d").getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[1])`;

Deno.test({
  name:
    "in a browser a report plays in sync, steps by frames, asks for nothing, and has no serious fault of access",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using place = await bench();
    await writeRamp(join(place.folder, "ramp"), 12);
    const file = await place.write("a.yaml", workflow);
    const { code, stderr } = await runProgram(["run", file, "--out", place.runs]);
    assert.equal(code, 0, stderr);
    const url = pathToFileURL(join(place.runs, "a", "report", "index.html")).href;
    const browser = await puppeteer.launch({
      args: [...chromium.args],
      executablePath: await chromium.executablePath(),
      headless: "shell",
    });
    try {
      for (const scheme of ["light", "dark"]) {
        const page = await browser.newPage();
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        const told = await open(page, url);
        await page.evaluate(`${axe.source}; 0`);
        const found = audited.parse(await page.evaluate(audit));
        const serious = found.filter(({ impact }) => impact === "serious" || impact === "critical");
        assert.deepEqual(serious.map(({ id, help }) => `${id}: ${help}`), []);
        assert.deepEqual(told, []);
        await page.close();
      }
      const page = await browser.newPage();
      const told = await open(page, url);
      const [first = 0, other = 0] = z.array(z.number()).parse(await page.evaluate(grays));
      assert.ok(Math.abs(first - other) <= 4, `frame 0 of both: ${first}, ${other}`);
      await page.keyboard.press("ArrowRight");
      await untilFrame(page, 1);
      await page.keyboard.press(" ");
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      const [one = 0, two = 0] = z.array(z.number()).parse(await page.evaluate(grays));
      // Frames differ by sixteen levels.
      assert.ok(Math.abs(one - two) <= 16 + 4, `after ten seconds: ${one}, ${two}`);
      assert.equal(await page.evaluate(`document.querySelector("video").paused`), false);
      assert.deepEqual(told, []);
    } finally {
      await browser.close();
    }
  },
});

/** Gray images, each sixteen levels lighter than the one before. */
async function writeRamp(folder: string, frames: number): Promise<void> {
  const { encode } = await import("fast-png");
  await Deno.mkdir(folder);
  for (let index = 0; index < frames; index++) {
    const data = new Uint8Array(64 * 96 * 3).fill(20 + 16 * index);
    const name = `${String(index).padStart(3, "0")}.png`;
    await Deno.writeFile(join(folder, name), encode({ height: 64, width: 96, data, channels: 3, depth: 8 }));
  }
}
