use super::*;

fn read(line: &str) -> Result<Command, String> {
    super::read(Parser::from_args(line.split_whitespace())).map_err(|problem| problem.to_string())
}

#[test]
fn both_spellings_are_read() {
    let expected = dev::Options { once: true, port: 1, sandbox_port: 2, ..dev::Options::default() };
    assert_eq!(read("dev --port 1 --once --sandbox-port=2"), Ok(Command::Dev(expected)));
    let expected = dev::Options { real: true, persist_to: "--x=y".into(), ..dev::Options::default() };
    assert_eq!(read("dev --persist-to=--x=y --real"), Ok(Command::Dev(expected)));
}

#[test]
fn each_origin_is_taken() {
    let origins = ["http://localhost:5173", "https://app.example"];
    let expected = dev::Options { origins: origins.map(|text| text.parse().unwrap()).to_vec(), ..dev::Options::default() };
    assert_eq!(read(&format!("dev --origin {} --origin={}/", origins[0], origins[1])), Ok(Command::Dev(expected)));
    let problem = read("dev --origin http://localhost:5173/app").unwrap_err();
    let expected =
        "dev: --origin http://localhost:5173/app: it must be a page's scheme, host and port alone, as in http://localhost:5173";
    assert!(problem.starts_with(expected), "{problem}");
}

#[test]
fn of_a_flag_given_twice_the_last_holds() {
    let expected = dev::Options { once: true, port: 2, ..dev::Options::default() };
    assert_eq!(read("dev --port=1 --once --port 2 --once"), Ok(Command::Dev(expected)));
}

#[test]
fn what_nobody_reads_is_refused_by_name() {
    for (line, name) in [
        ("dev --prot 1", "--prot"),
        ("dev -p", "-p"),
        ("dev once", "once"),
        ("test --al", "--al"),
        ("bench callbacks", "callbacks"),
        ("bench --choas", "--choas"),
        ("build --all", "--all"),
        ("--once", "--once"),
    ] {
        let problem = read(line).unwrap_err();
        assert!(problem.contains(name) && problem.contains("see cargo xtask --help"), "{problem}");
    }
    assert!(read("devv --once").unwrap_err().contains("unknown command devv"));
}

#[test]
fn a_missing_or_wrong_value_is_refused_by_name() {
    let ports = ["--port", "--port --once", "--port 70000", "--port="];
    for flags in [
        &ports[..],
        &["--persist-to", "--persist-to --once", "--once=1", "--real=no", "--origin", "--origin --once", "--origin=x"],
    ]
    .concat()
    {
        let problem = read(&format!("dev {flags}")).unwrap_err();
        let name = flags.split([' ', '=']).next().unwrap();
        assert!(problem.contains(name) && problem.contains("see cargo xtask --help"), "{problem}");
    }
}

#[test]
fn one_thing_is_measured_or_all() {
    let names = [
        ("bench callback", Bench::Callback),
        ("bench relay", Bench::Relay),
        ("bench scale", Bench::Scale),
        ("bench --chaos", Bench::Chaos),
    ];
    for (line, only) in names.map(|(line, bench)| (line, Some(bench))).into_iter().chain([("bench", None)]) {
        assert_eq!(read(line), Ok(Command::Bench(only)));
    }
}

#[test]
fn another_programs_arguments_are_not_read() {
    let expected = ["--port", "0", "--help"].map(OsString::from).to_vec();
    assert_eq!(read("sandbox --port 0 --help"), Ok(Command::Sandbox(expected)));
}

#[test]
fn the_help_names_every_flag() {
    let all = [
        "dev --once --port 1 --sandbox-port 1 --persist-to x --origin http://x --engine x --real",
        "test --all",
        "bench --chaos",
    ];
    let taken: Vec<_> = all.iter().flat_map(|line| line.split(' ')).filter(|word| word.starts_with("--")).collect();
    for line in all {
        assert!(read(line).is_ok(), "{line}");
    }
    let at_the_start = HELP.lines().filter_map(|line| line.split_whitespace().next());
    let named: Vec<_> = at_the_start.filter(|word| word.starts_with("--")).collect();
    assert_eq!(named, taken);
    for line in ["help", "--help", "-h", "dev --once --help", "test -h", "build --help"] {
        assert_eq!(read(line), Ok(Command::Help), "{line}");
    }
}
