import { words } from "./en.ts";

/** The shape of the desk, while it is not known yet who sits at it. */
export function LoadingScreen() {
  return (
    <main className="desk desk--loading" aria-busy="true" aria-label={words.loading}>
      <div className="side" />
      <div className="list-column" />
      <div className="conversation" />
      <div className="customer" />
    </main>
  );
}
