import type { Case } from "../case.js";
import type { Exchange } from "../http/exchange.js";
import type { HeaderChanges, Visitor } from "../http/visitor.js";
import type { Laboratory } from "../laboratory.js";
import { sendView } from "../observe-view.js";
import type { Trial } from "../trial.js";
import { noProbe, probeOf, type Probe } from "./probe.js";

const refused = [403];
const codes = ["csrf_failed"];
const noCookies =
  "nobody is known by a cookie: give --sign-in 'function={...}' (a bearer token needs no such check)";

/** A request that must be refused, whatever else is right about it. */
function refusing(
  id: string,
  title: string,
  mend: string,
  changes: (lab: Laboratory, visitor: Visitor) => Promise<HeaderChanges> | HeaderChanges,
): Case {
  return {
    id,
    title,
    mend,
    async run(lab, trial) {
      const known = await cookieProbe(lab, trial);
      if (known === undefined) return;
      const { visitor, probe } = known;
      const exchange = await lab.call(
        visitor,
        probe.mutation,
        probe.input,
        await changes(lab, visitor),
      );
      trial.refused(probe.mutation.name, exchange, refused, codes);
    },
  };
}

/** The header of the token; that of Django when the session names none. */
async function tokenHeader(visitor: Visitor): Promise<string> {
  return (await visitor.session()).header || "x-csrftoken";
}

const siteless: HeaderChanges = { "sec-fetch-site": null };

