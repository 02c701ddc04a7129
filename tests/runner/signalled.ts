/** Would go on for ever: a program for `signals_test.ts`, which sends it signals. */
import { exitCodeOf, isStopped, stopOnSignals, Stopper } from "../../lib/runner/signals.ts";

const [mode] = Deno.args;
const stopper = new Stopper();
using _signals = stopOnSignals(stopper, (signal) => console.log(`first ${signal}`));
console.log("ready");
// "deaf" is a stage that does not come to the end of its iteration.
while (mode === "deaf" || !isStopped(stopper.flag)) await new Promise((resolve) => setTimeout(resolve, 5));
if (mode === "slow") {
  await new Promise((resolve) => setTimeout(resolve, 300));
  console.log("saved");
}
Deno.exit(exitCodeOf[stopper.signal ?? "SIGINT"]);
