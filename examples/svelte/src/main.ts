import "../../shared/bookshop.css";
import { hydrate, mount } from "svelte";
import App from "./App.svelte";
import { createMizan } from "./mizan";

/** One instance for the app. It takes over the state that a server put into the page. */
const mizan = createMizan();
Object.assign(window, { mizan });

const target = document.getElementById("app");
if (target?.firstElementChild) hydrate(App, { target, props: { mizan } });
else if (target) mount(App, { target, props: { mizan } });
