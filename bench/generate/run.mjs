// `npm run bench`: ours and the peers as whole processes on the same documents in the same run; the bars are those of docs/benchmarks.md.
//   --smoke   a small run without peers, seconds long: checks that the pieces work, says nothing about speed
//   --write   writes docs/benchmarks.md, also when only some topics were measured, from what is there
//   --only a,b,c   some of: start, install, petstore, synthetic, growth, github, stripe
//   --runs N  counted runs of each command (default 5); what takes long runs less often, see measure.mjs
//   --resume  keeps the topics that an earlier run has finished on the same build
// A topic has a share of the time: some 25 minutes altogether on two busy cores.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { functionsFromPaths } from "./functions-from-paths.mjs";
import { measure, measureInTurn, workspace } from "./measure.mjs";
import { codePerOperation } from "./code-size.mjs";
import { coldExec, installed, packOurs, useNode } from "./install.mjs";
import { ours } from "./ours.mjs";
import { documents, node, peerCommand, peers, specsOf } from "./peers.mjs";
import { Report } from "./report.mjs";
import { synthetic } from "./synthetic.mjs";
import { Topics } from "./topics.mjs";
import { countErrors, typeCheck } from "./type-check.mjs";

const { values: flags } = parseArgs({
  options: {
    smoke: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    only: { type: "string" },
    runs: { type: "string", default: "5" },
    resume: { type: "boolean", default: false },
  },
});
const runs = flags.smoke ? 1 : Number(flags.runs);
const chosen = flags.only?.split(",");
const wanted = (topic) => chosen === undefined || chosen.includes(topic);
const available = flags.smoke ? [] : peers.filter((peer) => peer.version !== undefined);
const report = new Report({ smoke: flags.smoke, peers: available });
const minutes = (count) => count * 60_000;

if (!ours.isBuilt()) throw new Error("dist/ is missing: run `npm run build` first");
const topics = new Topics({
  report,
  isKept: flags.resume,
  build: ours.build(),
  // A run that is cut off has written what it knew.
  onDone: () => flags.write && report.write(),
});
rmSync(workspace, { recursive: true, force: true });
mkdirSync(workspace, { recursive: true });
ours.copy();
if (!flags.smoke && available.length < peers.length)
  report.note("Some peers are not installed: `npm ci --legacy-peer-deps` in bench/generate.");

const write = (name, document) => {
  const path = `${workspace}${name}.json`;
  writeFileSync(path, typeof document === "string" ? document : JSON.stringify(document, null, 2));
  return path;
};
/** What is short: often, and not counting the first time. */
const short = { runs, warmup: !flags.smoke, budget: minutes(3 / 4) };
/** What takes seconds. */
const long = { runs: Math.min(runs, 3), budget: minutes(1) };

if (wanted("start")) await topics.run("start", start);
if (wanted("install")) await topics.run("install", install);
if (wanted("petstore")) await topics.run("petstore", small);
if (wanted("synthetic")) await topics.run("synthetic", thousand);
if (wanted("growth")) await topics.run("growth", growth);
if (flags.smoke) await topics.run("converted", converted);
if (!flags.smoke && wanted("github"))
  await topics.run("github", () => real("github", "GitHub", minutes(3)));
if (!flags.smoke && wanted("stripe"))
  await topics.run("stripe", () => real("stripe", "Stripe", minutes(2)));

report.print();
if (flags.write) {
  await report.write();
  console.log("written: docs/benchmarks.md");
}
if (flags.smoke) report.requireAll("compiles");
// Thousands of files, which nobody wants to keep.
rmSync(workspace, { recursive: true, force: true });

/** What `--version` costs: scripts and editors ask it all the time. */
async function start() {
  const group = report.group("`--version`", "whole process, cold");
  const commands = {
    "node -e 0": { node, args: ["-e", "0"] },
    "mizan-gen": { node, args: [ours.bin, "--version"] },
  };
  for (const peer of available) {
    const { command } = peerCommand(peer, "unused.json", "version");
    commands[nameOf(peer)] = { ...command, args: [command.args[0], "--version"] };
  }
  group.rowsOf(await measureInTurn(commands, short));
  group.against("node -e 0", "2 x bare node or less", 2);
  group.against("kubb", "not slower than kubb", 1);
}

