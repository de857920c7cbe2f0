import { sessionFaults } from "./planted/session-faults.js";
import { describeFaults } from "./planted/describe-faults.js";

describeFaults("sessions", sessionFaults);
