/**
 * `runs/<workflow>/contact_sheet.png`: targets and results side by side, for the lab notebook. A view: not keyed, made again when
 * it is missing or shows something else.
 * @module
 */
import { sha256OfBytes } from "../../store/checksum.ts";
import { durableWrite } from "../../store/durable_write.ts";
import { openFrames } from "../../store/finished_frames.ts";
import { readInstanceIndex, rememberContactSheet } from "../../store/instance_index.ts";
import { framePath, instancePaths, workflowPaths } from "../../store/layout.ts";
import { type LockHolder, waitForLock } from "../../store/lock.ts";
import { type Manifest, readManifest } from "../../store/manifest.ts";
import { sizeIfThere } from "../../store/presence.ts";
import { meansOf } from "../../store/residuals.ts";
import { frameBytes } from "../export/delivered_frames.ts";
import { rateInWords } from "../display/frame_rate.ts";
import { describeTerms, residualScale, residualTime } from "../display/residuals.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";
import { version } from "../version.ts";
import { drawSheet, scaleOnSheet, type Sheet, type SheetRow } from "./page.ts";
import { shownFrames, type ShownVideo, shownVideos } from "./rows.ts";
import { scaleInWords, thumbnailPng, thumbnailSize } from "../../frames/thumbnail.ts";

/**
 * The sheet of a plan of which everything is finished, and whether it was made now; undefined when there is nothing to show.
 * One process at a time draws for a workflow.
 * Throws RunError when a frame is damaged or the sheet cannot be written, and an Error when the packages that draw are not there.
 */
export async function makeContactSheet(
  plan: WorkflowPlan,
  me: LockHolder,
): Promise<{ readonly path: string; readonly made: boolean } | undefined> {
  const { loaded: { runs, name }, instances } = plan;
  const places = workflowPaths(runs, name);
  const { contactSheet: path, contactSheetLock } = places;
  const { shown, more } = shownVideos(instances);
  const frames = shownFrames(shown);
  if (frames.length === 0) return undefined;

  const rows = await Promise.all(shown.map((row) => describeRow(row, runs, frames)));
  const outline = { title: titleOf(plan), ...captions(plan, more), frames, rows };
  const digest = sha256OfBytes(JSON.stringify({ version, ...outline }));
  const isThere = async () =>
    (await readInstanceIndex(places.instances))?.contact_sheet === digest &&
    await sizeIfThere(path) !== undefined;
  if (await isThere()) return { path, made: false };
  await using _lock = await waitForLock(contactSheetLock, me);
  if (await isThere()) return { path, made: false };

  const { drawPng } = await import("../../formats/svg_to_png.ts");
  const pictured: SheetRow[] = [];
  for (const { name, lines, scale, size, digests, video, key } of rows) {
    const wanted = frames.filter((_, column) => digests[column] !== undefined);
    const source = await openFrames(instancePaths(runs, key), Math.max(0, ...wanted) + 1);
    const pictures: (Uint8Array | undefined)[] = [];
    for (const [column, frame] of frames.entries()) {
      const stored = digests[column] === undefined ? undefined : await source.frame(frame);
      pictures.push(stored && thumbnailPng(frameBytes(stored, video.transfer), video, scale));
    }
    pictured.push({ name, lines, size, pictures });
  }
  const sheet: Sheet = { ...outline, columns: frames.map((frame) => `frame ${frame}`), rows: pictured };
  await durableWrite(path, await drawPng(drawSheet(sheet)));
  await rememberContactSheet(places, digest, me);
  return { path, made: true };
}

/** What a row says, and which frames' bytes it shows. */
async function describeRow({ instance, video }: ShownVideo, runs: string, frames: readonly number[]) {
  const manifest = await readManifest(instancePaths(runs, instance.key).manifest);
  const outputs = new Map(manifest?.outputs.map(({ path, sha256 }) => [path, sha256]));
  const digests = frames.map((frame) => frame < video.frames ? outputs.get(framePath(frame)) : undefined);
  const scale = scaleOnSheet(video, frames.length);
  const kind = instance.section === "videos" ? "video" : instance.kind;
  const size = `${video.height} x ${video.width}`;
  const lines = [
    ...Object.entries(instance.factors).map(([factor, value]) => `${factor}: ${value}`),
    [kind, size, scaleInWords(scale) && `shown ${scaleInWords(scale)}`].filter((part) => part).join(", "),
    `${video.frames} frames, ${rateInWords(video.fps)}`,
    ...residualLines(manifest),
    instance.key,
  ];
  return {
    name: instance.stage,
    key: instance.key,
    lines,
    scale,
    size: thumbnailSize(video, scale),
    digests,
    video,
  };
}

function residualLines(manifest: Manifest | undefined): readonly string[] {
  return manifest?.residuals === undefined
    ? []
    : describeTerms(meansOf(manifest.residuals)).map((term) => `residual ${term}`);
}

function titleOf({ loaded: { workflow: { title }, name } }: WorkflowPlan): string {
  return title === undefined ? name : `${name}: ${title}`;
}

function captions({ loaded: { path, preview }, instances }: WorkflowPlan, more: number) {
  const residuals = instances.some(({ kind }) => kind === "synthesis");
  return {
    subtitle: preview
      ? `${path}, a preview: a quarter of the size, five frames, a tenth of the iterations`
      : path,
    footer: [
      ...(more > 0 ? [`${more} more videos are not shown`] : []),
      ...(residuals
        ? [
          `residual: ||G - G'||² / ||G'||², mean over frames and the term's layers; ${residualScale}`,
          `${residualTime}; a match stage measures the frames as delivered`,
        ]
        : []),
      `Metamer ${version}`,
    ],
  };
}
