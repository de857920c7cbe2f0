/** JSON as it stands in a document; printers take it from here, because they know nothing of documents. */
export type { JsonObject, JsonValue } from "../document/document.js";
