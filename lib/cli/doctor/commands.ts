/**
 * The commands that mend what the doctor finds.
 * @module
 */

/** Fetches npm packages again; those that are there, be they damaged, are kept by `install` alone. */
export const reinstall = `remove the folder node_modules, then npx -y deno@${Deno.version.deno} install`;

/** How a program is installed on this system. */
export function installProgram(program: string): string {
  switch (Deno.build.os) {
    case "darwin":
      return `brew install ${program}`;
    case "windows":
      return `winget install ${program}`;
    default:
      return `sudo apt-get install ${program}   (or your system's own way)`;
  }
}
