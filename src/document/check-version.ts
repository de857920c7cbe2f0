import type { DiagnosticCode } from "../diagnostics/catalogue.js";
import type { Pointer } from "../diagnostics/diagnostic.js";
import { quote } from "../diagnostics/quote.js";
import type { Document, JsonObject, JsonValue } from "./document.js";
import { isObject, memberAt } from "./value-at.js";

const supported = "OpenAPI 3.0, 3.1 and 3.2 are read";

export interface VersionFault {
  readonly code: Extract<DiagnosticCode, "E010" | "E011">;
  readonly pointer: Pointer;
  readonly message: string;
  readonly help?: string | undefined;
}

/** The version of an OpenAPI document, or what is found instead of one that is read. */
export function checkVersion(
  root: JsonValue,
): { readonly openapi: Document["openapi"]; readonly root: JsonObject } | VersionFault {
  const openapi = isObject(root) ? memberAt(root, "openapi") : undefined;
  const match = typeof openapi === "string" ? /^3\.([012])(?:\.|$)/.exec(openapi) : null;
  if (isObject(root) && match) {
    return { openapi: match[1] === "0" ? "3.0" : match[1] === "1" ? "3.1" : "3.2", root };
  }
  return explain(root, openapi);
}

function explain(root: JsonValue, openapi: JsonValue | undefined): VersionFault {
  if (!isObject(root)) {
    return {
      code: "E010",
      pointer: "#",
      message: `an OpenAPI document is an object, this is ${kindOf(root)}`,
    };
  }
  if (openapi === undefined) return explainMissing(root);
  if (typeof openapi !== "string") {
    const help =
      typeof openapi === "number" ? `put it into quotes: "${String(openapi)}.0"` : undefined;
    return {
      code: "E011",
      pointer: "#/openapi",
      message: `the version must be a text such as "3.1.0", found ${typeof openapi === "number" ? `the number ${String(openapi)}` : kindOf(openapi)}`,
      help,
    };
  }
  return {
    code: "E011",
    pointer: "#/openapi",
    message: `OpenAPI ${quote(openapi)} is not supported; ${supported}`,
  };
}

function explainMissing(root: JsonObject): VersionFault {
  const swagger = memberAt(root, "swagger");
  if (swagger !== undefined) {
    const version =
      typeof swagger === "string" || typeof swagger === "number"
        ? ` ${quote(String(swagger))}`
        : "";
    return {
      code: "E011",
      pointer: "#/swagger",
      message: `Swagger${version} is not supported; ${supported}`,
      help: "export OpenAPI 3.1, or convert the document with swagger2openapi",
    };
  }
  const misspelt = Object.keys(root).find((key) => /^open[-_]?api$/i.test(key));
  if (misspelt !== undefined) {
    return {
      code: "E010",
      pointer: "#",
      message: `"openapi" is missing; ${quote(misspelt)} is not read`,
      help: 'write "openapi"',
    };
  }
  return {
    code: "E010",
    pointer: "#",
    message: `"openapi" is missing, so this is no OpenAPI document${looksLike(root)}`,
  };
}

function looksLike(root: JsonObject): string {
  if (Object.hasOwn(root, "asyncapi")) return " (it looks like AsyncAPI)";
  if (Object.hasOwn(root, "$schema") || Object.hasOwn(root, "$defs"))
    return " (it looks like a JSON Schema)";
  if (Object.hasOwn(root, "detail") || Object.hasOwn(root, "error"))
    return " (it looks like an error of a server)";
  return Object.hasOwn(root, "dependencies") ? " (it looks like a package.json)" : "";
}

export function kindOf(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return "a text";
  return typeof value === "boolean" ? "a boolean" : "a number";
}
