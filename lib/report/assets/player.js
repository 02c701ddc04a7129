/**
 * Plays the videos of a report. They are one file, so they cannot get out of sync: every frame of it that is shown is taken
 * once, cut up, and painted into a canvas for each video.
 */
"use strict";

for (const player of document.querySelectorAll(".player")) play(player);

function play(player) {
  const video = player.querySelector("video");
  const [position, output] = [player.querySelector("input[type=range]"), player.querySelector("output")];
  const [speed, loop] = [player.querySelector("select"), player.querySelector("[data-do=loop]")];
  const button = player.querySelector("[data-do=play]");
  const canvases = [...player.querySelectorAll("canvas")];
  const fps = Number(player.dataset.fps);
  const last = Number(player.dataset.frames) - 1;
  /** A playing video goes on while it is painted: what is taken from it twice may be of two frames. */
  const taken = document.createElement("canvas");
  [taken.width, taken.height] = [video.width, video.height];
  let frame = 0;
  /** The frame that is on its way while the video seeks: a step that is taken meanwhile starts from there. */
  let awaited;

  /** Paints what the video shows now. */
  function paint(time) {
    frame = Math.min(last, Math.max(0, Math.floor(time * fps + 1e-3)));
    if (frame === awaited || !video.paused) awaited = undefined;
    taken.getContext("2d").drawImage(video, 0, 0);
    for (const canvas of canvases) {
      const { width, height, dataset: { x, y } } = canvas;
      canvas.getContext("2d").drawImage(taken, Number(x), Number(y), width, height, 0, 0, width, height);
    }
    position.value = String(frame);
    output.textContent = String(frame);
    player.dataset.frame = String(frame);
  }

  /** Called for each frame that is shown, be it by playing or by seeking. */
  function follow() {
    video.requestVideoFrameCallback((_, { mediaTime }) => {
      paint(mediaTime);
      follow();
    });
  }

  /** To the middle of a frame, so that no rounding leads to its neighbor. */
  function go(to) {
    video.pause();
    awaited = Math.min(last, Math.max(0, to));
    video.currentTime = (awaited + 0.5) / fps;
  }

  function step(by) {
    go((awaited ?? frame) + by);
  }

  function toggle() {
    if (!video.paused) return video.pause();
    if (video.ended) video.currentTime = 0;
    video.play();
  }

  function changeSpeed(by) {
    speed.selectedIndex = Math.min(speed.options.length - 1, Math.max(0, speed.selectedIndex + by));
    video.playbackRate = Number(speed.value);
  }

  function setLoop(on) {
    loop.checked = on;
    video.loop = on;
  }

  function showState() {
    button.textContent = video.paused ? "▶" : "❚❚";
    button.setAttribute("aria-label", video.paused ? "Play" : "Pause");
  }

  const keys = {
    " ": toggle,
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    Home: () => go(0),
    End: () => go(last),
    "+": () => changeSpeed(-1),
    "=": () => changeSpeed(-1),
    "-": () => changeSpeed(1),
    l: () => setLoop(!loop.checked),
  };

  /** Keys are the player's wherever the reader is, but for fields that use them themselves. */
  function onKey(event) {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest("input, select, summary, pre, .wide, a") !== null) return;
    if (key === " " && target.closest("button") !== null) return;
    const act = keys[key] ?? keys[key.toLowerCase()];
    // Elsewhere on the page Space and the keys of the cursor move the page.
    if (act === undefined || (target.closest(".player") === null && target !== document.body)) return;
    if (target === document.body && (key === "Home" || key === "End")) return;
    event.preventDefault();
    act();
  }

  video.controls = false;
  video.classList.add("source");
  for (const hidden of player.querySelectorAll("[hidden]")) hidden.hidden = false;
  setLoop(true);
  if ("requestVideoFrameCallback" in video) {
    follow();
  } else {
    const paintNow = () => paint(video.currentTime);
    const whilePlaying = () => {
      paintNow();
      if (!video.paused) requestAnimationFrame(whilePlaying);
    };
    video.addEventListener("play", whilePlaying);
    video.addEventListener("seeked", paintNow);
  }
  if (video.readyState >= 2) go(0);
  else video.addEventListener("loadeddata", () => go(0), { once: true });
  for (const event of ["play", "pause", "ended"]) video.addEventListener(event, showState);
  button.addEventListener("click", toggle);
  player.querySelector("[data-do=back]").addEventListener("click", () => step(-1));
  player.querySelector("[data-do=forward]").addEventListener("click", () => step(1));
  position.addEventListener("input", () => go(Number(position.value)));
  speed.addEventListener("change", () => changeSpeed(0));
  loop.addEventListener("change", () => setLoop(loop.checked));
  document.addEventListener("keydown", onKey);
  showState();
}

/** Paper has no folds. */
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
