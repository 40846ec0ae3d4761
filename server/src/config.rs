//! Settings, from the environment, read once and checked before anything starts. `HELP` lists them;
//! docs/settings.md says more (a test holds the two together).

use crate::jobs::mail::relay::{Smtp, certificates};
use app::events::invitation::Organiser;
use app::mail::letters::Site;
use lettre::transport::smtp::client::Certificate;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

/// Name, default and meaning of each setting, as docs/settings.md has them.
#[cfg(test)]
const SETTINGS: &[(&str, &str, &str)] = &[
    ("DATABASE_URL", "(must be set)", "The Postgres database, as postgres://…"),
    ("STAFETT_LISTEN", "127.0.0.1:3000", "Address and port to listen on"),
    (
        "STAFETT_PUBLIC_URL",
        "http:// and STAFETT_LISTEN",
        "The address that people use; it stands in mails and feeds",
    ),
    ("STAFETT_SITE", "target/site", "The folder with the built client"),
    (
        "STAFETT_MODE",
        "development",
        "production leaves out the local mailbox at /dev/mail; must be set where others than this machine reach the site",
    ),
    (
        "STAFETT_RATE_LIMIT",
        "120/minute",
        "How many forms one network address may post, as N/second, N/minute or N/hour; or off",
    ),
    (
        "STAFETT_LIVE_STREAMS",
        "2000",
        "How many streams of changes one network address may hold open (a whole municipality can be one; who is signed in has 50 of their own); or off",
    ),
    (
        "STAFETT_TRUST_PROXY",
        "off",
        "on behind a proxy that sets X-Forwarded-For, so that the limits count its clients",
    ),
    (
        "STAFETT_SMTP_URL",
        "",
        "The mail server: smtps://user:password@host, smtp://host?tls=required, smtp://host; none: mail stays in the local mailbox",
    ),
    (
        "STAFETT_SMTP_CA",
        "",
        "A PEM file with certificates that a mail server may have beside those that the system trusts",
    ),
    (
        "STAFETT_MAIL_FROM",
        "Stafett <stafett@localhost>",
        "Whom mail and invitations come from; must be set where STAFETT_SMTP_URL is",
    ),
    ("STAFETT_DB_CONNECTIONS", "10", "The most connections to Postgres, at least 3"),
    ("STAFETT_KEPT_PAGES_MIB", "32", "Memory for rendered pages, in MiB; 0 renders each page anew"),
    (
        "STAFETT_DUE_SECONDS",
        "20",
        "How often a process looks for reminders that are due and for new recordings, in seconds, 1 to 60",
    ),
    ("STAFETT_LOG", "info,sqlx=warn", "What is logged, as a tracing filter"),
    (
        "STAFETT_MEDIA",
        "stafett/media among the user's data",
        "Where the files of recordings lie: a folder, or s3://bucket/prefix",
    ),
    ("STAFETT_S3_ENDPOINT", "", "The service with the bucket, as https://…; none: Amazon's"),
    ("STAFETT_S3_REGION", "us-east-1", "The region of the bucket"),
    ("STAFETT_S3_KEY", "", "The access key of the bucket; none: the machine's own (IAM)"),
    ("STAFETT_S3_SECRET", "", "The secret of the access key; must be set where STAFETT_S3_KEY is"),
    (
        "STAFETT_UPLOADS",
        "uploads beside the files",
        "The folder for files that are still on their way; several processes need the same",
    ),
    ("STAFETT_LARGEST_UPLOAD_GB", "20", "The most that one uploaded file may weigh, in GB"),
    (
        "STAFETT_MEDIA_JOBS",
        "1",
        "How many uploaded files a process works on at once, 0 to 16 (0: another one does)",
    ),
    (
        "STAFETT_SPEECH",
        "",
        "A command that writes down what is said as WebVTT, with {wav}, {vtt} and {language} in it; none: nothing is recognised",
    ),
];

