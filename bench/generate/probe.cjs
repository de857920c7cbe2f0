// Preloaded into every measured process: writes what the operating system says of it when it exits. Works wherever Node does.
const { appendFileSync } = require("node:fs");
const file = process.env.MIZAN_BENCH_PROBE;
if (file !== undefined && require("node:worker_threads").isMainThread) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    appendFileSync(
      file,
      `${JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, memory: maxRSS / 1024 })}\n`,
    );
  });
}
