// SPDX-License-Identifier: Apache-2.0
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./ui/app.tsx";
import { applyAppearance } from "./ui/appearance.ts";
import { watchKeyboard } from "./ui/keyboardLayout.ts";
import "./ui/styles/tokens.css";
import "./ui/styles/themes.css";
import "./ui/styles/base.css";
import "./ui/styles/controls.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root");
applyAppearance(window);
watchKeyboard(window);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
