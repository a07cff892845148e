const BEAT_MS = 50;
/** A beat that comes so much later than this is no jitter: nothing of this process moved meanwhile. */
const LATE_MS = 200;

let stalledMs = 0;
let last = 0;

/** How long this process has stood still so far, in milliseconds: time in which nobody's call could be answered. */
export function stalls(): number {
  const now = performance.now();
  if (last === 0) {
    last = now;
    setInterval(beat, BEAT_MS).unref();
  }
  // A stall that is only now over is not yet in the sum.
  const late = now - last - BEAT_MS;
  return stalledMs + (late > LATE_MS ? late : 0);
}

function beat(): void {
  const now = performance.now();
  const late = now - last - BEAT_MS;
  if (late > LATE_MS) stalledMs += late;
  last = now;
}

/**
 * Calls back after so many milliseconds in which this process was running: on a machine that stood still, a time-out says
 * nothing of whom it waited for. Gives what takes it back.
 */
export function afterRunning(ms: number, act: () => void): () => void {
  const before = stalls();
  let counted = 0;
  let timer = setTimeout(check, ms);
  function check(): void {
    const stood = stalls() - before - counted;
    counted += stood;
    if (stood > 0) timer = setTimeout(check, stood);
    else act();
  }
  return () => clearTimeout(timer);
}