/** What `npx` costs where the tool is not yet installed, and what lies on disk afterwards. */
async function install() {
  const group = report.group(
    "Install",
    "`npm exec <tool> --version`: unpacked from npm's cache into an empty directory, then started; no network",
  );
  useNode();
  const commands = { "mizan-gen": coldExec("ours", [packOurs()], "mizan-gen") };
  for (const peer of available)
    commands[nameOf(peer)] = coldExec(peer.name, specsOf(peer), peer.command);
  group.rowsOf(await measureInTurn(commands, { runs: Math.min(runs, 3), budget: minutes(2) }));
  const megabytes = ({ bytes }) => (bytes / 1e6).toFixed(1);
  const own = installed("ours");
  group.fact("On disk", "mizan-gen", `${own.packages} package, ${megabytes(own)} MB`);
  group.bar("one package", own.packages, 1);
  for (const peer of available) {
    if (group.find(peer.name) === undefined) continue;
    const size = installed(peer.name);
    const ratio = (size.bytes / own.bytes).toFixed(1);
    group.fact(
      "On disk",
      peer.name,
      `${size.packages} packages, ${megabytes(size)} MB (${ratio} x)`,
    );
    group.against(peer.name, `less time than ${peer.name}`, 1);
    group.bar(`smaller than ${peer.name}`, own.bytes / size.bytes, 1);
  }
}

/** Ten functions: what a new project waits for. */
async function small() {
  const document = write("small", synthetic(10));
  const group = report.group("Petstore size, 10 functions", "full run into an empty directory");
  await besidePeers(group, ours.full(document, "small"), document, "small", short);
  const { wall, cpu } = group.find("mizan-gen");
  group.bar("0.46 s wall or less", wall / 1000, 0.46, cpu / 1000);
  group.against("orval", "not slower than orval", 1);
}

/** A thousand functions: from nothing, again without a change, again with one. */
async function thousand() {
  const count = flags.smoke ? 30 : 1000;
  const document = write("thousand", synthetic(count));
  const group = report.group(
    `${count} synthetic functions`,
    "full run, and the same again without a change",
  );
  await besidePeers(
    group,
    ours.full(document, "thousand"),
    document,
    "thousand",
    flags.smoke ? short : long,
  );
  const full = group.find("mizan-gen");
  const again = await measure(ours.again(document, "thousand"), short);
  group.row("mizan-gen, nothing changed", again);
  group.row("mizan-gen check", await measure(ours.check(document, "thousand"), short));
  group.row(
    "mizan-gen, one function changed",
    await measure(ours.changed(document, "thousand", "rename_resource_1"), short),
  );
  group.bar("full: 3 s CPU or less", full.cpu / 1000, 3);
  group.bar("full, the aim: 1 s CPU or less", full.cpu / 1000, 1);
  group.bar("nothing changed: 150 ms CPU or less", again.cpu / 1000, 0.15);
  const size = codePerOperation(
    ours.output("thousand"),
    { types: ["types.ts"], runtime: ["kernel"] },
    count,
  );
  group.fact("Code for each operation, without types and runtime", "mizan-gen", `${size} bytes`);
  group.bar("1.5 kB of code for each operation or less", size / 1000, 1.5);
  for (const peer of available) {
    if (peer.makes === "types only" || group.find(peer.name) === undefined) continue;
    const bytes = codePerOperation(`${workspace}thousand/${peer.name}`, peer, count);
    group.fact("Code for each operation, without types and runtime", peer.name, `${bytes} bytes`);
  }
}

