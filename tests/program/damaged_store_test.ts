/** Each file is damaged in one way here; tests/slow/ damages each in every way, and in more situations. */
import { damageEachFile, damageNames, finishWorkflow, type Situation } from "./damaged_store.ts";

const situations: readonly { readonly name: string; readonly situation: Situation }[] = [
  { name: "a finished workflow", situation: "finished" },
  { name: "one that was stopped inside a frame", situation: { stoppedIn: 1 } },
];

Deno.test({
  name: "every file is damaged in turn: the next run ends with the same bytes, and keeps what is whole",
  ignore: Deno.build.os === "windows",
  async fn(test) {
    await using workflow = await finishWorkflow();
    for (const { name, situation } of situations) {
      await test.step(`of ${name}`, () =>
        damageEachFile(workflow, situation, (position) => damageNames.slice(position % 3).slice(0, 1)));
    }
  },
});
