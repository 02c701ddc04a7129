import chromium from "@sparticuz/chromium";
import puppeteer from "puppeteer-core";
const [path, out] = Deno.args;
const b = await puppeteer.launch({ args: [...chromium.args], executablePath: await chromium.executablePath(), headless: "shell" });
async function shot(name: string, width: number, features: any[], media?: string) {
  const p = await b.newPage();
  p.on("console", (m) => console.log(name, m.type(), m.text()));
  p.on("pageerror", (e: any) => console.log(name, "error", String(e)));
  await p.setViewport({ width, height: 900 });
  await p.emulateMediaFeatures(features);
  if (media) await p.emulateMediaType(media);
  await p.goto("file://" + path);
  await new Promise((r) => setTimeout(r, 1200));
  if (media) await p.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const h = await p.evaluate(() => document.documentElement.scrollHeight);
  const step = width < 500 ? 2200 : 1400;
  for (let y = 0, i = 0; y < h; y += step, i++) await p.screenshot({ path: `${out}/${name}_${i}.png` as any, clip: { x: 0, y, width, height: Math.min(step, h - y) }, captureBeyondViewport: true });
  console.log(name, h, await p.evaluate(() => [document.documentElement.scrollWidth, innerWidth, document.querySelector<HTMLElement>(".player")?.dataset.frame].join(" ")));
  await p.close();
}
for (const which of (Deno.args[2] ?? "light,dark,narrow,print").split(",")) {
  if (which === "light") await shot("light", 1280, []);
  if (which === "dark") await shot("dark", 1280, [{ name: "prefers-color-scheme", value: "dark" }]);
  if (which === "narrow") await shot("narrow", 390, []);
  if (which === "print") await shot("print", 720, [], "print");
}
await b.close();
