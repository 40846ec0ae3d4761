//! The mail server, and the connections to it. They are kept for the next mail: a greeting, a handshake
//! and a sign-in for each would take most of the time. lettre's own pool asks each connection whether it
//! is still there before each mail, and its sending waits 40 ms between two small writes (Nagle's
//! algorithm against the delayed acknowledgement); here a mail is one write.

use super::{Carried, Carrier};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// So long a mail server may take to accept a connection.
const CONNECTING: Duration = Duration::from_secs(15);
/// A connection that nobody has used for so long is closed.
const IDLE: Duration = Duration::from_secs(10);
/// The same trouble with the mail server is logged no more often than this.
const SAME_TROUBLE: Duration = Duration::from_secs(60);

/// Where mail goes, from a URL as lettre has it: `smtps://user:password@host`, `smtp://host?tls=required`.
#[derive(Clone, Debug)]
pub struct Smtp {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
    hello: String,
    /// Trusted beside those of the system.
    trusted: Option<Certificate>,
}

/// When a connection becomes encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    /// Never.
    Plain,
    /// By STARTTLS, where the server offers it.
    Opportunistic,
    /// By STARTTLS, or nothing is sent.
    Required,
    /// From the first byte.
    Wrapped,
}

impl Smtp {
    /// `None` if the text is no such URL. `hello` is the name by which the site greets.
    pub fn parse(text: &str, hello: &str) -> Option<Self> {
        let url = url::Url::parse(text).ok()?;
        let tls = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value);
        let (security, port) = match (url.scheme(), tls.as_deref()) {
            ("smtp", None) => (Security::Plain, 25),
            ("smtp", Some("opportunistic")) => (Security::Opportunistic, 587),
            ("smtp", Some("required")) => (Security::Required, 587),
            ("smtps", None) => (Security::Wrapped, 465),
            _ => return None,
        };
        let decode = |text: &str| {
            percent_encoding::percent_decode_str(text).decode_utf8().ok().map(String::from)
        };
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(decode(url.username())?, decode(password)?)),
            None if url.username().is_empty() => None,
            None => return None,
        };
        let named = url.path().trim_matches('/');
        Some(Self {
            host: url.host_str().filter(|host| !host.is_empty())?.to_owned(),
            port: url.port().unwrap_or(port),
            security,
            credentials,
            hello: if named.is_empty() { hello } else { named }.to_owned(),
            trusted: None,
        })
    }

    /// Trusts these certificates beside those of the system.
    pub fn trusting(self, certificates: Certificate) -> Self {
        Self { trusted: Some(certificates), ..self }
    }

    fn parameters(&self) -> Result<TlsParameters, Error> {
        let name = self.host.trim_matches(['[', ']']).to_owned();
        let builder = TlsParameters::builder(name);
        match &self.trusted {
            Some(certificates) => builder.add_root_certificate(certificates.clone()).build(),
            None => builder.build(),
        }
    }

    /// A password that anybody on the way could read.
    pub fn shows_its_password(&self) -> bool {
        let near = matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "[::1]");
        self.credentials.is_some() && self.security == Security::Plain && !near
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let hello = ClientId::Domain(self.hello.clone());
        let wrapped = match self.security {
            Security::Wrapped => Some(self.parameters()?),
            _ => None,
        };
        let server = (self.host.trim_matches(['[', ']']), self.port);
        let mut line =
            AsyncSmtpConnection::connect_tokio1(server, Some(CONNECTING), &hello, wrapped, None)
                .await?;
        let upgrade = match self.security {
            Security::Required => true,
            Security::Opportunistic => line.can_starttls(),
            Security::Plain | Security::Wrapped => false,
        };
        if upgrade {
            line.starttls(self.parameters()?, &hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            line.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(line)
    }
}

/// The certificates in a PEM file; `None` if there is none in it, or one that cannot be read.
pub fn certificates(pem: &[u8]) -> Option<Certificate> {
    // Text without any counts as a list of none to the reader of PEM.
    let is_any = pem.windows(CERTIFICATE.len()).any(|part| part == CERTIFICATE);
    let read = Certificate::from_pem(pem).ok().filter(|_| is_any)?;
    // What is no certificate inside shows only when it is put to use.
    let used = TlsParameters::builder("localhost".into()).add_root_certificate(read.clone());
    used.build().is_ok().then_some(read)
}

/// How one begins in PEM.
const CERTIFICATE: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// Why a mail was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Another time it may be.
    Passing(String),
    /// It never will be.
    Lasting(String),
}

/// The connections to a mail server.
pub struct Relay {
    smtp: Smtp,
    idle: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
    told: Mutex<Option<(String, Instant)>>,
}

/// How far a mail came.
enum Stopped {
    /// Not taken up at all: the connection was no good any more, or the server will not have us.
    Before(Error),
    /// The server would not have this mail.
    Refused(Error),
    /// The mail cannot be put to this server.
    Unfit(&'static str),
}

impl Relay {
    /// No connection is made before there is a mail.
    pub fn new(smtp: Smtp) -> Self {
        Self { smtp, idle: Mutex::default(), told: Mutex::default() }
    }

    fn idle_line(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.pop().filter(|(_, since)| since.elapsed() < IDLE).map(|(line, _)| line)
    }

    fn keep(&self, line: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push((line, Instant::now()));
    }

    /// Says in the log that the mail server will not have us: thousands of mails may wait behind one wrong
    /// password, and none of them is at fault.
    fn tell(&self, error: &Error) {
        let problem = error.to_string();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known = told
            .as_ref()
            .is_some_and(|(known, since)| *known == problem && since.elapsed() < SAME_TROUBLE);
        if !is_known {
            tracing::warn!(
                problem,
                host = self.smtp.host,
                "the mail server takes no mail from us; trying again later"
            );
            *told = Some((problem, Instant::now()));
        }
    }