/// The table as help text.
pub const HELP: &str = "\
Settings are environment variables:
  DATABASE_URL            the Postgres database, as postgres://…  (must be set)
  STAFETT_LISTEN          address and port to listen on  [127.0.0.1:3000]
  STAFETT_PUBLIC_URL      the address that people use  [http:// and STAFETT_LISTEN]
  STAFETT_SITE            the folder with the built client  [target/site]
  STAFETT_MODE            production or development  [development]
  STAFETT_RATE_LIMIT      forms that one network address may post: off, or N/minute …  [120/minute]
  STAFETT_LIVE_STREAMS    streams of changes that one network address may hold open, or off  [2000]
  STAFETT_TRUST_PROXY     on behind a proxy that sets X-Forwarded-For  [off]
  STAFETT_SMTP_URL        the mail server, as smtps://user:password@host  [none: local mailbox]
  STAFETT_SMTP_CA         a PEM file of certificates to trust in a mail server  [none: the system's]
  STAFETT_MAIL_FROM       whom mail comes from, as Name <address>; must be set with a mail server
  STAFETT_DB_CONNECTIONS  the most connections to Postgres  [10]
  STAFETT_KEPT_PAGES_MIB  memory for rendered pages, in MiB  [32]
  STAFETT_DUE_SECONDS     how often it looks for reminders and recordings  [20]
  STAFETT_LOG             what is logged  [info,sqlx=warn]
  STAFETT_MEDIA           where files of recordings lie, a folder or s3://bucket/prefix  [among the user's data]
  STAFETT_S3_ENDPOINT     the service with the bucket, as https://…  [none: Amazon's]
  STAFETT_S3_REGION       the region of the bucket  [us-east-1]
  STAFETT_S3_KEY          the access key of the bucket  [none: the machine's own]
  STAFETT_S3_SECRET       the secret of that key
  STAFETT_UPLOADS         the folder for files that are still on their way  [uploads beside the files]
  STAFETT_LARGEST_UPLOAD_GB  the most that one uploaded file may weigh, in GB  [20]
  STAFETT_MEDIA_JOBS      how many uploaded files a process works on at once  [1]
  STAFETT_SPEECH          a command that writes down what is said as WebVTT  [none]
docs/settings.md says more.";

/// Who may reach what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// With what helps whoever builds and tries it.
    Development,
    /// For people out there.
    Production,
}

/// How often one network address may post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub count: NonZeroU32,
    /// In so many seconds.
    pub seconds: u64,
}

/// Where the files of recordings lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaPlace {
    /// In a folder of this machine.
    Folder(PathBuf),
    /// With a service that speaks S3.
    S3(S3Bucket),
}

/// A bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3Bucket {
    /// What it is called.
    pub name: String,
    /// What all names in it begin with, without a slash at its ends; or nothing
    pub prefix: String,
    /// `STAFETT_S3_ENDPOINT`; `None`: Amazon's
    pub endpoint: Option<String>,
    /// `STAFETT_S3_REGION`
    pub region: String,
    /// `STAFETT_S3_KEY` and `STAFETT_S3_SECRET`; `None`: the machine's own
    pub key: Option<(String, Secret)>,
}

