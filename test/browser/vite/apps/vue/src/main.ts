import { createApp } from "vue";
import App from "./App.vue";
import { createMizan } from "./mizan/vue";

createApp(App).use(createMizan()).mount("#app");
