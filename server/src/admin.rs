//! `stafett admin`: what whoever runs the server does about accounts, and the ways in to the demonstration.

use crate::config::{Config, Mode};
use crate::router::State;
use crate::{Failure, say};
use app::account::model::Role;
use app::account::store::{NewLink, insert_link};
use app::account::{people_store, secret};
use app::services::Clock;
use app::signup::model::Email;
use app::text::Lang;
use clap::Subcommand;
use sqlx::PgPool;

/// What to do.
#[derive(Clone, Subcommand)]
pub enum Admin {
    /// Give the owner of an e-mail address a role
    Grant {
        /// The address they sign in with
        email: String,
        /// administrator, organiser or host
        #[arg(long, default_value = "organiser", value_parser = ["administrator", "organiser", "host"])]
        role: String,
        /// The slug of the programme it is for; without it, the role holds for all of them
        #[arg(long)]
        programme: Option<String>,
    },
    /// Print an address that signs the owner of an e-mail address in, once, within 20 minutes
    Link {
        /// The address they sign in with
        email: String,
    },
}

/// Does it.
pub async fn run(config: &Config, what: Admin) -> Result<(), Failure> {
    let pool = crate::serve::connect(config).await?;
    let failed = |error: sqlx::Error| {
        format!("that could not be written: {error}. Has `stafett migrate` been run?")
    };
    match what {
        Admin::Grant { email, role, programme } => {
            let (email, role) = (address(&email)?, parse_role(&role)?);
            if role == Role::Administrator && programme.is_some() {
                return Err(
                    "an administrator looks after all programmes: leave --programme out".into()
                );
            }
            let granted = people_store::grant(&pool, &email, role, programme.as_deref()).await;
            if granted.map_err(failed)?.is_none() {
                let slug = programme.unwrap_or_default();
                return Err(format!(
                    "there is no programme {slug:?}: its slug is the end of its address, /programmes/…"
                ));
            }
            let place = programme
                .map_or_else(|| "all programmes".to_owned(), |slug| format!("programme {slug}"));
            say(&format!("{} is now {} of {place}", email.as_str(), role.as_str()));
        }
        Admin::Link { email } => {
            let email = address(&email)?;
            say(&new_link(&pool, &config.public_url, &email, Clock::system().now()).await?);
        }
    }
    Ok(())
}

fn address(text: &str) -> Result<Email, Failure> {
    Email::parse(text).ok_or_else(|| format!("{text:?} is not an e-mail address"))
}

fn parse_role(word: &str) -> Result<Role, Failure> {
    Role::parse(word).ok_or_else(|| format!("{word:?} is not a role"))
}

async fn new_link(
    pool: &PgPool,
    public_url: &str,
    email: &Email,
    now: i64,
) -> Result<String, Failure> {
    let secret = secret::new().map_err(|error| error.to_string())?;
    let link = NewLink { email, lang: Lang::Sv, next: None, secret: &secret };
    insert_link(pool, &link, now).await.map_err(|error| {
        format!("that could not be written: {error}. Has `stafett migrate` been run?")
    })?;
    Ok(format!("{public_url}/sign-in/{secret}"))
}

/// Says how to get in to the demonstration as an organiser and as a participant, where it is shown for
/// trying out. A failure keeps nobody from serving.
pub async fn say_ways_in(state: &State) {
    if state.config.mode != Mode::Development || !state.services.site.is_demonstration {
        return;
    }
    for (what, email) in crate::seed::ACCOUNTS {
        let Some(email) = Email::parse(email) else { continue };
        let now = state.services.clock.now();
        match new_link(&state.services.pool, &state.config.public_url, &email, now).await {
            Ok(link) => say(&format!("  {what}: {link}")),
            Err(failure) => tracing::warn!(%failure, "no way in to the demonstration"),
        }
    }
    say("  (each link works once, for 20 minutes; later: /sign-in, and the mail is in /dev/mail)");
    if let Some(party) = &state.services.passkeys
        && party.origin() != state.config.public_url
    {
        say(&format!("  (passkeys work at {}: browsers have none at a number)", party.origin()));
    }
}