    async fn send(&self, mail: &Carried) -> Result<(), Stopped> {
        if let Some(line) = self.idle_line() {
            // The server may have hung up meanwhile, which shows at the first word.
            match self.send_over(line, mail).await {
                Err(Stopped::Before(_)) => {}
                ended => return ended,
            }
        }
        let line = self.smtp.connect().await.map_err(Stopped::Before)?;
        self.send_over(line, mail).await
    }

    async fn send_over(
        &self,
        mut line: AsyncSmtpConnection,
        mail: &Carried,
    ) -> Result<(), Stopped> {
        match put(&mut line, mail).await {
            Ok(()) => {
                self.keep(line);
                Ok(())
            }
            Err(stopped) => {
                let is_refused =
                    matches!(&stopped, Stopped::Refused(error) if error.status().is_some());
                // It said no to this mail: the next one may be fine.
                if is_refused && line.command(Rset).await.is_ok() {
                    self.keep(line);
                }
                Err(stopped)
            }
        }
    }
}

/// Puts a mail to the server over this line.
async fn put(line: &mut AsyncSmtpConnection, mail: &Carried) -> Result<(), Stopped> {
    let mut parameters = Vec::new();
    if !mail.text.is_ascii() {
        if !line.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Stopped::Unfit("the mail server takes only addresses of plain letters"));
        }
        parameters.push(MailParameter::SmtpUtfEight);
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    let from = mail.envelope.from().cloned();
    line.command(Mail::new(from, parameters)).await.map_err(Stopped::Before)?;
    for to in mail.envelope.to() {
        let rcpt = Rcpt::new(to.clone(), Vec::new());
        line.command(rcpt).await.map_err(Stopped::Refused)?;
    }
    line.command(Data).await.map_err(Stopped::Refused)?;
    line.command(Dotted(&mail.text)).await.map_err(Stopped::Refused)?;
    Ok(())
}

/// A mail as `DATA` wants it (RFC 5321 §4.5.2): no line of it is a dot alone, and one after it is.
struct Dotted<'a>(&'a str);

impl std::fmt::Display for Dotted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for line in self.0.split_inclusive("\r\n") {
            if line.starts_with('.') {
                f.write_str(".")?;
            }
            f.write_str(line)?;
        }
        f.write_str(if self.0.ends_with("\r\n") { ".\r\n" } else { "\r\n.\r\n" })
    }
}

impl Carrier for Relay {
    async fn carry(&self, mail: Carried) -> Result<(), Trouble> {
        self.send(&mail).await.map_err(|stopped| match stopped {
            // A sender or a password that is refused is no fault of the mail: somebody will mend it.
            Stopped::Before(error) => {
                self.tell(&error);
                Trouble::Passing(error.to_string())
            }
            Stopped::Refused(error) if error.is_permanent() => Trouble::Lasting(error.to_string()),
            Stopped::Refused(error) => Trouble::Passing(error.to_string()),
            Stopped::Unfit(problem) => Trouble::Lasting(problem.to_owned()),
        })
    }

    async fn rest(&self) {
        let old: Vec<_> = {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            let (old, fresh) = idle.drain(..).partition(|(_, since)| since.elapsed() >= IDLE);
            *idle = fresh;
            old
        };
        for (mut line, _) in old {
            // Says goodbye; a server that does not answer that is not waited for.
            let _ = tokio::time::timeout(Duration::from_secs(1), line.abort()).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        let read = |text: &str| {
            let smtp = Smtp::parse(text, "stafett.se")?;
            Some((smtp.host, smtp.port, smtp.security, smtp.credentials.is_some(), smtp.hello))
        };
        let hello = || "stafett.se".to_owned();
        assert_eq!(
            read("smtp://127.0.0.1:2525"),
            Some(("127.0.0.1".into(), 2_525, Security::Plain, false, hello()))
        );
        assert_eq!(
            read("smtps://u:p%40ss@post.se"),
            Some(("post.se".into(), 465, Security::Wrapped, true, hello()))
        );
        assert_eq!(
            read("smtp://u:p@post.se/mx.se?tls=required"),
            Some(("post.se".into(), 587, Security::Required, true, "mx.se".into()))
        );
        let opportunistic = read("smtp://post.se?tls=opportunistic").unwrap();
        assert_eq!((opportunistic.1, opportunistic.2), (587, Security::Opportunistic));
        for wrong in ["post.se", "http://post.se", "smtp://", "smtp://h?tls=maybe", "smtp://u@h"] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_password_in_the_open_is_noticed_and_never_shown() {
        let shows = |text: &str| Smtp::parse(text, "x").unwrap().shows_its_password();
        assert!(shows("smtp://u:p@post.se") && !shows("smtp://u:p@localhost"));
        assert!(!shows("smtps://u:p@post.se") && !shows("smtp://post.se"));
        let smtp = Smtp::parse("smtps://u:geheim@post.se", "x").unwrap();
        assert!(!format!("{smtp:?}").contains("geheim"));
    }

    #[test]
    fn a_file_without_a_certificate_is_none() {
        let junk = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        for wrong in ["", "no certificate", "-----BEGIN CERTIFICATE-----\n*\n", junk] {
            assert!(certificates(wrong.as_bytes()).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_dot_alone_does_not_end_a_mail() {
        assert_eq!(Dotted("a\r\n.\r\n..b\r\n").to_string(), "a\r\n..\r\n...b\r\n.\r\n");
        assert_eq!(Dotted("a").to_string(), "a\r\n.\r\n");
    }
}
