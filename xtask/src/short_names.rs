//! Short names for what a module and its script give each other: those of wasm-bindgen end in hashes, which do not compress.

use crate::wasm;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::{fs, path::Path};

/// What wasm-opt calls the one module that all imports are of.
const IMPORTED: &str = "a";

/// Renames them in `name_bg.wasm` and `name.js` in the folder `out`; before the module is optimised, for the same tool writes
/// it as it comes.
pub(crate) fn shorten(out: &Path, name: &str) -> Result<()> {
    let module = out.join(format!("{name}_bg.wasm"));
    let output = wasm::wasm_opt(&module, &module).arg("--minify-imports-and-exports-and-modules").output()?;
    ensure!(output.status.success(), "wasm-opt: {}", String::from_utf8_lossy(&output.stderr));
    let names = serde_json::from_slice(&output.stdout).context("wasm-opt prints the names")?;
    let script = out.join(format!("{name}.js"));
    let text = renamed(&fs::read_to_string(&script)?, &names)?;
    Ok(fs::write(script, text)?)
}

/// The script with the names that the module has now; `names` is what wasm-opt prints.
fn renamed(script: &str, names: &Value) -> Result<String> {
    let mut script = exports_renamed(script, &names["exports"]);
    let mut modules: Vec<&str> = Vec::new();
    for import in names["imports"].as_array().context("there are no imports")? {
        let [module, old, new] = [0, 1, 2].map(|at| import[at].as_str().unwrap_or_default());
        script = replaced_once(&script, &format!(" {old}: "), &format!(" {new}: "))?;
        modules.push(module);
    }
    modules.dedup();
    ensure!(modules.len() == 1, "the imports are of one module, not of {modules:?}");
    replaced_once(&script, &format!("\"{}\": ", modules[0]), &format!("{IMPORTED}: "))
}

/// Exports stand as `wasm.name`.
fn exports_renamed(script: &str, exports: &Value) -> String {
    let empty = Vec::new();
    let exports = exports.as_array().unwrap_or(&empty);
    let new_name = |old: &str| exports.iter().find(|export| export[0] == old).and_then(|export| export[1].as_str());
    let mut parts = script.split("wasm.");
    let mut renamed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !(c.is_ascii_alphanumeric() || "_$".contains(c))).unwrap_or(part.len());
        let (old, rest) = part.split_at(end);
        renamed.extend(["wasm.", new_name(old).unwrap_or(old), rest]);
    }
    renamed
}

fn replaced_once(text: &str, old: &str, new: &str) -> Result<String> {
    let count = text.matches(old).count();
    ensure!(count == 1, "{old:?} stands {count} times in the script");
    Ok(text.replace(old, new))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SCRIPT: &str = r#"
        let wasm; const url = new URL("core_bg.wasm", base);
        const ret = wasm.job_new(wasm.job_new_2(1), wasm.memory.buffer);
        const import0 = { __proto__: null,
            __wbg_new_277c27c26f94cbc2: function() { return new Array(); },
        };
        return { __proto__: null, "./core_bg.js": import0 };"#;

    fn names() -> Value {
        json!({
            "imports": [["./core_bg.js", "__wbg_new_277c27c26f94cbc2", "$"]],
            "exports": [["job_new", "b"], ["memory", "c"], ["nobody_calls_it", "d"]],
        })
    }

    #[test]
    fn a_script_calls_its_module_by_the_new_names() {
        let script = renamed(SCRIPT, &names()).unwrap();
        assert!(script.contains("wasm.b(wasm.job_new_2(1), wasm.c.buffer)"), "{script}");
        assert!(script.contains(" $: function() { return new Array(); }"), "{script}");
        assert!(script.contains("{ __proto__: null, a: import0 }"), "{script}");
        assert!(script.contains(r#"new URL("core_bg.wasm", base)"#), "{script}");
    }

    #[test]
    fn a_name_that_the_script_does_not_know_is_an_error() {
        let mut names = names();
        names["imports"][0][1] = "__wbg_new_b".into();
        let error = renamed(SCRIPT, &names).unwrap_err().to_string();
        assert!(error.contains("__wbg_new_b"), "{error}");
    }
}
