/**
 * A dead-leaves clip (Matheron 1968; Lee, Mumford & Huang 2001): occluding disks whose radii follow a power law, as the
 * sizes of things in natural images do, seen by a moving camera. It has the statistics that natural clips have: a
 * spectrum of power ~ 1 / f^2, edges and occlusion, natural colors, motion parallax and expansion.
 * @module
 */
import type { Frame, Size } from "../frame.ts";
import type { DeadLeavesSettings } from "./settings.ts";
import { type Disk, disksInView } from "./leaf_cloud.ts";

/** What is seen through gaps in the cloud. */
const background = 0.35;

/** Disks below this radius in pixels are left out; they fade in up to the second one, so that none pops up. */
const fadeIn = [0.3, 0.8] as const;

/** Paints a disk over what is there; pixels at its rim are covered in part. */
function paint(frame: Frame, disk: Disk): void {
  const { height, width, data } = frame;
  const { x, y, radius, color, shade } = disk;
  const opacity = Math.min((radius - fadeIn[0]) / (fadeIn[1] - fadeIn[0]), 1);
  if (opacity <= 0) return;
  const firstRow = Math.max(Math.floor(y - radius - 1), 0);
  const lastRow = Math.min(Math.ceil(y + radius + 1), height - 1);
  const firstColumn = Math.max(Math.floor(x - radius - 1), 0);
  const lastColumn = Math.min(Math.ceil(x + radius + 1), width - 1);
  for (let row = firstRow; row <= lastRow; row++) {
    const down = row + 0.5 - y;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const right = column + 0.5 - x;
      const inside = radius + 0.5 - Math.sqrt(right * right + down * down);
      if (inside <= 0) continue;
      const covered = Math.min(inside, 1) * opacity;
      const light = 1 + (shade[0] * right + shade[1] * down) / radius;
      const at = (row * width + column) * 3;
      for (let c = 0; c < 3; c++) {
        const value = Math.min(Math.max(color[c]! * light, 0), 1);
        data[at + c] = data[at + c]! * (1 - covered) + value * covered;
      }
    }
  }
}

/** Frame `index` of the clip. */
export function deadLeavesFrame(settings: DeadLeavesSettings, index: number, size: Size): Frame {
  const data = new Float32Array(size.height * size.width * 3).fill(background);
  const frame: Frame = { height: size.height, width: size.width, data };
  for (const disk of disksInView(settings, index * settings.speed, size)) paint(frame, disk);
  return frame;
}
