//! `cargo xtask build`: `dist/package`, `dist/worker`, `dist/console`; a step with unchanged inputs is skipped.

use crate::{
    loader,
    progress::{self, Lane, side_by_side},
    setup,
    short_names::shorten,
    stamp::Stamp,
    tools::{cargo, command, npm_tool, root, target},
    wasm,
};
use anyhow::{Context, Result};
use base64ct::{Base64, Encoding};
use std::{
    ffi::OsString,
    fs::{self, File},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
};

const PACKAGE: &str = "ringcentral-ai";
const WORKER: &str = "ringcentral-ai-worker";

/// The package's modules of WebAssembly: each a feature and a profile of its library.
const CORES: [&str; 2] = ["client", "results"];

/// What the npm package takes from the workspace's folder; its README is one of its own.
const DOCUMENTS: [&str; 3] = ["CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// Builds all three.
pub(crate) fn all() -> Result<()> {
    build(&wasm::compile_bindgen)
}

/// Builds all three and the sandbox, and answers where its program lies.
pub(crate) fn all_and_sandbox() -> Result<PathBuf> {
    build(&|| {
        wasm::compile_bindgen()?;
        compile_sandbox()
    })?;
    Ok(sandbox_program())
}

/// `host` compiles what runs on this machine while the rest is compiled to WebAssembly.
fn build(host: Lane) -> Result<()> {
    let dist = root().join("dist");
    fs::create_dir_all(&dist)?;
    // wrangler may build while someone builds by hand
    let lock = File::create(dist.join(".lock"))?;
    lock.lock()?;
    if !dist.join("worker").exists() {
        println!("the first build takes a few minutes …");
    }
    let modules = || {
        for core in CORES {
            wasm::compile(PACKAGE, core, &["page", core], wasm::SMALLEST_CODE)?;
        }
        wasm::compile(WORKER, "worker", &[], wasm::SMALLEST_CODE)
    };
    side_by_side(&[&setup::npm_packages, host, &modules])?;
    let for_pages = || {
        package(&dist)?;
        console(&dist)
    };
    side_by_side(&[&for_pages, &|| worker(&dist)])
}

/// The sandbox's program, compiled.
pub(crate) fn sandbox() -> Result<PathBuf> {
    side_by_side(&[&compile_sandbox])?;
    Ok(sandbox_program())
}

fn sandbox_program() -> PathBuf {
    target().join("debug/ringcentral-sandbox")
}

fn compile_sandbox() -> Result<()> {
    let mut build = cargo();
    build.args(["build", "-p", "ringcentral-sandbox"]);
    progress::step("the sandbox", build)
}

/// `cargo xtask sandbox`: becomes the sandbox.
pub(crate) fn run_sandbox(args: &[OsString]) -> Result<()> {
    let error = std::process::Command::new(sandbox()?).args(args).exec();
    Err(error).context("cannot start the sandbox")
}

fn package(dist: &Path) -> Result<()> {
    let cores = CORES.map(|core| wasm::module(PACKAGE, core));
    let documents = DOCUMENTS.map(|name| root().join(name));
    let by_hand = root().join("www/package");
    let inputs = [&documents[..], &cores, std::slice::from_ref(&by_hand)].concat();
    make(dist, "package", inputs, |out| {
        CORES.iter().zip(&cores).try_for_each(|(core, wasm)| write_core(out, core, wasm))?;
        let by_hand = files(&by_hand)?;
        documents.iter().chain(&by_hand).try_for_each(|file| copy_into(file, out))
    })
}

/// One of the package's modules: itself, its script, and both in one script for whoever cannot have a file beside one.
fn write_core(out: &Path, core: &str, wasm: &Path) -> Result<()> {
    let name = format!("core_{core}");
    wasm::bind(wasm, out, &name, &["--target", "web"])?;
    shorten(out, &name)?;
    let script = out.join(format!("{name}.js"));
    fs::write(&script, loader::replaced(&fs::read_to_string(&script)?)?)?;
    wasm::optimise(out, &name, wasm::SMALLEST)?;
    minify(&script)?;
    let text = Base64::encode_string(&fs::read(out.join(format!("{name}_bg.wasm")))?);
    Ok(fs::write(out.join(format!("{name}_inline.mjs")), format!("export default \"{text}\";\n"))?)
}

fn worker(dist: &Path) -> Result<()> {
    let wasm = wasm::module(WORKER, "worker");
    // The entry needs both to start a new instance after a panic.
    let revival = ["--experimental-reset-state-function", "--force-enable-abort-handler"];
    let options = [&["--target", "module"][..], &revival].concat();
    make(dist, "worker", vec![wasm.clone()], |out| {
        wasm::bind(&wasm, out, "index", &options)?;
        wasm::optimise(out, "index", wasm::FAST)?;
        // wrangler's bundler does not know source-phase imports; its plain import of a .wasm is the module too
        let script = out.join("index.js");
        let text = fs::read_to_string(&script)?;
        fs::write(&script, text.replace("import source ", "import "))?;
        minify(&script)
    })
}

fn console(dist: &Path) -> Result<()> {
    let source = root().join("www/console");
    let description = root().join("worker/openapi.json");
    let inputs = vec![source.clone(), dist.join("package"), description.clone()];
    make(dist, "console", inputs, |out| {
        let mut vite = npm_tool("vite/bin/vite.js");
        vite.arg("build").arg(&source).arg("--config").arg(source.join("vite.config.mjs"));
        vite.arg("--outDir").arg(out).args(["--emptyOutDir", "--logLevel", "warn"]);
        progress::step("vite", vite)?;
        copy_into(&description, out)
    })
}

/// Makes `dist/name` anew unless it was made from the same inputs by the same recipe.
/// It is made beside its place: who serves or bundles it never sees half of it.
fn make(dist: &Path, name: &str, mut inputs: Vec<PathBuf>, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    inputs.extend(["xtask/src", "xtask/bindgen", "package-lock.json"].map(|recipe| root().join(recipe)));
    let place = dist.join(name);
    let stamp = Stamp::of(&dist.join(format!(".{name}.stamp")), &inputs)?;
    if stamp.holds(&place) {
        return Ok(());
    }
    let fresh = dist.join(format!(".{name}.new"));
    remove(&fresh)?;
    fs::create_dir_all(&fresh)?;
    write(&fresh)?;
    remove(&place)?;
    fs::rename(fresh, place)?;
    stamp.write()
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

fn minify(script: &Path) -> Result<()> {
    // Its install may put a native program in the place of its script: started as a program, both run.
    let mut esbuild = command(root().join("node_modules/.bin/esbuild"));
    esbuild.arg(script).args(["--minify", "--format=esm", "--allow-overwrite", "--log-level=warning"]);
    let mut out = OsString::from("--outfile=");
    out.push(script);
    esbuild.arg(out);
    progress::step("esbuild", esbuild)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}

fn copy_into(file: &Path, folder: &Path) -> Result<()> {
    let name = file.file_name().context("a file without a name")?;
    fs::copy(file, folder.join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
    Ok(())
}
