import { describeConformance } from "./describe-conformance.js";

describeConformance("fastapi");
describeConformance("django");
