//! A channel with fewer samples a second: as many as a measure needs, the latest of them kept.

/// Averages samples down to a lower rate and keeps the latest.
#[derive(Debug)]
pub struct Thinned {
    step: u32,
    rate: f64,
    sum: f64,
    counted: u32,
    recent: Vec<f64>,
}

impl Thinned {
    /// Of samples at `rate` per second, as few as are still at least `needed_hz`; all of them where there are fewer.
    #[must_use]
    pub fn new(rate: u32, needed_hz: f64) -> Self {
        let step = (1..=rate).find(|step| f64::from(rate) / f64::from(*step + 1) < needed_hz).unwrap_or(1);
        Self { step, rate: f64::from(rate) / f64::from(step), sum: 0.0, counted: 0, recent: Vec::new() }
    }

    /// Samples per second that are left.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// Takes one sample.
    pub fn take(&mut self, sample: f64) {
        self.sum += sample;
        self.counted += 1;
        if self.counted == self.step {
            self.recent.push(self.sum / f64::from(self.step));
            (self.sum, self.counted) = (0.0, 0);
        }
    }

    /// The latest `count` of what is left, or fewer at the beginning; what lies before them is forgotten.
    pub fn latest(&mut self, count: usize) -> &[f64] {
        self.recent.drain(..self.recent.len().saturating_sub(count));
        &self.recent
    }
}
