//! `run`
use super::Ended;
use crate::config::Config;
pub(super) fn run(_config: Config) -> anyhow::Result<Ended> {
    anyhow::bail!("x")
}
