//! The Gregorian calendar, its years counted from March so that a leap day ends one
//! (Howard Hinnant, "chrono-compatible low-level date algorithms").

pub(super) const DAY_MS: i64 = 86_400_000;
/// Days from 0000-03-01, where the arithmetic begins, to 1970-01-01.
const DAYS_BEFORE_1970: i64 = 719_468;
/// Days in 400 years, after which the calendar repeats.
const ERA_DAYS: i64 = 146_097;

/// Milliseconds since 1970 of a second in UTC; none where there is no such day or time. A leap second is the second after it.
pub(super) fn since_1970_ms(date: [i64; 3], [hour, minute, second]: [i64; 3]) -> Option<i64> {
    let days = days(date);
    let is_time = civil(days) == date && (0..24).contains(&hour) && (0..60).contains(&minute) && (0..=60).contains(&second);
    is_time.then_some(days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1_000)
}

/// Days since 1970 of a year, month and day.
pub(super) const fn days([year, month, day]: [i64; 3]) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - DAYS_BEFORE_1970
}

/// The other way: year, month and day.
pub(super) const fn civil(days: i64) -> [i64; 3] {
    let days = days + DAYS_BEFORE_1970;
    let (era, day_of_era) = (days.div_euclid(ERA_DAYS), days.rem_euclid(ERA_DAYS));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    [era * 400 + year_of_era + (month <= 2) as i64, month, day]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_hundred_years_comes_back() {
        for day in 0..ERA_DAYS {
            assert_eq!(days(civil(day)), day);
        }
    }

    #[test]
    fn a_year_is_a_leap_year_as_the_calendar_says() {
        for (year, is_leap) in [(1970, false), (1972, true), (1900, false), (2000, true), (2100, false), (2400, true)] {
            let leap_day = since_1970_ms([year, 2, 29], [0; 3]);
            assert_eq!(leap_day.is_some(), is_leap, "{year}");
        }
    }

    #[test]
    fn days_and_times_that_there_are_not_are_none() {
        let midnight = [0; 3];
        for date in [[2026, 0, 1], [2026, 13, 1], [2026, 1, 0], [2026, 4, 31], [2026, 1, 32]] {
            assert_eq!(since_1970_ms(date, midnight), None, "{date:?}");
        }
        for time in [[24, 0, 0], [0, 60, 0], [0, 0, 61], [-1, 0, 0]] {
            assert_eq!(since_1970_ms([2026, 1, 1], time), None, "{time:?}");
        }
        assert_eq!(since_1970_ms([2016, 12, 31], [23, 59, 60]), since_1970_ms([2017, 1, 1], midnight));
    }
}
