import { describeWire } from "./wire-cases.js";
import { runCase } from "./wire-client.js";

describeWire("in Node", { run: (name, server) => runCase(name, `${server.origin}/api/`) });
