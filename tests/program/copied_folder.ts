/** Copies a folder with its links as they are, as `rsync -a` does. */
import { join } from "node:path";

export async function copy(
  from: string,
  to: string,
  isWanted: (name: string) => boolean = () => true,
): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (!isWanted(name)) continue;
    if (isSymlink) await Deno.symlink(await Deno.readLink(source), target);
    else if (isDirectory) await copy(source, target, isWanted);
    else await Deno.copyFile(source, target);
  }
}
