// LANGUAGES.md: the programs in the languages whose interpreters and SDKs may not be on this machine, as they stand there.
import { testProgram } from "./support/languages.mjs";
import { csharp, java, php, ruby } from "./support/sdks.mjs";

testProgram("PHP", php());
testProgram("Ruby", ruby());
testProgram("Java", java());
testProgram("C#", csharp());
