/**
 * The rooms of lib/ and who may import whom. The table is the design's; this test makes it true.
 */
import assert from "node:assert/strict";

/**
 * What each room may import besides itself: a room, or one file of a room. `types:` before an entry allows types alone.
 * `engines/open.ts` and the `load()` of a stage kind import dynamically, which is allowed to reach further (see below).
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "errors.ts": [],
  graph: [],
  formats: ["errors.ts"],
  frames: ["errors.ts", "formats"],
  store: ["errors.ts", "formats"],
  video: ["errors.ts", "formats", "frames"],
  engines: ["graph", "formats", "errors.ts"],
  models: ["graph", "formats", "store", "errors.ts"],
  synthesis: ["models", "graph", "frames", "formats", "engines/engine.ts", "errors.ts"],
  analysis: ["models", "graph", "frames", "formats", "engines/engine.ts", "errors.ts"],
  controls: ["frames", "formats", "errors.ts"],
  report: ["formats", "store", "errors.ts"],
  workflow: ["errors.ts"],
  plan: ["workflow", "store", "errors.ts", "types:engines/engine.ts", "types:models/stream_model.ts"],
  slurm: ["workflow/slurm_settings.ts", "store", "errors.ts"],
  versions: ["plan", "workflow", "store", "errors.ts"],
  stages: [
    "plan/stage_kind.ts",
    "plan/bound_kind.ts",
    "workflow/fields.ts",
    "workflow/problems.ts",
    "synthesis",
    "analysis",
    "controls",
    "report",
    "models",
    "graph",
    "frames",
    "formats",
    "video",
    "store",
    "engines/engine.ts",
    "errors.ts",
  ],
  runner: ["plan", "store", "errors.ts", "types:engines/engine.ts", "types:models/stream_model.ts"],
};

/** Rooms where everything is put together. */
const open = new Set(["cli", "mod.ts"]);

/** Packages that `validate`, `plan` and a finished `run` must not load. */
const heavy = [/onnxruntime-node/, /h5wasm/, /opencv-js/, /npm:\/?vega/, /resvg/, /tensorflow/];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly dynamic: boolean;
  readonly typeOnly: boolean;
}

interface Dependency {
  readonly specifier: string;
  readonly code?: { readonly specifier?: string };
  readonly type?: { readonly specifier?: string };
  readonly isDynamic?: boolean;
}

interface ModuleInfo {
  readonly specifier: string;
  readonly dependencies?: readonly Dependency[];
}

const root = new URL("../", import.meta.url).href;

function sourceFiles(folder: string): string[] {
  const found: string[] = [];
  for (const entry of Deno.readDirSync(new URL(folder, root))) {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory) found.push(...sourceFiles(`${path}/`));
    else if (path.endsWith(".ts")) found.push(path);
  }
  return found;
}

async function moduleInfo(file: string): Promise<readonly ModuleInfo[]> {
  const command = new Deno.Command(Deno.execPath(), { args: ["info", "--json", file], cwd: new URL(root) });
  const { code, stdout, stderr } = await command.output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  const parsed: { modules: ModuleInfo[] } = JSON.parse(new TextDecoder().decode(stdout));
  return parsed.modules;
}

/** All imports between files, from one graph that a file importing every source file spans. */
async function allImports(): Promise<Import[]> {
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  const lines = [...sourceFiles("lib/"), "mod.ts"].map((file) => `import "${root}${file}";`);
  await Deno.writeTextFile(entry, lines.join("\n"));
  try {
    return (await moduleInfo(entry)).flatMap((module) =>
      (module.dependencies ?? []).map((dependency) => ({
        from: module.specifier,
        to: dependency.code?.specifier ?? dependency.type?.specifier ?? dependency.specifier,
        dynamic: dependency.isDynamic ?? false,
        typeOnly: dependency.code === undefined,
      }))
    ).filter((found) => found.from.startsWith(root));
  } finally {
    await Deno.remove(entry);
  }
}

/** "graph/ops.ts" for a file of lib/, "mod.ts" for that one, undefined for anything else. */
function place(specifier: string): string | undefined {
  if (specifier === `${root}mod.ts`) return "mod.ts";
  return specifier.startsWith(`${root}lib/`) ? specifier.slice(`${root}lib/`.length) : undefined;
}

function room(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : path;
}

function isAllowed(from: string, to: string, typeOnly: boolean): boolean {
  if (room(from) === room(to) || open.has(room(from))) return true;
  const entries = allowed[room(from)] ?? [];
  const named = (entry: string) => entry === room(to) || entry === to;
  return entries.some(named) || (typeOnly && entries.some((entry) => entry === `types:${to}`));
}

