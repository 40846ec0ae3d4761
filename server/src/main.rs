//! `stafett`: serves the programme, prepares its database, loads the demonstration.

mod accounts;
mod admin;
mod assets;
mod captions;
mod client;
mod config;
mod cookies;
mod doors;
mod embed;
mod event_deeds;
mod feeds;
mod form_body;
mod group_posts;
mod gzip;
mod health;
mod images;
mod imports;
mod jobs;
mod kept;
mod letters;
mod lists;
mod live;
mod mailbox;
mod materials;
mod media;
mod moves;
mod my_data;
mod offline;
mod organise;
mod organise_deeds;
mod organise_recordings;
mod own;
mod pages;
mod passkeys;
#[cfg(test)]
mod permission_tests;
mod plan;
mod plan_series;
mod posts;
mod protect;
mod refused;
mod router;
mod seed;
mod series_posts;
mod serve;
mod streams;
mod turns;
mod undertakings;
mod unsubscribe;
mod uploads;
mod watching;
mod wishes;

use clap::{Parser, Subcommand};
use config::Config;
use sqlx::migrate::MigrateDatabase;
use std::process::ExitCode;

/// A page or a form is thousands of small pieces of memory, asked for and given back on another core.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The shared programme of a learning network.
#[derive(Parser)]
#[command(name = "stafett", version, about, after_help = config::HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Subcommand)]
enum Command {
    /// Serve the site until the process is told to stop
    #[command(after_help = config::HELP)]
    Serve,
    /// Make the database if it is missing, and bring it up to date
    #[command(after_help = config::HELP)]
    Migrate,
    /// Load the demonstration programme, once; a second time nothing changes
    #[command(after_help = config::HELP)]
    Seed,
    /// Look after accounts: give roles, hand over a way in
    #[command(after_help = config::HELP)]
    Admin {
        #[command(subcommand)]
        what: admin::Admin,
    },
}

/// What a person reads when a command cannot do its work: what happened, and what to do.
type Failure = String;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("stafett: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), Failure> {
    let config = Config::from_environment().map_err(|error| error.to_string())?;
    start_log(&config);
    match command {
        Command::Serve => serve::serve(config).await,
        Command::Migrate => migrate(&config).await,
        Command::Seed => load_demonstration(&config).await,
        Command::Admin { what } => admin::run(&config, what).await,
    }
}

fn start_log(config: &Config) {
    // What an answer to a ceremony looked like is nobody's business; that it failed, our own lines say.
    let filter = format!("webauthn_rs=off,webauthn_rs_core=off,{}", config.log);
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(filter))
        .with_writer(std::io::stderr)
        .init();
}

async fn migrate(config: &Config) -> Result<(), Failure> {
    let url = &config.database_url;
    let unreachable = |error: sqlx::Error| {
        format!(
            "the database cannot be reached: {error}. Is Postgres running, and is DATABASE_URL right?"
        )
    };
    if !sqlx::Postgres::database_exists(url).await.map_err(unreachable)? {
        sqlx::Postgres::create_database(url)
            .await
            .map_err(|error| format!("the database is missing and cannot be made: {error}"))?;
    }
    let pool = serve::connect(config).await?;
    sqlx::migrate!("../migrations")
        .run(&pool)
        .await
        .map_err(|error| format!("the database could not be brought up to date: {error}"))?;
    say("The database is up to date.");
    Ok(())
}

async fn load_demonstration(config: &Config) -> Result<(), Failure> {
    let pool = serve::connect(config).await?;
    let files = media::store::MediaStore::new(config.media.clone());
    let report = seed::seed(&pool, jiff::Timestamp::now(), &files).await.map_err(|error| {
        format!("the demonstration could not be loaded: {error}. Has `stafett migrate` been run?")
    })?;
    say(&report.to_string());
    Ok(())
}

/// A line for the person at the terminal; the log goes to standard error.
#[expect(clippy::print_stdout, reason = "this is a command-line program")]
fn say(line: &str) {
    println!("{line}");
}
