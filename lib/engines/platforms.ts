/**
 * Which of ONNX Runtime's providers onnxruntime-node is built with, by platform: known without loading it.
 * @module
 */
import type { ProviderChoice } from "./engine.ts";

/** A provider that is chosen by name. */
export type ProviderName = Exclude<ProviderChoice, "auto">;

/** A platform, as Deno names it. */
type Platform = Pick<typeof Deno.build, "os" | "arch">;

interface Build {
  /** In words. */
  readonly where: string;
  isFor(platform: Platform): boolean;
}

const linuxOnX64: Build = {
  where: "Linux on x64",
  isFor: ({ os, arch }) => os === "linux" && arch === "x86_64",
};

/** Where there is a build of each. */
export const builds: { readonly [K in ProviderName]: Build } = {
  cpu: { where: "every platform", isFor: () => true },
  webgpu: { where: "Linux, Windows and macOS", isFor: () => true },
  cuda: linuxOnX64,
  tensorrt: linuxOnX64,
  coreml: { where: "macOS on arm64", isFor: ({ os, arch }) => os === "darwin" && arch === "aarch64" },
  directml: { where: "Windows", isFor: ({ os }) => os === "windows" },
};

/** Those of a platform. Their libraries, devices and drivers may be missing there all the same. */
export function builtProviders(platform: Platform): readonly ProviderName[] {
  return Object.keys(builds).filter(isProviderName).filter((name) => builds[name].isFor(platform));
}

function isProviderName(name: string): name is ProviderName {
  return name in builds;
}
