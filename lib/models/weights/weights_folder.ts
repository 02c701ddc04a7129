/**
 * Where weights are kept: the folder that the user names, or one in the user's cache.
 * @module
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What decides the folder; what is left out is asked of the system. */
export interface WeightsFolderOptions {
  /** `--weights`. */
  readonly chosen?: string | undefined;
  readonly environment?: (name: string) => string | undefined;
  readonly os?: typeof Deno.build.os;
  readonly home?: string;
  /** The project, beside which the folder of developers may lie. */
  readonly project?: URL;
}

/**
 * The weights folder: the one chosen, else `METAMER_WEIGHTS`, else `../shared/weights` beside a checkout of the project
 * where there is one, else a folder in the user's cache. It need not exist.
 */
export function weightsFolder(options: WeightsFolderOptions = {}): string {
  const environment = options.environment ?? ((name) => Deno.env.get(name));
  const named = options.chosen ?? (environment("METAMER_WEIGHTS") || undefined);
  if (named !== undefined) return resolve(named);
  return developmentFolder(options.project ?? new URL("../../../", import.meta.url)) ??
    join(cacheFolder(options, environment), "weights");
}

function developmentFolder(project: URL): string | undefined {
  if (project.protocol !== "file:") return undefined;
  const beside = new URL("../shared/weights", project);
  const path = fileURLToPath(beside);
  return existsSync(path) ? path : undefined;
}

/** The folder for this program among the user's caches, by the custom of each system. */
function cacheFolder(
  options: WeightsFolderOptions,
  environment: (name: string) => string | undefined,
): string {
  const home = options.home ?? environment("HOME") ?? environment("USERPROFILE") ?? Deno.cwd();
  switch (options.os ?? Deno.build.os) {
    case "darwin":
      return join(home, "Library", "Caches", "metamer");
    case "windows":
      return join(environment("LOCALAPPDATA") || join(home, "AppData", "Local"), "metamer");
    default:
      return join(environment("XDG_CACHE_HOME") || join(home, ".cache"), "metamer");
  }
}
