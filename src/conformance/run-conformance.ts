import { didYouMean, suggest } from "../diagnostics/suggest.js";
import type { JsonObject } from "../document/document.js";
import type { Case } from "./case.js";
import type { Contract } from "./contract/contract.js";
import { createValidator } from "./contract/schema-validator.js";
import { describeAnswer } from "./http/exchange.js";
import { Server } from "./http/server.js";
import { Laboratory, type SignIn } from "./laboratory.js";
import type { CaseReport, ConformanceReport } from "./report.js";
import { Trial } from "./trial.js";
import type { SuppliedValues } from "./values/supplied-values.js";
import { Values } from "./values/values.js";

export interface ConformanceOptions {
  readonly contract: Contract;
  /** Where the server is; its path takes the place of the document's base, unless it is `/`. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly signIn: { readonly name: string; readonly input: JsonObject } | undefined;
  readonly supplied: SuppliedValues;
  readonly cases: readonly Case[];
}

/** The server cannot be asked at all: it is not there, or lets nobody in. */
export class ConformanceError extends Error {
  override readonly name = "ConformanceError";
}

/** Asks a server every question. Its state changes by that as by any client's calls. @throws ConformanceError */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const { contract, url, headers, supplied, cases } = options;
  const server = new Server(url);
  const validate = await createValidator(contract.components);
  const values = new Values(contract, supplied, validate);
  const base = url.pathname === "/" ? contract.base : url.pathname.replace(/\/*$/, "/");
  const signIn = signInOf(options);
  const lab = new Laboratory({ contract, server, base, headers, signIn, values, validate });
  await enter(lab, url);

  const reports: CaseReport[] = [];
  for (const { id, title, mend, run } of cases) {
    const trial = new Trial();
    await run(lab, trial);
    const { failures, gaps, checks } = trial;
    const status = failures.length > 0 ? "failed" : checks === 0 ? "not-run" : "passed";
    reports.push({ id, title, mend, status, checks, failures, gaps });
  }
  return {
    title: contract.title,
    url: `${url.origin}${base}`,
    cases: reports,
    requests: server.log.length,
  };
}

function signInOf({ contract, signIn }: ConformanceOptions): SignIn | undefined {
  if (signIn === undefined) return undefined;
  const mutation = contract.mutations.find(({ name }) => name === signIn.name);
  if (mutation === undefined) {
    const known = contract.mutations.map(({ name }) => name);
    throw new ConformanceError(
      `--sign-in: the document has no mutation ${signIn.name}${didYouMean(suggest(signIn.name, known))}`,
    );
  }
  if (mutation.session !== "change") {
    throw new ConformanceError(
      `--sign-in: ${signIn.name} does not change the session; the function that does says \`session: change\``,
    );
  }
  return { mutation, input: signIn.input };
}

/** Finds out at once whether there is a server, and whether the sign-in works: without either every case would fail. */
async function enter(lab: Laboratory, url: URL): Promise<void> {
  const visitor = lab.newAnonymous();
  const { exchange } = await visitor.openSession();
  if (exchange.answer.status === 0) {
    throw new ConformanceError(
      `${url.origin} cannot be reached: ${exchange.answer.fault ?? "no answer"}`,
    );
  }
  if (lab.signIn === undefined) return;
  const signedIn = await lab.call(visitor, lab.signIn.mutation, lab.signIn.input);
  if (signedIn.answer.status !== 200) {
    throw new ConformanceError(
      `--sign-in: ${lab.signIn.mutation.name} answered ${describeAnswer(signedIn)}`,
    );
  }
}
