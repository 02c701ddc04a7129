/**
 * Whether there is a Slurm for the tests: Debian's packages, which are installed where that is possible.
 * @module
 */
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const packages: readonly string[] = ["slurm-wlm", "munge"];
const programs: readonly string[] = [
  "/usr/sbin/munged",
  "/usr/sbin/slurmctld",
  "/usr/sbin/slurmd",
  "/usr/bin/setpriv",
];

/** Installs it if it is not there. Returns why it cannot be used, or undefined. */
export async function whyNoSlurm(): Promise<string | undefined> {
  if (Deno.build.os !== "linux") return "Slurm runs on Linux";
  if (Deno.uid() !== 0) return "slurmd is started by root";
  if (programs.every((program) => existsSync(program))) return undefined;
  if (!existsSync("/usr/bin/apt-get")) return `${packages.join(" and ")} are not installed, nor is apt-get`;
  // Test files run beside each other, and apt-get waits for nobody.
  using turn = await Deno.open(join(tmpdir(), "metamer-test-apt-get.lock"), { write: true, create: true });
  await turn.lock(true);
  if (programs.every((program) => existsSync(program))) return undefined;
  await aptGet(["update"]);
  const told = await aptGet(["install", "--yes", "--no-install-recommends", ...packages]);
  const missing = programs.filter((program) => !existsSync(program));
  if (missing.length === 0) return undefined;
  return `apt-get does not install ${missing.join(", ")}: ${told.trim().split("\n").at(-1)}`;
}

/** RUNLEVEL=1 keeps installed services from starting: the tests start their own. */
async function aptGet(args: readonly string[]): Promise<string> {
  const command = new Deno.Command("apt-get", {
    args: ["--quiet=2", ...args],
    env: { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
    stdin: "null",
  });
  const { stdout, stderr } = await command.output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}
