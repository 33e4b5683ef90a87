//! What starts a core in the place of wasm-bindgen's own loader, which the package does by itself for both, and with better reasons where
//! it fails; and no polyfill for runtimes without `encodeInto`, of which none is left.

use anyhow::{Context, Result};

const LOADER: &str = include_str!("loader.js");
const BEGINS: &str = "async function __wbg_load(";
const POLYFILL: [&str; 2] = ["if (!('encodeInto' in cachedTextEncoder)) {", "\n}\n"];

/// The script with it.
pub(crate) fn replaced(script: &str) -> Result<String> {
    let (script, _) = script.split_once(BEGINS).context("wasm-bindgen's script has another loader")?;
    let (before, rest) = script.split_once(POLYFILL[0]).context("wasm-bindgen's script has no encodeInto of its own")?;
    let (_, after) = rest.split_once(POLYFILL[1]).context("wasm-bindgen's encodeInto has no end")?;
    Ok([before, after, LOADER].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_loader_and_the_polyfill_go() {
        let script = "let a;\nif (!('encodeInto' in cachedTextEncoder)) {\n    b({\n    });\n}\nlet c;\nasync function __wbg_load(m) {\n}\nexport {};\n";
        assert_eq!(replaced(script).unwrap(), ["let a;\nlet c;\n", LOADER].concat());
        assert!(replaced("let a;").is_err());
    }
}
