import "./fields";
import { createMizan } from "./mizan";

const page = window as { runs?: number; mizan?: unknown };
page.runs = (page.runs ?? 0) + 1;
page.mizan = createMizan();
