/** The README's commands, run as they stand there, on smaller work where they would take long. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { sharedPath } from "../shared_data.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { project, runProgram } from "./program.ts";

const tiny = [
  "--set=videos.leaves={ generate: dead_leaves, height: 24, width: 32, frames: 20 }",
  "--set=stages.metamer.octaves={ steps: [{ octave: 0, iterations: 2 }] }",
];

const weights = sharedPath("weights");
const clip = sharedPath("clips/carphone_176x144.mp4");

function ownClip(weights: string | undefined, clip: string | undefined): readonly string[] | undefined {
  if (weights === undefined || clip === undefined) return undefined;
  return [
    `--weights=${weights}`,
    `--set=videos.natural.file=${clip}`,
    "--set=videos.natural.height=36",
    "--set=stages.metamer.octaves={ steps: [{ octave: 0, iterations: 1 }] }",
    "--frames=1",
  ];
}

/** What makes each command short; undefined where this machine lacks what it needs. */
const made: Readonly<Record<string, readonly string[] | undefined>> = {
  "run workflows/quickstart.yaml": tiny,
  "run workflows/quickstart.yaml --frames 16": tiny,
  "run workflows/quickstart.yaml --set stages.metamer.seed=2 --name second_sample": tiny,
  "validate workflows/quickstart.yaml --resolved": [],
  "plan workflows/seeds.yaml": [],
  "plan workflows/metamer.yaml": weights === undefined ? undefined : ["--weights", weights],
  "run workflows/metamer.yaml --set videos.natural.file=clips/mine.mp4 --frames 12": ownClip(weights, clip),
};

/** Run by `.ci/run` itself. */
const runElsewhere = new Set(["test"]);

const prefix = "    npx -y deno@2.9.6 task ";
const commands = (await Deno.readTextFile(join(project, "README.md"))).split("\n")
  .filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));

Deno.test("every command of the README is run by a test or by CI", () => {
  assert.ok(commands.length > 3);
  const known = new Set([...Object.keys(made), ...runElsewhere]);
  assert.deepEqual(commands.filter((command) => !known.has(command)), []);
});

for (const command of commands.filter((command) => !runElsewhere.has(command))) {
  const shorter = made[command];
  Deno.test({
    name: `README: ${command}`,
    ignore: shorter === undefined,
    async fn() {
      await using runs = await temporaryFolder();
      const verb = command.split(" ")[0] ?? "";
      const out = verb === "run" ? ["--out", runs.path] : [];
      const { code, stdout, stderr } = await runProgram([
        ...command.split(" "),
        ...(shorter ?? []),
        ...out,
      ]);
      assert.equal(code, 0, `${stdout}\n${stderr}`);
    },
  });
}
