/** Random histories of a workplace, held against the model of what must be true. */
import { join } from "node:path";
import fc from "fast-check";
import { temporaryFolder } from "../../temporary_folder.ts";
import { anyCommand, goodRun } from "./commands.ts";
import { newModel } from "./model.ts";
import { type Edited, write } from "./workplace.ts";

const atFirst: Edited = { content: 0, seed: 0, name: "first", frames: [3, 2] };

/** Goes through so many histories; throws the shortest that ends in something untrue, with the seed that finds it again. */
export async function runHistories({ histories, seed }: {
  readonly histories: number;
  readonly seed: number;
}): Promise<void> {
  const history = fc.commands([...anyCommand], { maxCommands: 25, size: "max" });
  await fc.assert(
    fc.asyncProperty(history, async (commands) => {
      await using folder = await temporaryFolder();
      const place = { home: folder.path, runs: join(folder.path, "runs") };
      await Deno.mkdir(place.runs);
      await write(place, atFirst);
      const model = newModel(atFirst);
      await fc.asyncModelRun(() => ({ model, real: place }), commands);
      await goodRun.run(model, place);
    }),
    { numRuns: histories, seed },
  );
}
