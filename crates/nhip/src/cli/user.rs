//! `nhip user …`: who has a desk.

use super::Stop;
use super::place::{Place, PlaceOptions};
use crate::account::admin::{self, Account, NewStaff, STAFF_ROLES};
use crate::account::password;
use crate::platform::error::Error;
use crate::platform::i18n::I18n;
use clap::{Args, Subcommand};
use domain::actor::Role;
use domain::ids::AgencyId;
use domain::text::EmailAddress;
use std::io::{BufRead, Write};

#[derive(Debug, Args)]
pub struct UserCommand {
    #[command(flatten)]
    place: PlaceOptions,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Give somebody a desk; prints a password, once.
    Add {
        /// What they type to sign in: ASCII letters, digits and . - _ @
        #[arg(long)]
        login: String,
        #[arg(long)]
        name: String,
        /// operator, reviewer, officer, head, inspector, leader or administrator; may be given several times.
        #[arg(long = "role", required = true, value_parser = role)]
        roles: Vec<Role>,
        /// Code of their agency in the pack; officers and heads need one.
        #[arg(long)]
        agency: Option<AgencyId>,
        /// Of their letters; the city's first if not given.
        #[arg(long)]
        language: Option<String>,
        /// Where letters about their work go; without it they get none.
        #[arg(long, value_parser = email)]
        email: Option<EmailAddress>,
        /// Read the password from the first line of standard input instead of making one.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give a new password, switch the one-time code off, sign out everywhere.
    Reset {
        login: String,
        #[arg(long)]
        password_stdin: bool,
    },
    /// Send somebody's letters to another address; to none if it is left out.
    Email {
        login: String,
        #[arg(value_parser = email)]
        address: Option<EmailAddress>,
    },
    /// Lock an account and sign it out; its owner is told the reason.
    Lock {
        login: String,
        #[arg(long)]
        reason: String,
    },
    /// Open a locked account again.
    Unlock { login: String },
    /// All accounts of staff.
    List,
}

fn role(text: &str) -> Result<Role, String> {
    let known = || STAFF_ROLES.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ");
    Role::parse(text)
        .filter(|role| STAFF_ROLES.contains(role))
        .ok_or_else(|| format!("one of {}", known()))
}

fn email(text: &str) -> Result<EmailAddress, String> {
    EmailAddress::parse(text).map_err(|_| "an address such as name@example.org".to_owned())
}

pub fn run(
    command: UserCommand,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> Result<(), Stop> {
    let place = command.place.open()?;
    match command.action {
        Action::Add { login, name, roles, agency, language, email, password_stdin } => {
            let language = language.unwrap_or_else(|| place.ctx.pack.default_language().to_owned());
            let new = NewStaff { login: login.clone(), name, roles, agency, language };
            let given = given_password(&place, password_stdin, input)?;
            let (ctx, vault, hash) = (place.ctx.clone(), place.vault.clone(), given.hash);
            let added = place.db.write_blocking(move |conn| {
                let account = admin::add(conn, &ctx, &new, &hash)?;
                if email.is_some() {
                    admin::write_to(conn, &ctx, &vault, &account, email)?;
                }
                Ok::<_, Error>(())
            });
            added.map_err(sentence)?;
            told(out, &format!("{login} may sign in"), given.to_tell.as_deref())
        }
        Action::Reset { login, password_stdin } => {
            let given = given_password(&place, password_stdin, input)?;
            let (ctx, hash) = (place.ctx.clone(), given.hash);
            on_account(&place, &login, move |conn, account| {
                admin::reset(conn, &ctx, &account.id, &hash)
            })?;
            told(
                out,
                &format!("{login} has a new password and is signed out everywhere"),
                given.to_tell.as_deref(),
            )
        }
        Action::Email { login, address } => {
            let (ctx, vault) = (place.ctx.clone(), place.vault.clone());
            let some = address.is_some();
            on_account(&place, &login, move |conn, account| {
                admin::write_to(conn, &ctx, &vault, &account.id, address)
            })?;
            let what = if some { "gets letters at this address" } else { "gets no letters" };
            told(out, &format!("{login} {what}"), None)
        }
        Action::Lock { login, reason } => {
            let ctx = place.ctx.clone();
            on_account(&place, &login, move |conn, account| {
                admin::lock(conn, &ctx, &account.id, &reason)
            })?;
            told(out, &format!("{login} is locked and signed out"), None)
        }
        Action::Unlock { login } => {
            let ctx = place.ctx.clone();
            on_account(&place, &login, move |conn, account| {
                admin::unlock(conn, &ctx, &account.id)
            })?;
            told(out, &format!("{login} may sign in again"), None)
        }
        Action::List => list(&place, out),
    }
}

fn on_account(
    place: &Place,
    login: &str,
    act: impl FnOnce(&mut crate::platform::db::Conn<'_>, Account) -> Result<(), Error> + Send + 'static,
) -> Result<(), Stop> {
    let login = login.to_owned();
    let done = place.db.write_blocking(move |conn| {
        let account = admin::by_login(conn, &login)?;
        act(conn, account)
    });
    done.map_err(sentence)
}

/// What the desk would say, in the language of the command line.
fn sentence(error: Error) -> Stop {
    if let Error::Unacceptable { key, .. } = error {
        return Stop::from(I18n::load().lang("en").s(key));
    }
    Stop::from(error)
}

/// A password's hash, and the password itself if it was made here and must be told.
struct Given {
    hash: String,
    to_tell: Option<String>,
}

fn given_password(
    place: &Place,
    from_input: bool,
    input: &mut impl BufRead,
) -> Result<Given, Stop> {
    let ctx = &place.ctx;
    let (password, to_tell) = if from_input {
        let mut line = String::new();
        input.read_line(&mut line)?;
        (line.trim_end_matches(['\r', '\n']).to_owned(), None)
    } else {
        let made = admin::generated_password(ctx);
        (made.clone(), Some(made))
    };
    if !password::is_long_enough(&password) {
        let message = format!("the password needs at least {} characters", password::MIN_CHARS);
        return Err(Stop { message, code: 2 });
    }
    Ok(Given { hash: password::hash(&password, ctx.ids.random())?, to_tell })
}

fn told(out: &mut impl Write, what: &str, password: Option<&str>) -> Result<(), Stop> {
    writeln!(out, "{what}")?;
    if let Some(password) = password {
        writeln!(
            out,
            "password: {password}   (shown this once; they can change it under /account)"
        )?;
    }
    Ok(())
}

fn list(place: &Place, out: &mut impl Write) -> Result<(), Stop> {
    for account in place.db.read_blocking(admin::staff)? {
        let roles: Vec<&str> = account.roles.iter().map(|role| role.as_str()).collect();
        let mut line =
            format!("{}\t{}\t{}", account.login.unwrap_or_default(), account.name, roles.join(","));
        if let Some(agency) = account.agency {
            line = format!("{line}\t{agency}");
        }
        if account.locked_at.is_some() {
            line = format!("{line}\tlocked: {}", account.locked_reason.unwrap_or_default());
        }
        writeln!(out, "{line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        command: UserCommand,
    }

    fn nhip_user(data: &std::path::Path, words: &[&str], input: &str) -> Result<String, String> {
        let place = ["user", "--pack", "cities/harbour", "--data", data.to_str().unwrap()];
        let line = Line::try_parse_from(place.iter().chain(words)).map_err(|e| e.to_string())?;
        let mut out = Vec::new();
        run(line.command, &mut input.as_bytes(), &mut out).map_err(|stop| stop.message)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn an_account_is_added_once_with_a_password_of_ours_or_theirs_and_can_be_locked() {
        let folder = tempfile::tempdir().unwrap();
        let say = |words: &[&str], input: &str| nhip_user(folder.path(), words, input);
        let add =
            ["add", "--login", "Pat", "--name", "Pat", "--role", "operator", "--role", "reviewer"];
        let said = say(&add, "").unwrap();
        assert!(said.contains("password: "), "{said}");
        assert!(say(&add, "").unwrap_err().contains("already"));
        assert!(say(&["add", "--login", "x1", "--name", "X", "--role", "king"], "").is_err());
        assert!(say(&["reset", "pat", "--password-stdin"], "short\n").unwrap_err().contains("10"));
        let said = say(&["reset", "pat", "--password-stdin"], "long enough it is\n").unwrap();
        assert!(!said.contains("long enough"), "a password that was given is not repeated: {said}");
        let said = say(&["email", "pat", "pat@example.org"], "").unwrap();
        assert_eq!(said, "pat gets letters at this address\n");
        assert!(say(&["email", "pat", "nowhere"], "").unwrap_err().contains("name@example.org"));
        assert_eq!(say(&["email", "pat"], "").unwrap(), "pat gets no letters\n");
        assert!(say(&["lock", "nobody", "--reason", "x"], "").is_err());
        say(&["lock", "pat", "--reason", "left the office"], "").unwrap();
        assert_eq!(
            say(&["list"], "").unwrap(),
            "pat\tPat\toperator,reviewer\tlocked: left the office\n"
        );
    }
}
