//! `cargo xtask dev`: the whole product on this machine, its main job run once.

mod api;
mod bucket;
mod credentials;
mod log;
mod main_job;
mod origin;
mod servers;

use crate::{builds, setup, tools::root};
use anyhow::{Context, Result, ensure};
use api::Api;
use credentials::Setting;
pub(crate) use origin::Origin;
use servers::Server;
use std::{
    fs,
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
    time::{Duration, Instant},
};

/// What the command line can set.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    /// End after the job.
    pub(crate) once: bool,
    /// RingCentral itself, no sandbox.
    pub(crate) real: bool,
    /// The Worker's.
    pub(crate) port: u16,
    /// The sandbox's.
    pub(crate) sandbox_port: u16,
    /// Where KV and the Durable Object are kept, from the workspace's folder.
    pub(crate) persist_to: PathBuf,
    /// Who does the main job; the Worker's own choice where nobody is named.
    pub(crate) engine: Option<String>,
    /// Whose pages may call the Worker, beside its own.
    pub(crate) origins: Vec<Origin>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            once: false,
            real: false,
            port: 8787,
            sandbox_port: 8790,
            persist_to: ".wrangler/state".into(),
            engine: None,
            origins: Vec::new(),
        }
    }
}

/// Sets up, builds, starts, runs the main job, and stays up unless `--once`.
pub(crate) fn run(options: &Options) -> Result<()> {
    // Before a minute of building, not after it.
    check_port(options.port, "--port")?;
    let started = Instant::now();
    let (mut servers, token) = start(options)?;
    let address = format!("http://127.0.0.1:{}", options.port);
    let api = Api::new(&address, &token);
    let worker = servers.last_mut().context("no Worker")?;
    worker.wait_until(Duration::from_mins(3), |_| api.alive())?;
    println!("the Worker answers at {address} after {} s\n", started.elapsed().as_secs());

    main_job::run(&api, options.real, options.engine.as_deref()).inspect_err(|_| servers::show_tails(&servers))?;
    if options.once {
        return Ok(());
    }
    // An address stays in the browser's history, where only a token that everybody knows may stand.
    let (console, shown) =
        if options.real { (address, "one of API_TOKENS") } else { (format!("{address}/#token={token}"), &*token) };
    println!("\nThe console: {console}");
    println!("API token:   {shown}");
    println!("Saving a source file rebuilds. Ctrl-C ends everything.\n");
    servers::follow(&mut servers)
}

/// Everything that runs, the Worker last, and an API token for it.
fn start(options: &Options) -> Result<(Vec<Server>, String)> {
    let Options { port, sandbox_port, .. } = options;
    let persist_to = &root().join(&options.persist_to);
    fs::create_dir_all(persist_to)?;
    if options.real {
        let token = credentials::api_token()?;
        setup::tools()?;
        builds::all()?;
        let public_url = format!("http://127.0.0.1:{port}");
        let mut settings = vec![("RESULTS_BY", "polling".into()), ("PUBLIC_URL", public_url)];
        settings.extend(allowed(&options.origins, credentials::own("ALLOWED_ORIGINS").as_deref()));
        let files = [credentials::own_file(), credentials::write(&settings, persist_to)?];
        return Ok((vec![Server::worker(*port, persist_to, &files)?], token));
    }
    check_port(*sandbox_port, "--sandbox-port")?;
    setup::tools()?;
    let sandbox = Server::sandbox(&builds::all_and_sandbox()?, *sandbox_port, persist_to)?;
    let mut settings = sandbox_settings(*port, *sandbox_port);
    settings.extend(allowed(&options.origins, None));
    let settings = credentials::write(&settings, persist_to)?;
    let worker = Server::worker(*port, persist_to, &[settings])?;
    Ok((vec![sandbox, worker], credentials::SANDBOX_TOKEN.into()))
}

fn sandbox_settings(port: u16, sandbox_port: u16) -> Vec<Setting> {
    let mut settings = vec![
        ("RC_SERVER", format!("http://127.0.0.1:{sandbox_port}")),
        ("RC_MEDIA_HOSTS", format!("127.0.0.1:{sandbox_port}")),
        ("ALLOW_PRIVATE_MEDIA", "1".into()),
        ("PUBLIC_URL", format!("http://127.0.0.1:{port}")),
    ];
    settings.extend(credentials::SANDBOX.map(|(name, value)| (name, value.into())));
    settings.extend(credentials::STAND_INS.map(|(name, path)| (name, format!("http://127.0.0.1:{sandbox_port}{path}"))));
    settings
}

/// The setting that lets them; without any, what is set elsewhere holds.
fn allowed(origins: &[Origin], already: Option<&str>) -> Option<Setting> {
    let value = || origin::allowed_origins(already, origins);
    (!origins.is_empty()).then(|| ("ALLOWED_ORIGINS", value()))
}

fn check_port(port: u16, flag: &str) -> Result<()> {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let what = format!("port {port} is taken: end what listens there, or choose another with {flag}");
    ensure!(free.is_ok(), what);
    Ok(())
}
