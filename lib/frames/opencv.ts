/**
 * OpenCV, compiled to WebAssembly: one copy for a thread, loaded when something first needs it.
 * @module
 */

/** What the package exports. */
export type OpenCv = typeof import("@techstark/opencv-js");

let loading: Promise<{ readonly cv: OpenCv }> | undefined;

/** Resolves to the library, ready for use; in an object, because it has a `then` of its own that never ends an await. */
export function loadOpenCv(): Promise<{ readonly cv: OpenCv }> {
  loading ??= load();
  return loading;
}

async function load(): Promise<{ readonly cv: OpenCv }> {
  const { default: cv } = await import("@techstark/opencv-js");
  if (!("Mat" in cv)) {
    await new Promise<void>((ready) => Object.assign(cv, { onRuntimeInitialized: ready }));
  }
  return { cv };
}