/** Ten times as much takes ten times as long: CPU for each further function. */
async function growth() {
  const counts = flags.smoke ? [10, 20, 40] : [100, 1000, 10_000];
  const group = report.group(
    "Growth",
    counts.map((count) => `${count}`).join(", ") + " synthetic functions, full run",
  );
  const commands = {};
  for (const count of counts) {
    const document = write(`growth-${count}`, synthetic(count));
    commands[`mizan-gen, ${count}`] = ours.full(document, `growth-${count}`);
  }
  const measured = await measureInTurn(commands, long);
  group.rowsOf(measured);
  const results = [...measured.values()];
  const slope = (from, to) => (results[to].cpu - results[from].cpu) / (counts[to] - counts[from]);
  group.fact(
    "CPU for each further function",
    `${counts[0]} to ${counts[1]}`,
    `${slope(0, 1).toFixed(2)} ms`,
  );
  group.fact(
    "CPU for each further function",
    `${counts[1]} to ${counts[2]}`,
    `${slope(1, 2).toFixed(2)} ms`,
  );
  group.bar("each further function within 1.3 x", slope(1, 2) / slope(0, 1), 1.3);
}

/** In a smoke run: a plain description whose operations become functions, as those of GitHub and Stripe do in a full one. */
async function converted() {
  const { "x-mizan-functions": _, ...plain } = synthetic(30);
  const document = write("converted", functionsFromPaths(plain));
  const group = report.group("Converted", "30 operations as functions");
  group.row("mizan-gen", await measure(ours.full(document, "converted"), short));
  const checked = await measure(typeCheck(ours.output("converted")), short);
  const errors = countErrors(checked.output);
  group.row("tsc", checked, `${errors} errors`);
  group.bar("compiles", errors, 0);
}

/** A real description, whose operations become functions; the peers read it as it is. */
async function real(name, title, budget) {
  if (!existsSync(documents[name])) {
    report.note(`${title}'s description is not installed.`);
    return;
  }
  const slow = { ...long, budget, timeout: minutes(5) };
  const original = documents[name];
  const document = write(name, functionsFromPaths(JSON.parse(readFileSync(original, "utf8"))));
  const group = report.group(
    `${title}'s description as functions`,
    "full run; the peers read the same description without the extension",
  );
  await besidePeers(group, ours.full(document, name), original, name, slow);
  const own = group.find("mizan-gen");
  group.row("mizan-gen, nothing changed", await measure(ours.again(document, name), long));
  group.against("openapi-typescript", "less than openapi-typescript's types alone", 1);
  group.against("hey-api", "half of hey-api or less", 1 / 2);
  group.against("orval", "a third of orval or less", 1 / 3);
  group.against("kubb", "a tenth of kubb or less", 1 / 10);
  if (name === "github") group.bar("memory: 350 MB or less", own.memory / 350, 1);

  const compiled = report.group(
    `Type checking ${title}'s output`,
    "`tsc --noEmit`, TypeScript 5.9, strict",
  );
  const commands = { "mizan-gen": typeCheck(ours.output(name)) };
  for (const peer of available) {
    if (group.find(peer.name) !== undefined)
      commands[nameOf(peer)] = typeCheck(`${workspace}${name}/${peer.name}`);
  }
  const checked = await measureInTurn(commands, slow);
  const errors = new Map(
    [...checked].map(([row, { output }]) => [
      row,
      output === undefined ? undefined : `${countErrors(output)} errors`,
    ]),
  );
  compiled.rowsOf(checked, errors);
  compiled.bar("compiles", countErrors(checked.get("mizan-gen").output), 0);
  for (const peer of ["hey-api", "orval", "kubb"])
    compiled.against(peer, `less time than ${peer}'s output`, 1);
}

function nameOf(peer) {
  return `${peer.name} ${peer.version}`;
}

/** Ours and every peer in turn; peers read `document`. */
async function besidePeers(group, own, document, label, options) {
  const commands = { "mizan-gen": own };
  for (const peer of available) commands[nameOf(peer)] = peerCommand(peer, document, label).command;
  const remarks = new Map(available.map((peer) => [nameOf(peer), peer.makes]));
  remarks.set("mizan-gen", ours.makes);
  group.rowsOf(await measureInTurn(commands, options), remarks);
}
