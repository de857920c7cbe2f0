import "../../shared/bookshop.css";
import { StrictMode } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { App } from "./app";
import { createMizan } from "./mizan";
import { MizanProvider } from "./mizan/react";

/** One instance for the app. It takes over the state that a server put into the page. */
const mizan = createMizan();
Object.assign(window, { mizan });

const tree = (
  <StrictMode>
    <MizanProvider mizan={mizan}>
      <App />
    </MizanProvider>
  </StrictMode>
);
const root = document.getElementById("app");
if (root?.firstElementChild) hydrateRoot(root, tree);
else if (root) createRoot(root).render(tree);