/// What no log shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// All settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// `DATABASE_URL`
    pub database_url: String,
    /// `STAFETT_LISTEN`
    pub listen: SocketAddr,
    /// `STAFETT_PUBLIC_URL`, without a slash at its end
    pub public_url: String,
    /// `STAFETT_SITE`
    pub site: PathBuf,
    /// `STAFETT_MODE`
    pub mode: Mode,
    /// `STAFETT_RATE_LIMIT`; `None`: off
    pub rate_limit: Option<Rate>,
    /// `STAFETT_LIVE_STREAMS`; `None`: off
    pub live_streams: Option<NonZeroU32>,
    /// `STAFETT_TRUST_PROXY`
    pub trust_proxy: bool,
    /// `STAFETT_SMTP_URL`; `None`: mail stays in the local mailbox
    pub smtp: Option<Smtp>,
    /// `STAFETT_MAIL_FROM`
    pub mail_from: Organiser,
    /// `STAFETT_DB_CONNECTIONS`
    pub db_connections: u32,
    /// `STAFETT_KEPT_PAGES_MIB`, in bytes
    pub kept_pages_bytes: usize,
    /// `STAFETT_DUE_SECONDS`
    pub due_each: Duration,
    /// `STAFETT_LOG`
    pub log: String,
    /// `STAFETT_MEDIA`
    pub media: MediaPlace,
    /// `STAFETT_UPLOADS`
    pub uploads: PathBuf,
    /// `STAFETT_LARGEST_UPLOAD_GB`, in bytes
    pub largest_upload: u64,
    /// `STAFETT_MEDIA_JOBS`
    pub media_jobs: usize,
    /// `STAFETT_SPEECH`
    pub speech: Option<String>,
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It has no default.
    #[error("{0} must be set; `make run` sets it up for you, docs/settings.md has the list")]
    Missing(&'static str),
    /// It has none where another is set.
    #[error("{0} must be set where {1} is; docs/settings.md says more")]
    MissingBeside(&'static str, &'static str),
    /// Others can reach the site, and nobody has said whom it is for.
    #[error(
        "STAFETT_MODE must be set where others than this machine reach Stafett: to production, or to \
         development, where everybody can read every mail at /dev/mail"
    )]
    ModeUnsaid,
    /// It makes no sense.
    #[error("{name} is {value:?}, but must be {wanted}")]
    Wrong {
        /// Which.
        name: &'static str,
        /// What it is.
        value: String,
        /// What it should be.
        wanted: &'static str,
    },
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// Names the first setting that is missing or wrong.
    pub fn from_environment() -> Result<Self, ConfigError> {
        Self::read(|name| std::env::var(name).ok())
    }

    pub(crate) fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        // An empty variable is one that was not meant to be set.
        let get = |name: &'static str| get(name).filter(|value| !value.is_empty());
        let listen: SocketAddr = parse(
            "STAFETT_LISTEN",
            get("STAFETT_LISTEN"),
            "127.0.0.1:3000",
            "an address and a port, such as 127.0.0.1:3000",
            |value| value.parse().ok(),
        )?;
        let database_url = get("DATABASE_URL").ok_or(ConfigError::Missing("DATABASE_URL"))?;
        if !database_url.starts_with("postgres://") && !database_url.starts_with("postgresql://") {
            // Not shown: it may hold a password.
            return Err(ConfigError::Wrong {
                name: "DATABASE_URL",
                value: "…".into(),
                wanted: "the address of a Postgres database, postgres://…",
            });
        }
        let public_url = parse(
            "STAFETT_PUBLIC_URL",
            get("STAFETT_PUBLIC_URL"),
            &format!("http://{listen}"),
            "an address that begins with http:// or https://",
            |value| {
                let host =
                    value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"))?;
                let host = host.trim_end_matches('/');
                (!host.is_empty() && !host.contains(['/', ' ', '"', '<']))
                    .then(|| value.trim_end_matches('/').to_owned())
            },
        )?;
        if get("STAFETT_MODE").is_none() && !(listen.ip().is_loopback() && is_local(&public_url)) {
            return Err(ConfigError::ModeUnsaid);
        }
        let smtp = read_smtp(get("STAFETT_SMTP_URL"), &public_url)?;
        let trusted = get("STAFETT_SMTP_CA").map(read_certificates).transpose()?;
        let smtp = match trusted {
            Some(trusted) => smtp.map(|smtp| smtp.trusting(trusted)),
            None => smtp,
        };
        let media = read_media(&get)?;
        let uploads = get("STAFETT_UPLOADS").map(PathBuf::from).unwrap_or_else(|| match &media {
            MediaPlace::Folder(folder) => folder.join("uploads"),
            MediaPlace::S3(_) => data_folder(get).join("uploads"),
        });
        if smtp.is_some() && get("STAFETT_MAIL_FROM").is_none() {
            return Err(ConfigError::MissingBeside("STAFETT_MAIL_FROM", "STAFETT_SMTP_URL"));
        }
        Ok(Self {
            database_url,
            listen,
            public_url,
            smtp,
            mail_from: parse(
                "STAFETT_MAIL_FROM",
                get("STAFETT_MAIL_FROM"),
                "Stafett <stafett@localhost>",
                "a name and an address, such as Stafett <stafett@kommun.se>",
                parse_sender,
            )?,
            site: get("STAFETT_SITE").unwrap_or_else(|| "target/site".into()).into(),
            mode: parse(
                "STAFETT_MODE",
                get("STAFETT_MODE"),
                "development",
                "development or production",
                |value| match value {
                    "development" => Some(Mode::Development),
                    "production" => Some(Mode::Production),
                    _ => None,
                },
            )?,
            rate_limit: parse(
                "STAFETT_RATE_LIMIT",
                get("STAFETT_RATE_LIMIT"),
                "120/minute",
                "off, or a number and a time such as 120/minute",
                parse_rate,
            )?,
            live_streams: parse(
                "STAFETT_LIVE_STREAMS",
                get("STAFETT_LIVE_STREAMS"),
                "2000",
                "off, or a number of at least 1",
                |value| if value == "off" { Some(None) } else { value.parse().ok().map(Some) },
            )?,
            trust_proxy: parse(
                "STAFETT_TRUST_PROXY",
                get("STAFETT_TRUST_PROXY"),
                "off",
                "on or off",
                |value| match value {
                    "on" => Some(true),
                    "off" => Some(false),
                    _ => None,
                },
            )?,
            db_connections: parse(
                "STAFETT_DB_CONNECTIONS",
                get("STAFETT_DB_CONNECTIONS"),
                "10",
                "a number of at least 3",
                |value| value.parse().ok().filter(|count| *count >= 3),
            )?,
            kept_pages_bytes: parse(
                "STAFETT_KEPT_PAGES_MIB",
                get("STAFETT_KEPT_PAGES_MIB"),
                "32",
                "a number of MiB",
                |value| value.parse::<usize>().ok()?.checked_mul(1 << 20),
            )?,
            due_each: parse(
                "STAFETT_DUE_SECONDS",
                get("STAFETT_DUE_SECONDS"),
                "20",
                "a number of seconds from 1 to 60",
                |value| {
                    let seconds = value.parse().ok().filter(|seconds| (1..=60).contains(seconds));
                    seconds.map(Duration::from_secs)
                },
            )?,
            log: parse(
                "STAFETT_LOG",
                get("STAFETT_LOG"),
                "info,sqlx=warn",
                "a tracing filter such as info,sqlx=warn",
                |value| {
                    tracing_subscriber::EnvFilter::try_new(value).ok().map(|_| value.to_owned())
                },
            )?,
            media,
            uploads,
            largest_upload: parse(
                "STAFETT_LARGEST_UPLOAD_GB",
                get("STAFETT_LARGEST_UPLOAD_GB"),
                "20",
                "a number of GB from 1 to 1000",
                |value| {
                    let most = value.parse().ok().filter(|most| (1..=1_000).contains(most));
                    most.map(|most: u64| most * 1_000_000_000)
                },
            )?,
            media_jobs: parse(
                "STAFETT_MEDIA_JOBS",
                get("STAFETT_MEDIA_JOBS"),
                "1",
                "a number from 0 to 16",
                |value| value.parse().ok().filter(|most| *most <= 16),
            )?,
            speech: get("STAFETT_SPEECH").filter(|command| !command.trim().is_empty()),
        })
    }

    /// What the site tells about itself in its mails.
    #[must_use]
    pub fn mail_site(&self) -> Site {
        Site { url: self.public_url.clone(), organiser: self.mail_from.clone() }
    }
}

