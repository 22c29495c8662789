/** A sound for what is offered, for whoever wants one. Kept in this browser. */
const KEY = "kithdesk.offer-sound";

export function isSoundOn(): boolean {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
}

/** Switching it on plays it once: that is also the press without which browsers keep pages silent. */
export function setSound(isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(KEY, "on");
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage there is no sound.
  }
  if (isOn) play();
}

/** Once, however many windows have heard of it. */
export function soundOffer(offer: string): void {
  if (!isSoundOn()) return;
  if (!("locks" in navigator)) {
    play();
    return;
  }
  void navigator.locks.request(`kithdesk.sound.${offer}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    play();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  });
}

const NOTES = [
  [659, 0],
  [880, 0.14],
] as const;

function play(): void {
  if (typeof AudioContext === "undefined") return;
  const context = new AudioContext();
  for (const [pitch, after] of NOTES) {
    const at = context.currentTime + after;
    const volume = context.createGain();
    volume.gain.setValueAtTime(0.12, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.35);
    const note = new OscillatorNode(context, { frequency: pitch });
    note.connect(volume).connect(context.destination);
    note.start(at);
    note.stop(at + 0.35);
  }
  setTimeout(() => void context.close(), 1_000);
}
