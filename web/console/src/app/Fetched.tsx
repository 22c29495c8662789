import { Component, type ReactNode, Suspense } from "react";

import { showToast } from "../toast/toast.ts";
import { words } from "./en.ts";

interface FetchedProps {
  fallback?: ReactNode;
  /** Puts away what could not be shown. */
  onFailed: () => void;
  children: ReactNode;
}

/**
 * A part of the program that is fetched when it is first wanted. An upgrade may have taken its file away, or the network
 * is gone: that must not take the rest of the screen, and what is written on it, along.
 */
export class Fetched extends Component<FetchedProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override componentDidCatch(): void {
    const reload = { label: words.reload, run: () => location.reload(), isUndo: false };
    showToast(words.partFailed, { tone: "problem", action: reload });
    this.props.onFailed();
  }

  override render(): ReactNode {
    if (this.state.hasFailed) return null;
    return <Suspense fallback={this.props.fallback}>{this.props.children}</Suspense>;
  }
}
