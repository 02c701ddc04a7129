/**
 * The commands that mend what the doctor finds.
 * @module
 */

/** Fetches npm packages again; those that are there, be they damaged, are kept by `install` alone. */
export const reinstall = `remove the folder node_modules, then npx -y deno@${Deno.version.deno} install`;

/** How ffmpeg, and ffprobe with it, comes to where `video/programs.ts` looks for them. */
export function installFfmpeg(os: typeof Deno.build.os = Deno.build.os): string {
  switch (os) {
    case "darwin":
      return "brew install ffmpeg";
    case "windows":
      // What the system installs there is in no fixed folder: the package's is the one that may be run.
      return reinstall;
    default:
      return "sudo apt-get install ffmpeg   (or your system's own way)";
  }
}
