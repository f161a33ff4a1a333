//! What the window has on its desk: the open ledger, the drops that wait for a yes, the import that runs.

use super::drop;
use super::drops::Drops;
use super::failure::Failure;
use super::files::{self, Places};
use super::place::Kept;
use super::single::First;
use crate::app::catalogue::{Catalogue, Language};
use crate::app::screens::{Actions, ExportAnswer, ExportFormat, FileAnswer, Preview, Progress, Screen, Start};
use crate::app::{self, Session, Watch};
use crate::insight::Scope;
use crate::insight::overview::Overview;
use crate::insight::profit::Profit;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Manager, Window};

/// The language of the window.
const LANGUAGE: Language = Language::Japanese;

/// Orders of the invented shop: enough for every figure, and recorded in a few seconds.
const SAMPLE_ORDERS: u32 = 3_000;

/// What the malls of the invented shop export and what its items cost stand first; the truth behind it comes after.
const SAMPLE_EXPORTS: usize = 4;

/// Where the window stood, in its folder.
const KEPT: &str = "place.json";

/// Progress reaches the page at most this often.
const PROGRESS_EVERY: Duration = Duration::from_millis(100);

/// The words of dialogs and of the window's own failures.
pub fn words() -> &'static Catalogue {
    static WORDS: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::new(LANGUAGE));
    &WORDS
}

/// Everything the commands share.
pub struct Desk {
    places: Places,
    ledger: Mutex<OpenLedger>,
    drops: Mutex<Drops>,
    running: Mutex<Option<Arc<Watch>>>,
    arrivals: Mutex<Arrivals>,
    kept: Mutex<Kept>,
    first: Option<First>,
}

/// The ledger on the desk. It is opened by the first command that needs it, so that a ledger which cannot be
/// opened is an answer on the screen and not a program that does not start.
#[derive(Default)]
struct OpenLedger {
    session: Option<Session>,
    is_sample: bool,
    ahead: Ahead,
}

/// What screens answer when nothing is filtered, worked out before it was asked.
#[derive(Default)]
pub struct Ahead {
    /// Of which version of the ledger.
    version: i64,
    /// 今週, when the window opens.
    pub actions: Option<Screen<Actions>>,
    /// 概要, when a first import has been recorded.
    pub overview: Option<Screen<Overview>>,
    /// Likewise.
    pub profit: Option<Screen<Profit>>,
}

/// Files the program was opened with wait here until the page can hear of them.
#[derive(Default)]
struct Arrivals {
    drawn: bool,
    waiting: Vec<PathBuf>,
}

impl Desk {
    /// An empty desk with the files the program was opened with; no ledger is touched yet.
    pub fn new(places: Places, first: Option<First>, opened: Vec<PathBuf>) -> Desk {
        Desk {
            kept: Mutex::new(Kept::read(&places.window.join(KEPT))),
            places,
            ledger: Mutex::default(),
            drops: Mutex::default(),
            running: Mutex::default(),
            arrivals: Mutex::new(Arrivals { drawn: false, waiting: opened }),
            first,
        }
    }

    /// The page has drawn. Answers the files that waited for it.
    pub fn set_drawn(&self) -> Vec<PathBuf> {
        let mut arrivals = lock(&self.arrivals);
        arrivals.drawn = true;
        std::mem::take(&mut arrivals.waiting)
    }

    /// Whether the page has drawn.
    pub fn has_drawn(&self) -> bool {
        lock(&self.arrivals).drawn
    }

    /// Files came from another start: answers them, or lets them wait for a page that has not drawn.
    pub fn arrived(&self, files: Vec<PathBuf>) -> Option<Vec<PathBuf>> {
        let mut arrivals = lock(&self.arrivals);
        if arrivals.drawn {
            return Some(files);
        }
        arrivals.waiting.extend(files);
        None
    }

    /// Hands the files of other starts to `take`, for as long as the window is open.
    pub fn listen(&self, take: impl Fn(Vec<PathBuf>) + Send + 'static) {
        if let Some(first) = &self.first {
            first.listen(take);
        }
    }

    /// Lets another start have the window.
    pub fn give_way(&self) -> std::io::Result<()> {
        self.first.as_ref().map_or(Ok(()), First::give_up)
    }

    /// What is kept of the window.
    pub fn kept(&self) -> Kept {
        lock(&self.kept).clone()
    }

    /// Changes what is kept of the window, for good.
    pub fn keep(&self, change: impl FnOnce(&mut Kept)) {
        let mut kept = lock(&self.kept);
        change(&mut kept);
        kept.write(&self.places.window.join(KEPT));
    }

    /// Where a page without the graphics card keeps what its engine wants kept.
    pub fn page_folder(&self) -> PathBuf {
        self.places.window.join("page")
    }

    /// The window was moved or made larger.
    pub fn look_at(&self, window: &Window) {
        lock(&self.kept).look(window);
    }

