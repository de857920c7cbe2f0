import { describeStory } from "./describe-story.js";

describeStory("typescript");
