/**
 * The commands that mend what the doctor finds.
 * @module
 */

/** Fetches npm packages again; those that are there, be they damaged, are kept by `install` alone. */
export const reinstall = `remove the folder node_modules, then npx -y deno@${Deno.version.deno} install`;

/** How ffmpeg, and ffprobe with it, is installed on this system. */
export const installFfmpeg = installLine();

function installLine(): string {
  switch (Deno.build.os) {
    case "darwin":
      return "brew install ffmpeg";
    case "windows":
      return "winget install ffmpeg";
    default:
      return "sudo apt-get install ffmpeg   (or your system's own way)";
  }
}