    /// Keeps where the window stands.
    pub fn keep_place(&self) {
        self.keep(|_| {});
    }

    /// Does something with the open ledger. Waits while another command has it.
    pub fn with_session<T>(&self, work: impl FnOnce(&mut Session) -> Result<T, Failure>) -> Result<T, Failure> {
        let mut ledger = lock(&self.ledger);
        work(ledger.open(&self.places)?)
    }

    /// Works out what the page asks first, before it asks. What cannot be worked out is a failure when it is asked.
    pub fn work_ahead(&self) {
        let mut ledger = lock(&self.ledger);
        let Ok(session) = ledger.open(&self.places) else { return };
        let start = app::start::start(session);
        let actions = app::this_week::screen(session, &Scope::default());
        session.rest();
        if let (Ok(start), Ok(actions)) = (start, actions) {
            ledger.ahead = Ahead { version: start.ledger_version, actions: Some(actions), ..Ahead::default() };
        }
    }

    /// Makes ready what every screen the owner may go to after an import begins with.
    fn look_ahead(&self) -> Result<(), Failure> {
        let mut ledger = lock(&self.ledger);
        let session = ledger.open(&self.places)?;
        let figures = app::draft::figures(session)?;
        let version = app::start::start(session)?.ledger_version;
        let (overview, profit) = figures.map(|figures| (figures.overview, figures.profit)).unzip();
        ledger.ahead = Ahead { version, overview, profit, ..Ahead::default() };
        Ok(())
    }

    /// The answer to a question. What was worked out ahead is answered once, and only as long as it holds.
    pub fn answer<T>(
        &self,
        scope: &Scope,
        ahead: impl FnOnce(&mut Ahead) -> Option<Screen<T>>,
        ask: impl FnOnce(&Session) -> Result<Screen<T>, app::Error>,
    ) -> Result<Screen<T>, Failure> {
        let mut ledger = lock(&self.ledger);
        let (version, ahead) = (ledger.ahead.version, ahead(&mut ledger.ahead));
        let session = ledger.open(&self.places)?;
        match ahead {
            Some(answer) if *scope == Scope::default() && app::start::start(session)?.ledger_version == version => {
                Ok(answer)
            }
            _ => Ok(ask(session)?),
        }
    }

    /// What the page is told first; the sample shop is named as such.
    pub fn start(&self) -> Result<Start, Failure> {
        let mut ledger = lock(&self.ledger);
        ledger.start(&self.places)
    }

    /// Reads files and says what recording them would do; keeps their paths under the answer's token.
    pub fn preview(&self, app: &AppHandle, paths: Vec<PathBuf>) -> Result<Preview, Failure> {
        let watch = self.watch(app);
        let previewed = self.with_session(|session| Ok(app::draft::preview(session, &paths, &watch)?));
        self.stop_watching();
        let mut preview = previewed?;
        preview.token = lock(&self.drops).keep(paths);
        Ok(preview)
    }

    /// Remembers the columns of the file at this place of a preview, and previews its files again.
    pub fn choose_columns(
        &self,
        app: &AppHandle,
        token: u64,
        file: usize,
        code: &str,
        cost: &str,
    ) -> Result<Preview, Failure> {
        self.with_drop(token, |session, paths| {
            Ok(app::imports::choose_columns(session, paths, Some(file), code, cost)?)
        })?;
        self.preview_again(app, token)
    }

    /// Does something with the files of a preview.
    pub fn with_drop<T>(
        &self,
        token: u64,
        work: impl FnOnce(&mut Session, &[PathBuf]) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let paths = self.paths(token)?;
        self.with_session(|session| work(session, &paths))
    }

    /// Previews the files of a preview once more, after something was said about them. Uses its token up.
    pub fn preview_again(&self, app: &AppHandle, token: u64) -> Result<Preview, Failure> {
        let preview = self.preview(app, self.paths(token)?)?;
        lock(&self.drops).forget(token);
        Ok(preview)
    }

    /// The owner does not want the files of a preview recorded: nothing of them stays.
    pub fn forget_drop(&self, token: u64) -> Result<(), Failure> {
        if !lock(&self.drops).forget(token) {
            return Ok(());
        }
        self.with_session(|session| {
            app::draft::forget(session);
            Ok(())
        })
    }

    fn paths(&self, token: u64) -> Result<Vec<PathBuf>, Failure> {
        lock(&self.drops).paths(token).ok_or_else(Failure::drop_forgotten)
    }

    /// Records the files of a preview. Its token is used up by that, unless it failed: then it may be tried again.
    pub fn record(&self, app: &AppHandle, token: u64) -> Result<Vec<FileAnswer>, Failure> {
        let paths = self.paths(token)?;
        let watch = self.watch(app);
        let recorded = self.with_session(|session| Ok(app::imports::record(session, &paths, &watch)?));
        self.stop_watching();
        let files = recorded?;
        lock(&self.drops).forget(token);
        let next = app.clone();
        std::thread::spawn(move || next.state::<Desk>().look_ahead());
        Ok(files)
    }

