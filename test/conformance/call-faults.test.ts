import { callFaults } from "./planted/call-faults.js";
import { describeFaults } from "./planted/describe-faults.js";

describeFaults("calls", callFaults);
