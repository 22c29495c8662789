const FIRST_MS = 1_000;
const LONGEST_MS = 20_000;

/** Tries until it is done, one attempt at a time, with growing pauses. Asking again meanwhile joins in. */
export class Persistence {
  #trying: Promise<void> | null = null;
  #again = false;

  /** `attempt` says whether it is done. */
  until(attempt: () => Promise<boolean>): Promise<void> {
    this.#again = true;
    this.#trying ??= this.#try(attempt).finally(() => {
      this.#trying = null;
    });
    return this.#trying;
  }

  async #try(attempt: () => Promise<boolean>): Promise<void> {
    for (let failures = 0; this.#again; failures += 1) {
      this.#again = false;
      if (await attempt()) continue;
      this.#again = true;
      await new Promise((resolve) =>
        setTimeout(resolve, Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** failures)),
      );
    }
  }
}
