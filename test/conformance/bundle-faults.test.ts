import { bundleFaults } from "./planted/bundle-faults.js";
import { describeFaults } from "./planted/describe-faults.js";

describeFaults("bundles", bundleFaults);
