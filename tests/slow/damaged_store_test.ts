import { damageEachFile, damageNames, finishWorkflow, type Situation } from "../program/damaged_store.ts";

const situations: readonly { readonly name: string; readonly situation: Situation }[] = [
  { name: "a finished workflow", situation: "finished" },
  { name: "one that was stopped while it made a stage again", situation: { stoppedIn: 1, forced: true } },
  { name: "one that was stopped inside the first frame", situation: { stoppedIn: 0 } },
  { name: "one that was stopped inside a later frame", situation: { stoppedIn: 1 } },
];

Deno.test({
  name: "every file is damaged in every way: the next run ends with the same bytes",
  ignore: Deno.build.os === "windows",
  async fn(test) {
    await using workflow = await finishWorkflow();
    for (const { name, situation } of situations) {
      await test.step(`of ${name}`, () => damageEachFile(workflow, situation, () => damageNames));
    }
  },
});
