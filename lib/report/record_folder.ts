/**
 * Where the records of an instance lie beside the page.
 * @module
 */
import { instanceFolderName } from "../store/layout.ts";

/** The folder, with `/`. */
export function recordFolder(name: string): `data/${string}` {
  return `data/${instanceFolderName(name).replaceAll("\\", "/")}`;
}
