//! What starts a core in the place of wasm-bindgen's own loader, which the package does by itself for both, and with better reasons where
//! it fails; and no polyfill for runtimes without `encodeInto`, of which none is left.

use anyhow::{Context, Result, ensure};

const LOADER: &str = include_str!("loader.js");
const BEGINS: &str = "async function __wbg_load(";
const POLYFILL: [&str; 2] = ["if (!('encodeInto' in cachedTextEncoder)) {", "\n}\n"];

/// What the script makes when it is imported, and how it makes the same when that is first needed: an import touches no global, which a
/// test's page may not have. The decoder is one that has decoded all that one may.
const LATER: [[&str; 2]; 4] = [
    [
        "let cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });\ncachedTextDecoder.decode();",
        "let cachedTextDecoder;",
    ],
    ["let numBytesDecoded = 0;", "let numBytesDecoded = MAX_SAFARI_DECODE_BYTES;"],
    ["const cachedTextEncoder = new TextEncoder();", "let cachedTextEncoder;"],
    ["cachedTextEncoder.encode", "(cachedTextEncoder ??= new TextEncoder()).encode"],
];

/// The same for what a core with objects has.
const REGISTRY: [&str; 2] = [
    "(typeof FinalizationRegistry === 'undefined')\n    ? { register: () => {}, unregister: () => {} }\n    : new FinalizationRegistry(",
    "registry(",
];

/// The script with it.
pub(crate) fn replaced(script: &str) -> Result<String> {
    let (script, _) = script.split_once(BEGINS).context("wasm-bindgen's script has another loader")?;
    let (before, rest) = script.split_once(POLYFILL[0]).context("wasm-bindgen's script has no encodeInto of its own")?;
    let (_, after) = rest.split_once(POLYFILL[1]).context("wasm-bindgen's encodeInto has no end")?;
    LATER.iter().try_fold([before, after].concat().replace(REGISTRY[0], REGISTRY[1]) + LOADER, |script, [now, later]| {
        ensure!(script.contains(now), "wasm-bindgen's script has no {now}");
        Ok(script.replace(now, later))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_and_the_polyfill_go_and_nothing_is_made_at_once() {
        let polyfill = "if (!('encodeInto' in cachedTextEncoder)) {\n    b({\n    });\n}\n";
        let made = LATER.map(|[now, _]| [now, "\n"].concat()).concat();
        let script = [&made, REGISTRY[0], polyfill, "let c;\nasync function __wbg_load(m) {\n}\nexport {};\n"].concat();
        let expected = LATER.map(|[_, later]| [later, "\n"].concat()).concat();
        assert_eq!(replaced(&script).unwrap(), [&expected, REGISTRY[1], "let c;\n", LOADER].concat());
        assert!(replaced("let a;").is_err());
        assert!(replaced(&[polyfill, "async function __wbg_load("].concat()).is_err());
    }
}