/** Protocol 3.7: the checks before every POST. */
export const csrfCases: readonly Case[] = [
  refusing(
    "3.7-csrf-missing",
    "A call by cookie without the token is 403 csrf_failed",
    "Check the token of every POST that a cookie authenticates.",
    async (_lab, visitor) => ({ [await tokenHeader(visitor)]: null }),
  ),
  refusing(
    "3.7-csrf-missing-alone",
    "Without the token, and without any header of a browser, a call by cookie is 403 csrf_failed",
    "Where Sec-Fetch-Site and Origin are absent the token alone decides.",
    async (_lab, visitor) => ({ ...siteless, [await tokenHeader(visitor)]: null }),
  ),
  refusing(
    "3.7-csrf-wrong",
    "A wrong token is 403 csrf_failed",
    "Compare the token in constant time with what the session expects.",
    async (_lab, visitor) => {
      const { token } = await visitor.session();
      return {
        [await tokenHeader(visitor)]: token.replace(/[A-Za-z0-9]/g, (mark) =>
          mark === "A" ? "B" : "A",
        ),
      };
    },
  ),
  refusing(
    "3.7-csrf-other",
    "The token of another session is 403 csrf_failed",
    "Bind the token to the session (HMAC of its key); comparing a cookie with a header is not enough, as a sibling domain can set cookies.",
    async (lab, visitor) => ({
      [await tokenHeader(visitor)]: (await (await lab.newMember()).openSession()).token,
    }),
  ),
  refusing(
    "3.7-csrf-origin",
    "A forged Origin is 403 csrf_failed, with the right token",
    "Where Sec-Fetch-Site is absent, Origin must be one of yours.",
    () => ({ ...siteless, origin: "https://evil.example" }),
  ),
  refusing(
    "3.7-csrf-origin-null",
    "The Origin null is 403 csrf_failed",
    "`Origin: null` is a sandbox or a redirect of somebody else's, and none of yours.",
    () => ({ ...siteless, origin: "null" }),
  ),
  refusing(
    "3.7-csrf-cross-site",
    "Sec-Fetch-Site: cross-site is 403 csrf_failed, with the right token and Origin",
    "Refuse every Sec-Fetch-Site but same-origin (and same-site where you have configured it).",
    (lab) => ({ "sec-fetch-site": "cross-site", origin: lab.server.origin }),
  ),
  {
    id: "3.7-csrf-alone",
    title: "Where Sec-Fetch-Site and Origin are absent, the token alone decides",
    mend: "Old browsers and programs send neither: let them pass with the token.",
    async run(lab, trial) {
      const known = await cookieProbe(lab, trial);
      if (known === undefined) return;
      await passes(trial, known, lab, siteless, "the call to pass");
    },
  },
  {
    id: "3.7-csrf-order",
    title: "A call that is forged is refused before its input is looked at",
    mend: "Method, content type, protocol, Sec-Fetch-Site or Origin, token: in this order, and all of it before validation.",
    async run(lab, trial) {
      const known = await cookieProbe(lab, trial);
      if (known === undefined) return;
      const { probe, visitor } = known;
      if (probe.invalid === undefined)
        return trial.gap(probe.mutation.name, "its schema refuses nothing");
      const exchange = await lab.call(visitor, probe.mutation, probe.invalid, {
        [await tokenHeader(visitor)]: null,
      });
      trial.refused(probe.mutation.name, exchange, refused, codes);
    },
  },
  {
    id: "3.7-csrf-sign-in",
    title: "Signing in needs the token as well",
    mend: "Check the token of the anonymous session on login: else a visitor can be signed in as somebody else (login CSRF).",
    async run(lab, trial) {
      const { signIn } = lab;
      if (signIn === undefined || lab.contract.sessionPath === null)
        return trial.gap("session", noCookies);
      const visitor = lab.newAnonymous();
      await visitor.openSession();
      const exchange = await lab.call(visitor, signIn.mutation, signIn.input, {
        [await tokenHeader(visitor)]: null,
      });
      trial.refused(signIn.mutation.name, exchange, refused, codes);
    },
  },
  {
    id: "3.7-csrf-multipart",
    title: "A multipart call is checked like any other",
    mend: "multipart/form-data is a simple request of HTML forms: the header of the protocol, Sec-Fetch-Site and the token are all that stands in its way.",
    async run(lab, trial) {
      const mutation = lab.contract.mutations.find(({ encoding }) => encoding === "multipart");
      if (mutation === undefined) return trial.gap("document", "no mutation takes files");
      const visitor = await lab.member();
      if (visitor.cookies.isEmpty || !lab.serves(mutation)) {
        return trial.gap(mutation.name, noCookies);
      }
      const input = lab.values.inputsOf(mutation).values[0] ?? {};
      trial.refused(
        mutation.name,
        await lab.call(visitor, mutation, input, { [await tokenHeader(visitor)]: null }),
        refused,
        codes,
      );
      trial.refused(
        mutation.name,
        await lab.call(visitor, mutation, input, { "sec-fetch-site": "cross-site" }),
        refused,
        codes,
      );
    },
  },
  {
    id: "3.7-csrf-view",
    title: "A view that is no GET is checked too",
    mend: "Views are excepted from X-Mizan-Protocol and from nothing else.",
    async run(lab, trial) {
      const views = lab.contract.views.filter(({ method }) => method !== "GET");
      if (views.length === 0) return trial.gap("document", "the document declares no view but GET");
      const visitor = await lab.member();
      for (const view of views) {
        if (visitor.cookies.isEmpty || !lab.serves(view)) {
          trial.gap(view.name, noCookies);
          continue;
        }
        const params = lab.values.paramsOfView(view).values[0] ?? {};
        trial.refused(
          view.name,
          await sendView(visitor, view, params, { [await tokenHeader(visitor)]: null }),
          refused,
          codes,
        );
        trial.refused(
          view.name,
          await sendView(visitor, view, params, { "sec-fetch-site": "cross-site" }),
          refused,
          codes,
        );
      }
    },
  },
  {
    id: "3.7-bearer",
    title: "A request that proves itself by Authorization needs no token",
    mend: "Skip the checks of Sec-Fetch-Site, Origin and token where no cookie authenticates: no other site can send the header.",
    async run(lab, trial) {
      const probe = probeOf(lab);
      const visitor = await lab.member();
      if (!visitor.hasAuthorization)
        return trial.gap("server", "no bearer token is known: give -H 'Authorization: Bearer ...'");
      if (probe === undefined) return trial.gap("document", noProbe);
      await passes(
        trial,
        { probe, visitor },
        lab,
        { "sec-fetch-site": "cross-site", origin: "https://app.example", cookie: null },
        "the call to pass",
      );
    },
  },
];

interface Known {
  readonly probe: Probe;
  readonly visitor: Visitor;
}

async function cookieProbe(lab: Laboratory, trial: Trial): Promise<Known | undefined> {
  const probe = probeOf(lab);
  if (probe === undefined) return void trial.gap("document", noProbe);
  const visitor = await lab.member();
  if (lab.contract.sessionPath !== null) await visitor.session();
  if (visitor.cookies.isEmpty || visitor.hasAuthorization)
    return void trial.gap(probe.mutation.name, noCookies);
  return { probe, visitor };
}

/** That a call got past the checks shows without an effect where the schema refuses something: the answer is 422 then. */
async function passes(
  trial: Trial,
  { probe, visitor }: Known,
  lab: Laboratory,
  changes: HeaderChanges,
  expected: string,
): Promise<void> {
  const exchange: Exchange = await lab.call(
    visitor,
    probe.mutation,
    probe.invalid ?? probe.input,
    changes,
  );
  const wanted = probe.invalid === undefined ? 200 : 422;
  trial.check(
    exchange.answer.status === wanted,
    probe.mutation.name,
    exchange,
    `${String(wanted)}: ${expected}`,
  );
}
