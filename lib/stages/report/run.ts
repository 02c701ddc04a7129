/**
 * The work of a report: reads what is recorded, and writes the page and its figures.
 * @module
 */
import type { StageContext } from "../../plan/stage_kind.ts";
import type { Reported } from "../../report/content.ts";
import { reportFiles } from "../../report/report.ts";
import { playedTogether, stripOf } from "./pictures.ts";
import type { ReportSettings } from "./schema.ts";
import { shownVideos } from "./shown.ts";

/** Writes all files, the page last. Returns early when a stop is requested: a report is quick to make anew. */
export async function runReport(_settings: ReportSettings, context: StageContext): Promise<void> {
  const { facts, store, stopRequested } = context;
  const { shown, more } = shownVideos(facts);
  const instances = await Promise.all(
    Object.entries(facts.names ?? {}).map(async ([role, name]): Promise<Reported> => (
      { name, isSubject: /^of\.\d+\.\d+$/.test(role), finished: await context.finished(role) }
    )),
  );
  const played = shown.length === 0 ? undefined : await playedTogether(shown, context);
  if (stopRequested()) return;
  const strip = shown.length === 0 ? undefined : await stripOf(shown, context);
  const files = reportFiles({
    title: facts.title ?? "Report",
    instances,
    ...(played && { played }),
    ...(strip && { strip }),
    more,
  });
  for await (const { file, content } of files) {
    if (stopRequested()) return;
    await store.writeReport(file, content);
  }
}
