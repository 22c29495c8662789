const DEFAULT_INTERVAL_MS = 25_000;
const ANSWER_WITHIN_MS = 10_000;
const PROBE_ANSWER_WITHIN_MS = 4_000;

interface HeartbeatOptions {
  ping(): void;
  dead(): void;
}

/** Keeps a socket alive, and notices when it is not. Any frame is a sign of life, in both directions. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #interval = DEFAULT_INTERVAL_MS;
  #heardAt = 0;
  #spokeAt = 0;
  #running = false;
  #beat: ReturnType<typeof setTimeout> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  start(interval: number): void {
    this.stop();
    this.#running = true;
    this.#interval = interval > 0 ? interval : DEFAULT_INTERVAL_MS;
    this.#heardAt = Date.now();
    this.#schedule();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#beat);
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }

  heard(): void {
    this.#heardAt = Date.now();
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
    // Browsers slow the timers of hidden tabs to one a minute, which is too late for the server. What
    // it sends unasked still wakes us.
    if (this.#running && Date.now() - this.#spokeAt > this.#interval * 0.9) this.#options.ping();
  }

  spoke(): void {
    this.#spokeAt = Date.now();
  }

  /** Is anybody there? After the network changed, or the computer slept. */
  probe(): void {
    if (this.#running) this.#ask(PROBE_ANSWER_WITHIN_MS);
  }

  #schedule(): void {
    this.#beat = setTimeout(() => {
      // This timer can be hours late on a computer that slept.
      const late = Date.now() - this.#heardAt > this.#interval * 3;
      this.#ask(late ? PROBE_ANSWER_WITHIN_MS : ANSWER_WITHIN_MS);
      this.#schedule();
    }, this.#interval);
  }

  #ask(within: number): void {
    this.#options.ping();
    this.#deadline ??= setTimeout(this.#options.dead, within);
  }
}
