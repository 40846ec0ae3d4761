//! A program that reads what somebody has uploaded runs here: with limits on time, memory and what it writes, without a
//! network where the system lets that be taken away, with nothing of this process's environment, in an empty folder, and
//! it ends when this process ends or nobody wants it any more.
//!
//! The limits are set by util-linux' tools, each of which becomes the next: `prlimit`, `nice`, `unshare`, `setpriv`.

use app::recordings::jobs::model::Why;
use app::recordings::jobs::tools::path_of;
use rustix::process::{Pid, Signal, kill_process_group};
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, OnceLock, mpsc};
use std::time::{Duration, Instant};

/// So much of what a program complains about is kept, from its end, in bytes.
const COMPLAINTS: usize = 16_384;
/// So often it is looked whether it is still wanted.
const LOOK: Duration = Duration::from_millis(100);
/// What ffmpeg says of a picture that is larger than it was told to take.
pub const TOO_MANY_POINTS: &str = "exceeds specified max pixel count";
const SIGXCPU: i32 = 24;
const SIGXFSZ: i32 = 25;

/// What a program may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of the processors, all of them taken together.
    pub cpu: Duration,
    /// As a clock on the wall has it.
    pub wall: Duration,
    /// Of address space, in bytes.
    pub memory: u64,
    /// For each file that it writes, in bytes.
    pub file: u64,
    /// For what it says, in bytes.
    pub said: usize,
}

/// Why a program did not do what it was run for.
#[derive(Debug)]
pub enum Stop {
    /// Nobody wants it any more.
    NotWanted,
    /// It failed.
    Failed(Why),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        tracing::error!(%error, "a media job could not use its folder");
        let is_full = error.kind() == std::io::ErrorKind::StorageFull;
        Self::Failed(if is_full { Why::Full } else { Why::Unknown })
    }
}

/// What is shared between a job and whoever looks after it.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    is_unwanted: Arc<AtomicBool>,
    progress: Arc<AtomicI32>,
}

impl Watch {
    /// Nobody wants it any more.
    pub fn end(&self) {
        self.is_unwanted.store(true, Ordering::Relaxed);
    }

    /// How far it has come, in hundredths.
    pub fn progress(&self) -> i32 {
        self.progress.load(Ordering::Relaxed)
    }

    /// It has come so far.
    pub fn at(&self, progress: i32) {
        self.progress.store(progress.clamp(0, 100), Ordering::Relaxed);
    }

    /// Nobody wants it any more.
    pub fn is_unwanted(&self) -> bool {
        self.is_unwanted.load(Ordering::Relaxed)
    }
}

/// The place where one job's programs run.
#[derive(Clone, Debug)]
pub struct Sandbox {
    /// Its own folder.
    pub folder: PathBuf,
    /// Whether it is still wanted.
    pub watch: Watch,
}

/// What a program has said, once it has done what it was run for.
#[derive(Debug)]
pub struct Said {
    /// On its standard output.
    pub out: Vec<u8>,
    /// The end of what it said beside that.
    pub complaints: String,
}

/// A program and what it is told.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// Its name, or its path.
    pub program: &'a str,
    /// What it is told.
    pub arguments: Vec<OsString>,
    /// It may use the network: only what the installation has set.
    pub has_network: bool,
}

impl Sandbox {
    /// Runs a program to its end. `told` hears each line of its output while it runs; what it says is kept, too.
    /// Blocks; the thread that calls must live as long as the program.
    ///
    /// # Errors
    /// If it fails, goes beyond a limit, or is not wanted any more.
    pub fn run(
        &self,
        order: &Order<'_>,
        limits: &Limits,
        mut told: impl FnMut(&str),
    ) -> Result<Said, Stop> {
        let mut child = self.spawn(order, limits)?;
        let (lines, heard) = mpsc::channel();
        let out = child.stdout.take().map(|out| {
            let most = limits.said;
            std::thread::spawn(move || listen(out, most, &lines))
        });
        let complaints = child.stderr.take().map(|err| std::thread::spawn(move || tail(err)));
        let end = Instant::now() + limits.wall;
        let ended = loop {
            match heard.recv_timeout(LOOK) {
                Ok(line) => told(&line),
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                // It says nothing more; it is about to end.
                Err(mpsc::RecvTimeoutError::Disconnected) => std::thread::sleep(LOOK / 10),
            }
            if let Some(status) = child.try_wait()? {
                break Some(status);
            }
            if self.watch.is_unwanted() || Instant::now() >= end {
                break None;
            }
        };
        // Also what it has begun itself and left behind.
        end_all(&mut child);
        let out = out.and_then(|out| out.join().ok()).unwrap_or_default();
        let complaints = complaints.and_then(|err| err.join().ok()).unwrap_or_default();
        let complaints = String::from_utf8_lossy(&complaints).into_owned();
        heard.try_iter().for_each(|line| told(&line));
        match ended {
            None if self.watch.is_unwanted() => Err(Stop::NotWanted),
            None => Err(Stop::Failed(Why::TooLong)),
            Some(_) if out.len() > limits.said => Err(Stop::Failed(Why::Swollen)),
            Some(status) if status.success() => Ok(Said { out, complaints }),
            Some(status) => {
                let why = why(status, &complaints);
                tracing::warn!(
                    program = order.program,
                    %status,
                    complaints = complaints.trim(),
                    why = why.as_str(),
                    "a program of a media job failed"
                );
                Err(Stop::Failed(why))
            }
        }
    }

