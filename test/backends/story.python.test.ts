import { describeStory } from "./describe-story.js";

describeStory("fastapi");
describeStory("django");
