/**
 * How fast we are: `deno task bench`. README.md beside this file says what can be asked for and what the figures mean.
 *
 * Nothing else should run meanwhile: another process that keeps a core busy doubles what is measured.
 * @module
 */
import { isUserError } from "../lib/errors.ts";
import { benchActivity } from "./activity/bench.ts";
import { checkBeforehand } from "./beforehand.ts";
import { benchCheckpoints } from "./checkpoints/bench.ts";
import { benchColorTransfer } from "./color_transfer/bench.ts";
import { benchFrames } from "./frames/bench.ts";
import { benchIterations } from "./iterations/bench.ts";
import { type BenchOptions, parseOptions } from "./options.ts";
import { benchOptimizers } from "./optimizers/bench.ts";
import { benchProfile } from "./profile/bench.ts";
import { benchStatus } from "./status/bench.ts";

const subjects: Readonly<Record<BenchOptions["what"], (options: BenchOptions) => Promise<void>>> = {
  iterations: benchIterations,
  optimizers: benchOptimizers,
  frames: benchFrames,
  color_transfer: benchColorTransfer,
  profile: benchProfile,
  status: benchStatus,
  checkpoints: benchCheckpoints,
  activity: benchActivity,
};

try {
  const options = parseOptions(Deno.args);
  await checkBeforehand(options);
  await subjects[options.what](options);
} catch (error) {
  if (!isUserError(error)) throw error;
  console.error(`error: ${error.message}`);
  Deno.exit(error.exitCode);
}
