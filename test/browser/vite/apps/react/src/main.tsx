import { createRoot } from "react-dom/client";
import { App } from "./app";
import { contract, createMizan } from "./mizan";
import { MizanProvider } from "./mizan/react";
import { ran } from "./runs";

ran("main");
window.fingerprint = () => contract.fingerprint;

const root = document.getElementById("app");
if (root) {
  createRoot(root).render(
    <MizanProvider mizan={createMizan()}>
      <App />
    </MizanProvider>,
  );
}
