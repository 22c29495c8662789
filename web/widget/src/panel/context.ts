import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Files } from "./files/files.ts";
import type { View } from "./view.ts";

export interface Panel {
  view: View;
  files: Files;
  close: () => void;
}

export const PanelContext = createContext<Panel | null>(null);

export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (!panel) throw new Error("Outside of the panel");
  return panel;
}
