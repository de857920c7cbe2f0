import { catalogContext } from "./mizan";
import { ran } from "./runs";

ran("catalog-path");

/** No component, and no business of anything but the context `catalog`. */
export const catalogPath = catalogContext.path;
