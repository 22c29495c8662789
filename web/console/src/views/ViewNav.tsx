import { Plus, Users } from "lucide-react";
import { lazy, useEffect, useState } from "react";

import { Fetched } from "../app/Fetched.tsx";
import { formatRoute, HOME } from "../navigation/route.ts";
import { words } from "./en.ts";
import { followViews, loadViews, useViews, type View } from "./views.ts";
import "./view-nav.css";

const ViewSheet = lazy(() => import("./ViewSheet.tsx").then((module) => ({ default: module.ViewSheet })));

/** Saved views with how much is in each, and a new one. */
export function ViewNav({ current, isReady }: { current: string | null; isReady: boolean }) {
  const { state, views } = useViews();
  const [isAdding, setAdding] = useState(false);
  useEffect(() => {
    if (isReady && state === "unasked") void loadViews();
  }, [isReady, state]);
  useEffect(followViews, []);
  // A server that has no views is no reason to show an empty heading.
  if (state !== "ready") return null;
  return (
    <nav className="view-nav" aria-label={words.title}>
      <div className="view-nav__header">
        <h2 className="view-nav__title">{words.title}</h2>
        <button
          type="button"
          className="icon-button icon-button--small"
          aria-label={words.add}
          title={words.add}
          onClick={() => setAdding(true)}
        >
          <Plus size={14} aria-hidden="true" />
        </button>
      </div>
      <ul className="view-nav__views">
        {views.map((view) => (
          <li key={view.id}>
            <ViewLink view={view} isCurrent={view.id === current} />
          </li>
        ))}
      </ul>
      {isAdding && (
        <Fetched onFailed={() => setAdding(false)}>
          <ViewSheet view={null} onClose={() => setAdding(false)} />
        </Fetched>
      )}
    </nav>
  );
}

function ViewLink({ view: { id, name, context, isShared }, isCurrent }: { view: View; isCurrent: boolean }) {
  const counted = useViews(({ counts }) => counts.get(id));
  return (
    <a
      className="list-nav__link"
      href={formatRoute({ ...HOME, list: "all", view: id })}
      aria-current={isCurrent ? "page" : undefined}
    >
      <span className="list-nav__name" title={name} dir="auto">
        {name}
      </span>
      {isShared && (
        <span className="view-nav__shared" title={words.sharedMark}>
          <Users size={12} aria-hidden="true" />
          <span className="sr-only">, {words.sharedMark}</span>
        </span>
      )}
      {counted !== undefined && counted.count > 0 && (
        <>
          <span className="list-nav__count" aria-hidden="true">
            {counted.count.toLocaleString()}
            {counted.isCapped && "+"}
          </span>
          <span className="sr-only">, {words.count[context](counted.count)}</span>
        </>
      )}
    </a>
  );
}
