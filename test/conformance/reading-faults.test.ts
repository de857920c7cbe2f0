import { readingFaults } from "./planted/reading-faults.js";
import { describeFaults } from "./planted/describe-faults.js";

describeFaults("requests and params", readingFaults);
