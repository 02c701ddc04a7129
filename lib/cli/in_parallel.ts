/**
 * Many small questions to the disk.
 * @module
 */

/** So many are asked at once: more would only wait for each other, and open files are limited. */
const most = 16;

/** The answers, in the order of the items. Rejects with the first error. */
export async function inParallel<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) answers[index] = await ask(item);
  };
  await Promise.all(Array.from({ length: most }, worker));
  return answers;
}
