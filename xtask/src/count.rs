//! How many tests passed and failed, read from what the test programs print.

use std::ops::AddAssign;

/// Tests of one suite, or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Tests that ran and passed.
    pub(crate) passed: u32,
    /// Tests that ran and failed.
    pub(crate) failed: u32,
}

impl Counts {
    /// One test.
    pub(crate) fn one(passed: bool) -> Self {
        Self { passed: u32::from(passed), failed: u32::from(!passed) }
    }

    /// From `test result: ok. 3 passed; 1 failed; …`, a line per test binary, of cargo and of wasm-bindgen's runner.
    pub(crate) fn of_cargo(text: &str) -> Self {
        let results = text.lines().filter_map(|line| line.trim().strip_prefix("test result: "));
        let mut counts = Self::default();
        for part in results.flat_map(|result| result.split(['.', ';'])) {
            counts.passed += number_beside(part, "passed");
            counts.failed += number_beside(part, "failed");
        }
        counts
    }

    /// From `ℹ pass 3`, `ℹ fail 1`, `ℹ cancelled 0` at the end of what `node --test` prints.
    pub(crate) fn of_node(text: &str) -> Self {
        let mut counts = Self::default();
        for summary in text.lines().filter_map(|line| line.strip_prefix("ℹ ")) {
            counts.passed += number_beside(summary, "pass");
            counts.failed += number_beside(summary, "fail") + number_beside(summary, "cancelled");
        }
        counts
    }

    /// Makes what no line told a failure: a program that failed, or one that ran nothing.
    pub(crate) fn or_failed(self, success: bool) -> Self {
        let told = if success { self.passed + self.failed } else { self.failed };
        Self { failed: self.failed + u32::from(told == 0), ..self }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// The number in a part that consists of it and `word`, else 0.
fn number_beside(part: &str, word: &str) -> u32 {
    let mut words = part.split_whitespace();
    let number = match (words.next(), words.next(), words.next()) {
        (Some(first), Some(second), None) if first == word => second.parse().ok(),
        (Some(first), Some(second), None) if second == word => first.parse().ok(),
        _ => None,
    };
    number.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Counts;

    fn counts(passed: u32, failed: u32) -> Counts {
        Counts { passed, failed }
    }

    #[test]
    fn every_test_binary_of_cargo_counts() {
        let text = "\
running 2 tests
test count::tests::a ... ok
test count::tests::b ... FAILED

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

   Doc-tests ringcentral_ai

test result: ok. 3 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.21s
";
        assert_eq!(Counts::of_cargo(text), counts(4, 1));
    }

    #[test]
    fn what_a_test_prints_itself_does_not_count() {
        assert_eq!(Counts::of_cargo("5 passed; 2 failed\nℹ pass 3\n"), counts(0, 0));
        assert_eq!(Counts::of_node("pass 5\n# pass 3\ntest result: ok. 3 passed\n"), counts(0, 0));
    }

    #[test]
    fn a_cancelled_test_of_node_is_a_failed_one() {
        let text = "✔ a (1.2ms)\n✖ b (0.4ms)\nℹ tests 7\nℹ suites 0\nℹ pass 4\nℹ fail 1\n\
                    ℹ cancelled 2\nℹ skipped 0\nℹ todo 0\nℹ duration_ms 55.1\n";
        assert_eq!(Counts::of_node(text), counts(4, 3));
    }

    #[test]
    fn a_suite_that_ran_nothing_has_failed() {
        assert_eq!(counts(0, 0).or_failed(true), counts(0, 1));
        assert_eq!(counts(3, 0).or_failed(true), counts(3, 0));
    }

    #[test]
    fn a_program_that_failed_without_a_failed_test_has_failed() {
        assert_eq!(counts(3, 0).or_failed(false), counts(3, 1));
        assert_eq!(counts(3, 2).or_failed(false), counts(3, 2));
    }
}
