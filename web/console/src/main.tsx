import "@kithdesk/ui/tokens.css";
import "./app/base.css";
import "./app/avatar.css";
import "./app/skeleton.css";
import "./app/forced-colours.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/App.tsx";
import { startTheme } from "./app/theme.ts";
import { startNavigation } from "./navigation/navigation.ts";

startTheme();
startNavigation();
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