    /// Writes the whole ledger into a new folder inside `folder`.
    pub fn export(
        &self,
        app: &AppHandle,
        folder: &Path,
        format: ExportFormat,
        with_names: bool,
    ) -> Result<ExportAnswer, Failure> {
        let watch = self.watch(app);
        let written = self.with_session(|session| {
            let folder = folder.join(app::export::folder_name(session));
            Ok(app::export::write(session, &folder, format, with_names, &watch)?)
        });
        self.stop_watching();
        Ok(written?.0)
    }

    /// A watch whose progress goes to the page and which [`Desk::cancel`] stops, until [`Desk::stop_watching`].
    fn watch(&self, app: &AppHandle) -> Arc<Watch> {
        let watch = Arc::new(Watch::new(report_to(app.clone())));
        *lock(&self.running) = Some(Arc::clone(&watch));
        watch
    }

    /// The work is over.
    fn stop_watching(&self) {
        *lock(&self.running) = None;
    }

    /// Asks the running import to stop; nothing of it is kept. Does not wait.
    pub fn cancel(&self) {
        if let Some(watch) = lock(&self.running).as_ref() {
            watch.cancel();
        }
    }

    /// Writes the invented shop's exports, records them into a ledger of their own and opens that one.
    pub fn open_sample(&self, app: &AppHandle) -> Result<Start, Failure> {
        let mut ledger = lock(&self.ledger);
        ledger.close();
        let watch = self.watch(app);
        let filled = self.fill_sample(&watch);
        self.stop_watching();
        // The exports were only on their way into the ledger; what stays behind is written over next time.
        let _ = std::fs::remove_dir_all(&self.places.sample_exports);
        ledger.session = Some(filled?);
        ledger.is_sample = true;
        ledger.start(&self.places)
    }

    /// Deletes the invented shop and goes back to the owner's ledger.
    pub fn close_sample(&self) -> Result<Start, Failure> {
        let mut ledger = lock(&self.ledger);
        ledger.close();
        files::delete_ledger(&self.places.sample_ledger)?;
        ledger.start(&self.places)
    }

    fn fill_sample(&self, watch: &Watch) -> Result<Session, Failure> {
        files::make_folder_of(&self.places.sample_ledger)?;
        files::delete_ledger(&self.places.sample_ledger)?;
        std::fs::create_dir_all(&self.places.sample_exports).map_err(|_| Failure::no_place())?;
        let mut exports =
            crate::sample::write(SAMPLE_ORDERS, 1, &self.places.sample_exports).map_err(|_| Failure::no_place())?;
        exports.truncate(SAMPLE_EXPORTS);
        let mut session = Session::open(&self.places.sample_ledger, LANGUAGE)?;
        app::imports::record(&mut session, &exports, watch)?;
        Ok(session)
    }
}

impl OpenLedger {
    fn open(&mut self, places: &Places) -> Result<&mut Session, Failure> {
        if self.session.is_none() {
            files::make_folder_of(&places.ledger)?;
            self.is_sample = false;
            self.session = Some(Session::open(&places.ledger, LANGUAGE)?);
        }
        Ok(self.session.as_mut().expect("it was opened just now"))
    }

    fn start(&mut self, places: &Places) -> Result<Start, Failure> {
        let start = app::start::start(self.open(places)?)?;
        Ok(Start { is_sample: self.is_sample, ..start })
    }

    fn close(&mut self) {
        *self = OpenLedger::default();
    }
}

/// Sends progress to the page, ten times a second at most; the end always arrives.
fn report_to(app: AppHandle) -> Box<dyn Fn(Progress) + Send + Sync> {
    let last = Mutex::new(None::<Instant>);
    Box::new(move |progress| {
        let now = Instant::now();
        let mut last = lock(&last);
        let is_due = last.is_none_or(|last| now.duration_since(last) >= PROGRESS_EVERY);
        if is_due || progress.done >= progress.total {
            *last = Some(now);
            drop::tell(&app, "progress", &progress);
        }
    })
}

/// Runs work on a thread where it may take its time. The desk comes along.
pub async fn on_worker<T: Send + 'static>(
    app: AppHandle,
    work: impl FnOnce(&Desk, &AppHandle) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tauri::async_runtime::spawn_blocking(move || work(&app.state::<Desk>(), &app))
        .await
        .unwrap_or_else(|_| Err(Failure::unexpected()))
}

/// A worker that broke off leaves its place usable: every change of the ledger is one transaction.
fn lock<T>(place: &Mutex<T>) -> MutexGuard<'_, T> {
    place.lock().unwrap_or_else(PoisonError::into_inner)
}
