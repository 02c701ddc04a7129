import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { temporaryFolder } from "../temporary_folder.ts";
import { runProgram } from "./program.ts";

const findings = z.array(
  z.object({ what: z.string(), state: z.string(), found: z.string(), fix: z.string().optional() }),
);

Deno.test("the doctor finds that what is here works, and names the command for weights that are not", async (test) => {
  await using folder = await temporaryFolder();
  const places = ["--out", join(folder.path, "runs"), "--weights", folder.path];
  const { code, stdout, stderr } = await runProgram(["doctor", ...places, "--json"]);
  const found = new Map(findings.parse(JSON.parse(stdout)).map((finding) => [finding.what, finding]));
  assert.equal(code, 0, stdout);
  assert.equal(stderr, "");
  for (
    const what of ["deno", "results", "disk", "contact sheets", "ffmpeg", "ffprobe", "engine onnxruntime"]
  ) {
    assert.equal(found.get(what)?.state, "ok", what);
  }
  assert.match(found.get("engine onnxruntime")?.found ?? "", /a small network and its gradient are right/);
  assert.partialDeepStrictEqual(found.get("model vgg19"), { state: "warning" });
  assert.match(found.get("model vgg19")?.fix ?? "", /^npx -y deno@\S+ task models pull vgg19$/);
  assert.deepEqual([...Deno.readDirSync(folder.path)], []);

  await test.step({
    name: "and says by which line Deno fetches the CUDA library, and what WebGPU needs",
    ignore: Deno.build.os !== "linux" || Deno.build.arch !== "x86_64",
    fn() {
      const cuda = found.get("provider cuda");
      assert.match(
        `${cuda?.found} ${cuda?.fix ?? ""}`,
        /not on this machine: its library .*npx -y deno@\S+ install --allow-scripts=npm:onnxruntime-node/,
      );
      assert.match(found.get("provider webgpu")?.found ?? "", /computes on|needs Vulkan|opens no session/);
    },
  });
});

Deno.test("the doctor ends with 3 when results cannot be written, and says what to do instead", async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "file");
  await Deno.writeTextFile(file, "");
  const { code, stdout } = await runProgram(["doctor", "--out", join(file, "runs")]);
  assert.equal(code, 3);
  assert.match(
    stdout,
    /\nmissing +results +.* cannot be written: .*\n +fix: choose another folder with --out/,
  );
});

Deno.test("folders of libraries in the environment keep no program from being started", async () => {
  await using folder = await temporaryFolder();
  const environment = { LD_LIBRARY_PATH: folder.path, LD_BIND_NOW: "1" };
  const { stdout } = await runProgram(["doctor", "--out", join(folder.path, "runs")], environment);
  assert.match(stdout, /^ok +ffmpeg /m);
  assert.match(stdout, /^ok +provider webgpu /m);
});