    fn spawn(&self, order: &Order<'_>, limits: &Limits) -> Result<Child, Stop> {
        let seconds = limits.cpu.as_secs().max(1);
        let mut command = Command::new("prlimit");
        command
            // The first is heard by the program, the second ends it.
            .arg(format!("--cpu={seconds}:{}", seconds + 5))
            .arg(format!("--as={}", limits.memory))
            .arg(format!("--fsize={}", limits.file))
            .args(["--core=0", "--nofile=256"])
            .args(["nice", "-n", "10"]);
        if !order.has_network && can_be_alone() {
            command.args(["unshare", "--map-root-user", "--net"]);
        }
        command
            .args(["setpriv", "--pdeathsig", "KILL", "--no-new-privs"])
            .arg(order.program)
            .args(&order.arguments)
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("LANG", "C.UTF-8")
            .env("HOME", &self.folder)
            .env("TMPDIR", &self.folder)
            // Each reserves 64 MiB of addresses, which count.
            .env("MALLOC_ARENA_MAX", "2")
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().map_err(|error| {
            tracing::error!(%error, program = order.program, "a program of a media job could not be run");
            let is_missing = error.kind() == std::io::ErrorKind::NotFound;
            Stop::Failed(if is_missing { Why::NoTool } else { Why::Unknown })
        })
    }
}

/// The system lets a program be put where there is no network. Not every container does; then what the programs are told
/// keeps them from it (`-protocol_whitelist`).
fn can_be_alone() -> bool {
    static CAN: OnceLock<bool> = OnceLock::new();
    *CAN.get_or_init(|| {
        path_of("unshare").is_some()
            && Command::new("unshare")
                .args(["--map-root-user", "--net", "true"])
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
    })
}

/// Hears what is said, line by line, and keeps it up to one byte more than it may be.
fn listen(out: impl Read, most: usize, lines: &mpsc::Sender<String>) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut out = BufReader::new(out.take(u64::try_from(most).unwrap_or(u64::MAX) + 1));
    loop {
        let begin = kept.len();
        match out.read_until(b'\n', &mut kept) {
            Ok(0) | Err(_) => return kept,
            Ok(_) => {
                let line = String::from_utf8_lossy(&kept[begin..]);
                // Nobody may be listening any more.
                let _ = lines.send(line.trim_end().to_owned());
            }
        }
    }
}

/// The end of what is said.
fn tail(mut err: impl Read) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut piece = [0; 4_096];
    loop {
        match err.read(&mut piece) {
            Ok(0) | Err(_) => return kept,
            Ok(read) => {
                kept.extend_from_slice(&piece[..read]);
                let over = kept.len().saturating_sub(COMPLAINTS);
                kept.drain(..over);
            }
        }
    }
}

/// Ends a program with all that it has begun.
fn end_all(child: &mut Child) {
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // There may be nobody left.
        let _ = kill_process_group(group, Signal::KILL);
    }
    let _ = child.wait();
}