const imports = await allImports();

Deno.test("every room of lib/ stands in the import table", () => {
  const rooms = new Set(sourceFiles("lib/").map((file) => room(file.slice("lib/".length))));
  const unknown = [...rooms].filter((name) => !(name in allowed) && !open.has(name));
  assert.deepEqual(unknown, []);
});

Deno.test("rooms import only what the table allows", () => {
  const wrong = imports.flatMap((found) => {
    const [from, to] = [place(found.from), place(found.to)];
    if (from === undefined || to === undefined || isAllowed(from, to, found.typeOnly)) return [];
    return [`${from} -> ${to}${found.typeOnly ? " (type)" : ""}`];
  });
  assert.deepEqual(wrong, []);
});

Deno.test("only engines/open.ts imports an engine's implementation, and dynamically", () => {
  const implementation = /^engines\/[^/]+\//;
  const wrong = imports.flatMap((found) => {
    const [from, to] = [place(found.from), place(found.to)];
    if (from === undefined || to === undefined || !implementation.test(to) || implementation.test(from)) {
      return [];
    }
    return from === "engines/open.ts" && found.dynamic ? [] : [`${from} -> ${to}`];
  });
  assert.deepEqual(wrong, []);
});

Deno.test("a stage's run is imported dynamically, by its kind alone", () => {
  const wrong = imports.flatMap((found) => {
    const [from, to] = [place(found.from), place(found.to)];
    if (from === undefined || to === undefined || !/^stages\/[^/]+\/run\.ts$/.test(to)) return [];
    return found.dynamic && from === to.replace(/run\.ts$/, "kind.ts") ? [] : [`${from} -> ${to}`];
  });
  assert.deepEqual(wrong, []);
});

Deno.test("stages do not import each other", () => {
  const stage = (path: string) => path.match(/^stages\/([^/]+)\//)?.[1];
  const wrong = imports.flatMap((found) => {
    const [from, to] = [place(found.from) ?? "", place(found.to) ?? ""];
    const [one, other] = [stage(from), stage(to)];
    return one === undefined || other === undefined || one === other ? [] : [`${from} -> ${to}`];
  });
  assert.deepEqual(wrong, []);
});

Deno.test("files import each other in one direction, types too", () => {
  const edges = new Map<string, string[]>();
  for (const found of imports) {
    const [from, to] = [place(found.from), place(found.to)];
    if (from === undefined || to === undefined) continue;
    edges.set(from, [...(edges.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
    if (path.includes(file) || done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  assert.deepEqual(cycles, []);
});

/** What `validate`, `plan` and a finished run import dynamically: to look at clips and models, and at what the contact sheet was made from. */
const openedDoors = [
  "lib/stages/video/inspect.ts",
  "lib/stages/inspect_foreign_model.ts",
  "lib/cli/contact_sheet/contact_sheet.ts",
];

Deno.test("validate, plan and a finished run load no engine and no reader of weights", () => {
  const doors = openedDoors.map((file) => root + file);
  for (const door of doors) assert.ok(imports.some(({ to, dynamic }) => to === door && dynamic), door);
  const reached = new Set([`${root}lib/cli/main.ts`, ...doors]);
  for (const file of reached) {
    for (const found of imports) {
      if (found.from === file && !found.dynamic && !found.typeOnly) reached.add(found.to);
    }
  }
  assert.ok(reached.size > 10, "the program's modules were followed");
  assert.deepEqual([...reached].filter((specifier) => heavy.some((pattern) => pattern.test(specifier))), []);
});

Deno.test("only video/ffmpeg.ts knows fluent-ffmpeg, and only video/programs.ts who carries the programs", () => {
  const knowing = (pattern: RegExp) =>
    new Set(imports.filter((found) => pattern.test(found.to)).map((found) => place(found.from)));
  assert.deepEqual([...knowing(/fluent-ffmpeg/)], ["video/ffmpeg.ts"]);
  assert.deepEqual([...knowing(/ffmpeg-installer|ffprobe-installer/)], ["video/programs.ts"]);
});

Deno.test("only frames/opencv.ts knows OpenCV, and loads it when it is asked for", () => {
  const knowing = imports.filter(({ to }) => /opencv-js/.test(to));
  assert.deepEqual([...new Set(knowing.map(({ from }) => place(from)))], ["frames/opencv.ts"]);
  assert(knowing.every(({ dynamic, typeOnly }) => dynamic || typeOnly));
});
