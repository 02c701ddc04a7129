/**
 * Times processes side by side.
 * @module
 */
import type { Contestant, Turn } from "./contestant.ts";

/** Time in which the threads of the one before go to sleep: they wait actively for a moment. */
const pauseMilliseconds = 100;

/**
 * What each contestant took in each round, after one round that is not counted. They take turns within a round, so that a
 * spell of a busy machine falls on all of them.
 * @param begins is told of each turn: the round, -1 for the one that is not counted, and the contestant's index
 */
export async function takeTurns(
  contestants: readonly Contestant[],
  rounds: number,
  begins: (round: number, contestant: number) => void = () => {},
): Promise<readonly (readonly Turn[])[]> {
  const turns = contestants.map((): Turn[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, contestant] of contestants.entries()) {
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
      begins(round, index);
      const turn = await contestant.run();
      if (round >= 0) turns[index]?.push(turn);
    }
  }
  return turns;
}
