import { ChevronLeft } from "lucide-react";
import { type ReactNode, useId } from "react";

import { goToSettings } from "../navigation/navigation.ts";
import { words } from "./en.ts";
import type { Loaded } from "./use-loaded.ts";

interface PageProps {
  title: string;
  /** What the page is for, in a sentence. */
  text: ReactNode;
  /** Where one came from, when that is not the list of pages. */
  back?: readonly string[];
  action?: ReactNode;
  children: ReactNode;
}

/** A page of the settings: its name, what it does, and the one thing one most often comes to do. */
export function Page({ title, text, back = [], action, children }: PageProps) {
  return (
    <article className="settings-page">
      <header className="settings-page__header">
        <button
          type="button"
          className={`icon-button settings-page__back ${back.length > 0 ? "settings-page__back--always" : ""}`}
          aria-label={words.back}
          onClick={() => goToSettings(...back)}
        >
          <ChevronLeft size={18} aria-hidden="true" />
        </button>
        <h1 className="settings-page__title" dir="auto">
          {title}
        </h1>
        {action !== undefined && <div className="settings-page__action">{action}</div>}
      </header>
      <p className="settings-page__text">{text}</p>
      {children}
    </article>
  );
}

interface PartProps {
  title: string;
  text?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page. */
export function Part({ title, text, action, children }: PartProps) {
  const id = useId();
  return (
    <section className="settings-part" aria-labelledby={id}>
      <div className="settings-part__header">
        <h2 className="settings-part__title" id={id}>
          {title}
        </h2>
        {action}
      </div>
      {text !== undefined && <p className="settings-part__text">{text}</p>}
      {children}
    </section>
  );
}

interface WhenLoadedProps<Data> {
  loaded: Loaded<Data>;
  onRetry: () => void;
  children: (data: Data) => ReactNode;
}

/** The shape of what comes, why it does not, or what came. */
export function WhenLoaded<Data>({ loaded, onRetry, children }: WhenLoadedProps<Data>) {
  switch (loaded.state) {
    case "ready":
      return children(loaded.data);
    case "failed":
      return (
        <div className="settings-part settings-page__failed" role="alert">
          <p className="settings-part__text">
            {words.loadFailed} {loaded.problem}
          </p>
          <button type="button" className="button" onClick={onRetry}>
            {words.tryAgain}
          </button>
        </div>
      );
    case "loading":
      return (
        <div className="settings-part" role="status" aria-label={words.loading}>
          <div className="settings-part__lines" aria-hidden="true">
            <span className="skeleton skeleton--name" />
            <span className="skeleton skeleton--text" />
            <span className="skeleton skeleton--name" />
            <span className="skeleton skeleton--text" />
          </div>
        </div>
      );
  }
}

/** Nothing here yet: what will be, and the next step. */
export function NothingYet({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="nothing">
      <p className="nothing__title">{title}</p>
      <p className="nothing__text">{text}</p>
      {children}
    </div>
  );
}
