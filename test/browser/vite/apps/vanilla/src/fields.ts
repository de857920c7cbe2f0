import { updateProfileForm } from "./mizan";

const list = document.querySelector("#fields");
if (list) list.textContent = updateProfileForm.fields.map(({ path }) => path.join()).join(" ");

if (import.meta.hot) import.meta.hot.accept();
