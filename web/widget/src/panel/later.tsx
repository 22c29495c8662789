import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { LoadFailed } from "./LoadFailed.tsx";

type Extras = typeof import("./extras.ts");

const here = signal<Extras | "failed" | null>(null);

/** Rejects where the file does not come. */
export async function extras(): Promise<Extras> {
  try {
    const loaded = await import("./extras.ts");
    here.value = loaded;
    return loaded;
  } catch (error) {
    here.value = "failed";
    throw error;
  }
}

/** Sees to it that they are here when they are wanted. */
export function prepareExtras(): void {
  extras().catch(() => undefined);
}

interface LaterProps {
  children: (extras: Extras) => ComponentChildren;
  meanwhile?: ComponentChildren;
  /** Nobody misses it: where it does not come, nothing is said. */
  quiet?: true;
}

/** Draws with the extras, as soon as they are here. */
export function Later({ children, meanwhile, quiet }: LaterProps) {
  useEffect(prepareExtras, []);
  // A browser asks for the same module once. The frame can be loaded anew: the page keeps what is unsent.
  if (here.value === "failed" && quiet) return null;
  if (here.value === "failed") return <LoadFailed onRetry={() => location.reload()} />;
  return <>{here.value ? children(here.value) : meanwhile}</>;
}
