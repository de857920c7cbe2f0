import type { Case } from "../case.js";
import { headerOf } from "../http/exchange.js";

/** Protocol section 6, as far as it shows from outside. */
export const securityCases: readonly Case[] = [
  {
    id: "6-cors",
    title: "Other origins may not read with credentials",
    mend: "Send no CORS headers by default; never `*` or the asking origin together with Access-Control-Allow-Credentials.",
    async run(lab, trial) {
      for (const { context, visitor, params } of await lab.readings(trial.gap)) {
        const exchange = await visitor.readParams(context, params, {
          origin: "https://evil.example",
          "sec-fetch-site": "cross-site",
        });
        const allowed = headerOf(exchange, "access-control-allow-origin");
        const credentials = headerOf(exchange, "access-control-allow-credentials") === "true";
        const open =
          allowed === "https://evil.example" || (allowed === "*" && context.scope !== "public");
        trial.check(
          !open && !(allowed !== "" && credentials),
          `context ${context.name}`,
          exchange,
          "no leave for https://evil.example",
          `Access-Control-Allow-Origin: ${allowed}`,
        );
      }
    },
  },
  {
    id: "6-corp",
    title: "Private bundles cannot be embedded by other origins",
    mend: "Send `Cross-Origin-Resource-Policy: same-origin` with bundles that are not public.",
    async run(lab, trial) {
      for (const { context, exchange } of await lab.readings(trial.gap)) {
        if (context.scope === "public") continue;
        trial.header(
          `context ${context.name}`,
          exchange,
          "Cross-Origin-Resource-Policy",
          "same-origin",
          (value) => value.toLowerCase() === "same-origin",
        );
      }
      if (trial.checks === 0) trial.gap("document", "no context that can be read is private");
    },
  },
];
