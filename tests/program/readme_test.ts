/** The README's commands, run as they stand there, one after the other in one folder; on smaller work where they would take long. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { sharedPath } from "../shared_data.ts";
import { type TemporaryFolder, temporaryFolder } from "../temporary_folder.ts";
import { project, runProgram } from "./program.ts";

/** Steps that make one iteration a frame. */
const oneIteration = "--set=stages.metamer.octaves={ steps: [{ octave: 0, iterations: 1 }] }";

const small = [
  "--set=videos.leaves={ generate: dead_leaves, height: 24, width: 32, frames: 4 }",
  oneIteration,
];
const tiny = [...small, "--frames=2"];

const weights = sharedPath("weights");
const clip = sharedPath("clips/carphone_176x144.mp4");

const ownClip = weights === undefined || clip === undefined ? undefined : [
  ...[`--weights=${weights}`, `--set=videos.natural.file=${clip}`, "--set=videos.natural.height=36"],
  ...[oneIteration, "--set=stages.metamer.padding=0", "--frames=1"],
];

const withWeights = weights === undefined ? undefined : ["--weights", weights];

const quickstart = "run workflows/quickstart.yaml";
/** What makes each command short; undefined where this machine lacks what it needs. */
const made: Readonly<Record<string, readonly string[] | undefined>> = {
  [quickstart]: tiny,
  "run workflows/quickstart.yaml --frames 16": [...small, "--frames=3", "--only=metamer", "--name=longer"],
  "run workflows/quickstart.yaml --set stages.metamer.seed=2 --name second_sample": [
    ...tiny,
    "--only=metamer",
  ],
  "run workflows/quickstart.yaml --set stages.metamer.stop.residual=0.001 --name near": [
    ...tiny,
    "--only=metamer",
  ],
  "validate workflows/quickstart.yaml --resolved": [],
  "plan workflows/seeds.yaml": [],
  "plan workflows/seeds.yaml --graph": [],
  "plan workflows/metamer.yaml": withWeights,
  "run workflows/metamer.yaml --preview --set videos.natural.file=clips/mine.mp4": ownClip,
  "run workflows/metamer.yaml --set videos.natural.file=clips/mine.mp4 --frames 12": ownClip,
  "run workflows/match.yaml": [oneIteration, "--frames=2"],
  // Whole it is run by tests/slow/paper_figures_test.ts.
  "run workflows/paper_figures_small.yaml": [
    ...[oneIteration, "--frames=5", "--set=stages.prediction.context=2", "--only=prediction[clip=leaves]"],
  ],
  "export workflows/quickstart.yaml metamer --as png16 --to stimuli": tiny,
  "export workflows/seeds.yaml --as snakemake": [],
  "diff workflows/quickstart.yaml workflows/seeds.yaml": [],
  "freeze workflows/quickstart.yaml": [],
  "reproduce quickstart": [],
  "models list": [],
  "models pull msoe": withWeights,
  "models verify": withWeights,
  "run workflows/quickstart.yaml --frames 16 --force metamer --dry-run": [...small, "--frames=3"],
  "clean --dry-run": [],
  status: [],
  doctor: [],
};

/** The exit code of a command, where it is not 0: differences are 1. */
const codes: Readonly<Record<string, number>> = {
  "diff workflows/quickstart.yaml workflows/seeds.yaml": 1,
};

/** Run by `.ci/run` itself. */
const runElsewhere = new Set(["test"]);

const prefix = "    npx -y deno@2.9.6 task ";
const commands = (await Deno.readTextFile(join(project, "README.md"))).split("\n")
  .filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));

/** Runs a command with its results in this folder. */
async function runThere(command: string, folder: string): Promise<void> {
  const [verb = ""] = command.split(" ");
  const out = ["run", "export", "status", "diff", "reproduce", "freeze", "clean"].includes(verb)
    ? ["--out", join(folder, "runs")]
    : [];
  const endings: Readonly<Record<string, string>> = { export: "", freeze: ".json" };
  const ending = endings[verb];
  // A name of its own: what another command has written would be in the way.
  const to = ending === undefined ? [] : ["--to", join(folder, `${commands.indexOf(command)}${ending}`)];
  const { code, stdout, stderr } = await runProgram([
    ...command.split(" "),
    ...(made[command] ?? []),
    ...out,
    ...to,
  ]);
  assert.equal(code, codes[command] ?? 0, `${stdout}\n${stderr}`);
}

Deno.test("every command of the README is run by a test or by CI", () => {
  assert.ok(commands.length > 3);
  const known = new Set([...Object.keys(made), ...runElsewhere]);
  assert.deepEqual(commands.filter((command) => !known.has(command)), []);
});

/** Where the commands are run, the quickstart before all others. */
let place: Promise<TemporaryFolder> | undefined;

async function runQuickstart(): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  await runThere(quickstart, folder.path);
  return folder;
}

Deno.test.afterAll(async () => {
  await (await place)?.[Symbol.asyncDispose]();
});

for (const command of commands.filter((command) => !runElsewhere.has(command))) {
  Deno.test({
    name: `README: ${command}`,
    ignore: made[command] === undefined,
    async fn() {
      const { path } = await (place ??= runQuickstart());
      if (command !== quickstart) await runThere(command, path);
    },
  });
}