/// What a program that failed has failed of.
fn why(status: ExitStatus, complaints: &str) -> Why {
    match status.signal() {
        Some(SIGXCPU) => return Why::TooLong,
        Some(SIGXFSZ) => return Why::Swollen,
        // The system had no memory left; nothing else ends it so.
        Some(9) => return Why::Memory,
        _ => {}
    }
    let says = |any: &[&str]| any.iter().any(|words| complaints.contains(words));
    // The tools of util-linux say so when what they are to become is not there.
    if matches!(status.code(), Some(126 | 127)) {
        Why::NoTool
    } else if says(&["No space left on device", "Disk quota exceeded"]) {
        Why::Full
    } else if says(&["File too large"]) {
        Why::Swollen
    } else if says(&[
        "Cannot allocate memory",
        "Out of memory",
        "out of memory",
        "bad_alloc",
        "memory exhausted",
    ]) {
        Why::Memory
    } else if says(&["Incorrect password"]) {
        Why::Locked
    } else if says(&[TOO_MANY_POINTS]) {
        Why::TooLarge
    } else {
        Why::Unreadable
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits {
        cpu: Duration::from_secs(5),
        wall: Duration::from_secs(20),
        memory: 512 << 20,
        file: 1 << 20,
        said: 10_000,
    };

    fn run_with(limits: &Limits, script: &str) -> (Result<Said, Stop>, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Sandbox { folder: folder.path().to_owned(), watch: Watch::default() };
        let arguments = vec!["-c".into(), script.into()];
        let order = Order { program: "sh", arguments, has_network: false };
        (sandbox.run(&order, limits, |_| {}), folder)
    }

    fn run(script: &str) -> Result<Said, Stop> {
        run_with(&SMALL, script).0
    }

    fn failed(outcome: Result<Said, Stop>) -> Why {
        match outcome {
            Err(Stop::Failed(why)) => why,
            other => panic!("it should have failed: {other:?}"),
        }
    }

    #[test]
    fn what_is_said_is_heard_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Sandbox { folder: folder.path().to_owned(), watch: Watch::default() };
        let arguments = vec!["-c".into(), "echo one; echo two; echo three >&2; pwd".into()];
        let order = Order { program: "sh", arguments, has_network: false };
        let mut heard = Vec::new();
        let said = sandbox.run(&order, &SMALL, |line| heard.push(line.to_owned())).unwrap();
        assert_eq!(heard[..2], ["one", "two"]);
        assert!(String::from_utf8(said.out).unwrap().starts_with("one\ntwo\n"));
        assert_eq!(said.complaints, "three\n");
        assert!(heard[2].contains(folder.path().to_str().unwrap()), "it runs in its own folder");
    }

    #[test]
    fn nothing_of_our_environment_is_there() {
        let said = run("env").unwrap();
        let environment = String::from_utf8(said.out).unwrap();
        assert!(environment.contains("PATH="));
        for secret in ["DATABASE_URL", "CARGO", "STAFETT"] {
            assert!(!environment.contains(secret), "{environment}");
        }
    }

    #[test]
    fn there_is_no_network_where_that_can_be_taken_away() {
        if !can_be_alone() {
            return;
        }
        let said = run("cat /proc/net/dev").unwrap();
        let devices = String::from_utf8(said.out).unwrap();
        let others = devices.lines().skip(2).filter(|line| !line.trim().starts_with("lo:"));
        assert_eq!(others.count(), 0, "{devices}");
    }

    #[test]
    fn limits_hold() {
        let limits = Limits { cpu: Duration::from_secs(1), ..SMALL };
        assert_eq!(failed(run_with(&limits, "while :; do :; done").0), Why::TooLong);
        let limits = Limits { wall: Duration::from_millis(300), ..SMALL };
        assert_eq!(failed(run_with(&limits, "sleep 30").0), Why::TooLong);
        let (outcome, folder) = run_with(&SMALL, "exec head -c 5000000 /dev/zero > much");
        assert_eq!(failed(outcome), Why::Swollen);
        assert!(std::fs::metadata(folder.path().join("much")).unwrap().len() <= SMALL.file);
        assert_eq!(failed(run("head -c 50000 /dev/zero")), Why::Swollen);
        // 600 MB in one piece, of 512.
        let greedy = "exec dd if=/dev/zero of=/dev/null bs=600M count=1";
        assert_eq!(failed(run(greedy)), Why::Memory);
    }

    #[test]
    fn what_fails_says_why() {
        assert_eq!(failed(run("echo 'write: No space left on device' >&2; exit 1")), Why::Full);
        assert_eq!(
            failed(run("echo 'Command Line Error: Incorrect password' >&2; exit 1")),
            Why::Locked
        );
        assert_eq!(failed(run("echo anything >&2; exit 1")), Why::Unreadable);
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Sandbox { folder: folder.path().to_owned(), watch: Watch::default() };
        let order = Order { program: "no-such-program", arguments: vec![], has_network: false };
        assert_eq!(failed(sandbox.run(&order, &SMALL, |_| {})), Why::NoTool);
    }

    /// How many processes have this in their command line.
    fn running(mark: &str) -> usize {
        let processes = std::fs::read_dir("/proc").unwrap().flatten();
        let lines = processes.filter_map(|it| std::fs::read(it.path().join("cmdline")).ok());
        lines.filter(|line| String::from_utf8_lossy(line).contains(mark)).count()
    }

    #[test]
    fn what_nobody_wants_any_more_ends_with_all_that_it_has_begun() {
        let folder = tempfile::tempdir().unwrap();
        let watch = Watch::default();
        let sandbox = Sandbox { folder: folder.path().to_owned(), watch: watch.clone() };
        // A number that no other test sleeps for.
        let script = "sleep 7341 & sleep 7341; wait";
        let thread = std::thread::spawn(move || {
            let arguments = vec!["-c".into(), script.into()];
            let order = Order { program: "sh", arguments, has_network: false };
            sandbox.run(&order, &Limits { wall: Duration::from_secs(60), ..SMALL }, |_| {})
        });
        let begun = Instant::now();
        while running("sleep\x007341") < 2 {
            assert!(begun.elapsed() < Duration::from_secs(20), "they do not run");
            std::thread::sleep(LOOK);
        }
        watch.end();
        assert!(matches!(thread.join().unwrap(), Err(Stop::NotWanted)));
        let begun = Instant::now();
        while running("sleep\x007341") > 0 {
            assert!(begun.elapsed() < Duration::from_secs(5), "something is left");
            std::thread::sleep(LOOK);
        }
    }
}
