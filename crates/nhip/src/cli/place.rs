//! Which city, database and key a command works on: the same options as `nhip serve`, for commands that do not serve.

use super::Stop;
use crate::platform::clock::Clock;
use crate::platform::ctx::{Ctx, Ids};
use crate::platform::db::Db;
use crate::platform::error::Error;
use crate::platform::sealing::Vault;
use crate::platform::{data_folder, pack_dir};
use crate::service_request::{exactness_store, former};
use clap::Args;
use domain::actor::Actor;
use domain::pack::Pack;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Clone, Args)]
pub struct PlaceOptions {
    /// The city: a folder, or the name of a pack that is built in.
    #[arg(long, env = "NHIP_PACK", value_name = "PACK", global = true)]
    pub pack: Option<String>,
    /// Folder for the SQLite database and the vault's key.
    #[arg(long, env = "NHIP_DATA", value_name = "DIR", default_value = "./data", global = true)]
    pub data: PathBuf,
    /// Address of a PostgreSQL database instead of SQLite.
    #[arg(long, env = "NHIP_DATABASE", value_name = "URL", hide_env_values = true, global = true)]
    pub database: Option<String>,
    /// The vault's key. Default: DATA/vault.key.
    #[arg(long, env = "NHIP_KEY_FILE", value_name = "FILE", global = true)]
    pub key_file: Option<PathBuf>,
}

/// An opened place; the command acts as the system.
pub struct Place {
    pub db: Db,
    pub vault: Vault,
    pub ctx: Ctx,
}

impl PlaceOptions {
    /// The city alone.
    pub fn pack(&self) -> Result<Pack, Stop> {
        let Some(pack) = &self.pack else {
            let message = "say which city: --pack cities/NAME, or NHIP_PACK in the environment";
            return Err(Stop { message: message.to_owned(), code: 2 });
        };
        Ok(pack_dir::load_checked(pack)?)
    }

    pub fn open(&self) -> Result<Place, Stop> {
        let pack = self.pack()?;
        std::fs::create_dir_all(&self.data).map_err(|e| format!("{}: {e}", self.data.display()))?;
        let db = match &self.database {
            Some(url) => Db::open(url)?,
            None => Db::open_sqlite(&self.data.join(data_folder::DATABASE))?,
        };
        let key_file = self.key_file.clone().unwrap_or_else(|| self.data.join("vault.key"));
        data_folder::must_not_be_lost(&db, &self.data, &key_file)?;
        db.migrate()?;
        let vault = Vault::open(&key_file, &db)?;
        let pack = db.write_blocking(move |conn| {
            exactness_store::derive(conn, &pack)?;
            Ok::<_, Error>(pack.with_former(&former::recall(conn)?))
        })?;
        let (now, actor) = (Clock::System.now(), Actor::system());
        Ok(Place { db, vault, ctx: Ctx { now, actor, ids: Ids::system(), pack: Arc::new(pack) } })
    }
}