/// Whether an address leads to the very machine that asks.
fn is_local(url: &str) -> bool {
    let host = url::Url::parse(url).ok().and_then(|url| url.host().map(|host| host.to_owned()));
    match host {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Where a user's programs keep what is theirs (XDG Base Directory Specification); who has no home keeps it where
/// services do.
fn data_folder(get: impl Fn(&'static str) -> Option<String>) -> PathBuf {
    let absolute = |path: String| Some(PathBuf::from(path)).filter(|path| path.is_absolute());
    let own = get("XDG_DATA_HOME").and_then(absolute);
    let home = || get("HOME").and_then(absolute).map(|home| home.join(".local/share"));
    own.or_else(home).unwrap_or_else(|| "/var/lib".into()).join("stafett")
}

fn read_media(get: &impl Fn(&'static str) -> Option<String>) -> Result<MediaPlace, ConfigError> {
    const WANTED: &str = "a folder, or s3://bucket/prefix";
    let endpoint = get("STAFETT_S3_ENDPOINT").map(|value| {
        let is_address = ["http://", "https://"].iter().any(|begin| value.starts_with(begin));
        if is_address && url::Url::parse(&value).is_ok() {
            return Ok(value.trim_end_matches('/').to_owned());
        }
        let wanted = "an address that begins with http:// or https://";
        Err(ConfigError::Wrong { name: "STAFETT_S3_ENDPOINT", value, wanted })
    });
    let endpoint = endpoint.transpose()?;
    let Some(value) = get("STAFETT_MEDIA") else {
        return Ok(MediaPlace::Folder(data_folder(get).join("media")));
    };
    let Some(place) = value.strip_prefix("s3://") else {
        if value.contains("://") {
            return Err(ConfigError::Wrong { name: "STAFETT_MEDIA", value, wanted: WANTED });
        }
        return Ok(MediaPlace::Folder(value.into()));
    };
    let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if name.is_empty() || !name.chars().all(is_name) {
        return Err(ConfigError::Wrong { name: "STAFETT_MEDIA", value, wanted: WANTED });
    }
    let key = match (get("STAFETT_S3_KEY"), get("STAFETT_S3_SECRET")) {
        (Some(key), Some(secret)) => Some((key, Secret(secret))),
        (None, None) => None,
        (Some(_), None) => {
            return Err(ConfigError::MissingBeside("STAFETT_S3_SECRET", "STAFETT_S3_KEY"));
        }
        (None, Some(_)) => {
            return Err(ConfigError::MissingBeside("STAFETT_S3_KEY", "STAFETT_S3_SECRET"));
        }
    };
    Ok(MediaPlace::S3(S3Bucket {
        name: name.to_owned(),
        prefix: prefix.trim_matches('/').to_owned(),
        endpoint,
        region: get("STAFETT_S3_REGION").unwrap_or_else(|| "us-east-1".into()),
        key,
    }))
}

/// Not shown if it is wrong: it may hold a password.
fn read_smtp(value: Option<String>, public_url: &str) -> Result<Option<Smtp>, ConfigError> {
    let Some(value) = value else { return Ok(None) };
    let host = public_url.split("://").nth(1).and_then(|host| host.split(':').next());
    let wrong = || ConfigError::Wrong {
        name: "STAFETT_SMTP_URL",
        value: "…".into(),
        wanted: "a mail server, such as smtps://user:password@host or smtp://host?tls=required",
    };
    Smtp::parse(value.trim(), host.unwrap_or_default()).map(Some).ok_or_else(wrong)
}

/// The certificates in the file at this path.
fn read_certificates(path: String) -> Result<Certificate, ConfigError> {
    let read = std::fs::read(&path).ok().and_then(|pem| certificates(&pem));
    read.ok_or(ConfigError::Wrong {
        name: "STAFETT_SMTP_CA",
        value: path,
        wanted: "the path of a PEM file with certificates",
    })
}

/// `Stafett <stafett@kommun.se>`, or the address alone.
fn parse_sender(value: &str) -> Option<Organiser> {
    let sender: lettre::message::Mailbox = value.parse().ok()?;
    let address = sender.email;
    let domain = idna::domain_to_ascii(address.domain()).ok()?;
    Some(Organiser {
        name: sender.name.unwrap_or_else(|| "Stafett".to_owned()),
        address: format!("{}@{domain}", address.user()),
    })
}

fn parse<T>(
    name: &'static str,
    value: Option<String>,
    default: &str,
    wanted: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, ConfigError> {
    let value = value.unwrap_or_else(|| default.to_owned());
    read(value.trim()).ok_or(ConfigError::Wrong { name, value, wanted })
}

fn parse_rate(value: &str) -> Option<Option<Rate>> {
    if value == "off" {
        return Some(None);
    }
    let (count, unit) = value.split_once('/')?;
    let seconds = match unit {
        "second" => 1,
        "minute" => 60,
        "hour" => 3_600,
        _ => return None,
    };
    Some(Some(Rate { count: count.parse().ok()?, seconds }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let url = [("DATABASE_URL", "postgres://x/y")];
        Config::read(|name| {
            pairs
                .iter()
                .chain(&url)
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn everything_but_the_database_has_a_default() {
        let config = read(&[]).unwrap();
        assert_eq!(config.public_url, "http://127.0.0.1:3000");
        assert_eq!(config.rate_limit.map(|rate| (rate.count.get(), rate.seconds)), Some((120, 60)));
        assert!(
            Config::read(|_| None).unwrap_err().to_string().starts_with("DATABASE_URL must be set")
        );
    }

    #[test]
    fn a_wrong_setting_is_named() {
        for (name, value) in [
            ("DATABASE_URL", "mysql://x"),
            ("STAFETT_LISTEN", "3000"),
            ("STAFETT_PUBLIC_URL", "stafett.se"),
            ("STAFETT_PUBLIC_URL", "https://a/b"),
            ("STAFETT_MODE", "prod"),
            ("STAFETT_RATE_LIMIT", "0/minute"),
            ("STAFETT_RATE_LIMIT", "5/day"),
            ("STAFETT_LIVE_STREAMS", "0"),
            ("STAFETT_TRUST_PROXY", "yes"),
            ("STAFETT_SMTP_URL", "post.kommun.se"),
            ("STAFETT_SMTP_CA", "/nowhere/ca.pem"),
            ("STAFETT_SMTP_CA", "Cargo.toml"),
            ("STAFETT_MAIL_FROM", "Stafett"),
            ("STAFETT_DB_CONNECTIONS", "2"),
            ("STAFETT_KEPT_PAGES_MIB", "-1"),
            ("STAFETT_DUE_SECONDS", "61"),
            ("STAFETT_LOG", "info=loud=x"),
            ("STAFETT_MEDIA", "https://files.kommun.se"),
            ("STAFETT_MEDIA", "s3://"),
            ("STAFETT_MEDIA", "s3:///films"),
            ("STAFETT_S3_ENDPOINT", "minio:9000"),
            ("STAFETT_LARGEST_UPLOAD_GB", "0"),
            ("STAFETT_LARGEST_UPLOAD_GB", "much"),
            ("STAFETT_MEDIA_JOBS", "17"),
            ("STAFETT_MEDIA_JOBS", "-1"),
        ] {
            let error = read(&[(name, value)]).unwrap_err().to_string();
            assert!(error.starts_with(name), "{name}={value}: {error}");
        }
    }

    #[test]
    fn whoever_can_be_reached_says_whom_the_site_is_for() {
        for reached in [
            ("STAFETT_LISTEN", "0.0.0.0:3000"),
            ("STAFETT_PUBLIC_URL", "https://stafett.example.org"),
            ("STAFETT_PUBLIC_URL", "http://192.168.0.7:3000"),
        ] {
            let error = read(&[reached]).unwrap_err().to_string();
            assert!(error.starts_with("STAFETT_MODE must be set"), "{reached:?}: {error}");
            assert!(read(&[reached, ("STAFETT_MODE", "production")]).is_ok());
        }
        for local in ["http://localhost:3000", "http://[::1]:3000", "http://127.0.0.1"] {
            assert!(read(&[("STAFETT_PUBLIC_URL", local)]).is_ok(), "{local}");
        }
    }

    #[test]
    fn a_password_is_not_repeated() {
        let error = read(&[("DATABASE_URL", "mysql://u:secret@h/d")]).unwrap_err();
        assert!(!error.to_string().contains("secret"));
        let error = read(&[("STAFETT_SMTP_URL", "smtp://u:secret@h?tls=no")]).unwrap_err();
        assert!(!error.to_string().contains("secret"));
    }

    #[test]
    fn whoever_sends_mail_says_whom_it_is_from() {
        let url = ("STAFETT_SMTP_URL", "smtp://localhost");
        let error = read(&[url]).unwrap_err().to_string();
        assert!(error.starts_with("STAFETT_MAIL_FROM must be set"), "{error}");
        let from = |text: &str| read(&[url, ("STAFETT_MAIL_FROM", text)]).unwrap().mail_from;
        let sender = from("Nätverket för lärande <lar@räksmörgås.se>");
        assert_eq!(sender.name, "Nätverket för lärande");
        assert_eq!(sender.address, "lar@xn--rksmrgs-5wao1o.se");
        assert_eq!(from("lar@kommun.se").name, "Stafett");
    }

    #[test]
    fn files_lie_in_a_folder_or_a_bucket() {
        let folder = |pairs: &[(&str, &str)]| {
            read(pairs).map(|config| (config.media, config.uploads)).unwrap()
        };
        let lies_in = |path: &str, uploads: &str| (MediaPlace::Folder(path.into()), uploads.into());
        assert_eq!(
            folder(&[]),
            lies_in("/var/lib/stafett/media", "/var/lib/stafett/media/uploads")
        );
        assert_eq!(
            folder(&[("HOME", "/home/eva")]),
            lies_in(
                "/home/eva/.local/share/stafett/media",
                "/home/eva/.local/share/stafett/media/uploads"
            )
        );
        assert_eq!(
            folder(&[("XDG_DATA_HOME", "/data"), ("HOME", "/home/eva")]).1,
            PathBuf::from("/data/stafett/media/uploads")
        );
        assert_eq!(
            folder(&[("STAFETT_MEDIA", "files"), ("STAFETT_UPLOADS", "/tmp/u")]),
            lies_in("files", "/tmp/u")
        );
        let s3 = [
            ("STAFETT_MEDIA", "s3://films/a/b/"),
            ("HOME", "/root"),
            ("STAFETT_S3_KEY", "id"),
            ("STAFETT_S3_SECRET", "hush"),
        ];
        let config = read(&s3).unwrap();
        assert!(!format!("{config:?}").contains("hush"), "no log shows the secret");
        assert_eq!(config.uploads, PathBuf::from("/root/.local/share/stafett/uploads"));
        let MediaPlace::S3(bucket) = config.media else { panic!("it is a bucket") };
        assert_eq!((bucket.name.as_str(), bucket.prefix.as_str()), ("films", "a/b"));
        let error = read(&s3[..3]).unwrap_err().to_string();
        assert!(error.starts_with("STAFETT_S3_SECRET must be set"), "{error}");
    }

    #[test]
    fn the_three_lists_agree() {
        let page = include_str!("../../docs/settings.md");
        for (name, default, meaning) in SETTINGS {
            assert!(HELP.contains(name), "{name} is missing in the help");
            assert!(
                page.contains(&format!("| `{name}` | {default} | {meaning} |")),
                "{name} in docs/settings.md"
            );
        }
    }
}
