import "../../shared/bookshop.css";
import { createApp, createSSRApp } from "vue";
import App from "./App.vue";
import { createMizan } from "./mizan/vue";

/** One instance for the app. It takes over the state that a server put into the page. */
const plugin = createMizan();
Object.assign(window, { mizan: plugin.mizan });

const isRendered = document.getElementById("app")?.firstElementChild != null;
(isRendered ? createSSRApp : createApp)(App, { isRendered }).use(plugin).mount("#app");
