import { startApp } from "./app";
import { createMizan } from "./mizan";

const mizan = createMizan();
Object.assign(window, { mizan });
const root = document.getElementById("app");
if (root) startApp(mizan, root);
