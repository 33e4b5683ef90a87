//! The server: what it remembers, its routes, and what happens around every request.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Router, serve};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::ace::analyses::Analyses;
use crate::ai::enrollments::Enrollments;
use crate::callback::Courier;
use crate::errors::Refusal;
use crate::faults::line::{Line, Lines};
use crate::faults::{Delivered, Faults};
use crate::fetch::Fetcher;
use crate::jobs::Jobs;
use crate::journal::Journal;
use crate::library::Library;
use crate::limits::Limits;
use crate::oauth::authorize::Codes;
use crate::oauth::sessions::Sessions;
use crate::random::Random;
use crate::services::assemblyai::transcripts::Transcripts;
use crate::{Options, ace, admin, ai, authz, calllog, cors, faults, messages, oauth, random, recording, services, video};

/// Room for the base64 of a long enrolment sample. Assumption: RingCentral's limit is unknown.
const MAX_BODY_BYTES: usize = 32 * 1024 * 1024;

/// Everything that the sandbox remembers.
#[derive(Debug)]
pub struct Sandbox {
    /// How it runs.
    pub options: Options,
    /// When it started; the call log is told from here.
    pub started_ms: u64,
    /// The recordings.
    pub library: Library,
    /// Fetches media.
    pub fetcher: Fetcher,
    /// Delivers callbacks.
    pub courier: Courier,
    /// Told of each callback that was delivered.
    pub delivered: Delivered,
    sessions: Mutex<Sessions>,
    limits: Mutex<Limits>,
    jobs: Mutex<Jobs>,
    transcripts: Mutex<Transcripts>,
    analyses: Mutex<Analyses>,
    enrollments: Mutex<Enrollments>,
    codes: Mutex<Codes>,
    journal: Mutex<Journal>,
    faults: Mutex<Faults>,
    random: Mutex<Random>,
}

/// A sandbox that listens.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    server: JoinHandle<()>,
}

/// The id of a request; an extension of every request, and the `RCRequestId` of its answer and its job's callbacks.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Starts a sandbox on 127.0.0.1.
///
/// # Errors
/// A sentence: the port is taken, or a recording or words file is bad.
pub async fn start(options: Options) -> Result<Running, String> {
    let port = options.port;
    let sandbox = Arc::new(Sandbox::new(options)?);
    let cannot = |error: io::Error| format!("cannot listen on 127.0.0.1:{port}: {error}; try --port 0");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    let app = router(sandbox);
    let server = tokio::spawn(async move {
        let app = app.into_make_service_with_connect_info::<Line>();
        if let Err(error) = serve(Lines(listener), app).await {
            eprintln!("the server stopped: {error}");
        }
    });
    Ok(Running { address, server })
}

impl Running {
    /// Where it listens, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits as long as it serves.
    pub async fn wait(self) {
        let _ = self.server.await;
    }
}

impl Sandbox {
    fn new(options: Options) -> Result<Self, String> {
        let seed = options.seed.unwrap_or_else(random::any_seed);
        let grace_ms = u64::try_from(options.refresh_grace.as_millis()).unwrap_or(u64::MAX);
        Ok(Self {
            started_ms: options.clock.now_ms(),
            library: Library::load(options.media.as_deref())?,
            fetcher: Fetcher::new(options.fetch, options.fetch_timeout)?,
            courier: Courier::new(options.delivery_timeout)?,
            delivered: Delivered::default(),
            sessions: Mutex::new(Sessions::new(grace_ms)),
            limits: Mutex::new(Limits::new(options.limit_factor, options.window_s)),
            jobs: Mutex::default(),
            transcripts: Mutex::default(),
            analyses: Mutex::default(),
            enrollments: Mutex::default(),
            codes: Mutex::default(),
            journal: Mutex::default(),
            faults: Mutex::new(Faults::new(options.faults.clone(), seed)),
            random: Mutex::new(Random::new(Some(seed))),
            options,
        })
    }

    /// The sessions, for as long as the guard lives.
    pub fn sessions(&self) -> MutexGuard<'_, Sessions> {
        lock(&self.sessions)
    }

    /// The rate limits.
    pub fn limits(&self) -> MutexGuard<'_, Limits> {
        lock(&self.limits)
    }

    /// The jobs.
    pub fn jobs(&self) -> MutexGuard<'_, Jobs> {
        lock(&self.jobs)
    }

    /// AssemblyAI's transcripts.
    pub fn transcripts(&self) -> MutexGuard<'_, Transcripts> {
        lock(&self.transcripts)
    }

    /// What RingCentral analyses by itself.
    pub fn analyses(&self) -> MutexGuard<'_, Analyses> {
        lock(&self.analyses)
    }

    /// The enrolled voices.
    pub fn enrollments(&self) -> MutexGuard<'_, Enrollments> {
        lock(&self.enrollments)
    }

    /// The authorization codes.
    pub fn codes(&self) -> MutexGuard<'_, Codes> {
        lock(&self.codes)
    }

    /// What was asked so far.
    pub fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    /// What goes wrong.
    pub fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    /// The present, milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        self.options.clock.now_ms()
    }

    /// The source of tokens and ids.
    pub fn random(&self) -> MutexGuard<'_, Random> {
        lock(&self.random)
    }

    /// A wait of the sandbox's own, divided by `--speed`.
    #[must_use]
    pub fn hurried(&self, wait: Duration) -> Duration {
        self.options.hurried(wait)
    }
}

/// One request that broke must not break all others.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn router(sandbox: Arc<Sandbox>) -> Router {
    Router::new()
        .merge(oauth::routes())
        .merge(calllog::routes(&sandbox))
        .merge(recording::routes(&sandbox))
        .merge(messages::routes(&sandbox))
        .merge(authz::routes(&sandbox))
        .merge(video::routes(&sandbox))
        .merge(ai::routes(&sandbox))
        .merge(ace::routes(&sandbox))
        .merge(services::routes(&sandbox))
        .route("/sandbox/requests", get(admin::requests))
        .route("/sandbox/jobs", get(admin::jobs))
        .route("/sandbox/jobs/{id}/redeliver", post(admin::redeliver))
        .route("/sandbox/faults", get(faults::admin::show).put(faults::admin::replace))
        .fallback(async || Refusal::unknown_path())
        .method_not_allowed_fallback(async || Refusal::unknown_path())
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(from_fn_with_state(Arc::clone(&sandbox), watch))
        .with_state(sandbox)
}

/// Around every request: its id, CORS, one line on stderr and one in the journal.
async fn watch(State(sandbox): State<Arc<Sandbox>>, mut request: Request, next: Next) -> Response {
    let at_ms = sandbox.now_ms();
    let id = sandbox.random().uuid_v1(at_ms);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let origin = request.headers().get(header::ORIGIN).cloned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = match cors::preflight(&request) {
        Some(response) => response,
        None => next.run(request).await,
    };
    if let Some(id) = HeaderValue::from_str(&id).ok().filter(|_| !services::own(&path)) {
        response.headers_mut().insert("rcrequestid", id);
    }
    cors::allow(origin, response.headers_mut());
    if !path.starts_with("/sandbox/") {
        eprintln!("{method} {path} {}", response.status().as_u16());
        sandbox.journal().note([at_ms, sandbox.now_ms()], &method, &path, &response);
    }
    response
}

/// The address that the client used: every URI in an answer begins with it.
#[must_use]
pub fn base_url(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    format!("http://{host}")
}
