//! What only a demo city needs.

pub mod pictures;

use crate::cli::Stop;
use crate::cli::options::DemoOptions;
use crate::platform::pack_dir;
use crate::serve;

/// Serves a demo city.
pub fn run(options: DemoOptions) -> Result<(), Stop> {
    let pack = pack_dir::load_checked(&options.pack)?;
    let app = serve::open(options.common.config(true), pack, &options.common)?;
    serve::runtime()?.block_on(serve::listen(app, || {}))
}
