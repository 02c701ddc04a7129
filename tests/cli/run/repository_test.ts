import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describeRepository } from "../../../lib/cli/run/repository.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";

/** Writes files into a folder and returns the commit of the repository that `workflows/a.yaml` is in. */
async function commitWith(files: Readonly<Record<string, string>>): Promise<string | undefined> {
  await using folder = await temporaryFolder();
  for (const [name, text] of Object.entries({ "workflows/a.yaml": "metamer: 1", ...files })) {
    const path = join(folder.path, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, text);
  }
  return (await describeRepository(join(folder.path, "workflows", "a.yaml")))?.commit;
}

Deno.test("the commit of a branch, of a packed branch and of a detached head is found", async () => {
  const head = "ref: refs/heads/main\n";
  assert.equal(await commitWith({ ".git/HEAD": head, ".git/refs/heads/main": `${commit}\n` }), commit);
  const packed = `# pack-refs with: peeled\n${"f".repeat(40)} refs/heads/other\n${commit} refs/heads/main\n`;
  assert.equal(await commitWith({ ".git/HEAD": head, ".git/packed-refs": packed }), commit);
  assert.equal(await commitWith({ ".git/HEAD": `${commit}\n` }), commit);
});

Deno.test("the commit of a worktree is that of its own head", async () => {
  const files = {
    "workflows/.git": "gitdir: ../main/.git/worktrees/w\n",
    "main/.git/worktrees/w/HEAD": "ref: refs/heads/side\n",
    "main/.git/worktrees/w/commondir": "../..\n",
    "main/.git/refs/heads/side": `${commit}\n`,
    "main/.git/HEAD": `${"f".repeat(40)}\n`,
  };
  assert.equal(await commitWith(files), commit);
});

Deno.test("a folder without a repository, or with one without commits, has no commit", async () => {
  assert.equal(await commitWith({}), undefined);
  assert.equal(await commitWith({ ".git/HEAD": "ref: refs/heads/main\n" }), undefined);
});

const git = ["/usr/bin/git", "/usr/local/bin/git"].find((path) => existsSync(path));

Deno.test({
  name: "git says whether the file is as committed",
  ignore: git === undefined,
  async fn() {
    await using folder = await temporaryFolder();
    const file = join(folder.path, "a.yaml");
    const run = async (...args: string[]) => {
      const identity = ["-c", "user.name=ada", "-c", "user.email=ada@example.org"];
      const command = new Deno.Command(git ?? "", { args: ["-C", folder.path, ...identity, ...args] });
      const { success, stdout, stderr } = await command.output();
      assert(success, new TextDecoder().decode(stderr));
      return new TextDecoder().decode(stdout).trim();
    };
    await Deno.writeTextFile(file, "metamer: 1\n");
    await run("init", "--quiet");
    await run("add", ".");
    await run("commit", "--quiet", "--message", "Begin");
    const commit = await run("rev-parse", "HEAD");
    assert.deepEqual(await describeRepository(file), { commit, dirty: false });
    await Deno.writeTextFile(file, "metamer: 1\nstages: {}\n");
    assert.deepEqual(await describeRepository(file), { commit, dirty: true });
  },
});
