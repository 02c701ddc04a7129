/**
 * A Slurm of the tests' own: munged, slurmctld and one slurmd of two processors, in a temporary folder, with a
 * key, a socket and ports of their own, so that several can run on one machine, beside one that is installed.
 * @module
 */
import { hostname } from "node:os";
import { temporaryFolder } from "../temporary_folder.ts";
import { slurmConfiguration } from "./slurm_configuration.ts";

/** A running Slurm. Ending it cancels its jobs and stops what was started, in any case. */
export interface Slurm extends AsyncDisposable {
  /** Where its files are: `slurm.conf`, logs, state. */
  readonly folder: string;
  /** What sbatch, squeue, scontrol and scancel need to find it. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts one and waits until its node is idle; throws with what the daemons wrote when it is not within 30 s. */
export async function startSlurm(): Promise<Slurm> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder()).path;
  // munged wants that everyone may reach its socket.
  await Deno.chmod(folder, 0o711);
  const environment = { SLURM_CONF: `${folder}/slurm.conf` };
  await Deno.writeFile(`${folder}/munge.key`, crypto.getRandomValues(new Uint8Array(128)), { mode: 0o600 });
  const [controller, node] = freePorts();
  const ports = { controller, node };
  await Deno.writeTextFile(environment.SLURM_CONF, slurmConfiguration({ host: hostname(), folder, ports }));
  for (const name of ["state", "spool"]) await Deno.mkdir(`${folder}/${name}`);

  stack.use(daemon("munged", [
    ...["--foreground", `--socket=${folder}/munge.socket`, `--key-file=${folder}/munge.key`],
    ...["pid", "log", "seed"].map((file) => `--${file}-file=${folder}/munged.${file}`),
  ], folder));
  await until("munged has its socket", folder, () => Promise.resolve(exists(`${folder}/munge.socket`)));
  stack.use(daemon("slurmctld", ["-D", "-i", "-f", environment.SLURM_CONF], folder));
  stack.use(daemon("slurmd", ["-D", "-f", environment.SLURM_CONF], folder));
  const ask = async (name: string, args: readonly string[]) => await answer(name, args, environment);
  await until(
    "the node is idle",
    folder,
    async () => (await ask("sinfo", ["-h", "-o", "%T"])).trim() === "idle",
  );
  stack.defer(async () => {
    // Jobs outlive slurmd: without this their processes would stay.
    await ask("scancel", ["--full", "--signal=KILL", "--user=root"]);
    await ask("scancel", ["--user=root"]);
    await until("the queue is empty", folder, async () => (await ask("squeue", ["-h"])) === "");
  });
  const owned = stack.move();
  return { folder, environment, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** A daemon in the foreground. The kernel ends it with the test's process, however that ends. */
function daemon(name: string, args: readonly string[], folder: string): AsyncDisposable {
  const command = [`/usr/sbin/${name}`, ...args].map((word) => `'${word}'`).join(" ");
  const child = new Deno.Command("setpriv", {
    args: ["--pdeathsig", "KILL", "sh", "-c", `exec ${command} >'${folder}/${name}.out' 2>&1`],
    stdin: "null",
  }).spawn();
  return {
    [Symbol.asyncDispose]: async () => {
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      try {
        child.kill("SIGTERM");
      } catch { /* It has ended already. */ }
      await child.status;
      clearTimeout(late);
    },
  };
}

/** Two ports that nothing listens at, and that no other harness has just been given. */
function freePorts(): readonly [number, number] {
  using one = listener();
  using other = listener();
  return [one.addr.port, other.addr.port];
}

function listener(): Deno.TcpListener {
  return Deno.listen({ hostname: "127.0.0.1", port: 0, transport: "tcp" });
}

async function answer(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(name, { args: [...args], env: environment }).output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

async function until(what: string, folder: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!await holds()) {
    if (Date.now() > deadline) throw new Error(`Slurm: 30 s passed before ${what}\n${written(folder)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function written(folder: string): string {
  return ["munged", "slurmctld", "slurmd"].filter((name) => exists(`${folder}/${name}.out`))
    .map((name) => `${name}: ${Deno.readTextFileSync(`${folder}/${name}.out`).trim()}`).join("\n");
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
