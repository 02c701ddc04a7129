/** Git revisions, in a repository that each test makes. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { callProgram } from "../../program/bench.ts";
import { clip, runProgram, tinyWorkflow } from "../../program/program.ts";
import { type TemporaryFolder, temporaryFolder } from "../../temporary_folder.ts";

const git = ["/usr/bin/git", "/usr/local/bin/git"].find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

/** A repository with one commit for each set of files. */
async function repository(
  ...commits: readonly Readonly<Record<string, string | Uint8Array>>[]
): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  const ask = async (...args: readonly string[]) => {
    const identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    const { success, stderr } = await new Deno.Command(git ?? "", {
      args: ["-C", folder.path, ...identity, ...args],
    }).output();
    assert(success, new TextDecoder().decode(stderr));
  };
  await ask("init", "--quiet");
  for (const files of commits) {
    for (const [name, content] of Object.entries(files)) {
      await Deno.mkdir(join(folder.path, name, ".."), { recursive: true });
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(join(folder.path, name), bytes);
    }
    await ask("add", "--all");
    await ask("commit", "--quiet", "--message", "a");
  }
  return folder;
}

/** Runs `diff` in a folder, as a user who stands there does. */
async function diff(folder: TemporaryFolder, ...sides: readonly string[]) {
  const args = ["diff", ...sides, "--json", "--out", join(folder.path, "runs")];
  const { code, stdout, stderr } = await runProgram(args, { INIT_CWD: folder.path });
  return { code, stderr, found: stdout === "" ? undefined : JSON.parse(stdout) };
}

Deno.test({
  name:
    "diff tells what changed since a revision, with what it extended and the clip table that it read then",
  ignore: git === undefined,
  async fn() {
    const table = "name,file\nstreet,mine.y4m\n";
    const derived =
      "metamer: 1\nextends: ../base.yaml\nvideos: { clip: null, clips: { from: ../clips/clips.csv } }\n" +
      "stages: { tiny: { targets: { spatial_texture: street } } }\n";
    await using folder = await repository(
      {
        "base.yaml": tinyWorkflow,
        "workflows/a.yaml": derived,
        "clips/clips.csv": table,
        "clips/mine.y4m": clip(8),
      },
      {
        "base.yaml": tinyWorkflow.replace("padding: 1", "padding: 2 # more"),
        "clips/clips.csv": "name,file,start\nstreet,mine.y4m,1\n",
      },
    );
    const file = "workflows/a.yaml";
    const { code, found, stderr } = await diff(folder, `HEAD~1:${file}`, file);
    assert.equal(code, 1, stderr);
    assert.deepEqual(found.settings, [
      { path: "videos.street.start", from: 0, to: 1 },
      { path: "stages.tiny.padding.frames", from: 1, to: 2 },
    ]);
    assert.deepEqual(found.instances.map(({ name }: { name: string }) => name), ["street", "tiny"]);
    assert.equal((await diff(folder, `HEAD:${file}`, file)).code, 0);
  },
});

Deno.test({
  name: "diff knows the content that a clip had in a revision",
  ignore: git === undefined,
  async fn() {
    const text = tinyWorkflow.replace(/clip: \{.*/, "clip: { file: mine.y4m, frames: 8 }");
    await using folder = await repository({ "a.yaml": text, "mine.y4m": clip(8) }, { "mine.y4m": clip(9) });
    const { code, found } = await diff(folder, "HEAD~1:a.yaml", "a.yaml");
    assert.equal(code, 1);
    assert.deepEqual([found.settings, found.clips.length], [[], 1]);
  },
});

Deno.test({
  name: "diff says of a wrong revision, or a workflow that was wrong in it, which it was",
  ignore: git === undefined,
  async fn() {
    await using folder = await repository({ "a.yaml": tinyWorkflow.replace("padding: 1", "padding: -1") }, {
      "a.yaml": tinyWorkflow,
    });
    const wrong = await diff(folder, "HEAD~1:a.yaml", "a.yaml");
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /^in HEAD~1:a\.yaml:\na\.yaml:10:14: error: padding /);
    const none = await diff(folder, "nowhere:a.yaml", "a.yaml");
    assert.equal(none.code, 2);
    assert.match(none.stderr, /^nowhere:a\.yaml: error: git says: /);
  },
});

Deno.test({
  name: "diff compares a revision with the results and the manifests of a run",
  ignore: git === undefined,
  async fn() {
    const then = tinyWorkflow.replace("iterations: 20", "iterations: 2").replace("frames: 4", "frames: 1");
    await using folder = await repository({ "a.yaml": then }, {
      "a.yaml": then.replace("padding: 1", "padding: 0"),
    });
    const ran = await callProgram(["run", join(folder.path, "a.yaml"), "--out", join(folder.path, "runs")]);
    assert.equal(ran.code, 0, ran.stderr);
    for (const record of ["runs/a", "runs/a/stages/tiny/manifest.json"]) {
      assert.equal((await diff(folder, "HEAD:a.yaml", record)).code, 0);
      const { found } = await diff(folder, record, "HEAD~1:a.yaml");
      assert.deepEqual(found.settings, [{ path: "stages.tiny.padding.frames", from: 0, to: 1 }]);
    }
  },
});
