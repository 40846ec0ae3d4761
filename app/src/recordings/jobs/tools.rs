//! Which of the programs that jobs take are on this machine.

use super::model::Tool;
use std::path::{Path, PathBuf};

impl Tool {
    /// What it consists of.
    const fn programs(self) -> &'static [&'static str] {
        match self {
            Self::Ffmpeg => &["ffmpeg", "ffprobe"],
            Self::Poppler => &["pdftoppm", "pdftotext"],
            Self::Limits => &["prlimit", "setpriv", "nice"],
        }
    }

    /// All of it is here.
    #[must_use]
    pub fn is_here(self) -> bool {
        self.programs().iter().all(|program| path_of(program).is_some())
    }
}

/// The tools that are not on this machine.
#[must_use]
pub fn missing() -> Vec<Tool> {
    Tool::ALL.iter().copied().filter(|tool| !tool.is_here()).collect()
}

/// Where a program lies, as `PATH` says.
#[must_use]
pub fn path_of(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| is_program(path))
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    std::fs::metadata(path)
        .is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_where_the_path_says() {
        assert!(path_of("sh").is_some());
        assert!(path_of("no-such-program-anywhere").is_none());
        // A file that nobody can run is none.
        assert!(!is_program(Path::new("/etc/passwd")));
        assert!(!is_program(Path::new("/etc")));
    }
}
