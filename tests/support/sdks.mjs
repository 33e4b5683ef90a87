// RingCentral's SDKs for the languages that this project has no other use for: each fetched by its own package tool into a folder
// under target/languages, once; where the tool or its registry cannot be had, the sentence that says so.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderOf, programIn } from "./languages.mjs";

const INSTALL_TIMEOUT_MS = 90_000;
/** Composer makes `vendor/autoload.php`. */
export function php() {
  const folder = folderOf("PHP");
  const install = ["require", "--no-interaction", "--quiet", `--working-dir=${folder}`, `ringcentral/ringcentral-php:${programIn("PHP").version}`];
  const missing = lacking("PHP", ["php", "composer"], existsSync(join(folder, "vendor/autoload.php")), install);
  return { missing, file: "transcript.php", command: "php" };
}

/** The gems lie in a folder of their own. */
export function ruby() {
  const gems = join(folderOf("Ruby"), "gems");
  const { version } = programIn("Ruby");
  const install = ["install", "--silent", "--no-document", "--install-dir", gems, "ringcentral-sdk", "--version", version];
  const missing = lacking("Ruby", ["ruby", "gem"], existsSync(join(gems, `gems/ringcentral-sdk-${version}`)), install);
  return { missing, file: "transcript.rb", command: "ruby", env: { ...process.env, GEM_PATH: gems } };
}

/** Maven copies the jars to `lib`. */
export function java() {
  const folder = folderOf("Java");
  const sdk = `<dependency><groupId>com.ringcentral</groupId><artifactId>ringcentral</artifactId><version>${programIn("Java").version}</version></dependency>`;
  const project = "<modelVersion>4.0.0</modelVersion><groupId>transcript</groupId><artifactId>transcript</artifactId><version>1</version>";
  writeFileSync(join(folder, "pom.xml"), `<project>${project}<dependencies>${sdk}</dependencies></project>\n`);
  const lib = join(folder, "lib");
  const install = ["--batch-mode", "--quiet", "--file", folder, "dependency:copy-dependencies", `-DoutputDirectory=${lib}`];
  const missing = lacking("Java", ["java", "mvn"], existsSync(lib) && readdirSync(lib).length > 0, install);
  return { missing, file: "Transcript.java", command: "java", args: ["-cp", "lib/*", "Transcript.java"] };
}

/** `dotnet` fetches the SDK and compiles the program in one step. */
export function csharp() {
  const folder = folderOf("C#");
  const missing = lacking("C#", ["dotnet"], true);
  if (missing) return { missing };
  const framework = `net${spawnSync("dotnet", ["--version"], { encoding: "utf8" }).stdout.split(".")[0]}.0`;
  const settings = `<OutputType>Exe</OutputType><TargetFramework>${framework}</TargetFramework><ImplicitUsings>enable</ImplicitUsings>`;
  const sdk = `<PackageReference Include="RingCentral.Net" Version="${programIn("C#").version}" />`;
  const project = `<PropertyGroup>${settings}</PropertyGroup><ItemGroup>${sdk}</ItemGroup>`;
  writeFileSync(join(folder, "transcript.csproj"), `<Project Sdk="Microsoft.NET.Sdk">${project}</Project>\n`);
  const restored = runs("dotnet", ["restore", folder]);
  const build = () => {
    if (!runs("dotnet", ["build", folder, "--no-restore", "--output", join(folder, "built")])) throw new Error("Program.cs does not compile");
  };
  return { missing: restored ? undefined : unreachable("C#", "dotnet"), file: "Program.cs", command: "dotnet", args: ["built/transcript.dll"], build };
}

/** What keeps a language's program from being run: a tool that is not installed, or packages that its last one cannot get. */
function lacking(language, tools, isThere, install) {
  // What is there needs no package tool.
  const needed = isThere ? tools.slice(0, 1) : tools;
  const absent = needed.find((tool) => !runs(tool, ["--version"]));
  if (absent) return `${absent} is not installed`;
  return isThere || runs(tools.at(-1), install) ? undefined : unreachable(language, tools.at(-1));
}

const unreachable = (language, tool) => `RingCentral's SDK for ${language} is missing and ${tool} could not get it`;

/** Whether a program ends well within the time. */
function runs(command, args) {
  const env = { ...process.env, COMPOSER_ALLOW_SUPERUSER: "1", DOTNET_CLI_TELEMETRY_OPTOUT: "1" };
  return spawnSync(command, args, { env, stdio: "ignore", timeout: INSTALL_TIMEOUT_MS }).status === 0;
}
