const FIRST_MS = 1_000;
const LONGEST_MS = 10_000;

/**
 * How long to wait before trying again. Full jitter: after a restart thousands of clients come back at
 * once, and any fixed part of the delay would make them come back together.
 */
export function backoff(failures: number, random: () => number = Math.random): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
