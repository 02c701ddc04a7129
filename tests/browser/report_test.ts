/** A report in a real browser: it needs Linux, for which @sparticuz/chromium brings one, and nothing else. */
import assert from "node:assert/strict";
import axe from "axe-core";
import chromium from "@sparticuz/chromium";
import { encode } from "fast-png";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer, { type Page } from "puppeteer-core";
import { z } from "zod";
import { benchOf, runProgram } from "../program/program.ts";

const frames = 12;

/** Frames that show their own number, forwards and backwards, at two rates: four videos that never show the same by chance. */
const workflow = `metamer: 1
videos:
  fast: { files: fast, height: 64, width: 96, fps: 25 }
  slow: { files: slow, height: 64, width: 96, fps: 12.5 }
stages:
  fast_back: { kind: reverse, video: fast }
  slow_back: { kind: reverse, video: slow }
  report: { kind: report, of: [fast_back, slow_back] }
`;

/** The frames of fast, slow, fast_back and slow_back that belong together. */
function together(frame: number): readonly number[] {
  const slow = Math.floor(frame / 2);
  return [frame, slow, frames - 1 - frame, frames / 2 - 1 - slow];
}

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

/** The numbers that the pictures in the canvases show, all at one moment: four bars, white for 1. */
const numbers = `[...document.querySelectorAll("canvas")].map((canvas) => {
  const bars = [0, 1, 2, 3].map((bar) =>
    canvas.getContext("2d").getImageData((bar + 0.5) * canvas.width / 4, canvas.height / 2, 1, 1).data[1]);
  return bars.reduce((number, gray) => 2 * number + (gray > 127 ? 1 : 0), 0);
})`;

async function shownNumbers(page: Page): Promise<readonly number[]> {
  return z.array(z.number()).length(4).parse(await page.evaluate(numbers));
}

/** The furthest of the four from where the first one is. */
function apart(shown: readonly number[]): number {
  return Math.max(...together(shown[0]!).map((number, video) => Math.abs(shown[video]! - number)));
}

Deno.test({
  name:
    "in a browser a report plays in sync, steps by frames, asks for nothing, and has no serious fault of access",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using place = await benchOf(runProgram);
    await writeNumbers(join(place.folder, "fast"), frames);
    await writeNumbers(join(place.folder, "slow"), frames / 2);
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
      for (let frame = 0; frame < frames; frame++) {
        await untilFrame(page, frame);
        assert.deepEqual(await shownNumbers(page), together(frame));
        await page.keyboard.press("ArrowRight");
      }
      await page.evaluate(`for (let press = 0; press < 7; press++)
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }))`);
      await untilFrame(page, frames - 1 - 7);
      await page.keyboard.press(" ");
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      const seen = new Set<number>();
      for (let look = 0; look < 20; look++) {
        const shown = await shownNumbers(page);
        assert.ok(apart(shown) <= 1, `after ten seconds of play the videos show ${shown.join(", ")}`);
        seen.add(shown[0]!);
        await new Promise((resolve) => setTimeout(resolve, 70));
      }
      assert.ok(seen.size > 3, `it plays, but shows ${[...seen].join(", ")} alone`);
      assert.equal(await page.evaluate(`document.querySelector("video").paused`), false);
      assert.deepEqual(told, []);
    } finally {
      await browser.close();
    }
  },
});

/** Images of four bars, the binary digits of their numbers. */
async function writeNumbers(folder: string, count: number): Promise<void> {
  const [height, width] = [64, 96];
  await Deno.mkdir(folder);
  for (let number = 0; number < count; number++) {
    const data = new Uint8Array(height * width * 3);
    for (let value = 0; value < data.length; value++) {
      const bar = Math.floor(4 * (Math.floor(value / 3) % width) / width);
      data[value] = (number >> (3 - bar)) % 2 === 1 ? 220 : 30;
    }
    const name = `${String(number).padStart(3, "0")}.png`;
    await Deno.writeFile(join(folder, name), encode({ height, width, data, channels: 3, depth: 8 }));
  }
}
