/**
 * Files that only name other files: ffmpeg would read those, too, which no digest knows.
 * @module
 */

const beginnings: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: "HLS", pattern: /^\s*#EXTM3U/ },
  { name: "concat script", pattern: /^\s*ffconcat version/ },
  { name: "DASH", pattern: /<MPD[\s>]/ },
  { name: "IMF", pattern: /<CompositionPlaylist[\s>]/ },
  { name: "SDP", pattern: /^v=0\r?\no=/ },
];

/** The kind of playlist that a file is, from its first bytes; undefined for other files. */
export async function playlistAt(path: string): Promise<string | undefined> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(4096);
  const length = await file.read(bytes) ?? 0;
  const text = new TextDecoder().decode(bytes.subarray(0, length));
  return beginnings.find(({ pattern }) => pattern.test(text))?.name;
}

/** True for the names of ffmpeg's readers that open files which a file names. */
export function isPlaylistFormat(format: string): boolean {
  return format.split(",").some((name) =>
    ["hls", "dash", "concat", "imf", "sdp", "rtsp", "webm_dash_manifest"].includes(name)
  );
}
